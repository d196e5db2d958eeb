"""Tables of workings drawn: one formula a column, copied down the rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tco.catalogue.shipped import AXES, Table
from tco.lines import Cells, Given, Line, Reference, excel, is_row_by_row
from tco.lines.expression import Call
from tco.quantities import show
from tco.widths import columns_of
from tco.workbook.catalogues import catalogue_lookup, column_range
from tco.workbook.cells import Sheet, address, height, letters
from tco.workbook.grid import KEY, LABEL, Layout, look_of, value_of
from tco.workbook.rowtables import NARROW, RowTable
from tco.workbook.sheets import TABLES

SHORT = 20  # rows of a table that may stand below something else on a page


def draw_tables(
    layout: Layout, sheet: Sheet, local: Mapping[str, str], areas: dict[str, str]
) -> None:
    """The tables of a sheet. `local` are the cells of its scalars, `areas` the rows of years."""
    for table in layout.tables[sheet.title]:
        _draw_table(layout, sheet, table, local, areas)


def _draw_table(
    layout: Layout, sheet: Sheet, table: RowTable, local: Mapping[str, str], areas: dict[str, str]
) -> None:
    """One formula a line, copied down the rows."""
    head = table.first - 1 - table.steps_back
    if table.steps_back:
        for place in range(1, table.last_column + 1):
            sheet.put(head + 1, place, None, "blank")
        sheet.heights[head + 1] = 6
    if table.flows:
        sheet.widths[table.remarks] = max(sheet.widths.get(table.remarks, 0), NARROW)
    elif table.remarks == table.last_column:
        longest = max(columns_of(note) for _, _, note in table.rows)
        wide = max(NARROW, min(60 if table.given else 96, longest * 0.9))
        sheet.widths[table.remarks] = max(sheet.widths.get(table.remarks, 0), wide)
    for place in range(1, table.last_column + 1):
        sheet.put(head, place, "Remark" if place == table.remarks else None, "head")
    for item in table.columns_named:
        place = table.places[item.key]
        name = item.label.removeprefix("Run: ")
        unit = (
            ""
            if item.is_text or item.unit in ("flag", "ratio", "count")
            else layout.unit(item.unit)
        )
        said = f"{name[0].upper()}{name[1:]}"
        sheet.put(head, place, f"{said}, {unit}" if unit else said,
                  "headtext" if item.is_text else "headnum")  # fmt: skip
        if place >= table.left:
            sheet.widths[place] = max(sheet.widths.get(place, 0), _width(layout, item))
    sheet.heights[head] = 54
    beside = {
        key: (f"${letters(place)}", first)
        for key, (place, first) in layout.columns.items()
        if layout.along(key) == table.axis or key == table.axis
    }
    found = {**local} | {key: in_row(*place) for key, place in beside.items()}
    before = {key: in_row(column, first - 1) for key, (column, first) in beside.items()}
    cells = replace(layout.cells(sheet.title, found, areas=areas), before=before.__getitem__)
    written = {item.key: _table_column(layout, table, item, cells)
               for item in table.columns_named if not _is_put_together(item)}  # fmt: skip
    values = {item.key: layout.shown_rows(item.key) for item in table.columns_named}
    for number in range(len(table.rows)):
        _table_row(layout, sheet, table, number, found, written, values)


def in_row(column: str, row: int) -> str:
    """A cell of a table's first row, marked so that `moved` finds it; no text holds the marks."""
    return f"{column}\x01{row}\x02"


def moved(formula: str, rows: int) -> str:
    """A formula written for a table's first row, as it stands some rows below."""
    parts = _MARKS.split(formula)  # every second part is a row
    if len(parts) == 1:
        return formula
    parts[1::2] = [str(int(row) + rows) for row in parts[1::2]]
    return "".join(parts)


_MARKS = re.compile("[\x01\x02]")


def _width(layout: Layout, item: Given | Line) -> float:
    """The width of a column: numbers whole, texts in up to a few lines."""
    values = layout.numbers[item.key]
    heading = f"{item.label} {'' if item.is_text else layout.unit(item.unit)}"
    word = max(map(len, heading.split())) * 1.15 + 1
    if item.is_text:
        longest = max((columns_of(str(one)) for one in values), default=0)
        return max(13, word, min(44, longest * 0.75))
    return max(13, word, max((len(show(one, item.form)) for one in values), default=0) + 2)


def _table_row(
    layout: Layout, sheet: Sheet, table: RowTable, number: int, found: Mapping[str, str],
    written: Mapping[str, tuple[str, str]], values: Mapping[str, list[Any]],
) -> None:  # fmt: skip
    """One row. `found` are the first row's cells, `written` its looks and formulas."""
    row = table.first + number
    key, label, note = table.rows[number]
    at_home = _name_of_row(layout, table, number)
    sheet.put(row, KEY, key, "linkkey" if at_home else "key", at_home)
    sizes: list[tuple[Any, float]] = []
    if table.source is None:
        sheet.put(row, LABEL, label, "labelwrap")
    if table.remarks and table.given:
        column, first = layout.given_notes[table.axis]
        sheet.put(row, table.remarks, note, "finding" if table.flows else "linktext",
                  f"{TABLES}!{address(first + number, column, fixed='rc')}")  # fmt: skip
    elif table.remarks and table.source is None:
        sheet.put(row, table.remarks, note, "noteflow" if table.flows else "note")
    elif table.remarks and table.source is not None:
        sheet.put(row, table.remarks, note, "finding" if table.flows else "linktext",
                  moved(_from_row(layout, table.source, table.first, "note"), number))  # fmt: skip
    if table.remarks and not table.flows:
        sizes.append((note, sheet.widths[table.remarks]))
    for item in table.columns_named:
        place = table.places[item.key]
        value = values[item.key][number]
        look, formula = written.get(item.key) or _part(layout, item, number, found)
        sheet.put(row, place, value, look, moved(formula, number))
        if isinstance(value, str):
            sizes.append((value, sheet.widths[place]))
    unnamed = table.given and layout.model.tables[table.axis].numbered
    named = next((one for one in layout.model.givens.values() if one.along == table.axis), None)
    told = named is not None and named.is_text and named.key not in table.places
    if (table.source is not None or table.given) and table.named is None and (not unnamed or told):
        assert named is not None
        value = value_of(layout.numbers[named.key][number])
        sheet.put(row, LABEL, value, "notecalc", moved(found[named.key], number))
    sheet.heights[row] = height(("", 1), *sizes)


def _name_of_row(layout: Layout, table: RowTable, number: int) -> str:
    """Where a given row is named, so that the name moves with it; ids of the catalogue stand."""
    if not table.given:
        return ""
    first_input = layout.model.along(table.axis)[0].key
    column, first = layout.given_columns[first_input]
    unnamed = layout.model.tables[table.axis].numbered
    return f"{TABLES}!{address(first + number, 1 if unnamed else column, fixed='rc')}"


def _looks(item: Given | Line) -> tuple[str, str]:
    """The looks of a column's cells where they link, and where they compute."""
    if item.is_text and item.unit != "date":
        return "linktext", look_of(item)
    return f"link:{item.form}", look_of(item)


def _table_column(
    layout: Layout, table: RowTable, item: Given | Line, cells: Cells
) -> tuple[str, str]:
    """The look of a column and the formula of its first row."""
    link, calculation = _looks(item)
    if isinstance(item, Line):
        formula = excel(item.tree, cells)
        return link if "!" in formula else calculation, formula  # a lookup in another sheet
    if item.key in layout.given_columns:
        column, first = layout.given_columns[item.key]
        return link, f"{TABLES}!{in_row(f'${letters(column)}$', first)}"
    if item.catalogue is None:
        assert table.source is not None
        named = AXES[str(item.along)].column(item.key)
        return link, _from_row(layout, table.source, table.first, named)
    return link, catalogue_lookup(
        layout.scenario.catalogue, item, [cells.at(key) for key in item.follows]
    )


def _is_put_together(item: Given | Line) -> bool:
    """Whether each row of a line is a line of its own."""
    return isinstance(item, Line) and is_row_by_row(item.tree)


def _part(
    layout: Layout, item: Given | Line, number: int, found: Mapping[str, str]
) -> tuple[str, str]:
    """The look and the formula of one row of a line that is put together."""
    link, calculation = _looks(item)
    assert isinstance(item, Line) and isinstance(item.tree, Call)
    part = item.tree.parts[number]
    if not isinstance(part, Reference):
        return calculation, ""  # there is no such number in this row
    if item.unlike:
        link, calculation = _looks(layout.model[part.key])
    if part.key in found:
        return calculation, found[part.key]
    owner, row, column = layout.home[part.key]
    return link, f"{owner}!{address(row, column, fixed='rc')}"


def _from_row(layout: Layout, table: Table, row: int, column: str) -> str:
    """The catalogue's cell for the id at the head of a row, wherever its own row stands there."""
    ids, wanted = (
        column_range(layout.scenario.catalogue, table.name, one) for one in ("id", column)
    )
    return f"INDEX({wanted},MATCH({in_row(f'${letters(KEY)}', row)},{ids},0))"

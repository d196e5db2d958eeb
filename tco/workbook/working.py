"""Working sheets: links first, then lines; years across, table rows down."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tco.catalogue.shipped import MISSING, Table
from tco.lines import (
    YEAR_COUNT,
    YEARS,
    Cells,
    Given,
    Line,
    Reference,
    Undefined,
    excel,
    is_row_by_row,
    previous,
    rounded,
)
from tco.lines.expression import Call, walk
from tco.quantities import show
from tco.widths import columns_of
from tco.workbook.catalogues import catalogue_lookup, column_range
from tco.workbook.cells import Sheet, address, height, letters, span
from tco.workbook.grid import (
    CHECK,
    ERRORS_ROW,
    FIRST,
    FIRST_ROW,
    GAP,
    GRID,
    HEAD_ROW,
    HOW,
    KEY,
    LABEL,
    TOTAL,
    UNIT,
    VALUE,
    WIDTHS,
    Layout,
    errors_in,
    value_of,
)
from tco.workbook.sheets import TABLES, WorkingSheet, page


def lines_of(layout: Layout, plan: WorkingSheet) -> list[Line]:
    """The lines a sheet shows, in the order they are written."""
    return [
        one for one in layout.model.lines.values()
        if one.section in plan.sections
    ]  # fmt: skip


def place_working(layout: Layout, plan: WorkingSheet) -> None:
    """Give every line its row."""
    lines = lines_of(layout, plan)
    own = {one.key for one in lines}
    scalars = [one for one in lines if one.along is None or one.along == YEARS]
    row = FIRST_ROW + 1 + len(_linked(layout, lines, own)) + len(_linked_years(layout, lines, own))
    for one in scalars:
        row += 1 if one.key in layout.model.headings else 0
        if one.along == YEARS:
            layout.ranges[one.key] = (
                plan.title,
                _across(row),
            )
            layout.year_rows[one.key] = (plan.title, row)
        else:
            layout.home[one.key] = (plan.title, row, VALUE)
        row += 1
    _place_tables(layout, plan, lines, row)


def _linked(layout: Layout, lines: Sequence[Line], own: set[str]) -> list[str]:
    """What the sheet links to at its head; a table put together links row by row instead."""
    apart = [one for one in lines if not is_row_by_row(one.tree)]
    return layout.links_for(apart, own)


def _linked_years(layout: Layout, lines: Sequence[Line], own: set[str]) -> list[str]:
    """The yearly lines that a sheet links to at its head, a row each."""
    wanted = {need for one in lines for need in one.needs} - own
    return [key for key in layout.model.lines if key in wanted and layout.along(key) == YEARS]


def _across(row: int) -> str:
    """The fixed range of a row's years."""
    return f"${letters(FIRST)}${row}:${letters(FIRST + YEAR_COUNT - 1)}${row}"


def fill_working(layout: Layout, plan: WorkingSheet) -> None:
    """Fill a sheet, once everything it links to has its place."""
    sheet = layout.sheets[plan.title]
    about = page(layout.model, plan)
    layout.head(sheet, about.purpose, GRID)
    sheet.widths = dict(WIDTHS)
    lines = lines_of(layout, plan)
    if about.tabular:
        wide = [len(show(layout.numbers[one.key], one.form)) + 2 for one in lines
                if one.along is None and not one.is_text
                and not isinstance(layout.numbers[one.key], Undefined)]  # fmt: skip
        texts = [columns_of(str(layout.numbers[one.key])) for one in lines
                 if one.along is None and one.is_text]  # fmt: skip
        wide.append(min(44, max(texts, default=0) // 2))  # a sentence in two lines or a few
        sheet.widths |= {UNIT: 19, VALUE: max(15, *wide, 0), TOTAL: 13, CHECK: 13, HOW: 13, GAP: 13}
    elif any(one.along for one in lines):
        sheet.widths[HOW] = 62  # a table stands beside it
    own = {one.key for one in lines}
    local: dict[str, str] = {}
    row = layout.link_block(sheet, _linked(layout, lines, own), local)
    years = {one.key: layout.year_rows[one.key][1] for one in lines if one.along == YEARS}
    linked = _linked_years(layout, lines, own)
    if years or linked:
        _year_heads(layout, sheet)
    for key in linked:
        _year_link(layout, sheet, row, key)
        years[key] = row
        row += 1
    for one in lines:
        if one.key in layout.home:
            local[one.key] = address(layout.home[one.key][1], VALUE, fixed="rc")
    areas = {key: _across(place) for key, place in (*years.items(), ("year", HEAD_ROW))}
    for one in lines:
        if one.along is not None and one.along != YEARS:
            continue
        heading = layout.model.headings.get(one.key)
        if heading:
            layout.section(sheet, row, heading, FIRST + YEAR_COUNT - 1 if years else HOW)
            row += 1
        if one.along == YEARS:
            _year_row(layout, sheet, row, one, local, years)
        else:
            strong = one.key in about.totals
            layout.line_row(sheet, row, one, layout.cells(local, areas=areas), strong=strong)
        row += 1
    parts = [f"SUM($F${FIRST_ROW}:$F${row - 1})"]
    for table in layout.tables[plan.title]:
        _fill_table(layout, sheet, table, local, areas)
    if tables := layout.tables[plan.title]:
        right = max(table.last_column for table in tables)
        parts.append(errors_in(tables[0].first, KEY, tables[-1].last, right))
    sheet.put(ERRORS_ROW, CHECK, 0, "check:flag", "+".join(parts))
    layout.errors.append((plan.title, f"F{ERRORS_ROW}"))


# Units whose years add up to something.
_ADDITIVE = ("USD", "GPU-h", "kWh", "t", "year")


def _year_heads(layout: Layout, sheet: Sheet) -> None:
    """The years in the head: numbers on the first sheet that has them, links to it elsewhere."""
    first = next(title for title in layout.order if title in layout.year_heads or
                 title == sheet.title)  # fmt: skip
    layout.year_heads.add(sheet.title)
    sheet.widths |= {HOW: 46, TOTAL: 15, LABEL: 44, UNIT: 13, KEY: 25}
    for year in range(YEAR_COUNT):
        column = FIRST + year
        formula = "" if first == sheet.title else f"{first}!{letters(column)}${HEAD_ROW}"
        sheet.put(HEAD_ROW, column, year, "headnum:years", formula)
        sheet.widths[column] = 14
    sheet.freeze = f"C{FIRST_ROW}"


def _year_marks(layout: Layout, sheet: Sheet, row: int, key: str) -> Any:
    """Key, label, unit, total and error flag of a yearly row; returns its numbers."""
    one = layout.model[key]
    numbers = np.broadcast_to(layout.numbers[key], (YEAR_COUNT,))
    sheet.put(row, KEY, key, "key")
    sheet.put(row, LABEL, one.label, "labelwrap")
    sheet.put(row, UNIT, layout.unit(one.unit), "unit")
    sheet.put(row, VALUE, None, "blank")
    if one.unit in _ADDITIVE and not (isinstance(one, Line) and one.stock):
        summed = float(rounded(np.sum(numbers)))  # gains and losses may cancel but for noise
        sheet.put(row, TOTAL, summed, f"calc:{one.form}", f"ROUND(SUM({_across(row)}),6)")
        wide = len(show(summed, one.form)) + 3
        sheet.widths[TOTAL] = max(sheet.widths[TOTAL], wide)
    else:
        sheet.put(row, TOTAL, None, "blank")
    sheet.put(row, CHECK, 0, "check:flag", f"IF(ISERROR(SUM({_across(row)})),1,0)")
    for year in range(YEAR_COUNT):
        wide = len(show(numbers[year], one.form)) + 2
        sheet.widths[FIRST + year] = max(sheet.widths[FIRST + year], wide)
    return numbers


def _year_link(layout: Layout, sheet: Sheet, row: int, key: str) -> None:
    """A green row: each year one reference to the year where the line stands."""
    owner, home = layout.year_rows[key]
    numbers = _year_marks(layout, sheet, row, key)
    sheet.put(row, HOW, f"from {owner}", "note")
    for year in range(YEAR_COUNT):
        column = FIRST + year
        sheet.put(row, column, value_of(numbers[year]), f"link:{layout.model[key].form}",
                  f"{owner}!{letters(column)}${home}")  # fmt: skip


def _year_row(
    layout: Layout, sheet: Sheet, row: int, one: Line, local: dict[str, str],
    years: dict[str, int],
) -> None:  # fmt: skip
    """A yearly line: one formula, copied across the years."""
    numbers = _year_marks(layout, sheet, row, one.key)
    said = layout.explain(one)
    if len(said) > 2.5 * sheet.widths[HOW]:
        said = one.note  # the formula is in the cells
    sheet.put(row, HOW, said, "note")
    sheet.heights[row] = height((said, sheet.widths[HOW]), (one.label, sheet.widths[LABEL] * 0.8))
    formula = excel(one.tree, _year_cells(local, years))
    for column, number in enumerate(numbers, FIRST):
        here = formula.replace(HERE, letters(column)).replace(BEFORE, letters(column - 1))
        sheet.put(row, column, value_of(number), f"calc:{one.form}", here)


# The column of a year and of the year before, in a formula written once for all of them. No text
# of a workbook can hold either.
HERE, BEFORE = "\x01", "\x02"


def _year_cells(local: dict[str, str], years: dict[str, int]) -> Cells:
    """References of any year: scalars stay, yearly lines move, previous() is the cell before."""
    rows = {**years, "year": HEAD_ROW}
    return Cells(
        at=lambda key: f"{HERE}${rows[key]}" if key in rows else local[key],
        before=lambda key: f"{BEFORE}${rows[key]}",
        range=lambda key: _across(rows[key]),
    )


NARROW = 13  # the least width of a table's column
SHORT = 20  # rows of a table that may stand below something else on a page


@dataclass(frozen=True)
class RowTable:
    """A table of a sheet: lines along one axis side by side, its rows below each other.

    The lines of an axis stand in several tables, one below each heading they are written under.
    """

    axis: str
    heading: str
    rows: tuple[tuple[str, str, str], ...]  # id, label, remark
    source: Table | None  # the catalogue's table, None where the model names the rows itself
    named: Given | None  # the input that stands where labels stand
    columns: tuple[Given | Line, ...]
    first: int  # the row of its first values
    left: int  # the column of its first line
    remarks: int  # the column of the remarks, 0 where another table of the axis has them
    given: bool = False  # whether the scenario gives the rows
    steps_back: int = 0  # 1 where a step before is read: an empty row above the first, which is 0
    flows: bool = False  # whether its remarks may run over the empty columns beside them

    @functools.cached_property
    def columns_named(self) -> tuple[Given | Line, ...]:
        """Its columns, with the input that stands where labels stand before them."""
        return (self.named, *self.columns) if self.named else self.columns

    @functools.cached_property
    def places(self) -> dict[str, int]:
        """The column of every line of this table."""
        found = {item.key: self.left + index for index, item in enumerate(self.columns)}
        return found | ({self.named.key: LABEL} if self.named else {})

    @property
    def last(self) -> int:
        """The row of its last values."""
        return self.first + len(self.rows) - 1

    @property
    def last_column(self) -> int:
        """The last column in use."""
        return max(self.left + len(self.columns) - 1, self.remarks)


def _place_tables(layout: Layout, plan: WorkingSheet, lines: Sequence[Line], row: int) -> None:
    """Give every line along a table its range."""
    found: list[RowTable] = []
    for axis in dict.fromkeys(one.along for one in lines if one.along not in (None, YEARS)):
        assert axis is not None
        for made in _tables_of(layout, plan, axis, [one for one in lines if one.along == axis]):
            table = replace(made, first=row + 2 + made.steps_back)
            last = table.last
            for key, place in table.places.items():
                layout.ranges[key] = (plan.title, span(place, table.first, last))
                layout.columns[key] = (place, table.first)
            if table.remarks:
                names = LABEL if axis in layout.model.tables and table.named else KEY
                layout.ranges[axis] = (plan.title, span(names, table.first, last))
                layout.columns[axis] = (names, table.first)
            found.append(table)
            row = last + 1
    last = max((one.last_column for one in found), default=0)
    layout.tables[plan.title] = [replace(one, flows=_flows(one, last)) for one in found]


def _flows(table: RowTable, last: int) -> bool:
    """Whether remarks have room beside their table, in columns that wider tables need."""
    longest = max((columns_of(note) for _, _, note in table.rows), default=0)
    beside = table.remarks == table.last_column < last
    return beside and longest * 0.9 <= NARROW * (last - table.remarks + 1)


def _tables_of(
    layout: Layout, plan: WorkingSheet, axis: str, lines: Sequence[Line]
) -> Iterator[RowTable]:
    """The tables of one axis, each with its lines and the inputs that they are first to read."""
    source = layout.scenario.catalogue.axis(axis)
    inputs = {one.key: one for one in layout.model.givens.values() if one.along == axis}
    given = layout.model.tables.get(axis)
    unnamed = given is not None and given.numbered
    named = inputs.pop(next(iter(inputs))) if inputs and not unnamed else None
    rows = tuple((one["id"], "", one["note"] or MISSING) for one in source.rows) if source else ()
    title = source.title if source else given.title if given else ""
    tabular = page(layout.model, plan).tabular
    blocks: list[list[Line]] = []
    back = _read_back(lines)
    for one in lines:
        if one.key in layout.model.headings or not blocks:
            blocks.append([])
        blocks[-1].append(one)
    for number, block in enumerate(blocks):
        wanted = {need for one in block for need in one.needs}
        wanted |= {pick for key in wanted & set(inputs) for pick in inputs[key].follows}
        last = number == len(blocks) - 1
        read = [inputs.pop(key) for key in list(inputs) if key in wanted or last]
        columns: tuple[Given | Line, ...] = (*read, *block)
        left = UNIT if tabular else FIRST
        beside = left + len(columns) if tabular else HOW
        yield RowTable(
            axis, layout.model.headings.get(block[0].key, title),
            rows or layout.scenario.rows_of(axis), source, named if number == 0 else None,
            columns, 0, left, 0 if number else beside, given is not None,
            int(any(one.key in back for one in columns)),
        )  # fmt: skip


def _read_back(lines: Sequence[Line]) -> set[str]:
    """What lines read one step back: above its first row must stand nothing, not its heading."""
    calls = [part for one in lines for part in walk(one.tree) if isinstance(part, Call)]
    return {
        part.key
        for call in calls
        if call.word is previous
        for part in call.parts
        if isinstance(part, Reference)
    }


def _fill_table(
    layout: Layout, sheet: Sheet, table: RowTable, local: dict[str, str], areas: dict[str, str]
) -> None:
    """One formula a line, copied down the rows."""
    head = table.first - 1 - table.steps_back
    if table.steps_back:
        for place in range(1, table.last_column + 1):
            sheet.put(head + 1, place, None, "blank")
        sheet.heights[head + 1] = 6
    layout.section(sheet, head - 1, table.heading, max(FIRST, table.last_column))
    if len(table.rows) > SHORT:
        sheet.breaks.append(head - 2)  # a page of its own
    if table.flows:
        sheet.widths[table.remarks] = max(sheet.widths.get(table.remarks, 0), NARROW)
    elif table.remarks == table.last_column:
        longest = max(columns_of(note) for _, _, note in table.rows)
        wide = min(60 if table.given else 96, longest * 0.9)
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
    found = local | {key: in_row(*place) for key, place in beside.items()}
    before = {key: in_row(column, first - 1) for key, (column, first) in beside.items()}
    cells = replace(layout.cells(found, areas=areas), before=before.__getitem__)
    written = {item.key: _table_column(layout, table, item, cells)
               for item in table.columns_named if not _is_put_together(item)}  # fmt: skip
    for number in range(len(table.rows)):
        _table_row(layout, sheet, table, number, found, written)


def in_row(column: str, row: int) -> str:
    """A cell of a table's first row, marked so that `moved` finds it; no text holds the marks."""
    return f"{column}\x01{row}\x02"


def moved(formula: str, rows: int) -> str:
    """A formula written for a table's first row, as it stands some rows below."""
    return _MARKED.sub(lambda found: str(int(found[1]) + rows), formula)


_MARKED = re.compile("\x01(\\d+)\x02")


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
    written: Mapping[str, tuple[str, str]],
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
        value = layout.shown_row(item.key, number)
        look, formula = written.get(item.key) or _part(layout, item, number, found)
        sheet.put(row, place, value, look, moved(formula, number))
        sizes.append((value if isinstance(value, str) else "", sheet.widths[place]))
    unnamed = table.given and layout.model.tables[table.axis].numbered
    if (table.source is not None or table.given) and table.named is None and not unnamed:
        named = next(one for one in layout.model.givens.values() if one.along == table.axis)
        value = value_of(layout.numbers[named.key][number])
        sheet.put(row, LABEL, value, "notecalc", moved(found[named.key], number))
    sheet.heights[row] = height(*sizes)


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
        return "linktext", "notecalc"
    return f"link:{item.form}", f"calc:{item.form}"


def _table_column(
    layout: Layout, table: RowTable, item: Given | Line, cells: Cells
) -> tuple[str, str]:
    """The look of a column and the formula of its first row."""
    link, calculation = _looks(item)
    if isinstance(item, Line):
        return calculation, excel(item.tree, cells)
    if item.key in layout.given_columns:
        column, first = layout.given_columns[item.key]
        return link, f"{TABLES}!{in_row(f'${letters(column)}$', first)}"
    if item.catalogue is None:
        assert table.source is not None
        return link, _from_row(layout, table.source, table.first, item.key.partition("_")[2])
    return link, catalogue_lookup(layout, item, [cells.at(key) for key in item.follows])


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
    if part.key in found:
        return calculation, found[part.key]
    owner, row, column = layout.home[part.key]
    return link, f"{owner}!{address(row, column, fixed='rc')}"


def _from_row(layout: Layout, table: Table, row: int, column: str) -> str:
    """The catalogue's cell for the id at the head of a row, wherever its own row stands there."""
    found = f"MATCH({in_row(f'${letters(KEY)}', row)},{column_range(layout, table.name, 'id')},0)"
    return f"INDEX({column_range(layout, table.name, column)},{found})"

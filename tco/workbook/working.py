"""Working sheets: links first, then lines; years across, table rows down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tco.catalogue import Table
from tco.lines import YEAR_COUNT, YEARS, Cells, Given, Line, excel
from tco.sheets import CATALOGUE_SHEETS, WorkingSheet
from tco.workbook.cells import Sheet, address, height, letters, span
from tco.workbook.grid import (
    CATALOGUE_FIRST,
    FIRST,
    FIRST_ROW,
    GRID,
    HEAD_ROW,
    HOW,
    KEY,
    LABEL,
    UNIT,
    VALUE,
    WIDTHS,
    Layout,
    value_of,
)


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
    row = FIRST_ROW + 1 + len(layout.links_for(lines, own))
    for one in scalars:
        row += 1 if one.key in layout.model.headings else 0
        if one.along == YEARS:
            layout.ranges[one.key] = (
                plan.title,
                f"${letters(FIRST)}${row}:${letters(FIRST + YEAR_COUNT - 1)}${row}",
            )
            layout.year_rows[one.key] = row
        else:
            layout.home[one.key] = (plan.title, row, VALUE)
        row += 1


def fill_working(layout: Layout, plan: WorkingSheet) -> None:
    """Fill a sheet, once everything it links to has its place."""
    sheet = layout.sheets[plan.title]
    layout.head(sheet, plan.purpose, GRID)
    sheet.widths = dict(WIDTHS)
    lines = lines_of(layout, plan)
    if any(one.along for one in lines):
        sheet.widths[HOW] = 62  # a table stands beside it
    own = {one.key for one in lines}
    local: dict[str, str] = {}
    row = layout.link_block(sheet, layout.links_for(lines, own), local)
    yearly = [one for one in lines if one.along == YEARS]
    for one in lines:
        if one.key in layout.home:
            local[one.key] = address(layout.home[one.key][1], VALUE, fixed="rc")
    for one in lines:
        if one.along is not None and one.along != YEARS:
            continue
        heading = layout.model.headings.get(one.key)
        if heading:
            layout.section(sheet, row, heading)
            row += 1
        if one.along == YEARS:
            _year_row(layout, sheet, row, one, local)
        else:
            strong = one.key in plan.emphasised
            layout.line_row(sheet, row, one, layout.cells(local), strong=strong)
        row += 1
    if yearly:
        for year in range(YEAR_COUNT):
            sheet.put(HEAD_ROW, FIRST + year, year, "headnum")
            sheet.widths[FIRST + year] = 14
    layout.errors.append((plan.title, f"$F${FIRST_ROW}:$F${row - 1}"))
    _row_tables(layout, sheet, [one for one in lines if one.along not in (None, YEARS)], row, local)


def _year_row(layout: Layout, sheet: Sheet, row: int, one: Line, local: dict[str, str]) -> None:
    """A yearly line: one formula, copied across the years."""
    sheet.put(row, KEY, one.key, "key")
    sheet.put(row, LABEL, one.label, "labelwrap")
    sheet.put(row, UNIT, layout.unit(one.unit), "unit")
    sheet.put(row, HOW, layout.explain(one), "note")
    years = np.broadcast_to(layout.numbers[one.key], (YEAR_COUNT,))
    for year in range(YEAR_COUNT):
        column = FIRST + year
        cells = _year_cells(layout, column, local)
        sheet.put(row, column, value_of(years[year]), f"calc:{one.form}", excel(one.tree, cells))


def _year_cells(layout: Layout, column: int, local: dict[str, str]) -> Cells:
    """References of one year: scalars stay, yearly lines move, previous() is the cell before."""
    here = {key: f"{letters(column)}${row}" for key, row in layout.year_rows.items()}
    before = {key: f"{letters(column - 1)}${row}" for key, row in layout.year_rows.items()}
    return Cells(
        at={**local, **here}.__getitem__,
        before=before.__getitem__,
        range=lambda key: layout.ranges[key][1],
    )


def _row_tables(
    layout: Layout, sheet: Sheet, lines: list[Line], row: int, local: dict[str, str]
) -> None:
    """Lines along a table: one formula each, copied down its rows."""
    for axis in dict.fromkeys(one.along for one in lines):
        table = layout.scenario.catalogue.axis(axis)
        assert table is not None
        inputs = [one for one in layout.model.givens.values() if one.along == axis]
        columns: list[Given | Line] = [*inputs, *(one for one in lines if one.along == axis)]
        layout.section(sheet, row, layout.model.headings.get(columns[len(inputs)].key, table.title),
                      FIRST + len(columns) - 2)  # fmt: skip
        row += 1
        places = {}
        for index, item in enumerate(columns):
            place = LABEL if index == 0 else FIRST + index - 1
            places[item.key] = place
            look = "head" if item.is_text else "headnum"
            sheet.put(row, place, f"{item.label}, {layout.unit(item.unit)}"
                      if not item.is_text else item.label, look)  # fmt: skip
            if place >= FIRST:
                sheet.widths[place] = 14
        for place in range(1, FIRST):
            if (row, place) not in sheet.cells:
                sheet.put(row, place, "Remark" if place == HOW else None, "head")
        sheet.heights[row] = 54
        first = row + 1
        count = len(table.rows)
        for item in columns:
            area = span(places[item.key], first, first + count - 1)
            layout.ranges[item.key] = (sheet.title, area)
        for number in range(count):
            _table_row(layout, sheet, first + number, number, table, columns, places, local)
        row = first + count


def _table_row(
    layout: Layout,
    sheet: Sheet,
    row: int,
    number: int,
    table: Table,
    columns: Sequence[Any],
    places: dict[str, int],
    local: dict[str, str],
) -> None:
    beside = {key: f"${letters(place)}{row}" for key, place in places.items()}
    names = [one.name for one in table.columns]
    sheet.put(row, KEY, table.ids[number], "key")
    note = table.rows[number]["note"]
    source = f"{CATALOGUE_SHEETS[table.name]}!{{}}{CATALOGUE_FIRST + table.places[number]}"
    remark = source.format(letters(names.index("note") + 1))
    sheet.put(row, HOW, note, "linktext", remark)
    sheet.heights[row] = height((note, sheet.widths[HOW]))
    for item in columns:
        value = value_of(layout.numbers[item.key][number])
        if isinstance(item, Given):
            column = letters(names.index(item.key.partition("_")[2]) + 1)
            formula = source.format(column)
            look = "linktext" if item.is_text else f"link:{item.form}"
        else:
            formula = excel(item.tree, layout.cells(local, beside))
            look = f"calc:{item.form}"
        sheet.put(row, places[item.key], value, look, formula)

"""Working sheets: links first, then lines; years across, table rows down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tco.catalogue.shipped import MISSING
from tco.lines import (
    YEAR_COUNT,
    YEARS,
    Cells,
    Line,
    Model,
    Undefined,
    excel,
    is_row_by_row,
    rounded,
)
from tco.quantities import show
from tco.scenario import Scenario
from tco.widths import columns_of
from tco.workbook.cells import Sheet, address, height, letters, pages_across
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
from tco.workbook.places import Places, linked_scalars
from tco.workbook.rowdrawing import draw_tables
from tco.workbook.rowtables import places_of, row_tables
from tco.workbook.sheets import WorkingSheet


def lines_of(model: Model, plan: WorkingSheet) -> list[Line]:
    """The lines a sheet shows, in the order they are written."""
    return [one for one in model.lines.values() if one.section == plan.section]


def place_working(scenario: Scenario, plan: WorkingSheet) -> Places:
    """A row for every link and every line, and below them the tables."""
    model, title = scenario.model, plan.title
    lines = lines_of(model, plan)
    links, linked_years = _linked(model, lines), _linked_years(model, lines)
    row = FIRST_ROW + 1 + len(links) + len(linked_years)
    home, areas, years = {}, {}, {}
    for one in lines:
        if one.along not in (None, YEARS):
            continue
        row += 1 if one.key in model.headings else 0
        if one.along == YEARS:
            areas[one.key], years[one.key] = (title, _across(row)), (title, row)
        else:
            home[one.key] = (title, row, VALUE)
        row += 1
    tables = row_tables(scenario, plan, lines, row)
    of_tables = places_of(title, tables, model)
    return Places(
        home=home,
        ranges={**areas, **of_tables.ranges},
        year_rows=years,
        columns=of_tables.columns,
        links={(title, key): row for row, key in enumerate(links, FIRST_ROW + 1)},
        tables={title: tables},
        ends={title: tables[-1].last if tables else row - 1},
        year_heads=(title,) if years or linked_years else (),
        error_counts=((title, f"F{ERRORS_ROW}"),),
    )


def _linked(model: Model, lines: Sequence[Line]) -> list[str]:
    """What a sheet links to at its head; a table put together links row by row instead."""
    apart = [one for one in lines if not is_row_by_row(one.tree)]
    return linked_scalars(model, apart, {one.key for one in lines})


def _linked_years(model: Model, lines: Sequence[Line]) -> list[str]:
    """The yearly lines that a sheet links to at its head, a row each."""
    wanted = {need for one in lines for need in one.needs} - {one.key for one in lines}
    return [key for key in model.lines if key in wanted and model.lines[key].along == YEARS]


def _across(row: int) -> str:
    """The fixed range of a row's years."""
    return f"${letters(FIRST)}${row}:${letters(FIRST + YEAR_COUNT - 1)}${row}"


def draw_working(layout: Layout, plan: WorkingSheet) -> Sheet:
    """A sheet of workings: what it links to, its lines one below another, its tables."""
    sheet = Sheet(plan.title)
    about = plan.page
    layout.head(sheet, about.purpose, GRID)
    lines = lines_of(layout.model, plan)
    sheet.widths = _widths(layout, lines, tabular=about.tabular)
    local: dict[str, str] = {}
    row = layout.link_block(sheet, _linked(layout.model, lines), local)
    years = {one.key: layout.year_rows[one.key][1] for one in lines if one.along == YEARS}
    if plan.title in layout.year_heads:
        _year_heads(layout, sheet, tabular=about.tabular)
    for key in _linked_years(layout.model, lines):
        _year_link(layout, sheet, row, key)
        years[key] = row
        row += 1
    for one in lines:
        if one.key in layout.home:
            local[one.key] = address(layout.home[one.key][1], VALUE, fixed="rc")
    areas = {key: _across(place) for key, place in (*years.items(), ("year", HEAD_ROW))}
    cells = layout.cells(sheet.title, local, areas=areas)
    for one in lines:
        if one.along not in (None, YEARS):
            continue
        heading = layout.model.headings.get(one.key)
        if heading:
            layout.section(sheet, row, heading, FIRST + YEAR_COUNT - 1 if years else HOW)
            row += 1
        if one.along == YEARS:
            _year_row(layout, sheet, row, one, local, years)
        else:
            layout.line_row(sheet, row, one, cells, strong=one.key in about.totals)
        row += 1
    parts = [f"SUM($F${FIRST_ROW}:$F${row - 1})"]
    if tables := layout.tables[plan.title]:
        draw_tables(layout, sheet, local, areas)
        sheet.flags += [
            (f"{address(one.first, KEY)}:{address(one.last, one.last_column)}", f"back:{flag}")
            for one in tables
            if (flag := about.counts.get(one.axis))
        ]
        right = max(table.last_column for table in tables)
        parts.append(errors_in(tables[0].first, KEY, tables[-1].last, right))
        sheet.pages_wide = pages_across(sheet, least=0.35)
    sheet.put(ERRORS_ROW, CHECK, 0, "check:flag", "+".join(parts))
    return sheet


def _widths(layout: Layout, lines: Sequence[Line], *, tabular: bool) -> dict[int, float]:
    """The widths of the grid, where tables stand in it or beside it narrower."""
    if tabular:
        wide = [len(show(layout.numbers[one.key], one.form)) + 2 for one in lines
                if one.along is None and not one.is_text
                and not isinstance(layout.numbers[one.key], Undefined)]  # fmt: skip
        texts = [columns_of(str(layout.numbers[one.key])) for one in lines
                 if one.along is None and one.is_text]  # fmt: skip
        wide.append(min(44, max(texts, default=0) // 2))  # a sentence in two lines or a few
        few = {UNIT: 19, VALUE: max(15, *wide, 0), TOTAL: 13, CHECK: 13, HOW: 13, GAP: 13}
        return {**WIDTHS, **few}
    beside = any(one.along for one in lines)
    return {**WIDTHS, HOW: 62} if beside else dict(WIDTHS)


# Units whose years add up to something.
_ADDITIVE = ("USD", "GPU-h", "kWh", "t", "year")


def _year_heads(layout: Layout, sheet: Sheet, *, tabular: bool) -> None:
    """The years in the head: numbers on the first sheet that has them, links to it elsewhere."""
    first = layout.year_owner
    sheet.widths |= {} if tabular else {HOW: 46, TOTAL: 15, LABEL: 44, UNIT: 13, KEY: 25}
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
        summed = value_of(rounded(np.sum(numbers)))  # gains and losses may cancel but for noise
        years, formula = _across(row), f"ROUND(SUM({_across(row)}),6)"
        if key in layout.undefinable:  # no year is known: their sum is not 0
            formula = f'IF(COUNT({years})=0,"{MISSING}",{formula})'
        sheet.put(row, TOTAL, summed, f"calc:{one.form}", formula)
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
    numbers = _year_marks(layout, sheet, row, key)
    sheet.put(row, HOW, f"from {layout.year_cell(key, 0)[0]}", "note")
    for year in range(YEAR_COUNT):
        column = FIRST + year
        sheet.put(row, column, value_of(numbers[year]), f"link:{layout.model[key].form}",
                  "!".join(layout.year_cell(key, year)))  # fmt: skip


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

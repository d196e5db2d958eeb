"""Working sheets: results first, then blocks of links and lines; years across, rows down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from tco.catalogue.shipped import MISSING
from tco.lines import (
    YEAR_COUNT,
    YEARS,
    Cells,
    Line,
    Undefined,
    excel,
    rounded,
)
from tco.quantities import show
from tco.scenario import Scenario
from tco.widths import columns_of, units_of
from tco.workbook.cells import Sheet, address, height, letters
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
    count_errors,
    value_of,
)
from tco.workbook.lineblocks import line_plan, lines_of
from tco.workbook.places import Places
from tco.workbook.rowdrawing import SHORT, draw_tables
from tco.workbook.rowtables import places_of
from tco.workbook.sheets import WorkingSheet


def place_working(scenario: Scenario, plan: WorkingSheet) -> Places:
    """A row for every result, link and line, and the tables."""
    model, title = scenario.model, plan.title
    found = line_plan(scenario, plan)
    years = {key: row for key, row in found.rows.items() if model.lines[key].along == YEARS}
    of_tables = places_of(title, found.tables, model)
    return Places(
        home={key: (title, row, VALUE) for key, row in found.rows.items() if key not in years},
        ranges={**{key: (title, _across(row)) for key, row in years.items()}, **of_tables.ranges},
        year_rows={key: (title, row) for key, row in years.items()},
        columns=of_tables.columns,
        links={(title, key): row for key, row in found.links.items()},
        tables={title: found.tables},
        plans={title: found},
        year_heads=(title,) if years or found.year_links else (),
        error_counts=((title, f"F{ERRORS_ROW}"),),
    )


def _across(row: int) -> str:
    """The fixed range of a row's years."""
    return f"${letters(FIRST)}${row}:${letters(FIRST + YEAR_COUNT - 1)}${row}"


def draw_working(layout: Layout, plan: WorkingSheet) -> Sheet:
    """A sheet of workings: its results, then block by block its links, lines and tables."""
    sheet, found = Sheet(plan.title), layout.plans[plan.title]
    about = plan.page
    layout.head(sheet, about.purpose, GRID)
    lines = lines_of(layout.model, plan)
    sheet.widths = _widths(layout, lines, tabular=about.tabular)
    yearly = plan.title in layout.year_heads
    if yearly:
        _year_heads(layout, sheet, tabular=about.tabular)
    wide = max((one.last_column for one in found.tables), default=0)
    last = max(wide, FIRST + YEAR_COUNT - 1 if yearly else HOW)
    for row, heading in found.headings.items():
        layout.section(sheet, row, heading, last)
    if found.results:
        del sheet.sections[1]  # results are no page of their own
    local = {key: address(row, VALUE, fixed="rc") for key, row in found.links.items()}
    local |= {key: address(row, VALUE, fixed="rc") for key, row in found.rows.items()}
    yearly_rows = {key: row for key, row in found.rows.items() if layout.along(key) == YEARS}
    years = {**found.year_links, **yearly_rows}
    areas = {key: _across(place) for key, place in (*years.items(), ("year", HEAD_ROW))}
    for row in found.linked:
        sheet.group(row, row)
    for table in found.tables:
        if len(table.rows) > SHORT:
            sheet.group(table.first, table.last)
    for key, row in found.results.items():
        layout.result_row(sheet, row, key, local[key])
    for key, row in found.links.items():
        layout.link_row(sheet, row, key)
    for key, row in found.year_links.items():
        _year_link(layout, sheet, row, key)
    cells = layout.cells(sheet.title, local, areas=areas)
    for key, row in found.rows.items():
        one = layout.model.lines[key]
        if one.along == YEARS:
            _year_row(layout, sheet, row, one, local, years)
        else:
            layout.line_row(sheet, row, one, cells, strong=key in about.totals)
    if found.tables:
        draw_tables(layout, sheet, local, areas)
        sheet.flags += [
            (f"{address(one.first, KEY)}:{address(one.last, one.last_column)}", f"back:{flag}")
            for one in found.tables
            if (flag := about.counts.get(one.axis))
        ]
        _fit_flowing(layout, sheet, (*found.results.values(), *found.rows.values()), last)
    count_errors(sheet, found.last, last)
    return sheet


def _fit_flowing(layout: Layout, sheet: Sheet, rows: Iterable[int], last: int) -> None:
    """Let words that flow over empty columns end before the last: shorter words, else more room."""
    for row in rows:
        cell = sheet.cells[row, HOW]
        if cell.look != "noteflow":
            continue
        room = sum(sheet.widths.get(column, 9.0) for column in range(HOW, last + 1))
        if units_of(cell.value) > room:
            note = layout.model.lines[sheet.cells[row, KEY].value].note  # formulas are in cells
            sheet.put(row, HOW, note, "noteflow")
            sheet.widths[last] = sheet.widths.get(last, 9.0) + max(0, units_of(note) - room)


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
    sheet.widths |= {} if tabular else {HOW: 46, TOTAL: 15, LABEL: 44, UNIT: 13, KEY: 27}
    for year in range(YEAR_COUNT):
        column = FIRST + year
        formula = "" if first == sheet.title else f"{first}!{letters(column)}${HEAD_ROW}"
        sheet.put(HEAD_ROW, column, year, "headnum:yearhead", formula)
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

"""Where the numbers of the page's charts stand in the workbook."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from tco.lines import YEAR_COUNT, YEARS
from tco.page.content import TOTAL, Along, Chart, Row
from tco.workbook.cells import address, letters, span
from tco.workbook.charts import Ranges
from tco.workbook.grid import FIRST, HEAD_ROW, LABEL, Layout
from tco.workbook.sheets import DEADLINE


@dataclass(frozen=True)
class PlacedTable:
    """A table as it stands on a sheet: the row of each of its rows, the column of each place."""

    sheet: str
    rows: tuple[tuple[int, Row], ...]
    columns: Mapping[int, int]

    @property
    def body(self) -> list[int]:
        """The rows down to the first total."""
        return [at for at, _ in itertools.takewhile(lambda one: one[1].reads != TOTAL, self.rows)]

    def column(self, place: int) -> str:
        """The body of a column."""
        return f"'{self.sheet}'!{span(self.columns[place], self.body[0], self.body[-1])}"


def ranges(layout: Layout, chart: Chart, table: PlacedTable | None = None) -> Ranges:
    """The cells of a chart's numbers: those of its table, or of the lines that it runs along."""
    if table:
        return Ranges(table.column(0), (table.column(1),))
    series = tuple(
        _along(layout, one.values) for one in chart.series if isinstance(one.values, Along)
    )
    return Ranges(_across(layout, chart), series, _mark(layout, chart))


def _along(layout: Layout, found: Along) -> str:
    """The cells of a line: along the years or the deadlines to the right, along a table down."""
    axis = layout.model[found.key].along
    if axis is None:  # the first deadline is the live one, and no point of a curve
        points = len(layout.scenario.deadlines)
        return _right(DEADLINE, layout.case_rows[found.key], 1 + found.start, points)
    if axis == YEARS:
        sheet, row = layout.year_rows[found.key]
        return _right(sheet, row, found.start, YEAR_COUNT - 1)
    sheet, area = layout.ranges[found.key]
    return f"'{sheet}'!{area}"


def _right(sheet: str, row: int, first: int, last: int) -> str:
    """Cells of a row, counted from the first column of years."""
    return f"'{sheet}'!${letters(FIRST + first)}${row}:${letters(FIRST + last)}${row}"


def _across(layout: Layout, chart: Chart) -> str:
    """What the values stand over: years in the head of their sheet, names beside them."""
    first = chart.series[0].values
    assert isinstance(first, Along)
    if isinstance(chart.across, Along):
        if chart.across.key != "year":
            return _along(layout, chart.across)
        sheet, _ = layout.year_rows[first.key]
        return _right(sheet, HEAD_ROW, chart.across.start, YEAR_COUNT - 1)
    _, row = layout.columns[first.key]
    return f"'{layout.ranges[first.key][0]}'!{span(LABEL, row, row + len(chart.across) - 1)}"


def _mark(layout: Layout, chart: Chart) -> tuple[str, ...]:
    """The cells of the single point, across and up."""
    _, *refs = chart.mark or ("",)
    found = []
    for ref in refs:
        sheet, row, column = layout.home[ref.key]
        cell = address(row, column, fixed="rc")
        found.append(f"'{sheet}'!{cell}:{cell}")
    return tuple(found)

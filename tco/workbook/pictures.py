"""The page's charts on a sheet: a heading in cells, and where their numbers stand."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tco.lines import YEAR_COUNT, YEARS, Cells, Reference, excel, shown, text, where_known
from tco.model.state import WITHHELD
from tco.page.content import TOTAL, Along, Chart, Phrase, Ref, Row
from tco.page.values import printed
from tco.quantities.forms import form
from tco.workbook.cells import Sheet, address, letters, span
from tco.workbook.charts import Ranges, drawn
from tco.workbook.grid import FIRST, HEAD_ROW, Layout
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

    def column(self, place: int, rows: int | None = None) -> str:
        """The body of a column, or no more than its first rows."""
        body = self.body[:rows]
        return f"'{self.sheet}'!{span(self.columns[place], body[0], body[-1])}"


HEAD_ROWS = 2  # above a chart: what it says, and on which basis


def put_chart(
    layout: Layout, sheet: Sheet, chart: Chart, row: int, columns: Sequence[int],
    size: tuple[float, float], table: PlacedTable | None = None,
    here: Callable[[str], str] | None = None,
) -> None:  # fmt: skip
    """A chart below its heading, over these columns; its size is width and height in cm.

    The heading is a cell and no title within the chart: it follows the numbers in every program,
    and is read out like any other cell.

    Args:
        here: where a key is read on a sheet whose calculations stay on it.
    """
    for column in columns:
        sheet.put(row, column, None, "charthead")
    for at, words, look in ((row, chart.title, "charthead"), (row + 1, chart.basis, "noteflow")):
        held = "" if here or look != "charthead" else home(layout, "errors")
        value, formula = heading(layout, words, here or partial(home, layout), held)
        sheet.put(at, columns[0], value, look, formula)
    sheet.heights[row] = 18
    made = drawn(chart, ranges(layout, chart, table), *size)
    sheet.charts.append((made, f"{letters(columns[0])}{row + HEAD_ROWS}"))


def heading(
    layout: Layout, title: Ref | Phrase | str, at: Callable[[str], str], errors: str = ""
) -> tuple[str, str]:
    """The words above a chart and their formula; "" where they are fixed.

    Args:
        errors: the cell that counts errors: while one stands, no sentence with a figure does.
    """
    if isinstance(title, str):
        return title, ""
    if isinstance(title, Ref):
        value, formula = str(layout.shown(title.key)), at(title.key)
    else:
        value, formula = printed(layout.scenario, title), sentence(layout, title, at)
    if not errors:
        return value, formula
    value = WITHHELD if layout.numbers["errors"] else value
    return value, f'IF({errors}=0,{formula},"{WITHHELD}")'


def home(layout: Layout, key: str) -> str:
    """The cell where a single value is computed, as another sheet names it."""
    sheet, row, column = layout.home[key]
    return f"{sheet}!{address(row, column, fixed='rc')}"


def _said(layout: Layout, key: str) -> Any:
    """A value in words; of a number that may be undefined the reason, where it is."""
    item, read = layout.model[key], Reference(key)
    if item.is_text:
        return read
    number = shown(read, form(item.form).cell)
    return where_known(number, read, read) if key in layout.undefinable else number


def sentence(layout: Layout, phrase: Phrase, at: Callable[[str], str] | None = None) -> str:
    """The formula of words with values in them, read where they are computed, or `at` a cell."""
    parts = [_said(layout, key) for key in phrase.keys]
    cells = Cells(at=at or partial(home, layout), before=str, range=str)
    return excel(text(phrase.words, *parts), cells)


def ranges(layout: Layout, chart: Chart, table: PlacedTable | None = None) -> Ranges:
    """The cells of a chart's numbers: those of its table, or of the lines that it runs along."""
    if table:
        rows = len(chart.series[0].values) if isinstance(chart.series[0].values, tuple) else None
        return Ranges(table.column(0, rows), (table.column(1, rows),))
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
        return _right(sheet, row, found.start, (found.stop or YEAR_COUNT) - 1)
    sheet, area = layout.ranges[found.key]
    if found.stop is None:
        return f"'{sheet}'!{area}"
    column, first = layout.columns[found.key]
    return f"'{sheet}'!{span(column, first + found.start, first + found.stop - 1)}"


def _right(sheet: str, row: int, first: int, last: int) -> str:
    """Cells of a row, counted from the first column of years."""
    return f"'{sheet}'!${letters(FIRST + first)}${row}:${letters(FIRST + last)}${row}"


def _across(layout: Layout, chart: Chart) -> str:
    """What the values stand over: years in the head of their sheet, else a line of its own."""
    first = chart.series[0].values
    assert isinstance(first, Along) and isinstance(chart.across, Along), "names have a table"
    if chart.across.key == "year":
        sheet, _ = layout.year_rows[first.key]
        return _right(sheet, HEAD_ROW, chart.across.start, (chart.across.stop or YEAR_COUNT) - 1)
    return _along(layout, chart.across)


def _mark(layout: Layout, chart: Chart) -> tuple[str, ...]:
    """The cells of the single point, across and up."""
    _, *refs = chart.mark or ("",)
    found = []
    for ref in refs:
        sheet, row, column = layout.home[ref.key]
        cell = address(row, column, fixed="rc")
        found.append(f"'{sheet}'!{cell}:{cell}")
    return tuple(found)

"""Every sheet on screen and on paper: nothing cut, letters large enough, no page a scrap."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tco.lettering import millimetres
from tco.quantities import show
from tco.workbook.cells import Cell, Sheet, position
from tco.workbook.paging import PAPERS, pages_of, printed_area, repeated_columns, repeated_rows
from tco.workbook.sheets import BOARD
from tco.workbook.style import look_of, points_of
from tests.golden.said import laid_out
from tests.loaded import SCENARIOS
from tests.sampling import books

MM = 7 * 25.4 / 96  # of a unit of width: whole pixels, where programs draw columns narrowest
BESIDE, INDENT, LINE = 0.7, 2.5, 1.2  # mm beside a text and of an indent, a line of one point


def shown_in(cell: Cell) -> str:
    """What a cell shows, numbers in the form of their look."""
    if not isinstance(cell.value, (int, float)):
        return str(cell.value)
    unit = cell.look.partition(":")[2]
    if unit == "date":
        return "2026-11-28"
    if unit == "yearhead":
        return f"Year {cell.value}"
    return f"{cell.value:.10g}" if unit in ("grid", "") else show(float(cell.value), unit)


def lines_of(said: str, room: float, points: float, *, bold: bool) -> int:
    """How many lines a text takes that is broken between words."""
    lines, used = 1, 0.0
    for word in said.split():
        wide = millimetres(word, points, bold=bold)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + millimetres(" ", points)
    return lines


def cut(sheet: Sheet) -> Iterator[str]:
    """What of a sheet cannot be seen whole."""
    for (row, column), cell in sheet.cells.items():
        if cell.value in (None, "") or column in sheet.hidden:
            continue
        look, points, said = look_of(cell.look), points_of(cell.look), shown_in(cell)
        bold = "<b " in look.font
        own = sheet.widths.get(column, 9.0) * MM
        around = BESIDE + INDENT * ("indent" in look.alignment)
        if "wrapText" in look.alignment and isinstance(cell.value, str):
            high = lines_of(said, own - around, points, bold=bold) * points * LINE
            if high > sheet.heights.get(row, 15.0):
                yield f"row {row}, column {column}: {said!r} is higher than its row"
        elif millimetres(said, points, bold=bold) + around > _room(sheet, row, column, cell, own):
            yield f"row {row}, column {column}: {said!r} is wider than its cell"


def _room(sheet: Sheet, row: int, column: int, cell: Cell, own: float) -> float:
    """The width of a cell, and for words of the empty ones that they may flow over."""
    if isinstance(cell.value, (int, float)):
        return own
    right = '"right"' in look_of(cell.look).alignment
    beside = range(column - 1, 0, -1) if right else range(column + 1, sheet.extent[1] + 30)
    for at in beside:
        other = sheet.cells.get((row, at))
        if other is not None and other.value not in (None, ""):
            break
        own += sheet.widths.get(at, 9.0) * MM
    return own


@pytest.mark.parametrize("name", books(SCENARIOS))
def test_nothing_is_cut(name: str) -> None:
    found = {sheet.title: [*cut(sheet)] for sheet in laid_out(name).sheets if sheet.title != BOARD}
    assert not {title: ways for title, ways in found.items() if ways}


def test_what_is_cut_is_seen() -> None:
    sheet = Sheet("One", widths={1: 10})
    sheet.put(1, 1, "a sentence that is far too long", "label")
    assert not [*cut(sheet)], "it flows over what is empty"
    sheet.put(1, 2, "beside it", "label")
    sheet.put(2, 1, 123456789012, "calc:count")
    sheet.put(3, 1, "a sentence that is far too long", "note")
    assert len([*cut(sheet)]) == 3


def charts_of(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The first and the last row below each chart, by its height."""
    for chart, place in sheet.charts:
        first, _, after = place.partition(":")
        row, left = position(first)[0], chart.height * 10
        end = row
        while left > 0 and not after:
            left -= sheet.heights.get(end, 15.0) * 0.3528
            end += 1
        yield row, position(after)[0] - 1 if after else end - 1


@pytest.mark.parametrize("name", books(SCENARIOS))
def test_pages_can_be_read(name: str) -> None:
    """Letters of eight points, no page wider or higher than its paper, and none a scrap."""
    for sheet in laid_out(name).sheets:
        if sheet.title == BOARD:
            continue
        pages, (last_row, last_column) = pages_of(sheet), printed_area(sheet)
        smallest = min(points_of(cell.look) for cell in sheet.cells.values())
        assert smallest * pages.percent / 100 >= 8, sheet.title
        wide, high = (side / pages.percent * 100 for side in PAPERS[pages.paper])
        named = range(1, repeated_columns(sheet) + 1)
        ends = [0, *pages.columns, last_column]
        for before, after in itertools.pairwise(ends):
            columns = {*named, *range(before + 1, after + 1)} - sheet.hidden
            across = sum(sheet.widths.get(column, 9.0) for column in columns)
            assert across * MM <= wide, f"{sheet.title}: columns {before + 1} to {after}"
        head = max(repeated_rows(sheet), sheet.printed_from - 1)
        top = sum(sheet.heights.get(row, 15.0) for row in range(1, repeated_rows(sheet) + 1))
        ends = [head, *pages.rows, last_row]
        for before, after in itertools.pairwise(ends):
            tall = sum(sheet.heights.get(row, 15.0) for row in range(before + 1, after + 1))
            assert after == before + 1 or (top + tall) * 0.3528 <= high, (sheet.title, before)
            through = [one for one in charts_of(sheet) if one[0] <= after < one[1]]
            assert not through or after == last_row, f"{sheet.title}: a page ends in a chart"
            alone = [row for row in sheet.sections if after - 2 < row <= after < last_row]
            assert not alone, f"{sheet.title}: heading of row {alone} stands alone on its page"

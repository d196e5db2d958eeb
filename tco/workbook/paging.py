"""Pages: how a sheet is cut into sides of paper, each full enough and with letters one can read.

A sheet stands on A4 where its letters then have eight points, else on A3, else on several sides of
A3 beside each other. Rows are cut before a heading where one is near, and the last side is no
scrap: what does not fit on one is spread over all.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tco.workbook.cells import Sheet, letters, position
from tco.workbook.fitting import UNIT_OF_WIDTH, USUAL_HEIGHT, USUAL_WIDTH
from tco.workbook.grid import HEAD_ROW, KEY, LABEL
from tco.workbook.style import points_of

PAPERS = {"A4": (277.0, 178.0), "A3": (400.0, 265.0)}  # mm on its side inside the margins
LEAST_POINTS = 8.0  # of a letter on paper
_CHARACTER, _POINT = 1.98, 0.3528  # mm of a column's width unit and of a point
_SLACK = 0.97  # programs draw rows a little higher than others
_ROWS_BELOW_A_HEADING = 3  # at least, on its page


@dataclass(frozen=True)
class Pages:
    """How a sheet is printed: its paper, its size in percent, and after what a page ends."""

    paper: str
    percent: int
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many pages."""
        return (len(self.rows) + 1) * (len(self.columns) + 1)


def repeated_columns(sheet: Sheet) -> int:
    """The first columns, which name the rows of every page: keys, and labels beside them."""
    labels = sheet.cells.get((HEAD_ROW, LABEL))
    named = LABEL if labels and labels.value == "Label" else KEY
    return max(named, position(sheet.freeze)[1] - 1)


def repeated_rows(sheet: Sheet) -> int:
    """The last row of the head that every page repeats."""
    return int(sheet.title_rows.partition(":")[2])


def printed_area(sheet: Sheet) -> tuple[int, int]:
    """The last row and column of what is printed, charts included."""
    if sheet.printed:
        return sheet.printed
    row, column = sheet.extent
    if sheet.model_from:
        row = max(at for at in sheet.sections if at <= sheet.model_from) - 1
    for _, last_row, _, last_column in _pictures(sheet):
        row, column = max(row, last_row), max(column, last_column)
    return row, column


def _pictures(sheet: Sheet) -> Iterator[tuple[int, int, int, int]]:
    """First and last row, first and last column of each chart."""
    for chart, place in sheet.charts:
        first, _, after = place.partition(":")
        row, column = position(first)
        if after:
            yield row, position(after)[0] - 1, column, position(after)[1] - 1
            continue
        high, last_row = chart.height * 10 / _POINT, row
        while high > (tall := sheet.heights.get(last_row, USUAL_HEIGHT)):
            high, last_row = high - tall, last_row + 1
        wide, last_column = chart.width * 10 / UNIT_OF_WIDTH, column
        while wide > (broad := sheet.widths.get(last_column, USUAL_WIDTH)):
            wide, last_column = wide - broad, last_column + 1
        yield row, last_row, column, last_column


def pages_of(sheet: Sheet) -> Pages:
    """The pages of a sheet."""
    paper, percent, columns = _across(sheet)
    if sheet.one_page:
        return Pages(paper, percent)
    high = PAPERS[paper][1] / percent * 100 / _POINT * _SLACK
    return Pages(paper, percent, _rows(sheet, printed_area(sheet)[0], high), columns)


def _across(sheet: Sheet) -> tuple[str, int, tuple[int, ...]]:
    """The paper, the size in percent, and the columns after which a page ends."""
    widths = [0.0 if column in sheet.hidden else sheet.widths.get(column, USUAL_WIDTH)
              for column in range(1, printed_area(sheet)[1] + 1)]  # fmt: skip
    least = math.ceil(100 * min(1.0, LEAST_POINTS / _smallest(sheet)))
    whole = sum(widths) * _CHARACTER
    for paper in dict.fromkeys((sheet.paper, "A3")):
        fits = math.floor(100 * min(1.0, PAPERS[paper][0] / whole))
        if fits >= least or sheet.one_page:
            return paper, fits, ()
    room = PAPERS["A3"][0] / least * 100 / _CHARACTER
    joined = {column for *_, first, last in _pictures(sheet) for column in range(first, last)}
    return "A3", least, _columns(widths, room, repeated_columns(sheet), joined)


def title_columns(sheet: Sheet) -> str:
    """The columns that each page across repeats, as $A:$B; "" where there is one page across."""
    return f"$A:${letters(repeated_columns(sheet))}" if _across(sheet)[2] else ""


def _smallest(sheet: Sheet) -> float:
    """The points of its smallest letters."""
    return min(map(points_of, {cell.look for cell in sheet.cells.values()}), default=10.0)


def _columns(
    widths: Sequence[float], room: float, repeated: int, joined: Collection[int]
) -> tuple[int, ...]:
    """The columns after which a page ends: as few pages as do, and none much wider than others.

    No page ends after one that is `joined` to the next, by a chart across both.
    """
    if sum(widths) <= room:
        return ()
    ends, blocks, wide = [], [], 0.0
    for column, width in enumerate(widths[repeated:], repeated + 1):
        wide += width
        if column not in joined or column == len(widths):
            ends.append(column)
            blocks.append(wide)
            wide = 0.0
    room -= sum(widths[:repeated])
    pages = len(_filled(blocks, room)) + 1
    while room > max(blocks):  # narrower, as long as it takes no page more
        if len(_filled(blocks, room - 1)) + 1 > pages:
            break
        room -= 1
    return tuple(ends[end - 1] for end in _filled(blocks, room))


def _filled(sizes: Sequence[float], room: float) -> list[int]:
    """After how many of the sizes a page ends when each is filled."""
    ends, used = [], 0.0
    for at, size in enumerate(sizes):
        if used and used + size > room:
            ends.append(at)
            used = 0.0
        used += size
    return ends


def _rows(sheet: Sheet, last: int, room: float) -> tuple[int, ...]:
    """The rows after which a page ends."""
    heights = [sheet.heights.get(row, USUAL_HEIGHT) for row in range(1, last + 1)]
    room -= sum(heights[: repeated_rows(sheet)])
    head = max(repeated_rows(sheet), sheet.printed_from - 1)
    starts = {row - head - 1 for row in sheet.sections}
    held = {row - head for first, end, *_ in _pictures(sheet) for row in range(first, end)}
    ends = sorted({head, *(row for row in sheet.breaks if head < row < last), last})
    found: list[int] = []
    for before, after in itertools.pairwise(ends):
        here = {at - (before - head) for at in starts if before <= at + head < after}
        whole = {at - (before - head) for at in held}
        found += [before + at for at in _cuts(heights[before:after], room, here, whole)]
        found.append(after)
    return tuple(found[:-1])


_SCANTY = 0.3  # of a page
_SCRAP, _CUT, _ALONE = 6.0, 0.2, 50.0  # what a scanty page costs, a cut block, a heading alone


def _cuts(
    heights: Sequence[float], room: float, starts: Collection[int], held: Collection[int]
) -> list[int]:
    """Where rows that are to follow each other are cut: the cheapest way of all.

    What is left empty costs its square; a cut inside a block, after a heading or through a chart
    costs more.
    """
    ends = [0.0, *itertools.accumulate(heights)]
    count = len(heights)
    if ends[-1] <= room:
        return []
    dear = [_CUT * (end not in starts) + _ALONE * (end in held) for end in range(count)]
    for start in starts:
        for end in range(start + 1, min(start + _ROWS_BELOW_A_HEADING, count)):
            dear[end] += _ALONE
    best, since = [0.0], [0]
    for end in range(1, count + 1):
        least, at = math.inf, end - 1
        for start in range(end - 1, -1, -1):
            used = (ends[end] - ends[start]) / room
            if used > 1 and start < end - 1:
                break
            cost = best[start] + _SCRAP * (used < _SCANTY)
            if end < count:
                cost += (1 - used) * (1 - used) + dear[end]
            if cost < least:
                least, at = cost, start
        best.append(least)
        since.append(at)
    found, at = [], since[count]
    while at:
        found.append(at)
        at = since[at]
    return found[::-1]

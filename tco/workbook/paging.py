"""Pages: how a sheet is cut into sides of paper, each full enough and with letters one can read.

A sheet stands on A4 where its letters then have eight points, else on A3, else on several sides of
A3 beside each other. Rows are cut before a heading where one is near, and the last side is no
scrap: what does not fit on one is spread over all.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tco.workbook.cells import Sheet, letters, position
from tco.workbook.style import points_of

PAPERS = {"A4": (277.0, 178.0), "A3": (400.0, 265.0)}  # mm on its side inside the margins
LEAST_POINTS = 8.0  # of a letter on paper
_CHARACTER, _POINT = 1.98, 0.3528  # mm of a column's width unit and of a point
_USUAL_WIDTH, _USUAL_HEIGHT = 9.0, 15.0
_ROW = 0.53  # cm of a row of the usual height
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
    """The first columns, which name the rows of every page: those that stay in sight."""
    return max(1, position(sheet.freeze)[1] - 1)


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
    for chart, place in sheet.charts:
        first, _, after = place.partition(":")
        row = max(row, position(after or first)[0] + math.ceil(chart.height / _ROW) * (not after))
    return row, column


def pages_of(sheet: Sheet) -> Pages:
    """The pages of a sheet."""
    paper, percent, columns = _across(sheet)
    if sheet.one_page:
        return Pages(paper, percent)
    high = PAPERS[paper][1] / percent * 100 / _POINT * _SLACK
    return Pages(paper, percent, _rows(sheet, printed_area(sheet)[0], high), columns)


def _across(sheet: Sheet) -> tuple[str, int, tuple[int, ...]]:
    """The paper, the size in percent, and the columns after which a page ends."""
    widths = [0.0 if column in sheet.hidden else sheet.widths.get(column, _USUAL_WIDTH)
              for column in range(1, printed_area(sheet)[1] + 1)]  # fmt: skip
    least = math.ceil(100 * min(1.0, LEAST_POINTS / _smallest(sheet)))
    whole = sum(widths) * _CHARACTER
    for paper in dict.fromkeys((sheet.paper, "A3")):
        fits = math.floor(100 * min(1.0, PAPERS[paper][0] / whole))
        if fits >= least or sheet.one_page:
            return paper, fits, ()
    room = PAPERS["A3"][0] / least * 100 / _CHARACTER
    return "A3", least, _columns(widths, room, repeated_columns(sheet))


def title_columns(sheet: Sheet) -> str:
    """The columns that each page across repeats, as $A:$B; "" where there is one page across."""
    return f"$A:${letters(repeated_columns(sheet))}" if _across(sheet)[2] else ""


def _smallest(sheet: Sheet) -> float:
    """The points of its smallest letters."""
    return min(map(points_of, {cell.look for cell in sheet.cells.values()}), default=10.0)


def _columns(widths: Sequence[float], room: float, repeated: int) -> tuple[int, ...]:
    """The columns after which a page ends: as few pages as do, and none much wider than others."""
    if sum(widths) <= room:
        return ()
    head, rest = sum(widths[:repeated]), widths[repeated:]
    room -= head
    pages = len(_filled(rest, room)) + 1
    while room > max(rest):  # narrower, as long as it takes no page more
        narrower = _filled(rest, room - 1)
        if len(narrower) + 1 > pages:
            break
        room -= 1
    return tuple(repeated + end for end in _filled(rest, room))


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
    heights = [sheet.heights.get(row, _USUAL_HEIGHT) for row in range(1, last + 1)]
    room -= sum(heights[: repeated_rows(sheet)])
    head = max(repeated_rows(sheet), sheet.printed_from - 1)
    starts = {row - head - 1 for row in sheet.sections}
    ends = sorted({head, *(row for row in sheet.breaks if head < row < last), last})
    found: list[int] = []
    for before, after in itertools.pairwise(ends):
        here = {at - (before - head) for at in starts if before <= at + head < after}
        found += [before + at for at in _cuts(heights[before:after], room, here)]
        found.append(after)
    return tuple(found[:-1])


_SCANTY = 0.3  # of a page
_SCRAP, _CUT, _ALONE = 6.0, 0.2, 50.0  # what a scanty page costs, a cut block, a heading alone


def _cuts(heights: Sequence[float], room: float, starts: Collection[int]) -> list[int]:
    """Where rows that are to follow each other are cut: the cheapest way of all.

    What is left empty costs its square, a cut inside a block and a heading alone cost more.
    """
    ends = [0.0, *itertools.accumulate(heights)]
    count = len(heights)
    if ends[-1] <= room:
        return []
    dear = [_CUT * (end not in starts) for end in range(count)]
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

"""Room: a sheet's columns and rows grow until what stands in them is seen whole."""

from __future__ import annotations

import functools
import math

from tco.lettering import millimetres
from tco.workbook.cells import Sheet
from tco.workbook.grid import KEY
from tco.workbook.style import look_of, points_of

UNIT_OF_WIDTH = 1.852  # mm of a column's unit of width, where columns are narrowest
LINE, AROUND = 1.22, 3.0  # a line of letters of one point, in points, and what is above and below
USUAL_HEIGHT, USUAL_WIDTH = 15.0, 9.0
PADDING, INDENT = 1.0, 2.6  # mm beside a text, and of an indent
_SHORT_KEY = 26  # letters that have room in every column of keys
_MOST_OF_A_LETTER = 1.0  # units of width that letters take at most, on average


def fitted(sheet: Sheet) -> Sheet:
    """The sheet, its keys whole and its rows as high as texts of several lines are."""
    _widen_keys(sheet)
    widths, last_shared = sheet.widths, sheet.shared.first if sheet.shared else math.inf
    for (row, column), cell in sheet.cells.items():
        said = cell.value
        if not isinstance(said, str) or row >= last_shared:
            continue
        wide = widths.get(column, USUAL_WIDTH)
        if len(said) * _MOST_OF_A_LETTER > wide and _wraps(cell.look):
            tall = height_of(said, wide, cell.look)
            if tall > sheet.heights.get(row, USUAL_HEIGHT):
                sheet.heights[row] = tall
    return sheet


def _widen_keys(sheet: Sheet) -> None:
    long = [
        cell.value
        for (_, column), cell in sheet.cells.items()
        if column == KEY and cell.look in ("key", "linkkey") and len(cell.value) > _SHORT_KEY
    ]
    if long:
        wide = max(millimetres(one, points_of("key")) for one in long) + PADDING
        sheet.widths[KEY] = max(sheet.widths.get(KEY, 0), math.ceil(wide / UNIT_OF_WIDTH))


@functools.lru_cache(maxsize=1 << 10)
def _wraps(look: str) -> bool:
    return "wrapText" in look_of(look).alignment


@functools.lru_cache(maxsize=1 << 10)
def _indent(look: str) -> float:
    return INDENT * ("indent" in look_of(look).alignment)


@functools.lru_cache(maxsize=1 << 13)
def height_of(said: str, wide: float, look: str) -> float:
    """The height in points of a text that is broken between words in a column."""
    points, bold = points_of(look), "<b " in look_of(look).font
    room = wide * UNIT_OF_WIDTH - PADDING - _indent(look)
    lines, used = 1, 0.0
    space = millimetres(" ", points)
    for word in said.split(" "):
        long = millimetres(word, points, bold=bold)
        if used and used + long > room:
            lines, used = lines + 1, 0.0
        lines += int(long // room)  # a word that no line holds is broken
        used += long + space
    return 14.0 if lines == 1 else math.ceil(lines * points * LINE * 2) / 2 + AROUND

"""Links: what a reference of a page comes to, and the cell of the workbook that it points to."""

from __future__ import annotations

from typing import Any

from tco.page.content import OVERRIDDEN, Ref
from tco.workbook.cells import address
from tco.workbook.grid import STATE_ROW, Layout, value_of


def linked(layout: Layout, ref: Ref) -> tuple[Any, str]:
    """The value that a reference comes to, and the place where that stands."""
    if ref.key == OVERRIDDEN:
        return 0, f"Checks!$D${STATE_ROW + 2}"
    if ref.row is None:
        owner, row, column = layout.home[ref.key]
        return layout.shown(ref.key), f"{owner}!{address(row, column, fixed='rc')}"
    owner = layout.ranges[ref.key][0]
    column, first = layout.columns[ref.key]
    at = f"{owner}!{address(first + ref.row, column, fixed='rc')}"
    if ref.key not in layout.model:  # the names of an axis
        return value_of(layout.numbers[ref.key][ref.row]), at
    return layout.shown_row(ref.key, ref.row), at

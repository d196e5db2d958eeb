"""All inputs and all lines of the scenarios, a row a key: what the first sheet picks from."""

from __future__ import annotations

from collections.abc import Sequence

from tco.page.sides import Row
from tco.workbook.cells import Sheet, address, letters
from tco.workbook.sidegrid import (
    ALL_INPUTS,
    ALL_LINES,
    FIRST_ROW,
    HEAD_ROW,
    TITLE_ROW,
    SideGrid,
    widened,
)


def draw_all_inputs(grid: SideGrid) -> Sheet:
    """Every input as it is live, and whether those that have it differ there."""
    sheet = grid.begun(ALL_INPUTS, "Every input as it is live on the sheet Inputs of each "
                       "scenario: change it there")  # fmt: skip
    flag = grid.last + 1
    sheet.widths[flag] = 9
    sheet.put(HEAD_ROW, flag, "Differs", "headnum")
    sheet.put(TITLE_ROW, flag, "1: not alike in all that have it", "headnum")
    _fill(grid, sheet, grid.comparison.inputs)
    for row, one in enumerate(grid.comparison.inputs, FIRST_ROW):
        having = [column for column, key in zip(grid.columns, one.keys, strict=True) if key]
        if len(having) < 2:
            sheet.put(row, flag, None, "blank")
            continue
        first = address(row, having[0])
        unlike = "+".join(f"({address(row, column)}<>{first})" for column in having[1:])
        sheet.put(row, flag, int(grid.comparison.differs(one)), "calc:flag", f"SIGN({unlike})")
    return sheet


def draw_all_lines(grid: SideGrid) -> Sheet:
    """Every line that is no check and no sentence."""
    sheet = grid.begun(ALL_LINES, "Every line by its key, as it stands in the sheets of each "
                       "scenario; a dash where its kind has none")  # fmt: skip
    _fill(grid, sheet, grid.comparison.lines)
    return sheet


def _fill(grid: SideGrid, sheet: Sheet, rows: Sequence[Row]) -> None:
    for row, one in enumerate(rows, FIRST_ROW):
        grid.named(sheet, row, one)
        grid.links(sheet, row, one)
    widened(sheet, grid.columns)


def flags_area(grid: SideGrid) -> str:
    """The flags of all inputs, as a formula names them."""
    column, last = letters(grid.last + 1), FIRST_ROW + len(grid.comparison.inputs) - 1
    return f"'{ALL_INPUTS}'!${column}${FIRST_ROW}:${column}${last}"


def row_names(grid: SideGrid) -> dict[str, str]:
    """A defined name a key: its row across the scenarios."""
    found: dict[str, str] = {}
    last = letters(grid.last)
    for title, rows in ((ALL_INPUTS, grid.comparison.inputs), (ALL_LINES, grid.comparison.lines)):
        for row, one in enumerate(rows, FIRST_ROW):
            found.setdefault(one.key, f"'{title}'!{address(row, 4, fixed='rc')}:${last}${row}")
    return found

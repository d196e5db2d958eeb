"""The sheet Scenario: what was written, line by line, and all else that went into the book."""

from __future__ import annotations

from collections.abc import Iterator

from tco import __version__
from tco.carried import CATALOGUE, PROGRAM, Row
from tco.catalogue.shipped import CATALOGUE_DATE, data_hash
from tco.workbook.cells import Sheet
from tco.workbook.grid import FIRST_ROW, Layout
from tco.workbook.sheets import ORIGINAL, purpose

WHAT, NAME, NUMBER, TEXT = range(1, 5)


def draw_original(layout: Layout) -> Sheet:
    """A row for each line of each file, as text that no program takes for a formula."""
    sheet = Sheet(ORIGINAL)
    layout.head(sheet, purpose(ORIGINAL, layout.model),
                ("What", "Name", "Line", "As it was written"), wide=TEXT)  # fmt: skip
    sheet.widths = {WHAT: 18, NAME: 44, NUMBER: 12, TEXT: 132}
    for row, (what, name, number, text) in enumerate(_rows(layout), FIRST_ROW):
        sheet.put(row, WHAT, what, "unit")
        sheet.put(row, NAME, name, "written")
        sheet.put(row, NUMBER, number or None, "fact:1")
        sheet.put(row, TEXT, text or None, "written")
    return sheet


def _rows(layout: Layout) -> Iterator[Row]:
    yield PROGRAM, "tco", 0, __version__
    yield CATALOGUE, f"as read on {CATALOGUE_DATE}", 0, data_hash()
    if layout.scenario.carried:
        yield from layout.scenario.carried.rows()

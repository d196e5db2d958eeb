"""Contents: every sheet in a line, what it answers, and a click that leads there."""

from __future__ import annotations

from tco.workbook.cells import Sheet, address
from tco.workbook.grid import FIRST_ROW, Layout
from tco.workbook.names import sheet_name
from tco.workbook.sheets import CONTENTS, group, purpose

TITLE_AT, PURPOSE_AT = 1, 2


def draw_contents(layout: Layout) -> Sheet:
    """A line for each sheet, in the order of the book, grouped as their tabs are."""
    sheet = Sheet(CONTENTS)
    layout.head(sheet, purpose(CONTENTS, layout.model), ("Sheet", "What it answers"), wide=3)
    sheet.widths = {TITLE_AT: 26, PURPOSE_AT: 100, 3: 22}
    row, before = FIRST_ROW - 1, ""
    for title in layout.order:
        if (now := group(title)) != before:
            row, before = row + 1, now
            layout.section(sheet, row, now, PURPOSE_AT)
        row += 1
        sheet.put(row, TITLE_AT, title, "contents")
        said = purpose(title, layout.model)
        sheet.put(row, PURPOSE_AT, said[:1].upper() + said[1:], "label")
        sheet.jumps[address(row, TITLE_AT)] = sheet_name(title)
    return sheet

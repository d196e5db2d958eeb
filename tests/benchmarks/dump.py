"""The cells of a workbook as plain data, read back from the file: what the other side writes.

Taken from the finished .xlsx and not from our own cells, so that the other side is given what
stands in the file, formulas, cached values and styles, and nothing that we think stands there.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

# XlsxWriter's numbers for the border styles of the file format.
_BORDERS = {"thin": 1, "medium": 2, "dashed": 3, "dotted": 4, "thick": 5, "double": 6, "hair": 7}
_UPRIGHT = {"center": "vcenter", "top": "top", "bottom": "bottom", "justify": "vjustify"}

Look = dict[str, Any]  # the properties of an XlsxWriter format
CellRow = tuple[int, int, Any, str, int]  # row, column (from 0), value, formula, number of look
SheetDump = tuple[str, list[tuple[int, float]], list[CellRow]]
Dump = tuple[list[Look], list[SheetDump]]


def dump(workbook: bytes) -> Dump:
    """The looks and the sheets of an .xlsx: title, widths by column, cells row by row."""
    formulas = load_workbook(io.BytesIO(workbook))
    values = load_workbook(io.BytesIO(workbook), data_only=True)
    numbers: dict[int, int] = {}  # style number in the file -> number of the look
    looks: list[Look] = []
    sheets: list[SheetDump] = []
    for sheet in formulas.worksheets:
        cached = values[sheet.title]
        cells: list[CellRow] = []
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.has_style and cell.value is None:
                    continue
                style = cell.style_id
                if style not in numbers:
                    numbers[style] = len(looks)
                    looks.append(_look(cell))
                at = cell.row - 1, cell.column - 1
                formula = cell.value if cell.data_type == "f" else ""
                value = cached.cell(cell.row, cell.column).value
                if isinstance(value, datetime.datetime):  # what the file holds is a number
                    value = to_excel(value)
                cells.append((*at, value, formula, numbers[style]))
        sheets.append((sheet.title, _widths(sheet), cells))
    return looks, sheets


def count(made: Dump) -> int:
    """How many cells there are."""
    return sum(len(cells) for _, _, cells in made[1])


def formula_count(made: Dump) -> int:
    """How many of them are formulas."""
    return sum(bool(cell[3]) for _, _, cells in made[1] for cell in cells)


def _widths(sheet: Any) -> list[tuple[int, float]]:
    """Widths by column. openpyxl keeps a run of equal columns as its first one."""
    return [
        (column - 1, one.width)
        for one in sheet.column_dimensions.values()
        for column in range(one.min, one.max + 1)
    ]


def _look(cell: Any) -> Look:
    font = cell.font
    look: Look = {
        "font_name": font.name,
        "font_size": font.sz,
        "bold": bool(font.b),
        "italic": bool(font.i),
        "underline": 1 if font.u else 0,
        "num_format": cell.number_format,
        "locked": bool(cell.protection.locked),
    }
    if font.color is not None and font.color.type == "rgb":
        look["font_color"] = _colour(font.color)
    if cell.fill.patternType == "solid":
        look["bg_color"] = _colour(cell.fill.fgColor)
    return look | _borders(cell.border) | _alignment(cell.alignment)


def _borders(border: Any) -> Look:
    look: Look = {}
    for side in ("left", "right", "top", "bottom"):
        line = getattr(border, side)
        if line is not None and line.style:
            look[side] = _BORDERS[line.style]
            look[f"{side}_color"] = _colour(line.color)
    return look


def _alignment(alignment: Any) -> Look:
    look: Look = {}
    if alignment.horizontal:
        look["align"] = alignment.horizontal
    if alignment.vertical:
        look["valign"] = _UPRIGHT[alignment.vertical]
    if alignment.wrap_text:
        look["text_wrap"] = True
    if alignment.indent:
        look["indent"] = int(alignment.indent)
        look.setdefault("align", "left")  # XlsxWriter says so in the file; it looks the same
    return look


def _colour(colour: Any) -> str:
    return f"#{colour.rgb[-6:]}"

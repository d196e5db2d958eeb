"""Jumps: a click leads from a link to what it links to, by name, so that inserted rows do no harm.

On working sheets the key of a row is what is clicked: whoever selects a cell to read its formula
stays where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tco.workbook.cells import Sheet, address, column_number, in_rows
from tco.workbook.grid import FIRST_ROW, KEY, SOURCE, Layout
from tco.workbook.names import sheet_name, source_name
from tco.workbook.sheets import BOARD, CONTENTS, TABLES

_LINK = re.compile(r"'?([A-Za-z]+)'?!\$?([A-Z]+)\$?(\d+)")
FRONT = (BOARD, "Summary")


def with_jumps(layout: Layout, sheet: Sheet) -> Sheet:
    """The sheet, its links leading to what they link to, and its title to the contents."""
    found = dict(_back(sheet))
    if sheet.title in FRONT:
        found.update(_shown(layout, sheet))
    elif sheet.title == "Inputs":
        found.update(_sourced(layout))
    elif sheet.title == "Sources":
        found.update(_used(layout, sheet))
    elif sheet.title not in (TABLES, CONTENTS):
        found.update(_keyed(layout, sheet))
    sheet.jumps = {**found, **sheet.jumps}
    return sheet


def _back(sheet: Sheet) -> Iterator[tuple[str, str]]:
    if sheet.title not in FRONT and sheet.title != CONTENTS:
        yield address(1, 1), sheet_name(CONTENTS)


def _shown(layout: Layout, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Figures and words of the first sheets lead to where they are computed."""
    for (row, column), cell in sheet.cells.items():
        if place := _place(layout, cell.formula):
            yield address(row, column), place


def _keyed(layout: Layout, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The keys of rows that link to another sheet."""
    for row, cells in in_rows(sheet.cells):
        key = sheet.cells.get((row, KEY))
        if row < FIRST_ROW or key is None or not isinstance(key.value, str):
            continue
        places = (_place(layout, cell.formula) for column, cell in cells if column > KEY)
        if place := next((one for one in places if one), ""):
            yield address(row, KEY), place


def _sourced(layout: Layout) -> Iterator[tuple[str, str]]:
    """The source of an input leads to its row of Sources."""
    for row, key, _ in layout.input_rows:
        if key in layout.source_rows:
            yield address(row, SOURCE), source_name(key)


def _used(layout: Layout, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """A source leads to the input that it is of."""
    names = layout.names()
    for key, row in layout.source_rows.items():
        column = next(at for at in range(1, 9) if sheet.cells[row, at].value == key)
        if key in names:
            yield address(row, column), key


# Columns of names of drivers by place, whose inputs a click leads to at once.
_OF_DRIVERS = ("tornado_name", "assumption_name")


def _input(layout: Layout, name: str, place: int) -> str:
    """The input whose name stands in a row of drivers, as the book was built; "" for others."""
    if name not in _OF_DRIVERS:
        return ""
    key = str(layout.numbers["tornado_driver"][place])
    return key if key in layout.home else ""


def _place(layout: Layout, formula: str) -> str:
    """The name of what a formula links to and does nothing else with; "" for no such formula.

    What has no name is found from the top of its sheet.
    """
    found = _LINK.fullmatch(formula) if "!" in formula else None
    if found is None:
        return ""
    title, column, row = found[1], found[2], int(found[3])
    if name := layout.named.get(f"{title}!${column}${row}"):
        return name
    for first, last, name in layout.named_areas.get((title, column_number(column)), ()):
        if first <= row <= last:
            return _input(layout, name, row - first) or name
    return sheet_name(title)

"""The other side: XlsxWriter writes the cells of a dump. Stands alone, as a program of its own.

    python xlsxwriter_book.py DUMP.marshal OUT.xlsx

It does what a careful user of XlsxWriter does for speed: one format a look, and the write method
that fits each cell, so that XlsxWriter guesses no types.
"""

from __future__ import annotations

import marshal
import sys
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:  # one import less to pay for
    from typing import Any


def write(dump: Any, target: Any, options: dict[str, Any] | None = None) -> None:
    """Write the dump's sheets to a path or a buffer, and close."""
    looks, sheets = dump
    book = xlsxwriter.Workbook(target, options or {})
    formats = [book.add_format(look) for look in looks]
    for title, widths, cells in sheets:
        sheet = book.add_worksheet(title)
        for column, width in widths:
            sheet.set_column(column, column, width)
        formula_cell, number_cell = sheet.write_formula, sheet.write_number
        text_cell, blank_cell = sheet.write_string, sheet.write_blank
        for row, column, value, formula, look in cells:
            if formula:
                formula_cell(row, column, formula, formats[look], value)
            elif value is None:
                blank_cell(row, column, None, formats[look])
            elif isinstance(value, str):
                text_cell(row, column, value, formats[look])
            else:
                number_cell(row, column, value, formats[look])
    book.close()


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:  # noqa: PTH123  # pathlib is one import more to pay for
        write(marshal.load(file), sys.argv[2])

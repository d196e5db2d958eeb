"""A small book and its file, and edits of both, as people make them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tco.files import bundled
from tco.loading import load
from tco.workbook.build import workbook
from tco.workbook.layout import places
from tco.workbook.names import sheet_name
from tco.workbook.tables import typed_cells
from tests.errors.conftest import Answer, run_in

SMALL = "published-2019"  # the smallest book: rows of a table, and few inputs


@dataclass
class Desk:
    """A folder with a scenario's file and the book that was built of it."""

    folder: Path
    name: str

    @property
    def book(self) -> Path:
        return self.folder / f"{self.name}.xlsx"

    @property
    def file(self) -> Path:
        return self.folder / f"{self.name}.yaml"

    def build(self, *sets: str) -> None:
        self.book.write_bytes(workbook(load(str(self.file), sets)))

    def edit(self, change: Callable[[Any], object]) -> None:
        """Change the book as a spreadsheet program would, and save it."""
        book = openpyxl.load_workbook(self.book)
        change(book)
        book.save(self.book)

    def type(self, cells: dict[str, Any]) -> None:
        """Type at inputs: KEY, or TABLE.ROW.KEY with the row counted from 1; `=` before it is for
        the cell of what the file gives."""

        def change(book: Any) -> None:
            for name, value in cells.items():
                where(self.file, book, name).value = value

        self.edit(change)

    def pull(self, *more: str) -> Answer:
        return run_in(self.folder, "pull", self.book.name, self.file.name, *more)


def desk(folder: Path, name: str = SMALL, text: str | None = None) -> Desk:
    """A copy of a bundled scenario, or of a text, and its book."""
    made = Desk(folder, name)
    if text is not None:
        made.file.write_text(text, encoding="utf-8")
    for one in bundled("scenarios").glob(f"{name}.*") if text is None else ():
        shutil.copy(one, folder)
    made.build()
    return made


def where(file: Path, book: Any, name: str) -> Any:
    """The cell of an input, of a book that nobody moved anything in."""
    base, scenario = name.startswith("="), load(str(file))
    key = name.removeprefix("=")
    if "." not in key:
        layout = places(scenario)
        sheet, row, column = layout.home[key]
        return book[sheet].cell(row, column + (4 if base else 1))
    table, row, column = key.split(".")
    found = next(
        one for one in typed_cells(scenario)
        if (one.table, one.number, one.over) == (table, int(row) - 1, not base)
        and scenario.model.tables[table].spelled(one.given.key) == column
    )  # fmt: skip
    return book["Tables"].cell(found.row, found.column)


def sheet(book: Any, title: str) -> Worksheet:
    """A sheet by the title that it was built with."""
    leads = book.defined_names[sheet_name(title)].attr_text
    return book[leads.rpartition("!")[0].strip("'")]

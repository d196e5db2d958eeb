"""A small book and its file, and edits of both, as people make them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from tco.files import bundled
from tco.loading import load
from tco.reconciling.spots import spots
from tco.verify.reading import Key
from tco.workbook.build import workbook
from tco.workbook.layout import places
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
        """Type at inputs, named as `place_of` has it."""

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


PARTS = {"=": "base", "<": "low", ">": "high"}


def place_of(file: Path, name: str) -> Key:
    """The cell of an input, of a book in which nothing was moved.

    KEY or TABLE.ROW.KEY, rows counted from 1, is its Override; `=`, `<` or `>` before it is what
    the file gives, its low or its high; CASE:KEY is the number of one of the file's own cases.
    """
    scenario = load(str(file))
    part, key = PARTS.get(name[0], "override"), name.lstrip("=<>")
    case, _, key = key.rpartition(":")
    table, _, rest = key.partition(".") if "." in key else ("", "", key)
    row, _, key = rest.rpartition(".")
    for one in spots(places(scenario)):
        called = scenario.model.tables[table].spelled(one.given.key) if table else one.given.key
        if (one.case, one.table, called) == (case, table, key) and (
            case or one.part == part) and one.row == int(row or 1) - 1:  # fmt: skip
            return one.cell
    raise AssertionError(name)


def where(file: Path, book: Any, name: str) -> Any:
    """The cell of an input in a book as openpyxl has it."""
    sheet, row, column = place_of(file, name)
    return book[sheet].cell(row, column)

"""Small workbooks for the rules: cells, what their formulas store, and what else is changed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

Cells = Mapping[str, Any]
Parts = dict[str, str]


@dataclass(frozen=True)
class Made:
    """A workbook to be made.

    Attributes:
        cells: by their places on the first sheet, or on another one as Other!A1.
        stored: what formulas store, by their places.
        change: what is done to the openpyxl workbook before it is written.
        edit: what is done to the parts of the package, as texts.
    """

    cells: Cells = field(default_factory=dict)
    stored: Mapping[str, Any] = field(default_factory=dict)
    change: Callable[[Workbook], object] = bool
    edit: Callable[[Parts], object] = bool
    first: str = "Model"

    def write(self, path: Path) -> Path:
        """Write it."""
        book = Workbook()
        book.active.title = self.first
        for place, value in self.cells.items():
            sheet, _, cell = place.rpartition("!")
            sheet = sheet or self.first
            if sheet not in book.sheetnames:
                book.create_sheet(sheet)
            book[sheet][cell] = value
        self.change(book)
        book.save(path)
        with zipfile.ZipFile(path) as archive:
            parts = {one: archive.read(one).decode() for one in archive.namelist()}
        for place, value in self.stored.items():
            sheet, _, cell = place.rpartition("!")
            number = book.sheetnames.index(sheet or self.first) + 1
            _store(parts, f"xl/worksheets/sheet{number}.xml", cell, value)
        self.edit(parts)
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return path


def _store(parts: Parts, part: str, cell: str, value: Any) -> None:
    kind = "e" if str(value).startswith("#") else "str" if isinstance(value, str) else "n"
    text, count = re.subn(
        rf'(<c r="{cell}"[^>]*?)(?: t="\w+")?>(<f.*?</f>)<v ?/?>(?:</v>)?',
        lambda found: f'{found[1]} t="{kind}">{found[2]}<v>{escape(str(value))}</v>',
        parts[part],
    )
    assert count == 1, f"no formula in {cell}"
    parts[part] = text


def column(letter: str, first: int, values: list[Any]) -> dict[str, Any]:
    """Values down a column."""
    return {f"{letter}{first + at}": value for at, value in enumerate(values)}


def row(number: int, letters: str, values: list[Any]) -> dict[str, Any]:
    """Values along a row."""
    return {f"{letter}{number}": value for letter, value in zip(letters, values, strict=True)}


def copied(formula: str, letter: str, rows: range) -> dict[str, str]:
    """A formula down a column, # for the row."""
    return {f"{letter}{at}": formula.replace("#", str(at)) for at in rows}


def swapped(part: str, old: str, new: str) -> Callable[[Parts], None]:
    """An edit of a part: what is there once becomes another."""

    def edit(parts: Parts) -> None:
        assert old in parts[part], f"{old} is not in {part}: {parts[part][:600]}"
        parts[part] = parts[part].replace(old, new, 1)

    return edit


def added(part: str, text: str = "<x/>") -> Callable[[Parts], None]:
    """An edit of the package: one more part."""
    return lambda parts: parts.update({part: text})

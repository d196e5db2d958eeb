"""What stands in a workbook, cell by cell, formulas as every program writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from tco.verify.parts import Cell, Sheet, Texts, book_in
from tco.verify.reading import Key, number_of_text, unescaped, value_of
from tco.verify.refusing import opened
from tco.workbook.cells import address


@dataclass
class Contents:
    """What stands in a file: a formula or a constant in each cell, and what names lead to.

    A formula begins with an equals sign. `scattered` are the names that lead to several places.
    """

    cells: dict[Key, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    scattered: frozenset[str] = frozenset()


def contents_of(path: Path) -> Contents:
    """Every formula and constant of a file, formulas as every program writes them."""
    found = Contents()
    numbered: dict[Key, int] = {}
    with opened(path) as package:
        book = book_in(package)
        found.sheets = tuple(book.sheets)
        for name, target in book.names:
            if not name.startswith("_xlnm"):
                leads = target_of(target)
                if found.names.setdefault(name, leads) != leads:
                    found.scattered |= {name}
        for sheet, part in book.sheets.items():
            reading = _Sheet(sheet, found, numbered)
            Sheet(reading.visit, every=True).parse(package, part)
        texts = Texts(set(numbered.values()))
        if book.texts:
            texts.parse(package, book.texts)
    for key, number in numbered.items():
        found.cells[key] = unescaped(texts.found.get(number, ""))
    return found


@dataclass
class _Sheet:
    sheet: str
    found: Contents
    numbered: dict[Key, int]
    shared: dict[str, tuple[str, str]] = field(default_factory=dict)

    def visit(self, cell: Cell) -> None:
        key = self.sheet, cell.row, cell.column
        if cell.formula is not None:
            self.found.cells[key] = f"={plain(self._formula(cell))}"
        elif cell.kind == "s" and cell.text is not None:
            self.numbered[key] = number_of_text(cell)
        elif (value := value_of(cell)) is not None:
            self.found.cells[key] = value

    def _formula(self, cell: Cell) -> str:
        """The formula of a cell; of one that shares another's, moved to where it is."""
        here, number = address(cell.row, cell.column), cell.about.get("si", "")
        if cell.about.get("t") != "shared" or cell.formula:
            self.shared[number] = cell.formula or "", here
            return cell.formula or ""
        formula, there = self.shared.get(number, ("", here))
        return moved(formula, there, here)


def moved(formula: str, there: str, here: str) -> str:
    """A formula of one cell as another cell has it that shares it.

    What is no formula, and what would read beyond the sheet, stays as it is.
    """
    try:
        return str(Translator(f"={formula}", there).translate_formula(here))[1:]
    except (TokenizerError, TranslatorError, ValueError, IndexError):
        return formula


_QUOTED = re.compile(r"(\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*')")  # texts, and names of sheets
_SIMPLE = re.compile(r"(?<!')'([A-Za-z_][A-Za-z0-9_]*)'!")
_LOGICAL = re.compile(r"\b(TRUE|FALSE)\(\)")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.$:!])(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?(?![A-Za-z0-9_.(!:])")


def plain(formula: str) -> str:
    """A formula without what programs write in their own way: spaces, quotes, digits, TRUE()."""
    parts = _QUOTED.split(formula)
    for place in range(0, len(parts), 2):
        part = _LOGICAL.sub(r"\1", re.sub(r"\s", "", parts[place]))
        parts[place] = _NUMBER.sub(lambda found: repr(float(found[0])), part)
    return target_of("".join(parts))


def target_of(target: str) -> str:
    """What a name leads to, without quotes where none are needed."""
    return _SIMPLE.sub(r"\1!", target)

"""What a workbook stores for its formula cells, read within bounds."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tco.errors import mistake
from tco.unpacking import MOST_UNPACKED, Package, UnreadableError
from tco.verify.formulas import MOST_READ, MOST_READ_IN_ALL, BeyondError, Formulas, area
from tco.verify.parts import Book, Cell, OddError, Part, Sheet, Texts, book_in, inspect
from tco.verify.refusing import OWN, opened
from tco.workbook.cells import letters

Key = tuple[str, int, int]  # sheet, row, column

_FEWER = "Name cells in use (A1:A99), not whole columns or sheets."
MOST_FORMULAS = 1_000_000  # a book of 500 experiments has 50,000


@dataclass
class Stored:
    """What a workbook stores.

    Attributes:
        values: of each formula cell: a float, a text, an error's text, or None where none is
            stored.
        clocks: the cells whose formula gives another value each time, each with its function.
        read: how many cells the formulas read, in all.
    """

    values: dict[Key, Any] = field(default_factory=dict)
    clocks: dict[Key, str] = field(default_factory=dict)
    read: int = 0


def stored_in(path: Path) -> Stored:
    """The formula cells of a workbook.

    Raises `Mistakes` for what is no workbook, for one beyond the limits, and for one that nothing
    could confirm: without any formula, or without any value.
    """
    with opened(path) as package:
        inspect(package)
        found = _Reading(package, book_in(package)).stored
    if not found.values:
        raise mistake(
            str(path),
            "there is no formula to verify: it holds values only",
            "Name the workbook as tco wrote it, not a copy of its values.",
        )
    if all(value is None for value in found.values.values()):
        raise mistake(
            str(path), "no formula carries a value", "Open it in a spreadsheet program and save it."
        )
    return found


class _Reading:
    """Goes through every part of a workbook, counting."""

    def __init__(self, package: Package, book: Book) -> None:
        self.stored = Stored()
        try:
            self.formulas = Formulas(book.names)
        except BeyondError as error:
            raise UnreadableError(f"a defined name {error}", OWN) from None
        self.numbered: dict[Key, int] = {}
        for name, part in book.sheets.items():
            self.sheet, self.given = name, dict[str, tuple[int, str]]()
            try:
                Sheet(self._visit, formula=self._visit_rule).parse(package, part)
            except OddError as error:
                wrong = f"its sheet {name} has {error.what}"
                raise UnreadableError(wrong, error.remedy) from None
        for part in book.others:
            Part().parse(package, part)
        texts = _texts(package, book, set(self.numbered.values()))
        for key, number in self.numbered.items():
            self.stored.values[key] = texts[number]

    def _visit_rule(self, formula: str) -> None:
        """A formula beside the cells asks nothing, but an engine may read it."""
        try:
            self.formulas.look(formula)
        except BeyondError as error:
            raise UnreadableError(f"a rule on its sheet {self.sheet} {error}", OWN) from None

    def _visit(self, cell: Cell) -> None:
        key = self.sheet, cell.row, cell.column
        try:
            read, clock = self._asked(cell)
        except BeyondError as error:
            raise UnreadableError(f"its cell {named(key)} {error}", OWN) from None
        if read:
            self._count(key, read)
        if clock:
            self.stored.clocks[key] = clock
        if cell.kind == "s" and cell.text is not None:
            self.numbered[key] = number_of_text(cell)
        self.stored.values[key] = None if cell.kind == "s" else value_of(cell)
        if len(self.stored.values) > MOST_FORMULAS:
            raise UnreadableError(f"it has more than {MOST_FORMULAS:,} formula cells", OWN)

    def _asked(self, cell: Cell) -> tuple[int, str]:
        """What the formula asks; one that shares another's text asks the same."""
        kind, number = cell.about.get("t"), cell.about.get("si", "")
        if kind == "shared" and not cell.formula:
            return self.given.get(number, (0, ""))
        read, clock = self.formulas.look(cell.formula or "")
        if kind == "shared":
            self.given[number] = read, clock
        elif "ref" in cell.about:  # one formula for many cells
            read += area(cell.about["ref"].upper())
        return read, clock

    def _count(self, key: Key, read: int) -> None:
        self.stored.read += read
        if read > MOST_READ:
            raise UnreadableError(
                f"its cell {named(key)} reads {read:,} cells; the most is {MOST_READ:,}", _FEWER
            )
        if self.stored.read > MOST_READ_IN_ALL:
            raise UnreadableError(
                f"its formulas read more than {MOST_READ_IN_ALL:,} cells in all", _FEWER
            )


def named(key: Key) -> str:
    """A cell as a user names it: Sheet!A1."""
    return f"{key[0]}!{letters(key[2])}{key[1]}"


def _texts(package: Package, book: Book, wanted: Set[int]) -> dict[int, str]:
    """The shared texts with these numbers. Raises `UnreadableError` where one is missing."""
    reader = Texts(wanted)
    if book.texts:
        reader.parse(package, book.texts)
    if missing := wanted - reader.found.keys():
        raise UnreadableError(f"its text number {min(missing)} is missing", OWN)
    return {number: unescaped(text) for number, text in reader.found.items()}


def number_of_text(cell: Cell) -> int:
    """Which of the shared texts a cell shows. Raises `OddError`."""
    text = cell.text or ""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise _odd(cell, "text")
    return int(text)


def value_of(cell: Cell) -> Any:
    """What is stored in a cell that shares no text: a float, a text, or None for nothing.

    Raises `OddError` for what is no number and should be one.
    """
    text = cell.text
    if text is None or (not text and cell.kind not in ("str", "inlineStr", "e")):
        return None
    if cell.kind in ("str", "inlineStr", "e"):
        return unescaped(text)
    if cell.kind == "d":
        return _days(cell, text)
    if cell.kind == "b" and text in ("true", "false"):
        return float(text == "true")
    return _number(cell, text)


def _number(cell: Cell, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or "_" in text:  # Python reads 1_000 and nan as numbers
        raise _odd(cell, "number")
    return number


def _days(cell: Cell, text: str) -> float:
    """A date in words of the format, as the number that every formula sees."""
    try:
        moment = datetime.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise _odd(cell, "date") from None
    return (moment - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)


def _odd(cell: Cell, wanted: str) -> OddError:
    place = f"{letters(cell.column)}{cell.row}"
    return OddError(f"{(cell.text or '')[:30]!r} in {place}, where a {wanted} should be")


def unescaped(text: str) -> str:
    """A text as it is read: in a file _x0041_ stands for A, and engines leave some as they are."""
    if "_x" not in text:
        return text
    while (plain := _ESCAPED.sub(_character, text)) != text:
        text = plain
    return text


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def look_up(
    path: Path, sheets: Set[str], visit: Callable[[str, Cell], None], most: int = MOST_UNPACKED
) -> Callable[[Iterable[int]], dict[int, str]]:
    """Give every cell of these sheets to `visit`, with its sheet.

    `most` are the bytes that each part may have which is read.

    Returns what gives the texts that cells share, by their numbers. Raises `Mistakes`.
    """
    with opened(path) as package:
        book = book_in(package)
        for name in sheets & book.sheets.keys():
            inspect(package, book.sheets[name], most)
            Sheet(partial(visit, name), every=True).parse(package, book.sheets[name])

    def texts(wanted: Iterable[int]) -> dict[int, str]:
        if not (numbers := set(wanted)):
            return {}
        with opened(path) as package:
            if book.texts:
                inspect(package, book.texts, most)
            return _texts(package, book, numbers)

    return texts

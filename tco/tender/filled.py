"""The cells of a workbook that somebody filled, read within bounds."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tco.errors import mistake
from tco.unpacking import UnreadableError
from tco.verify.parts import Cell, book_in, inspect
from tco.verify.reading import look_up, number_of_text, value_of
from tco.verify.refusing import opened
from tco.workbook.cells import letters, position

MOST_CELLS = 200_000  # of an answer; a request has some hundred
MOST_CHARACTERS = 32_767
MOST_OF_PART = 32 << 20  # bytes, unpacked; a part of a request has 40,000, a picture some millions
_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True, order=True)
class Spot:
    """One cell of one sheet."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{letters(self.column)}{self.row}"


@dataclass
class Filled:
    """What stands in a workbook: numbers and texts by their cell, and where names lead to.

    Attributes:
        errors: the cells that show an error, or a formula without a value.
        names: defined names of single cells, in small letters.
    """

    cells: dict[Spot, float | str] = field(default_factory=dict)
    errors: dict[Spot, str] = field(default_factory=dict)
    names: dict[str, Spot] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()

    def get(self, spot: Spot | None) -> float | str | None:
        """What a cell says, None for nothing."""
        return None if spot is None else self.cells.get(spot)

    def rows(self, sheet: str) -> Iterator[tuple[int, dict[int, float | str]]]:
        """The rows of a sheet that say something, in order, by column."""
        found: dict[int, dict[int, float | str]] = {}
        for spot, value in self.cells.items():
            if spot.sheet == sheet:
                found.setdefault(spot.row, {})[spot.column] = value
        yield from sorted(found.items())


def filled_cells(path: Path) -> Filled:
    """Everything that is filled in a workbook.

    Raises `Mistakes` for what is no workbook, is damaged or made to deceive, or beyond the limits.
    """
    with opened(path) as package:
        inspect(package, most=MOST_OF_PART)
        book = book_in(package)
    found = Filled(names=_names(book.names, set(book.sheets)), sheets=tuple(book.sheets))
    shared: dict[Spot, int] = {}

    def visit(sheet: str, cell: Cell) -> None:
        spot = Spot(sheet, cell.row, cell.column)
        if cell.kind == "s" and cell.text is not None:
            shared[spot] = number_of_text(cell)
        elif cell.kind == "e":
            found.errors[spot] = cell.text or "an error"
        elif (value := value_of(cell)) is None:
            if cell.formula is not None:
                found.errors[spot] = "a formula without a value"
        else:
            _keep(found, spot, value)
        if len(found.cells) + len(shared) + len(found.errors) > MOST_CELLS:
            raise UnreadableError(
                f"it has more than {MOST_CELLS:,} cells that say something",
                "Name the request as it was filled.",
            )

    texts = look_up(path, set(book.sheets), visit, MOST_OF_PART)
    known = texts(set(shared.values())) if shared else {}
    for spot, number in shared.items():
        _keep(found, spot, known[number])
    sheets = {name: number for number, name in enumerate(found.sheets)}
    found.cells = dict(sorted(
        found.cells.items(), key=lambda one: (sheets[one[0].sheet], one[0].row, one[0].column)
    ))  # fmt: skip
    if not found.cells:
        raise mistake(str(path), "this workbook says nothing", "Name the request as it was filled.")
    return found


def _keep(found: Filled, spot: Spot, value: float | str) -> None:
    if isinstance(value, str):
        value = value[:MOST_CHARACTERS].strip()
    if value != "":
        found.cells[spot] = value


def _names(names: list[tuple[str, str]], sheets: Container[str]) -> dict[str, Spot]:
    """Where names lead to; one that leads to a sheet under its former name leads nowhere."""
    found = {}
    for name, meaning in names:
        if match := _PLACE.fullmatch(meaning.strip().removeprefix("$")):
            sheet = (match[1] or match[2]).replace("''", "'").removeprefix("$")
            if sheet not in sheets:
                continue
            row, column = position(f"{match[3]}{match[4]}")
            found[name.casefold()] = Spot(sheet, row, column)
    return found

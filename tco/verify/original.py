"""The scenario that a workbook carries: read back from its sheet Scenario, and loaded from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tco.carried import (
    CATALOGUE,
    MOST_LINES,
    PROGRAM,
    Carried,
    NotCarriedError,
    Row,
    from_rows,
)
from tco.errors import mistake
from tco.read.loading import load_carried
from tco.scenario import Scenario
from tco.unpacking import UnreadableError
from tco.verify.parts import Cell
from tco.verify.reading import look_up, number_of_text, value_of
from tco.workbook.grid import FIRST_ROW
from tco.workbook.original import NAME, NUMBER, TEXT, WHAT
from tco.workbook.sheets import ORIGINAL

MOST_OF_PART = 128 << 20  # bytes, unpacked: 64 million characters in cells
_AS_WRITTEN = "Name the workbook as tco wrote it."


@dataclass(frozen=True)
class Original:
    """What a workbook says it was built from: the program's version, its figures, the scenario."""

    version: str
    catalogue: str
    carried: Carried


@dataclass(slots=True)
class _Written:
    """A row of the sheet: by column a text, or the number of one that cells share."""

    row: int
    said: dict[int, str | int] = field(default_factory=dict)

    def read(self, known: Mapping[int, str]) -> Row:
        """What the row says."""
        what, name, number, text = (
            known[one] if isinstance(one := self.said.get(column, ""), int) else one
            for column in (WHAT, NAME, NUMBER, TEXT)
        )
        is_number = number.isascii() and number.isdecimal() and len(number) < 8
        return what, name, int(number) if is_number else 0, text


def load_book(name: str, sets: Iterable[str] = ()) -> Scenario:
    """The scenario that a workbook carries, with settings laid over it.

    Raises:
        Mistakes: everything that is wrong with it, or that the workbook carries none.
    """
    found = original_in(Path(name))
    if found is None:
        raise mistake(
            name, "this workbook does not carry its scenario",
            "Name one that tco 0.10 or a later one built, or the scenario's file.",
        )  # fmt: skip
    return load_carried(found.carried, name, sets)


def original_in(path: Path) -> Original | None:
    """What a workbook was built from; None where it does not say.

    Raises `Mistakes` where it is no workbook, or what it carries is damaged.
    """
    written: list[_Written] = []

    def visit(_: str, cell: Cell) -> None:
        if cell.row < FIRST_ROW or cell.column > TEXT:
            return
        if not written or written[-1].row != cell.row:
            if len(written) == MOST_LINES:
                wrong = f"its sheet {ORIGINAL} has more than {MOST_LINES:,} lines"
                raise UnreadableError(wrong, _AS_WRITTEN)
            written.append(_Written(cell.row))
        shared = cell.kind == "s" and cell.text is not None
        said = number_of_text(cell) if shared else _text(value_of(cell))
        written[-1].said[cell.column] = said

    texts = look_up(path, {ORIGINAL}, visit, most=MOST_OF_PART)
    if not written:
        return None
    known = texts({text for one in written for text in one.said.values() if isinstance(text, int)})
    rows = [one.read(known) for one in written if WHAT in one.said]
    about = {what: (name, text) for what, name, _, text in rows if what in (PROGRAM, CATALOGUE)}
    try:
        carried = from_rows(rows)
    except NotCarriedError as error:
        raise mistake(f"{path}, sheet {ORIGINAL}", f"the scenario cannot be read: {error}",
                      _AS_WRITTEN) from None  # fmt: skip
    return Original(about.get(PROGRAM, ("", ""))[1], about.get(CATALOGUE, ("", ""))[1], carried)


def _text(value: object) -> str:
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)

"""The scenario that a workbook carries: read back from its sheet Scenario, and loaded from it."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterable, Mapping, Sequence
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
from tco.verify.refusing import opened
from tco.workbook.grid import FIRST_ROW
from tco.workbook.joining import title_in
from tco.workbook.original import NAME, NUMBER, TEXT, WHAT
from tco.workbook.package import MOST_ABOUT
from tco.workbook.sheets import ORIGINAL

MOST_OF_PART = 128 << 20  # bytes, unpacked: 64 million characters in cells
LETTERS = string.ascii_uppercase  # of the scenarios that a workbook compares
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
        Mistakes: everything that is wrong with it, that the workbook carries none, or several.
    """
    found = originals_in(Path(name))
    if len(found) > 1:
        raise mistake(
            name, f"this workbook compares {len(found)} scenarios",
            f"Build it again by itself: tco build {name} - or name one of the scenarios.",
        )  # fmt: skip
    if not found:
        raise mistake(
            name, "this workbook does not carry its scenario",
            "Name one that tco 0.10 or a later one built, or the scenario's file.",
        )  # fmt: skip
    return load_carried(found[0].carried, name, sets)


def original_in(path: Path) -> Original | None:
    """What the workbook of one scenario was built from; None where it does not say.

    Raises `Mistakes` where it is no workbook, or what it carries is damaged.
    """
    return _originals(path, [ORIGINAL]).get(ORIGINAL)


def originals_in(path: Path) -> list[Original]:
    """What a workbook was built from: one scenario, or those that it compares, in their order.

    Raises `Mistakes` where it is no workbook, or what it carries is damaged.
    """
    of_several = [title_in(letter, ORIGINAL) for letter in LETTERS]
    found = _originals(path, [ORIGINAL, *of_several])
    return [found[ORIGINAL]] if ORIGINAL in found else [found[one] for one in of_several
                                                        if one in found]  # fmt: skip


def _originals(path: Path, titles: Sequence[str]) -> dict[str, Original]:
    """What stands on each of the sheets that is there."""
    written: dict[str, list[_Written]] = {}

    def visit(title: str, cell: Cell) -> None:
        if cell.row < FIRST_ROW or cell.column > TEXT:
            return
        rows = written.setdefault(title, [])
        if not rows or rows[-1].row != cell.row:
            if len(rows) == MOST_LINES:
                wrong = f"its sheet {title} has more than {MOST_LINES:,} lines"
                raise UnreadableError(wrong, _AS_WRITTEN)
            rows.append(_Written(cell.row))
        shared = cell.kind == "s" and cell.text is not None
        said = number_of_text(cell) if shared else _text(value_of(cell))
        rows[-1].said[cell.column] = said

    texts = look_up(path, {*titles}, visit, most=MOST_OF_PART)
    known = texts({text for rows in written.values() for one in rows
                   for text in one.said.values() if isinstance(text, int)})  # fmt: skip
    return {title: original_of(path, [one.read(known) for one in rows if WHAT in one.said], title)
            for title, rows in written.items()}  # fmt: skip


def original_of(path: Path, rows: Iterable[Row], title: str = ORIGINAL) -> Original:
    """What a workbook was built from, as the rows of its sheet say it. Raises `Mistakes`."""
    rows = list(rows)
    about = {what: (name, text) for what, name, _, text in rows if what in (PROGRAM, CATALOGUE)}
    try:
        carried = from_rows(rows)
    except NotCarriedError as error:
        raise mistake(f"{path}, sheet {title}", f"the scenario cannot be read: {error}",
                      _AS_WRITTEN) from None  # fmt: skip
    return Original(about.get(PROGRAM, ("", ""))[1], about.get(CATALOGUE, ("", ""))[1], carried)


def about_of(path: Path) -> dict[str, str]:
    """What a workbook says of itself among its properties. Raises `Mistakes` for no workbook."""
    with opened(path) as package:
        known = package.sizes.get(_ABOUT, MOST_ABOUT) < MOST_ABOUT
        said = package.read(_ABOUT).decode(errors="replace") if known else ""
    return {name: html.unescape(text) for name, text in _PROPERTY.findall(said)}


_PROPERTY = re.compile(r'name="(\w+)"[^>]*>\s*<[^>]*>([^<]*)<')
_ABOUT = "docProps/custom.xml"


def _text(value: object) -> str:
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)

"""What went into a scenario, as it was written: the book carries it, and is built anew from it.

In rows: what a row is, the name it belongs to, its number there, and its text. Texts are kept line
by line; what is no text of a spreadsheet's cells is kept in base64.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Row = tuple[str, str, int, str]
PROGRAM, CATALOGUE, SETTING = "program", "catalogue", "setting"
SCENARIO, TABLE, PRICES = "scenario", "table", "prices"
PACKED, RETURNS = ", base64", ", CRLF"  # how a text is kept, or how its lines end
# A table of 14,000 quotes has 3 MB, and a catalogue takes 5,000 rows: lines and characters of all.
MOST_LINES, MOST_CHARACTERS = 200_000, 64 << 20
_MOST_OF_NAME = 1_000  # characters of a path below the scenario's folder
_LONGEST, _PIECE = 32_000, 120  # characters of a cell, and of a line of base64
_NO_NAME = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NO_CELL = re.compile(r"[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotCarriedError(ValueError):
    """Rows from which no scenario can be had."""


@dataclass(frozen=True)
class Carried:
    """A scenario's file, the settings laid over it, and the files it reads, each by its name.

    `tables` lie beside the scenario; `prices` are the lists laid over the catalogue, in order.
    """

    path: str
    text: str
    settings: tuple[str, ...] = ()
    tables: tuple[tuple[str, bytes], ...] = ()
    prices: tuple[tuple[str, bytes], ...] = ()

    def rows(self) -> Iterator[Row]:
        """The scenario in rows."""
        for number, setting in enumerate(self.settings, 1):
            yield SETTING, "--set", number, setting
        yield from _rows(SCENARIO, self.path, self.text.encode("utf-8"))
        for kind, files in ((TABLE, self.tables), (PRICES, self.prices)):
            for name, content in files:
                yield from _rows(kind, name, content)


def from_rows(rows: Iterable[Row]) -> Carried:
    """The scenario that rows hold.

    Raises `NotCarriedError` where a line is missing, stands twice or elsewhere, where a name is
    that of no file, and beyond what a scenario takes.
    """
    settings: list[str] = []
    files: dict[tuple[str, str], list[str]] = {}
    kept: dict[tuple[str, str], str] = {}
    characters = 0
    for kind, name, number, text in rows:
        plain = kind.removesuffix(PACKED).removesuffix(RETURNS)
        if plain not in (SETTING, SCENARIO, TABLE, PRICES):
            continue
        key = plain, name
        lines = settings if plain == SETTING else files.setdefault(key, [])
        how = kept.setdefault(key, kind.removeprefix(plain))
        if number != len(lines) + 1 or how != kind.removeprefix(plain):
            raise NotCarriedError(f"line {len(lines) + 1:,} of {name or plain} is not there")
        lines.append(text)
        characters += len(text)
        if characters > MOST_CHARACTERS:
            raise NotCarriedError(f"it has more than {MOST_CHARACTERS:,} characters")
    for kind, name in files:
        _refuse_name(kind, name)
    content = {key: _joined(lines, kept[key]) for key, lines in files.items()}
    found = [(name, text) for (kind, name), text in content.items() if kind == SCENARIO]
    if len(found) != 1:
        raise NotCarriedError(f"it has {len(found)} scenarios")
    try:
        path, text = found[0][0], found[0][1].decode("utf-8")
    except UnicodeDecodeError:
        raise NotCarriedError("its scenario is no text") from None
    return Carried(path, text, tuple(settings), _of(TABLE, content), _of(PRICES, content))


def _refuse_name(kind: str, name: str) -> None:
    """A name comes from whoever made the workbook, and files are written by it."""
    wrong = not name or len(name) > _MOST_OF_NAME or _NO_NAME.search(name)
    if wrong or (kind == SCENARIO and (name == ".." or Path(name).name != name)):
        raise NotCarriedError("one of its files has a name that no file can have")


def _of(wanted: str, content: dict[tuple[str, str], bytes]) -> tuple[tuple[str, bytes], ...]:
    return tuple((name, one) for (kind, name), one in content.items() if kind == wanted)


def _rows(kind: str, name: str, content: bytes) -> Iterator[Row]:
    lines = _lines(content)
    if lines and len(lines) > 1 and all(line.endswith("\r") for line in lines[:-1]):
        kind, lines = kind + RETURNS, [*(line[:-1] for line in lines[:-1]), lines[-1]]
    if lines is None or any(map(_NO_CELL.search, lines)):
        kind = kind.removesuffix(RETURNS) + PACKED
        lines = _pieces(base64.b64encode(content).decode("ascii"))
    for number, line in enumerate(lines, 1):
        yield kind, name, number, line


def _lines(content: bytes) -> Sequence[str] | None:
    """The lines of a text that cells can hold as it is, None of another."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    lines = text.split("\n")
    return None if any(len(line) > _LONGEST for line in lines) else lines


def _pieces(text: str) -> list[str]:
    return [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)] or [""]


def _joined(lines: Sequence[str], kept: str) -> bytes:
    try:
        if kept != PACKED:
            return ("\r\n" if kept == RETURNS else "\n").join(lines).encode("utf-8")
        return base64.b64decode("".join(lines), validate=True)
    except ValueError:  # also half of a character
        raise NotCarriedError("one of its files is damaged") from None

"""A user's mistake: where it is, what is wrong, what to type instead. Never a traceback."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from tco.widths import columns_of

_WIDTH = 80
MOST_TOLD = 30  # mistakes of one run; of more the rest is counted
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Place:
    """A spot in a file or on the command line; line and column count from 1, 0 is unknown."""

    name: str
    line: int = 0
    column: int = 0
    excerpt: str = ""
    width: int = 1

    def __str__(self) -> str:
        if not self.line:
            return self.name
        return f"{self.name}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong, and its remedy; a warning stops nothing.

    `more` are lists that help beyond the remedy, each set in lines of a terminal's width.
    """

    place: Place
    wrong: str
    remedy: str
    warning: bool = False
    more: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The whole message: place, excerpt with caret, what is wrong, what to type."""
        lines = [printable(f"{self.place}: {'warning: ' * self.warning}{self.wrong}")]
        if self.place.excerpt:
            number = str(self.place.line) if self.place.line else ">"
            shown, start = _window(self.place.excerpt, self.place.column)
            marked = shown[start : start + self.place.width]
            caret = " " * columns_of(shown[:start]) + "^" * max(1, columns_of(marked))
            lines.append(f"  {number} | {shown}")
            lines.append(f"  {' ' * len(number)} | {caret}")
        lines.append(printable(self.remedy))
        lines += [line for one in self.more for line in _set(printable(one))]
        return "\n".join(lines)


def _set(text: str) -> list[str]:
    """A long list in lines of 80 columns, broken between words and indented."""
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ",
                         break_long_words=False, break_on_hyphens=False)  # fmt: skip


# Marks inside a word of some scripts and of some signs: they join letters and steer nothing.
_JOINERS = "\u200c\u200d"


def printable(text: str) -> str:
    """Text on one line that cannot steer a terminal: what a user typed comes back in messages."""
    return "".join(
        " " if char in "\t\r\n" or unicodedata.category(char) == "Zs"
        else char if char.isprintable() or char in _JOINERS else "�"
        for char in text
    )  # fmt: skip


def printable_lines(text: str) -> str:
    """Text of several lines that cannot steer a terminal."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "\n".join(map(printable, text.split("\n")))


def unwritable(text: str) -> tuple[str, str] | None:
    """What is wrong with a text that no cell of a workbook can hold, and the remedy."""
    if found := UNWRITABLE.search(text):
        code = ord(found[0])
        return f"this text holds a character that no workbook can (code {code})", "Delete it."
    return None


def printable_json(text: str) -> str:
    """JSON of several lines that cannot steer a terminal, and says the same."""
    return "".join(
        char if char.isprintable() or char in f"\n{_JOINERS}" else _json_escape(char)
        for char in text
    )  # fmt: skip


def _json_escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _window(excerpt: str, column: int, most: int = 100) -> tuple[str, int]:
    """The part of a long line around the column, and where in it the column is, from 0."""
    start = max(0, column - 1)
    if len(excerpt) <= most:
        return printable(excerpt), start
    left = max(0, start - most // 2)
    shown = printable(excerpt[left : left + most])  # of a line that may be megabytes long
    before, after = "…" if left else "", "…" if left + most < len(excerpt) else ""
    return f"{before}{shown}{after}", start - left + len(before)


class Mistakes(Exception):
    """All mistakes found in one run. The command line prints them and exits with 2.

    `untold` is how many more there are, of a file with too many to tell each.
    """

    def __init__(self, mistakes: Iterable[Mistake], untold: int = 0) -> None:
        self.mistakes = tuple(mistakes)
        self.untold = untold
        super().__init__()

    def __str__(self) -> str:
        told = "\n\n".join(map(str, self.mistakes[:MOST_TOLD]))
        more = self.untold + len(self.mistakes) - MOST_TOLD
        return told if more < 1 else f"{told}\n\nand {more:,} more mistake{'s' * (more > 1)}"


def sorted_by_place(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Mistakes in the order of the lines."""
    return sorted(mistakes, key=lambda one: (one.place.line, one.place.column))


def mistake(name: str, wrong: str, remedy: str) -> Mistakes:
    """One mistake with no place inside a file."""
    return Mistakes([Mistake(Place(name), wrong, remedy)])

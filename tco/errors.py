"""A user's mistake: where it is, what is wrong, what to type instead. Never a traceback."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from tco.widths import columns_of


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
    """One thing that is wrong, and its remedy."""

    place: Place
    wrong: str
    remedy: str

    def __str__(self) -> str:
        """The whole message: place, excerpt with caret, what is wrong, what to type."""
        lines = [printable(f"{self.place}: {self.wrong}")]
        if self.place.excerpt:
            number = str(self.place.line) if self.place.line else ">"
            shown, start = _window(self.place.excerpt, self.place.column)
            marked = shown[start : start + self.place.width]
            caret = " " * columns_of(shown[:start]) + "^" * max(1, columns_of(marked))
            lines.append(f"  {number} | {shown}")
            lines.append(f"  {' ' * len(number)} | {caret}")
        lines.append(printable(self.remedy))
        return "\n".join(lines)


def printable(text: str) -> str:
    """Text on one line that cannot steer a terminal: what a user typed comes back in messages."""
    return "".join(
        " " if char in "\t\r\n" or unicodedata.category(char) == "Zs"
        else char if char.isprintable() else "�"
        for char in text
    )  # fmt: skip


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
    """All mistakes found in one run. The command line prints them and exits with 2."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(str(self))

    def __str__(self) -> str:
        return "\n\n".join(str(one) for one in self.mistakes)


def mistake(name: str, wrong: str, remedy: str) -> Mistakes:
    """One mistake with no place inside a file."""
    return Mistakes([Mistake(Place(name), wrong, remedy)])

"""How much room a text takes: a Chinese character is as wide as two Latin letters."""

from __future__ import annotations

import functools
import unicodedata

_PER_LETTER, _PER_WIDE = 0.8, 2.0  # units of a spreadsheet's column, which counts digits


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: two a wide character, none a mark on another."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def units_of(text: str) -> float:
    """How wide a spreadsheet's column must be to show a text on one line."""
    if text.isascii():
        return _PER_LETTER * len(text)
    columns = [_columns(char) for char in text]
    wide = columns.count(2)
    return _PER_WIDE * wide + _PER_LETTER * columns.count(1)


def padded(text: str, width: int, *, right: bool = False) -> str:
    """A text filled up with spaces to a width, on its left where it belongs to the right."""
    gap = " " * max(0, width - columns_of(text))
    return gap + text if right else text + gap


def cut(text: str, width: int) -> str:
    """A text that takes no more than a width; an ellipsis stands for what is left out."""
    if columns_of(text) <= width:
        return text
    while columns_of(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


@functools.lru_cache(maxsize=1 << 12)
def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1

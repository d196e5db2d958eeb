"""What is shown of many mistakes of one list: the first, and nearest names for those."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tco.errors import Mistake, Place

MOST_SHOWN = 20


def first_of(mistakes: Sequence[Mistake]) -> tuple[Mistake, ...]:
    """The first mistakes, and how many more there are."""
    rest = len(mistakes) - MOST_SHOWN
    if rest <= 0:
        return tuple(mistakes)
    last = Mistake(Place(mistakes[-1].place.name), f"and {rest:,} more mistakes",
                   "Correct the first ones; the rest is then told.")  # fmt: skip
    return (*mistakes[:MOST_SHOWN], last)


@dataclass
class Hints:
    """Nearest names for as many mistakes of a kind as can be shown: each takes its time."""

    left: int = MOST_SHOWN

    def __call__(self, said: str, known: Iterable[str]) -> str:
        """“Did you mean NAME? ”, or nothing."""
        self.left -= 1
        return near(said, known) if self.left >= 0 else ""


def near(said: str, known: Iterable[str]) -> str:
    """“Did you mean NAME? ” of the nearest name; "" where none is near."""
    found = difflib.get_close_matches(said.lower(), sorted(known), 1)
    return f"Did you mean {found[0]}? " if found else ""

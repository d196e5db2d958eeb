"""The collector: every mistake of one file, told by all stages of reading and raised at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tco.errors import MOST_TOLD, Mistake, Mistakes, Place, sorted_by_place
from tco.read.document import Document


@dataclass
class Collector:
    """What is wrong with one file, each mistake at its place.

    `broken` holds the keys that a mistake was said of: nothing follows from them. `untold` counts
    the mistakes beyond those that are told. `in_lists` are those of own price lists.
    """

    document: Document
    found: list[Mistake] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    untold: int = 0
    in_lists: tuple[Mistake, ...] = ()

    def __post_init__(self) -> None:
        self.found += self.document.mistakes

    def say(
        self, path: tuple[Any, ...], wrong: str, remedy: str, *, key: bool = False,
        more: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Note a mistake at a path of the file; `key` points at the key instead of its value.

        `more` stands below the remedy.
        """
        place = self.document.place(path, key=key)
        if place.name == "--set":  # there one value follows an equals sign, no block
            remedy = re.sub(
                r"(?:Type|Add) for example: (\w+: \{.+)", r"Write in the file: \1", remedy
            )
            remedy = re.sub(r"(Type for example): (\w+): (.+)", r'\1: --set "\2=\3"', remedy)
        if place.name.endswith(".csv"):  # there a cell is a value, without its key
            remedy = re.sub(r"(Type for example: )\w+: ", r"\1", remedy)
            remedy = re.sub(r"A row is for example: .+", "Fill the cells of these columns.", remedy)
        self.say_at(place, wrong, remedy, more)

    def say_at(self, place: Place, wrong: str, remedy: str, more: tuple[str, ...] = ()) -> None:
        """Note a mistake at a place that is known already."""
        self.found.append(Mistake(place, wrong, remedy, more=more))

    def take(self, mistakes: Iterable[Mistake]) -> None:
        """Note mistakes that were found elsewhere."""
        self.found += mistakes

    def tells_more(self) -> bool:
        """Whether one more mistake of a value is told; where not, it is counted."""
        if len(self.found) < MOST_TOLD:
            return True
        self.untold += 1
        return False

    def stop(self) -> None:
        """Raise what was found, if anything was."""
        if self.found:
            raise self.all()

    def all(self) -> Mistakes:
        """Everything that was found, in the order of the lines, that of price lists last."""
        found = sorted_by_place([*self.found, *self.document.warnings])
        order = sorted(found, key=lambda one: one.place.name.endswith(".csv"))
        return Mistakes([*order, *self.in_lists], self.untold)

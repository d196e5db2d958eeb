"""Keys that are none: where each stands, and which key was probably meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tco.lines import Model
from tco.model import KINDS, OWNED, model_for
from tco.read.collector import Collector
from tco.read.keys import nearest
from tco.read.schema import ALIASES, WORKLOAD, Shape

COMPARED = ("quotes", "rent_quotes")  # tables that need years to be compared over


@dataclass(frozen=True)
class Unknown:
    """What is said of the keys that are none, in a file of one kind.

    `blockless` is a file whose workload has no block of its own.
    """

    shape: Shape
    kind: str
    blockless: bool
    mistakes: Collector

    def say(self, path: tuple[Any, ...]) -> None:
        """Note that the last key of a path is none, and what to do about it."""
        *above, key = path
        there = [] if self.blockless and above == [WORKLOAD] else above
        say_unknown(self.mistakes, path, self.remedy(str(key), above), there)

    def remedy(self, key: str, above: Sequence[Any]) -> str:
        """The nearest key, or where the key belongs, or which keys there are."""
        known = self.shape.keys(*above)
        if self.blockless and not above:
            known = [*self.shape.keys(WORKLOAD), *known]
        if key != key.strip():
            return "It begins or ends with a special space: delete that, and type plain spaces."
        if key == "<<":
            return "Write the keys themselves: blocks are not merged here."
        if not above and key in COMPARED:
            return f"{key} are compared over years of ownership: add a block {OWNED}:"
        if near := nearest(key, known):
            self.mistakes.broken.add(ALIASES.get(near, near))
            return f"Did you mean {near}?"
        if home := self._home(key):
            return f"{key} belongs below {home}:"
        if above and key in self.shape.top:
            return f"{key}: starts at the left margin: delete the spaces before it."
        return self._listed(key, above, known)

    def _home(self, key: str) -> str:
        """The block that has the key, "" where none has."""
        homes = (one for one in self.shape.blocks if key in self.shape.keys(one))
        whole = model_for(self.kind, owned=True)
        owned = OWNED if key in whole and whole[key].section == OWNED else ""
        return next(homes, owned)

    def _listed(self, key: str, above: Sequence[Any], known: Sequence[str]) -> str:
        """The keys there are, and the kinds that have this one."""
        remedy = f"Known here: {', '.join(known[:12])}" + (", ..." if known[12:] else ".")
        if others := [kind for kind in KINDS if _has_key(model_for(kind, True), key, above)]:
            remedy = f"It is a key of kind {', '.join(others)}. {remedy}"
        place = self.mistakes.document.place((*above, key), key=True)
        if len(above) > 1 and "," in place.excerpt[: place.column]:
            remedy += " A text with a comma in it needs quotation marks."
        return remedy


def say_unknown(
    mistakes: Collector, path: tuple[Any, ...], remedy: str, there: Sequence[Any] | None = None
) -> None:
    """Note that the last key of a path is none; `there` is where messages say that it stands."""
    said = str(path[-1]).strip() or "an empty word"
    below = _below(path[:-1] if there is None else there)
    mistakes.say(path, f"{said} is not a key{below}", remedy, key=True)


def _has_key(model: Model, key: str, above: Sequence[Any]) -> bool:
    """Whether a kind has a key, a block or a table at that place of its file."""
    key = ALIASES.get(key, key)
    if not above:
        return key in {one.section for one in model.givens.values()}
    there = key in model and model[key].section == above[-1] and not model[key].along
    return there or key in model.tables


def _below(above: Sequence[Any]) -> str:
    if above and isinstance(above[-1], int):
        return f" of row {above[-1] + 1} of {above[-2]}"
    return f" below {above[-1]}" if above else " of a scenario"

"""Keys that are none: where each stands, and which key was probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tco.lines import Line, Model
from tco.model import KINDS, OWNABLE, OWNED, model_for
from tco.read.collector import Collector
from tco.read.keys import nearest
from tco.read.schema import ALIASES, WORKLOAD, Shape

COMPARED = ("quotes", "rent_quotes")  # tables that need years to be compared over


@dataclass(frozen=True)
class Unknown:
    """What is said of the keys that are none, in a file of one kind.

    `blockless` is a file whose workload has no block of its own. `named` are the places whose
    keys were all named: once each, however many mistakes are made there.
    """

    shape: Shape
    kind: str
    blockless: bool
    mistakes: Collector
    named: set[tuple[str, ...]] = field(default_factory=set)

    def say(self, path: tuple[Any, ...]) -> None:
        """Note that the last key of a path is none, and what to do about it."""
        *above, key = path
        there = [] if self.blockless and above == [WORKLOAD] else above
        remedy, listed = self.remedy(str(key), above)
        more = tuple(self._every_key(above)) if listed else ()
        say_unknown(self.mistakes, path, remedy, there, more)

    def remedy(self, key: str, above: Sequence[Any]) -> tuple[str, bool]:
        """The nearest key, or where the key belongs; and whether all keys of its place help."""
        known = self.shape.keys(*above)
        if self.blockless and not above:
            known = [*self.shape.keys(WORKLOAD), *known]
        if key != key.strip():
            wrong = "It begins or ends with a special space: delete that, and type plain spaces."
            return wrong, False
        if key == "<<":
            return "Write the keys themselves: blocks are not merged here.", False
        if not above and key in COMPARED:
            return f"{key} are compared over years of ownership: add a block {OWNED}:", False
        if near := nearest(key, known):
            self.mistakes.broken.add(ALIASES.get(near, near))
            return f"Did you mean {near}?", True
        if home := self._home(key):
            return f"{key} belongs below {home}:", False
        if above and key in self.shape.top:
            return f"{key}: starts at the left margin: delete the spaces before it.", False
        return self._none_near(key, above), True

    def _home(self, key: str) -> str:
        """The block that has the key, "" where none has."""
        homes = (one for one in self.shape.blocks if key in self.shape.keys(one))
        whole = model_for(self.kind, owned=True)
        owned = OWNED if key in whole and whole[key].section == OWNED else ""
        return next(homes, owned)

    def _none_near(self, key: str, above: Sequence[Any]) -> str:
        """What to do about a key that is near to none, and the kinds that have it."""
        remedy = "Delete it, or type one of the keys there are."
        if others := [kind for kind in KINDS if _has_key(model_for(kind, True), key, above)]:
            remedy = f"It is a key of kind {', '.join(others)}. {remedy}"
        place = self.mistakes.document.place((*above, key), key=True)
        if len(above) > 1 and "," in place.excerpt[: place.column]:
            remedy += " A text with a comma in it needs quotation marks."
        return remedy

    def _every_key(self, above: Sequence[Any]) -> Iterator[str]:
        """All keys that may stand at a place, and how to find out what each is; once a place."""
        place = tuple(str(one) for one in above if not isinstance(one, int))
        if place in self.named:
            return
        self.named.add(place)
        lines = self._lines(above)
        keys = [key for key in self.shape.keys(*above) if key not in lines]
        if self.blockless and not above:
            keys = [key for key in self.shape.keys(WORKLOAD)
                    if key not in self._lines([WORKLOAD])] + keys  # fmt: skip
        if not above and self.kind in OWNABLE and OWNED not in keys:
            keys.append(OWNED)
        if not keys:
            yield f"Its keys are those of {len(lines)} lines: tco show SCENARIO lists them."
            return
        yield f"Keys{_below(above)}: {', '.join(keys)}."
        if lines:
            yield f"Its {len(lines)} lines may be given too: tco show SCENARIO lists them."
        if len(above) < 2:
            yield f"What each is, with its unit and its range: tco inputs {self.kind}"

    def _lines(self, above: Sequence[Any]) -> set[str]:
        """The keys of a block that are lines, which a file seldom gives."""
        items = self.shape.items_of(str(above[0])) if len(above) == 1 else {}
        return {key for key, one in items.items() if isinstance(one, Line)}


def say_unknown(
    mistakes: Collector, path: tuple[Any, ...], remedy: str, there: Sequence[Any] | None = None,
    more: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Note that the last key of a path is none; `there` is where messages say that it stands."""
    said = str(path[-1]).strip() or "an empty word"
    below = _below(path[:-1] if there is None else there)
    mistakes.say(path, f"{said} is not a key{below}", remedy, key=True, more=more)


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

"""The first scenario with some of the changes to the second laid over it, loaded anew."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tco.bridge.changes import Change, InTable, Leaf, PriceList
from tco.bridge.ends import End
from tco.bridge.figures import Headline, Level, level
from tco.errors import Mistakes
from tco.facts import Fact
from tco.read.document import Path_
from tco.read.written import Written, load_written
from tco.scenario import Scenario


@dataclass(frozen=True)
class Mix:
    """What is kept of the first scenario with some changes: what it comes to, and its inputs."""

    level: Level
    facts: Mapping[str, Fact]


@dataclass
class Mixer:
    """Loads the first scenario with changes by their numbers; each mix once.

    Of hundreds of changes no scenario is kept whole.
    """

    first: End
    second: End
    changes: Sequence[Change]
    headlines: Sequence[Headline]
    known: dict[frozenset[int], Mix | str] = field(default_factory=dict)

    def with_changes(self, numbers: Iterable[int]) -> Mix | str:
        """The first scenario with these changes and no others; in words why there is none."""
        chosen = frozenset(numbers)
        if chosen not in self.known:
            self.known[chosen] = self._loaded(chosen)
        return self.known[chosen]

    def of(self, scenario: Scenario) -> Mix:
        """What is kept of a scenario."""
        return Mix(level(scenario, self.headlines), scenario.facts)

    def _loaded(self, chosen: frozenset[int]) -> Mix | str:
        parts = (part for at in sorted(chosen) for part in self.changes[at].parts)
        try:
            found = load_written(mixed(self.first.written, self.second.written, parts))
        except Mistakes as error:
            return error.mistakes[0].wrong
        if found.standing["errors"]:
            return str(found.standing["error_sentence"])
        return self.of(found)


def mixed(first: Written, second: Written, parts: Iterable[Leaf | InTable | PriceList]) -> Written:
    """What the first says, with the parts of the second in the place of its own."""
    tree = copy.deepcopy(dict(first.tree))
    rows: dict[Path_, list[InTable]] = {}
    names: set[str] = set()
    for part in parts:
        if isinstance(part, Leaf):
            _put(tree, second.tree, part.path)
        elif isinstance(part, InTable):
            rows.setdefault(part.path, []).append(part)
        else:
            names.add(part.name)
    for path, chosen in rows.items():
        block = tree
        for step in path[:-1]:
            block = block[step]
        block[path[-1]] = _rows(block[path[-1]], _at(second.tree, path), chosen)
    return Written(first.name, tree, _lists(first.prices, second.prices, names), first.model)


def _put(tree: dict[str, Any], other: Mapping[str, Any], path: Path_) -> None:
    """Take what the other has at a path; what it has not, goes."""
    found = _at(other, path)
    block = tree
    for step in path[:-1]:
        if not isinstance(block.get(step), dict):
            block[step] = {}
        block = block[step]
    if found is not None:
        block[path[-1]] = copy.deepcopy(found)
        return
    block.pop(path[-1], None)
    if not block and path[:-1] and _at(other, path[:-1]) is None:  # the last of a block
        _put(tree, other, path[:-1])


def _at(tree: Any, path: Path_) -> Any:
    for step in path:
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


def _rows(was: Sequence[Any], now: Sequence[Any], chosen: Sequence[InTable]) -> list[Any]:
    """Rows in their order, each of the one or the other; all in the other's once all are its."""
    if len(chosen) == chosen[0].of:
        return copy.deepcopy(list(now))
    instead = {one.first: one.second for one in chosen if one.first is not None}
    found = [(float(at), row) for at, row in enumerate(was) if at not in instead]
    found += [(float(at), now[place]) for at, place in instead.items() if place is not None]
    new = [one.second for one in chosen if one.first is None and one.second is not None]
    found += [(at - 0.5, now[at]) for at in new]
    return [copy.deepcopy(row) for _, row in sorted(found, key=lambda one: one[0])]


def _lists(
    was: Sequence[tuple[str, bytes]], now: Sequence[tuple[str, bytes]], names: set[str]
) -> tuple[tuple[str, bytes], ...]:
    """Price lists in their order: those named of the second, the others of the first."""
    before, after = dict(was), dict(now)
    mix = {name: after.get(name) if name in names else before.get(name)
           for name in dict.fromkeys((*before, *after))}  # fmt: skip
    kept = {name: content for name, content in mix.items() if content is not None}
    if kept == after:
        return tuple(now)
    return tuple(kept.items())

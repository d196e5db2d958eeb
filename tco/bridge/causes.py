"""What moved the figures: each change alone, and those that cannot stand alone with what they need.

A change that would be refused alone is laid over together with the one that it needs, as one cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tco.bridge.changes import Change, Leaf, joined
from tco.bridge.figures import Level
from tco.bridge.mixing import Mix, Mixer
from tco.bridge.said import fact_words

_BROUGHT = 3  # figures that are named
_FOLLOW = ("catalogue", "default", "none")
Step = Callable[[str], None]


@dataclass(frozen=True)
class Cause:
    """One cause: its changes as one, what the first scenario comes to with it alone, and why.

    `parts` are its changes by themselves, `refused` those of them that would be refused alone,
    each with the reason; `brought` are the figures of the catalogue that follow, in words.
    """

    change: Change
    level: Level
    parts: tuple[Change, ...]
    refused: tuple[tuple[str, str], ...] = ()
    brought: str = ""


def causes(mixer: Mixer, step: Step) -> list[Cause]:
    """The changes as causes, each of which stands alone; in the order of the changes."""
    everything = range(len(mixer.changes))
    groups = [{at} for at in everything]
    refused: dict[int, str] = {}
    for at in everything:
        step(mixer.changes[at].label)
        found = mixer.with_changes({at})
        if isinstance(found, str):
            refused[at] = found
    while (group := next(_wanting(mixer, groups), None)) is not None:
        needed = _needed(mixer, groups, group)
        groups = [one for one in groups if one != group and not one & needed]
        groups.append(group | needed)
    return [_cause(mixer, sorted(one), refused) for one in sorted(groups, key=min)]


def _wanting(mixer: Mixer, groups: Sequence[set[int]]) -> Iterator[set[int]]:
    """The groups that would be refused as they are."""
    every = set(range(len(mixer.changes)))
    return (one for one in groups if one != every and isinstance(mixer.with_changes(one), str))


def _needed(mixer: Mixer, groups: Sequence[set[int]], group: set[int]) -> set[int]:
    """What a group needs beside itself: one other, else the fewest without which it is refused."""
    others = [one for one in groups if one != group]
    for one in sorted(others, key=lambda other: not _is_named(mixer, group, other)):
        if not isinstance(mixer.with_changes(group | one), str):
            return one
    kept = list(others)
    for one in others:
        less = [other for other in kept if other is not one]
        if not isinstance(mixer.with_changes(group.union(*less)), str):
            kept = less
    return set().union(*kept)


def _is_named(mixer: Mixer, group: set[int], other: set[int]) -> bool:
    """Whether the reason why a group is refused speaks of another."""
    reason = str(mixer.with_changes(group)).casefold()
    keys = (str(step).casefold() for at in other for part in mixer.changes[at].parts
            for step in getattr(part, "path", ())[-1:])  # fmt: skip
    return any(key in reason for key in keys)


def _cause(mixer: Mixer, group: Sequence[int], refused: dict[int, str]) -> Cause:
    mix = mixer.with_changes(group)
    if isinstance(mix, str):  # all of them together are the second scenario
        mix = mixer.of(mixer.second.scenario)
    parts = [mixer.changes[at] for at in group]
    beside = all(one.is_beside for one in parts)
    brought = "" if beside else _brought(mixer, mix, parts)
    if len(parts) == 1:
        return Cause(parts[0], mix.level, tuple(parts), brought=brought)
    first = next((at for at in group if at in refused), group[0])
    parts.sort(key=lambda one: one is not mixer.changes[first])
    reasons = tuple((mixer.changes[at].label, refused[at]) for at in group if at in refused)
    return Cause(joined(parts), mix.level, tuple(parts), reasons, brought)


def _brought(mixer: Mixer, mix: Mix, parts: Sequence[Change]) -> str:
    """The inputs that nobody gives and that are others with a change, in words; the first few."""
    typed = {str(part.path[-1]) for one in parts for part in one.parts if isinstance(part, Leaf)}
    was, found = mixer.first.scenario, []
    for key, fact in mix.facts.items():
        before = was.facts.get(key)
        if before is None or key in typed or fact.under_case.origin not in _FOLLOW:
            continue
        if repr(before.value) == repr(fact.value):
            continue
        said = " to ".join(fact_words(was, key, one, given=True) for one in (before, fact))
        found.append(f"{was.model.items[key].label} {said}")
    more = f", and {len(found) - _BROUGHT} more" if len(found) > _BROUGHT else ""
    return ", ".join(found[:_BROUGHT]) + more

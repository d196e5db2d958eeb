"""The order in which lines are computed, and which of them wait for one another."""

from __future__ import annotations

import graphlib
from collections.abc import Callable, Iterable, Mapping

from tco.lines.items import ModelError


def reach(start: Iterable[str], after: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Everything that is met from a start on, the start included."""
    found: set[str] = set()
    ahead = list(start)
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            ahead.extend(after(key))
    return frozenset(found)


def in_order(
    needs: Mapping[str, tuple[str, ...]], behind: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, ...], ...]:
    """Keys in groups that can be computed one after the other; a group of several is a loop.

    Args:
        needs: what each key reads.
        behind: what of that it reads only one step back.

    Raises `ModelError` for lines that wait for each other at one step.
    """
    graph = {key: [n for n in wanted if n in needs] for key, wanted in needs.items()}
    # Most loops are a line that reads its own step before: alone it is in no other's way.
    alone = {
        key: [n for n in now if n != key] if key in behind[key] else now
        for key, now in graph.items()
    }
    try:
        return tuple((key,) for key in graphlib.TopologicalSorter(alone).static_order())
    except graphlib.CycleError:
        pass
    # Loops: sort without the edges that read one step back, then find who is in which loop.
    forward = {key: [n for n in now if n not in behind[key]] for key, now in graph.items()}
    try:
        order = list(graphlib.TopologicalSorter(forward).static_order())
    except graphlib.CycleError as error:
        loop = " -> ".join(reversed(error.args[1]))
        raise ModelError(f"these lines wait for each other: {loop}; use previous()") from None
    home = _loops(graph)
    by_group: dict[str, list[str]] = {}
    for key in order:
        by_group.setdefault(home[key], []).append(key)
    between = {
        first: {home[n] for key in members for n in graph[key] if home[n] != first}
        for first, members in by_group.items()
    }
    sorted_groups = graphlib.TopologicalSorter(between).static_order()
    return tuple(tuple(by_group[first]) for first in sorted_groups)


def _loops(graph: Mapping[str, list[str]]) -> dict[str, str]:
    """The loop that each key is in, by one of its keys; a key in none is its own.

    Two keys are in one loop where each leads to the other: what is met from a key against the
    arrows, taking keys in the reverse of the order in which a walk along them ends.
    """
    readers: dict[str, list[str]] = {key: [] for key in graph}
    for key, now in graph.items():
        for need in now:
            readers[need].append(key)
    home: dict[str, str] = {}
    for key in reversed(_as_ended(graph)):
        ahead = [key]
        while ahead:
            found = ahead.pop()
            if found not in home:
                home[found] = key
                ahead.extend(readers[found])
    return home


def _as_ended(graph: Mapping[str, list[str]]) -> list[str]:
    """Every key, after all that a walk from it meets first."""
    ended: list[str] = []
    seen: set[str] = set()
    for start in graph:
        ahead = [(start, False)]
        while ahead:
            key, done = ahead.pop()
            if done:
                ended.append(key)
            elif key not in seen:
                seen.add(key)
                ahead.append((key, True))
                ahead.extend((need, False) for need in graph[key] if need not in seen)
    return ended

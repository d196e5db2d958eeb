"""The order in which lines are computed, and which of them wait for one another."""

from __future__ import annotations

import graphlib
from collections.abc import Callable, Iterable, Mapping

from tco.lines.expression import Binary, Call, Expression, Reference
from tco.lines.items import ModelError
from tco.lines.vocabulary import previous


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


def read_now(tree: Expression) -> set[str]:
    """Keys an expression reads at its own step, not under previous()."""
    if isinstance(tree, Reference):
        return {tree.key}
    if isinstance(tree, Binary):
        return read_now(tree.left) | read_now(tree.right)
    if isinstance(tree, Call) and tree.word is not previous:
        return set().union(*(read_now(part) for part in tree.parts))
    return set()


def in_order(
    needs: Mapping[str, tuple[str, ...]], backward: Callable[[str], frozenset[str]]
) -> tuple[tuple[str, ...], ...]:
    """Keys in groups that can be computed one after the other; a group of several is a loop.

    Raises `ModelError` for lines that wait for each other at one step.
    """
    graph = {key: [n for n in wanted if n in needs] for key, wanted in needs.items()}
    # Most loops are a line that reads its own step before: alone it is in no other's way.
    alone = {
        key: [n for n in now if n != key or key not in backward(key)] if key in now else now
        for key, now in graph.items()
    }
    try:
        return tuple((key,) for key in graphlib.TopologicalSorter(alone).static_order())
    except graphlib.CycleError:
        pass
    # Loops: sort without the edges that read one step back, then find who is in which loop.
    forward = {key: [n for n in now if n not in backward(key)] for key, now in graph.items()}
    try:
        order = list(graphlib.TopologicalSorter(forward).static_order())
    except graphlib.CycleError as error:
        loop = " -> ".join(reversed(error.args[1]))
        raise ModelError(f"these lines wait for each other: {loop}; use previous()") from None
    ahead = {key: reach(graph[key], lambda k: graph[k]) for key in graph}
    loops: dict[str, list[str]] = {}
    for key in order:
        first = next((other for other in loops if key in ahead[other] and other in ahead[key]), key)
        loops.setdefault(first, []).append(key)
    by_group = {first: tuple(members) for first, members in loops.items()}
    home = {key: first for first, members in by_group.items() for key in members}
    between = {
        first: {home[n] for key in members for n in graph[key] if home[n] != first}
        for first, members in by_group.items()
    }
    return tuple(by_group[first] for first in graphlib.TopologicalSorter(between).static_order())

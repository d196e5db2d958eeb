"""Trials: a line of a model at other values of its inputs, one input at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import Any, Protocol

import numpy as np

from tco.lines.evaluation import beside_cases
from tco.lines.items import Value
from tco.lines.model import Model


class Moving(Protocol):
    """What is tried: the key of its value as it stands, and what takes the values tried."""

    @property
    def base(self) -> str:
        """The key of its value as it stands."""

    @property
    def moves(self) -> tuple[str, ...]:
        """The inputs, or lines in their place, that take the value tried."""


class Trials:
    """The model at values tried: what none of them changes is computed once.

    Called with values of shape (columns, searches), it gives what the line comes to, alike.
    """

    def __init__(
        self, model: Model, values: Mapping[str, Value], searches: Sequence[Moving], line: str,
        beside: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """Compute the model as it stands: the line, and what is asked for beside it."""
        self.model, self.searches, self.line = model, searches, line
        self.moves = list(dict.fromkeys(key for one in searches for key in one.moves))
        self.lines = self._following(set(values))
        bases = [one.base for one in searches]
        self.alone = model.evaluate(values, [line, *beside, *bases, *self.moves])
        moved = model.downstream(self.moves)
        self.still = {key: value for key, value in self.alone.items() if key not in moved}

    def _following(self, given: Set[str]) -> set[str]:
        """The lines among what moves that follow something else that moves."""
        lines = [key for key in self.moves if key in self.model.lines and key not in given]
        return {
            key for key in lines
            if not (self.model.upstream([key]) - {key}).isdisjoint(self.moves)
        }  # fmt: skip

    def __call__(self, trials: np.ndarray) -> np.ndarray:
        """What the line comes to, in the shape of the values tried."""
        return np.asarray(self.cases(trials, [self.line])[self.line]).reshape(trials.shape)

    def cases(self, trials: np.ndarray, keys: Collection[str]) -> dict[str, Any]:
        """Lines, and what moves, a case for each value tried, search by search in a column."""
        keys = list(dict.fromkeys((*keys, *self.moves)))
        found: dict[str, Any] = {}
        for group in self._groups(self.lines):
            places = (np.arange(len(trials))[:, None] * trials.shape[1] + group).ravel()
            varied = self._varied(trials, group, self.lines)
            got = self.model.cases(self.still | varied, keys)
            for key in keys:
                _scatter(found, key, got[key], places, trials.size)
        return found

    def _groups(self, lines: Set[str]) -> list[list[int]]:
        """The searches that can be tried side by side: a line that one moves follows in others."""
        apart: dict[tuple[str, ...], list[int]] = {}
        for number, one in enumerate(self.searches):
            pinned = tuple(key for key in one.moves if key in lines)
            apart.setdefault(pinned, []).append(number)
        return list(apart.values())

    def _varied(
        self, trials: np.ndarray, group: Sequence[int], lines: Set[str]
    ) -> dict[str, np.ndarray]:
        """What moves in some searches, a number a case; any other input as it stands."""
        shape, found = (len(trials), len(group)), {}
        for key in self.moves:
            moving = [place for place, one in enumerate(group) if key in self.searches[one].moves]
            if key in lines and not moving:
                continue
            found[key] = np.full(shape, float(self.alone[key]))
            for place in moving:
                found[key][:, place] = trials[:, group[place]]
        return {key: one.ravel() for key, one in found.items()}


def _scatter(found: dict[str, Any], key: str, value: Any, places: np.ndarray, count: int) -> None:
    """Put what some cases come to in their places among all."""
    value = np.asarray(value)
    ahead = value.shape[:-1] if value.ndim else ()
    if key not in found:
        found[key] = np.empty((*ahead, count), value.dtype)
    found[key][..., places] = np.broadcast_to(value, (*ahead, len(places)))


def at_both(
    model: Model, values: Mapping[str, Value], searches: Sequence[Moving], line: str,
    ends: Sequence[tuple[str, str]],
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Two values of each search, by the keys that have them, and the line there, (2, searches)."""
    with np.errstate(all="ignore"):  # both arms of where() are computed
        at = Trials(model, values, searches, line, [key for pair in ends for key in pair])
        tried = np.array([[float(at.alone[pair[end]]) for pair in ends] for end in range(2)])
        return tried, at(tried)


def cases_of(
    model: Model, values: Mapping[str, Value], searches: Sequence[Moving], line: str,
    trials: np.ndarray, keys: Sequence[str],
) -> dict[str, Value]:  # fmt: skip
    """Lines at values tried, (columns, searches): one case each, search by search in a column."""
    at = Trials(model, values, searches, line)
    return beside_cases(at.still) | at.cases(trials, keys)

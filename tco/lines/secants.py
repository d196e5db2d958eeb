"""Secants: the value of an input at which a line comes to nothing, from its value at two points.

A straight line through the two says where; the line there is the next point, and so on. Where the
line is nearly straight a few steps come as near as numbers go. Each step is a rule of the project's
words: these functions make the numbers here, and the formulas of a sheet.

Rows run along the columns: the value as it stands, the end of the range that is tried first, the
steps, and the root.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tco.lines.items import Line, Value, line
from tco.lines.model import Model
from tco.lines.roots import AT_NO_VALUE, NOT_GIVEN, Aim, Search, left, start, trial
from tco.lines.trials import Trials
from tco.lines.vocabulary import (
    at_most,
    both,
    either,
    maximum,
    minimum,
    picked,
    previous,
    short_of,
    undefined,
    unless,
    where,
    where_known,
)

STEPS = 6


@dataclass(frozen=True)
class Steps:
    """Searches carried out side by side: their rows as (columns, searches), what each came to."""

    rows: dict[str, np.ndarray]
    base: np.ndarray
    sought: np.ndarray

    @property
    def roots(self) -> list[Value]:
        """The root of each search; undefined where there is none."""
        last, lefts = self.rows["point"][-1], self.rows["left"][-1]
        each = zip(last, lefts, self.base, self.sought, strict=True)
        return [root(*one) for one in each]


@line("Begins at the most", "flag")
def begins_high(left_standing: Any, left_low: Any, left_high: Any) -> Any:
    """1 where the root lies before the most, or is nearer to it than to the least."""
    before_high = short_of(left_standing * left_high, 0)
    before_low = short_of(left_standing * left_low, 0)
    nearer = short_of(maximum(left_high, -left_high), maximum(left_low, -left_low))
    return where(either(before_high, both(unless(before_low), nearer)), 1, 0)


@line("Value tried", "")
def first_point(begins_high: Any, low: Any, high: Any) -> Any:
    """The end of its range to begin with."""
    return where(picked(begins_high, 1), high, low)


@line("Left, 0 where it is nothing", "")
def first_left(begins_high: Any, left_low: Any, left_high: Any) -> Any:
    """At that end."""
    return where(picked(begins_high, 1), left_high, left_low)


@line("From the value before", "")
def run(point: Any) -> Any:
    """How far the value has moved."""
    return point - previous(point)


@line("Gained from the value before", "")
def rise(left: Any, size: Any) -> Any:
    """How far what is left has moved; what is only the rounding of the sums is nothing."""
    gained = left - previous(left)
    return where(at_most(maximum(gained, -gained) * 1e11, size), 0, gained)


def step_point(search: Search) -> Line:
    """The next value: where the straight line through the two before it comes to nothing."""

    def rule(point: Any, run: Any, rise: Any, left: Any) -> Any:
        onward = previous(point) - previous(left) * previous(run) / previous(rise)
        least = (previous(point) + search.least) / 2 if search.open_below else search.least
        kept = maximum(onward, least)
        kept = kept if search.most is None else minimum(kept, search.most)
        return where(picked(previous(rise), 0), previous(point), kept)

    note = "By the straight line through the two before it, within what it may be."
    return Line("point", "Value tried", "", rule, note, ("point", "run", "rise", "left"))


@line("Ties at", "")
def root(point: Any, left: Any, base: Any, sought: Any) -> Any:
    """The last value, where nothing is left there."""
    there = both(picked(left, 0), picked(sought, 1))
    return where_known(where(there, point, undefined(AT_NO_VALUE)), base, NOT_GIVEN)


Pairs = Sequence[tuple[str, str]]


def step(
    model: Model, values: Mapping[str, Value], searches: Sequence[Search], aim: Aim,
    ends: Pairs, at_ends: Pairs,
) -> Steps:  # fmt: skip
    """Carry out searches from the ends of their ranges, all side by side.

    Args:
        model: what is computed.
        values: every input of it, as for `Model.evaluate`, without cases.
        searches: what moves in each.
        aim: what shall come to nothing.
        ends: of each the keys of its least and its most.
        at_ends: of each the keys of what the line comes to there.
    """
    with np.errstate(all="ignore"):  # both arms of where() are computed
        beside = [key for pair in (*ends, *at_ends) for key in pair]
        at = Trials(model, values, searches, aim.line, (aim.sought, aim.size, *beside))
        tried, found = (
            np.array([[float(at.alone[pair[end]]) for pair in pairs] for end in range(2)])
            for pairs in (ends, at_ends)
        )
        return _step(at, searches, aim, tried, found)


def _step(
    at: Trials, searches: Sequence[Search], aim: Aim, ends: np.ndarray, at_ends: np.ndarray
) -> Steps:
    got, count = at.alone, len(searches)
    base = np.array([float(got[one.base]) for one in searches])
    size = np.full(count, float(got[aim.size]))
    lefts = [left(aims, size) for aims in (np.full(count, float(got[aim.line])), *at_ends)]
    from_high = begins_high(*lefts)
    rows: dict[str, list[Any]] = {
        "point": [start(base), first_point(from_high, *map(start, ends))],
        "left": [lefts[0], first_left(from_high, *lefts[1:])],
        "aim": [], "run": [], "rise": [],
    }  # fmt: skip
    for _ in range(STEPS):
        _onward(rows, at, searches, base, size)
    _moved(rows, size)
    sought = np.full(count, float(got[aim.sought]))
    made = {key: np.array(one) for key, one in rows.items()} | {"begins_high": from_high}
    return Steps(made, base, sought)


def _moved(rows: dict[str, list[Any]], size: np.ndarray) -> None:
    """How far the last value and what is left there have moved."""
    rows["run"].append(run(np.array(rows["point"][-2:]))[1])
    rows["rise"].append(rise(np.array(rows["left"][-2:]), size)[1])


def _onward(
    rows: dict[str, list[Any]],
    at: Trials,
    searches: Sequence[Search],
    base: np.ndarray,
    size: np.ndarray,
) -> None:
    """The next value, and what is left there."""
    _moved(rows, size)
    last = {key: np.array([rows[key][-1]] * 2) for key in ("point", "run", "rise", "left")}
    points = [
        step_point(one)(*(column[:, number] for column in last.values()))[1]
        for number, one in enumerate(searches)
    ]
    rows["point"].append(np.array(points))
    (aims,) = at(trial(base, rows["point"][-1])[None])
    rows["aim"].append(aims)
    rows["left"].append(left(aims, size))

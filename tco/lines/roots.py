"""Roots: the value of an input at which a line comes to nothing, found over cases.

A search tries points around an input's value as it stands, each a case of the whole model. Of the
pairs of neighbours between which the line turns, it takes the one whose root, by a straight line,
lies nearest. There it goes on by the rule of false position: exact where the line is straight,
and elsewhere the end that stays counts less each time (the Pegasus method), so that the other
comes too. Every step is a rule of the project's words: these functions make the numbers here, and
the formulas of a sheet whose columns are the cases.

Rows run along the columns: the points, the bracket, the steps, and the root.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tco.lines.items import Line, Value, line
from tco.lines.model import Model
from tco.lines.trials import Trials
from tco.lines.vocabulary import (
    at_most,
    beyond,
    both,
    defined,
    either,
    highest,
    lookup,
    lowest,
    maximum,
    minimum,
    picked,
    previous,
    short_of,
    touches,
    undefined,
    unless,
    where,
    where_known,
)

STEPS = 6
# Places of the points: how far from the value as it stands, over the room on that side. Where
# there is no end above, the room is as much again as the value.
MULTIPLES = (-1.0, -0.5, -0.2, 0.0, 0.25, 1.0, 9.0, 99.0)
SHARES = (-1.0, -0.6, -0.3, 0.0, 0.25, 0.5, 0.75, 1.0)
RATES = (-1.0, -0.3, -0.1, 0.0, 0.05, 0.2, 0.5, 1.0)
GROWTHS = (-0.98, -0.3, -0.1, 0.0, 0.03, 0.1, 0.3, 1.0)
POINTS = len(MULTIPLES)
AT_NO_VALUE, NOTHING_CARRIED = "at no value", "no amount of its own"
NOT_COMPARED = "nothing is compared"
NOT_GIVEN = "not given"  # an input that need not be, such as the price of an offer nobody makes


@dataclass(frozen=True)
class Search:
    """Where a root is looked for.

    Args:
        base: the key of the value as it stands, around which points are tried.
        moves: the inputs, or lines in their place, that take the value tried.
        places: where the points lie, see `MULTIPLES`.
        least, most: the ends of what it may be; no end where `most` is None.
        unit: as much as is tried where it stands at 0 and has no end.
        carries: whether something of the line is gone at the first point, which is then 0.
        open_below: whether it may only come near to `least`.
    """

    base: str
    moves: tuple[str, ...]
    places: tuple[float, ...]
    least: float = 0
    most: float | None = None
    unit: float = 1
    carries: bool = True
    open_below: bool = False


@dataclass(frozen=True)
class Aim:
    """What shall come to nothing: the keys of a line, its flag and its size.

    A root is sought where the flag is 1. What is at most a part in 10^11 of the size is nothing.
    """

    line: str
    sought: str
    size: str


@dataclass
class Found:
    """Searches carried out: their rows as (columns, searches), their scalars one a search."""

    searches: Sequence[Search]
    standing: float  # the line as it stands
    rows: dict[str, np.ndarray]
    scalars: dict[str, np.ndarray]

    @property
    def roots(self) -> list[Value]:
        """The root of each search; undefined where there is none."""
        found, base, last = self.scalars["found"], self.scalars["base"], self.rows["point"][-1]
        return [root(*one) for one in zip(found, last, base, strict=True)]

    @property
    def carried(self) -> list[Value]:
        """What each carries of the line; undefined where that says nothing."""
        number, aims = self.rows["number"], self.rows["aim"][:POINTS]
        base, sought = self.scalars["base"], self.scalars["sought"]
        return [
            carried_by(one)(
                self.standing, number[:, place], aims[:, place], base[place], sought[place]
            )
            for place, one in enumerate(self.searches)
        ]


# ---- the points ----------------------------------------------------------------------------------


@line("As it stands, 0 where it is not given", "")
def start(base: Any) -> Any:
    """What the points lie around."""
    return where(defined(base), base, 0)


def room_below(search: Search) -> Line:
    """How far down it may go."""

    def rule(start: Any) -> Any:
        return start - search.least

    return Line("room_below", "Room below", "", rule, "Down to the least it may be.", ("start",))


def room_above(search: Search) -> Line:
    """How far up it may go, or as much again as it is."""

    def bounded(start: Any) -> Any:
        return search.most - start

    def open_ended(start: Any) -> Any:
        return where(beyond(start, 0), start, search.unit)

    ended = search.most is not None
    note = "Up to the most it may be." if ended else "As much again as it is; a unit where it is 0."
    rule = bounded if ended else open_ended
    return Line("room_above", "Room above", "", rule, note, ("start",))


@line("Value tried", "")
def point(place: Any, start: Any, room_below: Any, room_above: Any) -> Any:
    """Around the value as it stands: a part of the room below, or above."""
    return start + minimum(place, 0) * room_below + maximum(place, 0) * room_above


@line("Value of the case", "")
def trial(base: Any, point: Any) -> Any:
    """What is not given stays so."""
    return where(defined(base), point, undefined("–"))


@line("Left, 0 where it is nothing", "")
def left(aim: Any, size: Any) -> Any:
    """What is only the rounding of the sums is nothing."""
    return where(at_most(maximum(aim, -aim) * 1e11, size), 0, aim)


# ---- the bracket ---------------------------------------------------------------------------------


@line("Turns from the point before", "flag")
def turns(number: Any, left: Any) -> Any:
    """1 where nothing is left at one of the two points, or they are on different sides."""
    return where(both(beyond(number, 1), touches(left * previous(left), 0)), 1, 0)


@line("Part of the way to the root", "share")
def way_between(turns: Any, left: Any) -> Any:
    """From the point before, by a straight line."""
    crossing = both(picked(turns, 1), unless(picked(previous(left), 0)))
    return where(crossing, previous(left) / (previous(left) - left), 0)


@line("How far off that is", "")
def distance(turns: Any, way_between: Any, point: Any, start: Any) -> Any:
    """From the value as it stands."""
    at = previous(point) + (point - previous(point)) * way_between
    return where(picked(turns, 1), maximum(at - start, start - at), undefined("–"))


@line("A root is between two points", "flag")
def found(turns: Any, sought: Any, base: Any) -> Any:
    """1 where it turns anywhere, and is worth seeking."""
    return where(both(picked(highest(turns), 1), picked(sought, 1), defined(base)), 1, 0)


@line("The point after the nearest", "count")
def nearest(found: Any, distance: Any, number: Any) -> Any:
    """Its number, and that of the point before, are the bracket."""
    return where(picked(found, 1), lookup(lowest(distance), distance, number), 2)


@line("Value tried", "")
def bracket_point(nearest: Any, number: Any, point: Any) -> Any:
    """One end of the bracket."""
    return lookup(nearest, number, point)


@line("Left, 0 where it is nothing", "")
def bracket_left(nearest: Any, number: Any, left: Any) -> Any:
    """At that end."""
    return lookup(nearest, number, left)


@line("The other end", "")
def bracket_other(nearest: Any, number: Any, point: Any) -> Any:
    """The point before."""
    return lookup(nearest - 1, number, point)


@line("Left at the other end, as it counts", "")
def bracket_other_left(nearest: Any, number: Any, left: Any) -> Any:
    """At the point before."""
    return lookup(nearest - 1, number, left)


# ---- the steps -----------------------------------------------------------------------------------


@line("Part of the way to the root", "share")
def way(found: Any, left: Any, other_left: Any) -> Any:
    """From the value before to the other end, by a straight line; none where nothing is left."""
    still = either(picked(found, 0), picked(previous(left), 0))
    return where(still, 0, previous(left) / (previous(left) - previous(other_left)))


@line("Value tried", "")
def step_point(point: Any, other: Any, way: Any) -> Any:
    """That part of the way."""
    return previous(point) + (previous(other) - previous(point)) * way


@line("On the other side of the root", "flag")
def crossed(left: Any) -> Any:
    """1 where the value before becomes the other end."""
    return where(short_of(left * previous(left), 0), 1, 0)


@line("What the other end keeps", "share")
def kept(crossed: Any, left: Any) -> Any:
    """Of what counts as left there, if it stays: the less, the less the step has gained."""
    moved = either(picked(crossed, 1), picked(previous(left), 0))
    return where(moved, 1, previous(left) / (previous(left) + left))


@line("The other end", "")
def other(crossed: Any, point: Any, other: Any) -> Any:
    """The value before, where the root lies between."""
    return where(picked(crossed, 1), previous(point), previous(other))


@line("Left at the other end, as it counts", "")
def other_left(crossed: Any, left: Any, other_left: Any, kept: Any) -> Any:
    """Less each time that the other end stays."""
    return where(picked(crossed, 1), previous(left), previous(other_left) * kept)


@line("Ties at", "")
def root(found: Any, point: Any, base: Any) -> Any:
    """The last value, where one was found."""
    return where_known(where(picked(found, 1), point, undefined(AT_NO_VALUE)), base, NOT_GIVEN)


def carried_by(search: Search) -> Line:
    """What is gone of the line where the value is 0."""

    def gone(standing: Any, number: Any, aim: Any, base: Any, sought: Any) -> Any:
        carried = where(
            picked(sought, 1), standing - lookup(1, number, aim), undefined(NOT_COMPARED)
        )
        return where_known(carried, base, NOT_GIVEN)

    def nothing(standing: Any, number: Any, aim: Any, base: Any, sought: Any) -> Any:
        return where_known(undefined(NOTHING_CARRIED), base, NOT_GIVEN)

    note = "As it stands, less the first point, which is at 0."
    needs = ("standing", "number", "aim", "base", "sought")
    return Line("carried", "Carried", "", gone if search.carries else nothing, note, needs)


# ---- in numbers ----------------------------------------------------------------------------------


def find(model: Model, values: Mapping[str, Value], searches: Sequence[Search], aim: Aim) -> Found:
    """Carry out searches, side by side, all points of all of them as cases at once.

    Args:
        values: every input of the model, as for `Model.evaluate`, without cases.
    """
    with np.errstate(all="ignore"):  # both arms of where() are computed
        at = Trials(model, values, searches, aim.line, (aim.sought, aim.size))
        return _find(at, searches, aim)


def _find(at: Trials, searches: Sequence[Search], aim: Aim) -> Found:
    got = at.alone
    base = np.array([float(got[one.base]) for one in searches])
    sought, size = (np.full(len(searches), float(got[key])) for key in (aim.sought, aim.size))
    scalars = {"base": base, "sought": sought, "start": start(base)}
    for make in (room_below, room_above):
        pairs = zip(searches, scalars["start"], strict=True)
        scalars[make.__name__] = np.array([float(make(one)(value)) for one, value in pairs])
    place = np.array([one.places for one in searches]).T
    number = np.broadcast_to(np.arange(1.0, POINTS + 1)[:, None], place.shape)
    points = point(place, scalars["start"], scalars["room_below"], scalars["room_above"])
    aims = at(trial(base, points))
    lefts = left(aims, size)
    turned = turns(number, lefts)
    ways = way_between(turned, lefts)
    apart = distance(turned, ways, points, scalars["start"])
    scalars["found"] = has = found(turned, sought, base)
    scalars["nearest"] = near = nearest(has, apart, number)
    rows = {
        "point": [*points, bracket_point(near, number, points)],
        "left": [*lefts, bracket_left(near, number, lefts)],
        "other": [bracket_other(near, number, points)],
        "other_left": [bracket_other_left(near, number, lefts)],
        "aim": [*aims], "way": [], "crossed": [], "kept": [],
    }  # fmt: skip
    for _ in range(STEPS):
        _step(rows, has, base, size, at)
    _move(rows, has)
    made = {"place": place, "number": number, "turns": turned, "way_between": ways}
    made |= {"distance": apart} | {key: np.array(one) for key, one in rows.items()}
    return Found(searches, float(got[aim.line]), made, scalars)


def _last(rows: Mapping[str, list[Any]], key: str, now: Any = np.nan) -> np.ndarray:
    """A row as a step sees it: the column before, and this one."""
    return np.array(np.broadcast_arrays(rows[key][-1], now))


def _move(rows: dict[str, list[Any]], has: Any) -> None:
    """The next value tried."""
    rows["way"].append(way(has, _last(rows, "left"), _last(rows, "other_left"))[1])
    rows["point"].append(step_point(_last(rows, "point"), _last(rows, "other"), rows["way"][-1])[1])


def _step(rows: dict[str, list[Any]], has: Any, base: Any, size: Any, at: Trials) -> None:
    """One step: the next value, what is left there, and the bracket that it leaves."""
    before = _last(rows, "point")
    _move(rows, has)
    (aim,) = at(trial(base, rows["point"][-1])[None])
    rows["aim"].append(aim)
    lefts = _last(rows, "left", left(aim, size))
    rows["crossed"].append(crossed(lefts)[1])
    rows["kept"].append(kept(rows["crossed"][-1], lefts)[1])
    others, other_lefts = _last(rows, "other"), _last(rows, "other_left")
    rows["other"].append(other(rows["crossed"][-1], before, others)[1])
    rows["other_left"].append(
        other_left(rows["crossed"][-1], lefts, other_lefts, rows["kept"][-1])[1]
    )
    rows["left"].append(lefts[1])


__all__ = ["AT_NO_VALUE", "Aim", "Found", "Search", "find"]

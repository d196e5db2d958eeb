"""Examples of the lines that every driver has alike, worked out from what its input declares.

A driver is made of an input, so its examples follow from the input's bounds and from how far it
says that it is off; the columns of all drivers have in each row what the row's name says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from tco.lines import Given, Model
from tests.lines.worked import Example, value_of

# What is a driver in more than its own input: by the line that has its value, or its range.
OTHERWISE = {"server_price": ("server_unit_price", "server_evidence"),
             "discount_rate": ("deciding_rate", "discount_rate")}  # fmt: skip
LINES_OF_SHARES = ("utilization",)  # drivers that are lines in some kinds
BY_HAND = ("rent_growth", "discount_rate")  # in tests/lines/examples/ranges.py


def examples_of(model: Model) -> Iterator[Example]:
    """The examples of every driver of a model, and of the columns that put them together."""
    yield from _board(model)
    if "drivers" not in model.axes:
        return
    ids = model.axes["drivers"].ids
    for key in ids:
        yield from _width(model, key)
        if key not in BY_HAND:
            yield from _ends(model, key)
        yield from _tie(model, key)
    yield from _columns(model, ids)
    yield from _swings(model)
    yield from _pairs(model)


def _board(model: Model) -> Iterator[Example]:
    """The size of the amount that the first sheet of a kind is scaled by, whoever it favours."""
    (amount,) = model.lines["board_size"].needs
    yield _example(model, "board_size", 7.0, **{amount: -7})
    yield _example(model, "board_size", 0.0, **{amount: None})


def _example(model: Model, key: str, gives: object = None, why: str = "", **has: object) -> Example:
    line = model.lines[key]
    assert set(has) == set(line.needs), (key, line.needs)
    values = {need: value_of(one) for need, one in has.items()}
    return Example(line, values, gives, why, f"driver {key}")


def _of(model: Model, key: str) -> tuple[str, str]:
    """The key of a driver's value, and of what its range is of, as its line reads them."""
    needs = model.lines[f"low_{key}"].needs
    value, behind = OTHERWISE.get(key, (key, key))
    found = next(one for one in (value, key, f"known_{key}") if one in needs)
    return found, next(one for one in (behind, f"known_{key}", key) if f"{one}_low" in needs)


def _bounds(model: Model, key: str) -> tuple[float, float, bool]:
    """The least, the most of a share, and whether it changes in points."""
    given = model.givens.get(key)
    if not isinstance(given, Given):
        return 0.0, 1.0 if key in LINES_OF_SHARES else math.inf, False
    least = given.least if given.least is not None else given.above or 0.0
    most = given.most if given.unit == "share" and given.most is not None else math.inf
    return least, most, given.off_by == "points"


def _width(model: Model, key: str) -> Iterator[Example]:
    column = "grade_points" if _bounds(model, key)[2] else "grade_share"
    for kind, width in (("quote", 0.05), ("guess", 0.4)):
        has = {f"kind_{key}": kind, "grades": ["quote", "guess"], column: [0.05, 0.4]}
        yield _example(model, f"width_{key}", width, **has)


def _ends(model: Model, key: str) -> Iterator[Example]:
    """Its own range, else a quarter or 5 points either side, and never beyond its bounds."""
    value, behind = _of(model, key)
    least, most, points = _bounds(model, key)
    base, width = (0.5, 0.05) if points else (max(least, 0.5) * 1.6, 0.25)
    away = width if points else base * width
    for end, sign, own in (("low", -1, base * 0.875), ("high", 1, base * 1.125)):
        line, has = f"{end}_{key}", f"{behind}_{end}"
        wide = min(max(base + sign * away, least), most)
        given = {value: base, f"width_{key}": width}
        yield _example(model, line, min(own, most), **given, **{has: own})
        yield _example(model, line, wide, **given, **{has: None})
        yield _example(model, line, least, **given, **{has: least - 1})
        yield _example(model, line, why="not given", **{**given, value: None, has: own})
        if most < math.inf:
            yield _example(model, line, most, **given, **{has: most + 1})


def _tie(model: Model, key: str) -> Iterator[Example]:
    """A gain of 4 over a range of 4: where 5 are left at 8, nothing is left at 3."""
    if f"line_{key}" not in model.lines:
        return
    value, _ = _of(model, key)
    yield _example(model, f"gain_{key}", 4, **{f"at_low_{key}": 3, f"at_high_{key}": 7})
    ends = {value: 8, f"low_{key}": 6, f"high_{key}": 10}
    aims = {"deciding_advantage": 5, "ties_sought": 1}
    line, gain = f"line_{key}", f"gain_{key}"
    yield _example(model, line, 3, **ends, **aims, **{gain: 4})
    yield _example(model, line, 10.5, **ends, **aims, **{gain: -8})
    yield _example(model, line, why="at no value", **ends, **aims, **{gain: 0})
    yield _example(model, line, why="at no value", **ends, **{**aims, "ties_sought": 0, gain: 4})
    yield _example(model, line, why="not given", **{**ends, value: None}, **aims, **{gain: 4})
    least, most, _ = _bounds(model, key)
    inside = least + 0.5
    yield _example(model, f"tie_{key}", inside, **{line: inside})
    yield _example(model, f"tie_{key}", why="at no value", **{line: least - 0.125})
    yield _example(model, f"tie_{key}", why="at no value", **{line: None})
    if most < math.inf:
        yield _example(model, f"tie_{key}", why="at no value", **{line: most + 0.125})


def _columns(model: Model, ids: tuple[str, ...]) -> Iterator[Example]:
    """In each row the line of the driver that names it."""
    numbers = np.arange(3.0, 3 + len(ids))
    patterns = {"driver_least": "low_{}", "driver_most": "high_{}", "driver_low": "at_low_{}",
                "driver_high": "at_high_{}", "driver_turns_at": "tie_{}"}  # fmt: skip
    for column, pattern in patterns.items():
        if column in model.lines:
            has = {pattern.format(key): one for key, one in zip(ids, numbers, strict=True)}
            yield _example(model, column, list(numbers), **has)
    values = {_of(model, key)[0]: one for key, one in zip(ids, numbers, strict=True)}
    yield _example(model, "driver_value", list(numbers), **values)
    if "driver_in_points" in model.lines:
        rates = [float(_bounds(model, key)[2]) for key in ids]
        yield _example(model, "driver_in_points", rates)


def _swings(model: Model) -> Iterator[Example]:
    """From the outcome of the kind, 5 as it stands."""
    outcome = model.lines["driver_swing"].needs[-1]
    has = {"driver_span": [1, 1, 1, 0, 1], "driver_low": [3, 3, 7, 3, None],
           "driver_high": [7, 4, 3, 7, 7], outcome: 5}  # fmt: skip
    yield _example(model, "driver_swing", [4, 2, 4, None, None], **has)
    has |= {"driver_low": [3] * 5, "driver_high": [7, 7, 7, 7, None], outcome: 11}
    yield _example(model, "driver_swing", [8, 8, 8, None, None], **has)
    has = {"driver_span": [1, 1, 0, 1], "driver_low": [3, 7, 3, None], "driver_high": [7, 2, 7, 7]}
    yield _example(model, "driver_gain", [4, -5, 0, 0], **has)
    for end in ("low", "high"):
        has = {f"tornado_advantage_{end}": [8, 3, None], outcome: 5}
        yield _example(model, f"tornado_{end}_change", [3, -2, None], **has)


def _pairs(model: Model) -> Iterator[Example]:
    """Two drivers by their place in the tornado, and each pair of their values in its own cell."""
    steps, place = ("least", "plan", "most"), "pair_{}_place"
    for side, first, at in (("down", "largest swing", 1), ("across", "second largest swing", 2)):
        of = {"drivers": ["mfu", "pue"], "driver_place": [7, 5]}
        yield _example(model, place.format(side), 5, **{f"pair_{side}": "pue"}, **of)
        yield _example(model, place.format(side), at, **{f"pair_{side}": first}, **of)
        for what, column in (("least", "driver_least"), ("plan", "driver_value"),
                             ("most", "driver_most")):  # fmt: skip
            has = {place.format(side): 2, "driver_place": [3, 2, 1], column: [7, 11, 13]}
            line = f"pair_{side}_{what}"
            yield _example(model, line, 11, **has, driver_span=[0, 3, 0])
            yield _example(model, line, why="–", **has, driver_span=[3, 0, 5])
        values = {f"pair_{side}_{what}": one for what, one in zip(steps, (3, 5, 7), strict=True)}
        yield _example(model, f"pair_{side}_value", [3, 5, 7], **values)
    for across in steps:
        cells = {f"pair_{down}_{across}": one for down, one in zip(steps, (2, 3, 5), strict=True)}
        yield _example(model, f"pair_at_{across}", [2, 3, 5], **cells)

"""The draws of the ownership model, carried out: every driver from its range, through all lines."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tco.draws.ranks import matrix, possible
from tco.draws.spreads import PERT, Spread
from tco.draws.statistics import Histogram, Total, histogram, mean, quantile, share_above
from tco.draws.trials import Outcome, Plan, run
from tco.lines import Given, Model, Undefined
from tco.lines.evaluation import at_cases
from tco.model.own.correlation import Correlation, pairs
from tco.model.own.draws import NOTHING_DRAWN, QUANTILES, UNDRAWN
from tco.model.own.driver import Driver
from tco.model.own.drivers import AIM
from tco.model.own.rival import option_labels

OUTDATED, BARS = "draws_outdated", 30
CLOSE = 1e-9  # of an input's size: what differs by less is not another input
SETTINGS = ("draws", "seed")


@dataclass(frozen=True)
class Drawn:
    """What the draws of a scenario came to, and what they were made of.

    Attributes:
        results: the inputs that nobody gives, by key.
        ends: the least, the value and the most of each driver, by its key, as they stood.
        spreads: how each driver was spread, by its key; those alone that have a range.
        wished, had: the rank correlations of pairs of drivers, asked for and got.
        totals: the total index of each driver, with its standard error; of so many `pairs`.
        bars: the advantage, counted in bars; None where nothing was drawn.
        inputs: what the draws rest on, as it stood: by key a number, a text or a column.
    """

    results: Mapping[str, Any]
    ends: Mapping[str, tuple[Any, ...]]
    spreads: Mapping[str, Spread]
    wished: Mapping[tuple[str, str], float]
    had: Mapping[tuple[str, str], float]
    totals: Mapping[str, Total]
    pairs: int
    bars: Histogram | None
    inputs: Mapping[str, Any]


def has_draws(model: Model) -> bool:
    """Whether a model has drivers to draw."""
    return OUTDATED in model


def drawn_keys(model: Model) -> tuple[str, ...]:
    """The inputs that the draws come to; none for a model without drivers."""
    if not has_draws(model):
        return ()
    drivers, options = model.members.all(Driver), option_labels(model.members)
    return (
        "probability_own_better", "advantage_mean", *(f"advantage_{one}" for one in QUANTILES),
        *(f"npv_{key}_{one}" for key, _ in options for one in QUANTILES),
        *(f"{order}_order_{one.key}" for one in drivers for order in ("first", "total")),
    )  # fmt: skip


def undrawn(model: Model) -> dict[str, Any]:
    """What the draws come to until they are carried out."""
    found: dict[str, Any] = {key: Undefined(UNDRAWN) for key in drawn_keys(model)}
    return found | ({OUTDATED: 0.0} if has_draws(model) else {})


# ---- what is drawn, and of what ------------------------------------------------------------------


def ends(driver: Driver) -> tuple[str, str, str]:
    """The lines that have a driver's least, its value and its most."""
    return f"low_{driver.key}", driver.value, f"high_{driver.key}"


def ends_of(model: Model, numbers: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """What these lines come to, of each driver by its key."""
    return {one.key: tuple(numbers[key] for key in ends(one)) for one in model.members.all(Driver)}


def spread_of(driver: Driver, numbers: Mapping[str, Any], kind: str = PERT) -> Spread | None:
    """How a driver is spread; None for one that is not given, or has no range."""
    low, base, high = (float(numbers[key]) for key in ends(driver))
    if not low < high or base != base:
        return None
    return Spread(kind, low, base, high, driver.least, driver.most)


def spread_keys(model: Model) -> dict[str, str]:
    """The input beside which it says how a driver is spread, by the driver's key."""
    found = {}
    for one in model.members.all(Driver):
        keys = (one.key, one.value, *one.search.moves)
        found[one.key] = next((key for key in keys if key in model.givens), one.key)
    return found


def moves_of(model: Model) -> dict[str, tuple[str, ...]]:
    """What takes the draws of each driver, by its key; nothing twice."""
    drivers = model.members.all(Driver)
    moved = {one.key: one.search.moves for one in drivers}
    own = {key: one.key for one in drivers for key in one.search.moves if key == one.key}
    return {
        driver: tuple(key for key in keys if own.get(key, driver) == driver)
        for driver, keys in moved.items()
    }


def wishes(model: Model, values: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    """The rank correlations asked for, by pairs of drivers; without those of 0."""
    return {
        pair: float(values[one.key])
        for one in model.members.all(Correlation)
        for pair in pairs(model.members, one)
        if float(values[one.key])
    }


def impossible(model: Model, values: Mapping[str, Any]) -> list[str]:
    """The inputs whose correlations no numbers can have together; none where they can.

    Where one of several may be withdrawn, those are named; else all of them.
    """
    every = [one.key for one in model.members.all(Correlation)]
    if _together(wishes(model, values)):
        return []
    asked = [key for key in every if key in values]
    without = [key for key in asked if _together(wishes(model, {**values, key: 0.0}))]
    return without or asked


def _together(wished: Mapping[tuple[str, str], float]) -> bool:
    """Whether numbers can have these correlations together."""
    names = list(dict.fromkeys(name for pair in wished for name in pair))
    places = {(names.index(one), names.index(other)): v for (one, other), v in wished.items()}
    return possible(matrix(len(names), places))


def basis(model: Model) -> tuple[str, ...]:
    """The inputs that draws rest on: settings, and what leads to the advantage or to a range."""
    drivers = model.members.all(Driver)
    wanted = [AIM.line, AIM.sought, *_npvs(model), *(end for one in drivers for end in ends(one))]
    behind = model.upstream(wanted)
    settings = {*SETTINGS, *(one.key for one in model.members.all(Correlation))}
    return tuple(
        key for key, one in model.givens.items()
        if key in settings or (key in behind and not (one.of or one.counted or _fixed(model, one)))
    )  # fmt: skip


def _fixed(model: Model, given: Given) -> bool:
    """Years and the rows of the catalogue: nobody types them."""
    return given.along is not None and given.along not in model.tables


def _npvs(model: Model) -> dict[str, str]:
    """The NPV that decides of each option, by its key, and the option."""
    return {f"{key}_deciding_npv": key for key, _ in option_labels(model.members)}


# ---- the draws -----------------------------------------------------------------------------------


def draw(model: Model, numbers: Mapping[str, Any], kinds: Mapping[str, str]) -> Drawn:
    """Carry out the draws.

    Args:
        numbers: every input and line, as they stand.
        kinds: of drivers that are spread otherwise than PERT has it, how.
    """
    stated = {key: numbers[key] for key in basis(model)}
    stood = ends_of(model, numbers)
    asked = [*stated.values(), *(end for three in stood.values() for end in three)]
    known = tuple(repr(one) for value in asked for one in cells(value))
    return _draw(_Asked(model, known, tuple(sorted(kinds.items())), numbers, kinds))


@dataclass(frozen=True)
class _Asked:
    """What is to be drawn: the same where all that it rests on is the same."""

    model: Model
    known: tuple[str, ...]  # the inputs and the ends of ranges, as they are written
    spread: tuple[tuple[str, str], ...]
    numbers: Mapping[str, Any] = field(compare=False)
    kinds: Mapping[str, str] = field(compare=False)


@functools.lru_cache(maxsize=16)
def _draw(asked: _Asked) -> Drawn:
    model, numbers, kinds = asked.model, asked.numbers, asked.kinds
    inputs = {key: numbers[key] for key in basis(model)}
    stood = ends_of(model, numbers)
    found = {one.key: spread_of(one, numbers, kinds.get(one.key, PERT))
             for one in model.members.all(Driver)}  # fmt: skip
    spreads = {key: one for key, one in found.items() if one is not None}
    wished = {pair: value for pair, value in wishes(model, numbers).items()
              if set(pair) <= spreads.keys()}  # fmt: skip
    if not float(numbers[AIM.sought]) or not spreads:
        nothing = dict.fromkeys(drawn_keys(model), Undefined(NOTHING_DRAWN))
        return Drawn(nothing, stood, spreads, wished, {}, {}, 0, None, inputs)
    plan = Plan(round(numbers["draws"]), round(numbers["seed"]), spreads, wished, AIM.line)
    moves, keys = moves_of(model), [AIM.line, *_npvs(model)]

    def through(columns: Mapping[str, Any]) -> dict[str, Any]:
        varied = {key: column for name, column in columns.items() for key in moves[name]}
        return at_cases(model, numbers, varied, keys)

    outcome = run(plan, through)
    bars = histogram(outcome.results[AIM.line], BARS)
    results = _results(model, outcome, found)
    return Drawn(
        results, stood, spreads, wished, outcome.had, outcome.totals, outcome.pairs, bars, inputs
    )


def _results(
    model: Model, outcome: Outcome, spreads: Mapping[str, Spread | None]
) -> dict[str, Any]:
    """What the draws come to, by the keys of the inputs that nobody gives."""
    advantages = outcome.results[AIM.line]
    found: dict[str, Any] = {
        "probability_own_better": share_above(advantages),
        "advantage_mean": mean(advantages),
    }
    found |= {f"advantage_{name}": quantile(advantages, share)
              for name, share in QUANTILES.items()}  # fmt: skip
    for key, option in _npvs(model).items():
        npvs = outcome.results[key]
        for name, share in QUANTILES.items():
            known = not (npvs != npvs).any()
            value: Any = quantile(npvs, share) if known else Undefined("not offered")
            found[f"npv_{option}_{name}"] = value
    for driver in spreads:
        index = outcome.totals.get(driver)
        found[f"first_order_{driver}"] = outcome.first.get(driver, 0.0)
        found[f"total_order_{driver}"] = index.index if index else 0.0
    return found


# ---- whether they are of the inputs as they stand ------------------------------------------------


def outdated(model: Model, drawn: Drawn, numbers: Mapping[str, Any]) -> int:
    """How many inputs, and ends of ranges, differ from those that the draws rest on."""
    count = sum(
        differs(was, now)
        for key, column in drawn.inputs.items()
        for was, now in zip(cells(column), cells(numbers[key]), strict=True)
    )
    now_ends = ends_of(model, numbers)
    return count + sum(
        differs(was, now)
        for key, stood in drawn.ends.items()
        for was, now in zip(stood, now_ends[key], strict=True)
    )


def cells(value: Any) -> list[Any]:
    """A column's values, or the one that there is."""
    return list(value) if getattr(value, "ndim", 0) else [value]


def differs(was: Any, now: Any) -> bool:
    """Whether an input is another one: words in any case, numbers by a part in a billion."""
    if isinstance(was, str) and isinstance(now, str):
        return was.casefold() != now.casefold()
    if isinstance(was, str) or isinstance(now, str):
        return True
    was, now = float(was), float(now)
    return not (abs(now - was) <= CLOSE * abs(was) or (was != was and now != now))


__all__ = [
    "Drawn", "basis", "cells", "differs", "draw", "drawn_keys", "ends", "has_draws", "impossible",
    "outdated", "spread_keys", "undrawn",
]  # fmt: skip

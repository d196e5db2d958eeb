"""Trials: many draws of inputs put through a function of all of them, and what that says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tco.draws.floats import Floats
from tco.draws.ranks import correlated, matrix, rank_correlation
from tco.draws.spreads import Spread
from tco.draws.statistics import Total, first_order, total, variance
from tco.draws.strata import Strata

# Of the draws for total indices: as many again as there are draws, and twice, but no more pairs.
AS_MANY_AGAIN, MOST_PAIRS, LEAST_PAIRS = 2, 1000, 50

# What inputs come to: for columns of draws by name, results by name, each (draws,).
Through = Callable[[Mapping[str, Floats]], Mapping[str, Floats]]


@dataclass(frozen=True)
class Plan:
    """What is drawn.

    Args:
        count: how many draws.
        seed: of the generator.
        spreads: how each input is spread, by its name.
        wished: rank correlations of pairs of them; 0 of all others.
        aim: the result whose variance is taken apart.
    """

    count: int
    seed: int
    spreads: Mapping[str, Spread]
    wished: Mapping[tuple[str, str], float]
    aim: str


@dataclass(frozen=True)
class Outcome:
    """What the draws came to.

    Attributes:
        results: by name, (draws,) each, of correlated draws.
        had: the rank correlations of the pairs that were wished.
        first: the first-order index of each input, of draws without correlation.
        totals: the total index of each input, likewise.
        pairs: of how many pairs each total index is.
    """

    results: Mapping[str, Floats]
    had: Mapping[tuple[str, str], float]
    first: Mapping[str, float]
    totals: Mapping[str, Total]
    pairs: int


def run(plan: Plan, through: Through) -> Outcome:
    """Draw, and put the draws through. Raises `ranks.ImpossibleError`."""
    names, strata = list(plan.spreads), Strata(plan.seed)
    shares = dict(zip(names, strata.columns(plan.count, len(names)), strict=True))
    apart = _values(plan, shares)
    others = _pairs(plan)
    drawn = _correlated(plan, apart)
    results = through(drawn)
    alone = through(apart)[plan.aim] if plan.wished else results[plan.aim]
    had = {(one, other): rank_correlation(drawn[one], drawn[other]) for one, other in plan.wished}
    again = dict(zip(names, strata.columns(others, len(names)), strict=True))
    totals = _totals(plan, through, apart, alone, _values(plan, again))
    first = {name: first_order(apart[name], alone) for name in names}
    return Outcome(results, had, first, totals, others)


def _values(plan: Plan, shares: Mapping[str, Floats]) -> dict[str, Floats]:
    return {name: plan.spreads[name].quantile(below) for name, below in shares.items()}


def _pairs(plan: Plan) -> int:
    """How many pairs a total index is of."""
    room = AS_MANY_AGAIN * plan.count // max(len(plan.spreads), 1)
    return min(plan.count, max(LEAST_PAIRS, min(MOST_PAIRS, room)))


def _correlated(plan: Plan, apart: Mapping[str, Floats]) -> dict[str, Floats]:
    """The same values, those that are to go together in another order."""
    together: Sequence[str] = list(dict.fromkeys(name for pair in plan.wished for name in pair))
    if not together:
        return dict(apart)
    places = {name: place for place, name in enumerate(together)}
    wished = {(places[one], places[other]): value for (one, other), value in plan.wished.items()}
    columns = np.array([apart[name] for name in together])
    ordered = correlated(columns, matrix(len(together), wished))
    return {**apart, **dict(zip(together, ordered, strict=True))}


def _totals(
    plan: Plan, through: Through, apart: Mapping[str, Floats], alone: Floats,
    again: Mapping[str, Floats],
) -> dict[str, Total]:  # fmt: skip
    """The first draws once more, each input in turn with another value: all of them at once."""
    names = list(apart)
    pairs, whole = len(next(iter(again.values()), ())), variance(alone)
    if not names or not whole:
        return dict.fromkeys(names, Total(0.0, 0.0))
    columns = {}
    for place, name in enumerate(names):
        columns[name] = np.tile(apart[name][:pairs], len(names))
        columns[name][place * pairs : (place + 1) * pairs] = again[name]
    changed = through(columns)[plan.aim].reshape(len(names), pairs)
    return {name: total(alone[:pairs], changed[place], whole) for place, name in enumerate(names)}

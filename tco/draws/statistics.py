"""What many results say: quantiles, shares, a histogram, and what their variance comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tco.draws.floats import Floats


def mean(results: Floats) -> float:
    """Rounded once."""
    return math.fsum(results.tolist()) / len(results)


def variance(results: Floats) -> float:
    """Of all the results there are."""
    away = results - mean(results)
    return mean(away * away)


def quantile(results: Floats, share: float) -> float:
    """What a share of the results lies below, by a straight line between neighbours."""
    ordered, place = np.sort(results), share * (len(results) - 1)
    first = min(int(place), len(results) - 2)
    low, high = float(ordered[first]), float(ordered[first + 1])
    return low + (high - low) * (place - first)


def share_above(results: Floats, bound: float = 0.0) -> float:
    """The share of the results that lies above a bound."""
    return int(np.count_nonzero(results > bound)) / len(results)


@dataclass(frozen=True)
class Histogram:
    """Results counted between edges: one edge more than shares, which add up to 1."""

    edges: tuple[float, ...]
    shares: tuple[float, ...]


def histogram(results: Floats, most: int) -> Histogram:
    """At most so many bars of one width, which is 1, 2, 2.5 or 5 times a power of ten.

    They hold 99 % of the results; the first and the last count those beyond them too.
    """
    low, high = quantile(results, 0.005), quantile(results, 0.995)
    width = _round_width((high - low) / (most - 1))
    first, last = math.floor(low / width), max(math.ceil(high / width), math.floor(low / width) + 1)
    edges = [number * width for number in range(first, last + 1)]
    places = np.searchsorted(np.array(edges[1:-1]), results, side="left")
    counts = np.bincount(places, minlength=last - first)
    return Histogram(tuple(edges), tuple(int(one) / len(results) for one in counts))


def _round_width(least: float) -> float:
    """The next of 1, 2, 2.5 and 5 times a power of ten; 1 where all results are the same."""
    if not least > 0:
        return 1.0
    scale = float(f"1e{f'{least:e}'.partition('e')[2]}")
    return next(scale * one for one in (1, 2, 2.5, 5, 10) if scale * one >= least)


# ---- Sobol's indices ----------------------------------------------------------------------------


def first_order(drawn: Floats, results: Floats) -> float:
    """The share of the variance of the results that goes with one input alone.

    The draws are cut into as many groups of neighbours as each then has members. What the means
    of the groups vary, less what chance alone makes them vary, is due to the input.

    Args:
        drawn: the input's draws, with no correlation to others: (draws,).
        results: what each comes to: (draws,).
    """
    whole = variance(results)
    groups = math.isqrt(len(results))
    size = len(results) // groups
    if not whole or size < 2:
        return 0.0
    ordered = results[np.argsort(drawn, kind="stable")][: groups * size].reshape(groups, size)
    within = math.fsum(variance(one) for one in ordered) / groups * size / (size - 1)
    between = variance(np.array([mean(one) for one in ordered])) * groups / (groups - 1)
    return min(max((between - within / size) / whole, 0.0), 1.0)


@dataclass(frozen=True)
class Total:
    """A total index, and its standard error."""

    index: float
    error: float


def total(results: Floats, changed: Floats, whole: float) -> Total:
    """The share of the variance that is gone once an input is known, by Jansen (1999).

    Args:
        results: so many results: (pairs,).
        changed: the same, each with another draw of this one input: (pairs,).
        whole: the variance of all results.
    """
    if not whole:
        return Total(0.0, 0.0)
    apart = results - changed
    halves = apart * apart / (2 * whole)
    return Total(mean(halves), math.sqrt(variance(halves) / max(len(halves) - 1, 1)))

"""Rank correlation: columns put into another order until their ranks go together as wished.

The method is Iman's and Conover's (1982): no column loses or gains a value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from tco.draws.floats import Floats
from tco.draws.quantiles import normal

Matrix = list[list[float]]


class ImpossibleError(ValueError):
    """Correlations that no numbers can have together."""


def matrix(count: int, wished: dict[tuple[int, int], float]) -> Matrix:
    """A matrix of correlations: 1 on the diagonal, 0 where nothing is wished."""
    found = [[float(row == column) for column in range(count)] for row in range(count)]
    for (one, other), value in wished.items():
        found[one][other] = found[other][one] = value
    return found


def possible(wished: Matrix) -> bool:
    """Whether numbers can have these correlations together: all are below 1, and hang together."""
    try:
        _root(_of_scores(wished))
    except ImpossibleError:
        return False
    return True


def correlated(columns: Floats, wished: Matrix) -> Floats:
    """The columns, (columns, draws), each in an order that gives the rank correlations wished.

    Raises `ImpossibleError` where no numbers can have them together.
    """
    count = columns.shape[1]
    scores = normal(np.arange(1.0, count + 1) / (count + 1))
    shuffled = np.array([scores[_ranks(one)] for one in columns])
    had = _root([[_product(one, other) for other in shuffled] for one in shuffled])
    wanted = _root(_of_scores(wished))
    made: list[Floats] = []
    for row in _times(wanted, _inverse(had)):
        moved = np.zeros(count)
        for weight, column in zip(row, shuffled, strict=True):
            if weight:
                moved = moved + weight * column
        made.append(moved)
    ordered = [np.sort(one)[_ranks(into)] for one, into in zip(columns, made, strict=True)]
    return np.array(ordered)


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's, of two columns of as many numbers without ties."""
    ranks = [_ranks(column) - (len(column) - 1) / 2 for column in (one, other)]
    return _product(*ranks) / _product(ranks[0], ranks[0])


def _ranks(column: Floats) -> Floats:
    """The place of each number among all, from 0."""
    found = np.empty(len(column), dtype=np.int64)
    found[np.argsort(column, kind="stable")] = np.arange(len(column))
    return found


def _product(one: Floats, other: Floats) -> float:
    return math.fsum((one * other).tolist())


def _of_scores(wished: Matrix) -> Matrix:
    """The correlations of normal scores whose ranks are correlated as wished: 2 sin(pi/6 r)."""
    return [
        [value if row == column else 2 * _sine(math.pi / 6 * value)
         for column, value in enumerate(values)]
        for row, values in enumerate(wished)
    ]  # fmt: skip


def _sine(x: float) -> float:
    """By its series, for small numbers: a C library's differs in the last digit."""
    found = term = x
    for number in range(2, 24, 2):
        term *= -x * x / (number * (number + 1))
        found += term
    return found


def _root(of: Sequence[Sequence[float]]) -> Matrix:
    """The lower triangle whose square is the matrix (Cholesky's)."""
    found: Matrix = []
    for row, values in enumerate(of):
        made: list[float] = []
        for column in range(row):
            left = values[column] - math.fsum(
                a * b for a, b in zip(made, found[column][:column], strict=False)
            )
            made.append(left / found[column][column])
        rest = values[row] - math.fsum(one * one for one in made)
        if not rest > 1e-12 * values[row]:
            raise ImpossibleError("no numbers can have these correlations together")
        found.append([*made, math.sqrt(rest), *[0.0] * (len(of) - row - 1)])
    return found


def _inverse(lower: Matrix) -> Matrix:
    count = len(lower)
    found = [[0.0] * count for _ in range(count)]
    for column in range(count):
        for row in range(column, count):
            left = float(row == column) - math.fsum(
                lower[row][at] * found[at][column] for at in range(column, row)
            )
            found[row][column] = left / lower[row][row]
    return found


def _times(one: Matrix, other: Matrix) -> Matrix:
    columns = list(zip(*other, strict=True))
    return [[math.fsum(a * b for a, b in zip(row, column, strict=True)) for column in columns]
            for row in one]  # fmt: skip

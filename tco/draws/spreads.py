"""Spreads: how a number is spread over its range, and where shares of its draws lie below."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tco.draws.floats import Floats
from tco.draws.quantiles import P95, SHAPE, beta, normal
from tco.lines.elementary import power

PERT, UNIFORM, TRIANGULAR = "pert", "uniform", "triangular"
NORMAL, LOGNORMAL = "normal", "lognormal"
# What the ends of the range and the value between them mean, of each kind.
KINDS = {
    PERT: "the value is the likeliest, nothing lies beyond low and high",
    TRIANGULAR: "the same by straight lines, with more weight towards the ends",
    UNIFORM: "everything between low and high is as likely",
    NORMAL: "90 % lie between low and high, as far above their middle as below it",
    LOGNORMAL: "90 % lie between low and high, as many times above their middle as below it",
}


@dataclass(frozen=True)
class Spread:
    """How a number is spread: of a kind, over a range.

    Args:
        kind: one of `KINDS`, which says what low, base and high mean.
        low, base, high: in the number's unit, low <= base <= high and low < high.
        least, most: what it may be; draws beyond that are held there, None for no end.
    """

    kind: str
    low: float
    base: float
    high: float
    least: float | None = None
    most: float | None = None

    def quantile(self, below: Floats) -> Floats:
        """The values that shares between 0 and 1 of all draws lie below."""
        make = {
            PERT: self._pert,
            UNIFORM: self._uniform,
            TRIANGULAR: self._triangular,
            NORMAL: self._normal,
            LOGNORMAL: self._lognormal,
        }[self.kind]
        found = make(below)
        if self.least is not None:
            found = np.maximum(found, self.least)
        return found if self.most is None else np.minimum(found, self.most)

    @property
    def _likeliest(self) -> float:
        """Where the base lies, from 0 at the low end to 1 at the high one."""
        return min(max((self.base - self.low) / (self.high - self.low), 0.0), 1.0)

    def _between(self, place: Floats) -> Floats:
        return self.low + (self.high - self.low) * place

    def _pert(self, below: Floats) -> Floats:
        a = 1 + SHAPE * self._likeliest
        return self._between(beta(below, a, 2 + SHAPE - a))

    def _uniform(self, below: Floats) -> Floats:
        return self._between(below)

    def _triangular(self, below: Floats) -> Floats:
        peak = self._likeliest
        rising, falling = np.sqrt(below * peak), 1 - np.sqrt((1 - below) * (1 - peak))
        return self._between(np.where(below <= peak, rising, falling))

    def _normal(self, below: Floats) -> Floats:
        return (self.low + self.high) / 2 + (self.high - self.low) / 2 * (normal(below) / P95)

    def _lognormal(self, below: Floats) -> Floats:
        middle = float(np.sqrt(self.low * self.high))
        half = float(np.sqrt(self.high / self.low))
        found: Floats = middle * power(np.full_like(below, half), normal(below) / P95)
        return found

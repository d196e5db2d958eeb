"""What a share of a distribution lies below: of the normal, and of the beta as PERT has it."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from tco.draws.floats import Floats
from tco.lines.elementary import log, power

# ---- the normal distribution, after Wichura's algorithm AS 241 (1988), to 16 digits --------------

_MIDDLE = (
    (3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
     1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
     3.3430575583588128105e4, 2.5090809287301226727e3),
    (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
     5.2264952788528545610e3),
)  # fmt: skip
_NEAR = (
    (1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
     3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4),
    (1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9),
)  # fmt: skip
_FAR = (
    (6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7),
    (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15),
)  # fmt: skip


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    """The lowest power first."""
    found = np.full_like(x, coefficients[-1])
    for one in reversed(coefficients[:-1]):
        found = found * x + one
    return found


def _over(parts: tuple[tuple[float, ...], tuple[float, ...]], x: Floats) -> Floats:
    return _polynomial(parts[0], x) / _polynomial(parts[1], x)


def normal(below: Floats) -> Floats:
    """Of the standard normal distribution, where shares between 0 and 1 lie below."""
    away = below - 0.5
    middle = away * _over(_MIDDLE, 0.180625 - away * away)
    tail = np.sqrt(-log(np.minimum(below, 1 - below)))
    outer = np.where(tail <= 5, _over(_NEAR, tail - 1.6), _over(_FAR, tail - 5))
    return np.where(np.abs(away) <= 0.425, middle, np.copysign(outer, away))


P95 = float(normal(np.array([0.95]))[0])  # 1.6449 standard deviations

# ---- the beta distribution of PERT: its parameters add up to 6 -----------------------------------

SHAPE = 4.0  # how much the most likely value weighs, the ends 1 each
_TERMS = 60  # of a series in powers of at most 1/2
_GRID = 1025  # points of a table: between them a cubic is right to 12 digits


@functools.lru_cache(maxsize=512)
def _series(a: float, b: float) -> tuple[float, ...]:
    """The integral of t**(a-1) (1-t)**(b-1) from 0 to x, over x**a, in powers of x."""
    found, term = [], 1.0
    for number in range(_TERMS):
        found.append(term / (a + number))
        term *= (number + 1 - b) / (number + 1)
    while len(found) > 1 and not found[-1]:
        found.pop()
    return tuple(found)


def _from_0(x: Floats, a: float, b: float) -> Floats:
    """That integral, for x up to 1/2."""
    found: Floats = power(x, a) * _polynomial(_series(a, b), x)
    return found


def beta(below: Floats, a: float, b: float) -> Floats:
    """Of the beta distribution on 0..1, where shares between 0 and 1 lie below.

    Args:
        a, b: its parameters, from 1 to 5.
    """
    half = np.array([0.5])
    left = float(_from_0(half, a, b)[0])
    whole = left + float(_from_0(half, b, a)[0])
    wanted = below * whole
    lower = wanted <= left
    found = np.empty_like(below)
    found[lower] = _half(wanted[lower], a, b)
    found[~lower] = 1 - _half((1 - below[~lower]) * whole, b, a)
    return found


@dataclass(frozen=True)
class _Inverse:
    """Where the integral from 0 comes to something, up to 1/2, by cubics between points.

    The integral to the power of 1/a rises as x does from 0 on, so that its inverse is smooth.
    """

    rooted: Floats  # the integrals up to the points, to the power of 1/a
    points: Floats
    slopes: Floats  # of the points over the former

    def __call__(self, rooted: Floats) -> Floats:
        after = np.minimum(np.maximum(np.searchsorted(self.rooted, rooted), 1), _GRID - 1)
        before = after - 1
        wide = self.rooted[after] - self.rooted[before]
        way = (rooted - self.rooted[before]) / wide
        left, right = self.points[before], self.points[after]
        out, into = self.slopes[before] * wide, self.slopes[after] * wide
        rise = right - left
        cubic = out + way * (3 * rise - 2 * out - into + way * (out + into - 2 * rise))
        found: Floats = left + way * cubic
        return found


@functools.lru_cache(maxsize=512)
def _inverse(a: float, b: float) -> _Inverse:
    points = 0.5 * np.arange(_GRID) / (_GRID - 1.0)
    series = _polynomial(_series(a, b), points)
    root = power(series, 1 / a)
    rising = power(1 - points, b - 1)
    return _Inverse(points * root, points, a * series / (root * rising))


def _half(wanted: Floats, a: float, b: float) -> Floats:
    """Where the integral from 0 comes to what is wanted, up to 1/2."""
    return np.minimum(_inverse(a, b)(power(wanted, 1 / a)), 0.5)

"""exp, log and power that give the same bits on every processor.

A C library and numpy choose their exp, log and power by the vector instructions they find, and the
choices differ in the last digit. Here nothing is used but + - * of IEEE 754, which has one answer
everywhere, and steps that are exact: splitting off exponents, rounding to whole numbers. Results
are within 0.51 units in the last place; powers that are floats, such as 10 ** 3, come out exactly.

Each function is written once, over floats or arrays: `_FLOATS` and `_ARRAYS` say how either kind
takes its few steps that are not arithmetic.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

import numpy as np

FEW = 10  # up to so many numbers one by one are faster than as an array
BLOCK = 8192  # numbers computed together: few enough that what is between stays in the cache
_DIGITS = 40  # of the tables' own computation, in decimal arithmetic
_PIECES = 128  # of the interval from 1 to 2, one row of the table of logarithms each
_STEPS = 64  # of the interval from 1 to 2, one row of the table of powers each
_HALF_ROOT = 0.70710678118654752
_SPLIT = 134217729.0  # 2**27 + 1: splits 53 bits into two halves whose products are exact
_FARTHEST = 800.0  # beyond it exp is infinite or 0
_LARGEST = 1e20  # a power that only 1 can be raised to within that

Value = Any  # a float or an array of floats
Column = tuple[tuple[float, ...], Any]  # of a table: for floats, and for arrays


@dataclass(frozen=True)
class _Kind:
    """The steps that floats and arrays take differently."""

    every: Callable[[Value], bool]
    finite: Callable[[Value], Value]
    floor: Callable[[Value], Value]
    frexp: Callable[[Value], tuple[Value, Value]]
    whole: Callable[[Value], Value]  # the nearest whole number, as an index
    scaled: Callable[[Value, Value], Value]
    where: Callable[[Value, Value, Value], Value]
    row: Callable[[Column, Value], Value]  # of a column, at an index


def _scaled(number: float, power: int) -> float:
    try:
        return math.ldexp(number, power)
    except OverflowError:
        return math.inf


_FLOATS = _Kind(
    every=bool,
    finite=math.isfinite,
    floor=math.floor,
    frexp=math.frexp,
    whole=round,
    scaled=_scaled,
    where=lambda test, a, b: a if test else b,
    row=lambda column, index: column[0][index],
)
_ARRAYS = _Kind(
    every=np.all,
    finite=np.isfinite,
    floor=np.floor,
    frexp=np.frexp,
    whole=lambda x: np.rint(x).astype(np.int64),
    scaled=np.ldexp,
    where=np.where,
    row=lambda column, index: column[1][index],
)


# ---- tables -------------------------------------------------------------------------------------


def _halves(number: Decimal, bits: int = 53) -> tuple[float, float]:
    """A number as two floats: its first bits and what they leave."""
    high = float(number)
    if bits < 53:
        fraction, power = math.frexp(high)
        high = math.ldexp(round(math.ldexp(fraction, bits)), power - bits)
    return high, float(number - Decimal(high))


def _column(numbers: Sequence[float]) -> Column:
    return tuple(numbers), np.array(numbers)


def _columns(numbers: Iterable[Decimal]) -> tuple[Column, Column]:
    """Numbers as two columns: their first bits and what those leave."""
    high, low = zip(*map(_halves, numbers), strict=True)
    return _column(high), _column(low)


@dataclass(frozen=True)
class _Tables:
    """Constants to 106 bits, from decimal arithmetic, which is exact on every machine."""

    inverse: Column  # of each piece, in so few bits that its product with 27 is exact
    log: tuple[Column, Column]  # minus the logarithm of that
    power: tuple[Column, Column]  # 2 to the power of each step
    two: tuple[float, float]  # the logarithm of 2
    step: tuple[float, float]  # the logarithm of one step
    steps: float  # how many to a unit


@functools.cache
def _tables() -> _Tables:
    with localcontext(prec=_DIGITS):
        two = Decimal(2).ln()
        pieces = range(int(_HALF_ROOT * _PIECES), int(2 * _HALF_ROOT * _PIECES) + 2)
        inverse = [round(_PIECES / n * 512) / 512 if n in pieces else 1.0
                   for n in range(pieces.stop)]  # fmt: skip
        return _Tables(
            inverse=_column(inverse),
            log=_columns(-Decimal(one).ln() if one != 1 else Decimal(0) for one in inverse),
            power=_columns((two * n / _STEPS).exp() for n in range(_STEPS)),
            two=_halves(two, 40),
            step=_halves(two / _STEPS, 34),
            steps=float(_STEPS / two),
        )


# ---- sums and products with what rounding leaves ------------------------------------------------


def _sum(a: Value, b: Value) -> tuple[Value, Value]:
    """a + b, and exactly what its rounding leaves."""
    whole = a + b
    part = whole - a
    return whole, (a - (whole - part)) + (b - part)


def _split(a: Value) -> tuple[Value, Value]:
    shifted = _SPLIT * a
    high = shifted - (shifted - a)
    return high, a - high


def _product(a: Value, b: Value) -> tuple[Value, Value]:
    """a * b, and exactly what its rounding leaves."""
    whole = a * b
    (a_high, a_low), (b_high, b_low) = _split(a), _split(b)
    left = a_high * b_high - whole + a_high * b_low + a_low * b_high
    return whole, left + a_low * b_low


# ---- the functions, on finite numbers -----------------------------------------------------------


def _log(x: Value, kind: _Kind) -> tuple[Value, Value]:
    """The logarithm of x > 0 in two parts, to 68 bits.

    x is 2**power * fraction; the fraction times a tabled inverse is 1 + r with |r| < 0.006.
    """
    tables = _tables()
    fraction, power = kind.frexp(x)
    low = fraction < _HALF_ROOT
    fraction = kind.where(low, fraction + fraction, fraction)
    power = kind.where(low, power - 1, power) * 1.0
    piece = kind.whole(fraction * _PIECES)
    inverse = kind.row(tables.inverse, piece)
    high, low = _split(fraction)
    product = fraction * inverse
    r, r_left = product - 1.0, high * inverse - product + low * inverse
    square, square_left = _product(r, r)
    tail = 0.2 - r * (1 / 6 - r * (1 / 7 - r * (0.125 - r * (1 / 9 - r * 0.1))))
    cube = square * r * (1 / 3 - r * (0.25 - r * tail))
    whole, left = _sum(r, -0.5 * square)
    left = left + (cube + (r_left - 0.5 * square_left - r * r_left))
    base, base_left = _sum(power * tables.two[0], kind.row(tables.log[0], piece))
    total, total_left = _sum(base, whole)
    rest = kind.row(tables.log[1], piece) + power * tables.two[1]
    return _sum(total, total_left + (base_left + (left + rest)))


def _exp(high: Value, low: Value, kind: _Kind) -> Value:
    """e to the power of high + low, |high| <= 800: 2**n times a tabled step times 1 + small."""
    tables = _tables()
    steps = kind.whole(high * tables.steps)
    count = steps * 1.0
    r = high - count * tables.step[0] - count * tables.step[1] + low
    tail = 1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040))))
    small = r + r * r * (0.5 + r * tail)
    step = steps % _STEPS
    whole = kind.row(tables.power[0], step)
    value = whole + (kind.row(tables.power[1], step) + whole * small)
    return kind.scaled(value, steps // _STEPS)


def _within(x: Value, kind: _Kind) -> Value:
    """x, held where exp is neither infinite nor 0 yet or only just."""
    x = kind.where(x > _FARTHEST, _FARTHEST, x)
    return kind.where(x < -_FARTHEST, -_FARTHEST, x)


def _finite_exp(x: Value, kind: _Kind) -> Value:
    return _exp(_within(x, kind), x * 0.0, kind)


def _finite_log(x: Value, kind: _Kind) -> Value:
    return _log(x, kind)[0]


def _finite_power(x: Value, y: Value, kind: _Kind) -> Value:
    """x ** y for x > 0."""
    high, low = _log(x, kind)
    # Far out only the sign of the exponent matters; with so large a y all but x = 1 is far out.
    far = (abs(y * high) > _FARTHEST) | (abs(y) > _LARGEST)
    whole, left = _product(kind.where(far, 1.0, high), kind.where(far, 1.0, y))
    left = left + kind.where(far, 0.0, low * y)
    return _exp(kind.where(far, _within(y * high, kind), whole), left, kind)


# The same few rates are discounted by, line after line.
_known_power = functools.lru_cache(maxsize=1 << 13)(_finite_power)


# ---- any numbers --------------------------------------------------------------------------------


def exp(x: Value) -> Value:
    """e to the power of x, a float or an array: infinite above 709.8, 0 below -745.2."""
    return _each(_any_exp, x)


def log(x: Value) -> Value:
    """The natural logarithm of x, a float or an array: minus infinity at 0, NaN below."""
    return _each(_any_log, x)


def power(x: Value, y: Value) -> Value:
    """x to the power of y, floats or arrays: NaN where x < 0 and y is not whole."""
    return _each(_any_power, x, y)


def _each(compute: Callable[..., Value], *numbers: Value) -> Value:
    """A function of floats, of few numbers one by one, or of many in blocks."""
    if not any(np.ndim(one) for one in numbers):
        return np.float64(compute(_FLOATS, *map(float, numbers)))
    arrays = np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in numbers))
    size, shape = arrays[0].size, arrays[0].shape
    flat = [one.ravel() for one in arrays]
    if size <= FEW:
        rows = zip(*(one.tolist() for one in flat), strict=True)
        return np.array([compute(_FLOATS, *row) for row in rows], dtype=float).reshape(shape)
    found = np.empty(size)
    with np.errstate(all="ignore"):  # what is infinite or no number is meant to be
        for start in range(0, size, BLOCK):
            part = slice(start, start + BLOCK)
            found[part] = compute(_ARRAYS, *(one[part] for one in flat))
    return found.reshape(shape)


def _any_exp(kind: _Kind, x: Value) -> Value:
    plain = kind.finite(x)
    return _settled(kind, plain, _finite_exp(kind.where(plain, x, 1.0), kind), np.exp, x)


def _any_log(kind: _Kind, x: Value) -> Value:
    plain = kind.finite(x) & (x > 0)
    return _settled(kind, plain, _finite_log(kind.where(plain, x, 1.0), kind), np.log, x)


def _any_power(kind: _Kind, x: Value, y: Value) -> Value:
    plain = kind.finite(x) & kind.finite(y) & (x != 0)
    y_plain = kind.where(plain, y, 1.0)
    finite = _known_power if kind is _FLOATS else _finite_power
    found = finite(kind.where(plain, abs(x), 1.0), y_plain, kind)
    if not kind.every(x >= 0):
        half = y_plain * 0.5
        signed = kind.where(kind.floor(half) == half, found, -found)
        signed = kind.where(kind.floor(y_plain) == y_plain, signed, math.nan)
        found = kind.where(x < 0, signed, found)
    return _settled(kind, plain, found, np.power, x, y)


def _settled(
    kind: _Kind, plain: Value, found: Value, special: Callable[..., Value], *numbers: Value
) -> Value:
    """What was found for plain numbers; for others numpy's own answer.

    That is 0, infinite or no number at all, which every processor agrees on.
    """
    if kind.every(plain):
        return found
    with np.errstate(all="ignore"):
        odd = special(*(np.atleast_1d(one) for one in numbers))
    return kind.where(plain, found, odd.item() if kind is _FLOATS else odd)

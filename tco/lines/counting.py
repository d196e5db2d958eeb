"""Words that count, compare and calculate, element by element.

Comparisons and counts round to 6 digits first, in both readings, because float noise must never
buy a server or flip a verdict and because spreadsheet engines differ there.
"""

from __future__ import annotations

import functools
import sys
from typing import Any

import numpy as np

import tco.lines.elementary as elementary
from tco.lines.expression import Binary, Call
from tco.lines.word import Word, many, word

_SCALE = 1e6  # to 6 digits
# The product may fall a hair short of the half that the digits show: 0.2574255 x 1e6.
_SCALE_AND_A_HAIR = _SCALE * (1 + 4 * sys.float_info.epsilon)
_HAIR_COUNTS = 1e14  # beyond it the hair itself would be a digit


def half_away(x: Any) -> Any:
    """Round to 6 digits, half away from zero, as a spreadsheet's ROUND does."""
    size = np.abs(x) * _SCALE_AND_A_HAIR
    if not many(size):
        if not size < _HAIR_COUNTS:
            size = np.abs(x) * _SCALE
        return np.copysign(np.floor(size + 0.5), x) / _SCALE
    if not size.max(initial=0.0) < _HAIR_COUNTS:
        size = np.where(size < _HAIR_COUNTS, size, np.abs(x) * _SCALE)
    size += 0.5  # the array is ours: steps in place are what many cases are quick by
    np.floor(size, out=size)
    np.copysign(size, x, out=size)
    size /= _SCALE
    return size


@word(excel="ROUND({0},6)", says="{0}, rounded to 6 digits", unit="first", takes="a")
def rounded(x: Any) -> Any:
    """A residual that stands in a cell of its own, free of float noise."""
    return half_away(x)


@word(excel="ROUND({0}-{1},6)", says="{0} − {1}", unit="same")
def difference(a: Any, b: Any) -> Any:
    """a - b, rounded to 6 digits."""
    return half_away(a - b)


@word(excel="ROUNDUP(ROUND({0},6),0)", says="{0}, rounded up", unit="first", takes="a")
def ceil(x: Any) -> Any:
    """The next whole number away from 0; noise below 1e-6 buys nothing."""
    counted = half_away(x)
    return np.copysign(np.ceil(np.abs(counted)), counted)


@word(excel="INT(ROUND({0},6))", says="{0}, rounded down", unit="first", takes="a")
def floor(x: Any) -> Any:
    """The whole number at or below; noise below 1e-6 loses nothing."""
    return np.floor(half_away(x))


# A difference rounds to 0 if, enlarged, it is less than a half: no need to round all of it.


@word(excel="ROUND({0}-{1},6)<=0", says="{0} is at most {1}", unit="test", takes="a, b")
def at_most(a: Any, b: Any) -> Any:
    """a <= b, after rounding the difference to 6 digits."""
    return (a - b) * _SCALE_AND_A_HAIR + 0.5 < 1


@word(excel="ROUND({0}-{1},6)<0", says="{0} is below {1}", unit="test", takes="a, b")
def below(a: Any, b: Any) -> Any:
    """a < b, after rounding the difference to 6 digits."""
    return (b - a) * _SCALE_AND_A_HAIR + 0.5 >= 1


@word(excel="ROUND({0}-{1},6)=0", says="{0} equals {1}", unit="test", takes="a, b")
def same(a: Any, b: Any) -> Any:
    """a == b, after rounding the difference to 6 digits."""
    return np.abs(a - b) * _SCALE_AND_A_HAIR + 0.5 < 1


@word(excel="AND({all})", says="all of: {all}", unit="both", takes="test, test, ...")
def both(*tests: Any) -> Any:
    """True where every test is."""
    return functools.reduce(np.logical_and, tests)


@word(excel="OR({all})", says="any of: {all}", unit="both", takes="test, test, ...")
def either(*tests: Any) -> Any:
    """True where any test is."""
    return functools.reduce(np.logical_or, tests)


@word(excel="NOT({0})", says="not ({0})", unit="both", takes="test")
def unless(test: Any) -> Any:
    """True where the test is false."""
    return np.logical_not(test)


@word(excel="MIN({all})", says="the smaller of {all}", unit="same", takes="a, b, ...")
def minimum(*xs: Any) -> Any:
    """The smallest of the arguments."""
    return functools.reduce(np.minimum, xs)


@word(excel="MAX({all})", says="the larger of {all}", unit="same", takes="a, b, ...")
def maximum(*xs: Any) -> Any:
    """The largest of the arguments."""
    return functools.reduce(np.maximum, xs)


@word(excel="MIN({all})", says="the smallest known of {all}", unit="same")
def least_of(*xs: Any) -> Any:
    """The smallest of lines that may be undefined; test with defined() that one is not."""
    return functools.reduce(np.fmin, xs)


@word(excel="LN({0})", says="natural logarithm of {0}", unit="pure", takes="a")
def log(x: Any) -> Any:
    """The natural logarithm of a pure number > 0."""
    return elementary.log(x)


@word(excel="EXP({0})", says="e to the power ({0})", unit="pure", takes="a")
def exp(x: Any) -> Any:
    """e to the power of a pure number."""
    return elementary.exp(x)


class _Power(Word):
    """power(x, y): x to the power of y, which ** would leave to the processor's own digits."""

    def __call__(self, *parts: Any, **options: Any) -> Any:
        written = super().__call__(*parts, **options)
        return Binary("^", *written.parts) if isinstance(written, Call) else written


power = _Power(elementary.power, template="", says="", unit="", takes="a, b")


@word(excel="SQRT({0})", says="square root of {0}", unit="root", takes="a")
def root(x: Any) -> Any:
    """The square root of a quantity >= 0 whose unit is a square."""
    return np.sqrt(x)


# Bounds of inputs: a number as it was typed against a fixed bound, so nothing is rounded.


@word(excel="{0}<={1}", says="{0} is {1} or less", unit="test_any")
def touches(x: Any, bound: Any) -> Any:
    """x <= bound."""
    return x <= bound


@word(excel="{0}<{1}", says="{0} is less than {1}", unit="test_any")
def short_of(x: Any, bound: Any) -> Any:
    """x < bound."""
    return x < bound


@word(excel="{0}>{1}", says="{0} is more than {1}", unit="test_any")
def beyond(x: Any, bound: Any) -> Any:
    """x > bound."""
    return x > bound

"""Which formulas have one right answer: far from rounding edges, cancellation and overflow.

A second, lazy evaluation of the written-out tree that refuses to go where two correct engines may
differ in the last digit. It doubles as a check that the tree says what the rule computes.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tco.lines import Expression, Undefined
from tco.lines.expression import Binary, Call, Literal, Reference, walk

from .formulas import MISSING, WORDS, Formula

LARGEST, SMALLEST = 1e9, 1e-9
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}
_ROUNDING = {WORDS[name] for name in ("ceil", "rounded")}
_COMPARING = {WORDS[name] for name in ("difference", "at_most", "below", "same")}
_TAKING_UNDEFINED = {WORDS[name] for name in ("defined", "missing", "least_of", "text")}


class Unclear(Exception):
    """Correct engines may differ here, or the formula has no number at all."""


def is_clear(formula: Formula) -> bool:
    """Whether the formula has one right answer, the same in every correct engine."""
    try:
        settle(formula)
    except Unclear:
        return False
    return True


def settle(formula: Formula) -> Any:
    """The value of the formula's tree. Raises `Unclear` where it has no single right one."""
    values = {
        key: Undefined(MISSING) if value is None else value for key, value in formula.values.items()
    }
    with np.errstate(all="ignore"):
        value = _settle(formula.tree, values)
    if _is_nan(value) and not isinstance(value, Undefined):
        raise Unclear("not a number")
    return value


def _settle(tree: Expression, values: Mapping[str, Any]) -> Any:
    if isinstance(tree, Reference):
        value = values[tree.key]
        return np.float64(value) if type(value) is float else value
    if isinstance(tree, Literal):
        return tree.value if isinstance(tree.value, str) else np.float64(tree.value)
    if isinstance(tree, Binary):
        return _arithmetic(tree, values)[0]
    assert isinstance(tree, Call)
    return _word(tree, values)


def _arithmetic(
    tree: Binary, values: Mapping[str, Any], *, rounds: bool = False
) -> tuple[Any, float]:
    """The result and the size of the numbers behind it; noise is fine where it is rounded off."""
    left, right = _settle(tree.left, values), _settle(tree.right, values)
    if _is_nan(left) or _is_nan(right):
        return np.nan, 0.0
    if tree.sign == "^" and (left == 0 or (left < 0 and right != int(right))):
        raise Unclear("a power that engines disagree on")
    result = _SIGNS[tree.sign](np.float64(left), np.float64(right))
    if tree.sign == "^" and result == 0:
        raise Unclear("too small: LibreOffice calls it an error")
    _sized(result, noise=rounds)
    if tree.sign not in "+-":
        return result, abs(result)
    size = abs(left) + abs(right)
    if not rounds and _cancels(tree, result, size):
        raise Unclear("cancellation")
    return result, size


def _cancels(tree: Binary, result: float, size: float) -> bool:
    """Whether little is left but noise; an exact zero is noise when a library function made it."""
    if result == 0:
        return size > 0 and any(
            (isinstance(part, Binary) and part.sign == "^")
            or (isinstance(part, Call) and part.word is WORDS["log"])
            for part in walk(tree)
        )
    return abs(result) < 1e-3 * size


def _sized(value: float, *, noise: bool = False) -> None:
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise Unclear("too large")
    if 0 < abs(value) < SMALLEST and not noise:
        raise Unclear("too small")


def _word(call: Call, values: Mapping[str, Any]) -> Any:
    if call.word is WORDS["where"]:  # lazily, as the engines: an untaken arm may be anything
        test, then, other = call.parts
        return _settle(then if _settle(test, values) else other, values)
    if call.word is WORDS["chosen"]:
        choice, *pairs = call.parts
        names = [_settle(part, values) for part in pairs[::2]]
        return _settle(pairs[1::2][names.index(_settle(choice, values))], values)
    if call.word in _ROUNDING:
        parts = [_rounded_part(call.parts[0], values)]
    else:
        parts = [_settle(part, values) for part in call.parts]
    if call.word not in _TAKING_UNDEFINED and any(_is_nan(part) for part in parts):
        raise Unclear("an undefined number")
    _LIMITS.get(call.word, _no_limit)(*parts)
    result = call.word.compute(*parts)
    if call.word is WORDS["least_of"] and _is_nan(result):
        raise Unclear("MIN of nothing is 0")
    return result


def _rounded_part(tree: Expression, values: Mapping[str, Any]) -> Any:
    if isinstance(tree, Binary):
        value, size = _arithmetic(tree, values, rounds=True)
    else:
        value = _settle(tree, values)
        size = abs(value)
    if not _is_nan(value):
        _off_the_edge(value, size)
    return value


def _off_the_edge(value: float, size: float, digits: int = 6) -> None:
    """Refuse a number so near to a half that noise of its size decides how it is rounded."""
    steps = abs(value) * 10.0**digits
    if abs(steps - math.floor(steps) - 0.5) < 1e-4 + size * 10.0**digits * 1e-12:
        raise Unclear("on the edge of rounding")


def _compared(a: float, b: float) -> None:
    _off_the_edge(a - b, abs(a) + abs(b))


def _counted(x: float) -> None:
    if x < 0:
        raise Unclear("counts are not negative")


def _logged(x: float) -> None:
    if x <= 0 or 0 < abs(math.log(x)) < 1e-2:
        raise Unclear("no logarithm, or little but noise")


def _shown(x: Any, form: str) -> None:
    """Halves, negative zeroes and numbers near 1 have tests of their own."""
    if isinstance(x, Undefined) or x == 0:
        if str(x) == "-0.0":
            raise Unclear("a negative zero")
        return
    digits = len(form.rstrip("%").partition(".")[2]) + (2 if form.endswith("%") else 0)
    _off_the_edge(x, abs(x), digits)
    if abs(x) * (100 if form.endswith("%") else 1) < 1.5:
        raise Unclear("a number that IronCalc shows wrong")


def _no_limit(*parts: Any) -> None:
    pass


_LIMITS: dict[Any, Callable[..., None]] = {
    **dict.fromkeys(_COMPARING, _compared),
    WORDS["ceil"]: _counted,
    WORDS["log"]: _logged,
    WORDS["shown"]: _shown,
}


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)

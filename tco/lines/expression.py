"""An expression written out: the tree a line's function makes when it is called with references.

One tree is read three ways: as an Excel formula, as words, as a unit. It keeps what the author
wrote: `a / b` stays a division, and brackets stand only where the arithmetic needs them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

# Higher binds tighter. Excel's unary minus binds tighter than its power, so a minus sign before
# anything but a reference is written as a product with -1.
RANK = {"&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_ATOM = 9
_WORDS = {"*": "×", "/": "÷", "-": "−", "+": "+", "^": "to the power", "&": "followed by"}


class Expression:
    """Part of a formula. Arithmetic on it makes a larger expression; a truth value it has not."""

    __slots__ = ()
    __array_ufunc__ = None  # a numpy number on the left leaves the work to us
    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        raise TypeError(
            "a line has no truth value while it is being written out: "
            "write where(test, a, b) instead of if, both() and either() instead of and/or"
        )

    def _refuse(self, other: object) -> Expression:
        raise TypeError(
            "compare with at_most(a, b), below(a, b) or same(a, b), and choices with "
            "chosen() or picked(): they round first, in numbers and in Excel alike"
        )

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse  # type: ignore[assignment]  # never bool

    def __add__(self, other: Any) -> Expression:
        return Binary("+", self, lift(other))

    def __radd__(self, other: Any) -> Expression:
        return Binary("+", lift(other), self)

    def __sub__(self, other: Any) -> Expression:
        return Binary("-", self, lift(other))

    def __rsub__(self, other: Any) -> Expression:
        return Binary("-", lift(other), self)

    def __mul__(self, other: Any) -> Expression:
        return Binary("*", self, lift(other))

    def __rmul__(self, other: Any) -> Expression:
        return Binary("*", lift(other), self)

    def __truediv__(self, other: Any) -> Expression:
        return Binary("/", self, lift(other))

    def __rtruediv__(self, other: Any) -> Expression:
        return Binary("/", lift(other), self)

    def __neg__(self) -> Expression:
        return Binary("*", Literal(-1), self)

    def _no_word(self, *other: object) -> Expression:
        raise TypeError(
            "a line has no abs(), round(), // or %: use maximum(), rounded(), ceil() or where()"
        )

    __abs__ = __round__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _no_word

    def _no_sign(self, *other: object) -> Expression:
        raise TypeError(
            "a line has no **: write power(a, b), whose digits are the same on every processor"
        )

    __pow__ = __rpow__ = _no_sign


@dataclass(frozen=True, eq=False, slots=True)
class Reference(Expression):
    """Another line or input, by key."""

    key: str


@dataclass(frozen=True, eq=False, slots=True)
class Literal(Expression):
    """A number or a text that stands in the formula itself."""

    value: float | str


@dataclass(frozen=True, eq=False, slots=True)
class Binary(Expression):
    """Two parts and the sign between them."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, eq=False, slots=True)
class Call(Expression):
    """A word of the vocabulary, applied."""

    word: Any
    parts: tuple[Expression, ...]


def lift(value: Any) -> Expression:
    """The expression for a plain number or text; an expression stays as it is."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, str):
        if len(value) > 255:
            raise TypeError("a text in a formula has at most 255 characters: build it from lines")
        return Literal(value)
    if isinstance(value, (bool, np.bool_)):
        raise TypeError("a test of fixed numbers is always the same: compare lines instead")
    if not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} cannot stand in a line: numbers, text and other lines can")
    if not math.isfinite(value):
        raise TypeError("nan and infinity cannot stand in a formula: write undefined(why)")
    return Literal(float(value))


def walk(tree: Expression) -> Iterator[Expression]:
    """Every part of the tree, the whole first."""
    yield tree
    if isinstance(tree, Binary):
        yield from walk(tree.left)
        yield from walk(tree.right)
    elif isinstance(tree, Call):
        for part in tree.parts:
            yield from walk(part)


def excel_number(value: float) -> str:
    """A number as Excel writes it, exactly: 12, 0.25, 1E+15."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value)).replace("e", "E")


def excel_text(value: str) -> str:
    """A text as it stands in a formula, its quotation marks doubled."""
    return '"' + value.replace('"', '""') + '"'


@dataclass(frozen=True)
class Cells:
    """Where the references of a formula lead.

    `at` gives the cell a key is read from in this row or column, `before` the cell one step
    earlier along the axis, `range` all cells of a line that runs along an axis.
    """

    at: Callable[[str], str]
    before: Callable[[str], str]
    range: Callable[[str], str]


def excel(tree: Expression, cells: Cells) -> str:
    """The formula, without the equals sign."""
    return ranked_excel(tree, cells)[0]


def ranked_excel(tree: Expression, cells: Cells) -> tuple[str, int]:
    """The formula and how tightly its outermost sign binds, to know when it needs brackets."""
    if isinstance(tree, Reference):
        return cells.at(tree.key), _ATOM
    if isinstance(tree, Literal):
        if isinstance(tree.value, str):
            return excel_text(tree.value), _ATOM
        return excel_number(tree.value), _ATOM if tree.value >= 0 else RANK["+"]
    if isinstance(tree, Binary):
        rank = RANK[tree.sign]
        left, left_rank = ranked_excel(tree.left, cells)
        right, right_rank = ranked_excel(tree.right, cells)
        if isinstance(tree.left, Literal) and tree.sign == "*" and left == "-1":
            left_rank = _ATOM  # -1*(a*b): some engines lose the brackets of -(a*b)
        if left_rank < rank:
            left = f"({left})"
        if right_rank <= rank:
            right = f"({right})"
        return f"{left}{tree.sign}{right}", rank
    assert isinstance(tree, Call)
    written: tuple[str, int] = tree.word.excel(tree.parts, cells)
    return written


def words(tree: Expression, label: Callable[[str], str]) -> str:
    """The formula in words, with labels for references."""
    return ranked_words(tree, label)[0]


def ranked_words(tree: Expression, label: Callable[[str], str]) -> tuple[str, int]:
    """The words and how tightly their outermost sign binds."""
    if isinstance(tree, Reference):
        return label(tree.key), _ATOM
    if isinstance(tree, Literal):
        if isinstance(tree.value, str):
            return f"“{tree.value.strip()}”", _ATOM
        return word_number(tree.value), _ATOM
    if isinstance(tree, Binary):
        rank = RANK[tree.sign]
        left, left_rank = ranked_words(tree.left, label)
        right, right_rank = ranked_words(tree.right, label)
        left = left if left_rank >= rank else f"({left})"
        right = right if right_rank > rank else f"({right})"
        return f"{left} {_WORDS[tree.sign]} {right}", rank
    assert isinstance(tree, Call)
    said: str = tree.word.words(tree.parts, label)
    return said, _ATOM if tree.word.closed else 0  # "x, rounded up" needs brackets in a sum


def word_number(value: float) -> str:
    """A number as a reader writes it: 24, 0.25, 1,000, 10^12."""
    power = f"{value:e}".split("e")
    if abs(value) >= 1e6 and float(power[0]) == 1:
        return f"10^{int(power[1])}"
    return f"{value:,.12g}" if abs(value) < 1e6 else f"{value:,.6g}"

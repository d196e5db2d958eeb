"""A word of the vocabulary: computed on numbers, written out as soon as it meets an expression."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tco.lines.expression import (
    RANK,
    Call,
    Cells,
    Expression,
    lift,
    ranked_excel,
    ranked_words,
)


class Undefined(float):
    """A number that does not exist, and why: NaN in sums, null in JSON, the reason in a cell."""

    why: str

    def __new__(cls, why: str) -> Undefined:
        """NaN that carries its reason."""
        number = super().__new__(cls, "nan")
        number.why = why
        return number

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.why,)

    def __truediv__(self, other: Any) -> Any:
        """Divide as numpy does: over 0 a plain float would raise."""
        return np.float64(self) / other


class NotGiven(Undefined):
    """An input that nobody gives: its cell shows a dash, and so does every formula that passes it
    on; outside a workbook it says why."""


class Word:
    """A function of the vocabulary, with its Excel, words and unit readings.

    `excel` and `says` are templates over the written-out parts ({0}, {1}, ... or {all} for the
    parts joined by commas). `unit` names the rule in `units.py` that gives the result's unit.

    `takes` is what stands in its brackets in a formula that a scenario writes, see `formula.py`; a
    word without it cannot be written there.

    Beside cases, the last axis, a word broadcasts by itself or says that it goes `by_case`.
    """

    by_case = False  # takes one column at a time

    def __init__(
        self, compute: Callable[..., Any], *, template: str, says: str, unit: str, takes: str = ""
    ) -> None:
        functools.update_wrapper(self, compute)
        self.compute = compute
        self.template = template
        self.says = says
        self.unit = unit
        self.takes = takes
        self.name = compute.__name__
        self.closed = says.endswith(")")  # its words need no brackets inside a sum

    def __call__(self, *parts: Any, **options: Any) -> Any:
        """Compute on numbers; write out as soon as one part is an expression."""
        for part in parts:
            if isinstance(part, Expression):
                return Call(self, tuple(lift(p) for p in parts))
        if self.by_case and any(np.ndim(part) == 2 for part in parts):
            return _case_by_case(self.compute, parts)
        return self.compute(*parts)

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        """The formula, and how tightly its outermost sign binds."""
        written = [ranked_excel(part, cells) for part in parts]
        if self.template == "{0}":
            return written[0]
        return fill(self.template, written), 9 if self.template.endswith(")") else 1

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        """The formula in words."""
        return fill(self.says, [ranked_words(part, label) for part in parts])


def fill(template: str, parts: list[tuple[str, int]]) -> str:
    """The template with its parts; a sum behind a minus sign keeps its brackets."""
    written = [
        f"({text})" if rank <= RANK["+"] and index in _behind_minus(template) else text
        for index, (text, rank) in enumerate(parts)
    ]
    return template.format(*written, all=("," if "{all})" in template else "; ").join(written))


@functools.cache
def _behind_minus(template: str) -> frozenset[int]:
    """The parts of a template that a minus sign stands before."""
    return frozenset(map(int, re.findall(r"[-−] ?\{(\d)\}", template)))


def word(
    *, excel: str, says: str, unit: str, takes: str = ""
) -> Callable[[Callable[..., Any]], Word]:
    """Make a numeric function a word of the vocabulary."""

    def wrap(compute: Callable[..., Any]) -> Word:
        return Word(compute, template=excel, says=says, unit=unit, takes=takes)

    return wrap


def many(value: Any) -> bool:
    """Whether a value is an array: of years, rows or cases."""
    return isinstance(value, np.ndarray) and value.ndim > 0


def in_case(value: Any, number: int) -> Any:
    """A value over cases as it is in one of them; what is one case wide is the same in all."""
    if not many(value):
        return value
    number = number if value.shape[-1] > 1 else 0
    return value[number] if value.ndim == 1 else value[:, number]


def side_by_side(found: Sequence[Any], *, is_text: bool = False) -> Any:
    """What each case came to, scalars or columns, as one array with the cases last."""
    is_text = is_text or any(map(is_worded, found))
    columns = [np.asarray(one, dtype=object if is_text else None) for one in found]
    return np.stack(np.broadcast_arrays(*columns), axis=-1)


def is_worded(value: Any) -> bool:
    """Whether a value is a text, or an array of texts."""
    return isinstance(value, str) or (many(value) and value.dtype == object)


def _case_by_case(compute: Callable[..., Any], parts: Sequence[Any]) -> Any:
    """A function of columns and scalars, over cases: what it gives in each, side by side.

    Beside a column of cases, which has two axes, a part with one axis has a scalar a case.
    """
    width = max(part.shape[-1] for part in parts if many(part))
    return side_by_side(
        [compute(*(in_case(part, number) for part in parts)) for number in range(width)]
    )


class _Writing:
    """Set while a rule is called to be written out: undefined("...") has no reference to go by."""

    depth = 0

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *error: object) -> None:
        self.depth -= 1


_writing = _Writing()


def writing() -> _Writing:
    """The context in which a rule is written out instead of computed."""
    return _writing

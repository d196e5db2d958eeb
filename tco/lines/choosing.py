"""Words that choose: between two values, whether one is known, among options."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from tco.lines.expression import Cells, Expression, Reference, excel, words
from tco.lines.word import Undefined, Word, many, word


@word(excel="IF({0},{1},{2})", says="{1} if {0}, else {2}", unit="branch", takes="test, a, b")
def where(test: Any, a: Any, b: Any) -> Any:
    """a where the test holds, b elsewhere."""
    if many(test):
        if isinstance(a, str) or isinstance(b, str):  # texts of any length
            a, b = np.asarray(a, dtype=object), np.asarray(b, dtype=object)
        return np.where(test, a, b)
    chosen_arm = a if test else b
    # A plain number would raise where it divides by zero; ours becomes infinite, as in a cell.
    return np.float64(chosen_arm) if type(chosen_arm) in (int, float) else chosen_arm


def _is_number(x: Any) -> Any:
    if isinstance(x, str):
        return False
    if not many(x):
        return bool(np.isfinite(x))
    if x.dtype != object:
        return np.isfinite(x)
    return np.array([_is_number(one) for one in x.flat], dtype=bool).reshape(x.shape)


class _Defined(Word):
    """defined(x): x is not one of the texts that stand for an undefined number.

    An error is not undefined: it passes on to the branch that reads x, so that a refused input
    shows as #N/A all the way, never as a sentence about something else.
    """

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        if not isinstance(parts[0], Reference):
            raise TypeError("defined() takes a line: give the calculation a line of its own")
        return super().excel(parts, cells)


defined = _Defined(
    _is_number, template="NOT(ISTEXT({0}))", says="{0} is known", unit="test_any", takes="key"
)


@word(excel="NOT(ISNUMBER({0}))", says="{0} is missing", unit="test_any")
def missing(x: Any) -> Any:
    """True where there is no number at all: for checks, which must fire on an error too."""
    return np.logical_not(_is_number(x))


@word(excel='CHOOSE(1+ISERROR({0}),{0}="–",TRUE)', says="{0} is lacking", unit="test_any")
def lacking(x: Any) -> Any:
    """True where a choice has no option at all: for checks, where the catalogue has none."""
    return isinstance(x, Undefined)


class _Chosen(Word):
    """chosen(choice, first=a, second=b): the value that goes with the option picked."""

    def __init__(self) -> None:
        super().__init__(self._pick, template="", says="({0})", unit="chosen")
        self.name = "chosen"

    @staticmethod
    def _pick(choice: Any, *pairs: Any) -> Any:
        options = dict(zip(pairs[::2], pairs[1::2], strict=True))
        if not many(choice):
            return options.get(choice, np.nan)
        words = any(isinstance(one, str) for one in options.values())
        found = np.full(choice.shape, "#N/A" if words else np.nan, dtype=object if words else float)
        for option, value in options.items():
            found = np.where(choice == option, value, found)
        return found

    def __call__(self, *parts: Any, **options: Any) -> Any:
        """chosen(choice, first=a, ...), or chosen(choice, 0, a, 1, b) for numbered options."""
        return super().__call__(*parts, *(part for pair in options.items() for part in pair))

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        choice, *pairs = [excel(part, cells) for part in parts]
        names = ",".join(pairs[::2])
        return f"CHOOSE(MATCH({choice},{{{names}}},0),{','.join(pairs[1::2])})", 9

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        choice, *pairs = [words(part, label) for part in parts]
        listed = "; ".join(f"{a}: {b}" for a, b in zip(pairs[::2], pairs[1::2], strict=True))
        return f"by {choice} ({listed})"


chosen = _Chosen()


class _Numbered(Word):
    """numbered(n, a, b, ...): a for 0, b for 1, and so on."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        number, *values = [excel(part, cells) for part in parts]
        return f"CHOOSE({number}+1,{','.join(values)})", 9

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        number, *values = [words(part, label) for part in parts]
        listed = "; ".join(f"{place}: {value}" for place, value in enumerate(values))
        return f"by {number} ({listed})"


def _nth(number: Any, *values: Any) -> Any:
    if many(number):
        places = [number == place for place in range(len(values))]
        if any(isinstance(one, str) for one in values):
            return np.select(places, [np.asarray(one, dtype=object) for one in values], "#N/A")
        return np.select(places, values, np.nan)
    return values[int(number)] if number in range(len(values)) else np.nan


numbered = _Numbered(_nth, template="", says="({0})", unit="numbered")


@word(excel="{0}={1}", says="{0} is {1}", unit="test_any", takes="choice, option")
def picked(choice: Any, option: Any) -> Any:
    """True where the choice is that option."""
    return choice == option


class _PassingOn(Word):
    """passing_on(x, a, b): x where a and b are known, else the first of them that is not."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        written, *guards = [excel(part, cells) for part in parts]
        for guard in reversed(guards):
            written = f"CHOOSE(1+ISTEXT({guard}),{written},{guard})"
        return written, 9


def _pass_on(x: Any, *guards: Any) -> Any:
    for guard in guards:
        if not many(guard) and not _is_number(guard):
            return guard if isinstance(guard, Undefined) else np.float64("nan")
    known = [_is_number(guard) for guard in guards if many(guard)]
    return np.where(functools.reduce(np.logical_and, known), x, np.nan) if known else x


passing_on = _PassingOn(_pass_on, template="", says="{0}", unit="first")


class _WhereKnown(Word):
    """where_known(x, a, why_a, ...): x where a and all others are known, else why one is not."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        written, *guards = [excel(part, cells) for part in parts]
        for guard, why in reversed([*zip(guards[::2], guards[1::2], strict=True)]):
            written = f"CHOOSE(1+ISTEXT({guard}),{written},{why})"
        return written, 9

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        said, *guards = [words(part, label) for part in parts]
        known = [one for one in guards[::2] if one not in said]
        return f"{said}, with {' and '.join(known)} known" if known else said


def _if_known(x: Any, *guards: Any) -> Any:
    worded = isinstance(x, str) or (many(x) and x.dtype == object)
    x = np.asarray(x, dtype=object) if worded and any(map(many, guards[::2])) else x
    for guard, why in zip(guards[::2], guards[1::2], strict=True):
        if many(guard):  # many numbers keep no reason; words say theirs
            x = np.where(_is_number(guard), x, why if worded else np.nan)
        elif not _is_number(guard):
            return why if worded else Undefined(why) if isinstance(why, str) else guard
    return x


@word(excel="CHOOSE(1+ISTEXT({1}),{1},{0})", says="{1} if a case has it, else {0}", unit="first")
def instead_of(x: Any, other: Any) -> Any:
    """The other where it is known, else x: what a case puts in the place of a line."""
    if many(other):
        return np.where(_is_number(other), other, x)
    return other if _is_number(other) else x


where_known = _WhereKnown(_if_known, template="", says="{0}", unit="first")


def passing_on_any(rule: Callable[..., Any]) -> Callable[..., Any]:
    """A rule that is undefined where any number it is called with is; written out, as it was."""

    @functools.wraps(rule)
    def guarded(*needs: Any, **named: Any) -> Any:
        given = (*needs, *named.values())
        numbers = [one for one in given if not isinstance(one, (str, Expression)) and _numeric(one)]
        gone = [one for one in numbers if isinstance(one, Undefined)]
        if gone:
            return gone[0]
        found = rule(*needs, **named)
        return _pass_on(found, *numbers)

    return guarded


def _numeric(x: Any) -> bool:
    return not many(x) or x.dtype != object


def known_or(own: Any, other: Any) -> Any:
    """What stands where it is known, else the other: an input of its own before the common one."""
    return where(defined(own), own, other)

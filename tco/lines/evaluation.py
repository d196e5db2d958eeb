"""Numbers: the lines of a model computed, over years, rows and cases.

A line is a scalar or runs along one axis, the first of its array; cases are the last axis. So a
scalar has the shape () or (cases,), and a line along an axis (rows,) or, as soon as anything
varies, (rows, 1) or (rows, cases): all of them broadcast.

Three ways lead there. What no case changes is computed once, as if there were none, and stands as
a column beside the cases. Numbers that change, and texts that are chosen among others, are computed
in arrays, all cases at once. Texts made of numbers are computed case by case, each as if it were
alone.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tco.lines.along import is_row_by_row
from tco.lines.expression import Call, walk
from tco.lines.items import YEAR_COUNT, YEARS, Choice, Given, Line, Value
from tco.lines.order import reach
from tco.lines.word import Undefined, in_case, side_by_side

if TYPE_CHECKING:
    from tco.lines.model import Model


class CaseError(ValueError):
    """What cannot be a case, by its key, and why."""


def evaluate(
    model: Model, values: Mapping[str, Value], only: Iterable[str] = ()
) -> dict[str, Value]:
    """Every line's value, or those needed for `only`.

    Args:
        values: inputs by key: floats, texts, arrays (years or rows first, cases last).
            A line that is given here counts as given.
        only: keys wanted; all when empty.

    Returns:
        Inputs and lines by key. Undefined values are NaN; scalars carry why, and `Case` has it
        of one case.

    Raises:
        CaseError: for texts over cases, and for cases of different counts.
    """
    varying = _varying(model, values)
    still, moving = _steps(model, _given(model, values), frozenset(varying), frozenset(only))
    with np.errstate(all="ignore"):
        alone = _Run(model, values).through(still)
        if not varying:
            return alone
        count = _one_count(varying)
        return _Run(model, beside_cases(alone) | varying, count).through(moving)


def cases(
    model: Model, values: Mapping[str, Value], keys: Collection[str], *, at_once: int = 8192
) -> dict[str, Value]:
    """Some lines over many cases of scalar inputs.

    Args:
        values: inputs by key; an array holds one number a case, all of the same length.
        keys: lines wanted. Only what they need is computed.
        at_once: cases computed together: few enough that their arrays stay in the
            processor's cache, which is several times faster than all at once.

    Returns:
        For each key an array whose last axis is the cases; where no case changes it, a scalar or
        a column of one case.

    Raises:
        CaseError: for texts over cases, and for cases of different counts.
    """
    varying = _varying(model, values)
    if not varying:
        got = evaluate(model, values, keys)
        return {key: got[key] for key in keys}
    still, moving = _steps(
        model, _given(model, values), frozenset(varying), frozenset(keys), keeping=False
    )
    count = _one_count(varying)
    changed = model.downstream(varying)
    moved = [key for key in dict.fromkeys(keys) if key in changed]
    with np.errstate(all="ignore"):
        beside = beside_cases(_Run(model, values).through(still))
        found: dict[str, Value] = {k: None if k in changed else beside[k] for k in keys}
        for start in range(0, count, at_once):
            now = slice(start, min(start + at_once, count))
            part = {key: value[..., now] for key, value in varying.items()}
            got = _Run(model, beside | part, now.stop - start).through(moving)
            for key in moved:
                if not start:  # the whole, of which each part is filled in while it is at hand
                    shape = (*np.shape(got[key])[:-1], count)
                    found[key] = np.empty(shape, np.asarray(got[key]).dtype)
                found[key][..., now] = got[key]
    return found


class Case:
    """One of many cases: what each key comes to where this case is evaluated alone."""

    def __init__(self, model: Model, got: Mapping[str, Value], number: int) -> None:
        """The case of that number, from 0, among what was evaluated over cases."""
        self.model = model
        self.got = got
        self.number = number
        self.whys: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        """A float, a text or a column; an undefined scalar says why, if what it needs is there."""
        value = in_case(self.got[key], self.number)
        if isinstance(value, Undefined):  # what no case changes: it knows why
            return value
        if isinstance(value, float) and np.isnan(value) and key in self.model.lines:
            return self._why(key, value)
        return value

    def _why(self, key: str, value: float) -> Value:
        """What is undefined, with its reason: its rule called again with this case's numbers."""
        if key not in self.whys:
            one = self.model.lines[key]
            with np.errstate(all="ignore"):
                found = one.rule(*(self[need] for need in one.needs))
            self.whys[key] = found if np.isnan(found) else value  # a number where it was given
        return self.whys[key]


def as_cases(model: Model, varied: Mapping[str, Sequence[float]]) -> dict[str, np.ndarray]:
    """One number a case for each key, as arrays; raises `CaseError` for what cannot be that."""
    found = {}
    for key, numbers in varied.items():
        if key not in model:
            raise CaseError(f"no cases of {model.unknown(key)}")
        item = model[key]
        _refuse_words(item)
        if item.along is not None:
            said = f"it has a number in each of its {item.along}, and a case is one number"
            raise CaseError(f"{key} cannot vary over cases: {said}")
        if isinstance(item, Given) and item.counted:
            raise CaseError(f"{key} cannot vary over cases: it is what the checks come to")
        try:
            found[key] = np.array(numbers, dtype=float)
        except (TypeError, ValueError):
            raise CaseError(f"{key} has a case that is no number: {numbers!r}") from None
        if found[key].ndim != 1 or not found[key].size or not np.isfinite(found[key]).all():
            raise CaseError(f"{key} needs one number a case, not {numbers!r}")
    _one_count(found)
    return found


def _refuse_words(item: Given | Line) -> None:
    if item.is_text or isinstance(item, Choice):
        kind = "a choice" if isinstance(item, Choice) else "a text"
        said = f"it is {kind}, and cases vary numbers"
        raise CaseError(f"{item.key} cannot vary over cases: {said}")


def _one_count(varying: Mapping[str, np.ndarray]) -> int:
    """How many cases there are; refuses arrays of different lengths."""
    counts = {key: value.shape[-1] for key, value in varying.items()}
    first = next(iter(counts), "")
    for key, count in counts.items():
        if not count:
            raise CaseError(f"{key} has no cases")
        if count != counts[first]:
            raise CaseError(f"{key} has {count} cases, and {first} has {counts[first]}")
    return int(counts.get(first, 0))


def _varying(model: Model, values: Mapping[str, Value]) -> dict[str, np.ndarray]:
    """The inputs and lines that are given over cases, as arrays."""
    varying = {}
    for key, value in values.items():
        if _axes(value) and key in model and _axes(value) > (model[key].along is not None):
            item = model[key]
            if not (isinstance(item, Given) and item.counted):
                _refuse_words(item)
            varying[key] = np.asarray(value)
    return varying


def beside_cases(alone: Mapping[str, Value]) -> dict[str, Value]:
    """What no case changes, its columns one case wide, so that they broadcast over the cases."""
    beside = dict(alone)
    for key, value in alone.items():
        if isinstance(value, (tuple, list)):  # the options of a choice
            value = np.array(value, dtype=object)
        if _axes(value) == 1:
            beside[key] = value[:, None]
    return beside


def _axes(value: Value) -> int:
    """How many axes a value has: of arrays alone, whose counting costs nothing."""
    return getattr(value, "ndim", 0)


def _same_in_all(value: Value) -> bool:
    """Whether a value is known to be the same in every case; what is undefined has its own why."""
    if not isinstance(value, np.ndarray) or not value.ndim or value.shape[-1] == 1:
        return True
    return bool(np.all(value == value[..., :1]))


def full(count: int, value: Value) -> Value:
    """A number, or one for each case, as so many."""
    return np.broadcast_to(value, count)


def at_cases(
    model: Model, alone: Mapping[str, Value], varied: Mapping[str, Value], keys: Collection[str]
) -> dict[str, Value]:
    """What varies and some lines, a value a case for each, all else as it stands.

    Args:
        alone: every input, and the lines that are known, as they stand.
        varied: a number a case by the key of an input, or of a line without rows.
    """
    moved = model.downstream(varied)
    still = {key: value for key, value in alone.items() if key not in moved}
    tried = {key: np.asarray(value, dtype=float) for key, value in varied.items()}
    count = _one_count(tried)
    found = cases(model, still | tried, keys)
    return tried | {
        key: np.broadcast_to(found[key], (*np.shape(found[key])[:-1], count)) for key in keys
    }


@dataclass(frozen=True)
class _Step:
    """Lines computed together: one, or a loop that closes over previous()."""

    lines: tuple[Line, ...]
    loops: bool
    by_case: bool = False
    spent: frozenset[str] = frozenset()  # what nothing reads any more


def _given(model: Model, values: Mapping[str, Value]) -> frozenset[str]:
    """The lines whose values are given."""
    return frozenset(values.keys() & model.lines.keys())


def _behind(model: Model, given: frozenset[str], keys: Iterable[str]) -> frozenset[str]:
    """What keys are computed from, as far as what is given: nothing behind that is needed."""
    lines = model.lines
    return reach(keys, lambda key: lines[key].needs if key in lines and key not in given else ())


@functools.lru_cache(maxsize=64)
def _steps(
    model: Model,
    given: frozenset[str],
    varying: frozenset[str],
    only: frozenset[str],
    *,
    keeping: bool = True,
) -> tuple[tuple[_Step, ...], tuple[_Step, ...]]:
    """The steps to what is wanted: those that no case changes, and those that cases do.

    Without `keeping` the latter let go what is not wanted, unless words may ask for its why.
    """
    wanted = _behind(model, given, only) if only else model.lines.keys()
    changed = model.downstream(varying) if varying else frozenset()
    still: list[_Step] = []
    moving: list[_Step] = []
    for group in model.groups:
        lines = tuple(model.lines[key] for key in group if key in wanted and key not in given)
        if not lines:
            continue
        loops = len(lines) > 1 or lines[0].key in lines[0].needs
        if changed.isdisjoint(group):
            still.append(_Step(lines, loops))
        else:
            moving.append(_Step(lines, loops, any(map(_says, lines))))
    if not keeping and not any(step.by_case for step in moving):
        moving = _freeing(moving, only)
    return tuple(still), tuple(moving)


@functools.cache
def _says(one: Line) -> bool:
    """Whether a line makes texts of numbers, or says of a text why there is none."""
    made = ("text", "nothing") if one.is_text else ("text",)
    return any(isinstance(part, Call) and part.word.unit in made for part in walk(one.tree))


def _freeing(steps: Sequence[_Step], keys: Collection[str]) -> list[_Step]:
    """The same steps, arrays let go after their last use."""
    freeing, later = [], set(keys)
    for step in reversed(steps):
        reads = {need for one in step.lines for need in one.needs} | {one.key for one in step.lines}
        freeing.append(replace(step, spent=frozenset(reads - later)))
        later |= reads
    return freeing[::-1]


class _Run:
    """Lines computed one after the other, for one case or over so many."""

    def __init__(self, model: Model, values: Mapping[str, Value], count: int = 0) -> None:
        self.model = model
        self.got = dict(values)
        self.count = count

    @functools.cached_property
    def alone(self) -> list[Case]:
        """Each case by itself."""
        return [Case(self.model, self.got, number) for number in range(self.count)]

    def through(self, steps: Iterable[_Step]) -> dict[str, Value]:
        """Everything that is given, and what the steps compute from it."""
        for step in steps:
            if step.loops:
                self._loop(step)
            else:
                (one,) = step.lines
                self.got[one.key] = self._shaped(one, self._value(one, step.by_case))
            for key in step.spent:
                self.got.pop(key, None)
        return self.got

    def _loop(self, step: _Step) -> None:
        """Lines in a loop; it is triangular, since it closes only over previous().

        Each pass settles one more step along the axis, so as many passes as there are settle all.
        """
        length = self._length(step.lines[0])
        shape = (length, self.count) if self.count else (length,)
        for one in step.lines:
            self.got[one.key] = np.full(shape, "", dtype=object) if one.is_text else np.zeros(shape)
        for _ in range(length):
            for one in step.lines:
                self.got[one.key] = np.broadcast_to(self._value(one, step.by_case), shape)

    def _value(self, one: Line, by_case: bool) -> Value:
        if by_case:
            alike = all(map(_same_in_all, (self.got[need] for need in one.needs)))
            found = [one.rule(*(case[need] for need in one.needs))
                     for case in (self.alone[:1] if alike else self.alone)]  # fmt: skip
            return side_by_side(found, is_text=one.is_text)
        return one.rule(*(self.got[need] for need in one.needs))

    def _shaped(self, one: Line, value: Value) -> Value:
        """A value along its line's axis, and over cases one or as many of them as there are."""
        dims, count = value.ndim if isinstance(value, np.ndarray) else 0, self.count
        if one.along is None:
            return value[0] if dims and len(value) == 1 != count else value
        if dims == (2 if count else 1):
            return value
        if dims == 1 and is_row_by_row(one.tree):
            return value[:, None]
        same = np.asarray(value, dtype=object if isinstance(value, str) else None)
        length = self._length(one)  # the same in every year or row
        return np.broadcast_to(same, (length, np.size(same)) if count else (length,))

    def _length(self, one: Line) -> int:
        """How many years or rows a line has."""
        if one.along == YEARS:
            return YEAR_COUNT
        if one.along in self.model.axes or one.along in self.model.tables:
            return len(self.got[str(one.along)])
        return len(self.got[self.model.along(str(one.along))[0].key])

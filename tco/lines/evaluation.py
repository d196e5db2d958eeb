"""Numbers: the lines of a model computed, over years, rows and cases.

A line is a scalar or runs along an axis, the first one of its array; cases are the last axis, so
that scalars broadcast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tco.lines.items import YEAR_COUNT, YEARS, Line, Value

if TYPE_CHECKING:
    from tco.lines.model import Model


def evaluate(
    model: Model, values: Mapping[str, Value], only: Iterable[str] = ()
) -> dict[str, Value]:
    """Every line's value, or those needed for `only`.

    Args:
        values: inputs by key: floats, texts, arrays (years or rows first, cases last).
            A line that is given here counts as given.
        only: keys wanted; all when empty.

    Returns:
        Inputs and lines by key. Undefined values are NaN; scalars carry why.
    """
    varying = _varying(model, values)
    moving = model.downstream(varying)
    still, got = dict(values), _columns_beside_cases(model, values)
    wanted = model.upstream(only) if only else None
    with np.errstate(all="ignore"):
        for group in model.groups:
            if wanted is None or not wanted.isdisjoint(group):
                if not varying:
                    _evaluate_group(model, group, got, values)
                elif moving.isdisjoint(group):
                    _evaluate_group(model, group, still, values)
                    got |= _beside_cases(model, group, still, varying)
                else:
                    _evaluate_group(model, group, got, values)
    return got


def _beside_cases(
    model: Model, group: Iterable[str], still: Mapping[str, Value], varying: Sequence[str]
) -> dict[str, Value]:
    """The lines of a group that no case changes, as columns where others have cases."""
    return {
        key: still[key][:, None]
        if varying and model.lines[key].along and np.ndim(still[key]) == 1
        else still[key]
        for key in group
    }


def _columns_beside_cases(model: Model, values: Mapping[str, Value]) -> dict[str, Value]:
    """The inputs, those along an axis as columns where scalars vary, so that both broadcast."""
    got = dict(values)
    if not _varying(model, values):
        return got
    for key, given in model.givens.items():
        if given.along and np.ndim(got.get(key, 0.0)) == 1:
            got[key] = got[key][:, None]
    return got


def _varying(model: Model, values: Mapping[str, Value]) -> list[str]:
    """Scalar inputs and lines that are given one number a case."""
    scalar = (key for key in values if key in model and model[key].along is None)
    return [key for key in scalar if np.ndim(values[key])]


def cases(
    model: Model, values: Mapping[str, Value], keys: Sequence[str], *, at_once: int = 8192
) -> dict[str, Value]:
    """Some lines over many cases of scalar inputs.

    Args:
        values: inputs by key; an array holds one number a case, all of the same length.
        keys: lines wanted. Only what they need is computed.
        at_once: cases computed together: few enough that their arrays stay in the
            processor's cache, which is several times faster than all at once.

    Returns:
        An array over the cases for each key, or a scalar where nothing varies.
    """
    varying, plan, wanted = _varying(model, values), _plan(model, frozenset(keys)), set(keys)
    count = len(values[varying[0]]) if varying else 1
    moving = model.downstream(varying)
    still, beside = dict(values), _columns_beside_cases(model, values)
    parts: list[dict[str, Value]] = []
    with np.errstate(all="ignore"):
        for group, _ in plan:
            if moving.isdisjoint(group):
                _evaluate_group(model, group, still, values)
                beside |= _beside_cases(model, group, still, varying)
        for start in range(0, count, at_once):
            got = dict(beside)
            got |= {key: values[key][start : start + at_once] for key in varying}
            for group, spent in plan:
                if not moving.isdisjoint(group):
                    _evaluate_group(model, group, got, values)
                for key in spent - wanted:  # arrays let go after their last use
                    got.pop(key, None)
            parts.append({key: got[key] for key in keys})
    first = parts[0]
    return {
        key: np.concatenate([part[key] for part in parts]) if np.ndim(first[key]) else first[key]
        for key in keys
    }


def _plan(model: Model, keys: frozenset[str]) -> list[tuple[tuple[str, ...], frozenset[str]]]:
    """The groups needed for some keys, each with the lines that nothing later reads."""
    needed = model.upstream(keys)
    groups = [group for group in model.groups if not needed.isdisjoint(group)]
    plan = []
    later: set[str] = set()
    for group in reversed(groups):
        reads = {need for key in group for need in model.lines[key].needs} | set(group)
        plan.append((group, frozenset(reads & model.lines.keys()) - later))
        later |= reads
    return plan[::-1]


def _evaluate_group(
    model: Model, group: tuple[str, ...], got: dict[str, Value], values: Mapping[str, Value]
) -> None:
    members = [model.lines[key] for key in group if key not in values]
    if not members:
        return
    if len(group) == 1 and group[0] not in model.lines[group[0]].needs:
        for one in members:
            value = one.rule(*(got[need] for need in one.needs))
            if one.along == YEARS and not np.ndim(value):  # the same in every year
                value = np.full(YEAR_COUNT, value)
            got[one.key] = value
        return
    # A loop that closes only over previous() is triangular: each pass settles one more step,
    # so as many passes as there are steps settle them all, exactly.
    steps = YEAR_COUNT if members[0].along == YEARS else _rows(model, members[0].along, got)
    shape = (steps, *_cases_of(model, members, got))
    for one in members:
        got[one.key] = np.zeros(shape)
    for _ in range(steps):
        for one in members:
            value = one.rule(*(got[need] for need in one.needs))
            got[one.key] = np.broadcast_to(value, shape)


def _cases_of(model: Model, members: Iterable[Line], got: Mapping[str, Value]) -> tuple[int, ...]:
    """The shape of the case axis as the needs of a loop have it: () or (cases,)."""
    for need in {need for one in members for need in one.needs if need in got}:
        along = model[need].along if need in model else YEARS
        shape = np.shape(got[need])
        if len(shape) > (1 if along else 0):
            return (shape[-1],)
    return ()


def _rows(model: Model, table: str | None, got: Mapping[str, Value]) -> int:
    if table in model.axes or table in model.tables:
        return len(got[str(table)])
    inputs = [key for key, one in model.givens.items() if one.along == table]
    return len(got[inputs[0]])

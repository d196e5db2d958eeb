"""Guards: a line that is undefined where what it reads is, with the same reason.

In numbers a guarded line looks at everything it reads. Its formula tests only what may be
undefined, which the model knows once all lines are there: inputs that need not be given, lines
that may come to undefined(), and guarded lines that read one of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from tco.lines.expression import Call, Expression, Reference, walk
from tco.lines.items import Given, Line, ModelError
from tco.lines.order import reach
from tco.lines.vocabulary import (
    both,
    defined,
    instead_of,
    is_row_by_row,
    lookup,
    undefined,
    where,
    where_known,
)


def with_guards(givens: Mapping[str, Given], lines: Mapping[str, Line]) -> dict[str, Line]:
    """The lines, each guarded one with the keys that its formula tests.

    Raises `ModelError` for a guarded line that reads a column of another axis, as it could not say
    which row of it is meant, and for one that would pass on a reason its own cells cannot show:
    a column of numbers has none but a dash, and neither has an input that is not given.
    """
    guarded = [one for one in lines.values() if one.guarded]
    for one in guarded:
        for need in one.needs:
            item = lines.get(need) or givens.get(need)
            if item is not None and item.along not in (None, one.along):
                raise ModelError(f"{one.key} is guarded and reads {need}, which runs elsewhere")
    gone = _may_be_undefined(givens, lines, [one.key for one in guarded])
    found = dict(lines)
    for one in guarded:
        guards = tuple(key for key in one.needs if key in gone and key != one.key)
        for key in guards:
            if (key in givens or one.along) and (lines.get(key) or givens[key]).along is None:
                raise ModelError(f"{one.key} must say itself what it lacks where {key} is unknown")
        found[one.key] = replace(one, guards=guards)
    return found


def undefinable(items: Mapping[str, Given | Line], keys: Iterable[str]) -> Set[str]:
    """The inputs and lines that may be undefined, of all that some keys are computed from."""
    givens = {key: one for key, one in items.items() if isinstance(one, Given)}
    lines = {key: one for key, one in items.items() if isinstance(one, Line)}
    return _may_be_undefined(givens, lines, keys)


def _may_be_undefined(
    givens: Mapping[str, Given], lines: Mapping[str, Line], keys: Iterable[str]
) -> Set[str]:
    """All that may be undefined of what some lines are computed from, themselves included."""
    gone = {key for key, one in givens.items() if not one.required and not one.is_text}
    needed = reach(keys, lambda key: lines[key].needs if key in lines else ())
    left = [lines[key] for key in needed if key in lines and not lines[key].is_text]
    asked = left
    while found := {
        one.key
        for one in asked
        if (one.guarded and not gone.isdisjoint(one.needs)) or _may_give_none(one.tree, gone)
    }:
        gone |= found  # then what reads one of these is asked once more, and nothing else
        asked = [one for one in left if one.key not in gone and not found.isdisjoint(one.needs)]
    return gone


def _may_give_none(tree: Expression, gone: Set[str]) -> bool:
    """Whether a formula may come to an undefined number, written in it or passed on."""
    if isinstance(tree, Reference):
        return tree.key in gone
    if isinstance(tree, Call) and tree.word is where:
        test, there, elsewhere = tree.parts
        return _may_give_none(there, gone - _known_by(test)) or _may_give_none(elsewhere, gone)
    if isinstance(tree, Call) and tree.word is where_known:
        return True
    if isinstance(tree, Call) and tree.word is lookup:
        return _may_give_none(tree.parts[2], gone)
    if isinstance(tree, Call) and tree.word is instead_of:
        return _may_give_none(tree.parts[0], gone)
    if is_row_by_row(tree):
        return any(_may_give_none(part, gone) for part in tree.parts)  # type: ignore[attr-defined]
    return any(isinstance(part, Call) and part.word is undefined for part in walk(tree))


def _known_by(test: Expression) -> frozenset[str]:
    """The keys that are numbers where a test holds."""
    if not isinstance(test, Call) or test.word not in (both, defined):
        return frozenset()
    if test.word is both:
        return frozenset().union(*map(_known_by, test.parts))
    return frozenset(part.key for part in test.parts if isinstance(part, Reference))

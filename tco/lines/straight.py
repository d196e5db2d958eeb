"""Straight: whether a line follows an input in a straight line, whatever the numbers.

Where it does, its values at two points say what it is anywhere, and where it comes to nothing. Read
off the formulas alone: what cannot be seen to be straight counts as bent.
"""

from __future__ import annotations

from collections.abc import Mapping

from tco.lines.choosing import instead_of, passing_on, where_known
from tco.lines.expression import Binary, Call, Expression, Reference
from tco.lines.model import Model
from tco.lines.vocabulary import (
    beside,
    chosen,
    defined,
    dot,
    each,
    lookup,
    numbered,
    previous,
    total,
    where,
)

STILL, STRAIGHT, BENT = 0, 1, 2
# Words whose result is as straight as the most bent of their parts.
_AS_PARTS = (instead_of, total, previous, each, beside, where_known, passing_on)
_CHOOSING = (where, chosen, numbered)  # what they choose by is their first part


def bend_of(model: Model, key: str, aim: str) -> int:
    """How a line moves with an input, or with a line given in its place: not, straight or bent."""
    found = {key: STRAIGHT}
    between = model.downstream([key]) & model.upstream([aim]) - {key}
    groups = dict.fromkeys(model.group_of(one) for one in between)
    for group in sorted(groups):
        lines = [model.lines[one] for one in model.groups[group]]
        for _ in range(len(lines) + 1):  # a loop is as bent as its most bent line
            for line in lines:
                bend = STILL if line.key == key else _bend(line.tree, found)
                found[line.key] = max(bend, found.get(line.key, STILL))
    return found.get(aim, STILL)


def _bend(tree: Expression, found: Mapping[str, int]) -> int:
    if isinstance(tree, Reference):
        return found.get(tree.key, STILL)
    if isinstance(tree, Binary):
        return _of_signs(tree.sign, _bend(tree.left, found), _bend(tree.right, found))
    if isinstance(tree, Call):
        return _of_words(tree, [_bend(part, found) for part in tree.parts])
    return STILL


def _of_signs(sign: str, left: int, right: int) -> int:
    if sign in ("+", "-"):
        return max(left, right)
    if sign == "*":
        return min(left + right, BENT)
    if sign == "/" and not right:
        return left
    return BENT if left or right else STILL


def _of_words(call: Call, bent: list[int]) -> int:
    if not any(bent) or call.word is defined:  # that there is a number does not move with it
        return STILL
    if call.word in _AS_PARTS:
        return max(bent)
    if call.word is dot:
        return min(sum(bent), BENT)
    if call.word is lookup:
        return BENT if bent[0] or bent[1] else bent[2]
    if call.word in _CHOOSING:
        return BENT if bent[0] else max(bent[1:])
    return BENT

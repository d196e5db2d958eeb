"""What an expression along years reads at its own step, and what at the one before."""

from __future__ import annotations

from tco.lines.expression import Binary, Call, Expression, Reference, walk
from tco.lines.vocabulary import previous


def read_now(tree: Expression) -> set[str]:
    """Keys an expression reads at its own step, not under previous()."""
    if isinstance(tree, Reference):
        return {tree.key}
    if isinstance(tree, Binary):
        return read_now(tree.left) | read_now(tree.right)
    if isinstance(tree, Call) and tree.word is not previous:
        return set().union(*(read_now(part) for part in tree.parts))
    return set()


def read_before(tree: Expression) -> frozenset[str]:
    """Keys an expression reads under previous() alone."""
    behind = {
        part.parts[0].key
        for part in walk(tree)
        if isinstance(part, Call) and part.word is previous
        if isinstance(part.parts[0], Reference)
    }
    return frozenset(behind - read_now(tree)) if behind else frozenset()

"""Checks of a table's rows: one function of a row, and what is told of all rows follows from it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Any

import numpy as np

from tco.lines.expression import Expression, Reference, lift, walk
from tco.lines.items import ERROR, Check, Line, ModelError, called, line
from tco.lines.items import check as checked
from tco.lines.vocabulary import below, lookup, shown, text, total, where, writing

NONE_FLAGGED = "none"


@dataclass(frozen=True)
class RowCheck:
    """A flag in each row, how many rows have it, the first of them, and the check that fires."""

    flag: Line
    count: Line
    first: Line
    check: Check

    def __iter__(self) -> Iterator[Line | Check]:
        return iter((self.flag, self.count, self.first, self.check))


def row_check(
    label: str,
    *,
    along: str,
    count: tuple[str, str],
    first: tuple[str, str],
    check: tuple[str, str],
    note: str,
    says: str,
    kind: str = ERROR,
    guards: str | None = None,
    of_inputs: bool = False,
    section: str = "",
) -> Callable[[Callable[..., Any]], RowCheck]:
    """Make a function of one row a check of all of them.

    The function returns the test that flags a row, or that and the words that name the row in a
    sentence, made of its columns; without words a row is named as its table names it. Its name is
    the flag's key, and its docstring says "1 where ...".

    Long, because all that is said of the rows is a parameter: half of it is this list.

    Args:
        label: of the flag, beside each row.
        along: the table.
        count: key and label of how many rows are flagged.
        first: key and label of the words of the first of them.
        check: key and label of the check, which fires where any row is flagged.
        note: what the check makes sure of.
        says: the sentence it fires with, in which {count} and {first} stand for those two.
        kind, guards, of_inputs: as for any check.
        section: where the lines stand, if not with the rest of their module.

    Raises:
        ModelError: for a docstring that begins otherwise.
    """

    def wrap(rule: Callable[..., Any]) -> RowCheck:
        row, key, about = _Row(rule, along), rule.__name__, inspect.getdoc(rule) or ""
        start, _, condition = about.partition(" where ")
        if start != "1":
            raise ModelError(f"{key} must say what it flags: '1 where ...', not {about!r}")
        rows = along.replace("_", " ")
        how_many = f"How many {rows} there are where {condition}"
        which = f"The first of the {rows} where {condition}"

        def fires(*columns: Any) -> Any:
            return where(row.test(*columns), 1, 0)

        def first_words(flags: Any, found: Any, *columns: Any) -> Any:
            if isinstance(flags, Expression):
                said = row.words(*(lookup(1, flags, column) for column in columns))
            else:
                said = lookup(1, flags, row.words(*columns))
            return where(below(0, found), said, NONE_FLAGGED)

        def finding(found: Any, told: Any) -> Any:
            parts = {"count": shown(found, "0"), "first": told}
            fields = [field for _, field, _, _ in Formatter().parse(says) if field]
            pattern = says.format(**dict.fromkeys(fields, "{}"))
            return below(0, found), text(pattern, *(parts[field] for field in fields))

        flag_ = line(label, "flag", along=along, section=section)
        count_ = line(count[1], "count", section=section)
        first_ = line(first[1], "text", section=section)
        check_ = checked(check[1], kind=kind, guards=guards, of_inputs=of_inputs)
        named = (key, count[0], *row.named)
        return RowCheck(
            flag_(called(fires, key, about, *row.tested)),
            count_(called(lambda flags: total(flags), count[0], how_many, key)),
            first_(called(first_words, first[0], which, *named)),
            check_(called(finding, check[0], note, count[0], first[0])),
        )

    return wrap


class _Row:
    """A rule of one row, as its test and its words, each with the keys that it reads."""

    def __init__(self, rule: Callable[..., Any], along: str) -> None:
        needs = tuple(inspect.signature(rule).parameters)
        self._rule, self._needs = rule, needs
        with writing():
            found = rule(*map(Reference, needs))
        self._has_words = isinstance(found, tuple)
        test, words = found if self._has_words else (found, Reference(along))
        self.tested, self.named = self._read(test), self._read(words) or (along,)

    def _read(self, tree: Any) -> tuple[str, ...]:
        """The needs that a formula holds, in their order."""
        read = {part.key for part in walk(lift(tree)) if isinstance(part, Reference)}
        return tuple(need for need in self._needs if need in read)

    def test(self, *tested: Any) -> Any:
        """Whether rows are flagged."""
        found = self._called(self.tested, tested)
        return found[0] if self._has_words else found

    def words(self, *named: Any) -> Any:
        """What a row is called."""
        return self._called(self.named, named)[1] if self._has_words else named[0]

    def _called(self, keys: tuple[str, ...], values: tuple[Any, ...]) -> Any:
        """The rule where some needs are known; what it makes of the others nobody looks at."""
        known = dict(zip(keys, values, strict=True))
        written = any(isinstance(value, Expression) for value in values)
        rows, *cases = np.shape(max(values, key=np.ndim, default=np.nan)) or (1,)
        unread = np.full((rows, *(1 for _ in cases)), np.nan)
        return self._rule(
            *(known.get(need, Reference(need) if written else unread) for need in self._needs)
        )

"""Membership: a thing declares which total or table it is a row of, and everything else follows.

A line or an input is a part of a total by `@part(of="buy_total")`. What follows from the members
of a total, or of a class such as the ways to rent, is written once as a function of `Members` that
yields lines, checks and rows: `@gathered`, in the place of its module where they shall stand.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from tco.lines.items import Check, Given, Line, Part, Rows, check_of
from tco.lines.vocabulary import (
    both,
    defined,
    difference,
    each,
    picked,
    shown,
    text,
    undefined,
    unless,
    where,
)

Item = TypeVar("Item", Line, Given)
Member = TypeVar("Member")


def part(
    *, of: str, rests_on: str = "", share: str = "", row: str = "", label: str = "",
    note: str = "", place: int = 0,
) -> Callable[[Item], Item]:  # fmt: skip
    """Make a line or an input a part of a total.

    Args:
        of: the total; a part of a part carries a piece of what that one carries.
        rests_on: the price whose evidence is as good as the amount's.
        share: the key of its share of the total, KEY_of_total if none is named.
        row, label, note: the id, the name and the remark of its row in tables of the parts, where
            they are not its own key and label.
        place: a later one stands after parts that the model has later.
    """
    made = Part(of, rests_on, share, row, label, note, place)

    def wrap(item: Item) -> Item:
        return replace(item, parts=(*item.parts, made))

    return wrap


class Members:
    """Who declared to belong where, in the order of the model."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items = tuple(items)
        self._known: dict[type[Any], tuple[Any, ...]] = {}  # each class is asked for many times
        self._parts: dict[str, list[Line | Given]] = {}
        for item in self._items:
            if isinstance(item, Line | Given):
                for one in item.parts:
                    self._parts.setdefault(one.of, []).append(item)

    def __len__(self) -> int:
        """How many places in totals there are."""
        return sum(map(len, self._parts.values()))

    def changed(self, change: Callable[[Any], Any]) -> Members:
        """The same members, each as `change` makes it."""
        return Members(change(item) for item in self._items)

    def of(self, total: str) -> tuple[Line | Given, ...]:
        """The parts of a total by their places, computed ones first; none for what is no total."""

        def order(one: Line | Given) -> tuple[int, bool]:
            return declared(one, total).place, isinstance(one, Given)

        return tuple(sorted(self._parts.get(total, ()), key=order))

    def all(self, kind: type[Member]) -> tuple[Member, ...]:
        """Every member of a class, by its place where it has one."""
        if kind not in self._known:
            found = [item for item in self._items if isinstance(item, kind)]
            found.sort(key=lambda one: getattr(one, "place", 0))
            self._known[kind] = tuple(found)
        return self._known[kind]

    def leaves(self, total: str) -> tuple[tuple[Line | Given, Part], ...]:
        """The parts of a total that have no parts themselves, each with what it declared."""
        found: list[tuple[Line | Given, Part]] = []
        for item in self.of(total):
            inner = self.leaves(item.key)
            found += inner or [(item, declared(item, total))]
        return tuple(found)


@dataclass(frozen=True)
class Gathered:
    """Lines, checks and rows that are made of members, in the place where this stands."""

    make: Callable[[Members], Iterable[Any]]


def gathered(make: Callable[[Members], Iterable[Any]]) -> Gathered:
    """Make a function of the members an item of its module."""
    return Gathered(make)


def of_each(kind: type[Member]) -> Callable[[Callable[[Member], Iterable[Any]]], Gathered]:
    """The same of a function of one member, for every member of a class."""

    def wrap(make: Callable[[Member], Iterable[Any]]) -> Gathered:
        return Gathered(lambda members: (item for one in members.all(kind) for item in make(one)))

    return wrap


def declared(item: Line | Given, total: str) -> Part:
    """What a part of a total says of its place there."""
    return next(one for one in item.parts if one.of == total)


def sum_of(parts: Iterable[Any]) -> Any:
    """The parts added up, without a 0 before the first."""
    return functools.reduce(operator.add, parts)


def total_of_parts(
    key: str, label: str, unit: str, note: str, *parts: Part, along: str | None = None,
    known: str = "", why: str = "",
) -> Gathered:  # fmt: skip
    """The line that is the sum of its parts.

    Args:
        parts: the totals that it is a part of itself.
        known: a part without which there is no total, for the reason `why`.
    """

    def make(members: Members) -> Iterable[Line]:
        needs = tuple(one.key for one in members.of(key))

        def rule(*amounts: Any) -> Any:
            if not known:
                return sum_of(amounts)
            return where(defined(amounts[needs.index(known)]), sum_of(amounts), undefined(why))

        yield Line(key, label, unit, rule, note, needs, along, parts=parts)

    return Gathered(make)


def share_of(item: Line | Given, total: str) -> str:
    """The key of a part's share of a total."""
    return declared(item, total).share or f"{item.key}_of_total"


def shares_of(total: str, what: str) -> Gathered:
    """A line for each part of a total: what share of it that is.

    Args:
        what: the total in words: "the total to buy".
    """

    def make(members: Members) -> Iterable[Line]:
        for one in members.of(total):
            note = f"What part of {what} is {_in_a_sentence(one.label)}."
            key, label = share_of(one, total), f"{one.label} of total"
            yield Line(key, label, "share", operator.truediv, note, (one.key, total))

    return Gathered(make)


def _in_a_sentence(label: str) -> str:
    """A label inside a sentence: "GPU cost" stays, "Staff" becomes "staff"."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def adds_up(total: str, key: str, label: str, note: str) -> Gathered:
    """The check that a total is its parts and no more, unless it is given."""

    def make(members: Members) -> Iterable[Check]:
        needs = tuple(one.key for one in members.of(total))

        def rule(whole: Any, given: Any, *parts: Any) -> Any:
            left = difference(whole, sum_of(parts))
            return both(picked(given, 0), unless(picked(left, 0))), text(
                "the total is off its parts by {}", shown(left, "#,##0")
            )

        yield check_of(key, label, rule, (total, f"{total}_given", *needs), note)

    return Gathered(make)


@dataclass(frozen=True)
class Fixed:
    """Words that stand in a row of a column as they are."""

    words: str


Entry = str | tuple[str, ...] | float | Fixed


def column_of(
    axis: str, key: str, label: str, unit: str, note: str, entries: Iterable[Entry]
) -> Line:
    """A line along an axis whose rows are other lines each: a table put together.

    Args:
        entries: row by row the key of a line, several keys that are added up, a number, or words.
    """
    rows = tuple(entries)
    needs = tuple(dict.fromkeys(key for row in rows for key in _keys_of(row)))

    def rule(*parts: Any) -> Any:
        at = dict(zip(needs, parts, strict=True))
        return each(*(_entry(row, at) for row in rows))

    return Line(key, label, unit, rule, note, needs, axis)


def _keys_of(row: Entry) -> tuple[str, ...]:
    if isinstance(row, str):
        return (row,)
    return row if isinstance(row, tuple) else ()


def _entry(row: Entry, at: Mapping[str, Any]) -> Any:
    if isinstance(row, Fixed):
        return row.words
    keys = _keys_of(row)
    return sum_of(at[key] for key in keys) if keys else 0 if isinstance(row, tuple) else row


def rows_of_parts(axis: str, total: str) -> Gathered:
    """The rows of a table of what a total comes down to, in the order of its parts."""

    def make(members: Members) -> Iterable[Rows]:
        yield Rows(
            tuple(
                (said.row or item.key, said.label or item.label, said.note)
                for item, said in members.leaves(total)
            ),
            axis,
        )

    return Gathered(make)


def amounts_of_parts(axis: str, total: str, key: str, label: str, unit: str, note: str) -> Gathered:
    """The column of such a table that has the amounts."""

    def make(members: Members) -> Iterable[Line]:
        yield column_of(axis, key, label, unit, note, (one.key for one, _ in members.leaves(total)))

    return Gathered(make)

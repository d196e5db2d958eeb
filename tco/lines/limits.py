"""Limits: the checks that inputs stay within their bounds, alone and row by row."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tco.lines.items import Check, Choice, Given, GivenRows, Heading, Line, called, check, line
from tco.lines.plausible import most, short
from tco.lines.rows import RowCheck, row_check
from tco.lines.vocabulary import (
    below,
    beyond,
    both,
    defined,
    either,
    missing,
    picked,
    short_of,
    text,
    times_listed,
    touches,
    unless,
    unpriced,
    unworded,
    where,
    worded,
)


def limits(given: Given) -> Check:
    """The check that an input stays within its bounds, in the words the reader of files uses."""

    def rule(value: Any) -> Any:
        return _outside(given, value), unworded(value, limit_words(given, value, live=True))

    def of_money(value: Any, currency: Any) -> Any:
        return _outside(given, value), unpriced(
            value, limit_words(given, value, live=True), currency
        )

    note = given.why or f"{given.label} is {given.bounds}."
    money = given.money or "USD" in given.unit
    needs = (given.key, "currency") if money else (given.key,)
    rule = called(of_money if money else rule, f"{given.key}_limits", note, *needs)
    return replace(check(f"{given.label}: within limits")(rule), limit=True)


def _outside(given: Given, value: Any) -> Any:
    """Whether a number is beyond its bounds, or missing where there must be one."""
    tests = []
    if given.above is not None:
        tests.append(touches(value, given.above))
    if given.least is not None:
        tests.append(short_of(value, given.least))
    tests.append(beyond(value, _ceiling(given)))
    if given.required:
        return either(missing(value), *tests)
    return either(worded(value), both(defined(value), either(*tests)))


def limit_words(given: Given, value: Any, *, live: bool = False) -> Any:
    """What is said of a number out of bounds; live, where nothing was refused before, of any."""
    bounds = given.bounds or "a number"
    if live and given.most is None:
        bounds = f"{bounds}, at most {short(_ceiling(given))}"
    return text(f"{given.key} is {{}}: it must be {bounds}", value)


def _ceiling(given: Given) -> float:
    """The largest number that an input can be: its own bound, or its unit's."""
    return most(given.unit) if given.most is None else given.most


def option_words(choice: Given, picked: Any) -> Any:
    """What is said of a choice that is none of the options."""
    return text(f"{{}} is not an option of {choice.key}", picked)


MOST_NAMED = 7  # columns that one formula can name

# ---- tables: one flag a value, one sentence a row, one check a table ----------------------------


def row_limits(
    table: GivenRows, columns: list[Given], naming: Mapping[str, str]
) -> Iterator[Heading | Line | Check]:
    """What tests the values of given rows: flags beside them, what is wrong, and the check.

    `naming` has the column of names of each table whose own are numbers.
    """
    own = "" if table.numbered else columns[0].key  # each row has a name of its own
    tested = [one for one in columns if one.key == own or _testable(one)]
    if not tested:
        return
    yield Heading(f"{table.title}: every value within its limits")
    flags = [f"{one.key}_beyond" for one in tested]
    for given, flag in zip(tested, flags, strict=True):
        names = table.key if given.key == own else naming.get(given.names, given.names)
        names = names or getattr(given, "beside", "")
        wrong = _twice if given.key == own else functools.partial(_wrong, given)
        proper = "a name of its own" if given.key == own else _proper(given)
        yield _made(
            lambda *needs, wrong=wrong: where(wrong(*needs), 1, 0), flag,
            f"1 where {given.label.lower()} is not {proper}.", f"{given.label}: beyond",
            "flag", table, (given.key, *((names,) if names else ())),
        )  # fmt: skip
    spelled = [table.spelled(one.key) for one in tested]
    parts = [slice(at, at + MOST_NAMED) for at in range(0, len(flags), MOST_NAMED)]
    keys = [f"{table.key}_row_wrong{number or ''}" for number in range(len(parts))][::-1]
    for part, key in zip(parts, keys, strict=True):
        earlier = keys[: keys.index(key)][-1:]
        yield _made(
            functools.partial(_wrong_words, spelled[part]), key,
            "The values that are beyond their limits.",
            f"{table.title}: values beyond limits"
            + (f", begun {keys.index(key) + 1}" if key != keys[-1] else ""),
            "text", table, [*flags[part], *earlier],
        )  # fmt: skip
    yield from _table_check(table, flags, keys[-1])


def _wrong_words(names: list[str], *found: Any) -> Any:
    """The names whose flag is 1, behind a dash or behind what an earlier line found."""
    said = [
        where(picked(one, 1), f" {name}", "")
        for one, name in zip(found[: len(names)], names, strict=True)
    ]
    start = found[len(names) :] or ("–",)
    return text("{}" * (1 + len(said)), *start, *said)


def _table_check(table: GivenRows, flags: list[str], wrong: str) -> RowCheck:
    """Which rows have a value beyond its limits, by the flags of values, and the check of them."""

    def beyond_limits(names: Any, wrong: Any, *found: Any) -> Any:
        """1 where any value of the row is beyond its limits."""
        return below(0, functools.reduce(operator.add, found)), text("row {} {}", names, wrong)

    about = str(beyond_limits.__doc__)
    checked = row_check(
        f"{table.title}: row beyond limits",
        along=table.key,
        count=(f"{table.key}_beyond", f"{table.title}: rows beyond limits"),
        first=(f"{table.key}_first_beyond", f"{table.title}: first row beyond limits"),
        check=(f"{table.key}_limits", f"{table.title}: values within limits"),
        note=f"Every value of the table {table.title} is within its limits.",
        says=f"{table.title.lower()}: beyond limits in {{first}}",
        of_inputs=True,
        section=table.section,
    )
    return checked(
        called(beyond_limits, f"{table.key}_row_beyond", about, table.key, wrong, *flags)
    )


def _made(
    rule: Any, key: str, note: str, label: str, unit: str, table: GivenRows, needs: Any
) -> Line:
    """A line along a table, in its section."""
    made = line(label, unit, along=table.key, section=table.section)
    return made(called(rule, key, note, *needs))


def _testable(given: Given) -> bool:
    if isinstance(given, Choice):
        return bool(given.options)
    return bool(given.names) or (not given.is_text and (given.required or given.bounded))


def _proper(given: Given) -> str:
    if isinstance(given, Choice):
        return "one of its options"
    if given.names:
        return f"in the table {given.names}"
    return given.bounds or "a number"


def _twice(name: Any, names: Any) -> Any:
    return beyond(times_listed(name, names), 1)


def _wrong(given: Given, value: Any, names: Any = None) -> Any:
    if isinstance(given, Choice):
        known = [picked(value, option) for option, _ in given.options]
        if given.beside:
            known.append(beyond(times_listed(value, names), 0))
        return unless(either(*known))
    if given.names:
        unknown = below(times_listed(value, names), 1)  # a lookup alone would read wildcards
        return unknown if given.required else both(unless(picked(value, "–")), unknown)
    return _outside(given, value)

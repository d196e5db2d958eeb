"""Third stage, shaping: every leaf of a file read in its own unit, and every row of its tables.

What is mistaken is said and left out, so that the rest is read too.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import ValidationError

from tco.facts import TYPED, Fact, Tables
from tco.lines import Choice, Given, GivenRows, Line, Model
from tco.lines.limits import option_words
from tco.model.of_scenario import published_keys
from tco.read.collector import Collector
from tco.read.document import Path_
from tco.read.gathering import Gathered
from tco.read.leaves import MISTAKE, Aside, Closed, General, Leaf, Reader
from tco.read.rows import Listed, Row, lacking, read_cell, row_facts
from tco.read.schema import (
    ALIASES,
    ASIDE,
    DEADLINES,
    DEADLINES_EXAMPLE,
    INDENT,
    Shape,
    shape_of,
    typed_in,
)
from tco.read.unknown import Unknown
from tco.read.values import Wrong, read_quantity, read_value

_ROWS = "Give a row each, below it, beginning with a dash: - {KEY: VALUE, KEY: VALUE}"
_RATE = "usd_rate: {value: 0.92, date: 2026-11-20, source: your treasury}"
_Form = TypeVar("_Form", bound=Closed)


@dataclass(frozen=True)
class Shaped:
    """What a file gives, read: a fact for each input and line, rows for each table.

    `title` is "" where the file has none, `published` are the lines of which it gives a published
    figure, `deadlines` the days of the deadline table, none for a kind without it.
    """

    gathered: Gathered
    title: str
    given: Mapping[str, Fact]
    published: tuple[str, ...]
    tables: Tables
    deadlines: tuple[float, ...]


def shape(gathered: Gathered, mistakes: Collector) -> Shaped:
    """Read what a file gives; a mistake is said of each value that cannot be.

    Raises `Mistakes` where there are more of them than are told.
    """
    blocks = _Blocks(gathered, shape_of(gathered.model), mistakes)
    leaves = {name: blocks.leaves(name) for name in blocks.shape.blocks}
    listed = blocks.listed
    general, rate, deadlines = blocks.general(), blocks.rate(), blocks.deadlines()
    published = blocks.leaves("published")
    blocks.refuse_others()
    if mistakes.untold:
        raise mistakes.all()
    fact = functools.partial(_fact, gathered, mistakes)
    given = _general_facts(gathered, general)
    if rate is not None:
        given["usd_rate"] = fact("usd_rate", rate, ("usd_rate",))
    for name in sorted(leaves):
        given |= {key: fact(key, leaf, (name, key)) for key, leaf in leaves[name].items()}
    printed = published_keys(gathered.model)
    for key, leaf in published.items():
        given[printed[key]] = fact(printed[key], leaf, ("published", key))
    tables = row_facts(gathered, listed, mistakes)
    given = _naming_rows(gathered.model, given, tables, mistakes)
    _check_rate(gathered.currency, rate, mistakes)
    return Shaped(gathered, general.title, given, tuple(published), tables, deadlines)


class _Blocks:
    """The blocks of one file, each read once and in the order in which its mistakes are told.

    `listed` has the rows of the tables in the blocks that were read.
    """

    def __init__(self, gathered: Gathered, shape: Shape, mistakes: Collector) -> None:
        self.gathered, self.shape, self.mistakes = gathered, shape, mistakes
        self.unknown = Unknown(shape, gathered.kind, gathered.blockless, mistakes)
        self.listed: dict[str, Listed] = {}

    # ---- blocks and leaves ----

    def leaves(self, name: str) -> dict[str, Leaf]:
        """The leaves of a block without a mistake, by key; its tables go to `listed`."""
        said = self.gathered.tree.get(name)
        if not isinstance(said, dict | None):
            self._say((name,), f"{name} is a block of keys, not a value", INDENT)
            self.mistakes.broken |= set(self.shape.keys(name))
            return {}
        said = said or {}
        found = {
            key: self._leaf((name, key), item, said[key])
            for key, item in self.shape.items_of(name).items()
            if said.get(key) is not None
        }
        for key, table in self.shape.tables_of(name).items():
            self.listed[key] = self._rows(table, said.get(key))
        self._refuse_others(said, self.shape.below(name), (name,))
        return {key: leaf for key, leaf in found.items() if leaf is not None}

    def general(self) -> General:
        """What the file says of itself; the default stands for what is mistaken."""
        tree = self.gathered.tree
        written = {key: tree[key] for key in General.model_fields if key in tree}
        said = set(written)
        found = self._closed(General, written, (), leave_out=said)
        assert found is not None
        self.mistakes.broken |= said - set(written)
        return found

    def rate(self) -> Leaf | None:
        """The exchange rate; all of it is left out where a part of it is mistaken."""
        said = self.gathered.tree.get("usd_rate")
        item = self.gathered.model.givens["usd_rate"]
        return None if said is None else self._leaf(("usd_rate",), item, said, leave_out=())

    def deadlines(self) -> tuple[float, ...]:
        """The days of the deadline table, for a kind that has one."""
        if "deadlines" not in self.shape.top:
            return ()
        said = self.gathered.tree.get("deadlines")
        if not isinstance(said, list | None):
            self._say(("deadlines",), "deadlines is a list", DEADLINES_EXAMPLE)
            self.mistakes.broken.add("deadlines")
            return DEADLINES
        days = replace(self.gathered.model.givens["deadline_days"], key="deadlines")
        currency = self.gathered.currency
        found = [
            self._one(("deadlines", number), read_quantity, days, text, currency, DEADLINES_EXAMPLE)
            for number, text in enumerate(said or ())
        ]
        if None in found:
            self.mistakes.broken.add("deadlines")
        return DEADLINES if None in found or not found else tuple(found)

    def refuse_others(self) -> None:
        """Note the keys at the left margin that are none."""
        self._refuse_others(self.gathered.tree, self.shape.top, ())

    def _refuse_others(self, said: Iterable[str], keys: Iterable[str], above: Path_) -> None:
        known = set(keys)
        for key in said:
            if key not in known:
                self._say_unknown((*above, key))
                self.mistakes.broken.add(ALIASES.get(key, key))

    def _leaf(
        self, path: Path_, item: Given | Line, said: Any, leave_out: Iterable[str] = ASIDE
    ) -> Leaf | None:
        """One value and what stands beside it; None where the value is mistaken."""
        written = dict(said) if isinstance(said, dict) else {"value": said}
        where = (self.gathered.currency, self.gathered.catalogue)
        found = self._closed(
            Leaf, written, path, lambda text: read_value(item, text, *where), leave_out
        )
        if found is None:
            self.mistakes.broken.add(path[-1])
        return found

    def _closed(
        self, form: type[_Form], written: dict[str, Any], path: Path_,
        context: Reader | None = None, leave_out: Iterable[str] = (),
    ) -> _Form | None:  # fmt: skip
        """A block of fixed keys without those that are none, or mistaken and may be left out.

        They are taken from `written`. None where any other is mistaken.
        """
        while True:
            try:
                return form.model_validate(written, context=context)
            except ValidationError as error:
                holds = True
                for one in error.errors(include_url=False):
                    self._explain(one, path)
                    part = str(one["loc"][0]) if one["loc"] else ""
                    if one["type"] == "extra_forbidden" or part in leave_out:
                        del written[part]
                    else:
                        holds = False
                if not holds:
                    return None

    # ---- rows ----

    def _rows(self, table: GivenRows, said: Any) -> Listed:
        """The rows of a table without a mistake, and those that are lost for one."""
        if not isinstance(said, list | None):
            self._say((table.section, table.key), f"{table.key} is a list", _ROWS)
            self.mistakes.broken.add(table.key)
            return Listed()
        written = list(enumerate(said or ()))
        read = [(self._row(table, number, row), row) for number, row in written]
        lost = tuple(row for found, row in read if found is None)
        if lost:
            self.mistakes.broken.add(table.key)
        return Listed(tuple(found for found, _ in read if found is not None), lost)

    def _row(self, table: GivenRows, number: int, said: Any) -> Row | None:
        """One row: a block of its values, or the first value alone; None for one with a mistake."""
        given, path = typed_in(self.gathered.model, table.key), (table.section, table.key, number)
        row = said if isinstance(said, dict) else {table.spelled(given[0].key): said}
        values = dict.fromkeys((one.key for one in given), None)
        where = (self.gathered.currency, self.gathered.catalogue)
        filled = [one for one in given if row.get(table.spelled(one.key)) is not None]
        for one in filled:
            key = table.spelled(one.key)
            values[one.key] = self._one((*path, key), read_cell, table, one, row[key], *where)
        aside = self._closed(Aside, {key: row[key] for key in ASIDE if key in row}, path)
        others = [key for key in row if key not in self.shape.rows[table.key]]
        for key in others:
            self._say_unknown((*path, key))
        if aside is None or others or any(values[one.key] is None for one in filled):
            return None
        if lacks := lacking(table, self.gathered.model, values):
            self._say(path, *lacks)
            return None
        return Row(number, values, aside)

    def _one(self, path: Path_, read: Callable[..., Any], *said: Any) -> Any:
        """A value as `read` makes it of what is said at a path; None where it is mistaken."""
        try:
            return read(*said)
        except Wrong as error:
            self._say(path, error.wrong, error.remedy)
            return None

    # ---- what is said ----

    def _say(self, path: Path_, wrong: str, remedy: str) -> None:
        if self.mistakes.tells_more():
            self.mistakes.say(path, wrong, remedy)

    def _say_unknown(self, path: Path_) -> None:
        if self.mistakes.tells_more():  # finding out what was meant takes a while for each
            self.unknown.say(path)

    def _explain(self, error: Any, path: Path_) -> None:
        """Say what pydantic found in a block of fixed keys at a path."""
        there = (*path, *error["loc"])
        if error["type"] == "extra_forbidden":
            self._say_unknown(there)
        elif self.mistakes.tells_more():
            if error["type"] == MISTAKE:
                for part, wrong, remedy in error["ctx"]["parts"]:
                    self.mistakes.say((*there, part) if part else there, wrong, remedy)
            else:  # the value is missing: nothing else is asked for
                remedy = "Add value: and what it is; low, high, source, date and note go beside it."
                self.mistakes.say(path, f"{path[-1]} has no value", remedy, key=True)


# ---- from leaves to facts ------------------------------------------------------------------------


def _general_facts(gathered: Gathered, general: General) -> dict[str, Fact]:
    stated = f"stated: {gathered.path.name}"
    typed = "as_of" in gathered.laid.keys
    return {
        "currency": Fact(general.currency or "USD", source=stated),
        "as_of": Fact(general.as_of, source=TYPED if typed else stated),
    }


def _fact(gathered: Gathered, mistakes: Collector, key: str, leaf: Leaf, path: Path_) -> Fact:
    """A leaf with its source; a mistake where its range does not hold its value."""
    low, high = leaf.low, leaf.high
    if isinstance(leaf.value, float):
        remedy = "Swap them, or correct one."
        if low is not None and low > leaf.value:
            mistakes.say((*path, "low"), f"{key}: low is above the value", remedy)
        if high is not None and high < leaf.value:
            mistakes.say((*path, "high"), f"{key}: high is below the value", remedy)
    typed = key in gathered.laid.keys
    source = leaf.source or (TYPED if typed else f"stated: {gathered.path.name}")
    origin = "set" if typed else "scenario"
    return Fact(leaf.value, low, high, source, leaf.date, leaf.note, origin)


def _naming_rows(
    model: Model, given: Mapping[str, Fact], tables: Tables, mistakes: Collector
) -> dict[str, Fact]:
    """Choices among given rows, spelled as the rows are; a mistake where there is none."""
    found = dict(given)
    for key, fact in given.items():
        item = model.givens.get(key)
        if not isinstance(item, Choice) or not item.names or not tables[item.names]:
            continue
        said, rows = str(fact.value), {one.name.casefold(): one.name for one in tables[item.names]}
        if said.casefold() in rows:
            found[key] = replace(fact, value=rows[said.casefold()])
            continue
        near = difflib.get_close_matches(said.casefold(), rows, 1)
        hint = f"Did you mean {rows[near[0]]}? " if near else ""
        listed = f"{hint}It is one of: {'; '.join(rows.values())}."
        mistakes.say((item.section, key), str(option_words(item, said)), listed)
        mistakes.broken.add(key)
    return found


def _check_rate(currency: str, rate: Leaf | None, mistakes: Collector) -> None:
    """A currency other than the US dollar needs a dated exchange rate."""
    if currency == "USD":
        if rate is not None and rate.value != 1:
            mistakes.say(
                ("usd_rate",),
                f"usd_rate is {rate.value:g}, but the currency is the US dollar",
                "Delete usd_rate, or name the currency, for example: currency: EUR",
            )
    elif not (len(currency) == 3 and currency.isalpha() and currency.isupper()):
        mistakes.say(("currency",), f"“{currency}” is not a currency code",
                     "Type three capital letters, for example: currency: EUR")  # fmt: skip
    elif rate is None and "usd_rate" not in mistakes.broken:
        wrong = f"{currency} needs usd_rate: what one US dollar costs in {currency}, with its date"
        mistakes.say(("currency",), wrong, f"Add for example: {_RATE}")
    elif rate is not None and not rate.date:
        mistakes.say(("usd_rate",), "usd_rate has no date", f"Type for example: {_RATE}")

"""Blocks: every leaf and row of a file read in its own unit.

What is mistaken is said and left out, so that the rest is read too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from tco.lines import Given, GivenRows, Line
from tco.read.collector import Collector
from tco.read.document import Path_
from tco.read.gathering import Gathered
from tco.read.leaves import MISTAKE, Aside, Closed, General, Leaf, Reader
from tco.read.raterows import rates_of
from tco.read.rates import CURRENCIES, USD_RATE, Rates
from tco.read.rows import Listed, Row, lacking, read_cell
from tco.read.schema import (
    ALIASES,
    ASIDE,
    DEADLINES,
    DEADLINES_EXAMPLE,
    INDENT,
    Shape,
    typed_in,
)
from tco.read.unknown import Unknown
from tco.read.values import read_quantity, read_value
from tco.read.wrong import Wrong

_ROWS = "Give a row each, below it, beginning with a dash: - {KEY: VALUE, KEY: VALUE}"
_Form = TypeVar("_Form", bound=Closed)


class Blocks:
    """The blocks of one file, each read once and in the order in which its mistakes are told.

    `listed` has the rows of the tables in the blocks that were read.
    """

    def __init__(self, gathered: Gathered, shape: Shape, mistakes: Collector) -> None:
        self.gathered, self.shape, self.mistakes = gathered, shape, mistakes
        self.unknown = Unknown(shape, gathered.kind, gathered.blockless, mistakes)
        self.listed: dict[str, Listed] = {}
        self.rates = Rates(gathered.currency)

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
        """The exchange rate of the US dollar, all of it left out where a part of it is mistaken.

        What is read from here on may be typed in other currencies.
        """
        said = self.gathered.tree.get(USD_RATE)
        item = self.gathered.model.givens[USD_RATE]
        found = None if said is None else self._leaf((USD_RATE,), item, said, leave_out=())
        self.rates = rates_of(self.gathered, found, self.mistakes)
        return found

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
        read = (read_quantity, days)
        found = [
            self.one(("deadlines", number), *read, text, self.rates, DEADLINES_EXAMPLE)
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
        where = (self.rates, self.gathered.catalogue)
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
        rates = self.rates.alone() if table.key == CURRENCIES else self.rates
        where = (rates, self.gathered.catalogue)
        filled = [one for one in given if row.get(table.spelled(one.key)) is not None]
        for one in filled:
            key = table.spelled(one.key)
            values[one.key] = self.one((*path, key), read_cell, table, one, row[key], *where)
        columns = {table.spelled(one.key) for one in given}
        beside = {key: row[key] for key in ASIDE if key in row and key not in columns}
        aside = self._closed(Aside, beside, path)
        others = [key for key in row if key not in self.shape.rows[table.key]]
        for key in others:
            self._say_unknown((*path, key))
        mistaken = [one.key for one in filled if values[one.key] is None]
        lacks = lacking(table, self.gathered.model, {**values, **dict.fromkeys(mistaken, "")})
        if lacks and not others:  # an unknown key is the one that lacks, spelled otherwise
            self._say(path, *lacks)
        if aside is None or others or mistaken or lacks:
            return None
        return Row(number, values, aside)

    def one(self, path: Path_, read: Callable[..., Any], *said: Any) -> Any:
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

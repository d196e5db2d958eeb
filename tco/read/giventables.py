"""Tables of a scenario file: rows that are known beforehand, set, read, and referred to."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tco.catalogue.shipped import MISSING, default_rows, defaults
from tco.errors import Place
from tco.facts import TYPED, RowFact, Tables
from tco.lines import Given, GivenRows, Model, Undefined
from tco.read.document import Document
from tco.read.refusals import Say
from tco.read.schema import row_example


@dataclass
class GivenTables:
    """The tables of one file.

    `origin` is what a row without a source rests on, `broken` the keys that a mistake was said of,
    `lost` the rows that were dropped for one, and `set_rows` those with a value set on the way.
    """

    document: Document
    say: Say
    origin: str
    broken: set[str]
    lost: dict[str, list[Any]] = field(default_factory=dict)
    set_rows: set[tuple[str, int]] = field(default_factory=set)

    def complete(self, tree: dict[str, Any], model: Model) -> None:
        """Take the rows of tables that the file leaves out and the product knows."""
        for key, table in model.tables.items():
            rows = [dict(row) for row in default_rows(key)]
            block = tree.setdefault(table.section, {}) if rows else None
            if isinstance(block, dict) and key not in block:
                block[key] = rows
        for key, table in model.tables.items():
            block = tree.get(table.section)
            found = block.get(key) if isinstance(block, dict) else None
            if isinstance(found, list):  # a dash with nothing behind it is an empty row
                found[:] = [{} if row is None else row for row in found]

    def set_value(
        self, tree: dict[str, Any], model: Model, name: str, value: str, place: Place
    ) -> None:
        """Set one value of a row: TABLE.ROW.KEY, the row by its name or its number."""
        axis, _, rest = name.partition(".")
        table = model.tables[axis]
        wanted, _, key = rest.rpartition(".")
        given = [table.spelled(one.key) for one in model.along(axis) if not one.catalogue]
        block = tree.get(table.section)
        rows = block.get(axis) if isinstance(block, dict) else None
        rows = rows if isinstance(rows, list) else []
        names = [_row_name(row, given[0], number) for number, row in enumerate(rows, 1)]
        if table.numbered or wanted not in names:
            names = [str(number) for number in range(1, len(rows) + 1)]
        if key not in given or wanted not in names:
            known = f"Rows are known by name or number, 1 to {len(rows)}; their keys are: "
            self.document.remember(("--set", name), place)
            self.say(("--set", name), f"{name} is no value of {axis}", known + ", ".join(given))
            return
        number = names.index(wanted)
        if not isinstance(rows[number], dict):
            rows[number] = {given[0]: rows[number]}
        rows[number][key] = value
        self.set_rows.add((axis, number))
        self.document.remember((table.section, axis, number, key), place)

    def drop_row(self, tree: dict[str, Any], path: tuple[Any, ...]) -> bool:
        """Take a mistaken row out of its table; what refers to its name is not wrong for that."""
        if len(path) < 3 or not isinstance(path[2], int):
            return False
        section, axis, number, *_ = path
        rows = tree[section][axis]
        if rows[number] is not None:
            self.lost.setdefault(axis, []).append(rows[number])
            rows[number] = None
        self.broken.add(axis)
        return True

    def read(self, parsed: Any, model: Model) -> Tables:
        """Every table of a validated file, each name that refers to a row spelled as it is there.

        A mistake is said of a table without rows, of a name given twice or to no row.
        """
        tables = {key: self._rows(parsed, model, one) for key, one in model.tables.items()}
        self._refer(model, tables)
        return tables

    def _rows(self, parsed: Any, model: Model, table: GivenRows) -> tuple[RowFact, ...]:
        """The rows of one table, each named once, with the names it refers to as they are."""
        block = getattr(parsed, table.section, None)
        rows = (getattr(block, table.key, None) if block is not None else None) or ()
        if not rows and table.key not in self.broken:
            self._say_no_rows(model, table)
        given = model.along(table.key)
        found: list[RowFact] = []
        seen: dict[str, int] = {}
        for number, row in enumerate(rows):
            if row is None:
                continue
            fact = self._row(table, given, row, number)
            if fact.name.casefold() in seen:
                key = table.spelled(given[0].key)
                wrong = f"{fact.name} is the name of row {seen[fact.name.casefold()]} too"
                remedy = "Give each row a name of its own; capitals make no difference."
                self.say((table.section, table.key, number, key), wrong, remedy)
            seen.setdefault(fact.name.casefold(), number + 1)
            found.append(fact)
        return tuple(found)

    def _say_no_rows(self, model: Model, table: GivenRows) -> None:
        path = (table.section, table.key)
        there = self.document.has(path)
        wrong = f"{table.key} {'has no rows' if there else f'({table.title}) is not given'}"
        example = (
            f"{table.key}: and below it, a row each: {row_example(table, model.along(table.key))}"
        )
        self.say(path, wrong, f"Add {'' if there else f'below {table.section}: '}{example}",
                  key=True)  # fmt: skip

    def _row(self, table: GivenRows, given: Sequence[Given], row: Any, number: int) -> RowFact:
        """One row: what it gives, else the default, else nothing."""
        values: dict[str, float | str] = {}
        known = defaults()
        for one in given:
            if one.catalogue:
                continue
            value = getattr(row, table.spelled(one.key))
            if value is None and one.key in known:
                text = known[one.key].value
                value = text if one.is_text else float(text)
            if value is None:
                value = MISSING if one.is_text else Undefined(MISSING)
            values[one.key] = value
        name = str(number + 1) if table.numbered else str(values[given[0].key])
        if (table.key, number) in self.set_rows:
            return RowFact(name, values, TYPED, "", row.note, number)
        source = row.source or f"stated: {self.origin}"
        return RowFact(name, values, source, row.date, row.note, number)

    def _refer(self, model: Model, tables: dict[str, tuple[RowFact, ...]]) -> None:
        """Names of rows in other tables, spelled as they are there; a mistake where none is."""
        for axis, rows in tables.items():
            table = model.tables[axis]
            for given in model.along(axis):
                if given.names and tables[given.names]:
                    names = {one.name.casefold(): one.name for one in tables[given.names]}
                    first = model.tables[given.names].spelled(model.along(given.names)[0].key)
                    lost = (_row_name(row, first, 0) for row in self.lost.get(given.names, ()))
                    names |= {name.casefold(): name for name in lost}
                    tables[axis] = rows = tuple(
                        self._referring(table, given, row, names) for row in rows
                    )

    def _referring(
        self, table: GivenRows, given: Given, row: RowFact, names: Mapping[str, str]
    ) -> RowFact:
        said = str(row.values[given.key])
        if said == MISSING and not given.required:
            return row
        if said.casefold() in names:
            return replace(row, values={**row.values, given.key: names[said.casefold()]})
        near = difflib.get_close_matches(said.casefold(), names, 1)
        hint = f"Did you mean {names[near[0]]}? " if near else ""
        listed = "; ".join([*names.values()][:12]) + ("; ..." if len(names) > 12 else "")
        self.say(
            (table.section, table.key, row.place, table.spelled(given.key)),
            f"{said} is no row of {given.names}", f"{hint}Its rows are: {listed}",
        )  # fmt: skip
        return row


def _row_name(row: Any, key: str, number: int) -> str:
    """What a row of the file is called, before it is read."""
    return str(row.get(key, number)) if isinstance(row, dict) else str(row)

"""Facts: an input's value with its source, taken from the catalogue or from the defaults."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tco.catalogue.shipped import (
    AXES,
    MISSING,
    Catalogue,
    Table,
    defaults,
    range_columns,
    size_of,
    source_columns,
)
from tco.lines import YEAR_COUNT, Choice, Given, Model, NotGiven, Undefined

# What stands in place of a source where a value was typed over another one.
TYPED = "stated: typed over, without a source"
OF_CASE = "stated: the case "  # begins the source of a number that a case of the scenario has
NO_SOURCE = "not given"
NO_RANGE = "no range"
OWN_LIST = "own:"  # begins the source of a figure of an own price list
_GAP = "not in the catalogue"


@dataclass(frozen=True)
class Fact:
    """One input's value with what stands behind it.

    `origin` is scenario, set, catalogue, default or none; `spread` how it is drawn from its range,
    a kind of `tco.draws.spreads`, "" for what is usual. `base` is what a case of the scenario
    stands over.
    """

    value: float | str
    low: float | str | None = None
    high: float | str | None = None
    source: str = ""
    date: str = ""
    note: str = ""
    origin: str = "scenario"
    spread: str = ""
    base: Fact | None = None

    @property
    def under_case(self) -> Fact:
        """What is given, whatever a case of the scenario has in its place."""
        return self.base or self

    @property
    def is_given(self) -> bool:
        """Whether somebody gives it: the file, a setting, or an own list; no shipped figure."""
        return self.origin in ("scenario", "set") or self.source.startswith(OWN_LIST)


class Converted(float):
    """Money that was typed in another currency, as a number of the scenario's own.

    `amount` is the number that was typed in units of the line, `code` its currency and `said`
    both with the rate; `rate_key` is the input that holds the rate, "" where a table does.
    """

    amount: float
    rate: float
    code: str
    rate_key: str
    said: str

    def __new__(cls, amount: float, rate: float, code: str, rate_key: str, said: str) -> Converted:
        """The amount times the rate."""
        number = super().__new__(cls, amount * rate)
        number.amount, number.rate, number.code = amount, rate, code
        number.rate_key, number.said = rate_key, said
        return number

    def __reduce__(self) -> tuple[Any, ...]:
        return Converted, (self.amount, self.rate, self.code, self.rate_key, self.said)


@dataclass(frozen=True)
class RowFact:
    """One row that the scenario gives to a table: its name, its values and what stands behind it.

    A number that is not given is `Undefined`, a text a dash.
    """

    name: str
    values: Mapping[str, float | str]
    source: str = ""
    date: str = ""
    note: str = ""
    place: int = 0  # its number in the file, from 0


Tables = Mapping[str, tuple[RowFact, ...]]


def columns(model: Model, tables: Tables) -> dict[str, Any]:
    """The inputs along given rows as columns, and the names of the rows of every axis."""
    found: dict[str, Any] = {
        name: np.array(axis.ids, dtype=object) for name, axis in model.axes.items()
    }
    for axis, rows in tables.items():
        found[axis] = np.array([row.name for row in rows], dtype=object)
        for given in model.along(axis):
            if given.catalogue:
                continue  # looked up, row by row
            values = [row.values[given.key] for row in rows]
            found[given.key] = np.array(values, dtype=object if given.is_text else float)
    return found


@functools.lru_cache(maxsize=16)
def catalogue_columns(catalogue: Catalogue, model: Model) -> Mapping[str, Any]:
    """The inputs along the catalogue's own rows as columns, from their table or another's rows."""
    found: dict[str, Any] = {}
    for key, given in model.givens.items():
        table = catalogue.axis(given.along)
        if table is None:
            continue
        if given.catalogue is not None:
            found[key] = looked_up(catalogue, given, found)
        else:
            column = AXES[str(given.along)].column(key)
            found[key] = _as_column(given, [table.cell(row, column) for row in table.rows])
    return found


def looked_up(catalogue: Catalogue, given: Given, values: Mapping[str, Any]) -> Any:
    """An input's value in each row of its axis, from the catalogue's row that it names."""
    assert given.catalogue is not None
    other, pattern = given.catalogue
    picks = zip(*(values[key] for key in given.follows), strict=True)
    column = [catalogue[other].value(str(pick), pattern.format(*rest)) for pick, *rest in picks]
    return _as_column(given, column)


def _as_column(given: Given, column: Sequence[float | str]) -> Any:
    if given.is_text:
        return np.array(column, dtype=object)
    return np.array([np.nan if one == MISSING else one for one in column], dtype=float)


def options(
    catalogue: Catalogue, choice: Choice, tables: Tables | None = None
) -> tuple[tuple[float | str, str], ...]:
    """A choice's options: (id, words); those that given rows have are in `tables`."""
    if choice.names:
        return tuple((row.name, row.note) for row in (tables or {}).get(choice.names, ()))
    if not choice.table:
        fixed = tuple(
            (float(key) if isinstance(key, int) else key, words) for key, words in choice.options
        )
        rows = [row for table in (tables or {}).values() for row in table] if choice.beside else []
        return (*fixed, *((str(row.values[choice.beside]), row.note) for row in rows
                          if choice.beside in row.values))  # fmt: skip
    table = catalogue[choice.table]
    return tuple((row["id"], row[table.columns[1].name]) for row in table.rows)


def of_lines(
    catalogue: Catalogue, model: Model, facts: Mapping[str, Fact], tables: Tables
) -> dict[str, Fact]:
    """The inputs that have the value of a line until they are given, each with its range.

    The date is the newest of the given rows that the line is made of.
    """
    keys = [
        key
        for key, one in model.givens.items()
        if one.as_line and (key not in facts or facts[key].under_case.origin == "none")
    ]
    if not keys:
        return {}
    numbers = {
        key: np.float64(one.value) if type(one.value) is float else one.value
        for key, one in facts.items()
    }
    values = numbers | columns(model, tables) | option_lists(catalogue, model, tables)
    values["year"] = np.arange(float(YEAR_COUNT))
    return {key: _of_line(model, model.givens[key], values, tables) for key in keys}


def _of_line(model: Model, given: Given, values: Mapping[str, Any], tables: Tables) -> Fact:
    line = model[given.as_line]  # an input where somebody gives it
    ends = [f"{line.key}_{end}" for end in ("low", "high")]
    found = model.evaluate(values, [line.key, *ends])
    low, high = (None if np.isnan(found[key]) else float(found[key]) for key in ends)
    behind = model.upstream([line.key])
    read = [axis for axis in tables if any(one.key in behind for one in model.along(axis))]
    newest = max((row.date for axis in read for row in tables[axis]), default="")
    page = model.pages.get(line.section)
    said = f"derived: {line.label}" + (f", sheet {page.title}" if page else "")
    return Fact(float(found[line.key]), low, high, said, newest, origin="catalogue")


def option_lists(
    catalogue: Catalogue, model: Model, tables: Tables | None = None
) -> dict[str, tuple[float | str, ...]]:
    """The options of every choice, by the key under which checks read them."""
    lists = {}
    for name, key in model.columns.items():
        choice = model.givens[key]
        assert isinstance(choice, Choice)
        lists[name] = tuple(option for option, _ in options(catalogue, choice, tables))
    return lists


def plain(key: float | str) -> float | str:
    """An option as people write it: 3 instead of 3.0."""
    return int(key) if isinstance(key, float) else key


def _choice(catalogue: Catalogue, choice: Choice, facts: Mapping[str, Fact]) -> Fact:
    """The option a choice has until somebody makes it."""
    if choice.default_class:
        return _class_of(catalogue, choice, facts)
    if choice.catalogue:
        return _from_catalogue(catalogue, choice, facts)
    known = defaults().get(choice.key)
    if known is None:
        return Fact(NotGiven("not given"), origin="none")
    known_options = options(catalogue, choice)
    numeric = bool(known_options) and isinstance(known_options[0][0], float)
    value = float(known.value) if numeric else known.value
    return Fact(value, None, None, known.source, known.date, known.note, "default")


def _class_of(catalogue: Catalogue, choice: Choice, facts: Mapping[str, Fact]) -> Fact:
    """The row of the accelerator's family and the size of the model."""
    assert choice.default_class is not None
    by, table, column, size = choice.default_class
    given = facts.get(size)
    if given is None or not isinstance(given.value, float) or isinstance(given.value, Undefined):
        return Fact(NotGiven("not given"), origin="none")
    try:
        picked = catalogue[table].row(str(facts[by].value))
        row = catalogue[choice.table].row(f"{picked[column]}/{size_of(given.value)}")
    except KeyError:
        return Fact(NotGiven(_GAP), origin="none")
    said = "derived: the accelerator's family and the model's size"
    return Fact(row["id"], source=said, origin="catalogue")


def supplied(catalogue: Catalogue, given: Given, facts: Mapping[str, Fact]) -> Fact:
    """What an input is until somebody gives it: the catalogue's, a default, else undefined."""
    if isinstance(given, Choice):
        return _choice(catalogue, given, facts)
    if given.catalogue:
        return _from_catalogue(catalogue, given, facts)
    if given.as_other:
        other = facts[given.as_other]
        said = f"derived: as {given.as_other}, until it is given"
        return Fact(other.value, None, None, said, "", "", "catalogue")
    known = defaults().get(given.key)
    if known is None:
        return Fact(NotGiven("not given"), origin="none")
    if given.is_text:
        return Fact(known.value, None, None, known.source, known.date, known.note, "default")
    rate = float(facts["usd_rate"].value) if given.money else 1.0
    low, high = (float(text) * rate if text else None for text in (known.low, known.high))
    value = float(known.value) * rate
    return Fact(value, low, high, known.source, known.date, known.note, "default")


def _from_catalogue(catalogue: Catalogue, given: Given, facts: Mapping[str, Fact]) -> Fact:
    assert given.catalogue is not None
    name, column = given.catalogue
    table = catalogue[name]
    picks = [facts[key].value for key in given.follows]
    column = column.format(*picks[1:])
    try:
        row = table.row(str(picks[0]))
        value = table.cell(row, column)
    except KeyError:
        none = "" if given.required else MISSING  # what is not there has no source
        return Fact(NotGiven(_GAP), source=none, date=none, origin="none")
    source, date = (row[one] or MISSING for one in source_columns(name, column))
    if value == MISSING:  # what is not there has no source
        optional = not given.required and not given.is_text
        kept = (MISSING, MISSING) if optional else (source, date)
        return Fact(NotGiven(_GAP), source=kept[0], date=kept[1], origin="none")
    rate = float(facts["usd_rate"].value) if given.money else 1.0
    low, high = _range(table, row, column, rate)
    scaled = value * rate if isinstance(value, float) else value
    return Fact(scaled, low, high, source, date, "", "catalogue")


def _range(
    table: Table, row: Mapping[str, str], column: str, rate: float
) -> tuple[float | None, float | None]:
    names = range_columns(table, column)
    if names is None:
        return None, None
    low, high = (table.cell(row, name) for name in names)
    return (
        low * rate if isinstance(low, float) else None,
        high * rate if isinstance(high, float) else None,
    )

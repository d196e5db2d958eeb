"""Rows of a file's tables: each read in its units, named once, and the names of others found."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tco.catalogue.shipped import MISSING, Catalogue, defaults
from tco.facts import TYPED, RowFact, options, plain
from tco.lines import Choice, Given, GivenRows, Model, Undefined
from tco.lines.limits import option_words
from tco.read.collector import Collector
from tco.read.gathering import Gathered
from tco.read.giventables import row_name
from tco.read.leaves import Aside
from tco.read.rates import Rates, with_typed
from tco.read.schema import typed_in
from tco.read.values import (
    one_value,
    read_day,
    read_option,
    read_quantity,
    read_words,
    typed,
)
from tco.read.wrong import Wrong

NAME_CHARACTERS = 60
# A spreadsheet's MATCH reads these as wildcards, and a name is looked up.
_WILD = re.compile(r"[*?~]")


@dataclass(frozen=True)
class Row:
    """One row without a mistake: its place in the file from 0, its values by the inputs' keys.

    A value that the row does not give is None.
    """

    number: int
    values: Mapping[str, float | str | None]
    aside: Aside


@dataclass(frozen=True)
class Listed:
    """The rows of one table without a mistake, and those with one as the file has them."""

    rows: tuple[Row, ...] = ()
    lost: tuple[Any, ...] = ()


# ---- one row -------------------------------------------------------------------------------------


def read_cell(
    table: GivenRows, given: Given, text: Any, rates: Rates, catalogue: Catalogue
) -> float | str:
    """One value of a row in its own unit, among its options, or as a name; else `Wrong`."""
    key = table.spelled(given.key)
    here = replace(given, key=key)
    if isinstance(text, dict):
        wrong = f"{key} is one value; source, date and note are keys of the row"
        raise Wrong(wrong, f"Type for example: {key}: {_typed(given)}")
    if isinstance(here, Choice) and not here.beside:
        return read_option(catalogue, here, text)
    if not given.is_text:
        return read_quantity(here, text, rates, f"Type for example: {key}: {_typed(given)}")
    if given.unit == "date":
        return read_day(one_value(key, text, f"Type for example: {key}: 2026-11-21").strip())
    written = read_words(one_value(key, text, f"Type a name for {key}.")).strip()
    if written == MISSING:
        wrong = f"{key} is a dash, which stands for nothing given"
        raise Wrong(wrong, f"Type a name for {key}, or leave it out where it may be.")
    if _WILD.search(written) or len(written) > NAME_CHARACTERS:
        wrong = f"{key} has a wildcard (* ? ~) or more than {NAME_CHARACTERS} characters"
        raise Wrong(wrong, "A spreadsheet looks this text up: choose a plainer, shorter one.")
    return written


def lacking(table: GivenRows, model: Model, values: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with a row that lacks a value which it has to give, and what to type."""
    known = defaults()
    absent = [
        table.spelled(one.key) for one in typed_in(model, table.key)
        if one.required and one.key not in known and values[one.key] is None
    ]  # fmt: skip
    if not absent:
        return None
    verb = "is" if len(absent) == 1 else "are"
    example = f"A row is for example: {row_example(table, model)}"
    return f"{', '.join(absent)} {verb} not given in this row", example


def row_example(table: GivenRows, model: Model) -> str:
    """One row of a table as people write it."""
    known = defaults()
    wanted = (one for one in typed_in(model, table.key) if one.required and one.key not in known)
    parts = (f"{table.spelled(one.key)}: {_typed(one)}" for one in wanted)
    return f"- {{{', '.join(parts)}}}"


def _typed(given: Given) -> str:
    """What to type for a value of a row."""
    if isinstance(given, Choice):
        return str(plain(given.options[0][0]))
    if given.unit == "date":
        return "2026-11-21"
    return (given.example or "NAME") if given.is_text else typed(given)


# ---- all tables ----------------------------------------------------------------------------------


def row_facts(
    gathered: Gathered, listed: Mapping[str, Listed], mistakes: Collector
) -> dict[str, tuple[RowFact, ...]]:
    """Every table of a file, each name that refers to a row spelled as it is there.

    A mistake is said of a table without rows, of a name given twice or to no row.
    """
    model = gathered.model
    tables = {
        key: _facts_of(gathered, one, listed.get(key, Listed()).rows, mistakes)
        for key, one in model.tables.items()
    }
    for axis, rows in tables.items():
        for given in model.along(axis):
            if given.names and tables[given.names]:
                column = model.along(given.names)[0].key
                named = [str(one.values[column]) for one in tables[given.names]]
                names = {one.casefold(): one for one in named}
                first = model.tables[given.names].spelled(column)
                lost = (row_name(row, first, 0) for row in listed[given.names].lost)
                names |= {name.casefold(): name for name in lost}
                tables[axis] = rows = tuple(
                    _referring(model.tables[axis], given, row, names, mistakes) for row in rows
                )
            elif isinstance(given, Choice) and given.beside:
                names = _beside(gathered, given, tables, listed)
                tables[axis] = rows = tuple(
                    _referring(model.tables[axis], given, row, names, mistakes) for row in rows
                )
    return tables


def _beside(
    gathered: Gathered,
    choice: Choice,
    tables: Mapping[str, tuple[RowFact, ...]],
    listed: Mapping[str, Listed],
) -> dict[str, str]:
    """The options of a choice in a row: its own, and what the rows of another table have."""
    model = gathered.model
    axis = str(model.givens[choice.beside].along)
    spelled = model.tables[axis].spelled(choice.beside)
    names = [str(one) for one, _ in options(gathered.catalogue, choice, tables)]
    names += [str(row[spelled]) for row in listed[axis].lost
              if isinstance(row, dict) and spelled in row]  # fmt: skip
    return {one.casefold(): one for one in dict.fromkeys(names)}


def _facts_of(
    gathered: Gathered, table: GivenRows, rows: Sequence[Row], mistakes: Collector
) -> tuple[RowFact, ...]:
    """The rows of one table, each named once."""
    given = typed_in(gathered.model, table.key)
    if not rows and table.key not in mistakes.broken:
        _say_no_rows(gathered.model, table, mistakes)
    seen: dict[str, int] = {}
    found = [_fact_of(gathered, table, given, row) for row in rows]
    for fact in found:
        if fact.name.casefold() in seen:
            key = table.spelled(given[0].key)
            wrong = f"{fact.name} is the name of row {seen[fact.name.casefold()]} too"
            remedy = "Give each row a name of its own; capitals make no difference."
            mistakes.say((table.section, table.key, fact.place, key), wrong, remedy)
        seen.setdefault(fact.name.casefold(), fact.place + 1)
    return tuple(found)


def _say_no_rows(model: Model, table: GivenRows, mistakes: Collector) -> None:
    path = (table.section, table.key)
    there = mistakes.document.has(path)
    wrong = f"{table.key} {'has no rows' if there else f'({table.title}) is not given'}"
    example = f"{table.key}: and below it, a row each: {row_example(table, model)}"
    remedy = f"Add {'' if there else f'below {table.section}: '}{example}"
    mistakes.say(path, wrong, remedy, key=True)


def _fact_of(gathered: Gathered, table: GivenRows, given: Sequence[Given], row: Row) -> RowFact:
    """One row: what it gives, else the default, else nothing."""
    values: dict[str, float | str] = {}
    known = defaults()
    for one in given:
        value = row.values[one.key]
        if value is None and one.key in known:
            text = known[one.key].value
            value = text if one.is_text else float(text)
        if value is None:
            value = MISSING if one.is_text else Undefined(MISSING)
        values[one.key] = value
    name = str(row.number + 1) if table.numbered else str(values[given[0].key])
    note = with_typed(row.aside.note, {table.spelled(key): one for key, one in values.items()})
    if (table.key, row.number) in gathered.laid.rows:
        return RowFact(name, values, TYPED, "", note, row.number)
    source = row.aside.source or f"stated: {gathered.path.name}"
    return RowFact(name, values, source, row.aside.date, note, row.number)


def _referring(
    table: GivenRows, given: Given, row: RowFact, names: Mapping[str, str], mistakes: Collector
) -> RowFact:
    """A row whose name of another table's row is spelled as it is there; a mistake if none is."""
    said = str(row.values[given.key])
    if said == MISSING and not given.required:
        return row
    if said.casefold() in names:
        return replace(row, values={**row.values, given.key: names[said.casefold()]})
    near = difflib.get_close_matches(said.casefold(), names, 1)
    hint = f"Did you mean {names[near[0]]}? " if near else ""
    listed = "; ".join([*names.values()][:12]) + ("; ..." if len(names) > 12 else "")
    mistakes.say(
        (table.section, table.key, row.place, table.spelled(given.key)),
        *_unnamed(replace(given, key=table.spelled(given.key)), said, hint, listed),
    )  # fmt: skip
    return row


def _unnamed(given: Given, said: str, hint: str, listed: str) -> tuple[str, str]:
    """What is wrong with a name of no row, and what to type."""
    if given.names:
        return f"{said} is no row of {given.names}", f"{hint}Its rows are: {listed}"
    return str(option_words(given, said)), f"{hint}It is one of: {listed}"

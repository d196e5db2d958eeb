"""What the terminal and other programs read: JSON, lists, pandas, and a line explained."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tco.errors import Mistake, Mistakes, Place
from tco.lines import Cells, Given, Line, Model, Rows, Undefined, excel, words
from tco.page.first import excerpt_table
from tco.page.printed import printed_table
from tco.page.terminal import table_as_text
from tco.quantities import money, show
from tco.read.keys import nearest
from tco.read.schema import ALIASES, FORMER
from tco.scenario import Scenario
from tco.tables import Answer, PrintedRow, PrintedTable, Words
from tco.widths import columns_of

if TYPE_CHECKING:
    import pandas


def as_json(scenario: Scenario) -> dict[str, Any]:
    """The object `tco show --json` prints; undefined values are null and say why."""
    model, numbers = scenario.model, scenario.numbers
    lines: dict[str, Any] = {}
    for key in (*model.givens, *model.lines):
        item = model[key]
        if scenario.row_ids(item.along) or _idle_axis(model, key):
            continue
        lines[key] = {
            "label": item.label,
            "unit": money(item.unit, scenario.currency),
            **_value(numbers[key]),
        }
    return {
        "title": scenario.title,
        "currency": scenario.currency,
        "lines": lines,
        "tables": {**_row_tables(scenario), **_deadline_table(scenario)},
    }


def _idle_axis(model: Model, key: str) -> bool:
    """An input along the years that no line reads: the years of a model without yearly lines."""
    return bool(model[key].along) and len(model.downstream([key])) == 1


def _value(value: Any) -> dict[str, Any]:
    if isinstance(value, Undefined):
        return {"value": None, "why": value.why}
    return {"value": _plain(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return [_plain(one) for one in value]
    if isinstance(value, str):
        return str(value)
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _row_tables(scenario: Scenario) -> dict[str, list[dict[str, Any]]]:
    model, numbers = scenario.model, scenario.numbers
    found: dict[str, list[dict[str, Any]]] = {}
    for key in (*model.givens, *model.lines):
        ids = scenario.row_ids(model[key].along)
        if ids:
            rows = found.setdefault(str(model[key].along), [{"id": row_id} for row_id in ids])
            for row, value in zip(rows, numbers[key], strict=True):
                row[key] = _plain(value)
    return {axis: _as_spelled(model.axes.get(axis), rows) for axis, rows in found.items()}


def _as_spelled(axis: Rows | None, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a table that count there, their keys without what they begin with."""
    if axis is None or not axis.prefix:
        return rows
    kept = [row for row in rows if not axis.kept_by or row[axis.kept_by] is not None]
    return [{key.removeprefix(axis.prefix): one for key, one in row.items()} for row in kept]


def _deadline_table(scenario: Scenario) -> dict[str, Any]:
    return {"deadlines": _deadlines(scenario)} if scenario.trades_time else {}


def _deadlines(scenario: Scenario) -> list[dict[str, Any]]:
    keys = ("deadline_days", *scenario.deadline_targets)
    cases = scenario.at_deadlines(scenario.deadlines, keys)
    count = len(scenario.deadlines)
    columns = {key: np.broadcast_to(cases[key], (count,)) for key in keys}
    return [{key: _plain(columns[key][i]) for key in keys} for i in range(count)]


MOST_ROWS = 40  # of a table that is printed when a line is explained


MOST_BESIDE = 24  # characters of a value that stands in a column of its own


def as_list(scenario: Scenario) -> str:
    """Every input and line, a row each."""
    return listed(scenario).plain


def listed(scenario: Scenario) -> Answer:
    """Every input and line, a row each, section by section; then the excerpts of the years."""
    bare = f"; bare prices are read as {scenario.currency}" if scenario.currency != "USD" else ""
    head = f"{scenario.title} ({scenario.path}, {scenario.currency}{bare})"
    out, blocks = [head], [_section(name, rows) for name, rows in _sections(scenario).items()]
    for block in blocks:
        lines = (one.cells for one in block.rows)
        out += ["", block.title, *(f"  {key:34} {value:>26} {unit:14} {label}"
                                   for key, value, unit, label in lines)]  # fmt: skip
    excerpts = []
    for excerpt in scenario.model.front.excerpts:
        table = printed_table(scenario, excerpt_table(scenario, excerpt))
        out += ["", table.title, table_as_text(table)]
        excerpts.append(table)
    return Answer("\n".join(out), (Words(head, strong=True), _as_one(blocks), *excerpts))


_LISTED = ("Key", "Value", "Unit", "Label")


def _section(name: str, rows: Sequence[tuple[str, ...]]) -> PrintedTable:
    return PrintedTable(name, _LISTED, (False, True, False, False), tuple(map(PrintedRow, rows)))


def _as_one(sections: Sequence[PrintedTable]) -> PrintedTable:
    """The sections as one table; long values stand behind their labels, where there is room."""
    rows = []
    for section in sections:
        rows.append(PrintedRow((section.title, "", ""), strong=True))
        for row in section.rows:
            key, value, unit, label = row.cells
            named = f"{label}, {unit}" if unit else label
            long = columns_of(value) > MOST_BESIDE
            cells = ("", f"{named}: {value}") if long else (value, named)
            rows.append(PrintedRow((key, *cells)))
    return PrintedTable("", ("Key", "Value", "What it is"), (False, True, False), tuple(rows))


def _sections(scenario: Scenario) -> dict[str, list[tuple[str, ...]]]:
    """What is listed, by section: key, value, unit and label of each."""
    model = scenario.model
    sections: dict[str, list[tuple[str, ...]]] = {}
    quiet = {one.says.key for one in model.checks}
    quiet |= {one.flag.key for one in model.checks
              if one.limit or one.of_options or one.supplies}  # fmt: skip
    for key in (*model.givens, *model.lines):
        item = model[key]
        apart = scenario.row_ids(item.along) or _idle_axis(model, key)
        if apart or key in quiet or key.endswith(("_limits", "_note", "_beyond")):
            continue
        shown = ", ".join(show(one, item.form) for one in _each(scenario.numbers[key]))
        unit = "" if item.is_text or item.unit in ("share", "ratio", "1") else item.unit
        row = (key, shown, money(unit, scenario.currency), item.label)
        sections.setdefault(item.section, []).append(row)
    return sections


def _each(value: Any) -> list[Any]:
    """One value, or those of every year or row."""
    return list(value) if isinstance(value, np.ndarray) and value.ndim else [value]


def explain(scenario: Scenario, key: str) -> str:
    """A line in words, its formula, and the inputs it rests on with their sources, as text."""
    return explained(scenario, key).plain


def explained(scenario: Scenario, key: str) -> Answer:
    """A line in words, its formula, and the inputs it rests on with their sources.

    Raises `Mistakes` for a key that is none, with the nearest that is.
    """
    model = scenario.model
    key = ALIASES.get(key, FORMER.get(key, key))
    if key not in model:
        near = nearest(key, [*model.lines, *model.givens])
        hint = f"Did you mean {near}? " if near else ""
        raise Mistakes([Mistake(Place("explain"), f"“{key}” is neither an input nor a line",
                                f"{hint}See every key with: tco show SCENARIO")])  # fmt: skip
    item = model[key]
    value = scenario.numbers[key]
    said, rows = _said(scenario, item, value), _rows(scenario, item, value)
    written = _written(model, item) if isinstance(item, Line) else []
    inputs = [_source(scenario, one) for one in _behind(model, key)]
    tables = [_table_sources(scenario, axis, key) for axis in _tables_behind(scenario, key)]
    rests = "It rests on" if written else ""
    out = [said, item.note, *rows, "", *written]
    out += ["", f"{rests}:"] if inputs and rests else []
    for name, shown, origin, source, note in inputs:
        out.append(f"  {name:28} {shown}  [{origin}] {source}")
        out += [f"  {'':28} {note}"] if note else []
    for lines in tables:
        out += ["", *lines]
    blocks = [Words(said, strong=True), Words("\n".join([item.note, *rows]))]
    blocks += [Words("\n".join(written))] if written else []
    blocks += [Words("\n".join(lines)) for lines in tables]
    return Answer("\n".join(out), (*blocks, _rested_on(rests, inputs)))


def _written(model: Model, line: Line) -> list[str]:
    """A line's formula, in words and as a spreadsheet has it."""
    cells = Cells(at=str, before=str, range=str)
    return [
        f"In words:  {words(line.tree, lambda key: model[key].label if key in model else key)}",
        f"Formula:   ={excel(line.tree, cells)}",
    ]


def _source(scenario: Scenario, key: str) -> tuple[str, ...]:
    """An input with its value and unit, its origin, its source with the date, and its note."""
    fact, given = scenario.facts[key], scenario.model[key]
    assert isinstance(given, Given)
    source = ", ".join(part for part in (fact.source, fact.date) if part) or "not given"
    unit = _unit(given, fact.value, scenario.currency)
    return key, f"{show(fact.value, given.form)}{unit}", fact.origin, source, fact.note


def _rested_on(title: str, inputs: Sequence[tuple[str, ...]]) -> PrintedTable:
    """The inputs behind a line as a table."""
    rows = []
    for name, shown, origin, source, note in inputs:
        long = columns_of(shown) > MOST_BESIDE
        said = (*((shown,) if long else ()), f"[{origin}] {source}", *((note,) if note else ()))
        rows.append(PrintedRow((name, "" if long else shown, ". ".join(said))))
    headings = ("Key", "Value", "Source")
    return PrintedTable(title, headings, (False, True, False), tuple(rows))


def _said(scenario: Scenario, item: Given | Line, value: Any) -> str:
    """A key's name and its value; a table's values follow row by row."""
    unit = _unit(item, value, scenario.currency)
    if scenario.row_ids(item.along):
        return f"{item.label} ({item.key}), row by row{f', in{unit}' if unit else ''}"
    shown = ", ".join(show(one, item.form) for one in _each(value))
    return f"{item.label} ({item.key}): {shown}{unit}"


def _rows(scenario: Scenario, item: Given | Line, value: Any) -> list[str]:
    """The values along a table, a row each, the first ones of many."""
    ids = scenario.row_ids(item.along)
    if not ids:
        return []
    rows = [f"  {name:28} {show(one, item.form)}" for name, one in zip(ids, value, strict=True)][
        :MOST_ROWS
    ]
    return [*rows, f"  and {len(ids) - MOST_ROWS} more rows"] if len(ids) > MOST_ROWS else rows


def _tables_behind(scenario: Scenario, key: str) -> list[str]:
    """The tables of the scenario that a key rests on."""
    behind = scenario.model.upstream([key])
    model = scenario.model
    return [axis for axis in model.tables if any(one.key in behind for one in model.along(axis))]


def _table_sources(scenario: Scenario, axis: str, key: str) -> list[str]:
    """A table that a key rests on: the columns it reads, and where each row comes from."""
    model = scenario.model
    behind = model.upstream([key])
    read = ", ".join(one.key for one in model.along(axis) if one.key in behind)
    given = scenario.tables[axis]
    told = [", ".join(part for part in (row.source, row.date) if part) for row in given]
    rows = [f"  {told.count(source)} row(s): {source}" for source in dict.fromkeys(told)]
    return [f"Of the table {axis}: {read}", *rows]


def _unit(item: Given | Line, value: Any, currency: str) -> str:
    """The unit to print behind a value; words and pure numbers have none."""
    if isinstance(value, (str, Undefined)) or item.unit in ("share", "ratio", "1", "flag"):
        return ""
    return f" {money(item.unit, currency)}"


def _behind(model: Model, key: str) -> list[str]:
    """The inputs a key rests on, with the choices whose catalogue row supplies them."""
    behind = set(model.upstream([key]))
    for given in model.givens.values():
        if given.key in behind:
            behind.update(given.follows)
    return [
        k
        for k, one in model.givens.items()
        if k in behind and not (one.along or one.of or one.counted)
    ]


def as_frame(scenario: Scenario) -> pandas.DataFrame:
    """Every input and scalar line as a pandas table, for notebooks.

    Returns:
        Rows by key; columns label, unit, value, origin, source, date. An undefined value is
        its reason; `origin` is "computed" for a line.
    """
    import pandas

    rows = []
    for key, item in scenario.model.items.items():
        if item.along is not None:
            continue
        fact = scenario.facts.get(key)
        value = scenario.numbers[key]
        rows.append(
            {
                "key": key,
                "label": item.label,
                "unit": money(item.unit, scenario.currency),
                "value": value.why if isinstance(value, Undefined) else _plain(value),
                "origin": fact.origin if fact else "computed",
                "source": fact.source if fact else "",
                "date": fact.date if fact else "",
            }
        )
    return pandas.DataFrame(rows).set_index("key")


def deadlines_frame(scenario: Scenario) -> pandas.DataFrame:
    """The deadline table as a pandas table: one row a deadline, indexed by its days."""
    import pandas

    return pandas.DataFrame(_deadlines(scenario)).set_index("deadline_days")

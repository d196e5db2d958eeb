"""Merging: the catalogue's row with an own one laid over it, its sources and dates with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tco.catalogue.entries import Entry, Given, file_columns
from tco.catalogue.hints import Hints
from tco.catalogue.shipped import Table, file_rows, range_columns, shipped, source_columns
from tco.errors import Mistake

OWN = "own: "


def merged(
    table: Table, entry: Entry, before: Given | None, near: Hints
) -> tuple[dict[str, str], list[Mistake]]:
    """The catalogue's row with an own one laid over it, and what is wrong with that."""
    mistakes: list[Mistake] = []
    if before:
        entry = changes(table, entry)
    given = entry.given
    row = dict.fromkeys(file_columns(table.name), "") | dict(before or {})
    evidence = {name for one in table.columns for name in source_columns(table.name, one.name)}
    row |= {column: text for column, text in given.items() if column not in evidence}
    _drop_ranges(table, given, entry.typed, row)
    label = table.columns[1].name
    row[label] = row[label] or entry.id
    groups: dict[tuple[str, str], list[str]] = {} if before else {("source", "date"): []}
    for column in given:
        if _is_value(table, column):
            groups.setdefault(_evidence(table, column), []).append(column)
    for (source, date), columns in groups.items():
        row[source] = _own_source(table, entry, before, source, columns)
        row[date] = entry.typed.get(date) or entry.typed.get("date") or row[date]
        if columns and not {date, "date"} & {*entry.typed, *entry.broken}:
            mistakes.append(_undated(table, entry, columns[0], date))
    if before and groups and row.get("note") and "note" not in given:
        row["note"] = f"Of the shipped row: {row['note']}"
    mistakes += _disordered(table, entry, row)
    if before is None:
        mistakes += _lacking(table, entry, near)
    return row, mistakes


def changes(table: Table, entry: Entry) -> Entry:
    """A row of a known id without the cells that repeat what is shipped: those are not own."""
    before = shipped()[table.name].row(entry.id)
    units = {one.name: one.unit for one in table.columns}

    def same(column: str, text: str) -> bool:
        old = before.get(column, "")
        if old and units.get(column, "text") not in ("text", "date"):
            return float(old) == float(text)
        return old == text

    kept = {column: text for column, text in entry.given.items() if not same(column, text)}
    return replace(entry, given={"id": entry.id, **kept}, as_typed=entry.given)


def _base(table: Table, column: str) -> str:
    """The column whose low or high a column is, or itself."""
    base = column.removesuffix("_low").removesuffix("_high")
    return base if base != column and range_columns(table, base) else column


def _evidence(table: Table, column: str) -> tuple[str, str]:
    return source_columns(table.name, _base(table, column))


def _is_value(table: Table, column: str) -> bool:
    """Whether a column says something that needs a source: a number, or words about a number."""
    units = {one.name: one.unit for one in table.columns}
    number = units.get(column, "text") not in ("text", "date")
    return number or source_columns(table.name, column) != ("source", "date")


def _drop_ranges(table: Table, changed: Given, typed: Given, row: dict[str, str]) -> None:
    """Take away the shipped range of a value that an own one replaces: it was another's range."""
    for column in changed:
        for bound in range_columns(table, column) or ():
            row[bound] = typed.get(bound, "")


def _own_source(
    table: Table, entry: Entry, before: Given | None, source: str, columns: Sequence[str]
) -> str:
    """Where own values come from; what stays shipped in their group keeps its source behind it."""
    given = entry.given
    file = f"{Path(entry.sheet.name).name}, row {entry.row.number}"
    said = given.get(source) or given.get("source") or file
    said = said if said.startswith(OWN) else OWN + said
    bounds = {bound for one in given for bound in range_columns(table, one) or ()}
    kept = [
        one.name
        for one in table.columns
        if before and before.get(one.name) and one.name not in {*given, *bounds}
        and one.unit not in ("text", "date") and _evidence(table, one.name)[0] == source
    ]  # fmt: skip
    return f"{said} ({', '.join(columns)}); the rest: {before[source]}" if before and kept else said


def _undated(table: Table, entry: Entry, column: str, date: str) -> Mistake:
    unit = {one.name: one.unit for one in table.columns}.get(column, "")
    what = "price" if unit.startswith("US$") else "value"
    fill = "date" if date == "date" else f"{date} or date"
    return entry.wrong(column, f"this {what} has no date",
                       f"Fill {fill} in this row, for example: 2026-11-21")  # fmt: skip


def _disordered(table: Table, entry: Entry, row: Given) -> Iterator[Mistake]:
    """Ranges that do not hold their value."""
    for column in table.columns:
        low, high = range_columns(table, column.name) or ("", "")
        for less, more in ((low, column.name), (column.name, high), (low, high)):
            typed = [one for one in (less, more) if one in entry.given]
            if typed and row.get(less) and row.get(more) and float(row[less]) > float(row[more]):
                wrong = f"{less} {row[less]} is above {more} {row[more]}"
                yield entry.wrong(typed[0], wrong, "Swap them, or correct one.")
                break


_BASIS = "Fill price_basis: chip for the GPU alone, server_share for its share of a whole server."


def _lacking(table: Table, entry: Entry, near: Hints) -> Iterator[Mistake]:
    """What a new row has to fill and does not."""
    columns, known = file_columns(table.name), [row["id"] for row in file_rows(table.name)]
    needs: dict[str, list[list[str]]] = {
        "chips": [[one for one in columns if one.endswith("_tflops")]],
        "offers": [["chip"], [one for one in columns if one.endswith("_price")]],
        "grids": [["power_price", "grid_intensity"]],
    }
    for wanted in needs.get(table.name, []):
        if not {*entry.given, *entry.broken} & set(wanted):
            needed = f"one of {', '.join(wanted)}" if len(wanted) > 1 else wanted[0]
            yield entry.wrong(
                "id", f"{entry.id} is a new row of {table.name}, which needs {needed}",
                f"{near(entry.id, known)}Fill it, or type a known id.",
            )  # fmt: skip
    if "price" in entry.given and "price_basis" not in {*entry.given, *entry.broken}:
        yield entry.wrong("price", "this price does not say what it is for", _BASIS)

"""The catalogue as the terminal and spreadsheets read it: found, filtered, sorted."""

from __future__ import annotations

import difflib
import operator
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tco.catalogue.csvfile import csv_text
from tco.catalogue.entries import file_columns
from tco.catalogue.medians import without
from tco.catalogue.pricelists import folder_lists, laid_over
from tco.catalogue.shipped import MISSING, Catalogue, Table
from tco.errors import Mistake, Mistakes, Place, mistake, printable
from tco.quantities import show
from tco.tables import Answer, PrintedRow, PrintedTable, Words
from tco.widths import columns_of, cut, padded

FEW = 5  # rows that are shown whole
WIDTH = 120
_LEAST_SOURCE = 30
_MOST_TEXT = 26
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le, ">=": operator.ge, "!=": operator.ne,
    "=": operator.eq, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_WHERE = re.compile(r"\s*([^<>=!]*?)\s*(<=|>=|!=|=|<|>)\s*(.*?)\s*")
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Query:
    """Which rows of a table, in which order, and which of its columns."""

    find: str = ""
    where: Sequence[str] = ()
    sort: str = ""
    columns: str = ""

    @property
    def asked(self) -> bool:
        """Whether anything narrows or orders the table."""
        return bool(self.find or self.where or self.sort or self.columns)


def catalogue_here() -> Catalogue:
    """The shipped catalogue and the own lists of the folder you are in.

    Raises `Mistakes` where a list has some.
    """
    found, mistakes = laid_over(folder_lists())
    if mistakes:
        raise Mistakes(mistakes)
    return found


def table_named(catalogue: Catalogue, name: str) -> Table:
    """A table by its name, as a list may give it back; `Mistakes` where there is none."""
    if name not in catalogue.tables:
        raise mistake("catalogue", f"there is no table {name}",
                      f"It is one of: {', '.join(catalogue.tables)}. "
                      "Add a list with: tco catalogue add FILE")  # fmt: skip
    return replace(catalogue[name], rows=without(catalogue[name].rows))


def picked(table: Table, query: Query) -> tuple[Rows, list[str]]:
    """The rows and columns that a query asks for; `Mistakes` for all of it that cannot be."""
    mistakes: list[Mistake] = []
    tests = [_test(table, one, mistakes) for one in query.where]
    sort = query.sort.removeprefix("-")
    wanted = [one.strip() for one in query.columns.split(",") if one.strip()]
    for option, names in (("--sort", [sort] if sort else []), ("--columns", wanted)):
        mistakes += [_no_column(table, option, one) for one in names if one not in _names(table)]
    if mistakes:
        raise Mistakes(mistakes)
    rows: Rows = [row for row in table.rows if all(test(row) for test in tests)]
    sought = query.find.lower()
    own = file_columns(table.name)  # not what follows from other rows: the cheapest, for one
    rows = [row for row in rows if any(sought in row.get(name, "").lower() for name in own)]
    if sort:
        known = [row for row in rows if row.get(sort)]
        known.sort(key=lambda row: _key(table, row, sort), reverse=query.sort.startswith("-"))
        rows = [*known, *(row for row in rows if not row.get(sort))]
    return rows, ["id", *(one for one in wanted if one != "id")] if wanted else []


def _names(table: Table) -> list[str]:
    return list(dict.fromkeys([*(one.name for one in table.columns), *file_columns(table.name)]))


def _units(table: Table) -> dict[str, str]:
    found = {one.name: one.unit for one in table.columns}
    return {name: found.get(name, "text") for name in _names(table)}


def _is_number(table: Table, name: str) -> bool:
    return _units(table)[name] not in ("text", "date")


def _key(table: Table, row: Mapping[str, str], column: str) -> float | str:
    return float(row[column]) if _is_number(table, column) else row[column].lower()


def _no_column(table: Table, option: str, name: str) -> Mistake:
    near = difflib.get_close_matches(name, _names(table), 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return Mistake(Place(option), f"{name or 'nothing'} is not a column of {table.name}",
                   f"{hint}It has: {', '.join(_names(table))}.")  # fmt: skip


def _test(table: Table, said: str, mistakes: list[Mistake]) -> Callable[[Mapping[str, str]], bool]:
    """A test of a row from text such as on_demand_price<2; what is wrong with it is noted."""
    place = Place("--where", 0, 1, said, len(said) or 1)
    found = _WHERE.fullmatch(said)
    name, sign, value = found.groups() if found else ("", "", "")
    number: float | None = None
    if not found or not name:
        remedy = 'Type for example: --where chip=h100-sxm5-80gb --where "on_demand_price<3"'
        mistakes.append(Mistake(place, "a test is a column, a sign and a value", remedy))
    elif name not in _names(table):
        mistakes.append(_no_column(table, "--where", name))
    elif value and _is_number(table, name):
        try:
            number = float(value)
        except ValueError:
            remedy = f'Type for example: --where "{name}{sign}2"'
            mistakes.append(Mistake(place, f"“{value}” is not a number", remedy))

    def passes(row: Mapping[str, str]) -> bool:
        cell = row.get(name, "").strip()
        if not value or not cell:  # chip= asks for rows without one, chip!= for rows with one
            return (cell == value) == (sign == "=") and sign in ("=", "!=")
        if number is not None:
            return _COMPARED[sign](float(cell), number)
        return _COMPARED[sign](cell.lower(), value.lower())

    return passes


# ---- for spreadsheets ----------------------------------------------------------------------------


def as_csv(table: Table, rows: Rows, columns: Sequence[str] = ()) -> str:
    """Rows as CSV in the shape of the shipped file, so that they can be given back as an own list.

    A text that starts like a formula gets a ' before it: a spreadsheet would run it.
    """
    names = list(columns or file_columns(table.name))
    return csv_text([names, *([row.get(name, "") for name in names] for row in rows)])


# ---- for the terminal ----------------------------------------------------------------------------


def answer(table: Table, query: Query, *, full: bool = False) -> Answer:
    """What a query finds: a table of the main figures, or every figure of a few rows."""
    rows, columns = picked(table, query)
    if not rows:
        return Answer(f"{table.title}: none of {len(table.rows):,} rows")
    head = (f"{table.title}: {len(rows):,} of {len(table.rows):,} rows" if query.asked
            else f"{table.title}: {len(rows):,} rows")  # fmt: skip
    strong = Words(head, strong=True)
    if full or (len(rows) <= FEW and not columns):
        told = [_in_full(table, row) for row in rows]
        plain = "\n".join([head, *(line for one in told for line in one)])
        return Answer(plain, (strong, *(Words("\n".join(one[1:])) for one in told)))
    width = max(80, shutil.get_terminal_size((WIDTH, 24)).columns)
    chosen = columns or _main(table, rows, query, width)
    how = "--find TEXT, --where COLUMN=VALUE, --sort COLUMN; --full for everything; --csv"
    foot = f"tco catalogue {table.name} {how}"
    plain = "\n".join([head, "", *_set(table, rows, chosen, width), "", foot])
    return Answer(plain, (strong, _printed(table, rows, chosen), Words(foot)))


def _printed(table: Table, rows: Rows, columns: Sequence[str]) -> PrintedTable:
    """Rows as a table whose headings are names of columns with their units."""
    headings = tuple(" ".join(_head(table, name)).replace("_ ", "_").strip() for name in columns)
    cells = (PrintedRow(tuple(_shown(table, row, name) for name in columns)) for row in rows)
    numeric = tuple(_is_number(table, name) for name in columns)
    return PrintedTable("", headings, numeric, tuple(cells))


def _in_full(table: Table, row: Mapping[str, str]) -> list[str]:
    """One row: its figures with their units, then its texts."""
    out, figures = ["", row["id"]], []
    for name, unit in _units(table).items():
        cell = row.get(name, "")
        if not cell or name == "id":
            continue
        said = name.replace("_", " ")
        if unit in ("text", "date"):
            out.append(printable(f"  {said}: {cell}"))
        else:
            figures.append(f"{said} {show(float(cell), unit)} {unit}".rstrip())
    return [*out[:2], *_wrapped(figures), *out[2:]]


def _wrapped(figures: Sequence[str]) -> list[str]:
    """Figures side by side, as many as a line takes."""
    lines: list[str] = []
    for one in figures:
        if lines and len(lines[-1]) + len(one) + 2 <= WIDTH:
            lines[-1] += f"; {one}"
        else:
            lines.append(f"  {one}")
    return lines


# What people look for first, where a table has it; then the fullest columns. The rest, with the
# ranges and what is worked out from other rows, stands in the full form.
_FIRST = (
    "parameter", "base", "unit", "chip", "bf16_tflops", "memory_gb", "price", "on_demand_price",
    "spot_price", "reserved_1y_price", "mfu", "availability", "grid_intensity", "power_price",
    "parameters", "tokens", "gpus", "gpu_hours", "energy_mwh", "co2_tonnes",
)  # fmt: skip


def _main(table: Table, rows: Rows, query: Query, width: int) -> list[str]:
    """The columns that fit beside id, date and source: what was asked for, then the main ones."""
    asked = [one for one in _names(table) if any(one in said for said in query.where)]
    asked.append(query.sort.removeprefix("-"))
    file = file_columns(table.name)
    filled = {name: sum(1 for row in rows if row.get(name)) for name in file}
    figures = [
        one for one in file if _is_number(table, one) and not one.endswith(("_low", "_high"))
    ]
    figures.sort(key=lambda name: -filled[name])
    chosen = {"id", "date"}
    for name in [*asked, *_FIRST, *figures]:
        if not filled.get(name) or name == "source":
            continue
        tried = chosen | {name}
        if sum(_room(table, rows, one) + 2 for one in tried) + _LEAST_SOURCE <= width:
            chosen = tried
    return [*(one for one in file if one in chosen - {"date"}), "date", "source"]


def _shown(table: Table, row: Mapping[str, str], name: str) -> str:
    unit, cell = _units(table)[name], row.get(name, "").strip()
    if not cell:
        return MISSING
    return printable(cell) if unit in ("text", "date") else show(float(cell), unit)


def _head(table: Table, name: str) -> list[str]:
    """The name of a column, broken at its underscores, and its unit: one line each."""
    unit = _units(table)[name]
    lines = [""]
    for part in re.findall(r"[^_]+_?", name):
        if lines[-1] and len(lines[-1]) + len(part) > 10:
            lines.append("")
        lines[-1] += part
    return [*lines, "" if unit in ("text", "date") else unit.removesuffix("/GPU")]


def _room(table: Table, rows: Rows, name: str) -> int:
    widest = max(columns_of(_shown(table, row, name)) for row in rows)
    if name not in ("id", "source") and not _is_number(table, name):
        widest = min(widest, _MOST_TEXT)
    return max(widest, *(len(line) for line in _head(table, name)))


def _set(table: Table, rows: Rows, columns: Sequence[str], width: int) -> list[str]:
    """Rows in columns; the last one takes the room that is left and is cut there."""
    rooms = [_room(table, rows, name) for name in columns]
    rest = width - sum(rooms[:-1]) - 2 * (len(rooms) - 1)
    if not _is_number(table, columns[-1]):
        rooms[-1] = max(_LEAST_SOURCE, rest)
    heads = [_head(table, name) for name in columns]
    deep = max(len(lines) for lines in heads)
    heads = [[*lines[:-1], *[""] * (deep - len(lines)), lines[-1]] for lines in heads]
    if not any(lines[-1] for lines in heads):
        heads = [lines[:-1] for lines in heads]

    def put(cells: Sequence[str]) -> str:
        line = []
        for name, cell, room in zip(columns, cells, rooms, strict=True):
            line.append(padded(cut(cell, room), room, right=_is_number(table, name)))
        return "  ".join(line).rstrip()

    head = [put([lines[i] for lines in heads]) for i in range(len(heads[0]))]
    body = [put([_shown(table, row, name) for name in columns]) for row in rows]
    return [*head, "-" * (sum(rooms) + 2 * (len(rooms) - 1)), *body]

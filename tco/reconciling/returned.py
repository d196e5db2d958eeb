"""A workbook that came back: what was typed in it, and what else of it is not as it was built."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tco.carried import Row
from tco.errors import mistake
from tco.facts import options
from tco.lines import Choice, Given
from tco.quantities import is_date
from tco.read.loading import load_carried
from tco.reconciling.aligning import Alignment, aligned
from tco.reconciling.rows import AnyRow, GoneRow, NewRow, TypedRow, TypedRows
from tco.reconciling.spots import GIVEN, Spot, spots
from tco.scenario import Scenario
from tco.verify.contents import Contents, contents_of, plain
from tco.verify.original import Original, about_of, original_of
from tco.verify.reading import Key, named
from tco.verify.tampering import (
    NOTHING,
    Change,
    built_anew,
    refuse_another,
    said_value,
    same,
)
from tco.workbook.layout import lay_out, places
from tco.workbook.names import sheet_name
from tco.workbook.original import NAME, NUMBER, TEXT, WHAT
from tco.workbook.sheets import CASES, ORIGINAL, TABLES

_HEADS = ("What", "Name", "Line", "As it was written")
_ERRORS = ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")
_TO_TYPE = ("Inputs", TABLES, CASES)
_DAY = "Type a day as year-month-day, as in 2026-11-21."
_FIRST_DAY = datetime.date(1899, 12, 30)  # a spreadsheet's day 0


@dataclass(frozen=True)
class Typed:
    """What stands now where something may be typed, None for nothing, and what stood there."""

    spot: Spot
    place: str
    was: float | str | None
    now: float | str | None


@dataclass(frozen=True)
class Odd:
    """A cell of which it cannot be told what is meant: where, what is wrong, what to do."""

    place: str
    wrong: str
    remedy: str


@dataclass
class Returned:
    """A workbook that came back.

    Attributes:
        scenario: what it was built from, as it carries it.
        typed: what was typed where something may be.
        odd: cells where something may be typed, and what stands there is none of it.
        changed: all else that is not as it was built.
        beside: what was added where nothing stood, and nothing reads it.
        added: rows that were typed below the rows of a table.
        emptied: rows of tables of which every cell was cleared.
    """

    path: Path
    original: Original
    scenario: Scenario
    typed: list[Typed] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    beside: list[Change] = field(default_factory=list)
    added: list[NewRow] = field(default_factory=list)
    emptied: list[GoneRow] = field(default_factory=list)

    @property
    def is_as_built(self) -> bool:
        """Whether nothing was typed where something may be."""
        return not (self.typed or self.added or self.emptied)

    @property
    def rows(self) -> list[AnyRow]:
        """Rows that were added or emptied."""
        return [*self.added, *self.emptied]

    @property
    def cells(self) -> list[str]:
        """What was typed or changed, each with its input where it is of one."""
        typed = [f"{one.place} ({one.spot.given.key})" for one in self.typed]
        typed += [f"{one.place} (a row of {one.table})" for one in self.rows]
        return [*typed, *(one.place for one in self.odd), *(one.place for one in self.changed)]


def returned(path: Path) -> Returned:
    """What is in a workbook beside what its own scenario makes.

    Raises `Mistakes` where it carries no scenario, or this program would build another book.
    """
    found = contents_of(path)
    original = original_of(path, _carried_rows(path, found))
    refuse_another(path, original)
    scenario = load_carried(original.carried, str(path))
    if about_of(path).get("scenario_sha256", scenario.sha256) not in ("", scenario.sha256):
        raise mistake(
            f"{path}, sheet {ORIGINAL}", "the scenario that it carries was typed over",
            "What else was changed cannot be told. Write such changes into the scenario's file.",
        )  # fmt: skip
    back = Returned(path, original, scenario)
    content, built, typed = built_anew(lay_out(scenario))
    if path.stat().st_size != len(content) or path.read_bytes() != content:
        _Beside(back, built, found, typed).compare()
    return back


def _carried_rows(path: Path, found: Contents) -> Iterator[Row]:
    """The rows of the sheet that carries the scenario, wherever its columns are now."""
    title = found.names.get(sheet_name(ORIGINAL), ORIGINAL).rpartition("!")[0].strip("'")
    title = title if title in found.sheets else ORIGINAL
    rows: dict[int, dict[int, Any]] = {}
    for (sheet, row, column), said in found.cells.items():
        if sheet == title:
            rows.setdefault(row, {})[column] = said
    head = next((row for row in sorted(rows) if set(_HEADS) <= set(rows[row].values())), None)
    if head is None:
        raise mistake(
            str(path), "this workbook does not carry its scenario",
            f"Name one that tco built, with its sheet {ORIGINAL} as it was.",
        )  # fmt: skip
    at = {said: column for column, said in rows[head].items()}
    columns = dict(zip((WHAT, NAME, NUMBER, TEXT), (at[one] for one in _HEADS), strict=True))
    for row in sorted(rows):
        cells = {what: rows[row].get(column, "") for what, column in columns.items()}
        if row > head and cells[WHAT]:
            yield (_text(cells[WHAT]), _text(cells[NAME]), int(cells[NUMBER] or 0),
                   _text(cells[TEXT]))  # fmt: skip


def _text(said: Any) -> str:
    return f"{said:g}" if isinstance(said, float) else str(said)


@dataclass
class _Beside:
    """A book that came back beside one that was built anew."""

    back: Returned
    built: Contents
    found: Contents
    typed: set[Key]
    alignment: Alignment = field(init=False)
    lost: set[Key] = field(default_factory=set)  # cells that say what another is, and say it not
    in_rows: set[Key] = field(default_factory=set)  # of rows that were added
    deleted: set[int] = field(default_factory=set)  # rows of Tables

    def compare(self) -> None:
        self.alignment = aligned(self.built, self.found)
        self._sheets()
        if TABLES in self.alignment.sheets:
            self._rows(TypedRows(self.back.scenario, self.alignment.sheets[TABLES], self.found))
        self._cells()
        self._names()
        self._beside()
        for spot in spots(places(self.back.scenario)):
            if spot.cell in self.typed and spot.cell[0] in self.alignment.sheets:
                self._spot(spot)
        self._emptied()

    def _say(self, place: str, was: Any, now: Any) -> None:
        self.back.changed.append(Change(place, said_value(was), said_value(now)))

    def _sheets(self) -> None:
        for title in self.built.sheets:
            if title not in self.alignment.sheets:
                self._say(f"sheet {title}", "there", "gone")
        known = {one.title for one in self.alignment.sheets.values()}
        for title in self.found.sheets:
            if title not in known:
                self.back.beside.append(Change(f"sheet {title}", NOTHING, "there"))

    def _cells(self) -> None:
        moved, order = self.alignment.moved, {one: at for at, one in enumerate(self.built.sheets)}
        for key in sorted(self.built.cells, key=lambda key: (order[key[0]], key)):
            at = self.alignment.at(key)
            if key in self.typed or at is None or self._is_deleted(key):
                continue
            was, now = self.built.cells[key], self.found.cells.get(at)
            if moved and isinstance(was, str) and was.startswith("="):
                was = self.alignment.formula(was, key[0])
            if not same(was, now):
                self.lost.add(key)
                self._say(named(at), was, now)

    def _names(self) -> None:
        for name, was in sorted(self.built.names.items()):
            now = self.found.names.get(name, NOTHING)
            if name in self.found.scattered:
                now = "several places"
            leads = self.alignment.formula(was, "") if self.alignment.moved else was
            if plain(now) != plain(leads):
                sheet, _, cell = was.rpartition("!")
                if sheet == "Inputs":
                    self.lost |= {key for key in self.typed if _is_row(cell, key)}
                self._say(f"name {name}", leads, now)

    def _beside(self) -> None:
        """What was added: where something may be typed it would be meant, and is none of it."""
        there = {self.alignment.at(key) for key in (*self.built.cells, *self.typed)}
        columns = {(at[0], at[2]) for key in self.typed if (at := self.alignment.at(key))}
        for key, now in self.found.cells.items():
            if now in (None, "") or key in there or key in self.in_rows:
                continue
            if (key[0], key[2]) in columns:
                self.back.odd.append(Odd(
                    named(key), f"{said_value(now)} stands where the workbook has no input",
                    "The workbook computes nothing with it. A row of a table is typed directly "
                    "below its last one; all else is added in the scenario's file.",
                ))  # fmt: skip
            else:
                self.back.beside.append(Change(named(key), NOTHING, said_value(now)))

    def _is_deleted(self, key: Key) -> bool:
        return key[0] == TABLES and key[1] in self.deleted

    def _rows(self, rows: TypedRows) -> None:
        """Rows that were added, and those that were deleted."""
        for gone in rows.deleted():
            self.deleted.add(gone.at)
            self.back.odd.append(Odd(
                gone.place, f"row {gone.row + 1} of {gone.table} was deleted, and what reads it "
                "is broken",
                "Undo that, and clear its cells: tco pull takes an emptied row out of the file.",
            ))  # fmt: skip
        for one in rows.added():
            self.in_rows |= set(one.cells)
            self._added(one)

    def _added(self, row: TypedRow) -> None:
        values: dict[str, float | str] = {}
        aside: dict[str, str] = {}
        for given, key, said, other in row.values():
            wrong, remedy, value = _meant(given, said, self.back.scenario)
            if other is not None:
                wrong = f"it says {said_value(said)} and in Live {said_value(other)}"
                remedy = "Clear one of the two."
            if wrong:
                self.back.odd.append(Odd(named(key), f"{given.key}: {wrong}", remedy))
            elif value is not None:
                values[given.key] = value
        for name, (key, said) in row.aside.items():
            day = _day(said) if name == "date" else _text(said)
            if day:
                aside[name] = day
            else:
                self.back.odd.append(Odd(named(key), f"{said_value(said)} is no day", _DAY))
        at = f"{self.alignment.sheets[TABLES].title}, row {row.at}"
        self.back.added.append(NewRow(row.table.table.key, at, row.after, values, aside))

    def _emptied(self) -> None:
        """Rows of which each cell that said something was cleared, and nothing typed over it."""
        rows: dict[tuple[str, int], list[Typed]] = {}
        for one in self.back.typed:
            if one.spot.table:
                rows.setdefault((one.spot.table, one.spot.row), []).append(one)
        cleared = {row: typed for row, typed in rows.items()
                   if all(one.now is None for one in typed)}  # fmt: skip
        said = Counter((spot.table, spot.row) for spot in spots(places(self.back.scenario))
                       if spot.part == GIVEN and self.built.cells.get(spot.cell) is not None
                       ) if cleared else Counter()  # fmt: skip
        for (table, row), typed in cleared.items():
            if len(typed) == said[table, row]:
                sheet, at, _ = self.alignment.at(typed[0].spot.cell) or typed[0].spot.cell
                self.back.emptied.append(GoneRow(table, f"{sheet}, row {at}", row, at))
                self.back.typed = [one for one in self.back.typed if one not in typed]

    def _spot(self, spot: Spot) -> None:
        if self._is_deleted(spot.cell):
            return
        at = self.alignment.at(spot.cell)
        assert at is not None
        was, now = self.built.cells.get(spot.cell), self.found.cells.get(at)
        if same(was, now):
            return
        if {spot.cell, spot.key, spot.head} & self.lost:
            self.back.odd.append(Odd(
                named(at), f"it cannot be told what {said_value(now)} is of",
                "Its key, its heading or its name is not as it was built: put that back.",
            ))  # fmt: skip
            return
        if now in (None, ""):
            self.back.typed.append(Typed(spot, named(at), was, None))
            return
        wrong, remedy, value = _meant(spot.given, now, self.back.scenario)
        if wrong:
            self.back.odd.append(Odd(named(at), f"{spot.given.key}: {wrong}", remedy))
        else:
            self.back.typed.append(Typed(spot, named(at), was, value))


def _is_row(cell: str, key: Key) -> bool:
    return key[0] == "Inputs" and cell.rpartition("$")[2] == str(key[1])


def _meant(given: Given, now: Any, scenario: Scenario) -> tuple[str, str, float | str | None]:
    """What is wrong with what stands in a cell and what to do; else what it is."""
    if isinstance(now, str) and now.startswith("="):
        return f"a formula is typed: {said_value(now)}", "Type the number that it comes to.", None
    if now in _ERRORS:
        return f"an error stands there: {now}", "Type a number, or clear the cell.", None
    if given.unit == "date":
        day = _day(now)
        return ("", "", day) if day else (f"{said_value(now)} is no day", _DAY, None)
    if _is_number(given, scenario.catalogue, scenario):
        if isinstance(now, str):
            return f"“{said_value(now)}” is a text, not a number", "Type the number.", None
        return "", "", float(now)
    if isinstance(now, str):
        return "", "", now
    return f"{now:.15g} is a number, and a text belongs here", "Type it as a text.", None


def _is_number(given: Given, catalogue: Any, scenario: Scenario) -> bool:
    if isinstance(given, Choice) and not (given.names or given.beside):
        known: tuple[tuple[Any, str], ...] = options(catalogue, given, scenario.tables)
        return bool(known) and isinstance(known[0][0], float)
    return not given.is_text


def _day(now: Any) -> str:
    if isinstance(now, str):
        return now if is_date(now) else ""
    if now != int(now) or not 0 < now < 3e6:
        return ""
    return (_FIRST_DAY + datetime.timedelta(days=int(now))).isoformat()


def by_thing(typed: list[Typed]) -> Mapping[tuple[str, str, int, str], dict[str, Typed]]:
    """What was typed, by what of the scenario it is of, and by its part."""
    found: dict[tuple[str, str, int, str], dict[str, Typed]] = {}
    for one in typed:
        found.setdefault(one.spot.thing, {})[one.spot.part] = one
    return found

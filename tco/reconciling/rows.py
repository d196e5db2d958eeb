"""Rows of tables that somebody typed below the others, emptied, or deleted."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tco.catalogue.shipped import MISSING
from tco.lines import Given
from tco.reconciling.aligning import Moves
from tco.scenario import Scenario
from tco.verify.contents import Contents
from tco.verify.reading import Key
from tco.workbook.sheets import TABLES
from tco.workbook.tables import BLOCKS, NAME, TablePlace, placed_tables

Value = float | str
LIVE, OVER, BASE = BLOCKS
ASIDE = ("source", "date", "note")


@dataclass(frozen=True)
class AnyRow:
    """A row of a table, and where on the sheet it stands or stood."""

    table: str
    place: str


@dataclass(frozen=True)
class NewRow(AnyRow):
    """A row that was typed where the workbook has none.

    Attributes:
        after: the number of the row above it, from 0; -1 where it is the first.
        values: what was typed, by key of its column.
        aside: its source, date and note, where they were typed.
    """

    after: int
    values: Mapping[str, Value]
    aside: Mapping[str, str]


@dataclass(frozen=True)
class GoneRow(AnyRow):
    """A row of which nothing is left: its number from 0, and its row on the sheet."""

    row: int
    at: int


@dataclass
class TypedRow:
    """What stands in a row of the sheet where the workbook has none, by block and input.

    `cells` are all that belong to it, formulas that were copied with the row among them.
    """

    table: TablePlace
    after: int
    at: int
    cells: dict[Key, Any] = field(default_factory=dict)
    said: dict[tuple[str, Given], tuple[Key, Any]] = field(default_factory=dict)
    name: tuple[Key, Any] | None = None
    aside: dict[str, tuple[Key, Any]] = field(default_factory=dict)

    def values(self) -> Iterator[tuple[Given, Key, Any, Any]]:
        """Each input that was typed, with its cell, and what stands in Live if that is another.

        An Override wins over Base, as in every row; who types in Live only means that.
        """
        for index, given in enumerate(self.table.given):
            found = [self.said[block, given] for block in (OVER, BASE, LIVE)
                     if (block, given) in self.said]  # fmt: skip
            if not found and index == 0 and self.name and not self.table.table.numbered:
                found = [self.name]
            if found:
                key, said = found[0]
                _, live = self.said.get((LIVE, given), found[0])
                yield given, key, said, None if live == said else live


class TypedRows:
    """The rows of sheet Tables in a book that came back, beside those that it was built with."""

    def __init__(self, scenario: Scenario, moves: Moves, found: Contents) -> None:
        self.places, self.moves, self.found = placed_tables(scenario), moves, found

    @functools.cached_property
    def _built(self) -> dict[int, tuple[TablePlace, int]]:
        """By its row in the book that came back, each row that was built, from 0; -1: the head."""
        return {
            self.moves.row(row): (place, row - place.first)
            for place in self.places for row in range(place.first - 1, place.last + 1)
        }  # fmt: skip

    @functools.cached_property
    def _columns(self) -> dict[int, int]:
        """By its column in the book that came back, each column that was built."""
        most = max((place.aside + len(ASIDE) for place in self.places), default=0)
        return {self.moves.column(column): column for column in range(1, most)}

    def added(self) -> list[TypedRow]:
        """Rows that stand directly below another of a table, whether built or typed too."""
        rows: dict[int, dict[int, Any]] = {}
        for (sheet, row, column), said in self.found.cells.items():
            if sheet == self.moves.title and said not in (None, ""):
                rows.setdefault(row, {})[column] = said
        above: dict[int, tuple[TablePlace, int]] = dict(self._built)
        heads = {self.moves.row(place.head) for place in self.places}
        made = []
        for row in sorted(rows):
            if row in above or row in heads or row - 1 not in above:
                continue
            one = self._read(row, rows[row], *above[row - 1])
            if any(True for _ in one.values()):
                above[row] = one.table, one.after
                made.append(one)
        return made

    def _read(self, row: int, cells: Mapping[int, Any], table: TablePlace, after: int) -> TypedRow:
        made = TypedRow(table, after, row)
        blocks = {table.column(block, index): (block, given)
                  for block in BLOCKS for index, given in enumerate(table.given)}  # fmt: skip
        aside = {table.aside + step: name for step, name in enumerate(ASIDE)}
        for now, said in cells.items():
            column, key = self._columns.get(now, 0), (self.moves.title, row, now)
            copied = isinstance(said, str) and said.startswith("=")
            if column not in blocks and column not in aside and column != NAME:
                continue
            made.cells[key] = said
            if column in blocks and not (copied and blocks[column][0] == LIVE):
                made.said[blocks[column]] = key, said
            elif column in aside and not copied and said != MISSING:
                made.aside[aside[column]] = key, said
            elif column == NAME and not copied:
                made.name = key, said
        return made

    def deleted(self) -> Iterator[GoneRow]:
        """Rows of tables that stand nowhere any more; formulas that read them are broken."""
        for place in self.places:
            for row in range(place.first, place.last + 1):
                if self.moves.rows and row not in self.moves.rows:
                    where = f"{TABLES}, row {row}"
                    yield GoneRow(place.table.key, where, row - place.first, row)

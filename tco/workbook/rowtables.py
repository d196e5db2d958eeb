"""Tables of workings: which lines stand side by side, and where."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tco.catalogue.shipped import MISSING, Table
from tco.lines import YEARS, Given, Line, Model, Reference, previous
from tco.lines.expression import Call, walk
from tco.scenario import Scenario
from tco.widths import columns_of
from tco.workbook.cells import span
from tco.workbook.grid import FIRST, HOW, KEY, LABEL, UNIT
from tco.workbook.places import Places
from tco.workbook.sheets import WorkingSheet

NARROW = 13  # the least width of a table's column


@dataclass(frozen=True)
class RowTable:
    """A table of a sheet: lines along one axis side by side, its rows below each other.

    The lines of an axis stand in several tables, one below each heading they are written under.
    """

    axis: str
    heading: str
    rows: tuple[tuple[str, str, str], ...]  # id, label, remark
    source: Table | None  # the catalogue's table, None where the model names the rows itself
    named: Given | None  # the input that stands where labels stand
    columns: tuple[Given | Line, ...]
    first: int  # the row of its first values
    top: int  # the row before which a page may end for it, 0 where none may
    left: int  # the column of its first line
    remarks: int  # the column of the remarks, 0 where another table of the axis has them
    given: bool = False  # whether the scenario gives the rows
    steps_back: int = 0  # 1 where a step before is read: an empty row above the first, which is 0
    flows: bool = False  # whether its remarks may run over the empty columns beside them

    @functools.cached_property
    def columns_named(self) -> tuple[Given | Line, ...]:
        """Its columns, with the input that stands where labels stand before them."""
        return (self.named, *self.columns) if self.named else self.columns

    @functools.cached_property
    def places(self) -> dict[str, int]:
        """The column of every line of this table."""
        found = {item.key: self.left + index for index, item in enumerate(self.columns)}
        return found | ({self.named.key: LABEL} if self.named else {})

    @property
    def last(self) -> int:
        """The row of its last values."""
        return self.first + len(self.rows) - 1

    @property
    def last_column(self) -> int:
        """The last column in use."""
        return max(self.left + len(self.columns) - 1, self.remarks)


def row_tables(
    scenario: Scenario, plan: WorkingSheet, lines: Sequence[Line]
) -> tuple[RowTable, ...]:  # fmt: skip
    """The tables of a sheet's lines, axis by axis, without their rows."""
    axes = dict.fromkeys(one.along for one in lines if one.along not in (None, YEARS))
    found = [
        table for axis in axes if axis is not None
        for table in _tables_of(scenario, plan, axis, [one for one in lines if one.along == axis])
    ]  # fmt: skip
    last = max((one.last_column for one in found), default=0)
    return tuple(replace(one, flows=_flows(one, last)) for one in found)


def places_of(sheet: str, tables: Iterable[RowTable], model: Model) -> Places:
    """The range and the column of every line along a table, and of the names of its rows."""
    columns = {}
    ranges = {}
    for table in tables:
        placed = dict(table.places)
        if table.remarks:
            placed[table.axis] = LABEL if table.axis in model.tables and table.named else KEY
        for key, column in placed.items():
            columns[key] = (column, table.first)
            ranges[key] = (sheet, span(column, table.first, table.last))
    return Places(columns=columns, ranges=ranges)


def _flows(table: RowTable, last: int) -> bool:
    """Whether remarks have room beside their table, in columns that wider tables need."""
    longest = max((columns_of(note) for _, _, note in table.rows), default=0)
    beside = table.remarks == table.last_column < last
    return beside and longest * 0.9 <= NARROW * (last - table.remarks + 1)


def _tables_of(
    scenario: Scenario, plan: WorkingSheet, axis: str, lines: Sequence[Line]
) -> Iterator[RowTable]:
    """The tables of one axis, each with its lines and the inputs that they are first to read."""
    model, source = scenario.model, scenario.catalogue.axis(axis)
    inputs = {one.key: one for one in model.givens.values() if one.along == axis}
    given = model.tables.get(axis)
    unnamed = given is not None and given.numbered
    named = inputs.pop(next(iter(inputs))) if inputs and not unnamed else None
    rows = tuple((one["id"], "", one["note"] or MISSING) for one in source.rows) if source else ()
    title = source.title if source else given.title if given else ""
    tabular = plan.page.tabular
    blocks: list[list[Line]] = []
    back = _read_back(lines)
    for one in lines:
        if one.key in model.headings or not blocks:
            blocks.append([])
        blocks[-1].append(one)
    for number, block in enumerate(blocks):
        wanted = {need for one in block for need in one.needs}
        wanted |= {pick for key in wanted & set(inputs) for pick in inputs[key].follows}
        last = number == len(blocks) - 1
        read = [inputs.pop(key) for key in list(inputs) if key in wanted or last]
        columns: tuple[Given | Line, ...] = (*read, *block)
        left = UNIT if tabular else FIRST
        beside = left + len(columns) if tabular else HOW
        yield RowTable(
            axis, model.headings.get(block[0].key, title),
            rows or scenario.rows_of(axis), source, named if number == 0 else None,
            columns, 0, 0, left, 0 if number else beside, given is not None,
            int(any(one.key in back for one in columns)),
        )  # fmt: skip


def _read_back(lines: Sequence[Line]) -> set[str]:
    """What lines read one step back: above its first row must stand nothing, not its heading."""
    calls = [part for one in lines for part in walk(one.tree) if isinstance(part, Call)]
    return {
        part.key
        for call in calls
        if call.word is previous
        for part in call.parts
        if isinstance(part, Reference)
    }

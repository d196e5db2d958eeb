"""Tables: inputs that come as rows, each value with an override and as the scenario gave it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tco.catalogue.shipped import MISSING
from tco.facts import TYPED, RowFact
from tco.lines import Choice, Given, GivenRows, Undefined
from tco.quantities import show
from tco.scenario import Scenario
from tco.widths import columns_of
from tco.workbook.cells import Rule, Sheet, address, height, letters, span
from tco.workbook.converted import typed_formula
from tco.workbook.grid import (
    AS_BUILT,
    BUILT_DATE,
    HEAD_ROW,
    Layout,
    value_of,
)
from tco.workbook.inputs import validate
from tco.workbook.places import Places
from tco.workbook.sheets import TABLES, purpose

NAME, FIRST = 1, 2
BLOCKS = ("Live", "Override", "Base")


@dataclass(frozen=True)
class TablePlace:
    """Where one table stands: its head, its first row, and the first column of each block.

    `given` are its columns, in the order of each block; `rows` are what the scenario gave.
    """

    table: GivenRows
    given: tuple[Given, ...]
    rows: tuple[RowFact, ...]
    head: int
    wide: int  # columns of a block: those of the widest table, so that blocks stand aligned

    @property
    def first(self) -> int:
        """Its first row."""
        return self.head + 2

    @property
    def last(self) -> int:
        """Its last row."""
        return self.first + len(self.rows) - 1

    def column(self, block: str, index: int) -> int:
        """The column of its input of that number in one of `BLOCKS`."""
        return FIRST + BLOCKS.index(block) * (self.wide + 1) + index

    @property
    def aside(self) -> int:
        """The column of sources; dates and notes follow."""
        return FIRST + len(BLOCKS) * (self.wide + 1)


def placed_tables(scenario: Scenario) -> list[TablePlace]:
    """Where every table that the scenario gives stands, from above."""
    row, found = HEAD_ROW + 1, []
    inputs = {
        key: tuple(one for one in scenario.model.along(key) if not one.catalogue)
        for key in scenario.model.tables
    }
    wide = max((len(given) for given in inputs.values()), default=0)
    for key, table in scenario.model.tables.items():
        place = TablePlace(table, inputs[key], scenario.tables[key], row, wide)
        found.append(place)
        row = place.last + 2
    return found


@dataclass(frozen=True)
class TypedCell:
    """A cell of the sheet for one value of a given row: over it, or as the scenario gave it.

    `named` is the column that has the row's name, `head` the row that has the column's.
    """

    row: int
    column: int
    table: str
    number: int
    given: Given
    over: bool
    named: int
    head: int


def typed_cells(scenario: Scenario) -> Iterator[TypedCell]:
    """The cells in which values of given rows may be typed."""
    for place in placed_tables(scenario):
        for number in range(len(place.rows)):
            for index, given in enumerate(place.given):
                for block in BLOCKS[1:]:
                    yield TypedCell(
                        place.first + number, place.column(block, index), place.table.key, number,
                        given, block == BLOCKS[1], NAME, place.head + 1,
                    )  # fmt: skip


def source_key(table: str, row: int) -> str:
    """How the source of a given row is found on Sources."""
    return f"{table}, row {row + 1}"


def place_tables(scenario: Scenario) -> Places:
    """The cells of every input along given rows, of their notes, sources and overrides."""
    columns: dict[str, tuple[int, int]] = {}
    notes, evidence, areas = {}, {}, []
    for place in placed_tables(scenario):
        for index, given in enumerate(place.given):
            columns[given.key] = (place.column("Live", index), place.first)
        for given in scenario.model.givens.values():
            if given.along == place.table.key and given.of:
                beside = place.aside + ("source", "date").index(given.of[1])
                columns[given.key] = (beside, place.first)
        notes[place.table.key] = (place.aside + 2, place.first)
        for number in range(len(place.rows)):
            key = source_key(place.table.key, number)
            evidence[key] = (place.first + number, place.aside)
        typed = place.column("Override", 0)
        last = letters(typed + len(place.given) - 1)
        areas.append(f"{TABLES}!${letters(typed)}${place.first}:${last}${place.last}")
    named = {
        f"{key}_options": (TABLES, _names(scenario, columns, one.names))
        for key, one in scenario.model.givens.items()
        if isinstance(one, Choice) and one.names
    }
    return Places(ranges=named, given_columns=columns, given_notes=notes, row_evidence=evidence,
                  given_areas=tuple(areas))  # fmt: skip


def _names(scenario: Scenario, columns: Mapping[str, tuple[int, int]], table: str) -> str:
    """The range of the names of given rows, as they are live."""
    column, first = columns[scenario.model.along(table)[0].key]
    return span(column, first, first + len(scenario.tables[table]) - 1)


def draw_tables(layout: Layout) -> Sheet:
    """Every table that the scenario gives, one below another."""
    sheet = Sheet(TABLES)
    places = placed_tables(layout.scenario)
    widest = max(place.aside + 2 for place in places)
    layout.head(sheet, purpose(TABLES, layout.model),
                [], wide=9)  # fmt: skip
    sheet.widths = {NAME: 26}
    for place in places:
        _fill(layout, sheet, place)
    for column in range(1, widest + 1):
        sheet.put(HEAD_ROW, column, None, "head")
    sheet.freeze = f"B{HEAD_ROW + 1}"
    return sheet


def _fill(layout: Layout, sheet: Sheet, place: TablePlace) -> None:
    layout.section(sheet, place.head, f"{place.table.title}: {place.table.note}", place.aside + 2)
    for block in BLOCKS:
        _head(layout, sheet, place, block)
    head = place.head + 1
    sheet.put(head, NAME, "Row", "head")
    for step, (heading, wide) in enumerate((("Source", 44), ("Date", 12), ("Note", 60))):
        sheet.put(head, place.aside + step, heading, "headtext")
        sheet.widths[place.aside + step] = max(sheet.widths.get(place.aside + step, 0), wide)
    sheet.heights[head] = 42
    for number, row in enumerate(place.rows):
        _row(layout, sheet, place, number, row)
    for index, given in enumerate(place.given):
        cells = " ".join(
            span(place.column(block, index), place.first, place.last).replace("$", "")
            for block in ("Override", "Base")
        )
        if given.names:
            named = _names(layout.scenario, layout.given_columns, given.names)
            sheet.rules.append(
                Rule(cells, "list", f"{TABLES}!{named}", title=given.label,
                     prompt=given.note, error=f"Choose a row of {given.names}.")
            )  # fmt: skip
        else:
            validate(layout, sheet, cells, given)
    typed = place.column("Override", 0), place.column("Override", len(place.given) - 1)
    area = f"{address(place.first, typed[0])}:{address(place.last, typed[1])}"
    sheet.flags.append((area, "override"))
    live = f"{address(place.first, FIRST)}:{address(place.last, FIRST + len(place.given) - 1)}"
    sheet.flags.append((live, "error"))


def _head(layout: Layout, sheet: Sheet, place: TablePlace, block: str) -> None:
    for index, given in enumerate(place.given):
        column = place.column(block, index)
        unit = "" if given.is_text or given.unit in ("flag", "ratio", "1") else given.unit
        said = f"{given.label}, {layout.unit(unit)}" if unit else given.label
        look = "headtext" if given.is_text else "headnum"
        if said[1:2].islower():  # GPUs and MFU stay what they are
            said = said[0].lower() + said[1:]
        sheet.put(place.head + 1, column, f"{block}: {said}", look)
        shown = [str(row.values[given.key]) if given.is_text else show(row.values[given.key],
                 given.form) for row in place.rows]  # fmt: skip
        wide = max(13.0, min(30.0, max(map(columns_of, shown), default=0) + 2.0))
        sheet.widths[column] = max(sheet.widths.get(column, 0), wide)
    for index in range(len(place.given), place.wide + 1):
        sheet.put(place.head + 1, place.column(block, index), None, "head")
    sheet.widths.setdefault(place.column(block, place.wide), 2)


def _row(layout: Layout, sheet: Sheet, place: TablePlace, number: int, row: RowFact) -> None:
    at = place.first + number
    sheet.put(at, NAME, row.name, "key")
    for index, given in enumerate(place.given):
        value = row.values[given.key]
        live, typed, base = (place.column(block, index) for block in BLOCKS)
        gone = isinstance(value, Undefined) or value == MISSING
        sheet.put(at, typed, None, f"input:{given.form}")
        formula = typed_formula(layout, value, sheet.title)
        sheet.put(at, base, None if gone else value,
                  f"{'link' if formula else 'input'}:{given.form}", formula)  # fmt: skip
        nothing = "NA()" if given.required else f'"{MISSING}"'
        # Rows move when the table is sorted, and their cells with them.
        cells = [address(at, column, fixed="c") for column in (typed, base)]
        blank = f"1+ISBLANK({cells[0]})+ISBLANK({cells[0]})*ISBLANK({cells[1]})"
        sheet.put(at, live, MISSING if gone else value_of(value), f"calc:{given.form}",
                  f"CHOOSE({blank},{cells[0]},{cells[1]},{nothing})")  # fmt: skip
    _evidence(layout, sheet, place, number, row)


def _evidence(layout: Layout, sheet: Sheet, place: TablePlace, number: int, row: RowFact) -> None:
    """Source and date, live: a row that is typed over has neither."""
    at = place.first + number
    first, last = place.column("Override", 0), place.column("Override", len(place.given) - 1)
    untouched = f"COUNTA({address(at, first, fixed='c')}:{address(at, last, fixed='c')})=0"
    behind = layout.source_rows[source_key(place.table.key, number)]

    def built(row: int, column: int) -> str:
        return f"Sources!{address(row, column, fixed='rc')}"

    parts = ((row.source, AS_BUILT, TYPED), (row.date or MISSING, BUILT_DATE, MISSING))
    for step, (value, column, else_) in enumerate(parts):
        sheet.put(at, place.aside + step, value, "link:date" if step else "linktext",
                  f'IF({untouched},{built(behind, column)},"{else_}")')  # fmt: skip
    sheet.put(at, place.aside + 2, row.note or MISSING, "note")
    sheet.heights[at] = height((row.source, sheet.widths[place.aside]),
                               (row.note, sheet.widths[place.aside + 2]))  # fmt: skip

"""The catalogue sheets behind the dropdowns: a row of the file is a row of the sheet."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from tco.catalogue.columns import Column
from tco.catalogue.shipped import MISSING, Catalogue, Table
from tco.facts import options
from tco.lines import Choice, Given, Model
from tco.lines.sentences import day_of
from tco.quantities import is_date
from tco.scenario import Scenario
from tco.widths import columns_of, units_of
from tco.workbook.cells import (
    Cell,
    SharedRows,
    Sheet,
    address,
    letters,
    span,
)
from tco.workbook.fitting import height_of
from tco.workbook.grid import CATALOGUE_FIRST, FIRST_ROW, HEAD_ROW, Layout
from tco.workbook.places import Places
from tco.workbook.sheets import CATALOGUE_SHEETS, TABLES, purpose


def draw_catalogue(layout: Layout, name: str) -> Sheet:
    """A table of the catalogue: below its head the same in every book that has it."""
    table = layout.scenario.catalogue[name]
    drawn = _drawn(table)
    sheet = Sheet(CATALOGUE_SHEETS[name], widths=dict(drawn.widths), shared=drawn)
    layout.head(sheet, purpose(CATALOGUE_SHEETS[name], layout.model),
              [column.heading for column in table.columns], wide=7)  # fmt: skip
    sheet.cells |= drawn.cells
    sheet.heights |= drawn.heights
    sheet.title_rows = "1:5"
    sheet.freeze = "B6"
    sheet.filtered = f"A{HEAD_ROW + 1}:{address(*max(drawn.cells))}"
    rows = _chosen_from(layout.scenario, table)
    if rows:
        sheet.printed_from = CATALOGUE_FIRST + min(rows)
        sheet.printed = CATALOGUE_FIRST + max(rows), len(table.columns)
    return sheet


def _chosen_from(scenario: Scenario, table: Table) -> list[int]:
    """The rows of a table of prices that are of an accelerator in use: those are printed."""
    if _OF_CHIP not in {column.name for column in table.columns}:
        return []
    known = {row["id"] for row in scenario.catalogue["chips"].rows}
    used = {str(fact.value) for fact in scenario.facts.values()} & known
    return [at for at, row in enumerate(table.rows) if row[_OF_CHIP] in used]


_OF_CHIP = "chip"  # the column of a table whose rows are of an accelerator
WIDEST = 34  # of a catalogue's columns; longer texts take several lines


@functools.lru_cache(maxsize=16)
def _drawn(table: Table) -> SharedRows:
    """What stands below the head of a catalogue sheet: the same in every book with that table."""
    rows = range(CATALOGUE_FIRST, CATALOGUE_FIRST + len(table.rows))
    columns, widths = {}, {}
    long: list[tuple[list[str], float]] = []  # columns of which a text may take several lines
    for number, column in enumerate(table.columns, 1):
        values = _values(table, column)
        texts = [*map(str, values)]
        longest = max(map(columns_of, texts))
        least = 13 if number < 5 else 9  # the key of cells stands above the first
        widths[number] = max(
            min(WIDEST, max(len(column.heading), len(column.unit) - 1, longest) + 2), least
        )
        if max(map(units_of, texts)) > widths[number]:
            long.append((texts, widths[number]))
        columns[number] = _column(column, values, wraps=longest > WIDEST)
    cells = {(row, number): cells[at] for at, row in enumerate((HEAD_ROW, HEAD_ROW + 1, *rows))
             for number, cells in columns.items()}  # fmt: skip
    heights = {row: max((height_of(texts[at], width, "factnote") for texts, width in long),
                        default=14.0)
               for at, row in enumerate(rows)}  # fmt: skip
    return SharedRows(HEAD_ROW, cells, widths, {**heights, HEAD_ROW: 30})


def _values(table: Table, column: Column) -> list[float | str]:
    """The cells of a column: numbers, texts, and a dash where there is nothing."""
    texts = [row.get(column.name, "").strip() or MISSING for row in table.rows]
    if column.unit in ("text", "date"):
        return [*texts]
    return [one if one == MISSING else float(one) for one in texts]


def _column(column: Column, values: Iterable[float | str], *, wraps: bool) -> list[Cell]:
    """A column's heading, its unit, and its cells; days as a spreadsheet counts them."""
    if column.unit not in ("text", "date"):
        head = Cell(column.heading, "headnum"), Cell(column.unit, "unitright")
        return [*head, *(Cell(one, f"factnum:{column.unit}") for one in values)]
    head = Cell(column.heading, "headtext"), Cell("", "unit")
    if wraps:
        return [*head, *(Cell(one, "factnote") for one in values)]
    if column.unit == "date":
        values = [day_of(one) if isinstance(one, str) and is_date(one) else one for one in values]
    return [*head, *(Cell(one, f"fact:{column.unit}") for one in values)]


def column_range(catalogue: Catalogue, table: str, column: str, *, last: str = "") -> str:
    """The fixed range of a catalogue column, or of a block of columns."""
    found = catalogue[table]
    names = [one.name for one in found.columns]
    first_column = letters(names.index(column) + 1)
    last_column = letters(names.index(last or column) + 1)
    end = CATALOGUE_FIRST + len(found.rows) - 1
    return f"{CATALOGUE_SHEETS[table]}!${first_column}${CATALOGUE_FIRST}:${last_column}${end}"


def catalogue_lookup(
    catalogue: Catalogue, given: Given, picks: Sequence[str], column: str = ""
) -> str:
    """INDEX of a catalogue column by exact MATCH of the cells that pick row and column."""
    assert given.catalogue is not None
    table = given.catalogue[0]
    column = column or given.catalogue[1]
    found = f"MATCH({picks[0]},{column_range(catalogue, table, 'id')},0)"
    if "{}" not in column:
        return f"INDEX({column_range(catalogue, table, column)},{found})"
    block, head = _block(catalogue, table, column)
    return f"INDEX({block},{found},MATCH({picks[1]},{head},0))"


def _block(catalogue: Catalogue, table: str, pattern: str) -> tuple[str, str]:
    """The columns of a pattern such as {}_tflops, and the headings above them."""
    names = [one.name for one in catalogue[table].columns]
    suffix = pattern.replace("{}", "")
    matching = [name for name in names if name.endswith(suffix)]
    block = column_range(catalogue, table, matching[0], last=matching[-1])
    sheet, _, cells = block.partition("!")
    first, last = (re.sub(r"[$\d]", "", part) for part in cells.split(":"))
    return block, f"{sheet}!${first}${HEAD_ROW}:${last}${HEAD_ROW}"


def place_choices(scenario: Scenario) -> Places:
    """The options of every choice: rows of a catalogue sheet, of Tables, or of Choices."""
    ranges: dict[str, tuple[str, str]] = {}
    row = FIRST_ROW
    for key, choice in _choices(scenario.model):
        if choice.names:
            continue  # the rows stand on Tables
        if choice.table:
            sheet, _, cells = column_range(scenario.catalogue, choice.table, "id").partition("!")
        else:
            last = row + len(options(scenario.catalogue, choice, scenario.tables)) - 1
            sheet, cells, row = "Choices", span(2, row, last), last + 1
        ranges[f"{key}_options"] = (sheet, cells)
    return Places(ranges=ranges)


def draw_choices(layout: Layout) -> Sheet:
    """The options that no catalogue lists, each with its meaning."""
    sheet = Sheet("Choices")
    layout.head(sheet, purpose("Choices", layout.model),
              ("Choice", "Option", "Meaning"), wide=4)  # fmt: skip
    sheet.widths = {1: 30, 2: 22, 3: 70, 4: 30}
    row = FIRST_ROW
    for key, choice in _choices(layout.model):
        if choice.names or choice.table:
            continue
        scenario, links = layout.scenario, _links(layout, choice)
        for number, (option, meaning) in enumerate(
            options(scenario.catalogue, choice, scenario.tables), -len(choice.options)
        ):
            look = "fact:text" if isinstance(option, str) else "fact:1"
            sheet.put(row, 1, key, "key")
            if number < 0:
                sheet.put(row, 2, option, look)
            else:
                sheet.put(row, 2, option, "link:text", links[number])
            sheet.put(row, 3, meaning, "plain")
            row += 1
    return sheet


def _links(layout: Layout, choice: Choice) -> list[str]:
    """The cells on Tables whose values are options of a choice."""
    if not choice.beside:
        return []
    column, first = layout.given_columns[choice.beside]
    rows = len(layout.scenario.row_ids(layout.along(choice.beside)))
    return [f"{TABLES}!{address(first + at, column, fixed='rc')}" for at in range(rows)]


def _choices(model: Model) -> Iterable[tuple[str, Choice]]:
    return ((key, one) for key, one in model.givens.items() if isinstance(one, Choice))

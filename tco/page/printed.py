"""A page as text: what a deck's templates and the terminal read, every value printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tco.model.cases import BASE
from tco.model.state import WITHHELD
from tco.page.content import DECK, TERMINAL, TOTAL, Column, Findings, Page, Table
from tco.page.values import largest, printed
from tco.scenario import Scenario
from tco.tables import PrintedRow, PrintedTable

if TYPE_CHECKING:
    from tco.page.shown import Front


@dataclass(frozen=True)
class Board:
    """A page as a template reads it; `front` is the board's page, where there is one to show."""

    title: str
    sentences: tuple[str, ...]
    tables: tuple[PrintedTable, ...]
    footnote: str
    front: Front | None = None


def board(scenario: Scenario, page: Page) -> Board:
    """The page of a scenario as a deck shows it, rounded as the workbook rounds."""
    return Board(
        page.title, sentences(scenario, page), tuple(tables(scenario, page, DECK)), page.foot
    )


def sentences(scenario: Scenario, page: Page) -> tuple[str, ...]:
    """The answer in words; while an error stands it takes the place of every other sentence.

    Before them stands the case, where it is not the base.
    """
    said = (printed(scenario, one) for one in page.sentences)
    case = (scenario.case_words,) if scenario.case != BASE else ()
    return (*case, *(one for one in said if one != WITHHELD))


def tables(scenario: Scenario, page: Page, where: str) -> list[PrintedTable]:
    """The tables that are shown there; while an error stands no figure stands beside it."""
    found = []
    for block in page.shown(where):
        if isinstance(block, Findings):
            found.append(printed_findings(scenario, block))
        elif isinstance(block, Table) and not scenario.numbers["errors"]:
            found.append(printed_table(scenario, block, where))
    return [one for one in found if one.rows]


def printed_table(scenario: Scenario, table: Table, where: str = DECK) -> PrintedTable:
    """A table as it is printed there."""
    columns = table.columns_on(where)
    rows, whole = [], [(row, [*row.cells, *("",) * (len(table.columns) - len(row.cells))])
                       for row in table.rows_on(where)]  # fmt: skip
    # A sheet and a deck have the digits of the unit; a terminal those of what is there.
    scales = [largest(scenario, (cells[place] for _, cells in whole)) if where == TERMINAL else {}
              for place in columns]  # fmt: skip
    for row, cells in whole:
        shown = (printed(scenario, cells[place], scale)
                 for place, scale in zip(columns, scales, strict=True))  # fmt: skip
        rows.append(PrintedRow(tuple(shown), row.reads == TOTAL))
    return _headed(table.title, [table.columns[place] for place in columns], rows)


def _headed(title: str, columns: list[Column], rows: list[PrintedRow]) -> PrintedTable:
    headings = tuple(one.title for one in columns)
    return PrintedTable(title, headings, tuple(not one.words for one in columns), tuple(rows))


def printed_findings(scenario: Scenario, block: Findings) -> PrintedTable:
    """The checks that fire, in words: errors first."""
    numbers = scenario.numbers
    fired = [PrintedRow((one.label, one.kind, str(numbers[one.says])))
             for one in block.findings if float(numbers[one.fires])]  # fmt: skip
    columns = [Column(title, words=True) for title in ("Check", "Kind", "Finding")]
    return _headed(block.title, columns, fired or [PrintedRow(("No check fires", "", ""))])

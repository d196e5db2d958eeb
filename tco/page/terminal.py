"""The page on the terminal: sentences, the tables of the answer, and what the checks found."""

from __future__ import annotations

from tco.page.content import TERMINAL, Page
from tco.page.printed import sentences, tables
from tco.scenario import Scenario
from tco.tables import Answer, PrintedTable, Words
from tco.widths import columns_of, padded


def as_text(scenario: Scenario, page: Page) -> str:
    """The page of a scenario, block by block."""
    return answer(scenario, page).plain


def answer(scenario: Scenario, page: Page) -> Answer:
    """The page of a scenario; on a terminal its first sentence, the verdict, stands out."""
    said, shown = sentences(scenario, page), tables(scenario, page, TERMINAL)
    blocks = [page.title, "\n".join(said), *map(table_as_text, shown)]
    drawn = [Words(page.title), Words("\n".join(said[:1]), strong=True)]
    drawn += [Words("\n".join(said[1:]))] if said[1:] else []
    return Answer("\n\n".join(blocks), (*drawn, *shown))


def table_as_text(table: PrintedTable) -> str:
    """A table, columns aligned."""
    lines = [table.headings, *(row.cells for row in table.rows)]
    widths = [max(columns_of(cells[i]) for cells in lines) for i in range(len(table.headings))]

    def aligned(cells: tuple[str, ...]) -> str:
        return "  ".join(
            padded(cell, width, right=right)
            for cell, width, right in zip(cells, widths, table.numeric, strict=True)
        ).rstrip()

    ruler = "-" * min(100, sum(widths) + 2 * (len(widths) - 1))
    body = []
    for row in table.rows:
        body += [ruler, aligned(row.cells)] if row.strong else [aligned(row.cells)]
    return "\n".join([aligned(table.headings), ruler, *body])

"""The page on the terminal: sentences, the tables of the answer, and what the checks found."""

from __future__ import annotations

from tco.page.content import TERMINAL, Page
from tco.page.printed import PrintedTable, sentences, tables
from tco.scenario import Scenario
from tco.widths import columns_of, padded


def as_text(scenario: Scenario, page: Page) -> str:
    """The page of a scenario, block by block."""
    blocks = [page.title, "\n".join(sentences(scenario, page))]
    blocks += [table_as_text(one) for one in tables(scenario, page, TERMINAL)]
    return "\n\n".join(blocks)


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

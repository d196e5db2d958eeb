"""Sheets of case columns: what stands below their own lines.

Below a sheet's lines stands a block for each thing that is tried, and last the links of them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from tco.lines import Line
from tco.scenario import Scenario
from tco.workbook.cases import needed, rows_from, steps_of
from tco.workbook.cells import Sheet
from tco.workbook.grid import Layout
from tco.workbook.still import draw_still

LINKED = "From other sheets, for the columns: as they stand"


def links_from(
    scenario: Scenario, blocks: Iterable[tuple[Sequence[Line], Sequence[str]]],
    beside: Iterable[str], row: int,
) -> tuple[dict[str, int], int]:  # fmt: skip
    """The row of each link that blocks read, below a heading at `row`; and the next free row.

    Args:
        blocks: the lines of each block, and what moves in it.
        beside: what is linked to in any case.
    """
    wanted = set(beside)
    for lines, moves in blocks:
        wanted |= needed(lines, {*(line.key for line in lines), *moves})
    model = scenario.model
    order = model.as_written(wanted)
    return rows_from(order, partial(steps_of, scenario), row + 1)


def draw_links(
    layout: Layout, sheet: Sheet, still: Mapping[str, int], first: int, last: int
) -> None:  # fmt: skip
    """The links, below their heading; `last` is the last column."""
    layout.section(sheet, first, LINKED, last)
    for key, row in still.items():
        if layout.home.get(key, ("",))[0] == sheet.title:
            raise ValueError(f"{key} stands on {sheet.title} already")
        draw_still(layout, sheet, key, row)
    sheet.group(first + 1, sheet.last_row)

"""The book of several scenarios: the comparison, then each one's own workbook, whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from tco import __version__
from tco.page.sides import Comparison
from tco.workbook.cells import Book, Sheet, address
from tco.workbook.fitting import fitted
from tco.workbook.grid import Layout
from tco.workbook.joining import Moving, moving, names_in, shared_tables
from tco.workbook.layout import drawers, places
from tco.workbook.names import legal
from tco.workbook.package import to_bytes
from tco.workbook.proof import counted
from tco.workbook.sidegrid import COMPARE, FIRST, SideGrid
from tco.workbook.sidelists import draw_all_inputs, draw_all_lines, row_names
from tco.workbook.sides import draw_compare

COMPARED = "comparison"  # the property that says how a comparison is called


def sides_workbook(comparison: Comparison, *, protected: bool = False) -> bytes:
    """The .xlsx of a comparison; the same scenarios and version give the same bytes.

    Args:
        protected: whether its sheets are, all but the cells that are typed in; without a password.
    """
    return to_bytes(replace(lay_out_sides(comparison), protected=protected))


def lay_out_sides(comparison: Comparison) -> Book:
    """The book of a comparison.

    The catalogue's sheets that are the same in all scenarios stand once, at the end.
    """
    scenarios = [one.scenario for one in comparison.sides]
    shared = shared_tables(scenarios)
    layouts = tuple(map(places, scenarios))
    moves = tuple(moving(side.letter, layout.order, shared)
                  for side, layout in zip(comparison.sides, layouts, strict=True))  # fmt: skip
    grid = SideGrid(comparison, layouts, moves)
    sheets = [fitted(draw(grid)) for draw in (draw_compare, draw_all_inputs, draw_all_lines)]
    last: dict[str, Sheet] = {}
    for layout, moved in zip(layouts, moves, strict=True):
        for sheet in counted(_drawn(layout, last)):
            if sheet.title in shared:
                last[sheet.title] = _of_all(sheet, comparison)
            else:
                sheets.append(moved.sheet(sheet))
    return Book(
        title=comparison.name,
        subject="Scenarios side by side",
        sheets=[*sheets, *last.values()],
        names=_names(grid),
        properties={
            "tco_version": __version__,
            "scenarios": str(len(scenarios)),
            COMPARED: comparison.name,
            **{f"scenario_{one.letter}": one.scenario.path for one in comparison.sides},
            "scenario_sha256": _hash(comparison),
        },
    )


def _drawn(layout: Layout, known: dict[str, Sheet]) -> Iterator[Sheet]:
    """The sheets of a scenario, less those that stand once and are known."""
    return (fitted(draw(layout)) for title, draw in drawers(layout).items() if title not in known)


def _of_all(sheet: Sheet, comparison: Comparison) -> Sheet:
    """A sheet of the catalogue that all scenarios read: its head speaks of all of them."""
    cells = dict(sheet.cells)
    for at, cell in sheet.cells.items():
        if at[0] == 1 and cell.formula:
            state = f"{COMPARE}!{address(1, FIRST, fixed='rc')}"
            cells[at] = cell._replace(formula=state, value=_state(comparison))
        elif at[0] == 2 and cell.formula:  # each scenario has a case of its own
            cells[at] = cell._replace(formula="", value=None)
    return replace(sheet, cells=cells, jumps={}, printed=None, printed_from=1)


def _state(comparison: Comparison) -> str:
    """How the checks of all scenarios stand, as the first sheet says it."""
    errors = sum(int(side.scenario.numbers["errors"]) for side in comparison.sides)
    return f"FAIL: {errors} error(s)" if errors else "OK: no error in any scenario"


def _names(grid: SideGrid) -> dict[str, str]:
    """The names of each scenario with its letter before them, and of each row across them all."""
    found: dict[str, str] = {}
    for side, layout, moved in zip(grid.comparison.sides, grid.layouts, grid.moves, strict=True):
        found.update(names_in(side.letter, layout.names(), moved))
    taken = {name.casefold() for name in found}
    rows = {key: area for key, area in row_names(grid).items() if key.casefold() not in taken}
    return legal(dict(sorted({**rows, **found}.items())))


def _hash(comparison: Comparison) -> str:
    """The hash of the inputs of all scenarios, in their order."""
    parts = "\n".join(side.scenario.sha256 for side in comparison.sides)
    return hashlib.sha256(parts.encode()).hexdigest()


__all__ = ["Moving", "lay_out_sides", "sides_workbook"]

"""Ranges: the whole model at both ends of each driver's range.

Below the sheet's own lines stands a block a driver with two columns, at the least and at the most:
the value tried, and the lines between that and the outcome. Below these stand the links.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from tco.catalogue.shipped import MISSING
from tco.lines import Line, Model
from tco.lines.trials import cases_of
from tco.model.own.driver import Driver
from tco.model.ranged import outcome_of
from tco.scenario import Scenario
from tco.workbook.caserows import CaseRows
from tco.workbook.cases import Block, led_to, rows_from, steps_of
from tco.workbook.casesheets import draw_links, links_from
from tco.workbook.cells import Sheet, address
from tco.workbook.grid import FIRST, HEAD_ROW, VALUE, Layout, count_errors, value_of
from tco.workbook.lineblocks import line_plan
from tco.workbook.places import Places
from tco.workbook.sheets import WorkingSheet
from tco.workbook.still import name_row
from tco.workbook.working import draw_working

TITLE = "Ranges"
ENDS = {"low": FIRST, "high": FIRST + 1}
LAST = FIRST + 1


@dataclass(frozen=True)
class Plan:
    """Where a driver's block stands: its first row, that of the value tried, and of each line."""

    driver: Driver
    first: int
    lines: tuple[Line, ...]
    rows: dict[str, int]
    next: int

    @property
    def trial(self) -> int:
        """The row of the value tried."""
        return self.first + 1


def lines_between(model: Model, driver: Driver, outcome: str) -> tuple[Line, ...]:
    """The lines between a driver and the outcome, which is the last."""
    return _lines_between(model, driver.search.moves, outcome)


@lru_cache(maxsize=512)  # once to place them, once to draw, and again where ties are sought
def _lines_between(model: Model, moves: tuple[str, ...], outcome: str) -> tuple[Line, ...]:
    inner = model.upstream([outcome]) & led_to(model, moves)
    lines = model.lines.items()
    return tuple(one for key, one in lines if key in inner)


def reached(model: Model, drivers: Iterable[Driver], outcome: str) -> list[str]:
    """What drivers lead to on the way to the outcome, by its number or by whether there is one."""
    moves = {key for one in drivers for key in one.search.moves}
    return sorted((model.upstream([outcome]) & model.downstream(moves)) - moves)


def place_ranges(scenario: Scenario, plan: WorkingSheet) -> Places:
    """The blocks below the sheet's lines, and the results in them."""
    outcome = _outcome(scenario.model)
    _, still, blocks = _plans(scenario, line_plan(scenario, plan).last + 2)
    home = {}
    for one in blocks:
        for end, column in ENDS.items():
            # Where what is given stands between, the driver moves nothing: the outcome as it is.
            apart = outcome not in one.rows
            at = (still[outcome], VALUE) if apart else (one.rows[outcome], column)
            home[f"at_{end}_{one.driver.key}"] = (TITLE, *at)
    return Places(home=home)


def _outcome(model: Model) -> str:
    found = outcome_of(model)
    assert found is not None  # a model without an outcome has no such sheet
    return found.key


def _plans(scenario: Scenario, row: int) -> tuple[int, dict[str, int], list[Plan]]:
    """The row of the heading of the links, those of the links, and the blocks from a row on."""
    model, outcome = scenario.model, _outcome(scenario.model)
    drivers = model.members.all(Driver)
    lines = [lines_between(model, one, outcome) for one in drivers]
    blocks: list[Plan] = []
    for one, within in zip(drivers, lines, strict=True):
        keys = [line.key for line in within]
        rows, after = rows_from(keys, partial(steps_of, scenario), row + 2)
        rows |= dict.fromkeys(one.search.moves, row + 1)
        blocks.append(Plan(one, row, within, rows, after))
        row = after + 1
    read = [(within, one.search.moves) for one, within in zip(drivers, lines, strict=True)]
    still, _ = links_from(scenario, read, [outcome], row)
    return row, still, blocks


def draw_ranges(layout: Layout, plan: WorkingSheet) -> Sheet:
    """The sheet's own lines, the blocks, and what these link to."""
    sheet = draw_working(layout, plan)
    linked, still, blocks = _plans(layout.scenario, layout.plans[TITLE].last + 2)
    for column, said in zip(ENDS.values(), ("At the least", "At the most"), strict=True):
        sheet.put(HEAD_ROW, column, said, "headnum")
    rows, trials = _at_ends(layout, sheet, [one.driver for one in blocks])
    for number, one in enumerate(blocks):
        _block(layout, sheet, one, rows, still, trials[:, number], number)
    sheet.widths |= dict.fromkeys(ENDS.values(), rows.wide)
    draw_links(layout, sheet, still, linked, LAST)
    count_errors(sheet, sheet.last_row, LAST)
    return sheet


def _at_ends(layout: Layout, sheet: Sheet, drivers: list[Driver]) -> tuple[CaseRows, np.ndarray]:
    """The rows of all blocks with their numbers, and the values tried."""
    model, outcome = layout.model, _outcome(layout.model)
    searches = [one.search for one in drivers]
    trials = np.array([[float(layout.numbers[one.ends[end]]) for one in drivers]
                       for end in range(len(ENDS))])  # fmt: skip
    keys = reached(model, drivers, outcome)
    got = cases_of(model, layout.scenario.computable, searches, outcome, trials, keys)
    return CaseRows(layout, sheet, got, tuple(ENDS.values()), len(drivers)), trials


def _block(
    layout: Layout, sheet: Sheet, plan: Plan, rows: CaseRows, still: dict[str, int],
    trials: np.ndarray, number: int,
) -> None:  # fmt: skip
    """One driver: the values tried, then row by row what follows."""
    driver = plan.driver
    layout.section(sheet, plan.first, driver.label, LAST)
    moved = driver.search.moves[0]
    name_row(layout, sheet, plan.trial, moved, layout.label(moved), driver.unit)
    for column, key, value in zip(ENDS.values(), driver.ends, trials, strict=True):
        here = address(layout.home[key][1], VALUE, fixed="rc")
        rows.put(plan.trial, (column,), [value_of(value)], f"calc:{driver.unit}",
                 f'IF(ISTEXT({here}),"{MISSING}",{here})')  # fmt: skip
    block = Block(partial(steps_of, layout.scenario), plan.rows, still)
    for one in plan.lines:
        rows.line(one, plan.rows[one.key], block, number)
    sheet.group(plan.trial, plan.next - 1)

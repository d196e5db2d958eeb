"""Corners: the whole model where what nobody gives stands at the ends of its range.

Below the sheet's own lines stands what moves, and the lines between that and the verdict: a column
a corner. Below these stand the links.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

from tco.lines import Line, Model
from tco.lines.evaluation import beside_cases
from tco.model.own.corners import AIMS, in_corners, moved
from tco.scenario import Scenario
from tco.workbook.caserows import NARROWEST, CaseRows
from tco.workbook.cases import Block, led_to, needed, rows_from, steps_of
from tco.workbook.casesheets import draw_links
from tco.workbook.cells import Sheet, letters
from tco.workbook.grid import FIRST, Layout, count_errors, value_of
from tco.workbook.lineblocks import line_plan
from tco.workbook.places import Places
from tco.workbook.sheets import WorkingSheet
from tco.workbook.still import name_row
from tco.workbook.working import draw_working

TITLE = "Corners"


@dataclass(frozen=True)
class Plan:
    """Where the columns stand: the row of each link, of what moves, and of each line.

    `above` is the row of the heading of the columns, `linked` that of the links.
    """

    above: int
    linked: int
    columns: range
    still: dict[str, int]
    trials: dict[str, int]
    rows: dict[str, int]


def place_corners(scenario: Scenario, plan: WorkingSheet) -> Places:
    """The columns below the sheet's lines, and the answers at their end."""
    found = _plan(scenario, line_plan(scenario, plan).last + 2)
    home = {}
    for number, column in enumerate(found.columns, 1):
        for key, aim in zip(("advantage", "verdict"), AIMS, strict=True):
            home[f"{key}_corner_{number}"] = (TITLE, found.rows[aim], column)
    return Places(home=home)


@lru_cache(maxsize=64)  # once to place them, once to draw
def _lines(model: Model) -> tuple[Line, ...]:
    """The lines between what moves and the answers."""
    inner = model.upstream(AIMS) & led_to(model, moved(model))
    return tuple(one for key, one in model.lines.items() if key in inner)


def _plan(scenario: Scenario, above: int) -> Plan:
    model, lines = scenario.model, _lines(scenario.model)
    moves = moved(model)
    wanted = needed(lines, {*(one.key for one in lines), *moves})
    order = model.as_written(wanted)
    trials = {key: above + place for place, key in enumerate(moves, 1)}
    keys = [one.key for one in lines]
    steps = partial(steps_of, scenario)
    rows, row = rows_from(keys, steps, above + 1 + len(moves))
    still, _ = rows_from(order, steps, row + 2)
    count = len(model.axes["corners"].rows)
    return Plan(above, row + 1, range(FIRST, FIRST + count), still, trials, rows)


def draw_corners(layout: Layout, plan: WorkingSheet) -> Sheet:
    """The sheet's own lines, the columns, and what these link to."""
    sheet = draw_working(layout, plan)
    found = _plan(layout.scenario, layout.plans[TITLE].last + 2)
    last = found.columns[-1]
    layout.section(sheet, found.above, "The model in each corner", last)
    for number, column in enumerate(found.columns, 1):
        sheet.put(found.above, column, f"Corner {number}", "headnum")
    _put_trials(layout, sheet, found)
    model = layout.model
    alone = {key: layout.numbers[key] for key in (*model.givens, *model.lines, *model.axes)
             if key in layout.numbers}  # fmt: skip
    got = beside_cases(alone) | in_corners(model, alone, list(found.rows))
    rows = CaseRows(layout, sheet, got, found.columns)
    block = Block(partial(steps_of, layout.scenario), found.trials | found.rows, found.still)
    for one in _lines(model):
        rows.line(one, found.rows[one.key], block)
    for column in found.columns:
        wide = max(NARROWEST, rows.wide, sheet.widths.get(column, 0))
        sheet.widths[column] = wide
    sheet.group(found.above + 1, found.linked - 2)
    draw_links(layout, sheet, found.still, found.linked, last)
    count_errors(sheet, sheet.last_row, last)
    return sheet


def _put_trials(layout: Layout, sheet: Sheet, plan: Plan) -> None:
    """What moves, from the table of corners."""
    for key, row in plan.trials.items():
        item = layout.model[f"corner_{key}"]
        name_row(layout, sheet, row, key, layout.label(key), item.unit)
        column, at = layout.columns[item.key]
        values = layout.shown_rows(item.key)
        for step, here in enumerate(plan.columns):
            sheet.put(row, here, value_of(values[step]), f"calc:{item.form}",
                      f"${letters(column)}${at + step}")  # fmt: skip

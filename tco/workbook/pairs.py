"""Pairs: the model as it is planned with two drivers moved at once, a column a pair of values.

Below the sheet's own lines and table stands what takes the values, each with the plan's in the
column of values, the lines between that and the outcome, and last the links.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import product
from typing import Any

from tco.catalogue.shipped import MISSING
from tco.lines import Line, Model
from tco.lines.evaluation import beside_cases
from tco.model.cases import IN_CASE
from tco.model.own.driver import Driver
from tco.model.own.pairs import SECTION, SIDES, STEPS, in_pairs, pair_keys, taken_by
from tco.model.ranged import outcome_of
from tco.scenario import Scenario
from tco.workbook.caserows import CaseRows
from tco.workbook.cases import HERE, Block, led_to, needed, rows_from, steps_of
from tco.workbook.casesheets import draw_links
from tco.workbook.cells import Sheet, address, letters
from tco.workbook.grid import FIRST, VALUE, Layout, count_errors, value_of
from tco.workbook.lineblocks import line_plan
from tco.workbook.places import Places
from tco.workbook.sheets import WorkingSheet
from tco.workbook.still import name_row
from tco.workbook.working import draw_working

TITLE = "Pairs"
COUNT = len(STEPS)
COLUMNS = range(FIRST, FIRST + COUNT * COUNT)


@dataclass(frozen=True)
class Plan:
    """Where everything stands: the heading, the number of the step of each side, its value, what
    takes it, the lines, the heading of the links, and these."""

    first: int
    numbers: Mapping[str, int]
    values: Mapping[str, int]
    taken: Mapping[str, int]
    rows: Mapping[str, int]
    linked: int
    still: Mapping[str, int]


@lru_cache(maxsize=64)  # once to place them, once to draw
def _lines(model: Model) -> tuple[Line, ...]:
    """The lines between what any driver moves and the outcome."""
    inner = model.upstream([_outcome(model)]) & led_to(model, _taken(model))
    return tuple(one for key, one in model.lines.items() if key in inner)


def _outcome(model: Model) -> str:
    found = outcome_of(model)
    assert found is not None  # a model without an outcome has no such sheet
    return found.key


def _taken(model: Model) -> dict[str, Driver]:
    return {key: one for one in model.members.all(Driver) for key in taken_by(model, one)}


def _plan(scenario: Scenario, first: int) -> Plan:
    model, lines, taken = scenario.model, _lines(scenario.model), _taken(scenario.model)
    steps = partial(steps_of, scenario)
    keys = [one.key for one in lines]
    read = needed(lines, {*keys, *taken})
    read |= {_outcome(model)} - {*keys}
    read |= {"driver_place", *(f"pair_{side}_place" for side in SIDES)}
    above = first + 1
    numbers = {side: above + place for place, side in enumerate(SIDES)}
    values = {side: above + 2 + place for place, side in enumerate(SIDES)}
    moved = {key: above + 4 + place for place, key in enumerate(model.as_written(taken))}
    rows, linked = rows_from(keys, steps, above + 4 + len(moved))
    still, _ = rows_from([key for key in model.as_written(read) if not _on_sheet(model, key)],
                         steps, linked + 2)  # fmt: skip
    return Plan(first, numbers, values, moved, rows, linked + 1, still)


def _on_sheet(model: Model, key: str) -> bool:
    return key in model.lines and model.lines[key].section == SECTION


def place_pairs(scenario: Scenario, plan: WorkingSheet) -> Places:
    """The outcome in each column."""
    found = _plan(scenario, line_plan(scenario, plan).last + 2)
    aim = _outcome(scenario.model)
    if aim not in found.rows:  # what is given stands between: it is the same at every pair
        return Places(home=dict.fromkeys(pair_keys(scenario.model),
                                         (TITLE, found.still[aim], VALUE)))  # fmt: skip
    keys = zip(pair_keys(scenario.model), COLUMNS, strict=True)
    return Places(home={key: (TITLE, found.rows[aim], column) for key, column in keys})


def draw_pairs(layout: Layout, plan: WorkingSheet) -> Sheet:
    """The sheet's own lines and table, and below them the columns."""
    sheet = draw_working(layout, plan)
    found = _plan(layout.scenario, layout.plans[TITLE].last + 2)
    last = COLUMNS[-1]
    layout.section(sheet, found.first, "The model at each pair of values", last)
    model = layout.model
    there = (*model.axes, *model.tables, *model.givens, *model.lines)
    alone = {key: layout.numbers[key] for key in there
             if key in layout.numbers and key not in pair_keys(model)}  # fmt: skip
    cases = in_pairs(model, alone, dict.fromkeys((*found.rows, _outcome(model))))
    got = beside_cases(alone) | cases
    rows = CaseRows(layout, sheet, got, COLUMNS)
    _put_values(layout, sheet, found, rows)
    _put_taken(layout, sheet, found, rows, cases)
    block = Block(partial(steps_of, layout.scenario), {**found.taken, **found.rows}, found.still)
    for one in _lines(model):
        rows.line(one, found.rows[one.key], block)
    for column in COLUMNS:
        sheet.widths[column] = max(rows.wide, sheet.widths.get(column, 0))
    sheet.group(found.first + 1, found.linked - 2)
    draw_links(layout, sheet, found.still, found.linked, last)
    count_errors(sheet, sheet.last_row, last)
    return sheet


def _put_values(layout: Layout, sheet: Sheet, plan: Plan, rows: CaseRows) -> None:
    """The step of each side in every column, and by it the value tried."""
    steps = [*product(range(1, COUNT + 1), repeat=2)]
    for place, side in enumerate(SIDES):
        name_row(layout, sheet, plan.numbers[side], "", f"Step {side}", "count")
        for column, step in zip(COLUMNS, steps, strict=True):
            sheet.put(plan.numbers[side], column, step[place], "case:1")
        key = f"pair_{side}_value"
        column, first = layout.columns[key]
        area = f"${letters(column)}${first}:${letters(column)}${first + COUNT - 1}"
        name_row(layout, sheet, plan.values[side], f"{side}_value", layout.label(key), "")
        tried = layout.numbers[key]
        rows.put(plan.values[side], COLUMNS, [value_of(tried[one[place] - 1]) for one in steps],
                 "calc:", f"INDEX({area},{HERE}${plan.numbers[side]})")  # fmt: skip


def _put_taken(
    layout: Layout, sheet: Sheet, plan: Plan, rows: CaseRows, cases: Mapping[str, Any]
) -> None:
    """What takes the values: as it is planned, unless its driver is one of the two."""
    model = layout.model
    drivers, order = _taken(model), model.axes["drivers"].ids
    down, across = (address(layout.home[f"pair_{side}_place"][1], VALUE, fixed="rc")
                    for side in SIDES)  # fmt: skip
    for key, row in plan.taken.items():
        if key.startswith(IN_CASE):  # of a line, in whose place a driver's value stands
            name_row(layout, sheet, row, key, layout.label(key), model[key].unit)
            sheet.put(row, VALUE, MISSING, "notecalc")
        else:
            layout.link_row(sheet, row, key)
        place = address(plan.still["driver_place"] + order.index(drivers[key].key), VALUE,
                        fixed="rc")  # fmt: skip
        planned = address(row, VALUE, fixed="rc")
        one, other = (f"{HERE}${plan.values[side]}" for side in SIDES)
        steps = f"1+({place}={down})*ISNUMBER({one})+2*({place}={across})*ISNUMBER({other})"
        formula = f"CHOOSE({steps},{planned},{one},{other},{other})"
        shown = cases.get(key, [layout.shown(key)] * len(COLUMNS))
        form = model[key].form
        rows.put(row, COLUMNS, [value_of(number) for number in shown], f"calc:{form}", formula)

"""Steps: where a driver that bends ties, step by step along secants from an end of its range.

Below the sheet's own lines stands a block a driver: its columns are the value as it stands, the end
of the range that the search begins with, and the steps. Below these stand the links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from tco.lines import Line, roots, secants
from tco.lines.secants import STEPS
from tco.lines.trials import cases_of
from tco.model.own.driver import BY_STEPS, Driver
from tco.model.own.drivers import AIM, sought_by
from tco.scenario import Scenario
from tco.workbook.caserows import CaseRows
from tco.workbook.cases import Block, in_column, rows_from, steps_of
from tco.workbook.casesheets import draw_links, links_from
from tco.workbook.cells import Sheet, address, height
from tco.workbook.grid import (
    FIRST,
    HEAD_ROW,
    HOW,
    VALUE,
    Layout,
    count_errors,
    value_of,
)
from tco.workbook.lineblocks import line_plan
from tco.workbook.places import Places
from tco.workbook.ranges import lines_between, reached
from tco.workbook.sheets import WorkingSheet
from tco.workbook.still import name_row
from tco.workbook.working import draw_working

TITLE = "Steps"
BASE, END = FIRST, FIRST + 1
STEPPED = range(END + 1, END + 1 + STEPS)
LAST = STEPPED[-1]
LINKED = ("base", "low", "high", "at_low", "at_high")
STARTS = {"start": "base", "start_low": "low", "start_high": "high"}  # 0 for what is not given
SCALARS = (*STARTS, "left_standing", "left_low", "left_high", "begins_high")
ROWS = ("point", "trial", "left", "run", "rise")


@dataclass(frozen=True)
class Plan:
    """Where a driver's block stands: its first row, its scalars, its search and its lines."""

    driver: Driver
    first: int
    lines: tuple[Line, ...]
    scalars: dict[str, int]
    words: dict[str, int]
    rows: dict[str, int]
    next: int


def place_secants(scenario: Scenario, plan: WorkingSheet) -> Places:
    """The blocks below the sheet's lines, and the ties in them."""
    _, _, blocks = _plans(scenario, line_plan(scenario, plan).last + 2)
    return Places(home={f"tie_{one.driver.key}": (TITLE, one.scalars["tie"], VALUE)
                        for one in blocks})  # fmt: skip


def _plans(scenario: Scenario, row: int) -> tuple[int, dict[str, int], list[Plan]]:
    """The row of the heading of the links, those of the links, and the blocks from a row on."""
    model = scenario.model
    drivers = sought_by(model, BY_STEPS)
    lines = [lines_between(model, one, AIM.line) for one in drivers]
    blocks: list[Plan] = []
    for one, within in zip(drivers, lines, strict=True):
        blocks.append(_plan(scenario, one, within, row))
        row = blocks[-1].next + 1
    read = [(within, one.search.moves) for one, within in zip(drivers, lines, strict=True)]
    still, _ = links_from(scenario, read, [AIM.line, AIM.sought, AIM.size], row)
    return row, still, blocks


def _plan(scenario: Scenario, driver: Driver, lines: tuple[Line, ...], first: int) -> Plan:
    names = (*LINKED, *SCALARS, "tie")
    scalars = {key: first + 1 + place for place, key in enumerate(names)}
    row = first + 1 + len(names)
    words = {key: row + place for place, key in enumerate(ROWS)}
    rows, after = rows_from([one.key for one in lines], partial(steps_of, scenario),
                            row + len(ROWS))  # fmt: skip
    if AIM.line in rows:  # not where what is given stands between
        words["aim"] = rows[AIM.line]
    rows |= dict.fromkeys(driver.search.moves, words["trial"])
    return Plan(driver, first, lines, scalars, words, rows, after)


def draw_secants(layout: Layout, plan: WorkingSheet) -> Sheet:
    """The sheet's own lines, the blocks, and what these link to."""
    sheet = draw_working(layout, plan)
    linked, still, blocks = _plans(layout.scenario, layout.plans[TITLE].last + 2)
    for column, said in zip((BASE, END), ("As it stands", "First end"), strict=True):
        sheet.put(HEAD_ROW, column, said, "headnum")
    for column in STEPPED:
        sheet.put(HEAD_ROW, column, "Step", "headnum")
    drawing = _Drawing(layout, sheet, still, [one.driver for one in blocks])
    for number, one in enumerate(blocks):
        drawing.block(one, number)
    sheet.widths |= dict.fromkeys(range(FIRST, LAST + 1), drawing.rows.wide)
    draw_links(layout, sheet, still, linked, LAST)
    count_errors(sheet, sheet.last_row, LAST)
    return sheet


class _Drawing:
    """The blocks of a sheet, with the searches that they carry out."""

    def __init__(
        self, layout: Layout, sheet: Sheet, still: dict[str, int], drivers: Sequence[Driver]
    ) -> None:
        self.layout, self.sheet, self.still = layout, sheet, still
        found = layout.scenario.stepped
        assert found is not None  # a model without such drivers has no such sheet
        self.found = found
        model = layout.model
        with np.errstate(all="ignore"):
            self.trials = roots.trial(found.base, found.rows["point"][2:])
        searches = [one.search for one in drivers]
        keys = reached(model, drivers, AIM.line)
        got = cases_of(model, layout.scenario.computable, searches, AIM.line, self.trials, keys)
        self.rows = CaseRows(layout, sheet, got, STEPPED, len(drivers))

    def block(self, plan: Plan, number: int) -> None:
        """One driver: its scalars, its search, then row by row its columns."""
        layout, driver = self.layout, plan.driver
        layout.section(self.sheet, plan.first, driver.label, LAST)
        self._linked(plan)
        still = {**plan.scalars, "low": plan.scalars["start_low"],
                 "high": plan.scalars["start_high"], "standing": self.still[AIM.line],
                 **{key: self.still[getattr(AIM, key)] for key in ("sought", "size")}}  # fmt: skip
        self._scalars(plan, still, number)
        self._words(plan, still, number)
        lines = Block(partial(steps_of, layout.scenario), plan.rows, self.still)
        for one in plan.lines:
            self.rows.line(one, plan.rows[one.key], lines, number)
        self.sheet.group(plan.first + 1, plan.next - 1)

    def _linked(self, plan: Plan) -> None:
        driver = plan.driver
        keys = (driver.value, *driver.ends, f"at_low_{driver.key}", f"at_high_{driver.key}")
        for name, key in zip(LINKED, keys, strict=True):
            self.layout.link_row(self.sheet, plan.scalars[name], key)

    def _scalars(self, plan: Plan, still: dict[str, int], number: int) -> None:
        """What is left as it stands and at the ends, where it begins, and the tie."""
        ends, driver = self.layout.numbers, plan.driver
        for (key, of), base in zip(STARTS.items(), (driver.value, *driver.ends), strict=True):
            block = Block(lambda _: 0, {}, {"base": plan.scalars[of]})
            began = roots.start(np.float64(ends[base]))
            self._scalar(plan, key, roots.start, block, began, driver.unit)
        low, high = (ends[f"at_{end}_{plan.driver.key}"] for end in ("low", "high"))
        aimed = {"left_standing": "standing", "left_low": "at_low", "left_high": "at_high"}
        size = float(self.layout.numbers[AIM.size])
        aims = (float(self.layout.numbers[AIM.line]), float(low), float(high))
        for (key, aim), value in zip(aimed.items(), aims, strict=True):
            block = Block(lambda _: 0, {}, {**still, "aim": still[aim]})
            with np.errstate(all="ignore"):
                left = roots.left(np.float64(value), size)
            self._scalar(plan, key, roots.left, block, left, "USD")
        block = Block(lambda _: 0, {}, still)
        begins = float(self.found.rows["begins_high"][number])
        self._scalar(plan, "begins_high", secants.begins_high, block, begins, "flag")
        item = self.layout.model[f"tie_{plan.driver.key}"]
        columns = Block(lambda _: 0, {key: plan.words[key] for key in ("point", "left")}, still)
        formula = in_column(columns.formulas(secants.root.tree)[0], LAST)
        row = plan.scalars["tie"]
        name_row(self.layout, self.sheet, row, item.key, item.label, item.unit)
        value = value_of(self.layout.numbers[item.key])
        self.sheet.put(row, VALUE, value, f"total:{item.form}", formula)
        self._note(row, secants.root)

    def _scalar(self, plan: Plan, key: str, one: Line, block: Block, value: Any, unit: str) -> None:
        row = plan.scalars[key]
        name_row(self.layout, self.sheet, row, key, one.label, unit)
        formula = block.formulas(one.tree)[0]
        self.sheet.put(row, VALUE, value_of(value), f"calc:{unit}", formula)
        self._note(row, one)

    def _note(self, row: int, one: Line) -> None:
        self.sheet.put(row, HOW, one.note, "note")
        self.sheet.heights[row] = height((one.note, self.sheet.widths[HOW]))

    def _words(self, plan: Plan, still: dict[str, int], number: int) -> None:
        """The rows of the search."""
        unit, rows = plan.driver.unit, self.found.rows
        aim = {} if "aim" in plan.words else {"aim": self.still[AIM.line]}
        words = Block(lambda _: 0, plan.words, still | aim)
        moved = (END, *STEPPED)
        parts: tuple[tuple[str, Line, Iterable[int], str], ...] = (
            ("point", secants.first_point, (END,), unit),
            ("point", secants.step_point(plan.driver.search), STEPPED, unit),
            ("trial", roots.trial, STEPPED, unit),
            ("left", secants.first_left, (END,), "USD"), ("left", roots.left, STEPPED, "USD"),
            ("run", secants.run, moved, unit), ("rise", secants.rise, moved, "USD"),
        )  # fmt: skip
        for key, scalar in (("point", "start"), ("left", "left_standing")):
            here = address(plan.scalars[scalar], VALUE, fixed="rc")
            form = unit if key == "point" else "USD"
            value = value_of(rows[key][0][number])
            self.rows.put(plan.words[key], (BASE,), [value], f"calc:{form}", here)
        for key, one, columns, form in parts:
            places = tuple(columns)
            first = {"run": END, "rise": END}.get(key, BASE)
            numbers = self.trials if key == "trial" else rows[key]
            begin = STEPPED[0] if key == "trial" else first
            values = [value_of(numbers[place - begin][number]) for place in places]
            formula = words.formulas(one.tree)[0]
            self.rows.put(plan.words[key], places, values, f"calc:{form}", formula)
            moves = plan.driver.search.moves[0]
            name, label = (moves, self.layout.label(moves)) if key == "trial" else (key, one.label)
            name_row(self.layout, self.sheet, plan.words[key], name, label, form)
            self._note(plan.words[key], one)

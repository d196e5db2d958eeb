"""Drivers: the whole model at other values of each driver, and the value at which it ties.

Below the sheet's own lines stands a block a driver: its columns are the points tried, the bracket
chosen among them, and the steps from there to the root. Below these stand the links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from tco.lines import Line, roots
from tco.lines.roots import POINTS, STEPS
from tco.lines.trials import cases_of
from tco.model.own.driver import NEAREST, Driver
from tco.model.own.drivers import AIM, sought_by
from tco.scenario import Scenario
from tco.workbook.caserows import NARROWEST, CaseRows
from tco.workbook.cases import (
    Block,
    in_column,
    rows_from,
    steps_of,
)
from tco.workbook.casesheets import draw_links, links_from
from tco.workbook.cells import Sheet, address, height, span
from tco.workbook.grid import (
    CHECK,
    FIRST,
    HEAD_ROW,
    HOW,
    LABEL,
    UNIT,
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

TITLE, NUMBER_ROW = "Drivers", 3
GRID = range(FIRST, FIRST + POINTS)
BRACKET = FIRST + POINTS
STEPPED = range(BRACKET + 1, BRACKET + 1 + STEPS)
LAST = EDGE = BRACKET + 1 + STEPS
CASES = (*GRID, *STEPPED)
# What the search reads and computes: in the column of values, and above and below the model's own
# lines in the columns of cases.
SCALARS = ("base", "start", "room_below", "room_above", "found", "nearest")
ABOVE = ("place", "way", "point", "trial")
BELOW = ("left", "turns", "way_between", "distance", "crossed", "kept", "other", "other_left")


@dataclass(frozen=True)
class Plan:
    """Where a driver's block stands: its first row and its last, its lines, and the row of each.

    `words` and `scalars` are those of the search, `rows` what varies of the model, `results` the
    inputs that nobody gives.
    """

    driver: Driver
    first: int
    last: int
    lines: tuple[Line, ...]
    rows: dict[str, int]
    words: dict[str, int]
    scalars: dict[str, int]
    results: dict[str, int]


def place_drivers(scenario: Scenario, plan: WorkingSheet) -> Places:
    """The blocks below the sheet's lines, and the results in them."""
    _, _, blocks = _plans(scenario, line_plan(scenario, plan).last + 2)
    home = {key: (TITLE, row, VALUE) for one in blocks for key, row in one.results.items()}
    return Places(home=home)


def _plans(scenario: Scenario, row: int) -> tuple[int, dict[str, int], list[Plan]]:
    """The row of the heading of the links, those of the links, and the blocks from a row on."""
    model = scenario.model
    drivers = sought_by(model, NEAREST)
    lines = [lines_between(model, one, AIM.line) for one in drivers]
    blocks: list[Plan] = []
    for one, within in zip(drivers, lines, strict=True):
        blocks.append(_plan(scenario, one, within, blocks[-1].last + 2 if blocks else row))
    read = [(within, one.search.moves) for one, within in zip(drivers, lines, strict=True)]
    first = blocks[-1].last + 2
    still, _ = links_from(scenario, read, [AIM.line], first)
    return first, still, blocks


def _plan(scenario: Scenario, driver: Driver, lines: tuple[Line, ...], first: int) -> Plan:
    scalars = {key: first + 1 + place for place, key in enumerate(SCALARS)}
    row = first + 1 + len(SCALARS)
    results = {f"tie_{driver.key}": row, f"worth_{driver.key}": row + 1}
    row += len(results)
    words = {key: row + place for place, key in enumerate(ABOVE)}
    keys = [one.key for one in lines]
    rows, row = rows_from(keys, partial(steps_of, scenario), row + len(ABOVE))
    # Where what is given stands between, the aim is the same at every value: a row of its own.
    words |= {"number": NUMBER_ROW, "aim": rows.get(AIM.line, row)}
    row += AIM.line not in rows
    words |= {key: row + place for place, key in enumerate(BELOW)}
    rows |= dict.fromkeys(driver.search.moves, words["trial"])
    last = row + len(BELOW) - 1
    return Plan(driver, first, last, lines, rows, words, scalars, results)


def draw_drivers(layout: Layout, plan: WorkingSheet) -> Sheet:
    """The sheet's own lines, the blocks, and what these link to."""
    sheet = draw_working(layout, plan)
    linked, still, blocks = _plans(layout.scenario, layout.plans[TITLE].last + 2)
    for number, column in enumerate(GRID, 1):
        sheet.put(NUMBER_ROW, column, number, "case:1")
        sheet.put(HEAD_ROW, column, "Point", "headnum")
    sheet.put(HEAD_ROW, BRACKET, "Bracket", "headnum")
    for column in STEPPED:
        sheet.put(HEAD_ROW, column, "Step", "headnum")
    sheet.put(HEAD_ROW, LAST, "Root", "headnum")
    sheet.widths |= {
        LABEL: 36,
        UNIT: 13,
        VALUE: 18,
        HOW: 34,
        **dict.fromkeys(range(FIRST, EDGE + 1), NARROWEST),
    }
    for (row, column), cell in sheet.cells.items():
        if column == HOW and row > HEAD_ROW:  # its words are broken in a narrower column here
            tall = height((cell.value, sheet.widths[HOW]))
            sheet.heights[row] = max(sheet.heights.get(row, tall), tall)
    drawing = _Drawing(layout, sheet, still)
    for number, one in enumerate(blocks):
        drawing.block(one, number)
    sheet.widths |= dict.fromkeys(range(FIRST, EDGE + 1), drawing.rows.wide)
    draw_links(layout, sheet, still, linked, EDGE)
    count_errors(sheet, sheet.last_row, EDGE, span(CHECK, blocks[0].first, blocks[-1].last))
    return sheet


class _Drawing:
    """The blocks of a sheet, with the searches that they carry out."""

    def __init__(self, layout: Layout, sheet: Sheet, still: dict[str, int]) -> None:
        self.layout, self.sheet, self.still = layout, sheet, still
        found = layout.scenario.searched
        assert found is not None  # a model without drivers has no such sheet
        self.found = found
        rows = self.found.rows
        tried = [*range(POINTS), *range(POINTS + 1, POINTS + 1 + STEPS)]
        standing = self.found.scalars["base"]
        self.trials = np.where(np.isnan(standing), np.nan, rows["point"][tried])
        model = layout.model
        keys = reached(model, sought_by(model, NEAREST), AIM.line)
        got = cases_of(
            model, layout.scenario.computable, self.found.searches, AIM.line, self.trials, keys
        )
        self.rows = CaseRows(layout, sheet, got, CASES, len(self.found.searches))

    def block(self, plan: Plan, number: int) -> None:
        """One driver: its scalars and results, then row by row its columns."""
        driver, layout = plan.driver, self.layout
        layout.section(self.sheet, plan.first, driver.label, EDGE)
        self.sheet.breaks.append(plan.first - 1)
        at_home = {key: layout.home[getattr(AIM, key)][1] for key in ("sought", "size")}
        still = {**plan.scalars, **at_home, "standing": self.still[AIM.line]}
        words = Block(lambda key: 0, plan.words, still, GRID)
        self._scalars(plan, words, number)
        self._words(plan, words, number)
        lines = Block(partial(steps_of, layout.scenario), plan.rows, self.still)
        for one in plan.lines:
            self.rows.line(one, plan.rows[one.key], lines, number)
        if AIM.line not in plan.rows:
            self._same(plan)
        self._checked(plan)
        self.sheet.group(plan.first + 1, plan.last)

    def _same(self, plan: Plan) -> None:
        """The aim at every value, where none moves it."""
        item, row = self.layout.model[AIM.line], plan.words["aim"]
        name_row(self.layout, self.sheet, row, AIM.line, item.label, item.unit)
        standing = [value_of(self.layout.numbers[AIM.line])] * len(CASES)
        here = address(self.still[AIM.line], VALUE, fixed="rc")
        self.rows.put(row, CASES, standing, f"calc:{item.form}", here)

    def _scalars(self, plan: Plan, words: Block, number: int) -> None:
        """What the search reads beside its columns, and what it comes to."""
        driver, search, sheet = plan.driver, plan.driver.search, self.sheet
        self.layout.link_row(sheet, plan.scalars["base"], driver.value)
        made = {"start": roots.start, "room_below": roots.room_below(search),
                "room_above": roots.room_above(search), "found": roots.found,
                "nearest": roots.nearest}  # fmt: skip
        for key, one in made.items():
            value = float(self.found.scalars[key][number])
            look = f"calc:{one.unit or driver.unit}"
            self._scalar(plan.scalars[key], key, one, value, look, words)
        results = (roots.root, roots.carried_by(search))
        for (key, row), one in zip(plan.results.items(), results, strict=True):
            item = self.layout.model[key]
            formula = in_column(words.formulas(one.tree)[0], LAST)  # the root is in the last
            name_row(self.layout, sheet, row, key, item.label, item.unit)
            value = value_of(self.layout.numbers[key])
            sheet.put(row, VALUE, value, f"total:{item.form}", formula)
            self._note(row, one)

    def _scalar(self, row: int, key: str, one: Line, value: Any, look: str, words: Block) -> None:
        unit = look.partition(":")[2]
        name_row(self.layout, self.sheet, row, key, one.label, unit)
        self.sheet.put(row, VALUE, value, look, words.formulas(one.tree)[0])
        self._note(row, one)

    def _note(self, row: int, one: Line) -> None:
        self.sheet.put(row, HOW, one.note, "note")
        self.sheet.heights[row] = height((one.note, self.sheet.widths[HOW]))

    def _words(self, plan: Plan, words: Block, number: int) -> None:
        """The rows of the search."""
        unit, search = plan.driver.unit, plan.driver.search
        row = plan.words
        for place, column in zip(search.places, GRID, strict=True):
            self.sheet.put(row["place"], column, place, "case:ratio exact")
        grid, steps, bracket = GRID, STEPPED, (BRACKET,)
        onward = (*STEPPED, LAST)
        parts = (
            ("way", roots.way, onward, "ratio exact"),
            ("point", roots.point, grid, unit), ("point", roots.bracket_point, bracket, unit),
            ("point", roots.step_point, onward, unit), ("trial", roots.trial, CASES, unit),
            ("left", roots.left, CASES, "USD"), ("left", roots.bracket_left, bracket, "USD"),
            ("turns", roots.turns, grid, "flag"),
            ("way_between", roots.way_between, grid, "ratio exact"),
            ("distance", roots.distance, grid, unit),
            ("crossed", roots.crossed, steps, "flag"), ("kept", roots.kept, steps, "ratio exact"),
            ("other", roots.bracket_other, bracket, unit), ("other", roots.other, steps, unit),
            ("other_left", roots.bracket_other_left, bracket, "USD"),
            ("other_left", roots.other_left, steps, "USD"),
        )  # fmt: skip
        name_row(
            self.layout, self.sheet, row["place"], "place", "Place in the room on its side", "ratio"
        )
        said: dict[str, Line] = {}
        for key, one, columns, form in parts:
            said.setdefault(key, one)
            values = self._values(key, columns, number)
            formula = words.formulas(one.tree)[0]
            self.rows.put(row[key], columns, values, f"calc:{form}", formula)
        for key, one in said.items():
            form = next(form for name, _, _, form in parts if name == key)
            label = self.layout.label(plan.driver.key) if key == "trial" else one.label
            name_row(self.layout, self.sheet, row[key], plan.driver.key if key == "trial" else key,
                  label, form.removesuffix(" exact"))  # fmt: skip
            self._note(row[key], one)

    def _values(self, key: str, columns: Sequence[int], number: int) -> list[Any]:
        """The numbers of a row of the search, in some of its columns."""
        if key == "trial":
            return [value_of(one) for one in self.trials[:, number]]
        numbers = self.found.rows[key][:, number]
        first = LAST + 1 - len(numbers) if key == "way" else FIRST
        first = BRACKET + 1 if key in ("crossed", "kept") else first
        first = BRACKET if key in ("other", "other_left") else first
        return [value_of(numbers[column - first]) for column in columns]

    def _checked(self, plan: Plan) -> None:
        """Whether the point that stands at the plan's value repeats the advantage."""
        column = GRID[plan.driver.places.index(0.0)]
        here = address(plan.words["aim"], column, fixed="rc")
        standing = address(self.still[AIM.line], VALUE, fixed="rc")
        formula = f"IF(ROUND({here}-{standing},6)=0,0,1)"
        self.sheet.put(plan.words["aim"], CHECK, 0, "check:flag", formula)

"""Cases: the numbers of each case, which of them are in use, and the model as it is planned.

The table has a row for everything that a case changes: what it is in the case that is chosen, as
it is planned, and in each case. Below it stands the model as it is planned, a column, for ranges
lie around that: in a case at the ends of ranges it is not the model of the other sheets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from tco.catalogue.shipped import MISSING
from tco.lines import YEARS, Line, Model
from tco.model.cases import AROUND, IN_CASE, favours, moved, planned
from tco.model.own.driver import Driver
from tco.model.ranged import outcome_of
from tco.quantities import show
from tco.scenario import Scenario
from tco.workbook.caserows import NARROWEST
from tco.workbook.cases import Block, in_column, needed, rows_from, steps_of
from tco.workbook.cells import Sheet, address, letters
from tco.workbook.converted import typed_formula
from tco.workbook.grid import (
    BASE,
    CASE_ROW,
    ERRORS_ROW,
    FIRST,
    FIRST_ROW,
    GRID,
    HOW,
    KEY,
    LABEL,
    OVERRIDE,
    SHIPPED,
    TOTAL,
    UNIT,
    VALUE,
    WIDTHS,
    Layout,
    count_errors,
    look_of,
    value_of,
)
from tco.workbook.inputs import validate
from tco.workbook.places import Places
from tco.workbook.sheets import CASES, purpose
from tco.workbook.still import draw_still, name_row, step_name

CHOSEN, OWN, PLANNED = VALUE, TOTAL, FIRST  # columns: of the case, of one of the file's own, plan
WORDS_ROW, NUMBER_ROW = CASE_ROW, CASE_ROW + 1
NAMES_ROW = NUMBER_ROW + 2
FIRST_CASE = PLANNED + 1


@dataclass(frozen=True)
class Plan:
    """Where everything stands.

    `table` has what a case changes, by the row it stands in; `rows` the lines of the model as it is
    planned, of a column the first row, below their heading in row `first`; `still` its links.
    """

    names: tuple[str, ...]
    table: Mapping[str, int]
    first: int
    rows: Mapping[str, int]
    linked: int
    still: Mapping[str, int]
    last: int

    @property
    def columns(self) -> range:
        """The columns of the cases."""
        return range(FIRST_CASE, FIRST_CASE + len(self.names))


def has_cases(scenario: Scenario) -> bool:
    """Whether there is anything that a case changes."""
    return bool(scenario.own_cases) or bool(favours(scenario.model))


def case_names(scenario: Scenario) -> tuple[str, ...]:
    """The cases beside the base: those that favour a side, and the scenario's own."""
    return (*favours(scenario.model), *scenario.own_cases)


def _changed(scenario: Scenario) -> list[str]:
    """What any case changes, and what is as that until it is given: first what own cases do."""
    model = scenario.model
    keys = {*moved(model), *(key for case in scenario.own_cases.values() for key in case)}
    keys |= {key for key, one in model.givens.items() if one.as_other in keys}
    own = {key for case in scenario.own_cases.values() for key in case}
    return sorted(model.as_written(keys), key=lambda key: key not in own)


@lru_cache(maxsize=64)  # once to place them, once to draw
def _planned_lines(model: Model) -> tuple[Line, ...]:
    """The lines that follow from drivers and are read around the plan."""
    outcome = outcome_of(model)
    if outcome is None or not favours(model):
        return ()
    apart = planned(model)
    following = model.downstream(moved(model)) - apart
    read = {need for key in apart if key in model.lines for need in model.lines[key].needs}
    wanted = model.upstream([outcome.key, *read]) & following
    return tuple(one for key, one in model.lines.items() if key in wanted)


def plan_of(scenario: Scenario) -> Plan:
    """Where everything of the sheet stands."""
    model = scenario.model
    table = {key: row for row, key in enumerate(_changed(scenario), NAMES_ROW + 1)}
    lines = _planned_lines(model)
    first = NAMES_ROW + 1 + len(table) + 1
    if not lines:
        return Plan(case_names(scenario), table, first, {}, 0, {}, first - 2)
    keys = [one.key for one in lines]
    read = needed(lines, {*keys, *(key for key in table if key in model.givens)})
    steps = partial(steps_of, scenario)
    rows, row = rows_from(keys, steps, first + 1)
    still, after = rows_from(model.as_written(read), steps, row + 2)
    return Plan(case_names(scenario), table, first, rows, row + 1, still, after - 1)


def place_cases(scenario: Scenario) -> Places:
    """The cells of what a case changes, and those of the model as it is planned."""
    plan, model = plan_of(scenario), scenario.model
    home = {f"{IN_CASE}{key}": (CASES, row, CHOSEN) for key, row in plan.table.items()
            if f"{IN_CASE}{key}" in model.givens}  # fmt: skip
    around: dict[str, tuple[str, int, int]] = {}
    down: dict[str, tuple[str, int]] = {}
    if favours(model):
        around = {key: (CASES, row, PLANNED) for key, row in plan.table.items()
                  if key in model.givens and key in moved(model)}  # fmt: skip
        around |= {key: (CASES, plan.still[key], CHOSEN) for key in home if key in plan.still}
        for key, row in plan.rows.items():
            if steps_of(scenario, key):
                down[key] = (CASES, row)
            else:
                around[key] = (CASES, row, PLANNED)
    own = {key for case in scenario.own_cases.values() for key in case}
    return Places(
        home=home,
        around=around,
        around_down=down,
        changed=plan.table,
        changed_by_own={key: row for key, row in plan.table.items() if key in own},
        error_counts=((CASES, f"F{ERRORS_ROW}"),),
    )


def case_number(scenario: Scenario) -> tuple[int, str]:
    """Which of the cases is in use, 0 for the base, and the cell that says so."""
    names = case_names(scenario)
    number = names.index(scenario.case) + 1 if scenario.case in names else 0
    return number, f"{CASES}!{address(NUMBER_ROW, CHOSEN, fixed='rc')}"


def draw_cases(layout: Layout) -> Sheet:
    """The case in use, the numbers of each, and the model as it is planned."""
    sheet, plan = Sheet(CASES), plan_of(layout.scenario)
    layout.head(sheet, purpose(CASES, layout.model), GRID)
    sheet.widths = {**WIDTHS, VALUE: 20, TOTAL: 14, HOW: 14, PLANNED: NARROWEST}
    drawing = _Drawing(layout, sheet, plan)
    drawing.head()
    for key in plan.table:
        drawing.row(key)
    last = max(plan.columns[-1], HOW)
    if plan.rows:
        drawing.model()
    count_errors(sheet, plan.last, last)
    return sheet


@dataclass(frozen=True)
class _Drawing:
    layout: Layout
    sheet: Sheet
    plan: Plan

    @property
    def numbers_area(self) -> str:
        """Where the cases are numbered."""
        columns = self.plan.columns
        return f"${letters(columns[0])}${NUMBER_ROW}:${letters(columns[-1])}${NUMBER_ROW}"

    def head(self) -> None:
        """The case in words and by number, and the names of the cases."""
        layout, sheet, plan = self.layout, self.sheet, self.plan
        columns = plan.columns
        layout.section(sheet, FIRST_ROW, "The case in use", columns[-1])
        owner, row, column = layout.home["case"]
        chosen = f"{owner}!{address(row, column, fixed='rc')}"
        name_row(layout, sheet, WORDS_ROW, "case_words", "Case, in words", "text")
        number = f"{address(NUMBER_ROW, CHOSEN, fixed='rc')}"
        count = len(favours(layout.model))
        around = f'&CHOOSE(1+({number}>0)*({number}<={count}),"","{AROUND}")' if count else ""
        sheet.put(WORDS_ROW, CHOSEN, layout.case_words(), "noteflow", f'"Case: "&{chosen}{around}')
        name_row(layout, sheet, NUMBER_ROW, "case_number", "Place among the cases", "count")
        sheet.put(NUMBER_ROW, HOW, "0 is the base", "note")
        names = f"${letters(columns[0])}${NAMES_ROW}:${letters(columns[-1])}${NAMES_ROW}"
        at = NAMES_ROW
        sheet.put(NUMBER_ROW, CHOSEN, case_number(layout.scenario)[0], "link:count",
                  f"SUMPRODUCT(({names}={chosen})*{self.numbers_area})")  # fmt: skip
        layout.section(sheet, at - 1, "What each case puts in the place of what is given",
                       columns[-1])  # fmt: skip
        heads = {KEY: "Key", LABEL: "Label", UNIT: "Unit", CHOSEN: "In this case",
                 PLANNED: "As planned"}  # fmt: skip
        heads |= {OWN: "Own case"} if layout.scenario.own_cases else {}
        for column in range(KEY, PLANNED + 1):
            sheet.put(at, column, heads.get(column), "head" if column < CHOSEN else "headnum")
        for number_, (column, name) in enumerate(zip(columns, plan.names, strict=True), 1):
            sheet.put(NUMBER_ROW, column, number_, "case:1")
            sheet.put(at, column, name, "headnum")
            sheet.widths[column] = max(NARROWEST, min(24, len(name) * 1.1))
        sheet.heights[at] = 28

    # ---- what a case changes ---------------------------------------------------------------------

    def row(self, key: str) -> None:
        """An input, or a line that drivers move: in this case, as planned, and in each case."""
        layout, sheet, plan = self.layout, self.sheet, self.plan
        row, item = plan.table[key], layout.model[key]
        name_row(layout, sheet, row, key, layout.label(key), item.unit)
        sheet.heights[row] = 14
        driver = moved(layout.model).get(key)
        for column, name in zip(plan.columns, plan.names, strict=True):
            if name in layout.scenario.own_cases:
                self._own(row, column, key, name)
            else:
                self._favoured(row, column, driver, more=name == plan.names[0])
        case, cases = layout.scenario.case, layout.scenario.own_cases
        chosen = self._in_case(key, case)
        sheet.put(row, CHOSEN, chosen, f"calc:{item.form}", self._chosen(row))
        own = cases.get(case, {}).get(key, MISSING)
        if cases:
            sheet.put(row, OWN, own, f"calc:{item.form}", self._own_number(row))
        if key in layout.model.givens and (driver or plan.rows):
            value, formula = self._planned(key, row)
            self._wide(PLANNED, value, item.form)
            sheet.put(row, PLANNED, value, f"link:{item.form}", formula)
        elif key in plan.rows:
            value = layout.planned.shown(key)
            self._wide(PLANNED, value, item.form)
            sheet.put(row, PLANNED, value, f"calc:{item.form}",
                      address(plan.rows[key], PLANNED, fixed="rc"))  # fmt: skip

    def _in_case(self, key: str, case: str) -> Any:
        """What the case puts in the place of a key."""
        layout = self.layout
        if case in layout.scenario.own_cases:
            return layout.scenario.own_cases[case].get(key, MISSING)
        if case not in favours(layout.model):
            return MISSING
        driver = moved(layout.model).get(key)
        return self._end(driver, more=case == self.plan.names[0]) if driver else MISSING

    def _end(self, driver: Driver, *, more: bool) -> Any:
        column = ends_column(more=more)
        place = self.layout.model.axes["drivers"].ids.index(driver.key)
        return self.layout.planned.shown_row(column, place)

    def _own(self, row: int, column: int, key: str, name: str) -> None:
        """A cell of one of the scenario's own cases, empty where it leaves the input as it is."""
        layout, given = self.layout, self.layout.model.givens.get(key)
        if given is None:  # a line: no case of the scenario's own has a number for it
            self.sheet.put(row, column, MISSING, "notecalc")
            return
        value = layout.scenario.own_cases[name].get(key)
        typed = typed_formula(layout, value, CASES)
        look = "calc" if typed else "input"
        if value is not None:
            self._wide(column, value, given.form)
        self.sheet.put(row, column, value, f"{look}:{given.form}", typed)
        validate(layout, self.sheet, address(row, column), given)

    def _favoured(self, row: int, column: int, driver: Driver | None, *, more: bool) -> None:
        """The end of a driver's range that has more of the outcome, or less."""
        if driver is None:
            self.sheet.put(row, column, MISSING, "notecalc")
            return
        key = ends_column(more=more)
        at, first = self.layout.columns[key]
        place = self.layout.model.axes["drivers"].ids.index(driver.key)
        owner = self.layout.ranges[key][0]
        value = self._end(driver, more=more)
        self._wide(column, value, driver.unit)
        self.sheet.put(row, column, value, f"link:{driver.unit}",
                       f"{owner}!${letters(at)}${first + place}")  # fmt: skip

    def _chosen(self, row: int) -> str:
        """The number of the case in use: an end of a range, or that of an own case.

        Nothing is read of what the case does not use: an error there stays where it is.
        """
        ends, number = len(favours(self.layout.model)), address(NUMBER_ROW, CHOSEN, fixed="rc")
        own = f",{address(row, OWN, fixed='rc')}" if self.layout.scenario.own_cases else ""
        if not ends:
            return f'CHOOSE(1+MIN({number},1),"{MISSING}"{own})'
        first = self.plan.columns[0]
        area = f"${letters(first)}${row}:${letters(first + ends - 1)}${row}"
        further = f"+MIN(MAX({number}-{ends},0),1)" if own else ""
        found = f"INDEX({area},1,MAX({number},1))"
        return f'CHOOSE(1+MIN({number},1){further},"{MISSING}",{found}{own})'

    def _own_number(self, row: int) -> str:
        """The number of an own case in use, a dash where it has none."""
        ends, number = len(favours(self.layout.model)), address(NUMBER_ROW, CHOSEN, fixed="rc")
        first, last = self.plan.columns[0] + ends, self.plan.columns[-1]
        area, places = (f"${letters(first)}${at}:${letters(last)}${at}" for at in (row, NUMBER_ROW))
        there = f'SUMPRODUCT(({places}={number})*({area}<>""))'
        place = f"{number}-{ends}" if ends else number
        return f'IF({there}=0,"{MISSING}",INDEX({area},1,MAX({place},1)))'

    def _planned(self, key: str, row: int) -> tuple[Any, str]:
        """An input as it is planned: its override, else an own case, else as it is given."""
        layout, given = self.layout, self.layout.model.givens[key]
        at = layout.home[key][1]
        typed, base, shipped = (f"Inputs!{address(at, column, fixed='rc')}"
                                for column in (OVERRIDE, BASE, SHIPPED))  # fmt: skip
        if given.as_other and given.as_other in self.plan.table:
            shipped = address(self.plan.table[given.as_other], PLANNED, fixed="rc")
        value = layout.planned.shown(key)
        if key in layout.changed_by_own:
            own = address(row, OWN, fixed="rc")
            steps = f"1+ISBLANK({typed})*(1+ISTEXT({own})*(1+ISBLANK({base})))"
            return value, f"CHOOSE({steps},{typed},{own},{base},{shipped})"
        steps = f"1+ISBLANK({typed})+ISBLANK({typed})*ISBLANK({base})"
        return value, f"CHOOSE({steps},{typed},{base},{shipped})"

    # ---- the model as it is planned --------------------------------------------------------------

    def model(self) -> None:
        """Its lines, and what it reads."""
        layout, sheet, plan = self.layout, self.sheet, self.plan
        last = plan.columns[-1]
        layout.section(sheet, plan.first, "The model as it is planned", last)
        sheet.model_from = plan.first
        given = {key: row for key, row in plan.table.items() if key in layout.model.givens}
        block = Block(partial(steps_of, layout.scenario), {**given, **plan.rows}, plan.still)
        for key, row in plan.rows.items():
            self._line(layout.model.lines[key], row, block)
        sheet.group(plan.first + 1, plan.linked - 2)
        layout.section(sheet, plan.linked, "From other sheets, for the plan: as they stand", last)
        sheet.group(plan.linked + 1, plan.last)
        for key, row in plan.still.items():
            if key.startswith(IN_CASE):
                name_row(layout, sheet, row, key, layout.label(key), layout.model[key].unit)
                sheet.put(row, VALUE, MISSING, "notecalc")
                sheet.put(row, HOW, "the plan has none", "note")
            else:
                draw_still(layout, sheet, key, row)

    def _line(self, one: Line, row: int, block: Block) -> None:
        layout, sheet = self.layout, self.sheet
        steps = steps_of(layout.scenario, one.key)
        name_row(layout, sheet, row - (steps > 0), one.key, one.label, one.unit)
        look = look_of(one)
        if not steps:
            values = [layout.planned.shown(one.key)]
        elif one.along == YEARS:
            values = [value_of(number) for number in layout.planned.numbers[one.key]]
        else:
            values = layout.planned.shown_rows(one.key)
        for step, formula in enumerate(block.formulas(one.tree, max(steps, 1))):
            if steps:
                sheet.put(row + step, LABEL, step_name(layout, str(one.along), step), "label")
            self._wide(PLANNED, values[step], one.form)
            sheet.put(row + step, PLANNED, values[step], look, in_column(formula, PLANNED))

    def _wide(self, column: int, value: Any, form: str) -> None:
        if not isinstance(value, str):
            wide = len(show(value, form)) + 2
            self.sheet.widths[column] = max(self.sheet.widths.get(column, 0), wide)


def ends_column(*, more: bool) -> str:
    """The column of the drivers that has the end with more of the outcome, or less."""
    return "driver_at_more" if more else "driver_at_less"

"""The deadline as a price: the model's own lines over many deadlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from tco.lines import Line, undefined
from tco.lines.evaluation import Case
from tco.lines.expression import Call, walk
from tco.page.charts import deadline_counts, deadline_curve
from tco.quantities import show
from tco.scenario import Scenario
from tco.workbook.cases import Block, needed, put_across, rows_from, steps_of
from tco.workbook.casesheets import draw_links
from tco.workbook.cells import Sheet, address, height, letters, span
from tco.workbook.grid import (
    CHECK,
    ERRORS_ROW,
    FIRST,
    FIRST_ROW,
    GRID,
    HEAD_ROW,
    HOW,
    KEY,
    LABEL,
    LIVE,
    TOTAL,
    UNIT,
    VALUE,
    WIDTHS,
    Layout,
    count_errors,
    value_of,
)
from tco.workbook.pictures import put_chart
from tco.workbook.places import Places
from tco.workbook.sheets import DEADLINE, DEADLINE_TIES, purpose
from tco.workbook.still import name_row, step_name

DAYS = "deadline_days"
CHART_ROWS = 30  # that the charts stand over
NUMBER_ROW = 3  # the number of each case, which picks its days from Inputs


def place_deadline(scenario: Scenario) -> Places:
    """A row for the days and for every line that depends on them."""
    rows, _, _ = _placed(scenario)
    return Places(
        case_rows=rows,
        ranges={DEADLINE_TIES: (DEADLINE, span(CHECK, FIRST_ROW, _last(scenario, rows)))},
        error_counts=((DEADLINE, f"F{ERRORS_ROW}"),),
    )


def _lines(scenario: Scenario) -> list[Line]:
    """The lines between the deadline and its targets."""
    model = scenario.model
    inner = model.upstream(scenario.deadline_targets) & model.downstream([DAYS])
    return [one for key, one in model.lines.items() if key in inner]


def _placed(scenario: Scenario) -> tuple[dict[str, int], int, dict[str, int]]:
    """The rows of the table, below it the row of the heading of the links, and the links.

    Between the two stand the charts. A line along a table of the scenario takes a row for each row.
    """
    model, lines = scenario.model, _lines(scenario)
    wanted = needed(lines, {DAYS, *(one.key for one in lines)})
    order = [key for key in (*model.givens, *model.lines, *model.axes, *model.tables)
             if key in wanted]  # fmt: skip
    steps = partial(steps_of, scenario)
    rows, row = rows_from((DAYS, *(one.key for one in lines)), steps, FIRST_ROW + 1)
    linked = row + 1 + CHART_ROWS
    still, _ = rows_from(order, steps, linked + 1)
    return rows, linked, still


def last_case(scenario: Scenario) -> int:
    """The column of the last deadline: the live one stands before the others."""
    return FIRST + len(scenario.deadlines)


def draw_deadline(layout: Layout) -> Sheet:
    """The model's own lines over many deadlines: one formula a row, copied across."""
    sheet = Sheet(DEADLINE)
    layout.head(sheet, purpose(DEADLINE, layout.model), GRID)
    sheet.widths = {**WIDTHS, KEY: 22, LABEL: 33, UNIT: 15, VALUE: 16, TOTAL: 8, HOW: 40}
    points = [float(layout.numbers[DAYS]), *layout.scenario.deadlines]
    lines = _lines(layout.scenario)
    read = layout.model.upstream([DAYS, *(one.key for one in lines)])
    found = layout.scenario.at_deadlines(points, read)
    cases = [Case(layout.model, found, number) for number in range(len(points))]
    rows, linked, still = _placed(layout.scenario)
    for index in range(len(points)):
        column = FIRST + index
        sheet.put(NUMBER_ROW, column, index + 1, "case:1")
        sheet.widths[column] = 12.5
    sheet.put(
        1, FIRST, "Days to the deadline: the live one, then the points on Inputs.", "subtitle"
    )
    said = "Staff and the shares of GPU cost stay as they are given, whatever the deadline."
    sheet.put(2, FIRST, said, "subtitle")
    layout.section(sheet, FIRST_ROW, "One column a deadline", last_case(layout.scenario))
    _deadline_row(layout, sheet, rows[DAYS], points)
    block = Block(partial(steps_of, layout.scenario), rows, still)
    for one in lines:
        _case_row(layout, sheet, one, block, cases)
    last = _last(layout.scenario, rows)
    sheet.freeze = f"C{FIRST_ROW}"
    _charts(layout, sheet, last + 2)
    if still:
        sheet.breaks.append(linked - 1)
        draw_links(layout, sheet, still, linked, last_case(layout.scenario))
    count_errors(sheet, sheet.last_row, last_case(layout.scenario))
    return sheet


def _charts(layout: Layout, sheet: Sheet, row: int) -> None:
    """The curves below the table they are drawn from, on a page of their own."""
    sheet.breaks.append(row - 1)

    def here(key: str) -> str:
        return address(layout.case_rows[key], VALUE, fixed="rc")

    for one in deadline_curve(layout.scenario):
        put_chart(layout, sheet, one, row, range(LABEL, HOW), (23.5, 14), here=here)
    for one in deadline_counts(layout.scenario):
        put_chart(layout, sheet, one, row, range(FIRST + 1, FIRST + 10), (26, 14), here=here)


def _deadline_row(layout: Layout, sheet: Sheet, row: int, points: Sequence[float]) -> None:
    layout.link_row(sheet, row, DAYS)
    first = layout.home[DAYS][1]
    area = f"Inputs!{span(LIVE, first, first + len(points) - 1)}"
    for index, days in enumerate(points):
        column = FIRST + index
        sheet.put(row, column, days, "link:day", f"INDEX({area},{letters(column)}${NUMBER_ROW})")
        sheet.put(HEAD_ROW, column, days, "headnum:day", f"{letters(column)}${row}")


def _last(scenario: Scenario, rows: Mapping[str, int]) -> int:
    """The last row of the table."""
    return max(row + max(steps_of(scenario, key), 1) - 1 for key, row in rows.items())


def _case_row(layout: Layout, sheet: Sheet, one: Line, block: Block, cases: Sequence[Case]) -> None:
    """A line in its row; one along a table in as many, below a row that names it."""
    row, steps = block.rows[one.key], steps_of(layout.scenario, one.key)
    if steps:
        name_row(layout, sheet, row - 1, one.key, one.label, one.unit)
    else:
        layout.link_row(sheet, row, one.key)
        value, first = address(row, VALUE, fixed="rc"), address(row, FIRST, fixed="rc")
        sheet.put(row, CHECK, 0, "check:flag", f"IF({value}={first},0,1)")
    head = row - (steps > 0)
    sheet.put(head, HOW, one.note, "note")
    undefinable = bool(one.guards) or any(
        isinstance(part, Call) and part.word is undefined for part in walk(one.tree)
    )
    sheet.heights[head] = max(
        height((one.note, sheet.widths[HOW])), 28 if undefinable or one.is_text else 14
    )
    columns, found = range(FIRST, FIRST + len(cases)), [case[one.key] for case in cases]
    for step, formula in enumerate(block.formulas(one.tree, max(steps, 1))):
        values = [value[step] for value in found] if steps else found
        if steps:
            name = step_name(layout, str(one.along), step)
            sheet.put(row + step, LABEL, name, "label")
        _put(sheet, row + step, one, columns, values, formula)


def _put(
    sheet: Sheet, row: int, one: Line, columns: Sequence[int], values: Sequence[Any], formula: str
) -> None:
    for column, value in zip(columns, values, strict=True):
        if not one.is_text:
            wide = len(show(float(value), one.form)) + 1.5  # words of a gap wrap
            sheet.widths[column] = max(sheet.widths[column], wide)
    put_across(sheet, row, columns, map(value_of, values), f"calc:{one.form}", formula)

"""The deadline as a price: the model's own lines over many deadlines."""

from __future__ import annotations

from collections.abc import Sequence

from tco.lines import Cells, Line, excel, undefined
from tco.lines.evaluation import Case
from tco.lines.expression import Call, walk
from tco.quantities import show
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
    errors_in,
    value_of,
)

NUMBER_ROW = 3  # the number of each case, which picks its days from Inputs


def deadline_sheet(layout: Layout) -> None:
    """The model's own lines over many deadlines: one formula a row, copied across."""
    sheet = layout.sheets["Deadline"]
    layout.head(sheet, "what another deadline costs", GRID)
    sheet.widths = {**WIDTHS, KEY: 22, LABEL: 33, UNIT: 10, VALUE: 16, TOTAL: 6, HOW: 40}
    key = "deadline_days"
    points = [float(layout.numbers[key]), *layout.scenario.deadlines]
    inner = layout.model.upstream(layout.scenario.deadline_targets) & layout.model.downstream([key])
    lines = [one for k, one in layout.model.lines.items() if k in inner and one.along is None]
    read = layout.model.upstream([key, *(one.key for one in lines)])
    found = layout.scenario.cases({key: points}, read)
    cases = [Case(layout.model, found, number) for number in range(len(points))]
    own = {one.key for one in lines} | {key}
    local: dict[str, str] = {}
    row = layout.link_block(sheet, layout.links_for(lines, own), local)
    for index in range(len(points)):
        column = FIRST + index
        sheet.put(NUMBER_ROW, column, index + 1, "case:1")
        sheet.widths[column] = 12.5
    sheet.put(
        1, FIRST, "Days to the deadline: the live one, then the points on Inputs.", "subtitle"
    )
    said = "Staff and the shares of GPU cost stay as they are given, whatever the deadline."
    sheet.put(2, FIRST, said, "subtitle")
    sheet.breaks.append(row - 1)
    layout.section(sheet, row, "One column a deadline", FIRST + len(points) - 1)
    rows = {key: row + 1} | {one.key: row + 2 + i for i, one in enumerate(lines)}
    _deadline_row(layout, sheet, rows[key], points)
    for one in lines:
        _case_row(layout, sheet, one, rows, local, cases)
    layout.case_rows = rows
    last = max(rows.values())
    layout.ties = f"Deadline!$F${FIRST_ROW}:$F${last}"
    errors = errors_in(rows[key], FIRST, last, FIRST + len(points) - 1)
    sheet.put(ERRORS_ROW, CHECK, 0, "check:flag", errors)
    layout.errors.append(("Deadline", f"F{ERRORS_ROW}"))
    sheet.freeze = f"C{FIRST_ROW}"


def _deadline_row(layout: Layout, sheet: Sheet, row: int, points: Sequence[float]) -> None:
    layout.link_row(sheet, row, "deadline_days")
    first = layout.home["deadline_days"][1]
    area = f"Inputs!{span(LIVE, first, first + len(points) - 1)}"
    for index, days in enumerate(points):
        column = FIRST + index
        sheet.put(row, column, days, "link:day", f"INDEX({area},{letters(column)}${NUMBER_ROW})")
        sheet.put(HEAD_ROW, column, days, "headnum:day", f"{letters(column)}${row}")


def _case_row(layout: Layout, sheet: Sheet, one: Line, rows: dict[str, int], local: dict[str, str],
    cases: Sequence[Case],
) -> None:  # fmt: skip
    row = rows[one.key]
    layout.link_row(sheet, row, one.key)
    value, first = address(row, VALUE, fixed="rc"), address(row, FIRST, fixed="rc")
    sheet.put(row, CHECK, 0, "check:flag", f"IF({value}={first},0,1)")
    sheet.put(row, HOW, one.note, "note")
    undefinable = any(isinstance(part, Call) and part.word is undefined for part in walk(one.tree))
    sheet.heights[row] = max(
        height((one.note, sheet.widths[HOW])), 28 if undefinable or one.is_text else 14
    )
    pattern = excel(
        one.tree,
        Cells(
            at=lambda key: f"\0${rows[key]}" if key in rows else local[key],
            before=lambda key: local[key],
            range=lambda key: layout.ranges[key][1],
        ),
    )
    look = f"calc:{one.form}"
    for index, case in enumerate(cases):
        column, value = FIRST + index, case[one.key]
        if not one.is_text:
            wide = len(show(float(value), one.form)) + 1.5  # words of a gap wrap
            sheet.widths[column] = max(sheet.widths[column], wide)
        sheet.put(row, column, value_of(value), look, pattern.replace("\0", letters(column)))

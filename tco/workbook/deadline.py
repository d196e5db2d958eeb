"""The deadline as a price: the model's own lines over many deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tco.catalogue.shipped import MISSING
from tco.lines import Cells, Line, Undefined, excel, undefined
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
    cases = layout.scenario.cases(key, points)
    inner = layout.model.upstream(layout.scenario.deadline_targets) & layout.model.downstream([key])
    lines = [one for k, one in layout.model.lines.items() if k in inner and one.along is None]
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
        _case_row(layout, sheet, one, rows, local, cases, len(points))
    layout.case_rows = rows
    last = max(rows.values())
    layout.ties = f"Deadline!$F${FIRST_ROW}:$F${last}"
    found = errors_in(rows[key], FIRST, last, FIRST + len(points) - 1)
    sheet.put(ERRORS_ROW, CHECK, 0, "check:flag", found)
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
    cases: dict[str, Any], count: int,
) -> None:  # fmt: skip
    row = rows[one.key]
    layout.link_row(sheet, row, one.key)
    value, first = address(row, VALUE, fixed="rc"), address(row, FIRST, fixed="rc")
    sheet.put(row, CHECK, 0, "check:flag", f"IF({value}={first},0,1)")
    sheet.put(row, HOW, one.note, "note")
    undefinable = bool(one.guards) or any(
        isinstance(part, Call) and part.word is undefined for part in walk(one.tree)
    )
    sheet.heights[row] = max(
        height((one.note, sheet.widths[HOW])), 28 if undefinable or one.is_text else 14
    )
    values = np.broadcast_to(cases[one.key], (count,)).tolist()
    pattern = excel(
        one.tree,
        Cells(
            at=lambda key: f"\0${rows[key]}" if key in rows else local[key],
            before=lambda key: local[key],
            range=lambda key: layout.ranges[key][1],
        ),
    )
    look = f"calc:{one.form}"
    for index in range(count):
        column = FIRST + index
        if not one.is_text:
            wide = len(show(values[index], one.form)) + 1.5
            sheet.widths[column] = max(sheet.widths[column], wide)
        shown = value_of(values[index])
        if shown == MISSING:
            shown = _undefined_at(layout, one, cases, index)
        sheet.put(row, column, shown, look, pattern.replace("\0", letters(column)))


def _undefined_at(layout: Layout, one: Line, cases: dict[str, Any], index: int) -> Any:
    """The words of an undefined case: the rule called again with that case's numbers."""
    values = []
    for need in one.needs:
        value = cases[need]
        many = isinstance(value, np.ndarray) and value.ndim
        value = value[index] if many else value
        if many and need in one.guards and np.isnan(value):  # its reason is this one's too
            value = Undefined(_undefined_at(layout, layout.model.lines[need], cases, index))
        values.append(value)
    with np.errstate(all="ignore"):
        return value_of(one.rule(*values))

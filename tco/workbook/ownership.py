"""The ownership view's pictures, and its grid of utilisation against price."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from tco.lines import YEAR_COUNT, Cells, excel, line
from tco.model.own.flip import GRID_SIZE, grid_advantage
from tco.quantities import show
from tco.workbook.cells import Sheet, address, letters
from tco.workbook.charts import over_rows, over_years, stacks, steps
from tco.workbook.grid import (
    CHECK,
    ERRORS_ROW,
    FIRST,
    HEAD_ROW,
    KEY,
    LABEL,
    UNIT,
    VALUE,
    Layout,
    errors_in,
)
from tco.workbook.sheets import WorkingSheet
from tco.workbook.working import draw_working

ACROSS = (FIRST, FIRST + YEAR_COUNT - 1)
MILLIONS = '#,##0.0,,"  M"'


def pictures(layout: Layout) -> list[Callable[..., Any]]:
    """The charts of the first page: each takes its width and height."""
    currency = layout.scenario.currency
    best = str(layout.numbers["best_rent_option"])
    shown = [("own", "Own"), ("reserved", "Reserved"), ("on_demand", "On demand")]
    if best not in ("reserved", "on_demand", "none"):
        shown.append((best, best.capitalize()))
    rows = tuple(
        (*layout.year_rows[f"{key}_discounted"], name)
        for key, name in shown
        if key == "own" or float(layout.numbers[f"{key}_available"])
    )
    point = layout.columns
    first = point["point_own"][1]
    curves = (("point_own", "Own"), ("point_on_demand", "On demand"),
              ("point_reserved", "Reserved"))  # fmt: skip
    part = layout.columns["capex_part"]
    housed = "dc_spend" if layout.numbers["facility_basis"] == "own_dc" else "colo_spend"
    stack = ((housed, "Facility"), ("power_spend", "Electricity"), ("owned_staff_spend", "Staff"),
             ("support_spend", "Support"), ("insurance_spend", "Insurance"))  # fmt: skip
    return [
        functools.partial(
            over_years, f"Cumulative discounted cash by option, {currency}", rows,
            head=("Time", HEAD_ROW), across=ACROSS, axis=currency, form=MILLIONS,
        ),
        functools.partial(
            over_rows, "A delivered GPU-hour over utilisation", "Flip",
            xs=point["point_utilization"][0],
            columns=tuple((point[key][0], name) for key, name in curves),
            first=first, last=first + len(layout.scenario.row_ids("curve_points")) - 1,
            mark=(_cell(layout, "crossing_utilization"), _cell(layout, "crossing_cost"),
                  "break-even"),
            axes=("utilisation", f"{currency} per GPU-h delivered"),
        ),
        functools.partial(
            steps, f"How capex builds up, {currency}", "Own", names=LABEL,
            base=point["capex_before"][0], values=part[0], first=part[1],
            last=part[1] + len(layout.scenario.row_ids("capex_parts")) - 1, axis=currency,
            form=MILLIONS, labels=f"[>={float(layout.numbers['capex']) / 10:.0f}]{MILLIONS};;",
        ),
        functools.partial(
            stacks, f"Running costs of owning by year, {currency}", "Own",
            across=(FIRST + 1, ACROSS[1]), head=HEAD_ROW,
            rows=tuple((layout.year_rows[key][1], name) for key, name in stack), axis=currency,
            form=MILLIONS,
        ),
    ]  # fmt: skip


def _cell(layout: Layout, key: str) -> str:
    _, row, column = layout.home[key]
    return address(row, column, fixed="rc")


def draw_flip(layout: Layout, plan: WorkingSheet) -> Sheet:
    """The sheet Flip, with the grid below its lines where the model has one."""
    sheet = draw_working(layout, plan)
    if "grid_hours" in layout.model:
        _grid(layout, sheet)
    return sheet


def _grid(layout: Layout, sheet: Sheet) -> None:
    """Utilisation across, on-demand price down: one formula over a row head and a column head."""
    top = layout.ends[sheet.title] + 3
    unit = layout.unit("USD/GPU-h")
    sheet.breaks.append(top - 1)
    layout.section(
        sheet,
        top,
        "NPV advantage of owning over pay-per-use rent: utilisation across, "
        "price of a GPU-hour down; + owning is worth more, - renting is",
        UNIT + GRID_SIZE,
    )
    numbers, head = layout.numbers, top + 2
    for column in range(KEY, UNIT + 1):
        text = f"Price on demand, {unit}" if column == UNIT else None
        sheet.put(head, column, text, "headnum")
    sheet.heights[head] = 30
    for number in range(1, GRID_SIZE + 1):
        _axis(layout, sheet, "grid_use", number, (head - 1, UNIT + number), (head, UNIT + number))
        _axis(layout, sheet, "grid_price", number, (head + number, KEY), (head + number, UNIT))
    linked = {key: address(layout.links[sheet.title, key], VALUE, fixed="rc")
              for key in ("grid_fixed", "grid_hours")}  # fmt: skip
    rule = line("Grid", "USD")(grid_advantage)
    for down in range(1, GRID_SIZE + 1):
        row = head + down
        for across in range(1, GRID_SIZE + 1):
            column = UNIT + across
            at = {
                **linked,
                "grid_utilization": f"{letters(column)}${head}",
                "grid_price": f"${letters(UNIT)}{row}",
            }
            value = grid_advantage(
                numbers["grid_fixed"], numbers["grid_hours"],
                numbers["grid_use"][across - 1], numbers["grid_price"][down - 1],
            )  # fmt: skip
            written = excel(rule.tree, Cells(at=at.__getitem__, before=str, range=str))
            sheet.put(row, column, float(value), "calc:grid", written)
            wide = len(show(float(value), "grid")) + 4  # its sign stands before it
            sheet.widths[column] = max(sheet.widths.get(column, 0), wide)
    counted = sheet.cells[ERRORS_ROW, CHECK]  # of what else stands on the sheet
    of_grid = errors_in(head, UNIT, head + GRID_SIZE, UNIT + GRID_SIZE)
    sheet.put(ERRORS_ROW, CHECK, 0, counted.look, f"{counted.formula}+{of_grid}")
    area = f"{address(head + 1, UNIT + 1)}:{address(head + GRID_SIZE, UNIT + GRID_SIZE)}"
    sheet.flags.append((area, "grid"))


def _axis(
    layout: Layout, sheet: Sheet, key: str, number: int, place: tuple[int, int],
    head: tuple[int, int],
) -> None:  # fmt: skip
    """The head of a column or a row: its number, and by that its value; one formula for all."""
    across = head[1] == place[1]
    sheet.put(*place, number, "case:1")
    found = address(*place, fixed="r" if across else "c")
    look = f"{'headnum' if across else 'calc'}:{layout.model[key].form}"
    value = float(layout.numbers[key][number - 1])
    sheet.put(*head, value, look, f"INDEX({layout.ranges[key][1]},{found})")

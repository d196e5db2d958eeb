"""The ownership view's grid of utilisation against price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tco.lines import Cells, excel, line
from tco.model.own.curves import GRID_SIZE, grid_advantage
from tco.quantities import show
from tco.workbook.cells import Sheet, address, letters
from tco.workbook.grid import (
    KEY,
    UNIT,
    VALUE,
    Layout,
    count_errors,
    value_of,
)
from tco.workbook.sheets import WorkingSheet
from tco.workbook.working import draw_working

TITLE = "Flip"


def draw_flip(layout: Layout, plan: WorkingSheet) -> Sheet:
    """The sheet Flip, with the grid below its lines where the model has one."""
    sheet = draw_working(layout, plan)
    if "grid_hours" in layout.model:
        _grid(layout, sheet)
    return sheet


def _grid(layout: Layout, sheet: Sheet) -> None:
    """Utilisation across, on-demand price down: one formula over a row head and a column head."""
    top = _top(layout)
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
            sheet.put(row, column, value_of(value), "calc:grid", written)
            wide = len(show(value_of(value), "grid")) + 4  # its sign stands before it
            sheet.widths[column] = max(sheet.widths.get(column, 0), wide)
    _, right = max(sheet.cells, key=lambda place: place[1])
    count_errors(sheet, head + GRID_SIZE, right)
    area = f"{address(head + 1, UNIT + 1)}:{address(head + GRID_SIZE, UNIT + GRID_SIZE)}"
    sheet.flags.append((area, "grid"))


@dataclass(frozen=True)
class GridPlaces:
    """The middle of the grid: each head and each cell, its value and where it stands."""

    across: list[tuple[Any, str]]
    down: list[tuple[Any, str]]
    cells: list[list[tuple[Any, str]]]


def grid_places(layout: Layout, size: int) -> GridPlaces:
    """As many columns and rows around the plan as are wanted, an odd number."""
    first = 1 + (GRID_SIZE - size) // 2
    numbers, head = layout.planned.numbers, _top(layout) + 2  # it lies around the plan
    steps = range(first, first + size)

    def at(row: int, column: int) -> str:
        return f"{TITLE}!{address(row, column, fixed='rc')}"

    def inside(down: int, across: int) -> tuple[Any, str]:
        use, price = numbers["grid_use"][across - 1], numbers["grid_price"][down - 1]
        value = grid_advantage(numbers["grid_fixed"], numbers["grid_hours"], use, price)
        return value_of(value), at(head + down, UNIT + across)

    return GridPlaces(
        [(value_of(numbers["grid_use"][one - 1]), at(head, UNIT + one)) for one in steps],
        [(value_of(numbers["grid_price"][one - 1]), at(head + one, UNIT)) for one in steps],
        [[inside(down, across) for across in steps] for down in steps],
    )


def grid_sum(layout: Layout) -> tuple[float, str, str]:
    """What the whole grid adds up to, its formula, and another one; words count nothing.

    The other: hours by all uses and all prices, and what is fixed as often as there is a number.
    """
    places = grid_places(layout, GRID_SIZE)
    values = [value for row in places.cells for value, _ in row if not isinstance(value, str)]
    area = _area(places.cells[0][0], places.cells[-1][-1])
    uses, prices = (_area(one[0], one[-1]) for one in (places.across, places.down))
    fixed, hours = (f"{sheet}!{address(row, column, fixed='rc')}" for sheet, row, column in
                    (layout.planned.home[key] for key in ("grid_fixed", "grid_hours")))  # fmt: skip
    other = f"COUNT({area})*{fixed}+{hours}*SUM({uses})*SUM({prices})"
    return float(sum(values)), f"SUM({area})", other


def _area(first: tuple[Any, str], last: tuple[Any, str]) -> str:
    return f"{first[1]}:{last[1].partition('!')[2]}"


def _top(layout: Layout) -> int:
    return layout.plans[TITLE].last + 3


def _axis(
    layout: Layout, sheet: Sheet, key: str, number: int, place: tuple[int, int],
    head: tuple[int, int],
) -> None:  # fmt: skip
    """The head of a column or a row: its number, and by that its value; one formula for all."""
    across = head[1] == place[1]
    sheet.put(*place, number, "case:1")
    found = address(*place, fixed="r" if across else "c")
    look = f"{'headnum' if across else 'calc'}:{layout.model[key].form}"
    value = value_of(layout.numbers[key][number - 1])
    sheet.put(*head, value, look, f"INDEX({layout.ranges[key][1]},{found})")

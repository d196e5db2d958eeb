"""The middle of the grid of use against price, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

from tco.model.own.curves import GRID_SIZE, grid_advantage
from tco.page.board import Grid
from tco.scenario import Scenario


@dataclass(frozen=True)
class GridValues:
    """Shares of use across, prices of a GPU-hour down, and what owning is worth in each cell."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    cells: tuple[tuple[float, ...], ...]


def grid_values(scenario: Scenario, grid: Grid) -> GridValues:
    """As many columns and rows around the plan as the grid has."""
    numbers = scenario.plan.numbers  # it lies around the plan
    first = (GRID_SIZE - grid.size) // 2
    across, down = (
        tuple(float(one) for one in numbers[key][first : first + grid.size])
        for key in (grid.across, grid.down)
    )
    fixed, hours = numbers["grid_fixed"], numbers["grid_hours"]
    cells = tuple(
        tuple(float(grid_advantage(fixed, hours, use, price)) for use in across) for price in down
    )
    return GridValues(across, down, cells)

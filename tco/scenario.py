"""A scenario that holds together: its model, every input with its source, and its numbers."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tco.catalogue import MISSING, Catalogue, Table
from tco.facts import Fact, option_lists
from tco.lines import YEAR_COUNT, Model, Undefined


@dataclass(frozen=True)
class Scenario:
    """A scenario that holds together: its model, every input with its source, and the hash."""

    name: str
    title: str
    path: str
    kind: str
    currency: str
    as_of: str
    catalogue: Catalogue
    model: Model
    facts: Mapping[str, Fact]
    deadlines: tuple[float, ...]
    sha256: str

    @property
    def values(self) -> dict[str, Any]:
        """Inputs by key as the model takes them: numbers, texts, and arrays along tables."""
        values: dict[str, Any] = {key: fact.value for key, fact in self.facts.items()}
        for key, given in self.model.givens.items():
            table = self.catalogue.axis(given.along)
            if table is not None:
                column = [_cell(table, row, key) for row in table.rows]
                numbers = [np.nan if one == MISSING else one for one in column]
                values[key] = np.array(column if given.is_text else numbers)
        values["year"] = np.arange(float(YEAR_COUNT))
        return values | option_lists(self.catalogue, self.model)

    @functools.cached_property
    def numbers(self) -> dict[str, Any]:
        """Every input and line, evaluated."""
        values = {
            key: np_float(value) if isinstance(value, float) else value
            for key, value in self.values.items()
        }
        return self.model.evaluate(values)

    @functools.cached_property
    def deadline_targets(self) -> tuple[str, ...]:
        """The lines of the deadline table: those that lead to counts and totals."""
        wanted = ("gpus", "days_needed", "buy_total", "rent_on_demand_cost", "rent_total",
                  "rent_option")  # fmt: skip
        below = self.model.downstream(["deadline_days"])
        return tuple(key for key in wanted if key in below)

    def cases(self, key: str, points: Sequence[float]) -> dict[str, Any]:
        """The deadline targets and all between, for many values of one input at once."""
        values = {k: np_float(v) if isinstance(v, float) else v for k, v in self.values.items()}
        values[key] = np.array(points, dtype=float)
        return self.model.evaluate(values, only=self.deadline_targets)


def np_float(value: float) -> Any:
    """A float that divides by zero into infinity instead of raising; `Undefined` stays itself."""
    return value if isinstance(value, Undefined) else np.float64(value)


def _cell(table: Table, row: Mapping[str, str], key: str) -> float | str:
    """A table's cell for an input along it: `past_energy_mwh` is column `energy_mwh` of runs."""
    return table.cell(row, key.partition("_")[2])

"""Where something may be typed in a book as it was built, and what of the scenario that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tco.lines import Given
from tco.scenario import Scenario
from tco.verify.reading import Key
from tco.workbook.casetable import NAMES_ROW, has_cases, plan_of
from tco.workbook.grid import BASE, HEAD_ROW, HIGH, KEY, LOW, OVERRIDE, Layout
from tco.workbook.sheets import CASES, TABLES
from tco.workbook.tables import typed_cells

OVERRIDDEN, GIVEN, LEAST, MOST = "override", "base", "low", "high"
_COLUMNS = {OVERRIDE: OVERRIDDEN, BASE: GIVEN, LOW: LEAST, HIGH: MOST}


@dataclass(frozen=True)
class Spot:
    """A cell in which something may be typed.

    `part` is which of an input's cells it is. `given` is the input; `table` and `row` are of a row
    that the scenario gives, counted from 0, `case` is one of its own cases. `key` is where the row
    says what it is, `head` where the column does: both are to say the same in a book that came
    back.
    """

    cell: Key
    part: str
    given: Given
    table: str = ""
    row: int = 0
    case: str = ""
    key: Key | None = None
    head: Key | None = None

    @property
    def thing(self) -> tuple[str, str, int, str]:
        """What of the scenario it is a cell of, whichever part."""
        return self.given.key, self.table, self.row, self.case


def spots(layout: Layout) -> Iterator[Spot]:
    """Every cell of a book in which something may be typed."""
    givens = layout.scenario.model.givens
    for row, key, _ in layout.input_rows:
        for column, part in _COLUMNS.items() if key else ():
            yield Spot(("Inputs", row, column), part, givens[key], key=("Inputs", row, KEY),
                       head=("Inputs", HEAD_ROW, column))  # fmt: skip
    yield from _in_tables(layout.scenario)
    if has_cases(layout.scenario):
        yield from _in_cases(layout.scenario)


def _in_tables(scenario: Scenario) -> Iterator[Spot]:
    for cell in typed_cells(scenario):
        yield Spot((TABLES, cell.row, cell.column), OVERRIDDEN if cell.over else GIVEN, cell.given,
                   cell.table, cell.number, key=(TABLES, cell.row, cell.named),
                   head=(TABLES, cell.head, cell.column))  # fmt: skip


def _in_cases(scenario: Scenario) -> Iterator[Spot]:
    plan, givens = plan_of(scenario), scenario.model.givens
    for key, row in plan.table.items():
        for column, name in zip(plan.columns, plan.names, strict=True):
            if key in givens and name in scenario.own_cases:
                yield Spot((CASES, row, column), GIVEN, givens[key], case=name,
                           key=(CASES, row, KEY), head=(CASES, NAMES_ROW, column))  # fmt: skip

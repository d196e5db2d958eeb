"""Cases in a workbook: a column each, every row one formula copied across.

The rows hold only the lines that what varies leads to. A scalar takes a row; a line along years or
the rows of a table takes a row each, below one that names it and is otherwise empty, so that the
step before the first is nothing. What does not vary stands once, in the column of values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tco.lines import YEAR_COUNT, YEARS, Cells, Line, Model, Reference, excel, is_row_by_row
from tco.lines.expression import Binary, Call, Expression
from tco.lines.vocabulary import defined
from tco.scenario import Scenario
from tco.workbook.cells import Sheet, letters, span
from tco.workbook.grid import VALUE

# The column of a case and of the one before, in a formula written once for all of them. No text
# of a workbook can hold either.
HERE, BEFORE = "\x01", "\x02"


def led_to(model: Model, keys: Iterable[str]) -> frozenset[str]:
    """The lines that other numbers in some places lead to: not what asks only if there is one."""
    moved = set(keys)
    users = [one for one in model.lines.values() if not moved.isdisjoint(one.needs)]
    readers = [one.key for one in users if not moved.isdisjoint(_read(one.tree))]
    return model.downstream(readers) - moved


def _read(tree: Expression) -> set[str]:
    """What a formula reads the number of."""
    if isinstance(tree, Reference):
        return {tree.key}
    if isinstance(tree, Call) and tree.word is defined:
        return set()
    parts = tree.parts if isinstance(tree, Call) else ()
    if isinstance(tree, Binary):
        parts = (tree.left, tree.right)
    return {key for part in parts for key in _read(part)}


def axis(model: Model, key: str) -> str | None:
    """The axis a key runs along, that of years and of the rows' own names too; None: a scalar."""
    if key == "year":
        return YEARS
    return model[key].along if key in model else key if key in model.axes else None


def steps_of(scenario: Scenario, key: str) -> int:
    """How many years or rows a key has; 0 for a scalar."""
    along = axis(scenario.model, key)
    if along is None:
        return 0
    return YEAR_COUNT if along == YEARS else len(scenario.row_ids(along))


def rows_from(
    keys: Iterable[str], steps: Callable[[str], int], row: int
) -> tuple[dict[str, int], int]:
    """The row where each key stands, of a column its first one; and the next row that is free."""
    rows = {}
    for key in keys:
        rows[key] = row + (steps(key) > 0)
        row = rows[key] + max(steps(key), 1)
    return rows, row


@dataclass(frozen=True)
class Block:
    """Where the formulas of case columns find what they read.

    Args:
        steps: how many years or rows a key has, 0 for a scalar.
        rows: what varies, by the row it stands in, of a column its first one.
        still: what does not, the same in the column of values.
        across: the columns that are read where a scalar is read whole, from the first to the last.
        areas: what stands elsewhere on the sheet and is read whole.
    """

    steps: Callable[[str], int]
    rows: Mapping[str, int]
    still: Mapping[str, int]
    across: range = range(0)
    areas: Mapping[str, str] = field(default_factory=dict)

    def formula(self, tree: Expression, step: int = 0) -> str:
        """One row of a line, for any column: see `in_column`. Years and rows count from 0."""
        if is_row_by_row(tree):
            assert isinstance(tree, Call)
            tree = tree.parts[step]
        at, before = partial(self._at, step=step), partial(self._before, step=step)
        return excel(tree, Cells(at, before, self._range))

    def _at(self, key: str, step: int) -> str:
        along = step if self.steps(key) else 0
        if key in self.rows:
            return f"{HERE}${self.rows[key] + along}"
        return f"${letters(VALUE)}${self.still[key] + along}"

    def _before(self, key: str, step: int) -> str:
        if self.steps(key):
            return f"{HERE}${self.rows[key] + step - 1}"
        return f"{BEFORE}${self.rows[key]}"

    def _range(self, key: str) -> str:
        if key in self.areas:
            return self.areas[key]
        if not self.steps(key):
            row = self.rows[key]
            return f"${letters(self.across[0])}${row}:${letters(self.across[-1])}${row}"
        last = self.steps(key) - 1
        if key in self.rows:
            first = self.rows[key]
            return f"{HERE}${first}:{HERE}${first + last}"
        return span(VALUE, self.still[key], self.still[key] + last)


def put_across(
    sheet: Sheet, row: int, columns: Sequence[int], values: Iterable[Any], look: str, formula: str
) -> None:
    """One formula in the columns of cases, each with the value it comes to there."""
    for column, value in zip(columns, values, strict=True):
        sheet.put(row, column, value, look, in_column(formula, column))


def in_column(formula: str, column: int) -> str:
    """A formula of any column in this one."""
    return formula.replace(HERE, letters(column)).replace(BEFORE, letters(column - 1))


def needed(lines: Iterable[Line], varying: Iterable[str]) -> set[str]:
    """What lines read that does not vary."""
    return {need for one in lines for need in one.needs} - set(varying)

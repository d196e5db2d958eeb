"""Cases in a workbook: a column each, every row one formula copied across.

The rows hold only the lines that what varies leads to. A scalar takes a row; a line along years or
the rows of a table takes a row each, below one that names it and is otherwise empty, so that the
step before the first is nothing. What does not vary stands once, in the column of values.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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
# Round the row of a column's first step, in the formula of that one.
_FIRST, _END = "\x03", "\x04"
_STEPPED = re.compile(f"{_FIRST}(\\d+){_END}")


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
    if key in model:
        return model[key].along
    return key if key in model.axes or key in model.tables else None


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
    """

    steps: Callable[[str], int]
    rows: Mapping[str, int]
    still: Mapping[str, int]
    across: range = range(0)

    def formulas(self, tree: Expression, count: int = 1) -> list[str]:
        """A line in as many years or rows, for any column: see `in_column`."""
        if is_row_by_row(tree):
            assert isinstance(tree, Call)
            return [excel(part, self._cells) for part in tree.parts]
        pattern = excel(tree, self._cells)  # of the first
        return [_STEPPED.sub(partial(_later, step), pattern) for step in range(count)]

    @functools.cached_property
    def _cells(self) -> Cells:
        return Cells(at=self._at, before=self._before, range=self._range)

    def _at(self, key: str) -> str:
        first = self.rows.get(key) or self.still[key]
        row = f"{_FIRST}{first}{_END}" if self.steps(key) else str(first)
        return f"{HERE}${row}" if key in self.rows else f"${letters(VALUE)}${row}"

    def _before(self, key: str) -> str:
        if self.steps(key):
            return f"{HERE}${_FIRST}{self.rows[key] - 1}{_END}"
        return f"{BEFORE}${self.rows[key]}"

    def _range(self, key: str) -> str:
        if not self.steps(key):
            row = self.rows[key]
            return f"${letters(self.across[0])}${row}:${letters(self.across[-1])}${row}"
        last = self.steps(key) - 1
        if key in self.rows:
            first = self.rows[key]
            return f"{HERE}${first}:{HERE}${first + last}"
        return span(VALUE, self.still[key], self.still[key] + last)


def _later(step: int, first: re.Match[str]) -> str:
    return str(int(first[1]) + step)


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

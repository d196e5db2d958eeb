"""Rows of case columns: what does not vary, once, and the lines that what varies leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tco.lines import Line, Reference, is_row_by_row
from tco.lines.evaluation import Case
from tco.quantities import show
from tco.workbook.cases import Block, put_across, steps_of
from tco.workbook.cells import Sheet
from tco.workbook.grid import LABEL, Layout, look_of, value_of
from tco.workbook.still import name_row, step_name

NARROWEST = 12.5  # of the columns of cases, which are all alike


class CaseRows:
    """The rows of the lines in case columns, drawn one by one.

    Args:
        got: what each line comes to, the last axis the cases: column by column, and in each as
            many as there are sets of columns.
        columns: of a set.
        sets: how many sets of columns stand below one another.
    """

    def __init__(
        self, layout: Layout, sheet: Sheet, got: Mapping[str, Any], columns: Sequence[int],
        sets: int = 1,
    ) -> None:  # fmt: skip
        self.layout, self.sheet, self.got = layout, sheet, got
        self.columns, self.sets = columns, sets
        self.wide = NARROWEST

    def line(self, one: Line, row: int, block: Block, number: int = 0) -> None:
        """A line of the model in a set: a row, or one for each year or row of its table."""
        steps = steps_of(self.layout.scenario, one.key)
        self.sheet.model_from = min(self.sheet.model_from or row, row)
        name_row(self.layout, self.sheet, row - (steps > 0), one.key, one.label, one.unit)
        look = look_of(one)
        formulas = block.formulas(one.tree, max(steps, 1))
        for step, formula in enumerate(formulas):
            if steps:
                name = step_name(self.layout, str(one.along), step)
                self.sheet.put(row + step, LABEL, name, "label")
            self.put(row + step, self.columns, self._in_row(one, step, number), look, formula)

    def put(
        self, row: int, columns: Sequence[int], values: Sequence[Any], look: str, formula: str
    ) -> None:
        """One formula across columns; they grow as wide as its numbers."""
        numbers = [one for one in values if not isinstance(one, str)]
        for extreme in {min(numbers), max(numbers)} if numbers else ():
            self.wide = max(self.wide, len(show(extreme, look.partition(":")[2])) + 2)
        put_across(self.sheet, row, columns, values, look, formula)

    def _in_row(self, one: Line, step: int, number: int) -> list[Any]:
        """What a line, or a year or row of it, comes to in each column of a set."""
        found = self.got[one.key]
        part = one.tree.parts[step] if is_row_by_row(one.tree) else None  # type: ignore[attr-defined]
        values = (found[step] if one.along else found)[number :: self.sets]
        if found.dtype == float and np.isfinite(values).all():
            return [float(one) for one in values]
        cases = [Case(self.layout.model, self.got, place * self.sets + number)
                 for place in range(len(self.columns))]  # fmt: skip
        if isinstance(part, Reference):  # what is put together says why there is none
            return [value_of(case[part.key]) for case in cases]
        return [value_of(case[one.key][step] if one.along else case[one.key]) for case in cases]

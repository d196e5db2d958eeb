"""Rows of case columns: what does not vary, once, and the lines that what varies leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tco.lines import YEARS, Line, Reference, is_row_by_row
from tco.lines.evaluation import Case
from tco.quantities import show
from tco.workbook.cases import Block, axis, put_across, steps_of
from tco.workbook.cells import Sheet, address, letters
from tco.workbook.grid import FIRST, HEAD_ROW, KEY, LABEL, UNIT, VALUE, Layout, value_of

NARROWEST = 12.5  # of the columns of cases, which are all alike


def put_still(layout: Layout, sheet: Sheet, key: str, row: int) -> None:
    """What does not vary: a link, or one for each year or row below a row that names it."""
    steps = steps_of(layout.scenario, key)
    if not steps:
        if layout.home[key][0] == sheet.title:
            raise ValueError(f"{key} stands on {sheet.title} already")
        layout.link_row(sheet, row, key)
        return
    model, along = layout.model, axis(layout.model, key)
    assert along is not None
    item = model.items.get(key)
    put_name(layout, sheet, row - 1, key, layout.label(key), item.unit if item else "text")
    tree = item.tree if isinstance(item, Line) else None
    for step in range(steps):
        sheet.put(row + step, LABEL, _step_name(layout, along, step), "label")
        if along == YEARS:
            owner, at = layout.year_rows.get(key, (layout.year_heads[0], HEAD_ROW))
            value, found = layout.numbers[key][step], f"{owner}!{letters(FIRST + step)}${at}"
        else:
            column, at = layout.columns[key]
            value = layout.shown_row(key, step) if item else layout.scenario.row_ids(key)[step]
            found = f"{layout.ranges[key][0]}!${letters(column)}${at + step}"
        if is_row_by_row(tree):  # a link itself, to what stands in that row
            part = tree.parts[step]  # type: ignore[union-attr]
            found = ""
            if isinstance(part, Reference):
                owner, at, column = layout.home[part.key]
                found = f"{owner}!{address(at, column, fixed='rc')}"
        text = item is None or item.is_text
        look = "linktext" if text else f"link:{item.form}"  # type: ignore[union-attr]
        sheet.put(row + step, VALUE, value_of(value), look, found)


def put_name(layout: Layout, sheet: Sheet, row: int, key: str, label: str, unit: str) -> None:
    """Key, label and unit of what stands in a row, or in those below it."""
    sheet.put(row, KEY, key, "key")
    sheet.put(row, LABEL, label, "labelwrap")
    sheet.put(row, UNIT, layout.unit(unit), "unit")


def _step_name(layout: Layout, along: str, step: int) -> str:
    return f"year {step}" if along == YEARS else layout.scenario.row_ids(along)[step]


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
        put_name(self.layout, self.sheet, row - (steps > 0), one.key, one.label, one.unit)
        look = "notecalc" if one.is_text else f"calc:{one.form}"
        formulas = block.formulas(one.tree, max(steps, 1))
        for step, formula in enumerate(formulas):
            if steps:
                name = _step_name(self.layout, str(one.along), step)
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

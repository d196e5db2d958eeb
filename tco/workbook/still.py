"""What does not vary, beside columns of cases: links in the column of values, rows below a name."""

from __future__ import annotations

from tco.lines import YEARS, Line, Reference, is_row_by_row
from tco.workbook.cases import axis, steps_of
from tco.workbook.cells import Sheet, address, letters
from tco.workbook.grid import KEY, LABEL, UNIT, VALUE, Layout, value_of
from tco.workbook.sheets import TABLES


def draw_still(layout: Layout, sheet: Sheet, key: str, row: int) -> None:
    """A link, or one for each year or row below a row that names it."""
    steps = steps_of(layout.scenario, key)
    if not steps:
        layout.link_row(sheet, row, key)
        return
    model, along = layout.model, axis(layout.model, key)
    assert along is not None
    item = model.items.get(key)
    name_row(layout, sheet, row - 1, key, layout.label(key), item.unit if item else "text")
    tree = item.tree if isinstance(item, Line) else None
    for step in range(steps):
        sheet.put(row + step, LABEL, step_name(layout, along, step), "label")
        if along == YEARS:
            value, found = layout.numbers[key][step], "!".join(layout.year_cell(key, step))
        else:
            column, at = layout.columns[key]
            value = layout.shown_row(key, step) if item else layout.scenario.row_ids(key)[step]
            owner = layout.ranges[key][0]
            if key in layout.given_columns:  # where it is typed, not where others link to it
                owner, (column, at) = TABLES, layout.given_columns[key]
            found = f"{owner}!${letters(column)}${at + step}"
        if is_row_by_row(tree):  # a link itself, to what stands in that row
            part = tree.parts[step]  # type: ignore[union-attr]
            found = ""
            if isinstance(part, Reference):
                owner, at, column = layout.home[part.key]
                found = f"{owner}!{address(at, column, fixed='rc')}"
        text = item is None or item.is_text
        look = "linktext" if text else f"link:{item.form}"  # type: ignore[union-attr]
        sheet.put(row + step, VALUE, value_of(value), look, found)


def name_row(layout: Layout, sheet: Sheet, row: int, key: str, label: str, unit: str) -> None:
    """Key, label and unit of what stands in a row, or in those below it."""
    sheet.put(row, KEY, key, "key")
    sheet.put(row, LABEL, label, "labelwrap")
    sheet.put(row, UNIT, layout.unit(unit), "unit")


def step_name(layout: Layout, along: str, step: int) -> str:
    """A year, or the name of a row."""
    return f"year {step}" if along == YEARS else layout.scenario.row_ids(along)[step]

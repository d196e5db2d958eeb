"""What the sheets of a comparison share: a column a scenario, and where its values stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tco.model.state import WITHHELD
from tco.page.sides import Comparison, Row, number
from tco.quantities import show
from tco.widths import cut, units_of
from tco.workbook.cells import Sheet, address, height, letters
from tco.workbook.grid import STATE_ROW, Layout
from tco.workbook.joining import Moving

KEY, LABEL, UNIT, FIRST = 1, 2, 3, 4
HEAD_ROW, TITLE_ROW, FIRST_ROW = 4, 5, 6
WIDTHS = {KEY: 25, LABEL: 42, UNIT: 12}
WIDE = {"A4": 110.0, "A3": 180.0}  # of all columns of values
LEAST_WIDE, MOST_WIDE = 15.0, 34.0  # of each
MOST_OF_TITLE = 90  # characters above a column; its own first page has all of them
MOST_ON_A4 = 5  # scenarios; more take A3
COMPARE, ALL_INPUTS, ALL_LINES = "Compare", "All inputs", "All lines"
KEYS = (("link to a sheet", "keylink"), ("calculation on this sheet", "keycalc"))


@dataclass(frozen=True)
class SideGrid:
    """A comparison, where everything of each scenario stands, and how its sheets are called."""

    comparison: Comparison
    layouts: tuple[Layout, ...]
    moves: tuple[Moving, ...]

    @property
    def count(self) -> int:
        """How many scenarios there are."""
        return len(self.layouts)

    @property
    def last(self) -> int:
        """The column of the last scenario."""
        return FIRST + self.count - 1

    @property
    def columns(self) -> range:
        """The columns of the scenarios."""
        return range(FIRST, self.last + 1)

    def begun(self, title: str, purpose: str) -> Sheet:
        """A sheet with its head: what it says, and a column a scenario with its title."""
        paper = "A4" if self.count <= MOST_ON_A4 else "A3"
        wide = max(LEAST_WIDE, min(MOST_WIDE, WIDE[paper] / self.count))
        sheet = Sheet(title, freeze=f"{letters(FIRST)}{FIRST_ROW}", title_rows=f"1:{TITLE_ROW}",
                      paper=paper, tab="1F3A5F")  # fmt: skip
        sheet.widths = {**WIDTHS, **dict.fromkeys(self.columns, wide)}
        sheet.put(1, KEY, self.comparison.name if title == COMPARE else title, "title")
        sheet.put(2, KEY, purpose, "subtitle")
        for column, (words, look) in zip((KEY, LABEL), KEYS, strict=False):
            sheet.put(3, column, words, look)
        for column, heading in ((KEY, "Key"), (LABEL, "Label"), (UNIT, "Unit")):
            sheet.put(HEAD_ROW, column, heading, "head")
            sheet.put(TITLE_ROW, column, None, "head")
        titles = []
        for column, side in zip(self.columns, self.comparison.sides, strict=True):
            sheet.put(HEAD_ROW, column, side.letter, "headnum")
            title = cut(side.scenario.title, MOST_OF_TITLE)
            sheet.put(TITLE_ROW, column, title, "headnum")
            titles.append((title, wide * 0.85))
        sheet.heights[TITLE_ROW] = height(*titles)
        return sheet

    def section(self, sheet: Sheet, row: int, heading: str) -> None:
        """A heading across the columns; a page may end before it."""
        sheet.sections.append(row)
        for column in range(KEY, self.last + 1):
            sheet.put(row, column, heading if column == KEY else None, "section")

    def named(self, sheet: Sheet, row: int, one: Row) -> None:
        """The key, the label and the unit of a row."""
        sheet.put(row, KEY, one.key, "key")
        sheet.put(row, LABEL, one.label, "labelwrap")
        sheet.put(row, UNIT, one.unit, "unit")

    def target(self, at: int, key: str) -> str:
        """The cell of a key in the sheets of a scenario."""
        owner, row, column = self.layouts[at].home[key]
        return f"{self.moves[at].place(owner)}!{address(row, column, fixed='rc')}"

    def state_target(self, at: int, below: int = 0) -> str:
        """Where a scenario's Checks say how they stand, or so many rows below."""
        return f"{self.moves[at].place('Checks')}!$D${STATE_ROW + below}"

    def links(self, sheet: Sheet, row: int, one: Row, *, errors: int = 0) -> None:
        """A row of links, one a scenario.

        Args:
            errors: the row of the counts of errors; a value gives way while any stands.
        """
        tall: list[tuple[Any, float]] = [(one.label, sheet.widths[LABEL] * 0.85)]
        for at, (column, key) in enumerate(zip(self.columns, one.keys, strict=True)):
            if key is None:
                sheet.put(row, column, WITHHELD, "unitright")
                continue
            value, formula = self.layouts[at].shown(key), self.target(at, key)
            if errors:
                stands = self.comparison.sides[at].stands
                value = value if stands else WITHHELD
                formula = f'IF({address(errors, column, fixed="r")}=0,{formula},"{WITHHELD}")'
            look = f"link:{one.form}"
            if one.is_text:  # on the right, below the heading of its column
                look = "linkright:date" if one.form == "date" else "link"
            sheet.put(row, column, value, look, formula)
            if isinstance(value, str):
                tall.append((value, sheet.widths[column] * 0.85))
        sheet.heights[row] = height(*tall)


def numbers_row(sheet: Sheet, row: int, columns: Sequence[int], values: Sequence[Any],
                formulas: Sequence[str], look: str) -> None:  # fmt: skip
    """A row of calculations; what has no formula is a dash."""
    for column, value, formula in zip(columns, values, formulas, strict=True):
        shown = WITHHELD if number(value) is None else value
        sheet.put(row, column, shown, look if formula else "unitright", formula)


def widened(sheet: Sheet, columns: Sequence[int]) -> None:
    """Make the columns of scenarios as wide as their widest number, that of units as its words."""
    units = [units_of(str(cell.value)) + 2 for (_, column), cell in sheet.cells.items()
             if column == UNIT and cell.look == "unit" and cell.value]  # fmt: skip
    sheet.widths[UNIT] = max([sheet.widths[UNIT], *units])
    widest = 0.0
    for (row, column), cell in sheet.cells.items():
        if column in columns and row >= FIRST_ROW and not isinstance(cell.value, str | None):
            form = cell.look.partition(":")[2]
            widest = max(widest, units_of(show(cell.value, form)) + 3 if form else 0.0)
    for column in columns:
        sheet.widths[column] = max(sheet.widths[column], widest)

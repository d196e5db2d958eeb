"""Rows and columns of a sheet as runs of filled cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tco.audit.book import At, Book, Cell, Sheet
from tco.audit.formula import Box, Shape


@dataclass(frozen=True)
class Run:
    """Filled cells side by side: along a row (axis 0) or down a column (axis 1)."""

    sheet: Sheet
    axis: int
    line: int
    first: int
    last: int

    def at(self, place: int) -> At:
        """The cell at a place of the run's line."""
        return (self.line, place) if self.axis == 0 else (place, self.line)

    def beside(self, place: int, step: int) -> At:
        """The cell at a place of the line so many lines on."""
        line = self.line + step
        return (line, place) if self.axis == 0 else (place, line)

    @cached_property
    def cells(self) -> list[Cell]:
        """Its cells in order."""
        return [self.sheet.cells[self.at(one)] for one in range(self.first, self.last + 1)]

    def cell(self, place: int) -> Cell | None:
        """A cell of the run; None outside of it."""
        return self.cells[place - self.first] if self.first <= place <= self.last else None

    def shape(self, place: int) -> Shape | None:
        """The shape at a place; None for constants and outside of the run."""
        cell = self.cell(place)
        return None if cell is None else cell.shape


def runs(sheet: Sheet, least: int) -> Iterator[Run]:
    """Every run of at least so many filled cells, rows first."""
    for axis, lines in ((0, sheet.rows), (1, sheet.columns)):
        for line, places in lines.items():
            start = 0
            for end in range(1, len(places) + 1):
                if end == len(places) or places[end] != places[end - 1] + 1:
                    if end - start >= least:
                        yield Run(sheet, axis, line, places[start], places[end - 1])
                    start = end


def own_line(book: Book, run: Run, place: int) -> int:
    """How many cells of its own line a formula reads in ranges."""
    count = 0
    for box in book.reads(run.sheet, run.at(place)):
        if box.single or box.sheet.upper() != run.sheet.name.upper():
            continue
        count += _along(run, box, place)
    return count


def _along(run: Run, box: Box, place: int) -> int:
    if run.axis == 0:
        if not box.top <= run.line <= box.bottom:
            return 0
        return box.right - box.left + 1 - (box.left <= place <= box.right)
    if not box.left <= run.line <= box.right:
        return 0
    return box.bottom - box.top + 1 - (box.top <= place <= box.bottom)


def chains(shape: Shape, axis: int, step: int) -> bool:
    """Whether a formula reads the cell one step back (-1) or on (1) in its own line."""
    for token in shape.references:
        found = token.reference
        if found is None or found.sheet is not None:
            continue
        end = found.first
        fixed = end.row_fixed if axis == 1 else end.column_fixed
        along = end.row if axis == 1 else end.column
        across_fixed = end.column_fixed if axis == 1 else end.row_fixed
        across = end.column if axis == 1 else end.row
        if not fixed and along == step and not across_fixed and across == 0:
            return True
    return False

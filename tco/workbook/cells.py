"""Cells, sheets and the book, as plain data: what stands where and how it looks."""

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from tco.lines.sentences import day_of
from tco.quantities import is_date
from tco.widths import units_of

if TYPE_CHECKING:
    from tco.workbook.chartxml import Chart


class Cell(NamedTuple):
    """A cell: a constant, or a formula with the value it comes to."""

    value: Any
    look: str
    formula: str = ""


@dataclass(frozen=True)
class Rule:
    """A data validation: a list (formula or "a,b"), or a decimal range with open ends."""

    where: str
    kind: str
    first: str
    second: str = ""
    operator: str = "between"
    title: str = ""
    prompt: str = ""
    error: str = ""


@dataclass(frozen=True, eq=False)
class SharedRows:
    """Rows without formulas that many books have alike, below rows of their own."""

    first: int
    cells: Mapping[tuple[int, int], Cell]
    widths: Mapping[int, float]
    heights: Mapping[int, float]


@dataclass
class Sheet:
    """One sheet: cells by (row, column), and how the page is set up."""

    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    freeze: str = "A5"
    rules: list[Rule] = field(default_factory=list)
    flags: list[tuple[str, str]] = field(default_factory=list)  # (range, kind of signal)
    # each with its first cell, or with that and the one after its last: then it sizes with them
    charts: list[tuple[Chart, str]] = field(default_factory=list)
    one_page: bool = False
    landscape: bool = True
    title_rows: str = "1:4"
    gridlines: bool = False
    sections: list[int] = field(default_factory=list)  # rows of headings: pages may end before
    breaks: list[int] = field(default_factory=list)  # rows after which a page ends
    shared: SharedRows | None = None  # its last rows, which stand among its cells too
    hidden: frozenset[int] = frozenset()  # columns that nobody needs to see
    paper: str = "A4"
    tab: str = ""  # the colour of its tab, if not that of its title
    printed: tuple[int, int] | None = None  # the last row and column that are printed, if not all
    printed_from: int = 1  # the first row below the head that is printed
    model_from: int = 0  # from here on the model once more, at other values: not for paper
    filtered: str = ""  # the area whose first row filters the others
    outline: dict[int, int] = field(default_factory=dict)  # row -> level of its group
    jumps: dict[str, str] = field(default_factory=dict)  # cell -> the place that a click leads to

    def put(self, row: int, column: int, value: Any, look: str, formula: str = "") -> None:
        """Set a cell. A formula is given without its equals sign, `value` is what it comes to.

        Where a look is that of a date, a day is the number that a spreadsheet counts it by.
        """
        if isinstance(value, str) and look.endswith(":date") and is_date(value):
            value = day_of(value)
        self.cells[row, column] = Cell(value, look, formula)

    def group(self, first: int, last: int, level: int = 1) -> None:
        """Let rows be folded under the one above them. Nothing is hidden when a book is opened."""
        self.outline |= dict.fromkeys(range(first, last + 1), level)

    @property
    def last_row(self) -> int:
        """The last row in use so far."""
        return max(self.cells)[0]

    @functools.cached_property
    def extent(self) -> tuple[int, int]:
        """The last row and column in use; ask once the sheet is finished."""
        if not self.cells:
            return 1, 1
        return max(self.cells)[0], max(map(operator.itemgetter(1), self.cells))


def in_rows(
    cells: Mapping[tuple[int, int], Cell],
) -> Iterator[tuple[int, list[tuple[int, Cell]]]]:
    """Rows in order, each with its cells in order."""
    for row, found in itertools.groupby(sorted(cells.items()), lambda one: one[0][0]):
        yield row, [(column, cell) for (_, column), cell in found]


@dataclass
class Book:
    """The workbook: sheets in order, defined names, and what its properties say."""

    title: str
    subject: str
    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    description: str = "Formula-live cost model; every number traces to a sourced input."
    mark: str = "scenario_sha256"  # the property whose start is printed at the foot of each page
    protected: bool = False  # whether only cells that are typed in can be typed in

    def __getitem__(self, title: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.title == title)


@functools.cache
def letters(column: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """A column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def position(place: str) -> tuple[int, int]:
    """Row and column of a cell such as B7."""
    name = place.rstrip("0123456789")
    return int(place.removeprefix(name)), column_number(name)


def address(row: int, column: int, *, fixed: str = "") -> str:
    """A1 for a cell; `fixed` is "rc", "r" or "c" for what does not move when it is copied."""
    return f"{'$' if 'c' in fixed else ''}{letters(column)}{'$' if 'r' in fixed else ''}{row}"


def span(column: int, first: int, last: int) -> str:
    """A fixed range down one column."""
    return f"${letters(column)}${first}:${letters(column)}${last}"


def height(*texts: tuple[Any, float]) -> float:
    """The height of a row that shows each (text, column width) whole."""
    lines = max(math.ceil(units_of(str(text or "")) / width) for text, width in texts)
    return 14.0 if lines <= 1 else 12.5 * lines + 3

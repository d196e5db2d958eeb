"""What a page is made of: references to keys, and words that hold no number.

A page says what is shown and in which order; who draws it decides where it stands and how it
looks. `tco.page.values` reads and prints what a reference points to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# Where a thing is shown: on the first sheet, in a deck, on the terminal, on slides.
SHEET, DECK, TERMINAL, SLIDES = "sheet", "deck", "terminal", "slides"
EVERYWHERE = (SHEET, DECK, TERMINAL, SLIDES)
ON_PAPER = (SHEET, DECK, SLIDES)
# What only a workbook knows: how many of its inputs are overridden in it.
OVERRIDDEN = "overridden_inputs"
# Where a table stands among others: across the page, or on one half of it.
ACROSS, LEFT, RIGHT = "across", "left", "right"


@dataclass(frozen=True)
class Ref:
    """The value of a key, or of one row of a key along an axis; `form` if not the key's own."""

    key: str
    row: int | None = None
    form: str = ""


@dataclass(frozen=True)
class Gap:
    """How far the value of one key lies above that of another, as a share of the other."""

    of: str
    over: str


@dataclass(frozen=True)
class Phrase:
    """A sentence with the printed value of a key in each pair of braces."""

    words: str
    keys: tuple[str, ...] = ()


Cell = Ref | Gap | Phrase | str


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading; words stand left, numbers right."""

    title: str
    words: bool = False
    on: tuple[str, ...] = EVERYWHERE


PLAIN, TOTAL, OF_WHICH = "", "total", "of which"  # how a row reads


@dataclass(frozen=True)
class Row:
    """A row of a table: its name and a cell for each further column; cells may end early."""

    cells: tuple[Cell, ...]
    reads: str = PLAIN
    on: tuple[str, ...] = EVERYWHERE


@dataclass(frozen=True)
class Table:
    """A table. `counts` is the flag along its rows by which one counts; others stand back."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    on: tuple[str, ...] = ON_PAPER
    side: str = ACROSS
    counts: str = ""

    def columns_on(self, where: str) -> list[int]:
        """The places of the columns that are shown there."""
        return [place for place, one in enumerate(self.columns) if where in one.on]

    def rows_on(self, where: str) -> list[Row]:
        """The rows that are shown there."""
        return [row for row in self.rows if where in row.on]


@dataclass(frozen=True)
class Along:
    """The values of a key along its axis, from a row on; a scalar has one for each deadline."""

    key: str
    start: int = 0
    stop: int | None = None  # the row before which it ends, where it is not the last


Points = tuple[Cell, ...] | Along


@dataclass(frozen=True)
class Series:
    """A series of a chart: its name and its values.

    `end` says where the name of a line stands at its last point: beside it, or above or below it
    where the end of another line is near.
    """

    name: str
    values: Points
    end: str = "beside"


BARS, LINES, STEPS, STACKS = "bars", "lines", "steps", "stacks"
YEARLY, TORNADO = "yearly", "tornado"  # lines over years, and bars to both sides of the plan


@dataclass(frozen=True)
class Chart:
    """A chart, which any drawer can read without cells.

    `title` is a sentence, and where it is one of the model it follows the numbers; `basis` says in
    words what is drawn and in which unit. `across` is what the values stand over: names, years,
    shares or days. The series of `steps` are what a step stands on, unseen; steps with their number
    in them, and those too small for it; what is taken off; the total; and, unseen, what carries
    the numbers of small steps and of what is taken off. Those of a `tornado` are less, more, and
    room for their numbers. `table` is the title of the table on the page that holds the values.
    Forms are number formats of spreadsheets.
    """

    kind: str
    title: Ref | Phrase | str
    across: Points
    series: tuple[Series, ...]
    unit: str
    form: str
    across_unit: str = ""
    across_form: str = "General"
    across_least: float | None = None  # where the axis begins, and where it ends
    across_most: float | None = None
    across_step: float | None = None  # between its numbers
    signed: bool = False  # values may lie below zero
    label_form: str = ""  # of the numbers beside the bars, if not that of the axis
    apart: bool = False  # the first bar is of another colour than the rest
    mark: tuple[str, Ref, Ref] | None = None  # a single point: its name, across and up
    table: str = ""
    basis: Phrase | str = ""
    on: tuple[str, ...] = (SHEET, SLIDES)


@dataclass(frozen=True)
class Finding:
    """A check as the page has it: what it tests, its kind, whether it fires and what it says."""

    label: str
    kind: str
    fires: str
    says: str


@dataclass(frozen=True)
class Findings:
    """The checks, most important first: a deck shows those that fire, a sheet every alert."""

    title: str
    findings: tuple[Finding, ...]
    on: tuple[str, ...] = EVERYWHERE


Block = Table | Chart | Findings


@dataclass(frozen=True)
class Tile:
    """One figure that stands out, below its name."""

    key: str
    label: str


@dataclass(frozen=True)
class Page:
    """What any reader sees first of a scenario.

    `sentences` are texts of the model, first the error that takes the place of the others, or
    phrases; `tiles` are rows of figures; `head` and `foot` say what made the page, and of when.
    """

    title: str
    head: str
    sentences: tuple[Ref | Phrase, ...]
    tiles: tuple[tuple[Tile, ...], ...]
    blocks: tuple[Block, ...]
    foot: str

    def shown(self, where: str) -> Iterator[Block]:
        """The blocks that are shown there, in order."""
        return (one for one in self.blocks if where in one.on)

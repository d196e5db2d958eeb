"""Answers drawn on a terminal: tables as wide as it is, words broken between words, totals bold.

Only what a person looks at comes here. Pipes and files get plain text, and need not import rich.
"""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from tco.errors import printable, printable_lines
from tco.tables import Answer, PrintedRow, PrintedTable, Words
from tco.widths import columns_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

NARROWEST, WIDEST, WIDEST_PROSE = 20, 200, 120
_GAP = 2  # between two columns
_LONGEST_WORD = 20  # of a sentence, that stands whole; a longer one is broken inside
_LONGEST_NAME = 32  # of a column of names
_SHORT_HEADING = 10  # a heading that is not broken
_LEAST_WORDS = 12  # columns of a terminal, below which no text is squeezed
_HEADING_LINES = (2, 3)  # over how many a heading runs, where there is room for so few


def is_live() -> bool:
    """Whether somebody looks at the standard output, on a terminal that can draw."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width_here() -> int:
    """How many columns are drawn on: those of the terminal, within reason."""
    return min(WIDEST, max(NARROWEST, shutil.get_terminal_size((100, 24)).columns))


def draw(answer: Answer, width: int | None = None) -> None:
    """Draw an answer on the terminal; nothing in it is markup, and nothing steers the terminal."""
    from rich.console import Console

    width = width or width_here()
    console = Console(
        file=sys.stdout, width=width, force_terminal=True, markup=False, highlight=False,
        emoji=False, color_system=None if os.environ.get("NO_COLOR") else "standard",
    )  # fmt: skip
    for number, block in enumerate(answer.blocks):
        if number:
            console.print()
        if isinstance(block, Words):
            _draw_words(console, block)
        else:
            _draw_table(console, block, width)


def _draw_words(console: Console, words: Words) -> None:
    from rich.text import Text

    width = min(console.width, WIDEST_PROSE)
    style = "bold" if words.strong else ""
    for line in printable_lines(words.text).split("\n"):
        console.print(Text(line, style, overflow="fold"), width=width)


def _draw_table(console: Console, table: PrintedTable, width: int) -> None:
    if table.title:
        _draw_words(console, Words(table.title, strong=True))
    if not table.rows:
        return
    for shape in (table, _turned(table)):
        if widths := fitted(shape, width):
            console.print(_drawn(shape, widths))
            return
    for number, row in enumerate(table.rows):
        if number:
            console.print()
        card = _card(table, row)
        widths = fitted(card, width) or [width // 2 - _GAP, width // 2]
        console.print(_drawn(card, widths))


def _drawn(table: PrintedTable, widths: Sequence[int]) -> Table:
    """A table of rich: a rule below its headings, and one above each total."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(
        box=box.HORIZONTALS, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0),
        show_header=any(table.headings), header_style="bold",
    )  # fmt: skip
    for heading, numeric, width in zip(table.headings, table.numeric, widths, strict=True):
        side: Literal["left", "right"] = "right" if numeric else "left"
        made.add_column(Text(printable(heading)), width=width, overflow="fold", justify=side)
    for number, row in enumerate(table.rows):
        if row.strong and number:
            made.add_section()
        cells = (Text(printable(cell), overflow="fold") for cell in row.cells)
        made.add_row(*cells, style="bold" if row.strong else None)
    return made


def _turned(table: PrintedTable) -> PrintedTable:
    """A table whose rows are columns: what is compared stays side by side where that is narrow."""
    names, *rest = zip(*(row.cells for row in table.rows), strict=True)
    rows = zip(table.headings[1:], rest, strict=True)
    turned = (PrintedRow((heading, *cells)) for heading, cells in rows)
    headings = (table.headings[0], *names)
    return PrintedTable("", headings, (False, *(True for _ in names)), tuple(turned))


def _card(table: PrintedTable, row: PrintedRow) -> PrintedTable:
    """A row that is too wide for the terminal, as a table of its own: a line for each column."""
    pairs = zip(table.headings, row.cells, strict=True)
    rows = (PrintedRow((heading, cell), row.strong) for heading, cell in pairs if cell)
    return PrintedTable("", ("", ""), (False, False), tuple(rows))


# ---- how wide each column is --------------------------------------------------------------------


def fitted(table: PrintedTable, width: int) -> list[int]:
    """The width of every column, together no more than `width`; none where that cannot be.

    Headings take few lines where there is room. Numbers are never broken; of the texts the
    longest give way.
    """
    places = range(len(table.headings))
    room = width - _GAP * (len(places) - 1)
    cells = [[printable(row.cells[place]) for row in table.rows] for place in places]
    full = [max(map(columns_of, column), default=0) for column in cells]
    for lines in (*_HEADING_LINES, math.inf):
        heads = [_shortest(printable(heading), lines) for heading in table.headings]
        widths = [max(pair) for pair in zip(full, heads, strict=True)]
        if sum(widths) <= room:
            return [max(1, one) for one in widths]
    least = [max(head, _least(column)) for head, column in zip(heads, cells, strict=True)]
    return _shared(least, widths, room) if sum(least) <= room else []


def _least(cells: Sequence[str]) -> int:
    """How narrow a column may become; a number, and what has one word only, is not broken."""
    whole = max(map(columns_of, cells), default=0)
    if all(_is_one(cell) for cell in cells):
        return min(whole, _LONGEST_NAME)
    ones = max((columns_of(cell) for cell in cells if _is_one(cell)), default=0)
    longest = max((columns_of(word) for cell in cells for word in cell.split()), default=0)
    return min(whole, max(_LEAST_WORDS, min(longest, _LONGEST_WORD), min(ones, _LONGEST_NAME)))


def _is_one(cell: str) -> bool:
    """Whether a cell is a single word, or a number with its unit."""
    first, _, rest = cell.partition(" ")
    return not rest or (first[-1:].isdigit() and " " not in rest)


def _shared(least: Sequence[int], wanted: Sequence[int], room: int) -> list[int]:
    """Widths between the least and the wanted ones that use all of the room: the widest shrink."""
    widths = [max(1, one) for one in least]
    free = room - sum(widths)
    while free > 0:
        short = [place for place, one in enumerate(widths) if one < wanted[place]]
        if not short:
            break
        narrowest = min(short, key=lambda place: widths[place])
        widths[narrowest] += 1
        free -= 1
    return widths


def _shortest(heading: str, lines: float) -> int:
    """The least width in which a heading takes no more than so many lines."""
    words = [columns_of(word) for word in heading.split()]
    short = columns_of(heading)
    width = short if short <= _SHORT_HEADING else max(words)
    while _lines(words, width) > lines:
        width += 1
    return width


def _lines(words: Iterable[int], width: int) -> int:
    """How many lines words take that are broken between them only."""
    count, at = 1, 0
    for word in words:
        if at and at + 1 + word > width:
            count, at = count + 1, word
        else:
            at += word + (1 if at else 0)
    return count

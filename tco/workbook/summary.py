"""Summary: the tables behind the board's page, each value a link to where it is computed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from tco.lines import Cells, Model, excel
from tco.model.state import TOLD, TOLD_WORDS, WITHHELD, headlines
from tco.page.charts import MOST_DRIVERS
from tco.page.content import (
    ACROSS,
    LEFT,
    OF_WHICH,
    OVERRIDDEN,
    PLAIN,
    RIGHT,
    SHEET,
    TORNADO,
    TOTAL,
    Cell,
    Chart,
    Column,
    Gap,
    Page,
    Phrase,
    Ref,
    Row,
    Table,
    Tile,
)
from tco.page.first import page
from tco.page.values import printed
from tco.scenario import Scenario
from tco.workbook.cells import Sheet, address, height
from tco.workbook.grid import KEYS, Layout
from tco.workbook.linking import linked
from tco.workbook.names import sheet_name
from tco.workbook.pictures import HEAD_ROWS, PlacedTable, put_chart, sentence
from tco.workbook.places import Places
from tco.workbook.sheets import CONTENTS, left_out

# Two halves of three columns each, with a gap between them.
HALVES = ((2, 3, 4), (6, 7, 8))
COLUMNS = (*HALVES[0], *HALVES[1])
FIRST, LAST, GAP = COLUMNS[0], COLUMNS[-1], 5
# So wide that letters of 9 points are no smaller than 8 on a page.
WIDTHS = {1: 2, 2: 33.5, 3: 22.5, 4: 19, GAP: 2, 6: 30, 7: 21, 8: 27}
KEYS_ROW, ERROR_ROW, FIRST_ROW = 3, 4, 5
MOST_ROWS = 15  # of a table that the first page shows
ONE_LINE = 14.0  # the height of a row, as `height` has it
CHART_ROW = 0.53  # cm of a row
CHART_WIDTHS = (13.8, 14.4)  # cm of a chart on each half


def place_summary(scenario: Scenario) -> Places:
    """Where the sentences stand, and the error that takes their place."""
    rows = {key: row for row, key in enumerate(headlines(scenario.model), FIRST_ROW)}
    rows["error_sentence"] = ERROR_ROW
    return Places(home={key: ("Summary", row, FIRST) for key, row in rows.items()})


def draw_summary(layout: Layout) -> Sheet:
    """The first sheet."""
    sheet = Sheet("Summary")
    _Summary(layout, page(layout.scenario), sheet).fill()
    return sheet


@dataclass
class _Summary:
    """The sheet while it is drawn: which keys it shows already, and where its tables stand."""

    layout: Layout
    page: Page
    sheet: Sheet
    local: dict[str, str] = field(default_factory=dict)
    placed: dict[str, PlacedTable] = field(default_factory=dict)  # by title

    def fill(self) -> None:
        """Head, tiles, tables, findings and charts; the sentences last, which read the others."""
        self.head()
        row = FIRST_ROW + len(headlines(self.layout.model)) + 1
        for tiles in self.page.tiles:
            self.tiles(row, tiles)
            row += 3
        blocks = list(self.page.shown(SHEET))
        row = self.findings(row) + 2
        row = self.tables(row, [*(one for one in blocks if isinstance(one, Table)),
                                *_left_out(self.layout.model)])  # fmt: skip
        self.sentences()
        self.charts(row + 1, [one for one in blocks if isinstance(one, Chart)])

    def head(self) -> None:
        """Title, what made the file, how the checks stand, and the kinds of cell."""
        sheet = self.sheet
        sheet.widths, sheet.freeze, sheet.title_rows = dict(WIDTHS), "A4", "1:3"
        sheet.put(1, FIRST, self.page.title, "title")
        sheet.put(2, FIRST, self.page.head, "subtitle")
        self.layout.state(sheet, 1, COLUMNS[4])
        sheet.jumps[address(1, LAST)] = sheet_name(CONTENTS)
        sheet.put(1, LAST, "Contents", "contents")
        self.link(KEYS_ROW, COLUMNS[4], Ref("first_finding"), "finding")
        self.link(ERROR_ROW, 1, Ref("errors"), "some:flag")
        words = ("input", "link to another sheet", "calculation on this sheet", "check")
        for column, name, (_, look) in zip(COLUMNS, words, KEYS, strict=False):
            sheet.put(KEYS_ROW, column, name, look)

    # ---- cells ----------------------------------------------------------------------------------

    def link(self, row: int, column: int, ref: Ref, look: str) -> None:
        """A green cell: one reference to where the value stands."""
        value, target = linked(self.layout, ref)
        self.sheet.put(row, column, value, look, target)
        if ref.row is None:
            self.local.setdefault(ref.key, address(row, column, fixed="rc"))

    def here(self, key: str) -> str:
        """Where a key is read on this sheet: its link, or for a whole sentence its own cell."""
        return self.local.get(key) or linked(self.layout, Ref(key))[1]

    def form(self, ref: Ref) -> str:
        """The name of a reference's number form; texts have none, but days."""
        if ref.key == OVERRIDDEN:
            return "count"
        item = self.layout.model.items.get(ref.key)
        if item is not None and item.unit == "date":
            return item.unit
        if item is None or item.is_text:
            return ""
        return ref.form or item.form

    # ---- sentences and tiles --------------------------------------------------------------------

    def sentences(self) -> None:
        """The answer in words, and above it the error that takes its place while one stands."""
        cells = Cells(at=self.here, before=str, range=str)
        for key, (_, row, column) in place_summary(self.layout.scenario).home.items():
            error = row == ERROR_ROW
            self.sheet.put(row, column, self.layout.shown(key), "unseen" if error else "headline",
                           excel(self.layout.model.lines[key].tree, cells))  # fmt: skip
            self.sheet.heights[row] = 22 if error else 18
        self.sheet.flags.append((address(ERROR_ROW, FIRST), f"broken:{self.here('errors')}"))

    def tiles(self, row: int, tiles: Sequence[Tile]) -> None:
        """Six figures side by side, each below its name."""
        for column in range(FIRST, LAST + 1):
            self.sheet.put(row, column, None, "tilelabel")
            self.sheet.put(row + 1, column, None, "tilelabel")
        for column, tile in zip(COLUMNS, tiles, strict=False):
            item = self.layout.model[tile.key]
            money = f", {self.layout.unit(item.unit)}" if item.unit == "USD" else ""
            self.sheet.put(row, column, tile.label + money, "tilelabel")
            self.link(row + 1, column, Ref(tile.key), f"tilelink:{item.form}")
            self.give_way(row + 1, column)
        self.sheet.heights[row], self.sheet.heights[row + 1] = 18, 30

    def give_way(self, row: int, column: int) -> None:
        """A figure is shown only while no error stands."""
        value, look, formula = self.sheet.cells[row, column]
        found = WITHHELD if self.layout.numbers["errors"] else value
        formula = f'IF({self.local["errors"]}=0,{formula},"{WITHHELD}")'
        self.sheet.put(row, column, found, look, formula)

    # ---- tables ---------------------------------------------------------------------------------

    def tables(self, row: int, tables: Sequence[Table]) -> int:
        """Tables across the page or on its halves; returns the next free row.

        A table on the left begins a new band below whatever stands on the right, and what would
        stand alone on the right stands on the left.
        """
        band = row
        free, before = [row, row], ACROSS
        for one in tables:
            if ACROSS in (one.side, before) or (one.side, before) == (LEFT, RIGHT):
                band = max(free)
                free = [band, band]
            half = 1 if one.side == RIGHT and free[0] > band else 0
            columns = COLUMNS if one.side == ACROSS else HALVES[half]
            free[half] = self.table(free[half], one, columns) + 2
            before = one.side
        return max(free)

    def table(self, row: int, table: Table, columns: Sequence[int]) -> int:
        """One table, its title as the heading of its names; returns its last row."""
        places = table.columns_on(SHEET)
        at = dict(zip(places, columns, strict=False))
        self.headings(row, table, at, columns)
        rows = table.rows_on(SHEET)
        body = [one for one in rows if one.reads == PLAIN]
        cut = body[MOST_ROWS - 1 :] if table.side == ACROSS and len(body) > MOST_ROWS else []
        last, found = row, []
        for one in rows:
            if one in cut:
                continue
            if one.reads == TOTAL and cut:
                last = self.more(last + 1, table, len(cut))
            last += 1
            self.row(last, one, table, at)
            found.append((last, one))
        if cut and rows[-1].reads != TOTAL:
            last = self.more(last + 1, table, len(cut))
        self.placed[table.title] = PlacedTable("Summary", tuple(found), at)
        if table.counts:
            area = f"{address(row + 1, columns[0])}:{address(last, columns[-1])}"
            self.sheet.flags.append((area, f"back:{table.counts}"))
        return last

    def headings(self, row: int, table: Table, at: dict[int, int], columns: Sequence[int]) -> None:
        self.sheet.sections.append(row)
        filled = range(columns[0], columns[-1] + 1) if table.side == ACROSS else columns
        for column in filled:
            self.sheet.put(row, column, None, "head")
        for place, column in at.items():
            one = table.columns[place]
            look = "head" if column == columns[0] else "headtext" if one.words else "headnum"
            title = table.title if column == columns[0] else one.title
            self.sheet.put(row, column, title, look)
            self.grow(row, title, WIDTHS[column] * 0.9)  # bold letters are wider

    def grow(self, row: int, said: str, width: float) -> None:
        """Make a row as high as a text needs in its column, where that is more than one line."""
        tall = height((said, width))
        if tall > ONE_LINE:
            self.sheet.heights[row] = max(tall, self.sheet.heights.get(row, 0.0))

    def more(self, row: int, table: Table, count: int) -> int:
        """How many rows are not shown, and where they stand; returns its row."""
        first = table.rows[0].cells[1]
        assert isinstance(first, Ref)
        said = f"and {count} more rows on {self.layout.ranges[first.key][0]}"
        self.sheet.put(row, FIRST, said, "of")
        return row

    def row(self, row: int, one: Row, table: Table, at: dict[int, int]) -> None:
        """The name of a row and its cells."""
        for place, column in at.items():
            if place < len(one.cells):
                first = place == 0
                self.cell(row, column, one.cells[place], one, table.columns[place], first=first)

    def cell(
        self, row: int, column: int, cell: Cell, one: Row, heading: Column, *, first: bool
    ) -> None:
        """One cell, in the look of its row and its column."""
        if isinstance(cell, Ref):
            look = self.look(cell, one, heading, first=first)
            self.link(row, column, cell, look)
            if look in ("linktext", "linklabel"):
                self.grow(row, str(self.sheet.cells[row, column].value), WIDTHS[column])
            return
        assert not isinstance(cell, Gap), "a gap has no cell of its own to link to"
        if first:
            look = {TOTAL: "totallabel", OF_WHICH: "of"}.get(one.reads, "labelwrap")
            said = printed(self.layout.scenario, cell)
            written = sentence(self.layout, cell) if isinstance(cell, Phrase) else ""
            self.sheet.put(row, column, said, look, written)
            self.grow(row, said, WIDTHS[column])
        elif cell and one.reads != TOTAL:
            flows = one.cells[-1] is cell and len(one.cells) < len(COLUMNS) // 2
            self.sheet.put(row, column, cell, "noteflow" if flows else "note")
        else:
            self.sheet.put(row, column, None, "totallabel" if one.reads == TOTAL else "blank")

    def look(self, ref: Ref, one: Row, heading: Column, *, first: bool) -> str:
        """How a link looks: a name, words, or a number in its form."""
        if first:
            return "linklabel"
        if named := self.form(ref):
            return f"{'totallink' if one.reads == TOTAL else 'link'}:{named}"
        return "linktext" if heading.words else "linkright"

    # ---- findings and charts --------------------------------------------------------------------

    def findings(self, row: int) -> int:
        """What fires, errors first, by name and in words; the others are counted on Checks."""
        self.section(row, "What fires, and what it says", FIRST, LAST)
        for number, (key, words) in enumerate(zip(TOLD, TOLD_WORDS, strict=True), row + 1):
            self.link(number, FIRST, Ref(key), "linklabel")
            self.link(number, COLUMNS[1], Ref(words), "finding")
            for column in range(COLUMNS[2], LAST + 1):
                self.sheet.put(number, column, None, "blank")
        last = row + len(TOLD)
        area = f"{address(row + 1, COLUMNS[1])}:{address(last, LAST)}"
        self.sheet.flags.append((area, "told"))
        checks = [one for one in self.layout.main_checks if one.kind != "sensitivity"]
        said = f"All others of {len(checks)} checks pass, or stand below these on sheet Checks."
        self.sheet.put(last + 1, FIRST, said, "noteflow")
        return last + 1

    def section(self, row: int, title: str, first: int, last: int) -> None:
        """A heading across columns, before which a page may end."""
        self.sheet.sections.append(row)
        for column in range(first, last + 1):
            self.sheet.put(row, column, title if column == first else None, "head")

    def charts(self, row: int, charts: Sequence[Chart]) -> None:
        """Charts side by side on the halves of the page, each below its heading."""
        tallest = 0.0
        for number, one in enumerate(charts):
            half = number % len(HALVES)
            if number and not half:
                row += math.ceil(tallest / CHART_ROW) + HEAD_ROWS + 1
                tallest = 0.0
            table = self.placed.get(one.table)
            bars = len(table.body) if table else MOST_DRIVERS * (one.kind == TORNADO)
            tall = max(6.6, 0.55 * bars + 1.5)
            tallest = max(tallest, tall)
            size = CHART_WIDTHS[half], tall
            self.sheet.sections.append(row)
            put_chart(self.layout, self.sheet, one, row, HALVES[half], size, table)
        if charts:
            row += math.ceil(tallest / CHART_ROW) + HEAD_ROWS
            self.sheet.put(row, 1, None, "noteflow")  # so that a page has the last ones whole


def _left_out(model: Model) -> list[Table]:
    """The shared sheets that a kind does without, and why."""
    rows = tuple(Row((title, why)) for title, why in left_out(model))
    heads = (Column("Sheet", words=True), Column("", words=True), Column("", words=True))
    title = "Sheets left out, and why"
    return [Table(title, heads, rows, on=(SHEET,), side=RIGHT)] if rows else []

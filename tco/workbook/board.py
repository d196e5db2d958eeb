"""The first sheet: the board's page, on one side of paper whatever the scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tco.lines import Cells, excel
from tco.model.board import SECTION, board_lines
from tco.page.board import Bars, BoardPage, Exhibit, Grid, amount_form, board_page
from tco.page.content import OF_WHICH, TOTAL, Chart, Phrase, Ref, Row, Table
from tco.page.values import printed
from tco.quantities import show
from tco.scenario import Scenario
from tco.workbook.cells import Sheet, address, letters
from tco.workbook.charts import bars_alone, described, drawn
from tco.workbook.grid import CASE_CELL, Layout
from tco.workbook.linking import linked
from tco.workbook.names import sheet_name
from tco.workbook.ownership import grid_places
from tco.workbook.pictures import heading, ranges, sentence
from tco.workbook.places import Places
from tco.workbook.sheets import BOARD, CASES, CONTENTS

TITLE = BOARD
# A page of 25 columns, of which two are the gaps between thirds: A4 and Letter lie on their side,
# and at full size both have it whole.
COLUMNS, GAPS = 25, (13, 20)
WIDE, NARROW = 5.4, 1.05
DATED, OF_DATES = 12, 8.7  # the column that has room for a date
SHARES, OF_SHARES = range(15, 20), 5.5  # the columns that have room for 100.0%
BANDS = {1: ((1, 25),), 2: ((1, 13), (15, 25)), 3: ((1, 12), (14, 19), (21, 25))}
LOW = ((1, 18), (20, 25))  # of the last band
DECISION, ANSWER = 1, 2
TILES = (1, 5, 9, 13, 17, 22)  # the first column of each figure
APPROVALS = (11, 16, 21)
ASIDE = COLUMNS + 3  # what the page reads and does not show
ROW, HEADING, SENTENCE, SPACE = 12.0, 15.0, 12.5, 5.0  # points
CHART_ROWS = 10
UNIT_CM, POINT_CM = 0.198, 0.03528  # of a unit of width, of a point


def place_board(scenario: Scenario) -> Places:
    """Where the sentences and figures of the page stand, and what they are scaled by."""
    page = board_page(scenario)
    if page is None:
        return Places()
    home = {one.key: (TITLE, row, 1) for row, one in enumerate(page.sentences, DECISION)}
    below = DECISION + len(page.sentences) + 2
    for number, tile in enumerate(page.tiles):
        home[tile.key] = (TITLE, below, TILES[number])
    for row, key in enumerate(_aside(scenario), DECISION + 1):
        home[key] = (TITLE, row, ASIDE + 1)
    return Places(home=home)


def _aside(scenario: Scenario) -> list[str]:
    """The lines of the page that are none of its texts: its scale."""
    texts = {*board_lines(scenario.model), *board_lines(scenario.model, figures=True)}
    return [one.key for one in scenario.model.lines.values()
            if one.section == SECTION and one.key not in texts]  # fmt: skip


def draw_board(layout: Layout) -> Sheet:
    """The board's page."""
    page = board_page(layout.scenario)
    assert page is not None
    sheet = Sheet(TITLE)
    _Board(layout, page, sheet).fill()
    return sheet


@dataclass
class _Board:
    """The sheet while it is drawn."""

    layout: Layout
    page: BoardPage
    sheet: Sheet

    def fill(self) -> None:
        """Sentences, figures, the exhibits band by band, and who approves."""
        sheet = self.sheet
        sheet.widths = {column: NARROW if column in GAPS else WIDE
                        for column in range(1, COLUMNS + 1)}  # fmt: skip
        sheet.widths |= dict.fromkeys(SHARES, OF_SHARES)
        sheet.widths |= {DATED: OF_DATES, ASIDE - 2: 3, ASIDE - 1: 3, ASIDE: 30, ASIDE + 1: 12}
        sheet.freeze, sheet.one_page = "A4", True
        self.sentences()
        row = self.tiles(DECISION + len(self.page.sentences) + 1)
        for number, band in enumerate(self.page.bands, 1):
            last = number == len(self.page.bands)
            row = self.band(row + 1, band, LOW if last and len(band) < 3 else BANDS[len(band)])
        row = self.foot(row + 1)
        sheet.printed = (row, COLUMNS)
        self.aside()

    # ---- words and figures ----------------------------------------------------------------------

    def line(self, key: str, look: str) -> None:
        """A line of the page, where it is at home."""
        model = self.layout.model
        one = model.lines[key]
        _, row, column = self.layout.home[key]
        cells = Cells(at=self.at, before=str, range=str)
        self.sheet.put(row, column, self.layout.shown(key), look, excel(one.tree, cells))
        behind = next((need for need in one.needs if need != "errors"), "")
        if behind in self.layout.home and key in self.page.keys:
            self.sheet.jumps[address(row, column)] = behind

    def at(self, key: str) -> str:
        """Where a key stands, as this sheet says it."""
        sheet, row, column = self.layout.home[key]
        place = address(row, column, fixed="rc")
        return place if sheet == TITLE else f"{sheet}!{place}"

    def sentences(self) -> None:
        """What is asked, the answer, and what it hangs on; how the checks stand at their right."""
        looks = {DECISION: "bsmall", ANSWER: "banswer"}
        for row, one in enumerate(self.page.sentences, DECISION):
            self.line(one.key, looks.get(row, "blead"))
            self.sheet.heights[row] = 20.0 if row == ANSWER else SENTENCE
        self.sheet.put(DECISION, COLUMNS, self.layout.state_words(), "bstate", self.at("state"))
        self.sheet.flags.append((address(DECISION, COLUMNS), "boardstate"))
        if self.layout.changed:
            self.sheet.put(ANSWER + 1, COLUMNS, self.layout.case_words(), "bstate", self.case())
            self.sheet.flags.append((address(ANSWER + 1, COLUMNS), "incase"))
        self.sheet.flags.append((address(ANSWER, 1), f"broken:{self.at('errors')}"))

    def case(self) -> str:
        """The cell that says which case it is."""
        return f"{CASES}!{CASE_CELL}"

    def tiles(self, row: int) -> int:
        """Figures side by side, each below its name; the last row that they take."""
        sheet = self.sheet
        self.space(row - 1)
        for column in range(1, COLUMNS + 1):
            for at in (row, row + 1):
                sheet.put(at, column, None, "btile")
        for column, tile in zip(TILES, self.page.tiles, strict=False):
            self.sheet.put(row, column, tile.label, "btilelabel")
            self.line(tile.key, "btilefigure")
        sheet.heights[row], sheet.heights[row + 1] = SENTENCE, 19.0
        return row + 2

    def space(self, row: int) -> None:
        """A row that keeps two things apart."""
        self.sheet.put(row, 1, None, "bsmall")
        self.sheet.heights[row] = SPACE

    # ---- exhibits -------------------------------------------------------------------------------

    def band(self, row: int, band: Sequence[Exhibit], places: Sequence[tuple[int, int]]) -> int:
        """Exhibits side by side below their headings; the row below the deepest of them."""
        self.space(row - 1)
        self.sheet.heights[row] = HEADING
        ends = []
        for one, (first, last) in zip(band, places, strict=False):
            for column in range(first, last + 1):
                self.sheet.put(row, column, None, "bheading")
            value, formula = heading(self.layout, one.title, self.at, self.at("errors"))
            self.sheet.put(row, first, value, "bheading", formula)
            ends.append((one, first, last, self.body(row + 1, one, first, last)))
        deepest = max([end for *_, end in ends] + [row + CHART_ROWS if _draws(band) else row])
        for one, first, last, _ in ends:
            if isinstance(one.block, Chart):
                value, formula = heading(self.layout, one.block.basis, self.at)
                self.sheet.put(row + 1, first, value, "bsmall", formula)
                self.chart(row + 2, deepest, one.block, first, last)
        for at in range(row + 1, deepest + 1):
            self.sheet.put(at, first, *self.sheet.cells.get((at, first), (None, "bsmall")))
            self.sheet.heights[at] = ROW
        return deepest + 1

    def body(self, row: int, one: Exhibit, first: int, last: int) -> int:
        """What stands below a heading; its last row."""
        if isinstance(one.block, Table):
            return self.table(row, one, one.block, first, last)
        if isinstance(one.block, Grid):
            return self.grid(row, one.block, first)
        return row

    def table(self, row: int, one: Exhibit, table: Table, first: int, last: int) -> int:
        """Heads, then the rows, with bars beside them."""
        numbers = [not column.words for column in table.columns]
        at = _starts(one.wide, first, one.bars_at if one.bars else None, numbers)
        for column in range(first, last + 1):
            self.sheet.put(row, column, None, "bhead")
        for column, head in zip(at, table.columns, strict=False):
            look = "bheadtext" if head.words else "bheadnum"
            if head.words and column != at[0]:
                look = "bheadwords"  # apart from a number that ends where it begins
            self.sheet.put(row, column, head.title, look)
        found = []
        for number, each in enumerate(table.rows, row + 1):
            for column in range(first, last + 1):
                self.sheet.put(number, column, None, "btotal" if each.reads == TOTAL else "btext")
            self.cells(number, each, table, at)
            found.append((number, each))
        end = row + len(found)
        if table.counts:
            area = f"{address(row + 1, first)}:{address(end, last)}"
            self.sheet.flags.append((area, f"back:{table.counts}"))
        body = [number for number, each in found if not each.reads]
        if one.bars and body:
            self.bars(one.bars, one.wide, at, first, one.bars_at, body, table.title)
        return end

    def cells(self, row: int, one: Row, table: Table, at: Sequence[int]) -> None:
        """The cells of a row."""
        strong = one.reads == TOTAL
        for column, cell, head in zip(at, one.cells, table.columns, strict=False):
            if isinstance(cell, Ref):
                self.link(row, column, cell, words=head.words, strong=strong,
                          first=column == at[0])  # fmt: skip
            elif isinstance(cell, Phrase):
                self.sheet.put(row, column, printed(self.layout.scenario, cell), "bof",
                               sentence(self.layout, cell, self.at))  # fmt: skip
            elif cell:
                look = "btotal" if strong else "bof" if one.reads == OF_WHICH else "btext"
                look = look if head.words else f"{look}right"
                self.sheet.put(row, column, str(cell), look)

    def link(
        self, row: int, column: int, ref: Ref, *, words: bool, strong: bool, first: bool
    ) -> None:
        """One reference to where the value stands, in the scale of the page."""
        value, target = linked(self.layout, ref)
        item = self.layout.model.items.get(ref.key)
        if item is not None and item.unit == "date":
            self.sheet.put(row, column, value, "bdate:date", target)
            return
        if words or item is None or item.is_text:
            look = "btotal" if strong else "btext" if first else "bwords"
            self.sheet.put(row, column, value, look, target)
            return
        look = "btotalnum" if strong else "bnum"
        self.sheet.put(row, column, value, f"{look}:{ref.form or item.form}", target)

    def grid(self, row: int, one: Grid, first: int) -> int:
        """The middle of the grid of two quantities, the plan framed; its last row."""
        places = grid_places(self.layout, one.size)
        scale = amount_form(self.layout.scenario)
        heads = [show(value, "board share") for value, _ in places.across]
        shares = "board share" if len({*heads}) == len(heads) else "board fine share"
        for number, (value, target) in enumerate(places.across):
            self.sheet.put(row, first + 1 + number, value, f"bheadnum:{shares}", target)
        self.sheet.put(row, first, "price", "bheadtext")
        for down, (value, target) in enumerate(places.down):
            at = row + 1 + down
            self.sheet.put(at, first, value, "bnum:board rate", target)
            for across, (inside, cell) in enumerate(places.cells[down]):
                plan = down == across == one.size // 2
                look = "bplan" if plan else "bgrid"
                self.sheet.put(at, first + 1 + across, inside, f"{look}:{scale}", cell)
        last = row + one.size
        area = f"{address(row + 1, first + 1)}:{address(last, first + one.size)}"
        self.sheet.flags.append((area, "boardgrid"))
        said = "Use across, price down; the plan is framed."
        self.sheet.put(last + 1, first, said, "bsmall")
        return last + 1

    def bars(self, one: Bars, wide: Sequence[int], at: Sequence[int], first: int, bars_at: int,
             body: Sequence[int], says: str,
    ) -> None:  # fmt: skip
        """Bars in the column kept free for them, a bar a row."""
        left = _column_of(wide, first, bars_at)
        right = _column_of(wide, first, bars_at + 1) - 1
        if one.of:
            areas = [f"'{sheet}'!{_first_rows(span, len(body))}"
                     for sheet, span in (self.layout.ranges[key] for key in one.of)]  # fmt: skip
        else:
            areas = [f"'{TITLE}'!${letters(at[1])}${body[0]}:${letters(at[1])}${body[-1]}"]
        names = f"'{TITLE}'!${letters(at[0])}${body[0]}:${letters(at[0])}${body[-1]}"
        made = bars_alone(names, areas, says)
        corner = address(body[0], left), address(body[-1] + 1, right + 1)
        self.sheet.charts.append((made, ":".join(corner)))

    def chart(self, top: int, bottom: int, one: Chart, first: int, last: int) -> None:
        """A chart over its part of the page."""
        places = ranges(self.layout, one, None)
        wide = sum(self.sheet.widths[column] for column in range(first, last + 1)) * UNIT_CM
        high = (bottom - top + 1) * ROW * POINT_CM
        made = replace(drawn(replace(one, title="", basis=""), places, wide, high),
                       says=described(one))  # fmt: skip
        corner = address(top, first), address(bottom + 1, last + 1)
        self.sheet.charts.append((made, ":".join(corner)))

    # ---- below and beside -----------------------------------------------------------------------

    def foot(self, row: int) -> int:
        """Who approves, and of what the page was made; its last row."""
        sheet = self.sheet
        self.space(row - 1)
        for column in range(1, COLUMNS + 1):
            sheet.put(row, column, None, "bfoot")
        sheet.put(row, 1, self.page.foot, "bfoot")
        sheet.jumps[address(row, 1)] = sheet_name(CONTENTS)
        for column, who in zip(APPROVALS, self.page.approvals, strict=True):
            sheet.put(row, column, f"{who}: ______________", "bfoot")
        sheet.heights[row] = 16.0
        return row

    def aside(self) -> None:
        """What the page reads and does not show: right of it, not printed."""
        self.sheet.put(DECISION, ASIDE, "Behind this page", "bheading")
        self.sheet.put(DECISION, ASIDE + 1, None, "bheading")
        for key in _aside(self.layout.scenario):
            item = self.layout.model.lines[key]
            _, row, _ = self.layout.home[key]
            self.sheet.put(row, ASIDE, item.label, "btext")
            self.line(key, "btextright" if item.is_text else f"bnum:{item.form}")


def _draws(band: Sequence[Exhibit]) -> bool:
    return any(isinstance(one.block, Chart) for one in band)


def _column_of(wide: Sequence[int], first: int, place: int) -> int:
    """The column in which a part of a table begins, past the gaps of the page."""
    column = first
    for number in range(place):
        column += wide[number]
        column += column in GAPS
    return column


def _starts(
    wide: Sequence[int], first: int, bars_at: int | None, numbers: Sequence[bool]
) -> list[int]:
    """The first column of each column of a table; bars have one that is none of the table's.

    Numbers stand in the last of the columns they take.
    """
    places = [place for place in range(len(wide)) if place != bars_at]
    return [
        _last_of(wide, first, place) if numbers[at] else _column_of(wide, first, place)
        for at, place in enumerate(places[: len(numbers)])
    ]


def _last_of(wide: Sequence[int], first: int, place: int) -> int:
    """The column in which a part of a table ends."""
    column = _column_of(wide, first, place) + wide[place] - 1
    return column + (column in GAPS)


def _first_rows(span: str, count: int) -> str:
    """The first rows of a range down a column."""
    first, _, _ = span.partition(":")
    column, row = first.replace("$", " ").split()
    return f"${column}${row}:${column}${int(row) + count - 1}"

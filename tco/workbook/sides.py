"""The first sheet of a comparison: what is compared, the results, their parts, what differs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tco import __version__
from tco.page.charts import MILLIONS
from tco.page.content import STACKS, Chart, Series
from tco.page.sideboard import kind_of
from tco.page.sides import OTHER, Comparison, Row, Total, number
from tco.page.sidewords import MILLION, said, told, untold
from tco.workbook.cells import Sheet, address, height, letters
from tco.workbook.charts import Ranges, drawn
from tco.workbook.sidegrid import (
    COMPARE,
    FIRST,
    FIRST_ROW,
    HEAD_ROW,
    KEY,
    LABEL,
    UNIT,
    SideGrid,
    numbers_row,
    widened,
)
from tco.workbook.sidelists import flags_area
from tco.workbook.sidewords import LARGEST, PIECES, Pieces, money_form

CHART_ROW, UNIT_CM = 0.53, 0.198  # cm of a row, and of a column's width unit
LEAST_CHART = 9.0  # cm, of its width
CHART_TALL = {"A4": 6.8, "A3": 8.5}  # cm: on A4 two and their charts fill one page


def draw_compare(grid: SideGrid) -> Sheet:
    """The first sheet."""
    sheet = grid.begun(COMPARE, _purpose(grid))
    sheet.put(3, UNIT, _letters(grid), "subtitle")
    return _Compare(grid, sheet).drawn()


def _purpose(grid: SideGrid) -> str:
    first = grid.comparison.sides[0].letter
    return (
        f"Scenarios side by side, money in {grid.comparison.currency}; differences are to {first}, "
        f"or to the first that has such a result; tco {__version__}"
    )


def _letters(grid: SideGrid) -> str:
    """What a letter stands for, in sheets and in defined names."""
    last = grid.comparison.sides[-1].letter
    return (
        f"Sheets “{last} …” are the workbook of {last}, whole; name {last}_mfu is its cell, "
        "mfu the row of all"
    )


@dataclass
class _Compare:
    """The sheet while it is drawn, row after row."""

    grid: SideGrid
    sheet: Sheet
    row: int = FIRST_ROW
    errors: int = 0  # the row of the counts of errors
    chart: tuple[float, list[int]] = field(
        default_factory=lambda: (0.0, [KEY])
    )  # the width of a chart, and where charts begin
    said: dict[int, int] = field(default_factory=dict)  # scenario -> the row of its sentence
    at: dict[Row, int] = field(default_factory=dict)  # result -> its row
    changed: dict[Row, int] = field(default_factory=dict)  # result -> the row of its differences
    shared: dict[Row, int] = field(default_factory=dict)  # the same as shares
    parts: dict[Total, list[int]] = field(default_factory=dict)  # total -> rows of its parts
    moved: dict[Total, list[int]] = field(default_factory=dict)  # the same of their differences

    @property
    def comparison(self) -> Comparison:
        return self.grid.comparison

    def drawn(self) -> Sheet:
        """Block after block; the sentences last, which read the others."""
        self.what()
        self.sentence_rows()
        charts = 0
        if self.comparison.totals:
            self.section("The totals as charts of their parts")
            charts, self.row = self.row, self.row + self.chart_rows()
        self.results("Results that two or more of them have", self.comparison.results)
        for total in self.comparison.totals:
            self.total(total)
        self.sheet.breaks.append(self.row)
        self.row += 1
        self.changes()
        self.sheet.breaks.append(self.row)
        self.row += 1
        self.inputs()
        if self.comparison.alone:
            self.results("Results that only one of them has", self.comparison.alone)
        self.pieces()
        widened(self.sheet, self.grid.columns)
        self.charts(charts)
        return self.sheet

    def section(self, heading: str) -> None:
        """A heading, after a free row."""
        self.row += 1
        self.grid.section(self.sheet, self.row, heading)
        self.row += 1

    def cells(self, row: int, *, fixed: str = "") -> list[str]:
        """The cells of a row, a scenario each."""
        return [address(row, column, fixed=fixed) for column in self.grid.columns]

    # ---- what is compared, and in words ----------------------------------------------------------

    def what(self) -> None:
        """Kind, file, day, how the checks stand, what was overridden since."""
        self.grid.section(self.sheet, self.row, "What is compared")
        self.row += 1
        self.texts("Kind of scenario", [kind_of(one) for one in self.comparison.sides])
        self.texts("File", [one.scenario.path for one in self.comparison.sides])
        titles = [moved.titles["Summary"] for moved in self.grid.moves]
        for column, moved in zip(self.grid.columns, self.grid.moves, strict=True):
            self.sheet.jumps[address(self.row, column)] = f"{moved.place('Summary')}!A1"
        self.texts("Its own first page, a click away", titles)
        for row in self.comparison.rows(["as_of", "case"]):
            self.grid.named(self.sheet, self.row, row)
            self.grid.links(self.sheet, self.row, row)
            self.row += 1
        self.checks()
        counted = [0.0] * self.grid.count
        self.label("Inputs overridden in this file", "count")
        for at, (column, value) in enumerate(zip(self.grid.columns, counted, strict=True)):
            self.sheet.put(self.row, column, value, "link:count", self.grid.state_target(at, 2))
        self.row += 1

    def label(self, words: str, unit: str = "", *, key: str = "", look: str = "labelwrap") -> None:
        self.sheet.put(self.row, KEY, key, "key")
        self.sheet.put(self.row, LABEL, words, look)
        self.sheet.put(self.row, UNIT, unit, "unit")

    def texts(self, words: str, values: Sequence[str]) -> None:
        """A row of words that are no inputs."""
        self.label(words)
        for column, value in zip(self.grid.columns, values, strict=True):
            self.sheet.put(self.row, column, value, "noteright")
        wide = self.sheet.widths[FIRST] * 0.9
        self.sheet.heights[self.row] = height(*((value, wide) for value in values))
        self.row += 1

    def checks(self) -> None:
        """How the checks of each stand; while an error does, its column gives way."""
        self.label("Checks")
        words = [layout.state_words() for layout in self.grid.layouts]
        for at, (column, value) in enumerate(zip(self.grid.columns, words, strict=True)):
            self.sheet.put(self.row, column, value, "link", self.grid.state_target(at))
            self.sheet.flags.append((address(self.row, column), "state"))
        wide = self.sheet.widths[FIRST] * 0.85
        self.sheet.heights[self.row] = height(*((value, wide) for value in words))
        self.row += 1
        self.errors = self.row
        for row in self.comparison.rows(["errors"]):
            self.grid.named(self.sheet, self.row, row)
            self.grid.links(self.sheet, self.row, row)
        area = f"{address(self.row, FIRST)}:{address(self.row, self.grid.last)}"
        errors = sum(int(side.scenario.numbers["errors"]) for side in self.comparison.sides)
        state = f"FAIL: {errors} error(s)" if errors else "OK: no error in any scenario"
        counted = f'IF(SUM({area})=0,"OK: no error in any scenario","FAIL: "&SUM({area})&'
        self.sheet.put(1, FIRST, state, "state", f'{counted}" error(s)")')
        self.sheet.flags.append((address(1, FIRST), "state"))
        self.row += 1

    def sentence_rows(self) -> None:
        """Rows for a sentence each, which are written once their pieces stand."""
        first = self.comparison.sides[0]
        self.section(f"Against {first.letter}, {first.scenario.title}")
        for at in told(self.comparison):
            self.said[at] = self.row
            self.sheet.heights[self.row] = 18
            self.row += 1
        if words := untold(self.comparison):
            self.sheet.put(self.row, LABEL, words, "headline")
            self.sheet.heights[self.row] = 18
            self.row += 1

    # ---- results and parts -----------------------------------------------------------------------

    def results(self, heading: str, rows: Sequence[Row]) -> None:
        """A row of links for each result."""
        self.section(heading)
        for one in rows:
            self.at[one] = self.row
            self.grid.named(self.sheet, self.row, one)
            self.grid.links(self.sheet, self.row, one, errors=self.errors)
            self.row += 1

    def total(self, total: Total) -> None:
        """The parts of a total, what is in none of them, and the total."""
        self.section(f"{total.row.label}: what it is made of")
        rows = self.parts[total] = []
        for one in total.parts:
            rows.append(self.row)
            self.grid.named(self.sheet, self.row, one)
            self.grid.links(self.sheet, self.row, one, errors=self.errors)
            self.row += 1
        self.label(OTHER, total.row.unit)
        has = total.row.keys
        sums = [
            f'IFERROR(ROUND({whole}-SUM({first}:{last}),2),"–")' if key else ""
            for key, whole, first, last in zip(
                has, self.cells(self.at[total.row]), self.cells(rows[0]),
                self.cells(rows[-1]), strict=True)
        ]  # fmt: skip
        numbers_row(self.sheet, self.row, self.grid.columns, self.comparison.other(total), sums,
                    f"calc:{total.row.form}")  # fmt: skip
        rows.append(self.row)
        self.row += 1
        self.sheet.put(self.row, KEY, total.row.key, "key")
        self.sheet.put(self.row, LABEL, total.row.label, "totallabel")
        self.sheet.put(self.row, UNIT, total.row.unit, "unit")
        above = [cell if key else "" for cell, key in
                 zip(self.cells(self.at[total.row]), has, strict=True)]  # fmt: skip
        numbers_row(self.sheet, self.row, self.grid.columns, self.comparison.shown(total.row),
                    above, f"total:{total.row.form}")  # fmt: skip
        self.row += 1

    # ---- differences -----------------------------------------------------------------------------

    def changes(self) -> None:
        """How much each lies above the first, result by result and part by part; then in shares."""
        compared = [one for one in self.comparison.results if not one.is_text]
        self.section(f"Difference to {self.first}, or to the first that has such a result")
        for one in compared:
            self.changed[one] = self.row
            self.change(one, self.at[one], self.comparison.changes(one))
        for total in self.comparison.totals:
            self.part_changes(total)
        self.section("The same differences, as shares of what they are to")
        for one in compared:
            self.shared[one] = self.row
            self.share(one)

    @property
    def first(self) -> str:
        """The letter of the first scenario."""
        return self.comparison.sides[0].letter

    def base(self, row: int, one: Row) -> str:
        """The cell of a row that its others are compared with."""
        return address(row, FIRST + one.base, fixed="c")

    def change(self, one: Row, source: int, values: Sequence[Any]) -> None:
        """A row of differences; `source` is the row where the amounts stand."""
        base = self.base(source, one)
        formulas = [f'IFERROR(ROUND({cell}-{base},6),"–")' if key else ""
                    for cell, key in zip(self.cells(source), one.keys, strict=True)]  # fmt: skip
        self.numbers(one, values, formulas, one.form)

    def share(self, one: Row) -> None:
        """A row of differences as shares."""
        base = self.base(self.at[one], one)
        changes = self.cells(self.changed[one])
        formulas = [f'IFERROR({cell}/ABS({base}),"–")' if key else ""
                    for cell, key in zip(changes, one.keys, strict=True)]  # fmt: skip
        self.numbers(replace(one, unit=""), self.comparison.shares(one), formulas, "share")

    def numbers(self, one: Row, values: Sequence[Any], formulas: Sequence[str], form: str) -> None:
        """A row of calculations, below the name of what they are about."""
        self.grid.named(self.sheet, self.row, one)
        numbers_row(self.sheet, self.row, self.grid.columns, values, formulas, f"calc:{form}")
        self.sheet.heights[self.row] = height((one.label, self.sheet.widths[LABEL] * 0.85))
        self.row += 1

    def part_changes(self, total: Total) -> None:
        """What moves a total; a part that is not there is nought of a total that is."""
        base = self.comparison.sides[total.row.base].letter
        self.section(f"{total.row.label}: difference to {base}, by part")
        sources, rows = self.parts[total], self.moved.setdefault(total, [])
        for one, source in zip(total.parts, sources, strict=False):
            rows.append(self.row)
            formulas = [self.moved_part(one, total, source, at) for at in range(self.grid.count)]
            values = self.comparison.part_changes(total, one)
            self.numbers(one, values, formulas, one.form)
        rows.append(self.row)
        self.change(replace(total.row, label=OTHER), sources[-1],
                    self.comparison.other_changes(total))  # fmt: skip
        self.sheet.put(self.row - 1, KEY, "", "key")

    def moved_part(self, one: Row, total: Total, source: int, at: int) -> str:
        """The difference of a part: nothing is subtracted from, or added to, what is not there."""
        if not total.row.keys[at]:
            return ""
        base = total.row.base
        amounts = [self.amount(one, total, source, place) for place in (at, base)]
        return f'IFERROR(ROUND({"-".join(amounts)},6),"–")'

    def amount(self, one: Row, total: Total, source: int, at: int) -> str:
        """The cell of a part; nought of the total where it has none, while that is a number."""
        if one.keys[at]:
            return address(source, FIRST + at, fixed="c")
        return f"0*{address(self.at[total.row], FIRST + at, fixed='c')}"

    # ---- inputs ----------------------------------------------------------------------------------

    def inputs(self) -> None:
        """The inputs that differ, and how many are alike."""
        self.section("Inputs that differ as built, among those that have them; live, and all of "
                     "them, on the sheet All inputs")  # fmt: skip
        for one in self.comparison.differing:
            self.grid.named(self.sheet, self.row, one)
            self.grid.links(self.sheet, self.row, one)
            self.row += 1
        area = flags_area(self.grid)
        rows = [one for one in self.comparison.inputs if one.count > 1]
        differ = sum(map(self.comparison.differs, rows))
        for words, value, formula in (
            ("Inputs that differ now, published figures too", differ, f"SUM({area})"),
            ("Inputs alike in all that have them", len(rows) - differ,
             f"COUNT({area})-SUM({area})"),
        ):  # fmt: skip
            self.label(words, "count", look="of")
            self.sheet.put(self.row, FIRST, float(value), "link:count", formula)
            self.row += 1

    # ---- the sentences ---------------------------------------------------------------------------

    def pieces(self) -> None:
        """What each sentence is made of, and the sentences above."""
        found = told(self.comparison)
        for total in self.comparison.totals:
            columns = [at for at, one in found.items() if one is total]
            if columns:
                self.pieces_of(total, columns)

    def pieces_of(self, total: Total, columns: Sequence[int]) -> None:
        """The pieces of the sentences on a total, a column a scenario, and the sentences."""
        self.section(f"What the sentences on {total.row.label} are made of")
        for words in PIECES:
            self.label(words, total.row.unit if words == PIECES[LARGEST] else "")
            self.row += 1
        top, wide = self.row - len(PIECES), self.sheet.widths[FIRST] * 0.85
        for at in columns:
            made, found = self.made_of(total, at, top), said(self.comparison, total, at)
            pairs = zip(found.pieces, made.formulas(), strict=True)
            for row, (value, formula) in enumerate(pairs, top):
                look = "notecalc" if isinstance(value, str) else f"calc:{total.row.form}"
                self.sheet.put(row, made.column, value, look, formula)
                if isinstance(value, str):
                    tall = self.sheet.heights.get(row, 0.0)
                    self.sheet.heights[row] = max(tall, height((value, wide)))
            self.sheet.put(self.said[at], LABEL, found.sentence, "headline",
                           made.sentence(found.head))  # fmt: skip

    def made_of(self, total: Total, at: int, top: int) -> Pieces:
        """What the sentence of a scenario on a total is made of."""
        column, moved = FIRST + at, self.moved[total]
        first, last = moved[0], moved[-1]
        names = (address(row, LABEL, fixed="rc") for row in (first, last))
        return Pieces(
            top, column,
            change=address(self.changed[total.row], column),
            share=address(self.shared[total.row], column),
            parts=f"{address(first, column)}:{address(last, column)}",
            names=":".join(names),
            base=self.comparison.sides[total.row.base].letter,
            money=money_form(self.comparison.currency),
        )  # fmt: skip

    # ---- charts ----------------------------------------------------------------------------------

    @property
    def tall(self) -> float:
        """The height of a chart in cm."""
        return CHART_TALL[self.sheet.paper]

    def side_by_side(self) -> tuple[float, list[int]]:
        """The width of a chart in cm, and the columns where those of one band begin.

        Narrower than it could be, where all of them then stand side by side.
        """
        most = max(12.0, 4.0 + self.grid.count)
        tried = [most - step / 2 for step in range(int(2 * (most - LEAST_CHART)) + 1)]
        bands = ((chart, self.band(chart)) for chart in tried)
        wanted = len(self.comparison.totals)
        return next((one for one in bands if len(one[1]) >= wanted), (most, self.band(most)))

    def band(self, chart: float) -> list[int]:
        """The columns where charts begin that stand side by side, each so many cm wide."""
        found, left, free = [], 0.0, 0.0
        for column in range(KEY, self.grid.last + 1):
            if left >= free and left + chart <= sum(self.sheet.widths.values()) * UNIT_CM:
                found.append(column)
                free = left + chart
            left += self.sheet.widths[column] * UNIT_CM
        return found or [KEY]

    def chart_rows(self) -> int:
        """How many rows the charts take; columns that grow wider make no more of them."""
        self.chart = self.side_by_side()
        bands = math.ceil(len(self.comparison.totals) / len(self.chart[1]))
        return bands * (math.ceil(self.tall / CHART_ROW) + 1)

    def charts(self, row: int) -> None:
        """What each total is made of, as columns of parts on one another."""
        chart, columns = self.chart
        for number_of, total in enumerate(self.comparison.totals):
            band, place = divmod(number_of, len(columns))
            at = row + band * (math.ceil(self.tall / CHART_ROW) + 1)
            cell = f"{letters(columns[place])}{at}"
            rows = self.parts[total][:-1]
            found = Chart(
                STACKS, f"{total.row.label}, {total.row.unit}", (),
                tuple(Series(one.label, ()) for one in total.parts), total.row.unit,
                MILLIONS if self.is_large(total) else "#,##0",
            )  # fmt: skip
            ranges = Ranges(self.across(HEAD_ROW), tuple(self.across(one) for one in rows))
            self.sheet.charts.append((drawn(found, ranges, chart, self.tall), cell))

    def is_large(self, total: Total) -> bool:
        """Whether a total comes to a million anywhere, as the scenarios stand."""
        amounts = (number(one) or 0.0 for one in self.comparison.shown(total.row))
        return max(map(abs, amounts)) >= MILLION

    def across(self, row: int) -> str:
        """The cells of a row, as a chart names them."""
        first, last = (address(row, column, fixed="rc") for column in (FIRST, self.grid.last))
        return f"'{COMPARE}'!{first}:{last}"

"""Summary: the first page."""

from __future__ import annotations

import functools
import math
from typing import Any

from tco import __version__
from tco.lines import Cells, Excerpt, Undefined, excel
from tco.model.state import WITHHELD, headlines, is_link
from tco.scenario import Scenario
from tco.workbook.cells import Sheet, address, letters
from tco.workbook.charts import bars
from tco.workbook.deadline import cost_curve
from tco.workbook.grid import STATE_ROW, Layout, value_of
from tco.workbook.ownership import pictures
from tco.workbook.places import Places
from tco.workbook.sheets import left_out
from tco.workbook.style import number_format

LEFT, MIDDLE, RIGHT = 2, 3, 4
LEFT2, MIDDLE2, RIGHT2 = 6, 7, 8
LEFT_SIDE, RIGHT_SIDE = (LEFT, MIDDLE, RIGHT), (LEFT2, MIDDLE2, RIGHT2)

TALL = 78  # rows from which the first page stands upright
MOST_ROWS = 15  # of a table that the first page shows
UNSAID = ("flag", "ratio", "share", "1", "count")

TILES = (
    ("gpus", "GPUs bought"),
    ("buy_total", "Total to buy"),
    ("rent_total", "Total to rent, same staff"),
    ("breakeven_runs", "Runs to break even"),
    ("days_needed", "Days needed"),
    ("co2_tonnes", "t CO2e, operational"),
)
BUY_ROWS = (
    ("gpu_cost", "gpu_cost_of_total"),
    ("other_hardware_cost", "other_hardware_of_total"),
    ("datacenter_cost", "datacenter_of_total"),
    ("staff_cost", "staff_of_total"),
)
RENT_ROWS = (
    ("on_demand_total", "on_demand_timing"),
    ("reserved_total", "reserved_timing"),
    ("spot_total", "spot_timing"),
)
RESTING_ON = (
    "chip", "precision", "mfu", "availability", "deadline_days", "gpu_price", "offer",
    "on_demand_price", "rent_option", "rent_cost", "currency", "backtest_comparable_runs",
    "backtest_comparable_median", "backtest_comparable_lower", "backtest_comparable_upper",
)  # fmt: skip


SENTENCES = 5  # the row of the first


def place_summary(scenario: Scenario) -> Places:
    """Where the sentences stand, and the error that takes their place."""
    rows = {"error_sentence": SENTENCES - 1}
    rows |= {key: row for row, key in enumerate(headlines(scenario.model), SENTENCES)}
    return Places(home={key: ("Summary", row, LEFT) for key, row in rows.items()})


def draw_summary(layout: Layout) -> Sheet:
    """The first page."""
    page = _Summary(layout)
    page.fill()
    return page.sheet


class _Summary:
    """The first page: sentences, tiles, two tables, what it rests on, three charts."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.model = layout.model
        self.front = layout.model.front
        self.sheet = Sheet("Summary")
        self.local: dict[str, str] = {}
        self.drawn: list[tuple[str, int, int]] = []  # charts of excerpts: title, first and last row

    def fill(self) -> None:
        sheet, scenario = self.sheet, self.layout.scenario
        sheet.widths = {1: 2, 2: 38, 3: 24, 4: 22, 5: 3, 6: 38, 7: 28, 8: 38}
        sheet.freeze, sheet.one_page = "A4", True
        sheet.put(1, LEFT, scenario.title, "title")
        sheet.put(2, LEFT, f"tco {__version__}; as of {scenario.as_of}; money in "
                  f"{scenario.currency}; scenario {scenario.path}, {scenario.sha256[:12]}",
                  "subtitle")  # fmt: skip
        self.layout.state(sheet, 1, RIGHT2 - 1)
        self.link(3, MIDDLE2, "first_finding", "finding")
        self.link(4, 1, "errors", "some:flag")
        self.error()
        for column, (name, look) in zip(
            (LEFT, MIDDLE, RIGHT, LEFT2),
            (("input", "keyinput"), ("link to another sheet", "keylink"),
             ("calculation on this sheet", "keycalc"), ("check", "keycheck")), strict=True,
        ):  # fmt: skip
            sheet.put(3, column, name, look)
        sentences = self.sentence_keys()
        row = SENTENCES + len(sentences) + 1
        for tiles in self.tile_rows():
            self.tiles(row, tiles)
            row += 3
        for excerpt in self.front.excerpts:
            row = self.excerpt(row, excerpt) + 2
        left = right = row
        if "buy_total" in self.model:
            left = self.buy_table(left) + 2
        if "rent_cost" in self.model:
            right = self.rent_table(right) + 2
        left = right = max(left, right)
        left = self.published(left) + 2
        if "evidence_kinds" in self.model.axes:
            left = self.evidence(left) + 2
        if "buy_total" in self.model:
            right = self.resting_on(right, RIGHT_SIDE) + 2
        else:
            left = self.resting_on(left, LEFT_SIDE) + 2
        right = self.left_out(right)
        self.sentences(SENTENCES, sentences)
        self.charts(self.findings(max(left, right)) + 1)

    def link(self, row: int, column: int, key: str, look: str) -> None:
        """A green cell: one reference to where the key stands."""
        owner, home_row, home_column = self.layout.home[key]
        self.sheet.put(row, column, self.layout.shown(key), look,
                       f"{owner}!{address(home_row, home_column, fixed='rc')}")  # fmt: skip
        self.local.setdefault(key, address(row, column, fixed="rc"))

    def sentence_keys(self) -> list[str]:
        """The sentences of the first page."""
        return headlines(self.model)

    def sentences(self, row: int, keys: list[str]) -> None:
        cells = Cells(at=self.here, before=str, range=str)
        for number, key in enumerate(keys, row):
            self.sheet.put(number, LEFT, self.layout.shown(key), "headline",
                           excel(self.model.lines[key].tree, cells))  # fmt: skip
            self.sheet.heights[number] = 18

    def error(self) -> None:
        """The error that stands, above everything that it takes the place of."""
        one = self.model.lines["error_sentence"]
        cells = Cells(at=self.here, before=str, range=str)
        self.sheet.put(4, LEFT, self.layout.shown(one.key), "unseen", excel(one.tree, cells))
        self.sheet.heights[4] = 22
        self.sheet.flags.append((address(4, LEFT), f"broken:{self.here('errors')}"))

    def here(self, key: str) -> str:
        """Where a key is read on this page: its link, or for a whole sentence its own cell."""
        if key in self.local:
            return self.local[key]
        owner, row, column = self.layout.home[key]
        return f"{owner}!{address(row, column, fixed='rc')}"

    def tile_rows(self) -> list[list[tuple[str, str]]]:
        """The tiles of this kind and the shared ones, and a row of others where there is one."""
        shared = [one for one in TILES if one[0] not in dict(self.front.tiles)]
        rows = ((*self.front.tiles, *shared), self.front.second_tiles)
        found = [[one for one in row if one[0] in self.model] for row in rows]
        return [row for row in found if row]

    def tiles(self, row: int, found: list[tuple[str, str]]) -> None:
        """Six figures side by side, each below its name."""
        columns = (LEFT, MIDDLE, RIGHT, LEFT2, MIDDLE2, RIGHT2)
        for column in range(LEFT, RIGHT2 + 1):
            self.sheet.put(row, column, None, "tilelabel")
            self.sheet.put(row + 1, column, None, "tilelabel")
        for column, (key, label) in zip(columns, found, strict=False):
            item = self.model[key]
            unit = self.layout.unit(item.unit)
            money = f", {unit}" if item.unit == "USD" else ""
            self.sheet.put(row, column, label + money, "tilelabel")
            self.link(row + 1, column, key, f"tilelink:{item.form}")
            self.give_way(row + 1, column)
        self.sheet.heights[row], self.sheet.heights[row + 1] = 18, 30

    def give_way(self, row: int, column: int) -> None:
        """A figure is shown only while no error stands."""
        value, look, formula = self.sheet.cells[row, column]
        shown = WITHHELD if self.layout.numbers["errors"] else value
        formula = f'IF({self.local["errors"]}=0,{formula},"{WITHHELD}")'
        self.sheet.put(row, column, shown, look, formula)

    def excerpt(self, row: int, excerpt: Excerpt) -> int:
        """Rows of a table, one each, and the total below; returns the last row."""
        columns = (MIDDLE, RIGHT, LEFT2, MIDDLE2, RIGHT2)
        ids = self.layout.scenario.row_ids(excerpt.axis)
        shown = ids if len(ids) <= MOST_ROWS else ids[: MOST_ROWS - 1]
        self.sheet.put(row, LEFT, excerpt.title, "head")
        self.sheet.put(row, 5, None, "head")
        pairs = list(zip(columns, excerpt.columns, strict=False))
        for column in columns:
            self.sheet.put(row, column, None, "head")
        for column, (key, heading) in pairs:
            item = self.model[key]
            unit = "" if item.is_text or item.unit in UNSAID else f", {self.layout.unit(item.unit)}"
            self.sheet.put(row, column, heading + unit, "headtext" if item.is_text else "headnum")
        for number, row_id in enumerate(shown):
            at = row + 1 + number
            name = self.layout.numbers[excerpt.names][number] if excerpt.names else row_id
            self.row_link(at, LEFT, excerpt.names or excerpt.axis, number, value_of(name),
                          "linklabel")  # fmt: skip
            for column, (key, _) in pairs:
                item = self.model[key]
                look = "linktext" if item.is_text else f"link:{item.form}"
                value = self.layout.shown_row(key, number)
                self.row_link(at, column, key, number, value, look)
        last = row + len(shown)
        if excerpt.greyed:
            at = [key for key, _ in excerpt.columns].index(excerpt.greyed)
            area = f"{address(row + 1, LEFT)}:{address(last, RIGHT2)}"
            self.sheet.flags.append((area, f"back:{letters(columns[at])}"))
        if excerpt.chart:
            self.drawn.append((excerpt.chart, row + 1, last))
        if len(shown) < len(ids):
            last += 1
            home = self.layout.ranges[excerpt.columns[0][0]][0]
            said = f"and {len(ids) - len(shown)} more rows on {home}"
            self.sheet.put(last, LEFT, said, "of")
        if excerpt.total:
            last += 1
            item = self.model[excerpt.total]
            self.sheet.put(last, LEFT, item.label, "totallabel")
            self.link(last, MIDDLE, excerpt.total, f"totallink:{item.form}")
        return last

    def row_link(self, row: int, column: int, key: str, number: int, value: Any, look: str) -> None:
        """A green cell: one reference to a row of a table."""
        owner = self.layout.ranges[key][0]
        place, first = self.layout.columns[key]
        self.sheet.put(row, column, value, look,
                       f"{owner}!{address(first + number, place, fixed='rc')}")  # fmt: skip

    def heading(self, row: int, columns: tuple[int, ...], texts: tuple[str, ...]) -> None:
        for column, text in zip(columns, texts, strict=True):
            words = column in (LEFT, LEFT2) or text in ("Timing", "unit")
            indented = words and column in (RIGHT, RIGHT2)
            self.sheet.put(row, column, f"  {text}" if indented else text,
                           "head" if words else "headnum")  # fmt: skip

    def buy_table(self, row: int) -> int:
        currency = self.layout.scenario.currency
        self.heading(row, (LEFT, MIDDLE, RIGHT), ("Buying, for this run", currency, "of total"))
        self.first_cost = row + 1
        for number, (key, share) in enumerate(BUY_ROWS, 1):
            self.sheet.put(row + number, LEFT, self.layout.label(key), "label")
            self.link(row + number, MIDDLE, key, "link:USD")
            self.link(row + number, RIGHT, share, "link:share")
        last = row + len(BUY_ROWS) + 1
        self.sheet.put(last, LEFT, "Total to buy", "totallabel")
        self.link(last, MIDDLE, "buy_total", "totallink:USD")
        self.sheet.put(last, RIGHT, None, "totallabel")
        self.sheet.put(last + 1, LEFT, "of which electricity, inside data centre", "of")
        self.link(last + 1, MIDDLE, "datacenter_energy_cost", "link:USD")
        self.sheet.put(last + 1, RIGHT, None, "blank")
        return last + 1

    def rent_table(self, row: int) -> int:
        currency = self.layout.scenario.currency
        self.heading(row, (LEFT2, MIDDLE2, RIGHT2), ("This run, staff in all", currency, "Timing"))
        self.first_option = row + 1
        self.sheet.put(row + 1, LEFT2, "Buy", "label")
        self.link(row + 1, MIDDLE2, "buy_total", "link:USD")
        self.sheet.put(row + 1, RIGHT2, "in time once delivered", "note")
        for number, (key, timing) in enumerate(RENT_ROWS, 2):
            self.sheet.put(row + number, LEFT2, self.layout.label(key).replace(", with staff", ""),
                           "label")  # fmt: skip
            self.link(row + number, MIDDLE2, key, "link:USD")
            self.link(row + number, RIGHT2, timing, "linktext")
        last = row + 5
        self.sheet.put(last, LEFT2, "of which paid but idle, if reserved", "of")
        self.link(last, MIDDLE2, "rent_reserved_idle_cost", "link:USD")
        self.sheet.put(last, RIGHT2, None, "blank")
        self.sheet.put(last + 1, LEFT2, "GPU-hours billed", "label")
        self.link(last + 1, MIDDLE2, "gpu_hours", "link:GPU-h")
        self.sheet.put(last + 1, RIGHT2, None, "blank")
        return last + 1

    def published(self, row: int) -> int:
        """Published against computed; a figure that the source does not print shows a dash."""
        found = [key for key, one in self.model.givens.items() if one.prints]
        if self.front.excerpts:  # what these sources print is another thing
            found = [key for key in found if not isinstance(self.layout.numbers[key], Undefined)]
        if not found:
            return row - 2
        self.heading(row, (LEFT, MIDDLE, RIGHT),
                     ("Published against computed", "published", "computed"))  # fmt: skip
        for printed in found:
            ours = self.model.givens[printed].prints
            row += 1
            form = self.layout.model[ours].form
            self.sheet.put(row, LEFT, self.layout.label(ours), "label")
            self.link(row, MIDDLE, printed, f"link:{form}")
            self.link(row, RIGHT, ours, f"link:{form}")
            if ours == "gpus" and "gpus_ideal" in self.model:
                for label, key in (
                    ("GPUs that its inputs give at availability 1", "gpus_ideal"),
                    ("Published count above that", "published_gpus_excess"),
                    ("Availability that explains it", "implied_availability"),
                ):
                    row += 1
                    self.sheet.put(row, LEFT, label, "of")
                    self.sheet.put(row, MIDDLE, None, "blank")
                    self.link(row, RIGHT, key, f"link:{self.layout.model[key].form}")
        return row

    def evidence(self, row: int) -> int:
        """What the totals rest on, kind by kind; returns the last row."""
        columns = (("kind_buy_share", MIDDLE), ("kind_rent_share", RIGHT))
        self.heading(row, (LEFT, MIDDLE, RIGHT), ("Prices behind the totals", "buying", "renting"))
        rows = self.layout.scenario.rows_of("evidence_kinds")
        for number, (_, label, _) in enumerate(rows):
            row += 1
            self.sheet.put(row, LEFT, label, "label")
            for key, column in columns:
                value = value_of(self.layout.numbers[key][number])
                self.row_link(row, column, key, number, value, "link:share")
        row += 1
        self.sheet.put(row, LEFT, "Mean age of their prices, days", "of")
        self.link(row, MIDDLE, "buy_age_days", "link:GPU")
        self.link(row, RIGHT, "rent_age_days", "link:GPU")
        return row

    def findings(self, row: int) -> int:
        """The alerts in words, across the page; returns the last row."""
        for column in range(LEFT, RIGHT2 + 1):
            text = "Findings that qualify these numbers" if column == LEFT else None
            self.sheet.put(row, column, text, "head")
        alerts = [one for one in self.layout.main_checks if one.kind == "alert"]
        for number, one in enumerate(alerts, 1):
            self.sheet.put(row + number, LEFT, one.flag.label, "label")
            self.link(row + number, MIDDLE, one.says.key, "finding")
            for column in range(RIGHT, RIGHT2 + 1):
                self.sheet.put(row + number, column, None, "blank")
        if alerts:
            area = f"{address(row + 1, MIDDLE)}:{address(row + len(alerts), RIGHT2)}"
            self.sheet.flags.append((area, "found"))
        return row + len(alerts)

    def resting_on(self, row: int, side: tuple[int, int, int]) -> int:
        """The inputs that matter most, as they stand; returns the last row."""
        names, values, units = side
        self.heading(row, side, ("Resting on", "value", "unit"))
        shared = [key for key in RESTING_ON if key not in self.front.resting_on]
        keys = [key for key in (*self.front.resting_on, *shared) if key in self.model]
        composed = [self.model.lines[key] for key in self.sentence_keys()]
        said = {need for one in composed for need in one.needs
                if not is_link(one)}  # fmt: skip
        keys += [key for key in self.model.items if key in said - set(self.local) - set(keys)]
        for number, key in enumerate(keys, 1):
            item = self.layout.model[key]
            self.sheet.put(row + number, names, item.label, "label")
            look = "linkright" if item.is_text else f"link:{item.form}"
            self.link(row + number, values, key, look)
            unit = None if item.is_text or item.unit == "share" else self.layout.unit(item.unit)
            self.sheet.put(row + number, units, unit, "unitafter")
        row += len(keys) + 1
        self.sheet.put(row, names, "Inputs overridden in this file", "label")
        self.sheet.put(row, values, 0, "link:1", f"Checks!$D${STATE_ROW + 2}")
        self.sheet.put(row, units, None, "blank")
        return row

    def left_out(self, row: int) -> int:
        """The shared sheets that this kind does without, and why; returns the next free row."""
        found = left_out(self.model)
        if not found:
            return row
        for column in (LEFT2, MIDDLE2, RIGHT2):
            heading = "Sheets left out, and why" if column == LEFT2 else None
            self.sheet.put(row, column, heading, "head")
        for title, why in found:
            row += 1
            self.sheet.put(row, LEFT2, title, "label")
            self.sheet.put(row, MIDDLE2, why, "noteflow")
        return row + 2

    def charts(self, row: int) -> None:
        """Charts side by side, three in a row of the page."""
        currency = self.layout.scenario.currency
        made: list[Any] = []
        for title, first, last in self.drawn:
            cells = [self.sheet.cells[at, MIDDLE] for at in range(first, last + 1)]
            unit = cells[0].look.partition(":")[2]
            numbers = [float(one.value) for one in cells if isinstance(one.value, float | int)]
            form = _axis_form(unit, max(numbers, default=0.0))
            axis = self.layout.unit(unit.removesuffix(" exact"))
            made.append(functools.partial(
                bars, title, "Summary", names=LEFT, values=MIDDLE, first=first, last=last,
                axis=axis, form=form, height=max(6.6, 0.55 * (last - first + 1) + 2.5),
            ))  # fmt: skip
        if "buy_total" in self.model:
            made.append(functools.partial(
                bars, f"What buying is made of, {currency}", "Summary", names=LEFT, values=MIDDLE,
                first=self.first_cost, last=self.first_cost + 3, axis=currency,
                form=_axis_form("USD", float(self.layout.numbers["buy_total"])),
                height=6.6,
            ))  # fmt: skip
        if "rent_cost" in self.model:
            made.append(functools.partial(
                bars, f"Buy or rent this run, staff in all, {currency}", "Summary", names=LEFT2,
                values=MIDDLE2, first=self.first_option, last=self.first_option + 3, axis=currency,
                form=_axis_form("USD", float(self.layout.numbers["on_demand_total"])), height=6.6,
                colours=(0, 1, 1, 1),
            ))  # fmt: skip
        if "capex_part" in self.model:
            made += [functools.partial(one, height=7.4) for one in pictures(self.layout)]
        if self.layout.case_rows and cost_curve(self.layout, 12.4, 6.6):
            made.append(functools.partial(cost_curve, self.layout, height=6.6))
        tallest = 0.0
        for number, make in enumerate(made):
            letter, width = (("B", 12), ("D", 12.2), ("G", 12.4))[number % 3]
            if number and number % 3 == 0:
                row += math.ceil(tallest / 0.53) + 1
                tallest = 0.0
            chart = make(width=width)
            tallest = max(tallest, chart.height)
            self.sheet.charts.append((chart, f"{letter}{row}"))
        self.sheet.landscape = row + tallest / 0.53 < TALL


def _axis_form(unit: str, highest: float) -> str:
    """The number format of a chart's labels: as its cells, or in millions or thousands."""
    money = unit.removesuffix(" exact") == "USD"
    if money and highest >= 1e6:
        return '#,##0.0,,"  M"'
    if money:
        return "#,##0.00" if highest < 1000 else "#,##0"
    return number_format(unit)

"""The sheets around the workings: Summary and Log."""

from __future__ import annotations

from typing import Any

from tco import __version__
from tco.catalogue import CATALOGUE_DATE, MISSING
from tco.lines import Cells, Undefined, excel
from tco.quantities import show
from tco.sheets import ORDER
from tco.workbook.cells import Sheet, address, height
from tco.workbook.charts import bars, curves
from tco.workbook.grid import STATE_ROW, VALUE, Layout, value_of

LEFT, MIDDLE, RIGHT = 2, 3, 4
LEFT2, MIDDLE2, RIGHT2 = 6, 7, 8

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


def front_sheets(layout: Layout) -> None:
    """Fill Summary and Log, after everything they point to has its place."""
    _Summary(layout).fill()
    _log(layout)


class _Summary:
    """The first page: sentences, tiles, two tables, what it rests on, three charts."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.sheet: Sheet = layout.sheets["Summary"]
        self.local: dict[str, str] = {}

    def fill(self) -> None:
        sheet, scenario = self.sheet, self.layout.scenario
        sheet.widths = {1: 2, 2: 38, 3: 24, 4: 22, 5: 3, 6: 38, 7: 28, 8: 38}
        sheet.freeze, sheet.one_page = "A4", True
        sheet.put(1, LEFT, scenario.title, "title")
        sheet.put(2, LEFT, f"tco {__version__}; as of {scenario.as_of}; money in "
                  f"{scenario.currency}; scenario {scenario.path}, {scenario.sha256[:12]}",
                  "subtitle")  # fmt: skip
        self.layout.state(sheet, 1, RIGHT2 - 1)
        sheet.put(3, MIDDLE2, self.layout.sheets["Checks"].cells[STATE_ROW + 1, VALUE].value,
                  "finding", f"Checks!$D${STATE_ROW + 1}")  # fmt: skip
        for column, (name, look) in zip(
            (LEFT, MIDDLE, RIGHT, LEFT2),
            (("input", "keyinput"), ("link to another sheet", "keylink"),
             ("calculation on this sheet", "keycalc"), ("check", "keycheck")), strict=True,
        ):  # fmt: skip
            sheet.put(3, column, name, look)
        self.tiles(9)
        self.buy_table(12)
        self.rent_table(12)
        below = max(self.evidence(self.published(20) + 2), self.resting_on(20)) + 2
        self.sentences(5)
        self.charts(self.findings(below) + 1)

    def link(self, row: int, column: int, key: str, look: str) -> None:
        """A green cell: one reference to where the key stands."""
        owner, home_row, home_column = self.layout.home[key]
        self.sheet.put(row, column, self.layout.shown(key), look,
                       f"{owner}!{address(home_row, home_column, fixed='rc')}")  # fmt: skip
        self.local.setdefault(key, address(row, column, fixed="rc"))

    def sentences(self, row: int) -> None:
        keys = [
            key for key, one in self.layout.model.lines.items()
            if one.section == "summary" and one.is_text
        ]  # fmt: skip
        for number, key in enumerate(keys):
            one = self.layout.model.lines[key]
            cells = Cells(at=self.local.__getitem__, before=str, range=str)
            self.sheet.put(row + number, LEFT, self.layout.shown(key), "headline",
                           excel(one.tree, cells))  # fmt: skip
            self.sheet.heights[row + number] = 18
            self.layout.home[key] = ("Summary", row + number, LEFT)

    def tiles(self, row: int) -> None:
        columns = (LEFT, MIDDLE, RIGHT, LEFT2, MIDDLE2, RIGHT2)
        for column, (key, label) in zip(columns, TILES, strict=True):
            item = self.layout.model[key]
            unit = self.layout.unit(item.unit)
            money = f", M {unit}" if item.unit == "USD" else ""
            self.sheet.put(row, column, label + money, "tilelabel")
            self.link(row + 1, column, key, f"tilelink:{item.form}")
        self.sheet.put(row, 5, None, "tilelabel")
        self.sheet.put(row + 1, 5, None, "tilelabel")
        self.sheet.heights[row], self.sheet.heights[row + 1] = 18, 30

    def heading(self, row: int, columns: tuple[int, ...], texts: tuple[str, ...]) -> None:
        for column, text in zip(columns, texts, strict=True):
            words = column in (LEFT, LEFT2) or text in ("Timing", "unit")
            self.sheet.put(row, column, f"  {text}" if words and column == RIGHT2 else text,
                           "head" if words else "headnum")  # fmt: skip

    def buy_table(self, row: int) -> None:
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

    def rent_table(self, row: int) -> None:
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

    def published(self, row: int) -> int:
        """Published against computed; a figure that the source does not print shows a dash."""
        self.heading(row, (LEFT, MIDDLE, RIGHT),
                     ("Published against computed", "published", "computed"))  # fmt: skip
        for printed in self.layout.model.givens:
            ours = printed.removeprefix("published_")
            if ours == printed:
                continue
            row += 1
            form = self.layout.model[ours].form
            self.sheet.put(row, LEFT, self.layout.label(ours), "label")
            self.link(row, MIDDLE, printed, f"link:{form}")
            self.link(row, RIGHT, ours, f"link:{form}")
            if ours == "gpus":
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
                place, first = self.layout.columns[key]
                owner = self.layout.ranges[key][0]
                self.sheet.put(row, column, value_of(self.layout.numbers[key][number]),
                               "link:share",
                               f"{owner}!{address(first + number, place, fixed='rc')}")  # fmt: skip
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
        return row + len(alerts)

    def resting_on(self, row: int) -> int:
        """The inputs that matter most, as they stand; returns the last row."""
        self.heading(row, (LEFT2, MIDDLE2, RIGHT2), ("Resting on", "value", "unit"))
        for number, key in enumerate(RESTING_ON, 1):
            item = self.layout.model[key]
            self.sheet.put(row + number, LEFT2, item.label, "label")
            look = "linkright" if item.is_text else f"link:{item.form}"
            self.link(row + number, MIDDLE2, key, look)
            unit = None if item.is_text or item.unit == "share" else self.layout.unit(item.unit)
            self.sheet.put(row + number, RIGHT2, unit, "unitafter")
        row += len(RESTING_ON) + 1
        self.sheet.put(row, LEFT2, "Inputs overridden in this file", "label")
        self.sheet.put(row, MIDDLE2, 0, "link:1", f"Checks!$D${STATE_ROW + 2}")
        self.sheet.put(row, RIGHT2, None, "blank")
        return row

    def charts(self, row: int) -> None:
        currency = self.layout.scenario.currency
        scaled = '#,##0.0,,"  M"'
        charts = self.sheet.charts
        charts.append((bars(
            f"What buying is made of, {currency}", "Summary", names=LEFT, values=MIDDLE,
            first=self.first_cost, last=self.first_cost + 3, axis=currency, form=scaled,
            width=12, height=6.6,
        ), f"B{row}"))  # fmt: skip
        charts.append((bars(
            f"Buy or rent this run, staff in all, {currency}", "Summary", names=LEFT2,
            values=MIDDLE2, first=self.first_option, last=self.first_option + 3, axis=currency,
            form=scaled, width=12.2, height=6.6, colours=(0, 1, 1, 1),
        ), f"D{row}"))  # fmt: skip
        if curve := self.curve(12.4, 6.6):
            charts.append((curve, f"G{row}"))
        self.deadline_charts()

    def curve(self, width: float, height: float) -> Any:
        """Buying and renting by days allowed; None where a given total leaves no curve to draw."""
        currency, rows = self.layout.scenario.currency, self.layout.case_rows
        drawn = tuple(
            (rows[key], name)
            for key, name in (("buy_total", "Buy"), ("rent_total", "Rent, cheapest in time"))
            if key in rows
        )
        return drawn and curves(
            f"A later deadline costs less to buy, {currency}", "Deadline",
            across=(10, self.last_case), x_row=rows["deadline_days"], rows=drawn,
            x_axis="days to the deadline", y_axis=currency, x_form="0", y_form='#,##0,,"  M"',
            width=width, height=height,
        )  # fmt: skip

    @property
    def last_case(self) -> int:
        return max(column for _, column in self.layout.sheets["Deadline"].cells)

    def deadline_charts(self) -> None:
        """The two curves below the table they are drawn from, on a page of their own."""
        deadline, rows = self.layout.sheets["Deadline"], self.layout.case_rows
        start = max(rows.values()) + 2
        deadline.breaks.append(start - 1)
        if curve := self.curve(23.5, 14):
            deadline.charts.append((curve, f"B{start}"))
        if "gpus" in rows:
            gpus = curves(
                "A later deadline needs fewer GPUs", "Deadline", across=(10, self.last_case),
                x_row=rows["deadline_days"], rows=((rows["gpus"], "GPUs bought"),),
                x_axis="days to the deadline", y_axis="GPUs", x_form="0", y_form="#,##0",
                width=26, height=14,
            )  # fmt: skip
            deadline.charts.append((gpus, f"J{start}"))


def _log(layout: Layout) -> None:
    """What made this file, what was changed from the defaults, what was tested and what was not."""
    sheet, scenario = layout.sheets["Log"], layout.scenario
    layout.head(sheet, "what made this file, and what was tested", ("What", "Value", "Remark"),
                wide=3)  # fmt: skip
    sheet.widths = {1: 34, 2: 46, 3: 96, 4: 14}
    row = 4
    for what, value, remark in (*_made_by(layout), *_tested()):
        row += 1
        if not value and not remark:
            for column in (1, 2, 3):
                sheet.put(row, column, what if column == 1 else None, "section")
            continue
        sheet.put(row, 1, what, "labelwrap")
        sheet.put(row, 2, value, "plain")
        sheet.put(row, 3, remark, "note")
        sheet.heights[row] = height((remark, sheet.widths[3]), (value, sheet.widths[2]))
    row += 1
    for column, text in enumerate(
        ("Inputs given by the scenario", "used", "default or catalogue"), 1
    ):
        sheet.put(row, column, text, "section")
    for key, fact in scenario.facts.items():
        if fact.origin in ("scenario", "set") and key not in ("currency", "as_of"):
            row += 1
            item = layout.model[key]
            sheet.put(row, 1, key, "key")
            sheet.put(row, 2, _shown(fact.value, item.unit), "plain")
            sheet.put(row, 3, _instead(layout, key), "note")


def _shown(value: Any, unit: str) -> str:
    if isinstance(value, str):
        return value
    return show(value, unit)


def _instead(layout: Layout, key: str) -> str:
    """What the input would have been."""
    from tco.facts import supplied
    from tco.lines import Given

    item = layout.model[key]
    if not isinstance(item, Given):
        return MISSING
    other = supplied(layout.scenario.catalogue, item, layout.scenario.facts)
    return MISSING if isinstance(other.value, Undefined) else _shown(other.value, item.unit)


def _made_by(layout: Layout) -> list[tuple[str, str, str]]:
    scenario = layout.scenario
    return [
        ("What made it", "", ""),
        ("Program", f"tco {__version__}", "The same scenario and version give the same bytes."),
        ("Scenario", scenario.path, scenario.title),
        ("Hash of the inputs", scenario.sha256,
         "Of every input, its range and its source; the footer of each page carries its start."),
        ("As of", scenario.as_of, "Ages are counted from this day; no clock enters the file."),
        ("Catalogue", CATALOGUE_DATE, "The day its rows were read."),
        *(
            ("Own prices laid over it", str(one), f"sha256 {one.sha256}")
            for one in scenario.catalogue.own_lists
        ),
        ("Sheets", str(len(ORDER)), ", ".join(ORDER)),
    ]  # fmt: skip


def _tested() -> list[tuple[str, str, str]]:
    return [
        ("How it was tested", "", ""),
        ("Every formula cell", "recalculated by independent engines",
         "LibreOffice, formualizer and IronCalc, for the bundled scenarios, from blank caches and "
         "after edits, against the numbers computed in Python at 1e-9. For this file: tco verify."),
        ("Package", "Open XML schema", "Checked with an independent validator for each release."),
        ("What was not tested", "", ""),
        ("Microsoft Excel, Google Sheets, Numbers", "not run",
         "Formulas keep to functions that Excel 2007 and LibreOffice share."),
        ("Low and high", "not used yet",
         "Recorded beside each input with its source; no formula reads them in this version."),
        ("Overrides", "not in the hash",
         "The hash is that of the file as built; Summary counts inputs overridden since."),
        ("Prices", "not quotes", "Catalogue prices are dated observations; ask for a quote."),
        ("Discounting, tax, resale", "not in this view",
         "Costs are those of one run; owning for years is another question."),
        ("Known limits", "currency", "Changing the currency's name in this file converts nothing: "
         "build again with currency and usd_rate."),
        ("Opening", "values are stored", "Excel recalculates on opening and may ask to save."),
    ]  # fmt: skip

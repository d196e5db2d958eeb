"""Risk: what the draws came to, what they were made with, and whether that still stands.

The draws are figures, not formulas. Beside every input that they rest on stands what it is now, so
that a check fires as soon as one differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tco.catalogue.shipped import MISSING
from tco.lines import Undefined
from tco.model.own.correlation import Correlation, pairs
from tco.model.own.drawn import OUTDATED, Drawn, basis, cells, differs, ends
from tco.model.own.draws import QUANTILES
from tco.model.own.driver import Driver
from tco.model.own.drivers import AIM
from tco.model.own.rival import option_labels
from tco.quantities import show
from tco.scenario import Scenario
from tco.workbook.cells import Sheet, address, height, letters, span
from tco.workbook.grid import (
    KEY,
    LABEL,
    UNIT,
    VALUE,
    Layout,
    count_errors,
    value_of,
)
from tco.workbook.lineblocks import line_plan
from tco.workbook.places import Places
from tco.workbook.riskcharts import BARS_FROM, cumulative, histogram_bars
from tco.workbook.sheets import TABLES, WorkingSheet
from tco.workbook.working import draw_working

TITLE = "Risk"
CHART_ROWS = 17  # that the charts stand over
# Columns of the drivers: drawn with, as they stand, whether these differ, and what they move.
WITH, NOW, DIFFERS, SPREAD, FIRST_ORDER, TOTAL_ORDER, ERROR, SWING = 4, 7, 10, 11, 12, 13, 14, 15
LAST = SWING
WAS, IS, OFF, NAMED = 4, 5, 6, 7  # columns of the inputs; what names a row of a table
_DRIVERS = (
    "Low drawn with", "Value drawn with", "High drawn with", "Low now", "Value now", "High now",
    "Differ", "Spread", "Sobol, first order", "Sobol, total", "± of the total", "Swing alone",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """The row of each block's heading; its rows follow after `_heads` below it.

    `inputs` are the cells that the draws rest on: the key, and of a column the number of the row.
    """

    results: int
    charts: int
    drivers: int
    pairs: int
    bars: int
    inputs_from: int
    inputs: tuple[tuple[str, int | None], ...]

    @property
    def last(self) -> int:
        """The last row in use."""
        return self.inputs_from + 1 + len(self.inputs)


def _plan(scenario: Scenario, first: int) -> Plan:
    model, members = scenario.model, scenario.model.members
    charts = first + 6 + len(option_labels(members))
    drivers = charts + CHART_ROWS
    correlations = drivers + 3 + len(members.all(Driver))
    bars = correlations + 3 + len(_pairs_of(scenario))
    counted = scenario.drawn.bars
    inputs = bars + 3 + (len(counted.shares) if counted else 0)
    rest = [(key, None if model[key].along is None else row)
            for key in basis(model) for row in range(_rows(scenario, key))]  # fmt: skip
    return Plan(first, charts, drivers, correlations, bars, inputs, tuple(rest))


def _rows(scenario: Scenario, key: str) -> int:
    along = scenario.model[key].along
    return 1 if along is None else len(scenario.row_ids(along))


def _pairs_of(scenario: Scenario) -> list[tuple[Correlation, str, str]]:
    members = scenario.model.members
    return [(one, *pair) for one in members.all(Correlation) for pair in pairs(members, one)]


def place_risk(scenario: Scenario, plan: WorkingSheet) -> Places:
    """The figures below the sheet's lines."""
    found = _plan(scenario, line_plan(scenario, plan).last + 2)
    row = found.results + 2
    home = {
        "probability_own_better": (TITLE, row, VALUE),
        OUTDATED: (TITLE, row + 1, VALUE),
        "advantage_mean": (TITLE, row + 2, VALUE + len(QUANTILES)),
    }
    home |= _quantiles("advantage", row + 2)
    for number, (key, _) in enumerate(option_labels(scenario.model.members), row + 3):
        home |= _quantiles(f"npv_{key}", number)
    for number, one in enumerate(scenario.model.members.all(Driver), found.drivers + 2):
        home[f"first_order_{one.key}"] = (TITLE, number, FIRST_ORDER)
        home[f"total_order_{one.key}"] = (TITLE, number, TOTAL_ORDER)
    return Places(home=home)


def _quantiles(key: str, row: int) -> dict[str, tuple[str, int, int]]:
    return {f"{key}_{one}": (TITLE, row, VALUE + step) for step, one in enumerate(QUANTILES)}


def draw_risk(layout: Layout, plan: WorkingSheet) -> Sheet:
    """The sheet's own lines, and below them the figures."""
    sheet = draw_working(layout, plan)
    _Drawing(layout, sheet, _plan(layout.scenario, layout.plans[TITLE].last + 2)).fill()
    return sheet


class _Drawing:
    """The blocks of figures."""

    def __init__(self, layout: Layout, sheet: Sheet, plan: Plan) -> None:
        self.layout, self.sheet, self.plan = layout, sheet, plan
        self.drawn: Drawn = layout.scenario.drawn

    def fill(self) -> None:
        """All of them."""
        self.results()
        self.drivers()
        self.correlations()
        self.bars()
        self.inputs()
        if self.drawn.bars:
            first = self.plan.bars + 2
            last = first + len(self.drawn.bars.shares) - 1
            place = f"{letters(KEY)}{self.plan.charts}"
            beside = f"{letters(UNIT + 1)}{self.plan.charts}"
            currency = self.layout.scenario.currency
            bars = histogram_bars(TITLE, first, last, self.drawn.bars, currency)
            self.sheet.charts.append((bars, place))
            self.sheet.charts.append((cumulative(TITLE, first, last, currency), beside))
        count_errors(self.sheet, self.plan.last, LAST)

    # ---- cells ----------------------------------------------------------------------------------

    def head(self, row: int, heading: str, names: Sequence[str], first: int = VALUE) -> None:
        """A heading, and below it the names of columns."""
        self.layout.section(self.sheet, row, heading, LAST)
        for column in range(KEY, max(LAST, first + len(names) - 1) + 1):
            self.sheet.put(row + 1, column, None, "head")
        for column, name in enumerate(names, first):
            self.sheet.put(row + 1, column, name, "headnum")
            self.widen(column, max(map(len, name.split())) * 1.15 + 1)
        self.sheet.heights[row + 1] = 40

    def widen(self, column: int, wide: float) -> None:
        self.sheet.widths[column] = max(self.sheet.widths.get(column, 0), 13, wide)

    def name(self, row: int, key: str, label: str, unit: str = "") -> None:
        """What a row is of."""
        self.sheet.put(row, KEY, key, "key")
        self.sheet.put(row, LABEL, label, "labelwrap")
        self.sheet.put(row, UNIT, self.layout.unit(unit) if unit else "", "unit")
        self.sheet.heights[row] = height((label, self.sheet.widths[LABEL] * 0.9))

    def figure(self, row: int, column: int, value: Any, unit: str) -> None:
        """A number that was drawn, or the words in place of one."""
        value = value_of(value)
        self.sheet.put(row, column, value, f"factnum:{unit}")
        self.widen(column, len(value if isinstance(value, str) else show(value, unit)) + 2)

    def shown(self, key: str, was: Any) -> Any:
        """What a cell showed of a key when it was drawn."""
        given = key in self.layout.model.givens
        return MISSING if given and isinstance(was, Undefined) else value_of(was)

    def link(self, row: int, column: int, key: str, unit: str = "") -> None:
        """A number as it stands where it is computed."""
        owner, home, at = self.layout.home[key]
        value, unit = self.layout.shown(key), unit or self.layout.model[key].form
        found = f"{owner}!{address(home, at, fixed='rc')}"
        self.sheet.put(row, column, value, f"link:{unit}", found)
        self.widen(column, len(value if isinstance(value, str) else show(value, unit)) + 2)

    def swing(self, row: int, number: int) -> None:
        """How far a driver moves the advantage over its range, from the tornado's table."""
        column, first = self.layout.columns["driver_swing"]
        value = self.layout.shown_row("driver_swing", number)
        place = address(first + number, column, fixed="rc")
        owner = self.layout.ranges["driver_swing"][0]
        self.sheet.put(row, SWING, value, "link:USD", f"{owner}!{place}")
        self.widen(SWING, len(value if isinstance(value, str) else show(value, "USD")) + 2)

    # ---- blocks ---------------------------------------------------------------------------------

    def results(self) -> None:
        """The probability, the advantage, and each option."""
        first, stood = self.plan.results, self.drawn.inputs
        said = f"{show(stood['draws'], 'count')} draws, seed {int(stood['seed'])}"
        self.head(first, f"What {said}, come to: figures, not formulas",
                  [*(one.upper() for one in QUANTILES), "Mean", "As planned"])  # fmt: skip
        row, results = first + 2, self.drawn.results
        key = "probability_own_better"
        self.name(row, key, self.layout.label(key), "share")
        self.figure(row, VALUE, results[key], "share")
        self.name(row + 1, OUTDATED, self.layout.label(OUTDATED), "count")
        self.sheet.put(row + 1, VALUE, self.layout.shown(OUTDATED), "check:count", self._counted())
        self.quantiles(row + 2, "advantage", "Advantage of owning that decides", AIM.line)
        self.figure(row + 2, VALUE + len(QUANTILES), results["advantage_mean"], "USD")
        for number, (key, label) in enumerate(option_labels(self.layout.model.members), row + 3):
            self.quantiles(number, f"npv_{key}", f"NPV that decides: {label.lower()}",
                           f"{key}_deciding_npv")  # fmt: skip

    def quantiles(self, row: int, key: str, label: str, plan: str) -> None:
        """The quantiles of one result, and what it is as planned."""
        self.name(row, key, label, "USD")
        for column, one in enumerate(QUANTILES, VALUE):
            self.figure(row, column, self.drawn.results[f"{key}_{one}"], "USD")
        self.link(row, VALUE + len(QUANTILES) + 1, plan)

    def drivers(self) -> None:
        """What each driver was drawn with, what it is now, and what it moves."""
        first, drawn = self.plan.drivers, self.drawn
        of = f", total indices of {drawn.pairs:,} pairs" if drawn.pairs else ""
        self.head(first, f"What each driver was drawn with, and what of the variance it makes{of}",
                  _DRIVERS, WITH)  # fmt: skip
        for row, one in enumerate(self.layout.model.members.all(Driver), first + 2):
            self.name(row, one.key, one.label, one.unit)
            form = self.layout.model[one.value].form
            differ, count = [], 0
            for step, (key, was) in enumerate(zip(ends(one), drawn.ends[one.key], strict=True)):
                was = self.shown(key, was)
                self.figure(row, WITH + step, was, form)
                self.link(row, NOW + step, key, form)
                differ.append(_differs(was, address(row, WITH + step), address(row, NOW + step)))
                count += differs(was, self.layout.shown(key))
            self.sheet.put(row, DIFFERS, count, "check:count", "+".join(differ))
            spread = drawn.spreads.get(one.key)
            self.sheet.put(row, SPREAD, spread.kind if spread else MISSING, "unitright")
            for column, order in ((FIRST_ORDER, "first"), (TOTAL_ORDER, "total")):
                self.figure(row, column, drawn.results[f"{order}_order_{one.key}"], "share")
            error = drawn.totals.get(one.key)
            self.figure(row, ERROR, error.error if error else Undefined(MISSING), "share")
            self.swing(row, row - first - 2)
        self._flag(DIFFERS, first + 2, len(self.layout.model.members.all(Driver)))

    def correlations(self) -> None:
        """The rank correlations that were asked for, and those that the draws have."""
        first, drawn = self.plan.pairs, self.drawn
        self.head(first, "Rank correlations", ("Asked for", "Drawn"))
        for row, (one, left, right) in enumerate(_pairs_of(self.layout.scenario), first + 2):
            names = {each.key: each.label for each in self.layout.model.members.all(Driver)}
            self.name(row, one.key, f"{names[left]} with {names[right].lower()}")
            self.figure(row, VALUE, drawn.wished.get((left, right), 0.0), "ratio")
            had = drawn.had.get((left, right), Undefined(MISSING))
            self.figure(row, VALUE + 1, had, "ratio")

    def bars(self) -> None:
        """How many of the draws have which advantage."""
        first, bars = self.plan.bars, self.drawn.bars
        self.head(first, "Draws by their advantage; the ends hold all beyond them",
                  ("From", "To", "Of the draws", "Of the draws up to there"))  # fmt: skip
        below = 0.0
        if bars is None:
            return
        for number, share in enumerate(bars.shares):
            row, low, high = first + 2 + number, bars.edges[number], bars.edges[number + 1]
            below += share
            self.name(row, "", f"{_millions(low)} to {_millions(high)} M", "USD")
            self.sheet.put(row, BARS_FROM, _millions(low), "key")
            for column, (value, unit) in enumerate(
                ((low, "USD"), (high, "USD"), (share, "share"), (round(below, 9), "share")), VALUE
            ):
                self.figure(row, column, value, unit)

    def inputs(self) -> None:
        """Every input that the draws rest on: as it was, and as it is."""
        first = self.plan.inputs_from
        self.head(first, "Inputs that the draws rest on, and whether they still are as they were",
                  ("Drawn with", "Now", "Differs", "Row"))  # fmt: skip
        for place, (key, number) in enumerate(self.plan.inputs, first + 2):
            self.input(place, key, number)
        self._flag(OFF, first + 2, len(self.plan.inputs))

    def input(self, row: int, key: str, number: int | None) -> None:
        """One input, or one row of a table's column."""
        layout, item = self.layout, self.layout.model[key]
        was = self.shown(key, cells(self.drawn.inputs[key])[number or 0])
        if number is None:
            owner, at, column = layout.home[key]
            now, found = layout.shown(key), f"{owner}!{address(at, column, fixed='rc')}"
        else:
            now, found = layout.shown_row(key, number), self.in_table(row, key, number)
        self.name(row, key, item.label, item.unit)
        words = item.is_text and item.unit != "date"
        self.sheet.put(row, WAS, was, "unitright" if words else f"factnum:{item.form}")
        self.sheet.put(row, IS, now, "linkright" if words else f"link:{item.form}", found)
        formula = _differs(was, address(row, WAS), address(row, IS), words=words)
        self.sheet.put(row, OFF, int(differs(was, now)), "check:flag", formula)
        for column, value in ((WAS, was), (IS, now)):
            said = value if isinstance(value, str) else show(value, item.form)
            self.widen(column, min(len(said) + 2, 24))

    def in_table(self, row: int, key: str, number: int) -> str:
        """Where a row of a table's column stands, by its name: people sort tables."""
        along = str(self.layout.model[key].along)
        column, top = self.layout.given_columns[key]
        last = top + len(self.layout.scenario.row_ids(along)) - 1
        self.sheet.put(row, NAMED, self.layout.scenario.row_ids(along)[number], "unitright")
        names, values = (f"{TABLES}!{span(at, top, last)}" for at in (KEY, column))
        return f"INDEX({values},MATCH({address(row, NAMED)},{names},0))"

    # ---- whether they differ --------------------------------------------------------------------

    def _counted(self) -> str:
        """How many differ in all."""
        return "+".join(f"SUM({span(column, top, top + count - 1)})"
                        for column, top, count in self._differing() if count)  # fmt: skip

    def _differing(self) -> Iterator[tuple[int, int, int]]:
        yield DIFFERS, self.plan.drivers + 2, len(self.layout.model.members.all(Driver))
        yield OFF, self.plan.inputs_from + 2, len(self.plan.inputs)

    def _flag(self, column: int, top: int, count: int) -> None:
        area = f"{address(top, column)}:{address(top + count - 1, column)}"
        self.sheet.flags.append((area, "differs"))


def _millions(amount: float) -> str:
    return f"{amount / 1e6:,.10g}".replace("-", "−")


def _differs(was: Any, there: str, here: str, *, words: bool = False) -> str:
    """1 where a cell is not what it was, as `differs` says it of numbers."""
    if words or isinstance(was, str):
        return f"1-IFERROR(({here}={there})*1,0)"
    away, size = f"MAX({here}-{there},{there}-{here})", f"MAX({there},-{there})"
    return f"1-IFERROR(({away}<=1E-9*{size})*1,0)"

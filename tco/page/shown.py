"""The board's page with every value printed: what decks and slides are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tco.model.cases import BASE
from tco.model.own.driver import Outcome
from tco.model.state import TOLD, WITHHELD
from tco.page.board import Bars, BoardPage, Exhibit, Grid, amount_form, board_page
from tco.page.content import BARS, LINES, STACKS, YEARLY, Cell, Chart, Ref, Row, Table
from tco.page.grids import grid_values
from tco.page.headings import Heading, heading, of_chart
from tco.page.printed import printed_table
from tco.page.scales import bracketed, scale_of
from tco.page.values import points, printed
from tco.page.years import years_charts
from tco.quantities import show, show_as
from tco.quantities.forms import Form, form
from tco.scenario import Scenario
from tco.tables import PrintedRow, PrintedTable

WORSE, BETTER = "worse", "better"


@dataclass(frozen=True)
class ShownBars:
    """Bars beside the rows of a table: a series for what is worse and one for what is better.

    Of one series alone the numbers stand in the table; of two they are those of `keys`. `basis`
    says what they are.
    """

    series: tuple[tuple[str, tuple[float, ...]], ...]
    keys: tuple[str, ...] = ()
    form: str = ""  # of their numbers, as a spreadsheet writes it; "" where none are shown
    basis: str = ""


@dataclass(frozen=True)
class ShownChart:
    """A chart with its numbers: what they stand over, and each series; None for none."""

    of: Chart
    across: tuple[float | str | None, ...]
    series: tuple[tuple[float | None, ...], ...]
    mark: tuple[str, float, float] | None = None


@dataclass(frozen=True)
class Shown:
    """An exhibit: what it says, and its values as text; bars, a chart or tints beside them.

    `signs` are those of the cells of a grid, whose plan stands in the middle; `back` the rows that
    stand back; `rows` those of the page, where the values of the table come from.
    """

    heading: Heading
    table: PrintedTable
    note: str = ""
    bars: ShownBars | None = None
    chart: ShownChart | None = None
    signs: tuple[tuple[int, ...], ...] = ()
    back: tuple[bool, ...] = ()
    rows: tuple[Row, ...] = ()
    grid: Grid | None = None

    @property
    def title(self) -> str:
        """What it says."""
        return self.heading.text


@dataclass(frozen=True)
class Front:
    """The board's page: what is asked, the answer, what it hangs on, figures, and exhibits.

    `behind` are charts that the sheet has no room for, `last` what all of it stands on.
    """

    decision: str
    answer: str
    leads: tuple[str, ...]
    tiles: tuple[tuple[str, str], ...]
    exhibits: tuple[Shown, ...]
    behind: tuple[Shown, ...]
    last: tuple[Shown, ...]
    approvals: tuple[str, ...]
    foot: str
    page: BoardPage

    @property
    def every(self) -> tuple[Shown, ...]:
        """All exhibits, as they are read."""
        return (*self.exhibits, *self.behind, *self.last)


def front(scenario: Scenario) -> Front | None:
    """The board's page with its values; None where a kind has none, and while an error stands."""
    page = board_page(scenario)
    if page is None or scenario.numbers["errors"]:
        return None
    decision, answer, *leads = (printed(scenario, one) for one in page.sentences)
    tiles = tuple((one.label, printed(scenario, Ref(one.key))) for one in page.tiles)
    last = _last(page)
    above = [one for one in page.exhibits if one not in last]
    drawn = [one.block for one in above if isinstance(one.block, Chart)]
    behind = [one for one in years_charts(scenario) if one not in drawn]
    return Front(
        decision,
        answer,
        tuple(one for one in leads if one != WITHHELD),
        tuple(one for one in tiles if one[1] != WITHHELD),
        tuple(shown(scenario, one) for one in above),
        tuple(shown(scenario, Exhibit(one.title, one)) for one in behind),
        tuple(shown(scenario, one) for one in last),
        page.approvals,
        f"{page.foot}; case {scenario.case}" if scenario.case == BASE else
        f"{page.foot}; {scenario.case_words}",
        page,
    )  # fmt: skip


def _last(page: BoardPage) -> list[Exhibit]:
    """What the answer stands on: the last band, and before it the evidence."""
    kinds = [one for one in page.exhibits if isinstance(one.block, Table)
             and "grade_name" in _first_keys(one.block)]  # fmt: skip
    return [*(one for one in page.bands[-1] if one not in kinds), *kinds]


def _first_keys(table: Table) -> set[str]:
    return {row.cells[0].key for row in table.rows if isinstance(row.cells[0], Ref)}


def shown(scenario: Scenario, exhibit: Exhibit) -> Shown:
    """An exhibit of the page with its values."""
    said = heading(scenario, exhibit)
    if isinstance(exhibit.block, Grid):
        return _grid(scenario, exhibit.block, said)
    if isinstance(exhibit.block, Chart):
        return _chart(scenario, exhibit.block)
    table = exhibit.block
    rows = tuple(row for row in table.rows if not _is_empty(scenario, row))
    found = printed_table(scenario, replace(table, rows=rows))
    back = tuple(not float(scenario.numbers[table.counts][at]) if table.counts else False
                 for at, row in enumerate(rows) if not row.reads)  # fmt: skip
    back += (False,) * (len(rows) - len(back))
    bars = _bars(scenario, exhibit.bars, rows) if exhibit.bars else None
    note = exhibit.title if isinstance(exhibit.title, str) else ""
    told = sum(str(scenario.numbers[key]) != WITHHELD for key in TOLD)
    if TOLD[0] in _first_keys(table) and told > len(rows):
        note = f"The first {len(rows)} of {told} findings"
    return Shown(said, found, note, bars, back=back, rows=rows)


def _is_empty(scenario: Scenario, row: Row) -> bool:
    """A row of nothing but dashes: a sheet keeps its place for what an edit brings."""
    return all(printed(scenario, one) in ("", WITHHELD) for one in row.cells)


def _bars(scenario: Scenario, bars: Bars, rows: Iterable[Row]) -> ShownBars:
    body = [row for row in rows if not row.reads]
    if not bars.of:
        return ShownBars((("", _numbers(scenario, [row.cells[1] for row in body])),))
    places = [row.cells[0].row for row in body if isinstance(row.cells[0], Ref)]
    series = tuple(
        (name, _numbers(scenario, [Ref(key, place) for place in range(len(places))]))
        for name, key in zip((WORSE, BETTER), bars.of, strict=True)
    )
    outcome = scenario.model.members.all(Outcome)[-1]
    if outcome.unit == "USD":
        cell, unit = form(amount_form(scenario)).cell, str(scenario.numbers["board_unit"])
    else:
        scale = scale_of(one for _, values in series for one in values)
        cell, unit = scale.form, scale.of(f"{outcome.unit}s")
    side = "right" if outcome.costs else "left"
    return ShownBars(series, bars.of, cell, f"{outcome.label}, {unit}: {WORSE} to the {side}")


def _numbers(scenario: Scenario, cells: Iterable[Cell]) -> tuple[float, ...]:
    found = points(scenario, tuple(cells))
    return tuple(one if isinstance(one, float) else 0.0 for one in found)


def _grid(scenario: Scenario, grid: Grid, said: Heading) -> Shown:
    found, scale = grid_values(scenario, grid), amount_form(scenario)
    heads = [show(one, "board share") for one in found.across]
    if len({*heads}) < len(heads):
        heads = [show(one, "board fine share") for one in found.across]
    rows = tuple(
        PrintedRow((show(price, "board rate"), *(show(one, scale) for one in cells)))
        for price, cells in zip(found.down, found.cells, strict=True)
    )
    table = PrintedTable(said.text, ("Price", *heads), (True,) * (1 + len(heads)), rows)
    signs = tuple(tuple((one > 0) - (one < 0) for one in cells) for cells in found.cells)
    unit = f"{scenario.numbers['board_unit']}; price of a GPU-hour in {scenario.currency}"
    note = f"Use across, price down, {unit}. The plan is framed."
    return Shown(said, table, note, signs=signs, grid=grid)


def _chart(scenario: Scenario, chart: Chart) -> Shown:
    across = tuple(points(scenario, chart.across))
    series = tuple(tuple(_plain(points(scenario, one.values))) for one in chart.series)
    count = min(len(across), *map(len, series))
    if chart.kind == YEARLY:  # years beyond the horizon repeat the last one
        count = min(count, len({*across}))
    across, series = across[:count], tuple(one[:count] for one in series)
    mark = None
    if chart.mark:
        name, *at = chart.mark
        spot = _numbers(scenario, at)
        mark = (name, spot[0], spot[1])
    found = ShownChart(chart, across, series, mark)
    said = of_chart(scenario, chart)
    table = _table_of(scenario, found, said.text)
    basis = chart.basis if isinstance(chart.basis, str) else printed(scenario, chart.basis)
    return Shown(said, table, basis, chart=found)


def _plain(found: Iterable[float | str | None]) -> Iterator[float | None]:
    return (one if isinstance(one, float) else None for one in found)


def _table_of(scenario: Scenario, found: ShownChart, title: str) -> PrintedTable:
    """The numbers of a chart as a table: in bars one column of what they are."""
    chart = found.of
    across = [across_text(chart, one) for one in found.across]
    names = [one.name for one in chart.series]
    columns = list(found.series)
    if chart.kind not in (LINES, YEARLY, STACKS, BARS):
        names, columns = [chart.unit], [_stood(found)]
    shape = Form("", _fine(chart.form, columns))
    rows = tuple(
        PrintedRow((name, *("–" if one is None else show_as(one, shape) for one in values)))
        for name, *values in zip(across, *columns, strict=True)
    )
    return PrintedTable(title, (chart.across_unit.capitalize(), *names),
                        (False, *(True for _ in names)), rows)  # fmt: skip


def _fine(form: str, columns: Iterable[Iterable[float | None]]) -> str:
    """The form of an axis with the digits that its numbers have room for."""
    commas = _commas(form)
    sizes = [abs(one) for column in columns for one in column if one is not None]
    most = max(sizes, default=0.0) / 1000**commas
    return bracketed("," * commas, 0 if most >= 1000 else 1 if most >= 10 else 2)


def _commas(form: str) -> int:
    """How many times a number format divides by a thousand."""
    plain = form.partition(";")[0].rstrip('" abcdefghijklmnopqrstuvwxyzBM')
    return len(plain) - len(plain.rstrip(","))


def _stood(found: ShownChart) -> tuple[float | None, ...]:
    """How high each step of a build-up is: what is taken off is below zero."""
    _, part, small, off, whole, *_ = found.series
    return tuple(
        sum(one or 0.0 for one in parts) - (less or 0.0)
        for *parts, less in zip(part, small, whole, off, strict=True)
    )


def across_text(chart: Chart, one: float | str | None) -> str:
    """What stands below a point of a chart."""
    if one is None or isinstance(one, str):
        return one or ""
    if chart.kind == YEARLY or chart.across_form.startswith('"year'):
        return f"year {one:.0f}"
    shape = "#,##0.##" if chart.across_form == "General" else chart.across_form
    return show_as(one, Form("", shape)) if "#.##" not in shape else f"{one:g}"

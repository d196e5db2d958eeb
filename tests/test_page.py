"""The first page is one structure of keys: every drawer shows what it points to, and no more."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from typer.testing import CliRunner

from tco.cli import app
from tco.files import bundled
from tco.model.cost.way import Way
from tco.page.content import (
    ON_PAPER,
    OVERRIDDEN,
    SHEET,
    SLIDES,
    TERMINAL,
    TOTAL,
    Chart,
    Ref,
    Table,
)
from tco.page.first import COST, cost_rows, page
from tco.page.printed import board
from tco.page.values import points, value
from tco.scenario import Scenario
from tco.workbook.build import workbook
from tco.workbook.cells import Cell as Placed
from tco.workbook.summary import place_summary
from tests.conftest import SCENARIOS
from tests.loaded import load
from tests.office.live import laid_out

OTHER: dict[str, str] = {
    "llm-100b-10d": "gpu_price=20_000",
    "own-1024-h100": "utilization=60 %",
    "icml-2024-programme": "on_demand_price=4",
    "buy-or-rent-100b": "discount_rate=7 %",
}


def _tables(scenario: Scenario, where: str = TERMINAL) -> dict[str, Table]:
    return {one.title: one for one in page(scenario).shown(where) if isinstance(one, Table)}


@pytest.mark.parametrize("name", OTHER)
def test_a_page_is_the_same_whatever_its_keys_come_to(name: str) -> None:
    one, other = load(name), load(name, [OTHER[name]])
    assert page(one).tiles == page(other).tiles and page(one).sentences == page(other).sentences
    assert list(page(one).shown(TERMINAL)) == list(page(other).shown(TERMINAL))
    assert board(one, page(one)).tables != board(other, page(other)).tables


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_key_of_a_page_is_one_of_the_model(name: str) -> None:
    scenario = load(name)
    model, shown = scenario.model, page(scenario)
    rows = [row for where in ON_PAPER for one in _tables(scenario, where).values()
            for row in one.rows]  # fmt: skip
    keys = {cell.key for row in rows for cell in row.cells if isinstance(cell, Ref)}
    keys |= {tile.key for row in shown.tiles for tile in row}
    known = {*model.items, *model.axes, *model.tables, OVERRIDDEN}
    assert keys <= known and len(keys) > 5


def test_the_parts_of_the_cost_table_are_its_total() -> None:
    scenario = load("llm-100b-engineered")
    table = _tables(scenario)[COST]
    at = next(place for place, row in enumerate(table.rows) if row.reads == TOTAL)
    parts = [row.cells for row in table.rows[:at]]
    assert len(parts) == len(cost_rows(scenario.model)) == 4
    total = value(scenario, _ref(table.rows[at].cells[1]))
    assert sum(value(scenario, _ref(cells[1])) for cells in parts) == pytest.approx(total)
    assert sum(value(scenario, _ref(cells[2])) for cells in parts) == pytest.approx(1)


def _ref(cell: Any) -> Ref:
    assert isinstance(cell, Ref)
    return cell


def test_the_cheapest_way_in_time_is_one_of_the_ways() -> None:
    for name in ("llm-100b-10d", "llm-four-stages"):
        numbers = load(name).numbers
        bills = [float(numbers[one.total]) for one in load(name).model.members.all(Way)]
        assert float(numbers["rent_total"]) in bills


def test_an_assumption_that_another_option_leaves_idle_is_no_assumption() -> None:
    told = {name: _names(load(name)) for name in ("llm-100b-10d", "llm-100b-engineered")}
    shares, items = {"Other hardware share", "Data-centre share"}, {"Host share", "Network share"}
    assert shares < told["llm-100b-10d"] and not items & told["llm-100b-10d"]
    assert items < told["llm-100b-engineered"] and not shares & told["llm-100b-engineered"]


def _names(scenario: Scenario) -> set[Any]:
    return {row.cells[0] for row in _tables(scenario, SLIDES)["What this rests on"].rows}


def test_a_published_figure_over_nothing_is_no_share_of_it(tmp_path: Path) -> None:
    text = (bundled("scenarios") / "llm-100b-engineered.yaml").read_text(encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(f"{text}\npublished:\n  datacenter_energy_cost: 5\n", encoding="utf-8")
    scenario = load(str(path), ["datacenter_includes_energy=no"])
    (found,) = (one for one in board(scenario, page(scenario)).tables
                if one.title == "Published against computed")  # fmt: skip
    assert ("of which electricity", "5", "0", "of nothing", "") in [one.cells for one in found.rows]


# ---- the sheet that is drawn from it ------------------------------------------------------------


@pytest.mark.parametrize("name", SCENARIOS)
def test_sentences_stand_where_they_are_said_to(name: str) -> None:
    scenario, sheet = load(name), laid_out(name)["Summary"]
    places = place_summary(scenario).home
    assert len(places) > 1
    for key, (title, row, column) in places.items():
        assert title == "Summary"
        assert sheet.cells[row, column].value == str(scenario.numbers[key])


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_chart_without_cells_has_the_numbers_of_the_sheet(name: str) -> None:
    scenario, book = load(name), laid_out(name)
    charts = [one for one in page(scenario).shown(SHEET) if isinstance(one, Chart)]
    drawn = [chart for chart, _ in book["Summary"].charts]
    assert len(charts) == len(drawn) > 0
    for chart, found in zip(charts, drawn, strict=True):
        series = found.series[: len(chart.series)]
        for one, made in zip(chart.series, series, strict=True):
            _same(points(scenario, one.values), made.values.cells(book))
        _same(points(scenario, chart.across), series[0].over.cells(book))


def _same(expected: list[float | str | None], cells: list[Placed | None]) -> None:
    """A sheet may show the first rows of many; an undefined number is words in its cell."""
    found = [cell.value for cell in cells if cell]
    assert len(found) == len(expected) or 10 < len(found) < len(expected)
    for number, cell in zip(expected, found, strict=False):
        if number is None:
            assert isinstance(cell, str)
        else:
            assert cell == pytest.approx(number, rel=1e-12) if number != cell else True


def test_what_is_not_eligible_stands_back_by_its_flag() -> None:
    scenario = load("own-1024-h100")
    book = load_workbook(io.BytesIO(workbook(scenario)))
    sheet = book["Summary"]
    rules = {str(one.sqref): rule.formula for one in sheet.conditional_formatting
             for rule in one.rules}  # fmt: skip
    (area,) = (area for area, formula in rules.items() if "option_eligible" in formula[0])
    left, top, _, bottom = range_boundaries(area)
    assert rules[area] == [f"INDEX(option_eligible,ROW()-{top - 1})=0"]
    assert [sheet.cell(row, left).value for row in (top - 1, bottom + 1)] == [
        "Over the years: own or rent?", None,
    ]  # fmt: skip
    title, _, place = book.defined_names["option_eligible"].attr_text.partition("!")
    _, first, _, last = range_boundaries(place.replace("$", ""))
    assert title == "Compare" and last - first == bottom - top
    eligible = scenario.numbers["option_eligible"]
    timing = scenario.numbers["option_timing"]
    assert [bool(flag) for flag in eligible] == [said == "not tested" for said in timing]
    assert 0 < sum(eligible) < len(eligible)


def test_without_a_price_on_demand_no_breakeven_is_denied() -> None:
    """A gap is no verdict: `never` is said only where there is a price to say it against."""
    shown = CliRunner().invoke(
        app, ["show", "llm-100b-10d", "--set", "chip=ascend-910b", "--set", "precision=fp16"]
    )
    said = next(row for row in shown.output.splitlines() if "breakeven_sentence" in row)
    assert "No price on demand is known" in said
    assert "never" not in said

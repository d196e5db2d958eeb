"""Published runs beside this job: every figure by a sum that uses none of our lines."""

from __future__ import annotations

from typing import Any

import pytest

from tco.catalogue.shipped import file_rows, shipped
from tco.model import KINDS
from tco.model.cost import energy
from tco.model.published import comparators
from tco.page.report import as_json
from tests.loaded import load
from tests.office.live import laid_out

NAME = "llm-100b-10d"
RUNS = ["t5-11b", "gpt-3", "gopher-280b", "palm-540b", "opt-175b", "bloom-176b", "transformer-6b"]


@pytest.fixture(scope="module")
def past() -> dict[str, dict[str, Any]]:
    rows = as_json(load(NAME))["tables"]["past_runs"]
    assert [row["id"] for row in rows] == RUNS
    return {row["id"]: row for row in rows}


def test_every_kind_with_a_fleet_and_energy_has_them() -> None:
    for modules in KINDS.values():
        assert (comparators in modules) == (energy in modules)  # each has GPUs and days


def test_the_figures_of_the_article(past: dict[str, Any]) -> None:
    gpt3, opt, bloom = past["gpt-3"], past["opt-175b"], past["bloom-176b"]
    assert (gpt3["past_article_gpus"], gpt3["past_article_chip"]) == (1000, "a100-sxm4-80gb")
    assert gpt3["past_article_flop"] == 3.14e23 and past["t5-11b"]["past_article_flop"] == 3.3e22
    assert gpt3["past_article_energy_mwh"] == 1287 and gpt3["past_article_co2_tonnes"] == 502
    assert gpt3["past_article_cost"] == 4.6e6 and past["t5-11b"]["past_article_cost"] == 1.3e6
    assert (opt["past_article_gpus"], opt["past_article_months"]) == (992, 2)
    assert (bloom["past_article_gpus"], bloom["past_article_months"]) == (384, 3.5)
    assert bloom["past_energy_mwh"] == pytest.approx(433.196)
    assert bloom["past_article_co2_tonnes"] == pytest.approx(502 / 20.1, abs=0.005)
    assert past["gopher-280b"]["past_article_co2_tonnes"] == pytest.approx(502 / 1.4, abs=0.05)
    assert past["palm-540b"]["past_article_energy_mwh"] == 3400
    assert past["transformer-6b"]["past_article_energy_mwh"] == 103.5


def test_days_recomputed_at_half_the_dense_peak(past: dict[str, Any]) -> None:
    def days(flop: float, gpus: float, peak: float) -> float:
        return flop / (gpus * peak * 1e12 * 0.5 * 86_400)

    expected = {
        "gpt-3": days(3.14e23, 1000, 312),
        "opt-175b": days(4.3e23, 992, 312),
        "bloom-176b": days(6 * 176.247e9 * 366e9, 384, 312),
        "gopher-280b": days(6.31e23, 4096, 123),
        "palm-540b": days(2.5272e24, 6144, 275),
        "t5-11b": days(4.05e22, 512, 123),
    }
    for run, found in expected.items():
        assert past[run]["past_recomputed_days"] == pytest.approx(found), run
    assert round(past["gpt-3"]["past_recomputed_days"], 1) == 23.3
    month = 8760 / 24 / 12
    assert past["gpt-3"]["past_days_over"] == pytest.approx(month / expected["gpt-3"])
    assert past["bloom-176b"]["past_used_days"] == pytest.approx(3.5 * month)
    assert past["gopher-280b"]["past_used_days"] == 38.33  # the article says nothing
    sharper = load(NAME, ["comparator_mfu=40 %"]).numbers["past_recomputed_days"]
    assert sharper[RUNS.index("gpt-3")] == pytest.approx(expected["gpt-3"] * 0.5 / 0.4)


def test_what_does_not_follow_is_said() -> None:
    notes = {row["id"]: row["note"] for row in file_rows("runs")}
    assert "“nearly one month” on 1,000 A100 at 50 % is 23 days" in notes["gpt-3"]
    assert "nearly twice those 34 days" in notes["opt-175b"]
    assert "four fifths" in notes["t5-11b"] and 0.8 < 3.3e22 / 4.05e22 < 0.82


def test_carbon_per_energy(past: dict[str, Any]) -> None:
    assert past["gpt-3"]["past_intensity"] == pytest.approx(552.1e6 / 1287e3)
    assert past["gpt-3"]["past_article_intensity"] == pytest.approx(502e6 / 1287e3)
    assert past["bloom-176b"]["past_intensity"] == pytest.approx(24.69e6 / 433.196e3)
    assert past["palm-540b"]["past_intensity"] is None, "its energy is the article's, not its own"


def test_this_job_over_each(past: dict[str, Any]) -> None:
    numbers = load(NAME).numbers
    gpt3 = past["gpt-3"]
    assert gpt3["past_gpus_ratio"] == 10.83  # 10,830 over 1,000
    assert gpt3["past_days_ratio"] == pytest.approx(numbers["days_needed"] / (8760 / 24 / 12))
    assert gpt3["past_energy_ratio"] == pytest.approx(numbers["energy_kwh"] / 1_287_000)
    assert gpt3["past_co2_ratio"] == pytest.approx(numbers["co2_tonnes"] / 552.1)
    assert gpt3["past_cost_ratio"] == pytest.approx(numbers["rent_cost"] / 4.6e6)
    six = past["transformer-6b"]
    assert six["past_energy_ratio"] == pytest.approx(numbers["energy_kwh"] / 103_500)


def test_a_gap_is_a_dash_never_zero(past: dict[str, Any]) -> None:
    six = past["transformer-6b"]
    known = {key for key, value in six.items() if value not in (None, "–")}
    assert known == {"id", "past_model", "past_article_energy_mwh", "past_known_energy_mwh",
                     "past_energy_ratio"}  # fmt: skip
    assert past["opt-175b"]["past_cost_ratio"] is None
    sheet = laid_out(NAME)["Comparators"]
    row = next(at for (at, column), cell in sheet.cells.items()
               if column == 1 and cell.value == "transformer-6b")  # fmt: skip
    shown = [cell.value for (at, column), cell in sheet.cells.items() if at == row and column > 2]
    assert 0 not in shown and "–" in shown


def test_no_rent_in_time_is_a_dash_too() -> None:
    numbers = load(NAME, ["on_demand_price=0", "deadline=10 days"]).numbers
    assert numbers["past_cost_ratio"][RUNS.index("gpt-3")] == 0, "a price of 0 is a price"


def test_costs_are_in_the_scenarios_currency(tmp_path: Any) -> None:
    from tco.read.opening import locate

    text = locate(NAME).read_text(encoding="utf-8").replace(
        "currency: USD",
        "currency: EUR\nusd_rate: {value: 0.9, date: 2026-11-20, source: treasury}",
    )  # fmt: skip
    path = tmp_path / "euro.yaml"
    path.write_text(text)
    assert load(str(path)).numbers["past_cost"][RUNS.index("gpt-3")] == pytest.approx(0.9 * 4.6e6)


def test_every_article_figure_names_the_article() -> None:
    table = shipped()["runs"]
    columns = [one.name for one in table.columns if one.name.startswith("article_")]
    figures = set(columns) - {"article_source", "article_date", "article_peak_tflops"}
    for row in table.rows:
        if any(row[name] for name in figures):
            assert "in Chinese, 2023" in row["article_source"] and row["article_date"]
            assert row["comparator"] == "1", row["id"]


def test_peaks_are_those_of_the_chips() -> None:
    chips = {row["id"]: row for row in file_rows("chips")}
    for row in shipped()["runs"].rows:
        own = chips[row["chip"]][f"{row['precision']}_tflops"] if row["chip"] else ""
        assert row["peak_tflops"] == own, row["id"]
        article = chips[row["article_chip"]]["bf16_tflops"] if row["article_chip"] else ""
        assert row["article_peak_tflops"] == article, row["id"]

"""The back-test stands in the workbook, in the deck and in the documentation as one table."""

from __future__ import annotations

import numpy as np
import pytest

from tco.catalogue.shipped import shipped
from tco.page.first import accuracy
from tco.page.printed import printed_table
from tests.backtest import PAGE, page
from tests.calibrated import held_back
from tests.conftest import SCENARIOS
from tests.loaded import load

NAMES = ("median", "lower", "upper", "lowest", "highest")


def test_the_page_is_what_the_catalogue_computes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.backtest"


def test_the_guide_states_the_error_as_it_is() -> None:
    numbers = load("published-runs").numbers
    guide = (PAGE.parent / "audit.md").read_text(encoding="utf-8")
    said = [f"{numbers[f'backtest_comparable_{name}']:.2f}" for name in NAMES]
    words = (
        f"{said[0]} times the published ones in the middle, {said[1]} to {said[2]} in the middle "
        f"half, {said[3]} to {said[4]} at the ends"
    )
    assert words in " ".join(guide.split())
    assert f"over {numbers['backtest_comparable_runs']:.0f} comparable published runs" in guide
    energy, runs = numbers["backtest_energy_median"], numbers["backtest_energy_runs"]
    assert f"{energy:.2f} times the published in the middle of {runs:.0f} runs" in guide
    for family, chip in (("ampere", "A100"), ("hopper", "H100")):
        assert f"{numbers[f'backtest_{family}_median']:.2f} on {chip}" in " ".join(guide.split())


def test_the_guide_states_the_errors_of_calibration_as_they_are() -> None:
    numbers, found = load("published-runs").numbers, held_back()
    guide = " ".join((PAGE.parent / "audit.md").read_text(encoding="utf-8").split())
    before, after = (
        {key: f"{numbers[f'calibration_{key}_{when}']:.3f}" for key in (
            "comparable", "comparable_mean", "ampere", "hopper", "tpu"
        )} for when in ("before", "after")
    )  # fmt: skip
    assert (
        f"is {after['comparable']} in the middle ({before['comparable']} before) and "
        f"{after['comparable_mean']} on average ({before['comparable_mean']}): "
        f"{after['ampere']} ({before['ampere']}) on A100, {after['hopper']} ({before['hopper']}) "
        f"on H100, {after['tpu']} ({before['tpu']}) on TPU"
    ) in guide
    assert (
        f"a factor of {numbers['calibration_range_factor']:.2f} away, which holds "
        f"{numbers['calibration_runs_inside']:.0f} of the {numbers['calibration_runs']:.0f}"
    ) in guide
    medians = [np.median([one[at] for one in found]) for at in (1, 2)]
    inside = sum(one[2] <= numbers["calibration_range_log"] for one in found)
    assert (
        f"On {len(found)} runs that are not in the catalogue it is {medians[1]:.2f} in the middle "
        f"({medians[0]:.2f}), and {inside} are in the range"
    ) in guide


def test_a_run_by_hand() -> None:
    """Llama 3.1 405B: 6 x 405.85e9 x 15.6e12 / (989.5e12 x 0.41 x 0.90 x 3600) GPU-hours."""
    scenario = load("published-runs")
    table = scenario.catalogue.axis("tested_runs")
    assert table is not None
    place = table.ids.index("llama3.1-405b")
    hours = 6 * 405.85e9 * 15.6e12 / (989.5e12 * 0.41 * 0.90 * 3600)
    assert scenario.numbers["run_engine_gpu_hours"][place] == pytest.approx(hours)
    assert scenario.numbers["run_hours_ratio"][place] == pytest.approx(hours / 30.84e6)
    watts = 10_200 / 8 * 1.1 * 0.75  # the server's nameplate, network beside it, average load
    assert scenario.numbers["run_engine_watts"][place] == pytest.approx(watts)
    calibrated = hours * scenario.numbers["hours_calibration"]
    assert scenario.numbers["gpu_hours"] == pytest.approx(calibrated)  # the scenario itself


def test_the_spread_is_that_of_the_ratios() -> None:
    numbers = load("published-runs").numbers
    ratios = numbers["run_hours_ratio"][np.isfinite(numbers["run_hours_ratio"])]
    assert numbers["backtest_all_runs"] == len(ratios) >= 40
    assert numbers["backtest_all_median"] == pytest.approx(np.median(ratios))
    assert numbers["backtest_all_lowest"] == ratios.min()
    assert numbers["backtest_all_highest"] == ratios.max()


def test_whether_a_run_is_comparable_does_not_look_at_its_ratio() -> None:
    """What is left out is left out for what the run is; each says why."""
    for row in shipped()["runs"].rows:
        if row["comparable"] == "0":
            assert row["note"], row["id"]
            assert row["difference"] in (
                "6ND does not apply", "arithmetic", "distilled or pruned", "misprint",
                "not enough facts", "projection, not a run", "third-party estimate",
                "hardware FLOP",
            )  # fmt: skip
    kept = [row["id"] for row in shipped()["runs"].rows if row["difference"] == "unexplained"]
    assert kept == ["llama3-8b", "yalm-100b"]  # the worst misses stay in


@pytest.mark.parametrize(
    "name", [one for one in SCENARIOS if "backtest_all_runs" in load(one).model]
)
def test_the_same_errors_stand_in_every_scenario(name: str) -> None:
    """The defaults belong to the accelerators, so the job at hand does not move them."""
    every = [printed_table(load(one), accuracy()).rows for one in (name, "published-runs")]
    assert every[0] == every[1]

"""A pipeline of stages: the article's figures, hand sums, edits, gaps and checks that fire."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tco.cli import app
from tco.errors import Mistakes
from tco.facts import option_lists
from tco.files import bundled
from tco.lines import Undefined
from tco.model import model_for
from tests.loaded import load

NAME = "llm-four-stages"
PRE, SFT, RM, RL = (
    "Pre-training", "Supervised fine-tuning", "Reward modelling", "Reinforcement learning"
)  # fmt: skip

# For the recalculation of edited workbooks: an Override on Inputs, or on Tables as TABLE.ROW.KEY.
EDITS: dict[str, tuple[dict[str, object], ...]] = {
    NAME: (
        {f"stages.{PRE}.flop": 1e24},
        {"case": "costs most"},
        {"pair_down": "mfu", "pair_across": "on_demand_price"},
        {f"stages.{PRE}.gpus": 3000},
        {f"stages.{PRE}.days": 20},
        {f"stages.{PRE}.basis": "tokens", f"stages.{PRE}.tokens": 300e9},
        {f"stages.{PRE}.basis": "gpu_days", f"stages.{PRE}.days": 30},
        {f"stages.{PRE}.stage": "Base model"},
        {f"stages.{PRE}.items": 10, f"stages.{PRE}.item_price": 3.25},
        {f"stages.{SFT}.parameters": 400e9},
        {f"stages.{SFT}.days": 40, f"stages.{SFT}.gpus": 2001},
        {f"stages.{SFT}.items": 0},
        {f"stages.{SFT}.basis": "flop", f"stages.{SFT}.flop": 2e20},
        {f"stages.{RM}.gpus": 32},
        {f"stages.{RM}.days": 0.1},
        {f"stages.{RM}.parameters": 6e9},
        {f"stages.{RM}.flop_per_parameter_token": 18},
        {f"stages.{RM}.wait_days": 0},
        {f"stages.{RM}.wait_days": 400},
        {f"stages.{RM}.tokens": 4e10},
        {f"stages.{RM}.item_price": 0, f"stages.{SFT}.item_price": 0, "on_demand_price": 0},
        {f"stages.{RL}.mfu": 0.05},
        {f"stages.{RL}.mfu": 1, "stages.4.days": 90},
        {f"stages.{RL}.item_price": 7.5},
        {"parameters": 7e9, "zero_stage": 1},
        {"active_parameters": 2e10},
        {"flop_per_parameter_token": 8},
        {"deadline_days": 45},
        {"deadline_days": 30},
        {"deadline_days": 365},
        {"availability": 0.78},
        {"mfu": 0.31},
        {"calibrate": "published"},
        {"chip": "h100-sxm5-80gb"},
        {"chip": "v100-sxm2-16gb", "precision": "fp16"},
        {"precision": "tf32"},
        {"performance_class": "tpu/large"},
        {"zero_stage": 2, "model_parallel_gpus": 8},
        {"zero_stage": 0, "model_parallel_gpus": 64},
        {"memory_gb": 40, "optimizer_bytes": 8},
        {"whole_servers": 0, "spares_share": 0.07, f"stages.{PRE}.gpus": 1001},
        {"whole_servers": 1, f"stages.{PRE}.gpus": 1001},
        {"api_price_low": 0.2},
        {"api_tokens_per_year": 1e9, "api_years": 10, "api_price_high": 0.03},
        {"busy_share_least": 0},
        {"rent_addon_share": 0},
        {"on_demand_price": 0},
        {"offer": "crusoe-a100-80"},
        {"interruptions_per_day": 20, "deadline_days": 70},
        {"interruptions_per_day": 24},
        {"overhead_basis": "shares"},
        {"price_basis": "server_share"},
        {"datacenter_includes_energy": 0},
        {"region": "country:FRA"},
        {"power_price": 0, "grid_intensity": 0},
    ),
}

# What to change in the bundled file, and the words that it is refused with.
BAD: tuple[tuple[str, str, str], ...] = (
    ("      flop: 3640 PFLOP/s-days\n", "", "stage Pre-training lacks [flop]"),
    ("      gpus: 1_000\n", "", "stage Pre-training lacks [gpus or days]"),
    ("      tokens: 1B\n", "", "stage Reward modelling lacks [tokens]"),
    ("      days: 5\n", "", "stage Reinforcement learning lacks [gpus and days]"),
    ("      item_price: 2\n", "", "stage Reward modelling lacks [items or item_price]"),
    ("      items: 1M\n", "", "stage Reward modelling lacks [items or item_price]"),
    ("      basis: flop\n", "", "basis is not given in this row"),
    ("basis: flop", "basis: flops", "flops is not an option of basis"),
    ("gpus: 1_000", "gpus: 0", "gpus is 0: it must be at least 1"),
    ("mfu: 10 %", "mfu: 110 %", "mfu is 1.1: it must be above 0 and at most 1"),
    ("items: 1M", "items: -1", "items is -1: it must be at least 0"),
    ("item_price: 2\n", "item_price: 2 EUR\n", "and what one EUR costs in USD is not given"),
    ("stage: Reward modelling", "stage: pre-training", "is the name of row 1 too"),
    ("  stages:\n", "  deadlines: [5 days]\n  stages:\n", "deadlines is not a key below workload"),
    ("published:\n", "deadlines: [5 days]\npublished:\n", "deadlines is not a key of a scenario"),
)

# Each check by key: what to set, inputs or computed lines, so that it must fire; and its words.
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "stages_complete": (
        {"stage_gpus": np.array([np.nan, 64.0, np.nan, 64.0])},
        "stage Pre-training lacks [gpus or days]",
    ),
    "work_adds_up": ({"stages_work": 1e23}, "are 0.313 times the compute"),
    "stages_rent_adds_up": (
        {"pipeline_cost": 4_654_966.0},
        "the stages' cost is off their rent on demand and labelling by 100",
    ),
    "stage_days_used": (
        {"stage_days": np.array([30.0, 3.0, 3.0, 5.0])},
        "1 stages have gpus and days beside their compute, so the days are not used: "
        "first Pre-training",
    ),
    "stages_hold": (
        {"stage_gpus": np.array([1000.0, 64.0, 32.0, 64.0])},
        "1 stages have fewer GPUs than hold the model trained whole: "
        "first Reward modelling, which takes 35",
    ),
    "fleet_busy": (
        {"busy_share_least": 0.4},
        "1,000 GPUs bought for the largest stage are busy 38% of the 63.6 days",
    ),
    "api_prices_ordered": (
        {"api_price_low": 0.2},
        "the low price of a rented model is 0.2000, the high one 0.1200",
    ),
    "deadline_met": ({"deadline_days": 60.0}, "the fleet needs 63.56 days, the deadline is 60.00"),
    "servers_whole": ({"gpus": 1_001.0}, "1,001 GPUs do not fill 126 servers"),
}


@pytest.fixture(scope="module")
def numbers() -> dict[str, Any]:
    return load(NAME).numbers


@pytest.fixture(scope="module")
def shown_json() -> dict[str, Any]:
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        app(["show", NAME, "--json"], standalone_mode=False)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


# ---- the article's figures ----------------------------------------------------------------------


def test_pre_training_as_the_article_has_it(shown_json: dict[str, Any]) -> None:
    """3,640 PFLOP/s-days on 1,000 GPUs at half of 312 TFLOP/s: 23.3 days, not nearly a month."""
    first = shown_json["tables"]["stages"][0]
    assert first["stage_compute"] == 3640e15 * 86_400 == pytest.approx(3.14e23, rel=2e-3)
    assert round(first["stage_duration"], 1) == 23.3 == round(3640 / (1000 * 0.312 * 0.5), 1)
    assert round(3.14e23 / (1000 * 312e12 * 0.5 * 86_400), 1) == 23.3  # its other figure
    assert first["stage_gpu_hours"] == pytest.approx(560_000)
    lines = shown_json["lines"]
    assert lines["largest_stage"]["value"] == "Pre-training"
    assert lines["published_largest_stage_days"]["value"] == 30
    assert lines["published_largest_stage_days_gap"]["value"] == pytest.approx(70 / 3 / 30 - 1)
    assert "nearly one month" in load(NAME).facts["published_largest_stage_days"].note


def test_the_other_stages_take_tens_of_gpus_and_days(shown_json: dict[str, Any]) -> None:
    for row in shown_json["tables"]["stages"][1:]:
        assert 10 <= row["stage_fleet"] < 100 and 1 < row["stage_duration"] < 10
        assert row["stage_gpu_hours"] < 0.02 * 560_000


def test_prices_of_rented_tokens(shown_json: dict[str, Any]) -> None:
    lines = shown_json["lines"]
    assert (lines["api_price_low"]["value"], lines["api_price_high"]["value"]) == (0.002, 0.12)
    assert lines["api_price_low"]["unit"] == "USD/ktoken"


def test_a_guess_says_so_and_a_gap_of_the_article_too() -> None:
    rows = load(NAME).tables["stages"]
    assert rows[0].source.startswith("article")
    for row in rows[1:]:
        assert row.source.startswith("guess:")
    assert all("article states no" in rows[i].note for i in (1, 2))


# ---- hand sums ----------------------------------------------------------------------------------


def by_hand() -> dict[str, Any]:
    """The scenario again, in plain Python."""
    peak, price, addon = 312e12, 2.745, 0.05
    flop = [3640e15 * 86_400, 64 * 3 * 86_400 * peak * 0.5, 6 * 175e9 * 1e9,
            64 * 5 * 86_400 * peak * 0.1]  # fmt: skip
    hours = [flop[0] / (peak * 0.5) / 3600, 64 * 3 * 24, flop[2] / (peak * 0.5) / 3600,
             64 * 5 * 24]  # fmt: skip
    holds = math.ceil(175e9 * 16 / 80e9)
    fleet = [1000, 64, max(math.ceil(hours[2] / 24 / 3), holds), 64]
    days = [h / n / 24 for h, n in zip(hours, fleet, strict=True)]
    labels = [0, 100_000 * 10, 1_000_000 * 2, 0]
    compute = [h * price * (1 + addon) for h in hours]
    ends, end = [], 0.0
    for wait, took in zip((0, 0, 30, 0), days, strict=True):
        end += wait + took
        ends.append(end)
    return {
        "stage_compute": flop, "stage_gpu_hours": hours, "stage_fleet": fleet,
        "stage_duration": days, "stage_end_day": ends, "stage_compute_cost": compute,
        "stage_labelling_cost": labels,
        "stage_cost": [a + b for a, b in zip(compute, labels, strict=True)],
        "pipeline_cost": sum(compute) + sum(labels), "labelling_cost": sum(labels),
        "labelling_of_cost": sum(labels) / (sum(compute) + sum(labels)),
        "largest_of_cost": compute[0] / (sum(compute) + sum(labels)),
        "flop": sum(flop), "gpu_hours": sum(hours), "days_needed": end, "work_days": sum(days),
        "fleet_busy_share": sum(hours) / (1000 * end * 24), "gpus_working": 1000, "gpus": 1000,
        "gpus_exact": 1000 * sum(days) / (90 - 30),
        "rent_on_demand_cost": sum(compute),
        "energy_kwh": sum(hours) / 8 * 6.5 * 1.1 * 0.75 * 1.25,
        "embodied_tonnes": sum(hours) / 8 * 6720.8 / 1000 / (4 * 8760),
    }  # fmt: skip


@pytest.mark.parametrize("key", by_hand())
def test_every_figure_by_hand(key: str, numbers: dict[str, Any]) -> None:
    assert numbers[key] == pytest.approx(by_hand()[key], rel=1e-12)


def test_stages_follow_each_other(numbers: dict[str, Any]) -> None:
    start, end = numbers["stage_start_day"], numbers["stage_end_day"]
    assert start[0] == 0
    np.testing.assert_allclose(start[1:] - end[:-1], [0, 30, 0], atol=1e-9)
    assert numbers["days_needed"] == end[-1]


def test_energy_follows_the_hours_not_the_largest_fleet(numbers: dict[str, Any]) -> None:
    whole = numbers["power_kw"] * 0.75 * 1.25 * numbers["days_needed"] * 24
    assert numbers["energy_kwh"] == pytest.approx(whole * numbers["fleet_busy_share"])


def test_renting_by_the_token_by_hand(numbers: dict[str, Any]) -> None:
    cost, used = numbers["pipeline_cost"], 100e9 * 3
    assert numbers["api_cost_low"] == pytest.approx(used / 1000 * 0.002)
    assert numbers["api_cost_high"] == pytest.approx(used / 1000 * 0.12)
    assert numbers["breakeven_tokens_low"] == pytest.approx(cost / 0.002 * 1000)
    assert numbers["breakeven_tokens_high"] == pytest.approx(cost / 0.12 * 1000)
    assert numbers["breakeven_years_low"] == pytest.approx(cost / 0.002 * 1000 / 100e9)
    assert numbers["breakeven_years_high"] == pytest.approx(cost / 0.12 * 1000 / 100e9)
    same = numbers["breakeven_api_price"]
    assert used / 1000 * same == pytest.approx(cost)
    assert 0.002 < same < 0.12


def test_sentences_read_right(numbers: dict[str, Any]) -> None:
    said = [str(numbers[key]) for key, one in model_for("pipeline").lines.items()
            if one.section == "summary"]  # fmt: skip
    assert said == [
        "The 4 stages end on day 63.6 and cost 4.65 M USD, rented on demand, with labelling.",
        "Of that, the GPU-hours of Pre-training are 35%, and labelling is 64%.",
        "That money rents a model for 0.4 to 23.3 years at 100.0 bn tokens a year; "
        "serving is extra.",
        "Bought for the largest stage, 1,000 GPUs would be busy 38% of the time; both ways below "
        "leave labelling out, 3.00 M USD.",
        "Buying 1,000 GPUs to train it in 63.6 days costs 37.78 M USD.",
        "Renting the same run (spot) costs 2.79 M USD, staff included in both.",
        "Buying breaks even with on-demand rent after 22.1 such runs (undiscounted).",
    ]


# ---- the ways through the model -----------------------------------------------------------------


def test_given_gpus_give_days_and_given_days_give_gpus() -> None:
    """Where both are given beside the compute the GPUs count, and a finding says so."""
    found = load(NAME, [f"stages.{PRE}.days=20"]).numbers
    assert found["stage_duration"][0] == pytest.approx(23.3333, abs=1e-4)
    assert found["stage_days_used"] == 1
    small = load(NAME, [f"stages.{RM}.days=1"]).numbers
    assert small["stage_fleet"][2] == math.ceil(1870 / 24) == 78
    assert small["stage_duration"][2] <= 1
    given = load(NAME, [f"stages.{RM}.gpus=50"]).numbers
    assert given["stage_duration"][2] == pytest.approx(6 * 175e18 / 156e12 / 86_400 / 50)


def test_the_compute_of_gpu_days_follows(numbers: dict[str, Any]) -> None:
    assert numbers["stage_compute"][3] == pytest.approx(64 * 5 * 86_400 * 31.2e12)
    half = load(NAME, [f"stages.{RL}.mfu=5 %"]).numbers
    assert half["stage_compute"][3] == pytest.approx(numbers["stage_compute"][3] / 2)
    assert half["pipeline_cost"] == numbers["pipeline_cost"]


def test_lost_time_lengthens_what_is_counted_in_flop_only() -> None:
    found = load(NAME, ["availability=78 %"]).numbers
    assert round(found["stage_duration"][0], 1) == 29.9  # the article's month
    assert found["stage_gpu_hours"][1] == 64 * 3 * 24


def test_an_own_model_and_an_own_factor() -> None:
    found = load(NAME, [f"stages.{RM}.parameters=6B", f"stages.{RM}.flop_per_parameter_token=8"])
    assert found.numbers["stage_compute"][2] == 8 * 6e9 * 1e9
    assert found.numbers["stage_gpus_for_memory"][2] == 2  # 6e9 x 16 bytes over 80 GB


def test_active_parameters_work_and_all_are_held() -> None:
    found = load(NAME, ["active_parameters=20B"]).numbers
    assert found["stage_compute"][2] == 6 * 20e9 * 1e9
    assert found["stage_gpus_for_memory"][2] == 35


def test_whole_servers_and_spares_are_of_the_largest_fleet() -> None:
    sets = [f"stages.{PRE}.gpus=1001", "spares_share=2 %"]
    found = load(NAME, sets).numbers
    assert found["gpus_working"] == 1008 and found["gpus"] == 1008 + 24
    parts = load(NAME, [*sets, "whole_servers=no"]).numbers
    assert parts["gpus_working"] == 1001 and parts["gpus"] == 1001 + 21
    assert parts["gpu_hours"] == found["gpu_hours"]  # idle GPUs are bought, not billed


def test_a_late_pipeline_is_late_everywhere() -> None:
    found = load(NAME, ["deadline=60 days"]).numbers
    assert found["deadline_met"] == 1 and found["rent_option"] == "none is in time"
    assert found["gpus_exact"] == pytest.approx(1000 * found["work_days"] / 30)
    never = load(NAME, ["deadline=25 days"]).numbers
    assert str(never["gpus_exact"].why) == "none: waiting takes longer"
    assert str(never["spot_gpus_needed"].why) == "never done"


def test_nothing_that_costs_nothing_is_a_number() -> None:
    sets = ["on_demand_price=0", f"stages.{SFT}.item_price=0", f"stages.{RM}.item_price=0"]
    found = load(NAME, sets).numbers
    assert found["pipeline_cost"] == 0 and isinstance(found["labelling_of_cost"], Undefined)
    assert found["parts_sentence"] == "Nothing of it costs anything."


def test_another_deadline_is_no_other_fleet() -> None:
    scenario = load(NAME)
    assert not scenario.trades_time and scenario.deadlines == ()
    assert not [key for key in scenario.model.givens if key.startswith("deadline_point")]
    with pytest.raises(Mistakes):
        load(NAME, ["deadline_point_01=4"])


def test_a_published_count_needs_no_ideal_one(tmp_path: Path) -> None:
    from tco.page.first import page
    from tco.page.printed import board
    from tco.workbook.build import workbook

    path = tmp_path / "counted.yaml"
    path.write_text(bundled_text() + "  gpus: 1_024\n")
    scenario = load(str(path))
    assert scenario.numbers["published_gpus_gap"] == pytest.approx(1000 / 1024 - 1, abs=1e-6)
    assert workbook(scenario)
    shown = board(scenario, page(scenario))
    assert any("GPUs bought" in row.cells for one in shown.tables for row in one.rows)


# ---- edits --------------------------------------------------------------------------------------


@pytest.mark.parametrize("edit", EDITS[NAME], ids=str)
def test_an_edit_loads_and_moves_something(
    edit: dict[str, object], numbers: dict[str, Any]
) -> None:
    found = load(NAME, [f"{key}={value}" for key, value in edit.items()])
    assert [
        key for key in found.model.lines if str(found.numbers[key]) != str(numbers[key])
    ], "nothing follows from it"  # fmt: skip


def test_every_column_and_every_dropdown_is_edited() -> None:
    model = model_for("pipeline")
    edited = {key for one in EDITS[NAME] for key in one}
    columns = {key.rpartition(".")[2] for key in edited if key.startswith("stages.")}
    assert columns == {model.tables["stages"].spelled(one.key) for one in model.along("stages")}
    choices = {key for key, one in model.givens.items()
               if key in model.columns.values() and one.along is None}  # fmt: skip
    assert choices <= edited, choices - edited


# ---- what is refused ----------------------------------------------------------------------------


def bundled_text() -> str:
    return (bundled("scenarios") / f"{NAME}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("old", "new", "words"), BAD, ids=[one[2] for one in BAD])
def test_a_malformed_file_is_refused(old: str, new: str, words: str, tmp_path: Path) -> None:
    text = bundled_text()
    assert old in text
    path = tmp_path / "bad.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Mistakes) as refused:
        load(str(path))
    said = [one.wrong for one in refused.value.mistakes]
    assert any(words in one for one in said), said
    assert all(one.remedy for one in refused.value.mistakes)


# ---- checks -------------------------------------------------------------------------------------


def _flag(key: str, overrides: dict[str, Any]) -> tuple[float, str]:
    scenario = load(NAME)
    values = {**scenario.values, **option_lists(scenario.catalogue, scenario.model), **overrides}
    got = scenario.model.evaluate(values, only=[key, f"{key}_note"])
    return float(got[key]), str(got[f"{key}_note"])


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_invariant_fires_its_check(key: str) -> None:
    overrides, words = BROKEN[key]
    fired, said = _flag(key, overrides)
    assert fired == 1 and words in said, said


def test_the_noise_of_large_sums_fires_nothing() -> None:
    numbers = load(NAME, [f"stages.{PRE}.flop=3.3e30", "on_demand_price=7.77"]).numbers
    assert numbers["pipeline_cost"] > 1e13 and numbers["stages_rent_adds_up"] == 0
    assert _flag("stages_rent_adds_up", {"pipeline_cost": 5_000_000.0})[0] == 1


def test_every_check_of_its_own_has_a_way_to_break_it() -> None:
    from tco.model.demand import pipeline

    ours = {name for name, one in vars(pipeline).items() if type(one).__name__ == "Check"}
    assert ours <= set(BROKEN)


@pytest.mark.parametrize(
    "key", [one.flag.key for one in model_for("pipeline").checks if one.kind == "error"]
)
def test_no_error_fires_in_the_bundled_scenario(key: str) -> None:
    assert _flag(key, {}) == (0, "OK")


def test_a_stage_without_its_inputs_is_never_zero() -> None:
    """In numbers as in cells: what lacks its inputs is no number, and nor is any total."""
    scenario = load(NAME)
    for gone in ("stage_flop", "stage_gpus", "stage_tokens"):
        values = {**scenario.values, gone: np.full(4, np.nan)}
        found = scenario.model.evaluate(values)
        assert math.isnan(found["gpu_hours"]) and math.isnan(found["pipeline_cost"]), gone
        assert found["stages_complete"] == 1

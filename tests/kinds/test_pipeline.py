"""Four stages: compute, schedule, labelling and cost by hand; edits, mistakes, checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tco.errors import Mistakes
from tco.loading import load
from tco.report import as_json
from tests.kinds.common import changed, flag

NAME = "llm-four-stages"

EDITS: dict[str, tuple[dict[str, Any], ...]] = {
    NAME: (
        {"mfu": 0.4},
        {"availability": 0.9},
        {"chip": "h100-sxm5-80gb"},
        {"precision": "fp32"},
        {"on_demand_price": 1.5, "rent_addon_share": 0},
        {"on_demand_price": 0},
        {"deadline_days": 30},
        {"busy_share_floor": 0.9},
        {"whole_servers": 0, "spares_share": 0.1},
        {"api_price_low": 0.0005, "api_price_high": 0.06},
        {"api_tokens_per_year": 1e12},
        {"flop_per_parameter_token": 8, "stages.1.basis": "tokens", "stages.1.parameters": 7e9,
         "stages.1.tokens": 1e12},
        {"stages.pre-training.stated_flop": 1e23},
        {"stages.pre-training.gpus": 2000},
        {"stages.1.basis": "tokens", "stages.1.parameters": 175e9, "stages.1.tokens": 300e9},
        {"stages.1.basis": "gpu_days", "stages.1.days": 60},
        {"stages.2.basis": "flop", "stages.2.stated_flop": 1e21},
        {"stages.2.gpus": 1024},
        {"stages.reinforcement learning.days": 50},
        {"stages.reinforcement learning.mfu": 0.1},
        {"stages.1.mfu": 0.25},
        {"stages.2.wait_days": 14},
        {"stages.1.wait_days": 3},
        {"stages.2.items": 500_000},
        {"stages.2.item_price": 0},
        {"stages.3.item_price": 12.5},
        {"stages.4.items": 100_000, "stages.4.item_price": 2},
        {"stages.1.published_days": 23.3},
        {"stages.3.stage": "preference model"},
        {"pue": 1, "power_price": 0},
        # what a rebuild refuses
        {"stages.2.basis": "flop"},
        {"stages.3.basis": "tokens", "stages.3.tokens": 1e9},
        {"stages.4.items": 100_000},
        {"stages.4.item_price": 2},
        {"stages.4.gpus": 0},
        {"stages.4.basis": "guess"},
        {"stages.4.mfu": 1.2},
        {"stages.4.stage": "pre-training"},
    ),
}  # fmt: skip

STAGE = "workload:\n  kind: pipeline\n  deadline: 60 days\n  api_tokens_per_year: 1B\n  stages:\n"
BAD = {
    "flop without flop": (
        STAGE + "    - {stage: a, basis: flop, gpus: 8}\n",
        "stage a lacks what its basis starts from: stated_flop, parameters and tokens, or days",
    ),
    "tokens without parameters": (
        STAGE + "    - {stage: a, gpus: 8, days: 1}\n"
        "    - {stage: b, basis: tokens, tokens: 1B, gpus: 8}\n",
        "stage b lacks what its basis starts from",
    ),
    "days missing": (STAGE + "    - {stage: a, gpus: 8}\n", "stage a lacks what its basis"),
    "price alone": (
        STAGE + "    - {stage: a, gpus: 8, days: 1, item_price: 3}\n",
        "stage a has items or item_price, not both",
    ),
    "no gpus": (STAGE + "    - {stage: a, days: 1}\n", "gpus is not given in this row"),
    "basis": (
        STAGE + "    - {stage: a, basis: gpu days!, gpus: 8, days: 1}\n",
        "gpu days! is not an option of basis",
    ),
}
BROKEN: dict[str, tuple[list[str], str]] = {
    "fleet_busy": (
        ["stages.4.days=60"], "bought for its largest stage, the fleet works 31% of the time",
    ),
    "stage_run_days_as_published": (
        ["stages.2.published_days=2"],
        "2 of the published durations do not follow from their inputs, first pre-training",
    ),
    "stages_complete": (["stages_without_input=1"], "lacks what its basis starts from"),
    "labelling_complete": (["stages_half_labelled=1"], "has items or item_price, not both"),
    "deadline_met": (["deadline=30 days"], "the fleet needs 34.30 days, the deadline is 30.00"),
}  # fmt: skip


@pytest.fixture(scope="module")
def numbers() -> dict[str, Any]:
    return load(NAME).numbers


def test_pre_training_takes_23_days_and_not_a_month(numbers: dict[str, Any]) -> None:
    """3.14e23 FLOP over 1,000 GPUs at half of 312 TFLOP/s."""
    days = 3.14e23 / (1000 * 312e12 * 0.5 * 86_400)
    assert round(days, 1) == 23.3
    assert numbers["stage_run_days"][0] == pytest.approx(days)
    assert numbers["stage_published_days"][0] == 30 and numbers["stage_run_days_off"][0] == 1


def test_each_stage_by_hand(numbers: dict[str, Any]) -> None:
    hour = numbers["on_demand_price"] * 1.05
    gpu_hours = [3.14e23 / (312e12 * 0.5 * 3600), 64 * 72, 64 * 72, 64 * 120]
    labels = [0, 50_000 * 15, 1_000_000 * 1, 0]
    assert numbers["stage_gpu_hours"] == pytest.approx(gpu_hours)
    assert numbers["stage_labelling_cost"] == pytest.approx(labels)
    costs = [hours * hour + paid for hours, paid in zip(gpu_hours, labels, strict=True)]
    assert numbers["stage_cost"] == pytest.approx(costs)
    assert numbers["pipeline_cost"] == pytest.approx(sum(costs))
    assert sum(numbers["stage_cost_share"]) == pytest.approx(1)
    for row, (hours, gpus) in enumerate(zip(gpu_hours, (1000, 64, 64, 64), strict=True)):
        assert numbers["stage_flop"][row] == pytest.approx(hours * 3600 * 156e12)
        assert numbers["stage_run_days"][row] == pytest.approx(hours / gpus / 24)


def test_stages_follow_one_another(numbers: dict[str, Any]) -> None:
    first = 3.14e23 / (1000 * 156e12 * 86_400)
    assert numbers["stage_start_day"] == pytest.approx([0, first, first + 3, first + 6])
    assert numbers["stage_end_day"] == pytest.approx([first, first + 3, first + 6, first + 11])
    waited = load(NAME, ["stages.2.wait_days=10"]).numbers
    assert waited["days_needed"] == pytest.approx(numbers["days_needed"] + 10)


def test_the_largest_stage_decides_the_fleet(numbers: dict[str, Any]) -> None:
    assert numbers["gpus_working"] == 1000 and numbers["servers"] == 125
    assert numbers["gpu_hours"] == pytest.approx(sum(numbers["stage_gpu_hours"]))
    busy = numbers["gpu_hours"] / (1000 * numbers["days_needed"] * 24)
    assert numbers["fleet_busy_share"] == pytest.approx(busy)
    energy = numbers["gpu_hours"] / 8 * 6.5 * 1.1 * numbers["load_factor"] * 1.25
    assert numbers["energy_kwh"] == pytest.approx(energy), "energy follows the stages' hours"


def test_renting_a_model_by_the_token(numbers: dict[str, Any]) -> None:
    cost = float(numbers["pipeline_cost"])
    assert numbers["api_cost_low"] == pytest.approx(100e9 / 1000 * 0.002)
    assert numbers["api_cost_high"] == pytest.approx(100e9 / 1000 * 0.12)
    assert numbers["api_tokens_high"] == pytest.approx(cost / 0.12 * 1000)
    assert numbers["api_years_low"] == pytest.approx(cost / 200_000)
    assert numbers["api_years_high"] == pytest.approx(cost / 12_000_000)


def test_three_bases_of_one_computation() -> None:
    """6 P D, the same stated, and the days they come to."""
    tokens = load(NAME, ["stages.2.basis=tokens", "stages.2.parameters=1e9",
                         "stages.2.tokens=1e12"]).numbers  # fmt: skip
    assert tokens["stage_flop"][1] == pytest.approx(6e21)
    stated = load(NAME, ["stages.2.basis=flop", "stages.2.stated_flop=6e21"]).numbers
    days = load(NAME, [f"stages.2.days={float(stated['stage_run_days'][1])!r}"]).numbers
    for other in (stated, days):
        assert other["stage_cost"][1] == pytest.approx(tokens["stage_cost"][1], rel=1e-12)


def test_json_names() -> None:
    found = as_json(load(NAME))
    assert {"stage_gpu_hours", "stage_cost"} <= set(found["tables"]["stages"][0])
    assert found["lines"]["pipeline_cost"]["value"] > 0
    assert "deadlines" not in found["tables"], "the deadline does not size the fleet"


@pytest.mark.parametrize("edit", EDITS[NAME][:30], ids=str)
def test_an_edit_changes_something_downstream(edit: dict[str, Any]) -> None:
    assert changed(load(NAME), load(NAME, [f"{key}={value}" for key, value in edit.items()]))


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_said_in_words(case: str, tmp_path: Path) -> None:
    text, words = BAD[case]
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(Mistakes) as refused:
        load(str(path))
    assert words in str(refused.value), str(refused.value)


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_invariant_fires_its_check(key: str) -> None:
    sets, words = BROKEN[key]
    if key in ("stages_complete", "labelling_complete"):  # a scenario that fires it is refused
        with pytest.raises(Mistakes) as refused:
            load(NAME, sets)
        assert words in str(refused.value)
        return
    assert words in flag(load(NAME, sets), key)

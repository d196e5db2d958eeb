"""Published figures to the printed digit, and hand sums beside what they prove."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from tco.cli import app
from tests.loaded import load

EXAMPLE = "llm-100b-10d"


@pytest.fixture(scope="module")
def numbers() -> dict[str, object]:
    return load(EXAMPLE).numbers


def shown(*args: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    app(["show", *args, "--json"], standalone_mode=False)
    return json.loads(capsys.readouterr().out)


def test_the_worked_example(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(EXAMPLE, capsys=capsys)["lines"]
    expected = {
        "gpus": 10_830,  # published; ceil(1.8e23 / (19.5e12 x 864,000) / 0.9865)
        "gpus_ideal": 10_684,  # ceil(10,683.76)
        "gpu_cost": 108_300_000,  # 10,830 x 10,000
        "other_hardware_cost": 21_660_000,  # 20 %
        "datacenter_cost": 10_830_000,  # 10 %
        "staff_cost": 2_000_000,
        "buy_total": 142_790_000,
        "tokens": 300_000_000_000,
        "gpus_for_memory": 20,  # 16 bytes x 100e9 / 80 GB
    }
    for key, value in expected.items():
        assert lines[key]["value"] == value, key
    assert lines["active_parameters"] == {
        "label": "Active parameters", "unit": "parameter", "value": None, "why": "not given",
    }  # fmt: skip


def test_without_lost_time_the_count_is_the_recomputed_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = shown(EXAMPLE, "--set", "availability=1", capsys=capsys)
    assert found["lines"]["gpus"]["value"] == 10_684


def test_a_computed_line_can_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(EXAMPLE, "--set", "gpus=1000", capsys=capsys)["lines"]
    assert lines["buy_total"]["value"] == 15_000_000  # 1,000 x 10,000 x 1.3 + 2,000,000


def test_a_given_count_leaves_the_deadline_table_in_place() -> None:
    from tco.page.report import as_json
    from tco.workbook.layout import lay_out

    scenario = load(EXAMPLE, ["gpus=1000"])
    assert "Deadline" in [sheet.title for sheet in lay_out(scenario).sheets]
    assert len(as_json(scenario)["tables"]["deadlines"]) == len(scenario.deadlines) > 0


def test_hours_billed_are_the_working_fleets(numbers: dict[str, float]) -> None:
    assert numbers["gpu_hours"] == pytest.approx(2_599_191.65, abs=0.005)
    assert numbers["gpu_hours"] < 10_830 * 240


def test_rent_by_hand(numbers: dict[str, float]) -> None:
    hours, days = numbers["gpu_hours"], numbers["days_needed"]
    assert numbers["rent_on_demand_cost"] == pytest.approx(hours * 2.745 * 1.05)
    assert numbers["rent_reserved_cost"] == pytest.approx(10_830 * 8760 * 2.6216 * 1.05)
    assert numbers["rent_reserved_idle_cost"] == pytest.approx(
        (10_830 * 8760 - hours) * 2.6216 * 1.05
    )
    lost = 2 / 24 * (1 / 2 + 0.5)
    assert numbers["rent_spot_cost"] == pytest.approx(hours * 1.2063 * 1.05 / (1 - lost))
    assert days / (1 - lost) > 10, "spot misses the deadline, so it is not the cheapest in time"
    assert numbers["rent_cost"] == numbers["rent_on_demand_cost"]


def test_breakeven_by_hand(numbers: dict[str, float]) -> None:
    energy = numbers["energy_cost"]
    assert numbers["breakeven_runs"] == pytest.approx(
        (142_790_000 - 2_000_000 - energy) / (numbers["rent_on_demand_cost"] - energy)
    )


def test_energy_and_carbon_by_hand(numbers: dict[str, float]) -> None:
    kwh = 10_830 / 8 * 6.5 * 1.1 * 0.75 * 1.25 * numbers["days_needed"] * 24
    assert numbers["energy_kwh"] == pytest.approx(kwh)
    assert numbers["energy_cost"] == pytest.approx(kwh * 0.0813)
    assert numbers["co2_tonnes"] == pytest.approx(kwh * 369.5 / 1e6)
    life = numbers["days_needed"] * 24 / (4 * 8760)
    assert numbers["embodied_tonnes"] == pytest.approx(10_830 / 8 * 6720.8 / 1000 * life)


def test_the_petabyte_is_a_thousand_times_what_the_compute_reads(
    numbers: dict[str, float],
) -> None:
    assert numbers["implied_tokens"] == pytest.approx(300e9)
    assert numbers["implied_bytes"] == pytest.approx(300e9 * 4.6e12 / 1.4e12)
    assert 1000 < numbers["data_ratio"] < 1020
    assert numbers["data_agrees"] == 1
    assert numbers["data_agrees_note"] == (
        "the compute implies 300 billion tokens, 0.99 TB of text, while 1,000.00 TB are stated"
    )


def test_the_1_37_percent_is_shown_and_explained(numbers: dict[str, float]) -> None:
    assert round(100 * numbers["published_gpus_excess"], 2) == 1.37
    assert round(100 * numbers["implied_availability"], 2) == 98.65
    note = load(EXAMPLE).facts["availability"].note
    assert "states none" in note and "1.37" in note


@pytest.mark.parametrize(("stage", "gigabytes"), [(0, 120.0), (1, 31.4), (2, 16.6), (3, 1.9)])
def test_zero_memory_as_published(stage: int, gigabytes: float) -> None:
    """Rajbhandari et al. 2020, Figure 1: 7.5e9 parameters on 64 GPUs, per GPU."""
    from tco.model.run import fleet, memory

    resident = memory.resident_bytes(float(stage), 2.0, 2.0, 12.0)
    sharded = memory.sharded_bytes(2.0, 2.0, 12.0, resident)
    per_gpu = fleet.resident_gb(7.5e9, resident, 1.0) + fleet.sharded_gb(7.5e9, sharded) / 64
    assert per_gpu == pytest.approx(gigabytes, abs=0.06)


def test_memory_can_set_the_count() -> None:
    scenario = load(EXAMPLE, ["deadline=10000 days", "mfu=1"])
    assert scenario.numbers["gpus"] == scenario.numbers["gpus_for_memory"] == 20
    assert str(scenario.numbers["gpus_bound"]).startswith("memory")


def test_whole_servers_and_spares() -> None:
    numbers = load(EXAMPLE, ["whole_servers=yes", "spares_share=2 %"]).numbers
    assert numbers["gpus_working"] == 10_832  # 1,354 servers of 8
    assert numbers["gpus"] == 10_832 + 224  # 217 spares fill 28 servers
    assert numbers["servers"] == 1_382


def test_float_noise_never_buys_a_gpu() -> None:
    from tco.model.run import fleet

    assert fleet.gpus_for_compute(np.float64(10_684.0000001)) == 10_684
    assert fleet.gpus_for_compute(np.float64(10_684.00001)) == 10_685


def test_zero_is_a_value() -> None:
    numbers = load(EXAMPLE, ["staff_cost=0", "rent_addon_share=0 %"]).numbers
    assert numbers["staff_cost"] == 0
    assert numbers["buy_total"] == 140_790_000
    assert numbers["rent_on_demand_cost"] == pytest.approx(numbers["gpu_hours"] * 2.745)


def test_another_currency_converts_the_catalogue_only(tmp_path) -> None:
    text = (load_text(EXAMPLE)).replace(
        "currency: USD",
        "currency: EUR\nusd_rate: {value: 0.9, date: 2026-11-20, source: treasury}",
    )
    path = tmp_path / "euro.yaml"
    path.write_text(text)
    euro, dollar = load(str(path)).numbers, load(EXAMPLE).numbers
    assert euro["buy_total"] == dollar["buy_total"]  # given in the scenario's own currency
    assert euro["on_demand_price"] == pytest.approx(0.9 * dollar["on_demand_price"])
    assert euro["power_price"] == pytest.approx(0.9 * dollar["power_price"])


def load_text(name: str) -> str:
    from tco.read.opening import locate

    return locate(name).read_text(encoding="utf-8")


def test_the_deadline_table_repeats_the_model() -> None:
    scenario = load(EXAMPLE)
    keys = ("gpus", "buy_total", "rent_total", "rent_on_demand_cost", "days_needed")
    cases = scenario.cases({"deadline_days": scenario.deadlines}, keys)
    for index, days in enumerate(scenario.deadlines):
        alone = load(EXAMPLE, [f"deadline={days}"]).numbers
        for key in keys:
            got = np.broadcast_to(cases[key], (len(scenario.deadlines),))[index]
            assert got == pytest.approx(float(alone[key]), rel=1e-12), (key, days)


def test_the_numbers_as_pandas_tables() -> None:
    from tco.page.report import as_frame, deadlines_frame

    scenario = load(EXAMPLE)
    frame = as_frame(scenario)
    assert frame.loc["buy_total", "value"] == 142_790_000
    assert frame.loc["gpu_price", "origin"] == "scenario"
    assert frame.loc["active_parameters", "value"] == "not given"
    assert deadlines_frame(scenario).loc[10, "gpus"] == 10_830


def test_a_later_deadline_needs_fewer_gpus() -> None:
    scenario = load(EXAMPLE)
    counts = scenario.cases({"deadline_days": scenario.deadlines}, ["gpus"])["gpus"]
    assert list(counts) == sorted(counts, reverse=True)
    assert counts[0] == math.ceil(10_829.965 * 2)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("100B", "parameter", 1e11),
        ("1.4T", "token", 1.4e12),
        ("1 PB", "byte", 1e15),
        ("1 PiB", "byte", 2.0**50),
        ("100B", "byte", 100),
        ("10 days", "day", 10),
        ("36 h", "day", 1.5),
        ("98.65 %", "share", 0.9865),
        ("19.5 TFLOP/s", "TFLOP/s/GPU", 19.5),
        ("0.5 PFLOP/s", "TFLOP/s/GPU", 500),
        ("10_000", "USD/GPU", 10_000),
        ("1.8e23", "FLOP", 1.8e23),
        ("180 ZFLOP", "FLOP", 1.8e23),
        ("3640 PFLOP/s-days", "FLOP", 3640e15 * 86400),
        ("0.085 USD/kWh", "USD/kWh", 0.085),
        ("2 M USD", "USD", 2e6),
        ("300 billion tokens", "token", 3e11),
    ],
)
def test_quantities_as_people_write_them(text: str, unit: str, value: float) -> None:
    from tco.quantities import read

    assert read(text, unit) == pytest.approx(value, rel=1e-15)


def test_json_has_lists_for_years_only_and_tables_for_rows() -> None:
    from tco.page.report import as_json

    found = as_json(load(EXAMPLE))
    assert not [key for key, one in found["lines"].items() if isinstance(one["value"], list)]
    tables = found["tables"]
    assert {"past_runs", "tested_runs", "prices", "evidence_kinds", "deadlines"} <= set(tables)
    shares = {row["id"]: row["kind_buy_share"] for row in tables["evidence_kinds"]}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["cited"] == 1  # every price of the example is the article's
    prices = {row["id"]: row for row in tables["prices"]}
    assert prices["gpu_price"]["price_buy"] == 108_300_000
    assert prices["gpu_price"]["price_age"] == 1148  # 2023-09-30 to 2026-11-21
    assert prices["staff_cost"]["price_rent"] == prices["staff_cost"]["price_buy"] == 2_000_000

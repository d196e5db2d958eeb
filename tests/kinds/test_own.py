"""Ownership over years: the reference case, an independent computation, behaviour, and checks."""

from __future__ import annotations

import functools
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tco.errors import Mistakes
from tco.facts import option_lists
from tco.files import bundled
from tco.lines import Undefined
from tco.model import model_for
from tco.page.content import Series
from tco.page.years import years_charts
from tco.scenario import Scenario
from tco.verify import verify
from tco.workbook.build import workbook
from tco.workbook.layout import lay_out
from tests.loaded import load
from tests.office.live import laid_out
from tests.sampling import sampled
from tests.straight import straight

NAME, BESIDE = "own-1024-h100", "buy-or-rent-100b"
GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "ownership.json").read_text())

# One list for the file and for a scenario built anew: each driver, and where figures end.
EDITS: dict[str, tuple[dict[str, Any], ...]] = {
    NAME: (
        {"utilization": 0, "tax_rate": 0},
        {"utilization": 1, "liquidation_factor": 0.45, "deposit_share": 0.9, "delivery_share": 0.3},
        {"horizon_years": 1, "residual_share": 0.72, "residual_years": 1},
        {"horizon_years": 7, "tax_rate": 1},
        {"horizon_years": 3, "reserved_term_hours": 26280, "tax_depreciation": "bonus"},
        {"horizon_years": 5, "reserved_term_hours": 17520, "prepay_share": 0.25},
        {"residual_share": 0, "days_needed": 0.001, "power_price": 0},
        {"on_demand_price": 0, "reserved_price": 0},
        {"on_demand_price": 90, "reserved_price": 70},
        {"on_demand_price": 0.5, "reserved_price": 0.4, "rent_growth": 0.3},
        {"rent_growth": -0.9, "wage_growth": -0.2, "colo_growth": -0.1, "power_growth": -0.3},
        {"discount_rate": 0, "discount_rate_after_tax": 0},
        {"discount_rate": -0.5},
        {"discount_rate": 0.3, "discount_rate_after_tax": 0.07, "colo_term_years": 9},
        {"tax_depreciation": "straight", "tax_life_years": 3, "power_price": 0.4},
        {"discount_timing": "mid", "go_live_fraction": 0.4, "prepay_share": 1},
        {"demand_shape": "level", "reserved_share": 0.75},
        {"demand_shape": "level", "reserved_share": 0.5, "hybrid_base_share": 0.7},
        {"reserved_share": 0},
        {"reserved_share": 0.6, "utilization": 0.4},
        {"block_price": 2.0, "go_live_fraction": 0.5, "hybrid_base_share": 0.5},
        {"spot_assured": 1, "deadline_days": 250},
        {"spot_assured": 1, "interruptions_per_day": 40},
        {"facility_basis": "own_dc", "dc_life_years": 2, "horizon_years": 5},
        {"network_basis": "counts", "fleet_gpus": 4096},
        {"network_basis": "counts", "fabric_wiring": "plain", "unit_servers": 0},
        {"network_basis": "counts", "fabric_planes": 2, "block_servers": 18},
        {"network_basis": "counts", "oversubscription": 3, "fleet_gpus": 20_000},
        {"fleet_gpus": 1001, "server_price": 100},
        {"server_price": 252_777.0},
        {"result_needed_days": 300},
        {"result_needed_days": 100},
        {"deadline_days": 150},
        {"rent_addon_basis": "items", "rent_storage_gb": 1e6, "rent_egress_gb": 5e5,
         "rent_support_share": 0.04, "rent_setup_cost": 250_000},
        {"owned_fte": 0, "rented_fte": 0, "support_share": 0, "insurance_share": 0,
         "software_price": 4500, "property_tax_share": 0.015, "decommissioning_cost": 2e6},
        {"chip": "b200-sxm-180gb"},
        {"horizon_years": 8},
        {"facility_basis": "share"},
        {"utilization": 1.2},
        {"price_history.3.price": 2.0, "price_history.5.providers": 3},
        {"price_history.1.observed": "2024-03-01", "price_history.2.index": "H200 list index"},
        {"rent_growth": -0.4},
        # The drivers: another best rent, ties that vanish, one at the plan's own value.
        {"reserved_price": 1.9},
        {"spot_assured": 1, "block_price": 2.4},
        {"server_price": 900_000, "rent_growth": 0.02},
        {"decommissioning_cost": 50_000_000, "server_price": 60_000},
    ),
    BESIDE: (
        {"deadline_days": 20, "owned_gpus": 20_000},
        {"owned_gpus": 5_000, "server_price": 90_000},
        {"server_price": 420_000, "network_basis": "counts", "duty_rate": 0.05},
        {"bom_basis": "shares", "gpu_price": 12_000},
        {"fabric_wiring": "plain", "network_basis": "counts", "overhead_basis": "items"},
        {"bom_basis": "server", "server_price": 150_000, "facility_basis": "colo"},
        {"overhead_basis": "items", "network_share": 0.1, "facility_basis": "share"},
        {"facility_basis": "own_dc", "horizon_years": 7},
        {"gpu_price": 17_349, "runs_over_horizon": 44, "offer": "verda-1a100-80"},
        {"spares_share": 0.05, "spares_cost_share": 0.02},
        {"interruptions_per_day": 0, "spot_assured": 1, "whole_servers": 1, "tax_rate": 0},
        {"demand_shape": "level", "reserved_term_hours": 26280},
        {"chip": "h100-sxm5-80gb", "precision": "bf16", "mfu": 0.4, "compute_basis": "tokens"},
    ),
}  # fmt: skip


@functools.cache
def numbers(*sets: str, name: str = NAME) -> dict[str, Any]:
    return load(name, sets).numbers


# ---- the reference case -------------------------------------------------------------------------


@pytest.mark.parametrize("key", GOLDEN["inputs"])
def test_the_scenario_has_the_inputs_of_the_reference_case(key: str) -> None:
    assert float(numbers()[key]) == GOLDEN["inputs"][key]


@pytest.mark.parametrize("key", GOLDEN["outputs"])
def test_the_reference_case_comes_out(key: str) -> None:
    assert float(numbers()[key]) == pytest.approx(GOLDEN["outputs"][key], rel=1e-9)


# GPU-hours 1,024 x 200 x 24 = 4,915,200; the run takes 4,800 of 8,760 hours of a year.
HOURS, PART = 4_915_200, 4_800 / 8_760
STAFF = 1.5 * 185_000 * 1.43 * PART
LENSES = {
    "run_owned_share": 2.725349825389057 * HOURS,  # 13.40 M
    "run_on_demand": HOURS * 2.95 * 1.05 + STAFF,  # 15.44 M
    "run_take_or_pay": 1_024 * 8_760 * 2.35 * 1.05 + STAFF,  # 22.35 M
    "run_cash_to_deadline": 40_598_325.6 + 7_369_928.629_99 * PART,  # 44.64 M
    "run_buy_train_sell": 44_636_642.6557 - 30_720_000 * 0.275 ** (PART / 4) * 0.95,  # 20.18 M
}


@pytest.mark.parametrize("key", LENSES)
def test_the_five_lenses_by_hand(key: str) -> None:
    assert float(numbers()[key]) == pytest.approx(LENSES[key], rel=1e-8)


def test_the_bridges_close_as_they_are_told() -> None:
    """10.05 + 3.35 = 13.40, + 6.79 = 20.18, + 24.45 = 44.64; 15.44 - 3.10 + 10.01 = 22.35."""
    got = {key: round(float(numbers()[key]) / 1e6, 2) for key in (
        "run_owned_capacity", "run_owned_idle", "run_early_exit", "run_resale",
        "run_cheaper_rate", "run_paid_idle",
    )}  # fmt: skip
    assert list(got.values()) == [10.05, 3.35, 6.79, 24.45, -3.10, 10.01]
    assert numbers()["step_sum"][-1] == pytest.approx(numbers()["run_cash_to_deadline"], rel=1e-12)


def test_a_bridge_without_one_of_its_lenses_shows_no_sum() -> None:
    """What is not offered is no zero: without a reserved price there is nothing to add up."""
    found = computed({"reserved_price": Undefined("not offered")}, ["step_so_far", "lens_missing"])
    assert found["lens_missing"] == 1
    assert np.isnan(np.asarray(found["step_so_far"], dtype=float)).all()
    assert numbers()["step_so_far"][-1] == numbers()["step_sum"][-1]


def test_the_verdict_is_against_the_cheaper_rent_and_too_close() -> None:
    found = numbers()
    assert found["npv_advantage"] == pytest.approx(4_900_195.56, abs=0.01)
    assert found["npv_advantage_after_tax"] == pytest.approx(1_697_089.93, abs=0.01)
    assert found["best_rent_option"] == "on_demand"
    assert found["verdict"] == "too close to call"
    assert found["verdict_sentence"] == (
        "Own or rent over 4 years: too close to call. Owning 1,024 GPUs, 75.0% used, is worth "
        "1.70 M USD (3.6%) more than on-demand rent, the best that counts, NPV after tax; before "
        "tax the advantage is 4.90 M."
    )


def test_switches_and_links_are_those_of_the_reference_architecture() -> None:
    """512 GPUs: 16 + 8 switches; 1,024: 32 + 16; 4,096: 128 + 128 + 64; 16,384: 512 + 512 + 256."""
    for gpus, switches, links in ((512, 24, 1_024), (1_024, 48, 2_048), (2_048, 96, 4_096),
                                  (4_096, 320, 12_288), (16_384, 1_280, 49_152)):  # fmt: skip
        found = numbers(f"fleet_gpus={gpus}")
        assert (found["network_switches"], found["network_links"]) == (switches, links)


# ---- an independent computation -----------------------------------------------------------------


def drawn(random_: random.Random) -> dict[str, Any]:
    """Valid inputs, plain and extreme."""
    between, pick = random_.uniform, random_.choice
    price = between(0.2, 8)
    made: dict[str, Any] = dict(GOLDEN["inputs"])
    made |= {
        "fleet_gpus": float(random_.randint(1, 20_000)), "gpus_per_server": pick([1.0, 4.0, 8.0]),
        "server_price": between(1e3, 6e5), "network_share": between(0, 0.4),
        "storage_cost": pick([0.0, between(0, 1e7)]), "rack_share": between(0, 0.1),
        "integration_share": between(0, 0.1), "spares_cost_share": between(0, 0.1),
        "duty_rate": pick([0.0, 0.25]), "contingency_share": between(0, 0.2),
        "server_power_kw": between(1, 15), "load_factor": between(0.1, 1),
        "pue": between(1, 2), "power_price": pick([0.0, between(0, 0.5)]),
        "colo_price": pick([0.0, between(50, 400)]), "colo_growth": between(-0.1, 0.1),
        "power_growth": between(-0.2, 0.2), "wage_growth": between(-0.1, 0.1),
        "owned_fte": between(0, 40), "rented_fte": between(0, 20),
        "support_share": between(0, 0.15), "insurance_share": between(0, 0.01),
        "utilization": pick([0.0, 1.0, between(0, 1), between(0, 1)]),
        "horizon_years": float(random_.randint(1, 7)),
        "residual_share": pick([0.0, between(0, 0.8)]), "disposal_share": between(0, 0.2),
        "tax_rate": pick([0.0, 0.25, between(0, 0.5)]),
        "discount_rate": pick([0.0, between(0, 0.3)]),
        "on_demand_price": pick([price, 0.0]) if random_.random() < 0.1 else price,
        "reserved_price": price * between(0.4, 1.1), "rent_growth": between(-0.5, 0.3),
        "rent_addon_share": between(0, 0.5),
        "reserved_term_hours": 8_760.0 * pick([0.25, 1, 1, 1, 2, 3, 4]),
        "reserved_share": pick([0.0, 1.0, 1.0, between(0, 1)]),
        "demand_shape": pick(["whole_fleet", "level"]),
        "discount_timing": pick(["end", "end", "mid"]),
        "go_live_fraction": pick([1.0, between(0.1, 1)]), "days_needed": between(0.1, 700),
        "liquidation_factor": pick([1.0, between(0.4, 1)]), "verdict_band_share": 0.05,
    }  # fmt: skip
    made["colo_term_years"] = made["horizon_years"]
    made["discount_rate_after_tax"] = pick([made["discount_rate"], between(0, 0.2)])
    return made


@functools.cache
def _fixed() -> dict[str, Any]:
    scenario = load(NAME)
    lists = option_lists(scenario.catalogue, scenario.model)
    return {**scenario.values, **lists, "spot_price": Undefined("not offered")}


def computed(inputs: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    """The model's numbers for inputs laid over the reference scenario."""
    values = {
        key: np.float64(value) if isinstance(value, float) else value
        for key, value in {**_fixed(), **inputs}.items()
    }
    return model_for("own").evaluate(values, only=keys)


@pytest.mark.parametrize("seed", sampled(range(20), every=5))
def test_thousands_of_random_fleets_agree_with_a_straight_computation(seed: int) -> None:
    """20 x 100 fleets, each key to 1e-9; undefined here is undefined there."""
    random_ = random.Random(seed)
    for _ in range(100):
        inputs = drawn(random_)
        want = straight(inputs)
        got = computed(inputs, list(want))
        for key, value in want.items():
            said = f"{key} of {inputs}"
            if value is None:
                assert isinstance(got[key], Undefined) and got[key].why, said
            elif isinstance(value, str):
                assert got[key] == value, said
            else:
                scale = abs(want["capex"]) if key.startswith(("npv", "run")) else 0.0
                assert float(got[key]) == pytest.approx(value, rel=1e-9, abs=1e-9 * scale), said


def test_the_straight_computation_can_disagree() -> None:
    inputs = {**drawn(random.Random(1)), "discount_timing": "mid"}
    moved = straight({**inputs, "discount_timing": "end"})
    assert float(computed(inputs, ["npv_own"])["npv_own"]) != pytest.approx(moved["npv_own"])


# ---- what must follow from what -----------------------------------------------------------------

RANDOM = [drawn(random.Random(1_000 + seed)) for seed in range(60)]
MONEY = ("server_price", "storage_cost", "power_price", "colo_price", "salary", "on_demand_price",
         "reserved_price", "switch_price", "link_price", "dc_price_per_kw")  # fmt: skip


@pytest.mark.parametrize("inputs", RANDOM)
def test_the_verdict_never_contradicts_the_npv(inputs: dict[str, Any]) -> None:
    keys = ["verdict", "npv_advantage", "npv_advantage_after_tax", "verdict_follows_npv",
            "decided_after_tax"]  # fmt: skip
    got = computed(inputs, keys)
    after = float(got["decided_after_tax"])
    deciding = float(got["npv_advantage_after_tax" if after else "npv_advantage"])
    assert got["verdict_follows_npv"] == 0
    assert got["verdict"] in ("own", "rent", "too close to call")
    if got["verdict"] != "too close to call":
        assert (got["verdict"] == "own") == (deciding > 0)


@pytest.mark.parametrize("inputs", RANDOM)
def test_every_identity_holds(inputs: dict[str, Any]) -> None:
    keys = [one.flag.key for one in model_for("own").checks
            if one.kind == "error" and f"{one.flag.key}_gap" in model_for("own").lines]  # fmt: skip
    assert len(keys) > 15
    got = computed(inputs, keys)
    assert {key: float(got[key]) for key in keys if got[key]} == {}


@pytest.mark.parametrize("inputs", RANDOM[:20])
def test_currency_scales_amounts_and_leaves_ratios(inputs: dict[str, Any]) -> None:
    keys = ["capex", "npv_own", "npv_reserved", "npv_advantage", "eac_own", "irr_vs_reserved",
            "payback_vs_on_demand", "breakeven_utilization", "verdict"]  # fmt: skip
    scaled = {**inputs, **{key: float(_fixed()[key] if key not in inputs else inputs[key]) * 7
                           for key in MONEY}}  # fmt: skip
    one, seven = computed(inputs, keys), computed(scaled, keys)
    for key in keys[:5]:
        assert float(seven[key]) == pytest.approx(7 * float(one[key]), rel=1e-9, abs=1e-3)
    for key in keys[5:8]:
        assert np.isnan(one[key]) == np.isnan(seven[key])
        if not np.isnan(one[key]):
            assert float(seven[key]) == pytest.approx(float(one[key]), rel=1e-7, abs=1e-9)
    assert one["verdict"] == seven["verdict"]


def test_a_refused_input_gives_no_verdict() -> None:
    """An error among the NPVs of what counts is an error of the verdict, never a win by default."""
    broken = computed(
        {"npv_on_demand_after_tax": np.float64("nan")}, ["rivals_eligible", "verdict"]
    )
    assert broken["rivals_eligible"] == 2
    book = laid_out(NAME)
    area = book.names["option_is_rival"]
    owner, _, place = book.names["rivals_eligible"].partition("!")
    cell = book[owner].cells[int(place.rpartition("$")[2]), 4]
    assert cell.formula == f"SUM({area.partition('!')[2]})"  # COUNT() would pass over an error


VARIED = (
    {"horizon_years": 7}, {"horizon_years": 6}, {"horizon_years": 1}, {"utilization": 0},
    {"tax_rate": 0, "on_demand_price": 0}, {"tax_depreciation": "straight", "horizon_years": 7},
    {"power_price": 0, "residual_share": 0}, {"result_needed_days": 100},
    {"hybrid_base_share": 0.4, "block_price": 2.2, "spot_assured": 1},
    {"facility_basis": "own_dc", "discount_timing": "mid", "go_live_fraction": 0.3},
    {"demand_shape": "level", "reserved_share": 0.5, "reserved_term_hours": 26280},
    {"colo_term_years": 10, "colo_growth": 0},
)  # fmt: skip


@pytest.mark.parametrize(
    "changed", sampled(VARIED, every=4), ids=lambda one: ",".join(map(str, one))
)
def test_the_engines_agree_wherever_it_is_built(changed: dict[str, Any], tmp_path) -> None:
    path = tmp_path / "varied.xlsx"
    path.write_bytes(workbook(load(NAME, [f"{key}={value}" for key, value in changed.items()])))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


def test_they_agree_on_a_scenario_of_defaults(tmp_path) -> None:
    """Three lines and an empty block: every price is a default, and none is waited for."""
    file, path = tmp_path / "mine.yaml", tmp_path / "mine.xlsx"
    file.write_text("workload: {parameters: 70B, tokens: 2T, deadline: 60 days}\nown:\n")
    made = load(str(file))
    path.write_bytes(workbook(made))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]
    larger = load(str(file), ["owned_gpus=4096"]).numbers
    assert larger["servers"] == 512 and larger["servers_whole"] == 0


def test_a_lease_binds_for_its_term_beyond_the_horizon_too() -> None:
    """Ten years from 3,376,814 a year, 3 % more each: 11.4639 times the first."""
    found = numbers("colo_term_years=10")
    rent = 1_436.16 * 195.94 * 12
    assert found["obligation_at_signing"] == pytest.approx(
        40_598_325.6 + rent * sum(1.03**year for year in range(10))
    )


def test_a_tie_that_cannot_be_is_not_offered() -> None:
    assert numbers("server_price=1_000_000")["tie_utilization_words"] == "at no value"
    assert numbers("power_price=0")["tie_power_price"] == pytest.approx(0.1334, abs=1e-3)
    assert numbers("residual_share=0")["tie_residual_share"] == pytest.approx(0.1656, abs=1e-3)
    assert numbers("utilization=0")["tie_utilization"] == pytest.approx(0.7230, abs=1e-3)


def test_break_evens_say_on_which_side_they_lie() -> None:
    assert numbers()["breakeven_utilization_note"] == "owning is cheaper above it"
    dear = numbers("server_price=900_000")
    assert dear["breakeven_utilization"] > 1
    assert dear["breakeven_utilization_note"] == "renting is cheaper even at full use"
    gift = numbers("server_price=60", "owned_fte=0", "colo_price=0", "power_price=0",
                   "storage_cost=0")  # fmt: skip
    assert gift["breakeven_utilization"] < 0
    assert gift["breakeven_utilization_note"] == "owning is cheaper at any use"
    free = numbers("on_demand_price=0")
    assert free["breakeven_utilization"].why == "on-demand hours cost nothing"
    assert free["breakeven_utilization_note"] == "no price on demand, or its hours cost nothing"


@pytest.mark.parametrize("unpriced", ["on_demand_price", "reserved_price"])
def test_a_price_that_nobody_quotes_is_no_price_of_nothing(unpriced: str, tmp_path) -> None:
    """What follows from it has a reason, not a 0, and every engine reads the book alike."""
    text = bundled(f"scenarios/{NAME}.yaml").read_text(encoding="utf-8")
    lines = [one for one in text.splitlines() if not one.strip().startswith(f"{unpriced}:")]
    file, path = tmp_path / "mine.yaml", tmp_path / "mine.xlsx"
    file.write_text("\n".join(lines).replace("h100-sxm5-80gb", "ascend-910b"), encoding="utf-8")
    got, whole = load(str(file)).numbers, numbers()
    rival = unpriced.removesuffix("_price")
    none = dict.fromkeys((f"tie_{unpriced}", f"worth_{unpriced}"), "not given")
    against = ("npv_{}", "irr_vs_{}", "payback_vs_{}", "discounted_payback_vs_{}")
    none |= {key.format(rival): "not offered" for key in against}
    words = "no price on demand" if rival == "on_demand" else "no price of a reservation"
    none |= dict.fromkeys((f"{rival}_rate", f"{rival}_full_present", "right_reserved_share"), words)
    if rival == "on_demand":
        none |= dict.fromkeys(("breakeven_utilization", "market_saving", "market_price"), words)
        none |= {"commitment_gain": "nothing to compare"}
        assert got["market_words"].endswith("lists the accelerator on demand.")
    else:
        none |= {"reserved_obligation": words}
        assert got["breakeven_reserved_price"] == pytest.approx(whole["breakeven_reserved_price"])
    assert {key: got[key].why for key in none} == none
    for key in ("point_{}", "{}_due", "{}_flow", "{}_cumulative", "increment_vs_{}_sum"):
        assert np.all(np.isnan(got[key.format(rival)]))
    assert got["lens_missing"] == 1 and got["bridge_gap"] == 0
    assert got[f"tie_{unpriced}_words"] == "not given"
    assert got["commitment_right_size"] == got["verdict_at_market"] == 0
    assert not [one.name for one in _curves(load(str(file))) if one.values.key == f"point_{rival}"]
    path.write_bytes(workbook(load(str(file))))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


def test_where_nothing_can_be_rented_nothing_is_earned_over_it(tmp_path) -> None:
    file, path = tmp_path / "mine.yaml", tmp_path / "mine.xlsx"
    text = bundled(f"scenarios/{NAME}.yaml").read_text(encoding="utf-8")
    lines = [one for one in text.splitlines() if "_price: {value: 2." not in one]
    file.write_text("\n".join(lines).replace("h100-sxm5-80gb", "ascend-910b"), encoding="utf-8")
    got = load(str(file)).numbers
    assert got["best_rent_option"] == "none"
    for key in ("advantage_found", "irr_vs_best", "payback_vs_best", "discounted_payback_vs_best"):
        assert got[key].why == "no rent counts"
    assert got["worth_server_price"].why == got["worth_utilization"].why == "nothing is compared"
    assert np.all(np.isnan(got["best_flow"])) and np.all(np.isnan(got["increment_vs_best"]))
    path.write_bytes(workbook(load(str(file))))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


def _curves(scenario: Scenario) -> tuple[Series, ...]:
    return next(one for one in years_charts(scenario) if one.across_unit == "utilisation").series


def test_an_option_that_is_late_is_never_ranked() -> None:
    """180 days to deliver and 200 to run are 380: within 300 only what is rented is there."""
    assert list(numbers()["option_timing"]) == [
        *("not tested",) * 3, "not assured", "not offered", "not offered",
    ]  # fmt: skip
    late = numbers("result_needed_days=300")
    assert list(late["option_timing"]) == [
        "too late", "in time", "in time", "not assured", "not offered", "not offered",
    ]  # fmt: skip
    assert late["verdict"] == "rent"
    assert late["verdict_reason"] == "The purchase would come too late."
    assert np.isnan(late["option_rank"][0])
    nothing = numbers("result_needed_days=100")
    assert nothing["verdict"] == "nothing is in time"
    assert isinstance(nothing["npv_advantage"], Undefined)


def test_spot_is_shown_and_not_ranked_until_somebody_vouches_for_it() -> None:
    assert numbers()["best_rent_option"] == "on_demand"
    assert numbers("spot_assured=yes")["best_rent_option"] == "spot"
    assert numbers("spot_assured=yes")["best_rent_assured"] == 1


def test_a_level_load_is_not_compared_with_a_reservation_of_everything() -> None:
    """75 % of the fleet, always busy: reserving 75 % costs a quarter less than reserving all."""
    found = numbers("demand_shape=level")
    assert found["commitment_right_size"] == 1
    assert found["right_reserved_share"] == 0.75
    right = numbers("demand_shape=level", "reserved_share=75 %")
    assert right["npv_reserved"] == pytest.approx(found["npv_reserved_right"], rel=1e-12)
    assert right["commitment_right_size"] == 0
    assert right["breakeven_reserved_share"] == pytest.approx(
        0.75 * (59_401_175.97 - 1_341_990.49) / (0.75 * 66_872_212.86), rel=1e-5
    )


def test_a_prepayment_costs_the_time_value_of_the_money() -> None:
    """A fifth of each year's bill a year earlier: its PV rises by 9 % of that fifth."""
    plain, paid = numbers(), numbers("prepay_share=20 %")
    hours = plain["reserved_hours_present"] * plain["reserved_rate"]
    assert plain["npv_reserved"] - paid["npv_reserved"] == pytest.approx(hours * 0.2 * 0.09)
    assert paid["reserved_day1_cash"] == pytest.approx(0.2 * 1_024 * 8_760 * 2.35 * 1.05)


def test_a_capacity_block_is_on_demand_paid_a_year_ahead() -> None:
    found = numbers("block_price=2.95")
    spend = found["on_demand_full_present"] * 0.75
    assert found["npv_on_demand"] - found["npv_block"] == pytest.approx(spend * 0.09)


def test_the_facility_is_one_of_three() -> None:
    built = numbers("facility_basis=own_dc")
    assert not built["colo_spend"].any() and built["dc_spend"][1] > 0
    # 1,436.16 kW x 11,700 x 1.085; 21 of 25 years are left after four
    assert built["facility_cost"] == pytest.approx(1_436.16 * 11_700 * 1.085)
    assert built["facility_salvage"] == pytest.approx(built["facility_cost"] * 21 / 25)
    shared = load(BESIDE, ["facility_basis=share"]).numbers
    assert shared["facility_cost"] == pytest.approx(10_830 * 10_000 * 0.10)
    assert not shared["colo_spend"].any() and shared["power_spend"][1] > 0


def test_deducted_the_other_way_is_the_scenario_with_that_way() -> None:
    """1.70 M by MACRS and 2.84 M at once; and back."""
    macrs, bonus = (load(NAME, [f"tax_depreciation={way}"]).numbers for way in ("macrs", "bonus"))
    for here, there in ((macrs, bonus), (bonus, macrs)):
        other = pytest.approx(float(there["npv_own_after_tax"]), rel=1e-12)
        assert float(here["npv_own_after_tax_other"]) == other
        assert float(here["npv_advantage_other"]) == pytest.approx(
            float(there["npv_advantage_after_tax"]), rel=1e-9
        )
    assert "would be worth 2.84 M USD" in macrs["deduction_sentence"]
    assert "by MACRS, owning would be worth 1.70 M" in bonus["deduction_sentence"]
    untaxed = load(NAME, ["tax_rate=0"]).numbers["deduction_sentence"]
    assert untaxed.startswith("How capex is deducted moves nothing")


def test_the_law_of_the_region_deducts_until_a_way_is_chosen() -> None:
    def way(*sets: str) -> tuple[str, str]:
        fact = load(BESIDE, sets).facts["tax_depreciation"]
        return str(fact.value), fact.source

    law = "Public Law 119-21, section 168(k)"
    for region in ("country:USA", "gcp:us-central1", "aws:us-west-2", "azure:east-us-2"):
        assert way(f"region={region}")[0] == "bonus"
    assert way()[1].startswith(law)
    for region in ("country:FRA", "gcp:europe-west4", "azure:uk-south", "world"):
        assert way(f"region={region}") == (
            "straight", "guess: evenly where the law is not looked up; ask your tax adviser",
        )  # fmt: skip
    assert way("tax_depreciation=macrs")[0] == "macrs"
    assert load("own-1024-h100").facts["tax_depreciation"].value == "macrs"


def test_three_lives_are_kept_apart() -> None:
    """Book and economic life move no cash; the tax life moves the shield alone."""
    plain = numbers()
    books = numbers("book_life_years=3", "economic_life_years=9")
    assert books["npv_own"] == plain["npv_own"]
    assert books["npv_own_after_tax"] == plain["npv_own_after_tax"]
    assert books["book_value"][3] == pytest.approx(plain["salvage"])
    even = numbers("tax_depreciation=straight", "tax_life_years=4")
    assert even["depreciation_share"][1:5] == pytest.approx([0.25] * 4)
    assert even["npv_own"] == plain["npv_own"]
    assert even["npv_own_after_tax"] != plain["npv_own_after_tax"]


# ---- the same in one workbook with the run ------------------------------------------------------


def test_the_examples_shares_become_a_server() -> None:
    """8 x 10,000 x 1.2; network, storage and racks are in it; 1,354 servers hold 10,830 GPUs."""
    found = load(BESIDE).numbers
    assert found["server_unit_price"] == 96_000 and found["bom_applied"] == "shares"
    assert (found["fleet_gpus"], found["servers"]) == (10_830, 1_354)
    assert found["hardware_cost"] == found["server_cost"] == 1_354 * 96_000
    assert found["buy_total"] == 142_790_000


def test_ownership_joins_where_the_file_asks_for_it() -> None:
    assert "npv_own" not in load("llm-100b-10d").model
    asked = load("llm-100b-10d", ["horizon_years=3 years"])
    assert asked.owned and asked.numbers["horizon_years"] == 3
    assert asked.numbers["fleet_gpus"] == asked.numbers["gpus"]


@pytest.mark.parametrize("name", ["icml-2024-programme", "gpt4-as-seen-in-2020", "llm-four-stages"])
def test_every_kind_that_buys_a_fleet_can_own_it(name: str) -> None:
    made = load(name, ["horizon_years=4"])
    errors = [str(made.numbers[one.says.key]) for one in made.model.checks
              if one.kind == "error" and made.numbers[one.flag.key]]  # fmt: skip
    assert not errors
    assert made.numbers["verdict"] in ("own", "rent", "too close to call")


def test_block_own_may_hold_what_it_shares_with_the_run(tmp_path) -> None:
    path = tmp_path / "mine.yaml"
    text = "parameters: 70B\ntokens: 2T\ndeadline: 60 days\nown:\n  colo_price: 150\n  pue: 1.2\n"
    path.write_text(text)
    assert load(str(path)).numbers["colo_price"] == 150
    path.write_text(text + "buy:\n  colo_price: 160\n")
    with pytest.raises(Mistakes, match="colo_price stands below buy too"):
        load(str(path))


BAD = {
    "no-fleet": ("workload: {kind: own}\n", "fleet_gpus (GPUs of the fleet) is not given"),
    "horizon": ("own: {horizon_years: 8}\n", "8 is not an option of horizon_years"),
    "part-year": ("own: {horizon_years: 2.5}\n", "2.5 is not an option of horizon_years"),
    "utilization": ("own: {utilization: 120 %}\n", "utilization is 1.2: it must be at least 0"),
    "share": ("own: {facility_basis: share}\n", "a fleet without a run has no data-centre share"),
    "key": ("own: {utilisation: 0.5}\n", "Did you mean utilization?"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_said_in_words(case: str, tmp_path) -> None:
    text, words = BAD[case]
    start = "workload: {kind: own}\n" if "kind" not in text else ""
    if text.startswith("own: {"):
        text = text.replace("own: {", "own: {fleet_gpus: 8, server_price: 240_000, ")
    path = tmp_path / "mine.yaml"
    path.write_text(start + text)
    with pytest.raises(Mistakes) as refused:
        load(str(path))
    assert words in str(refused.value), str(refused.value)


# ---- checks ------------------------------------------------------------------------------------

ROW = np.ones(8)
# Each check: what to set, inputs or computed lines, so that it must fire; and its words.
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "draws_current": ({"draws_outdated": 3.0}, "3 inputs or ends of ranges differ from those"),
    "capex_adds_up": ({"capex_adds_up_gap": 0.01}, "capex and its parts are"),
    "server_is_priced": (
        {"server_price": Undefined("not given"), "gpu_price": Undefined("not listed")},
        "server_price is not given, and the catalogue has no price of h100-sxm5-80gb",
    ),
    "items_count": ({"bom_basis": "items"}, "bom_basis is items, and there is no table items"),
    "bill_stands_once": ({"bill_over_capex": 0.97}, "the lines of the bill are"),
    "use_has_work": ({"utilization": 0.9}, "a use of 90.0%; the runs of the scenario take 13.7%"),
    "rent_growth_seen": ({"rent_growth": 0.6}, "rent_growth is 60% a year; listed rents moved"),
    "capex_paid_whole": ({"acceptance_cost": 1.0}, "capex and its instalments are"),
    "opex_adds_up": ({"opex_total": 30e6}, "running costs and their parts are"),
    "npv_own_ties": ({"npv_own": -59e6}, "the two NPVs of owning are"),
    "npv_on_demand_ties": ({"npv_on_demand": -64e6}, "the two NPVs on demand are"),
    "npv_reserved_ties": ({"npv_reserved": -68e6}, "the two NPVs reserved are"),
    "npv_spot_ties": ({"npv_spot": -68e6}, "the two NPVs spot are"),
    "npv_block_ties": ({"npv_block": -68e6}, "the two NPVs capacity block are"),
    "npv_hybrid_ties": ({"npv_hybrid": -68e6}, "the two NPVs hybrid are"),
    "npv_own_after_tax_ties": (
        {"npv_own_after_tax": -59e6},
        "the two NPVs of owning after tax are",
    ),
    "own_so_far_ties": ({"own_so_far": ROW}, "the sum of owning so far and the NPV that decides"),
    **{
        f"{name}_{proof}": ({f"{name}_deciding_npv": -9e6, f"{name}_so_far": ROW}, words)
        for name in ("reserved", "on_demand", "spot", "block", "hybrid")
        for proof, words in (
            ("so_far_ties", "so far and the NPV that decides are"),
            ("basis_ties", "that decides and that of its basis are"),
        )
    },
    "cash_ties": ({"own_cumulative": ROW}, "the two totals of owning are"),
    "increment_ties": ({"increment_vs_best": ROW}, "the increment and its two sides are"),
    "eac_ties": ({"eac_own": 18e6}, "annual cost times annuity, and the NPV, are"),
    "hourly_cost_ties": ({"own_cost_per_gpu_hour": 2.0}, "hourly cost times hours, and the NPV,"),
    "utilization_ties": ({"breakeven_utilization": 0.7}, "owning and renting at break-even use"),
    "reserved_price_ties": ({"breakeven_reserved_price": 2.0}, "at the break-even price are"),
    "rate_ties": ({"irr_vs_best": 0.14}, "the increment at its IRR and 0 are"),
    "tax_basis_ties": ({"remaining_basis": 0.0}, "deductions and the purchase are"),
    "macrs_whole": ({"macrs_2": 0.30}, "the MACRS rates and 100% are -2.000000%"),
    "hours_tie": ({"reserved_idle_share": 0.0}, "hours billed less idle, and utilisation, are"),
    "factors_tie": ({"factor_at_end": ROW}, "the factors of two ways are"),
    "facility_counted_once": ({"facility_cost": 5e6}, "and a facility of 5,000,000 are both in"),
    "facility_share_known": ({"facility_basis": "share"}, "facility_basis is share, but a fleet"),
    "instalments_within_capex": ({"deposit_share": 0.8}, "are 12,179,498 more than capex"),
    "verdict_follows_npv": (
        {"verdict_found": "rent"},
        "the verdict is rent, the advantage of owning",
    ),
    "bridge_closes": ({"run_resale": 0.0, "run_buy_train_sell": 20e6}, "the bridge is off by"),
    "fleet_serves_run": ({"gpu_hours": 5e6}, "the run takes 5,000,000 GPU-hours, 1,024 GPUs have"),
    "residual_of_horizon": (
        {"horizon_years": 5.0},
        "a residual of 27.5% is of year 4",
    ),
    "residual_fits_rent": ({"residual_share": 0.6}, "a residual of 60.0%, while the rent path"),
    "spines_reach_leaves": (
        {"fabric_tiers": 2.0, "fleet_gpus": 20_000.0},
        "316 spines above each leaf, which has 32 links to spines",
    ),
    "network_ways_agree": ({"network_share": 0.3}, "by share 9,216,000, by switches and links"),
    "rates_differ": ({}, "flows before and after tax are both discounted at 9.0%"),
    "commitment_right_size": (
        {"demand_shape": "level"},
        "reserving 75% of the fleet would cost 12,805,631 less",
    ),
    "verdict_at_market": (
        {"residual_share": 0.8, "cheapest_price": 1.5, "cheapest_offer": "acme"},
        "at 1.50, the list price of acme, renting on demand would be worth",
    ),
    "staff_for_fleet": ({"owned_fte": 0.5}, "0.5 people for 128 servers: published fleets have"),
    "lead_times_tested": ({}, "no result_needed_days is given: 180 days until a purchase works"),
    "hybrid_possible": (
        {"hybrid_base_share": 0.5, "reserved_price": Undefined("none")},
        "the hybrid is not compared",
    ),
    "best_rent_assured": ({"spot_assured": 1.0, "spot_price": 0.5}, "the best rent is spot"),
    "something_in_time": ({"result_needed_days": 100.0}, "nothing is compared: Neither the"),
    "verdict_clear": ({}, "the advantage is 3.6% of the smaller NPV, the band 5.0%"),
    "payback_by_use": ({"on_demand_price": 2.5}, "without the exit proceeds of 8,025,600"),
    "own_prices_recent": ({"price_age_limit_days": 30.0}, "server_price is 630 days old, the"),
    "terms_end_with_horizon": ({"reserved_term_hours": 26_280.0}, "reservations of 3 years do not"),
    "timing_is_mid": ({"discount_timing": "mid"}, "flows are discounted from the mid of the year"),
    "starts_late": ({"go_live_fraction": 0.5}, "only 50% of year 1 is in operation"),
    "sale_is_hurried": ({"liquidation_factor": 0.45}, "fetches 45% of an orderly one"),
    "deducted_at_once": (
        {"tax_depreciation": "bonus", "region_depreciation": "straight"},
        "tax_depreciation is bonus, in this region straight is usual",
    ),
    "prepaid": ({"prepay_share": 0.25}, "25% of each term is paid when it begins"),
    "power_is_free": ({"power_price": 0.0}, "the electricity price is 0"),
}


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_invariant_fires_its_check(key: str) -> None:
    overrides, words = BROKEN[key]
    made = model_for("own")
    given = made.given([name for name in overrides if name in made.lines])
    values = {**_fixed(), **overrides}
    got = given.evaluate(values, only=[key, f"{key}_note"])
    assert got[key] == 1 and words in got[f"{key}_note"], got[f"{key}_note"]


# In the bundled scenario prices are old, and the use is more than its one run needs.
QUIET = (
    set(BROKEN)
    - {"own_prices_recent", "use_has_work"}
    - {key for key, one in BROKEN.items() if not one[0]}
)


@pytest.mark.parametrize("key", sorted(QUIET))
def test_a_check_is_quiet_until_something_is_broken(key: str) -> None:
    assert computed({}, [key])[key] == 0


def test_there_are_checks_of_three_kinds() -> None:
    kinds = [one.kind for one in model_for("own").checks if one.flag.key in BROKEN]
    assert len(kinds) >= 24
    assert min(kinds.count(kind) for kind in ("error", "alert", "sensitivity")) >= 6


def test_spares_are_counted_once() -> None:
    found = load(BESIDE, ["spares_share=5 %", "spares_cost_share=2 %"]).numbers
    assert found["spares_once"] == 1
    assert "set one of them to 0" in found["spares_once_note"]


@pytest.mark.parametrize("key", sampled(["npv_own", "job_days", "best_rent_npv"], every=3))
def test_a_line_of_any_sheet_may_be_given(key: str, tmp_path: Path) -> None:
    """It counts as given, stands on Inputs, and the book recalculates."""
    scenario = load(NAME, [f"{key}=-1000" if key != "job_days" else "job_days=3"])
    assert scenario.facts[key].origin == "set"
    assert float(scenario.numbers[key]) in (-1000, 3)
    path = tmp_path / "given.xlsx"
    path.write_bytes(workbook(scenario))
    assert lay_out(scenario).names[key].startswith("Inputs!")
    assert not [one.differences for one in verify(path) if one.differences]


def test_lines_given_between_a_driver_and_the_advantage_leave_it_still(tmp_path: Path) -> None:
    """The residual moves nothing once capex and salvage are given: its block has the plan's row."""
    made = load(BESIDE, ("capex=100_000_000", "salvage=10_000_000", "draws=100"))
    assert made.numbers["at_low_residual_share"] == made.numbers["deciding_advantage"]
    path = tmp_path / "given.xlsx"
    path.write_bytes(workbook(made))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]

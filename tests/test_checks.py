"""Checks are shown to fire: break each invariant and see its check fail, in words."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tco.facts import option_lists
from tco.lines import Choice, Undefined
from tco.model import model_for
from tests.loaded import load

# Each check by key: what to set, inputs or computed lines, so that it must fire; and its words.
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "as_of_dated": ({"as_of": "soon"}, "as_of is soon: type year-month-day, as in 2026-11-21"),
    "case_is_base": ({"case": "costs most"}, "the case is costs most: all results are of it"),
    "ranges_hold": (
        {"excluded_drivers": 1, "first_excluded": "PUE"},
        "the range of PUE excludes its own value: correct Low or High on Inputs",
    ),
    "pair_of_two": (
        {"pair_down_place": 3, "pair_across_place": 3, "pair_down_name": "PUE"},
        "the sheet Pairs moves PUE twice",
    ),
    "compute_basis_given": (
        {"compute_basis": "tokens", "flop_from_tokens": Undefined("none")},
        "compute_basis is tokens, but tokens is not given",
    ),
    "data_agrees": ({"data_ratio": 0.4}, "the compute implies"),
    "precision_offered": (
        {"precision": "fp8", "peak_tflops": Undefined("none")},
        "a100-sxm4-80gb has no fp8 peak in the catalogue: "
        "choose another precision or give peak_tflops",
    ),
    "model_fits": (
        {"zero_stage": 1.0},
        "a100-sxm4-80gb at zero_stage 1: no fleet holds the model, each GPU has only 80 GB",
    ),
    "deadline_met": ({"days_needed": 10.01}, "the fleet needs 10.01 days, the deadline is 10.00"),
    "memory_met": (
        {"gpus_working": 19.0, "days_needed": 1.0},
        "19 working GPUs do not hold the model; 20 would",
    ),
    "work_adds_up": ({"gpu_hours_useful": 1.0}, "times the compute"),
    "servers_whole": ({"whole_servers": 1.0, "gpus": 10_831.0}, "10,831 GPUs do not fill"),
    "mfu_reached": ({"mfu": 0.7}, "MFU of 70% is above the 65%"),
    "gpus_as_published": ({"published_gpus": 10_000.0}, "published 10,000"),
    "energy_within_datacenter": (
        {"power_price": 9.0},
        "electricity costs 19,600,545, the whole data centre 10,830,000: the share is too small",
    ),
    "total_adds_up": ({"buy_total": 142_967_058.0}, "the total is off its parts by 177,058"),
    "host_counted_once": (
        {"price_basis": "server_share"},
        "the GPU price is a share of a server, and other hardware counts the host again",
    ),
    "total_as_published": (
        {"published_buy_total": 143e6},
        "published 143,000,000, computed 142,790,000",
    ),
    "price_as_catalogued": (
        {"catalogue_gpu_price": 26_268.0},
        "a GPU at 10,000, while the catalogue has 26,268 for a100-sxm4-80gb",
    ),
    "electricity_included": (
        {"datacenter_includes_energy": 0.0},
        "the data-centre line leaves electricity out: 177,058 is in no line of the total",
    ),
    "offer_is_cheapest": (
        {},
        "verda-1a100-80 lists the same accelerator at 1.29 an hour, against 2.75 here",
    ),
    "peak_is_dense": (
        {"peak_tflops": 39.0},
        "the peak of 39.0 TFLOP/s is 2.00 times the catalogue's dense one",
    ),
    "inputs_usual": (
        {"power_price": 0.85, "pue": 3.0},
        "mfu is 1: usual is 0.05 to 0.75. And 2 more on the sheet Bands.",
    ),
    "inputs_thinkable": (
        {"power_price": 85.0},
        "power_price is 85: usual is 0.02 to 0.5; did you mean 0.085?",
    ),
    "calibrated_by_default": (
        {"hours_calibrated": 1.0, "class_mfu": 0.4, "hours_calibration": 1.3},
        "MFU is not the default of 40.0%, and hours are still multiplied by 1.30",
    ),
    "mfu_of_precision": (
        {"precision": "fp8", "mfu": 0.3},
        "MFU of 30% is taken of the fp8 peak; of the 16-bit peak the class reaches 36%",
    ),
    "evidence_adds_up": (
        {"evidence_total": 142_000_000.0},
        "790,000 of the total rests on no kind of evidence",
    ),
    "prices_recent": (
        {"price_age_limit_days": 1000.0},
        "prices are older than 1,000 days; the oldest, gpu_price, is 1,148 days old",
    ),
    "rent_compared": (
        dict.fromkeys(("on_demand_price", "reserved_price", "spot_price"), Undefined("none")),
        "nobody's price of renting a100-sxm4-80gb is known",
    ),
    "staff_in_proportion": (
        {"staff_cost": 30e6},
        "staff of 30,000,000 are most of the 37,491,520 that renting costs",
    ),
    "offer_fits": ({"offer_chip": "h100-sxm5-80gb"}, "rents h100-sxm5-80gb, the fleet is a100"),
    "idle_within_reserved": ({"rent_reserved_idle_cost": 1e12}, "the idle part"),
}


def _values(overrides: dict[str, Any]) -> dict[str, Any]:
    scenario = load("llm-100b-10d")
    return {**scenario.values, **option_lists(scenario.catalogue, scenario.model), **overrides}


def _flag(key: str, overrides: dict[str, Any]) -> tuple[float, str]:
    model = model_for("train")
    got = model.evaluate(_values(overrides), only=[key, f"{key}_note"])
    return float(got[key]), str(got[f"{key}_note"])


def test_every_check_has_a_way_to_break_it() -> None:
    ours = {
        one.flag.key
        for one in model_for("train").checks
        if not one.limit and not one.flag.key.endswith(("_known", "_supplied"))
    }
    assert ours == set(BROKEN)


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_invariant_fires_its_check(key: str) -> None:
    overrides, words = BROKEN[key]
    fired, said = _flag(key, overrides)
    assert fired == 1
    assert words in said


@pytest.mark.parametrize(
    "key", [one.flag.key for one in model_for("train").checks if one.kind == "error"]
)
def test_no_error_fires_in_the_example(key: str) -> None:
    assert _flag(key, {}) == (0, "OK")


@pytest.mark.parametrize(
    "key", [k for k, g in model_for("train").givens.items() if g.bounded and not g.along]
)
def test_every_limit_fires_beyond_its_bounds(key: str) -> None:
    given = model_for("train").givens[key]
    assert not isinstance(given, Choice)  # a choice is bounded by its options
    beyond = [] if given.above is None else [given.above, given.above - 1]
    beyond += [] if given.least is None else [given.least - 1]
    beyond += [] if given.most is None else [given.most + 1]
    assert beyond
    for value in beyond:
        fired, said = _flag(f"{key}_limits", {key: np.float64(value)})
        assert fired == 1 and said.startswith(f"{key} is ") and given.bounds in said
        assert not given.within(value)
    inside = math.nextafter(given.above, math.inf) if given.above is not None else given.least
    assert given.within(inside)


@pytest.mark.parametrize(
    "key", [k for k, g in model_for("train").givens.items() if isinstance(g, Choice)]
)
def test_an_unknown_option_fires(key: str) -> None:
    fired, said = _flag(f"{key}_known", {key: "perpetuum-mobile"})
    assert fired == 1 and said == f"perpetuum-mobile is not an option of {key}"


@pytest.mark.parametrize(
    "key", [c.flag.key for c in model_for("train").checks if c.flag.key.endswith("_supplied")]
)
def test_a_gap_in_the_catalogue_fires(key: str) -> None:
    given = key.removesuffix("_supplied")
    fired, said = _flag(key, {given: Undefined("not in the catalogue")})
    assert fired == 1 and f"has no {given} in the catalogue: give it, or choose another" in said

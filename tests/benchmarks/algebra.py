"""The model's algebra written out by hand in numpy, and the cases both sides compute.

It is what somebody would write who needs these six figures for many cases and has no model at
hand: choices are `if`s, so only the branch taken is computed, and what two lines share is
computed once. Every operation stands in the model's order, so that the results are the same to
the last bit and the two times are of the same work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tco.scenario import Scenario, np_float

FIGURES = (
    "gpus", "buy_total", "rent_on_demand_cost", "rent_total", "co2_tonnes", "breakeven_runs",
)  # fmt: skip
VARIED = ("mfu", "availability", "gpu_price", "on_demand_price")
CASES = 100_000
# Wide enough that break-even is reached in some cases and never in others.
_RANGES = {
    "mfu": (0.15, 1.0),
    "availability": (0.80, 1.0),
    "gpu_price": (8_000, 60_000),
    "on_demand_price": (0.05, 6.0),
}

Number = Any  # a float, or an array along the cases


def cases(scenario: Scenario, count: int = CASES) -> dict[str, Any]:
    """The scenario's inputs, four of them drawn anew for each case; the same draw every time."""
    draw = np.random.default_rng(20261121)
    values = {k: np_float(v) if isinstance(v, float) else v for k, v in scenario.values.items()}
    return values | {key: draw.uniform(*_RANGES[key], count) for key in VARIED}


def by_model(scenario: Scenario, values: Mapping[str, Any]) -> dict[str, Number]:
    """The figures, by the model."""
    return scenario.model.cases(values, FIGURES)


def half_away(x: Number) -> Number:
    """Round to 6 digits, half away from zero: the rounding of a spreadsheet's ROUND(x,6)."""
    return np.copysign(np.floor(np.abs(x) * (1e6 * (1 + 4 * np.finfo(float).eps)) + 0.5), x) / 1e6


def whole(x: Number) -> Number:
    """The next whole number, without buying a GPU for float noise."""
    return np.ceil(half_away(x))


def by_hand(v: Mapping[str, Any]) -> dict[str, Number]:
    """The figures, by hand."""
    with np.errstate(all="ignore"):
        flop = _flop(v)
        per_day = v["peak_tflops"] * v["mfu"] * 1e12 * v["availability"] * v["seconds_per_day"]
        for_compute = whole(flop / (per_day * v["deadline_days"]))
        working, spare = _fleet(v, np.maximum(for_compute, _gpus_for_memory(v)))
        gpus = working + spare
        days = flop / (per_day * working)
        power_kw = (
            working / v["gpus_per_server"] * v["server_power_kw"] * (1 + v["ancillary_power_share"])
        )
        server_hours = working * days * 24 / v["gpus_per_server"]
        energy_kwh = server_hours * v["server_power_kw"] * (1 + v["ancillary_power_share"])
        energy_kwh = energy_kwh * v["load_factor"] * v["pue"]
        energy_cost = energy_kwh * v["power_price"]
        buy_total = _buy_total(v, gpus, power_kw, days, energy_cost)
        on_demand = working * days * 24 * v["on_demand_price"] * (1 + v["rent_addon_share"])
        return {
            "gpus": gpus,
            "buy_total": buy_total,
            "rent_on_demand_cost": on_demand,
            "rent_total": _cheapest_rent(v, working, days, on_demand) + v["staff_cost"],
            "co2_tonnes": energy_kwh * v["grid_intensity"] / 1e6,
            "breakeven_runs": _breakeven(v, buy_total, on_demand, energy_cost, days),
        }


def _flop(v: Mapping[str, Any]) -> Number:
    """The training compute, by the basis chosen."""
    parameters = v["active_parameters"]
    if np.isnan(parameters):
        parameters = v["parameters"]
    basis = v["compute_basis"]
    if basis == "stated":
        return v["stated_flop"]
    if basis == "scaled":
        return v["reference_flop"] * (parameters / v["reference_parameters"])
    tokens = v["tokens"]
    if basis == "data":
        tokens = v["data_bytes"] / v["bytes_per_token"] * v["epochs"]
    return v["flop_per_parameter_token"] * parameters * tokens


def _gpus_for_memory(v: Mapping[str, Any]) -> Number:
    """The smallest fleet that holds weights, gradients and optimizer state."""
    by_stage = ((3, "weight_bytes"), (2, "gradient_bytes"), (1, "optimizer_bytes"))
    held = sum(v[key] for stage, key in by_stage if v["zero_stage"] < stage)
    spread = v["weight_bytes"] + v["gradient_bytes"] + v["optimizer_bytes"] - held
    held_gb = v["parameters"] * held / 1e9 / v["model_parallel_gpus"]
    if not half_away(held_gb - v["memory_gb"]) < 0:
        return np.nan
    spread_gb = v["parameters"] * spread / 1e9
    return max(whole(spread_gb / (v["memory_gb"] - held_gb)), v["model_parallel_gpus"])


def _fleet(v: Mapping[str, Any], needed: Number) -> tuple[Number, Number]:
    """Working GPUs and spares, in full servers if so chosen."""
    if v["whole_servers"] == 1:
        size = v["gpus_per_server"]
        working = whole(needed / size) * size
        return working, whole(whole(working * v["spares_share"]) / size) * size
    return needed, whole(needed * v["spares_share"])


def _buy_total(
    v: Mapping[str, Any], gpus: Number, power_kw: Number, days: Number, energy_cost: Number
) -> Number:
    """GPUs, other hardware, data centre and staff."""
    gpu_cost = gpus * v["gpu_price"]
    if v["overhead_basis"] == "shares":
        other = gpu_cost * v["other_hardware_share"]
        datacenter = gpu_cost * v["datacenter_share"]
    else:
        host = gpu_cost * v["host_share"]
        other = host + (gpu_cost + host) * v["network_share"] + v["storage_cost"]
        colocation = power_kw * v["colo_price"] * (days * 24 / v["hours_per_year"]) * 12
        datacenter = colocation + energy_cost
    return gpu_cost + other + datacenter + v["staff_cost"]


def _cheapest_rent(
    v: Mapping[str, Any], working: Number, days: Number, on_demand: Number
) -> Number:
    """The cheapest of the three ways of renting that meet the deadline; NaN where none does."""
    addons, deadline = 1 + v["rent_addon_share"], v["deadline_days"]
    in_time = half_away(days - deadline) <= 0
    found = np.where(in_time, on_demand, np.nan)
    if not np.isnan(v["reserved_price"]):
        committed = working * np.maximum(v["reserved_term_hours"], days * 24)
        reserved = committed * v["reserved_price"] * addons
        found = np.fmin(found, np.where(in_time, reserved, np.nan))
    lost = v["interruptions_per_day"] / 24 * (v["checkpoint_hours"] / 2 + v["restart_hours"])
    if not np.isnan(v["spot_price"]) and half_away(lost - 1) < 0:
        spot = working * days * 24 * v["spot_price"] * addons / (1 - lost)
        spot_in_time = half_away(days - deadline * (1 - lost)) <= 0
        found = np.fmin(found, np.where(spot_in_time, spot, np.nan))
    return found


def _breakeven(
    v: Mapping[str, Any], buy_total: Number, on_demand: Number, energy_cost: Number, days: Number
) -> Number:
    """Runs whose on-demand bills equal the purchase, within the servers' life; NaN if never."""
    included = energy_cost if v["datacenter_includes_energy"] == 1 else 0
    outlay = buy_total - v["staff_cost"] - included
    saved = on_demand - energy_cost
    life_hours = v["server_life_years"] * v["hours_per_year"]
    reached = (half_away(0 - saved) < 0) & (
        half_away(outlay * (days * 24) - saved * life_hours) <= 0
    )
    return np.where(reached, outlay / saved, np.nan)

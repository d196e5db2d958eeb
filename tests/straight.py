"""Ownership, straight down the page: the same keys computed a year at a time, without the model.

Plain floats and loops, written from what each key means; nothing of the package is used.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

MACRS = (0.20, 0.32, 0.192, 0.1152, 0.1152, 0.0576)


def whole(x: float) -> int:
    """Rounded up, noise below 1e-6 aside."""
    return math.ceil(round(x, 6))


def by_bisection(flows: list[float]) -> float | None:
    """The one rate at which flows are worth nothing; None where signs do not change just once."""
    signs = [1 if flow > 5e-7 else -1 for flow in flows if abs(flow) > 5e-7]
    changes = sum(a != b for a, b in itertools.pairwise(signs))
    if changes != 1 or flows[0] > -5e-7:
        return None
    low, high = -60.0, 60.0  # of the logarithm of 1 / (1 + rate)
    for _ in range(300):
        middle = (low + high) / 2
        worth = math.fsum(flow * math.exp(middle * year) for year, flow in enumerate(flows))
        low, high = (low, middle) if worth > 0 else (middle, high)
    return math.exp(-(low + high) / 2) - 1


def payback(flows: list[float]) -> float | None:
    """Years until the sum is back at 0; 0 where it never is behind; None where it stays behind."""
    sums = [math.fsum(flows[: year + 1]) for year in range(len(flows))]
    behind = [year for year, value in enumerate(sums) if value < -5e-7]
    if not behind:
        return 0.0
    last = behind[-1]
    return None if last == len(flows) - 1 else last - sums[last] / flows[last + 1]


def straight(i: dict[str, Any]) -> dict[str, Any]:
    """The keys of the ownership view for one set of inputs; None is undefined."""
    n, gpus, use = int(i["horizon_years"]), i["fleet_gpus"], i["utilization"]
    servers = whole(gpus / i["gpus_per_server"])
    server = servers * i["server_price"]
    network = server * i["network_share"]
    hardware = server + network + i["storage_cost"] + server * i["rack_share"]
    before = hardware * (1 + i["integration_share"] + i["duty_rate"])
    capex = (before + server * i["spares_cost_share"]) * (1 + i["contingency_share"])
    kw = servers * i["server_power_kw"] * (1 + i["ancillary_power_share"])
    kwh = kw * i["load_factor"] * i["hours_per_year"] * i["pue"]
    pay = i["salary"] * i["salary_loading"]
    term = max(1, whole(i["reserved_term_hours"] / i["hours_per_year"]))
    share, addons = i["reserved_share"], 1 + i["rent_addon_share"]
    over = (1 - share) * use if i["demand_shape"] == "whole_fleet" else max(use - share, 0)

    opex, staff, hours, stepped, drifting = [], [], [], [], []
    for t in range(1, n + 1):
        works = i["go_live_fraction"] if t == 1 else 1.0
        wages = (1 + i["wage_growth"]) ** (t - 1)
        opex.append(
            kw * i["colo_price"] * 12 * (1 + i["colo_growth"]) ** (t - 1)
            + kwh * i["power_price"] * (1 + i["power_growth"]) ** (t - 1) * works
            + i["owned_fte"] * pay * wages
            + (server + network) * i["support_share"]
            + capex * i["insurance_share"]
        )
        staff.append(i["rented_fte"] * pay * wages)
        hours.append(gpus * i["hours_per_year"] * works)
        stepped.append(hours[-1] * (1 + i["rent_growth"]) ** (term * ((t - 1) // term)))
        drifting.append(hours[-1] * (1 + i["rent_growth"]) ** (t - 1))
    reserved = [
        share * a * i["reserved_price"] * addons + over * b * i["on_demand_price"] * addons + c
        for a, b, c in zip(stepped, drifting, staff, strict=True)
    ]
    on_demand = [
        use * b * i["on_demand_price"] * addons + c for b, c in zip(drifting, staff, strict=True)
    ]
    salvage = server * i["residual_share"] * (1 - i["disposal_share"])
    shift = 0.5 if i["discount_timing"] == "mid" else 0.0

    def worth(flows: list[float], rate: float) -> float:
        return math.fsum(f / (1 + rate) ** (t - shift) for t, f in enumerate(flows, 1))

    r, ra, tax = i["discount_rate"], i["discount_rate_after_tax"], i["tax_rate"]
    npv_own = -capex - worth(opex, r) + salvage / (1 + r) ** n
    rates = [*MACRS, 0.0][:n]
    left = capex * (1 - sum(rates))
    sold = salvage - tax * (salvage - left)
    after = [capex * m * tax - o * (1 - tax) for m, o in zip(rates, opex, strict=True)]
    bonus = [capex * tax * (t == 0) - o * (1 - tax) for t, o in enumerate(opex)]
    found: dict[str, Any] = {
        "servers": servers, "server_cost": server, "network_cost": network,
        "hardware_cost": hardware, "capex": capex, "it_power_kw": kw, "annual_kwh": kwh,
        "salvage": salvage, "opex_total": math.fsum(opex), "npv_own": npv_own,
        "npv_reserved": -worth(reserved, r), "npv_on_demand": -worth(on_demand, r),
        "npv_own_after_tax": -capex + worth(after, ra) + sold / (1 + ra) ** n,
        "npv_reserved_after_tax": -worth(reserved, ra) * (1 - tax),
        "npv_on_demand_after_tax": -worth(on_demand, ra) * (1 - tax),
        "npv_own_after_tax_bonus": (
            -capex + worth(bonus, ra) + (salvage - tax * salvage) / (1 + ra) ** n
        ),
    }  # fmt: skip
    present = worth(hours, r)
    annuity = worth([1.0] * n, r)
    found["eac_own"] = -npv_own / annuity
    found["own_cost_per_gpu_hour"] = -npv_own / present
    for name, npv in (("own", npv_own), ("reserved", found["npv_reserved"]),
                      ("on_demand", found["npv_on_demand"])):  # fmt: skip
        key = f"{name}_cost_per_gpu_hour_delivered"
        found[key] = -npv / (present * use) if use > 0 else None
    own_flow = [-capex, *(-o for o in opex)]
    own_flow[n] += salvage
    own_present = [-capex, *(-o / (1 + r) ** (t - shift) for t, o in enumerate(opex, 1))]
    own_present[n] += salvage / (1 + r) ** n
    for name, cost in (("reserved", reserved), ("on_demand", on_demand)):
        increment = [own_flow[0], *(a + b for a, b in zip(own_flow[1:], cost, strict=True))]
        discounted = [own_present[0], *(
            a + b / (1 + r) ** (t - shift)
            for t, (a, b) in enumerate(zip(own_present[1:], cost, strict=True), 1)
        )]  # fmt: skip
        found[f"irr_vs_{name}"] = by_bisection(increment)
        found[f"payback_vs_{name}"] = payback(increment)
        found[f"discounted_payback_vs_{name}"] = payback(discounted)
    fixed = worth(staff, r)
    full = worth(drifting, r) * i["on_demand_price"] * addons
    found["breakeven_utilization"] = (-npv_own - fixed) / full if full > 0 else None
    spare = -npv_own - fixed - over * full
    path, flat = share * worth(stepped, r) * addons, share * worth(hours, r) * addons
    found["breakeven_reserved_price"] = spare / path if share > 0 else None
    found["breakeven_reserved_price_flat"] = spare / flat if share > 0 else None
    whole_spend = worth(stepped, r) * i["reserved_price"] * addons
    serves = i["demand_shape"] == "level" and share >= use - 5e-7
    found["breakeven_reserved_share"] = (
        (-npv_own - fixed) / whole_spend if serves and whole_spend > 0 else None
    )
    colo = math.fsum(
        kw * i["colo_price"] * 12 * (1 + i["colo_growth"]) ** (t - 1) for t in range(1, n + 1)
    )
    found["obligation_at_signing"] = capex + colo
    best = max(found["npv_reserved"], found["npv_on_demand"])
    found["npv_advantage"] = npv_own - best
    best_after = max(found["npv_reserved_after_tax"], found["npv_on_demand_after_tax"])
    found["npv_advantage_after_tax"] = found["npv_own_after_tax"] - best_after
    advantage = found["npv_advantage_after_tax" if tax > 0 else "npv_advantage"]
    sides = (found["npv_own_after_tax"], best_after) if tax > 0 else (npv_own, best)
    near = abs(advantage) < i["verdict_band_share"] * min(map(abs, sides))
    turned = found["npv_advantage"] * found["npv_advantage_after_tax"] < 0
    found["verdict"] = "too close to call" if near or turned else "own" if advantage > 0 else "rent"

    days = i["days_needed"]
    year, run = days * 24 / i["hours_per_year"], gpus * days * 24
    rate, yearly = found["own_cost_per_gpu_hour_delivered"], opex[0]
    cash = capex + yearly * year
    resale = server * i["residual_share"] ** (year / n) * i["liquidation_factor"]
    found["run_owned_share"] = None if rate is None else rate * run
    found["run_on_demand"] = run * i["on_demand_price"] * addons + staff[0] * year
    contract = gpus * max(i["reserved_term_hours"], days * 24)
    found["run_take_or_pay"] = contract * i["reserved_price"] * addons + staff[0] * year
    found["run_cash_to_deadline"] = cash
    found["run_buy_train_sell"] = cash - resale * (1 - i["disposal_share"])
    return found

"""Two ways to each figure, over a purchase of 100: a gap of 0, and one of a twentieth."""

from tco.model.own import checks
from tests.lines.worked import worked

case = worked(checks)
cost = {"upfront_cost": 100}


def gap(key: str, off: float = 0.05, **inputs: object) -> None:
    """Examples of the gap and of its check: as it must be, and off."""
    case(f"{key}_gap", **inputs, gives=off)
    case(key, **{f"{key}_gap": 0.05}, gives=1)
    case(key, **{f"{key}_gap": 0.0000004}, gives=0)


def tied(key: str, **inputs: object) -> None:
    """An example of two ways that agree."""
    case(f"{key}_gap", **inputs, gives=0)


parts = {"server_cost": 2, "network_cost": 3, "fleet_storage_cost": 5, "rack_cost": 7,
         "integration_cost": 11, "spares_kit_cost": 13, "freight_cost": 17, "duty_cost": 19,
         "contingency_cost": 23, "sales_tax_cost": 29, "software_cost": 31, "other_item_cost": 37,
         "warranty_cost": 41}  # fmt: skip
given = {"capex_given": 0, "hardware_cost_given": 0}
gap("capex_adds_up", **cost, **given, capex=243, **parts)
tied("capex_adds_up", **cost, **given, capex=238, **parts)
for key in given:
    tied("capex_adds_up", **cost, **{**given, key: 1}, capex=243, **parts)
parts = {"deposit_cost": 2, "delivery_cost": 3, "acceptance_cost": 5}
gap("capex_paid_whole", **cost, capex=15, **parts)
tied("capex_paid_whole", **cost, capex=10, **parts)
rows = {"colo_spend": [2, 1], "dc_spend": [3, 1], "power_spend": [5, 1],
        "owned_staff_spend": [7, 1], "support_spend": [11, 1], "software_spend": [13, 1],
        "insurance_spend": [17, 1], "property_tax_spend": [19, 1]}  # fmt: skip
gap("opex_adds_up", **cost, opex_total=90, **rows)
tied("opex_adds_up", **cost, opex_total=85, **rows)
for key, npv, flow in (
    ("npv_own_ties", "npv_own", "own_present_value"),
    *((f"npv_{name}_ties", f"npv_{name}", f"{name}_present_value")
      for name in ("reserved", "on_demand", "spot", "block", "hybrid")),
):  # fmt: skip
    gap(key, **cost, **{npv: -5, flow: [-20, 3, 7]})
    tied(key, **cost, **{npv: -10, flow: [-20, 3, 7]})
    if npv != "npv_own":
        tied(key, **cost, **{npv: None, flow: [0, 0]})
# Servers of 60 and a facility of 40 deduct 35 and 40: with 10 of running costs 85 are a loss.
case("deducted", capex=60, depreciation_share=[0.5, 0.25], facility_cost=40,
     facility_depreciation_share=[0.125, 0.625], gives=[35, 40])  # fmt: skip
case("taxed_profit", opex=[10, 5], deducted=[35, 40], gives=[-45, -45])
case("taxed_gain", exit_proceeds=30, upfront_cost=100, deducted=[35, 40], gives=5)
# 30 at a half less 100 and 10 is -95 before tax; of -45 and 5 at a half a fifth is -8.5: -86.5.
after = {"opex": [6, 8], "exit_proceeds": 30, "discount_factor_after_tax": [1, 0.5],
         "exit_factor": 0.5, "taxed_profit": [-25, -40], "taxed_gain": 5,
         "tax_rate": 0.2}  # fmt: skip
gap("npv_own_after_tax_ties", **cost, npv_own_after_tax=-81.5, **after)
tied("npv_own_after_tax_ties", **cost, npv_own_after_tax=-86.5, **after)
summed = {"at_end": [0, 1, 0], **cost}
gap("own_so_far_ties", **summed, own_so_far=[-20, -5, 7], own_deciding_npv=-10)
tied("own_so_far_ties", **summed, own_so_far=[-20, -10, 7], own_deciding_npv=-10)
for name in ("reserved", "on_demand", "spot", "block", "hybrid"):
    sums, decides = f"{name}_so_far", f"{name}_deciding_npv"
    gap(f"{name}_so_far_ties", **summed, **{sums: [-20, -5, 7], decides: -10})
    tied(f"{name}_so_far_ties", **summed, **{sums: [-20, -10, 7], decides: -10})
    tied(f"{name}_so_far_ties", **summed, **{sums: [0, 0, 0], decides: None})
    two = {f"npv_{name}_after_tax": -5, f"npv_{name}": -15, decides: -10}
    gap(f"{name}_basis_ties", **cost, **two, decided_after_tax=1)
    gap(f"{name}_basis_ties", -0.05, **cost, **two, decided_after_tax=0)
    tied(f"{name}_basis_ties", **cost, **{**two, decides: -5}, decided_after_tax=1)
    tied(f"{name}_basis_ties", **cost, **{**two, decides: -15}, decided_after_tax=0)
    tied(f"{name}_basis_ties", **cost, **{**two, decides: None}, decided_after_tax=0)
gap("cash_ties", **cost, own_cumulative=[-20, -5, 7], at_end=[0, 1, 0], own_flow=[-20, 3, 7])
tied("cash_ties", **cost, own_cumulative=[-20, -10, 7], at_end=[0, 1, 0], own_flow=[-20, 3, 7])
sides = {"own_flow": [-20, 3], "best_flow": [-10, -12]}  # -17 and -22
gap("increment_ties", **cost, increment_vs_best=[-2, 12], **sides, best_rent_npv=-7)
tied("increment_ties", **cost, increment_vs_best=[-10, 15], **sides, best_rent_npv=-7)
tied("increment_ties", **cost, increment_vs_best=[-2, 12], **sides, best_rent_npv=None)
gap("eac_ties", **cost, eac_own=5, annuity=3, npv_own=-10)
tied("eac_ties", **cost, eac_own=5, annuity=2, npv_own=-10)
gap("hourly_cost_ties", **cost, own_cost_per_gpu_hour=5, capacity_hours_present=3, npv_own=-10)
tied("hourly_cost_ties", **cost, own_cost_per_gpu_hour=5, capacity_hours_present=2, npv_own=-10)
# Half of 60 and 15 are 45, owning is 40.
use = {"on_demand_full_present": 60, "rent_fixed_present": 15}
gap("utilization_ties", **cost, breakeven_utilization=0.5, **use, npv_own=-40)
tied("utilization_ties", **cost, breakeven_utilization=0.5, **use, npv_own=-45)
tied("utilization_ties", **cost, breakeven_utilization=None, **use, npv_own=-40)
# 3 with a tenth on it, 20 hours: 66.
price = {"reserved_hours_present": 20, "rent_addon_applied": 0.1}
gap("reserved_price_ties", **cost, breakeven_reserved_price=3, **price, reserved_spare=61)
tied("reserved_price_ties", **cost, breakeven_reserved_price=3, **price, reserved_spare=66)
tied("reserved_price_ties", **cost, breakeven_reserved_price=None, **price, reserved_spare=61)
# 121 in two years are worth 100 at a tenth.
rate = {"year": [0, 1, 2], **cost}
gap("rate_ties", irr_vs_best=0.1, increment_vs_best=[-95, 0, 121], **rate)
tied("rate_ties", irr_vs_best=0.1, increment_vs_best=[-100, 0, 121], **rate)
tied("rate_ties", irr_vs_best=None, increment_vs_best=[-95, 0, 121], **rate)
# 3 and 10 are saved, 40 left of 100 at 30 %: 25 of 30.
gap("tax_basis_ties", -0.05, tax_shield=[3, 10], remaining_basis=40, tax_rate=0.3, **cost)
tied("tax_basis_ties", tax_shield=[3, 15], remaining_basis=40, tax_rate=0.3, **cost)
rates = {f"macrs_{number}": share
         for number, share in enumerate((0.2, 0.32, 0.192, 0.1, 0.13, 0.058), 1)}  # fmt: skip
tied("macrs_whole", **rates)
gap("macrs_whole", **{**rates, "macrs_3": 0.242})
hours = {"reserved_billed_share": 0.88, "reserved_idle_share": 0.18}
gap("hours_tie", **hours, utilization=0.65)
tied("hours_tie", **hours, utilization=0.7)
gap("factors_tie", factor_at_end=[1, 0.8, 0.64], factor_chain=[1, 0.8, 0.59])
tied("factors_tie", factor_at_end=[1, 0.8, 0.64], factor_chain=[1, 0.8, 0.64])
case("factor_chain", at_start=[1, 0, 0, 0], discount_rate=0.25, gives=[1, 0.8, 0.64, 0.512])

# ---- what must hold ------------------------------------------------------------------------------

case("colo_total", colo_spend=[0, 3, 7, 11], gives=21)
case("facility_total", facility_cost=5, dc_spend=[0, 3, 7, 11], gives=26)
for rented, own, flag in ((0.3, 0.5, 1), (3, 0, 0), (0, 5, 0), (0, 0, 0)):
    case("facility_counted_once", colo_total=rented, facility_total=own, gives=flag)
for basis, share, flag in (("share", None, 1), ("share", 3, 0), ("colo", None, 0)):
    case("facility_share_known", facility_basis=basis, facility_share_cost=share, gives=flag)
case("instalments_within_capex", acceptance_cost=-1, gives=1)
case("instalments_within_capex", acceptance_cost=0, gives=0)
for said, advantage, which, flag in (("own", -1, 3, 1), ("own", 1, 3, 0), ("own", 0, 3, 0),
                                     ("rent", 1, 3, 1), ("rent", -1, 3, 0), ("rent", 0, 3, 0),
                                     ("rent", 1, 2, 0),
                                     ("too close to call", -1, 3, 0)):  # fmt: skip
    case("verdict_follows_npv", verdict_found=said, deciding_advantage=advantage,
         verdict_case=which, gives=flag)  # fmt: skip
for bridge, exit_, flag in ((0, 0, 0), (0.01, 0, 1), (0, 0.01, 1)):
    case("bridge_closes", bridge_gap=bridge, exit_gap=exit_, gives=flag)
case("run_fleet_hours", fleet_gpus=7, job_days=5, gives=840)
case("run_hours", gpu_hours=7, gives=7)
case("run_hours", gpu_hours=None, gives=0)
case("fleet_serves_run", run_hours=841, run_fleet_hours=840, gives=1)
case("fleet_serves_run", run_hours=840, run_fleet_hours=840, gives=0)

# ---- findings ------------------------------------------------------------------------------------

for given, horizon, flag in ((1, 5, 1), (1, 4, 0), (0, 5, 0), (0, 4, 0)):
    case("residual_of_horizon", residual_share_given=given, residual_years=4,
         horizon_years=horizon, gives=flag)  # fmt: skip
# A tenth less a year for 2 of 5 years: 0.81 of 0.6.
case("implied_residual", rent_growth=-0.1, horizon_years=2, economic_life_years=5, gives=0.486)
case("implied_residual", rent_growth=-0.1, horizon_years=6, economic_life_years=5, gives=0)
for given, implied, flag in ((0.21, 0.1, 1), (0.2, 0.1, 0), (0.1, 0.2, 0), (0.1, 0.21, 1)):
    case("residual_fits_rent", residual_share=given, implied_residual=implied,
         residual_mismatch_factor=2, gives=flag)  # fmt: skip
for share, flag in ((76, 0), (77, 1), (44, 0), (43, 1), (0.5, 1), (0, 0)):
    case("network_ways_agree", network_by_share=share, network_counted_cost=60,
         network_tolerance_share=4 / 15, gives=flag)  # fmt: skip
for tax, before, after, flag in ((0.25, 0.09, 0.09, 1), (0.25, 0.09, 0.07, 0), (0, 0.09, 0.09, 0)):
    case("rates_differ", tax_rate=tax, discount_rate=before, discount_rate_after_tax=after,
         gives=flag)  # fmt: skip
case("commitment_gain", npv_reserved_right=-3, best_rent_npv=-10, gives=7)
case("commitment_gain", npv_reserved_right=None, best_rent_npv=-10,
     undefined="nothing to compare")  # fmt: skip
case("commitment_gain", npv_reserved_right=-3, best_rent_npv=None,
     undefined="nothing to compare")  # fmt: skip
case("verdict_band", smaller_npv=140, verdict_band_share=0.05, gives=7)
for gain, band, flag in ((8, 7, 1), (7, 7, 0), (0.5, 0.1, 1), (0, -1, 0), (None, 7, 0)):
    case("commitment_right_size", commitment_gain=gain, verdict_band=band, gives=flag)
for said, advantage, flag in (("own", -1, 1), ("own", 0, 0), ("rent", -1, 0),
                              ("own", None, 0)):  # fmt: skip
    case("verdict_at_market", verdict_found=said, market_advantage=advantage, gives=flag)
case("staff_for_fleet", servers=22, owned_fte=3, servers_per_fte_most=7, gives=1)
case("staff_for_fleet", servers=21, owned_fte=3, servers_per_fte_most=7, gives=0)
for needed, lead, flag in ((None, 0.5, 1), (None, 0, 0), (300, 180, 0)):
    case("lead_times_tested", result_needed_days=needed, known_lead_days=lead, gives=flag)
for base, offered, flag in ((0.3, 0, 1), (0.3, 1, 0), (None, 0, 0)):
    case("hybrid_possible", hybrid_base_share=base, hybrid_available=offered, gives=flag)
case("best_rent_assured", best_rent_option="spot", gives=1)
case("best_rent_assured", best_rent_option="reserved", gives=0)
case("something_in_time", verdict_case=2, gives=1)
case("something_in_time", verdict_case=3, gives=0)
for which, close, flag in ((3, 1, 1), (3, 0, 0), (2, 1, 0)):
    case("verdict_clear", verdict_case=which, too_close=close, gives=flag)
case("payback_by_use", payback_needs_resale=1, gives=1)
case("payback_by_use", payback_needs_resale=0, gives=0)
# The second term of three years ends a year after a horizon of five.
case("last_term_over", reserved_term=[0, 1, 1, 1, 2, 2, 3], reserved_term_years=3,
     at_end=[0, 0, 0, 0, 0, 1, 0], horizon_years=5, gives=1)  # fmt: skip
case("terms_end_with_horizon", last_term_over=1, gives=1)
case("terms_end_with_horizon", last_term_over=0, gives=0)

# ---- what-ifs ------------------------------------------------------------------------------------

case("timing_is_mid", discount_timing="mid", gives=1)
case("timing_is_mid", discount_timing="end", gives=0)
case("starts_late", go_live_fraction=0.99, gives=1)
case("starts_late", go_live_fraction=1, gives=0)
case("sale_is_hurried", liquidation_factor=0.99, gives=1)
case("sale_is_hurried", liquidation_factor=1, gives=0)
case("deducted_at_once", tax_depreciation="bonus", region_depreciation="straight", gives=1)
case("deducted_at_once", tax_depreciation="bonus", region_depreciation="bonus", gives=0)
case("deducted_at_once", tax_depreciation="macrs", region_depreciation="straight", gives=0)
case("prepaid", prepay_share=0.01, gives=1)
case("prepaid", prepay_share=0, gives=0)
case("power_is_free", power_price=0, gives=1)
case("power_is_free", power_price=0.01, gives=0)

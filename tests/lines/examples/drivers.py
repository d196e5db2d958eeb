"""What each driver is worth in the advantage, and the steps to the rates that tie."""

from tco.model.own import drivers
from tests.lines.worked import worked

case = worked(drivers)
factor, end = {"deciding_factor": [0, 0.8, 0.64, 0]}, {"deciding_factor_at_end": [1, 0.9, 0.7, 0.5]}
kept = {"kept_share": 0.7}
RIVALS = ("reserved", "on_demand", "spot", "block", "hybrid")

case("exit_factor", at_end=[0, 0, 1, 0], **end, gives=0.7)

# ---- the price part of the best rent -------------------------------------------------------------

prices = {"reserved_price": 2, "on_demand_price": 3, "spot_price": 5, "block_price": 7}
hours = {"reserved_share": 0.6, "prepay_share": 0.3, "stepped_hours": [0, 20, 30],
         "reserved_rate": 5, "utilization": 0.5, "drifting_hours": [0, 40, 60], "on_demand_rate": 7,
         "spot_rate": 3, "hybrid_base": 0.2}  # fmt: skip
# Reserved: 60 % of 20 and 30 hours at 5, less 30 % prepaid. Half of 40 and 60 hours at 7, or at 3.
dues = {"reserved": [0, 42, 63], "on_demand": [0, 140, 210], "spot": [0, 60, 90],
        "block": [0, 0, 0], "hybrid": [0, 20, 30], "none": [0, 0, 0]}  # fmt: skip
aheads = {"reserved": [20, 27, 0], "on_demand": [0, 0, 0], "spot": [0, 0, 0], "block": [3, 0, 5],
          "hybrid": [0, 0, 0], "none": [0, 0, 0]}  # fmt: skip
paid = {"reserved_ahead": [27, 27, 0], "block_ahead": [10, 0, 5], "rent_setup_spend": [7, 0, 0]}
listed = {"reserved": 2, "on_demand": 3, "spot": 5, "block": 7, "hybrid": 2, "none": 0}
for name, price in listed.items():
    case("best_rent_price", best_rent_option=name, **prices, gives=price)
    case("best_rent_due", best_rent_option=name, **hours, gives=dues[name])
    case("best_rent_ahead", best_rent_option=name, **paid, gives=aheads[name])

# ---- what follows from the price of a server -----------------------------------------------------

case("scaled_network_cost", network_basis="share", network_by_share=7, gives=7)
case("scaled_network_cost", network_basis="counts", network_by_share=7, gives=0)
# 100 of hardware, 3 + 2 + 25 % on it, 10 of spares; a tenth more.
case("scaled_capex", server_cost=80, scaled_network_cost=13, rack_cost=7, integration_share=0.03,
     freight_share=0.02, duty_rate=0.25, spares_kit_cost=10, contingency_share=0.1,
     gives=154)  # fmt: skip
case("scaled_running", server_cost=80, scaled_network_cost=20, support_share=0.05,
     scaled_capex=150, insurance_share=0.01, property_tax_share=0.02, gives=9.5)  # fmt: skip
# 20 % at 0.8 and 50 % at 0.64 are 0.48, and 30 % at the exit's 0.4: 0.6 at a quarter.
case("shield_per_capex", depreciation_share=[0, 0.2, 0.5, 0], **factor, remaining_share=0.3,
     exit_factor=0.4, tax_rate=0.25, gives=0.15)  # fmt: skip

# ---- worth in the advantage ----------------------------------------------------------------------

# 20 and 30 due are 35.2, 10 and 5 ahead 14.5; 70 % of it is left after tax.
case("worth_rent_price", best_rent_due=[0, 20, 30, 0], **factor, best_rent_ahead=[10, 5, 0, 0],
     **end, **kept, gives=34.79)  # fmt: skip
# Sold 50 x 0.4 x 0.7 = 14; bought 100 less its shield of 15 %; run 10 a year, 1.12 years, 0.7.
case("worth_server_price", scaled_capex=100, shield_per_capex=0.15, scaled_running=10,
     contract_years=[0, 1, 0.5, 0], **factor, salvage=50, exit_factor=0.4, **kept,
     gives=14 - 85 - 7.84)  # fmt: skip
for worth, spend in (("worth_colo_price", "colo_spend"), ("worth_power_price", "power_spend"),
                     ("worth_owned_fte", "owned_staff_spend"),
                     ("worth_support_share", "support_spend")):  # fmt: skip
    case(worth, **{spend: [0, 20, 30, 0]}, **factor, **kept, gives=-24.64)
case("worth_residual_share", salvage=50, exit_factor=0.4, **kept, gives=14)
case("slope_residual_share", server_cost=100, disposal_share=0.1, exit_factor=0.4, **kept,
     gives=25.2)  # fmt: skip
case("slope_power_price", power_weighted=[0, 20, 30, 0], **factor, **kept, gives=-24.64)
case("slope_hours", drifting_hours=[0, 20, 30, 0], **factor, **kept, gives=24.64)
case("slope_block", utilization=0.7, worth_rent_price=21, gives=30)
case("slope_block", utilization=0, worth_rent_price=0, gives=0)
slopes = {"slope_hours": 10, "on_demand_rate": 3, "spot_rate": 2, "slope_block": 7}
used = {"reserved": 0, "on_demand": 30, "spot": 20, "block": 7, "hybrid": 0, "none": 0}
for name, slope in used.items():
    case("slope_utilization", best_rent_option=name, **slopes, gives=slope)
    case("worth_utilization", best_rent_option=name, worth_rent_price=11,
         gives=11 if slope else 0)  # fmt: skip

# ---- rent growth ---------------------------------------------------------------------------------

# Years 0 to 3, two-year terms: a reservation has drifted by none, none and two years.
drifts = {"reserved": [0, 0, 0, 2, 0], "on_demand": [0, 0, 1, 2, 0], "spot": [0, 0, 1, 2, 0],
          "block": [0, 0, 0, 0, 0], "hybrid": [0, 0, 0, 2, 0], "none": [0, 0, 0, 0, 0]}  # fmt: skip
for name, exponent in drifts.items():
    case("drift_exponent", best_rent_option=name, year=[0, 1, 2, 3, 4], reserved_term_years=2,
         reserved_term=[0, 1, 1, 2, 2], operating=[0, 1, 1, 1, 0], gives=exponent)  # fmt: skip
# 20 x 0.8 x 0.7, and 33 x 0.5 x 0.7 of which a tenth is drift.
case("undrifted_due", best_rent_due=[0, 20, 33], deciding_factor=[0, 0.8, 0.5], **kept,
     rent_growth=0.1, drift_exponent=[0, 0, 1], gives=[0, 11.2, 10.5])  # fmt: skip
case("drift_power", drift_exponent=[0, 1, 3], gives=[0, -1, -3])
case("undrifted_due_years", undrifted_due=[2, 3, 5], drift_exponent=[0, 1, 3], gives=[0, 3, 15])
case("driftless_due", undrifted_due=[2, 3, 5], drift_exponent=[0, 1, 3], gives=[2, 0, 0])
case("rent_that_ties", worth_rent_price=30, deciding_advantage=7, gives=23)
turns = {"best_rent_option": "on_demand", "verdict_case": 3, "rent_that_ties": 7,
         "driftless_due": [3, 3.5] + [0] * 6, "undrifted_due_years": [0, 0.5], "prepay_share": 0,
         "overage_share": 0}  # fmt: skip
for changed, flag in (
    ({}, 1), ({"best_rent_option": "spot"}, 1), ({"best_rent_option": "reserved"}, 1),
    ({"best_rent_option": "block"}, 0), ({"best_rent_option": "hybrid"}, 0),
    ({"best_rent_option": "none"}, 0), ({"verdict_case": 2}, 0), ({"rent_that_ties": 6.5}, 0),
    ({"undrifted_due_years": [0, 0]}, 0), ({"prepay_share": 0.3}, 1), ({"overage_share": 0.3}, 1),
    ({"best_rent_option": "reserved", "prepay_share": 0.3}, 0),
    ({"best_rent_option": "reserved", "overage_share": 0.3}, 0),
):  # fmt: skip
    case("growth_turns", **{**turns, **changed}, gives=flag)
# 40 are due, 40 with their years: 44 take a tenth. From a tenth on, 20 that drift twice are 24.2,
# their mean is two drifts: 45 take (45 / 24.2) to a half of 1.1, which is 1.5.
case("growth_step_1", growth_turns=1, undrifted_due=[10, 20, 10], undrifted_due_years=[0, 20, 20],
     drift_power=[0, -1, -2], rent_that_ties=44, gives=0.1)  # fmt: skip
case("growth_step_1", growth_turns=0, undrifted_due=[10, 20, 10], undrifted_due_years=[0, 20, 20],
     drift_power=[0, -1, -2], rent_that_ties=44, gives=0)  # fmt: skip
case("growth_step_1", growth_turns=1, undrifted_due=[0, 20], undrifted_due_years=[0, 40],
     drift_power=[0, -2], rent_that_ties=45, gives=0.5)  # fmt: skip
for number in range(2, 13):
    before = {f"growth_step_{number - 1}": 0.1}
    due = {"undrifted_due": [0, 20], "undrifted_due_years": [0, 40], "drift_power": [0, -2]}
    case(f"growth_step_{number}", growth_turns=1, **due, rent_that_ties=45, **before, gives=0.5)
    case(f"growth_step_{number}", growth_turns=0, **due, rent_that_ties=45, **before, gives=0)
    # 10, 22 and 12.1 already are what ties.
    case(f"growth_step_{number}", growth_turns=1, undrifted_due=[10, 20, 10],
         undrifted_due_years=[0, 20, 20], drift_power=[0, -1, -2], rent_that_ties=44.1, **before,
         gives=0.1)  # fmt: skip

# ---- discount rate -------------------------------------------------------------------------------

case("deciding_running", own_running_after_tax=[0, -7, 5], best_due=[0, 20, 30], **kept,
     gives=[0, 7, 26])  # fmt: skip
case("deciding_held", exit_after_tax=50, at_end=[0, 0, 1], upfront_cost=100, at_start=[1, 0, 0],
     best_ahead=[10, 20, 0], **kept, gives=[-93, 14, 50])  # fmt: skip
case("running_moment", year=[0, 1, 2], timing_shift_years=0.5, gives=[-0.5, 0.5, 1.5])
for side in ("running", "held"):
    flow = {f"deciding_{side}": [-5, 3, 0, 7]}
    case(f"{side}_gain", **flow, gives=[0, 3, 0, 7])
    case(f"{side}_loss", **flow, gives=[5, 0, 0, 0])
    when = "running_moment" if side == "running" else "year"
    for kind in ("gain", "loss"):
        case(f"{side}_{kind}_moment", **{f"{side}_{kind}": [2, 3, 5], when: [0.5, 1.5, 3]},
             gives=[1, 4.5, 15])  # fmt: skip
# Running and held together: -5, 0, 3, -2.
case("deciding_sign", deciding_running=[0, 2, 5, -3], deciding_held=[-5, -2, -2, 1],
     gives=[-1, -1, 1, -1])  # fmt: skip
case("deciding_sign", deciding_running=[0, 0.3, 0, 0, 0.2], deciding_held=[0, 0, 0, -0.3, -0.1],
     gives=[0, 1, 1, -1, 1])  # fmt: skip
case("deciding_change", deciding_sign=[-1, -1, 1, -1], gives=[0, 0, 1, 1])
case("deciding_first", deciding_held=[-93, 14, 50], at_start=[1, 0, 0], gives=-93)
for which, change, first, flag in ((3, [0, 1, 0], -5, 1), (2, [0, 1, 0], -5, 0),
                                   (3, [0, 1, 1], -5, 0), (3, [0, 0, 0], -5, 0),
                                   (3, [0, 1, 0], 0, 0), (3, [0, 1, 0], 5, 0)):  # fmt: skip
    case("rate_turns", verdict_case=which, deciding_change=change, deciding_first=first, gives=flag)
# At 44 %, 1.2 the half year: 20 half a year and 30 a year and a half ahead; 10 now, 50 in two.
for number in range(1, 9):
    rate = f"rate_step_{number - 1}" if number > 1 else "deciding_rate"
    for kind in ("gain", "loss", "gain_moment", "loss_moment"):
        flows = {f"running_{kind}": [0, 20, 30], f"held_{kind}": [10, 0, 50]}
        case(f"rate_{kind}_{number}", **flows, running_moment=[-0.5, 0.5, 1.5], year=[0, 1, 2],
             **{rate: 0.44},
             gives=20 / 1.2 + 30 / 1.728 + 10 + 50 / 2.0736)  # fmt: skip
    # Gains of 9 at 4 years, losses of 4 at 2: two years apart, so 1.2 x 3/2.
    sums = {f"rate_gain_{number}": 9, f"rate_loss_{number}": 4, f"rate_gain_moment_{number}": 36,
            f"rate_loss_moment_{number}": 8, rate: 0.2}  # fmt: skip
    case(f"rate_step_{number}", rate_turns=1, **sums, gives=0.8)
    case(f"rate_step_{number}", rate_turns=0, **sums, gives=0)

# ---- the grid of utilisation and price -----------------------------------------------------------

case("grid_hours", drifting_hours=[0, 20, 30, 0], **factor, **kept, rent_addon_applied=0.1,
     gives=27.104)  # fmt: skip
case("grid_fixed", own_deciding_npv=-100, rent_fixed_spend=[0, 20, 30, 0], **factor,
     rent_setup_cost=4.8, **kept, gives=-72)  # fmt: skip

"""The value of each driver at which the verdict turns, and the pictures."""

from tco.model.own import flip
from tests.lines.worked import worked

case = worked(flip)
NO_TIE, NOT_SOLVED = "it does not enter", "not worked out"

# ---- drivers whose worth falls to nothing with them: a quarter more of 8, or a half less ---------

for name, key in (
    ("rent_price", "best_rent_price"), ("server_price", "server_price"),
    ("colo_price", "colo_price"), ("owned_fte", "owned_fte"), ("support_share", "support_share"),
):  # fmt: skip
    change, tie, worth = f"change_{name}", f"tie_{name}", f"worth_{name}"
    case(change, **{worth: -20}, deciding_advantage=5, verdict_case=3, gives=0.25)
    case(change, **{worth: 20}, deciding_advantage=10, verdict_case=3, gives=-0.5)
    case(change, **{worth: 0}, deciding_advantage=5, verdict_case=3, undefined=NO_TIE)
    case(change, **{worth: -20}, deciding_advantage=5, verdict_case=2, undefined=NO_TIE)
    case(tie, **{change: 0.25, key: 8}, gives=10)
    case(tie, **{change: None, key: 8}, undefined=NO_TIE)

# ---- drivers that may be 0 in the plan: 6 are 2 units of 3 ---------------------------------------

for name, slope in (("power_price", "slope_power_price"),
                    ("residual_share", "slope_residual_share"),
                    ("utilization", "slope_utilization")):  # fmt: skip
    change, tie = f"change_{name}", f"tie_{name}"
    case(tie, **{slope: 3, name: 7}, deciding_advantage=6, verdict_case=3, gives=5)
    case(tie, **{slope: -3, name: 7}, deciding_advantage=6, verdict_case=3, gives=9)
    case(tie, **{slope: 0, name: 7}, deciding_advantage=6, verdict_case=3, undefined=NO_TIE)
    case(tie, **{slope: 3, name: 7}, deciding_advantage=6, verdict_case=1, undefined=NO_TIE)
    case(change, **{tie: 0.5, name: 0.4}, gives=0.25)
    case(change, **{tie: 5, name: 0}, undefined="–")
    case(change, **{tie: None, name: 4}, undefined="–")

for name in ("rent_price", "server_price", "colo_price", "power_price", "owned_fte",
             "support_share", "residual_share", "utilization"):  # fmt: skip
    most = 1 if name in ("residual_share", "utilization") else 1e12
    for tie, flag in ((0, 1), (-0.01, 0), (most, 1), (1.01 * most, 0), (None, 0)):
        case(f"possible_{name}", **{f"tie_{name}": tie}, gives=flag)

# ---- growth and discount rate, in points ---------------------------------------------------------

for tie, turns, step in (("tie_rent_growth", "growth_turns", "growth_step_12"),
                         ("tie_discount_rate", "rate_turns", "rate_step_8")):  # fmt: skip
    case(tie, **{turns: 1, step: 0.07}, gives=0.07)
    case(tie, **{turns: 0, step: 0.07}, undefined=NOT_SOLVED)
for name, base in (("rent_growth", "rent_growth"), ("discount_rate", "deciding_rate")):
    change, tie = f"change_{name}", f"tie_{name}"
    case(change, **{tie: 0.07, base: -0.03}, gives=0.1)
    case(change, **{tie: None, base: -0.03}, undefined=NOT_SOLVED)

drivers = ("rent_price", "server_price", "colo_price", "power_price", "owned_fte", "support_share",
           "residual_share", "utilization", "rent_growth", "discount_rate")  # fmt: skip
ten = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
rows = dict(zip(drivers, ten, strict=True))
case("driver_change", **{f"change_{name}": value for name, value in rows.items()}, gives=ten)
case("driver_worth", **{f"worth_{name}": value for name, value in list(rows.items())[:8]},
     gives=[2, 3, 5, 7, 11, 13, 17, 19, 0, 0])  # fmt: skip

# ---- cost of a delivered hour over utilisation ---------------------------------------------------

case("curve_points_so_far", gives=[1, 2, 3])
case("point_utilization", curve_points_so_far=[1, 2, 3], curve_first_share=0.1,
     curve_step_share=0.3, gives=[0.4, 0.7, 1])  # fmt: skip
use = {"point_utilization": [0.5, 0.7]}
case("point_own", own_cost_per_gpu_hour=3.5, **use, gives=[7, 5])
# 60 of hours and 14 of staff over half or seven tenths, on 10 hours.
case("point_on_demand", on_demand_full_present=60, rent_fixed_present=14,
     capacity_hours_present=10, **use, gives=[8.8, 8])  # fmt: skip
# 7 hours at 3, a tenth or a fifth of 60 beside them, and 14 of staff, over the hours used.
case("point_reserved", reserved_hours_present=7, reserved_rate=3, point_overage=[0.1, 0.35],
     on_demand_full_present=60, rent_fixed_present=14, capacity_hours_present=10, **use,
     gives=[8.2, 8])  # fmt: skip
case("point_overage", demand_shape="whole_fleet", reserved_share=0.6, **use, gives=[0.2, 0.28])
case("point_overage", demand_shape="level", reserved_share=0.6, **use, gives=[0, 0.1])
case("crossing_utilization", breakeven_utilization=0.7, gives=0.7)
case("crossing_utilization", breakeven_utilization=None, gives=0)
for use_at, cost in ((0.5, 14), (1, 7), (1.01, 0), (0, 0), (-0.5, 0)):
    case("crossing_cost", crossing_utilization=use_at, own_cost_per_gpu_hour=7, gives=cost)

# ---- utilisation against price: -72 and 30 hours, half used, at 4 --------------------------------

case("grid_plan", grid_fixed=-72, grid_hours=30, utilization=0.5, on_demand_price=4, gives=-12)
case("market_advantage", grid_fixed=-72, grid_hours=30, utilization=0.5, market_price=3, gives=-27)
case("market_price", cheapest_price=3, on_demand_price=4, gives=3)
case("market_price", cheapest_price=5, on_demand_price=4, gives=4)
case("market_price", cheapest_price=None, on_demand_price=4, gives=4)
case("market_advantage_size", market_advantage=-7, gives=7)
case("market_advantage_size", market_advantage=None, gives=0)
case("market_advantage", grid_fixed=-72, grid_hours=30, utilization=0.5, market_price=None,
     undefined="no price on demand")  # fmt: skip
case("grid_plan", grid_fixed=-72, grid_hours=30, utilization=0.5, on_demand_price=None,
     undefined="no price on demand")  # fmt: skip
case("market_price", cheapest_price=3, on_demand_price=None, gives=3)
case("market_price", cheapest_price=None, on_demand_price=None, undefined="no price on demand")
case("market_saving", market_price=3, on_demand_price=4.5, gives=1.5)
case("market_saving", market_price=3, on_demand_price=None, gives=0)
case("market_advantage_size", market_advantage=7, gives=7)

# Seven columns from 40 % by a tenth; seven rows around the plan's 5, a tenth of it apart.
case("grid_place", gives=[1, 2, 3, 4])
case("grid_use", grid_first_share=0.4, grid_step_share=0.1, grid_place=[1, 2, 7],
     gives=[0.4, 0.5, 1])  # fmt: skip
case("grid_price", on_demand_price=5, grid_step_share=0.1, grid_place=[1, 4, 7],
     gives=[3.5, 5, 6.5])  # fmt: skip

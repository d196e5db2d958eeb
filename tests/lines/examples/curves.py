"""Cost over utilisation, the grid of utilisation and price, and the lowest list price."""

from tco.model.own import curves
from tests.lines.worked import worked

case = worked(curves)
factor, kept = {"deciding_factor": [0, 0.8, 0.64, 0]}, {"kept_share": 0.7}

# ---- cost of a delivered hour over utilisation ---------------------------------------------------

case("curve_points_so_far", gives=[1, 2, 3])
case("point_utilization", curve_points_so_far=[1, 2, 3], curve_first_share=0.1,
     curve_step_share=0.3, gives=[0.4, 0.7, 1])  # fmt: skip
use = {"point_utilization": [0.5, 0.7]}
case("point_own", own_cost_per_gpu_hour=3.5, **use, gives=[7, 5])
# 60 of hours and 14 of staff over half or seven tenths, on 10 hours.
case("point_on_demand", on_demand_full_present=60, rent_fixed_present=14,
     capacity_hours_present=10, **use, gives=[8.8, 8])  # fmt: skip
case("point_on_demand", on_demand_full_present=None, rent_fixed_present=14,
     capacity_hours_present=10, **use, gives=[None, None])  # fmt: skip
case("point_overage_present", point_overage=[0, 0.1, 0.35], on_demand_full_present=60,
     gives=[0, 6, 21])  # fmt: skip
case("point_overage_present", point_overage=[0, 0.1, 0.35], on_demand_full_present=None,
     gives=[0, None, None])  # fmt: skip
# 7 hours at 3, 6 or 21 of overage beside them, and 14 of staff, over the hours used.
for rate, over, cost in ((3, [6, 21], [8.2, 8]), (3, [None, 21], [None, 8]),
                         (None, [6, 21], [None, None])):  # fmt: skip
    case("point_reserved", reserved_hours_present=7, reserved_rate=rate,
         point_overage_present=over, rent_fixed_present=14, capacity_hours_present=10, **use,
         gives=cost)  # fmt: skip
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
case("market_saving", market_price=3, on_demand_price=5, gives=2)
case("market_saving", market_price=3, on_demand_price=None, undefined="no price on demand")
case("market_advantage_size", market_advantage=-7, gives=7)
case("market_advantage_size", market_advantage=7, gives=7)

# Seven columns from 40 % by a tenth; seven rows around the plan's 5, a tenth of it apart.
case("grid_place", gives=[1, 2, 3, 4])
case("grid_use", utilization=0.75, grid_step_share=0.1, grid_place=[1, 3, 4, 5, 7],
     gives=[0.45, 0.65, 0.75, 0.85, 1])  # fmt: skip
case("grid_use", utilization=0.08, grid_step_share=0.1, grid_place=[1, 2, 3, 4, 5],
     gives=[0.02, 0.04, 0.06, 0.08, 0.18])  # fmt: skip
case("grid_price", on_demand_price=5, grid_step_share=0.1, grid_place=[1, 4, 7],
     gives=[3.5, 5, 6.5])  # fmt: skip

case("grid_hours", drifting_hours=[0, 20, 30, 0], **factor, **kept, rent_addon_applied=0.1,
     gives=27.104)  # fmt: skip
case("grid_fixed", own_deciding_npv=-100, rent_fixed_spend=[0, 20, 30, 0], **factor,
     rent_setup_cost=4.8, **kept, gives=-72)  # fmt: skip
case("market_advantage_size", market_advantage=None, undefined="not given")
case("market_advantage", grid_fixed=-72, grid_hours=30, utilization=0.5, market_price=None,
     undefined="no price on demand")  # fmt: skip
case("grid_plan", grid_fixed=-72, grid_hours=30, utilization=0.5, on_demand_price=None,
     undefined="no price on demand")  # fmt: skip
case("market_price", cheapest_price=3, on_demand_price=None, gives=3)
case("market_price", cheapest_price=None, on_demand_price=None, undefined="no price on demand")

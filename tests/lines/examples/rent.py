"""The same run on hired GPUs, three ways."""

from tco.model.cost import rent
from tests.lines.worked import worked

case = worked(rent)

case("rent_on_demand_cost", gpu_hours=700, on_demand_price=3, rent_addon_share=0.1, gives=2_310)
case("rent_on_demand_cost", gpu_hours=700, on_demand_price=None, rent_addon_share=0.1,
     undefined="not offered")  # fmt: skip
case("committed_hours", gpus_working=7, reserved_term_hours=100, gpu_hours=630, gives=700)
case("committed_hours", gpus_working=7, reserved_term_hours=80, gpu_hours=630, gives=630)

priced = {"reserved_price": 2, "rent_addon_share": 0.1}  # 2.20 an hour
case("rent_reserved_cost", committed_hours=700, **priced, gives=1_540)
case("rent_reserved_idle_cost", committed_hours=700, gpu_hours=630, **priced, gives=154)
priced = {"reserved_price": None, "rent_addon_share": 0.1}
case("rent_reserved_cost", committed_hours=700, **priced, undefined="not offered")
case("rent_reserved_idle_cost", committed_hours=700, gpu_hours=630, **priced,
     undefined="not offered")  # fmt: skip

# Two interruptions a day, 3 h each: half of a 5 h interval and 0.5 h to restart; 6 of 24 h.
case("spot_lost_share", interruptions_per_day=2, checkpoint_hours=5, restart_hours=0.5, gives=0.25)
case("spot_days", days_needed=9, spot_lost_share=0.25, gives=12)
case("spot_days", days_needed=9, spot_lost_share=1, undefined="never done")

spot = {"gpu_hours": 900, "rent_addon_share": 0.1}  # 900 h are 1,200 with rework
case("rent_spot_cost", **spot, spot_price=0.5, spot_lost_share=0.25, gives=660)
case("rent_spot_cost", **spot, spot_price=0.5, spot_lost_share=1,
     undefined="not offered or never done")  # fmt: skip
case("rent_spot_cost", **spot, spot_price=None, spot_lost_share=0.25,
     undefined="not offered or never done")  # fmt: skip

for key, cost, late in (
    ("on_demand_in_time", "rent_on_demand_cost", "not offered or too late"),
    ("reserved_in_time", "rent_reserved_cost", "not offered or too late"),
):
    case(key, days_needed=10, deadline_days=10, **{cost: 77}, gives=77)
    case(key, days_needed=11, deadline_days=10, **{cost: 77}, undefined=late)
case("reserved_in_time", days_needed=9, deadline_days=10, rent_reserved_cost=None,
     undefined="not offered or too late")  # fmt: skip
# A quarter of the time is lost: of 12 days, 9 are left.
case("spot_in_time", days_needed=9, deadline_days=12, spot_lost_share=0.25, rent_spot_cost=77,
     gives=77)  # fmt: skip
case("spot_in_time", days_needed=9.1, deadline_days=12, spot_lost_share=0.25, rent_spot_cost=77,
     undefined="not offered or too late")  # fmt: skip
case("spot_in_time", days_needed=9, deadline_days=12, spot_lost_share=0.25, rent_spot_cost=None,
     undefined="not offered or too late")  # fmt: skip

for costs, cheapest in (((5, 7, 11), 5), ((5, 3, 11), 3), ((5, 7, 2), 2), ((None, 7, 11), 7),
                        ((5, None, None), 5), ((None, 7, None), 7), ((None, None, 11), 11),
                        ((5, 3, None), 3)):  # fmt: skip
    options = dict(zip(("on_demand", "reserved", "spot"), costs, strict=True))
    case("rent_cost", **{f"{name}_in_time": cost for name, cost in options.items()}, gives=cheapest)
case("rent_cost", on_demand_in_time=None, reserved_in_time=None, spot_in_time=None,
     undefined="none is in time")  # fmt: skip

for total, cost, why in (("rent_total", "rent_cost", "none is in time"),
                         ("reserved_total", "rent_reserved_cost", "not offered"),
                         ("spot_total", "rent_spot_cost", "not offered")):  # fmt: skip
    case(total, **{cost: 7}, staff_cost=3, gives=10)
    case(total, **{cost: None}, staff_cost=3, undefined=why)
case("on_demand_total", rent_on_demand_cost=7, staff_cost=3, gives=10)
case("on_demand_total", rent_on_demand_cost=None, staff_cost=3, undefined="not offered")

case("spot_gpus_needed", gpus_exact=7, spot_lost_share=0.25, gives=10)  # 9.33
case("spot_gpus_needed", gpus_exact=9, spot_lost_share=0.25, gives=12)
case("spot_gpus_needed", gpus_exact=9, spot_lost_share=1, undefined="never done")
case("spot_gpus_needed", gpus_exact=None, spot_lost_share=0.25, undefined="never done")

case("on_demand_cost_per_useful_hour", rent_on_demand_cost=77, gpu_hours_useful=7, gives=11)

case("owned_outlay", buy_total=100, staff_cost=7, datacenter_energy_cost=3, gives=90)
case("saved_per_run", rent_on_demand_cost=23, energy_cost=3, gives=20)
# 90 spent, 20 saved: 4.5 runs of 10 days or 240 hours, so 1,080 hours of a server's life.
runs = {"owned_outlay": 90, "days_needed": 10, "server_life_years": 2}
case("breakeven_runs", **runs, saved_per_run=20, hours_per_year=540, gives=4.5)
case("breakeven_runs", **runs, saved_per_run=20, hours_per_year=539, undefined="never")
case("breakeven_runs", **runs, saved_per_run=0, hours_per_year=9e9, undefined="never")
case("breakeven_runs", **{**runs, "owned_outlay": 2.25}, saved_per_run=0.5, hours_per_year=540,
     gives=4.5)  # fmt: skip
case("breakeven_runs", **{**runs, "owned_outlay": -5}, saved_per_run=0, hours_per_year=540,
     undefined="never")  # fmt: skip
case("breakeven_runs", **runs, saved_per_run=-20, hours_per_year=540, undefined="never")

case("idle_within_reserved", rent_reserved_cost=7, rent_reserved_idle_cost=8, gives=1)
case("idle_within_reserved", rent_reserved_cost=7, rent_reserved_idle_cost=7, gives=0)
case("idle_within_reserved", rent_reserved_cost=None, rent_reserved_idle_cost=8, gives=0)
case("idle_within_reserved", rent_reserved_cost=7, rent_reserved_idle_cost=None, gives=0)
case("rent_compared", on_demand_price=None, reserved_price=None, spot_price=None, gives=1)
for price in ("on_demand_price", "reserved_price", "spot_price"):
    none = {"on_demand_price": None, "reserved_price": None, "spot_price": None}
    case("rent_compared", **{**none, price: 3}, gives=0)
case("staff_in_proportion", rent_total=100, staff_cost=51, gives=1)
case("staff_in_proportion", rent_total=100, staff_cost=50, gives=0)
case("staff_in_proportion", rent_total=None, staff_cost=51, gives=0)

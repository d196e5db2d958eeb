"""What the same hours cost on hired GPUs. Years 0 to 3; running flows at 0.8 and 0.64."""

from tco.model.own import rents
from tests.lines.worked import worked

case = worked(rents)
factor, at_end = [0, 0.8, 0.64, 0], [1, 0.9, 0.7, 0.5]
start, first = [1, 0, 0, 0], [0, 1, 0, 0]
RIVALS = ("reserved", "on_demand", "spot", "block", "hybrid")

# ---- prices with add-ons -------------------------------------------------------------------------

addons = {"rent_addon_share": 0.05, "rent_support_share": 0.03}
case("rent_addon_applied", rent_addon_basis="share", **addons, gives=0.05)
case("rent_addon_applied", rent_addon_basis="items", **addons, gives=0.03)

for name in ("reserved", "on_demand", "block"):
    left = {"overage_share": 0.1, "on_demand_available": 1} if name == "reserved" else {}
    case(f"{name}_available", **{f"{name}_price": 3}, **left, gives=1)
    case(f"{name}_available", **{f"{name}_price": 0}, **left, gives=1)  # 0 is a price
    case(f"{name}_available", **{f"{name}_price": None}, **left, gives=0)
    case(f"{name}_rate", **{f"{name}_price": 3}, rent_addon_applied=0.1, gives=3.3)
# What a reservation leaves over is had on demand, or there is none.
for left, served, flag in ((0.1, 1, 1), (0.1, 0, 0), (0, 0, 1)):
    case("reserved_available", reserved_price=3, overage_share=left, on_demand_available=served,
         gives=flag)  # fmt: skip
    case("hybrid_available", hybrid_base_share=0.3, reserved_price=3, burst_share=left,
         on_demand_available=served, gives=flag)  # fmt: skip
for name, said in (("reserved", "of a reservation"), ("block", "of capacity blocks"),
                   ("on_demand", "on demand")):  # fmt: skip
    case(f"{name}_rate", **{f"{name}_price": None}, rent_addon_applied=0.1,
         undefined=f"no price {said}")  # fmt: skip
for price, lost, flag in ((3, 0.25, 1), (3, 1, 0), (None, 0.25, 0)):
    case("spot_available", spot_price=price, spot_lost_share=lost, gives=flag)
    # 3.30 an hour; a quarter of the hours is lost, so 4.40 an hour of work.
    said = {"gives": 4.4} if flag else {"undefined": "no price on spot, or all hours are lost"}
    case("spot_rate", spot_price=price, rent_addon_applied=0.1, spot_lost_share=lost, **said)
for base, price, flag in ((0.3, 3, 1), (0, 3, 1), (None, 3, 0), (0.3, None, 0)):
    case("hybrid_available", hybrid_base_share=base, reserved_price=price, burst_share=0.1,
         on_demand_available=1, gives=flag)  # fmt: skip
case("hybrid_base", hybrid_base_share=0.3, gives=0.3)
case("hybrid_base", hybrid_base_share=None, gives=0)

# ---- what a reservation leaves over --------------------------------------------------------------

# The whole fleet busy 70 % of the time, 60 % of it reserved: of the 40 % left 70 % is rented.
# Level: 70 % of the fleet busy always, 60 % reserved: 10 % is rented.
for key, reserved in (("overage_share", "reserved_share"), ("burst_share", "hybrid_base"),
                      ("right_overage_share", "right_reserved_share")):  # fmt: skip
    case(key, demand_shape="whole_fleet", utilization=0.7, **{reserved: 0.6}, gives=0.28)
    case(key, demand_shape="level", utilization=0.7, **{reserved: 0.6}, gives=0.1)
    case(key, demand_shape="level", utilization=0.7, **{reserved: 0.8}, gives=0)
case("reserved_idle_share", demand_shape="whole_fleet", utilization=0.7, reserved_share=0.6,
     gives=0.18)  # fmt: skip
case("reserved_idle_share", demand_shape="level", utilization=0.7, reserved_share=0.9, gives=0.2)
case("reserved_idle_share", demand_shape="level", utilization=0.7, reserved_share=0.6, gives=0)

# ---- in every rented option ----------------------------------------------------------------------

case("rented_staff_spend", rented_fte=3, salary=50, salary_loading=1.4, wage_index=[0.9, 1, 1.1],
     contract_years=[0, 1, 2], rented_staff_share=0.5, gives=[0, 105, 231])  # fmt: skip
# 5 GB at 7 a month are 420 a year, and 11 GB at 3.
items = {"rent_storage_gb": 5, "rent_storage_price": 7, "rent_egress_gb": 11,
         "rent_egress_price": 3, "contract_years": [0, 1, 2]}  # fmt: skip
case("rent_items_spend", rent_addon_basis="items", **items, gives=[0, 453, 906])
case("rent_items_spend", rent_addon_basis="share", **items, gives=[0, 0, 0])
case("rent_fixed_spend", rented_staff_spend=[0, 3, 5], rent_items_spend=[0, 7, 11],
     gives=[0, 10, 16])  # fmt: skip
case("rent_setup_spend", rent_setup_cost=7, at_start=start, gives=[7, 0, 0, 0])
case("rent_fixed_present", rent_fixed_spend=[0, 20, 30, 0], discount_factor=factor,
     rent_setup_cost=7, gives=42.2)  # fmt: skip
case("first_year_rented_staff", rented_staff_spend=[2, 3, 5, 7], first_year=first, gives=3)

# ---- hours at the price of year 1 ----------------------------------------------------------------

case("drifting_hours", capacity_hours=[0, 20, 30], rent_index=[0.9, 1, 1.1], gives=[0, 20, 33])
case("stepped_hours", capacity_hours=[0, 20, 30], reserved_index=[1, 1, 1.2], gives=[0, 20, 36])
# Terms of two years; the second is cut by the horizon after year 3.
terms = {"reserved_term": [0, 1, 1, 2, 2, 3], "reserved_term_begins": [1, 0, 1, 0, 0, 0],
         "year": [0, 1, 2, 3, 4, 5], "reserved_term_years": 2}  # fmt: skip
for ahead, hours in (("stepped_hours_ahead", "stepped_hours"),
                     ("flat_hours_ahead", "capacity_hours")):  # fmt: skip
    case(ahead, **{hours: [0, 3, 5, 11, 0, 7]}, **terms, gives=[8, 0, 11, 0, 0, 0])

# ---- paid during the year, and ahead of it -------------------------------------------------------

fixed = {"rent_fixed_spend": [0, 7, 11]}
# A rate that nobody quotes is no rate of 0, but nothing left over costs nothing.
for rate, left in (("overage_rate", "overage_share"), ("burst_rate", "burst_share")):
    case(rate, **{left: 0.3}, on_demand_rate=5, gives=5)
    case(rate, **{left: 0}, on_demand_rate=5, gives=0)
    case(rate, **{left: 0}, on_demand_rate=None, gives=0)
    case(rate, **{left: 0.3}, on_demand_rate=None, undefined="not given")
none = [None, None, None]
case("overage_spend", overage_share=0.3, drifting_hours=[0, 20, 30], overage_rate=5,
     gives=[0, 30, 45])  # fmt: skip
case("overage_spend", overage_share=0.3, drifting_hours=[0, 20, 30], overage_rate=None,
     gives=none)  # fmt: skip
# 60 % of 20 and 30 hours at 5 are 60 and 90; 30 % of it was prepaid.
for flag, due in ((1, [0, 51, 77]), (0, none)):
    case("reserved_due", reserved_available=flag, reserved_share=0.6, stepped_hours=[0, 20, 30],
         reserved_rate=5, prepay_share=0.3, overage_spend=[0, 2, 3], **fixed,
         gives=due)  # fmt: skip
for rate, ahead, idle in ((5, [25, 27, 0], [0, 30, 45]), (None, none, none)):
    case("reserved_ahead", reserved_share=0.6, stepped_hours_ahead=[20, 30, 0], reserved_rate=rate,
         prepay_share=0.3, rent_setup_spend=[7, 0, 0], gives=ahead)  # fmt: skip
    case("reserved_idle_spend", reserved_idle_share=0.3, stepped_hours=[0, 20, 30],
         reserved_rate=rate, gives=idle)  # fmt: skip
for name in ("on_demand", "spot"):
    for rate, due in ((5, [0, 67, 101]), (None, none)):
        case(f"{name}_due", utilization=0.6, drifting_hours=[0, 20, 30], **{f"{name}_rate": rate},
             **fixed, gives=due)  # fmt: skip
for name in ("on_demand", "spot", "hybrid"):
    case(f"{name}_ahead", rent_setup_spend=[7, 0, 3], gives=[7, 0, 3])
case("block_due", **fixed, gives=[0, 7, 11])
# 20 h a year at 3, half used: 30, a tenth dearer each year; of year 1 only 70 %.
block = {"utilization": 0.5, "fleet_gpus": 2, "rent_growth": 0.1, "year": [0, 1, 2],
         "block_rate": 3, "year_ahead": [1, 1, 0], "at_start": [1, 0, 0],
         "rent_setup_spend": [5, 0, 0], "go_live_fraction": 0.7}  # fmt: skip
case("block_ahead", **block, hours_per_year=10, period_years=1, gives=[26, 33, 0])
case("block_ahead", **block, hours_per_year=10, period_years=2, gives=[47, 66, 0])
case("block_ahead", **{**block, "block_rate": None}, hours_per_year=10, period_years=2, gives=none)
# The base: 60 % of 20 and 30 hours at 5; bursts 10 % of 40 and 50 at 7.
for flag, due in ((1, [0, 95, 136]), (0, none)):
    case("hybrid_due", hybrid_available=flag, hybrid_base=0.6, stepped_hours=[0, 20, 30],
         reserved_rate=5, burst_share=0.1, drifting_hours=[0, 40, 50], burst_rate=7, **fixed,
         gives=due)  # fmt: skip

# ---- each way to rent: 20 and 30 due, 10 and 5 paid ahead ----------------------------------------

for name in RIVALS:
    paid = {f"{name}_due": [0, 20, 30, 0], f"{name}_ahead": [10, 5, 0, 0]}
    offered, none = {f"{name}_available": 1}, {f"{name}_available": 0}
    worth = {"discount_factor": factor, "factor_at_end": at_end}
    taxed = {"discount_factor_after_tax": factor, "factor_at_end_after_tax": at_end,
             "tax_rate": 0.3}  # fmt: skip
    case(f"{name}_flow", **paid, **offered, gives=[-10, -25, -30, 0])
    case(f"{name}_flow", **paid, **none, gives=[None] * 4)
    case(f"{name}_present_value", **paid, **offered, **worth, gives=[-10, -20.5, -19.2, 0])
    case(f"{name}_present_value", **paid, **none, **worth, gives=[None] * 4)
    case(f"npv_{name}", **paid, **offered, **worth, gives=-49.7)
    case(f"npv_{name}", **paid, **none, **worth, undefined="not offered")
    case(f"npv_{name}_after_tax", **paid, **offered, **taxed, gives=-34.79)
    case(f"npv_{name}_after_tax", **paid, **none, **taxed, undefined="not offered")
    decided = {"deciding_factor": factor, "deciding_factor_at_end": at_end, "kept_share": 0.7}
    case(f"{name}_deciding_npv", **paid, **offered, **decided, gives=-34.79)
    case(f"{name}_deciding_npv", **paid, **none, **decided, undefined="–")
for name in ("reserved", "on_demand"):
    key, hours = f"{name}_cost_per_gpu_hour_delivered", {"capacity_hours_present": 8}
    gone = "not offered, or no hour is used"
    case(key, **{f"npv_{name}": -42}, **hours, utilization=0.75, gives=7)
    case(key, **{f"npv_{name}": -42}, **hours, utilization=0, undefined=gone)
    case(key, **{f"npv_{name}": None}, **hours, utilization=0.75, undefined=gone)

# ---- is the commitment the right size? -----------------------------------------------------------

# Level: what is busy, where a reserved hour is cheaper. Whole fleet: all, if 70 % of 3 is dearer.
for shape, rate, share in (("level", 2.9, 0.7), ("level", 3, 0), ("whole_fleet", 2, 1),
                           ("whole_fleet", 2.1, 0), ("whole_fleet", 2.9, 0)):  # fmt: skip
    case("right_reserved_share", demand_shape=shape, utilization=0.7, reserved_rate=rate,
         on_demand_rate=3, gives=share)  # fmt: skip
    for own, other in ((rate, None), (None, 3)):
        case("right_reserved_share", demand_shape=shape, utilization=0.7, reserved_rate=own,
             on_demand_rate=other, undefined="not given")  # fmt: skip
# 30 % less of 20.8 hours at 2 saves 12.48; 20 % more of 10.4 hours at 3 costs 6.24.
right = {"right_reserved_share": 0.5, "reserved_share": 0.8, "stepped_hours": [0, 10, 20, 0],
         "reserved_rate": 2, "discount_factor": factor, "drifting_hours": [0, 5, 10, 0],
         "on_demand_rate": 3, "right_overage_share": 0.25, "overage_share": 0.05}  # fmt: skip
case("npv_reserved_right", npv_reserved=-100, **right, gives=-93.76)
why = "not offered, or no price on demand"
case("npv_reserved_right", npv_reserved=None, **right, undefined=why)
case("npv_reserved_right", npv_reserved=-100, **{**right, "right_reserved_share": None},
     undefined=why)  # fmt: skip

# ---- at what price, use or share the two are worth the same --------------------------------------

case("on_demand_full_present", on_demand_rate=3, drifting_hours=[0, 5, 10, 0],
     discount_factor=factor, gives=31.2)  # fmt: skip
case("on_demand_full_present", on_demand_rate=None, drifting_hours=[0, 5, 10, 0],
     discount_factor=factor, undefined="no price on demand")  # fmt: skip
# 20.8 hours less a quarter, and a quarter of the 24 that are paid ahead.
for present, hours in (("stepped_hours_present", "stepped_hours"),
                       ("flat_hours_present", "capacity_hours")):  # fmt: skip
    ahead = "stepped_hours_ahead" if hours == "stepped_hours" else "flat_hours_ahead"
    case(present, **{hours: [0, 10, 20, 0], ahead: [10, 0, 20, 0]}, discount_factor=factor,
         factor_at_end=at_end, prepay_share=0.25, gives=21.6)  # fmt: skip
case("reserved_hours_present", reserved_share=0.3, stepped_hours_present=70, gives=21)
case("reserved_hours_present_flat", reserved_share=0.3, flat_hours_present=70, gives=21)
left = {"overage_spend": [0, 20, 30, 0], "discount_factor": factor}
case("overage_present", overage_rate=7, **left, gives=35.2)
case("overage_present", overage_rate=None, **left,
     undefined="no price on demand for what it leaves over")  # fmt: skip
case("reserved_full_present", reserved_rate=3, stepped_hours_present=7, gives=21)
case("reserved_full_present", reserved_rate=None, stepped_hours_present=7, undefined="not given")

owned = {"npv_own": -100, "rent_fixed_present": 30}
case("breakeven_utilization", **owned, on_demand_full_present=140, gives=0.5)
case("breakeven_utilization", **owned, on_demand_full_present=0.5, gives=140)
case("breakeven_utilization", **owned, on_demand_full_present=0,
     undefined="on-demand hours cost nothing")  # fmt: skip
case("breakeven_utilization", **owned, on_demand_full_present=None, undefined="not given")
case("reserved_spare", **owned, overage_present=20, gives=50)
case("reserved_spare", **owned, overage_present=None, undefined="not given")
for price, hours in (("breakeven_reserved_price", "reserved_hours_present"),
                     ("breakeven_reserved_price_flat", "reserved_hours_present_flat")):  # fmt: skip
    case(price, reserved_spare=231, **{hours: 70}, rent_addon_applied=0.1, gives=3)
    case(price, reserved_spare=231, **{hours: 0.7}, rent_addon_applied=0.1, gives=300)
    case(price, reserved_spare=231, **{hours: 0}, rent_addon_applied=0.1,
         undefined="nothing is reserved")  # fmt: skip
    case(price, reserved_spare=None, **{hours: 70}, rent_addon_applied=0.1, undefined="not given")
# A share or a price below 0, from 0 to 1, beyond 1: each says another thing.
for value, place in ((-0.5, 0), (0, 1), (0.5, 1), (1, 1), (1.5, 2)):
    for price in ("breakeven_utilization", "breakeven_reserved_share", "breakeven_reserved_price",
                  "breakeven_reserved_price_flat"):  # fmt: skip
        case(f"{price}_place", **{price: value}, gives=place)
        case(f"{price}_place", **{price: None}, undefined="not given")
why = "only for a level load that the reservation serves"
share = {"utilization": 0.7, "reserved_share": 0.7, "reserved_full_present": 140, **owned}
case("breakeven_reserved_share", demand_shape="level", **share, gives=0.5)
case("breakeven_reserved_share", demand_shape="whole_fleet", **share, undefined=why)
case("breakeven_reserved_share", demand_shape="level", **{**share, "reserved_share": 0.6},
     undefined=why)  # fmt: skip
case("breakeven_reserved_share", demand_shape="level", **{**share, "reserved_full_present": 0.5},
     gives=140)  # fmt: skip
case("breakeven_reserved_share", demand_shape="level", **{**share, "reserved_full_present": 0},
     undefined=why)  # fmt: skip

# ---- so far, on the basis that decides -----------------------------------------------------------

# 8 ahead, then 10 x 0.8 and 4 x 0.9 ahead, then 20 x 0.64: half of each is kept after tax.
for name in RIVALS:
    due = {f"{name}_due": [0, 10, 20, 0], f"{name}_ahead": [8, 4, 0, 0], "kept_share": 0.5}
    rates = {"deciding_factor": factor, "deciding_factor_at_end": at_end}
    case(
        f"{name}_so_far", **{f"{name}_available": 1}, **due, **rates, gives=[-4, -9.8, -16.2, -16.2]
    )
    case(f"{name}_so_far", **{f"{name}_available": 0}, **due, **rates, gives=[None] * 4)

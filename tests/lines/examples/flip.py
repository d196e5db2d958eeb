"""The value of each driver at which the verdict turns, and what it carries."""

from tco.model.own import flip
from tests.lines.worked import worked

case = worked(flip)
DRIVERS = ("reserved_price", "on_demand_price", "spot_price", "block_price", "server_price",
           "colo_price", "power_price", "owned_fte", "support_share", "residual_share",
           "utilization", "rent_growth", "discount_rate")  # fmt: skip

# ---- changes: a quarter more of 8; from -3 % to 7 % are 10 points --------------------------------

for name in DRIVERS[:-2]:
    change, tie = f"change_{name}", f"tie_{name}"
    base = "server_unit_price" if name == "server_price" else name
    case(change, **{tie: 10, base: 8}, gives=0.25)
    case(change, **{tie: 0, base: 8}, gives=-1)
    case(change, **{tie: 0.75, base: 0.5}, gives=0.5)
    case(change, **{tie: 5, base: 0}, undefined="–")
    case(change, **{tie: None, base: 4}, undefined="–")
for name, base in (("rent_growth", "rent_growth"), ("discount_rate", "deciding_rate")):
    change, tie = f"change_{name}", f"tie_{name}"
    case(change, **{tie: 0.07, base: -0.03}, gives=0.1)
    case(change, **{tie: None, base: -0.03}, undefined="–")

for name in DRIVERS:
    key, ends = f"turn_gap_{name}", {f"low_{name}": 0.25, f"high_{name}": 0.75}
    for tie, gap in ((0.5, 0), (0.25, 0), (1, 0.25), (0.125, -0.125)):
        case(key, **{f"tie_{name}": tie}, **ends, gives=gap)
    case(key, **{f"tie_{name}": None}, **ends, undefined="at no value")
    for gap, flag in ((0, 1), (0.25, 0), (-0.125, 0), (None, 0)):
        case(f"turns_{name}", **{key: gap}, gives=flag)
none = dict.fromkeys((f"turns_{name}" for name in DRIVERS), 0)
case("verdict_holds", verdict_case=3, **none, gives=1)
case("turning_drivers", **none, gives=0)
case("turning_drivers", **dict.fromkeys(none, 1), gives=13)
for key in none:
    case("turning_drivers", **{**none, key: 1}, gives=1)
    case("turning_drivers", **dict.fromkeys(none, 1) | {key: 0}, gives=12)
case("verdict_holds", verdict_case=2, **none, gives=0)
for key in none:
    case("verdict_holds", verdict_case=3, **{**none, key: 1}, gives=0)
    case("verdict_holds", verdict_case=3, **{**none, next(iter(none)): 1, key: 1}, gives=0)

thirteen = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41]
rows = dict(zip(DRIVERS, thirteen, strict=True))
case("driver_change", **{f"change_{name}": value for name, value in rows.items()}, gives=thirteen)
case("driver_worth", **{f"worth_{name}": value for name, value in rows.items()}, gives=thirteen)
for column, source in (("driver_low", "at_low_{}"), ("driver_high", "at_high_{}"),
                       ("driver_swing", "swing_{}"), ("driver_turns", "turns_{}")):  # fmt: skip
    case(column, **{source.format(name): value for name, value in rows.items()}, gives=thirteen)

# ---- by kind of evidence -------------------------------------------------------------------------

NINE = {"quote": 2, "list": 3, "known": 5, "guess": 7}
for what in ("share", "points"):
    widths = {f"range_{name}_{what}": value for name, value in NINE.items()}
    # quote, own, list price; catalogue, cited, stated, derived, definition; guess
    case(f"grade_{what}", **widths, gives=[2, 3, 3, 5, 5, 5, 5, 5, 7])
case("grade_swing", driver_swing=[2, 3, 5], driver_kind=["guess", "quote", "guess"],
     grades=["quote", "own", "guess"], gives=[3, 0, 7])  # fmt: skip
case("swing_total", grade_swing=[3, 0, 7], gives=10)
case("grade_swing_share", grade_swing=[3, 0, 7], swing_total=10, gives=[0.3, 0, 0.7])
case("grade_swing_share", grade_swing=[0, 0], swing_total=0, gives=[None, None])
case("grade_swing_share", grade_swing=[0.3, 0.2], swing_total=0.5, gives=[0.6, 0.4])
case("grade_swing_share", grade_swing=[5, 0], swing_total=0, gives=[None, None])

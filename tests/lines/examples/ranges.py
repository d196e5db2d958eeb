"""Between what each driver probably lies, and how far that moves the advantage."""

from tco.model.own import ranges
from tests.lines.worked import worked

case = worked(ranges)
AMOUNTS = ("reserved_price", "on_demand_price", "spot_price", "block_price", "server_price",
           "colo_price", "power_price", "owned_fte", "support_share", "residual_share",
           "utilization")  # fmt: skip
SHARES = ("residual_share", "utilization")
KINDS = ["quote", "guess"]

for name in (*AMOUNTS, "rent_growth", "discount_rate"):
    column = "grade_points" if name in ("rent_growth", "discount_rate") else "grade_share"
    for kind, width in (("quote", 0.05), ("guess", 0.4)):
        case(f"width_{name}", **{f"kind_{name}": kind, column: [0.05, 0.4]}, grades=KINDS,
             gives=width)  # fmt: skip
    for low, high, plan, swing in ((3, 7, 5, 4), (3, 7, 11, 8), (3, 7, 2, 5), (-7, 3, 1, 10)):
        ends = {f"at_low_{name}": low, f"at_high_{name}": high}
        case(f"swing_{name}", **ends, deciding_advantage=plan, gives=swing)
    case(f"swing_{name}", **{f"at_low_{name}": 7, f"at_high_{name}": 3}, deciding_advantage=5,
         gives=4)  # fmt: skip

# 0.8, a quarter either side, or its own range; a share ends at 1.
for name in AMOUNTS:
    base = "server_unit_price" if name == "server_price" else name
    behind = "server_evidence" if name == "server_price" else name
    for end, own, found, wide in (("low", 0.3, 0.3, 0.6), ("high", 0.9, 0.9, 1.0)):
        key, has, width = f"{end}_{name}", f"{behind}_{end}", f"width_{name}"
        case(key, **{base: 0.8, has: own, width: 0.25}, gives=found)
        case(key, **{base: 0.8, has: None, width: 0.25}, gives=wide)
        case(key, **{base: None, has: own, width: 0.25}, undefined="not given")
    for end, found in (("low", 0.2), ("high", 0.6)):
        own = {f"{behind}_{end}": None, f"width_{name}": 0.5}
        case(f"{end}_{name}", **{base: 0.4}, **own, gives=found)
    if name in SHARES:
        case(f"low_{name}", **{name: 0.8, f"{name}_low": 1.7, f"width_{name}": 0.25}, gives=1)
    most = 1 if name in SHARES else 1.2
    case(f"high_{name}", **{base: 0.8, f"{behind}_high": 1.2, f"width_{name}": 0.25}, gives=most)
    case(f"low_{name}", **{base: 0.8, f"{behind}_low": -3, f"width_{name}": 0.25}, gives=0)

# Rates, in points.
for end, own, wide in (("low", -0.29, -0.1), ("high", 0.43, 0)):
    rate = {"rent_growth": -0.05, "width_rent_growth": 0.05}
    case(f"{end}_rent_growth", **rate, **{f"rent_growth_{end}": own}, gives=own)
    case(f"{end}_rent_growth", **rate, **{f"rent_growth_{end}": None}, gives=wide)
case("low_rent_growth", rent_growth=-0.9, rent_growth_low=None, width_rent_growth=0.5, gives=-1)
case("low_rent_growth", rent_growth=0.9, rent_growth_low=1.7, width_rent_growth=0.5, gives=1)
case("high_rent_growth", rent_growth=0.9, rent_growth_high=None, width_rent_growth=0.5, gives=1)
# The rate that decides is 7 % where that before tax is 9 %, between 6 and 12.
for end, own, found, wide in (("low", 0.06, 0.04, 0.05), ("high", 0.12, 0.1, 0.09)):
    rate = {"deciding_rate": 0.07, "discount_rate": 0.09, "width_discount_rate": 0.02}
    case(f"{end}_discount_rate", **rate, **{f"discount_rate_{end}": own}, gives=found)
    case(f"{end}_discount_rate", **rate, **{f"discount_rate_{end}": None}, gives=wide)
case("low_discount_rate", deciding_rate=0.01, discount_rate=0.01, width_discount_rate=0.02,
     discount_rate_low=None, gives=0)  # fmt: skip
case("low_discount_rate", deciding_rate=0.99, discount_rate=0.99, width_discount_rate=0.02,
     discount_rate_low=1.7, gives=1)  # fmt: skip
case("high_discount_rate", deciding_rate=0.99, discount_rate=0.99, width_discount_rate=0.02,
     discount_rate_high=None, gives=1)  # fmt: skip

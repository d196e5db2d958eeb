"""Between what each driver probably lies: those that are more than an input."""

from tco.model.own import ranges
from tests.lines.worked import worked

case = worked(ranges)
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

"""The same money on each accelerator: three deals of which one has no price, and their places."""

from tco.model.demand import budget_chips
from tests.lines.worked import worked

case = worked(budget_chips)

for given, level in ((9.9e9, 0), (10e9, 1), (99e9, 1), (100e9, 2)):
    case("class_level", class_parameters=given, gives=level)
case("deals_count", deal_parameters=[3, None, 7], gives=2)
case("best_parameters", deals_count=2, deal_parameters=[3, None, 7], gives=7)
case("best_parameters", deals_count=1, deal_parameters=[None, 7], gives=7)
case("best_parameters", deals_count=0, deal_parameters=[None], undefined="none has a price")

case("place_number", gives=[1, 2, 3])
case("place_rank", deals_count=7, place_number=[1, 2, 3], gives=[7, 6, 5])
# Ranks 3, 1 and 3: two equals share the top, and nobody is second.
for place, deal in (("place_parameters", "deal_parameters"), ("place_tokens", "deal_tokens"),
                    ("place_hours", "deal_hours"), ("place_price", "deal_price"),
                    ("place_mfu", "deal_mfu")):  # fmt: skip
    case(place, place_rank=[3, 2, 1], deal_rank=[3, 1, 3, None], **{deal: [7, 3, 5, 11]},
         gives=[7, None, 3])  # fmt: skip

case("deal_price", deal_on_demand_price=[3, None], usd_rate=1.1, gives=[3.3, None])
case("deal_hours", deal_price=[3, None, 0, 0.3], cost=231, rent_addon_share=0.1,
     gives=[70, None, None, 700])  # fmt: skip
table = {"deal_class": ["tpu/small", "hopper/large"],
         "family_id": ["ampere/small", "hopper/large", "tpu/small"]}  # fmt: skip
case("deal_mfu", **table, family_mfu=[0.3, 0.5, 0.7], gives=[0.7, 0.5])
case("deal_availability", **table, family_availability=[0.3, 0.5, 0.7], gives=[0.7, 0.5])
case("deal_calibration", **table, family_calibration=[1.3, 1.5, 1.7], gives=[1.7, 1.5])
# 5 h of 3 s at 70 TFLOP/s, 40 %, half the time: 210 TFLOP; of 1.5 hours one is worth one.
case("deal_flop", deal_hours=[5, None, 5], deal_bf16_tflops=[70, 70, None],
     deal_mfu=[0.4, 0.4, 0.4], deal_availability=[0.5, 0.5, 0.5], deal_calibration=[1.5, 1, 1],
     seconds_per_day=72, gives=[140e12, None, None])  # fmt: skip
# 6 x 20 x 49 = 5,880.
case("deal_parameters", deal_flop=[5_880, None], flop_per_parameter_token=6,
     tokens_per_parameter=20, gives=[7, None])  # fmt: skip
case("deal_tokens", deal_parameters=[7, None], tokens_per_parameter=20, gives=[140, None])
case("deal_counts", deal_parameters=[7, None], gives=[1, 0])
case("deal_rank", deal_counts=[1, 1, 1, 0], deal_parameters=[7, 3, 7, None],
     gives=[3, 1, 3, None])  # fmt: skip
case("deal_rank", deal_counts=[2, 3, 5], deal_parameters=[7, 3, 11], gives=[5, 3, 10])
classes = {"family_id": ["c", "a"], "calibrated_id": ["a", "b", "c"],
           "calibrated_factor": [1.3, 1.5, 1.7]}  # fmt: skip
case("family_calibration", calibrate="published", **classes, gives=[1.7, 1.3])
case("family_calibration", calibrate="none", **classes, gives=[1, 1])
case("family_goodput", family_mfu=[0.4, 0.5], family_availability=[0.9, 0.7],
     family_calibration=[1.5, 1], gives=[0.24, 0.35])  # fmt: skip

"""What used accelerators fetched: shares whose logarithms are whole, so that means are by hand."""

from math import e

from tco.model.own import used_prices
from tests.lines.worked import worked

case = worked(used_prices)

# ---- what was observed ---------------------------------------------------------------------------

case("used_taken", used_price=[7, None, 7], used_low=[None, 4, 4], used_high=[None, 9, 9],
     gives=[7, 6, 7])  # fmt: skip
# 70 and 10 days of 24 hours, in columns of 40 x 3 hours.
case("used_years", used_observed=["2026-03-13", "2026-01-12"],
     used_released=["2026-01-02", "2026-01-02"], hours_per_year=40, period_years=3,
     gives=[14, 2])  # fmt: skip
case("used_share", used_taken=[3, 5], used_new_price=[12, 4], gives=[0.25, 1.25])
case("used_kept", used_share=[0.25, 0.125, 0.5, 0.2], used_years=[2, 3, 0, 0.5],
     gives=[0.5, 0.5, None, 0.04])  # fmt: skip
kinds = ["sold", "bid", "card", "asked", "said", "sold", "sold", "sold", "sold", "sold"]
case("used_counts", used_kind=kinds, used_years=[3, 3, 3, 3, 3, 2, 1.9, 7, 7.1, 3],
     used_share=[0.5] * 9 + [None], used_least_years=2, used_most_years=7,
     gives=[1, 1, 0, 0, 0, 1, 0, 1, 0, 0])  # fmt: skip

# ---- for the means -------------------------------------------------------------------------------

counts = [1, 0, 1, 1]
case("used_counted_years", used_counts=counts, used_years=[3, 5, 7, 2], gives=[3, 0, 7, 2])
case("used_log", used_counts=counts, used_share=[1 / e, 0.5, 1 / e**2, 1], gives=[-1, 0, -2, 0])
# A loss of 0.5 a year is 0.2 off 0.3, one of 0.2 is 0.1 off it.
case("used_off", used_counts=[1, 0, 1], used_log=[-1, 0, -1], used_counted_years=[2, 0, 5],
     general_log=-0.3, gives=[0.04, 0, 0.01])  # fmt: skip
kinds = ["a", "a", "a", "b"]
case("used_own_years", used_counts=counts, used_generation=kinds, generation="a",
     used_years=[3, 5, 7, 2], gives=[3, 0, 7, 0])  # fmt: skip
case("used_own_share", used_counts=counts, used_generation=kinds, generation="a",
     used_share=[0.3, 0.5, 0.7, 0.2], gives=[0.3, 1, 0.7, 1])  # fmt: skip
case("used_other_years", used_counted_years=[3, 0, 7, 2], used_own_years=[3, 0, 7, 0],
     gives=[0, 0, 0, 2])  # fmt: skip
case("used_other_share", used_other_years=[0, 0, 0.5, 2], used_share=[0.3, 0.5, 0.7, 0.2],
     gives=[1, 1, 0.7, 0.2])  # fmt: skip

# ---- by generation -------------------------------------------------------------------------------

by = {"used_generation": ["a", "b", "a", "b"], "generations": ["a", "b", "c"]}
case("generation_observations", used_counts=counts, **by, gives=[2, 1, 0])
case("generation_years", used_counted_years=[3, 0, 7, 2], **by, gives=[10, 2, 0])
case("generation_logs", used_log=[-1, 0, -2, -5], **by, gives=[-3, -5, 0])
seen = {"generation_observations": [2, 1, 0]}
case("generation_log", **seen, generation_logs=[-3, -5, 0], generation_years=[10, 2, 0],
     gives=[-0.3, -2.5, 0])  # fmt: skip
case("generation_own", **seen, generation_log=[-1, 0, 0], gives=[1 / e, 1, None])
case("generation_seen", **seen, gives=[1, 1, 0])
case("generation_weight", **seen, general_weight=3, gives=[0.4, 0.25, 0])
case("generation_weight", **seen, general_weight=0, gives=[1, 1, 0])
# 0.25 x -2 + 0.75 x -6 is -5, and what nobody saw is as all are.
case("generation_kept", generation_weight=[0.25, 0], generation_log=[-2, 7], general_log=-6,
     gives=[1 / e**5, 1 / e**6])  # fmt: skip

# ---- all generations -----------------------------------------------------------------------------

case("used_observations", used_counts=counts, gives=3)
case("generations_seen", generation_seen=[1, 1, 0], gives=2)
means = {"generation_log": [-0.3, -2.5, 0], "trend_kept_share": 1 / e**3}
case("general_log", generations_seen=2, **means, gives=-1.4)
case("general_log", generations_seen=1, generation_log=[0, -0.7], trend_kept_share=0.5, gives=-0.7)
case("general_log", generations_seen=0, **means, gives=-3)
case("general_kept", general_log=-2, gives=1 / e**2)
case("used_spread", used_off=[0.04, 0, 0.14], used_observations=3, gives=0.3)
case("used_spread", used_off=[0.05, 0, 0.04], used_observations=2, gives=0.3)
for few in (0, 1):
    case("used_spread", used_off=[0.04, 0, 0.14], used_observations=few, undefined="no range")

# ---- the curve -----------------------------------------------------------------------------------

case("value_kept_share", generation="b", generations=["a", "b"], generation_kept=[0.3, 0.7],
     general_kept=0.5, gives=0.7)  # fmt: skip
case("value_kept_share", generation="z", generations=["a", "b"], generation_kept=[0.3, 0.7],
     general_kept=0.5, gives=0.5)  # fmt: skip
wide = {"used_spread_width": 2, "used_spread": 0.5}
case("value_kept_low_share", value_kept_share=0.3, **wide, gives=0.3 / e)
case("value_kept_high_share", value_kept_share=0.3, **wide, gives=0.3 * e)
case("value_kept_high_share", value_kept_share=0.7, **wide, gives=1)
for end in ("low", "high"):
    key, ends = f"value_kept_{end}_share", {"used_spread_width": 2, "used_spread": None}
    case(key, value_kept_share=0.3, **ends, undefined="not given")
    case(f"curve_residual_{end}", **{key: None}, loss_years=3, undefined="not given")
    case(f"curve_{end}_share", **{key: None}, age_years=[0, 1], generation_age_years=1,
         gives=[None, None])  # fmt: skip
case("loss_years", horizon_years=3, generation_age_years=0.5, gives=3.5)
case("curve_residual", value_kept_share=0.5, loss_years=3, gives=0.125)
case("curve_residual_low", value_kept_low_share=0.1, loss_years=3, gives=0.001)
case("curve_residual_high", value_kept_high_share=0.9, loss_years=2, gives=0.81)

# ---- by the years owned --------------------------------------------------------------------------

case("age_place", gives=[1, 2, 3])
case("age_years", age_place=[1, 2, 3], gives=[0, 1, 2])
owned = {"age_years": [0, 1], "generation_age_years": 2}
case("curve_share", value_kept_share=0.5, **owned, gives=[0.25, 0.125])
case("curve_low_share", value_kept_low_share=0.1, **owned, gives=[0.01, 0.001])
case("curve_high_share", value_kept_high_share=0.9, **owned, gives=[0.81, 0.729])

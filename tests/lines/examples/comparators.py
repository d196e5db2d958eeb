"""This job over published runs; three runs, of which the second or third lacks a figure."""

from tco.model.published import comparators
from tests.lines.worked import worked

case = worked(comparators)

# The article's figure where it has one, else the reported one.
for key, first, second in (
    ("past_used_gpus", "past_article_gpus", "past_gpus"),
    ("past_used_days", "past_article_days", "past_days"),
    ("past_used_tflops", "past_article_peak_tflops", "past_peak_tflops"),
):
    case(key, **{first: [3, None, None], second: [5, 7, None]}, gives=[3, 7, None])
# The reported figure where there is one, else the article's, or 6 P D.
for key, first, second in (
    ("past_flop", "past_stated_flop", "past_law_flop"),
    ("past_known_energy_mwh", "past_energy_mwh", "past_article_energy_mwh"),
    ("past_known_co2_tonnes", "past_co2_tonnes", "past_article_co2_tonnes"),
):
    case(key, **{first: [3, None, None], second: [5, 7, None]}, gives=[3, 7, None])

# 3 twelfths of a year of 960 hours, which is 40 days.
case("past_article_days", past_article_months=[3, 12, None], hours_per_year=960,
     gives=[10, 40, None])  # fmt: skip

case("past_gpus_ratio", gpus_working=21, past_used_gpus=[3, 7, None], gives=[7, 3, None])
case("past_days_ratio", days_needed=21, past_used_days=[3, 7, None], gives=[7, 3, None])
case("past_energy_ratio", energy_kwh=21_000, past_known_energy_mwh=[3, 7, None],
     gives=[7, 3, None])  # fmt: skip
case("past_co2_ratio", co2_tonnes=21, past_known_co2_tonnes=[3, 7, None], gives=[7, 3, None])

case("past_cost", past_article_cost=[3, 7, None], usd_rate=1.1, gives=[3.3, 7.7, None])
case("past_cost_ratio", rent_cost=21, past_cost=[3, 7, None], gives=[7, 3, None])
case("past_cost_ratio", rent_cost=None, past_cost=[3, 7, None], gives=[None, None, None])

case("past_law_flop", flop_per_parameter_token=6, past_active_parameters=[5, None, 7],
     past_tokens=[11, 11, None], gives=[330, None, None])  # fmt: skip
case("past_article_flop_ratio", past_flop=[3, None, 7], past_article_flop=[21, 11, None],
     gives=[7, None, None])  # fmt: skip

# 5 GPUs at 70 TFLOP/s and 40 % do 140 TFLOP in each of 100 seconds.
case("past_recomputed_days", past_flop=[42e15, None, 42e15, 42e15],
     past_used_gpus=[5, 5, None, 5], past_used_tflops=[70, 70, 70, None], comparator_mfu=0.4,
     seconds_per_day=100, gives=[3, None, None, None])  # fmt: skip
case("past_days_over", past_used_days=[21, None, 21], past_recomputed_days=[7, 7, None],
     gives=[3, None, None])  # fmt: skip

# 21 t for 70 MWh are 300 g a kWh.
case("past_intensity", past_co2_tonnes=[21, None, 21], past_energy_mwh=[70, 70, None],
     gives=[300, None, None])  # fmt: skip
case("past_article_intensity", past_article_co2_tonnes=[21, None, 21],
     past_known_energy_mwh=[70, 70, None], gives=[300, None, None])  # fmt: skip

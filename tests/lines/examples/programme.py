"""A programme of experiments: widths 2, 3 and 5, terms over slices of them, and what fits."""

from tco.model.demand import programme
from tests.lines.worked import worked

case = worked(programme)

# ---- the whole programme -------------------------------------------------------------------------

case("tokens_per_experiment", training_steps=50_000, batch_sequences=256, sequence_length=512,
     gives=6.5536e9)  # fmt: skip
for whole, rows in (
    ("programme_flop", "experiment_flop"), ("programme_trainings", "experiment_trainings"),
    ("programme_gpu_hours", "experiment_gpu_hours"), ("programme_cost", "experiment_cost"),
    ("fitting_experiments", "experiment_fits"), ("fitting_cost", "fitting_part"),
    ("unfit_affordable", "experiment_fits_alone"), ("widths_falling", "width_falls"),
    ("terms_unsliced", "term_unsliced"), ("terms_repeated", "term_repeats"),
    ("experiments_without_terms", "experiment_empty"),
):  # fmt: skip
    case(whole, **{rows: [3, 7, 11]}, gives=21)
# 5,040 hours are 210 days, seven months of 30.
case("programme_node_months", experiment_node_hours=[1_000, 40, 4_000], days_per_month=30, gives=7)
case("flop", programme_flop=77, gives=77)
case("parameters", width_parameters=[3, 11, 7], gives=11)

case("flop_of_comparison", programme_flop=3, comparison_flop=20, gives=0.15)
case("flop_of_comparison", programme_flop=3, comparison_flop=None, undefined="nothing is named")
case("days_on_comparison", programme_gpu_hours=840, comparison_gpus=7, gives=5)
case("days_on_comparison", programme_gpu_hours=840, comparison_gpus=None,
     undefined="nothing is named")  # fmt: skip

case("gpus_at_hand", available_gpus=7, gpus_working=11, gives=7)
case("gpus_at_hand", available_gpus=None, gpus_working=11, gives=11)
case("programme_days", programme_gpu_hours=840, gpus_at_hand=7, gives=5)
case("experiment_count", experiment_number=[1, 2, 3], gives=3)
case("fitting_days", experiment_days=[3, 5, 7], experiment_fits=[1, 0, 1], gives=10)
case("budget_limit", programme_budget=77, programme_cost=100, gives=77)
case("budget_limit", programme_budget=None, programme_cost=100, gives=100)
case("budget_left", budget_limit=77, fitting_cost=70, gives=7)
case("days_left", deadline_days=21, fitting_days=10, gives=11)

# ---- widths --------------------------------------------------------------------------------------

case("width_place", gives=[1, 2, 3, 4])
case("width_falls", width=[2, 3, 3, 2, 7], gives=[0, 0, 1, 1, 0])
# Width 2: 2 x (12 x 7 x 2 + 2 x 100); width 3: 3 x (12 x 7 x 3 + 2 x 100).
case("width_parameters", width=[2, 3], layer_weights=12, layers=7, embedding_tables=2,
     vocabulary=100, gives=[736, 1_356])  # fmt: skip
# The article's P(d) and M(d) at d = 128: 2 d (6 L d + V), 6 d (L (12 d + 512) + V).
article = {"width": [128], "layers": 8, "layer_weights": 12, "vocabulary": 32_101}
case("width_parameters", **article, embedding_tables=2,
     gives=[2 * 128 * (6 * 8 * 128 + 32_101)])  # fmt: skip
case("flop_per_token", **article, flop_per_parameter_token=6, weights_per_position=1,
     sequence_length=512, gives=[6 * 128 * (8 * (12 * 128 + 512) + 32_101)])  # fmt: skip
# 6 x 2 x (7 x (12 x 2 + 3 x 5) + 100) and 6 x 3 x (7 x (36 + 15) + 100).
case("flop_per_token", width=[2, 3], layers=7, layer_weights=12, vocabulary=100,
     flop_per_parameter_token=6, weights_per_position=3, sequence_length=5,
     gives=[4_476, 8_226])  # fmt: skip
case("flop_over_law", flop_per_token=[21, 45], flop_per_parameter_token=6, width_parameters=[5, 10],
     gives=[0.7, 0.75])  # fmt: skip
case("parameter_flop", width_parameters=[3, 5], flop_per_token=[7, 11], gives=[21, 55])
for through, of, before in (
    ("flop_through", "flop_per_token", "flop_before"),
    ("parameter_flop_through", "parameter_flop", "parameter_flop_before"),
):
    case(through, **{of: [3, 5, 11]}, gives=[3, 8, 19])
    case(before, **{through: [3, 8, 19]}, gives=[0, 3, 8])

# ---- terms ---------------------------------------------------------------------------------------

widths = {"width": [2, 3, 5]}
case("term_from", term_first_width=[3, None], **widths, gives=[3, 2])
case("term_to", term_last_width=[3, None], **widths, gives=[3, 5])
slices = {"term_from": [3, 2, 5], "term_to": [5, 3, 5]}
case("term_widths", **slices, **widths, width_place=[1, 2, 3], gives=[2, 2, 1])
case("term_unsliced", term_from=[2, 4, 2, 5], term_to=[5, 5, 4, 3], **widths, gives=[0, 1, 1, 1])
case("term_unsliced", term_from=[3], term_to=[3], **widths, gives=[0])
case("term_runs", term_multiplicity=[4, 4], term_per_learning_rate=[1, 0], learning_rates=15,
     gives=[60, 4])  # fmt: skip
# M is 3, 5 and 11 at the three widths.
case("term_flop_per_token", **slices, **widths, flop_through=[3, 8, 19], flop_before=[0, 3, 8],
     gives=[16, 8, 11])  # fmt: skip
case("term_parameter_flop", **slices, **widths, parameter_flop_through=[3, 8, 19],
     parameter_flop_before=[0, 3, 8], gives=[16, 8, 11])  # fmt: skip
case("term_flop_once", term_law=["M", "PM"], tokens_per_experiment=7, term_flop_per_token=[3, 5],
     tokens_per_parameter=20, term_parameter_flop=[11, 13], gives=[21, 260])  # fmt: skip
case("term_flop", term_runs=[60, 4], term_flop_once=[3, 5], gives=[180, 20])
case("term_trainings", term_runs=[60, 4], term_widths=[3, 5], gives=[180, 20])
case("term_repeats", term_alike=["1", "2", "1"], terms=["1", "2", "3"], gives=[0, 0, 1])

# ---- experiments ---------------------------------------------------------------------------------

named = {"term_experiment": ["b", "a", "b"], "experiments": ["a", "b", "c"]}
case("experiment_flop", term_flop=[3, 5, 7], **named, gives=[5, 10, 0])
case("experiment_trainings", term_trainings=[3, 5, 7], **named, gives=[5, 10, 0])
case("experiment_terms", **named, gives=[1, 2, 0])
case("experiment_empty", experiment_terms=[1, 2, 0], gives=[0, 0, 1])
case("experiment_share", experiment_flop=[3, 5], programme_flop=20, gives=[0.15, 0.25])
# 10 TFLOP/s, 70 % of the time, 3 s an hour: 21 TFLOP an hour.
case("experiment_gpu_hours", experiment_flop=[105e12, 147e12], achieved_tflops=10,
     availability=0.7, seconds_per_day=72, gives=[5, 7])  # fmt: skip
case("experiment_node_hours", experiment_gpu_hours=[40, 56], gpus_per_server=8, gives=[5, 7])
case("experiment_cost", experiment_gpu_hours=[50, 70], on_demand_price=3, rent_addon_share=0.1,
     gives=[165, 231])  # fmt: skip

case("experiment_number", gives=[1, 2, 3])
case("experiment_one", experiment_number=[1, 2, 3], gives=[1, 1, 1])
# Priorities 3, 1, 3: the second goes first, then the first of the list, then the third.
case("experiment_ahead", experiment_one=[1, 1, 1], priority=[3, 1, 3], gives=[3, 1, 3])
case("experiment_ahead", experiment_one=[2, 3, 5], priority=[3, 1, 3], gives=[10, 3, 10])
case("experiment_order", experiment_ahead=[3, 1, 3], experiment_count=3,
     experiment_number=[1, 2, 3], gives=[10, 5, 12])  # fmt: skip
case("experiment_place", experiment_one=[1, 1, 1], experiment_order=[10, 5, 12], gives=[2, 1, 3])
case("experiment_place", experiment_one=[2, 3, 5], experiment_order=[10, 5, 12], gives=[5, 3, 10])
places = {"experiment_place": [2, 1, 3]}
case("experiment_cumulative_cost", experiment_cost=[3, 7, 11], **places, gives=[10, 7, 21])
case("experiment_days", experiment_gpu_hours=[840, 168], gpus_at_hand=7, gives=[5, 1])
case("experiment_cumulative_days", experiment_days=[3, 7, 11], **places, gives=[10, 7, 21])
case("experiment_affordable", experiment_cumulative_cost=[9, 10, 11], budget_limit=10,
     gives=[1, 1, 0])  # fmt: skip
case("experiment_timely", experiment_cumulative_days=[9, 10, 11], deadline_days=10,
     gives=[1, 1, 0])  # fmt: skip
case("experiment_fits", experiment_affordable=[1, 1, 0, 0], experiment_timely=[1, 0, 1, 0],
     gives=[1, 0, 0, 0])  # fmt: skip
case("experiment_fits_alone", experiment_fits=[1, 0, 0, 0], experiment_cost=[3, 3, 4, 3],
     budget_left=3, experiment_days=[5, 5, 5, 6], days_left=5, gives=[0, 1, 0, 0])  # fmt: skip
case("fitting_part", experiment_cost=[3, 7], experiment_fits=[1, 0], gives=[3, 0])

for key, printed in (("experiment_cost", "published_cost"),
                     ("experiment_node_hours", "published_node_hours")):  # fmt: skip
    case(f"{key}_gap", **{key: [103, 77, 7], printed: [100, 77, None]}, gives=[0.03, 0, None])
    case(f"{key}_off", **{f"{key}_gap": [0.03, 0, None]}, gives=[1, 0, 0])
    case(f"{key}_rows_off", **{f"{key}_off": [1, 0, 1]}, gives=2)
    case(f"{key}_as_published", **{f"{key}_rows_off": 1}, gives=1)
    case(f"{key}_as_published", **{f"{key}_rows_off": 0}, gives=0)

# ---- checks --------------------------------------------------------------------------------------

case("hours_against_fleet", programme_gpu_hours=21, gpu_hours=20, gives=1.05)
for check, count in (
    ("widths_rise", "widths_falling"), ("terms_are_slices", "terms_unsliced"),
    ("experiments_have_terms", "experiments_without_terms"),
    ("terms_listed_once", "terms_repeated"),
):  # fmt: skip
    case(check, **{count: 1}, gives=1)
    case(check, **{count: 0}, gives=0)
case("something_trained", programme_trainings=0, gives=1)
case("something_trained", programme_trainings=1, gives=0)
case("programme_fits", fitting_experiments=2, experiment_count=3, gives=1)
case("programme_fits", fitting_experiments=3, experiment_count=3, gives=0)
case("gpus_hold_largest", gpus_at_hand=7, gpus_for_memory=8, gives=1)
case("gpus_hold_largest", gpus_at_hand=7, gpus_for_memory=7, gives=0)
case("gpus_hold_largest", gpus_at_hand=7, gpus_for_memory=None, gives=0)
case("fleet_does_programme", hours_against_fleet=1.001, gives=1)
case("fleet_does_programme", hours_against_fleet=1, gives=0)

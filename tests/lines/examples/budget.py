"""A budget turned round: hours, and the largest model they train, in 2020 and today."""

import math

from tco.model.demand import budget
from tests.lines.worked import worked

case = worked(budget)
SMALL = "too small: the least is 1 h"
why = {"too_small": SMALL}
PASSED_ON = "not given"  # why a None among the inputs is undefined

# ---- one GPU of 2020 -----------------------------------------------------------------------------

table = {"gpu": "V100", "speeds": ["K80", "V100", "P4"]}
# 7 x 1.5 x ln(e³)².
case("gpu_rate", **table, speed_k=[3, 7, 11], gpu_mode_factor=1.5, gpu_batch=math.exp(3) - 1,
     speed_c=[1, 2, 3], gives=94.5)  # fmt: skip
for mode, factor in (("O0", 1), ("O1", 1.2), ("O2", 1.4)):
    case("gpu_mode_factor", amp_mode=mode, **table, speed_o1=[2, 1.2, 3], speed_o2=[5, 1.4, 7],
         gives=factor)  # fmt: skip
for key, column in (("gpu_a", "speed_a"), ("gpu_b", "speed_b"), ("gpu_batch", "speed_batch"),
                    ("gpu_peak", "speed_peak"), ("gpu_kw", "speed_kw")):  # fmt: skip
    case(key, **table, **{column: [3, 7, 11]}, gives=7)
case("gpu_hour_price", **table, speed_price=[3, 7, 11], usd_rate=1.1, gives=7.7)

# ---- the budget in four currencies ---------------------------------------------------------------

case("hours_for_cost", budget_cost=21, gpu_hour_price=0.3, gives=70)
case("hours_for_cost", budget_cost=21, gpu_hour_price=0, undefined="no budget in money")
case("hours_for_cost", budget_cost=None, gpu_hour_price=3, undefined="no budget in money")
case("hours_for_kwh", budget_kwh=21, gpu_kw=0.3, gives=70)
case("hours_for_kwh", budget_kwh=None, gpu_kw=0.3, undefined="no budget in energy")
# 21 kg at 150 g an hour.
case("hours_for_co2", budget_co2_kg=21, gpu_kw=0.5, grid_intensity=300, gives=140)
case("hours_for_co2", budget_co2_kg=21, gpu_kw=0.5, grid_intensity=0.3, gives=140_000)
case("hours_for_co2", budget_co2_kg=21, gpu_kw=0.5, grid_intensity=0,
     undefined="no budget in carbon")  # fmt: skip
case("hours_for_co2", budget_co2_kg=None, gpu_kw=0.5, grid_intensity=300,
     undefined="no budget in carbon")  # fmt: skip
ways = {"budget_hours": 2, "hours_for_cost": 3, "hours_for_kwh": 5, "hours_for_co2": 7}
for (source, found), basis in zip(ways.items(), ("hours", "cost", "kwh", "co2_kg"), strict=True):
    case("hours", budget_basis=basis, **ways, gives=found)
    case("budget_basis_given", budget_basis=basis, **ways, gives=0)
    case("budget_basis_given", budget_basis=basis, **{**ways, source: None}, gives=1)
case("cost", hours=7, gpu_hour_price=3, gives=21)
case("kwh", hours=7, gpu_kw=0.3, gives=2.1)
case("co2_kg", kwh=7, grid_intensity=300, gives=2.1)

# The least, up to the next thousandth: 0.41231 h, 0.82462, 0.041231 kWh, 0.0618465 kg.
least = {"least_hours": 0.41231}
case("least_hours_up", **least, gives=0.413)
case("least_cost", **least, gpu_hour_price=2, gives=0.825)
case("least_kwh", **least, gpu_kw=0.1, gives=0.042)
case("least_co2_kg", **least, gpu_kw=0.5, grid_intensity=300, gives=0.062)

# ---- the largest model of 2020 -------------------------------------------------------------------

case("model_width", budget_margin=0.1, solved_width=7, **why, gives=7)
case("model_width", budget_margin=0, solved_width=7, **why, undefined=SMALL)
case("model_depth", model_width=384, width_per_layer=128, gives=3)
case("model_depth", model_width=None, width_per_layer=128, undefined=PASSED_ON)

family = {"layer_matrices": 12, "layer_vectors": 24, "head_vectors": 17}
published = {"layer_matrices": 7, "layer_vectors": 8, "head_vectors": 3}
for model in ("model", "build"):
    width, depth = f"{model}_width", f"{model}_depth"
    # (12 x 2 + 24) x 2 x 3 = 288, and 17 x (2 + 1).
    case(f"{model}_parameters", **{width: 2, depth: 3}, **family, gives=339)
    # The family as published, at 384: 7/128 w³ + 8/128 w² + 3 w + 3.
    case(f"{model}_parameters", **{width: 384, depth: 3}, **published,
         gives=7 * 384**3 / 128 + 384**2 / 16 + 1_155)  # fmt: skip
    case(f"{model}_parameters", **{width: None, depth: 3}, **family, undefined=PASSED_ON)
    case(f"{model}_parameters", **{width: 2, depth: None}, **family, undefined=PASSED_ON)

# 7 x 4^1.5 x 3/(3 + 2).
speed = {"gpu_rate": 7, "gpu_a": 1.5, "gpu_b": 2}
case("model_speed", **speed, model_width=4, model_depth=3, gives=33.6)
case("model_speed", **speed, model_width=None, model_depth=3, undefined=PASSED_ON)
case("model_speed", **speed, model_width=4, model_depth=None, undefined=PASSED_ON)
case("model_flop", model_speed=7, hours=5, seconds_per_day=72, gives=105)
case("model_flop", model_speed=None, hours=5, seconds_per_day=72, undefined=PASSED_ON)
# 32 FLOP are 16 of 2, whose root is 4.
losses = {"frontier_loss_scale": 12, "frontier_loss_exponent": 0.5, "frontier_loss_floor": 1.5,
          "frontier_flop": 2}  # fmt: skip
case("loss", model_flop=32, **losses, gives=4.5)
case("loss", model_flop=None, **losses, undefined=PASSED_ON)
case("model_peak_share", model_speed=21e12, gpu_peak=7, gives=3)
case("model_peak_share", model_speed=None, gpu_peak=7, undefined="not known")
case("model_peak_share", model_speed=21e12, gpu_peak=None, undefined="not known")

# 16 times the example's compute, at a root: 4 times its size, and 4 times its steps.
article = {"example_parameters": 7, "article_size_exponent": 0.5}
case("article_parameters", model_flop=48, example_flop=3, **article, gives=28)
case("article_parameters", model_flop=None, example_flop=3, **article, undefined=PASSED_ON)
case("article_parameters", model_flop=48, example_flop=None, **article, undefined=PASSED_ON)
case("article_parameters_today", flop=48, example_flop=3, **article, gives=28)
case("article_parameters_today", flop=48, example_flop=None, **article, undefined=PASSED_ON)
case("article_steps_today", flop=48, example_flop=3, article_steps_exponent=0.5, gives=4)
case("article_steps_today", flop=48, example_flop=None, article_steps_exponent=0.5,
     undefined=PASSED_ON)  # fmt: skip

# ---- the model to build --------------------------------------------------------------------------

for exact, whole in ((8.84, 9), (3.4, 3), (3.6, 4), (0.3, 1)):
    case("build_depth", model_depth=exact, gives=whole)
case("build_depth", model_depth=None, undefined=PASSED_ON)
case("build_width", build_depth=9, width_per_layer=128, gives=1_152)
case("build_width", build_depth=None, width_per_layer=128, undefined=PASSED_ON)
# ((13 + 3) / 2)² x 5.
fit = {"frontier_size_offset": 3, "frontier_size_scale": 2, "frontier_size_exponent": 0.5,
       "frontier_flop": 5}  # fmt: skip
case("build_flop", build_parameters=13, **fit, gives=320)
case("build_flop", build_parameters=None, **fit, undefined=PASSED_ON)
# 705.6 FLOP at 33.6 a second, 3 s an hour.
hours = {"build_flop": 705.6, "build_width": 4, "build_depth": 3}
case("build_hours", **speed, **hours, seconds_per_day=72, gives=7)
for lacking in hours:
    case(
        "build_hours", **speed, **{**hours, lacking: None}, seconds_per_day=72, undefined=PASSED_ON
    )
case("build_cost", build_hours=7, gpu_hour_price=3, gives=21)
case("build_cost", build_hours=None, gpu_hour_price=3, undefined=PASSED_ON)

# ---- today ---------------------------------------------------------------------------------------

case("rented_hours", cost=231, on_demand_price=3, rent_addon_share=0.1, gives=70)
case("flop", rented_hours=5, achieved_tflops=7, availability=0.5, seconds_per_day=72,
     gives=52.5e12)  # fmt: skip
case("parameters", flop=5_880, flop_per_parameter_token=6, tokens_per_parameter=20, gives=7)
for found, level in ((9.9e9, 0), (10e9, 1), (99e9, 1), (100e9, 2)):
    case("parameters_level", parameters=found, gives=level)
case("tokens", parameters=7, tokens_per_parameter=20, gives=140)
case("implied_tokens", flop=462, flop_per_parameter_token=6, parameters=7, gives=11)
size = {"frontier_size_scale": 5, "frontier_size_exponent": 0.5, "frontier_flop": 2}
case("frontier_parameters", flop=32, **size, frontier_size_offset=3, gives=17)
case("frontier_parameters", flop=32, **size, frontier_size_offset=21, gives=0)

# ---- checks --------------------------------------------------------------------------------------

case("offer_priced", on_demand_price=0, gives=1)
case("offer_priced", on_demand_price=0.01, gives=0)
case("budget_enough", budget_margin=0, gives=1)
case("budget_enough", budget_margin=0.01, gives=0)
case("rent_is_budget", rent_on_demand_cost=7.001, cost=7, gives=1)
case("rent_is_budget", rent_on_demand_cost=7, cost=7, gives=0)
case("class_fits", class_level=1, parameters_level=2, gives=1)
case("class_fits", class_level=2, parameters_level=2, gives=0)
case("frontier_covers", model_parameters=101, frontier_most_parameters=100, gives=1)
case("frontier_covers", model_parameters=100, frontier_most_parameters=100, gives=0)
case("frontier_covers", model_parameters=None, frontier_most_parameters=100, gives=0)
case("speed_possible", model_peak_share=1.01, gives=1)
case("speed_possible", model_peak_share=1, gives=0)
case("speed_possible", model_peak_share=None, gives=0)
case("one_gpu_in_a_year", hours=101, hours_per_year=100, gives=1)
case("one_gpu_in_a_year", hours=100, hours_per_year=100, gives=0)
case("mixed_precision_pays", gpu_mode_factor=0.99, gives=1)
case("mixed_precision_pays", gpu_mode_factor=1, gives=0)

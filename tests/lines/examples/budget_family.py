"""The law of 2020: the family's size, one GPU's speed, and the frontier; powers that come out."""

import math

from tco.model.demand import budget_family
from tests.lines.worked import worked

case = worked(budget_family)
PASSED_ON = "not given"  # why a None among the inputs is undefined
BATCH = math.exp(3) - 1  # the logarithm of batch + 1 is 3

# The article's own count: 14 x (5 x 768² + 2 x 768 x 1,024 + 7 x 768 + 1,024) + 3 x 769.
case("example_parameters", example_width=768, example_depth=14, example_inner=1_024,
     attention_matrices=5, feedforward_matrices=2, width_vectors=7, inner_vectors=1,
     head_vectors=3, gives=63_399_683)  # fmt: skip
# A layer: (5 x 2 + 7 x 19 + 11) x 2 + 13 x 19 = 555; three of them, and 17 x 3.
case("example_parameters", example_width=2, example_depth=3, example_inner=19,
     attention_matrices=5, feedforward_matrices=7, width_vectors=11, inner_vectors=13,
     head_vectors=17, gives=1_716)  # fmt: skip
case("layer_matrices", attention_matrices=5, feedforward_matrices=7, gives=12)
case("layer_vectors", width_vectors=11, inner_vectors=13, gives=24)

table = {"speeds": ["K80", "V100"]}
for key, rows in (("example_speed", "example_row_speed"), ("example_hours", "example_row_hours")):
    case(key, example_gpu="V100", **table, **{rows: [3, 7]}, gives=7)
    case(key, example_gpu="K80", **table, **{rows: [3, 7]}, gives=3)
    case(key, example_gpu="T4", **table, **{rows: [3, 7]},
         undefined="its GPU is not among the speeds")  # fmt: skip
case("example_flop", example_speed=7, example_hours=5, seconds_per_day=72, gives=105)
case("example_flop", example_speed=None, example_hours=5, seconds_per_day=72, undefined=PASSED_ON)
case("example_flop", example_speed=7, example_hours=None, seconds_per_day=72, undefined=PASSED_ON)

# 32 FLOP are 16 of 2; the root of that is 4: a loss of 12 / 4 + 1.5, a size of 5 x 4 - 3.
losses = {"frontier_loss_scale": 12, "frontier_loss_exponent": 0.5, "frontier_loss_floor": 1.5,
          "frontier_flop": 2}  # fmt: skip
sizes = {"frontier_size_offset": 3, "frontier_size_scale": 5, "frontier_size_exponent": 0.5,
         "frontier_flop": 2}  # fmt: skip
case("example_loss", example_flop=32, **losses, gives=4.5)
case("example_loss", example_flop=None, **losses, undefined=PASSED_ON)
case("example_best_parameters", example_flop=32, **sizes, gives=17)
case("example_best_parameters", example_flop=None, **sizes, undefined=PASSED_ON)

case("frontier_size_per_tenfold", frontier_size_exponent=math.log10(7), gives=7)
case("frontier_steps_per_tenfold", frontier_size_per_tenfold=5, gives=2)
case("article_size_per_tenfold", article_size_exponent=math.log10(7), gives=7)
case("article_steps_per_tenfold", article_steps_exponent=math.log10(3), gives=3)

# 7 x 1.5 x 4^1.5 x 3/(3 + 2) x 3² and 5 x 1.2 x 4^0.5 x 3/3 x 3.
case("example_row_speed", speed_k=[7, 5], speed_o1=[1.5, 1.2], example_width=4,
     speed_a=[1.5, 0.5], example_depth=3, speed_b=[2, 0], example_batch=BATCH, speed_c=[2, 1],
     gives=[7 * 1.5 * 8 * 0.6 * 9, 5 * 1.2 * 2 * 3])  # fmt: skip
case("example_row_hours", example_cost=21, speed_price=[3, 0, 0.7], gives=[7, None, 30])
case("example_row_flop", example_row_speed=[7, 7], example_row_hours=[5, None], seconds_per_day=72,
     gives=[105, None])  # fmt: skip
case("example_row_loss", example_row_flop=[32, 8, None], **losses, gives=[4.5, 7.5, None])

"""Two searches: the least hours, by halving; then the width for the hours at hand, by Newton."""

import math

from tco.model.demand import budget_search
from tests.lines.worked import worked

case = worked(budget_search)
last = {"solver_steps": ["30", "31", "32"]}

case("least_hours", low_hours=[7, 3, 5], gives=3)
case("least_width", **last, low_width=[3, 7, 11], gives=11)
case("budget_margin", hours=7 * math.exp(2), least_hours=7, gives=2)
case("target_hours", budget_margin=0.1, hours=7, least_hours=3, gives=7)
case("target_hours", budget_margin=0, hours=3, least_hours=3, gives=6)
case("solved_width", **last, root_width=[3, 7, 11], gives=11)
case("solved_hours", **last, root_hours=[3, 7, 11], gives=11)

case("step_number", gives=[1, 2, 3])
# From 0 up by 5, down by 2.5, up by 1.25.
case("low_log_width", low_direction=[1, -1, 1, 1], step_number=[1, 2, 3, 4],
     gives=[0, 5, 2.5, 3.75])  # fmt: skip
case("root_log_width", root_move=[0.5, 0.25, -0.125, 1], gives=[0, -0.5, -0.75, -0.625])
case("low_width", width_per_layer=128, low_log_width=[0, math.log(3)], gives=[128, 384])
case("root_width", least_width=128, root_log_width=[-1, math.log(3) - 1], gives=[128, 384])

# Width 2, 3 layers: (12 x 2 + 24) x 2 x 3 = 288, and 17 x (2 + 1).
# It grows by 3 x 144 of squares, 2 x 144 of vectors and 34 of the head.
family = {"layer_matrices": 12, "layer_vectors": 24, "head_vectors": 17}
fit = {"frontier_size_offset": 3, "frontier_size_scale": 4, "frontier_size_exponent": 0.5,
       "frontier_flop": 44.1}  # fmt: skip
for search in ("low", "root"):
    case(f"{search}_depth", **{f"{search}_width": [384, 64]}, width_per_layer=128, gives=[3, 0.5])
    shape = {f"{search}_width": [2], f"{search}_depth": [3]}
    case(f"{search}_size", **shape, **family, gives=[339])
    case(f"{search}_growth", **shape, **family, gives=[754])
    # 60 / (7 + 3) / 0.5 = 12; less 1.5, less 2 / (3 + 2).
    case(f"{search}_slope", **{f"{search}_growth": [60], f"{search}_size": [7],
         f"{search}_depth": [3]}, frontier_size_offset=3, frontier_size_exponent=0.5, gpu_a=1.5,
         gpu_b=2, gives=[10.1])  # fmt: skip
    # ((13 + 3) / 4)² x 44.1 = 705.6 FLOP at 7 x 4^1.5 x 3/5 = 33.6 a second, 3 s an hour.
    case(f"{search}_hours", **{f"{search}_size": [13], f"{search}_width": [4],
         f"{search}_depth": [3]}, **fit, gpu_rate=7, gpu_a=1.5, gpu_b=2, seconds_per_day=72,
         gives=[7])  # fmt: skip
case("low_direction", low_slope=[-0.1, 0, 0.1], gives=[1, -1, -1])
case("root_move", root_hours=[7 * math.exp(2), 7], target_hours=7, root_slope=[4, 5],
     gives=[0.5, 0])  # fmt: skip

case("width_found", solved_hours=7, target_hours=7, gives=0)
case("width_found", solved_hours=7.001, target_hours=7, gives=1)

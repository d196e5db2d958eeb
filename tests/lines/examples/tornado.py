"""How far each driver moves the outcome, the farthest first."""

from tco.model.own import tornado
from tests.lines.worked import worked

case = worked(tornado)

case("driver_span", driver_least=[2, 3, None], driver_most=[7, 3, None], gives=[5, 0, 0])
case("driver_moves", driver_swing=[3, None, 7], gives=[3, 0, 7])
case("driver_order", gives=[1, 2, 3, 4])
case("driver_place", driver_moves=[3, 7, 0, 7, 5], driver_order=[1, 2, 3, 4, 5],
     gives=[4, 1, 5, 2, 3])  # fmt: skip
case("driver_place", driver_moves=[7, 7, 7], driver_order=[3, 1, 2], gives=[3, 1, 2])
case("driver_excluded", driver_value=[3, 5, 7, None], driver_least=[2, 6, 3, 1],
     driver_most=[3, 9, 6, 0], gives=[0, 1, 1, 0])  # fmt: skip
case("excluded_drivers", driver_excluded=[1, 0, 1], gives=2)
case("ranges_hold", excluded_drivers=1, first_excluded="PUE", gives=1)
case("ranges_hold", excluded_drivers=0, first_excluded="none", gives=0)
case("driver_direction", driver_gain=[7, -3, 0], gives=[1, -1, 0])
ends = {"driver_direction": [1, -1, 0], "driver_least": [2, 3, 5], "driver_most": [7, 11, 13]}
case("driver_at_more", **ends, gives=[7, 3, None])
case("driver_at_less", **ends, gives=[2, 11, None])
case("tornado_place", gives=[1, 2, 3])
for column, source in (("tornado_advantage_low", "driver_low"), ("tornado_swing", "driver_swing"),
                       ("tornado_advantage_high", "driver_high")):  # fmt: skip
    case(column, tornado_place=[1, 2, 3], driver_place=[3, 1, 2], **{source: [11, 13, 17]},
         gives=[13, 17, 11])  # fmt: skip
for column, source in (("tornado_low", "driver_least"), ("tornado_high", "driver_most")):
    case(column, tornado_swing=[5, 4, None], tornado_place=[1, 2, 3], driver_place=[3, 1, 2],
         **{source: [11, 13, 17]}, gives=[13, 17, None])  # fmt: skip
# ---- by kind of evidence -------------------------------------------------------------------------

NINE = {"quote": 2, "list": 3, "known": 5, "guess": 7}
for what in ("share", "points"):
    widths = {f"range_{name}_{what}": value for name, value in NINE.items()}
    # quote, own, list price; catalogue, cited, stated, derived, definition; guess
    case(f"grade_{what}", **widths, gives=[2, 3, 3, 5, 5, 5, 5, 5, 7])
case("grade_swing", driver_moves=[2, 3, 5], driver_kind=["guess", "quote", "guess"],
     grades=["quote", "own", "guess"], gives=[3, 0, 7])  # fmt: skip
case("swing_total", grade_swing=[3, 0, 7], gives=10)
case("grade_swing_share", grade_swing=[3, 0, 7], swing_total=10, gives=[0.3, 0, 0.7])
case("grade_swing_share", grade_swing=[0, 0], swing_total=0, gives=[None, None])
case("grade_swing_share", grade_swing=[0.3, 0.2], swing_total=0.5, gives=[0.6, 0.4])
case("grade_swing_share", grade_swing=[5, 0], swing_total=0, gives=[None, None])

# ---- to both sides of the plan -------------------------------------------------------------------

ends = {"tornado_low_change": [-5, 2, 3, -7, None], "tornado_high_change": [3, 7, -2, -1, 4]}
case("tornado_gain", **ends, gives=[3, 7, 3, 0, 0])
case("tornado_loss", **ends, gives=[-5, 0, -2, -7, 0])
case("tornado_room", tornado_gain=[7, 3], tornado_loss=[-5, 0], gives=-7)

"""At which value each driver turns the verdict, and whether that is in its range."""

from tco.model.own import turning
from tests.lines.worked import worked

case = worked(turning)

case("driver_tie_known", driver_turns_at=[3, None], gives=[3, None])
# A quarter more of 8; from -3 % to 7 % are 10 points.
case("driver_measure", driver_tie_known=[10, 0.07, 5, None], driver_value=[8, -0.03, 0, 4],
     driver_in_points=[0, 1, 0, 0], gives=[8, 1, 0, 0])  # fmt: skip
case("driver_change", driver_tie_known=[10, 0, 0.07, 5, None], driver_value=[8, 8, -0.03, 0, 4],
     driver_measure=[8, 8, 1, 0, 0], gives=[0.25, -1, 0.1, None, None])  # fmt: skip
case("driver_tie_gap", driver_turns_at=[0.5, 0.25, 1, 0.125, None], driver_least=[0.25] * 5,
     driver_most=[0.75] * 5, gives=[0, 0, 0.25, -0.125, None])  # fmt: skip
case("driver_sides", driver_low=[3, -3, 3, None], driver_high=[7, 7, -5, None],
     deciding_advantage=2, gives=[1.5, -1.5, -2.5, 0])  # fmt: skip
case("driver_sides", driver_low=[3, None], driver_high=[None, -7], deciding_advantage=2,
     gives=[0, 0])  # fmt: skip
case("driver_sides", driver_low=[3], driver_high=[7], deciding_advantage=0, gives=[0])
case("driver_turns", driver_tie_gap=[0, 0.25, -0.125, 0, None, None],
     driver_sides=[1, 1, 1, 1, 1, -1], driver_span=[1, 1, 1, 0, 1, 1], ties_sought=1,
     gives=[1, 0, 0, 0, 0, 1])  # fmt: skip
case("driver_turns", driver_tie_gap=[0, None], driver_sides=[1, -1], driver_span=[1, 1],
     ties_sought=0, gives=[0, 0])  # fmt: skip
for column, source in (("tornado_turns_inside", "driver_turns"),
                       ("tornado_turns_at", "driver_tie_known")):  # fmt: skip
    case(column, tornado_place=[1, 2, 3], driver_place=[3, 1, 2], **{source: [11, 13, 17]},
         gives=[13, 17, 11])  # fmt: skip
case("turning_drivers", driver_turns=[1, 0, 1], gives=2)
for which, turning_, holds in ((3, 0, 1), (3, 1, 0), (3, 2, 0), (2, 0, 0), (0, 0, 0)):
    case("verdict_holds", verdict_case=which, turning_drivers=turning_, gives=holds)

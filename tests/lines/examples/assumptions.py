"""The assumptions that matter most."""

from tco.model.own import assumptions
from tests.lines.worked import worked

case = worked(assumptions)

case("assumption_place", gives=[1, 2, 3])
grades = ["quote", "guess"]
case("guessed_share", grades=grades, grade_swing_share=[0.25, 0.5], gives=0.5)
case("quoted_share", grades=grades, grade_swing_share=[0.25, 0.5], gives=0.25)

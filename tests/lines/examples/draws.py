"""What the draws say: nothing where nothing is compared, build anew where an input is another."""

from tco.model.own import draws
from tests.lines.worked import worked

case = worked(draws)

case("draws_case", ties_sought=0, draws_outdated=0, gives=0)
case("draws_case", ties_sought=0, draws_outdated=7, gives=0)
case("draws_case", ties_sought=1, draws_outdated=0, gives=1)
case("draws_case", ties_sought=1, draws_outdated=1, gives=2)
case("draws_case", ties_sought=1, draws_outdated=7, gives=2)

case("draws_current", draws_outdated=0, ties_sought=1, gives=0)
case("draws_current", draws_outdated=1, ties_sought=1, gives=1)
case("draws_current", draws_outdated=7, ties_sought=0, gives=0)

"""Two drivers at once."""

from tco.model.own import pairs
from tests.lines.worked import worked

case = worked(pairs)

case("pair_of_two", pair_down_place=2, pair_across_place=3, pair_down_name="PUE", gives=0)
case("pair_of_two", pair_down_place=2, pair_across_place=2, pair_down_name="PUE", gives=1)

"""How capex builds up: of 31 - 7 + 20 + 2, the steps and the whole."""

from tco.model.cost import building
from tests.lines.worked import worked

case = worked(building)

case("capex_part_size", capex_part=[31, -7, 0], gives=[31, 7, 0])
case("capex_part_there", capex_part_size=[31, 7, 0], gives=[1, 1, 0])
case("capex_part_order", gives=[1, 2, 3])
case("capex_part_place", capex_part_size=[7, 31, 0, 7], capex_part_order=[1, 2, 3, 4],
     gives=[2, 1, 4, 3])  # fmt: skip
case("capex_parts_there", capex_part_there=[1, 1, 0, 1], gives=3)
case("capex_steps_shown", capex_parts_there=3, gives=3)
case("capex_steps_shown", capex_parts_there=13, gives=6)
case("capex_step_place", gives=[1, 2, 3])
places = {"capex_step_place": [1, 2, 3, 4, 5]}
case("capex_step_kind", **places, capex_steps_shown=3, gives=[0, 0, 1, 2, 3])
case("capex_step_part", **places, capex_part_place=[2, 1, 4, 3, 5], capex_part=[7, 31, 0, -5, 0],
     gives=[31, 7, -5, 0, 0])  # fmt: skip
case("capex_step_parts", capex_step_part=[31, 20, -7, 2], gives=[31, 51, 44, 46])
kinds = {"capex_step_kind": [0, 0, 1, 2, 3]}
case("capex_step_before", **kinds, capex_step_parts=[31, 51, 44, 46, 46],
     capex_step_part=[31, 20, -7, 2, 0], gives=[0, 31, 51, 0, 0])  # fmt: skip
case("capex_step_amount", **kinds, capex_step_part=[31, 20, -7, 2, 0], capex=46,
     capex_step_before=[0, 31, 51, 0, 0], gives=[31, 20, -5, 46, 0])  # fmt: skip
case("capex_step_foot", capex_step_before=[0, 31, 51, 0], capex_step_amount=[31, 20, -5, 46],
     gives=[0, 31, 46, 0])  # fmt: skip
amounts = {"capex_step_kind": [0, 0, 0, 1, 2], "capex_step_amount": [31, 5, 4, -6, 50]}
case("capex_step_large", **amounts, capex=50, gives=[31, 5, 0, 0, 0])
case("capex_step_small", **amounts, capex_step_large=[31, 5, 0, 0, 0], gives=[0, 0, 4, 0, 0])
case("capex_step_off", capex_step_amount=[31, -5, 0], gives=[0, 5, 0])
case("capex_step_all", **kinds, capex=46, gives=[0, 0, 0, 46, 0])

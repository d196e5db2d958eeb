"""What each price is worth in buying by GPUs."""

from tco.model.cost import priced_shares
from tests.lines.worked import worked

case = worked(priced_shares)

for part, cost in (
    ("host_part", "host_cost"), ("network_part", "interconnect_cost"),
    ("storage_part", "storage_cost"), ("colocation_part", "colocation_cost"),
    ("electricity_part", "energy_cost"),
):  # fmt: skip
    case(part, overhead_basis="items", **{cost: 77}, gives=77)
    case(part, overhead_basis="shares", **{cost: 77}, gives=0)
case("other_hardware_part", other_hardware_cost=100, host_part=3, network_part=5, storage_part=7,
     gives=85)  # fmt: skip
case("datacenter_part", datacenter_cost=100, colocation_part=3, electricity_part=5, gives=92)
case("price_buy", gpu_cost=2, other_hardware_part=3, host_part=5, network_part=7, storage_part=11,
     datacenter_part=13, colocation_part=17, electricity_part=19, staff_cost=23,
     gives=[2, 3, 5, 7, 11, 13, 17, 19, 23, 0, 0, 0, 0])  # fmt: skip
case("price_rent", staff_cost=2, on_demand_part=3, reserved_part=5, spot_part=7,
     rent_addon_part=11, gives=[0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 5, 7, 11])  # fmt: skip

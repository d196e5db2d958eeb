"""What each price is worth in buying by a bill."""

from tco.model.cost import priced_bill
from tests.lines.worked import worked

case = worked(priced_bill)

for part, cost in (("gpus_part", "gpu_cost"),):
    case(part, bom_applied="shares", **{cost: 77}, gives=77)
    case(part, bom_applied="server", **{cost: 77}, gives=0)
for part, cost in (("servers_part", "run_server_cost"),
                   ("beyond_servers_part", "run_beyond_servers_cost")):  # fmt: skip
    case(part, bom_applied="server", **{cost: 77}, gives=77)
    case(part, bom_applied="shares", **{cost: 77}, gives=0)
for part, cost in (("host_part", "host_cost"), ("network_part", "interconnect_cost"),
                   ("storage_part", "storage_cost")):  # fmt: skip
    case(part, overheads_by_gpu="items", **{cost: 77}, gives=77)
    case(part, overheads_by_gpu="shares", **{cost: 77}, gives=0)
    case(part, overheads_by_gpu="none", **{cost: 77}, gives=0)
for part, cost in (("colocation_part", "run_space_cost"), ("electricity_part", "energy_cost")):
    case(part, overheads_applied="items", **{cost: 77}, gives=77)
    case(part, overheads_applied="shares", **{cost: 77}, gives=0)
case("other_hardware_part", other_hardware_cost=100, host_part=3, network_part=5, storage_part=7,
     beyond_servers_part=11, gives=74)  # fmt: skip
case("datacenter_part", datacenter_cost=100, colocation_part=3, electricity_part=5, gives=92)
case("price_buy", gpus_part=37, servers_part=29, beyond_servers_part=31, other_hardware_part=3,
     host_part=5, network_part=7, storage_part=11, datacenter_part=13, colocation_part=17,
     electricity_part=19, staff_cost=23,
     gives=[37, 29, 31, 3, 5, 7, 11, 13, 17, 19, 23, 0, 0, 0, 0])  # fmt: skip
case("price_rent", staff_cost=2, on_demand_part=3, reserved_part=5, spot_part=7,
     rent_addon_part=11, gives=[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 5, 7, 11])  # fmt: skip

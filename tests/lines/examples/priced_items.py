"""What each price is worth in buying by items."""

from tco.model.cost import priced_items
from tests.lines.worked import worked

case = worked(priced_items)

case("servers_part", server_items=0, run_server_cost=7, gives=7)
case("servers_part", server_items=2, run_server_cost=7, gives=0)
case("listed_servers_part", servers_part=3, run_server_cost=7, gives=4)
case("storage_part", overheads_by_gpu="items", storage_estimate=7, gives=7)
case("storage_part", overheads_by_gpu="none", storage_estimate=7, gives=0)
case("price_buy", gpus_part=2, servers_part=3, listed_servers_part=5, beyond_servers_part=7,
     other_hardware_part=11, host_part=13, network_part=17, storage_part=19, datacenter_part=23,
     colocation_part=29, electricity_part=31, staff_cost=37,
     gives=[2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 0, 0, 0, 0])  # fmt: skip
case("price_rent", staff_cost=2, on_demand_part=3, reserved_part=5, spot_part=7,
     rent_addon_part=11, gives=[0] * 11 + [2, 3, 5, 7, 11])  # fmt: skip

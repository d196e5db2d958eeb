"""The bill of a run's fleet, by GPUs or by servers."""

from tco.model.cost import bill_of_run
from tests.lines.worked import worked

case = worked(bill_of_run)

server = {"gpus_per_server": 8, "gpu_price": 10_000, "other_hardware_share": 0.2, "host_share": 0.3}
case("server_price_by_gpu", overhead_basis="shares", **server, gives=96_000)
case("server_price_by_gpu", overhead_basis="items", **server, gives=104_000)
for basis, price, unit in (("shares", None, 3), ("shares", 7, 3), ("server", 7, 7)):
    case("server_unit_price", bom_applied=basis, known_server_price=price, server_price_by_gpu=3,
         gives=unit)  # fmt: skip
for key, inputs, items in (
    ("network_by_share", {"server_cost": 700, "network_share": 0.03}, 21),
    ("fleet_storage_cost", {"storage_cost": 7}, 7),
    ("rack_cost", {"server_cost": 700, "rack_share": 0.02}, 14),
):
    case(key, overheads_applied="items", **inputs, gives=items)
    case(key, overheads_applied="shares", **inputs, gives=0)

for basis, price, flag in (("server", None, 1), ("server", 7, 0), ("shares", None, 0),
                           ("by_price", None, 0)):  # fmt: skip
    case("servers_priced", bom_basis=basis, known_server_price=price, gives=flag)
for basis, price, flag in (("shares", 7, 1), ("shares", None, 0), ("server", 7, 0),
                           ("by_price", 7, 0)):  # fmt: skip
    case("server_price_counts", bom_basis=basis, known_server_price=price, gives=flag)
for basis, flag in (("items", 1), ("server", 0), ("shares", 0), ("by_price", 0)):
    case("items_count", bom_basis=basis, gives=flag)
case("spares_once", spares_share=0.02, spares_cost_share=0.01, gives=1)
case("spares_once", spares_share=0.02, spares_cost_share=0, gives=0)
case("spares_once", spares_share=0, spares_cost_share=0.01, gives=0)

"""The fleet of a run, owned beyond it."""

from tco.model.own import of_run
from tests.lines.worked import worked

case = worked(of_run)

case("fleet_gpus", owned_gpus=7, gpus=3, gives=7)
case("fleet_gpus", owned_gpus=None, gpus=3, gives=3)
case("server_price", owned_server_price=7, server_price_by_gpu=3, gives=7)
case("server_price", owned_server_price=None, server_price_by_gpu=3, gives=3)

server = {"gpus_per_server": 8, "gpu_price": 10_000, "other_hardware_share": 0.2, "host_share": 0.3}
case("server_price_by_gpu", overhead_basis="shares", **server, gives=96_000)
case("server_price_by_gpu", overhead_basis="items", **server, gives=104_000)
for key, inputs, items in (
    ("network_by_share", {"server_cost": 700, "network_share": 0.03}, 21),
    ("fleet_storage_cost", {"storage_cost": 7}, 7),
    ("rack_cost", {"server_cost": 700, "rack_share": 0.02}, 14),
):
    case(key, overhead_basis="items", **inputs, gives=items)
    case(key, overhead_basis="shares", **inputs, gives=0)
case("facility_share_cost", fleet_gpus=7, gpu_price=3, datacenter_share=0.1, gives=2.1)

case("spares_once", spares_share=0.02, spares_cost_share=0.01, gives=1)
case("spares_once", spares_share=0.02, spares_cost_share=0, gives=0)
case("spares_once", spares_share=0, spares_cost_share=0.01, gives=0)

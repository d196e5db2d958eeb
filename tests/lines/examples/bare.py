"""A fleet that is given."""

from tco.model.own import bare
from tests.lines.worked import worked

case = worked(bare)

case("server_unit_price", known_server_price=7, server_price_by_gpu=11, gives=7)
case("server_unit_price", known_server_price=None, server_price_by_gpu=11, gives=11)
for basis, price in (("chip", 70), ("server_share", 56), ("–", 70)):
    case("server_price_by_gpu", gpus_per_server=8, gpu_price=7, price_basis=basis, host_share=0.25,
         gives=price)  # fmt: skip
case("server_price_by_gpu", gpus_per_server=8, gpu_price=None, price_basis="–", host_share=0.25,
     undefined="no price of a GPU")  # fmt: skip
case("server_is_priced", server_unit_price=None, chip="a", gives=1)
case("server_is_priced", server_unit_price=5, chip="a", gives=0)
case("network_by_share", server_cost=700, network_share=0.03, gives=21)
case("fleet_storage_cost", storage_cost=7, gives=7)
case("rack_cost", server_cost=700, rack_share=0.02, gives=14)
case("facility_share_cost", undefined="no run has a share")

case("utilization", use_by_runs=0.3, unplanned_use=0.7, gives=0.3)
case("utilization", use_by_runs=None, unplanned_use=0.7, gives=0.7)
sums = ("capex", "hardware_cost", "server_cost", "server_unit_price")
none = {f"{key}_given": 0 for key in sums}
case("servers_missing", known_server_price=7, gpu_price_given=0, **none, gives=0)
case("servers_missing", known_server_price=None, gpu_price_given=0, **none, gives=1)
case("servers_missing", known_server_price=None, gpu_price_given=1, **none, gives=0)
case("servers_missing", known_server_price=7, gpu_price_given=1, **none, gives=0)
case("servers_missing", known_server_price=7, gpu_price_given=0, **{**none, "capex_given": 1},
     gives=0)  # fmt: skip
for key in none:
    case("servers_missing", known_server_price=None, gpu_price_given=0, **{**none, key: 1}, gives=0)
case("utilization_given", gives=0)

for missing, given, unsure in ((1, 0, 1), (1, 1, 0), (0, 0, 0), (0, 1, 0)):
    case("unsure_utilization", use_missing=missing, utilization_given=given, gives=unsure)
for low, unsure, least in ((0.3, 1, 0.3), (None, 1, 0.45), (0.3, 0, 0.6)):
    case("least_utilization", utilization=0.6, unplanned_use_low=low, unlisted_range_share=0.25,
         unsure_utilization=unsure, gives=least)  # fmt: skip
for high, unsure, most in ((0.9, 1, 0.9), (None, 1, 0.75), (0.9, 0, 0.6)):
    case("most_utilization", utilization=0.6, unplanned_use_high=high, unlisted_range_share=0.25,
         unsure_utilization=unsure, gives=most)  # fmt: skip
case("corner_utilization", least_utilization=0.3, most_utilization=0.7, corner_use_end=[0, 1],
     gives=[0.3, 0.7])  # fmt: skip
case("corner_servers_end", gives=[0, 0, 0, 0, 1, 1, 1, 1])
case("corner_rents_end", gives=[0, 0, 1, 1, 0, 0, 1, 1])
case("corner_use_end", gives=[0, 1, 0, 1, 0, 1, 0, 1])
for basis, flag in (("items", 1), ("server", 0), ("by_price", 0)):
    case("items_count", bom_basis=basis, gives=flag)
for end in ("low", "high"):
    known, gpu = f"known_server_{end}", f"gpu_price_{end}"
    by_gpu = {"gpu_price": 5, "server_unit_price": 50}
    case(f"server_evidence_{end}", known_server_price=70, **{known: 66, gpu: 3}, **by_gpu, gives=66)
    case(f"server_evidence_{end}", known_server_price=None, **{known: None, gpu: 3}, **by_gpu,
         gives=30)  # fmt: skip
    case(f"server_evidence_{end}", known_server_price=None, **{known: 66, gpu: None}, **by_gpu,
         undefined="no range")  # fmt: skip
for missing, given, unsure in ((1, 0, 1), (1, 1, 0), (0, 0, 0), (0, 1, 0)):
    case("unsure_gpu_price", servers_missing=missing, gpu_price_given=given, gives=unsure)
eight = (3, -7, 5, 11, -13, 2, 17, -19)
case("corner_advantage", **{f"advantage_corner_{number}": one
                            for number, one in enumerate(eight, 1)}, gives=eight)  # fmt: skip

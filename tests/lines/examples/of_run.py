"""The fleet of a run, owned beyond it."""

from tco.model.own import of_run
from tests.lines.worked import worked

case = worked(of_run)

case("fleet_gpus", owned_gpus=7, gpus=3, gives=7)
case("fleet_gpus", owned_gpus=None, gpus=3, gives=3)
case("facility_share_cost", fleet_gpus=7, gpu_price=3, datacenter_share=0.1, gives=2.1)

case("utilization", use_by_runs=0.007, gives=0.007)

# The price of a GPU is the catalogue's, and so is everything above it.
nobody = dict.fromkeys(
    ("gpu_price_given", "capex_given", "hardware_cost_given", "server_cost_given",
     "server_unit_price_given"), 0)  # fmt: skip
case("servers_missing", bom_applied="shares", **nobody, gives=1)
case("servers_missing", bom_applied="server", **nobody, gives=0)
for key in nobody:
    case("servers_missing", bom_applied="shares", **{**nobody, key: 1}, gives=0)
case("servers_missing", bom_applied="server", **dict.fromkeys(nobody, 1), gives=0)
for key in nobody:
    if key != "gpu_price_given":  # an input says so itself
        case(key, gives=0)
case("run_upkeep_cost", dc_cost=7_300, dc_upkeep_share=0.05, run_fleet_share=0.5, days_needed=73,
     hours_per_year=8_760, gives=36.5)  # fmt: skip
for basis, cost in (("colo", 3), ("own_dc", 5), ("share", 3)):
    case("run_space_cost", facility_basis=basis, colocation_cost=3, run_upkeep_cost=5, gives=cost)

# 60 a server, 5 of its GPU at 4: at 3 or 5 a GPU it is 45 or 75.
for end, gpu, server in (("low", 3, 45), ("high", 5, 75)):
    key = f"server_evidence_{end}"
    more = {"gpu_price": 4, "server_unit_price": 60, f"gpu_price_{end}": gpu}
    case(key, bom_applied="shares", **more, **{f"known_server_{end}": 7}, gives=server)
    case(key, bom_applied="server", **more, **{f"known_server_{end}": 7}, gives=7)
    case(key, bom_applied="shares", **{**more, f"gpu_price_{end}": None},
         **{f"known_server_{end}": 7}, undefined="no range")  # fmt: skip

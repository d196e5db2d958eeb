"""A fleet that is given."""

from tco.model.own import bare
from tests.lines.worked import worked

case = worked(bare)

case("server_unit_price", known_server_price=7, gives=7)
case("network_by_share", server_cost=700, network_share=0.03, gives=21)
case("fleet_storage_cost", storage_cost=7, gives=7)
case("rack_cost", server_cost=700, rack_share=0.02, gives=14)
case("facility_share_cost", undefined="no run has a share")

case("utilization", use_by_runs=0.3, unplanned_use=0.7, gives=0.3)
case("utilization", use_by_runs=None, unplanned_use=0.7, gives=0.7)
case("servers_missing", known_server_price=7, gives=0)
case("servers_missing", known_server_price=None, gives=1)
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
case("corner_rents_end", gives=[0, 0, 1, 1])
case("corner_use_end", gives=[0, 1, 0, 1])
for basis, flag in (("items", 1), ("server", 0), ("by_price", 0)):
    case("items_count", bom_basis=basis, gives=flag)
for end in ("low", "high"):
    case(f"server_evidence_{end}", **{f"known_server_{end}": 7}, gives=7)
    case(f"server_evidence_{end}", **{f"known_server_{end}": None}, undefined="no range")

"""A fleet that is given."""

from tco.model.own import bare
from tests.lines.worked import worked

case = worked(bare)

case("server_unit_price", known_server_price=7, gives=7)
case("network_by_share", server_cost=700, network_share=0.03, gives=21)
case("fleet_storage_cost", storage_cost=7, gives=7)
case("rack_cost", server_cost=700, rack_share=0.02, gives=14)
case("facility_share_cost", undefined="no run has a share")
for basis, flag in (("items", 1), ("server", 0), ("by_price", 0)):
    case("items_count", bom_basis=basis, gives=flag)

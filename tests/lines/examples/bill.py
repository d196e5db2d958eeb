"""The bill of materials of a fleet."""

from tco.model.cost import bill
from tests.lines.worked import worked

case = worked(bill)

case("servers", fleet_gpus=17, gpus_per_server=8, gives=3)
case("servers", fleet_gpus=16, gpus_per_server=8, gives=2)
case("server_cost", servers=128, server_unit_price=240_000, gives=30_720_000)  # the reference case
case("server_cost", servers=7, server_unit_price=3, gives=21)

ways = {"network_by_share": 3, "network_counted_cost": 7}
case("network_cost", network_basis="share", **ways, gives=3)
case("network_cost", network_basis="counts", **ways, gives=7)

case("hardware_cost", server_cost=2, network_cost=3, fleet_storage_cost=5, rack_cost=7, gives=17)
case("integration_cost", hardware_cost=700, integration_share=0.03, gives=21)
case("spares_kit_cost", server_cost=700, spares_cost_share=0.02, gives=14)
case("sales_tax_cost", hardware_cost=700, sales_tax_rate=0.06, gives=42)
parts = {"hardware_cost": 20, "integration_cost": 3, "spares_kit_cost": 5, "freight_cost": 7,
         "duty_cost": 15, "sales_tax_cost": 2, "software_cost": 13, "other_item_cost": 17,
         "warranty_cost": 18}  # fmt: skip
case("contingency_cost", **parts, contingency_share=0.1, gives=10)
case("capex", **parts, contingency_cost=11, gives=111)
lines = {"server_cost": 2, "network_cost": 3, "fleet_storage_cost": 5, "rack_cost": 7,
         "software_cost": 11, "other_item_cost": 13, "freight_cost": 17, "duty_cost": 19,
         "sales_tax_cost": 23, "warranty_cost": 29, "integration_cost": 31, "spares_kit_cost": 37,
         "contingency_cost": 41}  # fmt: skip
case("bill_over_capex", **lines, capex=238, gives=1)
case("bill_over_capex", **lines, capex=119, gives=2)
case("bill_over_capex", **lines, capex=0, gives=1)
summed = {"capex_given": 0, "hardware_cost_given": 0}
for over, flag in ((1, 0), (1.000001, 1), (0.99, 1)):
    case("bill_stands_once", bill_over_capex=over, **summed, gives=flag)
for key in summed:
    case("bill_stands_once", bill_over_capex=0.99, **{**summed, key: 1}, gives=0)
case("capex_per_gpu", capex=77, fleet_gpus=7, gives=11)
case("capex_part", server_cost=2, network_cost=3, fleet_storage_cost=5, rack_cost=7,
     integration_cost=11, spares_kit_cost=13, sales_tax_cost=17, freight_cost=19, duty_cost=23,
     software_cost=29, other_item_cost=31, warranty_cost=37, contingency_cost=41,
     gives=[2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41])  # fmt: skip
case("capex_so_far", capex_part=[2, 3, 5], gives=[2, 5, 10])
case("capex_before", capex_so_far=[2, 5, 10], capex_part=[2, 3, 5], gives=[0, 2, 5])
case("capex_part_share", capex_part=[2, 3, 5], capex=10, gives=[0.2, 0.3, 0.5])

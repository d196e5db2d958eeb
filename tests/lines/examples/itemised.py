"""A bill by items."""

from tco.model.cost import itemised
from tests.lines.worked import worked

case = worked(itemised)

case("racks", servers=17, servers_per_rack=4, gives=5)
case("racks", servers=16, servers_per_rack=4, gives=4)
case("racks", servers=16, servers_per_rack=None, gives=0)
case("bill_power_kw", servers=7, server_power_kw=10, ancillary_power_share=0.1, gives=77)
case("base_number", servers=2, fleet_gpus=16, network_switches=3, network_links=40, racks=5,
     bill_power_kw=22.5, gives=[2, 16, 3, 40, 5, 22.5, 1])  # fmt: skip
case("item_number", listed_per=["gpu", "fleet", "server", "gpu"], base_number=[2, 16, 1],
     item_bases=["server", "gpu", "fleet"], gives=[16, 1, 2, 16])  # fmt: skip
case("item_quantity", listed_count_per=[1, 0.06, 2], item_number=[7, 22.5, 0], gives=[7, 2, 0])
case("item_quantity", listed_count_per=[0.1, 0.1], item_number=[30, 30.000_000_1], gives=[3, 3])
case("item_cost", item_quantity=[2, 3], listed_unit_price=[5, 7], gives=[10, 21])

listed = {"listed_category": ["server", "rack", "network", "server", "rack", "storage",
                              "integration", "spares", "software", "other", "other"],
          "item_cost": [20, 3, 5, 8, 11, 13, 17, 19, 23, 29, 31]}  # fmt: skip
none = {"listed_category": ["none", "of"], "item_cost": [37, 41]}
categories = listed["listed_category"]
case("item_server_cost", listed_category=["rack", "server"], item_cost=[5, 7], gives=[None, 7])
case("listed_servers_cost", item_server_cost=[None, 7, 3], gives=7)
case("listed_servers_cost", item_server_cost=[None], gives=0)
case("server_items", listed_category=categories, gives=2)
case("network_items", listed_category=categories, gives=1)
case("server_items", listed_category=none["listed_category"], gives=0)
case("server_unit_price", **listed, server_items=2, servers=4, known_server_price=None, gives=7)
case("server_unit_price", **listed, server_items=1, servers=2, known_server_price=9, gives=14)
case("server_unit_price", **none, server_items=0, servers=4, known_server_price=9, gives=9)
ways = {"network_by_share": 3, "network_counted_cost": 7}
case("network_by_basis", network_basis="share", **ways, gives=3)
case("network_by_basis", network_basis="counts", **ways, gives=7)
case("network_cost", **listed, network_by_basis=2, gives=5)
case("network_cost", **none, network_by_basis=2, gives=2)
case("storage_cost", **listed, storage_estimate=2, gives=13)
case("storage_cost", **none, storage_estimate=2, gives=2)
case("rack_cost", **listed, server_cost=700, rack_share=0.02, gives=14)
one = {"listed_category": ["server", "rack", "server"], "item_cost": [5, 7, 3]}
case("rack_cost", **one, server_cost=700, rack_share=0.02, gives=7)
case("rack_cost", listed_category=["server", "server"], item_cost=[5, 7], server_cost=600,
     rack_share=0.02, gives=12)  # fmt: skip
case("rack_cost", **none, server_cost=600, rack_share=0.02, gives=12)
case("integration_cost", **listed, hardware_cost=700, integration_share=0.03, gives=17)
case("integration_cost", **none, hardware_cost=700, integration_share=0.03, gives=21)
case("spares_kit_cost", **listed, server_cost=700, spares_cost_share=0.02, gives=19)
case("spares_kit_cost", **none, server_cost=700, spares_cost_share=0.02, gives=14)
case("software_cost", **listed, gives=23)
case("software_cost", **none, gives=0)
case("other_item_cost", **listed, gives=60)
case("other_item_cost", **none, gives=0)

lines = {"server_cost": 2, "network_cost": 3, "storage_cost": 5, "rack_cost": 7,
         "software_cost": 11, "other_item_cost": 13, "freight_cost": 17, "duty_cost": 19,
         "sales_tax_cost": 23, "warranty_cost": 29, "integration_cost": 31, "spares_kit_cost": 37,
         "contingency_cost": 41}  # fmt: skip
case("bill_over_capex", **lines, capex=238, gives=1)
case("bill_over_capex", **lines, capex=476, gives=0.5)
case("bill_over_capex", **lines, capex=0, gives=1)

wanted = ["server", "rack", "software", "none"]
case("category_items", item_categories=wanted, listed_category=categories, gives=[2, 2, 1, 0])
case("category_cost", **listed, item_categories=wanted, gives=[28, 14, 23, 0])
case("category_line", **{key: lines[key] for key in (
    "server_cost", "network_cost", "storage_cost", "rack_cost", "software_cost",
    "integration_cost", "spares_kit_cost", "other_item_cost",
)}, gives=[2, 3, 5, 7, 11, 31, 37, 13])  # fmt: skip
case(
    "category_ratio", category_cost=[4, 0, 5, 0.5], category_line=[2, 7, 5, 1], gives=[0.5, 1, 1, 2]
)
case("category_off", category_ratio=[1, 0.5, 1.000001], gives=[0, 1, 1])
case("categories_off", category_off=[1, 0, 1], gives=2)
for flags, flag in (([0, 1], 1), ([0, 0], 0)):
    case("items_stand_once", categories_off=sum(flags), gives=flag)

case("host_again", listed_category=["server", "server", "rack"], host_counted_by="server",
     listed_per=["server", "gpu", "gpu"], gives=[0, 1, 0])  # fmt: skip
case("hosts_again", host_again=[1, 0, 1], gives=2)
case("unracked", listed_per=["rack", "gpu"], servers_per_rack=None, gives=[1, 0])
case("unracked", listed_per=["rack", "gpu"], servers_per_rack=4, gives=[0, 0])
case("unracked_items", unracked=[1, 1, 0], gives=2)
for count, flag in ((0, 0), (1, 1), (2, 1)):
    case("host_listed_once", hosts_again=count, gives=flag)
    case("racks_known", unracked_items=count, gives=flag)
for count, price, twice, unpriced in (
    (1, 7, 1, 0),
    (2, 7, 1, 0),
    (1, None, 0, 0),
    (0, 7, 0, 0),
    (0, None, 0, 1),
):
    case("server_priced_once", server_items=count, known_server_price=price, gives=twice)
    case("server_is_priced", server_items=count, known_server_price=price, gives=unpriced)
for basis, flag in (("shares", 1), ("server", 1), ("items", 0), ("by_price", 0)):
    case("items_count", bom_basis=basis, gives=flag)
for count, share, flag in (
    (0, 126, 1),
    (0, 74, 1),
    (0, 124, 0),
    (0, 76, 0),
    (1, 126, 0),
    (0, 0, 0),
):
    case("network_ways_agree", network_items=count, network_by_share=share,
         network_counted_cost=100, network_tolerance_share=0.25, gives=flag)  # fmt: skip

# What is gathered of the parts of a bill by items.
case("hardware_cost", server_cost=2, network_cost=3, storage_cost=5, rack_cost=7, gives=17)
parts = {"hardware_cost": 20, "integration_cost": 3, "spares_kit_cost": 5, "freight_cost": 7,
         "duty_cost": 15, "sales_tax_cost": 2, "software_cost": 13, "other_item_cost": 17,
         "warranty_cost": 18}  # fmt: skip
case("contingency_cost", **parts, contingency_share=0.1, gives=10)
case("capex", **parts, contingency_cost=11, gives=111)
parts = {"server_cost": 2, "network_cost": 3, "storage_cost": 5, "rack_cost": 7,
         "sales_tax_cost": 11, "freight_cost": 13, "duty_cost": 17, "integration_cost": 19,
         "spares_kit_cost": 23, "software_cost": 29, "other_item_cost": 31, "warranty_cost": 37,
         "contingency_cost": 41}  # fmt: skip
case("capex_part", **parts, gives=list(parts.values()))
SUMMED = {"capex_given": 0, "hardware_cost_given": 0}
case("capex_adds_up_gap", **SUMMED, **parts, upfront_cost=100, capex=243, gives=0.05)
case("capex_adds_up_gap", **SUMMED, **parts, upfront_cost=100, capex=238, gives=0)
for key in SUMMED:
    case("capex_adds_up_gap", **{**SUMMED, key: 1}, upfront_cost=100, capex=243, **parts, gives=0)

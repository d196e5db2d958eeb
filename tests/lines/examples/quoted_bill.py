"""Quoted bill: what follows from quotes of items."""

from tco.model.own import quoted_bill
from tests.lines.worked import worked

case = worked(quoted_bill)
NONE = "no quote counts"
OFFERED = ["server", "switch", "switch", "rack"]
NAMES = ["switch", "rack", "fibre"]

for amount in ("price", "freight", "duty", "warranty", "deposit", "delivery"):
    case(f"quote_share_{amount}", quote_weight=[0.25, 0, 1], **{f"quote_{amount}": [8, 5, 7]},
         gives=[2, 0, 7])  # fmt: skip
    key = "item_quoted_price" if amount == "price" else f"item_{amount}"
    case(key, offered_item=OFFERED, items=NAMES, **{f"quote_share_{amount}": [9, 2, 3, 7]},
         gives=[5, 7, 0])  # fmt: skip
case("item_quoted", quote_weight=[1, 0.5, 0.5, 0], offered_item=OFFERED, items=NAMES,
     gives=[1, 0, 0])  # fmt: skip
case("item_unit_price", item_quoted=[1, 0, 0], item_quoted_price=[5, 0, 0],
     listed_unit_price=[3, 7, None], gives=[5, 7, None])  # fmt: skip
case("item_cost", item_quantity=[3, 5], item_unit_price=[7, 11], gives=[21, 55])
case("item_quoted_hardware", item_quoted=[1, 1, 1, 1, 1, 1, 0],
     listed_category=["server", "network", "storage", "rack", "software", "spares", "network"],
     item_cost=[3, 5, 7, 11, 13, 17, 19], gives=[3, 5, 7, 11, 0, 0, 0])  # fmt: skip
case("unpriced", item_quoted=[1, 0, 0], listed_unit_price=[None, 5, None], gives=[0, 0, 1])
case("unpriced_items", unpriced=[1, 0, 1], gives=2)
case("items_priced", unpriced_items=1, gives=1)
case("items_priced", unpriced_items=0, gives=0)
case("called_server", items=["server", "Server", "SERVER", "HGX server"], gives=[1, 1, 1, 0])
case("items_called_server", called_server=[1, 0, 1], gives=2)
case("servers_told_apart", items_called_server=1, gives=1)
case("servers_told_apart", items_called_server=0, gives=0)
case("unawarded_item", items=["switch", "rack", "fibre", "storage"], offered_item=OFFERED,
     item_quoted=[1, 0, 0, 0], listed_vendor=["A", "lowest", "lowest", "B"],
     gives=[0, 1, 0, 1])  # fmt: skip
case("items_unawarded", unawarded_item=[1, 0, 1], gives=2)
case("item_quotes_count", items_unawarded=1, gives=1)
case("item_quotes_count", items_unawarded=0, gives=0)

case("given_server_price", server_price=7, gives=7)
case("given_server_price", server_price=None, undefined="no price of a server")
case("known_server_price", quoted_server_price=5, given_server_price=7, gives=5)
case("known_server_price", quoted_server_price=None, given_server_price=7, gives=7)
case("quoted_servers_cost", servers=3, quoted_server_price=7, gives=21)
case("quoted_servers_cost", servers=3, quoted_server_price=None, gives=0)
case("quoted_cost", quoted_servers_cost=21, item_quantity=[2, 3], item_quoted_price=[5, 0],
     gives=31)  # fmt: skip
case("quoted_hardware_cost", quoted_servers_cost=21, item_quoted_hardware=[5, 0, 7], gives=33)
# of what is not quoted, 100 - 30, a share; 3 servers at 2 and 5 items at 4
case("freight_cost", hardware_cost=100, quoted_hardware_cost=30, freight_share=0.1, servers=3,
     quoted_freight=2, item_quantity=[5, 9], item_freight=[4, 0], gives=33)  # fmt: skip
case("freight_cost", hardware_cost=100, quoted_hardware_cost=0, freight_share=0.1, servers=3,
     quoted_freight=None, item_quantity=[5, 9], item_freight=[0, 0], gives=10)  # fmt: skip
case("duty_cost", hardware_cost=100, quoted_hardware_cost=30, duty_rate=0.1, servers=3,
     quoted_duty=2, item_quantity=[5, 9], item_duty=[4, 0], gives=33)  # fmt: skip
case("duty_cost", hardware_cost=100, quoted_hardware_cost=0, duty_rate=0.1, servers=3,
     quoted_duty=None, item_quantity=[5, 9], item_duty=[0, 0], gives=10)  # fmt: skip
case("warranty_cost", servers=3, quoted_warranty=2, item_quantity=[5, 9], item_warranty=[4, 0],
     gives=26)  # fmt: skip
case("warranty_cost", servers=3, quoted_warranty=None, item_quantity=[5], item_warranty=[0],
     gives=0)  # fmt: skip
case("servers_quoted", award_stands=0, item_quoted=[1, 0], listed_category=["network", "server"],
     gives=0)  # fmt: skip
case("servers_quoted", award_stands=0, item_quoted=[0, 1], listed_category=["network", "server"],
     gives=1)  # fmt: skip
case("servers_quoted", award_stands=1, item_quoted=[0], listed_category=["network"], gives=1)
case("awarded_lead_days", quote_awarded_days=[70, 0, 98], gives=98)
case("known_lead_days", servers_quoted=1, awarded_lead_days=70, own_lead_days=90, gives=70)
case("known_lead_days", servers_quoted=0, awarded_lead_days=70, own_lead_days=90, gives=90)
case("known_lead_days", servers_quoted=0, awarded_lead_days=98, own_lead_days=90, gives=98)
# 3 servers at 4, 5 items at 2; of the other 100 - 40 a half
for terms in ("deposit", "delivery"):
    case(f"known_{terms}_share", servers=3, item_quantity=[5, 9], capex=100, quoted_cost=40,
         **{f"quoted_{terms}": 4, f"item_{terms}": [2, 0], f"{terms}_share": 0.5},
         gives=0.52)  # fmt: skip
    case(f"known_{terms}_share", servers=3, item_quantity=[5], capex=100, quoted_cost=0,
         **{f"quoted_{terms}": None, f"item_{terms}": [0], f"{terms}_share": 0.5},
         gives=0.5)  # fmt: skip

for key, column in (
    ("quoted_server_price", "quote_price"), ("quoted_freight", "quote_freight"),
    ("quoted_duty", "quote_duty"), ("quoted_warranty", "quote_warranty"),
    ("quoted_deposit", "quote_deposit"), ("quoted_delivery", "quote_delivery"),
    ("chosen_warranty_years", "offered_warranty_years"),
    ("chosen_useful_price", "quote_useful_price"),
):  # fmt: skip
    case(key, award_stands=1, quote_server_weight=[0.25, 0, 0.75], **{column: [8, 99, 12]},
         gives=11)  # fmt: skip
    case(key, award_stands=0, quote_server_weight=[0, 0.4], **{column: [5, 7]}, undefined=NONE)

# What is gathered of the parts of such a bill.
parts = {"hardware_cost": 20, "sales_tax_cost": 2, "integration_cost": 3, "spares_kit_cost": 5,
         "software_cost": 13, "other_item_cost": 17, "freight_cost": 7, "duty_cost": 15,
         "warranty_cost": 18}  # fmt: skip
case("contingency_cost", **parts, contingency_share=0.1, gives=10)
case("capex", **parts, contingency_cost=11, gives=111)
parts = {"server_cost": 2, "network_cost": 3, "storage_cost": 5, "rack_cost": 7,
         "sales_tax_cost": 11, "integration_cost": 19, "spares_kit_cost": 23, "software_cost": 29,
         "other_item_cost": 31, "freight_cost": 13, "duty_cost": 17, "warranty_cost": 37,
         "contingency_cost": 41}  # fmt: skip
case("capex_part", **parts, gives=list(parts.values()))
SUMMED = {"capex_given": 0, "hardware_cost_given": 0}
case("capex_adds_up_gap", **SUMMED, **parts, upfront_cost=100, capex=243, gives=0.05)
case("capex_adds_up_gap", **SUMMED, **parts, upfront_cost=100, capex=238, gives=0)
for key in SUMMED:
    case("capex_adds_up_gap", **{**SUMMED, key: 1}, upfront_cost=100, capex=243, **parts, gives=0)

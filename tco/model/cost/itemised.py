"""A bill by items: a table of what is bought, each row as many as the fleet makes of it.

These lines stand in the place of those of the same key that a bill by shares has.
"""

from typing import Any

from tco.lines import *

SECTION, INPUTS = "bill", "buy"
PAGE = Page(
    "What the fleet costs before it stands anywhere, item by item and once in capex",
    totals=("capex",), tabular=True, place=35,
)  # fmt: skip
LESS = ("fleet_storage_cost",)  # storage is a line of its own key here
CATEGORIES = ("server", "network", "storage", "rack", "software", "integration", "spares", "other")

items = GivenRows(
    "Items of the bill", "What is bought for the fleet, a row each.",
    prefix="listed_",
)  # fmt: skip
listed_item = Given("Item", "text", "What it is.", along="items")
listed_category = Choice(
    "Category",
    "choice",
    "The line of the bill that it is in.",
    options=(
        ("server", "servers, with their GPUs"),
        ("network", "switches, optics, cables, network cards"),
        ("storage", "shared storage"),
        ("rack", "racks and power distribution"),
        ("software", "software bought with the fleet"),
        ("integration", "installation, cabling, burn-in"),
        ("spares", "parts kept on site"),
        ("other", "anything else, prepaid support for one"),
    ),
    along="items",
)
listed_per = Choice(
    "Counted by",
    "choice",
    "What there are so many for each of.",
    options=(
        ("server", "server of the fleet"),
        ("gpu", "GPU of the fleet"),
        ("switch", "switch of the fabric"),
        ("link", "link of the fabric"),
        ("rack", "rack of servers"),
        ("kw", "kW of IT power"),
        ("fleet", "the fleet as a whole"),
    ),
    along="items",
)
listed_count_per = Given(
    "How many for each", "ratio", "Parts of one too.", least=0, along="items", exact=True,
    example="1",
)  # fmt: skip
listed_unit_price = Given(
    "Price of one", "USD", "As delivered.", least=0, along="items", money=True,
    example="420_000",
)  # fmt: skip
listed_source = Given("Its source", "text", "Of its row.", along="items", of=("items", "source"))
listed_date = Given("Its date", "date", "Of its row.", along="items", of=("items", "date"))

servers_per_rack = Given(
    "Servers in a rack", "server/rack", above=0, required=False,
    note="Asked for where an item is counted by the rack.",
)  # fmt: skip
storage_estimate = Given(
    "Storage, where no item is it", "USD", least=0, money=True,
    note="Shared storage for data and checkpoints; an item of storage takes its place.",
)  # fmt: skip


_counts = Heading("Racks and power")


@line("Racks of the fleet", "rack")
def racks(servers, servers_per_rack):
    """0 until the servers of one are given, which an item counted by the rack asks for."""
    return where(defined(servers_per_rack), ceil(servers / servers_per_rack), 0)


@line("IT power on the bill", "kW")
def bill_power_kw(servers, server_power_kw, ancillary_power_share):
    """Nameplate power of all servers, with network and storage."""
    return servers * server_power_kw * (1 + ancillary_power_share)


_bases = Heading("What items are counted by, and how many there are")


item_bases = Rows(
    (
        ("server", "Servers", "Of the fleet."),
        ("gpu", "GPUs", "Of the fleet."),
        ("switch", "Switches", "As the fabric counts them."),
        ("link", "Links", "As the fabric counts them."),
        ("rack", "Racks", "Of servers."),
        ("kw", "kW", "Nameplate, with network and storage."),
        ("fleet", "The fleet", "Once."),
    )
)


def _numbers(*counts: Any) -> Any:
    return beside(*counts, 1)


base_number = Line(
    "base_number", "How many there are", "count", _numbers, "What an item is counted by.",
    ("servers", "fleet_gpus", "network_switches", "network_links", "racks", "bill_power_kw"),
    "item_bases",
)  # fmt: skip


_rows = Heading("Items of the bill")


@line("There are", "count", along="items")
def item_number(listed_per, item_bases, base_number):
    """Of what it is counted by."""
    return lookup(listed_per, item_bases, base_number)


@line("Quantity", "count", along="items")
def item_quantity(listed_count_per, item_number):
    """Whole ones."""
    return ceil(listed_count_per * item_number)


@line("Cost of the item", "USD", along="items")
def item_cost(item_quantity, listed_unit_price):
    """All of them, before freight, duty and tax."""
    return item_quantity * listed_unit_price


@line("Cost, if a server", "USD", along="items")
def item_server_cost(listed_category, item_cost):
    """A dash for the others."""
    return where(picked(listed_category, "server"), item_cost, undefined("–"))


def _listed(category: str, categories: Any, costs: Any, otherwise: Any) -> Any:
    """What the items of a category come to; what stands in for them where there are none."""
    rows = times_listed(category, categories)
    return where(beyond(rows, 0), total_where(costs, categories, category), otherwise)


_bill = Heading("The bill, by items")


@line("Bill of materials, as it counts", "text")
def bom_applied(bom_basis):
    """The table of items is the bill."""
    return chosen(bom_basis, by_price="items", items="items")


@line("Items that are servers", "count")
def server_items(listed_category):
    """Where there are none, the price known for a server counts."""
    return times_listed("server", listed_category)


@line("Dearest item of servers", "USD")
def listed_servers_cost(item_server_cost):
    """What it comes to; 0 where there is none."""
    return highest(item_server_cost)


@line("Dearest item of servers: source", "text")
def listed_servers_source(server_items, listed_servers_cost, item_server_cost, listed_source):
    """What its price comes from."""
    found = lookup(listed_servers_cost, item_server_cost, listed_source)
    return where(beyond(server_items, 0), found, "none")


@line("Dearest item of servers: date", "date")
def listed_servers_date(server_items, listed_servers_cost, item_server_cost, listed_date):
    """Of which day its price is."""
    found = lookup(listed_servers_cost, item_server_cost, listed_date)
    return where(beyond(server_items, 0), found, "–")


@line("Items that are network", "count")
def network_items(listed_category):
    """Where there are none, the basis of the network counts."""
    return times_listed("network", listed_category)


@line("Price of a server, as it counts", "USD/server")
def server_unit_price(listed_category, item_cost, server_items, servers, known_server_price):
    """What the items of servers come to for each; the price known for one where there are none."""
    listed = total_where(item_cost, listed_category, "server") / servers
    return where(beyond(server_items, 0), listed, known_server_price)


@line("Network, where no item is it", "USD")
def network_by_basis(network_basis, network_by_share, network_counted_cost):
    """By the basis chosen."""
    return chosen(network_basis, share=network_by_share, counts=network_counted_cost)


@part(of="hardware_cost", row="network", label="Network", note="By items.")
@line("Network", "USD")
def network_cost(listed_category, item_cost, network_by_basis):
    """Its items, or by the basis chosen where there are none."""
    return _listed("network", listed_category, item_cost, network_by_basis)


@part(of="hardware_cost", row="storage", label="Storage", note="Shared.", place=1)
@line("Storage", "USD")
def storage_cost(listed_category, item_cost, storage_estimate):
    """Its items, or the estimate where there are none."""
    return _listed("storage", listed_category, item_cost, storage_estimate)


@part(of="hardware_cost", row="racks", label="Racks", note="With power distribution.", place=1)
@line("Racks", "USD")
def rack_cost(listed_category, item_cost, server_cost, rack_share):
    """Their items, or a share of servers where there are none."""
    return _listed("rack", listed_category, item_cost, server_cost * rack_share)


@part(of="capex", row="integration", label="Integration", note="With burn-in.")
@line("Integration", "USD")
def integration_cost(listed_category, item_cost, hardware_cost, integration_share):
    """Its items, or a share of hardware where there are none."""
    return _listed("integration", listed_category, item_cost, hardware_cost * integration_share)


@part(of="capex", row="spares", label="Spares", note="A kit on site.")
@line("Spares kit", "USD")
def spares_kit_cost(listed_category, item_cost, server_cost, spares_cost_share):
    """Its items, or a share of servers where there are none."""
    return _listed("spares", listed_category, item_cost, server_cost * spares_cost_share)


@part(of="capex", row="software", label="Software", note="Bought with the fleet.")
@line("Software, bought", "USD")
def software_cost(listed_category, item_cost):
    """Its items."""
    return total_where(item_cost, listed_category, "software")


@part(of="capex", row="other", label="Other items", note="Prepaid support, for one.")
@line("Other items", "USD")
def other_item_cost(listed_category, item_cost):
    """The items of no other category."""
    return total_where(item_cost, listed_category, "other")


@line("Lines of the bill over capex", "ratio", exact=True)
def bill_over_capex(
    capex, server_cost, network_cost, storage_cost, rack_cost, software_cost, other_item_cost,
    freight_cost, duty_cost, sales_tax_cost, warranty_cost, integration_cost, spares_kit_cost,
    contingency_cost,
):  # fmt: skip
    """1: each of them is in it once, and nothing else is."""
    hardware = server_cost + network_cost + storage_cost + rack_cost
    beside = software_cost + other_item_cost + integration_cost + spares_kit_cost
    landed = freight_cost + duty_cost + sales_tax_cost + warranty_cost + contingency_cost
    return where(beyond(capex, 0), (hardware + beside + landed) / capex, 1)


item_categories = Rows(
    (
        ("server", "Servers", "Where no item is one: the price known for a server."),
        ("network", "Network", "Where no item is it: by the basis of the network."),
        ("storage", "Storage", "Where no item is it: the estimate."),
        ("rack", "Racks", "Where no item is one: a share of servers."),
        ("software", "Software", "Its items."),
        ("integration", "Integration", "Where no item is it: a share of hardware."),
        ("spares", "Spares", "Where no item is one: a share of servers."),
        ("other", "Other", "The items of no other category."),
    )
)


_categories = Heading("Items, category by category")


@line("Items in it", "count", along="item_categories")
def category_items(item_categories, listed_category):
    """How many rows of the table."""
    return times_listed(item_categories, listed_category)


@line("By items", "USD", along="item_categories")
def category_cost(item_cost, listed_category, item_categories):
    """What they come to."""
    return total_where(item_cost, listed_category, item_categories)


category_line = column_of(
    "item_categories", "category_line", "On the bill", "USD", "The line that stands in capex.",
    ("server_cost", "network_cost", "storage_cost", "rack_cost", "software_cost",
     "integration_cost", "spares_kit_cost", "other_item_cost"),
)  # fmt: skip


@line("Line over its items", "ratio", along="item_categories", exact=True)
def category_ratio(category_cost, category_line):
    """1, and 1 where no item costs anything."""
    return where(beyond(category_cost, 0), category_line / category_cost, 1)


@row_check(
    "Line is not its items",
    along="item_categories",
    count=("categories_off", "Categories that are not their items"),
    first=("first_category_off", "First category that is not its items"),
    check=("items_stand_once", "Items stand on the bill once"),
    note="Each category that has items is their sum on the bill, and nothing beside it.",
    says="{count} lines of the bill are given beside their items, the first of category {first}: "
    "keep the line or the items",
)
def category_off(category_ratio):
    """1 where a line of the bill is another amount than its items."""
    return unless(same(category_ratio, 1))


@line("Servers are counted by", "text")
def host_counted_by(server_items, listed_category, listed_per):
    """What the first item of servers is counted by."""
    return where(beyond(server_items, 0), lookup("server", listed_category, listed_per), "none")


@row_check(
    "Server again",
    along="items",
    count=("hosts_again", "Items that are servers again"),
    first=("first_host_again", "First item that is a server again"),
    check=("host_listed_once", "A server is an item once"),
    note="Items of servers are all counted by one thing: the server, the GPU or the rack.",
    says="the host is counted twice, again by {count} of the items of category server, the first: "
    "{first}; keep those counted by one thing, the server or the GPU",
    guards="items",
)
def host_again(listed_category, listed_per, host_counted_by):
    """1 where an item of servers is counted by another thing than the first one is."""
    return both(picked(listed_category, "server"), unless(picked(listed_per, host_counted_by)))


@row_check(
    "By an unknown rack",
    along="items",
    count=("unracked_items", "Items by the rack, whose servers are not given"),
    first=("first_unracked_item", "First item by the rack"),
    check=("racks_known", "Racks are counted"),
    note="An item counted by the rack needs the servers in one.",
    says="{count} of the items are counted by the rack, the first: {first}; give servers_per_rack",
    guards="items",
)
def unracked(listed_per, servers_per_rack):
    """1 where an item is counted by the rack, and the servers in one are not given."""
    return both(picked(listed_per, "rack"), missing(servers_per_rack))


@check("A server has one price", guards="items")
def server_priced_once(server_items, known_server_price):
    """The price of a server stands in an item or in an input, not in both."""
    return both(beyond(server_items, 0), defined(known_server_price)), text(
        "the host is counted twice: by {} of the items, of category server, and by a price of a "
        "server of {}; keep one of them",
        shown(server_items, "0"),
        shown(known_server_price, "#,##0"),
    )


@check("A server has a price", guards="items")
def server_is_priced(server_items, known_server_price):
    """An item is of category server, or a price of one is given."""
    return both(same(server_items, 0), missing(known_server_price)), text(
        "no item is of category server, and server_price is not given: add one of them"
    )


@check("The network, two ways", kind=ALERT)
def network_ways_agree(
    network_items, network_by_share, network_counted_cost, network_tolerance_share
):
    """Where no item is network, its count and the share of servers are within the tolerance."""
    most = network_counted_cost * network_tolerance_share
    apart = either(
        beyond(network_by_share - network_counted_cost, most),
        beyond(network_counted_cost - network_by_share, most),
    )
    return both(same(network_items, 0), beyond(network_by_share, 0), apart), text(
        "by share {}, by switches and links {}",
        shown(network_by_share, "#,##0"),
        shown(network_counted_cost, "#,##0"),
    )


@check("Items are the bill", guards="bom_basis")
def items_count(bom_basis):
    """A table of items is in the total: another basis would not read it."""
    return either(picked(bom_basis, "shares"), picked(bom_basis, "server")), text(
        "bom_basis is {}, which leaves the table items out of every total", bom_basis
    )

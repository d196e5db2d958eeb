"""Quotes on the bill of items: what is awarded, what it costs, and a bundle beside the split.

These lines stand in the place of those of the same key that know quotes of servers alone.
"""

from dataclasses import replace

from tco.lines import *
from tco.model.cost import itemised
from tco.model.own import award

SECTION = "bill"
HARDWARE = ("server", "network", "storage", "rack")  # what freight and duty are shares of

listed_unit_price = replace(
    itemised.listed_unit_price, required=False, note="As delivered; a quote that is chosen leads."
)
listed_vendor = Choice(
    "Vendor",
    "choice",
    "Whose quote of it is chosen.",
    options=(("lowest", "the lowest compared price of all that counts"),),
    along="items",
    beside="offered_vendor",
)


_awarded = Heading("Items as quoted")


@line("As quoted, by share", "USD", along="quotes", section="quotes")
def quote_weighted_price(quote_weight, quote_price):
    """Price of one, times its share of the item's order."""
    return quote_weight * quote_price


@line("Is bought as quoted", "flag", along="items")
def item_quoted(quote_weight, offered_item, items):
    """1 where a quote of it is chosen."""
    return where(beyond(total_where(quote_weight, offered_item, items), 0), 1, 0)


@line("Price of one, as it counts", "USD", along="items")
def item_unit_price(item_quoted, quote_weighted_price, offered_item, items, listed_unit_price):
    """Its quote's, or the one that is given."""
    quoted = total_where(quote_weighted_price, offered_item, items)
    return where(picked(item_quoted, 1), quoted, listed_unit_price)


@line("Cost of the item", "USD", along="items")
def item_cost(item_quantity, item_unit_price):
    """All of them, before freight, duty and tax."""
    return item_quantity * item_unit_price


@line("Hardware, if quoted", "USD", along="items")
def item_quoted_hardware(item_quoted, listed_category, item_cost):
    """What bears no share of freight and duty, because its quote has them; else 0."""
    hardware = either(*(picked(listed_category, one) for one in HARDWARE))
    return where(both(hardware, picked(item_quoted, 1)), item_cost, 0)


@row_check(
    "No price",
    along="items",
    count=("unpriced_items", "Items without a price"),
    first=("first_unpriced_item", "First item without a price"),
    check=("items_priced", "Every item has a price"),
    note="A quote of it counts, or its unit_price is given.",
    says="{count} of the items have no unit_price and no quote that counts, the first: {first}; "
    "give unit_price, or a quote that counts",
    guards="items",
)
def unpriced(item_quoted, listed_unit_price):
    """1 where nobody gives a price."""
    return both(picked(item_quoted, 0), missing(listed_unit_price))


@row_check(
    "Called server",
    along="items",
    count=("items_called_server", "Items called server"),
    first=("first_called_server", "First item called server"),
    check=("servers_told_apart", "A quote of server is one of the fleet's"),
    note="A row of that name could not be told from a server of the fleet.",
    says="{count} of the items are called {first}, which in quotes is a server of the fleet: "
    "give the row another name",
    guards="items",
)
def called_server(items):
    """1 where a quote of it would be one of the fleet's servers."""
    return picked(items, "server")


@row_check(
    "Quoted, and none counts",
    along="items",
    count=("items_unawarded", "Items of whose quotes none counts"),
    first=("first_unawarded_item", "First item of whose quotes none counts"),
    check=("item_quotes_count", "Items are bought as quoted"),
    note="Else the price of the row stands, and freight and duty are shares.",
    says="of {count} of the items no quote counts, or none of the vendor named, so unit_price "
    "stands; the first: {first}; see sheet Quotes for why",
    kind=ALERT,
)
def unawarded_item(items, offered_item, item_quoted, listed_vendor):
    """1 where there are quotes of it, or a vendor is named, and none of them is chosen."""
    asked = either(
        beyond(times_listed(items, offered_item), 0), unless(picked(listed_vendor, "lowest"))
    )
    return both(asked, picked(item_quoted, 0))


_bill = Heading("What follows from quotes")


@line("Ordered", "count", along="quotes", section="quotes")
def quote_ordered(quote_weight, quote_quantity):
    """As many of the item as it is awarded."""
    return quote_weight * quote_quantity


@line("Bought as quoted", "USD")
def quoted_cost(quote_ordered, quote_price):
    """Servers and items, before freight, duty and warranty."""
    return dot(quote_ordered, quote_price)


@line("Hardware that is quoted", "USD")
def quoted_hardware_cost(servers, known_server_price, award_stands, item_quoted_hardware):
    """What bears no share of freight and duty, because its quote has them."""
    fleet = servers * known_or(known_server_price, 0)
    return where(picked(award_stands, 1), fleet, 0) + total(item_quoted_hardware)


@part(of="capex", row="freight", label="Freight", note="With its insurance.")
@line("Freight", "USD")
def freight_cost(hardware_cost, quoted_hardware_cost, freight_share, quote_ordered, quote_freight):
    """Of what is quoted as quoted, of other hardware as a share."""
    return (hardware_cost - quoted_hardware_cost) * freight_share + dot(
        quote_ordered, quote_freight
    )


@part(of="capex", row="duty", label="Duty", note="On hardware.")
@line("Duty, paid", "USD")
def duty_cost(hardware_cost, quoted_hardware_cost, duty_rate, quote_ordered, quote_duty):
    """Of what is quoted as quoted, of other hardware by the rate."""
    return (hardware_cost - quoted_hardware_cost) * duty_rate + dot(quote_ordered, quote_duty)


@part(of="capex", row="warranty", label="Warranty", note="Made up to what is required.")
@line("Warranty, paid", "USD")
def warranty_cost(quote_ordered, quote_warranty):
    """Of what is quoted; 0 where no quote counts."""
    return dot(quote_ordered, quote_warranty)


@line("Servers are quoted", "flag")
def servers_quoted(award_stands, item_quoted, listed_category):
    """1 where quotes of servers, or of an item that is one, are chosen."""
    rows = total_where(item_quoted, listed_category, "server")
    return where(either(picked(award_stands, 1), beyond(rows, 0)), 1, 0)


@line("Lead time, quoted or given", "day", section="quotes")
def known_lead_days(servers_quoted, quote_awarded_days, own_lead_days):
    """The longest of what is quoted; and the one given, where no server is quoted."""
    longest = highest(quote_awarded_days)
    return where(picked(servers_quoted, 1), longest, maximum(longest, own_lead_days))


@line("Deposit, quoted or given", "share", section="quotes")
def known_deposit_share(quote_ordered, quote_deposit, capex, quoted_cost, deposit_share):
    """Of capex: on what is quoted as quoted, on the rest as given."""
    return (dot(quote_ordered, quote_deposit) + (capex - quoted_cost) * deposit_share) / capex


@line("Due on delivery, quoted or given", "share", section="quotes")
def known_delivery_share(quote_ordered, quote_delivery, capex, quoted_cost, delivery_share):
    """Of capex: on what is quoted as quoted, on the rest as given."""
    return (dot(quote_ordered, quote_delivery) + (capex - quoted_cost) * delivery_share) / capex


def _of_servers(made: Line) -> Line:
    """A line of the award of servers, by the shares of theirs alone."""
    needs = tuple({"quote_weight": "quote_server_weight"}.get(one, one) for one in made.needs)
    return replace(made, needs=needs, section="quotes")


_servers = Heading("Of the quote of servers")
quoted_server_price = _of_servers(award.quoted_server_price)
quoted_freight = _of_servers(award.quoted_freight)
quoted_duty = _of_servers(award.quoted_duty)
quoted_warranty = _of_servers(award.quoted_warranty)
quoted_deposit = _of_servers(award.quoted_deposit)
quoted_delivery = _of_servers(award.quoted_delivery)
chosen_warranty_years = _of_servers(award.chosen_warranty_years)
chosen_useful_price = _of_servers(award.chosen_useful_price)

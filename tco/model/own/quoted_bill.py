"""Quotes on the bill of items: what is awarded, what it costs, and a bundle beside the split.

These lines stand in the place of those of the same key that know quotes of servers alone.
"""

from dataclasses import replace
from typing import Any

from tco.lines import *
from tco.model.cost import itemised
from tco.model.own import award

SECTION = "bill"
HARDWARE = ("server", "network", "storage", "rack")  # what freight and duty are shares of

listed_unit_price = replace(
    itemised.listed_unit_price, required=False, note="As delivered; a quote that is chosen leads."
)
listed_vendor = Choice(
    "Vendor of the item",
    "choice",
    "Whose quote of it is chosen.",
    options=(("lowest", "the lowest compared price of all that counts"),),
    along="items",
    beside="offered_vendor",
)


_awarded = Heading("Of one of the item, by its share of the award")


def _weighted(key: str, label: str, column: str) -> Line:
    """A quote's amount for one, by its share of its item's order."""

    def rule(weight: Any, amount: Any) -> Any:
        return weight * amount

    return Line(key, f"{label}, by share", "USD", rule, "0 for what is not awarded.",
                ("quote_weight", column), "quotes", section="quotes")  # fmt: skip


quote_share_price = _weighted("quote_share_price", "Price", "quote_price")
quote_share_freight = _weighted("quote_share_freight", "Freight", "quote_freight")
quote_share_duty = _weighted("quote_share_duty", "Duty", "quote_duty")
quote_share_warranty = _weighted("quote_share_warranty", "Warranty", "quote_warranty")
quote_share_deposit = _weighted("quote_share_deposit", "Deposit", "quote_deposit")
quote_share_delivery = _weighted("quote_share_delivery", "On delivery", "quote_delivery")


_items = Heading("Items as quoted")


@line("Quotes it is bought by", "count", along="items")
def item_quoted(quote_weight, offered_item, items):
    """1 where one is chosen, or several share it; else 0."""
    return where(beyond(total_where(quote_weight, offered_item, items), 0), 1, 0)


def _of_item(key: str, label: str, column: str) -> Line:
    """What one of the item is quoted at; 0 where it is not."""

    def rule(amounts: Any, offered: Any, names: Any) -> Any:
        return total_where(amounts, offered, names)

    return Line(key, f"{label}, as quoted", "USD", rule, "Of one; 0 where no quote is chosen.",
                (column, "offered_item", "items"), "items")  # fmt: skip


item_quoted_price = _of_item("item_quoted_price", "Price", "quote_share_price")
item_freight = _of_item("item_freight", "Freight", "quote_share_freight")
item_duty = _of_item("item_duty", "Duty", "quote_share_duty")
item_warranty = _of_item("item_warranty", "Warranty", "quote_share_warranty")
item_deposit = _of_item("item_deposit", "Deposit", "quote_share_deposit")
item_delivery = _of_item("item_delivery", "On delivery", "quote_share_delivery")


@line("Price of one, as it counts", "USD", along="items")
def item_unit_price(item_quoted, item_quoted_price, listed_unit_price):
    """Its quote's, or the one that is given."""
    return where(picked(item_quoted, 1), item_quoted_price, listed_unit_price)


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
    return either(*(picked(items, name) for name in ("server", "Server", "SERVER")))


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


@line("Price of a server, if given", "USD/server")
def given_server_price(server_price):
    """Where nobody gives it, it is an item, or nothing."""
    return where(defined(server_price), server_price, undefined("no price of a server"))


@line("Price of a server, quoted or given", "USD/server")
def known_server_price(quoted_server_price, given_server_price):
    """The quote that is chosen leads."""
    return known_or(quoted_server_price, given_server_price)


@line("Servers, as quoted", "USD")
def quoted_servers_cost(servers, quoted_server_price):
    """0 where none of their quotes counts."""
    return servers * known_or(quoted_server_price, 0)


@line("Bought as quoted", "USD")
def quoted_cost(quoted_servers_cost, item_quantity, item_quoted_price):
    """Servers and items, before freight, duty and warranty."""
    return quoted_servers_cost + dot(item_quantity, item_quoted_price)


@line("Hardware that is quoted", "USD")
def quoted_hardware_cost(quoted_servers_cost, item_quoted_hardware):
    """What bears no share of freight and duty, because its quote has them."""
    return quoted_servers_cost + total(item_quoted_hardware)


@part(of="capex", row="freight", label="Freight", note="With its insurance.")
@line("Freight", "USD")
def freight_cost(
    hardware_cost, quoted_hardware_cost, freight_share, servers, quoted_freight, item_quantity,
    item_freight,
):  # fmt: skip
    """Of what is quoted as quoted, of other hardware as a share."""
    quoted = servers * known_or(quoted_freight, 0) + dot(item_quantity, item_freight)
    return (hardware_cost - quoted_hardware_cost) * freight_share + quoted


@part(of="capex", row="duty", label="Duty", note="On hardware.")
@line("Duty, paid", "USD")
def duty_cost(
    hardware_cost, quoted_hardware_cost, duty_rate, servers, quoted_duty, item_quantity, item_duty
):
    """Of what is quoted as quoted, of other hardware by the rate."""
    quoted = servers * known_or(quoted_duty, 0) + dot(item_quantity, item_duty)
    return (hardware_cost - quoted_hardware_cost) * duty_rate + quoted


@part(of="capex", row="warranty", label="Warranty", note="Made up to what is required.")
@line("Warranty, paid", "USD")
def warranty_cost(servers, quoted_warranty, item_quantity, item_warranty):
    """Of what is quoted; 0 where no quote counts."""
    return servers * known_or(quoted_warranty, 0) + dot(item_quantity, item_warranty)


@line("Servers are quoted", "flag")
def servers_quoted(award_stands, item_quoted, listed_category):
    """1 where quotes of servers, or of an item that is one, are chosen."""
    rows = total_where(item_quoted, listed_category, "server")
    return where(either(picked(award_stands, 1), beyond(rows, 0)), 1, 0)


@line("Longest lead time of what is awarded", "day", section="quotes")
def awarded_lead_days(quote_awarded_days):
    """0 where nothing is."""
    return highest(quote_awarded_days)


@line("Lead time, quoted or given", "day", section="quotes")
def known_lead_days(servers_quoted, awarded_lead_days, own_lead_days):
    """The longest of what is quoted; and the one given, where no server is quoted."""
    both_ = maximum(awarded_lead_days, own_lead_days)
    return where(picked(servers_quoted, 1), awarded_lead_days, both_)


@line("Deposit, quoted or given", "share", section="quotes")
def known_deposit_share(
    servers, quoted_deposit, item_quantity, item_deposit, capex, quoted_cost, deposit_share
):
    """Of capex: on what is quoted as quoted, on the rest as given."""
    quoted = servers * known_or(quoted_deposit, 0) + dot(item_quantity, item_deposit)
    return (quoted + (capex - quoted_cost) * deposit_share) / capex


@line("Due on delivery, quoted or given", "share", section="quotes")
def known_delivery_share(
    servers, quoted_delivery, item_quantity, item_delivery, capex, quoted_cost, delivery_share
):
    """Of capex: on what is quoted as quoted, on the rest as given."""
    quoted = servers * known_or(quoted_delivery, 0) + dot(item_quantity, item_delivery)
    return (quoted + (capex - quoted_cost) * delivery_share) / capex


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

"""Quotes of items: a row of the bill is bought as quoted, each item of the vendor chosen for it.

These lines stand in the place of those of the same key that know quotes of servers alone.
"""

from dataclasses import replace

from tco.lines import *
from tco.model.own import award, quotes

SECTION = "quotes"
LESS = ("OFFERS",)  # which name the vendor alone
FRONT = replace(
    award.OFFERS,
    excerpts=(
        replace(
            award.OFFERS.excerpts[0], title="Quotes: what vendors ask for one",
            names="quote_series",
        ),
    ),
)  # fmt: skip

offered_item = replace(
    quotes.offered_item,
    label="Item offered",
    beside="listed_item",
    note="A server, or a row of the table of items.",
)
offered_min_quantity = replace(quotes.offered_min_quantity, unit="count")
offered_power_kw = replace(
    quotes.offered_power_kw, above=None, least=0, note="Nameplate; 0 for what draws none."
)


_items = Heading("Which item, and how many of it")


@line("Is of servers", "flag", along="quotes")
def quote_of_servers(offered_item):
    """1 for a server of the fleet, 0 for a row of the items."""
    return where(picked(offered_item, "server"), 1, 0)


@line("Needed of the item", "count", along="quotes")
def quote_quantity(quote_of_servers, item_bases, base_number, item_quantity, items, offered_item):
    """Servers of the fleet, or as many as the bill has of that row."""
    fleet = lookup("server", item_bases, base_number)
    return where(
        picked(quote_of_servers, 1), fleet, total_where(item_quantity, items, offered_item)
    )


@line("Category of the item", "text", along="quotes")
def quote_category(quote_of_servers, offered_item, items, listed_category):
    """The line of the bill that it is in."""
    found = lookup(offered_item, items, listed_category)
    return where(picked(quote_of_servers, 1), "server", found)


@line("Vendor wanted for it", "text", along="quotes")
def quote_wanted_vendor(quote_of_servers, server_vendor, offered_item, items, listed_vendor):
    """The one named for that item, or the lowest."""
    named_ = lookup(offered_item, items, listed_vendor)
    return where(picked(quote_of_servers, 1), server_vendor, named_)


@line("Break of quantity that is reached", "count", along="quotes")
def quote_reached(quote_open, offered_min_quantity, quote_quantity):
    """0 where it is not open, or beyond what is bought."""
    reached = both(picked(quote_open, 1), at_most(offered_min_quantity, quote_quantity))
    return where(reached, offered_min_quantity, 0)


@line("Highest break of its series", "count", along="quotes")
def quote_break(quote_reached, quote_series):
    """Among the rows of that vendor, item and alternate."""
    return highest_where(quote_reached, quote_series, quote_series)


@line("State", "count", along="quotes")
def quote_state(
    quote_superseded, offered_complies, quote_days_left, quote_days_late, offered_min_quantity,
    quote_quantity, quote_counts, quote_awarded,
):  # fmt: skip
    """0 chosen, 1 counts, 2 another break, 3 few, 4 late, 5 expired, 6 unfit, 7 superseded."""
    open_ = 2 - quote_counts
    unfit = where(picked(offered_complies, "no"), 6, open_)
    expired = where(below(quote_days_left, 0), 5, open_)
    late = where(beyond(quote_days_late, 0), 4, open_)
    few = where(beyond(offered_min_quantity, quote_quantity), 3, open_)
    superseded = quote_superseded * 7
    return (1 - quote_awarded) * maximum(superseded, unfit, expired, late, few)


_lowest = Heading("The lowest of each item")


@line("May be chosen", "flag", along="quotes")
def quote_choosable(quote_counts, offered_vendor, quote_wanted_vendor):
    """1 for what counts, of the vendor that is named for the item or of any."""
    any_ = picked(quote_wanted_vendor, "lowest")
    wanted = either(any_, picked(offered_vendor, quote_wanted_vendor))
    return where(both(picked(quote_counts, 1), wanted), 1, 0)


@line("Compared price, else the highest", "USD", along="quotes")
def quote_choice_price(quote_choosable, quote_compared_price):
    """Of what may not be chosen, the highest of all: no lowest is below that of another."""
    return where(picked(quote_choosable, 1), quote_compared_price, highest(quote_compared_price))


@line("Lowest of its item", "USD", along="quotes")
def quote_item_price(quote_choice_price, offered_item):
    """Of what may be chosen."""
    return lowest_where(quote_choice_price, offered_item, offered_item)


@line("Has the lowest", "flag", along="quotes")
def quote_level(quote_choosable, quote_compared_price, quote_item_price):
    """1 for the lowest compared price of its item, more than once where several are level."""
    level = same(quote_compared_price, quote_item_price)
    return where(both(picked(quote_choosable, 1), level), 1, 0)


@line("Price of those level, else the highest", "USD", along="quotes")
def quote_level_price(quote_level, quote_price):
    """Before freight, duty, warranty, terms, power and space."""
    return where(picked(quote_level, 1), quote_price, highest(quote_price))


@line("Cheapest of those level", "flag", along="quotes")
def quote_cheapest(quote_level, quote_price, quote_level_price, offered_item):
    """1 for the lower price before freight, duty, warranty, terms, power and space."""
    cheapest = same(quote_price, lowest_where(quote_level_price, offered_item, offered_item))
    return where(both(picked(quote_level, 1), cheapest), 1, 0)


@line("Place by name", "count", along="quotes")
def quote_place(quote_cheapest, offered_price, offered_item, offered_vendor, quote_alternate_name):
    """By vendor, then by alternate, where several of the item are level on both prices; else 0."""
    vendors = times_before(offered_vendor, offered_vendor) * counted(offered_price)
    place = vendors + times_before(quote_alternate_name, quote_alternate_name)
    level = total_where(quote_cheapest, offered_item, offered_item)
    return where(beyond(level, 1), place, 0)


@line("Place of those level on both, else the last", "count", along="quotes")
def quote_level_place(quote_cheapest, quote_place):
    """By name."""
    return where(picked(quote_cheapest, 1), quote_place, highest(quote_place))


@line("Is chosen", "flag", along="quotes")
def quote_chosen(quote_cheapest, quote_place, quote_level_place, offered_item):
    """1 for the lowest of its item; where several are level the lower price, then the name."""
    first = same(quote_place, lowest_where(quote_level_place, offered_item, offered_item))
    return where(both(picked(quote_cheapest, 1), first), 1, 0)


@line("More than the chosen", "USD", along="quotes")
def quote_more(quote_counts, quote_chosen, offered_item, quote_compared_price, quote_item_price):
    """Compared price against that of its item's choice; a dash where one does not count."""
    found = total_where(quote_chosen, offered_item, offered_item)
    more = difference(quote_compared_price, quote_item_price)
    return where(both(picked(quote_counts, 1), beyond(found, 0)), more, undefined("–"))


@line("For the useful work, of servers that count", "USD", along="quotes")
def quote_useful_counting(quote_counts, quote_of_servers, quote_useful_price):
    """A dash for the others."""
    server = both(picked(quote_counts, 1), picked(quote_of_servers, 1))
    return where(server, quote_useful_price, undefined("–"))


@line("Delay, beyond damages", "USD", along="quotes")
def quote_delay_cost(bridge_cost, quote_damages, quote_of_servers):
    """Rent that bridges the delay of a server less what is owed for it; a dash for the others."""
    beyond_damages = maximum(bridge_cost - quote_damages, 0)
    known = both(defined(bridge_cost), picked(quote_of_servers, 1))
    return where(known, beyond_damages, undefined("–"))


_chosen = Heading("How the quote of servers is chosen")


@line("Quotes of servers", "count")
def server_quotes(quote_of_servers):
    """Whether they count or not."""
    return total(quote_of_servers)


@line("Is chosen for servers", "flag", along="quotes")
def quote_server_chosen(quote_chosen, quote_of_servers):
    """1 for the quote of a server that is chosen."""
    return quote_chosen * quote_of_servers


@line("Share of the servers", "share", along="quotes")
def quote_server_weight(quote_weight, quote_of_servers):
    """0 for a row of the items."""
    return quote_weight * quote_of_servers


@line("Lowest compared price", "USD")
def best_compared_price(quotes_chosen, quote_server_chosen, quote_compared_price):
    """Of a server that may be chosen."""
    found = lookup(1, quote_server_chosen, quote_compared_price)
    return where(beyond(quotes_chosen, 0), found, undefined("no quote of a server counts"))


@line("Quotes chosen", "count")
def quotes_chosen(quote_server_chosen):
    """Of servers: 1, or 0 where none counts."""
    return highest(quote_server_chosen)


@line("Quote chosen: its row", "text")
def chosen_quote(quotes_chosen, quote_server_chosen, quotes):
    """Of servers: the lowest compared price, or the vendor's that is named."""
    return where(beyond(quotes_chosen, 0), lookup(1, quote_server_chosen, quotes), "none")


@line("The award of servers stands", "flag")
def award_stands(quote_server_weight):
    """1 where all of them are awarded to quotes that count."""
    return where(same(total(quote_server_weight), 1), 1, 0)


@row_check(
    "A server without power",
    along="quotes",
    count=("powerless_servers", "Servers quoted without power"),
    first=("first_powerless_server", "First server quoted without power"),
    check=("servers_draw_power", "A server draws power"),
    note="Only an item that draws none has 0 kW.",
    says="power_kw is 0 in {count} quotes of a server, the first {first}",
)
def powerless_server(quote_category, offered_power_kw, quote_series):
    """1 where a server would draw nothing."""
    return both(picked(quote_category, "server"), at_most(offered_power_kw, 0)), quote_series


@check("The choice is a quote that counts", kind=ALERT)
def choice_counts(server_quotes, award_stands, server_vendor):
    """Where servers are quoted; else the price given stands, and freight and duty are shares."""
    return both(beyond(server_quotes, 0), picked(award_stands, 0)), text(
        "no quote of a server counts (server_vendor: {}): see sheet Quotes for why", server_vendor
    )

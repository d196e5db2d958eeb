"""Split, by item: servers by the table of awards, each other item to the quote chosen for it."""

from tco.lines import *

SECTION = "quotes"


@line("Quote chosen: vendor", "text")
def chosen_vendor(
    award_basis, quotes_chosen, quote_server_chosen, offered_vendor, awards_total_share
):
    """Who offers servers, or that several do."""
    found = lookup(1, quote_server_chosen, offered_vendor)
    alone = where(beyond(quotes_chosen, 0), found, "none")
    several = text("several vendors, {} of the order", shown(awards_total_share, "0%"))
    return chosen(award_basis, split=several, single=alone)


@line("Break reached by its share", "count", along="quotes")
def quote_split_reached(quote_open, offered_min_quantity, quote_split_share, quote_quantity):
    """0 where it is not open, or beyond what its vendor is awarded."""
    most = quote_split_share * quote_quantity
    reached = both(picked(quote_open, 1), at_most(offered_min_quantity, most))
    return where(reached, offered_min_quantity, 0)


@line("All to the quote chosen for it", "share", along="quotes")
def quote_alone_weight(quote_chosen, offered_item):
    """Evenly where one stands twice."""
    return quote_chosen / maximum(total_where(quote_chosen, offered_item, offered_item), 1)


@line("Share of the award", "share", along="quotes")
def quote_weight(award_basis, quote_split_weight, quote_alone_weight, quote_of_servers):
    """Of servers by the table, or all to the quote chosen; of another item the latter."""
    servers = chosen(award_basis, split=quote_split_weight, single=quote_alone_weight)
    return where(picked(quote_of_servers, 1), servers, quote_alone_weight)

"""Split, by item: each item by the table of awards where it has a share, else to its quote chosen.

These lines stand in the place of those of the same key that know awards of servers alone.
"""

from dataclasses import replace

from tco.lines import *
from tco.model.own import split

SECTION = "quotes"
LESS = ("awards_add_up",)  # of all shares together: here each item's add to 1

awarded_item = replace(
    split.awarded_item, beside="listed_item", note="A server, or a row of the table of items."
)


_shares = Heading("Who gets how much of which item")


@line("Is of servers: award", "flag", along="awards")
def awarded_of_servers(awarded_item):
    """1 for a server of the fleet, 0 for a row of the items."""
    return where(picked(awarded_item, "server"), 1, 0)


@line("Awarded of the item", "count", along="awards")
def awarded_servers(
    awarded_share, awarded_of_servers, item_bases, base_number, item_quantity, items, awarded_item
):
    """By which each vendor's break of quantity counts."""
    fleet = lookup("server", item_bases, base_number)
    listed_ = total_where(item_quantity, items, awarded_item)
    return awarded_share * where(picked(awarded_of_servers, 1), fleet, listed_)


@line("Shares of its item", "share", along="awards")
def awarded_item_share(awarded_share, awarded_item):
    """1 where all of the item is awarded."""
    return total_where(awarded_share, awarded_item, awarded_item)


@row_check(
    "Does not add up",
    along="awards",
    count=("awards_uneven", "Awards whose item is not awarded whole"),
    first=("first_award_uneven", "First award whose item is not awarded whole"),
    check=("item_awards_add_up", "Shares of each item add to 1"),
    note="All of an item is awarded, and once.",
    says="the shares of {count} awards do not add to 1 for their item; the first is {first}",
)
def award_uneven(awarded_item_share, awarded_series):
    """1 where the shares of its item do not add to 1."""
    return unless(same(awarded_item_share, 1)), awarded_series


@line("Shares of the servers awarded", "share")
def awards_total_share(awarded_share, awarded_of_servers):
    """1 where all of them are in the table, 0 where it has none."""
    return dot(awarded_share, awarded_of_servers)


_whole = Heading("Awards as a whole")


@line("All to the quotes chosen", "USD")
def single_award_cost(quote_alone_ordered, quote_compared_price):
    """Of the items in the table of awards, each at its chosen quote's compared price."""
    return dot(quote_alone_ordered, quote_compared_price)


@line("Split as awarded", "USD")
def split_award_cost(quote_split_ordered, quote_compared_price):
    """Each share at the compared price of its break."""
    return dot(quote_split_ordered, quote_compared_price)


@line("Splitting costs more", "USD")
def split_premium(split_award_cost, single_award_cost):
    """Against all to the quotes chosen; below 0 it is cheaper."""
    return difference(split_award_cost, single_award_cost)


@line("Servers go to", "count")
def servers_awarded(award_basis, awards_total_share, quotes_chosen):
    """2 several vendors, by the table; 1 the quote that is chosen; 0 nobody."""
    by_table = where(beyond(awards_total_share, 0), 2, quotes_chosen)
    return chosen(award_basis, split=by_table, single=quotes_chosen)


@line("Quote chosen: vendor", "text")
def chosen_vendor(servers_awarded, quote_server_chosen, offered_vendor, awards_total_share):
    """Who offers servers, or that several do."""
    found = lookup(1, quote_server_chosen, offered_vendor)
    several = text("several vendors, {} of the order", shown(awards_total_share, "0%"))
    return numbered(servers_awarded, "none", found, several)


_split = Heading("What each quote is awarded")


@line("Its item is in the table", "flag", along="quotes")
def quote_item_awarded(awarded_share, awarded_item, offered_item):
    """1 where the table of awards has a share of it."""
    return where(beyond(total_where(awarded_share, awarded_item, offered_item), 0), 1, 0)


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


@line("Ordered, by the table", "count", along="quotes")
def quote_split_ordered(quote_split_weight, quote_quantity):
    """As many of the item as the table of awards gives it."""
    return quote_split_weight * quote_quantity


@line("Ordered, if chosen", "count", along="quotes")
def quote_alone_ordered(quote_item_awarded, quote_alone_weight, quote_quantity):
    """As many of an item of the table as the quote that is chosen would get."""
    return quote_item_awarded * quote_alone_weight * quote_quantity


@line("By the table, or alone", "share", along="quotes")
def quote_shared_weight(quote_item_awarded, quote_split_weight, quote_alone_weight):
    """By the table of awards where it has the item, else to the quote chosen."""
    return where(picked(quote_item_awarded, 1), quote_split_weight, quote_alone_weight)


@line("Share of the award", "share", along="quotes")
def quote_weight(award_basis, quote_shared_weight, quote_alone_weight):
    """Of its item."""
    return chosen(award_basis, split=quote_shared_weight, single=quote_alone_weight)

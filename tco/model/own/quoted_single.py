"""Single, by item: all of each item to the quote that is chosen for it."""

from tco.lines import *

SECTION = "quotes"


@line("Share of the award", "share", along="quotes")
def quote_weight(quote_chosen, offered_item):
    """All of the item to its quote chosen; evenly where one stands twice."""
    alike = total_where(quote_chosen, offered_item, offered_item)
    return where(picked(quote_chosen, 1), 1 / maximum(alike, 1), 0)


@line("Quote chosen: vendor", "text")
def chosen_vendor(quotes_chosen, quote_server_chosen, offered_vendor):
    """Who offers servers."""
    return where(beyond(quotes_chosen, 0), lookup(1, quote_server_chosen, offered_vendor), "none")

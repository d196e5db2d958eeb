"""Single: the whole fleet is awarded to the quote that is chosen."""

from tco.lines import *

SECTION = "quotes"


@line("Share of the award", "share", along="quotes")
def quote_weight(quote_chosen):
    """All of it to the quote chosen; evenly where one stands twice."""
    return where(picked(quote_chosen, 1), 1 / maximum(total(quote_chosen), 1), 0)


@line("Quote chosen: vendor", "text")
def chosen_vendor(quotes_chosen, quote_chosen, offered_vendor):
    """Who offers it."""
    return where(beyond(quotes_chosen, 0), lookup(1, quote_chosen, offered_vendor), "none")

"""What a verdict waits for where the bill is a table of items: each has a price, or stops it."""

from tco.lines import *

SECTION = "corners"
NO_DATE = "–"


@line("Price of servers: not given", "flag")
def servers_missing(server_unit_price):
    """0 where servers are items, whose rows say what they cost, or one has a price."""
    return where(defined(server_unit_price), 0, 1)


@line("Servers: source", "text", section="bill")
def server_evidence_source(server_items, listed_servers_source, known_server_source):
    """Of the dearest item, or of the price of a server."""
    return where(beyond(server_items, 0), listed_servers_source, known_server_source)


@line("Servers: date", "date", section="bill")
def server_evidence_date(server_items, known_server_date):
    """Of the price of a server; items have a date each, in their table."""
    return where(beyond(server_items, 0), NO_DATE, known_server_date)


@line("A server at the least", "USD/server", section="bill")
def server_evidence_low(server_items, known_server_low):
    """Items have no range of their own."""
    given = both(same(server_items, 0), defined(known_server_low))
    return where(given, known_server_low, undefined("no range"))


@line("A server at the most", "USD/server", section="bill")
def server_evidence_high(server_items, known_server_high):
    """Items have no range of their own."""
    given = both(same(server_items, 0), defined(known_server_high))
    return where(given, known_server_high, undefined("no range"))

"""What a verdict waits for where the bill is a table of items: each has a price, or stops it."""

from tco.lines import *

SECTION = "corners"


@line("Price of servers: not given", "flag")
def servers_missing(server_unit_price):
    """0 where servers are items, whose rows say what they cost, or one has a price."""
    return where(defined(server_unit_price), 0, 1)

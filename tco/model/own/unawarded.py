"""No award: lead time and terms of payment are those given."""

from tco.lines import *

SECTION = "own"


@line("Lead time, given", "day")
def known_lead_days(own_lead_days):
    """From order until what is bought works."""
    return own_lead_days


@line("Deposit, given", "share")
def known_deposit_share(deposit_share):
    """Of capex."""
    return deposit_share


@line("Due on delivery, given", "share")
def known_delivery_share(delivery_share):
    """Of capex."""
    return delivery_share


@line("Price of a server, given: source", "text", section="bill")
def known_server_source(server_price_source):
    """As Inputs has it."""
    return server_price_source


@line("Price of a server, given: date", "date", section="bill")
def known_server_date(server_price_date):
    """As Inputs has it."""
    return server_price_date


@line("Price of a server, given: least", "USD/server", section="bill")
def known_server_low(server_price_low):
    """As Inputs has it."""
    return where(defined(server_price_low), server_price_low, undefined("no range"))


@line("Price of a server, given: most", "USD/server", section="bill")
def known_server_high(server_price_high):
    """As Inputs has it."""
    return where(defined(server_price_high), server_price_high, undefined("no range"))

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

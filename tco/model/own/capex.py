"""Capex: when the bill of the fleet is paid."""

from tco.lines import *
from tco.model.own.driver import Driver

SECTION = "own"
PAGE = Page(
    "What owning the fleet costs over the years; costs are positive, cash flows negative when paid",
    totals=("capex", "npv_own", "npv_own_after_tax"),
    inputs="Ownership over years",
    place=70,
)

deposit_share = Given(
    "Deposit with the order", "share", least=0, most=1, note="Of capex; paid at signing."
)


delivery_share = Given(
    "Due on delivery",
    "share",
    least=0,
    most=1,
    note="Of capex; what is left is due on acceptance. All fall into year 0.",
)


SERVER_DRIVER = Driver(
    "server_price", "Price of a server, and what follows", 5, "USD/server", "#,##0", tried=1e5,
    base="server_unit_price", moves=("server_unit_price",), evidence="server_evidence",
)  # fmt: skip


_instalments = Heading("When capex is paid")


@line("of which deposit with the order", "USD", inside=True)
def deposit_cost(capex, known_deposit_share):
    """Paid at signing."""
    return capex * known_deposit_share


@line("of which due on delivery", "USD", inside=True)
def delivery_cost(capex, known_delivery_share):
    """Paid when the servers arrive."""
    return capex * known_delivery_share


@line("of which due on acceptance", "USD", inside=True)
def acceptance_cost(capex, deposit_cost, delivery_cost):
    """What is left, paid when they work."""
    return rounded(capex - deposit_cost - delivery_cost)

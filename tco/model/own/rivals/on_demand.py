"""On demand: the hours used, at the price of the day, without a commitment."""

from tco.lines import *
from tco.model.own.driver import Driver
from tco.model.own.rival import Rival

SECTION, INPUTS = "contracts", "own"
RIVAL = Rival(
    key="on_demand",
    label="On demand",
    place=2,
    name="Rent on demand",
    note="Paid for the hours used.",
    words="on-demand rent",
    lead="on_demand_lead_days",
    billed="utilization",
    price="on_demand_price",
)
DRIVER = Driver(
    "on_demand_price", "Price on demand", 2, "USD/GPU-h", "0.000", note="Of overage and bursts too."
)


on_demand_lead_days = Given("Lead time on demand", "day", least=0, note="To working.")


_on_demand = Heading("On demand")


@line("On demand is offered", "flag")
def on_demand_available(on_demand_price):
    """1 where there is a price."""
    return where(defined(on_demand_price), 1, 0)


@line("On-demand rate", "USD/GPU-h")
def on_demand_rate(on_demand_price, rent_addon_applied):
    """The list price with add-ons."""
    return where(
        defined(on_demand_price),
        on_demand_price * (1 + rent_addon_applied),
        undefined("no price on demand"),
    )


@line("On demand: due", "USD", along=YEARS)
def on_demand_due(utilization, drifting_hours, on_demand_rate, rent_fixed_spend):
    """The hours used, staff and items."""
    return where(
        defined(on_demand_rate),
        utilization * drifting_hours * on_demand_rate + rent_fixed_spend,
        undefined("–"),
    )


@line("On demand: paid ahead", "USD", along=YEARS)
def on_demand_ahead(rent_setup_spend):
    """Setting up."""
    return rent_setup_spend

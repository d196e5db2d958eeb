"""Spot: capacity that can be taken away, whose lost hours are paid again."""

from tco.lines import *
from tco.model.own.driver import Driver
from tco.model.own.rival import Rival

SECTION, INPUTS = "contracts", "own"
RIVAL = Rival(
    key="spot",
    label="Spot",
    place=3,
    name="Rent on spot",
    note="Can be taken away; lost hours are paid again.",
    words="spot rent",
    lead="spot_lead_days",
    billed="spot_billed_share",
    price="spot_price",
    job_days="spot_job_days",
    assured="spot_assured",
)
DRIVER = Driver("spot_price", "Price on spot", 3, "USD/GPU-h", "0.000")


spot_assured = Choice(
    "Spot can be had for years",
    "flag",
    options=((0, "no: shown, not ranked"), (1, "yes: ranked like the others")),
    note="Spot capacity is promised by nobody; a fleet of spot is no rival unless you say so.",
)


spot_lead_days = Given("Lead time on spot", "day", least=0, note="To working.")


_spot = Heading("Spot")


@line("Spot is offered", "flag")
def spot_available(spot_price, spot_lost_share):
    """1 where there is a price and interruptions leave time to work."""
    return where(both(defined(spot_price), below(spot_lost_share, 1)), 1, 0)


@line("Spot rate per delivered hour", "USD/GPU-h")
def spot_rate(spot_price, rent_addon_applied, spot_lost_share):
    """With add-ons and the hours lost to interruptions."""
    return where(
        both(defined(spot_price), below(spot_lost_share, 1)),
        spot_price * (1 + rent_addon_applied) / (1 - spot_lost_share),
        undefined("no price on spot, or all hours are lost"),
    )


@line("Spot: hours billed", "share")
def spot_billed_share(utilization, spot_lost_share):
    """The hours used and those lost, over capacity."""
    return where(below(spot_lost_share, 1), utilization / (1 - spot_lost_share), 0)


@line("Days of the run on spot", "day")
def spot_job_days(job_days, spot_lost_share):
    """With the time lost to interruptions; where all is lost there is no such offer."""
    return where(below(spot_lost_share, 1), job_days / (1 - spot_lost_share), 0)


@line("Spot: due", "USD", along=YEARS)
def spot_due(utilization, drifting_hours, spot_rate, rent_fixed_spend):
    """The hours used and those lost, staff and items."""
    return where(
        defined(spot_rate),
        utilization * drifting_hours * spot_rate + rent_fixed_spend,
        undefined("–"),
    )


@line("Spot: paid ahead", "USD", along=YEARS)
def spot_ahead(rent_setup_spend):
    """Setting up."""
    return rent_setup_spend

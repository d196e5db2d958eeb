"""Capacity blocks: days that are bought and paid ahead, without cancelling."""

from tco.lines import *
from tco.model.own.driver import Driver
from tco.model.own.rival import Rival

SECTION, INPUTS = "contracts", "own"
RIVAL = Rival(
    key="block",
    label="Capacity block",
    place=4,
    name="Rent capacity blocks",
    note="Days paid ahead, without cancelling.",
    words="capacity blocks",
    lead="block_lead_days",
    billed="utilization",
    price="block_price",
)
DRIVER = Driver("block_price", "Price of capacity blocks", 4, "USD/GPU-h", "0.000")


block_price = Given(
    "Capacity block price", "USD/GPU-h", least=0, money=True, required=False,
    note="For blocks of days that are paid ahead and cannot be cancelled.",
)  # fmt: skip


block_lead_days = Given("Lead time of a block", "day", least=0, note="To working.")


_capacity_block = Heading("Capacity block")


@line("Blocks are offered", "flag")
def block_available(block_price):
    """1 where there is a price."""
    return where(defined(block_price), 1, 0)


@line("Block rate", "USD/GPU-h")
def block_rate(block_price, rent_addon_applied):
    """With add-ons."""
    return where(
        defined(block_price),
        block_price * (1 + rent_addon_applied),
        undefined("no price of capacity blocks"),
    )


@line("Capacity block: due", "USD", along=YEARS)
def block_due(rent_fixed_spend):
    """Staff and items; the hours were paid ahead."""
    return rent_fixed_spend


@line("Capacity block: paid ahead", "USD", along=YEARS)
def block_ahead(
    utilization, fleet_gpus, hours_per_year, period_years, year_ahead, at_start, go_live_fraction,
    rent_growth, year, block_rate, rent_setup_spend,
):  # fmt: skip
    """The next year's hours at its price, when that year begins; and setting up."""
    hours = fleet_gpus * hours_per_year * period_years * (1 - at_start * (1 - go_live_fraction))
    bought = utilization * hours * block_rate * power(1 + rent_growth, year)
    return where(defined(block_rate), bought * year_ahead + rent_setup_spend, undefined("–"))

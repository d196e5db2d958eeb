"""Rents: what every way to rent the same delivered hours has in common."""

from tco.lines import *
from tco.lines.roots import GROWTHS
from tco.model.own.calendar import GROWTH
from tco.model.own.driver import Driver

SECTION, INPUTS = "contracts", "own"
PAGE = Page(
    "What the same hours cost on hired GPUs; costs are positive, cash flows negative when paid",
    totals=("npv_reserved", "npv_on_demand", "npv_spot", "npv_block", "npv_hybrid"),
    place=80,
)


rented_fte = Given("Staff if rented", "FTE", least=0, note="All people who run the rented one.")


rent_growth = Given(
    "Rent growth",
    "share",
    above=-1,
    most=1,
    why=GROWTH,
    note="Yearly drift of rent; a reservation takes the new price when its term ends.",
    example="-5 %",
    off_by="points",
)


rent_addon_basis = Choice(
    "Rental add-ons are",
    "choice",
    options=(("share", "a share of the bill"), ("items", "itemised: storage, egress, support")),
    note="Items replace the share over the years; the run keeps the share.",
)


rent_storage_gb = Given("Rented storage", "GB", least=0, note="Held all year.")


rent_storage_price = Given(
    "Price of rented storage", "USD/GB/month", least=0, money=True, note="Object storage."
)


rent_egress_gb = Given("Egress", "GB/year", least=0, note="Moved out of the cloud in a year.")


rent_egress_price = Given("Price of egress", "USD/GB", least=0, money=True, note="Per GB.")


rent_support_share = Given("Rental support", "share", least=0, most=1, note="Over the GPU bill.")


rent_setup_cost = Given(
    "Setting up at the provider", "USD", least=0, money=True, note="Once, in year 0."
)


GROWTH_DRIVER = Driver(
    "rent_growth", "Rent growth", 12, "share", "0.0%", "Yearly drift of every rent.",
    places=GROWTHS, least=-1, most=1, rate=True,
)  # fmt: skip


_in_every_rented_option = Heading("In every rented option")


@line("Add-ons on the bill", "share")
def rent_addon_applied(rent_addon_basis, rent_addon_share, rent_support_share):
    """The flat share, or support alone where storage and egress are itemised."""
    return chosen(rent_addon_basis, share=rent_addon_share, items=rent_support_share)


@line("Staff, rented", "USD", along=YEARS)
def rented_staff_spend(
    rented_fte, salary, salary_loading, wage_index, contract_years, rented_staff_share
):
    """Everybody who runs the rented cluster, for as much of the year as it is used by runs."""
    yearly = rented_fte * salary * salary_loading * wage_index * contract_years
    return yearly * rented_staff_share


@line("Storage and egress, itemised", "USD", along=YEARS)
def rent_items_spend(
    rent_addon_basis, rent_storage_gb, rent_storage_price, rent_egress_gb, rent_egress_price,
    contract_years,
):  # fmt: skip
    """Where they are itemised; else they are in the add-ons."""
    yearly = rent_storage_gb * rent_storage_price * 12 + rent_egress_gb * rent_egress_price
    return chosen(rent_addon_basis, share=0, items=yearly * contract_years)


@line("Staff and items", "USD", along=YEARS)
def rent_fixed_spend(rented_staff_spend, rent_items_spend):
    """What rented capacity costs beside its hours."""
    return rented_staff_spend + rent_items_spend


@line("Setting up", "USD", along=YEARS)
def rent_setup_spend(rent_setup_cost, at_start):
    """Once, in year 0."""
    return rent_setup_cost * at_start


@line("Staff, items and setting up, worth today", "USD")
def rent_fixed_present(rent_fixed_spend, discount_factor, rent_setup_cost):
    """In every rented option alike."""
    return dot(rent_fixed_spend, discount_factor) + rent_setup_cost


@line("Staff of a year, rented", "USD")
def first_year_rented_staff(rented_staff_spend, first_year):
    """Of year 1."""
    return dot(rented_staff_spend, first_year)


_hours_at_the_price_of_ye = Heading("Hours at the price of year 1")


@line("On-demand hours of the whole fleet", "GPU-h", along=YEARS)
def drifting_hours(capacity_hours, rent_index):
    """Capacity, each hour weighted by what rent has drifted to."""
    return capacity_hours * rent_index


@line("Reserved hours of the whole fleet", "GPU-h", along=YEARS)
def stepped_hours(capacity_hours, reserved_index):
    """Capacity, each hour weighted by the price of its term."""
    return capacity_hours * reserved_index

"""Worth: the cash flow of owning, what it is worth today, and what an hour of it costs."""

from tco.lines import *
from tco.lines.roots import SHARES
from tco.model.own.driver import Driver

SECTION = "own"


demand_shape = Choice(
    "Demand comes as",
    "choice",
    options=(
        ("whole_fleet", "the whole fleet, that share of the time"),
        ("level", "that share of the fleet, all the time"),
    ),
    note="Decides what a reservation smaller than the fleet leaves to on-demand rent.",
)


UTILIZATION_DRIVER = Driver(
    "utilization", "Utilisation", 11, "share", "0.0%", places=SHARES, most=1
)


_cash_flow_before_tax_rec = Heading("Cash flow before tax, received +, paid -")


@line("Own: cash flow", "USD", along=YEARS)
def own_flow(upfront_cost, at_start, opex, exit_proceeds, at_end):
    """The purchase in year 0, running costs, and the exit."""
    return exit_proceeds * at_end - upfront_cost * at_start - opex


@line("Own: present value", "USD", along=YEARS)
def own_present_value(
    upfront_cost, at_start, opex, exit_proceeds, at_end, discount_factor, factor_at_end
):
    """Running costs at their own moment; the purchase and the exit at the year's end."""
    held = (exit_proceeds * at_end - upfront_cost * at_start) * factor_at_end
    return held - opex * discount_factor


@line("Own: exit, worth today", "USD")
def exit_present_value(exit_proceeds, at_end, factor_at_end):
    """Discounted from the end of the horizon."""
    return exit_proceeds * dot(at_end, factor_at_end)


@line("NPV of owning", "USD")
def npv_own(upfront_cost, opex, discount_factor, exit_present_value):
    """Before tax: the purchase, the running costs at their factors, and the exit."""
    return exit_present_value - upfront_cost - dot(opex, discount_factor)


@line("Equivalent annual cost of owning", "USD")
def eac_own(npv_own, annuity):
    """The level yearly payment that is worth as much."""
    return -npv_own / annuity


_per_gpu_hour = Heading("Per GPU-hour")


@line("Capacity", "GPU-h", along=YEARS)
def capacity_hours(fleet_gpus, operating_hours):
    """Every GPU, every hour in operation."""
    return fleet_gpus * operating_hours


@line("Capacity, discounted", "GPU-h")
def capacity_hours_present(capacity_hours, discount_factor):
    """Hours are discounted as their costs are."""
    return dot(capacity_hours, discount_factor)


@line("Own, per GPU-hour of capacity", "USD/GPU-h")
def own_cost_per_gpu_hour(npv_own, capacity_hours_present):
    """Levelised: the discounted cost over the discounted hours, busy or idle."""
    return -npv_own / capacity_hours_present


@line("Own, per GPU-hour delivered", "USD/GPU-h")
def own_cost_per_gpu_hour_delivered(own_cost_per_gpu_hour, utilization):
    """Over the hours that do paid work."""
    return where(
        beyond(utilization, 0), own_cost_per_gpu_hour / utilization, undefined("no hour is used")
    )

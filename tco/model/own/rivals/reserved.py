"""Reserved: a part of the fleet for a term, paid whether used or not; the rest on demand."""

from tco.lines import *
from tco.model.own.driver import Driver
from tco.model.own.reserving import left_over
from tco.model.own.rival import Rival

SECTION, INPUTS = "contracts", "own"
RIVAL = Rival(
    key="reserved",
    label="Reserved",
    place=1,
    name="Rent reserved, take-or-pay",
    note="Paid whether used or not; overage on demand.",
    words="a reservation",
    lead="reserved_lead_days",
    billed="reserved_billed_share",
    price="reserved_price",
    bound="reserved_obligation",
)
DRIVER = Driver(
    "reserved_price",
    "Price of a reservation",
    1,
    "USD/GPU-h",
    "0.000",
    note="Of a reserved base too.",
)


reserved_share = Given(
    "Reserved share",
    "share",
    least=0,
    most=1,
    note="Part of the fleet that is reserved.",
    example="75 %",
    off_by="nothing",
)


prepay_share = Given(
    "Prepaid share",
    "share",
    least=0,
    most=1,
    note="Of each term, paid when the term begins.",
    off_by="nothing",
)


reserved_lead_days = Given("Lead time if reserved", "day", least=0, note="To working.")


_reserved = Heading("Reserved")


@line("Reserved is offered", "flag")
def reserved_available(reserved_price, overage_share, on_demand_available):
    """1 where there is a price, and one on demand for what the reservation leaves over."""
    served = either(same(overage_share, 0), picked(on_demand_available, 1))
    return where(both(defined(reserved_price), served), 1, 0)


@line("Reserved rate", "USD/GPU-h")
def reserved_rate(reserved_price, rent_addon_applied):
    """With add-ons."""
    return where(
        defined(reserved_price),
        reserved_price * (1 + rent_addon_applied),
        undefined("no price of a reservation"),
    )


@line("Overage", "share")
def overage_share(demand_shape, utilization, reserved_share):
    """Hours beyond the reservation, over capacity: rented on demand."""
    return left_over(demand_shape, utilization, reserved_share)


@line("Reserved but idle", "share")
def reserved_idle_share(demand_shape, utilization, reserved_share):
    """Reserved hours that do no paid work, over capacity."""
    return chosen(
        demand_shape,
        whole_fleet=reserved_share * (1 - utilization),
        level=maximum(reserved_share - utilization, 0),
    )


@line("Reserved: hours billed", "share")
def reserved_billed_share(reserved_share, overage_share):
    """The reservation and its overage, over capacity."""
    return reserved_share + overage_share


@line("Reserved hours of the term that begins", "GPU-h", along=YEARS)
def stepped_hours_ahead(
    stepped_hours, reserved_term, reserved_term_begins, year, reserved_term_years
):
    """Of the whole term, cut at the horizon: what a prepayment is a share of."""
    return reserved_term_begins * total_where(
        stepped_hours, reserved_term, year / reserved_term_years + 1
    )


@line("Rate of an overage hour", "USD/GPU-h")
def overage_rate(overage_share, on_demand_rate):
    """The rate on demand; 0 where the reservation leaves nothing over."""
    return where(beyond(overage_share, 0), on_demand_rate, 0)


@line("Reserved: overage", "USD", along=YEARS)
def overage_spend(overage_share, drifting_hours, overage_rate):
    """Hours beyond the reservation, on demand."""
    return where(
        defined(overage_rate), overage_share * drifting_hours * overage_rate, undefined("–")
    )


@line("Reserved: due", "USD", along=YEARS)
def reserved_due(
    reserved_available, reserved_share, stepped_hours, reserved_rate, prepay_share, overage_spend,
    rent_fixed_spend,
):  # fmt: skip
    """Take-or-pay less what was prepaid, overage, staff and items."""
    invoiced = reserved_share * stepped_hours * reserved_rate * (1 - prepay_share)
    return where(
        picked(reserved_available, 1), invoiced + overage_spend + rent_fixed_spend, undefined("–")
    )


@line("Reserved: paid ahead", "USD", along=YEARS)
def reserved_ahead(
    reserved_share, stepped_hours_ahead, reserved_rate, prepay_share, rent_setup_spend
):
    """The prepaid share when a term begins, and setting up."""
    return where(
        defined(reserved_rate),
        reserved_share * stepped_hours_ahead * reserved_rate * prepay_share + rent_setup_spend,
        undefined("–"),
    )


@line("of which paid but idle, over the years", "USD", along=YEARS, inside=True)
def reserved_idle_spend(reserved_idle_share, stepped_hours, reserved_rate):
    """Reserved hours that do no paid work; part of what is due."""
    return where(
        defined(reserved_rate), reserved_idle_share * stepped_hours * reserved_rate, undefined("–")
    )


@line("Obligation at signing, reserved", "USD", guarded=True)
def reserved_obligation(reserved_share, fleet_gpus, reserved_term_hours, reserved_rate):
    """The committed hours of the first term with add-ons."""
    return reserved_share * fleet_gpus * reserved_term_hours * reserved_rate

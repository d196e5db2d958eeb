"""Hybrid: a part of the fleet reserved, the rest on demand when it is needed."""

from tco.lines import *
from tco.model.own.reserving import left_over
from tco.model.own.rival import Rival

SECTION, INPUTS = "contracts", "own"
RIVAL = Rival(
    key="hybrid",
    label="Hybrid",
    place=5,
    name="Rent a base, burst on demand",
    note="A part of the fleet reserved, the rest not.",
    words="a reserved base with bursts",
    lead="hybrid_lead_days",
    billed="hybrid_billed_share",
    price="reserved_price",
    bound="hybrid_obligation",
)


hybrid_base_share = Given(
    "Hybrid: base reserved", "share", least=0, most=1, required=False,
    note="Part of the fleet reserved as a base, bursts on demand: a rival of its own.",
    off_by="nothing",
)  # fmt: skip


_hybrid = Heading("Hybrid")


@line("Hybrid is asked for", "flag")
def hybrid_available(hybrid_base_share, reserved_price, burst_share, on_demand_available):
    """1 where a base is named and can be reserved, and bursts can be had on demand."""
    served = either(same(burst_share, 0), picked(on_demand_available, 1))
    return where(both(defined(hybrid_base_share), defined(reserved_price), served), 1, 0)


@line("Hybrid: base", "share")
def hybrid_base(hybrid_base_share):
    """The base that is named, 0 where none is."""
    return where(defined(hybrid_base_share), hybrid_base_share, 0)


@line("Hybrid: bursts", "share")
def burst_share(demand_shape, utilization, hybrid_base):
    """Hours beyond the base, over capacity: rented on demand."""
    return left_over(demand_shape, utilization, hybrid_base)


@line("Hybrid: hours billed", "share")
def hybrid_billed_share(hybrid_base, burst_share):
    """The base and the bursts, over capacity."""
    return hybrid_base + burst_share


@line("Hybrid: lead time", "day")
def hybrid_lead_days(reserved_lead_days, on_demand_lead_days):
    """The base and the bursts must both be there."""
    return maximum(reserved_lead_days, on_demand_lead_days)


@line("Rate of a bursting hour", "USD/GPU-h")
def burst_rate(burst_share, on_demand_rate):
    """The rate on demand; 0 where the base leaves nothing over."""
    return where(beyond(burst_share, 0), on_demand_rate, 0)


@line("Hybrid: due", "USD", along=YEARS)
def hybrid_due(
    hybrid_available, hybrid_base, stepped_hours, reserved_rate, burst_share, drifting_hours,
    burst_rate, rent_fixed_spend,
):  # fmt: skip
    """The base as take-or-pay, bursts on demand, staff and items."""
    base = hybrid_base * stepped_hours * reserved_rate
    bursts = burst_share * drifting_hours * burst_rate
    return where(picked(hybrid_available, 1), base + bursts + rent_fixed_spend, undefined("–"))


@line("Hybrid: paid ahead", "USD", along=YEARS)
def hybrid_ahead(rent_setup_spend):
    """Setting up."""
    return rent_setup_spend


@line("Obligation at signing, hybrid", "USD", guarded=True)
def hybrid_obligation(hybrid_base, fleet_gpus, reserved_term_hours, reserved_rate):
    """The committed hours of the base's first term with add-ons."""
    return hybrid_base * fleet_gpus * reserved_term_hours * reserved_rate

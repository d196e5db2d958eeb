"""Break-evens: at what price, use or share owning and renting are worth the same."""

from typing import Any

from tco.lines import *
from tco.model.own.reserving import left_over

SECTION = "contracts"


_per_gpu_hour = Heading("Per GPU-hour")


def _per_hour_of(npv: Any, hours: Any, utilization: Any) -> Any:
    """A levelised price over the hours that do paid work."""
    return where(
        both(defined(npv), beyond(utilization, 0)),
        -npv / (hours * utilization),
        undefined("not offered, or no hour is used"),
    )


@line("Reserved, per GPU-hour delivered", "USD/GPU-h")
def reserved_cost_per_gpu_hour_delivered(npv_reserved, capacity_hours_present, utilization):
    """Staff and idle hours included."""
    return _per_hour_of(npv_reserved, capacity_hours_present, utilization)


@line("On demand, per GPU-hour delivered", "USD/GPU-h")
def on_demand_cost_per_gpu_hour_delivered(npv_on_demand, capacity_hours_present, utilization):
    """Staff included."""
    return _per_hour_of(npv_on_demand, capacity_hours_present, utilization)


_is_the_commitment_the_ri = Heading("Is the commitment the right size?")


@line("Right share to reserve", "share", guarded=True)
def right_reserved_share(demand_shape, utilization, reserved_rate, on_demand_rate):
    """Judged at the prices of year 1.

    A level load is reserved whole where a reserved hour costs less. Where the whole fleet is busy
    at once, all of it or nothing is: all where the hours it is busy cost more on demand.
    """
    cheaper = below(reserved_rate, on_demand_rate)
    paying = below(reserved_rate, on_demand_rate * utilization)
    return chosen(
        demand_shape, whole_fleet=where(paying, 1, 0), level=where(cheaper, utilization, 0)
    )


@line("NPV: reserved at the right share", "USD")
def npv_reserved_right(
    npv_reserved, right_reserved_share, reserved_share, stepped_hours, reserved_rate,
    discount_factor, drifting_hours, on_demand_rate, right_overage_share, overage_share,
):  # fmt: skip
    """What the reservation would cost at that share; prepayment apart."""
    less = (reserved_share - right_reserved_share) * reserved_rate
    more = (right_overage_share - overage_share) * on_demand_rate
    return where(
        both(defined(npv_reserved), defined(right_reserved_share)),
        npv_reserved
        + less * dot(stepped_hours, discount_factor)
        - more * dot(drifting_hours, discount_factor),
        undefined("not offered, or no price on demand"),
    )


@line("Overage at the right share", "share", guarded=True)
def right_overage_share(demand_shape, utilization, right_reserved_share):
    """Hours beyond that reservation, over capacity."""
    return left_over(demand_shape, utilization, right_reserved_share)


_at_what_price_use_or_sha = Heading("At what price, use or share the two are worth the same")


@line("Flat-priced hours of the term that begins", "GPU-h", along=YEARS)
def flat_hours_ahead(
    capacity_hours, reserved_term, reserved_term_begins, year, reserved_term_years
):
    """The same at a price that never moves."""
    return reserved_term_begins * total_where(
        capacity_hours, reserved_term, year / reserved_term_years + 1
    )


@line("On demand at full use, worth today", "USD")
def on_demand_full_present(on_demand_rate, drifting_hours, discount_factor):
    """The spend per unit of utilisation."""
    return where(
        defined(on_demand_rate),
        on_demand_rate * dot(drifting_hours, discount_factor),
        undefined("no price on demand"),
    )


def _reserved(hours: Any, factor: Any, ahead: Any, at_end: Any, prepaid: Any) -> Any:
    """Hours of the whole fleet, worth today: invoiced by the year, and prepaid by the term."""
    return dot(hours, factor) * (1 - prepaid) + dot(ahead, at_end) * prepaid


@line("Hours of a whole reservation, worth today at the price of year 1", "GPU-h")
def stepped_hours_present(
    stepped_hours, discount_factor, stepped_hours_ahead, factor_at_end, prepay_share
):
    """Along the price path, prepayment included."""
    return _reserved(
        stepped_hours, discount_factor, stepped_hours_ahead, factor_at_end, prepay_share
    )


@line("Hours of a whole reservation, worth today at a flat price", "GPU-h")
def flat_hours_present(
    capacity_hours, discount_factor, flat_hours_ahead, factor_at_end, prepay_share
):
    """The same at a price that never moves."""
    return _reserved(capacity_hours, discount_factor, flat_hours_ahead, factor_at_end, prepay_share)


@line("Reserved hours, worth today at the price of year 1", "GPU-h")
def reserved_hours_present(reserved_share, stepped_hours_present):
    """Of the part that is reserved."""
    return reserved_share * stepped_hours_present


@line("Reserved hours, worth today at a flat price", "GPU-h")
def reserved_hours_present_flat(reserved_share, flat_hours_present):
    """Of the part that is reserved."""
    return reserved_share * flat_hours_present


@line("Overage, worth today", "USD")
def overage_present(overage_rate, overage_spend, discount_factor):
    """What the reservation leaves to on-demand rent."""
    return where(
        defined(overage_rate),
        dot(overage_spend, discount_factor),
        undefined("no price on demand for what it leaves over"),
    )


@line("Break-even utilisation against on demand", "share", guarded=True)
def breakeven_utilization(npv_own, rent_fixed_present, on_demand_full_present):
    """The use at which on-demand rent costs what owning does; a raw number, also beyond 0 to 1."""
    return where(
        beyond(on_demand_full_present, 0),
        (-npv_own - rent_fixed_present) / on_demand_full_present,
        undefined("on-demand hours cost nothing"),
    )


def _price(spare: Any, hours: Any, addons: Any) -> Any:
    return where(beyond(hours, 0), spare / ((1 + addons) * hours), undefined("nothing is reserved"))


@line("Owning less staff and overage", "USD", guarded=True)
def reserved_spare(npv_own, rent_fixed_present, overage_present):
    """What is left to spend on reserved hours until renting costs what owning does."""
    return -npv_own - rent_fixed_present - overage_present


@line("Break-even reserved price", "USD/GPU-h", guarded=True)
def breakeven_reserved_price(reserved_spare, reserved_hours_present, rent_addon_applied):
    """The price of year 1, on the price path, at which reserving costs what owning does."""
    return _price(reserved_spare, reserved_hours_present, rent_addon_applied)


@line("Break-even reserved price, flat", "USD/GPU-h", guarded=True)
def breakeven_reserved_price_flat(reserved_spare, reserved_hours_present_flat, rent_addon_applied):
    """The same at a price that never moves."""
    return _price(reserved_spare, reserved_hours_present_flat, rent_addon_applied)


@line("Break-even reserved share", "share", guarded=True)
def breakeven_reserved_share(
    demand_shape, utilization, reserved_share, npv_own, rent_fixed_present,
    reserved_full_present,
):  # fmt: skip
    """The part of the fleet whose reservation costs what owning all of it does."""
    return where(
        both(
            picked(demand_shape, "level"),
            at_most(utilization, reserved_share),
            beyond(reserved_full_present, 0),
        ),
        (-npv_own - rent_fixed_present) / reserved_full_present,
        undefined("only for a level load that the reservation serves"),
    )


@line("Reserving the whole fleet, worth today", "USD", guarded=True)
def reserved_full_present(reserved_rate, stepped_hours_present):
    """The spend on reserved hours at a share of 1."""
    return reserved_rate * stepped_hours_present


def _notes(key: str, label: str, low: str, between: str, high: str, none: str) -> tuple[Line, ...]:
    """What a raw break-even says in words: below 0, between, beyond 1, or why there is none."""

    @passing_on_any
    def place(value: Any) -> Any:
        return 1 + where(beyond(value, 1), 1, 0) - where(short_of(value, 0), 1, 0)

    def note(place: Any) -> Any:
        return where(defined(place), numbered(place, low, between, high), none)

    return (
        Line(f"{key}_place", f"{label}: where it lies", "count", place,
             "0 below 0, 1 from 0 to 1, 2 beyond 1.", (key,), guarded=True),
        Line(f"{key}_note", f"{label}: in words", "text", note, f"{label}, in words.",
             (f"{key}_place",)),
    )  # fmt: skip


utilization_notes = _notes(
    "breakeven_utilization", "Break-even utilisation", "owning is cheaper at any use",
    "owning is cheaper above it", "renting is cheaper even at full use",
    "no price on demand, or its hours cost nothing",
)  # fmt: skip
share_notes = _notes(
    "breakeven_reserved_share", "Break-even reserved share", "owning is cheaper at any share",
    "owning is cheaper above it", "reserving the whole fleet is cheaper",
    "only for a level load that a reservation serves, at a price",
)  # fmt: skip
_PRICE_SAID = ("owning is cheaper at any price", *("renting is cheaper below it",) * 2,
               "nothing is reserved, or there is no price on demand for the rest")  # fmt: skip
price_notes = _notes("breakeven_reserved_price", "Break-even reserved price", *_PRICE_SAID)
flat_price_notes = _notes(
    "breakeven_reserved_price_flat", "Break-even reserved price, flat", *_PRICE_SAID
)

"""Contracts: the same delivered hours rented over the years, on five kinds of terms."""

from typing import Any

from tco.lines import *
from tco.lines.items import called

SECTION = "contracts"
PAGE = Page(
    "What the same hours cost on hired GPUs; costs are positive, cash flows negative when paid",
    totals=("npv_reserved", "npv_on_demand", "npv_spot", "npv_block", "npv_hybrid"),
)
# The rivals of owning, each with what it is called; every one has the same lines.
RIVALS = (
    ("reserved", "Reserved"),
    ("on_demand", "On demand"),
    ("spot", "Spot"),
    ("block", "Capacity block"),
    ("hybrid", "Hybrid"),
)

_terms = Heading("Prices with add-ons; 0 where there is no such offer")


@line("Add-ons on the bill", "share")
def rent_addon_applied(rent_addon_basis, rent_addon_share, rent_support_share):
    """The flat share, or support alone where storage and egress are itemised."""
    return chosen(rent_addon_basis, share=rent_addon_share, items=rent_support_share)


@line("Reserved is offered", "flag")
def reserved_available(reserved_price):
    """1 where there is a price."""
    return where(defined(reserved_price), 1, 0)


@line("On demand is offered", "flag")
def on_demand_available(on_demand_price):
    """1: without an on-demand price nothing is built."""
    return where(defined(on_demand_price), 1, 0)


@line("Spot is offered", "flag")
def spot_available(spot_price, spot_lost_share):
    """1 where there is a price and interruptions leave time to work."""
    return where(both(defined(spot_price), below(spot_lost_share, 1)), 1, 0)


@line("Blocks are offered", "flag")
def block_available(block_price):
    """1 where there is a price."""
    return where(defined(block_price), 1, 0)


@line("Hybrid is asked for", "flag")
def hybrid_available(hybrid_base_share, reserved_price):
    """1 where a base is named and can be reserved."""
    return where(both(defined(hybrid_base_share), defined(reserved_price)), 1, 0)


@line("Reserved rate", "USD/GPU-h")
def reserved_rate(reserved_price, rent_addon_applied):
    """With add-ons."""
    return where(defined(reserved_price), reserved_price * (1 + rent_addon_applied), 0)


@line("On-demand rate", "USD/GPU-h")
def on_demand_rate(on_demand_price, rent_addon_applied):
    """With add-ons."""
    return on_demand_price * (1 + rent_addon_applied)


@line("Spot rate per delivered hour", "USD/GPU-h")
def spot_rate(spot_price, rent_addon_applied, spot_lost_share):
    """With add-ons and the hours lost to interruptions."""
    return where(
        both(defined(spot_price), below(spot_lost_share, 1)),
        spot_price * (1 + rent_addon_applied) / (1 - spot_lost_share),
        0,
    )


@line("Block rate", "USD/GPU-h")
def block_rate(block_price, rent_addon_applied):
    """With add-ons."""
    return where(defined(block_price), block_price * (1 + rent_addon_applied), 0)


@line("Hybrid: base", "share")
def hybrid_base(hybrid_base_share):
    """The base that is named, 0 where none is."""
    return where(defined(hybrid_base_share), hybrid_base_share, 0)


_shape = Heading("What a reservation leaves over")


def left_over(shape: Any, use: Any, reserved: Any) -> Any:
    """Capacity hours that a reservation of part of the fleet does not serve, as a share."""
    return chosen(shape, whole_fleet=(1 - reserved) * use, level=maximum(use - reserved, 0))


@line("Overage", "share")
def overage_share(demand_shape, utilization, reserved_share):
    """Hours beyond the reservation, over capacity: rented on demand."""
    return left_over(demand_shape, utilization, reserved_share)


@line("Hybrid: bursts", "share")
def burst_share(demand_shape, utilization, hybrid_base):
    """Hours beyond the base, over capacity: rented on demand."""
    return left_over(demand_shape, utilization, hybrid_base)


@line("Reserved but idle", "share")
def reserved_idle_share(demand_shape, utilization, reserved_share):
    """Reserved hours that do no paid work, over capacity."""
    return chosen(
        demand_shape,
        whole_fleet=reserved_share * (1 - utilization),
        level=maximum(reserved_share - utilization, 0),
    )


_common = Heading("In every rented option")


@line("Staff, rented", "USD", along=YEARS)
def rented_staff_spend(rented_fte, salary, salary_loading, wage_index, contract_years):
    """Everybody who runs the rented cluster."""
    return rented_fte * salary * salary_loading * wage_index * contract_years


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


_hours = Heading("Hours at the price of year 1")


@line("On-demand hours of the whole fleet", "GPU-h", along=YEARS)
def drifting_hours(capacity_hours, rent_index):
    """Capacity, each hour weighted by what rent has drifted to."""
    return capacity_hours * rent_index


@line("Reserved hours of the whole fleet", "GPU-h", along=YEARS)
def stepped_hours(capacity_hours, reserved_index):
    """Capacity, each hour weighted by the price of its term."""
    return capacity_hours * reserved_index


@line("Reserved hours of the term that begins", "GPU-h", along=YEARS)
def stepped_hours_ahead(
    stepped_hours, reserved_term, reserved_term_begins, year, reserved_term_years
):
    """Of the whole term, cut at the horizon: what a prepayment is a share of."""
    return reserved_term_begins * total_where(
        stepped_hours, reserved_term, year / reserved_term_years + 1
    )


@line("Flat-priced hours of the term that begins", "GPU-h", along=YEARS)
def flat_hours_ahead(
    capacity_hours, reserved_term, reserved_term_begins, year, reserved_term_years
):
    """The same at a price that never moves."""
    return reserved_term_begins * total_where(
        capacity_hours, reserved_term, year / reserved_term_years + 1
    )


_due = Heading("Paid during the year, and ahead of it")


@line("Reserved: overage", "USD", along=YEARS)
def overage_spend(overage_share, drifting_hours, on_demand_rate):
    """Hours beyond the reservation, on demand."""
    return overage_share * drifting_hours * on_demand_rate


@line("Reserved: due", "USD", along=YEARS)
def reserved_due(
    reserved_share, stepped_hours, reserved_rate, prepay_share, overage_spend, rent_fixed_spend
):
    """Take-or-pay less what was prepaid, overage, staff and items."""
    invoiced = reserved_share * stepped_hours * reserved_rate * (1 - prepay_share)
    return invoiced + overage_spend + rent_fixed_spend


@line("Reserved: paid ahead", "USD", along=YEARS)
def reserved_ahead(
    reserved_share, stepped_hours_ahead, reserved_rate, prepay_share, rent_setup_spend
):
    """The prepaid share when a term begins, and setting up."""
    return reserved_share * stepped_hours_ahead * reserved_rate * prepay_share + rent_setup_spend


@line("of which paid but idle, over the years", "USD", along=YEARS)
def reserved_idle_spend(reserved_idle_share, stepped_hours, reserved_rate):
    """Reserved hours that do no paid work; part of what is due."""
    return reserved_idle_share * stepped_hours * reserved_rate


@line("On demand: due", "USD", along=YEARS)
def on_demand_due(utilization, drifting_hours, on_demand_rate, rent_fixed_spend):
    """The hours used, staff and items."""
    return utilization * drifting_hours * on_demand_rate + rent_fixed_spend


@line("On demand: paid ahead", "USD", along=YEARS)
def on_demand_ahead(rent_setup_spend):
    """Setting up."""
    return rent_setup_spend


@line("Spot: due", "USD", along=YEARS)
def spot_due(utilization, drifting_hours, spot_rate, rent_fixed_spend):
    """The hours used and those lost, staff and items."""
    return utilization * drifting_hours * spot_rate + rent_fixed_spend


@line("Spot: paid ahead", "USD", along=YEARS)
def spot_ahead(rent_setup_spend):
    """Setting up."""
    return rent_setup_spend


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
    return bought * year_ahead + rent_setup_spend


@line("Hybrid: due", "USD", along=YEARS)
def hybrid_due(
    hybrid_base, stepped_hours, reserved_rate, burst_share, drifting_hours, on_demand_rate,
    rent_fixed_spend,
):  # fmt: skip
    """The base as take-or-pay, bursts on demand, staff and items."""
    base = hybrid_base * stepped_hours * reserved_rate
    return base + burst_share * drifting_hours * on_demand_rate + rent_fixed_spend


@line("Hybrid: paid ahead", "USD", along=YEARS)
def hybrid_ahead(rent_setup_spend):
    """Setting up."""
    return rent_setup_spend


def _rival(name: str, label: str) -> dict[str, Line]:
    """Cash flow, present value and NPV before and after tax of one way to rent."""
    due, ahead, offered = f"{name}_due", f"{name}_ahead", f"{name}_available"

    def flow(offered: Any, due: Any, ahead: Any) -> Any:
        return -1 * offered * (due + ahead)

    def present(offered: Any, due: Any, factor: Any, ahead: Any, at_end: Any) -> Any:
        return -1 * offered * (due * factor + ahead * at_end)

    def npv(offered: Any, due: Any, factor: Any, ahead: Any, at_end: Any) -> Any:
        worth = -1 * (dot(due, factor) + dot(ahead, at_end))
        return where(beyond(offered, 0), worth, undefined("not offered"))

    def taxed(offered: Any, due: Any, factor: Any, ahead: Any, at_end: Any, tax: Any) -> Any:
        worth = -1 * (dot(due, factor) + dot(ahead, at_end)) * (1 - tax)
        return where(beyond(offered, 0), worth, undefined("not offered"))

    before = (due, "discount_factor", ahead, "factor_at_end")
    after = (due, "discount_factor_after_tax", ahead, "factor_at_end_after_tax")
    made = (
        (f"{name}_flow", f"{label}: cash flow", YEARS, flow,
         (offered, due, ahead),
         "What is due and what is paid ahead; nothing comes back. 0 where it is not offered."),
        (f"{name}_present_value", f"{label}: present value", YEARS, present,
         (offered, *before),
         "Dues at their own moment, what is paid ahead at the year's end; 0 where not offered."),
        (f"npv_{name}", f"NPV: {label.lower()}", None, npv, (offered, *before),
         "Before tax, at the discount factors."),
        (f"npv_{name}_after_tax", f"NPV after tax: {label.lower()}", None, taxed,
         (offered, *after, "tax_rate"), "Rent saves tax in the year it is paid."),
    )  # fmt: skip
    return {
        key: line(said, "USD", along=along)(called(rule, key, note, *needs))
        for key, said, along, rule, needs, note in made
    }


for _name, _label in RIVALS:
    globals()[f"_heading_{_name}"] = Heading(f"{_label}: cash flow and NPV")
    globals().update(_rival(_name, _label))


_per_hour = Heading("Per GPU-hour")


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


_size = Heading("Is the commitment the right size?")


@line("Right share to reserve", "share")
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
        defined(npv_reserved),
        npv_reserved
        + less * dot(stepped_hours, discount_factor)
        - more * dot(drifting_hours, discount_factor),
        undefined("not offered"),
    )


@line("Overage at the right share", "share")
def right_overage_share(demand_shape, utilization, right_reserved_share):
    """Hours beyond that reservation, over capacity."""
    return left_over(demand_shape, utilization, right_reserved_share)


_breakeven = Heading("At what price, use or share the two are worth the same")


@line("On demand at full use, worth today", "USD")
def on_demand_full_present(on_demand_rate, drifting_hours, discount_factor):
    """The spend per unit of utilisation."""
    return on_demand_rate * dot(drifting_hours, discount_factor)


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
def overage_present(overage_spend, discount_factor):
    """What the reservation leaves to on-demand rent."""
    return dot(overage_spend, discount_factor)


@line("Break-even utilisation against on demand", "share")
def breakeven_utilization(npv_own, rent_fixed_present, on_demand_full_present):
    """The use at which on-demand rent costs what owning does; a raw number, also beyond 0 to 1."""
    return where(
        beyond(on_demand_full_present, 0),
        (-npv_own - rent_fixed_present) / on_demand_full_present,
        undefined("on-demand hours cost nothing"),
    )


def _price(spare: Any, hours: Any, addons: Any) -> Any:
    return where(beyond(hours, 0), spare / ((1 + addons) * hours), undefined("nothing is reserved"))


@line("Owning less staff and overage", "USD")
def reserved_spare(npv_own, rent_fixed_present, overage_present):
    """What is left to spend on reserved hours until renting costs what owning does."""
    return -npv_own - rent_fixed_present - overage_present


@line("Break-even reserved price", "USD/GPU-h")
def breakeven_reserved_price(reserved_spare, reserved_hours_present, rent_addon_applied):
    """The price of year 1, on the price path, at which reserving costs what owning does."""
    return _price(reserved_spare, reserved_hours_present, rent_addon_applied)


@line("Break-even reserved price, flat", "USD/GPU-h")
def breakeven_reserved_price_flat(reserved_spare, reserved_hours_present_flat, rent_addon_applied):
    """The same at a price that never moves."""
    return _price(reserved_spare, reserved_hours_present_flat, rent_addon_applied)


@line("Break-even reserved share", "share")
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


def _notes(key: str, label: str, low: str, between: str, high: str, none: str) -> dict[str, Line]:
    """What a raw break-even says in words: below 0, beyond 1, between, or none."""

    def beyond_one(value: Any) -> Any:
        return where(both(defined(value), beyond(value, 1)), high, between)

    def below_zero(value: Any, rest: Any) -> Any:
        return where(both(defined(value), short_of(value, 0)), low, rest)

    def note(value: Any, words: Any) -> Any:
        return where(defined(value), words, none)

    made = (
        (f"{key}_beyond_words", "beyond 1", beyond_one, (key,)),
        (f"{key}_words", "below 0", below_zero, (key, f"{key}_beyond_words")),
        (f"{key}_note", "in words", note, (key, f"{key}_words")),
    )
    return {
        name: line(f"{label}: {said}", "text")(called(rule, name, f"{label}, {said}.", *needs))
        for name, said, rule, needs in made
    }


globals().update(_notes(
    "breakeven_utilization", "Break-even utilisation", "owning is cheaper at any use",
    "owning is cheaper above it", "renting is cheaper even at full use",
    "on-demand hours cost nothing",
))  # fmt: skip
globals().update(_notes(
    "breakeven_reserved_share", "Break-even reserved share", "owning is cheaper at any share",
    "owning is cheaper above it", "reserving the whole fleet is cheaper",
    "only for a level load that the reservation serves",
))  # fmt: skip
for _key, _said in (
    ("breakeven_reserved_price", "Break-even reserved price"),
    ("breakeven_reserved_price_flat", "Break-even reserved price, flat"),
):
    globals().update(_notes(
        _key, _said, "owning is cheaper at any price", *("renting is cheaper below it",) * 2,
        "nothing is reserved",
    ))  # fmt: skip


@line("Reserving the whole fleet, worth today", "USD")
def reserved_full_present(reserved_rate, stepped_hours_present):
    """The spend on reserved hours at a share of 1."""
    return reserved_rate * stepped_hours_present

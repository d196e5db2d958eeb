"""Rent: the same run on hired GPUs, on demand, reserved or on spot capacity."""

from typing import Any

from tco.lines import *
from tco.model.cost.way import Way

SECTION = "rent"
PAGE = Page("What the same run costs on hired GPUs", totals=("rent_cost", "rent_total"), place=40)
FRONT = Front(also_resting_on=("rent_option", "rent_cost", "currency"))


ways = (
    Way("on_demand", "Rent on demand", "on demand", "on_demand_price", "Rented on demand",
        "The on-demand bill and the staff, who are needed either way.", "option_in_time"),
    Way("reserved", "Rent reserved, take-or-pay", "reserved, take-or-pay", "reserved_price",
        "Rented reserved", "The whole commitment and the staff.", "committed_option"),
    Way("spot", "Rent on spot", "spot", "spot_price", "Rented on spot",
        "The spot bill with its rework and the staff."),
)  # fmt: skip

_ways = Heading("Three ways to rent the run")


@line("Rent on demand", "USD")
def rent_on_demand_cost(gpu_hours, on_demand_price, rent_addon_share):
    """Every billed GPU-hour at the on-demand price, add-ons included."""
    return where(
        defined(on_demand_price),
        gpu_hours * on_demand_price * (1 + rent_addon_share),
        undefined("not offered"),
    )


@line("GPU-hours committed", "GPU-h")
def committed_hours(gpus_working, reserved_term_hours, gpu_hours):
    """The fleet for the whole term, or for the run where that is longer."""
    return maximum(gpus_working * reserved_term_hours, gpu_hours)


@line("Rent reserved (take-or-pay)", "USD")
def rent_reserved_cost(committed_hours, reserved_price, rent_addon_share):
    """Every committed GPU-hour, used or not, add-ons included."""
    return where(
        defined(reserved_price),
        committed_hours * reserved_price * (1 + rent_addon_share),
        undefined("not offered"),
    )


@line("of which paid but idle", "USD", inside=True)
def rent_reserved_idle_cost(committed_hours, gpu_hours, reserved_price, rent_addon_share):
    """The committed hours after the run has ended."""
    return where(
        defined(reserved_price),
        (committed_hours - gpu_hours) * reserved_price * (1 + rent_addon_share),
        undefined("not offered"),
    )


@line("Time lost to spot interruptions", "share")
def spot_lost_share(interruptions_per_day, checkpoint_hours, restart_hours):
    """Half a checkpoint interval and a restart, for each interruption."""
    return interruptions_per_day / 24 * (checkpoint_hours / 2 + restart_hours)


@line("Days needed on spot", "day")
def spot_days(days_needed, spot_lost_share):
    """The run and the work done twice."""
    return where(
        below(spot_lost_share, 1),
        days_needed / (1 - spot_lost_share),
        undefined("never done"),
    )


@line("Rent on spot", "USD")
def rent_spot_cost(gpu_hours, spot_price, rent_addon_share, spot_lost_share):
    """Billed hours and the expected rework, at the spot price, add-ons included."""
    return where(
        both(defined(spot_price), below(spot_lost_share, 1)),
        gpu_hours * spot_price * (1 + rent_addon_share) / (1 - spot_lost_share),
        undefined("not offered or never done"),
    )


_in_time = Heading("What meets the deadline")


@line("On demand, if in time", "USD")
def on_demand_in_time(days_needed, deadline_days, rent_on_demand_cost):
    """The on-demand cost where it is offered and the run meets the deadline."""
    return where(
        both(defined(rent_on_demand_cost), at_most(days_needed, deadline_days)),
        rent_on_demand_cost,
        undefined("not offered or too late"),
    )


@line("Reserved, if in time", "USD")
def reserved_in_time(days_needed, deadline_days, rent_reserved_cost):
    """The reserved cost where it is offered and the run meets the deadline."""
    return where(
        both(defined(rent_reserved_cost), at_most(days_needed, deadline_days)),
        rent_reserved_cost,
        undefined("not offered or too late"),
    )


@line("Spot, if in time", "USD")
def spot_in_time(days_needed, deadline_days, spot_lost_share, rent_spot_cost):
    """The spot cost where it is offered and the run with its rework meets the deadline."""
    return where(
        both(
            defined(rent_spot_cost),
            at_most(days_needed, deadline_days * (1 - spot_lost_share)),
        ),
        rent_spot_cost,
        undefined("not offered or too late"),
    )


@gathered
def cheapest(members):
    """The cheapest way that meets the deadline, and its name."""
    ways = members.all(Way)

    def least(*in_time: Any) -> Any:
        known = either(*(defined(one) for one in in_time))
        return where(known, least_of(*in_time), undefined("none is in time"))

    yield Line(
        "rent_cost", "Rent, cheapest in time", "USD", least,
        "The cheapest way to rent that meets the deadline; staff not included.",
        tuple(one.in_time for one in ways), parts=(Part("rent_total"),),
    )  # fmt: skip
    for before, here, after in reversed(list(zip((None, *ways), ways, ways[1:], strict=False))):
        yield _cheaper(before, here, after)


def _cheaper(before: Way | None, here: Way, after: Way) -> Line:
    """The name of a way to rent where that is the cheapest, else that of those after it."""

    def name(cost: Any, in_time: Any, others: Any = after.words) -> Any:
        return where(picked(in_time, cost), here.words, others)

    label = f"If not {before.words}" if before else "Cheapest terms, if any are in time"
    note = f"{here.words.capitalize()} where that is the cheapest, else {after.words} or better."
    needs = ("rent_cost", here.in_time, *([after.else_key] if after.else_key else []))
    return Line(here.else_key, label, "text", name, note, needs)


@line("Why there are none", "text")
def no_rent_words(rent_compared):
    """Whether nobody's price is known, or no terms are fast enough."""
    return where(picked(rent_compared, 0), "none is in time", "none is offered")


@gathered
def rent_option(members):
    """The name of the cheapest way, or why there is none."""

    def name(cost: Any, first: Any, none: Any) -> Any:
        return where(defined(cost), first, none)

    first, *_ = (one.else_key for one in members.all(Way))
    note = "The name of the cheapest option that meets the deadline, or why there is none."
    needs = ("rent_cost", first, "no_rent_words")
    yield Line("rent_option", "Cheapest terms of this offer", "text", name, note, needs)


_with_staff = Heading("With the same staff as buying")


rent_total = total_of_parts(
    "rent_total", "Total to rent, with the same staff", "USD",
    "The cheapest rent in time and the staff, who are needed either way.",
    known="rent_cost", why="none is in time",
)  # fmt: skip


@of_each(Way)
def with_staff(way):
    """The bill of one way to rent, and the staff."""

    def rule(rent: Any, staff: Any) -> Any:
        return where(defined(rent), rent + staff, undefined("not offered"))

    label = f"{way.key.replace('_', ' ').capitalize()}, with staff"
    yield Line(way.total, label, "USD", rule, way.note, (way.cost, "staff_cost"))


@line("The run on hired GPUs: timing", "text")
def run_timing(days_needed, deadline_days):
    """Whether the run meets the deadline on capacity that nobody takes away."""
    return where(at_most(days_needed, deadline_days), "in time", "misses the deadline")


@line("On demand: timing", "text")
def on_demand_timing(on_demand_price, run_timing):
    """Whether on-demand capacity is offered and meets the deadline."""
    return where(defined(on_demand_price), run_timing, "not offered")


@line("Reserved: timing", "text")
def reserved_timing(reserved_price, run_timing):
    """Whether reserved capacity is offered; it is as fast as capacity on demand."""
    return where(defined(reserved_price), text("{}; idle hours paid", run_timing), "not offered")


@line("GPUs that spot would need", "GPU")
def spot_gpus_needed(gpus_exact, spot_lost_share):
    """The count that meets the deadline with its rework; the cost is about the same."""
    return where(
        both(defined(gpus_exact), below(spot_lost_share, 1)),
        ceil(gpus_exact / (1 - spot_lost_share)),
        undefined("never done"),
    )


@line("Spot, if too late", "text")
def spot_late(spot_gpus_needed):
    """How many GPUs would be in time, in words."""
    return where(
        defined(spot_gpus_needed),
        text("too late; {} GPUs would do", shown(spot_gpus_needed, "#,##0")),
        "never done",
    )


@line("Spot, if offered", "text")
def spot_offered(days_needed, deadline_days, spot_lost_share, spot_late):
    """In time, or what would be."""
    in_time = at_most(days_needed, deadline_days * (1 - spot_lost_share))
    return where(in_time, "in time", spot_late)


@line("Spot: timing", "text")
def spot_timing(spot_price, spot_offered):
    """Whether spot capacity is offered and meets the deadline with its rework."""
    return where(defined(spot_price), spot_offered, "not offered")


@line("Price of a useful GPU-hour, on demand", "USD/GPU-h", guarded=True)
def on_demand_cost_per_useful_hour(rent_on_demand_cost, gpu_hours_useful):
    """The on-demand bill over the hours that advance training."""
    return rent_on_demand_cost / gpu_hours_useful


_breakeven = Heading("How many runs pay for the purchase")


@line("Spent to own, without staff and electricity", "USD")
def owned_outlay(buy_total, staff_cost, datacenter_energy_cost):
    """What is paid once, however many runs follow."""
    return buy_total - staff_cost - datacenter_energy_cost


@line("Saved by owning, per run", "USD", guarded=True)
def saved_per_run(rent_on_demand_cost, energy_cost):
    """The on-demand bill of one run less the electricity of one's own."""
    return rent_on_demand_cost - energy_cost


@line("Runs at which buying breaks even", "ratio", guarded=True)
def breakeven_runs(owned_outlay, saved_per_run, days_needed, server_life_years, hours_per_year):
    """Undiscounted, no resale, not the verdict: runs whose on-demand bills equal the purchase.

    The data centre is charged once, however many runs follow. Never, where those runs would
    outlast the servers or renting costs less than the power.
    """
    return where(
        both(
            below(0, saved_per_run),
            at_most(
                owned_outlay * (days_needed * 24),
                saved_per_run * (server_life_years * hours_per_year),
            ),
        ),
        owned_outlay / saved_per_run,
        undefined("never"),
    )


@line("Break-even: where there is none", "text")
def no_breakeven(on_demand_price):
    """It costs too much, or nothing is known to set it by."""
    return where(
        defined(on_demand_price),
        "Buying never breaks even against on-demand rent within the servers' life.",
        "No price on demand is known, so there is no break-even against it.",
    )


@line("Break-even, in words", "text")
def breakeven_words(breakeven_runs, no_breakeven):
    """How many such runs the purchase would have to serve."""
    return where(
        defined(breakeven_runs),
        text(
            "Buying breaks even with on-demand rent after {} such runs (undiscounted).",
            shown(maximum(breakeven_runs, 0), "#,##0.0"),
        ),
        no_breakeven,
    )


@check("Renting is compared", kind=ALERT)
def rent_compared(on_demand_price, reserved_price, spot_price, chip):
    """Some price of a rented GPU-hour is known: else buying stands alone."""
    known = either(defined(on_demand_price), defined(reserved_price), defined(spot_price))
    return unless(known), text(
        "nobody's price of renting {} is known: give on_demand_price, or an offer", chip
    )


@check("Idle hours are part of the commitment")
def idle_within_reserved(rent_reserved_cost, rent_reserved_idle_cost):
    """What is paid but idle is not more than the commitment."""
    return both(
        defined(rent_reserved_cost),
        defined(rent_reserved_idle_cost),
        beyond(rent_reserved_idle_cost, rent_reserved_cost),
    ), text("the idle part of the commitment is more than the whole")


@check("Staff in proportion", kind="alert")
def staff_in_proportion(rent_total, staff_cost):
    """Staff, who are in every option, are not more than half of the cheapest rent in time."""
    return both(defined(rent_total), beyond(staff_cost * 2, rent_total)), text(
        "staff of {} are most of the {} that renting costs: are they of this job alone?",
        shown(staff_cost, "#,##0"),
        shown(rent_total, "#,##0"),
    )

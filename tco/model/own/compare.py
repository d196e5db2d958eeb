"""Compare: every option over the same delivered hours, which of them count, and the verdict."""

from tco.lines import *
from tco.lines.items import Line, called
from tco.model.own.contracts import RIVALS

SECTION = "compare"
PAGE = Page(
    "Every option over the same delivered GPU-hours, and which one is the best", tabular=True
)
NONE = "–"

options = Rows(
    (
        ("own", "Own", "Bought, housed, run and sold at the horizon."),
        ("reserved", "Rent reserved, take-or-pay", "Paid whether used or not; overage on demand."),
        ("on_demand", "Rent on demand", "Paid for the hours used."),
        ("spot", "Rent on spot", "Can be taken away; lost hours are paid again."),
        ("block", "Rent capacity blocks", "Days paid ahead, without cancelling."),
        ("hybrid", "Rent a base, burst on demand", "A part of the fleet reserved, the rest not."),
    )
)
option_name_words = tuple(label for _, label, _ in options.rows)
OPTIONS = ("own", *(name for name, _ in RIVALS))

_time = Heading("When it can work")


@line("Days of the run", "day")
def job_days(days_needed):
    """How long the run takes; 0 where there is none."""
    return where(defined(days_needed), days_needed, 0)


@line("Days of the run on spot", "day")
def spot_job_days(job_days, spot_lost_share):
    """With the time lost to interruptions; where all is lost there is no such offer."""
    return where(below(spot_lost_share, 1), job_days / (1 - spot_lost_share), 0)


@line("Hybrid: lead time", "day")
def hybrid_lead_days(reserved_lead_days, on_demand_lead_days):
    """The base and the bursts must both be there."""
    return maximum(reserved_lead_days, on_demand_lead_days)


@line("Reserved: hours billed", "share")
def reserved_billed_share(reserved_share, overage_share):
    """The reservation and its overage, over capacity."""
    return reserved_share + overage_share


@line("Spot: hours billed", "share")
def spot_billed_share(utilization, spot_lost_share):
    """The hours used and those lost, over capacity."""
    return where(below(spot_lost_share, 1), utilization / (1 - spot_lost_share), 0)


@line("Hybrid: hours billed", "share")
def hybrid_billed_share(hybrid_base, burst_share):
    """The base and the bursts, over capacity."""
    return hybrid_base + burst_share


_columns = Heading("Options over the same delivered hours")


def _column(key: str, label: str, unit: str, note: str, *needs: str) -> Line:
    """A column of the options, put together from one line each."""
    made = called(lambda *parts: each(*parts), key, note, *needs)
    return line(label, unit, along="options")(made)


def _of_each(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.format(name) for name in OPTIONS)


@line("Option", "text", along="options")
def option_name():
    """What it is called."""
    return each(*option_name_words)


option_day1_cash = _column(
    "option_day1_cash", "Cash in year 0", "USD", "Paid before the first hour of work.",
    *_of_each("{}_day1_cash"),
)  # fmt: skip
option_peak_cash = _column(
    "option_peak_cash", "Peak cash", "USD", "The deepest that cumulative cash falls.",
    *_of_each("{}_peak_cash"),
)  # fmt: skip
option_total_cash = _column(
    "option_total_cash", "Total cash", "USD", "Over the horizon, undiscounted.",
    *_of_each("{}_total_cash"),
)  # fmt: skip
option_npv = _column(
    "option_npv", "NPV before tax", "USD", "Of each option.", *_of_each("npv_{}")
)  # fmt: skip
option_npv_after_tax = _column(
    "option_npv_after_tax", "NPV after tax", "USD", "Of each option.",
    *_of_each("npv_{}_after_tax"),
)  # fmt: skip


@line("Equivalent annual cost", "USD", along="options")
def option_eac(option_npv, annuity):
    """The level yearly payment that is worth as much."""
    return where(defined(option_npv), -option_npv / annuity, undefined(NONE))


@line("Per GPU-hour of capacity", "USD/GPU-h", along="options")
def option_cost_capacity(option_npv, capacity_hours_present):
    """Levelised, before tax, over every hour of the fleet."""
    return where(defined(option_npv), -option_npv / capacity_hours_present, undefined(NONE))


@line("Per GPU-hour delivered", "USD/GPU-h", along="options")
def option_cost_delivered(option_cost_capacity, utilization):
    """Levelised, before tax, over the hours that do paid work: the same in every option."""
    return where(
        both(defined(option_cost_capacity), beyond(utilization, 0)),
        option_cost_capacity / utilization,
        undefined(NONE),
    )


@line("Bound to, if offered", "USD", along="options")
def option_bound(obligation_at_signing, reserved_obligation, hybrid_obligation):
    """What cannot be cancelled once signed; blocks bind one block at a time."""
    return each(obligation_at_signing, reserved_obligation, 0, 0, 0, hybrid_obligation)


@line("Obligation at signing", "USD", along="options")
def option_obligation(option_npv, option_bound):
    """Of what is offered."""
    return where(defined(option_npv), option_bound, undefined(NONE))


_when = Heading("When each option can work")


@line("Lead time", "day", along="options")
def option_lead_days(
    own_lead_days, reserved_lead_days, on_demand_lead_days, spot_lead_days, block_lead_days,
    hybrid_lead_days,
):  # fmt: skip
    """From the decision to working."""
    return each(
        own_lead_days, reserved_lead_days, on_demand_lead_days, spot_lead_days, block_lead_days,
        hybrid_lead_days,
    )  # fmt: skip


@line("Days at work", "day", along="options")
def option_job_days(job_days, spot_job_days):
    """How long the run takes on it."""
    return each(job_days, job_days, job_days, spot_job_days, job_days, job_days)


@line("Days to spare before the deadline", "day", along="options")
def option_job_slack(deadline_days, option_job_days):
    """The deadline less the run; 0 where there is no deadline."""
    return where(defined(deadline_days), deadline_days - option_job_days, 0)


@line("Days to spare before the result is needed", "day", along="options")
def option_slack(result_needed_days, option_lead_days, option_job_days):
    """The days allowed less lead time and run; 0 where no day is named."""
    return where(
        defined(result_needed_days), result_needed_days - option_lead_days - option_job_days, 0
    )


@line("If offered", "text", along="options")
def option_if_offered(option_job_slack, option_slack):
    """In time, or too late."""
    late = either(below(option_job_slack, 0), below(option_slack, 0))
    return where(late, "too late", "in time")


@line("Can be had for years", "flag", along="options")
def option_assured(spot_assured):
    """1, but for spot: there somebody has to say so."""
    return each(1, 1, 1, spot_assured, 1, 1)


@line("If it can be had", "text", along="options")
def option_if_assured(option_assured, option_if_offered):
    """In time, too late, or not assured for years."""
    return where(picked(option_assured, 1), option_if_offered, "not assured")


@line("Meets the deadline", "text", along="options")
def option_timing(option_npv, option_if_assured):
    """Only what is offered, assured and in time is ranked."""
    return where(defined(option_npv), option_if_assured, "not offered")


@line("Eligible", "flag", along="options")
def option_eligible(option_timing):
    """1 where it counts."""
    return where(picked(option_timing, "in time"), 1, 0)


@line("Hours billed", "share", along="options")
def option_billed_share(utilization, reserved_billed_share, spot_billed_share, hybrid_billed_share):
    """Over capacity; what is owned is there all the time."""
    return each(
        1, reserved_billed_share, utilization, spot_billed_share, utilization, hybrid_billed_share
    )


@line("CO2e, if offered", "t", along="options")
def option_emissions(
    options, own_co2_tonnes, embodied_tonnes_purchase, option_billed_share,
    capacity_hours_total, rented_tonnes_per_hour,
):  # fmt: skip
    """Owned: energy, and the servers' making in full. Rented: by the hours billed."""
    rented = option_billed_share * capacity_hours_total * rented_tonnes_per_hour
    owned = own_co2_tonnes + embodied_tonnes_purchase
    return where(picked(options, "own"), owned, rented)


@line("CO2e over the horizon", "t", along="options")
def option_co2_tonnes(option_npv, option_emissions):
    """Of what is offered."""
    return where(defined(option_npv), option_emissions, undefined(NONE))


_verdict = Heading("The best of them")


@line("Decided after tax", "flag")
def decided_after_tax(tax_rate):
    """1 where there is a tax."""
    return where(beyond(tax_rate, 0), 1, 0)


_ranking = Heading("Which options count, and their order")


@line("NPV that decides", "USD", along="options")
def option_deciding_npv(decided_after_tax, option_npv_after_tax, option_npv):
    """After tax where there is a tax."""
    before = option_npv * (1 - decided_after_tax)
    return where(
        defined(option_npv), option_npv_after_tax * decided_after_tax + before, undefined(NONE)
    )


@line("Rented and eligible", "flag", along="options")
def option_is_rival(options, option_eligible):
    """1 for the rents that count; an error among their NPVs is none the less an error."""
    return where(both(picked(option_eligible, 1), unless(picked(options, "own"))), 1, 0)


@line("Rented and eligible: NPV that decides", "USD", along="options")
def rival_deciding_npv(option_is_rival, option_deciding_npv):
    """What owning is compared with."""
    return where(picked(option_is_rival, 1), option_deciding_npv, undefined(NONE))


@line("Rented and eligible: NPV before tax", "USD", along="options")
def rival_npv(option_is_rival, option_npv):
    """The same before tax."""
    return where(picked(option_is_rival, 1), option_npv, undefined(NONE))


@line("Rented and eligible: NPV after tax", "USD", along="options")
def rival_npv_after_tax(option_is_rival, option_npv_after_tax):
    """The same after tax."""
    return where(picked(option_is_rival, 1), option_npv_after_tax, undefined(NONE))


@line("Cost that ranks", "USD", along="options")
def option_ranking_cost(option_eligible, option_deciding_npv):
    """The deciding NPV as a cost; 0 where the option does not count."""
    return where(picked(option_eligible, 1), -option_deciding_npv, 0)


@line("Rank by number", "count", along="options")
def option_place(option_eligible, option_ranking_cost):
    """How many eligible options cost no more."""
    return total_through(option_eligible, option_ranking_cost, option_ranking_cost)


@line("Rank", "count", along="options")
def option_rank(option_eligible, option_place):
    """1 is the best; what does not count has none."""
    return where(picked(option_eligible, 1), option_place, undefined(NONE))


@line("Rented options that count", "count")
def rivals_eligible(option_is_rival):
    """Offered and in time."""
    return total(option_is_rival)


@line("Owning is in time", "flag")
def own_eligible(option_eligible, options):
    """1 where the purchase arrives in time."""
    return lookup("own", options, option_eligible)


@line("Best rent that counts: NPV that decides", "USD")
def best_rent_deciding_npv(rivals_eligible, rival_deciding_npv):
    """The largest: the least that renting costs."""
    return where(beyond(rivals_eligible, 0), highest(rival_deciding_npv), undefined("none counts"))


@line("Best rent that counts", "text")
def best_rent_option(best_rent_deciding_npv, rival_deciding_npv, options):
    """Its key among the options."""
    return where(
        defined(best_rent_deciding_npv),
        lookup(best_rent_deciding_npv, rival_deciding_npv, options),
        "none",
    )


@line("Best rent, in words", "text")
def best_rent_words(best_rent_option):
    """What the option is called in a sentence."""
    return chosen(
        best_rent_option, reserved="a reservation", on_demand="on-demand rent", spot="spot rent",
        block="capacity blocks", hybrid="a reserved base with bursts", none="no rent",
    )  # fmt: skip


@line("NPV of the best rent that counts", "USD")
def best_rent_npv(rivals_eligible, rival_npv):
    """Before tax."""
    return where(beyond(rivals_eligible, 0), highest(rival_npv), undefined("none counts"))


@line("NPV of the best rent that counts, after tax", "USD")
def best_rent_npv_after_tax(rivals_eligible, rival_npv_after_tax):
    """After tax."""
    return where(beyond(rivals_eligible, 0), highest(rival_npv_after_tax), undefined("none counts"))


@line("NPV advantage of owning", "USD")
def npv_advantage(npv_own, best_rent_npv):
    """Before tax, against the best rent that counts; positive favours owning."""
    return where(
        defined(best_rent_npv), npv_own - best_rent_npv, undefined("no rented option counts")
    )


@line("NPV advantage of owning, after tax", "USD")
def npv_advantage_after_tax(npv_own_after_tax, best_rent_npv_after_tax):
    """After tax, against the best rent that counts; positive favours owning."""
    return where(
        defined(best_rent_npv_after_tax),
        npv_own_after_tax - best_rent_npv_after_tax,
        undefined("no rented option counts"),
    )


@line("NPV of owning that decides", "USD")
def own_deciding_npv(decided_after_tax, npv_own_after_tax, npv_own):
    """After tax where there is a tax."""
    return where(picked(decided_after_tax, 1), npv_own_after_tax, npv_own)


@line("Advantage before tax, 0 where nothing counts", "USD")
def advantage_before_tax(npv_advantage):
    """For the tests below."""
    return where(defined(npv_advantage), npv_advantage, 0)


@line("Advantage after tax, 0 where nothing counts", "USD")
def advantage_after_tax(npv_advantage_after_tax):
    """For the tests below."""
    return where(defined(npv_advantage_after_tax), npv_advantage_after_tax, 0)


@line("Advantage that decides", "USD")
def deciding_advantage(decided_after_tax, advantage_after_tax, advantage_before_tax):
    """After tax where there is a tax."""
    return where(picked(decided_after_tax, 1), advantage_after_tax, advantage_before_tax)


@line("Its size", "USD")
def deciding_advantage_size(deciding_advantage):
    """Whoever it favours."""
    return maximum(deciding_advantage, -deciding_advantage)


@line("The smaller NPV, without its sign", "USD")
def smaller_npv(own_deciding_npv, best_rent_deciding_npv):
    """What the band is a share of."""
    own = maximum(own_deciding_npv, -own_deciding_npv)
    rent = maximum(best_rent_deciding_npv, -best_rent_deciding_npv)
    return where(defined(best_rent_deciding_npv), minimum(own, rent), 0)


@line("Advantage over the smaller NPV", "share")
def advantage_share(deciding_advantage_size, smaller_npv):
    """How clear the verdict is."""
    return where(beyond(smaller_npv, 0), deciding_advantage_size / smaller_npv, 0)


@line("Before and after tax disagree", "flag")
def bases_disagree(advantage_before_tax, advantage_after_tax):
    """1 where tax turns the sign."""
    turned = either(
        both(below(0, advantage_before_tax), below(advantage_after_tax, 0)),
        both(below(advantage_before_tax, 0), below(0, advantage_after_tax)),
    )
    return where(turned, 1, 0)


@line("Before and after tax, in words", "text")
def bases_words(bases_disagree):
    """Whether tax turns the sign."""
    return where(picked(bases_disagree, 1), "disagree", "agree")


@line("Too close to call", "flag")
def too_close(deciding_advantage_size, smaller_npv, verdict_band_share, bases_disagree):
    """1 inside the band, or where tax turns the sign."""
    within = below(deciding_advantage_size, smaller_npv * verdict_band_share)
    return where(either(within, picked(bases_disagree, 1)), 1, 0)


@line("Whom the advantage favours", "text")
def favoured(deciding_advantage):
    """By its sign alone."""
    return where(below(deciding_advantage, 0), "rent", "own")


@line("Verdict where both count", "text")
def verdict_compared(too_close, favoured):
    """The one favoured, unless it is too close."""
    return where(picked(too_close, 1), "too close to call", favoured)


@line("What counts", "count")
def verdict_case(own_eligible, rivals_eligible):
    """0: nothing is in time; 1: owning alone; 2: renting alone; 3: both."""
    return own_eligible + 2 * minimum(rivals_eligible, 1)


@line("What the years say", "text")
def verdict_found(verdict_case, verdict_compared):
    """Own, rent or too close to call, among what is offered and in time."""
    return numbered(verdict_case, "nothing is in time", "own", "rent", verdict_compared)


@line("Verdict over the years", "text", section="state")
def verdict(errors, verdict_found, first_finding):
    """What the years say, unless an error stands: then there is none, and the error says why."""
    return numbered(minimum(errors, 1), verdict_found, undefined(first_finding))


@line("Years in words", "text")
def horizon_words(horizon_years):
    """One year, or years."""
    return where(picked(horizon_years, 1), "year", "years")


@line("Verdict: sentence", "text")
def verdict_words(horizon_years, horizon_words, verdict_found, verdict_reason):
    """The verdict and why, for the first page."""
    return text(
        "Own or rent over {} {}: {}. {}",
        horizon_years,
        horizon_words,
        verdict_found,
        verdict_reason,
    )


@line("Verdict: more or less", "text")
def verdict_more(deciding_advantage):
    """Which way the advantage points."""
    return where(below(deciding_advantage, 0), "less", "more")


@line("Verdict: basis", "text")
def verdict_basis(decided_after_tax, advantage_before_tax):
    """Of the NPV that decides; the advantage before tax beside it."""
    return where(
        picked(decided_after_tax, 1),
        text(
            "after tax; before tax the advantage is {} M",
            shown(advantage_before_tax / 1e6, "#,##0.00"),
        ),
        "before tax",
    )


@line("Verdict: how it compares", "text")
def verdict_figures(
    fleet_gpus, utilization, deciding_advantage_size, currency, advantage_share, verdict_more,
    best_rent_words,
):  # fmt: skip
    """The advantage in words."""
    return text(
        "Owning {} GPUs, {} used, is worth {} M {} ({}) {} than {}",
        shown(fleet_gpus, "#,##0"),
        shown(utilization, "0%"),
        shown(deciding_advantage_size / 1e6, "#,##0.00"),
        currency,
        shown(advantage_share, "0.0%"),
        verdict_more,
        best_rent_words,
    )


@line("Verdict: reason", "text")
def verdict_reason(verdict_case, verdict_figures, verdict_basis):
    """Why, in words."""
    return numbered(
        verdict_case,
        "Neither the purchase nor any rent is there in time.",
        "No rented option is offered and in time.",
        "The purchase would come too late.",
        text("{}, the best that counts, NPV {}.", verdict_figures, verdict_basis),
    )

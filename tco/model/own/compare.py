"""Compare: every option over the same delivered hours, which of them count, and the best rent."""

from typing import Any

from tco.lines import *
from tco.model.own.rival import OWN, Rival

SECTION, INPUTS = "compare", "own"
PAGE = Page(
    "Every option over the same delivered GPU-hours, and which one is the best",
    tabular=True,
    place=100,
)
NONE = "–"


result_needed_days = Given(
    "Result needed within",
    "day",
    above=0,
    required=False,
    note="Days from the decision; not given: lead times are shown and rule nothing out.",
    off_by="nothing",
)

own_lead_days = Given("Lead time if bought", "day", least=0, note="From order to working.")


@gathered
def options(members):
    """Owning, and every way to rent."""
    own = (OWN, "Own", "Bought, housed, run and sold at the horizon.")
    yield Rows((own, *((one.key, one.name, one.note) for one in members.all(Rival))), "options")


_time = Heading("When it can work")


@line("Days of the run", "day")
def job_days(days_needed):
    """How long the run takes; 0 where there is none."""
    return where(defined(days_needed), days_needed, 0)


_columns = Heading("Options over the same delivered hours")


def _option(key: str, label: str, unit: str, note: str, own: Entry, rival: Any) -> Gathered:
    """A column of the options: what owning has there, and what each way to rent."""

    @gathered
    def column(members):
        entries = (own, *(rival(one) for one in members.all(Rival)))
        yield column_of("options", key, label, unit, note, entries)

    return column


def _of_each(key: str, label: str, note: str, pattern: str) -> Gathered:
    """A column whose entries are one line of each option, by the option's key."""
    return _option(
        key, label, "USD", note, pattern.format(OWN), lambda one: pattern.format(one.key)
    )


option_name = _option(
    "option_name", "Option", "text", "What it is called.", Fixed("Own"),
    lambda one: Fixed(one.name),
)  # fmt: skip
option_day1_cash = _of_each(
    "option_day1_cash", "Cash in year 0", "Paid before the first hour of work.", "{}_day1_cash"
)
option_peak_cash = _of_each(
    "option_peak_cash", "Peak cash", "The deepest that cumulative cash falls.", "{}_peak_cash"
)
option_total_cash = _of_each(
    "option_total_cash", "Total cash", "Over the horizon, undiscounted.", "{}_total_cash"
)
option_npv = _of_each("option_npv", "NPV before tax", "Of each option.", "npv_{}")
option_npv_after_tax = _of_each(
    "option_npv_after_tax", "NPV after tax", "Of each option.", "npv_{}_after_tax"
)


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


option_bound = _option(
    "option_bound", "Bound to, if offered", "USD",
    "What cannot be cancelled once signed; blocks bind one block at a time.",
    "obligation_at_signing", lambda one: one.bound,
)  # fmt: skip


@line("Obligation at signing", "USD", along="options")
def option_obligation(option_npv, option_bound):
    """Of what is offered."""
    return where(defined(option_npv), option_bound, undefined(NONE))


_when = Heading("When each option can work")


option_lead_days = _option(
    "option_lead_days", "Lead time of each", "day", "From the decision to working.",
    "known_lead_days", lambda one: one.lead,
)  # fmt: skip


option_job_days = _option(
    "option_job_days", "Days at work", "day", "How long the run takes on it.", "job_days",
    lambda one: one.job_days,
)  # fmt: skip


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


@line("What is not late is", "text")
def not_late_words(result_needed_days):
    """Lead times are tested against the day by which the result is needed, or not at all."""
    return where(defined(result_needed_days), "in time", "not tested")


@line("If offered", "text", along="options")
def option_if_offered(option_job_slack, option_slack, not_late_words):
    """Too late, in time, or not tested."""
    late = either(below(option_job_slack, 0), below(option_slack, 0))
    return where(late, "too late", not_late_words)


option_assured = _option(
    "option_assured", "Can be had for years", "flag",
    "1, but for spot: there somebody has to say so.", 1, lambda one: one.assured,
)  # fmt: skip


@line("If it can be had", "text", along="options")
def option_if_assured(option_assured, option_if_offered):
    """As it stands in time, or not assured for years."""
    return where(picked(option_assured, 1), option_if_offered, "not assured")


option_available = _option(
    "option_available", "Offered", "flag", "1 where it can be had at a price.", 1,
    lambda one: f"{one.key}_available",
)  # fmt: skip


@line("Meets the deadline", "text", along="options")
def option_timing(option_available, option_if_assured):
    """Only what is offered, assured and not late is ranked."""
    return where(picked(option_available, 1), option_if_assured, "not offered")


@line("Eligible", "flag", along="options")
def option_eligible(option_timing, not_late_words):
    """1 where it counts: offered, assured and not late."""
    return where(picked(option_timing, not_late_words), 1, 0)


option_price_given = _option(
    "option_price_given", "Price given", "flag",
    "1 where the file, an override, a quote or an own list has it.", 1,
    lambda one: f"{one.price}_given",
)  # fmt: skip


option_billed_share = _option(
    "option_billed_share", "Hours billed", "share",
    "Over capacity; what is owned is there all the time.", 1, lambda one: one.billed,
)  # fmt: skip


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


_ranking = Heading("Which options count, and their order")


option_deciding_npv = _of_each(
    "option_deciding_npv", "NPV that decides", "After tax where there is a tax.",
    "{}_deciding_npv",
)  # fmt: skip
rent_deciding_npv = _option(
    "rent_deciding_npv", "NPV that decides, of renting", "USD", "0 for owning, which is no rent.",
    0, lambda one: f"{one.key}_deciding_npv",
)  # fmt: skip


@line("Rented and eligible", "flag", along="options")
def option_is_rival(options, option_eligible):
    """1 for the rents that count; an error among their NPVs is none the less an error."""
    return where(both(picked(option_eligible, 1), unless(picked(options, "own"))), 1, 0)


@line("Rented and eligible: NPV that decides", "USD", along="options")
def rival_deciding_npv(option_is_rival, rent_deciding_npv):
    """What owning is compared with."""
    return where(picked(option_is_rival, 1), rent_deciding_npv, undefined(NONE))


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


def of_best(key: str, label: str, unit: str, note: str, rival: Any, none: Any) -> Gathered:
    """What the best rent that counts has: by its key, what each way to rent has.

    Args:
        rival: a way to rent -> the key of its line, or words.
        none: where no rent counts: words, or why there are no amounts.
    """
    amounts = unit == "USD"

    @gathered
    def line_of_best(members):
        found = {one.key: rival(one) for one in members.all(Rival)}
        needs = tuple(dict.fromkeys(x for x in found.values() if not isinstance(x, Fixed)))

        def rule(best: Any, *parts: Any) -> Any:
            at = dict(zip(needs, parts, strict=True))
            said = {
                name: one.words if isinstance(one, Fixed) else at[one]
                for name, one in found.items()
            }
            return chosen(best, **said, none=undefined(none) if amounts else none)

        along = YEARS if amounts else None
        yield Line(key, label, unit, rule, note, ("best_rent_option", *needs), along)

    return line_of_best


best_rent_words = of_best(
    "best_rent_words", "Best rent, in words", "text", "What the option is called in a sentence.",
    lambda one: Fixed(one.words), "no rent",
)  # fmt: skip


@line("NPV of the best rent that counts", "USD")
def best_rent_npv(rivals_eligible, rival_npv):
    """Before tax."""
    return where(beyond(rivals_eligible, 0), highest(rival_npv), undefined("none counts"))


@line("NPV of the best rent that counts, after tax", "USD")
def best_rent_npv_after_tax(rivals_eligible, rival_npv_after_tax):
    """After tax."""
    return where(beyond(rivals_eligible, 0), highest(rival_npv_after_tax), undefined("none counts"))


_asked = Heading("Whether somebody gives the price of the best rent")


@line("Rents that have a price", "count")
def rents_priced(option_available, option_assured):
    """Offered and to be had for years, in time or not."""
    return dot(option_available, option_assured) - 1


@line("No rent has a price", "flag")
def rents_unknown(rents_priced):
    """1 where nothing is offered that could be had for years."""
    return where(beyond(rents_priced, 0), 0, 1)


@line("Price of the best rent: given", "flag")
def best_rent_given(best_rent_option, options, option_price_given):
    """1 where nothing is compared, too: then none is asked for."""
    return where(
        picked(best_rent_option, "none"), 1, lookup(best_rent_option, options, option_price_given)
    )


@line("Price of the best rent: not given", "flag")
def rents_missing(best_rent_given, rents_unknown):
    """1 where it is the middle of what is listed, or where nothing is."""
    return maximum(1 - best_rent_given, rents_unknown)

"""Returns: what the purchase earns over renting, year by year, as a rate and as a time."""

from typing import Any

from tco.lines import *
from tco.model.own.compare import of_best

SECTION = "returns"
PAGE = Page(
    "What owning earns over renting: the increment of cash, its rate of return and its payback",
    totals=("irr_vs_best", "payback_vs_best"),
    place=110,
)
# Whom owning is measured against: each has the same lines.
# The last two are where its worth stands and why it may have none.
AGAINST = (
    ("best", "the best rent", "best_rent_npv", "no rent counts"),
    ("reserved", "a reservation", "npv_reserved", "not offered"),
    ("on_demand", "on demand", "npv_on_demand", "not offered"),
)
NEVER = "never"

_best = Heading("The best rent that counts, year by year")


best_due = of_best(
    "best_due", "Best rent: due", "USD", "Everything that the best rent pays during the year.",
    lambda one: f"{one.key}_due", "–",
)  # fmt: skip
best_ahead = of_best(
    "best_ahead", "Best rent: paid ahead", "USD", "Everything that the best rent pays ahead.",
    lambda one: f"{one.key}_ahead", "–",
)  # fmt: skip


@line("Best rent: cash flow", "USD", along=YEARS, guarded=True)
def best_flow(best_due, best_ahead):
    """Of the option that the verdict is measured against."""
    return -1 * (best_due + best_ahead)


@line("Best rent: present value", "USD", along=YEARS, guarded=True)
def best_present_value(best_due, discount_factor, best_ahead, factor_at_end):
    """Of the same option."""
    return -1 * (best_due * discount_factor + best_ahead * factor_at_end)


def sign_so_far(before: Any, flow: Any) -> Any:
    """1 where something is gained, -1 where paid; a year without either keeps the sign before."""
    up, down = where(below(0, flow), 1, 0), where(below(flow, 0), 1, 0)
    return up - down + (1 - up - down) * previous(before)


def sign_turns(sign: Any) -> Any:
    """1 where the sign is not the one of the year before."""
    return where(below(sign * previous(sign), 0), 1, 0)


def _rows(name: str, said: str, worth: str) -> tuple[Line, ...]:
    """The increment, its running sums, its signs, and its gains and losses."""

    def increment(own: Any, rent: Any, worth: Any) -> Any:
        return where(defined(worth), own - rent, undefined("–"))

    def running(before: Any, flow: Any) -> Any:
        return previous(before) + flow

    def behind(sum_: Any, year: Any, horizon: Any) -> Any:
        return where(both(below(sum_, 0), at_most(year, horizon)), year + 1, 0)

    base = f"increment_vs_{name}"
    made = (
        (base, "increment", "USD", increment, ("own_flow", f"{name}_flow", worth),
         "Cash of owning less cash of renting, before tax."),
        (f"{base}_present", "increment, present value", "USD", increment,
         ("own_present_value", f"{name}_present_value", worth), "The same, discounted."),
        (f"{base}_sum", "increment, so far", "USD", running, (f"{base}_sum", base),
         "The running sum."),
        (f"{base}_present_sum", "increment, discounted, so far", "USD", running,
         (f"{base}_present_sum", f"{base}_present"), "The running sum of present values."),
        (f"{base}_sign", "sign of the increment", "1",
         lambda before, flow: sign_so_far(before, flow), (f"{base}_sign", base),
         "1 gained, -1 paid; a year without either keeps the sign before it."),
        (f"{base}_change", "change of sign", "flag",
         lambda sign: sign_turns(sign), (f"{base}_sign",),
         "1 where the sign turns."),
        (f"{base}_behind", "year after which it is still behind", "years", behind,
         (f"{base}_sum", "year", "horizon_years"), "The next year, while the sum is below 0."),
        (f"{base}_behind_discounted", "the same, discounted", "years", behind,
         (f"{base}_present_sum", "year", "horizon_years"), "The next year, while below 0."),
        (f"{base}_gain", "gains", "USD", lambda flow: maximum(flow, 0), (base,),
         "The years in which owning is ahead."),
        (f"{base}_loss", "losses", "USD", lambda flow: maximum(-flow, 0), (base,),
         "The years in which owning is behind, positive."),
        (f"{base}_gain_years", "gains x year", "USD", lambda flow, year: flow * year,
         (f"{base}_gain", "year"), "For the mean time of the gains."),
        (f"{base}_loss_years", "losses x year", "USD", lambda flow, year: flow * year,
         (f"{base}_loss", "year"), "For the mean time of the losses."),
    )  # fmt: skip
    return tuple(
        Line(key, f"Own over {said}: {label}", unit, passing_on_any(rule), note, needs, YEARS,
             stock=key in needs, guarded=worth not in needs)
        for key, label, unit, rule, needs, note in made
    )  # fmt: skip


def _rate(name: str, said: str, worth: str, why: str) -> tuple[Line, ...]:
    """The internal rate of return where there is one, and the guesses that lead to it.

    A guess makes gains and losses, discounted at the one before, equal at their mean times: three
    bring every engine's IRR() to the rate.
    """
    base = f"increment_vs_{name}"
    sums = (f"{base}_gain", f"{base}_loss", f"{base}_gain_years", f"{base}_loss_years")
    counts, guard = f"{base}_changes", f"{base}_has_rate"

    def has_rate(changes: Any, sign: Any, year: Any) -> Any:
        return where(both(picked(changes, 1), short_of(lookup(0, year, sign), 0)), 1, 0)

    made: list[tuple[str, str, str, Any, tuple[str, ...], str]] = [
        (counts, "changes of sign", "count", lambda row, worth: where_known(total(row), worth, why),
         (f"{base}_change", worth),
         "How often gains and losses change places."),
        (guard, "has one rate of return", "flag", has_rate, (counts, f"{base}_sign", "year"),
         "1 where the first flow is paid and the sign turns exactly once."),
    ]  # fmt: skip
    before = ""
    for number in (1, 2, 3):

        def apart(
            has: Any, gain: Any, loss: Any, gained: Any, lost: Any, year: Any, rate: Any = 0
        ) -> Any:
            at = (year, rate)
            between = worth_at(gained, *at) / worth_at(gain, *at) - worth_at(lost, *at) / worth_at(
                loss, *at
            )
            return where(picked(has, 1), between, 1)

        def guess(has: Any, gain: Any, loss: Any, apart: Any, year: Any, rate: Any = 0) -> Any:
            over = worth_at(gain, year, rate) / worth_at(loss, year, rate)
            return where(picked(has, 1), (1 + rate) * power(over, 1 / apart) - 1, 0)

        reads = (before,) if before else ()
        span, here = f"{base}_apart_{number}", f"{base}_guess_{number}"
        made += [
            (span, f"years between losses and gains, step {number}", "years", apart,
             (guard, *sums, "year", *reads), "Mean time of gains less mean time of losses."),
            (here, f"rate, step {number}", "share", guess, (guard, *sums[:2], span, "year", *reads),
             "At which the two are worth the same at their mean times."),
        ]  # fmt: skip
        before = here

    def rate(has: Any, flow: Any, guess: Any, worth: Any) -> Any:
        one = where(picked(has, 1), irr(flow, guess), undefined("the increment has no one rate"))
        return where_known(one, worth, why)

    made.append(
        (f"irr_vs_{name}", "IRR", "share", rate, (guard, base, before, worth),
         "Of the increment; only where the first flow is paid and the sign turns once.")
    )  # fmt: skip
    return tuple(
        Line(key, f"Own over {said}: {label}", unit, rule, note, needs, exact=unit == "years")
        for key, label, unit, rule, needs, note in made
    )


def _payback(name: str, said: str, worth: str, why: str) -> tuple[Line, ...]:
    """When the purchase is earned back, plain and discounted."""
    base = f"increment_vs_{name}"
    made: dict[str, tuple[str, str, Any, tuple[str, ...], str]] = {}
    exact = {f"payback_vs_{name}", f"discounted_payback_vs_{name}"}
    for kind, words, sums, flows, behind in (
        ("payback", "payback", f"{base}_sum", base, f"{base}_behind"),
        ("discounted_payback", "discounted payback", f"{base}_present_sum", f"{base}_present",
         f"{base}_behind_discounted"),
    ):  # fmt: skip
        key, first, left = f"{kind}_vs_{name}", f"{kind}_year_vs_{name}", f"{kind}_left_vs_{name}"

        def year_of(behind: Any, horizon: Any, worth: Any) -> Any:
            last = highest(behind)
            return where_known(where(at_most(last, horizon), last, undefined(NEVER)), worth, why)

        def short(year_of: Any, year: Any, sums: Any, worth: Any) -> Any:
            found = lookup(maximum(year_of - 1, 0), year, sums)
            return where_known(where(defined(year_of), -1 * found, undefined(NEVER)), worth, why)

        def years(year_of: Any, short: Any, year: Any, flows: Any, worth: Any) -> Any:
            part = minimum(short / lookup(maximum(year_of, 1), year, flows), 1)
            found = where(defined(year_of), maximum(year_of - 1 + part, 0), undefined(NEVER))
            return where_known(found, worth, why)

        made[first] = (f"{words}, falls into year", "years", year_of,
                       (behind, "horizon_years", worth),
                       "The first year at whose end it is not behind; 0: it never is.")  # fmt: skip
        made[left] = (f"{words}, still to earn", "USD", short, (first, "year", sums, worth),
                      "At the end of the year before.")  # fmt: skip
        made[key] = (words, "years", years, (first, left, "year", flows, worth),
                     "Years until the sum is back at 0, evenly within the year.")  # fmt: skip
    return tuple(
        Line(key, f"Own over {said}: {label}", unit, rule, note, needs, exact=key in exact)
        for key, (label, unit, rule, needs, note) in made.items()
    )


against = tuple(
    item
    for name, said, worth, why in AGAINST
    for item in (
        Heading(f"Owning over {said}"), *_rows(name, said, worth), *_rate(name, said, worth, why),
        *_payback(name, said, worth, why),
    )
)  # fmt: skip

_resale = Heading("Whether it needs the resale")


@line("Earned by use alone", "USD")
def earned_by_use(increment_vs_best, exit_proceeds, best_rent_npv):
    """The increment over the years without the exit proceeds."""
    earned = rounded(total(increment_vs_best) - exit_proceeds)
    return where_known(earned, best_rent_npv, "no rent counts")


@line("Payback needs the resale", "flag")
def payback_needs_resale(payback_vs_best, earned_by_use):
    """1 where without the exit proceeds the increment never earns the purchase back."""
    return where(both(defined(payback_vs_best), short_of(earned_by_use, 0)), 1, 0)


_lead = Heading("How far owning is ahead of the best rent, on the basis that decides")

best_so_far = of_best(
    "best_so_far", "Best rent: come to so far", "USD", "Worth today, on the basis that decides.",
    lambda one: f"{one.key}_so_far", "–",
)  # fmt: skip


@line("Own over the best rent: so far", "USD", along=YEARS, guarded=True)
def lead_so_far(own_so_far, best_so_far):
    """Below 0 while owning is behind; it ends at the advantage that decides."""
    return own_so_far - best_so_far


@line("Own over the best rent: year after which it is behind", "years", along=YEARS, guarded=True)
def lead_behind(lead_so_far, year, horizon_years):
    """The next year, while owning is behind."""
    return where(both(below(lead_so_far, 0), at_most(year, horizon_years)), year + 1, 0)


@line("Year from which owning is ahead", "years")
def lead_from(lead_behind):
    """On the basis that decides; the year after the last in which it is behind."""
    return highest(lead_behind)


@line("Owning against the best rent over the years, in words", "text")
def lead_compared(
    deciding_advantage, deciding_advantage_size, currency, best_rent_words, lead_from
):
    """Behind in the end, or ahead from which year on."""
    size = shown(deciding_advantage_size / 1e6, "#,##0.0")
    behind = text("Owning ends {} M {} behind {}", size, currency, best_rent_words)
    ahead = text("Owning is ahead of {} from year {}, by {} M {} in the end",
                 best_rent_words, lead_from, size, currency)  # fmt: skip
    return where(below(deciding_advantage, 0), behind, ahead)


@line("Owning over the years, in words", "text")
def lead_words(best_rent_deciding_npv, lead_compared, own_deciding_npv, currency):
    """Against the best rent, where one counts."""
    cost = shown(-own_deciding_npv / 1e6, "#,##0.0")
    alone = text("Owning comes to {} M {}; no rent counts", cost, currency)
    return where(defined(best_rent_deciding_npv), lead_compared, alone)

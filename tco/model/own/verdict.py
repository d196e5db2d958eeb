"""Verdict: what owning is worth over the best rent that counts, and what that decides."""

from typing import Any

from tco.lines import *
from tco.model.own.driver import Outcome

SECTION, INPUTS = "compare", "own"
OUTCOME = Outcome(
    "deciding_advantage", "Advantage", place=1, favours=("favours owning", "favours renting"),
    favoured="advantage of owning",
)  # fmt: skip

verdict_band_share = Given(
    "Too close to call within",
    "share",
    least=0,
    most=1,
    note="Advantages below this share of the smaller NPV decide nothing.",
)


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
def deciding_advantage(own_deciding_npv, best_rent_deciding_npv):
    """After tax where there is a tax; 0 where no rent counts."""
    return where(defined(best_rent_deciding_npv), own_deciding_npv - best_rent_deciding_npv, 0)


@line("Advantage that decides, where a rent counts", "USD")
def advantage_found(best_rent_deciding_npv, deciding_advantage):
    """For the first page: what is compared with nothing has no advantage of 0."""
    return where(defined(best_rent_deciding_npv), deciding_advantage, undefined("no rent counts"))


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


@line("What the years say, by the figures as they stand", "text")
def verdict_standing(verdict_case, verdict_compared):
    """Own, rent or too close to call, among what is offered and in time."""
    return numbered(verdict_case, "nothing is in time", "own", "rent", verdict_compared)


@line("What the years say", "text")
def verdict_found(undecided, verdict_standing):
    """The same, unless it hangs on a figure that nobody has given."""
    return where(picked(undecided, 1), "not decided", verdict_standing)


@line("Verdict over the years", "text", section="state")
def verdict(errors, verdict_found, first_finding):
    """What the years say, unless an error stands: then there is none, and the error says why."""
    return numbered(minimum(errors, 1), verdict_found, undefined(first_finding))


@line("Years in words", "text")
def horizon_words(horizon_years):
    """One year, or years."""
    return where(picked(horizon_years, 1), "year", "years")


@line("Verdict: in words", "text")
def verdict_said(undecided, questions_open, verdict_found):
    """With its scope where a figure is missing that does not matter."""
    settled = both(picked(undecided, 0), beyond(questions_open, 0))
    return where(settled, text("{}, at any listed price", verdict_found), verdict_found)


@line("Verdict: sentence", "text")
def verdict_words(horizon_years, horizon_words, verdict_said, verdict_reason):
    """The verdict and why, for the first page."""
    return text(
        "Own or rent over {} {}: {}. {}",
        horizon_years,
        horizon_words,
        verdict_said,
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
        shown(utilization, "0.0%"),
        shown(deciding_advantage_size / 1e6, "#,##0.00"),
        currency,
        shown(advantage_share, "0.0%"),
        verdict_more,
        best_rent_words,
    )


@line("Verdict: as the figures stand", "text")
def standing_reason(verdict_case, verdict_figures, verdict_basis):
    """Why, in words."""
    return numbered(
        verdict_case,
        "Neither the purchase nor any rent is there in time.",
        "No rented option is offered and in time.",
        "The purchase would come too late.",
        text("{}, the best that counts, NPV {}.", verdict_figures, verdict_basis),
    )


_NOTHING_OPEN = "Nothing that decides is left open."


@line("Verdict: what it hangs on", "text")
def open_reason(questions_open, missing_words, currency, least_words, middle_words, most_words):
    """What is asked for, and the answer at its least, in the middle and at its most."""
    said = text(
        "Nobody has given {}. Between the ends owning is worth, in M {}, {} to {}, in the middle "
        "{}.",
        missing_words,
        currency,
        least_words,
        most_words,
        middle_words,
    )
    return where(beyond(questions_open, 0), said, _NOTHING_OPEN)


def _answer(amount: Any, verdict: Any) -> Any:
    """What owning is worth somewhere, and the verdict there."""
    return text("{} ({})", shown(amount / 1e6, "#,##0.00"), verdict)


@line("Verdict at the least: in words", "text")
def least_words(least_advantage, least_verdict):
    """What owning is worth there, and what that makes the verdict."""
    return _answer(least_advantage, least_verdict)


@line("Verdict in the middle: in words", "text")
def middle_words(deciding_advantage, verdict_standing):
    """As the figures stand."""
    return _answer(deciding_advantage, verdict_standing)


@line("Verdict at the most: in words", "text")
def most_words(largest_advantage, largest_verdict):
    """What owning is worth there, and what that makes the verdict."""
    return _answer(largest_advantage, largest_verdict)


@line("Verdict: no rent", "text")
def unlisted_reason(questions_open, missing_words):
    """There is nothing to compare with."""
    said = text("Nobody has given {}, and none is listed.", missing_words)
    return where(beyond(questions_open, 0), said, _NOTHING_OPEN)


@line("Verdict: reason", "text")
def verdict_reason(undecided, rents_unknown, standing_reason, open_reason, unlisted_reason):
    """Why it is so, or why there is none."""
    return numbered(undecided * (1 + rents_unknown), standing_reason, open_reason, unlisted_reason)


_the_other_way = Heading("Capex deducted the other way")


@line("NPV advantage of owning, deducted the other way", "USD")
def npv_advantage_other(npv_own_after_tax_other, best_rent_npv_after_tax):
    """After tax, against the best rent that counts."""
    return where(
        defined(best_rent_npv_after_tax),
        npv_own_after_tax_other - best_rent_npv_after_tax,
        undefined("no rented option counts"),
    )


@line("Way of deducting, in words", "text")
def depreciation_words(tax_depreciation):
    """For a sentence."""
    return chosen(tax_depreciation, macrs="by MACRS", straight="evenly", bonus="all in year 1")


@line("The other way, in words", "text")
def other_depreciation_words(other_depreciation):
    """For a sentence."""
    return chosen(other_depreciation, macrs="by MACRS", bonus="all in year 1")


@line("Deducted the other way: advantage, in words", "text")
def other_deduction_words(other_depreciation_words, npv_advantage_other, currency):
    """What the timing of the deduction makes of it."""
    return where(
        defined(npv_advantage_other),
        text(
            "Were capex deducted {}, owning would be worth {} M {} over the best rent after tax",
            other_depreciation_words,
            shown(npv_advantage_other / 1e6, "#,##0.00"),
            currency,
        ),
        "Nothing is compared",
    )


@line("Deducted the other way, in words", "text")
def deduction_words(
    decided_after_tax, other_deduction_words, depreciation_words, npv_advantage_after_tax
):
    """What the timing of the deduction changes."""
    return where(
        both(picked(decided_after_tax, 1), defined(npv_advantage_after_tax)),
        text(
            "{}; {}, as here, it is {}.",
            other_deduction_words,
            depreciation_words,
            shown(npv_advantage_after_tax / 1e6, "#,##0.00"),
        ),
        "How capex is deducted moves nothing: there is no tax, or nothing is compared.",
    )

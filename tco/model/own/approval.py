"""Approval: what owning or renting asks a board for, and its answer, a line each."""

from tco.lines import *
from tco.model.board import MONEY, WORDS, OnBoard

SECTION = "compare"
BOARD = OnBoard(
    decision="approval_words",
    answer="approval_answer",
    leads=("flip_words", "draws_words", "influence_words", "commitment_words"),
    amount="own_day1_cash",
    tiles=(
        ("own_day1_cash", "Paid before first hour", MONEY),
        ("own_peak_cash", "Peak cash, owned", MONEY),
        ("obligation_at_signing", "Bound at signing, owned", MONEY),
        ("hour_costs_words", "GPU-hour, own / rent", WORDS),
        ("worth_drawn_words", "Owning is worth, 90% range", WORDS),
        ("probability_own_better", "Chance owning is better", "0%"),
    ),
    place=3,
)

_approval = Heading("What is to be approved, in words")


@line("What is to be approved", "text")
def approval_words(own_day1_cash, board_divisor, board_unit, fleet_gpus, chip, horizon_years,
                   horizon_words):  # fmt: skip
    """The amount before the first hour, and the other choice."""
    return text(
        "Decision: approve {} {} for {} GPUs ({}), owned for {} {}, or rent the same hours",
        shown(own_day1_cash / board_divisor, "#,##0.00"),
        board_unit,
        shown(fleet_gpus, "#,##0"),
        chip,
        horizon_years,
        horizon_words,
    )


@line("A useful hour, owned, in words", "text")
def own_hour_words(own_cost_per_gpu_hour_delivered):
    """Levelised, before tax; none where no hour does paid work."""
    cost = own_cost_per_gpu_hour_delivered
    return where(defined(cost), shown(cost, "0.00"), "–")


@line("A useful hour, rented, in words", "text")
def rent_hour_words(best_rent_hour_cost):
    """Of the best rent that counts, levelised, before tax."""
    return where(defined(best_rent_hour_cost), shown(best_rent_hour_cost, "0.00"), "–")


@line("A useful hour, owned and rented, in words", "text")
def hour_costs_words(own_hour_words, rent_hour_words):
    """Levelised, before tax, over the hours that do paid work."""
    return text("{} / {}", own_hour_words, rent_hour_words)


@line("What is signed, in words", "text")
def commitment_words(obligation_at_signing, upfront_cost, colo_obligation, best_rent_bound,
                     board_divisor, board_unit):  # fmt: skip
    """What cannot be cancelled of owning, and of the best rent."""
    return text(
        "Signing to own binds to {} {}: {} at once, {} of colocation; the best rent to {}.",
        shown(obligation_at_signing / board_divisor, "#,##0.00"),
        board_unit,
        shown(upfront_cost / board_divisor, "#,##0.00"),
        shown(colo_obligation / board_divisor, "#,##0.00"),
        shown(best_rent_bound / board_divisor, "#,##0.00"),
    )


@line("Advantage in the draws, in short", "text")
def worth_drawn_words(probability_own_better, advantage_p5, advantage_p95, board_divisor):
    """In the amounts of the first sheet."""
    ends = (shown(one / board_divisor, "#,##0.0") for one in (advantage_p5, advantage_p95))
    return where(defined(probability_own_better), text("{} to {}", *ends), "not drawn")


@line("The answer where both count: its first words", "text")
def approval_verdict(too_close, deciding_advantage):
    """Own, rent, or neither clearly."""
    favoured = where(below(deciding_advantage, 0), 1, 0)
    return numbered(favoured * (1 - too_close) + 2 * too_close, "Own", "Rent", "Too close to call")


@line("The answer where both count", "text")
def approval_compared(approval_verdict, deciding_advantage_size, board_divisor, board_unit,
                      verdict_more, best_rent_words, advantage_share):  # fmt: skip
    """What owning is worth against the best rent."""
    return text(
        "{}: owning is worth {} {} {} than {} ({})",
        approval_verdict,
        shown(deciding_advantage_size / board_divisor, "#,##0.00"),
        board_unit,
        verdict_more,
        best_rent_words,
        shown(advantage_share, "0.0%"),
    )


@line("The answer, with its basis", "text")
def approval_based(approval_compared, decided_after_tax, horizon_years, horizon_words):
    """NPV over the years, after tax where there is one."""
    tax = numbered(decided_after_tax, "before", "after")
    return text("{}, NPV {} tax over {} {}", approval_compared, tax, horizon_years, horizon_words)


@line("The answer as the figures stand", "text")
def approval_standing(verdict_case, approval_based):
    """Also where only one of both counts, or none."""
    return numbered(
        verdict_case,
        "Neither: nothing is there in time",
        "Own: no rented option is offered and in time",
        "Rent: the purchase would come too late",
        approval_based,
    )


@line("The answer where a price is open", "text")
def approval_open(least_advantage, largest_advantage, board_divisor, board_unit, missing_words):
    """What owning may be worth by the price that nobody has given."""
    return text(
        "Not decided: owning is worth {} to {} {} more, by {} that nobody has given",
        shown(least_advantage / board_divisor, "#,##0.00"),
        shown(largest_advantage / board_divisor, "#,##0.00"),
        board_unit,
        missing_words,
    )


@line("The answer where no rent is known", "text")
def approval_unlisted(missing_words):
    """There is nothing to compare with."""
    return text("Not decided: nobody has given {}, and none is listed", missing_words)


@line("Answer to what is asked", "text")
def approval_answer(undecided, rents_unknown, approval_standing, approval_open, approval_unlisted):
    """As the figures stand, unless it hangs on one that nobody has given."""
    return numbered(undecided * (1 + rents_unknown), approval_standing, approval_open,
                    approval_unlisted)  # fmt: skip

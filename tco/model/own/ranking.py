"""Ranking: the options in their order, those that do not count below those that do."""

from tco.lines import *
from tco.model.own.placing import by_place

SECTION = "compare"

ranking = Rows(tuple((f"rank {number}", "", "–") for number in range(1, 7)))

_order = Heading("The options in their order")


@line("Sorted by", "count", along="options")
def option_sorted(option_eligible, own_eligible, rivals_eligible, option_place):
    """How many that count cost as much or more, itself among them; 0 for what does not count."""
    return option_eligible * (1 + own_eligible + rivals_eligible - option_place)


@line("Order as listed", "count", along="options")
def option_order(option_order):
    """1, 2, 3 and so on."""
    return previous(option_order) + 1


@line("Place among all", "count", along="options")
def option_shown_place(option_sorted, option_order):
    """By what it is sorted by; of equals the one listed first."""
    return place_among(option_sorted, option_order, option_sorted, option_order) + 1


@line("Place", "count", along="ranking")
def ranked_place(ranked_place):
    """1, 2, 3 and so on."""
    return previous(ranked_place) + 1


_by_place = by_place("ranked_place", "option_shown_place", "ranking")
ranked_name = _by_place("ranked_name", "Ranked: option", "text", "Its name.", "option_name")
ranked_npv = _by_place(
    "ranked_npv", "Ranked: NPV that decides", "USD", "After tax where there is a tax.",
    "option_deciding_npv",
)  # fmt: skip
ranked_day1_cash = _by_place(
    "ranked_day1_cash", "Ranked: cash in year 0", "USD", "Paid before the first hour of work.",
    "option_day1_cash",
)  # fmt: skip
ranked_peak_cash = _by_place(
    "ranked_peak_cash", "Ranked: peak cash", "USD", "The deepest that cumulative cash falls.",
    "option_peak_cash",
)  # fmt: skip
ranked_hour_cost = _by_place(
    "ranked_hour_cost", "Ranked: per GPU-hour delivered", "USD/GPU-h", "Levelised, before tax.",
    "option_cost_delivered",
)  # fmt: skip
ranked_obligation = _by_place(
    "ranked_obligation", "Ranked: obligation at signing", "USD", "What cannot be cancelled.",
    "option_obligation",
)  # fmt: skip
ranked_co2_tonnes = _by_place(
    "ranked_co2_tonnes", "Ranked: CO2e over the horizon", "t", "Of what is offered.",
    "option_co2_tonnes",
)  # fmt: skip
ranked_timing = _by_place(
    "ranked_timing", "Ranked: meets the deadline", "text", "Or why it is out.", "option_timing"
)
ranked_eligible = _by_place(
    "ranked_eligible", "Ranked: counts", "flag", "1 where it is ranked.", "option_eligible"
)


@line("Best rent that counts: obligation", "USD")
def best_rent_bound(best_rent_option, options, option_bound):
    """What cannot be cancelled once it is signed; 0 where no rent counts."""
    return where(
        picked(best_rent_option, "none"), 0, lookup(best_rent_option, options, option_bound)
    )


@line("Best rent that counts: per GPU-hour delivered", "USD/GPU-h")
def best_rent_hour_cost(best_rent_option, options, option_cost_delivered):
    """What a useful hour of it costs, levelised, before tax."""
    return where(
        picked(best_rent_option, "none"),
        undefined("no rent counts"),
        lookup(best_rent_option, options, option_cost_delivered),
    )

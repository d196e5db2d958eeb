"""The sentences of the first page, built from live parts."""

from tco.lines import *

SECTION = "summary"


@line("Buying, in words", "text")
def buy_sentence(buy_total, currency, gpus, days_needed):
    """What buying the fleet costs."""
    return text(
        "Buying {} GPUs to train it in {} days costs {} M {}.",
        shown(gpus, "#,##0"),
        shown(days_needed, "#,##0.0"),
        shown(buy_total / 1e6, "#,##0.00"),
        currency,
    )


@line("Renting, in words", "text")
def rent_sentence(rent_cost, rent_total, currency, rent_option):
    """What renting the same run costs, with the same staff."""
    return where(
        defined(rent_cost),
        text(
            "Renting the same run ({}) costs {} M {}, staff included in both.",
            rent_option,
            shown(rent_total / 1e6, "#,##0.00"),
            currency,
        ),
        text("Renting is not compared: of the terms to rent on, {}.", rent_option),
    )


@line("Runs to break even, in words", "text")
def breakeven_sentence(breakeven_words):
    """How many such runs the purchase would have to serve."""
    return breakeven_words

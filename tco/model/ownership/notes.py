"""The sentences of the ownership view: the verdict, and what would turn it."""

from tco.lines import line, picked, text, where

SECTION = "summary"


@line("Verdict over the years, in words", "text")
def verdict_sentence(horizon_years, verdict, verdict_reason):
    """Own or rent, by the NPV that decides, against the best rent that counts."""
    return text("Own or rent over {} years: {}. {}", horizon_years, verdict, verdict_reason)


@line("What would turn it, in words", "text")
def flip_sentence(
    verdict_case, tie_rent_price_words, tie_server_price_words, tie_utilization_words
):
    """The values of three drivers, each alone, at which owning and the best rent are level."""
    return where(
        picked(verdict_case, 3),
        text(
            "Level if rent moves from {} an hour, or a server from {}; utilisation: {}.",
            tie_rent_price_words,
            tie_server_price_words,
            tie_utilization_words,
        ),
        "There is nothing to turn.",
    )

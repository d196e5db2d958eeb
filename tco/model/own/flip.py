"""Flip: the verdict's conditions, and what would turn it."""

from typing import Any

from tco.lines import *
from tco.lines.roots import AT_NO_VALUE
from tco.model.own.driver import Driver
from tco.model.own.rival import Rival

SECTION = "flip"
PAGE = Page(
    "What would turn the verdict: costs over utilisation, and utilisation against price",
    tabular=True,
    place=140,
    planned=True,
)


NOT_COMPARED = "Owning and renting do not both count: sheet Compare has what is offered, and when."


@gathered
def best_rent_tie_words(members):
    """The price of the option that the verdict is measured against."""
    tried = {one.key for one in members.all(Driver)}
    rivals = members.all(Rival)
    needs = tuple(dict.fromkeys(f"tie_{one.price}_words" for one in rivals if one.price in tried))

    def rule(best: Any, *said: Any) -> Any:
        words = dict(zip(needs, said, strict=True))
        each = {one.key: words.get(f"tie_{one.price}_words", AT_NO_VALUE) for one in rivals}
        return chosen(best, **each, none=AT_NO_VALUE)

    label, note = "From plan to tie: price of the best rent", "Of the option to be beaten."
    yield Line("best_rent_tie_words", label, "text", rule, note, ("best_rent_option", *needs))


@line("What would turn the verdict", "text")
def flip_words(
    verdict_case, best_rent_words, best_rent_tie_words, tie_server_price_words,
    tie_utilization_words,
):  # fmt: skip
    """Three drivers, each alone, from the plan to where owning and the best rent are level."""
    return where(
        picked(verdict_case, 3),
        text(
            "Level with the best rent, by one change alone: an hour of {} {}; a server {}; "
            "utilisation {}.",
            best_rent_words,
            best_rent_tie_words,
            tie_server_price_words,
            tie_utilization_words,
        ),
        NOT_COMPARED,
    )

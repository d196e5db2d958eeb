"""Flip: the value of each driver at which the verdict turns, and what it carries."""

from typing import Any

from tco.lines import *
from tco.lines.roots import AT_NO_VALUE, NOT_GIVEN
from tco.model.own.driver import Driver
from tco.model.own.rival import Rival

SECTION = "flip"
PAGE = Page(
    "One driver at a time: how much of the advantage it carries, and where the verdict turns",
    tabular=True,
    place=140,
)


@of_each(Driver)
def turning(driver):
    """From the value as it stands to the one that ties, in words and as a change."""
    tie, value = f"tie_{driver.key}", driver.value

    def said(tie: Any, value: Any) -> Any:
        moved = text("{} to {}", shown(value, driver.form), shown(tie, driver.form))
        return where_known(where(defined(tie), moved, AT_NO_VALUE), value, NOT_GIVEN)

    def relative(tie: Any, value: Any) -> Any:
        return where(both(defined(tie), beyond(value, 0)), tie / value - 1, undefined("–"))

    def points(tie: Any, value: Any) -> Any:
        return where(defined(tie), tie - value, undefined("–"))

    label = driver.label.lower()
    yield Heading(f"Where it turns: {label}")
    yield Line(f"{tie}_words", f"From plan to tie: {label}", "text", said,
               "The plan's value and the one at which it ties.", (tie, value))  # fmt: skip
    note = "In points." if driver.rate else "Over the plan's value, all else equal."
    yield Line(f"change_{driver.key}", f"Change that ties: {label}", "share",
               points if driver.rate else relative, note, (tie, value))  # fmt: skip


@gathered
def drivers(members):
    """A row for each driver."""
    yield Rows(tuple((one.key, one.label, one.note) for one in members.all(Driver)), "drivers")


_drivers = Heading("What would flip it, one driver at a time")


def _of_each(key: str, label: str, unit: str, note: str, pattern: str) -> Gathered:
    """A column of the drivers whose entries are one line or input of each, by its key."""

    @gathered
    def column(members):
        entries = (pattern.format(one.key) for one in members.all(Driver))
        yield column_of("drivers", key, label, unit, note, entries)

    return column


driver_worth = _of_each(
    "driver_worth", "Worth in the advantage", "USD",
    "Gone where the driver is at 0: positive speaks for owning.", "worth_{}",
)  # fmt: skip
driver_tie = _of_each(
    "driver_tie", "From plan to tie", "text",
    "The plan's value and the nearest at which owning and the best rent are worth the same.",
    "tie_{}_words",
)  # fmt: skip
driver_change = _of_each(
    "driver_change", "Change that ties", "share", "Over the plan's value; of rates in points.",
    "change_{}",
)  # fmt: skip


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
            "Level with {}, by one change alone: an hour {}; a server {}; utilisation {}.",
            best_rent_words,
            best_rent_tie_words,
            tie_server_price_words,
            tie_utilization_words,
        ),
        "Owning and renting do not both count: sheet Compare has what is offered, and when.",
    )

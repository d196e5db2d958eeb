"""Flip: the value of each driver at which the verdict turns, and what it carries."""

from typing import Any

import tco.model.evidence as evidence  # the module: its rows would be of this one too
from tco.lines import *
from tco.lines.roots import AT_NO_VALUE, NOT_GIVEN
from tco.model.own.driver import Driver
from tco.model.own.ranges import WIDTHS
from tco.model.own.rival import Rival

SECTION = "flip"
PAGE = Page(
    "One driver at a time: how much of the advantage it carries, and where the verdict turns",
    tabular=True,
    place=140,
)


NOT_COMPARED = "Owning and renting do not both count: sheet Compare has what is offered, and when."


MOST_NAMED = 3  # conditions on one line of the first page


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

    def between(low: Any, high: Any) -> Any:
        said = text("{} to {}", shown(low, driver.form), shown(high, driver.form))
        return where_known(said, low, NOT_GIVEN)

    yield Heading(f"Where it turns: {label}")
    yield Line(f"range_{driver.key}_words", f"From the least to the most: {label}", "text", between,
               "What it probably is.", (f"low_{driver.key}", f"high_{driver.key}"))  # fmt: skip
    yield Line(f"{tie}_words", f"From plan to tie: {label}", "text", said,
               "The plan's value and the one at which it ties.", (tie, value))  # fmt: skip
    note = "In points." if driver.rate else "Over the plan's value, all else equal."
    yield Line(f"change_{driver.key}", f"Change that ties: {label}", "share",
               points if driver.rate else relative, note, (tie, value))  # fmt: skip


@of_each(Driver)
def inside(driver):
    """Whether a driver alone turns the verdict within its range, and where."""
    key, label = driver.key, driver.label.partition(",")[0].lower()

    def gap(tie: Any, low: Any, high: Any) -> Any:
        nearest = minimum(maximum(tie, low), high)
        return where(defined(tie), difference(tie, nearest), undefined(AT_NO_VALUE))

    def turns(gap: Any) -> Any:
        return where(picked(gap, 0), 1, 0)

    def condition(turns: Any, tie: Any) -> Any:
        return where(picked(turns, 1), text(" · {} from {}", label, tie), "")

    yield Line(f"turn_gap_{key}", f"Tie outside the range by: {label}", driver.unit, gap,
               "0 for one inside it.", (f"tie_{key}", f"low_{key}", f"high_{key}"))  # fmt: skip
    yield Line(f"turns_{key}", f"Turns within its range: {label}", "flag", turns,
               "1 where it alone makes owning and the best rent level.",
               (f"turn_gap_{key}",))  # fmt: skip
    yield Line(f"condition_{key}_words", f"Condition of the verdict: {label}", "text", condition,
               "Nothing where its range leaves the verdict.",
               (f"turns_{key}", f"tie_{key}_words"))  # fmt: skip


@gathered
def verdict_holds(members):
    """The conditions of the verdict, over every driver."""
    keys = [one.key for one in members.all(Driver)]

    def holds(case: Any, *turns: Any) -> Any:
        return where(both(picked(case, 3), same(sum_of(turns), 0)), 1, 0)

    def listed_(*said: Any) -> Any:
        return text(
            "Owning and the best rent are level with one of these alone:" + "{}" * len(said), *said
        )

    def conditions(holds: Any, compared: Any, said: Any) -> Any:
        settled = "No driver alone, over its range, makes owning and the best rent level."
        return numbered(compared * (1 + holds), NOT_COMPARED, said, settled)

    def few(count: Any, said: Any) -> Any:
        many = text("{} of {} drivers, each alone within its range, make owning and the best rent "
                    "level; sheet Flip names them.", shown(count, "0"), str(len(keys)))  # fmt: skip
        return where(beyond(count, MOST_NAMED), many, said)

    yield Line("verdict_holds", "The verdict holds over every range", "flag", holds,
               "1 where no driver alone turns it within its range.",
               ("verdict_case", *(f"turns_{key}" for key in keys)))  # fmt: skip
    yield Line("turning_drivers", "Drivers that turn the verdict: how many", "count",
               lambda *turns: sum_of(turns), "Each alone, within its range.",
               tuple(f"turns_{key}" for key in keys))  # fmt: skip
    yield Line("turning_words", "Drivers that turn the verdict", "text", listed_,
               "Each alone, from the plan to the tie.",
               tuple(f"condition_{key}_words" for key in keys))  # fmt: skip
    yield Line("verdict_conditions", "Conditions of the verdict", "text", conditions,
               "That it holds, or which drivers turn it.",
               ("verdict_holds", "ties_sought", "turning_words"))  # fmt: skip
    yield Line("few_conditions", "Conditions of the verdict, if few", "text", few,
               "On one line: how many there are, where they are more.",
               ("turning_drivers", "verdict_conditions"))  # fmt: skip


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


driver_range = _of_each(
    "driver_range", "Between", "text", "Its own range, else by what it rests on.", "range_{}_words",
)  # fmt: skip
driver_kind = _of_each(
    "driver_kind", "Rests on", "text", "The kind of evidence of its value.", "kind_{}"
)
driver_low = _of_each("driver_low", "Advantage at the least", "USD", "All else equal.", "at_low_{}")
driver_high = _of_each(
    "driver_high", "Advantage at the most", "USD", "All else equal.", "at_high_{}"
)
driver_turns = _of_each(
    "driver_turns", "Turns within it", "flag", "1 where it alone makes both level.", "turns_{}"
)
driver_swing = _of_each(
    "driver_swing", "Swing", "USD", "Largest less least of both ends and the plan.", "swing_{}"
)


_influence = Heading("What the verdict rests on: the swing of the advantage, by kind of evidence")


@gathered
def grades(members):
    """The kinds of evidence, and how wide each makes a range."""
    yield Rows(evidence.evidence_kinds.rows, "grades")


def _column(what: str, label: str, note: str) -> Gathered:
    @gathered
    def column(members):
        by_kind = {kind: key for key, (_, kinds) in WIDTHS.items() for kind in kinds}
        entries = (f"range_{by_kind[kind]}_{what}" for kind in evidence.evidence_kinds.ids)
        yield column_of("grades", f"grade_{what}", label, "share", note, entries)

    return column


@gathered
def grade_name(members):
    """What each kind is called."""
    names = (Fixed(label) for _, label, _ in evidence.evidence_kinds.rows)
    yield column_of("grades", "grade_name", "Kind of evidence", "text", "What it is called.", names)


grade_share = _column("share", "Width of a range", "Of what rests on it, either side.")
grade_points = _column("points", "In points", "Of rates that rest on it, either side.")


@line("Swing of the advantage", "USD", along="grades")
def grade_swing(driver_swing, driver_kind, grades):
    """Over the ranges of the drivers that rest on this kind of evidence."""
    return total_where(driver_swing, driver_kind, grades)


@line("Swing of all drivers", "USD")
def swing_total(grade_swing):
    """Over every kind of evidence."""
    return total(grade_swing)


@line("Of the swing", "share", along="grades")
def grade_swing_share(grade_swing, swing_total):
    """How much of what may move the verdict rests on it."""
    return where(beyond(swing_total, 0), grade_swing / swing_total, undefined("–"))


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

"""Turning: at which value each driver turns the verdict, and whether that is in its range."""

from typing import Any

from tco.lines import *
from tco.model.own.driver import Driver
from tco.model.own.flip import NOT_COMPARED
from tco.model.own.tornado import sorted_by_place

SECTION = "tornado"
ALONE = "Owning and the best rent are level with one of these alone:"
NOWHERE = "never"
MOST_NAMED = 3  # conditions on one line of the first page


tornado_tie = sorted_by_place(
    "tornado_tie", "From plan to tie, by place", "text", "From the plan to the tie.", "driver_tie"
)
tornado_turning_words = sorted_by_place(
    "tornado_turning_words", "Where it turns, by place", "text", "In words.",
    "driver_turning_words",
)  # fmt: skip
tornado_turns_inside = sorted_by_place(
    "tornado_turns_inside", "Within it", "flag", "1 where the tie is in its range.", "driver_turns"
)
tornado_turns_at = sorted_by_place(
    "tornado_turns_at", "Turns at, by place", "", "In the unit of its row.", "driver_tie_known"
)


@line("Assumption turns at", "text", along="assumptions")
def assumption_turn(assumption_place, driver_place, driver_turn_words):
    """Where owning and the best rent are level, all else equal."""
    return lookup(assumption_place, driver_place, driver_turn_words)


_turning = Heading("Where each turns the verdict, in the order of the inputs")


def _column(key: str, label: str, note: str, entry: Any, **looks: Any) -> Gathered:
    """A column of the drivers whose entries are of unlike quantities, or words."""

    @gathered
    def column(members):
        entries = [entry(one) for one in members.all(Driver)]
        needs = tuple(dict.fromkeys(one for one in entries if isinstance(one, str)))

        def rule(*parts: Any) -> Any:
            at = dict(zip(needs, parts, strict=True))
            return beside(*(at.get(one, one) for one in entries))

        yield Line(key, label, looks.get("unit", ""), rule, note, needs, "drivers",
                   unlike="unit" not in looks)  # fmt: skip

    return column


driver_turns_at = _column(
    "driver_turns_at", "Ties at", "Where owning and the best rent are worth the same.",
    lambda one: f"tie_{one.key}",
)  # fmt: skip
driver_tie = _column(
    "driver_tie", "From plan to tie", "The plan's value and the nearest that ties.",
    lambda one: f"tie_{one.key}_words", unit="text",
)  # fmt: skip
driver_in_points = _column(
    "driver_in_points", "Changes in points", "1 for a rate, which changes in points.",
    lambda one: float(one.rate), unit="flag",
)  # fmt: skip


@of_each(Driver)
def turn_words(driver):
    """The value that ties, in words."""

    def said(tie: Any) -> Any:
        return where_known(shown(tie, driver.form), tie, NOWHERE)

    yield Line(f"turn_{driver.key}_words", f"Turns at, in words: {driver.label.lower()}", "text",
               said, "Where owning and the best rent are worth the same.",
               (f"tie_{driver.key}",), section="ranges")  # fmt: skip


driver_turn_words = _column(
    "driver_turn_words", "Turns at, in words", "Or never.",
    lambda one: f"turn_{one.key}_words", unit="text",
)  # fmt: skip


@line("Turns at, where it does", "", along="drivers")
def driver_tie_known(driver_turns_at):
    """A dash elsewhere."""
    return where(defined(driver_turns_at), driver_turns_at, undefined("–"))


@line("What a change is measured by", "", along="drivers")
def driver_measure(driver_tie_known, driver_value, driver_in_points):
    """The plan's value; 1 for a rate, which changes in points; 0 where nothing ties."""
    measure = driver_value * (1 - driver_in_points) + driver_in_points
    return where(defined(driver_tie_known), measure, 0)


@line("Change that ties", "share", along="drivers")
def driver_change(driver_measure, driver_tie_known, driver_value):
    """Over the plan's value; of rates in points."""
    change = (driver_tie_known - driver_value) / driver_measure
    return where(picked(driver_measure, 0), undefined("–"), change)


@line("Outside its range by", "", along="drivers")
def driver_tie_gap(driver_turns_at, driver_least, driver_most):
    """How far the tie lies beyond an end of the range: 0 for one inside it."""
    nearest = minimum(maximum(driver_turns_at, driver_least), driver_most)
    return where(defined(driver_turns_at), difference(driver_turns_at, nearest), undefined("–"))


@line("Advantage at the ends over the plan's", "ratio", along="drivers")
def driver_sides(driver_low, driver_high, deciding_advantage):
    """The less of both: below 0 where an end favours what the plan does not."""
    known = both(defined(driver_low), defined(driver_high), unless(picked(deciding_advantage, 0)))
    sides = minimum(driver_low / deciding_advantage, driver_high / deciding_advantage)
    return where(known, sides, 0)


@line("Turns within its range", "flag", along="drivers")
def driver_turns(driver_tie_gap, driver_sides, driver_span, ties_sought):
    """1 where it alone makes owning and the best rent level, or turns from one to the other."""
    there = either(picked(driver_tie_gap, 0), short_of(driver_sides, 0))
    return where(both(there, beyond(driver_span, 0), picked(ties_sought, 1)), 1, 0)


@line("Where it turns, in words", "text", along="drivers")
def driver_turning_words(driver_turns_at, driver_tie, driver_range):
    """From the plan to the tie; somewhere in its range where no single value ties."""
    said = text("from {}", driver_tie), text("somewhere in {}", driver_range)
    return where(defined(driver_turns_at), *said)


_conditions = Heading("The conditions of the verdict, one after the other")


@line("Conditions above", "text", along="tornado")
def tornado_conditions_above(tornado_place, tornado_conditions):
    """Those of the rows before."""
    return where(picked(tornado_place, 1), ALONE, previous(tornado_conditions))


@line("Conditions so far", "text", along="tornado")
def tornado_conditions(
    tornado_turns_inside, tornado_conditions_above, tornado_name, tornado_turning_words
):
    """Those above, and this row's where it turns the verdict within its range."""
    said = text("{} · {} {}", tornado_conditions_above, tornado_name, tornado_turning_words)
    return where(picked(tornado_turns_inside, 1), said, tornado_conditions_above)


_holds = Heading("Whether the verdict holds over every range")


@line("Drivers that turn the verdict: how many", "count")
def turning_drivers(driver_turns):
    """Each alone, within its range."""
    return total(driver_turns)


@line("The verdict holds over every range", "flag")
def verdict_holds(verdict_case, turning_drivers):
    """1 where no driver alone turns it within its range."""
    return where(both(picked(verdict_case, 3), same(turning_drivers, 0)), 1, 0)


@line("Drivers that turn the verdict", "text")
def turning_words(tornado_place, tornado_conditions):
    """Each alone, from the plan to the tie, the farthest first."""
    return lookup(highest(tornado_place), tornado_place, tornado_conditions)


@line("Conditions of the verdict", "text")
def verdict_conditions(verdict_holds, ties_sought, turning_words):
    """That it holds, or which drivers turn it."""
    settled = "No driver alone, over its range, makes owning and the best rent level."
    return numbered(ties_sought * (1 + verdict_holds), NOT_COMPARED, turning_words, settled)


@gathered
def few_conditions(members):
    """The conditions on one line."""
    count = str(len(members.all(Driver)))

    def few(turning: Any, said: Any) -> Any:
        many = text("{} of {} drivers, each alone within its range, make owning and the best rent "
                    "level; sheet Tornado names them.", shown(turning, "0"), count)  # fmt: skip
        return where(beyond(turning, MOST_NAMED), many, said)

    yield Line("few_conditions", "Conditions of the verdict, if few", "text", few,
               "On one line: how many there are, where they are more.",
               ("turning_drivers", "verdict_conditions"))  # fmt: skip

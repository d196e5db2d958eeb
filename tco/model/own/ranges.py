"""Ranges: how far off each driver may be, and what the outcome is at either end.

The outcome there is found by evaluating the whole model, one driver moved at a time; so it is no
line but an input that nobody gives.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tco.lines import *
from tco.lines.roots import AT_NO_VALUE, NOT_GIVEN
from tco.lines.trials import at_both
from tco.model.evidence import kind_of
from tco.model.own.driver import BY_LINE, Driver, Outcome

SECTION, INPUTS = "ranges", "evidence"
PAGE = Page(
    "Between what each input probably lies, and the model at both ends, one input at a time",
    place=128,
    planned=True,
)
# How wide a range is without one of its own: by evidence, and for rates in points.
WIDTHS = {
    "quote": ("quote", ("quote",)),
    "list": ("a list", ("own", "list price")),
    "known": ("a catalogue or paper", ("catalogue", "cited", "stated", "derived", "definition")),
    "guess": ("a guess", ("guess",)),
}


def _widths(what: str, label: str, note: str) -> tuple[Given, ...]:
    return tuple(
        Given(f"{label}, of {said}", "share", least=0, most=1, note=note, key=f"range_{key}_{what}")
        for key, (said, _) in WIDTHS.items()
    )


widths = _widths("share", "Width of a range", "Either side, where there is none of its own.")
points = _widths("points", "Width of a rate's range", "Either side, in points a year.")


_ranges = Heading("Between what each driver probably lies")


@of_each(Driver)
def ends(driver):
    """What a driver rests on, its least and its most."""
    label, behind = driver.label.lower(), driver.behind
    kind, width = f"kind_{driver.key}", f"width_{driver.key}"
    yield Line(kind, f"Rests on: {label}", "text", kind_of, "By the first words of its source.",
               (f"{behind}_source", "grades"))  # fmt: skip

    def wide(kind: Any, grades: Any, widths: Any) -> Any:
        return lookup(kind, grades, widths)

    column = "grade_points" if driver.rate else "grade_share"
    yield Line(width, f"Width by evidence: {label}", "share", wide, "Either side.",
               (kind, "grades", column))  # fmt: skip
    for end, sign in (("low", -1), ("high", 1)):
        yield _end(driver, end, sign, label)


def _end(driver: Driver, end: str, sign: int, label: str) -> Line:
    """An end of a driver's range: its own, else by evidence; within what it may be."""

    def away(value: Any, width: Any) -> Any:
        if driver.rate:
            return value + width if sign > 0 else value - width
        return value * (1 + width) if sign > 0 else value * (1 - width)

    def within(found: Any, base: Any) -> Any:
        found = maximum(found, minimum(driver.least, base))  # what is off its bounds is told so
        if driver.most is not None and driver.unit == "share":  # one a year has no end so near
            found = minimum(found, maximum(driver.most, base))
        return where_known(found, base, NOT_GIVEN)

    def rule(base: Any, own: Any, width: Any) -> Any:
        return within(known_or(own, away(base, width)), base)

    def beside(base: Any, own: Any, width: Any, value: Any) -> Any:
        return within(known_or(own, away(value, width)) - value + base, base)

    apart = driver.value != driver.key and not driver.evidence
    needs = (driver.value, f"{driver.behind}_{end}", f"width_{driver.key}")
    said = "Least" if end == "low" else "Most"
    note = "Of its own range, else by what it rests on."
    return Line(
        f"{end}_{driver.key}", f"{said} it may be: {label}", driver.unit,
        beside if apart else rule, note, (*needs, driver.key) if apart else needs,
    )  # fmt: skip


_at_ends = Heading("Where a straight line through both ends comes to nothing")


@gathered
def at_ends(members):
    """The outcome at both ends of each driver, as inputs."""
    for outcome in members.all(Outcome)[-1:]:
        for one in members.all(Driver):
            for end, said in (("low", "least"), ("high", "most")):
                label = f"{outcome.label} at the {said}: {one.label.lower()}"
                yield Given(label, outcome.unit, "Of its range, all else equal.", counted=True,
                            key=f"at_{end}_{one.key}")  # fmt: skip


@of_each(Driver)
def ties_by_line(driver):
    """Where a driver that the outcome follows in a straight line turns it."""
    if driver.sought != BY_LINE:
        return

    def gain(at_low: Any, at_high: Any) -> Any:
        return at_high - at_low

    def rule(value: Any, low: Any, high: Any, gain: Any, standing: Any, sought: Any) -> Any:
        moves = both(picked(sought, 1), unless(picked(gain, 0)))
        tie = value - standing * (high - low) / gain
        return where_known(where(moves, tie, undefined(AT_NO_VALUE)), value, NOT_GIVEN)

    def kept(found: Any) -> Any:
        outside = short_of(found, driver.least)
        if driver.most is not None:
            outside = either(outside, beyond(found, driver.most))
        return where_known(where(outside, undefined(AT_NO_VALUE), found), found, AT_NO_VALUE)

    key, label = driver.key, driver.label.lower()
    yield Line(f"gain_{key}", f"Gain from end to end: {label}", "USD", gain,
               "What the advantage gains.", (f"at_low_{key}", f"at_high_{key}"))  # fmt: skip
    needs = (driver.value, f"low_{key}", f"high_{key}", f"gain_{key}", "deciding_advantage",
             "ties_sought")  # fmt: skip
    yield Line(f"line_{key}", f"Ties by the straight line: {label}", driver.unit, rule,
               "Wherever that is.", needs)  # fmt: skip
    yield Line(f"tie_{key}", f"Ties at: {label}", driver.unit, kept,
               "Within what it may be.", (f"line_{key}",))  # fmt: skip


def outcome_at_ends(model: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """The outcome with each driver at an end of its range, as the inputs that nobody gives.

    Args:
        values: every input of the model, as for `Model.evaluate`, without cases.
    """
    drivers = model.members.all(Driver)
    if not drivers:
        return {}
    _, found = at_both_ends(model, values, drivers)
    named = zip(("low", "high"), found, strict=True)
    return {
        f"at_{end}_{one.key}": _known(row[number])
        for end, row in named for number, one in enumerate(drivers)
    }  # fmt: skip


def at_both_ends(model: Model, values: Mapping[str, Any], drivers: Sequence[Driver]) -> Any:
    """Both ends of each driver and the outcome there, two arrays of (2, drivers)."""
    line = model.members.all(Outcome)[-1].key
    searches, ends = [one.search for one in drivers], [one.ends for one in drivers]
    return at_both(model, values, searches, line, ends)


def _known(value: float) -> Any:
    return value if value == value else Undefined(NOT_GIVEN)

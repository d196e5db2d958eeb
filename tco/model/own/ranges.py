"""Ranges: how far off each driver may be, by its own range or by what it rests on."""

from typing import Any

from tco.lines import *
from tco.lines.roots import NOT_GIVEN
from tco.model.evidence import kind_of
from tco.model.own.driver import Driver

SECTION, INPUTS = "drivers", "own"
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
        found = maximum(found, driver.least)
        if driver.most is not None and driver.unit == "share":  # one a year has no end so near
            found = minimum(found, driver.most)
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


@of_each(Driver)
def swings(driver):
    """How far a driver moves the advantage, over its range."""
    label = driver.label.lower()

    def rule(low: Any, high: Any, standing: Any) -> Any:
        return difference(maximum(low, high, standing), minimum(low, high, standing))

    needs = (f"at_low_{driver.key}", f"at_high_{driver.key}", "deciding_advantage")
    yield Line(f"swing_{driver.key}", f"Swing: {label}", "USD", passing_on_any(rule),
               "Largest less least of both ends and the plan.", needs, guarded=True)  # fmt: skip

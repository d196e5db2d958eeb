"""Pairs: what the outcome is where two drivers move at once, any two that are chosen.

Each is tried at both ends of its range and as it is planned. The outcome there is found by
evaluating the whole model; so it is no line but an input that nobody gives.
"""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from tco.lines import *
from tco.lines.evaluation import at_cases
from tco.model.cases import IN_CASE
from tco.model.own.driver import Driver, Outcome

SECTION, INPUTS = "pairs", "evidence"
PAGE = Page(
    "Two inputs at once, each from the least to the most that it may be: choose them on Inputs",
    tabular=True,
    title="Pairs",
    place=120,
    planned=True,
)
LARGEST, SECOND = "largest swing", "second largest swing"
UNTRIED = "not worked out"  # until it is
# What is tried of each: its key and what it is called.
STEPS = (("least", "The least"), ("plan", "As planned"), ("most", "The most"))
SIDES = {"down": "Down", "across": "Across"}


@gathered
def choices(members):
    """Which two drivers."""
    drivers = tuple((one.key, one.label) for one in members.all(Driver))
    for (side, said), first, words in zip(
        SIDES.items(), (LARGEST, SECOND),
        ("Whatever moves the outcome most.", "Whatever moves it second most."), strict=True,
    ):  # fmt: skip
        yield Choice(
            f"Pair of inputs: {said.lower()}", "choice", "Of the sheet Pairs.",
            options=((first, words), *drivers), key=f"pair_{side}", section=INPUTS, by_kind=True,
        )  # fmt: skip


_which = Heading("Which two")


@gathered
def which(members):
    """The place of each in the tornado, and its name, its values and its range."""
    for (side, said), first, place in zip(SIDES.items(), (LARGEST, SECOND), (1, 2), strict=True):
        yield _place(side, said, first, place)
        for what, label, unit, of in (
            ("name", "what it is called", "text", "driver_name"),
            ("range", "from the least to the most", "text", "driver_range"),
            ("least", "least", "", "driver_least"), ("plan", "plan", "", "driver_value"),
            ("most", "most", "", "driver_most"),
        ):  # fmt: skip
            reads = (f"pair_{side}_place", "driver_place", of)
            tried = () if unit == "text" else ("driver_span",)  # what has no range is not tried
            rule = _tried if tried else lookup
            yield Line(f"pair_{side}_{what}", f"{said}: {label}", unit, rule,
                       "Of the driver that is chosen.", (*reads, *tried))  # fmt: skip


def _tried(place: Any, places: Any, values: Any, spans: Any) -> Any:
    ranges = beyond(lookup(place, places, spans), 0)
    return where(ranges, lookup(place, places, values), undefined("–"))


def _place(side: str, said: str, first: str, place: int) -> Line:
    def rule(chosen: Any, drivers: Any, places: Any) -> Any:
        return where(picked(chosen, first), place, lookup(chosen, drivers, places))

    needs = (f"pair_{side}", "drivers", "driver_place")
    return Line(f"pair_{side}_place", f"{said}: place in the tornado", "count", rule,
                "By its swing.", needs)  # fmt: skip


@line("The pair, in words", "text")
def pair_words(pair_down_name, pair_down_range, pair_across_name, pair_across_range):
    """What stands down and across."""
    return text("Down: {}, {}. Across: {}, {}.", pair_down_name, pair_down_range, pair_across_name,
                pair_across_range)  # fmt: skip


@check("The pair is two inputs", kind="alert")
def pair_of_two(pair_down_place, pair_across_place, pair_down_name):
    """The same one twice moves once."""
    twice = picked(pair_down_place, pair_across_place)
    return twice, text("the sheet Pairs moves {} twice: choose another on Inputs", pair_down_name)


_grid = Heading("The outcome at each pair of values")
pair_steps = Rows(tuple((key, label, "–") for key, label in STEPS), prefix="pair_")


def _values(side: str, said: str) -> Line:
    """The values that a driver is tried at."""
    entries = [f"pair_{side}_{key}" for key, _ in STEPS]

    def rule(*values: Any) -> Any:
        return beside(*values)

    return Line(f"pair_{side}_value", f"{said}: value tried", "", rule,
                "From the least over the plan to the most.", tuple(entries), "pair_steps",
                unlike=True)  # fmt: skip


values = tuple(_values(side, said) for side, said in SIDES.items())


@gathered
def outcomes(members):
    """The outcome at each pair of values, as inputs that nobody gives, and a column of them."""
    outcome = members.all(Outcome)[-1]
    for (down, said), (across, other) in product(STEPS, STEPS):
        yield Given(
            f"{outcome.label}: {said.lower()} down, {other.lower()} across", outcome.unit,
            "All else as planned.", counted=True, key=result(down, across), section=SECTION,
        )  # fmt: skip
    for across, said in STEPS:
        keys = (result(down, across) for down, _ in STEPS)
        yield column_of("pair_steps", f"pair_at_{across}", f"{outcome.label}, across: "
                        f"{said.lower()}", outcome.unit, "By the value down.", keys)  # fmt: skip


def result(down: str, across: str) -> str:
    """The key of the outcome at a pair of values."""
    return f"pair_{down}_{across}"


def pair_keys(model: Model) -> tuple[str, ...]:
    """The inputs that pairs of values come to; none for a model without them."""
    if "pair_steps" not in model.axes:
        return ()
    return tuple(result(down, across) for (down, _), (across, _) in product(STEPS, STEPS))


def untried(model: Model) -> dict[str, Any]:
    """The same, until they are worked out."""
    return {key: Undefined(UNTRIED) for key in pair_keys(model)}


def taken_by(model: Model, driver: Driver) -> tuple[str, ...]:
    """What takes a driver's value: inputs, and what stands in the place of lines."""
    keys = driver.search.moves
    return tuple(key if key in model.givens else f"{IN_CASE}{key}" for key in keys)


def in_pairs(model: Model, numbers: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Lines, and what takes the values of a pair, in each column, the second side the faster.

    Args:
        numbers: every input and line of the plan.
    """
    places = dict(zip(model.axes["drivers"].ids, numbers["driver_place"], strict=True))
    down, across = (numbers[f"pair_{side}_value"] for side in SIDES)
    pairs = [(float(one), float(other)) for one, other in product(down, across)]
    varied: dict[str, Any] = {}
    for one in model.members.all(Driver):
        for place, side in enumerate(SIDES):
            if places[one.key] == numbers[f"pair_{side}_place"]:
                tried = [pair[place] for pair in pairs]
                ranged = all(value == value for value in tried)  # else it stays as it is planned
                varied |= {key: tried if ranged else [float(numbers[key])] * len(pairs)
                           for key in taken_by(model, one)}  # fmt: skip
    return at_cases(model, numbers, varied, list(keys))


def paired_by(model: Model) -> list[str]:
    """The lines that say what is tried, and the outcome."""
    tried = [f"pair_{side}_{what}" for side in SIDES for what in ("value", "place")]
    return ["driver_place", *tried, model.members.all(Outcome)[-1].key]


def outcomes_in_pairs(model: Model, numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The outcome at each pair of values, as the inputs that nobody gives."""
    aim = model.members.all(Outcome)[-1].key
    found = in_pairs(model, numbers, [aim])[aim]
    return {key: float(one) if one == one else Undefined("–")
            for key, one in zip(pair_keys(model), found, strict=True)}  # fmt: skip

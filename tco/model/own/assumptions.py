"""Assumptions: the few that matter most, with what they rest on, for the first sheet."""

from typing import Any

from tco.lines import *
from tco.lines.roots import NOT_GIVEN
from tco.model.own.driver import Driver
from tco.model.own.placing import by_place

SECTION = "tornado"
MOST = 8  # as many as the first sheet has room for


@gathered
def assumptions(members):
    """A row for each of the first drivers by swing."""
    count = min(MOST, len(members.all(Driver)))
    rows = tuple((f"assumption {number}", "", "–") for number in range(1, count + 1))
    yield Rows(rows, "assumptions")


_behind = Heading("What each driver is planned at, and of whom and when that is")


@of_each(Driver)
def planned(driver):
    """The plan's value in words."""

    def said(value: Any) -> Any:
        return where_known(shown(value, driver.form), value, NOT_GIVEN)

    yield Line(f"plan_{driver.key}_words", f"Plan in words: {driver.label.lower()}", "text", said,
               "As it stands.", (driver.value,), section="ranges")  # fmt: skip


def _of_each(key: str, label: str, unit: str, note: str, entry: Any) -> Gathered:
    @gathered
    def column(members):
        entries = (entry(one) for one in members.all(Driver))
        yield column_of("drivers", key, label, unit, note, entries)

    return column


driver_plan = _of_each(
    "driver_plan", "Plan, in words", "text", "In words.", lambda one: f"plan_{one.key}_words"
)
driver_source = _of_each(
    "driver_source", "Source of the plan", "text", "Whoever says so.",
    lambda one: f"{one.behind}_source",
)  # fmt: skip
driver_date = _of_each(
    "driver_date", "Date of the plan", "date", "Of its source.", lambda one: f"{one.behind}_date"
)

_first = Heading("The assumptions that matter most")


@line("Place of the assumption", "count", along="assumptions")
def assumption_place(assumption_place):
    """1, 2, 3 and so on."""
    return previous(assumption_place) + 1


_by_place = by_place("assumption_place", "driver_place", "assumptions")
assumption_name = _by_place(
    "assumption_name", "Assumption", "text", "What it is called.", "driver_name"
)
assumption_plan = _by_place("assumption_plan", "As planned", "text", "In words.", "driver_plan")
assumption_kind = _by_place(
    "assumption_kind", "Assumption rests on", "text", "The kind of evidence.", "driver_kind"
)
assumption_source = _by_place(
    "assumption_source", "From whom", "text", "Its source.", "driver_source"
)
assumption_range = _by_place(
    "assumption_range", "Assumption between", "text", "What it probably is.", "driver_range"
)
assumption_date = _by_place(
    "assumption_date", "From when", "date", "Of its source.", "driver_date"
)  # fmt: skip


@line("From whom, less the kind", "text", along="assumptions")
def assumption_said(assumption_source, assumption_kind):
    """Its source without the word that says what kind of evidence it is."""
    return said_of(assumption_source, assumption_kind)


@line("From whom, in short", "text", along="assumptions")
def assumption_from(assumption_said):
    """As much of that as one line holds."""
    return brief(assumption_said)


@line("Rests on guesses", "share")
def guessed_share(grades, grade_swing_share):
    """Of what may move the outcome."""
    return lookup("guess", grades, grade_swing_share)


@line("Rests on quotes", "share")
def quoted_share(grades, grade_swing_share):
    """Of what may move the outcome."""
    return lookup("quote", grades, grade_swing_share)


@line("The first assumption, in words", "text")
def first_assumption_words(assumption_place, assumption_name, assumption_kind):
    """The first of the assumptions, and what it rests on."""
    return text(
        "{} ({})",
        lookup(1, assumption_place, assumption_name),
        lookup(1, assumption_place, assumption_kind),
    )


@line("What it rests on, in words", "text")
def influence_words(guessed_share, quoted_share, first_assumption_words):
    """How much of what may move the outcome is guessed or quoted, and what moves it most."""
    said = text(
        "Of what may move it, {} rests on guesses and {} on quotes; most on {}.",
        shown(guessed_share, "0%"),
        shown(quoted_share, "0%"),
        first_assumption_words,
    )
    return where(defined(guessed_share), said, "Nothing of it has a range.")

"""Corners: the answer where each figure that nobody gives stands at an end of its range.

A price that nobody gives is the middle of what is listed. Whether the answer rests on that is
found by evaluating the whole model with every such figure at its least and at its most, in all
combinations; so the answers there are no lines but inputs that nobody gives.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from tco.lines import *
from tco.lines.evaluation import at_cases, full
from tco.model.own.question import RENTS, SERVERS, USE, Question, questions

SECTION, INPUTS = "corners", "own"
PAGE = Page(
    "The answer where what nobody gives stands at the ends of its range, a column a corner",
    tabular=True,
    place=105,
)
AIMS = ("deciding_advantage", "verdict_standing")
UNSOLVED = "not worked out"  # until it is
NOT_LISTED = "nothing is listed"
ASKED = (SERVERS, RENTS, USE)

unlisted_range_share = Given(
    "Range of a price without one", "share", least=0, most=1,
    note="Either side of a figure that nobody gives and of which the catalogue has no range.",
)  # fmt: skip


_questions = Heading("What nobody has given")


@line("Use: not given", "flag")
def use_missing(planned_use, utilization_given):
    """1 for a fleet without a run of which nobody says how much it is used."""
    return where(beyond(planned_use, 0), 0, 1 - utilization_given)


@line("Questions that are open", "count")
def questions_open(servers_missing, rents_missing, use_missing):
    """Of the price of servers, that of the best rent, and the use."""
    return servers_missing + rents_missing + use_missing


@line("Which of them are open", "count")
def missing_case(servers_missing, rents_missing, use_missing):
    """Servers count 1, rents 2, the use 2 x 2."""
    return servers_missing + 2 * (rents_missing + 2 * use_missing)


@line("What nobody has given, in words", "text")
def missing_words(missing_case):
    """For a sentence."""
    return numbered(
        missing_case,
        "nothing that decides",
        "a price of servers",
        "a price of renting",
        "prices of servers and renting",
        "the use",
        "a price of servers, and the use",
        "a price of renting, and the use",
        "prices of servers and renting, and the use",
    )


_ends = Heading("Between what each of these lies")


@gathered
def ends(members):
    """Of each figure whether it may be another, and the ends of its range."""
    for one in questions(members):
        yield from _ends_of(one)


def _ends_of(one: Question) -> tuple[Line, ...]:
    """A figure that is open, its least and its most."""
    key, of = one.key, one.range_of or one.key

    def unsure(missing: Any, given: Any) -> Any:
        return missing * (1 - given)

    def least(value: Any, low: Any, share: Any, unsure: Any) -> Any:
        end = value - unsure * (value - known_or(low, value * (1 - share)))
        return where_known(end, value, NOT_LISTED)

    def most(value: Any, high: Any, share: Any, unsure: Any) -> Any:
        end = value + unsure * (known_or(high, value * (1 + share)) - value)
        return where_known(end, value, NOT_LISTED)

    label, asked, share = one.label.lower(), f"{one.of}_missing", "unlisted_range_share"
    return (
        Line(f"unsure_{key}", f"Is nobody's, and asked for: {label}", "flag", unsure,
             "1 where it may as well be another.", (asked, f"{key}_given")),
        Line(f"least_{key}", f"Least: {label}", one.unit, least,
             "The low end of its range; what is given stays.",
             (key, f"{of}_low", share, f"unsure_{key}")),
        Line(f"most_{key}", f"Most: {label}", one.unit, most,
             "The high end of its range; what is given stays.",
             (key, f"{of}_high", share, f"unsure_{key}")),
    )  # fmt: skip


_corners = Heading("Corners")


def _places(members: Members) -> tuple[tuple[int, ...], ...]:
    """Of each corner, whether each question stands at its most."""
    asked = {one.of for one in questions(members)}
    ends = [(0, 1) if one in asked else (0,) for one in ASKED]
    return tuple(itertools.product(*ends))


@gathered
def corners(members):
    """Every combination of ends."""
    found = []
    known = {one.of for one in questions(members)}
    for number, place in enumerate(_places(members), 1):
        ends = [(asked, "high" if end else "low") for asked, end in zip(ASKED, place, strict=True)]
        words = [f"{asked} {end}" for asked, end in ends if asked in known]
        found.append((f"corner_{number}", ", ".join(words).capitalize(), "All else as it stands."))
    yield Rows(tuple(found), "corners")


@gathered
def corner_ends(members):
    """Whether a question stands at its most, in each corner."""
    known = {one.of for one in questions(members)}
    for number, asked in enumerate(ASKED):
        if asked not in known:
            continue
        yield column_of("corners", f"corner_{asked}_end", f"{asked.capitalize()}: at the most",
                        "flag", "0 at the least.",
                        (place[number] for place in _places(members)))  # fmt: skip


@gathered
def corner_values(members):
    """Each figure in each corner."""

    def rule(least: Any, most: Any, end: Any) -> Any:
        return where_known(least + end * (most - least), least, "–")

    for one in questions(members):
        needs = (f"least_{one.key}", f"most_{one.key}", f"corner_{one.of}_end")
        yield Line(f"corner_{one.key}", f"{one.label}, here", one.unit, rule,
                   "At the end of its range that the corner is at.", needs, "corners")  # fmt: skip


@gathered
def answers(members):
    """What the model comes to in each corner, as inputs that nobody gives."""
    for number, _ in enumerate(_places(members), 1):
        yield Given(f"Advantage in corner {number}", "USD", "That decides.", counted=True,
                    key=f"advantage_corner_{number}")  # fmt: skip
        yield Given(f"Verdict in corner {number}", "text", "By the figures there.", counted=True,
                    key=f"verdict_corner_{number}")  # fmt: skip


@gathered
def corner_answers(members):
    """The answers side by side."""
    numbers = [number for number, _ in enumerate(_places(members), 1)]
    yield column_of("corners", "corner_advantage", "Advantage of owning", "USD",
                    "That decides, the best rent chosen anew.",
                    (f"advantage_corner_{number}" for number in numbers))  # fmt: skip
    yield column_of("corners", "corner_verdict", "Verdict there", "text", "By the figures there.",
                    (f"verdict_corner_{number}" for number in numbers))  # fmt: skip


@line("As it stands", "flag", along="corners")
def corner_agrees(corner_verdict, verdict_standing):
    """1 where the verdict is the one in the middle."""
    return where(picked(corner_verdict, verdict_standing), 1, 0)


_what_follows = Heading("What follows from them")


@line("Least advantage", "USD")
def least_advantage(corner_advantage):
    """In any corner."""
    return lowest(corner_advantage)


@line("Largest advantage", "USD")
def largest_advantage(corner_advantage):
    """In any corner."""
    return highest(corner_advantage)


@line("Verdict at the least", "text")
def least_verdict(least_advantage, corner_advantage, corner_verdict):
    """In the corner of the least advantage."""
    return lookup(least_advantage, corner_advantage, corner_verdict)


@line("Verdict at the most", "text")
def largest_verdict(largest_advantage, corner_advantage, corner_verdict):
    """In the corner of the largest advantage."""
    return lookup(largest_advantage, corner_advantage, corner_verdict)


@line("Every corner agrees", "flag")
def corners_agree(corner_agrees):
    """1 where the answer does not hang on what nobody gives."""
    return lowest(corner_agrees)


@line("Not decided", "flag")
def undecided(questions_open, corners_agree, rents_missing, rents_unknown):
    """1 where a figure is asked for on which the answer hangs, or there is no rent at all."""
    hangs = both(beyond(questions_open, 0), picked(corners_agree, 0))
    return where(either(hangs, picked(rents_missing + rents_unknown, 2)), 1, 0)


def answered(model: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in the corners, for these inputs without cases; nothing without ownership."""
    keys = moved(model)
    if not keys:
        return {}
    alone = model.evaluate(values, [*AIMS, *(f"corner_{key}" for key in keys)])
    found = in_corners(model, alone, AIMS)
    return _named([{aim: found[aim][place] for aim in AIMS} for place in _corners_of(model)])


def answered_by_case(model: Model, values: Mapping[str, Any], count: int) -> dict[str, Any]:
    """The same where inputs hold a number a case, of so many: all cases at once."""
    columns = model.cases(values, [f"corner_{key}" for key in moved(model)])
    found = []
    for place in _corners_of(model):
        varied = {key: full(count, columns[f"corner_{key}"][place]) for key in moved(model)}
        found.append(model.cases({**values, **varied}, AIMS))
    return _named(found)


def _corners_of(model: Model) -> range:
    return range(len(model.axes["corners"].rows))


def _named(found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The answers, corner by corner, as the inputs that nobody gives."""
    said = {}
    for number, one in enumerate(found, 1):
        said[f"advantage_corner_{number}"], said[f"verdict_corner_{number}"] = map(one.get, AIMS)
    return said


def in_corners(model: Model, alone: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """Lines in the corners, a case each; and what moves, there.

    Args:
        alone: every input, and the lines that are known, as they stand.
    """
    return at_cases(model, alone, {key: alone[f"corner_{key}"] for key in moved(model)}, keys)


def moved(model: Model) -> tuple[str, ...]:
    """What the corners move; nothing for a model without ownership."""
    if "corners_agree" not in model.lines:
        return ()
    return tuple(one.key for one in questions(model.members))


def unanswered(model: Model) -> dict[str, Any]:
    """The answers until they are worked out."""
    if not moved(model):
        return {}
    keys = [key for key, one in model.givens.items() if one.counted and "_corner_" in key]
    return {key: UNSOLVED if model[key].is_text else Undefined(UNSOLVED) for key in keys}

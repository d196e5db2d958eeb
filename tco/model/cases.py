"""Cases: which values of the inputs the whole book is computed with.

Beside the base a scenario names cases of its own, each a few inputs with other numbers. Two more
put every driver at the end of its range that says more, or less, for what the kind comes to: they
are judged around the plan, which is the base or one of the scenario's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import tco.model.own.driver as driving  # the module: what it names would be of this one too
from tco.lines import *
from tco.lines.items import called

SECTION = "general"
BASE = "base"
AROUND = "; ranges lie around the base"  # behind the name of a case at the ends of ranges
IN_CASE = "in_case_"  # begins the key of what a case puts in a line's place
NOT_MOVED = "–"


@gathered
def case(members):
    """The choice of a case: the base, and the ends of all ranges where there are drivers."""
    options = [(BASE, "Every input as it is given.")]
    for outcome in members.all(driving.Outcome)[-1:]:
        more, less = outcome.favours
        options += [
            (more, f"Every driver at the end of its range with more {outcome.favoured}."),
            (less, f"Every driver at the end of its range with less {outcome.favoured}."),
        ]
    yield Choice(
        "Case", "choice", "An Override wins over it. Sheet Cases has the numbers of each.",
        options=tuple(options), key="case", section=SECTION, by_kind=True,
    )  # fmt: skip


@check("The case is the base", kind="sensitivity")
def case_is_base(case):
    """Another case puts its numbers in the place of what is given."""
    return unless(picked(case, BASE)), text("the case is {}: all results are of it", case)


# ---- lines that a case has another number for ----------------------------------------------------


def with_cases(model: Model) -> Model:
    """The model whose lines that drivers move give way to what a case puts in their place."""
    moved = {key: one for one in model.members.all(driving.Driver) for key in one.search.moves}
    lines, givens = dict(model.lines), dict(model.givens)
    for key in [key for key in moved if key in lines]:
        one, other = lines[key], f"{IN_CASE}{key}"
        lines[key] = _giving_way(one, other)
        givens[other] = Given(
            f"In this case: {one.label}", one.unit, "What a case puts in its place.",
            counted=True, key=other, section=SECTION,
        )  # fmt: skip
    return replace(model, lines=lines, givens=givens).named()


def _giving_way(one: Line, other: str) -> Line:
    def rule(instead: Any, *parts: Any) -> Any:
        return instead_of(one.rule(*parts), instead)

    needs = (other, *one.needs)
    made = called(rule, one.key, one.note, *needs)
    made.__wrapped__ = one.rule  # type: ignore[attr-defined]  # what it is without any case
    return replace(one, rule=made, needs=needs)


def of_lines_alone(model: Model) -> Model:
    """The model without what a case puts in the place of lines that are inputs here."""
    put = (key for key in model.givens if key.startswith(IN_CASE))
    idle = [key for key in put if key.removeprefix(IN_CASE) not in model.lines]
    if not idle:
        return model
    return replace(model, givens={key: one for key, one in model.givens.items() if key not in idle})


def unmoved(model: Model) -> dict[str, Any]:
    """What a case puts in the place of lines, where it puts nothing."""
    return {key: Undefined(NOT_MOVED) for key in model.givens if key.startswith(IN_CASE)}


# ---- the plan, and what is moved around it -------------------------------------------------------


def named_cases(model: Model, names: Iterable[str]) -> Model:
    """The model with the cases that a scenario names among the options."""
    own = tuple((name, "As the scenario names it.") for name in names)
    if not own:
        return model
    choice = model.givens["case"]
    assert isinstance(choice, Choice)
    return replace(
        model, givens={**model.givens, "case": replace(choice, options=(*choice.options, *own))}
    )


def favours(model: Model) -> tuple[str, ...]:
    """The cases that put every driver at an end of its range: more, then less; none without."""
    drivers, outcomes = model.members.all(driving.Driver), model.members.all(driving.Outcome)
    return outcomes[-1].favours if outcomes and drivers else ()


def moved(model: Model) -> dict[str, driving.Driver]:
    """What a case that favours one side moves: inputs and lines by key, each with its driver."""
    return {key: one for one in model.members.all(driving.Driver) for key in one.search.moves}


def planned(model: Model) -> frozenset[str]:
    """What is computed around the plan, whatever the case: sheets that say so, and refusals.

    A refusal guards a choice, and what a driver is moved to must not rest on that.
    """
    sections = {key for key, page in model.pages.items() if page.planned}
    found = {key for key, one in model.lines.items() if one.section in sections}
    found |= {key for key, one in model.givens.items() if one.counted and one.section in sections}
    following = model.downstream(moved(model))
    for one in model.checks:
        if one.guards is not None and one.flag.key in following:
            found |= {one.flag.key, one.says.key}
    return frozenset(found)


def favoured(model: Model, numbers: Mapping[str, Any], case: str) -> dict[str, float]:
    """What each driver is moved to, by the key that takes it; nothing where neither end is more.

    Args:
        numbers: every input and line of the plan.
    """
    column = "driver_at_more" if case == favours(model)[0] else "driver_at_less"
    ends = dict(zip(model.axes["drivers"].ids, numbers[column], strict=True))
    found = {}
    for key, one in moved(model).items():
        if ends[one.key] == ends[one.key]:
            found[key if key in model.givens else f"{IN_CASE}{key}"] = float(ends[one.key])
    return found

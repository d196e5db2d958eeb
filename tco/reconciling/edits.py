"""From what was typed in a book to what is to be exchanged in the scenario's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tco.errors import Mistake, Place
from tco.facts import Fact
from tco.lines import Given
from tco.model.cases import BASE, favours
from tco.quantities import show
from tco.reconciling.returned import Returned, Typed, by_thing
from tco.reconciling.spots import GIVEN, LEAST, MOST, OVERRIDDEN, Spot
from tco.scenario import Scenario
from tco.workbook.casetable import has_cases, plan_of

Value = float | str | None


@dataclass(frozen=True)
class Edit:
    """Another value of a thing, or other ends of its range; None takes one out.

    `places` are the cells in which it was typed, `spot` the one that counts; `added` are ends of a
    range that nobody typed: they stand in the workbook beside a value that the file does not give.
    """

    spot: Spot
    parts: Mapping[str, Value]
    places: tuple[str, ...]
    name: str  # what it is of, as a message has it
    added: Mapping[str, float] = field(default_factory=dict)

    @property
    def at(self) -> str:
        """The cells, by comma."""
        return ", ".join(self.places)


def edits_of(back: Returned) -> tuple[list[Edit], list[Mistake]]:
    """What is to be exchanged, and what cannot be for how the workbook computes."""
    found, wrong = [], []
    case = _case(back)
    for parts in by_thing(back.typed).values():
        edit = _edit(back, parts)
        said = _beside_override(edit) or _outside(back, edit)
        said = said or _under_case(back.scenario, edit, case)
        if said:
            place = Place(f"{back.path}, {edit.at}")
            wrong.append(Mistake(place, said[0], said[1]))
        else:
            found.append(edit)
    return found, wrong


def _edit(back: Returned, typed: Mapping[str, Typed]) -> Edit:
    """The override wins over what the file gives; where it is blank that is what counts.

    Beside an override the workbook has neither a range nor a source.
    """
    winner = typed.get(OVERRIDDEN) or typed.get(GIVEN)
    parts: dict[str, Value] = {"value": winner.now} if winner else {}
    parts |= {end: typed[end].now for end in (LEAST, MOST) if end in typed}
    any_ = winner or next(iter(typed.values()))
    if winner and winner.spot.part == OVERRIDDEN and not any_.spot.table:
        parts = {**dict.fromkeys((LEAST, MOST)), **parts}
    places = tuple(one.place for one in typed.values())
    edit = Edit(any_.spot, parts, places, _named(back.scenario, any_.spot))
    fact = _fact(back.scenario, any_.spot)
    if not winner or winner.spot.part == OVERRIDDEN or fact is None or fact.origin == "scenario":
        return edit
    ends = {end: one for end in (LEAST, MOST)
            if isinstance(one := getattr(fact, end), float) and end not in parts}  # fmt: skip
    value = parts["value"]
    if isinstance(value, float) and ends and _holds(value, ends.get(LEAST), ends.get(MOST)):
        return replace(edit, added=ends)
    return edit


def _named(scenario: Scenario, spot: Spot) -> str:
    if spot.table:
        key = scenario.model.tables[spot.table].spelled(spot.given.key)
        return f"{spot.table}.{spot.row + 1}.{key}"
    return f"{spot.case}: {spot.given.key}" if spot.case else spot.given.key


def _fact(scenario: Scenario, spot: Spot) -> Fact | None:
    if spot.table or spot.case or spot.given.key not in scenario.facts:
        return None
    return scenario.facts[spot.given.key].under_case


def _holds(value: float, low: object, high: object) -> bool:
    above = not isinstance(low, float) or low <= value
    return above and (not isinstance(high, float) or value <= high)


def _beside_override(edit: Edit) -> tuple[str, str] | None:
    """Said of a range that the workbook does not use, for the value is an Override."""
    ends = [end.capitalize() for end in (LEAST, MOST) if edit.parts.get(end) is not None]
    if edit.spot.part != OVERRIDDEN or not ends:
        return None
    return (f"{edit.name}: the workbook takes no {' and no '.join(ends)} beside an Override",
            "Type the value into Base instead of Override, and pull again.")  # fmt: skip


def _outside(back: Returned, edit: Edit) -> tuple[str, str] | None:
    """Said of a value beyond the range that the file has for it."""
    fact = _fact(back.scenario, edit.spot)
    if fact is None or edit.spot.part == OVERRIDDEN or fact.origin not in ("scenario", "set"):
        return None
    value = edit.parts.get("value", fact.value)
    low, high = (edit.parts.get(end, getattr(fact, end)) for end in (LEAST, MOST))
    if not isinstance(value, float) or _holds(value, low, high):
        return None
    given = edit.spot.given
    ends = [f"{name} {show(one, given.form)}" for name, one in (("Low", low), ("High", high))
            if isinstance(one, float)]  # fmt: skip
    return (f"{given.key}: {show(value, given.form)} is not between {' and '.join(ends)}",
            "Type a Low and a High that hold it, or clear them, and pull again.")  # fmt: skip


def _case(back: Returned) -> str:
    """The case that the workbook is computed with."""
    typed = by_thing(back.typed).get(("case", "", 0, ""), {})
    chosen = typed.get(OVERRIDDEN) or typed.get(GIVEN)
    return str(chosen.now or BASE) if chosen else back.scenario.case


def _under_case(scenario: Scenario, edit: Edit, case: str) -> tuple[str, str] | None:
    """Said of an override over which the case in use would come, once it stands in the file."""
    spot = edit.spot
    if spot.part != OVERRIDDEN or spot.table or not has_cases(scenario) or case == BASE:
        return None
    own = scenario.own_cases.get(case, {})
    moved = case in favours(scenario.model) and spot.given.key in plan_of(scenario).table
    if spot.given.key not in own and not moved:
        return None
    remedy = "Choose the case base, or type" if moved else "Type"
    where = "the number in a case of your own" if moved else f"it on sheet Cases, in {case}"
    return (f"{spot.given.key}: an Override wins over the case {case}, and in a file the case wins",
            f"{remedy} {where}, clear the Override, and pull again.")  # fmt: skip


def pinned(edits: Iterable[Edit], before: Scenario, after: Scenario) -> list[Edit]:
    """Choices that follow from what a file gives, as the workbook has them.

    A workbook's own choice stays where it is when something else is typed; a file would take it
    anew.
    """
    known = {one.spot.given.key for one in edits if not one.spot.table and not one.spot.case}
    found = []
    for key, given in before.model.givens.items():
        if key in known or not getattr(given, "where_given", None) or key not in after.facts:
            continue
        was, now = before.facts[key].value, after.facts[key].value
        if was != now:
            value: Value = float(was) if isinstance(was, float) else str(was)
            found.append(Edit(_spot(given), {"value": value}, ("as the workbook has it",),
                              key))  # fmt: skip
    return found


def _spot(given: Given) -> Spot:
    return Spot(("", 0, 0), OVERRIDDEN, given)

"""Ranged: every input that may be other than thought is a driver of what its kind comes to.

A driver is a numeric input of price, rate, share, time or efficiency that the outcome follows.
What is demanded or decided, what is so by definition and the settings of the model are none: they
say so where they are declared, see `Given.off_by`. A driver that is more than an input is declared
where its lines are; all others are made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from tco.lines import Choice, Given, Model
from tco.lines.straight import BENT, STILL, bend_of
from tco.model.own.driver import BY_LINE, BY_STEPS, UNSOUGHT, Driver, Outcome

PLACE = 100  # behind all that are declared
# Units of price, rate, share, time and efficiency, and how their numbers are shown in words.
_FORMS = {
    "share": "0.0%", "share/year": "0.0%", "share/week": "0.0%", "ratio": "0.00", "day": "0.0",
    "h": "0.00", "year": "0.0", "years": "0.0", "1/day": "0.00", "FTE": "#,##0.0",
    "kW/server": "0.00",
}  # fmt: skip
_MONEY, _LARGE = ("0.000", "#,##0"), ("USD", "USD/GPU", "USD/server", "USD/FTE/year", "USD/kW")


def outcome_of(model: Model) -> Outcome | None:
    """What the drivers of a model move; None where its kind has nothing that a range would."""
    found = model.members.all(Outcome)
    return found[-1] if found else None


def ranged(model: Model) -> ModuleType | None:
    """The drivers that nobody declares, as a module beside those of the model; None without any."""
    outcome = outcome_of(model)
    if outcome is None:
        return None
    made = ModuleType("ranged")
    vars(made).update({f"driver_{one.key}": one for one in _drivers(model, outcome)})
    return made


def _drivers(model: Model, outcome: Outcome) -> Iterator[Driver]:
    declared = model.members.all(Driver)
    taken = {key for one in declared for key in (one.key, *one.search.moves)}
    owned = bool(declared)
    for place, (key, one) in enumerate(model.givens.items()):
        if key in taken or not may_vary(one):
            continue
        bend = bend_of(model, key, outcome.key)
        if bend != STILL:
            sought = UNSOUGHT if not owned else BY_STEPS if bend == BENT else BY_LINE
            yield _driver(one, PLACE + place, sought)


def may_vary(given: Given) -> bool:
    """Whether an input is of a kind that has a range."""
    apart = isinstance(given, Choice) or given.along or given.of or given.counted or given.prints
    return not apart and given.off_by != "nothing" and _form(given.unit) is not None


def _form(unit: str) -> str | None:
    if unit.startswith("USD"):
        return _MONEY[unit in _LARGE]
    return _FORMS.get(unit)


def _driver(given: Given, place: int, sought: str) -> Driver:
    least = given.least if given.least is not None else given.above
    return Driver(
        given.key, given.label, place, given.unit, str(_form(given.unit)),
        least=0.0 if least is None else least, most=given.most, open_below=given.least is None,
        rate=given.off_by == "points", sought=sought,
    )  # fmt: skip

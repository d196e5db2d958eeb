"""Drivers: the value of each at which owning and the best rent are worth the same.

The switching value of a driver is the one nearest its own at which the advantage that decides is
gone, the best rent chosen anew at each value. It is found by evaluating the whole model at other
values, see `tco/lines/roots.py`; so the results are no lines but inputs that nobody gives.
"""

from collections.abc import Mapping
from typing import Any

from tco.lines import *
from tco.lines.roots import AT_NO_VALUE, NOT_GIVEN, Aim, Found, find
from tco.lines.secants import Steps, step
from tco.model.own.driver import BY_STEPS, NEAREST, Driver

SECTION = "drivers"
PAGE = Page(
    "The model at other values of each driver, a column each, and where the advantage is gone",
    place=130,
    planned=True,
)
UNSOLVED = "not worked out"  # until it is
AIM = Aim("deciding_advantage", "ties_sought", "tie_scale")


@line("A tie is worth seeking", "flag")
def ties_sought(verdict_case):
    """1 where owning and a rent count both."""
    return where(picked(verdict_case, 3), 1, 0)


@line("What nothing is measured by", "USD")
def tie_scale(own_deciding_npv):
    """The size of the NPV of owning: a part in 100,000,000,000 of it is rounding."""
    return maximum(own_deciding_npv, -own_deciding_npv)


@of_each(Driver)
def results(driver):
    """What the columns come to, as inputs: where it ties, and what it carries."""
    label = driver.label.lower()
    if driver.sought in (NEAREST, BY_STEPS):
        yield Given(f"Ties at: {label}", driver.unit, "Nearest its own value.", counted=True,
                    key=f"tie_{driver.key}")  # fmt: skip
    if driver.sought == NEAREST:
        yield Given(f"In the advantage: {label}", "USD", "Gone where the driver is 0.",
                    counted=True, key=f"worth_{driver.key}")  # fmt: skip


def in_words(driver: Driver) -> Line:
    """From a driver's value as it stands to the one that ties."""

    def said(tie: Any, value: Any) -> Any:
        moved = text("{} to {}", shown(value, driver.form), shown(tie, driver.form))
        return where_known(where(defined(tie), moved, AT_NO_VALUE), value, NOT_GIVEN)

    tie = f"tie_{driver.key}"
    return Line(f"{tie}_words", f"From plan to tie: {driver.label.lower()}", "text", said,
                "The plan's value and the one at which it ties.", (tie, driver.value))  # fmt: skip


@of_each(Driver)
def ties_in_words(driver):
    """Where it ties, for those that are sought among many points."""
    if driver.sought == NEAREST:
        yield in_words(driver)


def results_of(model: Model) -> tuple[str, ...]:
    """The inputs that the drivers' columns come to; none for a model without drivers."""
    return tuple(key for one in model.members.all(Driver) for key in one.results)


def sought_by(model: Model, how: str) -> tuple[Driver, ...]:
    """The drivers whose switching value is found in one of the ways."""
    return tuple(one for one in model.members.all(Driver) if one.sought == how)


def searched(model: Model, values: Mapping[str, Any]) -> Found | None:
    """Where each driver ties with these inputs, without cases; None for a model without drivers.

    Of those only whose nearest switching value is looked for among many points.
    """
    if "ties_sought" not in model:
        return None
    return find(model, values, [one.search for one in sought_by(model, NEAREST)], AIM)


def stepped(model: Model, values: Mapping[str, Any]) -> Steps | None:
    """Where each driver ties that is looked for by steps from the ends of its range.

    Args:
        values: every input, the outcome at both ends of each range among them.
    """
    drivers = sought_by(model, BY_STEPS)
    if not drivers:
        return None
    known = [(f"at_low_{one.key}", f"at_high_{one.key}") for one in drivers]
    searches, ends = [one.search for one in drivers], [one.ends for one in drivers]
    return step(model, values, searches, AIM, ends, known)


def solved(model: Model, found: Found, steps: Steps | None) -> dict[str, Any]:
    """The inputs that the drivers' columns come to."""
    drivers = sought_by(model, NEAREST)
    ties = {f"tie_{one.key}": root for one, root in zip(drivers, found.roots, strict=True)}
    worths = zip(drivers, found.carried, strict=True)
    ties |= {f"worth_{one.key}": carried for one, carried in worths}
    if steps is not None:
        named = zip(sought_by(model, BY_STEPS), steps.roots, strict=True)
        ties |= {f"tie_{one.key}": root for one, root in named}
    return ties

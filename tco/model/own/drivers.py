"""Drivers: the value of each at which owning and the best rent are worth the same.

The switching value of a driver is the one nearest its own at which the advantage that decides is
gone, the best rent chosen anew at each value. It is found by evaluating the whole model at other
values, see `tco/lines/roots.py`; so the results are no lines but inputs that nobody gives.
"""

from collections.abc import Mapping
from typing import Any

from tco.lines import *
from tco.lines.roots import NOT_GIVEN, Aim, Found, find
from tco.model.own.driver import Driver

SECTION = "drivers"
PAGE = Page(
    "The model at other values of each driver, a column each, and where the advantage is gone",
    place=130,
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
    yield Given(f"Ties at: {label}", driver.unit, "Nearest its own value.", counted=True,
                key=f"tie_{driver.key}")  # fmt: skip
    for end, said in (("low", "least"), ("high", "most")):
        yield Given(f"Advantage at the {said}: {label}", "USD", "Of its range, all else equal.",
                    counted=True, key=f"at_{end}_{driver.key}")  # fmt: skip
    yield Given(f"In the advantage: {label}", "USD", "Gone where the driver is 0.", counted=True,
                key=f"worth_{driver.key}")  # fmt: skip


def ties(model: Model) -> tuple[str, ...]:
    """The inputs that the drivers' columns come to; none for a model without drivers."""
    if "ties_sought" not in model:
        return ()
    drivers = model.members.all(Driver)
    kinds = ("tie", "worth", "at_low", "at_high")
    return tuple(f"{what}_{one.key}" for one in drivers for what in kinds)


def searched(model: Model, values: Mapping[str, Any]) -> Found | None:
    """Where each driver ties with these inputs, without cases; None for a model without drivers."""
    if "ties_sought" not in model:
        return None
    return find(model, values, [one.search for one in model.members.all(Driver)], AIM)


def solved(model: Model, found: Found) -> dict[str, Any]:
    """The inputs that the drivers' columns come to."""
    drivers = model.members.all(Driver)
    ties = {f"tie_{one.key}": root for one, root in zip(drivers, found.roots, strict=True)}
    worths = zip(drivers, found.carried, strict=True)
    ends = {
        f"at_{end}_{one.key}": found.at_ends[place, number]
        for number, one in enumerate(drivers)
        for place, end in enumerate(("low", "high"))
    }
    return (
        ties
        | {f"worth_{one.key}": carried for one, carried in worths}
        | {key: value if value == value else Undefined(NOT_GIVEN) for key, value in ends.items()}
    )

"""A correlation: two inputs that are high or low together when both are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tco.lines import Members
from tco.model.own.driver import Driver
from tco.model.own.rival import Rival

RENTS = "the price of every way to rent"


@dataclass(frozen=True)
class Correlation:
    """Which drivers go together, and the input that says how closely.

    `one` and `other` are keys of drivers; `RENTS` stands for the prices of all ways to rent. A
    pair of which one is no driver in a model says nothing there.
    """

    key: str
    label: str
    one: str
    other: str


def pairs(members: Members, one: Correlation) -> Iterator[tuple[str, str]]:
    """The pairs of drivers that a correlation is of, by their keys."""
    drivers = {driver.key for driver in members.all(Driver)}
    rents = dict.fromkeys(rival.price for rival in members.all(Rival))
    for other in rents if one.other == RENTS else (one.other,):
        if {one.one, other} <= drivers and one.one != other:
            yield one.one, other

"""A correlation: drivers that are high or low together when all are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tco.lines import Members
from tco.model.own.driver import Driver


@dataclass(frozen=True)
class Correlation:
    """A driver and those that go with it, and the input that says how closely.

    A pair of which one is no driver of a model says nothing there.
    """

    key: str
    label: str
    one: str  # the key of a driver
    others: tuple[str, ...]  # those of the others


def pairs(members: Members, one: Correlation) -> Iterator[tuple[str, str]]:
    """The pairs of drivers that a correlation is of, by their keys."""
    drivers = {driver.key for driver in members.all(Driver)}
    yield from ((one.one, other) for other in one.others if {one.one, other} <= drivers)

"""Ties found along secants, of small models whose roots are known."""

from __future__ import annotations

import numpy as np
import pytest

from tco.lines import Given, Line, Model, Undefined, line
from tco.lines.roots import MULTIPLES, Aim, Search
from tco.lines.secants import step

AIM = Aim("profit", "sought", "size")
KEYS = ("price", "sought", "size", "low", "high", "at_low", "at_high")


def tie(profit: Line, low: float, high: float, **bounds: float) -> object:
    """The root of a profit that is sought from a range around a price of 10."""
    givens = {key: Given(key, "USD", key=key) for key in KEYS}
    model = Model(givens, {"profit": profit})
    values = {"price": np.float64(10), "sought": np.float64(1), "size": np.float64(100),
              "low": low, "high": high, "at_low": profit.rule(low),
              "at_high": profit.rule(high)}  # fmt: skip
    search = Search("price", ("price",), MULTIPLES, **bounds)  # type: ignore[arg-type]  # bounds are floats
    ends, at_ends = [("low", "high")], [("at_low", "at_high")]
    return step(model, values, [search], AIM, ends, at_ends).roots[0]


@line("Profit", "USD")
def profit(price):
    """Nothing at 7 and at 11."""
    return (price - 7) * (11 - price)


@line("Profit", "USD")
def straight(price):
    """Nothing at 3."""
    return price * 2 - 6


@line("Profit", "USD")
def never(price):
    """Always something."""
    return price * price + 1


def named(one: Line) -> Line:
    return Line("profit", one.label, one.unit, one.rule, one.note, one.needs)


@pytest.mark.parametrize(
    ("rule", "low", "high", "root"),
    [(profit, 9.5, 10.9, 11), (profit, 9, 11.5, 11), (straight, 9, 11, 3), (straight, 2, 11, 3)],
)  # fmt: skip
def test_the_root_beyond_an_end_is_found(rule: Line, low: float, high: float, root: float) -> None:
    assert tie(named(rule), low, high) == pytest.approx(root, rel=1e-9)


def test_where_nothing_comes_to_nothing_there_is_no_root() -> None:
    assert isinstance(tie(named(never), 8, 12), Undefined)
    assert isinstance(tie(named(straight), 9, 11, least=5), Undefined)
    assert isinstance(tie(named(straight), 10, 10), Undefined)

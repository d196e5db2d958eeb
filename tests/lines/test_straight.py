"""Whether a line follows an input in a straight line, seen by its numbers at three points."""

from __future__ import annotations

import numpy as np
import pytest

from tco.lines import Given, Line, Model, line, maximum, picked, where
from tco.lines.straight import BENT, STILL, STRAIGHT, bend_of
from tco.model.own.driver import BY_LINE, Driver
from tests.loaded import load

NAME = "own-1024-h100"


def test_what_is_called_straight_is_straight() -> None:
    """Half way between two values the advantage is half way between its own there."""
    scenario = load(NAME)
    model, numbers = scenario.model, scenario.numbers
    drivers = [one for one in model.members.all(Driver) if one.sought == BY_LINE]
    assert len(drivers) > 20
    for one in drivers:
        base = float(numbers[one.key])
        if np.isnan(base):
            continue
        tried = [base * 1.5 + 0.01, base * 2 + 0.02, base * 2.5 + 0.03]
        aim = "deciding_advantage"
        low, middle, high = scenario.cases({one.key: tried}, [aim])[aim] * np.ones(3)
        assert middle == pytest.approx((low + high) / 2, rel=1e-9), one.key


@pytest.mark.parametrize(
    ("key", "bend"),
    [("colo_price", STRAIGHT), ("network_share", STRAIGHT), ("colo_growth", BENT),
     ("utilization", BENT), ("on_demand_price", BENT), ("deposit_share", STILL)],
)  # fmt: skip
def test_inputs_that_everybody_knows(key: str, bend: int) -> None:
    assert bend_of(load(NAME).model, key, "deciding_advantage") == bend


@line("Square", "")
def square(x):
    """Bent."""
    return x * x


@line("Share", "")
def share(x):
    """Bent, as it divides."""
    return 1 / x


@line("Kinked", "")
def kinked(x):
    """Bent in one place."""
    return maximum(x, 1)


@line("Choosing", "")
def choosing(x, y):
    """Another where x is 1."""
    return where(picked(x, 1), y, 0)


@line("Scaled", "")
def scaled(x, y):
    """Straight in either."""
    return x * y + y


@pytest.mark.parametrize(
    ("rule", "bend"),
    [(square, BENT), (share, BENT), (kinked, BENT), (choosing, BENT), (scaled, STRAIGHT)],
    ids=lambda one: getattr(one, "key", ""),
)
def test_rules_that_everybody_knows(rule: Line, bend: int) -> None:
    model = Model({key: Given(key, "", key=key) for key in "xy"}, {rule.key: rule})
    assert bend_of(model, "x", rule.key) == bend
    after = Line("after", "After", "", lambda before: before + 1, "One more.", (rule.key,))
    longer = Model(model.givens, {**model.lines, "after": after})
    assert bend_of(longer, "x", "after") == bend

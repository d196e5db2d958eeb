"""Roots of small models whose roots are known, and the rules of the search by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tco.lines import Given, Line, Model, Undefined, line, maximum, minimum, roots
from tco.lines.roots import (
    AT_NO_VALUE,
    GROWTHS,
    MULTIPLES,
    NOT_GIVEN,
    NOTHING_CARRIED,
    POINTS,
    RATES,
    SHARES,
    Aim,
    Found,
    Search,
    find,
)
from tco.lines.trials import cases_of
from tests.lines.worked import Example, value_of
from tests.mutation.mutants import parts, results

AIM = Aim("profit", "sought", "size")
SCALES = (MULTIPLES, SHARES, RATES, GROWTHS)


def model_of(profit: Line) -> Model:
    """A model with one line, which reads a price and a share."""
    givens = {key: Given(key, "USD", key=key) for key in ("price", "share", "sought", "size")}
    return Model(givens, {profit.key: profit})


def sought(profit: Line, *searches: Search, **values: Any) -> Found:
    given = {"price": 10.0, "share": 0.5, "sought": 1.0, "size": 100.0, **values}
    return find(model_of(profit), {k: np.float64(v) if isinstance(v, float) else v
                                   for k, v in given.items()}, searches, AIM)  # fmt: skip


@line("Profit", "USD")
def straight(price, share):
    """Nothing at a price of 7.3 of the half."""
    return price * share - 3.65


@line("Profit", "USD")
def humped(price, share):
    """Nothing at 7 and at 11, and more between."""
    return (price - 7) * (11 - price) + share * 0


@line("Profit", "USD")
def kinked(price, share):
    """Steep from 9 down, flat above: nothing at 8.9."""
    return minimum((price - 8.9) * 50, maximum(price, 9) * 0.01 + 4.91) + share * 0


def named(profit: Line) -> Line:
    return Line("profit", profit.label, profit.unit, profit.rule, profit.note, profit.needs)


PRICE = Search("price", ("price",), MULTIPLES)
SHARE = Search("share", ("share",), SHARES, most=1)


def test_a_straight_line_is_solved_in_one_step() -> None:
    found = sought(named(straight), PRICE, SHARE)
    assert found.roots == pytest.approx([7.3, 0.365], rel=1e-15)
    first = found.rows["point"][POINTS + 1]
    assert first == pytest.approx([7.3, 0.365], rel=1e-15)
    assert found.carried == pytest.approx([5, 5], rel=1e-15)  # at 0 it is -3.65, as it stands 1.35


@pytest.mark.parametrize(("price", "root"), [(10.5, 11), (9.2, 11), (8.8, 7), (6.0, 7), (12.5, 11)])
def test_of_two_roots_the_nearest_is_found(price: float, root: float) -> None:
    (found,) = sought(named(humped), PRICE, price=price).roots
    assert found == pytest.approx(root, rel=1e-9)


def test_two_roots_between_neighbouring_points_are_not_seen() -> None:
    (found,) = sought(named(humped), PRICE, price=60.0).roots  # points at 60, 48 and 30
    assert isinstance(found, Undefined)


def test_a_kink_between_two_points_is_passed() -> None:
    (found,) = sought(named(kinked), PRICE).roots
    assert found == pytest.approx(8.9, rel=1e-12)


def test_where_it_never_turns_there_is_no_root() -> None:
    found = sought(named(straight), SHARE, price=1.0)
    assert isinstance(found.roots[0], Undefined) and found.roots[0].why == AT_NO_VALUE
    assert (found.rows["point"][POINTS:] == found.rows["point"][POINTS]).all()  # no step moves


def test_where_none_is_sought_none_is_found() -> None:
    assert np.isnan(sought(named(straight), PRICE, sought=0.0).roots[0])


def test_a_root_where_it_stands_is_found_there() -> None:
    found = sought(named(humped), PRICE, price=7.0)
    assert found.roots == [7.0]


def test_what_stands_at_0_is_tried_in_units() -> None:
    (found,) = sought(
        named(straight), Search("price", ("price",), MULTIPLES, unit=2), price=0.0
    ).roots
    assert found == pytest.approx(7.3, rel=1e-15)


def test_what_is_not_given_has_no_root() -> None:
    found = sought(named(straight), PRICE, SHARE, price=Undefined("not given"))
    (tie, other), (carried, worth) = found.roots, found.carried
    assert isinstance(tie, Undefined) and tie.why == NOT_GIVEN
    assert isinstance(carried, Undefined) and carried.why == NOT_GIVEN
    assert isinstance(other, Undefined) and other.why == AT_NO_VALUE and np.isnan(worth)


def test_a_rate_carries_nothing() -> None:
    (carried,) = sought(named(straight), Search("price", ("price",), RATES, carries=False)).carried
    assert isinstance(carried, Undefined) and carried.why == NOTHING_CARRIED


def test_the_cases_are_those_of_the_search() -> None:
    trials = np.array([[1.0, 0.2], [2.0, 0.4]])
    values = {"price": np.float64(10), "share": np.float64(0.5), "sought": 1.0, "size": 100.0}
    model = model_of(named(straight))
    got = cases_of(model, values, [PRICE, SHARE], AIM.line, trials, ["profit"])
    assert got["profit"] == pytest.approx([0.5 - 3.65, 2 - 3.65, 1 - 3.65, 4 - 3.65])


@pytest.mark.parametrize("places", SCALES)
def test_points_rise_from_the_least_to_the_most_through_what_stands(places: Any) -> None:
    assert len(places) == POINTS and 0.0 in places
    assert list(places) == sorted(set(places))
    assert places[0] >= -1 and (places is MULTIPLES or places[-1] == 1)


# ---- the rules by hand ---------------------------------------------------------------------------

BOUNDED = Search("x", ("x",), SHARES, least=2, most=10)
ROOM_BELOW, ROOM_ABOVE = roots.room_below(BOUNDED), roots.room_above(BOUNDED)
NO_END = roots.room_above(Search("x", ("x",), MULTIPLES, unit=3))
CARRIED = roots.carried_by(BOUNDED)
NO = None
# Points at 2, 4, 6 and 8 with 5, 1, -3 and -2 left: the root by a straight line is 4.5.
ROW = {"number": [1, 2, 3, 4], "point": [2, 4, 6, 8], "left": [5, 1, -3, -2]}
EXAMPLES: tuple[tuple[Line, dict[str, Any], Any], ...] = (
    (roots.start, {"base": 7}, 7),
    (roots.start, {"base": NO}, 0),
    (ROOM_BELOW, {"start": 7}, 5),
    (ROOM_ABOVE, {"start": 7}, 3),
    (NO_END, {"start": 7}, 7),
    (NO_END, {"start": 0}, 3),
    (NO_END, {"start": 0.5}, 0.5),
    *((roots.point, {"place": place, "start": 7, "room_below": 5, "room_above": 3}, found)
      for place, found in ((-1, 2), (-0.4, 5), (0, 7), (0.5, 8.5), (1, 10))),
    (roots.trial, {"base": 7, "point": 3}, 3),
    (roots.trial, {"base": NO, "point": 3}, NO),
    *((roots.left, {"aim": aim, "size": 1e9}, found)
      for aim, found in ((0.02, 0.02), (-0.02, -0.02), (0.009, 0), (-0.009, 0), (0.01, 0))),
    (roots.turns, {"number": [1, 2, 3, 4, 5, 6, 7], "left": [0, 5, 1, -3, -2, 0, -1]},
     [0, 1, 0, 1, 0, 1, 1]),
    (roots.turns, {"number": [1, 2], "left": [0.5, 0.5]}, [0, 0]),
    (roots.way_between, {"turns": [0, 1], "left": [1, -1]}, [0, 0.5]),
    (roots.way_between, {"turns": [0, 1, 1, 0, 1], "left": [5, 3, -1, -2, 0]},
     [0, 2.5, 0.75, 0, 1]),
    (roots.way_between, {"turns": [0, 1], "left": [0, 3]}, [0, 0]),
    (roots.distance, {"turns": [0, 0, 1, 1], "way_between": [0, 0, 0.25, 0.5],
                      "point": [2, 4, 6, 9], "start": 7}, [NO, NO, 2.5, 0.5]),
    (roots.distance, {"turns": [0, 1], "way_between": [0, 0.5], "point": [2, 4], "start": 1},
     [NO, 2]),
    *((roots.found, {"turns": turns, "sought": flag, "base": base}, found)
      for turns, flag, base, found in (([0, 1, 1], 1, 7, 1), ([0, 1, 0], 1, 7, 1),
                                       ([0, 0, 0], 1, 7, 0),
                                       ([0, 1, 0], 0, 7, 0), ([0, 1, 0], 1, NO, 0))),
    (roots.nearest, {"found": 1, "distance": [NO, 3, 0.5, 2], "number": [1, 2, 3, 4]}, 3),
    (roots.nearest, {"found": 0, "distance": [NO, 3, 0.5, 2], "number": [1, 2, 3, 4]}, 2),
    (roots.bracket_point, {"nearest": 3, **{k: ROW[k] for k in ("number", "point")}}, 6),
    (roots.bracket_other, {"nearest": 3, **{k: ROW[k] for k in ("number", "point")}}, 4),
    (roots.bracket_left, {"nearest": 3, **{k: ROW[k] for k in ("number", "left")}}, -3),
    (roots.bracket_other_left, {"nearest": 4, **{k: ROW[k] for k in ("number", "left")}}, -3),
    (roots.way, {"found": 1, "left": [-3, 7], "other_left": [2, 7]}, [0, 0.6]),
    (roots.way, {"found": 0, "left": [-3, 7], "other_left": [1, 7]}, [0, 0]),
    (roots.way, {"found": 1, "left": [0, 7], "other_left": [1, 7]}, [0, 0]),
    (roots.step_point, {"point": [6, 0], "other": [4, 0], "way": [0, 0.75]}, [0, 4.5]),
    *((roots.crossed, {"left": [before, now]}, [0, flag])
      for before, now, flag in ((-3, 1, 1), (-3, -1, 0), (3, -1, 1), (3, 0, 0))),
    *((roots.kept, {"crossed": flag, "left": [before, now]}, [1, kept])
      for flag, before, now, kept in ((0, -3, -1, 0.75), (1, -3, 1, 1), (0, 3, 0, 1),
                                      (0, 0, 0, 1), (0, 3, 9, 0.25))),
    *((roots.other, {"crossed": [0, flag], "point": [6, 5], "other": [4, 0]}, [0, found])
      for flag, found in ((0, 4), (1, 6))),
    *((roots.other_left, {"crossed": [0, flag], "left": [-3, 1], "other_left": [8, 0],
                          "kept": [1, 0.75]}, [0, found])
      for flag, found in ((0, 6), (1, -3))),
    (roots.root, {"found": 1, "point": 4.5, "base": 7}, 4.5),
    (roots.root, {"found": 0, "point": 4.5, "base": 7}, NO),
    (roots.root, {"found": 1, "point": 4.5, "base": NO}, NO),
    *((CARRIED, {"standing": 7, "number": [2, 1, 3], "aim": [4, 11, 13], "base": base,
                 "sought": flag}, carried)
      for base, flag, carried in ((5, 1, -4), (NO, 1, NO), (5, 0, NO))),
)  # fmt: skip


RULES = list({id(one): one for one, _, _ in EXAMPLES}.values())


def examples_of(one: Line) -> list[Example]:
    return [Example(one, {key: value_of(value) for key, value in inputs.items()}, gives)
            for rule, inputs, gives in EXAMPLES if rule is one]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.key)
def test_a_rule_of_the_search_by_hand(rule: Line) -> None:
    assert not [said for one in examples_of(rule) if (said := one.wrong())]


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.key)
def test_the_examples_see_every_wrong_rule(rule: Line) -> None:
    examples = examples_of(rule)
    alive = [one.change for one in (*results(rule), *parts(rule, examples))
             if not any(example.wrong(one.rule) for example in examples)]  # fmt: skip
    assert not alive

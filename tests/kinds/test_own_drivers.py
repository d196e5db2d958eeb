"""Switching values, found by something else: bisection, and the scenario loaded anew."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from tco.lines import Given, Line, Undefined
from tco.model import model_for
from tco.model.own.driver import NEAREST, Driver
from tco.model.own.drivers import AIM, searched, solved
from tco.workbook.cells import letters
from tco.workbook.drivers import CASES, GRID
from tests.kinds.test_own import BESIDE, NAME, RANDOM, _fixed
from tests.loaded import load
from tests.office.live import laid_out
from tests.sampling import sampled

ALL = {one.key: one for one in model_for("own").members.all(Driver)}
DRIVERS = {key: one for key, one in ALL.items() if one.sought == NEAREST}
# Twice the rate: what is paid at the end turns the advantage back where money costs little.
TWO_ROOTS = ("decommissioning_cost=50_000_000", "server_price=60_000")
# Where another rent is the best at the switching value, or nearly everything is another.
OTHERWISE = {
    "reserved is the best rent": (NAME, ("reserved_price=1.5",)),
    "before tax": (NAME, ("tax_rate=0",)),
    "reserved in part, and level": (NAME, ("demand_shape=level", "reserved_share=0.5")),
    "blocks and a base": (NAME, ("block_price=2.9", "hybrid_base_share=0.5", "spot_assured=1")),
    "two rates": (NAME, TWO_ROOTS),
    "nothing paid for power": (NAME, ("power_price=0", "residual_share=0")),
    "dear servers": (BESIDE, ("server_price=150_000",)),
}
BUSY = ("runs_over_horizon=88",)  # some 60 % of its hours
PLANS = {"as it is": (NAME, ()), "beside a run": (BESIDE, BUSY), **OTHERWISE}
RATES = ("discount_rate", "discount_rate_after_tax")
SETS = {"server_price": {BESIDE: ("server_unit_price",)},
        "discount_rate": {NAME: RATES, BESIDE: RATES}}  # fmt: skip


def advantage_anew(name: str, sets: tuple[str, ...], key: str, value: float) -> float:
    """The advantage of the scenario loaded with another value of a driver."""
    moves = SETS.get(key, {}).get(name, (key,))
    inputs = [f"{one}={value!r}" for one in moves]
    scenario = load(name, [*sets, *inputs])
    return float(scenario.model.evaluate(scenario.computable, [AIM.line])[AIM.line])


@functools.cache
def advantage(plan: str, key: str) -> Callable[[float], float]:
    """The advantage at a value of a driver: the model evaluated whole, once for each."""
    name, sets = PLANS[plan]
    scenario = load(name, sets)

    def at(value: float) -> float:
        moved = dict.fromkeys(DRIVERS[key].search.moves, np.float64(value))
        got = scenario.model.evaluate(scenario.computable | moved, [AIM.line])
        return float(got[AIM.line])

    return at


def bisected(at: Callable[[float], float], least: float, most: float, base: float) -> float | None:
    """The root nearest the base: the ends of the nearest turn among many points, halved."""
    values = sorted({base, *np.linspace(least, most, 61), *np.linspace(0.5 * base, 1.5 * base, 31)})
    values = [one for one in values if least <= one <= most]
    found = [at(one) for one in values]
    pairs = [
        (halved(at, low, high, one))
        for low, high, one, other in zip(values, values[1:], found, found[1:], strict=False)
        if one * other < 0
    ]
    return min(pairs, key=lambda one: abs(one - base)) if pairs else None


def halved(at: Callable[[float], float], low: float, high: float, at_low: float) -> float:
    for _ in range(60):
        middle = (low + high) / 2
        if at(middle) * at_low > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@pytest.mark.parametrize(
    ("key", "plan"), sampled(((key, plan) for key in DRIVERS for plan in PLANS), every=9)
)
def test_a_switching_value_is_what_bisection_finds(key: str, plan: str) -> None:
    name, sets = PLANS[plan]
    numbers, driver = load(name, sets).numbers, DRIVERS[key]
    tie, base = numbers[f"tie_{key}"], float(numbers[driver.value])
    if np.isnan(base):
        assert isinstance(tie, Undefined)
        return
    most = driver.most if driver.most is not None else 12 * max(base, driver.tried)
    least = driver.least + (0.03 if driver.least < 0 else 0)
    wanted = bisected(advantage(plan, key), least, most, base)
    if wanted is None:
        assert isinstance(tie, Undefined) or tie > most
    else:
        close = 1e-6 if driver.rate else 1e-9
        assert float(tie) == pytest.approx(wanted, rel=close, abs=close * 0.1)


def test_most_drivers_have_a_switching_value() -> None:
    for plan, few in (("as it is", 11), ("beside a run", 10), ("blocks and a base", 3)):
        name, sets = PLANS[plan]
        numbers = load(name, sets).numbers
        found = [key for key in DRIVERS if not isinstance(numbers[f"tie_{key}"], Undefined)]
        assert len(found) >= few, (plan, found)


@pytest.mark.parametrize(("name", "sets"), [(NAME, ()), (BESIDE, ()), (BESIDE, BUSY)])
@pytest.mark.parametrize("key", sampled(DRIVERS, every=3))
def test_loaded_anew_on_both_sides_the_verdict_turns(
    key: str, name: str, sets: tuple[str, ...]
) -> None:
    """A part in 10^9 before the switching value the advantage points one way, after it another."""
    tie = load(name, sets).numbers[f"tie_{key}"]
    if isinstance(tie, Undefined):
        return
    step = 1e-8 if DRIVERS[key].rate else 1e-9 * abs(float(tie))
    sides = [advantage_anew(name, sets, key, float(tie) + one) for one in (-step, step)]
    assert sides[0] * sides[1] < 0, sides


def test_of_two_rates_the_nearest_is_meant() -> None:
    low, high = (
        float(load(NAME, [*TWO_ROOTS, f"discount_rate={rate}", f"discount_rate_after_tax={rate}"])
              .numbers["tie_discount_rate"])
        for rate in (0.09, 0.6)
    )  # fmt: skip
    assert low == pytest.approx(0.160661, abs=1e-6) and high == pytest.approx(0.499642, abs=1e-6)


@pytest.mark.parametrize("inputs", RANDOM)
def test_at_a_switching_value_the_advantage_is_gone(inputs: dict[str, float]) -> None:
    """The best rent chosen anew; many random fleets."""
    model = model_for("own")
    values = {k: np.float64(v) if isinstance(v, float) else v
              for k, v in {**_fixed(), **inputs}.items()}  # fmt: skip
    found = searched(model, values)
    assert found is not None
    capex = float(model.evaluate(values, ["capex"])["capex"])
    for key, driver in DRIVERS.items():
        tie = solved(model, found, None)[f"tie_{key}"]
        if not isinstance(tie, Undefined):
            moved = dict.fromkeys(driver.search.moves, tie)
            left = model.evaluate(values | moved, [AIM.line])[AIM.line]
            assert abs(float(left)) <= 1e-8 * capex, key


def test_what_a_driver_carries_is_gone_without_it() -> None:
    """The model evaluated whole with the driver at 0."""
    numbers = load(NAME).numbers
    for key, driver in DRIVERS.items():
        if driver.rate:
            assert isinstance(numbers[f"worth_{key}"], Undefined)
        elif not np.isnan(float(numbers[driver.value])):
            left = float(numbers[AIM.line]) - advantage("as it is", key)(0.0)
            assert float(numbers[f"worth_{key}"]) == pytest.approx(left, rel=1e-9, abs=1e-3)


def test_without_a_rent_in_time_nothing_ties() -> None:
    numbers = load(NAME, ["result_needed_days=300"]).numbers
    assert all(isinstance(numbers[f"tie_{key}"], Undefined) for key in DRIVERS)


def test_a_driver_keeps_to_the_bounds_of_its_input() -> None:
    model = model_for("own")
    for driver in DRIVERS.values():
        for key in driver.search.moves:
            given = model[key] if key in model.givens else model[driver.key]
            given = given.taken if isinstance(given, Line) and given.taken else given
            assert isinstance(given, Given) and given.unit.startswith(driver.unit)
            least = given.above if given.least is None else given.least
            assert (driver.least, driver.most) == (least, given.most), key
            # At a price of 0 stands what a driver carries, even where none may be had.
            assert given.above in (None, 0) or driver.places[0] > -1
        assert model[driver.value].form and isinstance(model[driver.value], (Given, Line))


def test_a_tie_follows_over_cases() -> None:
    rates = [0.05, 0.09, 0.12]
    found = load(NAME).cases({"power_growth": rates}, ["tie_server_price", "driver_change"])
    for number, rate in enumerate(rates):
        alone = load(NAME, [f"power_growth={rate}"]).numbers
        assert found["tie_server_price"][number] == pytest.approx(alone["tie_server_price"])
        others = alone["drivers"] != "power_growth"  # its own range goes with its value
        np.testing.assert_allclose(
            found["driver_change"][others, number], alone["driver_change"][others]
        )


@pytest.mark.parametrize("name", [NAME, BESIDE])
def test_one_formula_stands_across_each_row_of_cases(name: str) -> None:
    """Of the points one, of the steps one; a line of the model has the same in both."""
    (sheet,) = (one for one in laid_out(name).sheets if one.title == "Drivers")
    forms: dict[int, dict[str, set[str]]] = {}
    for (row, column), cell in sheet.cells.items():
        if column in CASES and cell.formula:
            part = "points" if column in GRID else "steps"
            forms.setdefault(row, {}).setdefault(part, set()).add(_moved(cell.formula, column))
    keys = {row: cell.value for (row, column), cell in sheet.cells.items() if column == 1}
    assert len(forms) > 600
    for row, parts in forms.items():
        assert all(len(found) == 1 for found in parts.values()), (row, parts)
        if len(parts) == 2 and keys.get(row) != "point":
            assert parts["points"] == parts["steps"], (row, parts)


def _moved(formula: str, column: int) -> str:
    """A formula with the letters of its own column, and of the one before, taken out."""
    here, before = letters(column), letters(column - 1)
    return re.sub(
        r"(?<![A-Z$])([A-Z]+)(?=\$\d)",
        lambda found: {here: "@", before: "<"}.get(found[1], found[1]), formula,
    )  # fmt: skip


def test_a_case_that_is_off_is_seen_on_its_sheet() -> None:
    """Where the point at the plan's own value is not the plan, the sheet counts an error."""
    (sheet,) = (one for one in laid_out(NAME).sheets if one.title == "Drivers")
    checks = [cell for (row, column), cell in sheet.cells.items()
              if column == 6 and cell.formula.startswith("IF(ROUND(")]  # fmt: skip
    assert len(checks) == len(DRIVERS) and all(cell.value == 0 for cell in checks)
    assert sheet.cells[3, 6].formula.startswith("SUM($F$")  # of every row with a check


@pytest.mark.parametrize(("name", "sets"), [(NAME, ()), (BESIDE, BUSY)])
@pytest.mark.parametrize("key", sampled(ALL, every=12))
def test_an_end_of_a_range_is_the_scenario_loaded_anew(
    key: str, name: str, sets: tuple[str, ...]
) -> None:
    numbers = load(name, sets).numbers
    if np.isnan(float(numbers[f"low_{key}"])):
        assert isinstance(numbers[f"low_{key}"], Undefined)
        return
    found = {}
    for end in ("low", "high"):
        value = float(numbers[f"{end}_{key}"])
        anew = advantage_anew(name, sets, key, value)
        found[end] = float(numbers[f"at_{end}_{key}"])
        assert found[end] == pytest.approx(anew, rel=1e-9, abs=1e-3), end
    every = (*found.values(), float(numbers[AIM.line]))
    ranges = float(numbers[f"low_{key}"]) < float(numbers[f"high_{key}"])
    assert float(swings(numbers)[key]) == pytest.approx(max(every) - min(every)) or not ranges


def swings(numbers: Mapping[str, Any]) -> dict[str, float]:
    """The swing of each driver, by its key."""
    return dict(zip(numbers["drivers"], numbers["driver_swing"], strict=True))


def test_what_the_verdict_rests_on_is_all_of_the_swing() -> None:
    """A guess for the server, catalogue prices of rent, and figures that the file states."""
    found = load(NAME).numbers
    shares = dict(zip(found["grades"], found["grade_swing_share"], strict=True))
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["guess"] > 0.1
    each = swings(found)
    rents = each["reserved_price"] + each["on_demand_price"]
    assert shares["catalogue"] == pytest.approx(rents / found["swing_total"])
    quoted = load("rfq-512-b200").numbers
    shares = dict(zip(quoted["grades"], quoted["grade_swing_share"], strict=True))
    assert quoted["kind_server_price"] == quoted["kind_on_demand_price"] == "quote"
    assert quoted["low_server_price"] == pytest.approx(0.95 * quoted["server_unit_price"])
    assert shares["quote"] > 0.05


# ---- when the verdict holds ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["own-1024-h100", "rfq-512-b200", "buy-or-rent-100b"])
def test_a_driver_turns_the_verdict_where_its_tie_is_in_its_range(name: str) -> None:
    """And where none is, the advantage has the plan's sign at both ends."""
    made = load(name)
    numbers, drivers = made.numbers, made.model.members.all(Driver)
    plan, turning = np.sign(numbers["deciding_advantage"]), []
    turns = dict(zip(numbers["drivers"], numbers["driver_turns"], strict=True))
    for one in drivers:
        tie, low, high = (numbers[f"{what}_{one.key}"] for what in ("tie", "low", "high"))
        if isinstance(low, Undefined) or not low < high:
            assert not turns[one.key]
            continue
        inside = not isinstance(tie, Undefined) and low <= tie <= high
        ends = [np.sign(numbers[f"at_{end}_{one.key}"]) for end in ("low", "high")]
        assert turns[one.key] == (inside or ends != [plan, plan]), one.key
        assert (f" · {one.label} " in numbers["verdict_conditions"]) == bool(turns[one.key])
        turning += [one.key] if turns[one.key] else []
    assert numbers["verdict_holds"] == (not turning)
    settled = "No driver alone, over its range, makes owning and the best rent level."
    assert (numbers["conditions_sentence"] == settled) == (not turning)
    assert numbers["turning_drivers"] == len(turning)
    many = f"{len(turning)} of {len(drivers)} drivers, each alone within its range, make"
    assert (many in numbers["conditions_sentence"]) == (len(turning) > 3)
    assert len(turning) < len(drivers)


def test_no_condition_is_said_where_nothing_is_compared() -> None:
    numbers = load("own-1024-h100", ["result_needed_days=1"]).numbers
    assert numbers["verdict_holds"] == 0
    assert numbers["conditions_sentence"].startswith("Owning and renting do not both count")


@pytest.mark.parametrize("key", sampled((key for key in ALL if key not in DRIVERS), every=8))
def test_where_an_input_ties_the_scenario_loaded_anew_has_no_advantage(key: str) -> None:
    """By the straight line through both ends, or step by step."""
    numbers = load(NAME).numbers
    tie = numbers[f"tie_{key}"]
    if isinstance(tie, Undefined):
        sides = [float(numbers[f"at_{end}_{key}"]) for end in ("low", "high")]
        assert min(sides) > 0 or np.isnan(float(numbers[key])), key
        return
    left = advantage_anew(NAME, (), key, float(tie))
    assert abs(left) <= 1e-9 * abs(float(numbers["own_deciding_npv"]))


def test_what_a_line_that_moves_is_made_of_moves_too() -> None:
    """Servers are tried at other prices, and the GPUs whose price makes theirs as well."""
    numbers = load(BESIDE).numbers
    for end in ("low", "high"):
        anew = advantage_anew(BESIDE, (), "gpu_price", float(numbers[f"{end}_gpu_price"]))
        found = float(numbers[f"at_{end}_gpu_price"])
        assert found == pytest.approx(anew, rel=1e-9) != numbers["deciding_advantage"]

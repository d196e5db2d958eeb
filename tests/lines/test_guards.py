"""Guarded lines pass on why they are undefined; checks of rows say which row; tuples are items."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from tco.lines import (
    Cells,
    Given,
    GivenRows,
    Heading,
    Line,
    Model,
    ModelError,
    Undefined,
    below,
    beyond,
    defined,
    excel,
    known_or,
    line,
    row_check,
    shown,
    text,
    undefined,
    where,
    words,
)
from tests.lines.worked import worked

PLAIN = Cells(at=str, before=str, range=lambda key: f"{key}1:{key}9")


def module(**items: object) -> ModuleType:
    made = ModuleType("made")
    vars(made).update(items)
    return made


# ---- guards --------------------------------------------------------------------------------------


@line("Discounted", "USD")
def discounted(price):
    """The price less a tenth, where there is one."""
    return where(defined(price), price - price / 10, undefined("no price"))


@line("Cost", "USD", guarded=True)
def cost(devices, discounted):
    """Devices at the price."""
    return where(beyond(devices, 3), devices * discounted, 0)


@line("Cost of two", "USD", guarded=True)
def cost_of_two(rent, cost):
    """Rented and bought."""
    return cost + rent


@line("Rent", "USD")
def rent(devices):
    """Of more than one device."""
    return where(beyond(devices, 1), 7 * devices, undefined("nothing to rent"))


@line("Steady", "USD", guarded=True)
def steady(devices):
    """Reads nothing that may be undefined."""
    return devices * 2


WHOLE = module(
    price=Given("Price", "USD", required=False), devices=Given("Devices", "1"),
    discounted=discounted, cost=cost, cost_of_two=cost_of_two, rent=rent, steady=steady,
)  # fmt: skip


def test_a_guarded_formula_tests_what_may_be_undefined_and_nothing_else() -> None:
    lines = Model.of(WHOLE).lines
    assert excel(lines["cost_of_two"].tree, PLAIN) == (
        "CHOOSE(1+ISTEXT(rent),CHOOSE(1+ISTEXT(cost),cost+rent,cost),rent)"
    )
    assert lines["cost"].guards == ("discounted",)
    assert excel(lines["steady"].tree, PLAIN) == "devices*2"
    assert words(lines["cost_of_two"].tree, str) == "cost + rent"


def test_the_reason_is_that_of_the_first_one_undefined() -> None:
    model = Model.of(WHOLE)

    def found(price: float, devices: float) -> float:
        value: float = model.evaluate({"price": price, "devices": devices})["cost_of_two"]
        return value

    gone = Undefined("not given")
    assert found(10.0, 5.0) == 80
    assert found(gone, 5.0).why == "no price"
    assert found(10.0, 1.0).why == "nothing to rent"
    assert found(gone, 1.0).why == "nothing to rent"


def test_cases_are_undefined_one_by_one() -> None:
    values = {"price": np.array([10, np.nan, 10]), "devices": np.array([5.0, 5.0, 1.0])}
    found = Model.of(WHOLE).evaluate(values)["cost_of_two"]
    assert found.tolist()[0] == 80
    assert np.isnan(found).tolist() == [False, True, True]


@line("Own or common", "USD", along="runs")
def used(own, common):
    """A column's own value, else another column's."""
    return known_or(own, common)


@line("Twice that", "USD", along="runs", guarded=True)
def twice(used, floor_price):
    """No more where the floor is passed, whatever an unknown number is not below."""
    return where(below(used, floor_price), 1, used * 2)


RUNS = module(
    runs=GivenRows("Runs", "What ran."), run=Given("Run", "text", along="runs"),
    own=Given("Own", "USD", along="runs", required=False),
    common=Given("Common", "USD", along="runs", required=False),
    floor_price=Given("Floor", "USD"), used=used, twice=twice,
)  # fmt: skip


def test_what_another_column_passes_on_is_tested_row_by_row() -> None:
    model = Model.of(RUNS)
    assert model.lines["twice"].guards == ("used",)
    nan = float("nan")
    values = {"own": np.array([3.0, nan, nan]), "common": np.array([nan, 5.0, nan])}
    found = model.evaluate({**values, "floor_price": 2.0, "runs": np.array(["a", "b", "c"])})
    assert np.array_equal(found["twice"], [6, 10, nan], equal_nan=True)


def test_a_guard_without_a_reason_to_pass_on_is_refused() -> None:
    @line("Of an input", "USD", guarded=True)
    def of_input(price):
        """The cell of an input that is not given has a dash, not a reason."""
        return price * 2

    @line("Of a row", "USD", guarded=True)
    def of_row(own):
        """A scalar of a column: which row?"""
        return own * 2

    @line("Of a scalar", "USD", along="runs", guarded=True)
    def of_scalar(common, discounted):
        """A column cannot say why."""
        return common * discounted

    with pytest.raises(ModelError, match="of_input must say itself what it lacks where price"):
        Model.of(WHOLE, module(of_input=of_input))
    with pytest.raises(ModelError, match="of_row is guarded and reads own"):
        Model.of(RUNS, module(of_row=of_row))
    with pytest.raises(ModelError, match="of_scalar must say itself"):
        Model.of(WHOLE, RUNS, module(of_scalar=of_scalar))


def test_an_example_sees_a_guard_that_is_missing() -> None:
    case = worked(WHOLE)
    case("cost", devices=2, discounted=None, undefined="not given")
    (example,) = case.examples
    assert not example.wrong()
    assert example.wrong(lambda devices, discounted: where(beyond(devices, 3), discounted, 0))


# ---- rows ----------------------------------------------------------------------------------------


@row_check(
    "Too dear",
    along="runs",
    count=("runs_dear", "Runs too dear"),
    first=("first_dear", "First run too dear"),
    check=("runs_cheap", "No run is too dear"),
    note="Each run is below the floor.",
    says="{count} are dear, first {first}",
    kind="alert",
)
def dear(used, floor_price, runs, own):
    """1 where a run is above the floor."""
    return beyond(used, floor_price), text("{} at {}", runs, shown(own, "0"))


def test_one_function_of_a_row_makes_flag_count_first_and_check() -> None:
    model = Model.of(module(**vars(RUNS), dear=dear, _last=Heading("After all rows")))
    values = {"own": np.array([1.0, 7.0, 9.0]), "common": np.array([1.0, 1.0, 1.0]),
              "runs": np.array(["a", "b", "c"], dtype=object)}  # fmt: skip
    found = model.evaluate({**values, "floor_price": 2.0})
    assert found["dear"].tolist() == [0, 1, 1]
    assert (found["runs_dear"], found["first_dear"], found["runs_cheap"]) == (2, "b at 7", 1)
    assert found["runs_cheap_note"] == "2 are dear, first b at 7"
    none = model.evaluate({**values, "floor_price": 20.0})
    assert (none["first_dear"], none["runs_cheap"], none["runs_cheap_note"]) == ("none", 0, "OK")
    (check,) = model.checks
    assert check.kind == "alert"
    assert excel(model.lines["first_dear"].tree, PLAIN) == (
        'IF(ROUND(0-runs_dear,6)<0,INDEX(runs1:runs9,MATCH(1,dear1:dear9,0))&" at "&'
        'FIXED(ROUND(INDEX(own1:own9,MATCH(1,dear1:dear9,0)),0)+0,0,TRUE),"none")'
    )
    assert model.lines["dear"].needs == ("used", "floor_price")
    assert (
        model.lines["runs_dear"].note == "How many runs there are where a run is above the floor."
    )
    assert model.headings["runs_dear"] == "What the checks read"


def test_a_row_is_named_as_its_table_names_it() -> None:
    def flag(used):
        """1 where it is above 2."""
        return beyond(used, 2)

    said = {"count": ("n", "N"), "first": ("f", "F"), "check": ("c", "C"), "note": "x."}
    made = row_check("Flag", along="runs", says="{first}", **said)(flag)
    assert excel(made.first.tree, PLAIN) == (
        'IF(ROUND(0-n,6)<0,INDEX(runs1:runs9,MATCH(1,flag1:flag9,0)),"none")'
    )
    flag.__doc__ = "Whether it is above 2."
    with pytest.raises(ModelError, match="flag must say what it flags"):
        row_check("Flag", along="runs", says="{first}", **said)(flag)


# ---- tuples --------------------------------------------------------------------------------------


def test_a_name_may_stand_for_several_items() -> None:
    several = (Heading("Two of them"), discounted, rent, steady)
    made = module(price=WHOLE.price, devices=WHOLE.devices, _several=several)
    model = Model.of(made)
    assert [*model.lines] == ["discounted", "rent", "steady"]
    assert model.headings == {"discounted": "Two of them"}
    assert isinstance(worked(made).line("steady"), Line)

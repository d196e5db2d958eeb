"""What agrees: within 1e-9, or within what rounding can do where numbers nearly cancel."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tco.verify import TOLERANCE, agree, verify
from tco.verify.comparing import NOISE
from tco.verify.judging import MOST_JUDGED
from tco.verify.reading import Key
from tco.verify.scale import Scales, Value, evaluate
from tco.verify.scale import given as entered
from tco.verify.tree import Node, UnknownError, areas, tree
from tests.verify.making import F, one_sheet, parts, save, worksheet

# ---- two values ---------------------------------------------------------------------------------

AGREE = [
    (1.0, 1.0), (1.0, 1), (1, 1.0), (0.0, -0.0), (-0.0, 0), (1.0, True), (True, 1.0), (0.0, False),
    (1e9, 1e9 + 0.9), (1e-16, 1e-16 * (1 + 9e-10)), (-5.0, -5.0 - 4e-9), (1e300, 1e300),
    ("a", "a"), ("", ""), ("#N/A", "#N/A"), (7.9e-16, 7.9e-16),
]  # fmt: skip
DIFFER = [
    (1.0, 1.0 + 2e-9), (1e9, 1e9 + 2), (7.9e-16, 7.9e-16 * 1.000001), (0.0, 7.9e-16),
    (7.9e-16, 0.0), (1e-300, 2e-300), (0.0, 5e-324), (1.0, -1.0), (1.0, math.nan),
    (math.nan, 1.0), (1.0, math.inf), (1e308, math.inf), ("5", 5.0), (5.0, "5"), ("1", True),
    ("a", "A"), ("a", "a "), ("", 0.0), (0.0, ""), (None, 0.0), (0.0, None), ("", None),
    ("#N/A", "#NUM!"), ("#N/A", 0.0), (0.0, "#N/A"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(AGREE)))
def test_these_agree(number: int) -> None:
    assert agree(*AGREE[number])


@pytest.mark.parametrize("number", range(len(DIFFER)))
def test_these_differ(number: int) -> None:
    assert not agree(*DIFFER[number])


@pytest.mark.parametrize(("stored", "computed"), [(1e-10, 0.0), (0.0, 1e-10), (-1e-10, 1e-10)])
def test_noise_at_a_scale(stored: float, computed: float) -> None:
    assert agree(stored, computed, 1e6) and not agree(stored, computed, 1e4)


@pytest.mark.parametrize("pair", [("5", 5.0), (0.0, ""), (None, 0.0), ("a", "b"), (1.0, math.nan)])
def test_no_scale_makes_a_text_a_number(pair: tuple[Any, Any]) -> None:
    assert not agree(*pair, 1e300)


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(0, 1e-8))
def test_the_tolerance_is_of_the_stored_value(stored: float, off: float) -> None:
    assume(abs(off - TOLERANCE) > 1e-14 and math.isfinite(stored * 2))
    computed = stored * (1 + off)
    assume(abs(stored) > 1e-300)
    assert agree(stored, computed) == (off < TOLERANCE or computed == stored)


# ---- the scale of a formula ---------------------------------------------------------------------


def scale_of(
    formula: str, cells: Mapping[str, Any], computed: Mapping[str, Any] | None = None
) -> Value:
    """A formula on sheet S, computed over cells by their names."""
    places = {_key(name): value for name, value in cells.items()}
    others = {_key(name): value for name, value in (computed or {}).items()}
    return evaluate(
        tree(formula, "S"),
        lambda key: entered(places.get(key), others.get(key, places.get(key))),
    )


def _key(name: str) -> Key:
    (area,) = areas(tree(name, "S"))
    (key,) = area.cells()
    return key


M = 1e6
SCALES: dict[str, tuple[dict[str, Any], float, float]] = {
    # formula: cells, its value, the size of the numbers that meet
    "A1-B1": ({"A1": M, "B1": M}, 0.0, 2 * M),
    "A1+B1": ({"A1": M, "B1": -M}, 0.0, 2 * M),
    "A1*B1-C1": ({"A1": 1e3, "B1": 1e3, "C1": M}, 0.0, 2 * M),
    "A1/B1-1": ({"A1": M, "B1": M}, 0.0, 2.0),
    "1E8/1E23": ({}, 1e-15, 1e-15),
    "A1/B1": ({"A1": 1e8, "B1": 1e23}, 1e-15, 1e-15),
    "LN(A1/B1)": ({"A1": M, "B1": M}, 0.0, 1.0),
    "LN(A1)-LN(B1)": ({"A1": M, "B1": M}, 0.0, 2 * math.log(M)),
    "EXP(A1)-B1": ({"A1": 1.0, "B1": math.e}, 0.0, 2 * math.e),
    "SQRT(A1)-B1": ({"A1": M, "B1": 1e3}, 0.0, 2e3),
    "A1^2-B1": ({"A1": 1e3, "B1": M}, 0.0, 2 * M),
    "A1^0.5-B1": ({"A1": M, "B1": 1e3}, 0.0, 2e3),
    "POWER(A1,3)-B1": ({"A1": 100.0, "B1": M}, 0.0, 2 * M),
    "-A1+B1": ({"A1": M, "B1": M}, 0.0, 2 * M),
    "-A1^2": ({"A1": 3.0}, 9.0, 9.0),
    "2^3^2": ({}, 64.0, 64.0),
    "A1%-B1": ({"A1": M, "B1": 1e4}, 0.0, 2e4),
    "SUM(A1:A3)": ({"A1": M, "A2": -M, "A3": 1.0}, 1.0, 2 * M),
    "SUM(A1:A3,-5,B9)": ({"A1": M, "A2": "text", "A3": None}, M - 5, M),
    "SUMPRODUCT(A1:A2,B1:B2)": ({"A1": 1e3, "A2": 1e3, "B1": 1e3, "B2": -1e3}, 0.0, 2 * M),
    "SUMPRODUCT((A1:A2>0)*B1:B2)": ({"A1": 1.0, "A2": 0.0, "B1": M, "B2": 5.0}, M, M),
    "SUMPRODUCT((A1:B1=A1)*(A2:A3=7)*A1:B1)": ({"A1": 2.0, "B1": 3.0, "A2": 7.0, "A3": 8.0}, 2.0,
                                               2.0),
    "AVERAGE(A1:A2)": ({"A1": M, "A2": -M}, 0.0, M),
    "MAX(A1:A2)-B1": ({"A1": M, "A2": 5.0, "B1": M}, 0.0, 2 * M),
    "MIN(A1,B1,7)": ({"A1": M, "B1": 3.0}, 3.0, 3.0),
    "MAX(A1-B1,0)": ({"A1": M, "B1": M}, 0.0, 2 * M),
    "ABS(A1-B1)": ({"A1": M, "B1": M}, 0.0, 2 * M),
    "SIGN(A1)*B1": ({"A1": -3.0, "B1": M}, -M, M),
    "ROUND(A1-B1,2)": ({"A1": M + 0.126, "B1": M}, 0.13, 2 * M),
    "ROUND(A1,-3)-B1": ({"A1": M + 1.0, "B1": M}, 0.0, 2 * M),
    "ROUNDUP(A1,0)": ({"A1": 2.1}, 3.0, 3.0),
    "ROUNDDOWN(A1,0)": ({"A1": -2.9}, -2.0, 2.9),
    "INT(A1)": ({"A1": -2.1}, -3.0, 3.0),
    "MOD(A1,7)": ({"A1": M}, M % 7, 2 * M),
    "IF(A1>5,B1-M1,1)": ({"A1": 6.0, "B1": M, "M1": M}, 0.0, 2 * M),
    "IF(A1>5,1,B1-M1)": ({"A1": 5.0, "B1": M, "M1": M}, 0.0, 2 * M),
    'IF(AND(A1="x",NOT(B1=""),OR(FALSE,TRUE)),7,1)': ({"A1": "X", "B1": "y"}, 7.0, 7.0),
    "IF(ISNUMBER(A1),1,IF(ISTEXT(A1),2,IF(ISERROR(A1),3,4)))": ({"A1": "a"}, 2.0, 2.0),
    "IF(ISBLANK(C9),3,4)": ({}, 3.0, 3.0),
    "CHOOSE(A1,1,B1-M1,3)": ({"A1": 2.0, "B1": M, "M1": M}, 0.0, 2 * M),
    "INDEX(A1:C1,2)": ({"A1": 1.0, "B1": M, "C1": 3.0}, M, M),
    "INDEX(A1:B2,2,1)": ({"A2": M}, M, M),
    "INDEX(A1:A3,MATCH(B1,C1:C3,0))": ({"A2": M, "B1": "k", "C1": 1.0, "C2": "K"}, M, M),
    "IFERROR(A1-B1,5)": ({"A1": M, "B1": M}, 0.0, 2 * M),
    "IFERROR(A1,5)": ({"A1": "#N/A"}, 5.0, 5.0),
    "'My Sheet'!A1+S!$B$1": ({"'My Sheet'!A1": M, "B1": -M}, 0.0, 2 * M),
    "((A1)-(B1))*1000": ({"A1": M, "B1": M}, 0.0, 2e9),
    "COUNT(A1:A3)": ({"A1": M, "A2": "x"}, 1.0, 1.0),
}  # fmt: skip


@pytest.mark.parametrize("formula", SCALES)
def test_the_scale_is_the_size_of_what_met(formula: str) -> None:
    """At least what met, and at most a few times that: each step adds its own rounding."""
    cells, result, size = SCALES[formula]
    found = scale_of(formula, cells)
    assert found.stored == found.computed == pytest.approx(result, rel=1e-12, abs=NOISE * size)
    assert size <= found.scale <= 16 * size


UNKNOWN = [
    "nosuch(A1)", "A1&B1", "name+1", "SUM(A:A)", "A1:B2", "1/0", "A1/(B1-B1)", "SQRT(-1)", "LN(0)",
    'A1+"5"', "T1+1", "E1+1", "IF(T1,1,2)", "OFFSET(A1,1,1)", "IRR(A1:A3)", "SUM((A1,B1))",
    "A1:A2 A2:A3", "INDEX(A1:A3,9)", "INDEX(A1:A3,0)", "MATCH(9,A1:A3,0)", "MATCH(1,A1:A3,1)",
    "CHOOSE(4,1,2)", "IF(1,,2)", "(-8)^0.5", "0^-1", "1E308*10", "EXP(1000)", "SUM(", "1+", "(",
    ")", "", "'", '"', "A1 B1", "1 2", "{1,2}", "SUM(A1:Z99999)", "A1048577:XFD9999999",
    "SUMPRODUCT(A1:A2,B1:B3)", "A1>T1", "ABS(A1,B1)", "ABS()", "T1", '"text"', "+".join("1" * 3000),
]  # fmt: skip


@pytest.mark.parametrize("formula", UNKNOWN)
def test_what_is_not_understood_forgives_nothing(formula: str) -> None:
    with pytest.raises(UnknownError):
        found = scale_of(formula, {"A1": 1.0, "B1": 2.0, "T1": "text", "E1": "#N/A"})
        assert found.numbers  # a text is no number


# Formulas of any shape, their exact results, and the exact sizes of what meets in them.

NUMBERS = st.floats(1e-6, 1e9) | st.floats(-1e9, -1e-6) | st.integers(-50, 50).map(float)


class Made:
    """A formula with what it is exactly for any values of its cells."""

    def __init__(
        self, text: str, exact: Callable[[Mapping[str, Fraction]], Fraction], steps: int = 1
    ) -> None:
        self.text, self.exact, self.steps = text, exact, steps

    def __repr__(self) -> str:
        return self.text


def _two(sign: str, rule: Callable[[Fraction, Fraction], Fraction]) -> Any:
    return lambda one, other: Made(
        f"({one}{sign}{other})",
        lambda cells: rule(one.exact(cells), other.exact(cells)),
        one.steps + other.steps + 1,
    )


def _many(name: str, rule: Callable[[list[Fraction]], Fraction]) -> Any:
    return lambda them: Made(
        f"{name}({','.join(map(str, them))})",
        lambda cells: rule([one.exact(cells) for one in them]),
        sum(one.steps for one in them) + len(them),
    )


def _if(one: Made, other: Made) -> Made:
    return Made(
        f"IF(A1>B1,{one},{other})",
        lambda cells: (one if cells["A1"] > cells["B1"] else other).exact(cells),
        one.steps + other.steps,
    )


def _cell(name: str) -> Made:
    return Made(name, lambda cells: cells[name])


CELLS = tuple(f"{column}{row}" for column in "AB" for row in range(1, 5))


def formulas(*, divided: bool) -> st.SearchStrategy[Made]:
    """Formulas of sums, differences, products and more, of any depth."""

    def grown(inner: st.SearchStrategy[Made]) -> st.SearchStrategy[Made]:
        signs = [("+", operator.add), ("-", operator.sub), ("*", operator.mul)]
        signs += [("/", operator.truediv)] if divided else []
        them = st.lists(inner, min_size=1, max_size=4)
        ways = [st.builds(_two(sign, rule), inner, inner) for sign, rule in signs]
        ways.append(st.builds(_many("SUM", sum), them))
        if divided:
            ways += [st.builds(_many("MAX", max), them), st.builds(_many("MIN", min), them)]
            ways.append(st.builds(_many("ABS", lambda one: abs(one[0])), st.tuples(inner)))
            ways.append(st.builds(_if, inner, inner))
        return st.one_of(ways)

    column = Made("SUM(A1:A4)", lambda cells: sum((cells[f"A{row}"] for row in range(1, 5)),
                                                  Fraction(0)), 4)  # fmt: skip
    table = Made("SUMPRODUCT(A1:A4,B1:B4)", lambda cells: sum(
        (cells[f"A{row}"] * cells[f"B{row}"] for row in range(1, 5)), Fraction(0)), 8)  # fmt: skip
    start = st.sampled_from([*map(_cell, CELLS), column, table])
    return st.recursive(start, grown, max_leaves=8)


VALUES = st.fixed_dictionaries(dict.fromkeys(CELLS, NUMBERS))


@given(formulas(divided=True), VALUES)
@settings(max_examples=400, deadline=None)
def test_rounding_stays_within_the_scale(made: Made, cells: dict[str, float]) -> None:
    """Float arithmetic against exact arithmetic: the noise is never larger than what is allowed."""
    try:
        found = scale_of(made.text, cells)
        exact = made.exact({name: Fraction(value) for name, value in cells.items()})
    except (UnknownError, ZeroDivisionError):
        assume(False)
    assert isinstance(found.stored, float)
    assert abs(Fraction(found.stored) - exact) <= Fraction(NOISE) * Fraction(found.scale)


@given(formulas(divided=True), VALUES, st.lists(st.integers(-40, 40), min_size=8, max_size=8))
@settings(max_examples=400, deadline=None)
def test_what_inputs_differ_by_is_carried_on(
    made: Made, cells: dict[str, float], ulps: list[int]
) -> None:
    """Where an engine's inputs are some units in the last place off, so is what is allowed."""
    others = {
        name: value * (1 + ulp * 2.0**-52)
        for (name, value), ulp in zip(cells.items(), ulps, strict=True)
    }
    try:
        found = scale_of(made.text, cells, others)
        one = made.exact({name: Fraction(value) for name, value in cells.items()})
        other = made.exact({name: Fraction(value) for name, value in others.items()})
    except (UnknownError, ZeroDivisionError):
        assume(False)
    if "IF" in made.text:  # where two inputs change places the other branch is another value
        assume((cells["A1"] > cells["B1"]) == (others["A1"] > others["B1"]))
    assert abs(one - other) <= Fraction(NOISE) * Fraction(found.scale)


@given(formulas(divided=False), VALUES)
@settings(max_examples=300, deadline=None)
def test_the_scale_is_not_generous(made: Made, cells: dict[str, float]) -> None:
    """With every minus a plus and every number its size, the formula is what the scale is made of:
    no more than once for each step."""
    found = scale_of(made.text, cells)
    met = made.exact({name: _Size(abs(Fraction(value))) for name, value in cells.items()})
    assert found.scale <= float(met) * 4 * made.steps * (1 + 1e-9)


class _Size(Fraction):
    """A size: taking away adds, so that nothing cancels."""

    def __sub__(self, other: Any) -> Any:
        return _Size(Fraction.__add__(self, other))

    def __add__(self, other: Any) -> Any:
        return _Size(Fraction.__add__(self, other))

    def __radd__(self, other: Any) -> Any:
        return _Size(Fraction.__add__(self, other))

    def __mul__(self, other: Any) -> Any:
        return _Size(Fraction.__mul__(self, other))


@given(formulas(divided=True), VALUES)
@settings(max_examples=300, deadline=None)
def test_a_real_error_is_found_unless_it_is_below_the_noise(
    made: Made, cells: dict[str, float]
) -> None:
    """A millionth too much: found wherever a millionth of the result is more than rounding."""
    try:
        found = scale_of(made.text, cells)
    except UnknownError:
        assume(False)
    assert isinstance(found.stored, float)
    wrong = found.stored * 1.000001
    visible = abs(found.stored) * 1e-6 > 1.01 * NOISE * found.scale
    assert agree(wrong, found.stored, found.scale) != visible or found.stored == 0


@pytest.mark.parametrize("formula", ["SUM(A1:A4001)", "SUMPRODUCT(A1:A4001,B1:B4001)"])
def test_a_sum_may_lose_every_number_but_the_first(formula: str) -> None:
    """Added one by one to 1, half a unit in its last place is lost each time."""
    cells = {f"A{row}": 1.0 if row == 1 else 2.0**-53 for row in range(1, 4_002)}
    found = scale_of(formula, cells | {f"B{row}": 1.0 for row in range(1, 4_002)})
    exact = 1 + 4_000 * Fraction(2) ** -53
    assert found.stored == 1.0 and exact - 1 <= Fraction(NOISE) * Fraction(found.scale)


@pytest.mark.parametrize(
    "formula", ["A1/(B1-C1)", "LN(B1-C1)", "SQRT(B1-C1)", "(B1-C1)^1.5", "MOD(A1,B1-C1)"]
)
def test_what_noise_may_carry_anywhere_forgives_nothing(formula: str) -> None:
    """What is left of a million is one unit in its last place: noise may make it 0, or double."""
    cells = {"A1": 1.0, "B1": 1e6 + math.ulp(1e6), "C1": 1e6}
    with pytest.raises(UnknownError):
        scale_of(formula, cells)
    assert scale_of(formula, cells | {"B1": 1e6 + 1}).scale > 1e5


# ---- cells that stand on each other -------------------------------------------------------------


def scales(
    formulas: Mapping[str, str], stored: Mapping[str, Any], computed: Mapping[str, Any]
) -> dict[str, float]:
    """The scales of cells that differ, on one sheet."""
    trees: dict[Key, Node | None] = {}
    for name, formula in formulas.items():
        try:
            trees[_key(name)] = tree(formula, "S")
        except UnknownError:
            trees[_key(name)] = None
    one = {_key(name): value for name, value in stored.items()}
    other = {_key(name): value for name, value in computed.items()}
    found = Scales(trees, lambda key: (one.get(key), other.get(key, one.get(key))), agree)
    return {name: found.of(_key(name)) for name in formulas}


DUST = math.ulp(1e6)  # what rounding may leave of a million
INPUTS = {"A1": 1e6, "B1": 1e6}


def test_noise_is_carried_from_cell_to_cell() -> None:
    """C1 is what is left of 0.1 ulp of a million; D1 and E1 pass it on, also multiplied."""
    formulas = {"C1": "A1-B1", "D1": "C1*1000", "E1": "D1", "F1": "E1+5"}
    dust = {"C1": 1e-10, "D1": 1e-7, "E1": 1e-7, "F1": 5 + 1e-7}
    clean = {"C1": 0.0, "D1": 0.0, "E1": 0.0, "F1": 5.0}
    found = scales(formulas, {**INPUTS, **dust}, clean)
    assert all(agree(dust[name], clean[name], found[name]) for name in formulas)
    found = scales({"E1": "D1"}, {"D1": 0.0, "E1": 1e-7}, {"E1": 0.0})
    assert not agree(1e-7, 0.0, found["E1"]), "no noise comes from nowhere"


def test_an_error_upstream_excuses_nothing() -> None:
    formulas = {"C1": "A1-B1", "D1": "C1*1000"}
    wrong, right = {"C1": 1e-3, "D1": 1.0}, {"C1": 0.0, "D1": 0.0}
    found = scales(formulas, {**INPUTS, **wrong}, right)
    assert not any(agree(wrong[name], right[name], found[name]) for name in formulas)


def test_a_value_that_its_formula_does_not_give_is_no_noise() -> None:
    """2e-10 is within noise of a million, but another million is stored than was computed with."""
    stored = {"A1": 1e6, "B1": 1e6 + 1, "C1": 2e-10}
    assert scales({"C1": "A1-B1"}, stored, {"C1": 0.0}) == {"C1": 0.0}


def test_cells_in_a_circle_forgive_nothing() -> None:
    stored = {"A1": 1e6, "C1": 1e-10, "D1": 1e-10}
    found = scales({"C1": "D1+A1-A1", "D1": "C1"}, stored, {"C1": 0.0, "D1": 0.0})
    assert found == {"C1": 0.0, "D1": 0.0}


def test_a_long_chain_is_no_recursion() -> None:
    count = 5_000
    formulas = {"C1": "A1-B1"} | {f"C{row}": f"C{row - 1}" for row in range(2, count)}
    stored = INPUTS | dict.fromkeys(formulas, 1e-10)
    found = scales(formulas, stored, dict.fromkeys(formulas, 0.0))
    assert all(agree(1e-10, 0.0, scale) for scale in found.values())


def test_a_flag_that_noise_switches_is_a_difference() -> None:
    """A check that fires in one engine only matters, whatever made it fire."""
    formulas = {"C1": "A1-B1", "D1": "IF(C1>0,1,0)", "E1": "IF(C1>0,C1,0)"}
    formulas |= {"F1": "IF(C1>0,1E-20,B2-A2)"}
    stored = {**INPUTS, "A2": 1e6, "B2": 1e6 + DUST, "C1": 1e-10, "D1": 1.0, "E1": 1e-10}
    found = scales(formulas, {**stored, "F1": 1e-20}, {"C1": 0.0, "D1": 0.0, "E1": 0.0, "F1": DUST})
    assert not agree(1.0, 0.0, found["D1"])
    assert agree(1e-10, 0.0, found["E1"]), "what stays noise is noise"
    assert agree(1e-20, DUST, found["F1"]), "whichever way it came"


# ---- whole books --------------------------------------------------------------------------------

NOISY: dict[str, tuple[list[list[Any]], Any]] = {
    "a difference": ([[1e6, 1e6, F("A1-B1", DUST)]], 0.25),
    "a sum": ([[1e6, -1e6, 0.0, F("SUM(A1:C1)", -DUST)]], 0.25),
    "products": ([[1e3, 1e3, 1e6, F("A1*B1-C1", DUST)]], 0.25),
    "a logarithm": ([[1e6, 1e6, F("LN(A1/B1)", 2.2e-16)]], 1e-6),
    "a quotient": ([[1e6, 1e6, F("A1/B1-1", -2.2e-16)]], 1e-6),
    "on another sheet": ([[1e6, 1e6, F("T!A1-S!B1", DUST)]], 0.25),
    "behind a text": ([["x", 1e6, 1e6, F('IF(A1="x",B1-C1,9)', DUST)]], 0.25),
    "passed on": ([[1e6, 1e6, F("A1-B1", DUST), F("C1*8+A1-B1", 8 * DUST)]], 2.0),
}


@pytest.mark.parametrize("kind", NOISY)
def test_float_dust_in_a_book_is_no_difference(kind: str, tmp_path: Path) -> None:
    rows, wrong = NOISY[kind]
    path = save(tmp_path / "book.xlsx", parts({"S": rows, "T": [[1e6]]}))
    assert [one.differences for one in verify(path)] == [(), ()]
    rows[0][-1] = F(rows[0][-1].formula, wrong)
    path = save(tmp_path / "book.xlsx", parts({"S": rows, "T": [[1e6]]}))
    assert [len(one.differences) for one in verify(path)] == [1, 1]


SMALL: dict[str, list[Any]] = {
    "a cost per FLOP": [1e8, 1.25e23, F("A1/B1", 8e-16)],
    "a probability": [-60.0, F("EXP(A1)", math.exp(-60))],
    "a difference with six digits left": [1e9 + 1024.0, 1e9, F("A1-B1", 1024.0)],
    "a residual": [1 + 2.0**-20, 1.0, F("LN(A1/B1)", math.log1p(2.0**-20))],
    "an advantage": [1e9, 3.0, 2e9, 1e9 - 5e5, F("A1*B1-SUM(C1:D1)", 5e5)],
    "nearly nothing": [3e-300, 2.0, F("A1*B1", 6e-300)],
}


@pytest.mark.parametrize("kind", SMALL)
def test_an_error_of_a_millionth_is_found(kind: str, tmp_path: Path) -> None:
    """However small a value is, or how large what it is left of."""
    row = SMALL[kind]
    right = row[-1]
    rows = [row, [*row[:-1], F(right.formula.replace("1", "2"), right.value * 1.000001)]]
    for verdict in verify(one_sheet(tmp_path / "book.xlsx", rows)):
        assert [one.cell[:3] for one in verdict.differences] == ["S!" + "ABCDE"[len(row) - 1]]
        assert verdict.differences[0].cell.endswith("2")


def test_noise_in_formulas_that_share_one_text(tmp_path: Path) -> None:
    rows = ""
    for row, dust in ((1, DUST), (2, DUST), (3, 0.25)):
        shared = ' ref="C1:C3">A1-B1' if row == 1 else ">"
        rows += (
            f'<row r="{row}"><c r="A{row}"><v>1000000</v></c><c r="B{row}"><v>1000000</v></c>'
            f'<c r="C{row}"><f t="shared" si="0"{shared}</f><v>{dust}</v></c></row>'
        )
    for verdict in verify(one_sheet(tmp_path / "book.xlsx", worksheet(rows))):
        assert [one.cell for one in verdict.differences] == ["S!C3"]


def test_noise_beside_texts_that_cells_share(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><v>1000000</v></c>'
        f'<c r="C1"><f>IF(A1="buy",B1-1000000,7)</f><v>{DUST}</v></c></row>'
    )
    path = one_sheet(tmp_path / "book.xlsx", worksheet(rows), texts=["rent", "buy"])
    assert all(one.confirmed for one in verify(path))


OTHERWISE = ["#N/A", "text", True]


@pytest.mark.parametrize("stored", OTHERWISE)
def test_a_wrong_cell_of_another_kind_excuses_nothing(stored: Any, tmp_path: Path) -> None:
    """What reads it is a difference too, however small."""
    rows = [[F("0", stored), 1e6, F("IF(ISERROR(A1),0,A1)+B1-1000000", DUST)]]
    for verdict in verify(one_sheet(tmp_path / "book.xlsx", rows)):
        assert [one.cell for one in verdict.differences] == ["S!A1", "S!C1"]


def test_a_book_of_noise_alone_is_not_judged(tmp_path: Path) -> None:
    """Where thousands of cells fail the relative test the book is wrong, which is quick to say."""
    rows = [[1e6, F("A1-1000000", DUST)], *([[1.0, F("1+1", 3)]] * (MOST_JUDGED + 1))]
    for verdict in verify(one_sheet(tmp_path / "book.xlsx", rows)):
        assert len(verdict.differences) == MOST_JUDGED + 2

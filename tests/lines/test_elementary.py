"""exp, log and power: right to half a unit in the last place, and alike for floats and arrays."""

from __future__ import annotations

import ast
import math
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tco
from tco.lines import elementary
from tco.lines.elementary import BLOCK, FEW

RNG = np.random.default_rng(1911)
NEAR_ONE = 1 + RNG.normal(0, 1e-4, 300)
ORDINARY = RNG.uniform(0.4, 2.6, 700)
WIDE = np.exp(RNG.uniform(-700, 700, 500))
POSITIVE = np.concatenate([NEAR_ONE, ORDINARY, WIDE])
EXPONENTS = np.concatenate(
    [RNG.uniform(-700, 700, 700), RNG.uniform(-1, 1, 700), RNG.normal(0, 1e-6, 100)]
)
BASES = np.concatenate([np.exp(RNG.uniform(-20, 20, 700)), RNG.uniform(0.8, 1.3, 800)])
POWERS = np.concatenate([RNG.uniform(-30, 30, 700), RNG.uniform(-96, 900, 800)])
ODD = (0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 3.0, math.inf, -math.inf, math.nan, 5e-324, 1e308, 800.0,
       -800.0, -745.2, 709.9)  # fmt: skip
HALF = 0.52  # units in the last place: a correctly rounded result is within 0.5


def _exactly(word: str, *numbers: float) -> Decimal:
    first, *rest = map(Decimal, numbers)
    if word == "exp":
        return first.exp()
    return first.ln() if word == "log" else (first.ln() * rest[0]).exp()


@pytest.mark.parametrize(
    ("word", "numbers"),
    [("exp", (EXPONENTS,)), ("log", (POSITIVE,)), ("power", (BASES, POWERS))],
)
def test_results_are_right_to_half_a_unit(word: str, numbers: tuple[Any, ...]) -> None:
    found = getattr(elementary, word)(*numbers)
    with localcontext(prec=50):
        for value, *row in zip(found.tolist(), *(one.tolist() for one in numbers), strict=True):
            exact = _exactly(word, *row)
            if 1e-300 < abs(value) < 1e308:
                assert abs(Decimal(value) - exact) <= Decimal(HALF * math.ulp(float(exact))), row


@pytest.mark.parametrize(
    ("word", "numbers"),
    [("exp", (EXPONENTS,)), ("log", (POSITIVE,)), ("power", (BASES, POWERS))],
)
def test_one_number_and_many_have_the_same_bits(word: str, numbers: tuple[Any, ...]) -> None:
    compute = getattr(elementary, word)
    for count in (1, FEW, FEW + 1, len(numbers[0])):
        many = compute(*(one[:count] for one in numbers))
        alone = [float(compute(*row)) for row in zip(*(one[:count] for one in numbers),
                                                     strict=True)]  # fmt: skip
        assert many.tolist() == alone
    long = [np.resize(one, 2 * BLOCK + 5) for one in numbers]
    assert np.array_equal(compute(*long), np.resize(compute(*numbers), 2 * BLOCK + 5))


def test_what_is_no_ordinary_number_is_what_numpy_says() -> None:
    pairs = [(a, b) for a in ODD for b in ODD]
    with np.errstate(all="ignore"):
        for a, b in pairs:
            (want,) = np.power(np.array([a]), np.array([b]))
            assert np.isclose(elementary.power(a, b), want, rtol=1e-15, equal_nan=True), (a, b)
        for a in ODD:
            assert np.isclose(elementary.exp(a), np.exp(a), rtol=1e-15, equal_nan=True), a
            assert np.isclose(elementary.log(a), np.log(a), rtol=1e-15, equal_nan=True), a
    left, right = (np.array(side) for side in zip(*pairs, strict=True))
    alone = np.array([elementary.power(a, b) for a, b in pairs])
    assert np.array_equal(elementary.power(left, right), alone, equal_nan=True)


def test_powers_that_are_floats_come_out_exactly() -> None:
    assert elementary.power(10, 3) == 1000
    assert elementary.power(1.1, 1) == 1.1
    assert elementary.power(-2, 3) == -8
    assert elementary.power(np.full(100, 9.0), 0.5).tolist() == [3.0] * 100
    assert elementary.power(1.25, np.arange(3.0)).tolist() == [1, 1.25, 1.5625]


def test_shapes_broadcast() -> None:
    years, rates = np.arange(8.0)[:, None], np.linspace(1, 2, 50)
    assert elementary.power(rates, years).shape == (8, 50)
    assert np.ndim(elementary.exp(1.0)) == 0


def _varying(tree: ast.AST) -> list[int]:
    """Lines of code that would leave digits to the processor."""
    names = {"exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "power", "float_power",
             "pow", "cbrt", "dot", "matmul", "inner", "einsum", "tensordot", "linalg"}  # fmt: skip
    found = []
    for node in ast.walk(tree):
        of = node.value if isinstance(node, ast.Attribute) else None
        library = isinstance(of, ast.Name) and of.id in ("np", "math")
        if isinstance(node, ast.Attribute) and library and node.attr in names:
            found.append(node.lineno)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            found.append(node.lineno)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            whole = isinstance(node.left, ast.Constant) and isinstance(node.left.value, int)
            found += [] if whole else [node.lineno]
    return found


def test_nothing_else_in_the_package_computes_them() -> None:
    """Anything but + - * / and exact steps varies with the processor: only one module has it."""
    package = Path(tco.__file__).parent
    for path in package.rglob("*.py"):
        found = _varying(ast.parse(path.read_text(encoding="utf-8")))
        # Units are proved and the size of noise is weighed; neither is ever shown.
        allowed = path.name in ("elementary.py", "units.py", "scale.py")
        assert allowed or not found, f"{path.relative_to(package)}: lines {found}"
    for planted in ("np.exp(x)", "math.log10(x)", "x ** 2", "x @ y", "np.dot(x, y)"):
        assert _varying(ast.parse(planted)), planted

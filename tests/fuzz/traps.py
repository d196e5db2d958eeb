"""Formulas on which engines are known to differ, or a careless reading of them would.

Each has its answer written by hand. Where a reader of the formula is known to be wrong, it is
named with the reason: the test then asserts that it still is, so that a repair shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .formulas import Formula

NUMPY, IRONCALC, FORMUALIZER, LIBREOFFICE = "numpy", "IronCalc", "formualizer", "LibreOffice"
READERS = (NUMPY, IRONCALC, FORMUALIZER, LIBREOFFICE)


@dataclass(frozen=True)
class Trap:
    """A formula, the answer, and who is known to miss it and why."""

    formula: Formula
    answer: float | str
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        given = ", ".join(f"{key}={value}" for key, value in self.formula.values.items())
        return f"{self.formula.source} [{given}]"


def trap(
    source: str,
    answer: float | str,
    *,
    wrong: Mapping[str, str] | None = None,
    **values: Any,
) -> Trap:
    """A trap for values given by name; None is a number that nobody gave."""
    numbers = {key: float(v) if isinstance(v, int) else v for key, v in values.items()}
    return Trap(Formula(source, numbers), answer, wrong or {})


BRACKETS = (
    trap("power(-(a * b), 2)", 36.0, a=2, b=3),
    trap("a / (-(b / c))", -3.0, a=6, b=4, c=2),
    trap("-power(a, 2)", -9.0, a=3),
    trap("power(-a, 2)", 9.0, a=3),
    trap("power(-3, a)", 9.0, a=2),
    trap("power(a, -2)", 0.25, a=2),
    trap("power(a, power(b, c))", 512.0, a=2, b=3, c=2),
    trap("power(power(a, b), c)", 64.0, a=2, b=3, c=2),
    trap("power(2, power(a, 2))", 512.0, a=3),
    trap("a - (-b)", 8.0, a=5, b=3),
    trap("a - (-3)", 8.0, a=5),
    trap("-3 - a", -8.0, a=5),
    trap("a + (-b) * c", -1.0, a=5, b=3, c=2),
    trap("a - (b - c)", 4.0, a=5, b=3, c=2),
    trap("a - (b + c)", 0.0, a=5, b=3, c=2),
    trap("2 - (a - 3)", 0.0, a=5),
    trap("a / (b / c)", 4.0, a=12, b=6, c=2),
    trap("a / (b * c)", 1.0, a=12, b=6, c=2),
    trap("10 / (a / 5)", 10.0, a=5),
    trap("(a - b) * c", 4.0, a=5, b=3, c=2),
    trap("difference(a, b - c)", 4.0, a=5, b=3, c=2),
    trap("difference(a, b + c)", 0.0, a=5, b=3, c=2),
    trap("difference(a, -3)", 8.0, a=5),
    trap("at_most(a, b - c)", 0.0, a=3, b=4, c=2),
    trap("below(a, b - c)", 0.0, a=3, b=4, c=2),
    trap("same(a, b - c)", 1.0, a=2, b=4, c=2),
    trap("unless(touches(a - b, c))", 1.0, a=5, b=1, c=2),
    trap("difference(a, b) * c", 4.0, a=5, b=3, c=2),
)
NOISE = (
    trap("ceil(a * b)", 435.0, a=4.35, b=100),
    trap("ceil(3 * a / a)", 3.0, a=0.1),
    trap("ceil(a * b / c)", 3.0, a=0.1, b=3, c=0.1),
    trap("ceil(a)", 10_684.0, a=10_683.76),
    trap("ceil(a)", 10_683.0, a=10_683.0000001),
    trap("ceil(a)", 10_684.0, a=10_683.000001),
    trap("ceil(a * 1e12 / 1e12)", 2048.0, a=2048),
    trap("same(a + b, c)", 1.0, a=0.1, b=0.2, c=0.3),
    trap("at_most(a + b, c)", 1.0, a=0.1, b=0.2, c=0.3),
    trap("below(c, a + b)", 0.0, a=0.1, b=0.2, c=0.3),
    trap("difference(a + b, c)", 0.0, a=0.1, b=0.2, c=0.3),
    trap("difference(a + b, c) * 1e20", 0.0, a=0.1, b=0.2, c=0.3),
    trap("same(a, b)", 1.0, a=1, b=1.0000004),
    trap("same(a, b)", 0.0, a=1, b=1.0000006),
    trap("at_most(a, b)", 1.0, a=1.0000004, b=1),
    trap("below(a, b)", 0.0, a=0.9999996, b=1),
)
ROUNDING = (
    trap("rounded(a)", 0.007813, a=0.0078125),  # halves that a binary number holds exactly
    trap("rounded(a)", -0.007813, a=-0.0078125),
    trap("rounded(-a)", -0.007813, a=0.0078125),
    trap("rounded(a)", 2.000001, a=2.0000005),
    trap("rounded(a)", -2.000001, a=-2.0000005),
    trap("rounded(a)", 0.257426, a=0.2574255),  # a half that binary numbers fall short of
)  # fmt: skip
SHOWN = (
    trap("shown(a, '0')", "1", a=0.5),
    trap("shown(a, '0')", "3", a=2.5),
    trap("shown(a, '0')", "-3", a=-2.5),
    trap("shown(a, '0.00')", "1.01", a=1.005),
    trap("shown(a, '0.0%')", "12.5%", a=0.125),
    trap("shown(a, '#,##0')", "1,235", a=1234.5),
    trap("shown(a, '#,##0.00')", "1,234,567.89", a=1_234_567.891),
    trap("shown(a, '0.0')", "1.0", a=0.98),
    trap("shown(a, '0.00')", "0.22", a=0.2247),
    trap("shown(a, '0')", "-1", a=-1),
    trap("shown(a, '0')", "0", a=-0.3),
    trap("shown(a, '0.00')", "0.00", a=-0.001),
    trap("shown(a, '#,##0.0')", "0.0", a=-0.04),
    trap("shown(a, '0%')", "0%", a=-0.004),
    trap("shown(a, '0.0%')", "28.5%", a=0.285),
    trap("shown(a, '0%')", "29%", a=0.285),
    trap("shown(a, '#,##0.00')", "-1,234.57", a=-1234.565),
    trap("text('{}-{}', shown(a, '0.0%'), shown(b, '0'))", "-4.0%--7", a=-0.04, b=-7),
)  # fmt: skip
TEXTS = (
    trap("text('say \"{}\" & <{}>', a, kind)", 'say "8" & <x & "y">', a=8, kind='x & "y"'),
    trap("text('{} and {}', a + b, c)", "5 and 0.25", a=2, b=3, c=0.25),
    trap("text('{}{}', a, b)", "23", a=2, b=3),
    trap("picked(kind, 'x & \"y\"')", 1.0, kind='x & "y"'),
    trap("where(below(a, 0), a, undefined('a \"quoted\" & <joined> one'))",
         'a "quoted" & <joined> one', a=2),
    trap("chosen(a, 0, b, 1, c, 2, -b)", 3.0, a=1, b=2, c=3),
    trap("chosen(kind, 'pre & post <all>', a, 'other', b)", 2.0, a=2, b=3, kind="pre & post <all>"),
    trap("chosen(kind, 'the \"fast\" one', a, 'other', b)", 2.0, a=2, b=3, kind='the "fast" one',
         wrong={IRONCALC: 'it keeps the doubled quotation marks in an array constant'}),
    trap("text('{}', a)", "8", a=8),
    trap("text('{{}} holds {}', a)", "{} holds 8", a=8),
)  # fmt: skip
UNTAKEN = (
    trap("where(picked(a, 0), 7, b / a)", 7.0, a=0, b=3),
    trap("where(below(0, a), b / a, 7)", 7.0, a=0, b=3),
    trap("where(below(0, a), log(a), 7)", 7.0, a=-1),
    trap("chosen(way, buy=b / a, rent=b)", 3.0, a=0, b=3, way="rent"),
    trap("where(picked(a, 0), 7, 1 / where(picked(a, 0), 0, a))", 7.0, a=0),
    trap("where(picked(a, 0), 'free', shown(b / a, '0'))", "free", a=0, b=3),
)  # fmt: skip
_NOT_LAZY = dict.fromkeys(
    (FORMUALIZER, LIBREOFFICE), "AND reads all its parts, and one of them is #VALUE!"
)
UNDEFINED = (
    trap("where(defined(u), u * 2, 7)", 7.0, u=None),
    trap("where(defined(u), u * 2, 7)", 6.0, u=3),
    trap("where(defined(u), shown(u, '0'), 'none')", "none", u=None),
    trap("missing(u + 1)", 1.0, u=None),
    trap("missing(u + 1)", 0.0, u=3),
    trap("missing(a / b)", 1.0, a=1, b=0),
    trap("least_of(u, a)", 3.0, u=None, a=3),
    trap("least_of(u, v, a)", -3.0, u=None, v=2, a=-3),
    trap("where(either(defined(u), defined(v)), least_of(u, v), undefined('neither'))",
         "neither", u=None, v=None),
    trap("either(unless(defined(u)), short_of(u, 0), beyond(u, 5))", 1.0, u=None),
    trap("both(defined(u), beyond(u, 5))", 0.0, u=None),
    trap("both(defined(u), either(short_of(u, 0), beyond(u, 5)))", 1.0, u=6),
    trap("both(defined(u), at_most(u, a))", 0.0, u=None, a=1, wrong=_NOT_LAZY),
)  # fmt: skip
LARGE = (
    trap("a * b * 1e12 / 1e24", 6.0, a=2e6, b=3e6),
    trap("a / 1e15", 2.0, a=2e15),
    trap("a * 1e-7", 0.2, a=2e6),
    trap("a * 1e22 / 1e21", 20.0, a=2),
    trap("power(a, 0)", 1.0, a=3),
)
TRAPS = (
    *BRACKETS, *NOISE, *ROUNDING, *SHOWN, *TEXTS, *UNTAKEN, *UNDEFINED, *LARGE
)  # fmt: skip

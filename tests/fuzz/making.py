"""Strategies that make well-formed formulas of every operator and every word."""

from __future__ import annotations

import functools
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .clear import is_clear
from .formulas import Formula

Source = SearchStrategy[str]

NUMBERS = ("a", "b", "c", "d")  # always known
NOTHING = "zero"  # a number that is 0, to divide by where nobody looks
UNKNOWN = ("u", "v")  # numbers that may be undefined
KINDS = ("train", "tune fast", "pre & post <all>")
WAYS = ("buy", "rent")
COMPARING, BOUNDING = ("at_most", "below", "same"), ("touches", "short_of", "beyond")
DEPTH = 3

# No 12, 24 or powers of ten from 1,000 up: they carry units of their own.
LITERALS = (
    2, 1, 3, 10, 100, 0.1, 0.2, 0.3, 0.5, 2.5, 4.35, 7, 60, 365, 8766, 0, -1, -2, -0.25, -3.5
)  # fmt: skip
EXPONENTS = (2, 1, 3, 0, 0.5, 1.5, -1, -2)
FORMS = ("0", "0.0", "#,##0", "#,##0.00", "0%", "0.0%", "0.000")
SAYINGS = ("no price", 'a "quoted" & joined one', "x < y, or x > y", "it’s 50 %", "Σ – ÷")
TYPED = (
    1.0, 0.0, 0.1, 0.2, 0.3, 0.5, 2.5, 3.0, 7.0, 4.35, 100.0, 1234.5, 10683.76, -1.0, -2.5, -0.3
)  # fmt: skip


def typed_numbers() -> SearchStrategy[float]:
    """Numbers as people type them: few digits, no exponents."""
    return st.sampled_from(TYPED) | st.integers(-99_999, 999_999).map(lambda n: n / 1000)


def joined(pattern: str, *parts: SearchStrategy[Any]) -> Source:
    """Sources put together by a pattern."""
    return st.tuples(*parts).map(lambda made: pattern.format(*made))


def literals(among: tuple[float, ...] = LITERALS) -> Source:
    """Numbers that stand in the formula itself."""
    return st.sampled_from(among).map(lambda value: f"({value})" if value < 0 else str(value))


def parts() -> Source:
    """Literals that a word may hand on: never int, or a power of powers would take forever."""
    return literals(tuple(map(float, LITERALS)))


def quoted(among: tuple[str, ...]) -> Source:
    """Texts that stand in the formula itself."""
    return st.sampled_from(among).map(repr)


def names(known: tuple[str, ...] = ()) -> Source:
    """References to numbers that are there."""
    return st.sampled_from((*NUMBERS, *known, NOTHING))


@functools.cache
def numbers(depth: int, known: tuple[str, ...] = ()) -> Source:
    """A number; `known` are references that a test around it has found to be defined."""
    if depth == 0:
        return names(known)
    inner, test = numbers(depth - 1, known), tests(depth - 1, known)
    either_side = inner | parts()
    return st.one_of(
        names(known),
        arithmetic(inner),
        powers(inner),
        joined("(-{})", inner),
        joined("ceil({})", inner),
        joined("rounded({})", inner),
        joined("difference({}, {})", inner, either_side),
        joined("log({})", inner),
        several("minimum", inner, either_side),
        several("maximum", inner, either_side),
        joined("where({}, {}, {})", test, inner, either_side),
        joined("where(same({0}, 0), {1}, {2} / {0})", names(known), either_side, inner),
        joined("where({0}, {1}, {2} / zero)", test, inner, either_side),
        joined("least_of({}, {})", names(known), st.sampled_from(UNKNOWN)),
        joined("least_of({}, {}, {})", *[st.sampled_from(UNKNOWN)] * 2, names(known)),
        by_kind(inner),
        *(guarded(depth, known, key) for key in UNKNOWN if key not in known),
    )


def arithmetic(inner: Source) -> Source:
    """Two parts and a sign between them, at most one of them a literal."""
    sign = st.sampled_from("+-*/")
    return st.one_of(
        joined("({} {} {})", inner, sign, inner),
        joined("({} {} {})", literals(), sign, inner),
        joined("({} {} {})", inner, sign, literals()),
    )


def powers(inner: Source) -> Source:
    """A power with a fixed exponent, a fixed base, or neither."""
    return st.one_of(
        joined("power({}, {})", inner, literals(EXPONENTS)),
        joined("power({}, {})", literals((2, 0.5, 10, -2)), inner),
        joined("power({}, {})", inner, inner),
    )


def several(word: str, inner: Source, either_side: Source) -> Source:
    """A word of two or three parts."""
    return joined(f"{word}({{}}, {{}})", inner, either_side) | joined(
        f"{word}({{}}, {{}}, {{}})", inner, inner, either_side
    )


def guarded(depth: int, known: tuple[str, ...], key: str) -> Source:
    """A number that may be undefined, read only where it is not."""
    return joined(
        f"where(defined({key}), {{}}, {{}})",
        numbers(depth - 1, (*known, key)),
        numbers(depth - 1, known),
    )


def by_kind(inner: Source) -> Source:
    """The value that goes with an option, by place or by name."""
    pairs = ", ".join(f"{kind!r}, {{}}" for kind in KINDS)
    return joined(f"chosen(kind, {pairs})", inner, inner, inner) | joined(
        "chosen(way, buy={}, rent={})", inner, inner
    )


@functools.cache
def tests(depth: int, known: tuple[str, ...] = ()) -> Source:
    """Something that is true or false."""
    inner = numbers(max(depth - 1, 0), known)
    unknown = st.sampled_from(UNKNOWN)
    compared = inner | literals()
    simple = [
        joined("{}({}, {})", st.sampled_from(COMPARING), inner, compared),
        joined("{}({}, {})", st.sampled_from(COMPARING), literals(), inner),
        joined("same(({0} * 3) / 3, {0})", inner),
        joined("below({0} / 7 * 7, {0})", inner),
        joined("picked(kind, {})", quoted(KINDS)),
        joined("picked(way, {})", quoted(WAYS)),
        joined("{}({}, {})", st.sampled_from(BOUNDING), names(known), literals()),
        joined("defined({})", unknown),
        joined("missing({} {} {})", unknown, st.sampled_from("+-*"), names(known) | literals()),
    ]
    if depth == 0:
        return st.one_of(*simple)
    test = tests(depth - 1, known)
    return st.one_of(
        *simple,
        joined("both({}, {})", test, test),
        joined("both({}, {}, {})", test, test, test),
        joined("either({}, {})", test, test),
        joined("unless({})", test),
        joined("where({}, {}, {})", test, test, test),
    )


@functools.cache
def sentences(depth: int) -> Source:
    """A text, with live numbers in it or picked by a test."""
    shown = joined(
        "shown({}, {})", numbers(depth), quoted(FORMS)
    )  # fmt: skip
    part = shown | st.sampled_from((*NUMBERS, *UNKNOWN, "kind", "way"))
    fixed = quoted(SAYINGS)
    simple = [
        shown,
        joined("text('{{}} of {{}}', {}, {})", part, part),
        joined("text('“{{}}” & \"{{}}\": {{}}', {}, {}, {})", part, part, part),
    ]
    if depth == 0:
        return st.one_of(*simple)
    inner = sentences(depth - 1)
    return st.one_of(
        *simple,
        joined("where({}, {}, {})", tests(depth - 1), inner, fixed | inner),
        joined("chosen(way, buy={}, rent={})", inner, fixed),
    )


@functools.cache
def perhaps(depth: int) -> Source:
    """A number, or the reason why there is none; it stands in a cell of its own."""
    number, test = numbers(depth), tests(depth - 1)
    why = quoted(SAYINGS).map(lambda said: f"undefined({said})")
    once = joined("where({}, {}, {})", test, number, why) | joined(
        "where({}, {}, {})", test, why, number
    )
    guard = joined("where(defined({0}), {1} / {0}, {2})", st.sampled_from(UNKNOWN), number, why)
    return once | guard | joined("where({}, {}, {})", test, once, why)


def values() -> SearchStrategy[dict[str, float | str | None]]:
    """A value for every reference."""
    number = typed_numbers()
    return st.fixed_dictionaries(
        {
            **dict.fromkeys(NUMBERS, number),
            NOTHING: st.just(0.0),
            **dict.fromkeys(UNKNOWN, st.none() | number),
            "kind": st.sampled_from(KINDS),
            "way": st.sampled_from(WAYS),
        }
    )


ROOTS = {  # what a line may be
    "number": lambda: numbers(DEPTH),
    "test": lambda: tests(DEPTH),
    "text": lambda: sentences(DEPTH - 1),
    "number or reason": lambda: perhaps(DEPTH),
}


@st.composite
def formulas(draw: st.DrawFn, *roots: str) -> Formula:
    """Formulas with one right answer, of all kinds or those named."""
    root = draw(st.sampled_from(roots or tuple(ROOTS)))
    made = Formula(draw(ROOTS[root]()), draw(values()))
    assume(computes(made) and is_clear(made))
    return made


def computes(formula: Formula) -> bool:
    """Whether Python gets through the arms that are not taken; the traps hold where it does not."""
    try:
        formula.number()
    except ArithmeticError:
        return False
    return True


COMMON = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
BATCH = 400


@functools.cache
def batch() -> tuple[Formula, ...]:
    """The first formulas that hypothesis makes, no two alike; the same on every run."""
    found: dict[str, Formula] = {}

    @settings(COMMON, max_examples=2 * BATCH, phases=[Phase.generate])
    @given(formulas())
    def collect(formula: Formula) -> None:
        found.setdefault(formula.source, formula)

    collect()
    return tuple(found.values())[:BATCH]

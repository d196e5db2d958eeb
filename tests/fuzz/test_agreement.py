"""Random formulas: numpy, three engines and the written-out tree say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tco.lines import Undefined, excel, unit_of, words
from tco.lines.expression import RANK, Binary, Call, Cells, walk
from tco.lines.units import PURE, TEXT
from tco.verify import agree, verify

from .clear import is_clear, settle
from .engines import IN_PROCESS, STALE, differing, disagreements, workbook
from .formulas import WORDS, Formula, as_cell
from .making import BATCH, COMMON, FORMS, computes, typed_numbers
from .making import formulas as made
from .planting import PLANTED, planted

Numbers = Mapping[str, float | str | None]


@settings(COMMON, max_examples=700)
@given(made())
def test_the_engines_in_this_process_agree_with_numpy(formula: Formula) -> None:
    assert not disagreements(formula)


def test_a_workbook_of_the_batch_agrees(formulas: tuple[Formula, ...], tmp_path: Path) -> None:
    """The same through the writer and the verification that users have."""
    path = tmp_path / "batch.xlsx"
    path.write_bytes(workbook(formulas, [formula.expected for formula in formulas]))
    verdicts = verify(path)
    assert [verdict.engine for verdict in verdicts] == ["formualizer", "IronCalc"]
    for verdict in verdicts:
        assert verdict.formulas == BATCH and not verdict.differences


@pytest.mark.parametrize("caches", ["stale", "blank"])
def test_libreoffice_agrees(
    formulas: tuple[Formula, ...], office: Mapping[str, list[Any]], caches: str
) -> None:
    said = office[f"{caches}.xlsx"]
    assert len(said) == BATCH
    assert not differing(formulas, said, "LibreOffice")


def test_the_tree_computes_what_the_rule_does(formulas: tuple[Formula, ...]) -> None:
    wrong = [
        formula for formula in formulas if not agree(formula.expected, as_cell(settle(formula)))
    ]
    assert not wrong


def test_the_batch_has_every_word_and_sign_on_either_side(formulas: tuple[Formula, ...]) -> None:
    """A fuzzer that stops making something passes for ever; 5 of each are few but not none."""
    found: Counter[str] = Counter()
    for formula in formulas:
        found.update({name for name in WORDS if f"{name}(" in formula.source})
        found.update(part.sign for part in walk(formula.tree) if isinstance(part, Binary))
        found["literal left"] += bool(re.search(r"\(\d[\d.]* [-+*/]", formula.source))
        found["literal right"] += bool(re.search(r"[-+*/] \(?-?\d[\d.]*\)", formula.source))
        found["not given"] += isinstance(formula.number(), Undefined)
    names = [*WORDS, "+", "-", "*", "/", "^", "literal left", "literal right", "not given"]
    assert len(formulas) == BATCH and not [name for name in names if found[name] < 5]


@settings(COMMON, max_examples=400)
@given(typed_numbers(), st.sampled_from(FORMS))
def test_numbers_are_shown_as_the_engines_show_them(value: float, form: str) -> None:
    """Of all sizes and both signs, halves and what rounds to zero among them."""
    formula = Formula(f"shown(a, {form!r})", {"a": value})
    for engine, ask in IN_PROCESS.items():
        assert ask(formula) == formula.expected, engine


@settings(COMMON, max_examples=150)
@given(made("number", "test"))
def test_cases_side_by_side_equal_each_alone(formula: Formula) -> None:
    """Arrays of cases go through a rule as its scalars do."""
    moves: tuple[Callable[[float], float], ...] = (float, lambda x: 2 * x, lambda x: x + 1)
    alone = [Formula(formula.source, _moved(formula.values, move)) for move in moves]
    assume(all(computes(one) and is_clear(one) for one in alone))
    together = formula.number(
        **{
            key: np.array([np.nan if value is None else move(value) for move in moves])
            for key, value in formula.values.items()
            if not isinstance(value, str)
        }
    )
    for one, value in zip(alone, np.broadcast_to(together, (len(moves),)), strict=True):
        assert agree(one.expected, float(value)), one


def _moved(values: Numbers, move: Callable[[float], float]) -> Numbers:
    return {key: move(one) if isinstance(one, float) else one for key, one in values.items()}


# ---- words and units ----------------------------------------------------------------------------


def test_every_formula_has_words_that_name_what_it_reads(formulas: tuple[Formula, ...]) -> None:
    for formula in formulas:
        said = words(formula.tree, lambda key: f"<{key}>")
        read = {key for key in formula.values if re.search(rf"\b{key}\b", _code(formula.source))}
        assert {key for key in formula.values if f"<{key}>" in said} == read, said


def _code(source: str) -> str:
    """A source without its texts, and without the names of options."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|\w+=", "", source)


def test_every_formula_has_the_unit_of_its_parts(formulas: tuple[Formula, ...]) -> None:
    for formula in formulas:
        units = {key: TEXT if key in ("kind", "way") else PURE for key in formula.values}
        unit, value = unit_of(formula.tree, units), formula.number()
        if isinstance(value, str):
            assert unit == TEXT
        elif isinstance(value, (bool, np.bool_)):
            assert unit is not None and unit.kind == "test"
        elif unit is not None:  # undefined() alone has none
            assert unit.same_as(PURE)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("(a - b) * c", "(a − b) × c"),
        ("a - (b - c)", "a − (b − c)"),
        ("a - b - c", "a − b − c"),
        ("a / (b * c)", "a ÷ (b × c)"),
        ("(-(a * b)) / c", "-1 × (a × b) ÷ c"),
        ("difference(a, b - c)", "a − (b − c)"),
        ("at_most(a, b - c)", "a is at most b − c"),
        ("difference(a, b) * c", "(a − b) × c"),
        ("a - difference(b, c)", "a − (b − c)"),
        ("difference(a, (b - c)) * b", "(a − (b − c)) × b"),
    ],
)
def test_words_keep_the_brackets_that_matter(source: str, said: str) -> None:
    tree = Formula(source, {"a": 1.0, "b": 2.0, "c": 3.0}).tree
    assert words(tree, lambda key: key) == said


# ---- it can fail --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "template", "formula"),
    [
        ("ceil", "ROUNDUP({0},0)", PLANTED),
        ("same", "ROUND({0}-{1},0)=0", Formula("same(a + 0.2, 0.3)", {"a": 0.2})),
        ("below", "ROUND({0}-{1},6)<=0", Formula("below(a, 3)", {"a": 3.0})),
        ("least_of", "MAX({all})", Formula("least_of(a, u)", {"a": 3.0, "u": 2.0})),
        ("where", "IF({0},{2},{1})", Formula("where(defined(u), 1, a)", {"a": 3.0, "u": None})),
        ("shown", "FIXED({0},0)", Formula("shown(a, '0.0')", {"a": 2.26})),
    ],
)  # fmt: skip
def test_a_wrong_word_is_reported_by_both_engines(
    word: str, template: str, formula: Formula
) -> None:
    assert not disagreements(formula)
    with planted(word, template):
        said = disagreements(formula)
    assert [one.split()[0] for one in said] == ["IronCalc", "formualizer"]
    assert formula.source in said[0]


def test_lost_brackets_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    formula = Formula("(a - b) * c", {"a": 5.0, "b": 3.0, "c": 2.0})
    monkeypatch.setitem(RANK, "-", RANK["*"])
    assert len(disagreements(formula)) == 2


def test_the_batch_reports_a_wrong_word(formulas: tuple[Formula, ...], tmp_path: Path) -> None:
    """The random formulas alone find it, in a workbook too."""
    path = tmp_path / "wrong.xlsx"
    with planted("difference", "ROUND({0}+{1},6)"):
        path.write_bytes(workbook(formulas, [formula.expected for formula in formulas]))
        found = [formula for formula in formulas if disagreements(formula)]
    assert found and all("difference(" in formula.source for formula in found)
    assert all(len(verdict.differences) >= len(found) / 2 for verdict in verify(path))


def test_libreoffice_reports_a_wrong_word(office: Mapping[str, list[Any]]) -> None:
    said = office["planted.xlsx"]
    assert said != [STALE] and differing([PLANTED], said, "LibreOffice")


def test_an_unclear_formula_is_not_compared() -> None:
    """The filter is narrow: it refuses edges, and nothing beside them."""
    for source, clear in (("a - b", False), ("difference(a, b)", True), ("1 / a", True)):
        formula = Formula(source, {"a": 0.1 + 0.2, "b": 0.3})
        assert is_clear(formula) is clear, source
    assert not is_clear(Formula("1 / a", {"a": 0.0}))
    assert not is_clear(Formula("u + 1", {"u": None}))
    assert not is_clear(Formula("ceil(a)", {"a": 3.0000005}))


def test_a_tree_is_made_of_the_words_themselves() -> None:
    """So what is written from it is what a line of the model writes."""
    tree = Formula("where(at_most(a, 1), a, undefined('no'))", {"a": 1.0}).tree
    assert [part.word for part in walk(tree) if isinstance(part, Call)] == [
        WORDS["where"], WORDS["at_most"], WORDS["undefined"]
    ]  # fmt: skip
    cells = Cells(at=str.upper, before=str.upper, range=str.upper)
    assert excel(tree, cells) == 'IF(ROUND(A-1,6)<=0,A,"no")'

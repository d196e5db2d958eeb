"""Many cases at once are the cases one by one: every line, along every axis, of every kind.

`python -m tests.test_cases` goes through every input of every scenario, as every night does; the
tests take each input of a kind once, and some of those of the kinds with most lines.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tco.lines import (
    Given,
    Model,
    Undefined,
    counted,
    highest,
    irr,
    line,
    listed,
    lookup,
    lowest,
    mean,
    median,
    quartile,
    times_listed,
    total_through,
    total_where,
)
from tco.lines.evaluation import Case, CaseError
from tco.lines.model import EVIDENCE
from tco.lines.word import in_case
from tco.model.own.corners import answered, unanswered
from tco.model.own.drawn import drawn_keys
from tco.model.own.drivers import results_of, searched, solved, stepped
from tco.model.own.pairs import outcomes_in_pairs, pair_keys
from tco.model.own.ranges import outcome_at_ends
from tco.model.state import WITHHELD
from tco.model.state import found as state
from tco.scenario import Scenario
from tests.loaded import SCENARIOS, load

CLOSE = 1e-12
# Inputs that everything hangs on, whether or not somebody gave them a range.
UNRANGED = ("deadline_days", "parameters", "tokens")
# A scenario with more lines takes every sixth of its inputs: the two kinds that own or turn a
# budget round cost most of the time, and their lines are each reached by many inputs.
MOST_LINES, STEP = 900, 14


def points(scenario: Scenario) -> dict[str, list[float]]:
    """Low, base and high of each input that has a range, and of those that everything hangs on."""
    found = {}
    for key, fact in scenario.facts.items():
        if isinstance(fact.value, (str, Undefined)) or scenario.model[key].is_text:
            continue
        if isinstance(fact.low, float) and isinstance(fact.high, float) and fact.low != fact.high:
            found[key] = [fact.low, fact.value, fact.high]
        elif key in UNRANGED:
            found[key] = [fact.value * 0.8, fact.value, fact.value * 1.5]
    return found


@functools.cache
def sample() -> dict[str, list[str]]:
    """The inputs varied in each scenario: those that no other of its kind has varied before."""
    seen: dict[tuple[str, bool], set[str]] = {}
    chosen = {}
    for name in SCENARIOS:
        scenario = load(name)
        before = seen.setdefault((scenario.kind, scenario.owned), set())
        keys = [key for key in points(scenario) if key not in before]
        chosen[name] = keys[:: STEP if len(scenario.model.lines) > MOST_LINES else 1]
        before.update(chosen[name])
    return chosen


@functools.cache
def inputs_of(name: str) -> dict[str, Any]:
    """A scenario's inputs as they are computed with."""
    values = load(name).values
    return {key: np.float64(one) if type(one) is float else one for key, one in values.items()}


def alone(scenario: Scenario, key: str, value: float) -> dict[str, Any]:
    """Everything as it is for another value of one input, without cases.

    Lines that no path leads to from the input are taken as they are; that none of them moves is
    proved by `test_cases_are_what_a_file_says`.
    """
    model = scenario.model
    followers = [k for k, one in model.givens.items() if one.as_other == key]
    moved = [key, *(k for k in followers if scenario.facts[k].source.startswith("derived: as"))]
    inputs = inputs_of(scenario.name) | dict.fromkeys(moved, np.float64(value))
    for k, one in model.givens.items():  # what a line supplies follows from what that is made of
        supplied = one.as_line and scenario.facts[k].origin == "catalogue" and k != key
        if supplied and key in model.upstream([one.as_line]):
            inputs[k] = model.evaluate(inputs, [one.as_line])[one.as_line]
            moved.append(k)
    plain = dict(inputs)  # a line that is given would follow no driver
    searched_for = [*results_of(model), *unanswered(model), *drawn_keys(model), *pair_keys(model)]
    changed = model.downstream([*moved, "errors", "first_finding", *searched_for])
    inputs |= {k: scenario.numbers[k] for k in model.lines if k not in changed}
    found, ends = searched(model, plain), outcome_at_ends(model, plain)
    inputs |= ends | (solved(model, found, stepped(model, plain | ends)) if found else {})
    inputs |= answered(model, inputs)
    numbers = model.evaluate(inputs)
    if pair_keys(model):
        inputs |= outcomes_in_pairs(model, numbers)
        numbers = model.evaluate(inputs)
    standing = state(model, numbers)
    return (model.evaluate(inputs | standing) if standing["errors"] else numbers) | standing


def as_alone(found: Any, wanted: Any) -> bool:
    """Whether a value is the one wanted: numbers to 12 digits, texts and whys to the letter."""
    if found is wanted:
        return True
    if np.ndim(found) or np.ndim(wanted):
        return np.shape(found) == np.shape(wanted) and (
            np.array_equal(found, wanted) or all(map(as_alone, found, wanted))
        )
    if isinstance(found, str) or isinstance(wanted, str):
        return isinstance(found, str) and isinstance(wanted, str) and found == wanted
    if isinstance(wanted, Undefined):
        return isinstance(found, Undefined) and found.why == wanted.why
    return bool(found == wanted or abs(found - wanted) <= CLOSE * abs(wanted)
                or (np.isnan(found) and np.isnan(wanted)))  # fmt: skip


def differing(scenario: Scenario, key: str, numbers: list[float]) -> Iterator[str]:
    """The lines that are not the same in some case as they are alone."""
    every = [*scenario.model.lines, "errors", "first_finding"]
    together = scenario.cases({key: numbers}, [*inputs_of(scenario.name), *every])
    for place, value in enumerate(numbers):
        case, one = Case(scenario.model, together, place), alone(scenario, key, value)
        yield from (
            f"{line} is {case[line]!r} for {key} = {value}, alone {one[line]!r}"
            for line in every
            if not as_alone(case[line], one[line])
        )


@pytest.mark.parametrize("name", SCENARIOS)
def test_cases_of_every_input_are_what_each_is_alone(name: str) -> None:
    scenario, at = load(name), points(load(name))
    wrong = [said for key in sample()[name] for said in differing(scenario, key, at[key])]
    assert not wrong, wrong[:5]


def test_the_sample_is_not_small() -> None:
    assert sum(map(len, sample().values())) > 140


def test_a_word_that_flattens_its_cases_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = load("largest-model-for-1m")
    numbers = [1e6, 2e6, 3e6]
    assert not list(differing(scenario, "budget_cost", numbers))
    monkeypatch.setattr(highest, "by_case", False)
    assert any(
        said.startswith("best_parameters") for said in differing(scenario, "budget_cost", numbers)
    )


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("buy-or-rent-100b", "discount_rate", 0.11),  # the rate after tax is as this one
        ("llm-four-stages", "mfu", 0.3),
        ("icml-2024-programme", "learning_rates", 5.0),
    ],
)
def test_cases_are_what_a_file_says(name: str, key: str, value: float) -> None:
    scenario, other = load(name), load(name, [f"{key}={value}"]).numbers
    lines = scenario.model.lines
    numbers = [float(scenario.facts[key].value), value]
    together = scenario.cases({key: numbers}, [*inputs_of(name), *lines])
    case = Case(scenario.model, together, 1)
    # A number that is tried rests on what it did; one that the file says has a source of its own.
    own = [f"{key}_{part}" for part in EVIDENCE] + [f"at_{end}_{key}" for end in ("low", "high")]
    own += pair_keys(scenario.model)  # which two swing most rests on it too
    evidence = scenario.model.downstream([*own, *drawn_keys(scenario.model)])  # no case is drawn
    assert not [line for line in lines
                if line not in evidence and not as_alone(case[line], other[line])]  # fmt: skip


# ---- errors, case by case -----------------------------------------------------------------------


def test_an_error_stands_in_its_own_case_alone() -> None:
    """A rate above 1 is beyond its limits, as in a cell, and leaves no verdict in that case."""
    keys = ["errors", "first_finding", "verdict", "error_sentence"]
    found = load("own-1024-h100").cases({"discount_rate": [0.05, 1.5, 0.06]}, keys)
    assert list(found["errors"]) == [0, 1, 0]
    assert [said == WITHHELD for said in found["error_sentence"]] == [True, False, True]
    assert "1.5" in found["first_finding"][1] and "1.5" in found["error_sentence"][1]
    assert [isinstance(said, Undefined) for said in found["verdict"]] == [False, True, False]


def test_where_nothing_fires_nothing_is_said() -> None:
    found = load("own-1024-h100").cases({"pue": [1.2]}, ["errors", "error_sentence"])
    assert list(found["errors"]) == [0] and list(found["error_sentence"]) == [WITHHELD]


# ---- what cannot be a case ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("varied", "said"),
    [
        ({"chip": ["h100-sxm", "a100-80gb-sxm"]}, "chip .* a choice"),
        ({"zero_stage": [0, 1]}, "zero_stage .* a choice"),
        ({"stage_tokens": [1e9, 2e9]}, "stage_tokens .* in each of its stages"),
        ({"errors": [0, 1]}, "errors .* what the checks come to"),
        ({"mfu": [0.3, 0.4], "pue": [1.1, 1.2, 1.3]}, "pue has 3 cases, and mfu has 2"),
        ({"mfu": 0.3}, "mfu needs one number a case"),
        ({"mfu": [[0.3], [0.4]]}, "mfu needs one number a case"),
        ({"mfu": []}, "mfu needs one number a case"),
        ({"mfu": [0.3, float("nan")]}, "mfu needs one number a case"),
        ({"mfu": [0.3, "0.4 or so"]}, "mfu has a case that is no number"),
        ({"mfuu": [0.3]}, "Did you mean 'mfu'"),
    ],
)
def test_what_cannot_be_a_case_is_refused(varied: dict[str, Any], said: str) -> None:
    with pytest.raises(CaseError, match=said):
        load("llm-four-stages").cases(varied, ["buy_total"])


def test_the_model_refuses_texts_and_other_counts_too() -> None:
    scenario = load("llm-100b-10d")
    with pytest.raises(CaseError, match="chip"):
        scenario.model.evaluate({**scenario.values, "chip": np.array(["a", "b"], object)})
    with pytest.raises(CaseError, match="2 cases"):
        scenario.model.cases({**scenario.values, "mfu": np.ones(3), "pue": np.ones(2)}, ["gpus"])


# ---- words --------------------------------------------------------------------------------------

ROWS = np.array([[1.0, 5.0, 2.0], [4.0, np.nan, 8.0], [3.0, 6.0, np.nan]])
FLOWS = np.array([[-9.0, -8.0, 7.0], [5.0, 6.0, 1.0], [7.0, 1.0, 3.0]])
NAMES = np.array([["a"], ["b"], ["a"]], dtype=object)
RANKS = np.array([[1.0, 3.0, 2.0], [2.0, 2.0, 1.0], [3.0, 1.0, 3.0]])
A_CASE_EACH = np.array([1.0, 3.0, 2.0])


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        (mean, (ROWS,)), (median, (ROWS,)), (lowest, (ROWS,)), (highest, (ROWS,)),
        (counted, (ROWS,)),
        (quartile, (ROWS, 1)), (quartile, (ROWS, A_CASE_EACH)),
        (irr, (FLOWS, 0.1)), (irr, (FLOWS, A_CASE_EACH / 10)),
        (total_where, (FLOWS, NAMES, "a")), (total_where, (FLOWS, NAMES, NAMES)),
        (total_through, (FLOWS, RANKS, A_CASE_EACH)), (total_through, (FLOWS, RANKS, RANKS)),
        (lookup, (A_CASE_EACH, RANKS, NAMES)), (lookup, (RANKS, RANKS[::-1], FLOWS)),
        (lookup, ("b", NAMES, FLOWS)), (listed, ("b", NAMES)), (listed, (A_CASE_EACH, RANKS)),
        (times_listed, ("a", NAMES)), (times_listed, (NAMES, NAMES)),
    ],
    ids=lambda one: getattr(one, "name", ""),
)  # fmt: skip
def test_a_word_beside_as_many_cases_as_rows(word: Any, parts: tuple[Any, ...]) -> None:
    """Where a wrong axis would fit; a column of one case is the same in all."""
    together = word(*parts)
    for case in range(3):
        own = [in_case(part, case) for part in parts]
        own = [
            part.item() if isinstance(part, np.ndarray) and not part.ndim else part for part in own
        ]
        found = together[..., case if together.shape[-1] > 1 else 0]
        assert as_alone(found.item() if not np.ndim(found) else found, word(*own)), case


def test_a_yearly_line_of_scalars_alone_has_its_years_beside_its_cases() -> None:
    @line("Yearly", "USD", along="years")
    def yearly(price):
        """The same in every year."""
        return price * 2

    model = Model({"price": Given("Price", "USD", key="price")}, {"yearly": yearly})
    found = model.evaluate({"price": np.arange(8.0)})["yearly"]
    assert found.shape == (8, 8)
    assert (found == 2 * np.arange(8.0)).all()


if __name__ == "__main__":
    every = [said for scenario in map(load, SCENARIOS) for at in points(scenario).items()
             for said in differing(scenario, *at)]  # fmt: skip
    print(*every, sep="\n")
    sys.exit(bool(every))

"""Limits and checks of every kind fire: each bounded input, each column of a table, each check."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tco.facts import option_lists
from tco.lines import Choice, Given
from tco.model import KINDS, model_for
from tco.scenario import Scenario
from tests.conftest import SCENARIOS
from tests.loaded import load
from tests.test_checks import BROKEN as SHARED

OTHERS = [kind for kind in KINDS if kind != "train"]


@functools.cache
def scenario_of(kind: str) -> Scenario:
    """The first bundled scenario of a kind."""
    return next(one for one in map(load, SCENARIOS) if one.kind == kind)


def says(kind: str, key: str, changed: dict[str, Any]) -> str:
    """What a check says once some values are changed: OK, or the words it fires with."""
    scenario = scenario_of(kind)
    values = {**scenario.values, **option_lists(scenario.catalogue, scenario.model), **changed}
    got = scenario.model.evaluate(values, only=[key, f"{key}_note"])
    assert (float(got[key]) == 1) == (got[f"{key}_note"] != "OK")
    return str(got[f"{key}_note"])


def beyond(given: Given) -> list[float]:
    """Numbers outside the bounds of an input."""
    found = [] if given.above is None else [given.above, given.above - 1]
    found += [] if given.least is None else [given.least - 1]
    return found + ([] if given.most is None else [given.most + 1])


def scalars() -> Iterator[tuple[str, str]]:
    for kind in OTHERS:
        for key, given in model_for(kind).givens.items():
            if given.bounded and given.along is None and key not in model_for("train").givens:
                yield kind, key


def columns() -> Iterator[tuple[str, str, str]]:
    for kind in OTHERS:
        model = model_for(kind)
        for axis in model.tables:
            for given in model.along(axis):
                if f"{given.key}_beyond" in model.lines:
                    yield kind, axis, given.key


@pytest.mark.parametrize(("kind", "key"), list(scalars()))
def test_a_number_beyond_its_limits_fires(kind: str, key: str) -> None:
    given = model_for(kind).givens[key]
    for value in beyond(given):
        said = says(kind, f"{key}_limits", {key: np.float64(value)})
        assert said.startswith(f"{key} is ") and given.bounds in said


@pytest.mark.parametrize(("kind", "axis", "key"), list(columns()))
def test_a_value_of_a_table_beyond_its_limits_fires(kind: str, axis: str, key: str) -> None:
    scenario = scenario_of(kind)
    given, column = scenario.model.givens[key], scenario.values[key]
    assert says(kind, f"{axis}_limits", {}) == "OK"
    first = key == scenario.model.along(axis)[0].key and not scenario.model.tables[axis].numbered
    assert len(column) > 1  # a name can only stand twice where there are two rows
    bad: list[Any] = ["perpetuum mobile"] if given.is_text else [*beyond(given)]
    if not given.is_text and given.required:
        bad.append(np.nan)
    if isinstance(given, Choice) and not given.is_text:
        bad = [99.0]
    for value in [column[1]] if first else bad:
        changed = column.copy()
        changed[0] = value
        names = {axis: changed} if first else {}
        said = says(kind, f"{axis}_limits", {key: changed, **names})
        assert said.startswith(f"{scenario.model.tables[axis].title.lower()}: beyond limits in row")
        assert scenario.model.tables[axis].spelled(key) in said.partition("–")[2].split()


@pytest.mark.parametrize("kind", OTHERS)
def test_every_check_of_a_kind_has_a_way_to_break_it(kind: str) -> None:
    model = model_for(kind)
    made = {f"{axis}_limits" for axis in model.tables}
    ours = {
        one.flag.key for one in model.checks if not (one.limit or one.of_options or one.supplies)
    }
    broken = getattr(importlib.import_module(f"tests.kinds.test_{kind}"), "BROKEN", {})
    assert ours - made - set(SHARED) <= set(broken)
    assert {key for key in broken if key not in model} == set()


@pytest.mark.parametrize("name", [one for one in SCENARIOS if load(one).kind != "train"])
def test_no_error_fires_in_a_bundled_scenario(name: str) -> None:
    scenario = load(name)
    fired = [
        str(scenario.numbers[one.says.key])
        for one in scenario.model.checks
        if one.kind == "error" and scenario.numbers[one.flag.key]
    ]
    assert not fired

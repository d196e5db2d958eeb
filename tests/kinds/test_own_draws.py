"""Draws of the verdict, found by something else: a plain sampler, and the scenario loaded anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import tco.model.own.drawn as drawn
import tco.scenario
from tco.draws.trials import Outcome, Plan, Through, run
from tco.errors import Mistakes
from tco.lines import Undefined
from tco.model.own.driver import Driver
from tco.model.own.drivers import AIM
from tests.loaded import load

NAME, BESIDE = "own-1024-h100", "buy-or-rent-100b"
FEW = ("draws=2000",)
ALONE = ("rents_correlation=0", "server_rents_correlation=0", "growth_residual_correlation=0")
SETS = {"server_price": ("server_price",), "discount_rate": ("discount_rate",)}


def test_a_plain_sampler_finds_the_same_probability() -> None:
    """Draws at random of numpy's beta distribution, none of which minds another."""
    scenario = load(NAME, [*FEW, *ALONE])
    numbers, count = scenario.numbers, 4000
    random = np.random.default_rng(20)
    varied = {}
    for one in scenario.model.members.all(Driver):
        low, base, high = (float(numbers[key]) for key in drawn.ends(one))
        if low < high and base == base:
            a = 1 + 4 * (base - low) / (high - low)
            found = low + (high - low) * random.beta(a, 6 - a, count)
            varied |= dict.fromkeys(one.search.moves, found)
    assert len(varied) >= 10
    got = scenario.model.cases({**scenario.computable, **varied}, [AIM.line])[AIM.line]
    chance = 0.5 / np.sqrt(count) + 0.5 / np.sqrt(2000)
    assert numbers["probability_own_better"] == pytest.approx(np.mean(got > 0), abs=2.5 * chance)
    spread = float(np.std(got))
    assert numbers["advantage_mean"] == pytest.approx(np.mean(got), abs=0.08 * spread)
    for name, share in (("p5", 0.05), ("p50", 0.5), ("p95", 0.95)):
        there = pytest.approx(np.quantile(got, share), abs=0.12 * spread)
        assert numbers[f"advantage_{name}"] == there, name


@pytest.mark.parametrize("name", [NAME, BESIDE])
def test_a_draw_is_the_scenario_loaded_with_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = []

    def watched(plan: Plan, through: Through) -> Outcome:
        def noted(columns: Mapping[str, Any]) -> Mapping[str, Any]:
            seen.append((columns, through(columns)))
            return seen[-1][1]

        return run(plan, noted)

    monkeypatch.setattr(drawn, "run", watched)
    scenario = load(name)
    found = drawn.draw(scenario.model, {**scenario.standing, "draws": 100.0}, {})
    assert 0 <= found.results["probability_own_better"] <= 1
    columns, results = seen[0]
    drivers = {one.key: one for one in scenario.model.members.all(Driver)}
    for number in (0, 7):
        moves = {key: float(column[number]) for driver, column in columns.items()
                 for key in drivers[driver].search.moves}  # fmt: skip
        anew = load(name, [f"{key}={value!r}" for key, value in moves.items()])
        for key in (AIM.line, "own_deciding_npv", "on_demand_deciding_npv"):
            assert results[key][number] == pytest.approx(anew.standing[key], rel=1e-9, abs=1e-3)


def test_the_same_seed_gives_the_same_draws_and_another_one_not_much_else() -> None:
    one, again, other = (
        drawn.draw(load(NAME, FEW).model, load(NAME, [*FEW, f"seed={seed}"]).standing, {})
        for seed in (4, 4, 5)
    )
    assert str(one.results) == str(again.results) and one.bars == again.bars
    key = "probability_own_better"
    assert 0 < abs(one.results[key] - other.results[key]) < 0.05


def test_correlations_are_drawn_as_asked_for_and_count() -> None:
    found, apart = load(NAME, FEW).drawn, load(NAME, [*FEW, *ALONE]).drawn
    assert len(found.wished) == 4 and not apart.wished
    assert {one for pair in found.wished for one in pair} >= {"server_price", "rent_growth"}
    for pair, wished in found.wished.items():
        assert found.had[pair] == pytest.approx(wished, abs=0.03), pair
    rents = [f"npv_{key}_p95" for key in ("reserved", "on_demand")]
    assert all(
        found.results[key] != apart.results[key] for key in ("advantage_p5", "advantage_p95")
    )
    assert found.results[rents[0]] == pytest.approx(apart.results[rents[0]], rel=0.02)
    first = "first_order_on_demand_price"
    assert found.results[first] == pytest.approx(apart.results[first], abs=1e-9), "without them"


def test_indices_of_influence_go_with_the_swings() -> None:
    numbers = load(NAME, FEW).numbers
    drivers = [one.key for one in load(NAME).model.members.all(Driver)]
    most = sorted(drivers, key=lambda key: -numbers[f"first_order_{key}"])[:2]
    swings = dict(zip(numbers["drivers"], numbers["driver_moves"], strict=True))
    assert set(most) <= set(sorted(drivers, key=lambda k: -swings[k])[:4])
    for key in drivers:
        first, whole = numbers[f"first_order_{key}"], numbers[f"total_order_{key}"]
        assert 0 <= first <= 1 and whole >= first - 0.08, key
    assert numbers["total_order_spot_price"] == 0, "spot is not assured, and moves nothing"
    assert 0.8 < sum(numbers[f"first_order_{key}"] for key in drivers) < 1.1


# ---- what was drawn, and what stands ------------------------------------------------------------

# An input that moves the advantage; one that moves only what is not the best rent; an end of a
# range by its width; a setting; a correlation.
CHANGES = (
    "horizon_years=5", "own_lead_days=190", "range_guess_share=0.5", "draws=2001", "seed=9",
    "rents_correlation=0.7", "spot_assured=1", "discount_rate=0.08", "demand_shape=level",
)  # fmt: skip


@pytest.mark.parametrize("edit", CHANGES)
def test_another_input_makes_the_draws_those_of_other_inputs(edit: str) -> None:
    before = load(NAME, FEW)
    after = replace(load(NAME, [*FEW, edit]), draws_of=before)
    assert before.numbers["draws_outdated"] == 0 == before.numbers["draws_current"]
    assert after.numbers["draws_outdated"] >= 1 == after.numbers["draws_current"]
    assert "build anew" in after.numbers["draws_current_note"]
    assert after.numbers["draws_sentence"].startswith("Inputs differ from those")
    assert after.numbers["advantage_p5"] == before.numbers["advantage_p5"], "as they were drawn"


def test_what_leads_to_no_advantage_leaves_the_draws_as_they_are() -> None:
    before = load(NAME, FEW)
    after = replace(load(NAME, [*FEW, "price_age_limit_days=77"]), draws_of=before)
    assert after.numbers["draws_outdated"] == 0
    assert after.numbers["draws_sentence"] == before.numbers["draws_sentence"]


def test_a_row_of_a_table_counts_too() -> None:
    before = load("rfq-512-b200", FEW)
    numbers, key = dict(before.standing), "rental_price"
    numbers[key] = numbers[key] * 1.01
    assert drawn.outdated(before.model, before.drawn, before.standing) == 0
    assert drawn.outdated(before.model, before.drawn, numbers) == len(numbers[key])


# ---- where nothing is drawn ---------------------------------------------------------------------


def test_where_nothing_is_compared_nothing_is_drawn() -> None:
    numbers = load(NAME, ["result_needed_days=1"]).numbers
    assert isinstance(numbers["probability_own_better"], Undefined)
    assert numbers["draws_sentence"].startswith("Owning and renting do not both count")
    assert numbers["draws_current"] == 0


def test_nothing_is_drawn_until_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("drawn")

    monkeypatch.setattr(tco.scenario, "draw", refuse)
    scenario = load(NAME, [*FEW, "seed=77"])
    assert scenario.numbers["verdict"] and "probability_own_better" in scenario.numbers
    assert scenario.cases({"pue": [1.2, 1.3]}, [AIM.line, "verdict"])
    with pytest.raises(AssertionError, match="drawn"):
        scenario.numbers["probability_own_better"]


def test_an_unchanged_scenario_is_drawn_once() -> None:
    one = load(NAME, FEW)
    assert replace(one, title="another").drawn is one.drawn
    assert load(NAME, [*FEW, "colo_price=196"]).drawn is not one.drawn


def test_a_spread_named_beside_an_input_is_drawn() -> None:
    """A price between 150 and 250 with every value as likely: the NPV of owning is level too."""
    plain, kinds = load(NAME, FEW), {"colo_price": "uniform", "server_price": "lognormal"}
    assert plain.spreads == {}
    found = drawn.draw(plain.model, plain.standing, kinds)
    assert {key: found.spreads[key].kind for key in kinds} == kinds
    assert found.spreads["power_price"].kind == "pert"
    key = "first_order_colo_price"
    assert found.results[key] > 1.5 * plain.drawn.results[key], "level is wider than peaked"


def test_correlations_that_cannot_be_are_refused() -> None:
    with pytest.raises(Mistakes) as refused:
        load(NAME, ["rents_correlation=-0.9"])
    (one,) = refused.value.mistakes
    assert "rents_correlation -0.9, server_rents_correlation 0.5" in one.wrong
    assert "nearer to 0" in one.remedy

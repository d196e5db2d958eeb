"""The residual by used prices: by hand, by the horizon, by what is given, and its page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tco.read.loading import load as read
from tests.loaded import load
from tests.residual import PAGE, counting, ends, fit, observations, page

NAME = "rfq-512-b200"  # states no residual
CHIPS = {"ampere": "a100-sxm4-80gb", "hopper": "h100-sxm5-80gb", "tpu": "tpu-v6e"}
OWN = """
title: A fleet
as_of: 2026-11-21
workload: {kind: own}
fleet: {chip: h100-sxm5-80gb}
own: {fleet_gpus: 64, server_price: 250_000, utilization: 60 %}
rent: {on_demand_price: 2.5}
"""


def made(folder: Path, text: str, *sets: str):
    path = folder / "a.yaml"
    path.write_text(OWN + text, encoding="utf-8")
    return read(str(path), sets)


@pytest.mark.parametrize("family", CHIPS)
def test_the_curve_is_that_of_the_rows_apart_from_the_model(family: str, tmp_path: Path) -> None:
    numbers = made(tmp_path, "", f"chip={CHIPS[family]}").numbers
    rows = counting(observations())
    found = fit(rows)
    assert numbers["used_observations"] == len(rows)
    assert numbers["generation"] == family
    assert numbers["value_kept_share"] == pytest.approx(found.kept(family), rel=1e-12)
    for end, kept in zip(("low", "high"), ends(found, family), strict=True):
        assert numbers[f"residual_share_{end}"] == pytest.approx(kept**4, rel=1e-12)


def test_the_horizon_moves_the_residual_and_nothing_contradicts_it() -> None:
    kept = fit(counting(observations())).kept("blackwell")
    for years in (2, 7):
        moved = load(NAME, [f"horizon_years={years}"])
        assert moved.numbers["residual_share"] == pytest.approx(kept**years, rel=1e-12)
        assert not moved.numbers["residual_of_horizon"]
    late = load(NAME, ["generation_age_years=1.5"]).numbers
    assert late["residual_share"] == pytest.approx(kept**5.5, rel=1e-12)


def test_a_stated_residual_stays_and_has_its_own_range() -> None:
    stated = load("own-1024-h100")
    assert stated.numbers["residual_share"] == 0.275
    assert (stated.facts["residual_share"].low, stated.facts["residual_share"].high) == (0.1, 0.35)
    assert stated.numbers["salvage"] == pytest.approx(8_025_600)
    assert load(NAME, ["residual_share=20%", "horizon_years=5"]).numbers["residual_of_horizon"]


def test_its_source_and_its_date_are_those_of_the_rows() -> None:
    fact = load(NAME).facts["residual_share"]
    assert (fact.source, fact.date) == (
        "derived: Residual by used prices, sheet Used", "2026-07-14",
    )  # fmt: skip
    assert not load(NAME).is_given("residual_share")


def test_the_next_generation_takes_its_share_from_its_year_on() -> None:
    cases = {"successor_year": [0, 3, 4, 5], "successor_drop_share": [0.3] * 4}
    found = load(NAME).cases(cases, ["salvage", "exit_proceeds"])
    whole = load(NAME).numbers["salvage"]
    assert found["salvage"] == pytest.approx(whole * np.array([1, 0.7, 0.7, 1]))


def test_cases_of_what_the_curve_is_made_of_are_what_each_is_alone() -> None:
    given = [1.0, 3.0]
    found = load(NAME).cases({"generation_age_years": given}, ["npv_own", "residual_share_low"])
    for place, years in enumerate(given):
        alone = load(NAME, [f"generation_age_years={years}"]).numbers
        assert found["npv_own"][place] == pytest.approx(alone["npv_own"], rel=1e-12)
    fixed = load(NAME, ["residual_share=20%"])
    same = fixed.cases({"generation_age_years": given}, ["npv_own"])["npv_own"]
    assert np.all(same == fixed.numbers["npv_own"])


def test_a_bid_of_ones_own_counts_and_one_row_gives_no_range(tmp_path: Path) -> None:
    """9,000 of 30,000 after 1,461 days keep 0.3 to the power of 365/1461 a year."""
    table = """
used:
  used_prices:
    - {chip: ours, generation: hopper, released: 2022-01-01, observed: 2026-01-01, kind: bid,
       price: 9000, new_price: 30000}
"""
    bid = made(tmp_path, table).numbers
    assert bid["value_kept_share"] == pytest.approx(0.3 ** (365 / 1461))
    assert np.isnan(bid["residual_share_low"])
    asked = made(tmp_path, table.replace("bid", "asked")).numbers
    assert asked["used_observations"] == 0
    assert asked["value_kept_share"] == pytest.approx(10**-0.14, abs=1e-4)


def test_the_page_is_what_the_rows_come_to() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.residual"

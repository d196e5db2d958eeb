"""Along the years: loops that close over previous(), totals, and cases beside each other."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tco.lines import (
    YEAR_COUNT,
    YEARS,
    Cells,
    Given,
    Model,
    dot,
    excel,
    line,
    previous,
    total,
)
from tco.verify import verify
from tco.workbook.cells import Sheet, address, letters

from .engines import book_of
from .making import COMMON

INPUTS = ("drawn", "repaid", "factor")  # along the years; the rate is a scalar


@line("Balance", "USD", along=YEARS)
def balance(balance, drawn, repaid, interest):
    """What is owed at the end of the year."""
    return previous(balance) + drawn - repaid + interest


@line("Interest", "USD", along=YEARS)
def interest(balance, rate):
    """On what was owed at the end of the year before."""
    return previous(balance) * rate


@line("Paid", "USD", along=YEARS)
def paid(repaid, interest):
    """Leaves the account, outside the loop."""
    return repaid + interest


@line("All interest", "USD")
def interest_total(interest):
    """Over the years."""
    return total(interest)


@line("Present value", "USD")
def present_value(paid, factor):
    """What is paid, each year at its factor."""
    return dot(paid, factor)


@line("Grown", "USD", along=YEARS)
def grown(drawn, rate):
    """A line along the years without a loop."""
    return previous(drawn) * (1 + rate) - drawn


@line("All grown", "USD")
def grown_total(grown):
    """Over the years."""
    return total(grown)


def loan() -> Model:
    """A loan: two lines that wait for each other's year before, and sums over them."""
    inputs = {key: Given(key.title(), "USD", along=YEARS) for key in INPUTS}
    lines = (balance, interest, paid, interest_total, present_value, grown, grown_total)
    return Model.of(
        SimpleNamespace(**inputs, rate=Given("Rate", "share"), **{one.key: one for one in lines})
    )


def by_hand(values: dict[str, Any]) -> dict[str, Any]:
    """The same loan, a year at a time."""
    owed, before = 0.0, 0.0
    found: dict[str, Any] = {"balance": [], "interest": [], "paid": [], "grown": []}
    for year in range(YEAR_COUNT):
        charged = owed * values["rate"]
        owed = owed + values["drawn"][year] - values["repaid"][year] + charged
        found["balance"].append(owed)
        found["interest"].append(charged)
        found["paid"].append(values["repaid"][year] + charged)
        found["grown"].append(before * (1 + values["rate"]) - values["drawn"][year])
        before = values["drawn"][year]
    found["interest_total"] = sum(found["interest"])
    found["present_value"] = sum(
        one * factor for one, factor in zip(found["paid"], values["factor"], strict=True)
    )
    found["grown_total"] = sum(found["grown"])
    return found


def along_years(most: float) -> st.SearchStrategy[np.ndarray[Any, Any]]:
    """An amount for each year."""
    cents = st.integers(0, int(most * 100)).map(lambda n: n / 100)
    return st.lists(cents, min_size=YEAR_COUNT, max_size=YEAR_COUNT).map(np.array)


RATES = st.integers(-50, 300).map(lambda n: n / 1000)
LOANS = st.fixed_dictionaries(
    {"drawn": along_years(1e5), "repaid": along_years(2e4), "factor": along_years(1), "rate": RATES}
)
EXAMPLE = {
    "drawn": np.array([1000.0, 0, 0, 500, 0, 0, 0, 0]),
    "repaid": np.array([0.0, 150, 150, 150, 250, 250, 250, 250]),
    "factor": 1.07 ** -np.arange(YEAR_COUNT),
    "rate": 0.05,
}


@settings(COMMON, max_examples=60)
@given(LOANS)
def test_a_loan_equals_the_loan_by_hand(values: dict[str, Any]) -> None:
    got = loan().evaluate(values)
    for key, expected in by_hand(values).items():
        assert np.allclose(got[key], expected, rtol=1e-12, atol=1e-9), key


def test_a_loop_is_one_group_and_others_stay_outside() -> None:
    groups = loan().groups
    assert {"balance", "interest"} in map(set, groups)
    assert all(len(group) == 1 for group in groups if "balance" not in group)


def test_a_line_that_is_given_is_taken() -> None:
    values = {**EXAMPLE, "interest": np.zeros(YEAR_COUNT)}
    got = loan().evaluate(values)
    assert np.allclose(got["balance"], np.cumsum(EXAMPLE["drawn"] - EXAMPLE["repaid"]))


def test_only_what_is_wanted_is_computed() -> None:
    got = loan().evaluate(EXAMPLE, only=["grown_total"])
    assert "grown" in got and "balance" not in got


def test_a_shift_of_one_year_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison by hand can fail."""
    monkeypatch.setattr(previous, "compute", lambda x: np.asarray(x) * 1.0)
    got = loan().evaluate(EXAMPLE, only=["grown"])
    assert not np.allclose(got["grown"], by_hand(EXAMPLE)["grown"])


# ---- cases --------------------------------------------------------------------------------------


def cases(count: int) -> list[dict[str, Any]]:
    """As many loans, each another."""
    return [
        {
            "drawn": EXAMPLE["drawn"] * (1 + one),
            "repaid": EXAMPLE["repaid"] + one,
            "factor": EXAMPLE["factor"] ** (1 + one),
            "rate": 0.03 + one / 100,
        }
        for one in range(count)
    ]


def together(each: list[dict[str, Any]]) -> dict[str, Any]:
    """The cases as the last axis: years by cases, and the rate by cases."""
    return {key: np.stack([one[key] for one in each], axis=-1) for key in each[0]}


@pytest.mark.parametrize("count", [1, 3, YEAR_COUNT])
def test_cases_equal_each_alone(count: int) -> None:
    """Without a loop; as many cases as years, too, where a wrong axis would fit."""
    each = cases(count)
    got = loan().evaluate(together(each), only=["grown", "grown_total"])
    assert got["grown"].shape == (YEAR_COUNT, count) and got["grown_total"].shape == (count,)
    for number, values in enumerate(each):
        alone = loan().evaluate(values, only=["grown", "grown_total"])
        for key in ("grown", "grown_total"):
            assert np.allclose(got[key][..., number], alone[key], rtol=1e-12), (key, number)


@pytest.mark.parametrize(
    "count",
    [1, 3, YEAR_COUNT],
)
def test_cases_of_a_loop_equal_each_alone(count: int) -> None:
    each = cases(count)
    got = loan().evaluate(together(each))
    assert got["balance"].shape == (YEAR_COUNT, count)
    assert got["present_value"].shape == (count,)
    for number, values in enumerate(each):
        for key, alone in by_hand(values).items():
            assert np.allclose(got[key][..., number], alone, rtol=1e-12), (key, number)


# ---- written out --------------------------------------------------------------------------------


def sheet_of(model: Model, values: dict[str, Any]) -> Sheet:
    """The model with a column for each year from C on; B is empty, the year before the first."""
    got = model.evaluate(values)
    rows = {key: row for row, key in enumerate([*model.givens, *model.lines], 1)}
    sheet = Sheet("Years")
    for key, row in rows.items():
        yearly = model[key].along == YEARS
        for year in range(YEAR_COUNT if yearly else 1):
            value = float(got[key][year] if yearly else got[key])
            formula = excel(model.lines[key].tree, cells(model, rows, 3 + year)) if (
                key in model.lines) else ""  # fmt: skip
            sheet.put(row, 3 + year, value, "calc:USD", formula)
    return sheet


def cells(model: Model, rows: dict[str, int], column: int) -> Cells:
    """Where a formula in a column finds its references."""
    last = letters(2 + YEAR_COUNT)
    return Cells(
        at=lambda key: address(rows[key], column if model[key].along else 3),
        before=lambda key: address(rows[key], column - 1),
        range=lambda key: f"$C${rows[key]}:${last}${rows[key]}",
    )


def test_engines_agree_along_the_years(tmp_path: Path) -> None:
    sheet = sheet_of(loan(), EXAMPLE)
    path = tmp_path / "years.xlsx"
    path.write_bytes(book_of(sheet))
    for verdict in verify(path):
        assert verdict.formulas == 4 * YEAR_COUNT + 3 and not verdict.differences

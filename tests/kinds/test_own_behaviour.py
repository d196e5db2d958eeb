"""What must follow from what, on the file: LibreOffice recalculates the edited workbook."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from tests.conftest import Opened
from tests.loaded import load
from tests.office import needs_libreoffice
from tests.office.live import Edited, Live
from tests.office.program import Key

pytestmark = [needs_libreoffice, pytest.mark.xdist_group("own-1024-h100")]
NAME = "own-1024-h100"
PLAN = load(NAME).numbers
AMOUNTS = ("server_price", "storage_cost", "power_price", "colo_price", "salary",
           "on_demand_price", "reserved_price", "switch_price", "link_price",
           "dc_price_per_kw")  # fmt: skip


def times(factor: float, *keys: str) -> dict[str, Any]:
    return {key: float(PLAN[key]) * factor for key in keys}


# A tie is after tax, a break-even before: each is typed into the cell that it is a value of.
CASES: dict[str, dict[str, Any]] = {
    "plan": {},
    "tariff": times(1.1, "power_price"),
    "rent": times(1.1, "reserved_price", "on_demand_price"),
    "no resale": {"residual_share": 0},
    "busier": {"utilization": 0.9},
    "seven times": times(7, *AMOUNTS),
    "no rate": {"discount_rate": 0, "discount_rate_after_tax": 0},
    "breakeven_utilization": {"utilization": float(PLAN["breakeven_utilization"])},
    "breakeven_reserved_price": {"reserved_price": float(PLAN["breakeven_reserved_price"])},
    **{
        f"tie_{key}": {key: float(PLAN[f"tie_{key}"])}
        for key in ("server_price", "colo_price", "power_price", "owned_fte", "support_share",
                    "residual_share", "utilization", "rent_growth", "on_demand_price")
    },
    "tie_discount_rate": {"discount_rate_after_tax": float(PLAN["tie_discount_rate"])},
    "for renting": times(1.1, "server_price") | times(0.9, "on_demand_price", "reserved_price"),
    "for owning": times(0.9, "server_price") | times(1.1, "on_demand_price", "reserved_price"),
    "idle": {"utilization": 0},
    "full": {"utilization": 1},
    "one year": {"horizon_years": 1},
    "six years": {"horizon_years": 6},
    "seven years": {"horizon_years": 7},
    "rent for nothing": {"on_demand_price": 0, "reserved_price": 0},
    "rent beyond reason": {"on_demand_price": 500, "reserved_price": 400},
    "everything shrinks": {"rent_growth": -0.9, "wage_growth": -0.5, "colo_growth": -0.5,
                           "power_growth": -0.5},
    "nothing is in time": {"result_needed_days": 1},
    "a fleet of one": {"fleet_gpus": 1},
}  # fmt: skip


# What a rebuild refuses: whatever rests on it is #N/A, the verdict first of all.
REFUSED: dict[str, dict[str, Any]] = {
    "add-ons of an unknown kind": {"rent_addon_basis": "foo"},
    "no moment of discounting": {"discount_timing": "foo"},
    "half a year of horizon": {"horizon_years": 4.5},
}
# What owning can be compared without: the book still compares, and the error stands over all of it.
TYPED_WRONG = {
    "a rent in words": {"on_demand_price": "2.95 USD"},
    "a server in words": {"server_price": "300,000 USD"},
}


def _is_error(value: Any) -> bool:
    return str(value).startswith(("#", "Err:"))


@functools.cache
def _errors(live: Live) -> dict[Key, Any]:
    """The formula cells that show an error in the book as it stands."""
    return {
        key: value
        for sheet in live.layout.sheets
        for place, cell in sheet.cells.items()
        if cell.formula and _is_error(value := live.book[key := (sheet.title, *place)])
    }


@pytest.fixture(scope="module")
def books(opened: Opened) -> dict[str, dict[str, Any]]:
    """The named cells of each edited workbook, and under "errors" its cells that show one."""
    live = opened(NAME)
    changes = CASES | REFUSED | TYPED_WRONG
    return {name: _cells(live, change) for name, change in changes.items()}


@functools.cache
def _places(live: Live) -> dict[str, list[Key]]:
    return {key: live.range_of(key) for key in live.layout.names}


def _cells(live: Live, change: dict[str, Any]) -> dict[str, Any]:
    got = live.after(change)
    cells: dict[str, Any] = {}
    for key, (first, *rest) in _places(live).items():
        cells[key] = [got(one) for one in (first, *rest)] if rest else got(first)
    assert isinstance(got, Edited)
    changed = {key: value for key, value in got.changed.items() if _is_error(value)}
    still = {key: value for key, value in _errors(live).items() if key not in got.changed}
    cells["errors"] = [f"{key}: {value}" for key, value in {**still, **changed}.items()]
    return cells


def test_every_case_is_of_a_cell_that_can_be_typed_in() -> None:
    givens = load(NAME).model.givens
    assert all(key in givens for change in CASES.values() for key in change)


@pytest.mark.parametrize("case", CASES)
def test_no_cell_shows_an_error(case: str, books: dict[str, dict[str, Any]]) -> None:
    assert not books[case]["errors"]
    assert not str(books[case]["state"]).startswith("FAIL")
    assert books[case]["verdict_sentence"].startswith("Own or rent over ")


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_input_gives_no_verdict(case: str, books: dict[str, dict[str, Any]]) -> None:
    """Never a win by default: an error among what counts is an error of the verdict."""
    assert str(books[case]["state"]).startswith("FAIL")
    for key in ("verdict_found", "npv_advantage", "irr_vs_best"):
        assert str(books[case][key]).startswith("#"), (key, books[case][key])
    _gives_way(books[case])


@pytest.mark.parametrize("case", TYPED_WRONG)
def test_no_verdict_stands_beside_a_price_typed_wrong(
    case: str, books: dict[str, dict[str, Any]]
) -> None:
    _gives_way(books[case])
    assert "is text; type " in books[case]["error_sentence"]


def _gives_way(book: dict[str, Any]) -> None:
    """Nothing is decided on the first page, which says the error."""
    assert str(book["state"]).startswith("FAIL")
    said = book["error_sentence"].removeprefix("ERROR, so no answer: ")
    assert book["verdict"] == said != "–"
    assert book["verdict_sentence"] == book["flip_sentence"] == "–"


def test_a_dearer_tariff_is_paid_by_owning_alone(books: dict[str, dict[str, Any]]) -> None:
    plan, dear = books["plan"], books["tariff"]
    assert dear["npv_own"] < plan["npv_own"]
    assert dear["npv_reserved"] == plan["npv_reserved"]
    assert dear["npv_on_demand"] == plan["npv_on_demand"]
    # worth_power_price is after 25 % tax at the same rate
    change = plan["worth_power_price"] / 0.75 * 0.1
    assert dear["npv_own"] - plan["npv_own"] == pytest.approx(change, rel=1e-9)


def test_dearer_rent_costs_its_present_value_and_no_more(books: dict[str, dict[str, Any]]) -> None:
    plan, dear = books["plan"], books["rent"]
    hours = plan["reserved_hours_present"] * plan["reserved_rate"]
    assert dear["npv_reserved"] - plan["npv_reserved"] == pytest.approx(-0.1 * hours, rel=1e-9)
    spend = 0.75 * plan["on_demand_full_present"]
    assert dear["npv_on_demand"] - plan["npv_on_demand"] == pytest.approx(-0.1 * spend, rel=1e-9)
    assert dear["npv_own"] == plan["npv_own"]


def test_without_a_residual_owning_is_worse(books: dict[str, dict[str, Any]]) -> None:
    plan, bare = books["plan"], books["no resale"]
    assert bare["salvage"] == 0 and bare["exit_proceeds"] == 0
    assert bare["npv_own"] < plan["npv_own"]


def test_more_use_makes_delivered_hours_cheaper(books: dict[str, dict[str, Any]]) -> None:
    plan, busy = books["plan"], books["busier"]
    key = "own_cost_per_gpu_hour"
    assert busy[f"{key}_delivered"] < plan[f"{key}_delivered"]
    assert busy[key] == plan[key]
    assert busy["reserved_flow"] == plan["reserved_flow"]


def test_another_currency_scales_amounts_alone(books: dict[str, dict[str, Any]]) -> None:
    plan, scaled = books["plan"], books["seven times"]
    for key in ("capex", "npv_own", "npv_reserved", "npv_on_demand", "npv_own_after_tax",
                "npv_advantage", "eac_own", "run_owned_share", "run_take_or_pay"):  # fmt: skip
        assert scaled[key] == pytest.approx(7 * plan[key], rel=1e-9)
    for key in ("irr_vs_reserved", "payback_vs_reserved", "breakeven_utilization",
                "advantage_share", "probability_own_better"):  # fmt: skip
        assert scaled[key] == pytest.approx(plan[key], rel=1e-8)
    assert scaled["verdict"] == plan["verdict"]


def test_at_no_rate_the_npv_is_the_sum_of_cash(books: dict[str, dict[str, Any]]) -> None:
    flat = books["no rate"]
    for option in ("own", "reserved", "on_demand"):
        assert flat[f"npv_{option}"] == pytest.approx(sum(flat[f"{option}_flow"]), rel=1e-12)
    assert flat["npv_own_after_tax"] == pytest.approx(sum(flat["own_flow_after_tax"]), rel=1e-12)


def test_at_a_break_even_the_two_are_worth_the_same(books: dict[str, dict[str, Any]]) -> None:
    level = books["breakeven_utilization"]
    assert level["npv_own"] == pytest.approx(level["npv_on_demand"], rel=1e-9)
    level = books["breakeven_reserved_price"]
    assert level["npv_own"] == pytest.approx(level["npv_reserved"], rel=1e-9)


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("tie_")])
def test_at_a_switching_value_nothing_is_left(case: str, books: dict[str, dict[str, Any]]) -> None:
    level = books[case]
    assert level["best_rent_option"] == "on_demand"
    assert abs(level["deciding_advantage"]) < 1e-8 * level["capex"]
    assert level["verdict"] == "too close to call"


def test_three_coherent_cases_order_the_advantage(books: dict[str, dict[str, Any]]) -> None:
    order = [books[case]["npv_advantage"] for case in ("for renting", "plan", "for owning")]
    assert order == sorted(order) and len(set(order)) == 3
    assert books["for renting"]["verdict"] == "rent"
    assert books["for owning"]["verdict"] == "own"

"""One bill of materials: a price of a server reaches every total, by whichever entrance."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from tco.errors import Mistakes
from tco.model import OWNABLE, model_for
from tco.verify import verify
from tco.workbook.build import workbook
from tests.loaded import load

RUN, BESIDE, ALONE = "llm-100b-10d", "buy-or-rent-100b", "own-1024-h100"
QUOTE = 420_000
ENTRANCES = ("server_price", "buy.server_price", "own.server_price", "owned_server_price",
             "own.owned_server_price")  # fmt: skip


def by_hand(numbers: dict[str, Any]) -> dict[str, float]:
    """The bill of 1,354 servers at the quote, with the shares that the file and defaults have."""
    n = {key: numbers[key] for key in (
        "network_share", "storage_cost", "rack_share", "integration_share", "spares_cost_share",
        "freight_share", "duty_rate", "contingency_share", "power_kw", "colo_price",
        "hours_per_year", "energy_cost",
    )}  # fmt: skip
    server = 1_354 * QUOTE
    hardware = server * (1 + n["network_share"] + n["rack_share"]) + n["storage_cost"]
    over = n["integration_share"] + n["freight_share"] + n["duty_rate"]
    capex = hardware * (1 + over) + server * n["spares_cost_share"]
    capex *= 1 + n["contingency_share"]
    months = numbers["days_needed"] * 24 / n["hours_per_year"] * 12
    centre = n["power_kw"] * n["colo_price"] * months + n["energy_cost"]
    return {"server_cost": server, "hardware_cost": hardware, "capex": capex,
            "buy_total": capex + centre + 2_000_000}  # fmt: skip


@pytest.mark.parametrize("name", [RUN, BESIDE])
def test_a_quote_for_a_server_is_in_every_total(name: str) -> None:
    plain, quoted = load(name).numbers, load(name, [f"server_price={QUOTE}"]).numbers
    assert plain["buy_total"] == 142_790_000
    for key, amount in by_hand(quoted).items():
        assert quoted[key] == pytest.approx(amount, rel=1e-12), key
    assert quoted["accelerators_cost"] == 1_354 * QUOTE
    said = f"costs {quoted['buy_total'] / 1e6:,.2f} M USD."
    assert str(quoted["buy_sentence"]).endswith(said)
    prices = load(name, [f"server_price={QUOTE}"]).row_ids("prices")
    behind = dict(zip(prices, quoted["price_buy"], strict=True))
    assert behind["server_price"] == 1_354 * QUOTE and behind["gpu_price"] == 0
    assert sum(behind.values()) == pytest.approx(quoted["buy_total"])


def test_every_entrance_leads_to_the_same_figures() -> None:
    first = load(BESIDE, [f"{ENTRANCES[0]}={QUOTE}"]).numbers
    for entrance in ENTRANCES[1:]:
        other = load(BESIDE, [f"{entrance}={QUOTE}"]).numbers
        for key in ("buy_total", "capex", "npv_own", "verdict_sentence", "buy_sentence"):
            assert other[key] == first[key], (entrance, key)


@pytest.mark.parametrize("block", ["buy", "own"])
@pytest.mark.parametrize("key", ["server_price", "owned_server_price"])
def test_a_file_may_have_it_in_either_block_and_spelling(block: str, key: str, tmp_path) -> None:
    file = tmp_path / "mine.yaml"
    blocks = {"buy": {}, "own": {"utilization": "50 %"}}
    blocks[block][key] = QUOTE
    said = "\n".join(
        f"{name}:\n" + "".join(f"  {k}: {v}\n" for k, v in one.items())
        for name, one in blocks.items() if one
    )  # fmt: skip
    file.write_text("workload: {parameters: 70B, tokens: 2T, deadline: 60 days}\n" + said)
    got = load(str(file)).numbers
    assert got["server_unit_price"] == QUOTE and got["bom_applied"] == "server"
    assert got["buy_total"] > got["capex"] > got["servers"] * QUOTE


def test_both_spellings_are_one_key(tmp_path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("workload: {parameters: 70B, tokens: 2T, deadline: 60 days}\n"
                    "own: {server_price: 1000, owned_server_price: 2000}\n")  # fmt: skip
    with pytest.raises(Mistakes, match="are the same key"):
        load(str(file))


@pytest.mark.parametrize("name", [BESIDE, ALONE])
def test_its_cell_is_one(name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(load(name))))
    keys = [row[0].value for row in book["Inputs"].iter_rows()]
    assert keys.count("server_price") == 1 and "owned_server_price" not in keys


def test_the_part_of_a_run_is_of_its_own_gpus() -> None:
    """A fleet of twice the GPUs is billed whole to its owner, and by half to the run."""
    got = load(BESIDE, [f"server_price={QUOTE}", "owned_gpus=21660", "storage_cost=0"]).numbers
    alone = load(BESIDE, [f"server_price={QUOTE}", "storage_cost=0"]).numbers
    assert got["capex"] == pytest.approx(2 * alone["capex"], rel=1e-3)
    assert got["buy_total"] == pytest.approx(alone["buy_total"], rel=1e-3)


def test_a_bill_that_would_leave_the_price_out_is_refused() -> None:
    with pytest.raises(Mistakes, match="leaves the server_price of 420,000 out of every total"):
        load(BESIDE, [f"server_price={QUOTE}", "bom_basis=shares"])
    with pytest.raises(Mistakes, match="server_price is not given"):
        load(BESIDE, ["bom_basis=server"])


@pytest.mark.parametrize("kind", OWNABLE)
def test_a_run_without_a_bill_has_none_of_its_lines(kind: str) -> None:
    plain, billed = model_for(kind), model_for(kind, billed=True)
    assert not {"capex", "server_price", "bom_basis", "bom_applied"} & set(plain.items)
    assert {"capex", "server_price", "bom_basis", "bom_applied"} <= set(billed.items)
    assert "npv_own" not in billed and "owned_gpus" not in billed


@pytest.mark.parametrize("name", [RUN, "icml-2024-programme", "llm-four-stages"])
def test_engines_agree_on_a_bill_alone(name: str, tmp_path) -> None:
    path = tmp_path / "billed.xlsx"
    path.write_bytes(workbook(load(name, [f"server_price={QUOTE}", "network_basis=counts"])))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]

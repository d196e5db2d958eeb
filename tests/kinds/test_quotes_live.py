"""Quotes are live: each edit in LibreOffice is the scenario built anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tco.files import bundled
from tco.verify import agree
from tco.workbook.build import workbook
from tco.workbook.cells import address
from tests.kinds.test_quotes import GOLDEN, written
from tests.loaded import load
from tests.office import Office, needs_libreoffice
from tests.office.live import Live, named, sets
from tests.sampling import sampled

pytestmark = [needs_libreoffice, pytest.mark.xdist_group("quotes")]

# Of the worked case: C is chosen at 32; B asks in euros, D has expired, E is late, C at 128 waits.
LIVE: tuple[dict[str, Any], ...] = (
    {"quotes.1.price": 370000},  # A falls below C
    {"quotes.2.price": 300000, "quotes.2.incoterm": "DDP"},
    {"currencies.EUR.rate": 0.7},
    {"quotes.1.incoterm": "DAP", "quotes.4.incoterm": "FOB"},
    {"fleet_gpus": 1024},  # 128 servers: the next break
    {"fleet_gpus": 240},  # 30 servers: the break before
    {"quotes.6.valid_until": "2026-11-21"},  # on the last day it counts
    {"quotes.4.valid_until": "2026-11-20"},  # the break before counts
    {f"quotes.{row}.valid_until": "2026-10-01" for row in range(1, 8)},  # the price given stands
    {"lead_limit_days": 210},
    {"lead_limit_days": 100},
    {"server_vendor": "B"},
    {"server_vendor": "E"},  # none of E's counts
    {"quotes.1.round": 2},
    {"quotes.5.round": 3},  # C's last answer is for more servers than are bought
    {"quotes.3.alternate": "liquid cooled", "quotes.3.price": 390000},
    {"quotes.2.price": 388000, "quotes.2.currency": "USD", "quotes.2.warranty_years": 5},
    {"customs_basis": "fob", "warranty_required_years": 5, "acceptance_days": 60},
    {"quotes.4.duty_rate": 0.05, "quotes.1.duty_rate": 0, "duty_rate": 0.1},
    {
        "quotes.4.deposit_share": 0.5,
        "quotes.4.delivery_share": 0.5,
        "quotes.4.net_days": 30,
        "discount_rate": 0.12,
    },
    {"quotes.4.power_kw": 20, "power_growth": 0.05, "discount_timing": "mid"},
    {"facility_basis": "own_dc", "horizon_years": 3},
    {"quotes.4.complies": "no", "quotes.4.deviation": "air cooled"},
    {
        "delay_weeks": 20,
        "quotes.1.damages_share": 0.005,
        "quotes.1.damages_cap": 0.05,
        "quotes.2.guaranteed_share": 1,
    },
    {"quotes.2.useful_share": 1.5},
    {"award_reason": "proven", "award_approver": "board", "award_date": "2026-11-22"},
)
# Of the bundled request: every column of its three tables.
EDITS: dict[str, tuple[dict[str, Any], ...]] = {
    "rfq-512-b200": (
        {"quotes.1.price": 500_000, "quotes.1.item": "server", "server_vendor": "lowest"},
        {"quotes.3.vendor": "Vendor Z", "quotes.3.document": "Z-1", "server_vendor": "Vendor C"},
        {"quotes.4.lead_weeks": 12, "quotes.4.min_quantity": 32, "quotes.4.round": 2},
        {"quotes.5.alternate": "two-phase", "quotes.5.power_kw": 9, "quotes.5.useful_share": 1.2},
        {"quotes.3.incoterm": "EXW", "quotes.3.duty_rate": 0.1, "customs_basis": "fob"},
        {"quotes.1.valid_until": "2026-11-20", "quotes.3.warranty_years": 1},
        {"quotes.1.deposit_share": 0, "quotes.1.delivery_share": 1, "quotes.1.net_days": 60},
        {"quotes.1.complies": "no", "quotes.1.deviation": "air cooled"},
        {"quotes.1.damages_share": 0.01, "quotes.1.damages_cap": 0.1,
         "quotes.1.guaranteed_share": 1, "delay_weeks": 12},
        {"quotes.1.currency": "USD", "currencies.EUR.rate": 1.2,
         "currencies.EUR.date": "2026-11-01"},
        {"currencies.EUR.currency": "GBP", "quotes.1.currency": "GBP", "quotes.2.currency": "GBP"},
        {"rent_quotes.1.price": 2.5, "rent_quotes.1.ramp_months": 6, "rent_quotes.1.round": 2},
        {"rent_quotes.3.provider": "Provider P", "rent_quotes.3.round": 2},
        {"rent_quotes.2.commitment": "block", "rent_quotes.2.currency": "EUR"},
        {"rent_quotes.3.term_months": 48, "rent_quotes.3.min_gpus": 600},
        {"rent_quotes.1.price_growth": 0.05, "rent_quotes.1.goodput": 0.7,
         "rent_quotes.1.support_share": 0.1, "rent_quotes.1.exit_fee_share": 1},
        {"rent_quotes.1.storage_price": 0.05, "rent_quotes.1.egress_price": 0.1,
         "rent_quotes.1.setup_cost": 9e5, "rent_storage_gb": 1e6, "rent_egress_gb": 1e6},
        {"rent_quotes.1.valid_until": "2026-11-01", "rent_quotes.3.valid_until": "2026-11-01"},
        {"runs_over_horizon": 8, "fleet_gpus": 1024},
        # No residual is stated: it follows from the used prices and the horizon.
        {"horizon_years": 2, "generation_age_years": 1.5, "used_spread_width": 1},
        {"chip": "h100-sxm5-80gb", "used_prices.16.price": 20_000, "used_prices.10.kind": "asked"},
        {"used_prices.9.generation": "blackwell", "used_prices.38.kind": "bid",
         "used_prices.39.low": 9000, "used_prices.39.high": 16_000, "used_most_years": 5},
        {"used_prices.11.chip": "A100", "used_prices.11.released": "2020-06-01",
         "used_prices.12.observed": "2026-05-01", "used_prices.12.new_price": 22_000,
         "used_prices.13.sales": 5},
        {"used_least_years": 6.6, "general_weight": 0},  # one row counts: there is no range
        {"used_least_years": 9.5, "used_most_years": 9.6},  # no row counts: the trend
        {"successor_year": 3, "successor_drop_share": 0.3, "generation": "no such"},
        {"residual_share": 0.2, "successor_year": 4, "successor_drop_share": 0.5},
    ),
}  # fmt: skip
OF_A_RUN: tuple[dict[str, Any], ...] = (
    {"quotes.1.price": 300000},
    {"deadline_days": 40},
    {"server_vendor": "Vendor B", "result_needed_days": 120},
    {"quotes.2.valid_until": "2026-01-01", "quotes.1.lead_weeks": 30},
)
OF_A_SPLIT: tuple[dict[str, Any], ...] = (
    {"awards.1.share": 0.75, "awards.2.share": 0.25},  # C's part falls below its break
    {"awards.1.share": 0.6},  # together more than the order
    {"awards.1.vendor": "B"},
    {"award_basis": "single"},
    {"quotes.4.price": 700000, "fleet_gpus": 1024},
    {"awards.2.vendor": "D"},  # whose quote has expired
)
SPLIT = "awards:\n  - {vendor: A, share: 50 %}\n  - {vendor: C, share: 50 %}\n"
RUN = """
currencies:
  - {currency: EUR, rate: 1.08, date: 2026-11-20}
quotes:
  - {vendor: Vendor A, item: server, price: 112000, currency: USD, incoterm: EXW,
     valid_until: 2027-12-31, lead_weeks: 14, warranty_years: 3, deposit_share: 30 %,
     delivery_share: 60 %, power_kw: 6.5}
  - {vendor: Vendor B, item: server, price: 99000, currency: EUR, incoterm: CIP,
     valid_until: 2027-12-31, lead_weeks: 20, warranty_years: 1, deposit_share: 40 %,
     delivery_share: 50 %, min_quantity: 500, power_kw: 6.5}
"""


def _built(folder: Path, name: str, text: str) -> Path:
    """A scenario of that text, and beside it its book."""
    file = folder / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    file.with_suffix(".xlsx").write_bytes(workbook(load(str(file))))
    return file


@pytest.fixture(scope="module")
def tabulation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked case."""
    text = written(GOLDEN["inputs"], GOLDEN["quotes"])
    return _built(tmp_path_factory.mktemp("live"), "tabulation", text)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked case, split over two vendors."""
    text = written(GOLDEN["inputs"], GOLDEN["quotes"]) + SPLIT
    return _built(tmp_path_factory.mktemp("live"), "shared", text)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose fleet is owned over years and quoted, with its table of deadlines."""
    text = (bundled("scenarios") / "buy-or-rent-100b.yaml").read_text(encoding="utf-8")
    return _built(tmp_path_factory.mktemp("live"), "run", text + RUN)


def _opened(office: Office, file: Path) -> Live:
    return Live(office, str(file), file.with_suffix(".xlsx"))


def _differences(office: Office, file: Path, edit: dict[str, Any]) -> list[str]:
    live = _opened(office, file)
    return live.differences(live.after(edit), load(str(file), sets(edit)))


@pytest.mark.parametrize("edit", sampled(LIVE, every=6), ids=named)
def test_an_edit_is_the_tabulation_built_anew(
    edit: dict[str, Any], office: Office, tabulation: Path
) -> None:
    wrong = _differences(office, tabulation, edit)
    assert not wrong, "\n".join(wrong[:12])


def test_the_program_has_the_worked_case(office: Office, tabulation: Path) -> None:
    """Every figure of the other computation, to nine digits, as LibreOffice computes it."""
    live = _opened(office, tabulation)
    got = live.after({"server_vendor": "B"})  # computed anew, and none of these rests on it
    for key in (one for one in GOLDEN["rows"][0] if one.startswith("quote_")):
        for row, cell in zip(GOLDEN["rows"], live.range_of(key), strict=True):
            assert float(got(cell)) == pytest.approx(row[key], rel=1e-9, abs=1e-9), (key, cell)


@pytest.mark.parametrize("edit", sampled(OF_A_RUN, every=4), ids=named)
def test_an_edit_is_the_run_built_anew(edit: dict[str, Any], office: Office, run: Path) -> None:
    wrong = _differences(office, run, edit)
    assert not wrong, "\n".join(wrong[:12])


@pytest.mark.parametrize("edit", sampled(OF_A_SPLIT, every=3), ids=named)
def test_an_edit_is_the_split_built_anew(
    edit: dict[str, Any], office: Office, shared: Path
) -> None:
    wrong = _differences(office, shared, edit)
    assert not wrong, "\n".join(wrong[:12])


@pytest.mark.parametrize("column", [2, 5, 10])
def test_sorting_the_sheet_of_quotes_moves_nothing(
    column: int, office: Office, shared: Path
) -> None:
    live = _opened(office, shared)
    model = load(str(shared)).model
    cells = live.range_of("offered_vendor")
    right = address(1, live.layout["Tables"].extent[1]).rstrip("1")
    area = f"A{cells[0][1]}:{right}{cells[-1][1]}"
    keys = [key for key, one in model.items.items()
            if one.along is None and key in live.layout.names]  # fmt: skip
    before = {key: live.book[live.named(key)] for key in keys}
    rows = live.book.values["Tables"]
    what = {"sheet": "Tables", "area": area, "column": column, "ascending": False}
    after = live.book.after(("sort", what))
    assert after["Tables"] != rows, "nothing was sorted"
    wrong = {key: (one, live.book[live.named(key)]) for key, one in before.items()
             if not agree(one, live.book[live.named(key)])}  # fmt: skip
    assert not wrong

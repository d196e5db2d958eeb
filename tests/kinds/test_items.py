"""A bill of materials by items: quantities, categories, every total, and what counts twice."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tco.errors import Mistakes
from tco.model import model_for
from tco.page.report import as_json
from tco.verify import verify
from tco.workbook.build import workbook
from tco.workbook.layout import lay_out
from tests.loaded import load
from tests.office import Office, needs_libreoffice
from tests.office.live import STATE, Live, named, sets
from tests.sampling import sampled

OWN = "workload: {kind: own, days_needed: 200 days}\n"
FLEET = "own: {fleet_gpus: 512, utilization: 75 %}\n"
RUN = "workload: {parameters: 70B, tokens: 15T, deadline: 90 days}\n"
CHIP = "as_of: 2026-11-21\nfleet: {chip: b200-sxm-180gb}\n"
SHARES = {"servers_per_rack": 4, "freight_share": 0.01, "duty_rate": 0.02, "sales_tax_rate": 0.06}
ITEMS = (
    ("HGX B200 server", "server", "server", 1, 420_000),
    ("Network card", "network", "gpu", 1, 1_900),
    ("Switch", "network", "switch", 1, 36_000),
    ("Optics", "network", "link", 2, 600),
    ("Fibre", "network", "link", 1, 80),
    ("Storage", "storage", "fleet", 1, 750_000),
    ("Rack", "rack", "rack", 1, 4_500),
    ("PDU", "rack", "kw", 0.06, 2_200),
    ("Cluster software", "software", "gpu", 1, 450),
    ("Installation", "integration", "rack", 1, 6_000),
    ("Spare parts", "spares", "server", 0.03, 60_000),
    ("Support paid ahead", "other", "server", 1, 9_000),
)
KEYS = ("item", "category", "per", "count_per", "unit_price")
# 64 servers of 14.3 kW; 512 GPUs: 16 leaves, 8 spines, 512 + 512 links; 16 racks; 1,006.72 kW.
QUANTITIES = [64, 512, 24, 2_048, 1_024, 1, 16, 61, 512, 16, 2, 64]
BY_HAND = {
    "server_cost": 26_880_000,
    "network_cost": 972_800 + 864_000 + 1_228_800 + 81_920,
    "storage_cost": 750_000,
    "rack_cost": 72_000 + 134_200,
    "software_cost": 230_400,
    "other_item_cost": 576_000,
    "integration_cost": 96_000,
    "spares_kit_cost": 120_000,
    "hardware_cost": 30_983_720,
    "freight_cost": 309_837.2,
    "duty_cost": 619_674.4,
    "sales_tax_cost": 1_859_023.2,
    "warranty_cost": 0,
    "contingency_cost": 3_479_465.48,
    "capex": 38_274_120.28,
}
# The lines of every bill, each of which stands in capex once.
LINES = ("server_cost", "network_cost", "storage_cost", "rack_cost", "software_cost",
         "other_item_cost", "freight_cost", "duty_cost", "sales_tax_cost", "warranty_cost",
         "integration_cost", "spares_kit_cost", "contingency_cost")  # fmt: skip


def rows(items: Iterable[tuple[Any, ...]], indent: str = "") -> str:
    """The table as a file has it."""
    said = (", ".join(f"{key}: {value}" for key, value in zip(KEYS, one, strict=True))
            for one in items)  # fmt: skip
    return f"{indent}items:\n" + "".join(f"{indent}  - {{{one}}}\n" for one in said)


def block(name: str, values: Mapping[str, Any]) -> str:
    return f"{name}:\n" + "".join(f"  {key}: {value}\n" for key, value in values.items())


def written(folder: Path, text: str, name: str = "mine") -> str:
    file = folder / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def own(folder: Path, items: Iterable[tuple[Any, ...]] = ITEMS, **buy: Any) -> str:
    return written(folder, OWN + CHIP + FLEET + block("buy", {**SHARES, **buy}) + rows(items))


def run(folder: Path, items: Iterable[tuple[Any, ...]] = ITEMS, beside: str = "") -> str:
    return written(folder, RUN + CHIP + beside + block("buy", SHARES) + rows(items))


def test_512_gpus_by_hand(tmp_path) -> None:
    got = load(own(tmp_path)).numbers
    assert list(got["item_quantity"]) == QUANTITIES
    costs = [count * one[4] for count, one in zip(QUANTITIES, ITEMS, strict=True)]
    assert list(got["item_cost"]) == costs
    for key, amount in BY_HAND.items():
        assert got[key] == pytest.approx(amount, rel=1e-12), key
    assert sum(float(got[key]) for key in LINES) == pytest.approx(got["capex"], rel=1e-12)
    assert got["errors"] == 0 and got["server_unit_price"] == 420_000


def test_the_tables_are_in_the_json(tmp_path) -> None:
    tables = as_json(load(own(tmp_path)))["tables"]
    assert [row["item_quantity"] for row in tables["items"]] == QUANTITIES
    assert {row["id"]: row["category_cost"] for row in tables["item_categories"]} == {
        "server": 26_880_000, "network": 3_147_520, "storage": 750_000, "rack": 206_200,
        "software": 230_400, "integration": 96_000, "spares": 120_000, "other": 576_000,
    }  # fmt: skip


ENTRANCES = {
    "at the margin": FLEET + block("buy", SHARES) + rows(ITEMS),
    "below buy": FLEET + block("buy", SHARES) + rows(ITEMS, "  "),
    "below own": block("buy", SHARES) + "own:\n  fleet_gpus: 512\n  utilization: 75 %\n"
    + rows(ITEMS, "  "),
    "basis named": FLEET + block("buy", {**SHARES, "bom_basis": "items"}) + rows(ITEMS),
}  # fmt: skip


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_every_entrance_leads_to_the_same_figures(entrance: str, tmp_path) -> None:
    got = load(written(tmp_path, OWN + CHIP + ENTRANCES[entrance])).numbers
    whole = load(own(tmp_path)).numbers
    for key in ("capex", "npv_own", "verdict_sentence", "errors"):
        assert got[key] == whole[key], key


def test_a_row_is_set_by_its_name(tmp_path) -> None:
    file = own(tmp_path)
    got = load(file, ["items.Switch.unit_price=40_000", "items.5.count_per=3"]).numbers
    more = 24 * 4_000 + 2_048 * 80
    assert got["network_cost"] == BY_HAND["network_cost"] + more
    over = 1 + 0.01 + 0.02 + 0.06
    assert got["capex"] - BY_HAND["capex"] == pytest.approx(more * over * 1.1)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_changes_nothing(seed: int, tmp_path) -> None:
    mixed = [*ITEMS]
    random.Random(seed).shuffle(mixed)
    got, plain = load(own(tmp_path, mixed)).numbers, load(own(tmp_path)).numbers
    for key in (*LINES, "capex", "npv_own", "npv_own_after_tax", "errors"):
        assert got[key] == pytest.approx(plain[key], rel=1e-12), key
    quantities = dict(zip(got["items"], got["item_quantity"], strict=True))
    assert [quantities[one[0]] for one in ITEMS] == QUANTITIES


# ---- a straight computation -------------------------------------------------------------------


def drawn(rng: random.Random) -> list[tuple[Any, ...]]:
    """Items: always one server, the rest of any category by anything, and some by too little."""
    found = [("host", "server", "server", 1, rng.choice([0, 250_000, 431_234.56]))]
    for number in range(rng.randint(0, 14)):
        category = rng.choice(
            ["network", "storage", "rack", "software", "integration", "spares", "other"]
        )
        per = rng.choice(["server", "gpu", "switch", "link", "rack", "kw", "fleet"])
        count = rng.choice([0, 1, 2, 0.01, 1 / 3, 0.1, 7.5])
        found.append((f"row {number}", category, per, count, rng.choice([0, 12.5, 4_400])))
    rng.shuffle(found)
    return found


def straight(items: list[tuple[Any, ...]], got: Mapping[str, Any]) -> dict[str, float]:
    """The bill by the definitions alone, from the counts of the fleet and the fabric."""
    servers = math.ceil(float(got["fleet_gpus"]) / float(got["gpus_per_server"]))
    kw = servers * got["server_power_kw"] * (1 + got["ancillary_power_share"])
    number = {
        "server": servers,
        "gpu": got["fleet_gpus"],
        "switch": got["network_switches"],
        "link": got["network_links"],
        "rack": math.ceil(servers / 4),
        "kw": kw,
        "fleet": 1,
    }

    def whole(x: float) -> int:
        return math.ceil(round(float(x), 6))

    cost: dict[str, float] = {}
    for _, category, per, count, price in items:
        cost[category] = cost.get(category, 0) + whole(count * number[per]) * price
    server = cost["server"]
    out = {
        "server_cost": server,
        "network_cost": cost.get("network", server * got["network_share"]),
        "storage_cost": cost.get("storage", 250_000),
        "rack_cost": cost.get("rack", server * got["rack_share"]),
        "software_cost": cost.get("software", 0),
        "other_item_cost": cost.get("other", 0),
    }  # fmt: skip
    hardware = server + out["network_cost"] + out["storage_cost"] + out["rack_cost"]
    out["integration_cost"] = cost.get("integration", hardware * got["integration_share"])
    out["spares_kit_cost"] = cost.get("spares", server * got["spares_cost_share"])
    out |= {"freight_cost": hardware * 0.01, "duty_cost": hardware * 0.02,
            "sales_tax_cost": hardware * 0.06, "warranty_cost": 0}  # fmt: skip
    before = sum(out.values())
    out["contingency_cost"] = before * got["contingency_share"]
    out["capex"] = before + out["contingency_cost"]
    return out


@pytest.mark.parametrize("seed", sampled(range(40), every=4))
def test_a_random_bill_is_what_the_definitions_say(seed: int, tmp_path) -> None:
    rng = random.Random(seed)
    items = drawn(rng)
    if rng.random() < 0.5:
        file = own(tmp_path, items, spares_cost_share=0.02)
    else:
        file = run(tmp_path, items, rng.choice(["", "own: {utilization: 50 %}\n"]))
    got = load(file).numbers
    for key, wanted in straight(items, got).items():
        assert float(got[key]) == pytest.approx(wanted, rel=1e-9, abs=1e-6), key
    assert got["items_stand_once"] == got["bill_stands_once"] == 0


def test_a_category_without_items_has_its_share(tmp_path) -> None:
    got = load(own(tmp_path, ITEMS[:1])).numbers
    server = BY_HAND["server_cost"]
    assert got["network_cost"] == pytest.approx(server * got["network_share"])
    assert got["rack_cost"] == pytest.approx(server * 0.02)
    assert got["storage_cost"] == 250_000
    assert load(own(tmp_path, ITEMS[:1], storage_cost=600_000)).numbers["storage_cost"] == 600_000
    counted = load(own(tmp_path, ITEMS[:1], network_basis="counts")).numbers
    assert counted["network_cost"] == 24 * counted["switch_price"] + 1_024 * counted["link_price"]


# ---- the run ------------------------------------------------------------------------------------


@pytest.mark.parametrize("basis", ["items", "server"])
@pytest.mark.parametrize("facility", ["", "colo", "own_dc"])
def test_buying_is_capex_of_the_fleet_its_space_power_and_staff(
    basis: str, facility: str, tmp_path
) -> None:
    beside = f"own: {{utilization: 50 %, facility_basis: {facility}}}\n" if facility else ""
    text = RUN + CHIP + beside
    if basis == "items":
        text += block("buy", SHARES) + rows(ITEMS)
    else:
        text += "buy: {server_price: 420_000, sales_tax_rate: 6 %, software_cost: 1_000_000}\n"
    n = load(written(tmp_path, text)).numbers
    years = n["days_needed"] * 24 / n["hours_per_year"]
    space = n["power_kw"] * n["colo_price"] * 12 * years
    if facility == "own_dc":
        built = n["it_power_kw"] * n["dc_price_per_kw"] * (1 + n["dc_premium_share"])
        space = built * n["dc_upkeep_share"] * years
    assert n["buy_total"] == pytest.approx(
        n["capex"] + space + n["energy_cost"] + n["staff_cost"], rel=1e-12
    )
    assert n["bom_applied"] == basis and n["total_adds_up"] == n["evidence_adds_up"] == 0


def test_the_run_pays_its_part_of_a_larger_fleet(tmp_path) -> None:
    file = run(tmp_path, beside="own: {utilization: 50 %}\n")
    n = load(file).numbers
    twice = load(file, [f"owned_gpus={2 * n['gpus']:.0f}"]).numbers
    part = twice["capex"] / 2
    assert twice["accelerators_cost"] + twice["other_hardware_cost"] == pytest.approx(part)


@pytest.mark.parametrize("sets_", [
    ["server_price=420_000"], ["bom_basis=shares", "sales_tax_rate=6 %"],
])  # fmt: skip
def test_sales_tax_is_one_line_of_every_bill(sets_: list[str]) -> None:
    name = "buy-or-rent-100b"
    plain = load(name, [*sets_, "sales_tax_rate=0"]).numbers
    taxed = load(name, [*sets_, "sales_tax_rate=6 %"]).numbers
    assert plain["sales_tax_cost"] == 0
    assert taxed["sales_tax_cost"] == pytest.approx(plain["hardware_cost"] * 0.06)
    more = taxed["sales_tax_cost"] * (1 + plain["contingency_share"])
    assert taxed["capex"] - plain["capex"] == pytest.approx(more)
    assert taxed["npv_own"] < plain["npv_own"]


@pytest.mark.parametrize("key", ["software_cost", "other_item_cost", "warranty_cost"])
def test_what_a_bill_by_servers_has_beside_is_in_capex_once(key: str) -> None:
    plain = load("own-1024-h100").numbers
    more = load("own-1024-h100", [f"{key}=1_000_000"]).numbers
    added = 1_000_000 * (1 + plain["contingency_share"])
    assert more["capex"] - plain["capex"] == pytest.approx(added)
    assert more["bill_stands_once"] == more["capex_adds_up"] == 0


# ---- what is refused, and what is found ----------------------------------------------------------

SECOND = ("Baseboard", "server", "gpu", 1, 40_000)


@pytest.mark.parametrize(
    ("items", "buy", "words"),
    [
        ((*ITEMS, SECOND), {}, "the host is counted twice, again by 1 of the items"),
        (ITEMS, {"server_price": 400_000}, "the host is counted twice: by 1 of the items"),
        (ITEMS, {"bom_basis": "server"}, "bom_basis is server, which leaves the table items out"),
        (ITEMS[1:], {}, "no item is of category server, and server_price is not given"),
    ],
)
def test_a_host_is_counted_once_or_refused(
    items: tuple[Any, ...], buy: dict[str, Any], words: str, tmp_path
) -> None:
    with pytest.raises(Mistakes, match=words):
        load(own(tmp_path, items, **buy))


def test_servers_may_have_a_price_and_the_rest_be_items(tmp_path) -> None:
    got = load(own(tmp_path, ITEMS[1:], server_price=420_000)).numbers
    for key, amount in BY_HAND.items():
        assert got[key] == pytest.approx(amount, rel=1e-12), key


def test_an_item_by_the_rack_asks_for_the_servers_in_one(tmp_path) -> None:
    with pytest.raises(Mistakes, match="2 of the items are counted by the rack, the first: Rack"):
        load(written(tmp_path, OWN + CHIP + FLEET + rows(ITEMS)))


def test_without_a_table_items_are_no_basis() -> None:
    for name in ("own-1024-h100", "llm-100b-10d"):
        with pytest.raises(Mistakes, match="bom_basis is items, and there is no table items"):
            load(name, ["bom_basis=items"])
    plain, named_ = load("own-1024-h100").numbers, load("own-1024-h100", ["bom_basis=server"])
    assert plain["capex"] == named_.numbers["capex"]


# What breaks each check of a bill by items, and what it says.
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "items_stand_once": ({"network_cost": 5e6}, "1 lines of the bill are given beside their items"),
    "bill_stands_once": ({"bill_over_capex": 0.95}, "the lines of the bill are 95.0000% of capex"),
    "host_listed_once": ({"hosts_again": 1.0}, "the host is counted twice, again by 1 of"),
    "racks_known": ({"unracked_items": 3.0}, "3 of the items are counted by the rack"),
    "server_priced_once": ({"server_price": 4e5}, "and by a price of a server of 400,000"),
    "server_is_priced": ({"server_items": 0.0}, "no item is of category server"),
    "items_count": ({"bom_basis": "shares"}, "bom_basis is shares, which leaves the table"),
    "network_ways_agree": ({"network_items": 0.0}, "by share 6,305,185, by switches and links"),
}


@pytest.mark.parametrize("key", BROKEN)
def test_a_check_fires_where_it_is_broken_and_only_there(key: str, tmp_path) -> None:
    overrides, words = BROKEN[key]
    made = load(own(tmp_path))
    assert made.numbers[key] == 0
    given = made.model.given([name for name in overrides if name in made.model.lines])
    got = given.evaluate({**made.computable, **overrides}, only=[key, f"{key}_note"])
    assert got[key] == 1 and words in got[f"{key}_note"], got[f"{key}_note"]


def test_a_line_given_beside_its_items_is_an_error(tmp_path) -> None:
    got = load(own(tmp_path), ["storage_cost=900_000"]).numbers
    assert got["errors"] > 0 and "first of category storage" in str(got["items_stand_once_note"])


# ---- the workbook --------------------------------------------------------------------------------


def test_the_bill_shows_the_items(tmp_path) -> None:
    cells = lay_out(load(own(tmp_path)))["Bill"].cells
    shown = [str(cell.value) for cell in cells.values()]
    assert {one[0] for one in ITEMS} <= set(shown)
    heads = {str(cell.value) for cell in cells.values()}
    assert {"Quantity", "Price of one, USD", "Cost of the item, USD", "By items, USD"} <= heads
    assert any(cell.value == 3_147_520 for cell in cells.values())


WAYS = (
    ("", ()), ("own: {utilization: 50 %}\n", ()),
    ("own: {utilization: 50 %, facility_basis: own_dc}\n", ("deadline=45 days",)),
)  # fmt: skip


@pytest.mark.parametrize(("beside", "settings"), sampled(WAYS, every=2), ids=str)
def test_engines_agree(beside: str, settings: tuple[str, ...], tmp_path) -> None:
    path = tmp_path / "items.xlsx"
    path.write_bytes(workbook(load(run(tmp_path, beside=beside), settings)))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


def test_a_deadline_of_the_table_is_the_scenario_of_that_deadline(tmp_path) -> None:
    """Items are counted anew for each deadline, not scaled."""
    made = load(run(tmp_path))
    table = as_json(made)["tables"]["deadlines"]
    for row in table[::5]:
        alone = load(run(tmp_path), [f"deadline={row['deadline_days']:.0f} days"]).numbers
        assert row["buy_total"] == pytest.approx(float(alone["buy_total"]), rel=1e-12)
    assert len({row["buy_total"] for row in table}) > 3


FLEET_EDITS: tuple[dict[str, Any], ...] = (
    {"items.HGX B200 server.unit_price": 390_000, "freight_share": 0.03},
    {"items.PDU.per": "rack", "items.Fibre.count_per": 0.4},
    {"items.Cluster software.category": "other", "items.Storage.category": "software"},
    {"servers_per_rack": 3, "sales_tax_rate": 0, "fleet_gpus": 1_001},
    {"bom_basis": "items", "items.Network card.category": "spares"},
    {"bom_basis": "server"},
    {"server_price": 400_000},
    {"items.HGX B200 server.category": "other"},
    {"items.Spare parts.category": "server", "items.Spare parts.per": "gpu"},
)
RUN_EDITS: tuple[dict[str, Any], ...] = (
    {"deadline_days": 45, "items.Switch.unit_price": 50_000},
    {"owned_gpus": 4_096, "facility_basis": "own_dc"},
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A fleet and a run, each in a file of its own."""
    folders = {kind: tmp_path_factory.mktemp(kind) for kind in ("fleet", "run")}
    return {"fleet": own(folders["fleet"]),
            "run": run(folders["run"], beside="own: {utilization: 50 %}\n")}  # fmt: skip


@needs_libreoffice
@pytest.mark.parametrize(
    ("kind", "overrides"),
    [
        *(("fleet", one) for one in sampled(FLEET_EDITS, every=2)),
        *(("run", one) for one in sampled(RUN_EDITS, every=2)),
    ],
    ids=lambda one: one if isinstance(one, str) else named(one),
)
def test_an_edit_in_the_file_is_the_scenario_built_anew(
    kind: str, overrides: dict[str, Any], files: dict[str, str], office: Office
) -> None:
    path = Path(files[kind]).with_suffix(".xlsx")
    if not path.exists():
        path.write_bytes(workbook(load(files[kind])))
    live = Live(office, files[kind], path)
    got = live.after(overrides)
    try:
        rebuilt = load(files[kind], sets(overrides))
    except Mistakes as refused:
        assert str(got(STATE)).startswith("FAIL"), refused
        assert live.fired(got) and all(live.fired(got).values())
        return
    wrong = live.differences(got, rebuilt)
    assert not wrong, "\n".join(wrong[:12])


def test_the_same_prices_lead_to_the_same_bill_over_many_cases(tmp_path) -> None:
    """Side by side or alone: what items come to where the fleet varies."""
    made = load(run(tmp_path))
    days = [20.0, 45.0, 90.0, 133.0]
    found = made.cases({"deadline_days": days}, ["item_cost", "capex", "rack_cost"])
    for place, one in enumerate(days):
        alone = load(run(tmp_path), [f"deadline_days={one}"]).numbers
        assert np.allclose(found["item_cost"][:, place], alone["item_cost"], rtol=1e-12)
        assert found["capex"][place] == pytest.approx(float(alone["capex"]), rel=1e-12)


def test_a_bill_without_items_has_none_of_their_lines() -> None:
    for kind in ("own", "train"):
        plain, listed = model_for(kind, billed=True), model_for(kind, billed=True, listed=True)
        assert "item_cost" not in plain and "item_cost" in listed
        assert set(listed.tables) - set(plain.tables) == {"items"}


# ---- evidence ------------------------------------------------------------------------------------


def sourced(*servers: tuple[str, float, str, str]) -> str:
    """Items of servers, each with its price, source and date, and one of network."""
    told = "".join(
        f"  - {{item: {name}, category: server, per: server, count_per: 1, unit_price: {price}, "
        f'source: "{source}", date: {date}}}\n'
        for name, price, source, date in servers
    )
    return f"items:\n{told}" + rows(ITEMS[2:3]).removeprefix("items:\n")


@pytest.mark.parametrize("turned", [False, True])
def test_servers_rest_on_the_source_of_the_dearest_of_them(turned: bool, tmp_path) -> None:
    servers = [("Base", 20_000, "guess: ours", "2025-01-05"),
               ("Host", 400_000, "quote: Vendor A", "2026-11-01")]  # fmt: skip
    text = RUN + CHIP + sourced(*(servers[::-1] if turned else servers))
    made = load(written(tmp_path, text))
    n = made.numbers
    kinds = dict(zip(made.row_ids("evidence_kinds"), n["kind_buy"], strict=True))
    assert kinds["quote"] == pytest.approx(n["server_cost"]) == n["servers"] * 420_000
    prices = dict(zip(made.row_ids("prices"), n["price_date"], strict=True))
    assert prices["listed_servers"] == "2026-11-01" and n["evidence_adds_up"] == 0
    path = tmp_path / "sourced.xlsx"
    path.write_bytes(workbook(made))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


# ---- beside quotes -------------------------------------------------------------------------------

QUOTED = (
    "currencies:\n  - {currency: EUR, rate: 1.1, date: 2026-11-20}\nquotes:\n"
    "  - {vendor: Vendor A, item: server, price: 380_000, currency: EUR, min_quantity: 1,"
    " incoterm: EXW, valid_until: 2026-12-31, lead_weeks: 8, warranty_years: 3,"
    " deposit_share: 0, delivery_share: 1, power_kw: 14.3}\n"
)


@pytest.mark.parametrize("start", [OWN + FLEET, RUN + "own: {utilization: 50 %}\n"])
def test_servers_may_be_quoted_and_the_rest_be_items(start: str, tmp_path) -> None:
    buy = {**SHARES, "transit_insurance_share": 0, "warranty_required_years": 3}
    made = load(written(tmp_path, start + CHIP + block("buy", buy) + rows(ITEMS[1:]) + QUOTED))
    n, price = made.numbers, 380_000 * 1.1
    assert n["server_unit_price"] == pytest.approx(price)
    rest = n["hardware_cost"] - n["server_cost"]
    landed = price * 1.01 if n["customs_basis"] == "cif" else price
    assert n["freight_cost"] == pytest.approx((rest + n["servers"] * price) * 0.01)
    assert n["duty_cost"] == pytest.approx((rest + n["servers"] * landed) * 0.02)
    assert n["network_cost"] == sum(
        cost for cost, category in zip(n["item_cost"], n["listed_category"], strict=True)
        if category == "network"
    )  # fmt: skip
    assert n["errors"] == n["bill_stands_once"] == 0
    path = tmp_path / "quoted.xlsx"
    path.write_bytes(workbook(made))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


def test_a_quote_beside_items_of_servers_counts_the_host_twice(tmp_path) -> None:
    text = OWN + FLEET + CHIP + block("buy", SHARES) + rows(ITEMS) + QUOTED
    with pytest.raises(Mistakes, match="counted twice: by 1 of the items, of category server"):
        load(written(tmp_path, text))


def test_a_run_whose_servers_are_quoted_is_read(tmp_path) -> None:
    """What refuses a basis reads the quotes, which read the years."""
    got = load(written(tmp_path, RUN + "own: {utilization: 50 %}\n" + CHIP + QUOTED)).numbers
    assert got["server_unit_price"] == pytest.approx(418_000) and got["bom_applied"] == "server"


def test_the_example_of_the_documentation_is_the_bill_by_hand(tmp_path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "items.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    got = load(written(tmp_path, example)).numbers
    for key, amount in BY_HAND.items():
        assert got[key] == pytest.approx(amount, rel=1e-12), key

"""Rent quotes side by side: by hand, by a straight computation, in any order, and in engines."""

from __future__ import annotations

import datetime
import functools
import math
import random
from pathlib import Path
from typing import Any

import pytest

from tco.errors import Mistakes
from tco.read.opening import locate
from tco.scenario import Scenario
from tco.verify import verify
from tco.workbook.build import workbook
from tests.kinds.common import flag
from tests.loaded import load
from tests.office import Office, needs_libreoffice
from tests.office.live import Live, named, sets
from tests.sampling import sampled

WAYS = ("on_demand", "reserved", "block")
OWN = ("fleet_gpus", "server_price", "utilization", "horizon_years", "go_live_fraction",
       "discount_timing", "discount_rate", "rent_growth", "rent_addon_basis", "rent_storage_gb",
       "rent_storage_price", "rent_egress_gb", "rent_egress_price", "rent_support_share",
       "rent_setup_cost", "rented_fte")  # fmt: skip
RENT = ("on_demand_price", "reserved_price", "reserved_term_hours", "rent_addon_share")
# Ten GPUs for two years of 1,000 hours, nothing discounted.
SMALL: dict[str, Any] = {
    "fleet_gpus": 10, "server_price": 400_000, "hours_per_year": 1_000, "utilization": 0.5,
    "horizon_years": 2, "discount_rate": 0, "rent_growth": 0.1, "rent_addon_basis": "share",
    "rent_addon_share": 0.05, "rent_storage_gb": 100, "rent_egress_gb": 7, "rent_setup_cost": 0,
    "on_demand_price": 9, "reserved_price": 8, "availability": 0.9, "rented_fte": 0,
    "reserved_term_hours": 1_000, "go_live_fraction": 1, "rates": {"USD": 1, "EUR": 2},
}  # fmt: skip
FULL = {
    "provider": "Vendor A", "commitment": "reserved", "price": 3, "currency": "EUR",
    "term_months": 24, "min_gpus": 8, "ramp_months": 6, "price_growth": 0.2, "goodput": 0.72,
    "support_share": 0.25, "storage_price": 0.5, "egress_price": 2, "setup_cost": 300,
    "exit_fee_share": 0.5, "valid_until": "2026-12-31",
}  # fmt: skip
PLAIN = {"provider": "Vendor B", "commitment": "on_demand", "price": 4, "currency": "USD",
         "valid_until": "2026-12-31"}  # fmt: skip
BLOCK = {"provider": "Vendor C", "commitment": "block", "price": 5, "currency": "USD",
         "valid_until": "2026-12-31"}  # fmt: skip


def written(i: dict[str, Any], quotes: list[dict[str, Any]]) -> str:
    """A scenario file with those inputs and rent quotes."""

    def block(*keys: str) -> str:
        return "".join(f"  {key}: {i[key]}\n" for key in keys if i.get(key) is not None)

    rates = "".join(f"  - {{currency: {code}, rate: {rate}, date: 2026-11-20}}\n"
                    for code, rate in i["rates"].items())  # fmt: skip
    rows = "".join(
        "  - {" + ", ".join(f"{key}: {value}" for key, value in one.items()) + "}\n"
        for one in quotes
    )  # fmt: skip
    return (
        "workload: {kind: own, days_needed: 20 days}\nas_of: 2026-11-21\n"
        f"fleet:\n  chip: h100-sxm5-80gb\n{block('availability')}"
        f"own:\n{block(*OWN)}energy:\n{block('hours_per_year')}rent:\n{block(*RENT)}"
        f"currencies:\n{rates}rent_quotes:\n{rows}"
    )


def scenario(folder: Path, i: dict[str, Any], quotes: list[dict[str, Any]]) -> Scenario:
    file = folder / "quoted.yaml"
    file.write_text(written(i, quotes), encoding="utf-8")
    return load(str(file))


# ---- by hand -------------------------------------------------------------------------------------


def test_a_small_table_by_hand(tmp_path) -> None:
    got = scenario(tmp_path, SMALL, [FULL, PLAIN, BLOCK]).numbers
    # A: 3 EUR of 2 USD are 6. One term of 24 months: 2 x 10,000 hours at one price, less a ramp of
    # half a year, half of it not reserved: 2,500 hours. 17,500 x 6 = 105,000; a quarter for
    # support 26,250; (100 x 0.5 x 12 + 7 x 2) x 2 USD x 2 years = 2,456; set up 600.
    # B: 5,000 hours at 4 and 5,000 at 4.4 are 42,000, and 5 % of it. C: at 5 and 5.5, likewise.
    assert list(got["rent_quote_cost"]) == pytest.approx([134_306, 44_100, 55_125])
    # Of 10,000 useful hours A has 72 of 90, or 8,000.
    assert list(got["rent_quote_useful_price"]) == pytest.approx([16.78825, 4.41, 5.5125])
    # A signs 1.75 years of 10,000 hours at 6 and a quarter, and 600; C one year of 5,000 at 5.25.
    assert list(got["rent_quote_obligation"]) == pytest.approx([131_850, 0, 26_250])
    # A leaves one year of 75,000 behind, and pays half of it.
    assert list(got["rent_quote_exit_cost"]) == pytest.approx([37_500, 0, 0])
    assert list(got["rent_quote_standing"]) == ["counts"] * 3
    assert list(got["rent_quote_best_of"]) == ["reserved", "on_demand", "block"]
    # What flows: all but the ramp, so 20,000 hours; a quarter more for support, and 90 over 72.
    assert got["npv_reserved"] == pytest.approx(-(20_000 * 6 * 1.25 * 1.25 + 2_456 + 600))
    assert got["npv_on_demand"] == pytest.approx(-44_100)
    assert got["npv_block"] == pytest.approx(-55_125)
    assert got["reserved_obligation"] == pytest.approx(20_000 * 6 * 1.25 * 1.25)


# ---- a straight computation ----------------------------------------------------------------------


def straight(i: dict[str, Any], quotes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each quote over the horizon, year by year, by the definitions alone."""
    r, shift = i["discount_rate"], 0.5 if i.get("discount_timing") == "mid" else 0.0
    years, live, use = range(1, i["horizon_years"] + 1), i["go_live_fraction"], i["utilization"]
    whole = i["fleet_gpus"] * i["hours_per_year"]
    rows = []
    for q in quotes:
        rate = i["rates"][q["currency"]]
        price, growth = q["price"] * rate, q.get("price_growth", i["rent_growth"])
        term = q["term_months"] / 12 if "term_months" in q else (
            i["reserved_term_hours"] / i["hours_per_year"])  # fmt: skip
        step = max(1, math.ceil(round(term, 9)))
        ramp = min(q.get("ramp_months", 0) / 12, live) / 2
        hours_cost = 0.0
        for t in years:
            hours, due = whole * (live if t == 1 else 1), (1 + r) ** -(t - shift)
            drifted = price * (1 + growth) ** (t - 1)
            if q["commitment"] == "on_demand":
                hours_cost += use * hours * drifted * due
            elif q["commitment"] == "block":
                hours_cost += use * hours * drifted * (1 + r) ** -(t - 1)
            else:
                hours -= whole * ramp if t == 1 else 0
                hours_cost += hours * price * (1 + growth) ** (step * ((t - 1) // step)) * due
        said = {"support_share", "storage_price", "egress_price"} & set(q)
        itemised = bool(said) or i["rent_addon_basis"] == "items"
        common = i["rent_support_share"] if itemised else i["rent_addon_share"]
        support = q.get("support_share", common)

        def own(key: str, q=q, rate=rate) -> float:
            return float(q[key] * rate if key in q else i[f"rent_{key}"])

        yearly = own("storage_price") * i["rent_storage_gb"] * 12
        yearly += own("egress_price") * i["rent_egress_gb"]
        items = yearly * itemised * sum((1 + r) ** -(t - shift) for t in years)
        cost = hours_cost * (1 + support) + items + own("setup_cost")
        useful = min(1, q["goodput"] / i["availability"]) if "goodput" in q else 1.0
        useful_hours = use * useful * sum(
            whole * (live if t == 1 else 1) * (1 + r) ** -(t - shift) for t in years)  # fmt: skip
        bound = {"on_demand": 0.0, "reserved": 1.0, "block": use}[q["commitment"]]
        a_year = bound * whole * price * (1 + support)
        signed = max(0, term - (ramp if q["commitment"] == "reserved" else 0))
        fits, open_ = q.get("min_gpus", 1) <= i["fleet_gpus"], q["valid_until"] >= "2026-11-21"
        last = max(one.get("round", 1) for one in quotes if all(
            one[key] == q[key] for key in ("provider", "commitment")))  # fmt: skip
        latest = q.get("round", 1) == last
        rows.append({
            "rent_quote_price": price, "rent_quote_cost": cost,
            "rent_quote_useful_hours": useful_hours,
            "rent_quote_useful_price": cost / useful_hours if use else None,
            "rent_quote_obligation": a_year * signed + own("setup_cost"),
            "rent_quote_exit_cost": a_year * max(0, term - 1) * q.get("exit_fee_share", 1),
            "rent_quote_counts": float(fits and open_ and latest),
            "rent_quote_standing": "superseded by a later round" if not latest else
                "counts" if fits and open_ else
                "asks for more GPUs than the fleet has" if open_ else "expired",
            "addon": (1 + support) / useful - 1, "items": yearly * itemised, "cost": cost / useful,
            "setup": own("setup_cost"), "growth": growth, "term": term, "quote": q,
        })  # fmt: skip
    return rows


def best(rows: list[dict[str, Any]], way: str) -> dict[str, Any] | None:
    """The one of a commitment that counts and costs least for the same useful work."""
    counting = [one for one in rows
                if one["quote"]["commitment"] == way and one["rent_quote_counts"]]  # fmt: skip
    return min(counting, default=None, key=lambda one: (
        round(one["cost"], 5), one["rent_quote_price"], one["quote"]["provider"].casefold(),
        round(one["rent_quote_obligation"], 5)))  # fmt: skip


def drawn(rng: random.Random) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A case: every commitment, terms that are given and not, ramps beyond going live, ties."""
    pick = rng.choice
    i = {
        **SMALL, "fleet_gpus": pick([8, 64, 1000]), "hours_per_year": 8_760,
        "utilization": pick([0, 0.4, 0.75, 1]), "horizon_years": rng.randint(1, 7),
        "go_live_fraction": pick([1, 1, 0.5, 0.1]), "discount_timing": pick(["end", "mid"]),
        "discount_rate": pick([0, 0.09, 0.15]), "rent_growth": pick([-0.05, 0, 0.1]),
        "rent_addon_basis": pick(["share", "items"]), "rent_storage_gb": pick([0, 1e5]),
        "rent_storage_price": 0.023, "rent_egress_price": 0.09, "rent_egress_gb": pick([0, 4e4]),
        "rent_support_share": pick([0, 0.04]), "rent_setup_cost": pick([0, 25_000]),
        "availability": pick([0.8, 0.95]), "reserved_term_hours": 8_760 * pick([0.25, 1, 3]),
        "rates": {"USD": 1, "EUR": pick([1.08, 0.9])},
    }  # fmt: skip
    quotes = []
    for number in range(rng.randint(1, 9)):
        day = datetime.date(2026, 11, 21) + datetime.timedelta(pick([-1, 0, 30, 60]))
        one: dict[str, Any] = {
            "provider": f"Vendor {pick('AB')}{number // 3}", "commitment": pick(WAYS),
            "price": pick([2, 2, 2.5, 3.1]), "currency": pick(["USD", "USD", "EUR"]),
            "valid_until": str(day),
        }  # fmt: skip
        more = {
            "term_months": [6, 12, 18, 36], "min_gpus": [8, 64, 2000], "ramp_months": [0, 3, 12],
            "price_growth": [-0.1, 0, 0.05], "goodput": [0.7, 0.85, 1], "support_share": [0, 0.1],
            "storage_price": [0, 0.02], "egress_price": [0.05], "setup_cost": [0, 9_000],
            "exit_fee_share": [0, 0.5], "round": [1, 2],
        }  # fmt: skip
        one |= {key: pick(values) for key, values in more.items() if rng.random() < 0.3}
        quotes.append(one)
    rng.shuffle(quotes)
    return i, quotes


@pytest.mark.parametrize("seed", sampled(range(120), every=10))
def test_a_random_table_is_what_the_definitions_say(seed: int, tmp_path) -> None:
    i, quotes = drawn(random.Random(seed))
    got = scenario(tmp_path, i, quotes).numbers
    rows = straight(i, quotes)
    for number, row in enumerate(rows):
        for key in (one for one in row if one.startswith("rent_quote_")):
            found, wanted = got[key][number], row[key]
            if isinstance(wanted, str):
                assert found == wanted, key
            elif wanted is None:
                assert math.isnan(found), key
            else:
                assert float(found) == pytest.approx(wanted, rel=1e-9, abs=1e-9), key
    for way in WAYS:
        agrees(got, i, way, best(rows, way))


def agrees(got: dict[str, Any], i: dict[str, Any], way: str, one: dict[str, Any] | None) -> None:
    """Whether a way to rent goes by the best quote of its kind, else by what is given."""
    if one is None:
        assert got[f"quoted_{way}_provider"] == "none"
        if way == "block":
            assert math.isnan(got["known_block_price"]) and math.isnan(got["npv_block"])
        else:
            assert got[f"known_{way}_price"] == i[f"{way}_price"]
        return
    assert got[f"quoted_{way}_provider"] == one["quote"]["provider"]
    terms = {"price": one["rent_quote_price"], "growth": one["growth"], "addon": one["addon"],
             "setup": one["setup"]}  # fmt: skip
    for what, wanted in terms.items():
        assert float(got[f"known_{way}_{what}"]) == pytest.approx(wanted, rel=1e-12), what
    if way == "reserved":
        wanted = one["term"] * i["hours_per_year"]
        assert float(got["known_reserved_term_hours"]) == pytest.approx(wanted)
    # The rival costs what the quote does, its hours as many more as do the same useful work; a
    # ramp is compared only.
    plain = {**one["quote"], "ramp_months": 0}
    cost = straight(i, [plain])[0]["rent_quote_cost"]
    more = hours_part(i, plain) * (1 / useful(i, plain) - 1)
    assert float(-got[f"npv_{way}"]) == pytest.approx(cost + more, rel=1e-9), way


def useful(i: dict[str, Any], q: dict[str, Any]) -> float:
    return min(1, q["goodput"] / i["availability"]) if "goodput" in q else 1.0


def hours_part(i: dict[str, Any], q: dict[str, Any]) -> float:
    """Hours and support of a quote: its cost without set up, storage and egress."""
    bare = {**i, "rent_setup_cost": 0, "rent_storage_gb": 0, "rent_egress_gb": 0}
    return float(straight(bare, [{**q, "setup_cost": 0}])[0]["rent_quote_cost"])


# ---- ties, and no order of rows ------------------------------------------------------------------

TIES = (
    # 2 x 20,000 is 1.9 x 20,000 and a setting up of 2,000: the lower price.
    ([{"price": 2, "provider": "A"}, {"price": 1.9, "provider": "Z", "setup_cost": 2_000}], "Z"),
    ([{"price": 2, "provider": "b"}, {"price": 2, "provider": "A"}], "A"),
    ([{"price": 2, "provider": "a"}, {"price": 2, "provider": "B"}], "a"),
    ([{"price": 2, "provider": "A"}, {"price": 1, "provider": "B", "min_gpus": 11}], "A"),
    ([{"price": 2, "provider": "A"}, {"price": 1, "provider": "B", "valid_until": "2026-11-20"}],
     "A"),
    ([{"price": 2, "provider": "A"}, {"price": 1.9, "provider": "B", "goodput": 0.8}], "A"),
)  # fmt: skip


@pytest.mark.parametrize(("offers", "wanted"), TIES)
def test_ties_go_by_price_then_by_name_whatever_the_row(offers, wanted, tmp_path) -> None:
    i = {**SMALL, "rent_growth": 0, "rent_addon_share": 0}
    quotes = [{**PLAIN, "commitment": "reserved", **one} for one in offers]
    for rows in (quotes, quotes[::-1]):
        assert scenario(tmp_path, i, rows).numbers["quoted_reserved_provider"] == wanted


def test_of_one_provider_the_offer_that_binds_less(tmp_path) -> None:
    i = {**SMALL, "rent_growth": 0}
    quotes = [{**PLAIN, "commitment": "reserved", "term_months": months} for months in (24, 12)]
    for rows in (quotes, quotes[::-1]):
        assert scenario(tmp_path, i, rows).numbers["known_reserved_term_hours"] == 1_000


@pytest.mark.parametrize("seed", sampled(range(12), every=6))
def test_sorting_the_rows_changes_nothing(seed: int, tmp_path) -> None:
    rng = random.Random(seed)
    i, quotes = drawn(rng)
    quotes += [dict(one) for one in quotes[:2]]
    before = scenario(tmp_path, i, quotes).numbers
    rng.shuffle(quotes)
    after = scenario(tmp_path, i, quotes).numbers
    for key, value in before.items():
        if key.startswith(("known_", "npv_", "quoted_")) or key in ("verdict_sentence",):
            assert str(after[key]) == str(value), key


# ---- where the best quote leads ------------------------------------------------------------------


def test_a_quote_leads_everywhere_at_once(tmp_path) -> None:
    """Of one line: the years, the run, the lenses, the curves, evidence and its driver."""
    file = tmp_path / "run.yaml"
    text = locate("buy-or-rent-100b").read_text(encoding="utf-8")
    quote = written(SMALL, [{**PLAIN, "price": 3.25}]).partition("currencies:")[2]
    file.write_text(f"{text}\ncurrencies:{quote}", encoding="utf-8")
    got, plain = load(str(file)), load("buy-or-rent-100b", ["on_demand_price=3.25"])
    assert got.numbers["known_on_demand_price"] == 3.25 != got.numbers["on_demand_price"]
    same = ("rent_on_demand_cost", "npv_on_demand", "run_on_demand", "grid_price", "rent_total",
            "breakeven_utilization", "deciding_advantage", "breakeven_runs")  # fmt: skip
    for key in same:
        assert str(got.numbers[key]) == str(plain.numbers[key]), key
    tie = "tie_on_demand_price"  # from ends of another range
    assert got.numbers[tie] == pytest.approx(plain.numbers[tie], rel=1e-12)
    rows = dict(zip(got.numbers["prices"], got.numbers["price_source"], strict=True))
    assert rows["on_demand_price"] == "quote: Vendor B"
    path = tmp_path / "run.xlsx"
    path.write_bytes(workbook(got))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


def test_without_a_quote_that_counts_the_price_given_stands_and_it_is_said(tmp_path) -> None:
    made = scenario(tmp_path, SMALL, [BLOCK, {**PLAIN, "min_gpus": 11}])
    assert made.numbers["known_on_demand_price"] == 9 and made.numbers["known_block_price"] == 5
    assert "no rent quote counts of the kind on_demand" in flag(made, "rent_quotes_lead")
    assert scenario(tmp_path, SMALL, [BLOCK]).numbers["rent_quotes_lead"] == 0


def test_a_price_of_storage_without_a_size_is_said(tmp_path) -> None:
    i = {**SMALL, "rent_storage_gb": 0, "rent_egress_gb": 0}
    made = scenario(tmp_path, i, [FULL])
    assert "rent_storage_gb is 0: give it" in flag(made, "rent_storage_known")
    assert "rent_egress_gb is 0: give it" in flag(made, "rent_egress_known")
    assert scenario(tmp_path, SMALL, [FULL]).numbers["rent_storage_known"] == 0


def test_a_csv_beside_the_scenario_is_the_same_table(tmp_path) -> None:
    said = "provider;commitment;price;currency;valid_until;goodput\n"
    said += "Vendor A;reserved;2,05;EUR;31.01.2027;72 %\nVendor B;on_demand;2,60;USD;31.12.2026;\n"
    (tmp_path / "rents.csv").write_text(said, encoding="utf-8")
    rows = [{**PLAIN, "provider": "Vendor A", "commitment": "reserved", "price": 2.05,
             "currency": "EUR", "goodput": 0.72}, {**PLAIN, "price": 2.6}]  # fmt: skip
    listed = scenario(tmp_path, SMALL, rows)
    file = tmp_path / "named.yaml"
    text = written(SMALL, rows).partition("rent_quotes:")[0]
    file.write_text(f"{text}rent_quotes: rents.csv\n", encoding="utf-8")
    named_ = load(str(file))
    assert list(named_.numbers["rent_quote_cost"]) == list(listed.numbers["rent_quote_cost"])
    assert named_.numbers["known_reserved_price"] == 4.1


WRONG = {
    "price: -1": "price", "commitment: forever": "on_demand", "currency: JPY": "currencies",
    "goodput: 120 %": "goodput", "ramp_months: 13": "ramp_months", "exit_fee_share: 2": "exit",
    "valid_until: soon": "valid_until",
}  # fmt: skip


@pytest.mark.parametrize("said", WRONG)
def test_a_mistake_in_a_row_is_told_with_its_line(said: str, tmp_path) -> None:
    key, _, value = said.partition(": ")
    with pytest.raises(Mistakes) as told:
        scenario(tmp_path, SMALL, [{**PLAIN, key: value}])
    assert WRONG[said] in str(told.value) and "quoted.yaml" in str(told.value)


# ---- engines -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", sampled([3, 17, 42, 77], every=3))
def test_engines_agree_on_a_random_table(seed: int, tmp_path) -> None:
    path = tmp_path / "quoted.xlsx"
    path.write_bytes(workbook(scenario(tmp_path, *drawn(random.Random(seed)))))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


LIVE = (
    {"rent_quotes.2.price": 1.1}, {"rent_quotes.2.price": 30}, {"rent_quotes.1.currency": "USD"},
    {"currencies.EUR.rate": 0.5}, {"rent_quotes.2.valid_until": "2026-11-20"},
    {"rent_quotes.1.commitment": "block"}, {"rent_quotes.1.min_gpus": 11},
    {"rent_quotes.1.term_months": 36, "horizon_years": 7}, {"rent_quotes.4.goodput": 0.3},
    {"rent_quotes.1.ramp_months": 12, "go_live_fraction": 0.3}, {"utilization": 0},
    {"rent_quotes.4.provider": "Vendor AA", "rent_quotes.4.price": 4},
    {"rent_quotes.2.price_growth": 0.5, "discount_timing": "mid", "discount_rate": 0.1},
    {"rent_addon_basis": "items", "rent_support_share": 0.1}, {"fleet_gpus": 7},
    {"rent_quotes.4.provider": PLAIN["provider"], "rent_quotes.4.round": 2},
)  # fmt: skip


@functools.cache
def _opened(folder: Path, office: Office) -> tuple[Live, Path]:
    """The small table with one that ties nearly, open in LibreOffice."""
    rival = {**PLAIN, "provider": "Vendor D", "price": 4.2}
    made = scenario(folder, SMALL, [FULL, PLAIN, BLOCK, rival])
    path = folder / "quoted.xlsx"
    path.write_bytes(workbook(made))
    return Live(office, str(folder / "quoted.yaml"), path), folder / "quoted.yaml"


@needs_libreoffice
@pytest.mark.parametrize("edit", sampled(LIVE, every=8), ids=named)
def test_an_edit_in_the_file_is_the_scenario_built_anew(edit, office, tmp_path_factory) -> None:
    live, file = _opened(tmp_path_factory.getbasetemp(), office)
    got = live.after(edit)
    wrong = live.differences(got, load(str(file), sets(edit)))
    assert not wrong, "\n".join(wrong[:12])

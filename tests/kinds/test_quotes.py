"""Quotes side by side: the worked case of another computation, random ones, and the engines."""

from __future__ import annotations

import datetime
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tco.scenario import Scenario
from tco.verify import verify
from tco.workbook.build import workbook
from tests.loaded import load
from tests.sampling import sampled

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "quotes.json").read_text())
TERMS = ("EXW", "FCA", "FAS", "FOB", "CFR", "CPT", "CIF", "CIP", "DAP", "DPU", "DDP")
OWN = ("freight_share", "duty_rate", "discount_rate", "horizon_years", "power_growth", "colo_price",
       "colo_growth", "discount_timing")  # fmt: skip
ENERGY = ("pue", "load_factor", "ancillary_power_share", "power_price", "hours_per_year")
BUY = ("transit_insurance_share", "warranty_required_years", "warranty_price_share",
       "acceptance_days", "lead_limit_days", "customs_basis", "server_vendor",
       "award_reason", "award_basis")  # fmt: skip


def written(inputs: dict[str, Any], quotes: list[dict[str, Any]]) -> str:
    """A scenario file with those inputs and quotes."""

    def block(keys: tuple[str, ...]) -> str:
        return "".join(f"  {key}: {inputs[key]}\n" for key in keys if inputs.get(key) is not None)

    rates = "".join(f"  - {{currency: {code}, rate: {rate}, date: {inputs['as_of']}}}\n"
                    for code, rate in inputs["rates"].items())  # fmt: skip
    rows = "".join(
        "  - {" + ", ".join(f"{key}: {value}" for key, value in one.items()) + "}\n"
        for one in quotes
    )  # fmt: skip
    return (
        f"workload: {{kind: own, days_needed: 200 days}}\nas_of: {inputs['as_of']}\n"
        "fleet: {chip: h100-sxm5-80gb}\n"
        f"own:\n  fleet_gpus: {8 * inputs['quantity']['server']}\n  server_price: 400_000\n"
        f"  utilization: 75 %\n{block(OWN)}energy:\n{block(ENERGY)}buy:\n{block(BUY)}"
        f"currencies:\n{rates}quotes:\n{rows}"
    )


def scenario(tmp_path: Path, inputs: dict[str, Any], quotes: list[dict[str, Any]]) -> Scenario:
    file = tmp_path / "quoted.yaml"
    file.write_text(written(inputs, quotes), encoding="utf-8")
    return load(str(file))


def straight(i: dict[str, Any], quotes: list[dict[str, Any]]) -> list[dict[str, float]]:
    """Every quote brought to the same terms, row by row, by the definitions alone."""
    r, shift = i["discount_rate"], 0.5 if i.get("discount_timing") == "mid" else 0
    years = range(1, i["horizon_years"] + 1)
    factor = {t: (1 + r) ** -(t - shift) for t in years}
    drawn = (1 + i["ancillary_power_share"]) * i["load_factor"] * i["pue"] * i["hours_per_year"]
    energy = drawn * sum(
        i["power_price"] * (1 + i["power_growth"]) ** (t - 1) * factor[t] for t in years
    )
    space = (
        (1 + i["ancillary_power_share"])
        * i["colo_price"]
        * 12
        * sum((1 + i["colo_growth"]) ** (t - 1) * factor[t] for t in years)
    )
    rows = []
    for q in quotes:
        p = q["price"] * i["rates"][q["currency"]]
        freight = p * i["freight_share"] if q["incoterm"] in TERMS[:4] else 0.0
        freight += p * i["transit_insurance_share"] if q["incoterm"] in TERMS[:6] else 0.0
        customs = p + freight if i["customs_basis"] == "cif" else p
        rate = q.get("duty_rate", i["duty_rate"])
        duty = 0.0 if q["incoterm"] == "DDP" else customs * rate
        missing = max(0, i["warranty_required_years"] - q["warranty_years"])
        warranty = p * i["warranty_price_share"] * missing
        dep, dlv = q["deposit_share"], q["delivery_share"]
        terms = p * (
            dep * (1 + r) ** (7 * q["lead_weeks"] / 365)
            + dlv * (1 + r) ** (-q.get("net_days", 0) / 365)
            + (1 - dep - dlv) * (1 + r) ** (-i["acceptance_days"] / 365) - 1
        )  # fmt: skip
        landed = p + freight + duty + warranty
        rows.append({
            "quote_price": p, "quote_freight": freight, "quote_duty": duty,
            "quote_warranty": warranty, "quote_landed_price": landed, "quote_terms_cost": terms,
            "quote_energy_cost": q["power_kw"] * energy, "quote_space_cost": q["power_kw"] * space,
            "quote_compared_price": landed + terms + q["power_kw"] * (energy + space),
        })  # fmt: skip
    for row, q in zip(rows, quotes, strict=True):
        series = [one for one in quotes if _series(one) == _series(q)]
        latest = max(one.get("round", 1) for one in quotes if _asked(one) == _asked(q))
        able = [one["min_quantity"] for one in series
                if one.get("round", 1) == latest and _open(i, one)]  # fmt: skip
        stands = q.get("round", 1) == latest and _open(i, q)
        row["quote_counts"] = float(stands and q["min_quantity"] == max(able))
    return rows


def _series(q: dict[str, Any]) -> tuple[str, str]:
    return q["vendor"], q.get("alternate", "")


def _asked(q: dict[str, Any]) -> tuple[str, str]:
    return q["vendor"], q.get("item", "server")


def _open(i: dict[str, Any], q: dict[str, Any]) -> bool:
    limit = i.get("lead_limit_days")
    return (
        q["valid_until"] >= i["as_of"]
        and (limit is None or 7 * q["lead_weeks"] <= limit)
        and q["min_quantity"] <= i["quantity"]["server"]
        and q.get("complies", "yes") == "yes"
    )


def drawn(rng: random.Random) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A tabulation: every Incoterm, both customs bases, breaks whose tops have expired, ties."""
    inputs = {
        **GOLDEN["inputs"], "customs_basis": rng.choice(["cif", "fob"]),
        "quantity": {"server": rng.choice([1, 8, 64, 65, 1000])},
        "discount_rate": rng.choice([0, 0.09, 0.15]), "power_growth": rng.choice([0, 0.03, -0.02]),
        "discount_timing": rng.choice(["end", "mid"]), "horizon_years": rng.choice([1, 3, 7]),
        "lead_limit_days": rng.choice([None, 70, 98, 300]),
        "acceptance_days": rng.choice([0, 30, 45]),
        "warranty_required_years": rng.choice([0, 3, 5]),
    }  # fmt: skip
    quotes = []
    for vendor in "ABCDE"[: rng.randint(2, 5)]:
        for least in sorted(rng.sample([1, 8, 32, 64, 65, 128], rng.randint(1, 3))):
            one: dict[str, Any] = {
                "vendor": vendor, "item": "server",
                "price": rng.choice([400_000, 380_000, 371_234.56]),
                "currency": rng.choice(["USD", "EUR"]), "incoterm": rng.choice(TERMS),
                "min_quantity": least, "lead_weeks": rng.choice([2, 10, 14, 30]),
                "valid_until": str(datetime.date(2026, 11, 21)
                                   + datetime.timedelta(rng.choice([-30, -1, 0, 60]))),
                "warranty_years": rng.choice([1, 3, 5]),
                "deposit_share": rng.choice([0, 0.3]), "delivery_share": rng.choice([0, 0.6, 0.7]),
                "power_kw": rng.choice([10.2, 14.3]),
            }  # fmt: skip
            if rng.random() < 0.3:
                one["net_days"] = rng.choice([30, 60])
            if rng.random() < 0.3:
                one["duty_rate"] = rng.choice([0, 0.1])
            if rng.random() < 0.2:
                one["alternate"] = "liquid cooled"
            if rng.random() < 0.2:
                one["round"] = rng.choice([2, 3])
            if rng.random() < 0.1:
                one["complies"] = "no"
            quotes.append(one)
    rng.shuffle(quotes)
    return inputs, quotes


def test_the_worked_case_comes_out(tmp_path) -> None:
    made = scenario(tmp_path, GOLDEN["inputs"], GOLDEN["quotes"])
    for number, row in enumerate(GOLDEN["rows"]):
        for key, wanted in row.items():
            if key.startswith("quote_"):
                got = float(made.numbers[key][number])
                assert got == pytest.approx(wanted, rel=1e-9, abs=1e-9), (row["vendor"], key)
    assert list(made.numbers["quote_standing"]) == [
        "counts", "counts", "another break counts", "chosen", "only from 128 on",
        "expired 21 days ago", "30 days too late",
    ]  # fmt: skip
    path = tmp_path / "quoted.xlsx"
    path.write_bytes(workbook(made))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


@pytest.mark.parametrize("seed", sampled(range(200), every=5))
def test_a_random_tabulation_is_what_the_definitions_say(seed: int, tmp_path) -> None:
    inputs, quotes = drawn(random.Random(seed))
    got = scenario(tmp_path, inputs, quotes).numbers
    for number, row in enumerate(straight(inputs, quotes)):
        for key, wanted in row.items():
            assert float(got[key][number]) == pytest.approx(wanted, rel=1e-9, abs=1e-6), key


@pytest.mark.parametrize("seed", sampled([3, 17, 42], every=2))
def test_engines_agree_on_a_random_tabulation(seed: int, tmp_path) -> None:
    path = tmp_path / "quoted.xlsx"
    path.write_bytes(workbook(scenario(tmp_path, *drawn(random.Random(seed)))))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]

"""Lines that a scenario adds are lines like any other: totals, words, evidence, hash, workbook."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import range_boundaries

from tco.errors import Mistakes
from tco.files import bundled
from tco.read.editor import schema
from tco.scenario import Scenario
from tco.verify import agree, verify
from tco.workbook.layout import lay_out
from tco.workbook.package import to_bytes
from tests.errors.conftest import GOOD, run_in
from tests.loaded import load
from tests.office import Office, needs_libreoffice
from tests.office.live import OVERRIDE

OWN = """\
inputs:
  licence_price:
    {unit: USD/token, value: 2e-5, low: 1e-5, high: 4e-5, label: Price of the data licence,
     source: "quote: offer 12", date: 2026-10-01, note: For each token that is read.}
lines:
  licence_cost:
    label: Data licence
    unit: USD
    of: buy_total
    formula: tokens * licence_price
    note: What the owner of the data asks for.
  licence_discount: {unit: USD, formula: licence_cost - licence_reduced}
  licence_reduced: {unit: USD, formula: "minimum(licence_cost, gpu_cost)"}
  price_halves: {unit: USD, formula: price_buy / 2 * host_share / host_share}
  if_spot: {unit: USD, formula: spot_price * gpu_hours}
"""
OWNED = """
inputs:
  monitoring_fee: {unit: USD, value: 120_000, low: 90_000, high: 200_000}
  fee_growth: {unit: share, value: 3 %}
lines:
  fee_index: {unit: ratio, formula: "power(1 + fee_growth, maximum(year - 1, 0))"}
  fee_paid: {unit: USD, formula: "where(below(0, year), monitoring_fee * fee_index, 0)"}
  fee_total: {unit: USD, formula: total(fee_paid)}
  fee_share: {unit: share, formula: fee_total / opex_total}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("own")
    (made / "licence.yaml").write_text(GOOD + OWN, encoding="utf-8")
    (made / "without.yaml").write_text(GOOD, encoding="utf-8")
    text = (bundled("scenarios") / "own-1024-h100.yaml").read_text(encoding="utf-8")
    (made / "owned.yaml").write_text(text + OWNED, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def licence(folder: Path) -> Scenario:
    return load(str(folder / "licence.yaml"))


def changed(folder: Path, old: str, new: str) -> Scenario:
    """The scenario with a part of its text replaced."""
    assert old in OWN
    file = folder / "changed.yaml"
    file.write_text(GOOD + OWN.replace(old, new), encoding="utf-8")
    return load(str(file))


def test_a_part_of_a_total_is_in_the_total(licence: Scenario, folder: Path) -> None:
    found, without = licence.numbers, load(str(folder / "without.yaml")).numbers
    assert found["licence_cost"] == 300e9 * 2e-5
    assert found["buy_total"] == pytest.approx(without["buy_total"] + 6e6, rel=1e-12)
    assert found["licence_cost_of_total"] == found["licence_cost"] / found["buy_total"]
    assert found["licence_discount"] == 0 and found["total_adds_up"] == 0
    assert list(found["price_halves"]) == pytest.approx(list(found["price_buy"] / 2), rel=1e-12)


def test_its_evidence_is_that_of_its_price(licence: Scenario) -> None:
    rows = list(licence.row_ids("prices"))
    row = rows.index("licence_price")
    assert licence.numbers["price_buy"][row] == licence.numbers["licence_cost"]
    assert licence.numbers["price_kind"][row] == "quote"
    assert licence.numbers["price_date"][row] == "2026-10-01"
    assert licence.numbers["evidence_adds_up"] == 0


def test_it_stands_where_its_total_or_what_it_reads_does(licence: Scenario, folder: Path) -> None:
    keys = ("licence_price", "licence_cost", "licence_discount", "price_halves", "if_spot")
    homes = {key: licence.model[key].section for key in keys}
    assert homes == {"licence_price": "buy", "licence_cost": "buy", "licence_discount": "buy",
                     "price_halves": "evidence", "if_spot": "fleet"}  # fmt: skip
    owned = load(str(folder / "owned.yaml")).model
    assert owned["monitoring_fee"].section == owned["fee_paid"].section == "own"


def test_years_are_computed_year_by_year(folder: Path) -> None:
    found = load(str(folder / "owned.yaml")).numbers
    expected = [0.0, *(120_000 * 1.03**year for year in range(7))]
    assert list(found["fee_paid"]) == pytest.approx(expected, rel=1e-12)
    assert found["fee_total"] == pytest.approx(sum(expected), rel=1e-12)


def test_commands_know_it(folder: Path) -> None:
    shown = json.loads(run_in(folder, "show", "licence.yaml", "--json").out)
    value = pytest.approx(6e6, rel=1e-12)
    assert shown["lines"]["licence_cost"] == {
        "label": "Data licence",
        "unit": "USD",
        "value": value,
    }
    assert shown["lines"]["licence_price"]["value"] == 2e-5
    more = run_in(folder, "show", "licence.yaml", "--json", "--set", "licence_price=4e-5")
    assert json.loads(more.out)["lines"]["licence_cost"]["value"] == pytest.approx(12e6)
    given = run_in(folder, "show", "licence.yaml", "--json", "--set", "licence_cost=1 M")
    assert json.loads(given.out)["lines"]["licence_cost"]["value"] == 1e6
    said = run_in(folder, "explain", "licence.yaml", "licence_cost").out
    for part in (
        "Data licence (licence_cost): 6,000,000 USD",
        "What the owner of the data asks for",
        "In words:  Training tokens × Price of the data licence",
        "[scenario] quote: offer 12, 2026-10-01",
        "For each token that is read.",
    ):
        assert part in said
    assert "Data licence" in run_in(folder, "explain", "licence.yaml", "buy_total").out
    printed = run_in(folder, "build", "licence.yaml", "--out", "printed").out
    assert re.search(r"^Data licence +6,000,000 +\d", printed, re.MULTILINE), "in the cost table"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tokens * licence_price", "licence_price * tokens"),
        ("label: Data licence", "label: Licence"),
        ("    of: buy_total\n", ""),
        ("note: What the owner", "note: Whatever the owner"),
        ("licence_reduced: {unit: USD,", "licence_reduced: {label: Less, unit: USD,"),
        ("value: 2e-5", "value: 2.1e-5"),
    ],
)
def test_whatever_it_says_is_in_the_hash(old: str, new: str, folder: Path) -> None:
    as_it_was = changed(folder, old, old).sha256
    assert changed(folder, old, new).sha256 != as_it_was == changed(folder, old, old).sha256


@pytest.mark.parametrize("name", ["licence", "owned"])
def test_two_engines_agree_with_the_workbook(name: str, folder: Path) -> None:
    path = folder / f"{name}.xlsx"
    answer = run_in(folder, "build", f"{name}.yaml", "--out", ".")
    assert answer.code == 0 and path.exists()
    for verdict in verify(path):
        assert verdict.formulas > 3000 and not verdict.differences


def cell(layout: Any, key: str) -> tuple[str, int, int]:
    """The cell that a defined name leads to."""
    sheet, _, area = layout.names[key].partition("!")
    column, row, _, _ = range_boundaries(area.replace("$", ""))
    return sheet, row, column


@needs_libreoffice
def test_it_is_live(licence: Scenario, folder: Path, office: Office) -> None:
    layout = lay_out(licence)
    path = folder / "live.xlsx"
    path.write_bytes(to_bytes(layout))
    book = office.open(path)
    assert agree(6e6, book[cell(layout, "licence_cost")])
    sheet, row, _ = cell(layout, "licence_price")
    after = book.edited([(sheet, row, OVERRIDE, 4e-5)])
    rebuilt = load(str(folder / "licence.yaml"), ["licence_price=4e-5"]).numbers
    for key in ("licence_price", "licence_cost", "buy_total", "breakeven_runs"):
        assert agree(float(rebuilt[key]), after[cell(layout, key)]), key


def test_what_it_reads_may_be_gone(folder: Path) -> None:
    """The reason is passed on, in Python and in the cell; a total asks for a number."""
    text = GOOD.replace("  tokens: 300B\n", "  compute_basis: stated\n  stated_flop: 1.8e23\n")
    file = folder / "gone.yaml"
    file.write_text(text + OWN.replace("    of: buy_total\n", ""), encoding="utf-8")
    assert load(str(file)).numbers["licence_discount"].why == "tokens is not given"
    run_in(folder, "build", "gone.yaml", "--out", ".")
    assert all(not verdict.differences for verdict in verify(folder / "gone.xlsx"))
    file.write_text(text + OWN, encoding="utf-8")
    with pytest.raises(Mistakes, match=r"undefined \(tokens is not given\), so buy_total would be"):
        load(str(file))


def test_three_lines_may_have_lines_of_their_own(folder: Path) -> None:
    file = folder / "three.yaml"
    file.write_text("parameters: 70B\ntokens: 2T\ndeadline: 60 days\n" + OWN, encoding="utf-8")
    assert load(str(file)).numbers["licence_cost"] == pytest.approx(2e12 * 2e-5)


@pytest.mark.parametrize("total", ["capex", "rent_total"])
def test_any_total_takes_a_part(total: str, folder: Path) -> None:
    owned = "own: {utilization: 50 %, server_price: 300_000}\n"
    file, without = folder / f"{total}.yaml", folder / "years.yaml"
    without.write_text(GOOD + owned, encoding="utf-8")
    lines = OWN.replace("of: buy_total", f"of: {total}")
    file.write_text(GOOD + owned + lines, encoding="utf-8")
    before, after = load(str(without)).numbers[total], load(str(file)).numbers
    more = 1 + after["contingency_share"] if total == "capex" else 1  # a share of the other parts
    assert after[total] == pytest.approx(before + 6e6 * more, rel=1e-12)
    run_in(folder, "build", file.name, "--out", ".")
    assert all(not verdict.differences for verdict in verify(file.with_suffix(".xlsx")))


def test_money_is_in_the_currency_of_the_scenario(folder: Path) -> None:
    rate = "usd_rate: {value: 0.9, date: 2026-11-20, source: treasury}\ncurrency: EUR\n"
    file = folder / "euro.yaml"
    file.write_text(rate + GOOD + OWN, encoding="utf-8")
    found = load(str(file)).numbers["licence_cost"]
    assert found == pytest.approx(6e6, rel=1e-12), "what is given is not converted"
    file.write_text(rate + GOOD + OWN.replace("2e-5,", "2e-5 USD/token,"), encoding="utf-8")
    found = load(str(file)).numbers["licence_cost"]
    assert found == pytest.approx(5.4e6, rel=1e-12), "what is typed in dollars is"


def test_a_published_figure_stands_beside_it(folder: Path) -> None:
    file = folder / "printed.yaml"
    file.write_text(GOOD + OWN + "published:\n  licence_cost: 2.9 M\n", encoding="utf-8")
    found = load(str(file)).numbers["published_licence_cost_gap"]
    assert found == pytest.approx(6 / 2.9 - 1, abs=1e-6)


def test_the_schema_offers_both_blocks() -> None:
    from jsonschema import Draft202012Validator
    from ruamel.yaml import YAML

    tree = json.loads(json.dumps(YAML(typ="safe").load(GOOD + OWN), default=str))
    known = Draft202012Validator(schema())
    assert known.is_valid(tree)
    tree["lines"]["licence_cost"]["formulae"] = tree["lines"]["licence_cost"].pop("formula")
    assert not known.is_valid(tree)

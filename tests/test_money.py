"""Money typed in its own currency: converted at the dated rate, said beside it, live in the file.

What is converted is worked out here with fractions, apart from the code.
"""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tco.errors import Mistakes
from tco.facts import Converted, Fact
from tco.lines import Given
from tco.model import model_for
from tco.page.report import as_list
from tco.quantities.forms import known_units
from tco.read.rates import Rate, Rates
from tco.read.values import read_quantity
from tco.scenario import Scenario
from tco.verify import agree
from tco.workbook.build import workbook
from tco.workbook.layout import places
from tests.loaded import load
from tests.office import needs_libreoffice
from tests.office.program import Office

HEAD = """
currency: EUR
usd_rate: {value: 0.92, date: 2026-11-20, source: treasury}
currencies:
  - {currency: GBP, rate: 1.17, date: 2026-11-19, source: treasury}
  - {currency: JPY, rate: 0.0061, date: 2026-11-18}
"""
RATES = {
    "USD": ("0.92", "2026-11-20"), "GBP": ("1.17", "2026-11-19"), "JPY": ("0.0061", "2026-11-18"),
}  # fmt: skip
OWNED = """
workload: {kind: own, days_needed: 200 days}
fleet: {chip: h100-sxm5-80gb}
own:
  fleet_gpus: 1024
  server_price: {value: SERVER, low: 150_000}
  utilization: 75 %
rent: {reserved_price: RENT, on_demand_price: 3}
"""
RUNS = """
workload:
  kind: runs
  runs:
    - {run: A, devices: 8, price: 2.5 USD/h, hours: 100}
    - {run: B, devices: 8, price: £2.5/h, hours: 100, note: over the weekend}
    - {run: C, devices: 8, price: 2.5, hours: 100}
"""
QUOTED = """
quotes:
  - {vendor: Vendor A, item: server, price: 250_000, currency: GBP, incoterm: DDP,
     valid_until: 2027-01-01, lead_weeks: 10, warranty_years: 3, deposit_share: 0 %,
     delivery_share: 100 %, power_kw: 10 kW}
"""


def scenario(tmp_path: Path, text: str, sets: tuple[str, ...] = ()) -> Scenario:
    file = tmp_path / "typed.yaml"
    file.write_text(text, encoding="utf-8")
    return load(str(file), sets)


def owned(server: str, rent: str = "1.9") -> str:
    return HEAD + OWNED.replace("SERVER", server).replace("RENT", rent)


def rates(currency: str = "EUR") -> Rates:
    known = {code: Rate(Fact(float(rate), date=day), "") for code, (rate, day) in RATES.items()}
    return Rates(currency, known)


MONEY = sorted(unit for unit in known_units() if unit.startswith("USD") and unit != "USD/US$"
               and not unit.endswith(" exact"))  # fmt: skip
WRITTEN = ("{} {}", "{1} {0}", "{0}{1}", "{1}{0}")


@given(
    cents=st.integers(1, 10**9),
    code=st.sampled_from([*RATES, "EUR"]),
    unit=st.sampled_from(MONEY),
    form=st.sampled_from(WRITTEN),
    numeral=st.sampled_from(["", " k", " M"]),
)
@settings(max_examples=400, deadline=None)
def test_any_amount_in_any_currency_is_the_converted_number(
    cents: int, code: str, unit: str, form: str, numeral: str
) -> None:
    """Before the number or behind it, close to it or apart, in thousands and millions."""
    amount = Fraction(cents, 100)
    text = form.format(f"{float(amount)!r}{numeral if form.startswith('{1}') else ''}", code)
    times = {"": 1, " k": 1_000, " M": 10**6}[numeral if form.startswith("{1}") else ""]
    item = Given("Price", unit, key="price")
    rate = Fraction(RATES[code][0]) if code != "EUR" else 1
    try:
        found = read_quantity(item, text, rates())
    except ValueError as error:
        assert "is more than" in str(error) or "no scenario can mean" in str(error), error
        return
    expected = Fraction(repr(float(amount))) * times * rate
    assert math.isclose(found, expected, rel_tol=1e-12)
    assert isinstance(found, Converted) == (code != "EUR")


@pytest.mark.parametrize(
    ("text", "unit", "value", "said"),
    [
        ("2.35 USD/h", "USD/GPU-h", 2.35 * 0.92, "2.35 USD/h at 0.92 EUR of 2026-11-20"),
        ("85 USD/MWh", "USD/kWh", 0.085 * 0.92, "85 USD/MWh at 0.92 EUR of 2026-11-20"),
        ("GBP 371_000", "USD/server", 371_000 * 1.17, "GBP 371,000 at 1.17 EUR of 2026-11-19"),
        ("£371_000", "USD/server", 371_000 * 1.17, "£371,000 at 1.17 EUR of 2026-11-19"),
        ("US$2.5/GPU-day", "USD/GPU-h", 2.5 / 24 * 0.92,
         "US$2.5/GPU-day at 0.92 EUR of 2026-11-20"),
        ("1.2 M JPY", "USD/GPU", 1.2e6 * 0.0061, "1.2 M JPY at 0.0061 EUR of 2026-11-18"),
    ],
)  # fmt: skip
def test_what_was_typed_is_said(text: str, unit: str, value: float, said: str) -> None:
    found = read_quantity(Given("Price", unit, key="price"), text, rates())
    assert isinstance(found, Converted) and found.said == said
    assert math.isclose(found, value, rel_tol=1e-12)


@pytest.mark.parametrize(("text", "bare"), [("240_000 USD", "220_800"), ("£200_000", "234_000")])
def test_the_scenario_is_that_of_the_converted_number(text: str, bare: str, tmp_path: Path) -> None:
    typed = scenario(tmp_path, owned(text, "1.50 GBP/h"))
    plain = scenario(tmp_path, owned(bare, "1.755"))
    for key in ("server_price", "capex", "npv_own", "npv_reserved", "npv_advantage"):
        assert math.isclose(typed.numbers[key], plain.numbers[key], rel_tol=1e-12), key
    assert typed.numbers["verdict"] == plain.numbers["verdict"]


def test_a_setting_and_an_end_of_a_range_are_converted(tmp_path: Path) -> None:
    set_so = scenario(tmp_path, owned("220_000"), ("server_price=240_000 USD",))
    assert set_so.facts["server_price"].value == pytest.approx(220_800, rel=1e-12)
    ranged = scenario(tmp_path, owned("220_000, high: £300_000"))
    fact = ranged.facts["server_price"]
    assert (fact.value, fact.high) == (220_000, pytest.approx(351_000, rel=1e-12))
    assert fact.note == "high: £300,000 at 1.17 EUR of 2026-11-19"


def test_rows_are_converted_each_with_its_note(tmp_path: Path) -> None:
    rows = scenario(tmp_path, HEAD + RUNS).tables["runs"]
    prices = [row.values["price"] for row in rows]
    assert prices == [pytest.approx(2.3), pytest.approx(2.925), 2.5]
    assert [row.note for row in rows] == [
        "price: 2.5 USD/h at 0.92 EUR of 2026-11-20",
        "over the weekend. price: £2.5/h at 1.17 EUR of 2026-11-19",
        "",
    ]


def test_the_table_leads_before_the_rate_of_the_catalogue(tmp_path: Path) -> None:
    row = "  - {currency: USD, rate: 0.9, date: 2026-11-21}\n"
    found = scenario(tmp_path, owned("200_000 USD").replace(HEAD, HEAD + row))
    assert found.facts["server_price"].value == pytest.approx(180_000)
    assert found.facts["usd_rate"].value == 0.92


def test_a_rate_is_set_alone_and_moves_what_was_typed(tmp_path: Path) -> None:
    for name in ("currencies.GBP.rate", "rate_of_gbp"):
        found = scenario(tmp_path, owned("£200_000"), (f"{name}=2",))
        assert found.facts["server_price"].value == 400_000
        assert found.facts["rate_of_gbp"].source.startswith("stated: typed over")


def test_a_bare_number_says_whose_it_is(tmp_path: Path) -> None:
    found = scenario(tmp_path, owned("220_000"))
    assert "bare prices are read as EUR" in as_list(found).splitlines()[0]
    assert found.facts["currency"].note.startswith("A bare price is read as EUR")
    assert "bare" not in as_list(load("buy-or-rent-100b")).splitlines()[0]


def test_an_input_of_ones_own_takes_no_name_of_a_rate(tmp_path: Path) -> None:
    own = "inputs:\n  rate_of_gbp: {unit: USD, value: 1}\n"
    with pytest.raises(Mistakes, match="rate_of_gbp is a key already"):
        scenario(tmp_path, owned("£200_000") + own)


# ---- in the file ---------------------------------------------------------------------------------


@needs_libreoffice
@pytest.mark.parametrize("rate", ["rate_of_gbp", "usd_rate"])
def test_a_rate_typed_over_in_the_file_moves_what_was_typed(
    rate: str, tmp_path: Path, office: Office
) -> None:
    """By LibreOffice, and as the scenario built anew with another rate has it."""
    server, rent = ("£200_000", "1.9") if rate == "rate_of_gbp" else ("240_000 USD", "1.9")
    made = scenario(tmp_path, owned(server, rent))
    layout = places(made)
    file = tmp_path / "typed.xlsx"
    file.write_bytes(workbook(made))
    book = office.open(file)
    owner, row, column = layout.home[rate]
    changed = book.edited([(owner, row, column + 1, 1.5)])
    text = owned(server, rent)
    again = text.replace("rate: 1.17", "rate: 1.5").replace("value: 0.92", "value: 1.5")
    rebuilt = scenario(tmp_path, again if rate == "usd_rate" else text.replace("1.17", "1.5"))
    price = layout.home["server_price"]
    assert agree(changed[price], rebuilt.numbers["server_price"])
    assert changed[price] == 1.5 * float(server.strip("£").split()[0].replace("_", ""))
    if rate == "rate_of_gbp":  # nothing else is of that currency
        assert agree(changed[layout.home["npv_own"]], rebuilt.numbers["npv_own"])


@needs_libreoffice
def test_beside_quotes_the_rate_is_that_of_their_table(tmp_path: Path, office: Office) -> None:
    """One cell for both: the price typed in pounds, and the quote in pounds."""
    first = model_for("own", True, quoted=True).along("currencies")[0].key
    name = first if first == "offer_currency" else "currency"
    text = (
        HEAD.replace("{currency:", f"{{{name}:")
        + OWNED.replace("SERVER", "£200_000").replace("RENT", "1.9")
        + QUOTED
    )
    made = scenario(tmp_path, text)
    assert made.facts["server_price"].value == pytest.approx(234_000)
    assert "rate_of_gbp" not in made.facts
    layout = places(made)
    file = tmp_path / "quoted.xlsx"
    file.write_bytes(workbook(made))
    column, row = layout.given_columns[made.model.along("currencies")[1].key]
    wide = max(len(made.model.along(axis)) for axis in made.model.tables)
    changed = office.open(file).edited([("Tables", row, column + wide + 1, 2)])
    assert changed[layout.home["server_price"]] == 400_000

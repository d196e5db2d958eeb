"""Tables at the left margin: rows of a CSV beside the scenario are those of the file itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tco.errors import Mistakes
from tco.scenario import Scenario
from tests.loaded import load

HEAD = (
    "vendor,item,price,currency,incoterm,valid_until,lead_weeks,warranty_years,deposit_share,"
    "delivery_share,power_kw"
)
ROWS = (
    "Vendor A,server,412000,USD,EXW,2026-12-31,14,3,30 %,0.6,10.2",
    "Vendor B,server,371000.5,EUR,CIP,2027-01-15,20 weeks,1,0.4,0.5,10.2 kW",
)
FILE = """workload: {kind: own, days_needed: 200 days}
as_of: 2026-11-21
fleet: {chip: h100-sxm5-80gb}
own: {fleet_gpus: 512, utilization: 75 %}
currencies:
  - {currency: EUR, rate: 1.08, date: 2026-11-20}
"""


def read(folder: Path, content: str | bytes, named: str = "acme.quotes.csv") -> Scenario:
    """The scenario that names a CSV of that content."""
    bytes_ = content.encode() if isinstance(content, str) else content
    (folder / "acme.quotes.csv").write_bytes(bytes_)
    file = folder / "acme.yaml"
    file.write_text(FILE + f"quotes: {named}\n", encoding="utf-8")
    return load(str(file))


def told(folder: Path, content: str | bytes, named: str = "acme.quotes.csv") -> str:
    with pytest.raises(Mistakes) as error:
        read(folder, content, named)
    return str(error.value).replace(f"{folder}/", "")


def inline(folder: Path) -> Scenario:
    """The same quotes, written in the file."""
    keys = HEAD.split(",")
    pairs = (zip(keys, one.split(","), strict=True) for one in ROWS)
    rows = "".join(f"  - {{{', '.join(f'{key}: {cell}' for key, cell in one)}}}\n" for one in pairs)
    file = folder / "inline.yaml"
    file.write_text(FILE + f"quotes:\n{rows}", encoding="utf-8")
    return load(str(file))


def german(row: str) -> str:
    """A row as a spreadsheet set to German saves it."""
    vendor, item, price, currency, term, day, *rest = row.split(",")
    year, month, date = day.split("-")
    numbers = [one.replace(".", ",") for one in rest]
    price = f"{int(float(price)):,}".replace(",", ".") + ("," + price.split(".")[1] if "." in price
                                                          else "")  # fmt: skip
    return ";".join([vendor, item, price, currency, term, f"{date}.{month}.{year}", *numbers])


SHAPES = {
    "as UTF-8": "\n".join((HEAD, *ROWS)).encode(),
    "with a mark at the start": ("\ufeff" + "\r\n".join((HEAD, *ROWS)) + "\r\n").encode(),
    "with semicolons": "\n".join((HEAD, *ROWS)).replace(",", ";").encode(),
    "with decimal commas": "\n".join((HEAD.replace(",", ";"), *map(german, ROWS))).encode(),
    "with a capital head": "\n".join((HEAD.replace("_", " ").title(), *ROWS)).encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_csv_is_read_as_the_rows_of_a_file(shape: str, tmp_path) -> None:
    wanted, got = inline(tmp_path), read(tmp_path, SHAPES[shape])
    assert repr([one.values for one in got.tables["quotes"]]) == repr(
        [one.values for one in wanted.tables["quotes"]]
    )
    assert got.tables["quotes"][1].source == "stated: acme.quotes.csv, row 3"
    assert got.numbers["best_compared_price"] == wanted.numbers["best_compared_price"]


def test_columns_left_out_or_empty_have_their_defaults(tmp_path) -> None:
    got = read(tmp_path, "\n".join((HEAD + ",net_days,alternate", *(f"{one},," for one in ROWS))))
    assert list(got.numbers["offered_net_days"]) == [0, 0]
    assert list(got.numbers["offered_min_quantity"]) == [1, 1]
    assert list(got.numbers["offered_alternate"]) == ["–", "–"]


def test_the_own_currency_needs_no_row(tmp_path) -> None:
    made = read(tmp_path, SHAPES["as UTF-8"])
    assert [(one.name, one.values["exchange_rate"]) for one in made.tables["currencies"]] == [
        ("EUR", 1.08), ("USD", 1.0),
    ]  # fmt: skip
    assert list(made.numbers["quote_price"]) == [412000, pytest.approx(371000.5 * 1.08)]


def test_every_mistake_of_a_csv_is_told_with_its_place(tmp_path) -> None:
    bad = [HEAD + ",colour", ROWS[0].replace("EXW", "EXV") + ",red", ROWS[1].replace("2027-01-15",
           "15/1/27") + ",blue", ROWS[0].replace("412000", "on request") + ","]  # fmt: skip
    said = told(tmp_path, "\n".join(bad))
    assert "acme.quotes.csv:1:" in said and "colour is not a column of quotes" in said
    assert "acme.quotes.csv:2:28" in said and "EXV" in said
    assert "acme.quotes.csv:3:" in said and "“15/1/27” is not a date" in said
    assert "acme.quotes.csv:4:17" in said and "on request" in said


def test_a_number_of_two_meanings_is_asked_back(tmp_path) -> None:
    head = HEAD.replace(",", ";")
    cells = "A;server;412.000;USD;EXW;2026-12-31;14;3;0;1;10"
    said = told(tmp_path, "\n".join((head, cells)))
    assert "412.000 to some and 412000 to others" in said


@pytest.mark.parametrize(("named", "wrong"), [
    ("../acme.quotes.csv", "lies outside the folder of the scenario"),
    ("/etc/hosts.csv", "lies outside the folder of the scenario"),
    ("acme.csv", "there is no file acme.csv"),
])  # fmt: skip
def test_a_file_that_is_not_beside_is_refused(named: str, wrong: str, tmp_path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "acme.quotes.csv").write_bytes(SHAPES["as UTF-8"])
    said = told(tmp_path / "in", SHAPES["as UTF-8"], named)
    assert wrong in said and "acme.yaml:7" in said

"""Mistakes of requests and answers: told whole, and nothing is written, not even of good files."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.errors.conftest import Answer

Refused = Callable[..., str]
OWN = """\
workload: {kind: own, days_needed: 200 days}
fleet: {chip: h100-sxm5-80gb}
own: {fleet_gpus: 64, server_price: 240_000, utilization: 75 %}
"""
ASK = "Ask for the request as it was sent, filled."
NAME_ONE = "Name a filled request, or a CSV."


@pytest.fixture
def filled(desk: Path, tco: Callable[..., Answer]) -> Path:
    """A request of `own.yaml`, with a price and whoever offers it."""
    (desk / "own.yaml").write_text(OWN)
    assert tco("rfq", "own.yaml", "--out", ".").code == 0
    path = desk / "own-rfq-buy.xlsx"
    book = load_workbook(path)
    book["Conditions"]["C6"], book["Items"]["H6"] = "Vendor A", 412000
    book.save(path)
    return path


def test_wishes_that_are_none(refused: Refused) -> None:
    said = refused("rfq", "good.yaml", "--incoterm", "DDU", "--valid-until", "60 days")
    assert said == (
        "--incoterm: “DDU” is no Incoterm of 2020\n"
        "It is one of: EXW, FCA, FAS, FOB, CFR, CPT, CIF, CIP, DAP, DPU, DDP.\n\n"
        "--valid-until: “60 days” is not a date\nWrite year-month-day, for example: 2026-12-31"
    )


def test_a_side_that_is_none(refused: Refused) -> None:
    said = refused("rfq", "good.yaml", "--side", "lease")
    assert said == "--side: “lease” is no side\nIt is one of: buy, rent."


def test_nothing_to_ask_for(refused: Refused) -> None:
    said = refused("rfq", "resnet50-tpu-or-gpu")
    assert said.partition(": ")[2] == (
        "no server is bought in this scenario, so there is nothing to ask for\n"
        "Name a scenario with a fleet: tco scenarios lists them."
    )


def test_no_quotes_to_list(refused: Refused) -> None:
    assert refused("quotes", "good.yaml") == (
        "good.yaml: this scenario has no quotes\n"
        "Ask for them: tco rfq good.yaml. Read the answers: tco quotes add good.yaml FILE... "
        "Then say in it: quotes: good.quotes.csv"
    )


def test_quotes_of_a_bundled_scenario_have_no_place(filled: Path, refused: Refused) -> None:
    assert refused("quotes", "add", "own-1024-h100", filled.name) == (
        "own-1024-h100: quotes are kept beside a file of one's own, and this one is bundled\n"
        "Start with a copy: tco new own-1024-h100-2 --from own-1024-h100"
    )


def test_every_file_that_cannot_be_read_is_told_and_no_good_one_is_written(
    desk: Path, filled: Path, refused: Refused
) -> None:
    (desk / "folder").mkdir()
    (desk / "letter.xlsx").write_text("Dear Sir or Madam")
    (desk / "prices.csv").write_text("vendor,item,cost\nVendor A,server,5\n")
    (desk / "people.csv").write_text("name,town\nVendor A,Bonn\n")
    book = Workbook()
    book.active["A1"] = "Our offer follows"
    book.save(desk / "other.xlsx")
    names = ("gone.xlsx", "folder", "letter.xlsx", "prices.csv", "people.csv", "other.xlsx")
    columns = (
        "vendor, item, alternate, price, currency, min_quantity, incoterm, valid_until, "
        "lead_weeks, warranty_years, deposit_share, delivery_share, net_days, duty_rate, "
        "power_kw, document, round, note"
    )
    assert refused("quotes", "add", "own.yaml", filled.name, *names) == "\n\n".join((
        f"gone.xlsx: there is no such file\n{NAME_ONE}",
        f"folder: this is a folder, not a file\n{NAME_ONE}",
        "letter.xlsx: this is a text, not a workbook\n"
        "Name an .xlsx that tco wrote. A scenario becomes one by: tco build",
        "prices.csv:1:1: no column is the price\n  1 | vendor,item,cost\n    | ^^^^^^\n"
        f"Its columns are: {columns}.",
        f"people.csv: this CSV has no column of quotes\nIts columns are: {columns}.",
        "other.xlsx: this workbook is no answer to a request: no heading of one is in it\n"
        "Send the request first: tco rfq SCENARIO. A list of another make is read as CSV.",
    ))  # fmt: skip


def test_nobody_offers_or_nothing_is_offered(desk: Path, filled: Path, refused: Refused,
                                             tco: Callable[..., Answer]) -> None:  # fmt: skip
    book = load_workbook(filled)
    book["Conditions"]["C6"] = None
    book.save(desk / "nobody.xlsx")
    assert refused("quotes", "add", "own.yaml", "nobody.xlsx") == (
        "nobody.xlsx: nobody says who offers: the cell beside Company is empty\n"
        'Add for example: --vendor "Vendor A"'
    )
    book["Conditions"]["C6"], book["Items"]["H6"] = "Vendor A", None
    book.save(desk / "nothing.xlsx")
    assert refused("quotes", "add", "own.yaml", "nothing.xlsx") == (
        f"nothing.xlsx: nothing is offered in this workbook: no line is filled\n{ASK}"
    )
    assert refused("quotes", "add", "own.yaml", "nobody.xlsx", "--vendor", "*") == (
        "nobody.xlsx: “*” is not the name of whoever offers\n"
        'Write it into the file, or add for example: --vendor "Vendor A"'
    )
    assert refused("quotes", "add", "own.yaml", "nobody.xlsx", "--vendor", "B\udcd7") == (
        "--vendor: this text holds a character that no workbook can (code 56535)\nDelete it."
    )
    assert tco("quotes", "add", "own.yaml", "nobody.xlsx", "--vendor", "Vendor B").code == 0


def test_a_row_says_not_who_offers(desk: Path, filled: Path, refused: Refused) -> None:
    (desk / "offers.csv").write_text("vendor,item,price\n,server,5\nVendor A,server,5\n")
    assert refused("quotes", "add", "own.yaml", "offers.csv") == (
        "offers.csv:2:1: row 2 says not who offers\n  2 | ,server,5\n    | ^\n"
        'Fill the column, or add --vendor "Vendor A".'
    )


def test_a_package_made_to_deceive_is_refused(desk: Path, filled: Path, refused: Refused) -> None:
    with zipfile.ZipFile(filled) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(desk / "bomb.xlsx", "w") as package:
        for name, content in (parts | {"xl/worksheets/sheet1.xml": entities + sheet}).items():
            package.writestr(name, content)
    assert refused("quotes", "add", "own.yaml", "bomb.xlsx") == (
        "bomb.xlsx: it declares a document type or entities, as no workbook does\n"
        "Name an .xlsx that tco wrote."
    )
    with zipfile.ZipFile(desk / "wide.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts | {"xl/media/a.bin": b"0" * (8 << 20)}).items():
            package.writestr(name, content)
    assert "unpacks to" in refused("quotes", "add", "own.yaml", "wide.xlsx")

"""Requests out, answers back: nothing of ours leaves, and nothing of theirs is lost."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tco.lines import Given
from tco.model import model_for
from tco.scenario import Scenario
from tco.tender.asked import Wishes, request_of
from tco.tender.columns import BUY, RENT, SIDES
from tco.tender.meaning import meaning
from tco.tender.requestbook import request_bytes
from tests.errors.conftest import Answer, run_in
from tests.kinds.test_quotes import GOLDEN, written
from tests.loaded import load
from tests.office import Office, needs_libreoffice

NAME = "own-1024-h100"
BUNDLED = Path(__file__).parents[1] / "scenarios"
# What a request may say of a scenario: what is asked for, and what an answer is held to.
ASKED = {"fleet_gpus", "gpus_per_server", "warranty_required_years", "lead_limit_days",
         "acceptance_days", "switch_links"}  # fmt: skip
HEAD, FIRST = 4, 6  # rows of Items: the headings, and the first line
# What a vendor says for all lines, just as it was wished.
AS_WISHED = {
    "Company": "Vendor A", "Incoterm": "DAP", "Validity": "2027-03-31", "Delivery": 12,
    "Warranty required": 3, "Payment: with the order": 0.3, "Payment: on delivery": 0.6,
    "Payment: net days": 30, "Currency": "USD",
}  # fmt: skip


class Filling:
    """A request that a vendor fills: conditions by their label, lines by row and heading."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, load_workbook(path)
        self.items, self.conditions = self.book["Items"], self.book["Conditions"]

    def all(self, said: Mapping[str, Any]) -> Filling:
        """Say what holds for all lines."""
        rows = {row[0].value: row[0].row for row in self.conditions.iter_rows(max_col=1)}
        for label, value in said.items():
            self.conditions.cell(rows[label], 3).value = value
        return self

    def line(self, row: int, said: Mapping[str, Any]) -> Filling:
        """Fill a line of the items, each cell by the beginning of its heading."""
        for head, value in said.items():
            self.items.cell(row, self.column(head)).value = value
        return self

    def column(self, head: str) -> int:
        """The column whose heading begins so."""
        return next(one.column for one in self.items[HEAD] if str(one.value).startswith(head))

    def saved(self, name: str) -> Path:
        """The file, under another name beside the request."""
        path = self.path.with_name(name)
        self.book.save(path)
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a scenario, and the request to buy that it makes."""
    shutil.copy(BUNDLED / f"{NAME}.yaml", tmp_path / "fleet.yaml")
    answer = run_in(tmp_path, "rfq", "fleet.yaml", "--out", ".")
    assert answer.code == 0, answer.err
    return tmp_path


def filling(desk: Path, side: str = BUY) -> Filling:
    return Filling(desk / f"fleet-rfq-{side}.xlsx")


def added(desk: Path, *files: str) -> Answer:
    answer = run_in(desk, "quotes", "add", "fleet.yaml", *files)
    assert answer.code == 0, answer.err
    return answer


def rows(desk: Path, name: str = "fleet.quotes.csv") -> list[dict[str, str]]:
    with (desk / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def waiting(desk: Path) -> list[dict[str, str]]:
    return rows(desk, "fleet.quotes-waiting.csv")


# ---- nothing of ours leaves ----------------------------------------------------------------------


def parts(content: bytes, tmp_path: Path) -> dict[str, str]:
    """Every part of a package as text, its entities undone."""
    path = tmp_path / "package.xlsx"
    path.write_bytes(content)
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def secretive(tmp_path: Path) -> Scenario:
    """A scenario with vendors, prices and rates that stand nowhere else."""
    inputs = {
        key: value if key in ASKED or not isinstance(value, float) else round(value * 1.01377, 9)
        for key, value in GOLDEN["inputs"].items()
    }
    inputs["rates"] = {"USD": 1.0, "EUR": 1.083719}
    quotes = [{**one, "vendor": f"Zebra {one['vendor']}", "price": one["price"] + 137}
              for one in GOLDEN["quotes"]]  # fmt: skip
    text = f"title: Zebra A offers 411937 a server\n{written(inputs, quotes)}"
    path = tmp_path / "zebra-offers.yaml"
    path.write_text(text.replace("server_price: 400_000", "server_price: 398765"))
    return load(str(path))


def secrets(scenario: Scenario) -> set[str]:
    """Every price, share and rate of a scenario as digits that nothing else has."""
    numbers = [fact.value for key, fact in scenario.facts.items() if key not in ASKED]
    numbers += [value for table in scenario.tables.values() for row in table
                for key, value in row.values.items() if key not in ASKED]  # fmt: skip
    found = set()
    for one in numbers:
        if isinstance(one, float) and one == one:
            for shown in (f"{one:.10g}", f"{one * 100:.10g}", f"{one:,.10g}", f"{one:.2f}"):
                if len(re.sub(r"\D|^0+|0+$", "", shown.replace(".", ""))) > 4:
                    found.add(shown)
    return found


# Numbers that a package has for its own reasons: colours, sizes, the kind of a cell.
OF_ITS_OWN = ("xl/theme/theme1.xml", "xl/styles.xml")


@pytest.mark.parametrize("side", [BUY, RENT])
def test_no_price_vendor_rate_or_assumption_is_in_any_part(side: str, tmp_path: Path) -> None:
    scenario = secretive(tmp_path)
    found = parts(request_bytes(request_of(scenario, side)), tmp_path)
    assert len(found) > 10 and "docProps/core.xml" in found and "xl/workbook.xml" in found
    hidden = secrets(scenario)
    assert {"398765", "412137", "1.083719"} <= hidden and len(hidden) > 50
    for name, text in found.items():
        assert "zebra" not in text.casefold() and "411937" not in text, name
        if name not in OF_ITS_OWN:
            said = set(re.findall(r"(?<![\w.])\d[\d,.]*\d", text))
            assert not said & hidden, f"{name}: {said & hidden}"


def test_a_secret_would_be_seen(tmp_path: Path) -> None:
    """The walk above sees what stands in any cell, name or property."""
    scenario = secretive(tmp_path)
    request = request_of(scenario, BUY)
    leaky = replace(request, items=(replace(request.items[0], specification="at 398,765 each"),))
    text = parts(request_bytes(leaky), tmp_path)["xl/worksheets/sheet2.xml"]
    assert set(re.findall(r"(?<![\w.])\d[\d,.]*\d", text)) & secrets(scenario) == {"398,765"}


@pytest.mark.parametrize("side", [BUY, RENT])
def test_a_request_is_the_same_whatever_is_assumed(side: str) -> None:
    """Every number but what is asked for is another one; not a byte of the request is."""
    scenario = load(NAME)
    facts = {
        key: replace(fact, value=fact.value * 1.0371 + 0.0113, source="Zebra", note="Zebra")
        if isinstance(fact.value, float) and key not in ASKED else fact
        for key, fact in scenario.facts.items()
    }  # fmt: skip
    changed = sum(fact is not scenario.facts[key] for key, fact in facts.items())
    assert changed > 100
    other = replace(scenario, facts=facts, title="Zebra", path="zebra.yaml", sha256="0" * 64)
    first = request_bytes(request_of(scenario, side))
    assert request_bytes(request_of(other, side)) == first
    larger = load(NAME, ["fleet_gpus=512"])
    assert request_bytes(request_of(larger, side)) != first


def test_a_default_is_no_condition(tmp_path: Path) -> None:
    """How long acceptance takes by default is an assumption; what the file gives is a condition."""
    for given, said in ((True, "over the network, within 30 days of delivery"), (False, "network")):
        inputs = {key: one for key, one in GOLDEN["inputs"].items()
                  if given or key not in ("acceptance_days", "lead_limit_days")}  # fmt: skip
        path = tmp_path / f"{given}.yaml"
        path.write_text(written(inputs, GOLDEN["quotes"]))
        wishes = {one.key: one.words for one in request_of(load(str(path)), BUY).conditions}
        assert wishes["acceptance"].endswith(said)
        assert bool(re.search(r"\d", wishes["delivery"])) == given


def test_a_vendor_in_what_is_asked_for_is_refused(tmp_path: Path) -> None:
    from tco.tender.asking import _refuse_vendors  # what stands before writing

    scenario = secretive(tmp_path)
    request = request_of(scenario, BUY)
    named = replace(request, items=(replace(request.items[0], label="Server as Zebra A has"),))
    _refuse_vendors(scenario, request)
    with pytest.raises(Exception, match="would name Zebra A") as refused:
        _refuse_vendors(scenario, named)
    assert type(refused.value).__name__ == "Mistakes"


@pytest.mark.parametrize("side", [BUY, RENT])
def test_how_it_is_compared_is_told_without_a_figure(side: str, tmp_path: Path) -> None:
    path = tmp_path / "request.xlsx"
    path.write_bytes(request_bytes(request_of(load(NAME), side)))
    sheet = load_workbook(path)["Comparison"]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert len(said) > 15 and not re.search(r"\d", " ".join(said))


# ---- the workbook --------------------------------------------------------------------------------

MAKE = (
    "import sys; from tco.read.loading import load; from tco.tender.asked import request_of;"
    "from tco.tender.requestbook import request_bytes;"
    "sys.stdout.buffer.write(request_bytes(request_of(load(sys.argv[1]), sys.argv[2])))"
)


@pytest.mark.parametrize("side", [BUY, RENT])
def test_same_scenario_same_bytes(side: str) -> None:
    first = request_bytes(request_of(load(NAME), side))
    for seed, zone in (("7", "Asia/Kathmandu"), ("123", "America/St_Johns")):
        done = subprocess.run([sys.executable, "-c", MAKE, NAME, side], capture_output=True,
                              env={"PYTHONHASHSEED": seed, "TZ": zone,
                                   "PYTHONPATH": ":".join(sys.path)}, check=True)  # fmt: skip
        assert done.stdout == first


@pytest.mark.parametrize("side", [BUY, RENT])
def test_the_request_is_valid_open_xml(side: str, tmp_path: Path) -> None:
    audit = Path(sys.executable).with_name("openxml-audit")
    if not audit.exists():
        pytest.skip("openxml-audit is not installed: pip install '.[test]'")
    path = tmp_path / "request.xlsx"
    path.write_bytes(request_bytes(request_of(load(NAME), side)))
    done = subprocess.run([str(audit), "--output", "json", str(path)], capture_output=True,
                          text=True, timeout=300)  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_cells_to_fill_are_free_and_offer_what_may_be_chosen(desk: Path) -> None:
    made = filling(desk)
    lists = {str(cell): rule.formula1 for rule in made.items.data_validations.dataValidation
             for cell in rule.sqref.ranges}  # fmt: skip
    assert len(lists) == 6 * 3  # six lines: currency, Incoterm, as specified
    for head, options in (("Currency", "USD,EUR,GBP"), ("Incoterm", "EXW,FCA"), ("As", "yes,no")):
        place = made.items.cell(FIRST, made.column(head)).coordinate
        assert lists[place].startswith(f'"{options}')
    assert len(lists[made.items.cell(FIRST, made.column("Incoterm")).coordinate].split(",")) == 11
    assert not any(sheet.protection.sheet for sheet in made.book)
    hidden = [key for key, one in made.items.column_dimensions.items() if one.hidden]
    assert len(hidden) == 3  # the names of lines, and what was asked


def test_a_request_that_was_edited_is_kept(desk: Path) -> None:
    filling(desk).all(AS_WISHED).saved("fleet-rfq-buy.xlsx")
    again = run_in(desk, "rfq", "fleet.yaml", "--out", ".")
    assert again.code == 2 and "this workbook was edited since tco wrote it" in again.err
    assert run_in(desk, "rfq", "fleet.yaml", "--out", ".", "--force").code == 0


def test_the_network_is_asked_for_where_it_is_counted() -> None:
    counted = request_of(load(NAME, ["network_basis=counts"]), BUY)
    assert [(one.key, one.quantity) for one in counted.items] == [
        ("server", 128), ("leaf switch", 32), ("spine switch", 16), ("link", 2048),
    ]  # fmt: skip


# ---- answers -------------------------------------------------------------------------------------


def test_an_answer_as_wished_is_one_quote_and_nothing_to_tell(desk: Path) -> None:
    line = {"Price": 412000, "Power": 10.2, "As specified": "yes", "Your document": "Q-77"}
    filling(desk).all(AS_WISHED).line(FIRST, line).saved("a.xlsx")
    answer = added(desk, "a.xlsx")
    assert answer.out.startswith("a.xlsx: Vendor A: 1 quote added\n\nfleet.quotes.csv\n")
    assert "the scenario says: quotes: fleet.quotes.csv" in answer.out
    assert rows(desk) == [{
        "vendor": "Vendor A", "item": "server", "alternate": "", "price": "412000",
        "currency": "USD", "min_quantity": "128", "incoterm": "DAP", "valid_until": "2027-03-31",
        "lead_weeks": "12", "warranty_years": "3", "deposit_share": "0.3", "delivery_share": "0.6",
        "net_days": "30", "duty_rate": "", "power_kw": "10.2", "document": "Q-77", "round": "1",
        "note": "",
    }]  # fmt: skip
    assert not (desk / "fleet.quotes-waiting.csv").exists()


def edits(made: Filling) -> list[tuple[str, dict[str, Any]]]:
    """What a vendor does to a request in LibreOffice: the hand of somebody who knows his trade."""
    column = made.column
    said = [("Conditions", row, 3, value) for row, value in {
        6: "Vendor A", 7: "sales desk", 10: "DAP", 11: "2026-12-31", 12: "12 weeks ARO",
        14: "30 %", 15: 0.6, 16: "net 30", 22: "USD",
    }.items()]  # fmt: skip
    offer = {"Price": "412 000 USD", "Power": "10.2 kW", "Incoterm": "FCA Taipei"}
    lines = [("Items", FIRST, column(head), value) for head, value in offer.items()]
    lines += [
        ("Items", FIRST, 4, 120), ("Items", FIRST, 3, "Server with 8 × H200"),
        ("Items", FIRST + 1, column("Price"), "EUR 371.000,50"),
        ("Items", FIRST + 1, column("From"), 256), ("Items", FIRST + 1, column("Warranty"), 1),
        ("Items", FIRST + 2, column("Price"), "on request"),
        ("Items", FIRST + 2, column("From"), 512),
        ("Items", FIRST + 4, column("Price"), 399000),
        ("Items", FIRST + 4, column("Alternate"), "liquid cooled"),
        ("Items", FIRST + 4, column("Valid"), "2026-11-01"),
        ("Items", FIRST + 4, column("Warranty"), 5), ("Items", FIRST + 4, column("Power"), 9.8),
    ]  # fmt: skip
    return [
        ("put", {"cells": said}),
        ("put", {"cells": lines}),
        ("insert_rows", {"sheet": "Items", "row": 2, "count": 3}),  # everything moves down
        ("move_row", {"sheet": "Items", "row": FIRST + 7, "to": FIRST + 3}),  # its alternate, up
        ("insert_rows", {"sheet": "Items", "row": FIRST + 6, "count": 1}),
        ("put", {"cells": [  # in the row put between: an alternate that nobody asked for
            ("Items", FIRST + 6, column("Alternate"), "with 2 TB"),
            ("Items", FIRST + 6, column("Price"), 440000),
            ("Items", FIRST + 6, column("Power"), 10.4),
            ("Items", FIRST + 6, column("Warranty"), 3),
        ]}),
        ("insert_columns", {"sheet": "Items", "column": 7, "count": 2}),
        ("put", {"cells": [("Items", HEAD + 3, 7, "Our part number"),
                           ("Items", FIRST + 4, 7, "PN-4711")]}),
        ("rename", {"sheet": "Items", "name": "Unser Angebot, 2. Fassung"}),
        ("rename", {"sheet": "Conditions", "name": "Bedingungen"}),
    ]  # fmt: skip


@needs_libreoffice
def test_an_answer_edited_in_libreoffice_is_read_and_each_deviation_named(
    desk: Path, office: Office
) -> None:
    """Rows moved and put between, columns too, sheets renamed, prices as text, "on request"."""
    made = filling(desk)
    book = office.open(desk / "fleet-rfq-buy.xlsx")
    book.after(*edits(made))
    office.ask("save", path=str(desk / "a.xlsx"))
    answer = added(desk, "a.xlsx")

    sheet = "Unser Angebot, 2. Fassung"
    assert answer.out.splitlines()[0] == "a.xlsx: Vendor A: 3 quotes added, 2 incomplete"
    told = {line.strip() for line in answer.out.splitlines() if line.startswith("  ")}
    asked = "Server with 8 × H100 SXM5 80GB; 80 GB of memory each at 3,350 GB/s"
    assert told == {
        "Bedingungen!C12: lead time “12 weeks ARO”: “ARO” is kept in the note",
        "Bedingungen!C16: net days “net 30”: read as 30; “net” is kept in the note",
        "Bedingungen!C11: shorter validity: until 2026-12-31, 2027-01-20 was wished",
        f"{sheet}!N9: expired: valid until 2026-11-01, the scenario is of 2026-11-21",
        f"{sheet}!D10: changed quantity: “120”, “128” was asked for",
        f"{sheet}!C10: changed specification: “Server with 8 × H200”, “{asked}” was asked for",
        f"{sheet}!J10: price “412 000 USD”: read as 412000 USD",
        f"{sheet}!M10: Incoterm “FCA Taipei”: “Taipei” is kept in the note",
        f"{sheet}!M10: Incoterm FCA, DAP was wished",
        f"{sheet}!J11: price “EUR 371.000,50”: read as 371000.5 EUR",
        f"{sheet}!P11: shorter warranty: 1 year, 3 years are required",
        f"{sheet} row 12: an added alternate “with 2 TB”, taken for one of Server",
        f"{sheet}!J13: price: “on request” is no price",
        f"{sheet}!G7: “Our part number” stands where nothing was asked",
        f"{sheet}!G10: “PN-4711” stands where nothing was asked, and is kept in the note",
        f"{sheet} row 10: waits until it is complete: no warranty",
        f"{sheet} row 13: waits until it is complete: price: “on request” is no price; no warranty",
    }
    columns = ("alternate", "price", "currency", "min_quantity", "incoterm", "valid_until",
               "lead_weeks", "warranty_years", "deposit_share", "net_days", "power_kw")  # fmt: skip
    assert [tuple(one[key] for key in columns) for one in rows(desk)] == [
        ("liquid cooled", "399000", "USD", "", "DAP", "2026-11-01", "12", "5", "0.3", "30", "9.8"),
        ("", "371000.5", "EUR", "256", "FCA", "2026-12-31", "12", "1", "0.3", "30", "10.2"),
        ("with 2 TB", "440000", "USD", "", "DAP", "2026-12-31", "12", "3", "0.3", "30", "10.4"),
    ]
    assert [one["price"] for one in waiting(desk)] == ["412000", ""]
    assert waiting(desk)[0]["note"].startswith("[waits: no warranty] ")
    assert "PN-4711" in waiting(desk)[0]["note"] and "contact: sales desk" in rows(desk)[0]["note"]


def test_what_waits_is_added_once_it_is_complete(desk: Path) -> None:
    line = {"Price": 412000, "Power": 10.2}
    filling(desk).all({**AS_WISHED, "Warranty required": None}).line(FIRST, line).saved("a.xlsx")
    for _ in range(2):  # it waits once, however often it is read
        assert "0 quotes added, 1 incomplete" in added(desk, "a.xlsx").out
        assert len(waiting(desk)) == 1 and rows(desk) == []
    path = desk / "fleet.quotes-waiting.csv"
    done = [{**one, "warranty_years": "5", "note": f"{one['note']} asked by phone"}
            for one in waiting(desk)]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, done[0])
        writer.writeheader()
        writer.writerows(done)
    assert "Vendor A: 1 quote added\n" in added(desk, path.name).out
    (found,) = rows(desk)
    assert (found["warranty_years"], found["note"]) == ("5", "asked by phone")
    assert not path.exists()


def test_a_later_answer_is_a_next_round_and_the_same_one_is_there_already(desk: Path) -> None:
    line = {"Price": 412000, "Power": 10.2}
    first = filling(desk).all(AS_WISHED).line(FIRST, line)
    first.line(FIRST + 1, {"Price": 400000, "From": 256}).saved("a.xlsx")
    first.line(FIRST, {"Price": 405000}).saved("a2.xlsx")
    filling(desk).all({**AS_WISHED, "Company": "Vendor B"}).line(FIRST, line).saved("b.xlsx")
    assert "2 quotes added" in added(desk, "a.xlsx").out
    before = (desk / "fleet.quotes.csv").read_text()
    assert "0 quotes added, 2 there already" in added(desk, "a.xlsx").out
    assert (desk / "fleet.quotes.csv").read_text() == before
    added(desk, "a2.xlsx", "b.xlsx")
    assert [(one["vendor"], one["price"], one["round"]) for one in rows(desk)] == [
        ("Vendor A", "412000", "1"), ("Vendor A", "400000", "1"), ("Vendor A", "405000", "2"),
        ("Vendor A", "400000", "2"), ("Vendor B", "412000", "1"),
    ]  # fmt: skip
    assert (desk / "fleet.quotes.csv").read_text().startswith(before)


def test_a_price_break_is_as_its_offer_but_for_itself(desk: Path) -> None:
    line = {"Price": 412000, "Power": 10.2, "Incoterm": "CIP", "Remarks": "subject to stock"}
    made = filling(desk).all(AS_WISHED).line(FIRST, line)
    made.line(FIRST + 1, {"Price": 400000, "From": 256, "Incoterm": "DDP"})
    made.line(FIRST + 2, {"From": 512}).line(FIRST + 3, {"Price": 390000, "From": 1024})
    made.saved("a.xlsx")
    assert "row 8: waits until it is complete: no price" in added(desk, "a.xlsx").out
    keys = ("price", "incoterm", "power_kw", "note")
    assert [tuple(one[key] for key in keys) for one in rows(desk)] == [
        ("412000", "CIP", "10.2", "subject to stock"), ("400000", "DDP", "10.2", ""),
        ("390000", "CIP", "10.2", ""),
    ]  # fmt: skip


def test_rows_that_are_there_stay_with_columns_of_their_own(desk: Path) -> None:
    own = "vendor;item;price;currency;buyer\nVendor C;server;390.000,50;USD;team 2\n"
    (desk / "fleet.quotes.csv").write_text(own)
    filling(desk).all(AS_WISHED).line(FIRST, {"Price": 412000.5, "Power": 10.2}).saved("a.xlsx")
    added(desk, "a.xlsx")
    lines = (desk / "fleet.quotes.csv").read_text().splitlines()
    assert lines[0].startswith("vendor;item;price;currency;buyer;alternate;min_quantity;incoterm")
    assert lines[1].startswith("Vendor C;server;390.000,50;USD;team 2;")
    assert lines[2].startswith("Vendor A;server;412000,5;USD;;;128;DAP;2027-03-31;12;3;0,3;")


def test_nothing_that_is_typed_is_lost(desk: Path) -> None:
    """A word of its own in every cell to fill, beside them and on a sheet of one's own."""
    made, words = filling(desk), []

    def word() -> str:
        words.append(f"word{len(words):03}q")
        return words[-1]

    for row in range(6, 20):
        for column in (3, 4):
            if made.conditions.cell(row, column).fill.fgColor.rgb == "00FFF8E1":
                made.conditions.cell(row, column).value = word()
    for row in range(FIRST, FIRST + 6):
        for column in range(3, 24):
            if column not in (21, 22, 23):  # the hidden ones
                made.items.cell(row, column).value = word()
    made.items.cell(40, 30).value = word()
    made.book.create_sheet("Terms")["B2"] = word()
    made.saved("a.xlsx")
    kept = added(desk, "a.xlsx").out + "".join(
        path.read_text() for path in desk.glob("fleet.quotes*.csv")
    )
    assert len(words) > 120 and [one for one in words if one not in kept] == []


ODD = ("412 000 USD", "on request", "€", "0", "-1", "1e400", "30 %", "–", "?", "*", "2026-13-45",
       "12/12/12", "n/a", "NaN", "inf", "x" * 500, "½", "DAP", "yes", "12-14", "9" * 400, "1/0",
       "[waits: x]", "1,5 kW", "5 kr EUR", 3.7, -2, 0, 1e308, 46000, 10**20, 412000)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_typed_only_what_a_scenario_reads_is_added(seed: int, desk: Path) -> None:
    """Cells of an answer in order are typed over; no row that is added would be refused."""
    rng = random.Random(seed)
    made = filling(desk).all(AS_WISHED).line(FIRST, {"Price": 412000, "Power": 10.2})
    made.line(FIRST + 1, {"Price": 400000, "From": 256})
    made.line(FIRST + 4, {"Price": 399000, "Alternate": "liquid cooled", "Power": 9.8})
    for sheet in (made.items, made.conditions):
        for _ in range(rng.randint(0, 5)):
            sheet.cell(rng.randint(5, 19), rng.randint(3, 24)).value = rng.choice(ODD)
    made.saved("a.xlsx")
    answer = run_in(desk, "quotes", "add", "fleet.yaml", "a.xlsx")
    assert answer.code == 0 or "not the name of whoever offers" in answer.err, answer.err
    if answer.code == 0 and (found := readable(desk)):
        run = run_in(desk, "quotes", tabulated(desk, found).name)
        assert run.code == 0, run.err


def test_an_answer_copied_into_another_workbook_is_read_by_its_headings(desk: Path) -> None:
    """Names of cells and of lines are gone; what was asked is held against the scenario's."""
    made = filling(desk).all(AS_WISHED).line(FIRST, {"Price": "412 000 USD", "Power": 10.2})
    made.line(FIRST + 1, {"Price": 400000, "From": 256}).line(FIRST, {"Quantity": 64})
    copy = Workbook()
    copy.active.title = "Offer"
    for sheet in (made.items, made.conditions):
        there = copy.active if sheet is made.items else copy.create_sheet("Terms")
        for row in sheet.iter_rows(max_col=20 if sheet is made.items else 4):
            for cell in row:
                there.cell(cell.row + 2, cell.column).value = cell.value
    copy.save(desk / "copied.xlsx")
    told = added(desk, "copied.xlsx").out
    assert "Vendor A: 2 quotes added" in told
    assert "Offer!D8: changed quantity: “64”, “128” was asked for" in told
    assert [(one["price"], one["min_quantity"], one["incoterm"]) for one in rows(desk)] == [
        ("412000", "64", "DAP"), ("400000", "256", "DAP"),
    ]  # fmt: skip


def test_what_was_asked_before_the_scenario_changed_is_told_apart(desk: Path) -> None:
    filling(desk).all(AS_WISHED).line(FIRST, {"Price": 412000, "Power": 10.2}).saved("a.xlsx")
    path = desk / "fleet.yaml"
    path.write_text(path.read_text().replace("fleet_gpus: 1024", "fleet_gpus: 512"))
    told = added(desk, "a.xlsx").out
    assert "the quantity asked for was “128”; it is “64” in the scenario now" in told
    assert "changed quantity" not in told and "only from 128; 64 were asked for" in told


def test_conditions_that_a_vendor_changes_are_told(desk: Path) -> None:
    made = filling(desk).all(AS_WISHED).line(FIRST, {"Price": 412000, "Power": 10.2})
    made.conditions["B13"] = "1 year"
    made.line(FIRST, {"As specified": "no, 700 W"}).saved("a.xlsx")
    told = added(desk, "a.xlsx").out
    assert ("Conditions!B13: condition Warranty required: changed from “3 years from acceptance, "
            "in the price” to “1 year”") in told  # fmt: skip
    assert "Items row 6: not as specified, so it does not count" in told
    assert rows(desk)[0]["complies"] == "no" and rows(desk)[0]["alternate"] == ""
    assert rows(desk)[0]["deviation"] == "not as specified"
    assert "700 W" in rows(desk)[0]["note"]


def test_damages_and_guarantee_are_asked_for_and_reach_the_risk(desk: Path) -> None:
    said = AS_WISHED | {"Delay: damages a week": "0.5 %", "Delay: damages at most": "5 %",
                        "Deposit: guaranteed": 0.5}  # fmt: skip
    filling(desk).all(said).line(FIRST, {"Price": 412000, "Power": 10.2}).saved("a.xlsx")
    added(desk, "a.xlsx")
    found = rows(desk)[0]
    assert [float(found[key]) for key in ("damages_share", "damages_cap", "guaranteed_share")] == [
        0.005, 0.05, 0.5,
    ]  # fmt: skip
    text = (desk / "fleet.yaml").read_text()
    (desk / "fleet.yaml").write_text(f"quotes: fleet.quotes.csv\n{text}")
    numbers = load(str(desk / "fleet.yaml")).numbers
    assert numbers["quote_deposit_at_risk"][0] == 412000 * 0.3 * 0.5
    weeks = float(numbers["delay_weeks"])
    assert numbers["quote_damages"][0] == pytest.approx(412000 * min(0.005 * weeks, 0.05))


def test_what_is_rented_has_no_incoterm(desk: Path) -> None:
    told = run_in(desk, "rfq", "fleet.yaml", "--side", "rent", "--incoterm", "FCA", "--out", ".")
    assert told.code == 2 and "what is rented is not delivered" in told.err
    assert not (desk / "fleet-rfq-rent.xlsx").exists()


def test_a_changed_specification_does_not_count(desk: Path) -> None:
    made = filling(desk).all(AS_WISHED).line(FIRST, {"Price": 412000, "Power": 10.2})
    made.line(FIRST, {"Specification": "6 of them"}).saved("a.xlsx")
    assert "changed specification: “6 of them”" in added(desk, "a.xlsx").out
    assert rows(desk)[0]["complies"] == "no"
    assert rows(desk)[0]["deviation"] == "changed specification: “6 of them”"
    said = "".join(f"quotes: fleet.quotes.csv\n{(desk / 'fleet.yaml').read_text()}")
    (desk / "fleet.yaml").write_text(said)
    shown = run_in(desk, "quotes", "fleet.yaml").out
    assert "does not comply: changed specification" in shown and "chosen" not in shown


@pytest.mark.parametrize("renamed", [("Items",), ("Conditions",), ("Items", "Conditions")])
def test_a_sheet_renamed_where_names_are_left_behind_is_read(
    renamed: tuple[str, ...], desk: Path
) -> None:
    """As some programs do: the names still say the former sheet."""
    made = filling(desk).all(AS_WISHED).line(FIRST, {"Price": 412000, "Power": 10.2})
    for name in renamed:
        made.book[name].title = f"{name} 2"
    made.saved("a.xlsx")
    added(desk, "a.xlsx")
    found = rows(desk)[0]
    assert (found["price"], found["incoterm"], found["vendor"]) == ("412000", "DAP", "Vendor A")
    assert found["valid_until"] == "2027-03-31" and found["warranty_years"] == "3"


def test_a_later_answer_takes_the_place_of_alternates_too(desk: Path) -> None:
    first = filling(desk).all(AS_WISHED).line(FIRST, {"Price": 350000, "Power": 10.2})
    first.line(FIRST + 4, {"Alternate": "liquid", "Price": 300000, "Power": 10}).saved("a.xlsx")
    filling(desk).all(AS_WISHED).line(FIRST, {"Price": 340000, "Power": 10.2}).saved("b.xlsx")
    added(desk, "a.xlsx")
    added(desk, "b.xlsx")
    assert [(one["price"], one["round"]) for one in rows(desk)] == [
        ("350000", "1"), ("300000", "1"), ("340000", "2"),
    ]  # fmt: skip
    text = (desk / "fleet.yaml").read_text()
    (desk / "fleet.yaml").write_text(f"quotes: fleet.quotes.csv\n{text}")
    shown = run_in(desk, "quotes", "fleet.yaml").out
    assert shown.count("superseded by round 2") == 2


def test_an_offer_repeated_without_its_alternate_withdraws_that(desk: Path) -> None:
    """The same price again, and nothing beside it: what is left out is not offered any more."""
    first = filling(desk).all(AS_WISHED).line(FIRST, {"Price": 350000, "Power": 10.2})
    first.line(FIRST + 4, {"Alternate": "liquid", "Price": 300000, "Power": 10}).saved("a.xlsx")
    filling(desk).all(AS_WISHED).line(FIRST, {"Price": 350000, "Power": 10.2}).saved("b.xlsx")
    added(desk, "a.xlsx")
    assert "2 there already" in added(desk, "a.xlsx").out
    added(desk, "b.xlsx")
    assert [(one["price"], one["round"]) for one in rows(desk)] == [
        ("350000", "1"), ("300000", "1"), ("350000", "2"),
    ]  # fmt: skip


def test_wishes_are_what_the_request_was_sent_with(tmp_path: Path) -> None:
    shutil.copy(BUNDLED / f"{NAME}.yaml", tmp_path / "fleet.yaml")
    run_in(tmp_path, "rfq", "fleet.yaml", "--out", ".", "--incoterm", "ddp", "--valid-until",
           "2027-06-30")  # fmt: skip
    filling(tmp_path).all(AS_WISHED).line(FIRST, {"Price": 1, "Power": 1}).saved("a.xlsx")
    told = added(tmp_path, "a.xlsx").out
    assert "Incoterm DAP, DDP was wished" in told
    assert "shorter validity: until 2027-03-31, 2027-06-30 was wished" in told


# ---- to rent, and CSV ----------------------------------------------------------------------------


def test_rental_answers_go_to_a_file_of_their_own(desk: Path) -> None:
    assert run_in(desk, "rfq", "fleet.yaml", "--side", "rent", "--out", ".").code == 0
    made = filling(desk, RENT).all({"Company": "Provider A", "Validity": "2027-01-31",
                                    "Currency": "USD"})  # fmt: skip
    made.line(FIRST, {"Commitment": "reserved", "Price": "2.10 USD/GPU-h", "Term": "3 years",
                      "Goodput": "96 %", "Fee": 0.5, "Set-up": 100000})  # fmt: skip
    made.line(FIRST + 1, {"Commitment": "on demand", "Price": 3.2})
    made.line(FIRST + 2, {"Commitment": "reserved", "Price": 2.3})
    made.saved("a.xlsx")
    told = added(desk, "a.xlsx").out
    assert "shorter validity" not in told and "row 8: waits until it is complete: no term" in told
    found = rows(desk, "fleet.rent_quotes.csv")
    keys = ("provider", "commitment", "price", "currency", "term_months", "goodput",
            "exit_fee_share", "setup_cost", "valid_until", "round")  # fmt: skip
    assert [tuple(one[key] for key in keys) for one in found] == [
        ("Provider A", "reserved", "2.1", "USD", "36", "0.96", "0.5", "100000", "2027-01-31", "1"),
        ("Provider A", "on_demand", "3.2", "USD", "", "", "", "", "2027-01-31", "1"),
    ]
    assert list(found[0]) == list(SIDES[RENT].head)


GERMAN = """\
vendor;item;price;currency;incoterm;valid_until;lead_weeks;warranty_years;deposit_share;\
delivery_share;power_kw;duty_rate;Ansprechpartner
Vendor D;server;371.000,50;EUR;CIP;31.12.2026;10,5;3;0,3;0,6;10,2;0,02;Einkauf
Vendor E;rack;9.000,00;EUR;CIP;31.12.2026;10;3;0,3;0,6;1;;
"""


def test_a_csv_is_read_as_it_writes_numbers(desk: Path) -> None:
    (desk / "offers.csv").write_text(GERMAN)
    told = added(desk, "offers.csv").out
    assert "Vendor D, Vendor E: 1 quote added, 1 incomplete" in told
    assert "offers.csv:2: Incoterm CIP, DAP was wished" in told
    assert "offers.csv:2: “Einkauf” in column Ansprechpartner, which quotes do not have" in told
    assert "quotes of rack are not compared in this scenario" in told
    (found,) = rows(desk)
    wanted = {"price": "371000.5", "valid_until": "2026-12-31", "lead_weeks": "10.5",
              "duty_rate": "0.02", "note": "Ansprechpartner: Einkauf"}  # fmt: skip
    assert {key: found[key] for key in wanted} == wanted
    assert waiting(desk)[0]["item"] == "rack"


@pytest.mark.parametrize(
    ("column", "typed", "wanted"),
    [
        ("price", "412 000 USD", "412000"), ("price", "EUR 371.000,50", "371000.5"),
        ("price", "412k USD", "412000"), ("price", "US$412,000.00 per unit", "412000"),
        ("price", "EUR 371.000", ""), ("price", "$ 412,000", ""), ("price", "400-410k USD", ""),
        ("price", "380000 kr", ""), ("price", "on request", ""), ("price", 0.0, ""),
        ("price", "400 USD or 380 EUR", ""), ("lead_weeks", "90 days", "12.857142857142858"),
        ("lead_weeks", "10-12 weeks", ""), ("warranty_years", "36 months", "3"),
        ("warranty_years", "none", ""), ("deposit_share", "30", "0.3"),
        ("deposit_share", "120 %", ""), ("deposit_share", 30.0, "0.3"),
        ("valid_until", 46387.0, "2026-12-31"), ("valid_until", "12/31/2026", "2026-12-31"),
        ("valid_until", "01/02/2027", ""), ("valid_until", "60 days", ""),
        ("incoterm", "dap", "DAP"), ("incoterm", "DDU", ""), ("incoterm", "FCA or DAP", ""),
        ("currency", "€", "EUR"), ("currency", "kr", ""), ("power_kw", "10200 W", "10.2"),
        ("min_quantity", "from 64 units", "64"), ("document", "Q*77?", "Q 77"),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_in_one_way_or_not_at_all(
    column: str, typed: float | str, wanted: str
) -> None:
    found = meaning(SIDES[BUY].column(column), typed)
    assert found.value == wanted and bool(found.why) == (not wanted)


# ---- side by side --------------------------------------------------------------------------------


def tabulated(desk: Path, quotes: list[dict[str, Any]]) -> Path:
    path = desk / "quoted.yaml"
    path.write_text(written(GOLDEN["inputs"], quotes), encoding="utf-8")
    return path


def test_the_tabulation_is_what_the_lines_say(desk: Path) -> None:
    path = tabulated(desk, GOLDEN["quotes"])
    answer = run_in(desk, "quotes", path.name)
    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    (chosen,) = [line for line in lines if line.endswith("← chosen")]
    assert re.match(r"4 +C +server +32 ", chosen)  # C at 32, though three others are cheaper
    why = "too late|expired|another break counts|only from"
    assert len(re.findall(why, answer.out)) == 4
    found = json.loads(run_in(desk, "quotes", path.name, "--json").out)["quotes"]
    for row, wanted in zip(found, GOLDEN["rows"], strict=True):
        for key, value in wanted.items():
            if key.startswith("quote_"):
                assert row[key] == pytest.approx(value, rel=1e-9), key
        shown = f"{wanted['quote_compared_price']:,.0f}"
        assert shown in answer.out
    (chosen,) = [one for one in found if one["chosen"]]
    assert (chosen["vendor"], chosen["min_quantity"]) == ("C", 32)


def readable(desk: Path) -> list[dict[str, Any]]:
    """The rows of the file of quotes as a scenario file has them."""
    known = {one.key.removeprefix("offered_") for one in model_for("own", quoted=True)
             .along("quotes") if isinstance(one, Given)}  # fmt: skip
    assert set(SIDES[BUY].head) - {"round", "note"} <= known
    return [{key: json.dumps(value) for key, value in one.items() if value and key in known}
            for one in rows(desk)]  # fmt: skip


def test_quotes_that_were_added_are_compared(desk: Path) -> None:
    """What a request brings back is what a scenario reads: no row of the file is refused."""
    line = {"Price": "380 000 EUR", "Power": 10.2, "From": 1}
    filling(desk).all(AS_WISHED).line(FIRST, line).saved("a.xlsx")
    added(desk, "a.xlsx")
    answer = run_in(desk, "quotes", tabulated(desk, readable(desk)).name)
    assert answer.code == 0, answer.err
    assert "410,400" in answer.out and "Vendor A" in answer.out  # 380,000 at 1.08


def test_wishes_need_not_be_said() -> None:
    assert request_of(load(NAME), BUY) == request_of(load(NAME), BUY, Wishes("DAP", "2027-01-20"))

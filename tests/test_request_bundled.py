"""The bundled request: written anew, filled as the vendors filled it, and read back.

What comes of it are the files of quotes that stand beside the scenario, byte for byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tco.verify import verify
from tco.workbook.build import workbook
from tests.errors.conftest import run_in
from tests.loaded import load
from tests.test_tendering import BUNDLED, FIRST, Filling

NAME = "rfq-512-b200"
FILES = (f"{NAME}.quotes.csv", f"{NAME}.rent_quotes.csv")
BREAK, ALTERNATE = FIRST + 1, FIRST + 4
# What each vendor says of all lines, and line by line.
VENDORS: dict[str, tuple[dict[str, Any], dict[int, dict[str, Any]]]] = {
    "Vendor A": (
        {"Incoterm": "CIP", "Validity": "2027-02-28", "Delivery": 16, "Warranty required": 3,
         "Payment: with the order": 0.3, "Payment: on delivery": 0.6, "Payment: net days": 0,
         "Currency": "EUR", "Your offer: its number": "A-2611-07"},
        {FIRST: {"Price": 388_000, "Power": 14.3, "As specified": "yes"},
         BREAK: {"Price": 396_000, "From": 32}},
    ),
    "Vendor B": (
        {"Incoterm": "DAP", "Validity": "2027-01-31", "Delivery": 14, "Warranty required": 5,
         "Payment: with the order": 0.1, "Payment: on delivery": 0.8, "Payment: net days": 30,
         "Currency": "USD", "Your offer: its number": "Q-5512"},
        {FIRST: {"Price": 446_000, "Power": 14.3, "As specified": "yes"}},
    ),
    "Vendor C": (
        {"Incoterm": "FCA", "Validity": "2027-03-31", "Delivery": 30, "Warranty required": 3,
         "Payment: with the order": 0.5, "Payment: on delivery": 0.5, "Payment: net days": 0,
         "Currency": "USD", "Your offer: its number": "C/118"},
        {FIRST: {"Price": 402_000, "Power": 14.3, "As specified": "yes"},
         ALTERNATE: {"Price": 433_000, "Power": 13.1, "Alternate": "liquid cooled",
                     "Lead time": 20}},
    ),
}  # fmt: skip
PROVIDERS: dict[str, tuple[dict[str, Any], dict[int, dict[str, Any]]]] = {
    "Provider P": (
        {"Validity": "2027-01-31", "Currency": "USD"},
        {FIRST: {"Commitment": "reserved", "Price": 3.35, "Term": 36, "Goodput": 0.96,
                 "Support": 0.02, "Set-up": 40_000, "Fee for leaving": 0.6},
         FIRST + 1: {"Commitment": "on_demand", "Price": 5.1}},
    ),
    "Provider Q": (
        {"Validity": "2027-02-28", "Currency": "USD"},
        {FIRST: {"Commitment": "reserved", "Price": 3.9, "Term": 12, "Goodput": 0.94,
                 "Support": 0, "Fee for leaving": 0.5}},
    ),
}  # fmt: skip


def unanswered(folder: Path) -> Path:
    """The scenario before anybody has answered."""
    text = (BUNDLED / f"{NAME}.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("quotes:", "rent_quotes:"))]
    path = folder / f"{NAME}.yaml"
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return path


def answer(folder: Path, side: str, answers: Any) -> list[str]:
    """The request of one side, filled by each who answers; the names of the files."""
    made = run_in(folder, "rfq", f"{NAME}.yaml", "--side", side, "--out", ".")
    assert made.code == 0, made.err
    names = []
    for who, (said, lines) in answers.items():
        filled = Filling(folder / f"{NAME}-rfq-{side}.xlsx").all({"Company": who, **said})
        for row, line in lines.items():
            filled.line(row, line)
        names.append(filled.saved(f"{who}.xlsx").name)
    return names


def test_the_answers_read_back_are_the_files_beside_it(tmp_path: Path) -> None:
    unanswered(tmp_path)
    for side, answers in (("buy", VENDORS), ("rent", PROVIDERS)):
        files = answer(tmp_path, side, answers)
        added = run_in(tmp_path, "quotes", "add", f"{NAME}.yaml", *files)
        assert added.code == 0, added.err
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (BUNDLED / name).read_bytes(), name


def test_the_deviations_are_told(tmp_path: Path) -> None:
    unanswered(tmp_path)
    said = run_in(tmp_path, "quotes", "add", f"{NAME}.yaml", *answer(tmp_path, "buy", VENDORS)).out
    assert "3 years" in said and "4" in said  # of warranty
    assert "30 weeks" in said and "CIP" in said and "FCA" in said


def test_the_best_of_them_decide() -> None:
    """Vendor A at 64 in euros, landed; late, few and dear ones stand grey with their reason."""
    found = load(NAME).numbers
    standing = dict(zip(found["quote_offer"], found["quote_standing"], strict=True))
    assert found["chosen_vendor"] == "Vendor A"
    assert found["server_unit_price"] == pytest.approx(388_000 * 1.08)
    assert any("Vendor C" in offer and "late" in why for offer, why in standing.items())
    assert any("from 32" in offer and "another break" in why for offer, why in standing.items())
    assert found["servers_missing"] == found["rents_missing"] == 0
    assert found["verdict"] != "not decided"
    assert found["known_reserved_price"] == 3.35
    assert found["errors"] == 0


def test_the_engines_agree_on_it(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(load(NAME)))
    assert [one.differences[:3] for one in verify(path)] == [(), ()]


def test_a_copy_of_it_brings_its_quotes(tmp_path: Path) -> None:
    made = run_in(tmp_path, "new", "mine", "--from", NAME)
    assert made.code == 0, made.err
    for name in FILES:
        copy = tmp_path / name.replace(NAME, "mine")
        assert copy.read_bytes() == (BUNDLED / name).read_bytes()
    assert run_in(tmp_path, "show", "mine.yaml").code == 0

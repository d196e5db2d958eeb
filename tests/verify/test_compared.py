"""The book of a comparison: built anew from itself, and what was changed in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tco.comparing import build_compared, is_comparison, rebuild_compared
from tco.errors import Mistakes
from tco.loading import load
from tco.verify.tampering import beside_rebuilt, said_of

pytestmark = pytest.mark.usefixtures("built_once")

NAMES = ("published-2019", "gpt4-as-seen-in-2020")
NAME = "two"


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison as it was written, one setting laid over both."""
    folder = tmp_path_factory.mktemp("compared")
    build_compared(NAMES, NAME, ("as_of=2026-11-20",), folder, force=False)
    return folder / f"{NAME}.xlsx"


def test_it_makes_itself_again(compared: Path, tmp_path: Path) -> None:
    assert is_comparison(str(compared))
    rebuild_compared(str(compared), (), tmp_path, force=False)
    assert (tmp_path / compared.name).read_bytes() == compared.read_bytes()


def test_it_is_as_built_and_a_changed_cell_is_named(compared: Path, tmp_path: Path) -> None:
    assert beside_rebuilt(compared).confirmed
    book = load_workbook(compared)
    book["B Summary"]["A1"] = "Another summary"
    book["Compare"]["D12"] = 1
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    said = said_of(beside_rebuilt(changed))
    assert "Compare!D12: was ='A Checks'!$D$7, is 1" in said
    assert "B Summary!A1: was nothing, is Another summary" in said


def test_a_scenario_typed_over_is_told_by_its_hash(compared: Path, tmp_path: Path) -> None:
    book = load_workbook(compared)
    sheet = book["B Scenario"]
    row = next(row for row in sheet.iter_rows(min_row=5)
               if str(row[3].value).strip() == "value: 175B")  # fmt: skip
    row[3].value = "    value: 170B"
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    found = beside_rebuilt(changed)
    assert not found.confirmed and "is not what this workbook was built from" in said_of(found)


def test_one_scenario_is_not_taken_for_several(compared: Path) -> None:
    with pytest.raises(Mistakes, match="compares 2 scenarios"):
        load(str(compared))

"""Defined names and ids: whatever people call a row, a spreadsheet takes the file as it is."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tco.errors import Mistakes
from tco.verify import verify
from tco.workbook.build import workbook
from tco.workbook.names import legal, unusable
from tests.conftest import SCENARIOS
from tests.loaded import load
from tests.sampling import sampled

ROWS = ("our model, v2", "R1C1", "H100", "TRUE", "2024", "1E5", "2026-01-02", "=SUM(A1)", "#N/A",
        "模型 一号", "Größe", "a b", "a-b", "a.b", "A_B", "'quoted'", 'say "hi"', "<b>&amp;",
        "x" * 60, "_xlnm.Print_Area", "c", "ＦＵＬＬ", "emoji 🙂", "tab,semicolon;")  # fmt: skip


def _names(path: Path) -> dict[str, str]:
    return {name: place.attr_text for name, place in load_workbook(path).defined_names.items()}


def _refused_by_xlsxwriter(names: Mapping[str, str]) -> list[str]:
    """The names that an independent writer would not put into a file."""
    book = xlsxwriter.Workbook("unused.xlsx")
    for title in {target.partition("!")[0] for target in names.values()}:
        book.add_worksheet(title)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says why; which one is enough here
        return [name for name, target in names.items() if book.define_name(name, f"={target}")]


@pytest.mark.parametrize("name", sampled(SCENARIOS, every=4))
def test_every_name_of_a_book_is_legal_and_unique(name: str, built: Mapping[str, Path]) -> None:
    found = _names(built[name])
    assert len(found) > 50
    assert not _refused_by_xlsxwriter(found)
    assert len({one.casefold() for one in found}) == len(found)


@pytest.fixture(scope="module")
def oddly_named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario whose runs are called whatever people call them."""
    folder = tmp_path_factory.mktemp("odd")
    rows = "\n".join(
        f"    - {{run: '{row.replace(chr(39), chr(39) * 2)}', devices: {number}, "
        "counted_in: GPU, price: 2, hours: 3}"
        for number, row in enumerate(ROWS, 1)
    )
    last = f"{{run: last, devices: 1, counted_in: GPU, price: 2, hours: 3, against: '{ROWS[3]}'}}"
    file = folder / "odd.yaml"
    text = f"workload:\n  kind: runs\n  runs:\n{rows}\n    - {last}\n"
    file.write_text(text, encoding="utf-8")
    made = folder / "odd.xlsx"
    made.write_bytes(workbook(load(str(file))))
    return made


def test_rows_of_any_name_make_a_book_that_needs_no_repair(oddly_named: Path) -> None:
    found = _names(oddly_named)
    assert not _refused_by_xlsxwriter(found)
    for verdict in verify(oddly_named):
        assert verdict.formulas > 100 and not verdict.differences


def _texts(path: Path) -> Iterator[tuple[Any, str]]:
    """The constants of the sheet Tables that are names of rows, and their cells' formats."""
    for row in load_workbook(path)["Tables"].iter_rows(min_row=5):
        for cell in row:
            if cell.value in ROWS:
                yield cell, cell.number_format


def test_a_name_like_a_number_or_a_date_stays_text(oddly_named: Path) -> None:
    found = list(_texts(oddly_named))
    assert {cell.value for cell, _ in found} >= set(ROWS)
    assert all(cell.data_type == "s" for cell, _ in found)
    book = load_workbook(oddly_named)["Tables"]
    (column,) = {cell.column for row in book.iter_rows(min_row=5) for cell in row
                 if str(cell.value).casefold() == "override: run"}  # fmt: skip
    typed = [book.cell(cell.row, column).number_format for cell, _ in found if cell.column == 1]
    assert len(typed) == len(ROWS) and set(typed) == {"@"}, "what is typed over it stays text too"


def test_choices_take_what_is_typed_as_text(built: Mapping[str, Path]) -> None:
    sheet = load_workbook(built["llm-100b-10d"])["Inputs"]
    formats = {row[0].value: row[4].number_format for row in sheet.iter_rows(min_row=5)}
    for key in ("chip", "offer", "region", "performance_class"):
        assert formats[key] == "@", key
    assert formats["zero_stage"] != "@", "an option that is a number stays one"


@pytest.mark.parametrize(
    "name",
    ["runs, row 1_date", "h100", "A1", "XFD1048576", "tax2027", "R1C1", "r2", "c", "C3", "TRUE",
     "false", "1st", "a b", "a-b", "", "x" * 256, "a!b", "=x", "$a", "name?"],
)  # fmt: skip
def test_names_that_a_spreadsheet_would_not_take(name: str) -> None:
    assert unusable(name)
    with pytest.raises(ValueError, match="cannot be a defined name"):
        legal({name: "Inputs!$A$1"})
    if re.fullmatch(r"[^?]*", name) and name:  # XlsxWriter takes a question mark, Excel does not
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert _refused_by_xlsxwriter({name: "Inputs!$A$1"}) or name.upper() in (
                "TRUE", "FALSE", "TAX2027", "H100"
            ) or len(name) > 255  # fmt: skip


def test_names_that_differ_in_capitals_only_are_one() -> None:
    with pytest.raises(ValueError, match="one name"):
        legal({"gpu_cost": "Buy!$D$5", "GPU_cost": "Buy!$D$6"})
    assert legal({"gpu_cost": "x", "größe": "y", "模型": "z", "a.b": "v"})


def test_rows_that_differ_in_capitals_only_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "twice.yaml"
    rows = "".join(f"    - {{run: {one}, devices: 1, counted_in: GPU, price: 2, hours: 3}}\n"
                   for one in ("Ours", "ours"))  # fmt: skip
    file.write_text(f"workload:\n  kind: runs\n  runs:\n{rows}")
    with pytest.raises(Mistakes, match="ours is the name of row 1 too"):
        load(str(file))

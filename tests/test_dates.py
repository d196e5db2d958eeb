"""Dates are dates: numbers that a spreadsheet shows as a day, never text taken apart."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tco.quantities import is_date
from tco.workbook.cells import Cell
from tests.conftest import SCENARIOS, Opened
from tests.loaded import load
from tests.office import needs_libreoffice
from tests.office.live import STATE, laid_out

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
EPOCH = datetime.date(1899, 12, 30)


def _serial(day: str) -> float:
    return float((datetime.date.fromisoformat(day) - EPOCH).days)


def _cells(name: str) -> Iterator[tuple[str, int, int, Cell]]:
    for sheet in laid_out(name).sheets:
        for (row, column), cell in sheet.cells.items():
            yield sheet.title, row, column, cell


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_day_stands_as_text_in_any_cell(name: str) -> None:
    texts = [(sheet, row, column) for sheet, row, column, cell in _cells(name)
             if isinstance(cell.value, str) and is_date(cell.value)]  # fmt: skip
    assert not texts
    days = [cell for *_, cell in _cells(name) if cell.look.endswith(":date")
            and isinstance(cell.value, float)]  # fmt: skip
    assert len(days) >= 5 and all(1e3 <= float(cell.value) <= 1e5 for cell in days)


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_formula_takes_a_date_apart_or_formats_one(name: str) -> None:
    """MID of a day, DATE of its parts and TEXT of it all depend on how the reader writes days."""
    formulas = [cell.formula for *_, cell in _cells(name) if cell.formula]
    assert not [one for one in formulas if re.search(r"\b(MID|DATE|DATEVALUE|TEXT)\(", one)]


def test_the_file_shows_days_as_year_month_day(built: Mapping[str, Path]) -> None:
    book = load_workbook(built["llm-100b-10d"], data_only=True)
    inputs = {row[0].value: row for row in book["Inputs"].iter_rows(min_row=5) if row[0].value}
    live, base, date = (inputs["as_of"][i] for i in (3, 7, 10))
    assert live.value == base.value == datetime.datetime(2026, 11, 21)
    assert live.number_format == base.number_format == "yyyy\\-mm\\-dd"
    assert date.value in ("–", None) and inputs["gpu_price"][10].value
    chips = [[cell.value for cell in row] for row in book["Chips"].iter_rows(min_row=4)]
    place = chips[0].index("Read")
    assert all(isinstance(row[place], datetime.datetime) for row in chips[2:])


def test_ages_count_days(built: Mapping[str, Path]) -> None:
    numbers = load("llm-100b-10d", ["as_of=2026-03-01"]).numbers
    assert numbers["as_of_day"] == _serial("2026-03-01") == 46_082
    leap = load("llm-100b-10d", ["as_of=2024-02-29"]).numbers["as_of_day"]
    assert load("llm-100b-10d", ["as_of=2024-03-01"]).numbers["as_of_day"] - leap == 1


def test_only_days_may_be_typed_there(built: Mapping[str, Path]) -> None:
    book = load_workbook(built["llm-100b-10d"])
    row = next(row[0].row for row in book["Inputs"].iter_rows(min_row=5)
               if row[0].value == "as_of")  # fmt: skip
    (rule,) = [one for one in book["Inputs"].data_validations.dataValidation
               if f"E{row}" in one.sqref]  # fmt: skip
    assert (rule.type, rule.formula1, rule.formula2) == ("date", "1000", "100000")
    assert "2026-11-21" in rule.error


# What is typed over `as_of`, and the day it is; None: no day, so a check must fail.
TYPED: dict[Any, str | None] = {
    "2023-09-01": "2023-09-01",
    "2024-02-29": "2024-02-29",
    45_000: "2023-03-15",
    "2026-02-30": None,
    "2025-02-29": None,
    "21st of November": None,
    "2026-11": None,
    "20261121": None,
    0: None,
    -5: None,
    1e6: None,
}


@needs_libreoffice
@pytest.mark.xdist_group("llm-100b-10d")
@pytest.mark.parametrize("typed", TYPED)
def test_a_day_typed_in_the_file_is_a_day_or_refused(typed: Any, opened: Opened) -> None:
    live = opened("llm-100b-10d")
    offer = "crusoe-a100-80"  # the medians are of the day that a file is built for
    got = live.after({"as_of": typed, "offer": offer})
    if day := TYPED[typed]:
        assert got(live.named("as_of_day")) == _serial(day)
        assert not live.differences(got, load("llm-100b-10d", [f"as_of={day}", f"offer={offer}"]))
    else:
        assert "as_of_dated" in live.fired(got)
        assert str(got(STATE)).startswith("FAIL")

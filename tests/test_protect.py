"""A protected book: what is made for typing can be typed in, and nothing else; no password."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from tco.workbook.build import workbook
from tco.workbook.layout import lay_out
from tests.loaded import load

NAMES = ("llm-100b-10d", "wikitext-103-for-30-dollars")


@pytest.mark.parametrize("name", NAMES)
def test_only_what_is_typed_in_is_unlocked(name: str) -> None:
    made = load_workbook(io.BytesIO(workbook(load(name), protected=True)))
    typed = 0
    for sheet in lay_out(load(name)).sheets:
        found = made[sheet.title]
        assert found.protection.sheet and not found.protection.password
        for (row, column), cell in sheet.cells.items():
            unlocked = cell.look.startswith("input")
            assert found.cell(row, column).protection.locked is not unlocked
            assert not (unlocked and cell.formula)
            typed += unlocked
    assert typed > 50


def test_a_plain_book_is_not_protected() -> None:
    made = load_workbook(io.BytesIO(workbook(load(NAMES[0]))))
    assert not any(sheet.protection.sheet for sheet in made)

"""An error in any cell of any working sheet stops the decision, wherever on the sheet it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tco.workbook.sheets import CATALOGUE_SHEETS, TABLES
from tests.conftest import Opened
from tests.office import needs_libreoffice
from tests.office.live import STATE, Live, laid_out
from tests.office.program import Key

pytestmark = needs_libreoffice
# Sized with a table of deadlines and comparators; owned over years; tables of several axes.
BOOKS = ("published-runs", "own-1024-h100", "icml-2024-programme", "wikitext-103-for-30-dollars")
# Sheets without working cells of their own, and those of the count itself.
WITHOUT = {"Board", "Contents", "Summary", "Inputs", TABLES, "Checks", "Limits", "Sources",
           "Choices", "Log", *CATALOGUE_SHEETS.values()}  # fmt: skip
SUMMARY_STATE = ("Summary", 1, 7)
HEAD = 4


def _corners(name: str) -> Iterator[Key]:
    """Of each sheet the formula farthest down, and the one farthest to the right."""
    for sheet in laid_out(name).sheets:
        cells = [place for place, cell in sheet.cells.items() if cell.formula and place[0] > HEAD]
        if sheet.title not in WITHOUT and cells:
            yield from {(sheet.title, *max(cells)),
                        (sheet.title, *max(cells, key=lambda place: place[::-1]))}  # fmt: skip


@pytest.mark.parametrize("name", [pytest.param(one, marks=pytest.mark.xdist_group(one))
                                  for one in BOOKS])  # fmt: skip
def test_an_error_anywhere_is_counted_and_withholds_the_answer(name: str, opened: Opened) -> None:
    live = opened(name)
    cells = list(_corners(name))
    assert len({sheet for sheet, _, _ in cells}) > 3
    silent = [cell for cell in cells if not _stops(live, cell)]
    assert not silent


def _stops(live: Live, cell: Key) -> bool:
    got = live.broken(cell, "=1/0")
    assert got(cell) == "#DIV/0!"
    return (
        any(one.startswith("sheets_without_errors") for one in live.fired(got))
        and str(got(STATE)).startswith("FAIL")
        and str(got(SUMMARY_STATE)).startswith("FAIL")
    )

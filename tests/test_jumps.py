"""A click leads from the answer to its sources, by names that inserted rows do not break."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from tco.page.board import board_page
from tco.workbook.board import TITLE
from tco.workbook.build import workbook
from tco.workbook.cells import Book, position
from tco.workbook.names import sheet_name, source_name
from tco.workbook.sheets import CONTENTS
from tests.golden.said import laid_out
from tests.loaded import SCENARIOS, load

MOST_CLICKS = 5


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_click_leads_to_a_name(name: str) -> None:
    book = laid_out(name)
    jumps = [(sheet.title, at, place) for sheet in book.sheets
             for at, place in sheet.jumps.items()]  # fmt: skip
    assert len(jumps) > 20
    assert not [one for one in jumps if one[2] not in book.names]
    for title, at, _ in jumps:
        assert book[title].cells[position(at)].value is not None, (title, at)


def clicks(book: Book, title: str, row: int | None) -> Iterator[str]:
    """Where one leads from a row of a sheet, or from anywhere on it."""
    for at, place in book[title].jumps.items():
        if row is None or position(at)[0] == row:
            yield place


def away(book: Book, wanted: str, most: int) -> int:
    """How many clicks a name is from the board's page; `most` and one where it is farther."""
    seen: set[str] = set()
    here: list[tuple[str, int | None]] = [(TITLE, None)]
    for count in range(1, most + 1):
        found = {place for title, row in here for place in clicks(book, title, row)} - seen
        if wanted in found:
            return count
        seen |= found
        here = [_at(book, one) for one in found]
    return most + 1


def _at(book: Book, name: str) -> tuple[str, int | None]:
    """The sheet and the row of a name: of a whole sheet and of an area, any row."""
    title, _, place = book.names[name].replace("$", "").partition("!")
    if ":" in place or name == sheet_name(title):
        return title, None
    return title, position(place)[0]


@pytest.mark.parametrize("name", ("own-1024-h100", "llm-100b-10d"))
def test_from_the_answer_to_a_source_it_is_few_clicks(name: str) -> None:
    scenario, book = load(name), laid_out(name)
    drivers = [str(one) for one in scenario.numbers["tornado_driver"][:10]]
    sourced = [one for one in drivers if source_name(one) in book.names]
    assert len(sourced) >= 5
    far = {one: away(book, source_name(one), MOST_CLICKS) for one in sourced}
    assert max(far.values()) <= MOST_CLICKS, far
    assert min(far.values()) == 2, "the page, the input, its source"


def test_what_no_click_leads_to_would_be_seen() -> None:
    book = laid_out("llm-100b-10d")
    assert away(book, "no_such_name", MOST_CLICKS) == MOST_CLICKS + 1


@pytest.mark.parametrize("name", ("own-1024-h100", "resnet50-tpu-or-gpu"))
def test_contents_name_every_sheet_once(name: str) -> None:
    book = laid_out(name)
    places = list(book[CONTENTS].jumps.values())
    assert places == [sheet_name(sheet.title) for sheet in book.sheets]
    said = {cell.value for (_, column), cell in book[CONTENTS].cells.items() if column == 2}
    assert len(said) > len(book.sheets)


def test_the_file_has_them() -> None:
    scenario = load("llm-100b-10d")
    sheet = load_workbook(io.BytesIO(workbook(scenario)))[TITLE]
    links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    page = board_page(scenario)
    assert page is not None and len(links) > len(page.tiles)
    assert all(one.location and not one.target for one in links)

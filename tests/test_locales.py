"""Sentences say the same numbers wherever the file is opened.

A spreadsheet program reads formats and writes numbers as its own locale does: 2.844 is 2,844 in
Germany. Recalculated there, every number in every text must still be the number of its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from tco.verify import agree
from tco.workbook.cells import Book as Layout
from tco.workbook.cells import Cell
from tests.office import Book, Office, needs_libreoffice
from tests.office.live import laid_out, stored, without_noise

pytestmark = needs_libreoffice
NAMES = ("own-1024-h100", "llm-100b-engineered")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
MARKS = {"de-DE": str.maketrans(".,", ",."), "zh-CN": str.maketrans("", "")}


@pytest.fixture(scope="module", params=MARKS)
def abroad(request: pytest.FixtureRequest) -> Iterator[Office]:
    """The program under the locale of another country."""
    office = Office(request.param)
    yield office
    office.stop()


def _formulas(layout: Layout) -> Iterator[tuple[tuple[str, int, int], Cell]]:
    for sheet in layout.sheets:
        for (row, column), cell in sheet.cells.items():
            if cell.formula:
                yield (sheet.title, row, column), cell


def _fixed(layout: Layout) -> set[str]:
    """Numbers that stand in texts as they were typed: in sources, names and formulas' own words."""
    texts = [str(cell.value) for sheet in layout.sheets for cell in sheet.cells.values()
             if isinstance(cell.value, str) and not cell.formula]  # fmt: skip
    for _, cell in _formulas(layout):
        texts += re.findall(r'"([^"]*)"', cell.formula)
    return {number for text in texts for number in NUMBER.findall(text)}


def wrong_numbers(layout: Layout, book: Book, marks: Mapping[int, int | None]) -> list[str]:
    """The text cells in which a number is another one than in English."""
    fixed, found = _fixed(layout), []
    for key, cell in _formulas(layout):
        if not isinstance(cell.value, str):
            continue
        english, there = str(cell.value), str(book[key])
        pairs = list(zip(NUMBER.findall(english), NUMBER.findall(there), strict=False))
        right = all(b == a.translate(marks) or (a == b and _in_part(a, fixed)) for a, b in pairs)
        same_words = NUMBER.sub("#", english) == NUMBER.sub("#", there)
        if not (right and same_words):
            found.append(f"{key}: {there!r}, in English {english!r}")
    return found


def _in_part(number: str, fixed: Iterable[str]) -> bool:
    """Whether a number is one of a fixed text, or as much of it as one line holds."""
    return any(one.startswith(number) for one in fixed)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_in_every_text_is_the_cells_number(
    name: str, abroad: Office, built: Mapping[str, Path]
) -> None:
    layout, book = laid_out(name), abroad.open(built[name])
    assert not wrong_numbers(layout, book, MARKS[abroad.locale])
    numbers = [(key, cell) for key, cell in _formulas(layout) if not isinstance(cell.value, str)]
    assert len(numbers) > 3000
    wrong = [key for key, cell in numbers if not agree(stored(cell.value), book[key])]
    assert not without_noise(layout, wrong, book.__getitem__)
    if abroad.locale == "de-DE":  # the comparison has something to see
        shown = [str(book[key]) for key, cell in _formulas(layout) if isinstance(cell.value, str)]
        assert sum("," in text and "FIXED" not in text for text in shown) > 20


def test_a_number_misread_in_another_locale_is_seen(built: Mapping[str, Path]) -> None:
    layout = laid_out(NAMES[0])
    key = next(key for key, cell in _formulas(layout)
               if isinstance(cell.value, str) and "FIXED(" in cell.formula)  # fmt: skip

    class Wrong:
        def __getitem__(self, place: tuple[str, int, int]) -> object:
            said = str(layout[place[0]].cells[place[1], place[2]].value)
            return NUMBER.sub("0.003", said) if place == key else said

    assert len(wrong_numbers(layout, Wrong(), MARKS["zh-CN"])) == 1  # type: ignore[arg-type]  # a stand-in

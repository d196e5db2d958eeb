"""XML written out: what is typed comes back from an XML reader as it was, and nothing else."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tco.workbook.cells import column_number, letters, position
from tco.workbook.chartxml import Area, area
from tco.workbook.markup import attribute, element, text

TYPED = (
    "plain",
    "a < b & c > d",
    'say "so"',
    "it's",
    "two\nlines\tand a tab",
    "Zürich 東京 😀",
    "",
)


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_is_read_back(typed: str) -> None:
    read = ElementTree.fromstring(element("a", text(typed), b=typed))
    assert (read.text or "", read.get("b")) == (typed, typed)


@pytest.mark.parametrize("illegal", ["\x00", "\x08", "\x1f", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_becomes_a_sign(illegal: str) -> None:
    assert text(f"a{illegal}b") == attribute(f"a{illegal}b") == "a�b"


def test_attributes() -> None:
    assert element("a", b=None, c=True, d=False, e=0.1 + 0.2) == '<a c="1" d="0" e="0.3" />'
    assert element("a", "x", b=3) == '<a b="3">x</a>'


def test_cells_are_named_and_found() -> None:
    for column in (1, 26, 27, 702, 703, 16_384):
        assert column_number(letters(column)) == column
    assert position("B7") == (7, 2) and position("AAA1048576") == (1_048_576, 703)


@pytest.mark.parametrize("written", ["'Own'!$A$1:$B$20", "'Own'!$C$3", "'It''s'!$A$1:$A$9"])
def test_areas_are_read_as_they_are_written(written: str) -> None:
    assert str(area(written)) == written
    assert area("'Own'!$C$3:$C$3") == Area("Own", 3, 3, 3, 3)

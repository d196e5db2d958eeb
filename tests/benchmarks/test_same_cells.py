"""What the speed of writing is measured against writes the same cells in the same styles."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tco.read.loading import load
from tco.workbook.build import workbook

from .dump import Dump, dump

pytest.importorskip("xlsxwriter")


def _spelled_out(made: Dump) -> dict[tuple[str, int, int], tuple[Any, str, dict[str, Any]]]:
    """Every cell with its look written out, since the two files number their styles apart."""
    looks, sheets = made
    return {
        (title, row, column): (value, formula, looks[look])
        for title, _, cells in sheets
        for row, column, value, formula, look in cells
    }


def test_the_other_side_writes_the_same_cells() -> None:
    ours = dump(workbook(load("llm-100b-10d")))
    from .xlsxwriter_book import write

    buffer = io.BytesIO()
    write(ours, buffer)
    theirs = dump(buffer.getvalue())
    assert [sheet[0] for sheet in theirs[1]] == [sheet[0] for sheet in ours[1]]
    expected, found = _spelled_out(ours), _spelled_out(theirs)
    assert found.keys() == expected.keys()
    for at, (value, formula, look) in expected.items():
        assert found[at][1:] == (formula, look), at
        assert found[at][0] == (pytest.approx(value, rel=1e-15) if isinstance(value, float)
                                else value), at  # fmt: skip

"""Where engines differ from each other, our vocabulary stays on common ground."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tco.lines import Cells, Reference, chosen, defined, excel
from tco.verify import agree
from tco.workbook.cells import Sheet

from .engines import IN_PROCESS, book_of, by_engine, written
from .formulas import Formula
from .traps import LIBREOFFICE, NUMPY, READERS, TRAPS, Trap


def cases() -> list[Any]:
    """Each trap for each reader; the readers that are known to be wrong must still be."""
    return [
        pytest.param(
            one,
            reader,
            id=f"{reader}: {one.name}",
            marks=[known(one.wrong[reader])] if reader in one.wrong else [],
        )
        for one in TRAPS
        for reader in READERS
    ]


def known(reason: str) -> pytest.MarkDecorator:
    """A mark for a mistake that is known: the test fails when it is made no more."""
    return pytest.mark.xfail(strict=True, raises=(AssertionError, ArithmeticError), reason=reason)


@pytest.mark.parametrize(("one", "reader"), cases())
def test_trap(one: Trap, reader: str, request: pytest.FixtureRequest) -> None:
    for said in answers(one, reader, request):
        assert agree(one.answer, said), f"{reader} says {said!r} to ={written(one.formula)}"


def answers(one: Trap, reader: str, request: pytest.FixtureRequest) -> list[Any]:
    """What a reader says of a trap: in a cell, and read from a file."""
    if reader == NUMPY:
        return [one.formula.expected]
    if reader == LIBREOFFICE:
        office: Mapping[str, list[Any]] = request.getfixturevalue("office")
        return [office["traps.xlsx"][TRAPS.index(one)]]
    wrong: Mapping[int, Any] = request.getfixturevalue("wrong_by_file")[reader]
    return [IN_PROCESS[reader](one.formula), wrong.get(TRAPS.index(one) + 1, one.answer)]


def test_names_of_traps_are_unique() -> None:
    assert len({one.name for one in TRAPS}) == len(TRAPS)


def test_known_of_a_choice_is_refused() -> None:
    """IronCalc misreads ISNUMBER(CHOOSE(...)), so the vocabulary does not write it."""
    a, b, way = Reference("a"), Reference("b"), Reference("way")
    cells = Cells(at=str, before=str, range=str)
    for hidden in (chosen(way, buy=a, rent=b), a - chosen(way, buy=a, rent=b)):
        with pytest.raises(TypeError, match="give the calculation a line of its own"):
            excel(defined(hidden), cells)


def test_the_trap_of_the_minus_sign_is_still_there(tmp_path: Path) -> None:
    """Read from a file, IronCalc loses the brackets behind a minus sign; a factor of -1 holds."""
    sheet = Sheet("Minus", one_page=True)
    sheet.put(1, 1, 36.0, "calc:1", "(-(2*3))^2")
    sheet.put(2, 1, 36.0, "calc:1", "(-1*(2*3))^2")
    path = tmp_path / "minus.xlsx"
    path.write_bytes(book_of(sheet))
    assert by_engine(path) == {"formualizer": {}, "IronCalc": {1: -18.0}}
    assert written(Formula("power(-(a * b), 2)", {"a": 2.0, "b": 3.0})) == "(-1*(A1*B1))^2"

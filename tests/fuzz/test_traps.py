"""Where engines differ from each other, our vocabulary stays on common ground."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tco.lines import Cells, Reference, chosen, defined, excel
from tco.verify import agree

from .engines import IN_PROCESS, written
from .traps import IRONCALC, LIBREOFFICE, NUMPY, READERS, TRAPS, Trap, trap


def cases() -> list[Any]:
    """Each trap for each reader; the readers that are known to be wrong must still be."""
    return [
        pytest.param(
            one,
            reader,
            id=f"{reader}: {one.name}",
            marks=[pytest.mark.xfail(strict=True, reason=one.wrong[reader])]
            if reader in one.wrong
            else [],
        )
        for one in TRAPS
        for reader in READERS
    ]


@pytest.mark.parametrize(("one", "reader"), cases())
def test_trap(one: Trap, reader: str, request: pytest.FixtureRequest) -> None:
    said = answer(one, reader, request)
    assert agree(one.answer, said), f"{reader} says {said!r} to ={written(one.formula)}"


def answer(one: Trap, reader: str, request: pytest.FixtureRequest) -> Any:
    """What a reader says of a trap."""
    if reader == NUMPY:
        return one.formula.expected
    if reader == LIBREOFFICE:
        office: Mapping[str, list[Any]] = request.getfixturevalue("office")
        return office["traps.xlsx"][TRAPS.index(one)]
    return IN_PROCESS[reader](one.formula)


def test_names_of_traps_are_unique() -> None:
    assert len({one.name for one in TRAPS}) == len(TRAPS)


def test_known_of_a_choice_is_refused() -> None:
    """IronCalc misreads ISNUMBER(CHOOSE(...)), so the vocabulary does not write it."""
    a, b, way = Reference("a"), Reference("b"), Reference("way")
    cells = Cells(at=str, before=str, range=str)
    with pytest.raises(TypeError, match="a line or a calculation"):
        excel(defined(chosen(way, buy=a, rent=b)), cells)


def test_a_minus_sign_before_a_product_is_written_as_a_factor() -> None:
    """IronCalc computes (-(2*3))^2 as -18: the trap that the factor avoids is still there."""
    import ironcalc

    model = ironcalc.create("trap", "en", "UTC", "en")
    model.set_user_input(0, 1, 1, "=(-(2*3))^2")
    model.set_user_input(0, 2, 1, "=(-1*(2*3))^2")
    model.evaluate()
    assert [model.get_cell_value(0, row, 1) for row in (1, 2)] == [-18.0, 36.0]
    assert written(trap("(-(a * b)) ** 2", 36.0, a=2, b=3).formula) == "(-1*(A1*B1))^2"
    assert IRONCALC in IN_PROCESS

"""The sheet Proof: what moved without an Override shows, and what an Override moves does not."""

from __future__ import annotations

from typing import Any

import pytest

from tco.page.proof import figures
from tco.workbook.cells import Book, position
from tco.workbook.grid import LIVE
from tco.workbook.package import to_bytes
from tco.workbook.proof import (
    FORMULAS_ROW,
    MOVED,
    MOVED_ROW,
    NOW,
    PLAN_TIES,
    flags_of_figures,
)
from tests.loaded import SCENARIOS, load
from tests.office.live import laid_out
from tests.sampling import books

NAME = "llm-100b-10d"
OVERRIDE, BASE = LIVE + 1, LIVE + 5


@pytest.fixture
def opened() -> tuple[Book, Any]:
    """The worked example's book, in an engine."""
    formualizer = pytest.importorskip("formualizer")
    book = laid_out(NAME)
    engine = formualizer.load_workbook_bytes(to_bytes(book))
    engine.evaluate_all()
    return book, engine


def fires(engine: Any, book: Book, check: str = MOVED) -> bool:
    """Whether a check fires; the sheet Checks says what Proof says."""
    engine.evaluate_all()
    flag = flags_of_figures(load(NAME))[check].partition("!")[2].replace("$", "")
    fired = engine.get_value(*place(book, check))
    assert engine.get_value("Proof", *position(flag)) == fired
    return bool(fired)


def place(book: Book, key: str) -> tuple[str, int, int]:
    """Where a key stands."""
    sheet, _, cell = book.names[key].partition("!")
    return sheet, *position(cell.replace("$", ""))


def test_a_formula_typed_over_shows(opened: tuple[Book, Any]) -> None:
    book, engine = opened
    assert not fires(engine, book)
    sheet, row, column = place(book, "buy_total")
    engine.set_value(sheet, row, column, 142_790_001.0)
    assert fires(engine, book)


def test_a_base_value_typed_over_shows(opened: tuple[Book, Any]) -> None:
    book, engine = opened
    sheet, row, _ = place(book, "gpu_price")
    engine.set_value(sheet, row, BASE, 10_001.0)
    assert fires(engine, book)


def test_an_override_is_what_the_file_is_for(opened: tuple[Book, Any]) -> None:
    book, engine = opened
    sheet, row, _ = place(book, "gpu_price")
    engine.set_value(sheet, row, OVERRIDE, 10_001.0)
    assert not fires(engine, book)
    found = next(row for (row, column), cell in book["Proof"].cells.items()
                 if column == 1 and cell.value == "buy_total")  # fmt: skip
    assert engine.get_value("Proof", found, NOW) != book["Proof"].cells[found, 4].value


def test_a_formula_typed_over_shows_beside_an_override(opened: tuple[Book, Any]) -> None:
    """The model stands in the book twice: what is wrong in one of them is not in the other."""
    book, engine = opened
    sheet, row, _ = place(book, "gpu_price")
    engine.set_value(sheet, row, OVERRIDE, 10_001.0)
    assert not fires(engine, book, PLAN_TIES)
    sheet, row, column = place(book, "buy_total")
    engine.set_value(sheet, row, column, 142_790_001.0)
    assert fires(engine, book, PLAN_TIES)


def test_in_a_favouring_case_the_plan_is_another(opened: tuple[Book, Any]) -> None:
    book, engine = opened
    sheet, row, _ = place(book, "case")
    engine.set_value(sheet, row, OVERRIDE, "costs least")
    assert not fires(engine, book, PLAN_TIES)
    assert engine.get_value(*place(book, "buy_total")) != 142_790_000


def test_another_order_and_a_cell_of_the_grid_would_show() -> None:
    """Whatever the order, a sum is the same; the grid is computed in one formula besides."""
    cells = laid_out("own-1024-h100")["Proof"].cells
    rows = {str(cell.value): row for (row, column), cell in cells.items() if column in (1, 2)}
    ranked = cells[rows["ranked_npv"], NOW].formula
    assert ranked.startswith("SUMPRODUCT(Compare!") and ranked.count("!") == 2
    grid = rows["Advantage by use and price (sum)"]
    one, other = (cells[grid, column] for column in (NOW, NOW + 1))
    assert one.formula.startswith("SUM(Flip!") and other.formula.startswith("COUNT(Flip!")
    assert one.value == other.value and cells[grid, NOW + 3].formula.startswith("IF(AND(")


@pytest.mark.parametrize("name", books(SCENARIOS))
def test_it_counts_the_formulas_and_has_the_amount(name: str) -> None:
    book = laid_out(name)
    counted = sum(bool(cell.formula) for sheet in book.sheets for cell in sheet.cells.values())
    assert book["Proof"].cells[FORMULAS_ROW, 4].value == counted
    assert figures(load(name))


def test_a_sum_and_a_figure_are_what_is_shown() -> None:
    """What stands as built is what stands now, in every row."""
    cells = laid_out(NAME)["Proof"].cells
    rows = [row for (row, column), cell in cells.items()
            if column == NOW and cell.formula and row > MOVED_ROW]  # fmt: skip
    assert len(rows) > 20
    for row in rows:
        assert cells[row, 4].value == cells[row, NOW].value

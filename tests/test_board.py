"""The board's page: one side of A4 and of Letter, each number as its cell shows it, nothing cut."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tco.files import bundled
from tco.lettering import millimetres
from tco.model import KINDS, model_for
from tco.model.board import board_lines, on_board, tiles
from tco.model.own.curves import grid_advantage
from tco.page.board import Grid, board_page
from tco.page.content import Chart, Ref, Table
from tco.page.values import printed, value
from tco.quantities import show
from tco.quantities.forms import form
from tco.workbook.board import TITLE, draw_board, place_board
from tco.workbook.cells import Cell, Sheet
from tco.workbook.layout import places
from tco.workbook.package import to_bytes
from tco.workbook.style import look_of
from tests.golden.said import laid_out
from tests.loaded import SCENARIOS, load

# Of a sheet at full size: mm of a unit of width in the programs that show it, mm of a point.
UNIT_MM, POINT_MM = 1.98, 25.4 / 72
PAPERS = {"A4": (297.0, 210.0), "Letter": (279.4, 215.9)}
MARGINS = 2 * 0.4 * 25.4, (0.5 + 0.6) * 25.4  # mm beside and above and below
LEAST_POINTS = 9
PADDING = 0.7  # mm


def board(name: str) -> Sheet:
    return laid_out(name)[TITLE]


def printed_cells(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    assert sheet.printed
    rows, columns = sheet.printed
    for (row, column), cell in sheet.cells.items():
        if row <= rows and column <= columns:
            yield row, column, cell


def size(sheet: Sheet) -> tuple[float, float]:
    """Width and height of what is printed, in mm."""
    assert sheet.printed
    rows, columns = sheet.printed
    wide = sum(sheet.widths[column] for column in range(1, columns + 1)) * UNIT_MM
    return wide, sum(sheet.heights[row] for row in range(1, rows + 1)) * POINT_MM


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_page_fits_at_full_size(name: str, paper: str) -> None:
    """So its smallest letters, of 9 points, are 9 points on paper."""
    across, down = (whole - margin for whole, margin in zip(PAPERS[paper], MARGINS, strict=True))
    wide, high = size(board(name))
    assert 200 < wide <= across and 60 < high <= down
    assert board(name).one_page and board(name).landscape


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_letter_is_small(name: str) -> None:
    looks = {cell.look for _, _, cell in printed_cells(board(name)) if cell.value is not None}
    assert looks
    for look in looks:
        assert points_of(look) >= LEAST_POINTS, look


def points_of(look: str) -> float:
    return float(look_of(look).font.partition('sz val="')[2].partition('"')[0])


def shown_in(cell: Cell) -> str:
    """What a cell shows, numbers in the form of their look."""
    if not isinstance(cell.value, (int, float)):
        return str(cell.value)
    unit = cell.look.partition(":")[2]
    return "2026-11-28" if unit == "date" else show(float(cell.value), unit)


def cut(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """What is wider than its cell, or for words than the empty ones beside it."""
    for row, column, cell in printed_cells(sheet):
        if cell.value is None:
            continue
        look = look_of(cell.look)
        said = shown_in(cell)
        wide = millimetres(said, points_of(cell.look), bold="<b " in look.font)
        room = room_of(sheet, row, column, cell, rightwards='"right"' not in look.alignment)
        if wide + PADDING > room:
            yield row, column, said


@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_is_cut(name: str) -> None:
    """A number fits its cell; words run over empty cells beside them, and no further."""
    sheet = board(name)
    assert sheet.printed and not [*cut(sheet)]


def room_of(sheet: Sheet, row: int, column: int, cell: Cell, *, rightwards: bool) -> float:
    """The width of a cell, and for words of the empty ones beside it, in mm."""
    if isinstance(cell.value, (int, float)):  # where columns are narrowest: whole pixels of 96 dpi
        return int(sheet.widths[column] * 7 + 0.5) * 25.4 / 96
    room = sheet.widths[column] * UNIT_MM
    assert sheet.printed
    beside = range(column + 1, sheet.printed[1] + 1) if rightwards else range(column - 1, 0, -1)
    for at in beside:
        other = sheet.cells.get((row, at))
        if other is not None and other.value is not None:
            break
        room += sheet.widths[at] * UNIT_MM
    return room


def test_a_long_word_would_be_seen() -> None:
    sheet = board(SCENARIOS[0])
    row, column, cell = next(one for one in printed_cells(sheet)
                             if isinstance(one[2].value, float))  # fmt: skip
    wide = Cell(cell.value, "bnum:USD exact")
    room = room_of(sheet, row, column, wide, rightwards=False)
    assert millimetres("123,456,789.00", 9) > room


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_value_of_the_page_is_in_its_cell(name: str) -> None:
    """A deck that prints the page says what the sheet shows."""
    scenario, sheet = load(name), board(name)
    page = board_page(scenario)
    assert page is not None
    cells = [shown_in(cell) for _, _, cell in printed_cells(sheet) if cell.value is not None]
    wanted = [printed(scenario, one) for one in page.sentences]
    wanted += [printed(scenario, Ref(one.key)) for one in page.tiles]
    for exhibit in page.exhibits:
        if isinstance(exhibit.block, Table):
            wanted += [printed(scenario, cell) for row in exhibit.block.rows
                       for cell in row.cells if isinstance(cell, Ref)
                       and scenario.model.items.get(cell.key) is not None
                       and scenario.model[cell.key].unit != "date"]  # fmt: skip
    assert len(wanted) > 15
    left = list(cells)
    for one in wanted:
        assert one in left, one
        left.remove(one)


def test_negatives_stand_in_brackets_on_paper_too() -> None:
    assert show(-46_528_938.7, "board1") == "(46.5)" and show(46_528_938.7, "board1") == "46.5"


@pytest.mark.parametrize("name", SCENARIOS)
def test_one_scale_for_all_amounts(name: str) -> None:
    looks = {cell.look.partition(":")[2] for _, _, cell in printed_cells(board(name))}
    scales = {one for one in looks if one.startswith(("board0", "board1", "board2"))}
    assert len(scales) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_page(kind: str) -> None:
    model = model_for(kind)
    page = on_board(model.members)
    assert page is not None and len(board_lines(model)) == 2 + len(page.leads)
    assert 3 <= len(list(tiles(model))) <= 6
    behind = {
        page.decision,
        page.answer,
        *page.leads,
        page.amount,
        *(one for one, *_ in page.tiles),
    }
    assert behind <= set(model.items)


@pytest.mark.parametrize("name", SCENARIOS)
def test_exhibits_have_something_to_show(name: str) -> None:
    page = board_page(load(name))
    assert page is not None
    for one in page.exhibits:
        assert one.title
        if isinstance(one.block, Table):
            assert one.block.rows and len(one.block.rows) <= 10
        else:
            assert isinstance(one.block, Chart | Grid)


def test_the_grid_has_the_plan_in_the_middle() -> None:
    for name in ("own-1024-h100", "rfq-512-b200", "buy-or-rent-100b"):
        numbers = load(name).numbers
        use, price = numbers["grid_use"], numbers["grid_price"]
        fixed, hours = numbers["grid_fixed"], numbers["grid_hours"]
        assert use[3] == numbers["utilization"]
        assert grid_advantage(fixed, hours, use[3], price[3]) == pytest.approx(numbers["grid_plan"])
        assert all(0 < one <= 1 for one in use)
        assert all(one < other or one == 1 for one, other in itertools.pairwise(use))


def test_an_error_takes_the_place_of_the_answer() -> None:
    from tco.workbook.layout import lay_out

    scenario = load("own-1024-h100", ["macrs_1=0.5"])
    sheet = lay_out(scenario)[TITLE]
    places = place_board(scenario).home
    said = {key: sheet.cells[row, column].value for key, (_, row, column) in places.items()}
    assert str(said["board_answer"]).startswith("ERROR, so no answer:")
    others = {one for key, one in said.items() if key.startswith(("board_lead", "board_figure"))}
    assert others == {"–"}
    headings = [cell.value for cell in sheet.cells.values()
                if cell.look == "bheading" and cell.formula]  # fmt: skip
    assert headings and set(headings) == {"–"}, "no sentence with a figure stands beside an error"
    summed = [cell.value for cell in lay_out(scenario)["Summary"].cells.values()
              if cell.look == "charthead" and cell.formula]  # fmt: skip
    assert summed and set(summed) == {"–"}


# Twelve findings, and none: where nothing is published, nothing is other than published.
MANY = ("as_of=2031-01-01", "utilization=99%", "power_price=3", "salary=20000", "pue=3",
        "colo_price=900", "rent_growth=40%", "discount_rate=60%", "support_share=60%",
        "load_factor=20%", "owned_fte=90", "wage_growth=30%", "spares_cost_share=50%")  # fmt: skip


def test_the_page_fits_whatever_fires(tmp_path: Path) -> None:
    text = (bundled("scenarios") / "resnet50-tpu-or-gpu.yaml").read_text(encoding="utf-8")
    quiet = tmp_path / "quiet.yaml"
    quiet.write_text(re.sub(r"\n +published_cost: .*", "", text), "utf-8")
    for scenario, count in ((load("rfq-512-b200", MANY), 12), (load(str(quiet)), 0)):
        alerts = [one for one in scenario.model.checks
                  if one.kind == "alert" and scenario.numbers[one.flag.key]]  # fmt: skip
        assert len(alerts) == count
        sheet = draw_board(places(scenario))
        for paper, (across, down) in PAPERS.items():
            wide, high = size(sheet)
            assert wide <= across - MARGINS[0] and high <= down - MARGINS[1], paper
        assert not [*cut(sheet)]


def test_the_first_page_opens_first() -> None:
    book = laid_out("llm-100b-10d")
    assert book.sheets[0].title == TITLE
    assert to_bytes(book)


def test_the_forms_of_the_page_divide_by_one_scale_each() -> None:
    for number, divisor in ((0, 1), (1, 1e6), (2, 1e9)):
        assert form(f"board{number}").paper[0] == divisor


def test_options_stand_by_rank_and_those_that_do_not_count_below() -> None:
    scenario = load("own-1024-h100")
    numbers = scenario.numbers
    counting = [float(one) for one in numbers["ranked_eligible"]]
    assert counting == sorted(counting, reverse=True)
    worth = [float(value(scenario, Ref("ranked_npv", row)))
             for row, counts in enumerate(counting) if counts]  # fmt: skip
    assert worth == sorted(worth, reverse=True) and len(worth) >= 2

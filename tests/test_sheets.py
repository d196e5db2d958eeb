"""Working sheets as a reader meets them: results first, links beside what they feed, groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tco.workbook.cells import Sheet, position
from tco.workbook.grid import CHECK, ERRORS_ROW, FIRST_ROW, HOW, KEY, VALUE
from tco.workbook.layout import places
from tco.workbook.sheets import CATALOGUE_SHEETS, working
from tests.conftest import SCENARIOS
from tests.loaded import load
from tests.office.live import laid_out

OWNED = "own-1024-h100"
REFERENCE = re.compile(r"(?<![A-Z!:$])\$?([A-Z]{1,2})\$?(\d+)(?![\d(:])")


def _is_link(sheet: Sheet, row: int) -> bool:
    cell = sheet.cells.get((row, HOW))
    return cell is not None and str(cell.value).startswith("from ")


def _sheets(name: str) -> Iterator[tuple[Sheet, int]]:
    """Each sheet of workings, and the last row of its lines."""
    layout, book = places(load(name)), laid_out(name)
    for plan in working(layout.model):
        yield book[plan.title], layout.plans[plan.title].last


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_sheet_begins_with_its_results(name: str) -> None:
    layout, book = places(load(name)), laid_out(name)
    found = 0
    for plan in working(layout.model):
        sheet = book[plan.title]
        rows = layout.plans[plan.title].rows
        results = [one for one in plan.page.totals if one in rows]
        if results:
            assert sheet.cells[FIRST_ROW, KEY].value == "Results"
        for row, key in enumerate(results, FIRST_ROW + 1):
            result = sheet.cells[row, VALUE]
            assert (sheet.cells[row, KEY].value, result.formula) == (key, f"$D${rows[key]}")
            assert result.value == sheet.cells[rows[key], VALUE].value
            assert not result.look.startswith("link"), "it stays on its sheet: black"
            found += 1
    assert found or name not in (OWNED, "llm-100b-10d")


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_link_stands_once_and_above_what_reads_it_first(name: str) -> None:
    """The next line below the links of a block reads one of them, or a line of that block does."""
    for sheet, last in _sheets(name):
        plan = places(load(name)).plans[sheet.title]
        rows = plan.links | plan.year_links
        filled = {row for row, _ in sheet.cells}
        assert filled >= {*range(FIRST_ROW, last + 1)}, f"{sheet.title}: a row is left empty"
        ends = sorted([*plan.headings, last + 1])
        for key, row in rows.items():
            until = next(end for end in ends if end > row)
            read = {
                int(number)
                for (at, _), cell in sheet.cells.items()
                if row < at < until
                for _, number in REFERENCE.findall(re.sub(r"[A-Za-z]+!\S+", "", cell.formula))
            }
            spans = [cell.formula for (at, _), cell in sheet.cells.items() if row < at < until]
            across = any(re.search(rf"\$?[A-Z]+\${row}:", one) for one in spans)
            assert row in read or across, f"{sheet.title}: {key} in row {row} feeds no line below"


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_sheet_begins_with_what_it_reads(name: str) -> None:
    for sheet, last in _sheets(name):
        if last < 20:
            continue
        first = [row for row in range(FIRST_ROW, 40) if (row, KEY) in sheet.cells]
        assert not all(_is_link(sheet, row) for row in first[1:20]), sheet.title
    book = laid_out(name)
    if "Deadline" in {sheet.title for sheet in book.sheets}:
        assert book["Deadline"].cells[FIRST_ROW, KEY].value == "One column a deadline"
    heads = [book["Checks"].cells[row, KEY].value for row in book["Checks"].sections]
    assert heads[0] == "Checks" and heads[1:] == ["From Inputs", "From the workings"][: len(heads)]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_check_column_holds_checks_alone(name: str) -> None:
    """One cell in the head counts the errors; a row has a flag only where it tests something."""
    for sheet, last in _sheets(name):
        head = sheet.cells[ERRORS_ROW, CHECK]
        assert "ISERROR" in head.formula and head.value == 0
        area = re.search(r"\(\(\$A\$5:\$([A-Z]+)\$(\d+)=0\)", head.formula)
        assert area, head.formula
        bottom, right = position(area[1] + area[2])
        computed = [place for place, cell in sheet.cells.items()
                    if cell.formula and place[0] >= FIRST_ROW]  # fmt: skip
        assert all(row <= bottom and column <= right for row, column in computed), sheet.title
        flags = [row for (row, column), cell in sheet.cells.items() if column == CHECK
                 and FIRST_ROW <= row <= last and cell.look == "check:flag"]  # fmt: skip
        assert not flags, f"{sheet.title}: {flags}"


def test_years_say_that_they_are_years(built: Mapping[str, Path]) -> None:
    book = load_workbook(built[OWNED])
    head = book["Time"]["J4"]
    assert (head.value, head.number_format) == (1, '"Year "0')
    assert book["Own"]["J4"].number_format == '"Year "0'


def test_groups_fold_below_their_heading_and_hide_nothing(built: Mapping[str, Path]) -> None:
    book = load_workbook(built[OWNED])
    grouped = 0
    for sheet in book:
        levels = {row: one.outlineLevel for row, one in sheet.row_dimensions.items()
                  if one.outlineLevel}  # fmt: skip
        assert not any(one.hidden or one.collapsed for one in sheet.row_dimensions.values())
        if levels:
            grouped += 1
            assert sheet.sheet_properties.outlinePr.summaryBelow is False, sheet.title
            assert sheet.sheet_format.outlineLevelRow == max(levels.values()), sheet.title
    assert grouped > 15
    own = laid_out(OWNED)["Own"]
    assert {*own.outline} == {row for row in range(FIRST_ROW, own.extent[0]) if _is_link(own, row)}


def test_inputs_begin_with_what_moves_the_answer(built: Mapping[str, Path]) -> None:
    scenario = load(OWNED)
    cells = [[cell.value for cell in row[:1]] for row in
             load_workbook(built[OWNED])["Inputs"].iter_rows(min_row=5)]  # fmt: skip
    keys = [str(one[0]) for one in cells]
    assert keys[0].startswith("What moves the answer most")
    farthest = [str(one) for one in scenario.numbers["tornado_driver"]][:10]
    assert keys[1:11] == [key for key in farthest if key in keys] and "utilization" in farthest
    assert keys[11:15] == ["General", "currency", "as_of", "usd_rate"]
    sheet = laid_out(OWNED)["Inputs"]
    for row in sheet.outline:
        key = str(sheet.cells[row, KEY].value)
        assert key not in farthest and not scenario.is_given(key), key
    assert len(sheet.outline) > 30


def test_inputs_stand_alike_in_every_case() -> None:
    """A case at the ends of ranges moves no row: what moves most is told around the plan."""
    rows = places(load("own-1024-h100")).input_rows
    assert places(load("own-1024-h100", ["case=favours owning"])).input_rows == rows


def test_catalogues_filter_below_their_units(built: Mapping[str, Path]) -> None:
    book = load_workbook(built[OWNED])
    titles = [title for title in CATALOGUE_SHEETS.values() if title in book.sheetnames]
    assert len(titles) >= 3
    for title in titles:
        sheet = book[title]
        last = laid_out(OWNED)[title].extent
        assert sheet.auto_filter.ref.startswith("A5:") and sheet.freeze_panes == "B6"
        assert position(sheet.auto_filter.ref.partition(":")[2]) == last

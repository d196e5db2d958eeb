"""People sort, insert and rename: the order of rows and the names of sheets decide nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from tco.lines import previous
from tco.lines.expression import Call, walk
from tco.verify import agree
from tco.workbook.cells import address
from tco.workbook.sheets import CATALOGUE_SHEETS
from tests.conftest import Opened
from tests.loaded import load
from tests.office import needs_libreoffice
from tests.office.live import LIVE, OVERRIDE, Live, sets
from tests.office.program import Key

pytestmark = needs_libreoffice
# Kinds with a catalogue: sized, owned, and the one that picks among all default offers.
CATALOGUED = ("llm-100b-10d", "own-1024-h100", "largest-model-for-1m", "published-runs")
# Kinds with tables whose rows have no running total; the stages of a pipeline have one.
TABLED = ("published-2019", "icml-2024-programme", "gpt4-as-seen-in-2020",
          "wikitext-103-for-30-dollars")  # fmt: skip
FIRST_ROW = 6  # of a catalogue sheet
CHOICES: tuple[dict[str, Any], ...] = (
    {"chip": "h100-sxm5-80gb"},
    {"region": "country:FRA"},
    {"offer": "crusoe-a100-80"},
    {"chip": "b200-sxm-180gb", "precision": "fp16"},
    {"precision": "fp16"},
)


def _together(names: tuple[str, ...]) -> list[Any]:
    return [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names]


def _sorted_catalogue(live: Live, column: int, *, ascending: bool) -> list[tuple[str, Any]]:
    """Every catalogue sheet of a book, sorted by one of its columns."""
    steps = []
    for title in CATALOGUE_SHEETS.values():
        if title in {sheet.title for sheet in live.layout.sheets}:
            last_row, last_column = live.layout[title].extent
            area = f"A{FIRST_ROW}:{address(last_row, last_column)}"
            what = {"sheet": title, "area": area, "column": column, "ascending": ascending}
            steps.append(("sort", what))
    return steps


def _calculated(live: Live) -> Iterator[Key]:
    for sheet in live.layout.sheets:
        for (row, column), cell in sheet.cells.items():
            if cell.formula:
                yield sheet.title, row, column


def _reader(values: Mapping[str, list[list[Any]]]) -> Callable[[Key], Any]:
    return lambda key: values[key[0]][key[1] - 1][key[2] - 1]


@pytest.mark.parametrize("name", _together(CATALOGUED))
def test_sorting_the_catalogue_changes_nothing(name: str, opened: Opened) -> None:
    """By id, by name, by a price, by whatever: every formula cell is what it was."""
    live = opened(name)
    was = _reader(live.book.values)
    for column, ascending in ((1, False), (2, True), (7, False), (11, True)):
        before = live.book.values
        after = live.book.after(*_sorted_catalogue(live, column, ascending=ascending))
        moved = [title for title in after if title in CATALOGUE_SHEETS.values()
                 and after[title] != before[title]]  # fmt: skip
        assert moved, "nothing was sorted"
        got = _reader(after)
        wrong = [key for key in _calculated(live) if not agree(was(key), got(key))]
        assert not wrong, (column, wrong[:12])


@pytest.mark.xdist_group("llm-100b-10d")
def test_a_choice_in_a_sorted_catalogue_is_the_scenario_built_anew(opened: Opened) -> None:
    live = opened("llm-100b-10d")
    live.book.after(*_sorted_catalogue(live, 7, ascending=False))
    for overrides in CHOICES:
        wrong = live.differences(live.after(overrides), load("llm-100b-10d", sets(overrides)))
        assert not wrong, (overrides, wrong[:12])


def _sortable(name: str) -> list[str]:
    """The tables of a scenario whose rows are added up, but not one after the other."""
    model = load(name).model
    running = {
        one.along
        for one in model.lines.values()
        if one.along
        for part in walk(one.tree)
        if isinstance(part, Call) and part.word is previous
    }
    return [axis for axis in model.tables if axis not in running]


@pytest.mark.parametrize("name", _together(TABLED))
def test_sorting_a_table_changes_no_total(name: str, opened: Opened) -> None:
    """Totals, verdicts and whatever else is one value; rows stand in another order."""
    live, model = opened(name), load(name).model
    scalars = [key for key, one in model.items.items()
               if one.along is None and key in live.layout.names]  # fmt: skip
    assert len(scalars) > 15
    was = _reader(live.book.values)
    for column in (1, 3):
        before = live.book.values
        after = live.book.after(*_sorted_tables(live, name, column))
        assert after["Tables"] != before["Tables"], "nothing was sorted"
        got = _reader(after)
        wrong = [key for key in scalars if not agree(was(live.named(key)), got(live.named(key)))]
        assert not wrong, (column, wrong)


def _sorted_tables(live: Live, name: str, column: int) -> Iterator[tuple[str, Any]]:
    """Every table of a book whose rows are added up, sorted by one of its columns."""
    model = load(name).model
    right = address(1, live.layout["Tables"].extent[1]).rstrip("1")
    for axis in _sortable(name):
        cells = live.range_of(model.along(axis)[0].key)
        area = f"A{cells[0][1]}:{right}{cells[-1][1]}"
        yield "sort", {"sheet": "Tables", "area": area, "column": column, "ascending": False}


@pytest.mark.xdist_group("llm-100b-engineered")
def test_inserted_rows_and_columns_and_new_names_of_sheets_move_nothing(opened: Opened) -> None:
    live = opened("llm-100b-engineered")
    sheet, row, _ = live.named("mfu")
    steps = (
        ("insert_rows", {"sheet": "Inputs", "row": row - 2, "count": 3}),
        ("insert_columns", {"sheet": "Inputs", "column": OVERRIDE, "count": 1}),
        ("insert_rows", {"sheet": "Fleet", "row": 6, "count": 2}),
        ("rename", {"sheet": "Inputs", "name": "Our assumptions, v2"}),
        ("rename", {"sheet": "Offers", "name": "Angebote"}),
        ("rename", {"sheet": "Buy", "name": "Kauf (USD)"}),
        ("fill", {"cells": [("Our assumptions, v2", row + 3, OVERRIDE + 1, 0.31)]}),
    )
    values = live.book.after(*steps)
    rebuilt = load("llm-100b-engineered", ["mfu=0.31"])
    moved = {"Inputs": "Our assumptions, v2", "Offers": "Angebote", "Buy": "Kauf (USD)"}

    def got(key: Key) -> Any:
        title, at, column = key
        if title == "Inputs":
            assert column == LIVE
            at += 3 if at >= row - 2 else 0
        if title == "Fleet":
            at += 2 if at >= 6 else 0
        return _reader(values)((moved.get(title, title), at, column))

    wrong = live.differences(got, rebuilt)
    assert sheet == "Inputs" and not wrong, wrong[:12]

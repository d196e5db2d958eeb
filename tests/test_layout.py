"""Where things stand is one value: made once, changed by nothing, and all that a sheet reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, fields, replace
from functools import partial
from typing import Any

import pytest

from tco.workbook.build import workbook
from tco.workbook.cells import Book, Sheet
from tco.workbook.grid import Layout
from tco.workbook.layout import drawers, lay_out, places
from tco.workbook.package import to_bytes
from tco.workbook.places import Places, together
from tests.loaded import load

# A run with a deadline table, the fleet owned over years, rows that the scenario gives, and runs.
NAMES = ("llm-100b-10d", "buy-or-rent-100b", "icml-2024-programme", "published-runs")


def drawn_backwards(layout: Layout, draw_all: Mapping[str, Callable[[Layout], Sheet]]) -> Book:
    """The book with its last sheet drawn first."""
    book = lay_out(layout.scenario)
    drawn = {title: draw(layout) for title, draw in reversed(draw_all.items())}
    return replace(book, sheets=[drawn[title] for title in draw_all])


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_drawing_does_not_matter(name: str) -> None:
    layout = places(load(name))
    backwards = drawn_backwards(layout, drawers(layout))
    assert to_bytes(backwards) == workbook(layout.scenario)


def test_a_drawer_that_reads_what_another_left_would_be_seen() -> None:
    layout = places(load(NAMES[0]))
    left: list[str] = []

    def leaning(layout: Layout, draw: Callable[[Layout], Sheet]) -> Sheet:
        sheet = draw(layout)
        sheet.put(200, 1, len(left), "label")
        left.append(sheet.title)
        return sheet

    forwards = {title: partial(leaning, draw=draw) for title, draw in drawers(layout).items()}
    straight = replace(lay_out(layout.scenario), sheets=[one(layout) for one in forwards.values()])
    left.clear()
    assert to_bytes(drawn_backwards(layout, forwards)) != to_bytes(straight)


def test_nothing_of_it_can_be_changed() -> None:
    layout = places(load(NAMES[0]))
    for one in fields(Places):
        held: Any = getattr(layout, one.name)
        with pytest.raises(FrozenInstanceError):
            setattr(layout, one.name, held)
        if not isinstance(held, tuple):
            with pytest.raises(TypeError):
                held["gpus"] = ("Log", 1, 1)


def test_a_key_has_one_place() -> None:
    home = Places(home={"gpus": ("Fleet", 9, 4)})
    with pytest.raises(ValueError, match=r"'gpus'.* would stand in two places"):
        together([home, Places(home={"gpus": ("Buy", 9, 4)})])
    assert together([home, Places()]) == home


@pytest.mark.parametrize("name", NAMES)
def test_everything_stands_where_its_place_says(name: str) -> None:
    """Keys are found beside the cells that were promised for them, on every sheet but the first."""
    layout = places(load(name))
    sheets = {title: draw(layout) for title, draw in drawers(layout).items()}
    for key, (title, row, _) in layout.home.items():
        owner = re.sub("_(note|source|date|given|low|high|words)$", "", key)
        # Answers stand beside their line, and what was drawn of one thing in one row.
        beside = re.match(
            r"at_(low|high)_|in_case_|pair_\w+_\w+$|.*_corner_|.*_order_|.*_p\d+$|advantage_mean$",
            key,
        )
        if title not in ("Board", "Summary") and not beside:
            assert sheets[title].cells[row, 1].value in (key, owner), key
    for key, (title, row) in layout.year_rows.items():
        assert sheets[title].cells[row, 1].value == key
    for (title, key), row in layout.links.items():
        assert sheets[title].cells[row, 1].value == key
    for title, plan in layout.plans.items():
        last = plan.last
        below = {row for row, _ in sheets[title].cells if row > last}
        # A grid, and blocks of cases.
        apart = ("Flip", "Drivers", "Corners", "Ranges", "Steps", "Risk", "Pairs")
        assert not below or title in apart, title

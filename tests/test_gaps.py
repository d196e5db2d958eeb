"""What nobody gives shows one way wherever it is passed on, and a day is a day in every copy."""

from __future__ import annotations

import pickle

import pytest

from tco.catalogue.shipped import MISSING
from tco.lines import NotGiven, Undefined
from tco.workbook.grid import KEY, UNIT, value_of
from tests.loaded import SCENARIOS, load
from tests.office.live import laid_out


@pytest.mark.parametrize("why", ["not given", "not in the catalogue"])
def test_a_gap_is_a_dash_in_a_cell_and_keeps_its_reason(why: str) -> None:
    gap = pickle.loads(pickle.dumps(NotGiven(why)))
    assert (value_of(gap), gap.why) == (MISSING, why)
    assert value_of(Undefined(why)) == why  # of a line, whose formula says so


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_input_that_nobody_gives_is_a_gap(name: str) -> None:
    facts = load(name).facts
    gaps = {key: one.value for key, one in facts.items() if isinstance(one.value, Undefined)}
    assert {key for key, one in gaps.items() if not isinstance(one, NotGiven)} == set()


@pytest.mark.parametrize("title", ["Cases", "Ranges"])
def test_a_day_stands_as_one_in_each_copy_of_the_model(title: str) -> None:
    cells = laid_out("rfq-512-b200")[title].cells
    rows = {row for (row, column), cell in cells.items() if column == UNIT and cell.value == "date"}
    looks = {cells[row, KEY].value: cell.look for (row, column), cell in cells.items()
             if row in rows and column > UNIT and cell.formula}  # fmt: skip
    assert {key: look for key, look in looks.items() if not look.endswith(":date")} == {}
    assert title == "Ranges" or looks

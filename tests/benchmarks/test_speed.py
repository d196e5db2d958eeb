"""Speed inside one process, with both sides in a group: `pytest --benchmark-only`.

Skipped in a normal run of the tests. They compare and record; none fails on a clock.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tco.read.loading import load
from tco.workbook.build import workbook
from tco.workbook.layout import lay_out
from tco.workbook.package import to_bytes

from .algebra import by_hand, by_model, cases
from .dump import Dump, dump
from .scenarios import EXAMPLE, with_deadlines


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_deadlines(tmp_path_factory.mktemp("scenarios"))


@pytest.fixture(scope="module")
def cells(long: Path) -> Dump:
    return dump(workbook(load(str(long))))


@pytest.mark.benchmark(group="writing 25,000 cells", min_rounds=9)
def test_writing(benchmark: Any, long: Path) -> None:
    benchmark(to_bytes, lay_out(load(str(long))))


@pytest.mark.benchmark(group="writing 25,000 cells", min_rounds=9)
def test_writing_with_xlsxwriter(benchmark: Any, cells: Dump) -> None:
    pytest.importorskip("xlsxwriter")
    from .measures import in_memory

    benchmark(in_memory, cells)


@pytest.mark.benchmark(group="evaluating 100,000 cases", min_rounds=9)
def test_evaluating(benchmark: Any) -> None:
    scenario = load(EXAMPLE)
    benchmark(partial(by_model, scenario, cases(scenario)))


@pytest.mark.benchmark(group="evaluating 100,000 cases", min_rounds=9)
def test_evaluating_by_hand(benchmark: Any) -> None:
    benchmark(by_hand, cases(load(EXAMPLE)))

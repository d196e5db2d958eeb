"""What several of these tests look at: one batch of formulas, and LibreOffice's answers to it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pytest

from tests.conftest import libreoffice

from .engines import by_engine, recalculated, without_caches, workbook
from .formulas import Formula
from .making import batch
from .planting import PLANTED, planted
from .traps import TRAPS


@pytest.fixture(scope="session")
def formulas() -> tuple[Formula, ...]:
    """The batch: the same formulas on every run."""
    return batch()


@pytest.fixture(scope="session")
def office(
    formulas: tuple[Formula, ...], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, list[Any]]:
    """LibreOffice's values by file: stale and blank caches, the traps, a planted mistake."""
    if libreoffice() is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice (soffice) is not on PATH")
    folder = tmp_path_factory.mktemp("office")
    stale, traps, wrong = (folder / f"{name}.xlsx" for name in ("stale", "traps", "planted"))
    stale.write_bytes(workbook(formulas))
    traps.write_bytes(workbook([trap.formula for trap in TRAPS]))
    with planted():
        wrong.write_bytes(workbook([PLANTED]))
    blank = without_caches(stale, folder / "blank.xlsx")
    return recalculated([stale, blank, traps, wrong], folder)


@pytest.fixture(scope="session")
def wrong_by_file(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[int, Any]]:
    """The traps that an engine misses when it reads them from a file, by row from 1."""
    path = tmp_path_factory.mktemp("traps") / "traps.xlsx"
    path.write_bytes(workbook([one.formula for one in TRAPS], [one.answer for one in TRAPS]))
    return by_engine(path)

"""A small book and its file, made once: most tests change the same one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tco.reconciling.returned as back
from tco.scenario import Scenario
from tests.reconciling.editing import SMALL, Desk, desk

_MADE: dict[Any, Any] = {}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk(tmp_path_factory.mktemp("fresh"))


@pytest.fixture
def at(fresh: Desk, tmp_path: Path) -> Desk:
    """A folder with the file and the book, as they were built."""
    made = Desk(tmp_path, SMALL)
    made.file.write_bytes(fresh.file.read_bytes())
    made.book.write_bytes(fresh.book.read_bytes())
    return made


@pytest.fixture
def built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a scenario makes is made once."""
    made, anew = back.lay_out, back.built_anew

    def laid_out(scenario: Scenario) -> Any:
        if scenario.sha256 not in _MADE:
            _MADE[scenario.sha256] = book = made(scenario)
            _MADE[id(book)] = anew(book)
        return _MADE[scenario.sha256]

    monkeypatch.setattr(back, "lay_out", laid_out)
    monkeypatch.setattr(back, "built_anew", lambda book: _MADE[id(book)])

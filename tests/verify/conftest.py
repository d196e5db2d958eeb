"""What the tests of verify share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tco.scenario import Scenario
from tco.verify import engines, tampering
from tests.errors.conftest import Answer, run_in


@pytest.fixture
def tco(tmp_path: Path) -> Callable[..., Answer]:
    """The command, run in an empty folder."""
    return lambda *arguments: run_in(tmp_path, *map(str, arguments))


_MADE: dict[tuple[str, ...], Any] = {}


@pytest.fixture
def built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a scenario makes is made once: most tests change the same book."""
    lay_out, built_anew = tampering.lay_out, tampering.built_anew

    def laid_out(scenario: Scenario) -> Any:
        name = scenario.sha256, scenario.title
        if name not in _MADE:
            _MADE[name] = lay_out(scenario)
        return _MADE[name]

    def built(book: Any) -> Any:
        name = "built", book.title, book.properties[book.mark]
        if name not in _MADE:
            _MADE[name] = built_anew(book)
        return _MADE[name]

    monkeypatch.setattr(tampering, "lay_out", laid_out)
    monkeypatch.setattr(tampering, "built_anew", built)


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No engine may be started."""

    def refuse(*_: Any) -> None:
        raise AssertionError("an engine was started")

    monkeypatch.setattr(engines, "_process", refuse)


@pytest.fixture
def fresh_engines() -> Iterator[None]:
    """Engines are started anew, and stopped behind the test."""
    engines.stop()
    yield
    engines.stop()

"""What the tests of verify share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tco.verify import engines
from tests.errors.conftest import Answer, run_in


@pytest.fixture
def tco(tmp_path: Path) -> Callable[..., Answer]:
    """The command, run in an empty folder."""
    return lambda *arguments: run_in(tmp_path, *map(str, arguments))


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

"""Scenarios for tests that only read them: a file is parsed once, and sized once for its settings.

Reading YAML is half of loading, and a test of two thousand loads the same few files.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable
from dataclasses import replace

from tco.files import bundled
from tco.read import loading
from tco.read.document import Document, read_document
from tco.scenario import Scenario
from tests.few import drawn

SCENARIOS = sorted(path.stem for path in bundled("scenarios").glob("*.yaml"))


@functools.cache
def _sized(name: str, sets: tuple[str, ...], draws: str) -> Scenario:
    assert drawn() == draws
    return loading.load(name, sets)


_parsed = functools.lru_cache(maxsize=64)(read_document)


def load(name: str, sets: Iterable[str] = ()) -> Scenario:
    """A scenario as `load` gives it; a bundled one is shared: nobody may change it."""
    if name not in SCENARIOS:
        return loading.load(name, sets)
    return _sized(name, tuple(sets), drawn())


def reread(name: str, text: str, is_key: Callable[[str, bool], bool]) -> Document:
    """What `read_document` gives; its own to change, for a reader lays settings over it."""
    found = _parsed(name, text, is_key)
    return replace(
        found,
        tree=copy.deepcopy(found.tree),
        mistakes=[*found.mistakes],
        warnings=[*found.warnings],
        values=dict(found.values),
        keys=dict(found.keys),
        beside={},
    )

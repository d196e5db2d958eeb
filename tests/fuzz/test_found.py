"""What fuzzing starts from and what it once found is read, or refused by name: no traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz import run, targets
from tests.fuzz.driving import changed
from tests.fuzz.seeds import FOUND, seeds_of
from tests.sampling import BY_NIGHT

COUNT = 400 if BY_NIGHT else 12  # of each target


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: path.name)
def test_what_was_found_is_mended(path: Path) -> None:
    wrong, error = targets.outcome(targets.TARGETS[path.parent.name], path.read_bytes())
    assert not wrong, error


@pytest.mark.parametrize("name", run.TARGETS)
def test_bytes_changed_at_random_are_read_or_refused(name: str) -> None:
    chance, seeds = random.Random(name), [one for one in seeds_of(name) if one]
    count = COUNT // 6 if name == "scenario" else COUNT  # each takes a model of another kind
    for data in (*chance.sample(seeds, min(len(seeds), count // 2)),
                 *(changed(chance, seeds) for _ in range(count))):  # fmt: skip
        wrong, error = targets.outcome(targets.TARGETS[name], data)
        assert not wrong, (wrong, data, error)


def test_every_target_is_known() -> None:
    assert set(run.TARGETS) == set(targets.TARGETS)


@pytest.mark.parametrize(("raised", "kind"), [
    (ValueError("x"), "ValueError at"), (MemoryError(), "memory"), (AssertionError(), "Assertion"),
])  # fmt: skip
def test_a_traceback_would_be_seen(raised: Exception, kind: str) -> None:
    def target(_: bytes) -> None:
        raise raised

    assert targets.outcome(target, b"")[0].startswith(kind)

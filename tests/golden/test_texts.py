"""What a person sees has not changed unnoticed: terminal, deck and first page, word by word.

`python -m tests.golden` writes the texts anew.
"""

from __future__ import annotations

import pytest

from tests.golden.said import TEXTS, texts

MADE = texts()


@pytest.mark.parametrize("name", MADE)
def test_a_person_sees_what_was_last_read(name: str) -> None:
    expected = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    assert MADE[name]() == expected


def test_every_text_is_of_something() -> None:
    kept = {path.stem for path in TEXTS.glob("*.txt")}
    assert kept == set(MADE) and len(kept) > 50

"""A mistake planted in the vocabulary: what compares must notice it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from .formulas import WORDS, Formula

# Without the rounding, float noise buys a server.
PLANTED = Formula("ceil(a + b - c)", {"a": 0.1, "b": 0.2, "c": 0.3})


@contextmanager
def planted(word: str = "ceil", template: str = "ROUNDUP({0},0)+1") -> Iterator[None]:
    """Within this context a word is written out wrongly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WORDS[word], "template", template)
        yield

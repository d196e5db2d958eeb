"""A mistake planted in the vocabulary: what compares must notice it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from .formulas import WORDS, Formula

# Without the rounding, float noise buys one more: 3 * 0.1 / 0.1 is 3.0000000000000004.
PLANTED = Formula("ceil(a / b * c)", {"a": 2.1, "b": 0.1, "c": 1.1})


@contextmanager
def planted(word: str = "ceil", template: str = "ROUNDUP({0},0)+1") -> Iterator[None]:
    """Within this context a word is written out wrongly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WORDS[word], "template", template)
        yield

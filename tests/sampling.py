"""What is tried by day, and what by night: a slow proof is a proof that nobody runs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

One = TypeVar("One")
BY_NIGHT = bool(os.environ.get("TCO_BY_NIGHT"))  # set by .ci/nightly


def sampled(items: Iterable[One], every: int) -> list[One]:
    """All of them by night, by day the first of so many each."""
    return list(items)[:: 1 if BY_NIGHT else every]

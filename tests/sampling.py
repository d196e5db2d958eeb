"""What is tried by day, and what by night: a slow proof is a proof that nobody runs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

One = TypeVar("One")
BY_NIGHT = bool(os.environ.get("TCO_BY_NIGHT"))  # set by .ci/nightly


# One book with ownership, one with quotes, and of other kinds those with most sheets of their own.
BY_DAY = ("buy-or-rent-100b", "rfq-512-b200", "llm-four-stages", "published-2019",
          "wikitext-103-for-30-dollars")  # fmt: skip


def books(names: Iterable[str]) -> list[str]:
    """All of the bundled scenarios by night, by day some that have every kind of sheet."""
    return [name for name in names if BY_NIGHT or name in BY_DAY]


RARER = 5  # of what is sampled by day: with ranges, draws and pairs books are three times as large


def sampled(items: Iterable[One], every: int) -> list[One]:
    """All of them by night, by day the first of RARER times so many each."""
    return list(items)[:: 1 if BY_NIGHT else every * RARER]

"""Fewer draws by day: a book of 400 says as much of what a test looks at as one of 10,000.

What is about the draws themselves, or about what is shipped, draws as many as a user does.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace

from tco import facts
from tco.catalogue.shipped import Default
from tests.sampling import BY_NIGHT

FEW = "400"
# Folders and modules of tests that draw as many as a user does.
AS_SHIPPED = ("golden", "draws", "benchmarks", "test_own_draws", "test_bytes", "test_processor",
              "test_figures", "test_command")  # fmt: skip
_shipped: Callable[[], Mapping[str, Default]] = facts.defaults


@functools.cache
def _few() -> Mapping[str, Default]:
    found = dict(_shipped())
    return found | {"draws": replace(found["draws"], value=FEW)}


def draw_few(module: str) -> None:
    """From here on, as many draws as a module of tests needs."""
    shipped = BY_NIGHT or any(part in AS_SHIPPED for part in module.split("."))
    facts.defaults = _shipped if shipped else _few


def drawn() -> str:
    """How many draws a scenario has that says nothing of them."""
    return facts.defaults()["draws"].value

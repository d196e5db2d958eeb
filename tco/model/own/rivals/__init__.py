"""The ways to rent over the years, a module each: whatever stands here is compared with owning."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def rivals() -> tuple[ModuleType, ...]:
    """Every module here, by the place of its rival among the options."""
    found = [
        importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)
    ]
    return tuple(sorted(found, key=lambda module: int(module.RIVAL.place)))

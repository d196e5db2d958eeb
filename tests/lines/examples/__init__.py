"""The worked examples of every module of the model, a file for each, named as the module is."""

from __future__ import annotations

import importlib
import pkgutil

from tests.lines.worked import Worked

WORKED: tuple[Worked, ...] = tuple(
    importlib.import_module(f"{__name__}.{one.name}").case for one in pkgutil.iter_modules(__path__)
)

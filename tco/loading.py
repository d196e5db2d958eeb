"""What a command names as a scenario: a file, a bundled one, or a workbook that carries one."""

from __future__ import annotations

from collections.abc import Iterable

from tco.read.loading import load as load_file
from tco.scenario import Scenario

BOOKS = (".xlsx", ".xlsm")


def load(name: str, sets: Iterable[str] = ()) -> Scenario:
    """The scenario that a name means, with `KEY=VALUE` settings laid over it.

    Raises:
        Mistakes: everything that is wrong with it, or that a workbook carries none.
    """
    if not name.lower().endswith(BOOKS):
        return load_file(name, sets)
    from tco.verify.original import load_book  # reading workbooks is no part of most commands

    return load_book(name, sets)

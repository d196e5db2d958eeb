"""Defined names: what a spreadsheet takes for one, and what it would take for something else."""

from __future__ import annotations

import re
from collections.abc import Mapping

LONGEST = 255  # characters of a name
_NAME = re.compile(r"[^\W\d][\w.]*|\\[\w.]*")
_CELL = re.compile(r"[A-Za-z]{1,3}\d{1,7}")
_ROW_AND_COLUMN = re.compile(r"[Rr]\d*[Cc]\d*|[Rr]\d+|[Cc]\d+|[RrCc]")
_TAKEN = frozenset({"TRUE", "FALSE"})


def unusable(name: str) -> str:
    """Why a name cannot be a defined name; an empty text where it can."""
    if len(name) > LONGEST:
        return f"it has {len(name)} characters, and a name has at most {LONGEST}"
    if _CELL.fullmatch(name) or _ROW_AND_COLUMN.fullmatch(name):
        return "a spreadsheet reads it as a cell"
    if name.upper() in _TAKEN:
        return "a spreadsheet reads it as a truth value"
    if not _NAME.fullmatch(name):
        return "a name is letters, digits, underscores and points, and does not begin with a digit"
    return ""


def legal(names: Mapping[str, str]) -> dict[str, str]:
    """The names, each of which a spreadsheet takes, and which differ in more than capitals.

    Raises `ValueError` for one that it would not take: that is a mistake of a line's author.
    """
    known: dict[str, str] = {}
    for name in names:
        if why := unusable(name):
            raise ValueError(f"{name!r} cannot be a defined name: {why}")
        if (other := known.setdefault(name.casefold(), name)) != name:
            raise ValueError(f"{name!r} and {other!r} are one name to a spreadsheet")
    return dict(names)

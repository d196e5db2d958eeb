"""Defined names of a workbook: each one that a spreadsheet takes, and no two of them one to it."""

from __future__ import annotations

from collections.abc import Mapping

from tco.lines.names import unusable


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


def sheet_name(title: str) -> str:
    """The defined name of a sheet's first cell."""
    return f"sheet_{title.lower()}"


def source_name(key: str) -> str:
    """The defined name of where the source of an input stands."""
    return f"{key}_sourced"

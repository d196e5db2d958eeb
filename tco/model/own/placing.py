"""Placing: columns of one axis in the order of another, by the place that each row has there."""

from collections.abc import Callable
from typing import Any

from tco.lines import Line, lookup


def by_place(place: str, places: str, axis: str) -> Callable[[str, str, str, str, str], Line]:
    """What makes such columns: of a key, a label, a unit, a note, and the column it is of.

    Args:
        place: the line along `axis` that counts its rows.
        places: the place of each row of the columns that are sorted.
    """

    def column(key: str, label: str, unit: str, note: str, of: str) -> Line:
        def rule(place: Any, places: Any, values: Any) -> Any:
            return lookup(place, places, values)

        return Line(key, label, unit, rule, note, (place, places, of), axis)

    return column

"""From a reference to its value, and to the text that a table on paper prints."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from tco.lines import Undefined
from tco.page.content import Along, Cell, Gap, Phrase, Points, Ref
from tco.quantities import show
from tco.scenario import Scenario


def printed(scenario: Scenario, cell: Cell, scales: Mapping[str, float] | None = None) -> str:
    """A cell as tables print it: numbers in the form of their unit, a dash for an unknown one.

    `scales` has the largest number of each form where one that is small is not to read 0.0 bn.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Phrase):
        return cell.words.format(*(printed(scenario, Ref(key)) for key in cell.keys))
    found = value(scenario, cell)
    if isinstance(found, str):
        return str(found)
    unit = _form(scenario, cell)
    return show(found, unit, (scales or {}).get(unit, math.inf))


def largest(scenario: Scenario, cells: Iterable[Cell]) -> dict[str, float]:
    """The largest number among cells, by the form in which it is printed."""
    found: dict[str, float] = {}
    for cell in cells:
        number = value(scenario, cell) if isinstance(cell, Ref) else math.nan
        if isinstance(cell, Ref) and isinstance(number, float) and math.isfinite(number):
            unit = _form(scenario, cell)
            found[unit] = max(found.get(unit, 0.0), abs(number))
    return found


def value(scenario: Scenario, cell: Ref | Gap) -> Any:
    """What a reference points to: a number, a text, or `Undefined` with its reason."""
    numbers = scenario.numbers
    if isinstance(cell, Gap):
        over = float(numbers[cell.over])
        return float(numbers[cell.of]) / over - 1 if over else Undefined("of nothing")
    found = numbers[cell.key] if cell.row is None else numbers[cell.key][cell.row]
    return found if isinstance(found, (str, Undefined)) else float(found)


def _form(scenario: Scenario, cell: Ref | Gap) -> str:
    if isinstance(cell, Gap):
        return "share"
    return cell.form or scenario.model[cell.key].form


def points(scenario: Scenario, found: Points) -> list[float | str | None]:
    """The values of a chart's series, or the names below it; None for a number that is not."""
    if isinstance(found, Along):
        return [_plain(one) for one in _along(scenario, found)]
    return [
        _plain(value(scenario, one)) if isinstance(one, Ref) else printed(scenario, one)
        for one in found
    ]


def _along(scenario: Scenario, found: Along) -> list[Any]:
    if scenario.model[found.key].along:
        return list(scenario.numbers[found.key])[found.start : found.stop]
    cases = scenario.at_deadlines(scenario.deadlines, [found.key])[found.key]
    return list(np.broadcast_to(cases, (len(scenario.deadlines),)))[found.start : found.stop]


def _plain(one: Any) -> float | str | None:
    if isinstance(one, str):
        return str(one)
    number = float(one)
    return None if np.isnan(number) else number

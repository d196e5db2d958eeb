"""What a workbook adds to the scenario it carries: what was typed over, and what its cells show."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tco import __version__
from tco.catalogue.shipped import data_hash
from tco.errors import Mistake, Mistakes, Place
from tco.verify.original import original_in
from tco.verify.parts import Cell, OddError, book_in
from tco.verify.reading import look_up, number_of_text, value_of
from tco.verify.refusing import opened
from tco.verify.tampering import beside_rebuilt
from tco.workbook.cells import letters, position
from tco.workbook.package import is_untouched
from tco.workbook.sheets import INPUT_HEADINGS

_INPUTS = "Inputs"
_KEY, _UNIT, _OVERRIDE = (INPUT_HEADINGS.index(one) for one in ("Key", "Unit", "Override"))
_EPOCH = datetime.date(1899, 12, 30)
_CELL = re.compile(r"\$?[A-Z]+\$?\d+")
_SHORT = 8  # characters of a hash that are told


@dataclass(frozen=True)
class Stamp:
    """By which version a book was built, and from which shipped catalogue."""

    version: str
    catalogue: str

    @property
    def is_ours(self) -> bool:
        """Whether this program builds the same."""
        return self == OURS

    def said(self, other: Stamp) -> str:
        """From this one to another, in words."""
        if self.version != other.version:
            return f"The version of tco ({self.version or 'unknown'} to {other.version})"
        listed = (one.catalogue[:_SHORT] or "unknown" for one in (self, other))
        return f"The price lists that tco ships ({' to '.join(listed)})"


OURS = Stamp(__version__, data_hash())


def stamp_of(path: Path) -> Stamp | None:
    """Who built a book; None of one that carries no scenario. Raises `Mistakes`."""
    found = original_in(path)
    return Stamp(found.version, found.catalogue) if found else None


def overrides_in(path: Path, stamp: Stamp) -> dict[str, str]:
    """What stands in the Override cells of Inputs, by key, as a setting has it.

    Raises:
        Mistakes: where anything else of the book is not as it was built. Of another version that
            cannot be seen, and shows as what the version changed.
    """
    if is_untouched(path):
        return {}
    if stamp.is_ours:
        _refuse_tampered(path)
    return {key: _setting(value, dated=unit == "date")
            for key, unit, value in _overrides(path)}  # fmt: skip


def _refuse_tampered(path: Path) -> None:
    found = beside_rebuilt(path)
    if found.changes:
        first, more = found.changes[0], len(found.changes) - 1
        and_more = f", and {more:,} more" if more else ""
        wrong = f"it is not as it was built: {first.place} was {first.was}, is {first.now}"
        raise Mistakes([Mistake(
            Place(str(path)), wrong + and_more,
            f"See what was changed: tco verify {path}; or build it anew: tco build {path}",
        )])  # fmt: skip
    column = letters(_OVERRIDE + 1)
    wrong_places = [
        one for one in found.overrides if not one.place.startswith(f"{_INPUTS}!{column}")
    ]
    if wrong_places:
        raise Mistakes(
            Mistake(
                Place(str(path)), f"{one.place} was typed over: was {one.was}, is {one.now}",
                f"Only Override cells on sheet {_INPUTS} are read as changes: write this one "
                "into the scenario and compare that.",
            )
            for one in wrong_places
        )  # fmt: skip


def _setting(value: Any, *, dated: bool) -> str:
    if not isinstance(value, float):
        return str(value)
    if dated:
        return (_EPOCH + datetime.timedelta(days=value)).isoformat()
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _overrides(path: Path) -> Iterator[tuple[str, str, Any]]:
    """Key, unit and what is typed, wherever columns were moved to."""
    cells = _cells(path, {_INPUTS})
    headings = INPUT_HEADINGS[_KEY], INPUT_HEADINGS[_OVERRIDE], INPUT_HEADINGS[_UNIT]
    rows: dict[int, dict[int, Any]] = {}
    for (_, row, column), value in cells.items():
        rows.setdefault(row, {})[column] = value
    head = next((row for row in sorted(rows)
                 if {*headings[:2]} <= {str(one) for one in rows[row].values()}), None)  # fmt: skip
    if head is None:
        return
    key, typed, unit = (
        next((column for column, one in rows[head].items() if one == heading), 0)
        for heading in headings
    )
    for row in sorted(rows):
        found = rows[row]
        if row > head and found.get(key) and found.get(typed) not in (None, ""):
            yield str(found[key]), str(found.get(unit, "")), found[typed]


def figures_in(path: Path, keys: Collection[str]) -> dict[str, float | str | None]:
    """What a book shows where these names lead; None where it has no such name or no value."""
    with opened(path) as package:
        names = dict(book_in(package).names)
    places = {}
    for key in keys:
        sheet, _, cell = names.get(key, "").rpartition("!")
        if sheet and _CELL.fullmatch(cell):
            places[key] = (sheet.strip("'"), *position(cell.replace("$", "")))
    cells = _cells(path, {one[0] for one in places.values()})
    return {key: cells.get(places[key]) if key in places else None for key in keys}


def _cells(path: Path, sheets: set[str]) -> dict[tuple[str, int, int], Any]:
    """Every value of some sheets, formulas as they were last computed."""
    found: dict[tuple[str, int, int], Any] = {}
    numbered: dict[tuple[str, int, int], int] = {}

    def visit(sheet: str, cell: Cell) -> None:
        at = sheet, cell.row, cell.column
        try:
            if cell.kind == "s" and cell.text is not None:
                numbered[at] = number_of_text(cell)
            elif (value := value_of(cell)) is not None:
                found[at] = value
        except OddError:
            found[at] = cell.text

    texts = look_up(path, sheets, visit)
    known = texts(set(numbered.values())) if numbered else {}
    return {**found, **{at: known[number] for at, number in numbered.items()}}

"""Where everything of a workbook stands: one value, made before any sheet is drawn.

Each sheet's module says where its own things stand, as a `Places` of its own that depends on
nothing but the scenario; `together` makes one of them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tco.lines import Model

if TYPE_CHECKING:
    from tco.workbook.lineblocks import LinePlan
    from tco.workbook.rowtables import RowTable


def _none() -> Any:
    return field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Places:
    """Where things stand, or what one sheet adds to that. Rows and columns count from 1."""

    home: Mapping[str, tuple[str, int, int]] = _none()  # scalar key -> sheet, row, column
    ranges: Mapping[str, tuple[str, str]] = _none()  # key along an axis -> sheet, fixed range
    year_rows: Mapping[str, tuple[str, int]] = _none()  # yearly line -> sheet, row
    columns: Mapping[str, tuple[int, int]] = _none()  # key along a table -> column, first row
    links: Mapping[tuple[str, str], int] = _none()  # sheet, key linked to at its head -> row
    tables: Mapping[str, tuple[RowTable, ...]] = _none()  # sheet -> its tables
    plans: Mapping[str, LinePlan] = _none()  # sheet of workings -> where its lines stand
    case_rows: Mapping[str, int] = _none()  # line of the deadline table -> its row
    source_rows: Mapping[str, int] = _none()  # input, or a given row -> its row on Sources
    row_evidence: Mapping[str, tuple[int, int]] = _none()  # given row -> row, column on Tables
    around: Mapping[str, tuple[str, int, int]] = _none()  # scalar as it is planned, see Cases
    around_down: Mapping[str, tuple[str, int]] = _none()  # along an axis: sheet, its first row
    changed: Mapping[str, int] = _none()  # what a case changes -> its row on Cases
    changed_by_own: Mapping[str, int] = _none()  # what a case of the scenario's own changes
    given_columns: Mapping[str, tuple[int, int]] = _none()  # input along given rows -> its Live
    given_notes: Mapping[str, tuple[int, int]] = _none()  # given rows -> column of notes, row
    given_areas: tuple[str, ...] = ()  # where overrides of given rows are typed
    input_rows: tuple[tuple[int, str, str], ...] = ()  # row, key, or a heading instead
    year_heads: tuple[str, ...] = ()  # sheets whose columns years head
    error_counts: tuple[tuple[str, str], ...] = ()  # sheet, and its cell that counts its errors


def together(parts: Iterable[Places]) -> Places:
    """All parts as one. Raises `ValueError` for what two of them place."""
    found = list(parts)
    return Places(**{one.name: _joined([getattr(part, one.name) for part in found])
                     for one in fields(Places)})  # fmt: skip


def _joined(parts: list[Any]) -> Any:
    if isinstance(parts[0], tuple):
        return tuple(item for part in parts for item in part)
    whole: dict[Any, Any] = {}
    for part in parts:
        if twice := whole.keys() & part.keys():
            raise ValueError(f"{sorted(twice)} would stand in two places")
        whole |= part
    return MappingProxyType(whole)


def axis_of(model: Model, key: str) -> str | None:
    """The axis a key runs along, None for a scalar."""
    return model[key].along if key in model else None

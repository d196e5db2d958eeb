"""Tables as a file writes them: rows that are known beforehand, and one value of a row set."""

from __future__ import annotations

from typing import Any

from tco.catalogue.shipped import default_rows
from tco.lines import Model
from tco.read.document import Path_
from tco.read.schema import typed_in
from tco.read.wrong import Wrong


def complete(tree: dict[str, Any], model: Model) -> None:
    """Take the rows of tables that the file leaves out and the product knows."""
    for key, table in model.tables.items():
        rows = [dict(row) for row in default_rows(key)]
        block = tree.setdefault(table.section, {}) if rows else None
        if isinstance(block, dict) and key not in block:
            block[key] = rows
    for key, table in model.tables.items():
        found = _rows(tree, table.section, key)
        found[:] = [{} if row is None else row for row in found]  # a dash with nothing behind it


def set_value(tree: dict[str, Any], model: Model, name: str, value: str) -> Path_:
    """Set one value of a row: TABLE.ROW.KEY, the row by its name or its number.

    Returns its path: section, table, number, key. Raises `Wrong` where there is no such value.
    """
    axis, _, rest = name.partition(".")
    table = model.tables[axis]
    wanted, _, key = rest.rpartition(".")
    given = [table.spelled(one.key) for one in typed_in(model, axis)]
    rows = _rows(tree, table.section, axis)
    names = [row_name(row, given[0], number) for number, row in enumerate(rows, 1)]
    if table.numbered or wanted not in names:
        names = [str(number) for number in range(1, len(rows) + 1)]
    if key not in given or wanted not in names:
        known = f"Rows are known by name or number, 1 to {len(rows)}; their keys are: "
        raise Wrong(f"{name} is no value of {axis}", known + ", ".join(given))
    number = names.index(wanted)
    if not isinstance(rows[number], dict):
        rows[number] = {given[0]: rows[number]}
    rows[number][key] = value
    return (table.section, axis, number, key)


def row_name(row: Any, key: str, number: int) -> str:
    """What a row of the file is called, before it is read."""
    return str(row.get(key, number)) if isinstance(row, dict) else str(row)


def _rows(tree: dict[str, Any], section: str, axis: str) -> list[Any]:
    """The rows that a file has of a table; none where something else stands there."""
    block = tree.get(section)
    rows = block.get(axis) if isinstance(block, dict) else None
    return rows if isinstance(rows, list) else []

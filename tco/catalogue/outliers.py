"""Own figures far from what the catalogue has: said, not refused, because they can be right.

A price a thousand times too low, or a peak that counts sparsity, decides a verdict as quietly as a
right one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tco.catalogue.shipped import Table

Given = Mapping[str, str]
# How many times more or less than the shipped figure is still unremarkable: what a part can do and
# takes is printed in its datasheet, while prices differ between buyers and over the years.
PHYSICAL, OTHER = 1.5, 3.0
_DATASHEET = frozenset(
    {"TFLOP/s/GPU", "GB/GPU", "GB/s/GPU", "W/GPU", "kW/server", "GPU/server", "GPU"}
)
_COUNTS = frozenset({"GPU/server", "GPU"})
_TEXTS = frozenset({"text", "date"})


def of_row(table: Table, key: str, given: Given, before: Given | None) -> Iterator[str]:
    """What is remarkable about the figures of an own row, each in words.

    Args:
        table: the shipped table.
        key: the row's id.
        given: its filled cells that differ from the shipped row.
        before: the shipped row of that id, None for a new row.
    """
    units = {one.name: one.unit for one in table.columns}
    for column, text in given.items():
        unit = units.get(column, "text")
        if unit in _TEXTS or not float(text):
            continue
        most = PHYSICAL if unit in _DATASHEET else OTHER
        if before is not None:
            yield from _changed(column, key, text, before.get(column, ""), most)
        elif unit not in _COUNTS:
            rows = table.rows
            if table.name == "offers":
                rows = tuple(row for row in rows if row["chip"] == given.get("chip"))
            yield from _beyond(column, key, text, _listed(rows, table, column), OTHER)


def _changed(column: str, key: str, text: str, old: str, most: float) -> Iterator[str]:
    if not old or not float(old):
        return
    ratio = float(text) / float(old)
    if 1 / most <= ratio <= most:
        return
    times = f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.3g}"
    said = f"{column} of {key} is {text}, {times} times the shipped {old}"
    if column.endswith("_tflops") and abs(ratio - 2) < 0.02:
        said += f"; this looks like the figure with sparsity; the catalogue counts dense: {old}"
    yield said


def _beyond(
    column: str, key: str, text: str, listed: Sequence[tuple[float, str]], most: float
) -> Iterator[str]:
    """Where a figure of a new row is far below the lowest or above the highest that is shipped."""
    if not listed:
        return
    (low, cheapest), (high, dearest) = min(listed), max(listed)
    if float(text) < low / most:
        yield f"{column} of {key} is {text}; the lowest shipped is {low:g} ({cheapest})"
    elif float(text) > high * most:
        yield f"{column} of {key} is {text}; the highest shipped is {high:g} ({dearest})"


def _listed(rows: Sequence[Given], table: Table, column: str) -> list[tuple[float, str]]:
    """The shipped figures to compare with, and whose: of all price columns if this one has none."""
    found = [(float(row[column]), row["id"]) for row in rows if row.get(column)]
    if not found and table.name == "offers":
        prices = [one.name for one in table.columns if one.unit.startswith("US$")]
        found = [(float(row[one]), row["id"]) for row in rows for one in prices if row.get(one)]
    return [one for one in found if one[0]]

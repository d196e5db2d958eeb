"""What an exhibit says, in a sentence with its numbers: a deck has no other heading.

Sheets have short headings beside their numbers; on a slide the heading is what is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tco.model.state import TOLD, WITHHELD
from tco.page.board import Exhibit, Grid, amount_form
from tco.page.content import TOTAL, Cell, Chart, Phrase, Ref, Table
from tco.page.grids import grid_values
from tco.page.values import printed, value
from tco.quantities import show
from tco.scenario import Scenario


@dataclass(frozen=True)
class Heading:
    """A sentence, and what its numbers are the values of."""

    text: str
    of: tuple[Ref, ...] = ()


def heading(scenario: Scenario, exhibit: Exhibit) -> Heading:
    """The sentence above an exhibit: its own, or one made of its numbers."""
    title = exhibit.title
    if not isinstance(title, str):
        return _of_title(scenario, title)
    if isinstance(exhibit.block, Grid):
        return Heading(_grid(scenario, exhibit.block))
    if isinstance(exhibit.block, Chart):
        return Heading(title)
    keys = _keys(exhibit.block)
    make = next((make for key, make in _RULES.items() if key in keys), _largest)
    return make(scenario, exhibit.block) or Heading(title)


def of_chart(scenario: Scenario, chart: Chart) -> Heading:
    """The sentence above a chart that stands alone."""
    if isinstance(chart.title, str):
        return Heading(chart.title)
    return _of_title(scenario, chart.title)


def _of_title(scenario: Scenario, title: Ref | Phrase) -> Heading:
    refs = (title,) if isinstance(title, Ref) else tuple(map(Ref, title.keys))
    return Heading(printed(scenario, title), refs)


def _keys(table: Table) -> set[str]:
    return {one.key for row in table.rows for one in row.cells if isinstance(one, Ref)}


def _filled(scenario: Scenario, words: str, *cells: Cell) -> Heading | None:
    """Words with a value in each pair of braces; nothing where one is not known."""
    texts = [printed(scenario, one) for one in cells]
    if any(one in ("", WITHHELD) for one in texts):
        return None
    return Heading(words.format(*texts), tuple(one for one in cells if isinstance(one, Ref)))


def _unit(scenario: Scenario) -> str:
    return str(scenario.numbers["board_unit"])


# ---- tables, each by a key that it has ----------------------------------------------------------


def _options(scenario: Scenario, table: Table) -> Heading | None:
    """Who is first, of those that count."""
    every = len(table.rows)
    counting = sum(float(scenario.numbers[table.counts][at]) > 0 for at in range(every))
    if not counting:
        return None
    among = f"{every}" if counting == every else f"the {counting} of {every}"
    last = "options" if counting == every else "options that count"
    name, worth = table.rows[0].cells[:2]
    words = f"{{}} is first of {among} {last}: NPV {{}} {_unit(scenario)}"
    return _filled(scenario, words, name, worth)


def _drivers(scenario: Scenario, table: Table) -> Heading | None:
    name, between, last = table.rows[0].cells[:3]
    turns = isinstance(last, Ref) and last.key == "assumption_turn"
    number = printed(scenario, last)[:1].isdigit() or printed(scenario, last)[:1] in "-("
    words = "{} moves the answer most, over {}"
    words += "; it turns at {}" if turns and number else "" if turns else "; the plan is {}"
    cells = (name, between, last) if "turns at" in words or not turns else (name, between)
    return _filled(scenario, words, *cells)


def _evidence(scenario: Scenario, table: Table) -> Heading | None:
    shares = [float(value(scenario, row.cells[1])) for row in table.rows
              if isinstance(row.cells[1], Ref)]  # fmt: skip
    name, share = table.rows[int(np.argmax(shares))].cells[:2]
    words = "What may move it rests most on one kind of evidence: {}, {}"
    return _filled(scenario, words, name, share)


def _assumed(scenario: Scenario, table: Table) -> Heading | None:
    name, plan = table.rows[0].cells[:2]
    words = f"{len(table.rows)} assumptions matter most, first of all {{}}: {{}}"
    return _filled(scenario, words, name, plan)


def _findings(scenario: Scenario, table: Table) -> Heading | None:
    fired = _known(scenario, TOLD)
    words = "1 check does not pass: {}"
    if fired > 1:
        words = f"{fired} checks do not pass, first: {{}}"
    return _filled(scenario, words, Ref(TOLD[0])) or Heading("Every check passes")


def _known(scenario: Scenario, keys: Sequence[str]) -> int:
    return sum(str(scenario.numbers[key]) != WITHHELD for key in keys)


def _costs(scenario: Scenario, table: Table) -> Heading | None:
    parts = [row for row in table.rows if not row.reads]
    total = next(row for row in table.rows if row.reads == TOTAL)
    most = max(parts, key=lambda row: _number(scenario, row.cells[1]))
    words = f"Buying costs {{}} {_unit(scenario)}; the most of it is {{}}, {{}}"
    return _filled(scenario, words, total.cells[1], most.cells[0], most.cells[2])


def _ways(scenario: Scenario, table: Table) -> Heading | None:
    cheapest = Ref("rent_total", form=amount_form(scenario))
    words = f"Buying this run costs {{}} {_unit(scenario)}, the cheapest rent in time {{}}"
    return _filled(scenario, words, table.rows[0].cells[1], cheapest)


def _largest(scenario: Scenario, table: Table) -> Heading | None:
    """Of a table of a kind's own: which row has the most of its first column."""
    rows = [row for row in table.rows if not row.reads]
    first = table.columns[1]
    if first.words or len(rows) < 2:
        return None
    most = max(rows, key=lambda row: _number(scenario, row.cells[1]))
    amount = most.cells[1]
    if not isinstance(amount, Ref):
        return None
    unit = f" {scenario.currency}" if scenario.model[amount.key].unit == "USD" else ""
    unit = f" {_unit(scenario)}" if unit and "k" not in amount.form else unit
    words = f"{{}} has the highest {first.title.lower()} of {len(rows)}: {{}}{unit}"
    return _filled(scenario, words, most.cells[0], amount)


def _number(scenario: Scenario, cell: Cell) -> float:
    found = value(scenario, cell) if isinstance(cell, Ref) else None
    return found if isinstance(found, float) and found == found else float("-inf")


_RULES: dict[str, Callable[[Scenario, Table], Heading | None]] = {
    "ranked_npv": _options,
    "grade_swing_share": _evidence,
    "assumption_from": _assumed,
    "assumption_range": _drivers,
    "datacenter_cost": _costs,
    "on_demand_total": _ways,
    TOLD[0]: _findings,
}


# ---- the grid -----------------------------------------------------------------------------------


def _grid(scenario: Scenario, grid: Grid) -> str:
    found = grid_values(scenario, grid)
    every = [one for row in found.cells for one in row if one == one]
    form, middle = amount_form(scenario), grid.size // 2
    least, most, plan = (show(one, form) for one in
                         (min(every), max(every), found.cells[middle][middle]))  # fmt: skip
    return (
        f"Owning is worth {least} to {most} {_unit(scenario)} by use and price, {plan} as planned"
    )

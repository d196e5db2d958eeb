"""The tabulation: the quotes of a scenario side by side, as its lines have them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from tco.errors import mistake, printable_json
from tco.lines import Undefined
from tco.page.printed import PrintedRow, PrintedTable
from tco.page.report import as_json
from tco.page.terminal import table_as_text
from tco.quantities import money, show
from tco.scenario import Scenario
from tco.tender.columns import BUY, RENT, SIDES, Side

# Lines are read by their keys where a scenario has them: each with what it is called here.
_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    BUY: (
        ("vendor", "Vendor"), ("item", "Item"), ("alternate", "Alternate"), ("round", "Round"),
        ("min_quantity", "From"), ("quote_price", "Price"), ("quote_landed_price", "Landed"),
        ("quote_terms_cost", "Terms"), ("quote_energy_cost", "Energy"),
        ("quote_space_cost", "Space"), ("quote_compared_price", "Compared"),
        ("quote_standing", "Stands as"),
    ),
    RENT: (
        ("provider", "Provider"), ("commitment", "Commitment"), ("term_months", "Months"),
        ("round", "Round"), ("rent_quote_price", "Price"), ("rent_quote_cost", "Cost"),
        ("rent_quote_useful_price", "Per useful hour"), ("rent_quote_obligation", "Signed"),
        ("rent_quote_exit_cost", "Leaving"), ("rent_quote_standing", "Stands as"),
    ),
}  # fmt: skip
# The flags of rows that are chosen, and the line that names such a row.
_CHOSEN = {
    BUY: (("quote_chosen",), "chosen_quote"),
    RENT: (("rent_quote_chosen", "rent_quote_best"), "chosen_rent_quote"),
}
_MARK = "← chosen"
_PREFIX = {BUY: "quote_", RENT: "rent_quote_"}


def as_text(scenario: Scenario) -> str:
    """The tabulation on the terminal.

    Raises `Mistakes` where the scenario has no quotes.
    """
    tables = [_table(scenario, side) for side in _sides(scenario)]
    return "\n\n".join(f"{one.title}\n{table_as_text(one)}" for one in tables)


def as_json_text(scenario: Scenario) -> str:
    """The tabulation for programs: what each row offers and comes to; null is not known."""
    every = as_json(scenario)["tables"]
    found = {side.table: _marked(scenario, side, every[side.table]) for side in _sides(scenario)}
    said = {"title": scenario.title, "currency": scenario.currency, **found}
    return printable_json(json.dumps(said, indent=1, ensure_ascii=False, allow_nan=False))


def _sides(scenario: Scenario) -> list[Side]:
    found = [side for side in SIDES.values() if scenario.tables.get(side.table)]
    if not found:
        raise mistake(
            scenario.path, "this scenario has no quotes",
            f"Ask for them: tco rfq {scenario.path}. Read the answers: tco quotes add "
            f"{scenario.path} FILE... Then say in it: quotes: {scenario.name}.quotes.csv",
        )  # fmt: skip
    return found


def _marked(scenario: Scenario, side: Side, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of one side: columns as the file spells them, lines by their keys."""
    model, table = scenario.model, scenario.model.tables[side.table]
    names = {one.key: table.spelled(one.key) for one in model.along(side.table)}
    names |= {key: key for key in model.lines if key.startswith(_PREFIX[side.name])}
    chosen = _chosen(scenario, side)
    return [{**{names[key]: value for key, value in row.items() if key in names},
             "chosen": int(mark)} for row, mark in zip(rows, chosen, strict=True)]  # fmt: skip


def _table(scenario: Scenario, side: Side) -> PrintedTable:
    """The quotes of one side, a row each, as the file has them."""
    columns = list(_columns(scenario, side))
    chosen = _chosen(scenario, side)
    rows = [
        PrintedRow((
            row.name,
            *(_shown(scenario, key, number) for key, _ in columns),
            _MARK if chosen[number] else "",
        ))
        for number, row in enumerate(scenario.tables[side.table])
    ]  # fmt: skip
    model = scenario.model
    numeric = (True, *(not model[key].is_text for key, _ in columns), False)
    what = "to buy" if side.name == BUY else "to rent"
    title = f"{scenario.title}: quotes {what}, {money('USD', scenario.currency)}, " \
            f"as of {scenario.as_of}"  # fmt: skip
    return PrintedTable(title, ("", *(head for _, head in columns), ""), numeric, tuple(rows))


def _columns(scenario: Scenario, side: Side) -> Iterator[tuple[str, str]]:
    """The columns of a table that are there: (key of the model, heading)."""
    model, table = scenario.model, scenario.model.tables[side.table]
    given = {table.spelled(one.key): one.key for one in model.along(side.table)}
    known = [key for key, one in model.lines.items() if one.along == side.table]
    for key, head in _COLUMNS[side.name]:
        found = given.get(key, key if key in known else "")
        if found and _says_something(scenario, found, key):
            yield found, head


def _says_something(scenario: Scenario, key: str, column: str) -> bool:
    """Whether any row has it: there is often no alternate, and one round alone."""
    said = {str(one) for one in scenario.numbers[key]}
    return not said <= {"–", "nan", ""} and (column != "round" or said != {"1.0"})


def _shown(scenario: Scenario, key: str, number: int) -> str:
    found = scenario.numbers[key][number]
    if isinstance(found, str | Undefined):
        return str(found) if isinstance(found, str) else found.why
    return show(float(found), scenario.model[key].form)


def _chosen(scenario: Scenario, side: Side) -> list[bool]:
    """Which rows are chosen: by a flag along the rows, else by the row that a line names."""
    numbers, rows = scenario.numbers, scenario.tables[side.table]
    flags, name = _CHOSEN[side.name]
    for flag in flags:
        if flag in scenario.model.lines:
            return [float(one) == 1 for one in numbers[flag]]
    named = {str(one) for one in np.ravel(np.array(numbers.get(name, ()), dtype=object))}
    return [row.name in named for row in rows]

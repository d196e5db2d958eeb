"""The tabulation: the quotes of a scenario side by side, as its lines have them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tco.errors import mistake, printable_json
from tco.lines import Undefined
from tco.page.report import as_json
from tco.page.terminal import table_as_text
from tco.quantities import money, show
from tco.scenario import Scenario
from tco.tables import Answer, PrintedRow, PrintedTable, Words
from tco.tender.columns import BUY, RENT, SIDES, Side

# Lines are read by their keys where a scenario has them: each with what it is called here.
_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    BUY: (
        ("vendor", "Vendor"), ("item", "Item"), ("alternate", "Alternate"), ("round", "Round"),
        ("min_quantity", "From"), ("quote_price", "Price"), ("quote_landed_price", "Landed"),
        ("quote_terms_cost", "Terms"), ("quote_energy_cost", "Energy"),
        ("quote_space_cost", "Space"), ("quote_compared_price", "Compared"),
        ("quote_delay_cost", "Delay"), ("quote_deposit_at_risk", "Deposit at risk"),
        ("quote_standing", "Stands as"),
    ),
    RENT: (
        ("provider", "Provider"), ("commitment", "Commitment"), ("term_months", "Months"),
        ("round", "Round"), ("rent_quote_price", "Price"), ("rent_quote_cost", "Cost"),
        ("rent_quote_useful_price", "Per useful hour"), ("rent_quote_obligation", "Signed"),
        ("rent_quote_exit_cost", "Leaving"), ("rent_quote_standing", "Stands as"),
    ),
}  # fmt: skip
# How much of the order a row gets: 1 for what is chosen, a part of it where awards are split.
_WEIGHT = {BUY: "quote_weight", RENT: "rent_quote_best"}
_MARK = "← chosen"
# What is said below the quotes to buy, where a model has it: the label, a line, what it is worth.
_WHOLE = (
    ("Split as awarded", "split_premium", "than all to the quotes chosen"),
    ("A bundle from {}", "best_bundle_premium", "than as awarded"),
)
_RARE = ("quote_delay_cost", "quote_deposit_at_risk")  # which are 0 where nobody fears them
_PREFIX = {BUY: "quote_", RENT: "rent_quote_"}


def as_text(scenario: Scenario) -> str:
    """The tabulation as text."""
    return answer(scenario).plain


def answer(scenario: Scenario) -> Answer:
    """The tabulation on the terminal.

    Raises `Mistakes` where the scenario has no quotes.
    """
    tables = [_table(scenario, side) for side in _sides(scenario)]
    said = [f"{one.title}\n{table_as_text(one)}" for one in tables]
    whole = _as_a_whole(scenario)
    last = ["\n".join(whole)] if whole else []
    return Answer("\n\n".join([*said, *last]), (*tables, *map(Words, last)))


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
    shares = _shares(scenario, side)
    return [{**{names[key]: value for key, value in row.items() if key in names},
             "chosen": int(share > 0)}
            for row, share in zip(rows, shares, strict=True)]  # fmt: skip


def _table(scenario: Scenario, side: Side) -> PrintedTable:
    """The quotes of one side, a row each, as the file has them."""
    columns = list(_columns(scenario, side))
    shares = _shares(scenario, side)
    rows = [
        PrintedRow((
            row.name,
            *(_shown(scenario, key, number) for key, _ in columns),
            _mark(shares[number]),
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
    nothing = {"–", "nan", ""} | ({"0.0"} if column in _RARE else set())
    return not said <= nothing and (column != "round" or said != {"1.0"})


def _shown(scenario: Scenario, key: str, number: int) -> str:
    found = scenario.numbers[key][number]
    if isinstance(found, str | Undefined):
        return str(found) if isinstance(found, str) else found.why
    return show(float(found), scenario.model[key].form)


def _shares(scenario: Scenario, side: Side) -> list[float]:
    """How much of the order each row gets."""
    return [float(one) for one in scenario.numbers[_WEIGHT[side.name]]]


def _mark(share: float) -> str:
    if 0 < share < 1:
        return f"← {show(share, 'share')}"
    return _MARK if share else ""


def _as_a_whole(scenario: Scenario) -> list[str]:
    """What splitting, or a bundle of one vendor, costs more or less than what is chosen."""
    found = []
    for label, key, against in _WHOLE:
        more = scenario.numbers.get(key)
        if more is None or isinstance(more, Undefined):
            continue
        vendor = scenario.numbers.get("best_bundle_vendor", "")
        amount, word = show(abs(float(more)), "USD"), "more" if float(more) >= 0 else "less"
        found.append(f"{label.format(vendor)} costs {amount} {word} {against}.")
    return found

"""A comparison as decks and the terminal print it: a table with a column a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tco import __version__
from tco.page.printed import Board
from tco.page.sides import OTHER, Comparison, Row, Side, Total
from tco.page.sidewords import sentences
from tco.page.terminal import table_as_text
from tco.quantities import show
from tco.tables import Answer, PrintedRow, PrintedTable, Words


def side_board(comparison: Comparison) -> Board:
    """The page of a comparison as a template reads it."""
    first = comparison.sides[0]
    files = "; ".join(
        f"{one.letter} {one.scenario.path}, inputs {one.scenario.sha256[:12]}"
        for one in comparison.sides
    )
    return Board(
        comparison.name,
        tuple(sentences(comparison)),
        tuple(table for table in _tables(comparison) if table.rows),
        f"Money in {comparison.currency}; differences are to {first.letter}, or to the first that "
        f"has such a result; tco {__version__}. {files}.",
    )


def answer(comparison: Comparison) -> Answer:
    """The sentences and the results, for the terminal."""
    titles = "\n".join(f"{one.letter}  {one.scenario.title}" for one in comparison.sides)
    results = _table(comparison, "Results", comparison.results, comparison.shown)
    said = "\n".join(sentences(comparison))
    plain = "\n\n".join((comparison.name, titles, said, table_as_text(results)))
    name = Words(comparison.name, strong=True)
    return Answer(plain, (name, Words(titles), Words(said), results))


def kind_of(side: Side) -> str:
    """The kind of a scenario, in words."""
    scenario = side.scenario
    return f"{scenario.kind}, owned over years" if scenario.owned else scenario.kind


def _tables(comparison: Comparison) -> Iterable[PrintedTable]:
    yield _compared(comparison)
    yield _table(comparison, "Results that two or more of them have", comparison.results,
                 comparison.shown)  # fmt: skip
    for total in comparison.totals:
        yield _made_of(comparison, total)
    numbers = [one for one in comparison.results if not one.is_text]
    first = comparison.sides[0].letter
    yield _table(comparison, f"Difference to {first}, or to the first that has such a result",
                 numbers, comparison.changes)  # fmt: skip
    for total in comparison.totals:
        yield _moved_by(comparison, total)
    shares = [_printed(one, comparison.shares(one), "share", unit="") for one in numbers]
    yield _headed(comparison, "The same differences, as shares of what they are to", shares)
    yield _table(comparison, "Inputs that differ among those that have them", comparison.differing,
                 comparison.shown)  # fmt: skip
    yield _table(comparison, "Results that only one of them has", comparison.alone,
                 comparison.shown)  # fmt: skip


def _compared(comparison: Comparison) -> PrintedTable:
    """Titles, kinds, days, and whether an error stands."""
    told: dict[str, list[str]] = {"Scenario": [], "Kind": [], "As of": [], "Errors that stand": []}
    for side in comparison.sides:
        scenario = side.scenario
        errors = show(scenario.numbers["errors"], "count")
        words = (scenario.title, kind_of(side), scenario.as_of, errors)
        for row, said in zip(told.values(), words, strict=True):
            row.append(said)
    rows = [PrintedRow((label, "", *words)) for label, words in told.items()]
    return _headed(comparison, "What is compared", rows)


def _made_of(comparison: Comparison, total: Total) -> PrintedTable:
    rows = [_printed(one, comparison.shown(one)) for one in total.parts]
    if any(_numbers(comparison.other(total))):
        rows.append(_printed(total.row, comparison.other(total), label=OTHER))
    rows.append(_printed(total.row, comparison.shown(total.row), strong=True))
    return _headed(comparison, f"{total.row.label}: what it is made of", rows)


def _moved_by(comparison: Comparison, total: Total) -> PrintedTable:
    base = comparison.sides[total.row.base].letter
    rows = [_printed(one, comparison.part_changes(total, one)) for one in total.parts]
    rows.append(_printed(total.row, comparison.changes(total.row), strong=True))
    return _headed(comparison, f"{total.row.label}: difference to {base}, by part", rows)


def _numbers(values: Iterable[Any]) -> list[float]:
    return [one for one in values if not isinstance(one, str)]


def _table(comparison: Comparison, title: str, rows: Sequence[Row], values: Any) -> PrintedTable:
    return _headed(comparison, title, [_printed(one, values(one)) for one in rows])


def _headed(comparison: Comparison, title: str, rows: Sequence[PrintedRow]) -> PrintedTable:
    letters = [side.letter for side in comparison.sides]
    numeric = (False, False, *(True for _ in letters))
    return PrintedTable(title, ("", "Unit", *letters), numeric, tuple(rows))


def _printed(
    row: Row, values: Sequence[Any], form: str = "", *, label: str = "", unit: str | None = None,
    strong: bool = False,
) -> PrintedRow:  # fmt: skip
    """A row with its values as tables print them."""
    shown = (one if isinstance(one, str) else show(one, form or row.form) for one in values)
    return PrintedRow((label or row.label, row.unit if unit is None else unit, *shown), strong)

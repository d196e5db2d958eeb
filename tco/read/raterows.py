"""The rates that a file gives: that of the US dollar, and a row for each other currency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tco.facts import TYPED, Fact
from tco.lines import Given
from tco.model.rates import rate_key
from tco.quantities.currencies import is_code
from tco.read.collector import Collector
from tco.read.document import Path_
from tco.read.gathering import Gathered
from tco.read.leaves import Leaf
from tco.read.rates import (
    CURRENCIES,
    FORMER_NAME,
    NAME,
    RATE,
    USD_RATE,
    Rate,
    Rates,
    code_in,
    row_example,
)
from tco.read.schema import ASIDE
from tco.read.values import read_day, read_quantity, read_words
from tco.read.wrong import Wrong

KEYS = (NAME, RATE, *ASIDE)
_RATE = Given("Rate", "ratio", above=0, key=RATE, example="1.17")
_EXAMPLE = f"A row is for example: - {row_example('GBP', '1.17')}"


def rates_of(gathered: Gathered, usd: Leaf | None, mistakes: Collector) -> Rates:
    """What one of each other currency costs; the table leads where it has the US dollar too.

    Mistakes in the table are said here where it is no table of the model, which says its own.
    """
    currency, tree = gathered.currency, gathered.tree
    table = gathered.model.tables.get(CURRENCIES)
    block = tree.get(table.section) if table else tree
    rows = block.get(CURRENCIES) if isinstance(block, dict) else None
    known, mistaken = {}, set[str]()
    if currency != "USD":
        if usd is None:  # which is said where it is missing
            mistaken.add("USD")
        else:
            source = usd.source or f"stated: {gathered.path.name}"
            known["USD"] = Rate(Fact(usd.value, source=source, date=usd.date), USD_RATE)
    reading = _Reading(gathered, None if table else mistakes)
    found = reading.table(rows)
    known |= {code: Rate(fact, "" if table else rate_key(code)) for code, fact in found.items()}
    return Rates(
        currency, known, frozenset(mistaken | reading.mistaken), CURRENCIES in (block or ())
    )


class _Reading:
    """One pass over the rows, which says its mistakes to a collector if there is one."""

    def __init__(self, gathered: Gathered, mistakes: Collector | None) -> None:
        self.gathered, self.mistakes = gathered, mistakes
        self.mistaken: set[str] = set()

    def table(self, rows: Any) -> dict[str, Fact]:
        """The rates without a mistake, by the codes of their currencies."""
        if rows is None:
            return {}
        if not isinstance(rows, list):
            self._say((CURRENCIES,), f"{CURRENCIES} is a list", f"Give a row each. {_EXAMPLE}")
            return {}
        found: dict[str, Fact] = {}
        for number, row in enumerate(rows):
            code = self._code((CURRENCIES, number), row)
            if code in found:
                wrong = f"{code} stands in two rows of {CURRENCIES}"
                self._say((CURRENCIES, number, NAME), wrong, "Keep one of the two.")
            fact = self._fact((CURRENCIES, number), row) if code else None
            if fact:
                found.setdefault(code, fact)
            elif code:
                self.mistaken.add(code)
        return found

    def _code(self, path: Path_, row: Any) -> str:
        said = code_in(row) if isinstance(row, dict) else ""
        if not said:
            self._say(path, f"{NAME} is not given in this row", _EXAMPLE)
            return ""
        code = said.upper()
        if not is_code(code):
            remedy = f"Type three capital letters, for example: {NAME}: GBP"
            self._say((*path, NAME), f"“{said}” is not a currency code", remedy)
            return ""
        return code

    def _fact(self, path: Path_, row: dict[str, Any]) -> Fact | None:
        """The rate of one row with what stands behind it; None where any of it is mistaken."""
        if row.get(RATE) is None:
            self._say(path, f"{RATE} is not given in this row", _EXAMPLE)
            return None
        for key in row:
            if key not in (*KEYS, FORMER_NAME):
                self._say((*path, key), f"{key} is not a key of a row of {CURRENCIES}",
                          f"Known here: {', '.join(KEYS)}.", key=True)  # fmt: skip
        value = self._one(path, RATE, row[RATE], _rate)
        source, note = (
            self._one(path, key, row.get(key), read_words) for key in ("source", "note")
        )
        day = self._one(path, "date", row.get("date"), read_day)
        if None in (value, source, note, day):
            return None
        stated = source or f"stated: {self.gathered.path.name}"
        if path in self.gathered.laid.rows:
            stated = TYPED
        return Fact(value, source=stated, date=day, note=note)

    def _one(self, path: Path_, key: str, text: Any, read: Callable[[Any], Any]) -> Any:
        try:
            return read(text)
        except Wrong as error:
            self._say((*path, key), error.wrong, error.remedy)
            return None

    def _say(self, path: Path_, wrong: str, remedy: str, *, key: bool = False) -> None:
        if self.mistakes is not None and self.mistakes.tells_more():
            self.mistakes.say(path, wrong, remedy, key=key)


def _rate(text: Any) -> float:
    return read_quantity(_RATE, text, Rates(""), f"Type for example: {RATE}: 1.17")

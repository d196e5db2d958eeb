"""Rates: what one of another currency costs in the scenario's, and money that is typed in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tco.facts import Converted, Fact
from tco.model.rates import rate_code
from tco.quantities import other_currencies, read
from tco.read.document import Path_
from tco.read.wrong import Wrong

CURRENCIES = "currencies"  # the table of rates
NAME, RATE = "currency", "rate"  # its columns
FORMER_NAME = "offer_currency"
USD_RATE = "usd_rate"
_MOST_NAMED = 3


def row_example(code: str, rate: str) -> str:
    """One row of the table of rates, as people write it."""
    return f"{{{NAME}: {code}, {RATE}: {rate}, date: 2026-11-20}}"


@dataclass(frozen=True)
class Rate:
    """What one of a currency costs, and the input that holds it, "" where a table does."""

    fact: Fact
    key: str


@dataclass(frozen=True)
class Rates:
    """The scenario's currency, and what one of each other costs in it.

    An amount of a `mistaken` code, whose rate a mistake was said of, is let through as it is.
    """

    currency: str
    known: Mapping[str, Rate] = field(default_factory=dict)
    mistaken: frozenset[str] = frozenset()
    listed: bool = False  # whether the file has the table

    def read(self, key: str, text: str, unit: str) -> float:
        """The number of a text in a unit, converted where it is of another currency.

        Raises `Wrong` where there is no rate of it, and `NotAQuantity` where it is no number.
        """
        sign, codes = other_currencies(text, unit, self.currency)
        if not codes:
            return read(text, unit, self.currency)
        if len(codes) > 1:
            raise _ambiguous(key, text, sign, codes)
        return self._converted(key, text, read(text, unit, codes[0]), codes[0])

    def alone(self) -> Rates:
        """The currency without rates: no rate is converted by another."""
        return Rates(self.currency, listed=self.listed)

    def _converted(self, key: str, text: str, amount: float, code: str) -> float:
        if code in self.mistaken:
            return amount
        if code not in self.known:
            raise self._unknown(key, code)
        fact = self.known[code].fact
        rate = f"{fact.value:.10g}"
        if not fact.date:
            wrong = f"{key} is in {code}, whose rate has no date"
            raise Wrong(wrong, f"Type in {CURRENCIES} for example: - {row_example(code, rate)}")
        typed = re.sub(r"(?<=\d)_(?=\d)", ",", " ".join(text.split()))
        said = f"{typed} at {rate} {self.currency} of {fact.date}"
        return Converted(amount, float(fact.value), code, self.known[code].key, said)

    def _unknown(self, key: str, code: str) -> Wrong:
        there = f"Add at the left margin {CURRENCIES}: and below it"
        return Wrong(
            f"{key} is in {code}, and what one {code} costs in {self.currency} is not given",
            f"{f'Add to {CURRENCIES}' if self.listed else there}: - {row_example(code, 'RATE')}, "
            f"RATE being what one {code} costs in {self.currency} on that day.",
        )


def set_rate(tree: Mapping[str, Any], name: str, value: str) -> Path_ | None:
    """Set the rate of a row: currencies.GBP.rate, or rate_of_gbp; None for any other name.

    Returns its path. Raises `Wrong` where there is no such row.
    """
    table, _, rest = name.partition(".")
    code = rate_code(name) or (rest.removesuffix(f".{RATE}") if table == CURRENCIES else "")
    if not code:
        return None
    rows = tree.get(CURRENCIES)
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and code_in(row).casefold() == code.casefold():
            row[RATE] = value
            return CURRENCIES, number, RATE
    wrong = f"{name}: the file has no rate of {code.upper()}"
    raise Wrong(wrong, f"Write in the file: {CURRENCIES}: - {row_example(code.upper(), value)}")


def code_in(row: Mapping[str, Any]) -> str:
    """The currency of a row, "" where it says none."""
    return str(row.get(NAME) or row.get(FORMER_NAME) or "").strip()


def with_typed(note: str, values: Mapping[str, Any]) -> str:
    """A note, and how each value was typed that is of another currency."""
    said = [f"{f'{name}: ' if name else ''}{one.said}" for name, one in values.items()
            if isinstance(one, Converted)]  # fmt: skip
    return ". ".join((*([note.rstrip(".")] if note else []), *said)) if said else note


def _ambiguous(key: str, text: str, sign: str, codes: tuple[str, ...]) -> Wrong:
    *first, last = codes[:_MOST_NAMED]
    named = f"{', '.join(first)} or {last}"
    if len(codes) > _MOST_NAMED:
        named = f"{', '.join((*first, last))} or another"
    coded = re.sub(re.escape(sign) + r"(?=\d)", f"{codes[0]} ", text).replace(sign, codes[0])
    return Wrong(
        f"{key}: “{sign}” can be {named}",
        f"Type the code of the currency, for example: {key}: {coded.strip()}",
    )

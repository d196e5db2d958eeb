"""Median rents: what is listed for an accelerator, as a row of Offers until an offer is chosen.

The row is found by its id, so that no price depends on where another row stands.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

Rows = tuple[Mapping[str, str], ...]
PREFIX = "median-"
# The prices that a median is taken of, and where each one's source and date stand.
COMMITMENTS = {
    "on_demand_price": ("source", "date"),
    "spot_price": ("spot_source", "spot_date"),
    "reserved_1y_price": ("reserved_source", "reserved_date"),
}
# A peer's machine for a day, another's with a margin on it, a block paid in advance, nobody's
# figure, and one's own lists, which lead: none is what a provider asks of everybody.
UNLISTED = (
    "catalogue: marketplace", "catalogue: broker", "catalogue: capacity block", "guess:", "own:",
)  # fmt: skip
_NOTE = (
    "What providers list themselves, on their pages or in a survey of these; no marketplace, "
    "broker, capacity block or guess. Of each provider the latest day counts, there its lowest "
    "price. Counted as of {}, within {:g} days of it, when this file was built."
)


@dataclass(frozen=True)
class Window:
    """The day that a price is wanted for, and how many days from it one may have been seen."""

    as_of: datetime.date
    days: float

    def holds(self, date: str) -> bool:
        """Whether a day lies within it, before or after."""
        return abs((self.as_of - datetime.date.fromisoformat(date)).days) <= self.days


@dataclass(frozen=True)
class _Seen:
    """What one provider asked for last."""

    price: float
    date: str


def without(rows: Iterable[Mapping[str, str]]) -> Rows:
    """The offers that somebody makes, in their order."""
    return tuple(row for row in rows if not row["id"].startswith(PREFIX))


def of_offers(rows: Rows, window: Window) -> Rows:
    """A row of medians for each accelerator that a provider lists, in the order of their ids."""
    chips = sorted({row["chip"] for row in rows})
    found = (_row([one for one in rows if one["chip"] == chip], chip, window) for chip in chips)
    return tuple(row for row in found if row)


def _row(rows: list[Mapping[str, str]], chip: str, window: Window) -> dict[str, str]:
    """The medians of an accelerator's offers; nothing where none is listed."""
    row: dict[str, str] = {}
    providers: set[str] = set()
    for price in COMMITMENTS:
        latest = _latest(rows, price)
        young = {name: one for name, one in latest.items() if window.holds(one.date)}
        taken = young or latest
        if taken:
            row |= _cells(price, tuple(taken.values()), none_young=not young, window=window)
            providers |= set(taken)
    if not row:
        return {}
    blank = dict.fromkeys(rows[0], "")
    many = f"{len(providers)} provider{'' if len(providers) == 1 else 's'}"
    named = {"id": PREFIX + chip, "provider": f"Median of {many}", "chip": chip}
    return {**blank, **named, **row, "note": _NOTE.format(window.as_of, window.days)}


def _latest(rows: list[Mapping[str, str]], price: str) -> dict[str, _Seen]:
    """By provider its lowest price of the latest day on which it was seen to list one."""
    source, date = COMMITMENTS[price]
    found: dict[str, _Seen] = {}
    for row in rows:
        if not row[price] or row[source].startswith(UNLISTED):
            continue
        seen, before = _Seen(float(row[price]), row[date]), found.get(row["provider"])
        if before is None or (seen.date, -seen.price) > (before.date, -before.price):
            found[row["provider"]] = seen
    return found


def _cells(
    price: str, taken: tuple[_Seen, ...], *, none_young: bool, window: Window
) -> dict[str, str]:
    """A median with its extremes and what it is of; its date is the last one's."""
    source, date = COMMITMENTS[price]
    prices, dates = [one.price for one in taken], [one.date for one in taken]
    many = f"{len(taken)} offer{'' if len(taken) == 1 else 's'}"
    first, last = min(dates), max(dates)
    days = first if first == last else f"{first} to {last}"
    old = f", none within {window.days:g} days of {window.as_of}" if none_young else ""
    return {
        price: f"{median(prices):.6g}",
        f"{price}_low": f"{min(prices):.6g}",
        f"{price}_high": f"{max(prices):.6g}",
        source: f"catalogue: median of {many}, {days}{old}",
        date: last,
    }

"""Cells of own lists: what each means in its column's unit, and what is wrong with it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction

from tco.catalogue.hints import near
from tco.catalogue.ids import NO_VALUE, bad_id
from tco.catalogue.shipped import file_rows
from tco.quantities import dates_meant, is_date, understood
from tco.quantities.currencies import other_money
from tco.quantities.dialects import Dialect, doubtful, typed, with_commas
from tco.quantities.digits import plain

MOST_CHARACTERS = 30_000  # a cell of a workbook takes 32,767
SMALLEST, LARGEST = 1e-12, 1e15  # what a figure of a catalogue can be
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# Counts are whole; what a row emits or shares out may be 0, a price or a peak may not.
_WHOLE = ("GPU", "GPU/server")
_ZERO = ("g/kWh", "kg/server", "t", "MWh")
_WORDS = {("chips", "price_basis"): ("chip", "server_share")}


def as_meant(
    unit: str, text: str, dialect: Dialect, *, brief: bool
) -> tuple[str, tuple[str, str] | None]:
    """A cell in the catalogue's own way to write, or what is wrong with how the file writes it."""
    if dialect is Dialect.COMMAS and unit == "date":
        days = dates_meant(text, day_first=True)
        return (days[0] if len(days) == 1 else text), None
    if dialect is Dialect.COMMAS and unit != "text":
        number = with_commas(text, unit)
        return number or text, None if number else _no_number(unit, text, dialect, brief=brief)
    if dialect is Dialect.UNCLEAR and unit not in ("text", "date") and (both := doubtful(text)):
        wrong = f"“{text}” is {both[0]} to some and {both[1]} to others; this file does not say"
        first, second = (typed(one, dialect) for one in both)
        return text, (wrong, f"Write {first}, or {second} if that is meant.")
    return text, None


def bad_cell(
    table: str, column: str, unit: str, text: str, dialect: Dialect, *, brief: bool
) -> tuple[str, str] | None:
    """What is wrong with a filled cell, and the remedy."""
    if len(text) > MOST_CHARACTERS:
        return f"this text has {len(text):,} characters; a cell takes {MOST_CHARACTERS:,}", (
            "Shorten it.")  # fmt: skip
    if unit == "date":
        return bad_date(text)
    if words := _words(table, column):
        known = f"It is one of: {', '.join(words)}."
        return (
            None if text in words else (f"“{text}” is none of its words", near(text, words) + known)
        )
    if unit == "text":
        return bad_id(text, table) if column == "id" else None
    if not NUMBER.fullmatch(text):
        return _no_number(unit, text, dialect, brief=brief)
    return _bad_number(unit, float(text))


def _words(table: str, column: str) -> tuple[str, ...]:
    """The words that a column may hold, none where it is free."""
    if (table, column) == ("chips", "family"):  # each has defaults of its own
        return tuple(dict.fromkeys(row["family"] for row in file_rows("classes")))
    return _WORDS.get((table, column), ())


def bad_date(text: str) -> tuple[str, str] | None:
    """What is wrong with a date, and the remedy."""
    if is_date(text):
        return None
    meant = " or ".join(dates_meant(text))
    remedy = f"Write {meant}." if meant else "Write year-month-day, for example: 2026-11-21"
    return f"“{text}” is not a date", remedy


def _bad_number(unit: str, number: float) -> tuple[str, str] | None:
    if not math.isfinite(number):
        return "this number is larger than any computer's", "Write it in the column's unit."
    if number and not SMALLEST < abs(number) < LARGEST:
        return f"{number:.12g} is of no plausible size", "Write it in the column's unit."
    if number < 0 or (number == 0 and unit not in _ZERO):
        return f"{number:.12g} is not above 0", "Leave the cell empty where there is no value."
    if unit in _WHOLE and (number < 1 or number != int(number)):
        return f"{number:.12g} is not a count", "Write a whole number, 1 or more."
    if unit == "share" and number > 1:
        share = plain(Fraction(repr(number)) / 100)
        remedy = f"Write {share} for {number:.12g} %." if number <= 100 else "Write 1 or less."
        return f"{number:.12g} is more than the whole", remedy
    return None


def _no_number(unit: str, text: str, dialect: Dialect, *, brief: bool) -> tuple[str, str]:
    """What is wrong with a cell that is no plain number, and what to write instead."""
    wrong = f"“{text}” is not a number"
    if text.lower() in NO_VALUE:
        return wrong, "Leave the cell empty where there is no value."
    if other_money(text, "USD"):
        return wrong, "The catalogue is in US dollars: convert it, and write the number alone."
    meant = [] if brief else list(_meant(unit, text, dialect))
    if not meant:
        example = typed("12345.67", dialect)
        mark = "comma" if dialect is Dialect.COMMAS else "point"
        return wrong, f"Write digits, with a {mark} before decimals, for example: {example}"
    if "%" in text:
        return wrong, f"Write {meant[0][0]}: a share, not a percentage."
    if any(said for _, said in meant):
        return wrong, f"Write {', or '.join(f'{one} for {said}' for one, said in meant)}."
    (first, _), *rest = meant
    return wrong, f"Write {first}" + "".join(
        f", or {one} if that is meant" for one, _ in rest
    ) + "."


def _meant(unit: str, text: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """What to write for each number of the column's unit that a cell can mean, and its name."""
    try:
        found = understood(text, unit, marks="," if dialect is Dialect.COMMAS else "")
    except OverflowError:
        return
    for one in found:
        number = (one.number or plain(one.value)).lstrip("+")
        if NUMBER.fullmatch(number) and not _bad_number(unit, float(number)):
            yield typed(number, dialect), one.said

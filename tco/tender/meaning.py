"""What a vendor typed: a number in its unit, money in a currency, a day, an option; or why not.

A vendor writes 412 000 USD, EUR 371.000,50, 12 weeks ARO, DAP Hamburg. What can be read in one way
is read, and words beside it are kept; what can be read in two ways is not guessed.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from fractions import Fraction

from tco.quantities import dates_meant, is_date, understood
from tco.quantities.currencies import amounts, codes_of
from tco.quantities.digits import plain, readings
from tco.quantities.measures import plain_text
from tco.tender.columns import INCOTERMS, Column

MOST_NAME = 60  # characters that a workbook looks up
# Wildcards of a lookup, and what nobody sees: two names that look alike are to be one.
_WILD = re.compile("[*?~\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_RUN = re.compile(r"[+-]?(?:\d|[.,](?=\d))(?:[\d.,'’ ]*\d)?", re.ASCII)
_WORD = re.compile(r"[^\W\d_]*[$€£¥₹₩₽₺₪₴₫฿₱₦元円][^\W\d_]*|[^\W\d_]+")
_FIRST_DAY, _LAST_DAY = 36_526, 73_050  # 2000 to 2099, as a spreadsheet counts
_EPOCH = datetime.date(1899, 12, 30)
_MONEY_UNIT = "USD"


@dataclass(frozen=True)
class Meant:
    """What a cell means.

    Attributes:
        value: as the file of quotes has it, "" where it cannot be read.
        why: what is wrong with it, in words; "" where it is read.
        said: what is to be told of it though it is read.
        beside: words that stand beside it and are kept.
        currency: which a price names itself.
    """

    value: str = ""
    why: str = ""
    said: str = ""
    beside: str = ""
    currency: str = ""


def meaning(column: Column, typed: float | str) -> Meant:
    """What a cell of a column means."""
    reader = {"text": _text, "option": _option, "date": _date, "currency": _currency,
              "price": _price, "number": _number}[column.kind]  # fmt: skip
    return reader(column, typed)


def in_digits(value: float | Fraction) -> str:
    """A number as a file has it."""
    return plain(Fraction(repr(value)) if isinstance(value, float) else value)


def name_of(typed: str) -> tuple[str, str]:
    """A text as a name that a workbook can look up, and the whole of it where that is shorter."""
    clean = " ".join(_WILD.sub(" ", typed).split())
    short = clean[:MOST_NAME].strip()
    return short, ("" if short == " ".join(typed.split()) else typed)


def _text(column: Column, typed: float | str) -> Meant:
    said = in_digits(typed) if isinstance(typed, float) else " ".join(typed.split())
    if column.key == "note":
        return Meant(said)
    short, whole = name_of(said)
    return Meant(short, beside=whole, said=f"shortened to “{short}”" if whole else "")


def _option(column: Column, typed: float | str) -> Meant:
    written = str(typed).strip()
    folded = re.sub(r"[\s-]+", "_", written.casefold())
    known = {one.casefold(): one for one in column.options}
    if folded in known:
        return Meant(known[folded])
    found = [one for one in re.findall(r"\w+", written.casefold()) if one in known]
    if len(set(found)) == 1:
        rest = re.sub(rf"(?i)\b{found[0]}\b", "", written, count=1).strip(" ,;:()")
        return Meant(known[found[0]], beside=rest)
    listed = "no Incoterm of 2020" if column.options == INCOTERMS else (
        f"none of: {', '.join(column.options)}")  # fmt: skip
    return Meant(why=f"“{written}” is {listed}", beside=written)


def _date(column: Column, typed: float | str) -> Meant:
    if isinstance(typed, float):
        if _FIRST_DAY <= typed < _LAST_DAY:
            return Meant((_EPOCH + datetime.timedelta(int(typed))).isoformat())
        return Meant(why=f"“{in_digits(typed)}” is not a date")
    written = typed.strip()
    days = (written,) if is_date(written) else dates_meant(written)
    if len(days) == 1:
        return Meant(days[0], said="" if days[0] == written else f"read as {days[0]}")
    why = f"“{written}” is not a date"
    if days:
        why = f"“{written}” is {' to some and '.join(days)} to others"
    return Meant(why=why, beside=written)


def _currency(column: Column, typed: float | str) -> Meant:
    written = str(typed).strip()
    codes = codes_of(written, "")
    if len(codes) == 1:
        return Meant(codes[0], said="" if written.upper() == codes[0] else f"read as {codes[0]}")
    if codes:
        return Meant(why=f"“{written}” is {' or '.join(codes)}", beside=written)
    return Meant(why=f"“{written}” is no currency", beside=written)


# ---- numbers -------------------------------------------------------------------------------------


def _number(column: Column, typed: float | str) -> Meant:
    if isinstance(typed, float):
        return _in_bounds(column, typed, in_digits(typed))
    written = plain_text(typed)
    values = _values(written, column.unit)
    beside = ""
    if not values:
        values, beside = _within(written, column.unit)
    if len(values) != 1:
        return Meant(why=_unclear(written, values), beside=written)
    found = _in_bounds(column, float(values[0]), written, beside)
    shown = _shown(column, found.value)
    if found.why or found.said or _starts_so(written, found.value, shown):
        return found
    return replace(found, said=f"read as {shown}")


def _starts_so(written: str, value: str, shown: str) -> bool:
    """Whether a text begins with the number that it is read as."""
    return written.split()[0] == value or written.replace(" ", "") == shown.replace(" ", "")


def _values(written: str, unit: str, currency: str = "USD") -> list[Fraction]:
    """What a text can be in a unit, each value once; 371.000 is two, as it is to people."""
    try:
        found = list(dict.fromkeys(one.value for one in understood(written, unit, currency)))
    except OverflowError:
        return []
    runs = _RUN.findall(written)
    both = readings(runs[0].lstrip("+-")) if len(runs) == 1 and len(found) == 1 else ()
    if len(both) == 2 and Fraction(both[0]):
        found = [found[0] * Fraction(one) / Fraction(both[0]) for one in both]
    return found


def _within(written: str, unit: str) -> tuple[list[Fraction], str]:
    """The one number that stands among words, with the word behind it; and the other words."""
    runs = list(_RUN.finditer(written))
    if len(runs) != 1 or re.search(r"\d\s*[-–/]\s*$", written[: runs[0].start()]):
        return [], ""
    run = runs[0]
    behind = re.match(r"\s*(%|[^\W\d_]+)", written[run.end() :])
    tries = [(f"{run[0]} {behind[1]}", behind.end())] if behind else []
    for text, length in (*tries, (run[0], 0)):
        if values := _values(text, unit):
            rest = f"{written[: run.start()]} {written[run.end() + length :]}"
            return values, " ".join(rest.strip(" ,;:()+").split())
    return [], ""


def _in_bounds(column: Column, value: float, written: str, beside: str = "") -> Meant:
    """A number that its column can hold; a share of more than the whole was meant in percent."""
    said = ""
    if column.unit == "share" and 1 < value <= 100 and "%" not in written:
        value, said = float(Fraction(repr(value)) / 100), f"read as {value:g} %"
    if not column.holds(value):
        return Meant(why=f"“{written}” cannot be: {column.heading.lower()}", beside=written)
    return Meant(in_digits(value), said=said, beside=beside)


def _shown(column: Column, value: str) -> str:
    if not value or not column.unit.startswith("share"):
        return value and f"{float(value):.6g}"
    return f"{float(value) * 100:.10g} %"


def _unclear(written: str, values: list[Fraction]) -> str:
    if len(values) > 1:
        both = " to some and ".join(in_digits(one) for one in values[:2])
        return f"“{written}” is {both} to others"
    return f"“{written}” is not a number"


def _price(column: Column, typed: float | str) -> Meant:
    if isinstance(typed, float):
        if _is_price(column, typed):
            return Meant(in_digits(typed))
        return Meant(why=f"“{in_digits(typed)}” is not a price")
    written = plain_text(typed)
    words = [one[0] for one in _WORD.finditer(written)]
    named = {word: [code for code, _ in amounts(word, "")] for word in words}
    named = {word: codes for word, codes in named.items() if codes}
    codes = sorted({code for found in named.values() for code in found})
    if len(codes) > 1:
        return Meant(why=f"“{written}” is in {' or '.join(codes)}", beside=written)
    currency = codes[0] if codes else ""
    values, beside = _amount(written, currency or _MONEY_UNIT, list(named))
    if len(values) != 1:
        why = _unclear(written, values)
        return Meant(why=why.replace("not a number", "no price"), beside=written, currency=currency)
    if not _is_price(column, float(values[0])):
        return Meant(why=f"“{written}” is not a price", beside=written)
    value = in_digits(values[0])
    told = "" if written == value else f"read as {value} {currency}".rstrip()
    return Meant(value, said=told, beside=beside, currency=currency)


def _is_price(column: Column, amount: float) -> bool:
    """What is offered has a price above 0; what comes beside it may be free."""
    return column.holds(amount) and (amount > 0 or not column.required)


def _amount(written: str, currency: str, named: list[str]) -> tuple[list[Fraction], str]:
    """The amounts that a text can mean, and the words beside it."""
    if whole := _values(written, _MONEY_UNIT, currency):
        return whole, ""
    for word in named:
        written = written.replace(word, " ", 1)
    written = " ".join(written.split())
    values, beside = _within(written, "ratio")
    return (values, beside) if values else (_values(written, "ratio"), "")

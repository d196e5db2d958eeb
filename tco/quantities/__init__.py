"""Quantities as people write them ("100B", "1 PB", "98.65 %") and as tables show them."""

from __future__ import annotations

import datetime
import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tco.lines import Undefined
from tco.lines.sentences import show_number
from tco.lines.units import parse
from tco.quantities.currencies import amounts, codes_of, other_money
from tco.quantities.digits import MOST_DIGITS, by_comma, plain, readings
from tco.quantities.forms import Form, form
from tco.quantities.measures import (
    BYTE,
    GRAM,
    HOUR,
    MONTH,
    PERCENT,
    PURE,
    SECOND,
    WATT,
    YEAR,
    Meaning,
    Measure,
    in_one_form,
    is_numeral,
    meanings,
    money_of,
    of,
    plain_text,
    why_unsure,
)


def is_date(text: str) -> bool:
    """Whether a text is a day as year-month-day, of a year that spreadsheets count alike."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) or text < "1901":
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ]?)(\d\d?)\2(\d\d?)(?:[T ]\d\d:\d\d.*)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4})", re.ASCII)
_DAY_IN_WORDS = re.compile(r"(\d\d?)(?:st|nd|rd|th)?[-. ]+([A-Za-z]+)[-., ]+(\d{4})", re.ASCII)
_MONTH_IN_WORDS = re.compile(r"([A-Za-z]+)[. ]+(\d\d?)(?:st|nd|rd|th)?[, ]+(\d{4})", re.ASCII)


def dates_meant(text: str, *, day_first: bool = False) -> tuple[str, ...]:
    """The days, as year-month-day, that a date in another form can mean; none where it is none.

    3/4/2026 is the third of April to some and the fourth of March to others, so both, unless
    the file says that its days come first.
    """
    text, triples = text.strip(), list[tuple[str, str, str]]()
    if found := _YEAR_FIRST.fullmatch(text):
        if found[2] or len(found[3] + found[4]) == 4:
            triples.append((found[1], found[3], found[4]))
    elif found := _YEAR_LAST.fullmatch(text):
        triples.append((found[4], found[3], found[1]))
        if found[2] != "." and not day_first:  # points are written between days first
            triples.append((found[4], found[1], found[3]))
    elif found := _DAY_IN_WORDS.fullmatch(text):
        triples.append((found[3], str(_MONTHS.get(found[2].lower(), 0)), found[1]))
    elif found := _MONTH_IN_WORDS.fullmatch(text):
        triples.append((found[3], str(_MONTHS.get(found[1].lower(), 0)), found[2]))
    days = (f"{year}-{int(month):02}-{int(day):02}" for year, month, day in triples)
    return tuple(dict.fromkeys(day for day in days if is_date(day)))


class NotAQuantity(ValueError):
    """The text is no quantity of that unit; `wrong` and `remedy` say what and what instead."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.remedy = remedy


# ---- reading -------------------------------------------------------------------------------------

MOST_CHARACTERS = 200  # of a quantity; longer ones are text
_COUNTS = frozenset(  # units behind which "30k" and "2 million" can stand alone
    {"parameter", "token", "book", "device", "item", "weight", "GPU", "server", "switch", "link",
     "count", "token/year", "GPU-h", "server*h", "device*h", "server*month"}
)  # fmt: skip
_SHARES = frozenset({"share", "share/week", "share/year", "ratio"})
# Under a stroke these may be left unsaid: "80 GB" of a GPU, "100 TB" a year, "2 bytes".
_UNSAID = {
    "GPU": of("GPU"), "server": of("server"), "device": of("device"), "FTE": of("FTE"),
    "book": of("book"), "page": of("page"), "parameter": of("parameter"), "token": of("token"),
    "switch": of("switch"), "link": of("link"), "item": of("item"), "year": YEAR,
}  # fmt: skip
_CALLED = {"link/switch": {"ports": "links", "port": "link"}}
_UNSAID_TIMES = {"day/month": MONTH, "s/day": HOUR.scaled(24)}
_BASES = {
    "kW": WATT.scaled(1000), "h": HOUR, "s": SECOND, "day": HOUR.scaled(24), "month": MONTH,
    "week": HOUR.scaled(168),
    "year": YEAR, "byte": BYTE, "g": GRAM, "US$": money_of("USD"),
}  # fmt: skip
_PARTS = re.compile(
    r"([+-]?) ?([^\W\d_]*[^\w\s+.,-]?[^\W\d_]*) ?([+-]?)"
    r"((?:\d|[.,](?=\d))(?:[\d.,'’_ ]*\d)?)(\.?)([eE][+-]?\d+)?(.*)"
)
_STRICT = re.compile(r"\d[\d_]*(?:\.\d*)?|\.\d+")


@dataclass(frozen=True)
class _Target:
    """What a unit of the model takes."""

    measure: Measure
    unsaid: tuple[Measure, ...]
    counts: bool
    shares: bool
    money: str  # the base of its money, "" for none

    def factor(self, meaning: Meaning) -> Fraction | None:
        """What a number behind which that stands is multiplied with, None where it cannot."""
        found = meaning.measure
        if meaning.bare:
            may = self.counts or self.money or found == PURE
            return found.factor if may else None
        if self.shares:  # a percentage is of the whole, and of nothing else
            if found in (PERCENT, PERCENT.times(YEAR, -1)):
                return Fraction(1, 100)
            found = found.times(PERCENT, -1).scaled(Fraction(1, 100))
            return (
                found.factor / self.measure.factor
                if found.powers == self.measure.powers != ()
                else None
            )
        for left_out in self.unsaid:
            whole = found.times(left_out, -1)
            if whole.powers == self.measure.powers:
                return whole.factor / self.measure.factor
        # Money alone is so much of the line's unit, as the number alone is.
        return found.factor if self.money and found.powers == ((self.money, 1),) else None


@functools.cache
def _target(unit: str, currency: str) -> _Target:
    parsed = parse("year" if unit == "years" else unit)
    measure = Measure(Fraction(repr(parsed.scale)))
    for name, power in parsed.powers:
        base = money_of(currency) if name == "USD" else _BASES.get(name, of(name))
        for _ in range(abs(power)):
            measure = measure.times(base, 1 if power > 0 else -1)
    below = re.split("[/-]", unit)[1:]
    unsaid = [_UNSAID[name] for name in below if name in _UNSAID]
    unsaid += [_UNSAID_TIMES[unit]] if unit in _UNSAID_TIMES else []
    subsets = [PURE]
    for one in unsaid:
        subsets += [before.times(one) for before in subsets]
    paid = f"money {'USD' if unit.startswith('US$') else currency}"
    has_money = unit.startswith(("USD", "US$")) and unit != "USD/US$"
    return _Target(measure, tuple(subsets), unit in _COUNTS, unit in _SHARES,
                   paid if has_money else "")  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """One thing a text can mean: its value in the unit, how to type it, and what it is called."""

    value: Fraction
    number: str  # the digits as typed, where the value is just these
    typed: str
    sure: bool
    said: str = ""


@dataclass(frozen=True)
class _Written:
    """A text in its parts: the numbers that its digits can mean, and what stands behind them."""

    digits: str
    numbers: tuple[str, ...]
    tail: str
    strict: bool


def _written(text: str, marks: str = "") -> _Written | None:
    """The parts of a text, None where no number stands in it as one does."""
    found = _PARTS.fullmatch(plain_text(text)) if len(text) <= MOST_CHARACTERS else None
    if not found:
        return None
    sign, lead, inner, run, point, power, tail = found.groups(default="")
    if (sign and inner) or (lead and not any(one == 1 for _, one in amounts(lead, "USD"))):
        return None
    run = "".join(char if not char.isdigit() else str(int(char)) for char in run)
    sign, tail = sign or inner, tail.strip()
    strict = _STRICT.fullmatch(run) is not None
    bare = run.replace("_", "")
    plain_numbers = (bare,) if strict else readings(bare)
    if marks == ",":
        plain_numbers = (by_comma(bare),) if by_comma(bare) else ()
    numbers = tuple(f"{sign}{one}{power}" for one in plain_numbers)
    return _Written(f"{sign}{run}{point}{power}", numbers, _behind(lead, tail), strict)


def _behind(sign: str, tail: str) -> str:
    """The unit with the money that stood before the number: of "$11.7M/MW" it is "M $/MW"."""
    first = re.split("[ /]", tail)[0]
    if not sign or (set(codes_of(first, "")) & set(codes_of(sign, ""))):
        return tail
    numeral = first if is_numeral(first) or is_numeral(first.swapcase()) else ""
    rest = tail[len(numeral) :].strip()
    return f"{numeral} {sign}{'' if rest.startswith('/') else ' '}{rest}".strip()


def understood(text: str, unit: str, currency: str = "USD", marks: str = "") -> tuple[Reading, ...]:
    """What a text can mean in a unit: one sure reading, or those that may be meant, or none.

    With `marks` "," it is of a text whose decimals stand behind a comma.
    """
    written = _written(text, marks)
    if written is None:
        return ()
    target = _target(unit, currency)
    tail = _CALLED.get(unit, {}).get(written.tail, written.tail)
    found = _fitting(written, target, meanings(tail, currency))
    found = found or _fitting(written, target, meanings(tail, currency, guess=True))
    sure = {one.value: one for one in found if one.sure}
    if len(sure) == 1:
        return tuple(sure.values())
    unlike = {one.value: one for one in reversed(found)}
    return tuple(replace(one, sure=False) for one in unlike.values())[::-1]


def _fitting(written: _Written, target: _Target, found: Sequence[Meaning]) -> list[Reading]:
    """The readings of a text among the meanings of its unit that fit the line's."""
    factors = [(one, target.factor(one)) for one in found]
    return [
        _reading(number, meaning, factor, written.strict)
        for meaning, factor in factors
        if factor is not None
        for number in written.numbers
    ]


def _reading(number: str, meaning: Meaning, factor: Fraction, strict: bool) -> Reading:
    exact = _exact(number)
    typed = number if meaning.times == 1 else plain(exact * meaning.times)
    if not strict and typed.lstrip("+-").isdigit() and len(typed) > 4:
        typed = f"{int(typed):_}"
    gap = "" if meaning.bare and len(meaning.typed) == 1 else " "
    return Reading(
        exact * meaning.times * factor,
        number if meaning.times * factor == 1 else "",
        f"{typed}{gap if meaning.typed else ''}{meaning.typed}",
        strict and meaning.sure,
        meaning.said,
    )


def _exact(number: str) -> Fraction:
    """The number itself; one of many digits or a huge power as near as a computer has it."""
    power = re.split("[eE]", number)[1:]
    if len(number) <= MOST_DIGITS and (not power or abs(int(power[0])) < 400):
        return Fraction(number)
    value = float(number)
    if not math.isfinite(value):
        raise OverflowError
    return Fraction(value)


def read(text: str, unit: str, currency: str = "USD") -> float:
    """The number a text means in a unit.

    Args:
        text: what stands in the scenario: "100B", "1 PB", "98.65 %", "85 $/MWh", "10_000".
        unit: the unit of the line, one of `known_units()`.
        currency: the currency of the scenario; money of another is refused by name.

    Returns:
        The value in `unit`, finite.

    Raises:
        NotAQuantity: with what is wrong and what to type instead.
    """
    currency = "USD" if unit.startswith("US$") else currency
    try:
        found = understood(text, unit, currency)
        if len(found) == 1 and found[0].sure:
            return float(found[0].value)
        raise _refusal(text, unit, currency, found)
    except OverflowError:
        example = f"Type for example: {form(unit).example}"
        wrong = f"{_short(text.strip())} is too large to be a number here"
        raise NotAQuantity(wrong, example) from None


def other_currencies(text: str, unit: str, currency: str) -> tuple[str, tuple[str, ...]]:
    """The sign of another currency in a text of money, and those it can stand for; else nothing."""
    written = _written(text)
    if written is None or unit.startswith("US$") or not _target(unit, currency).money:
        return "", ()
    sign = other_money(in_one_form(written.tail), currency)
    return sign, tuple(dict.fromkeys(code for code, _ in amounts(sign, currency)))


def percent_meant(text: str, unit: str) -> str:
    """A bare number that stands for a share, as the percentage it may be; "" where it is none."""
    written = _written(text)
    bare = written is not None and written.strict and not written.tail
    return f"{written.digits} %" if written and bare and unit in _SHARES - {"ratio"} else ""


def _refusal(text: str, unit: str, currency: str, found: Sequence[Reading]) -> NotAQuantity:
    """What is wrong with a text that is not surely one quantity, and what to type instead."""
    type_this, written = f"Type for example: {form(unit).example}", _written(text)
    if written is None:
        bare = text.strip().lower().lstrip("+-.")
        wrong = "is not a finite number" if bare in ("nan", "inf", "infinity") else ""
        return NotAQuantity(
            f"{text.strip()} {wrong}" if wrong else f"“{_short(text)}” is not a number", type_this
        )
    if unit != "USD/US$" and (sign := other_money(in_one_form(written.tail), currency)):
        wrong = f"“{sign}” is not {currency}, the currency of this quantity"
        return NotAQuantity(wrong, f"Convert it to {currency}. {type_this}")
    if written.digits == "0" and re.match(r"[xXoObB][0-9a-fA-F]", written.tail):
        return NotAQuantity(f"“{_short(text)}” is not a decimal number", type_this)
    meant = [one for one in found if _reads_as(one, unit, currency)]
    if not written.strict or re.match(r"[.,\d_]|-\d", written.tail):
        return _not_one_number(text, written, meant, type_this)
    shown = _short(written.tail if written.tail in plain_text(text) else text)
    if len(meant) > 1:
        why = why_unsure(written.tail) or "this can be read in two ways"
        return NotAQuantity(f"“{shown}”: {why}", f"{_typed(meant)} {type_this}")
    hint = f"Did you mean {meant[0].typed}? " if meant else ""
    return NotAQuantity(
        f"“{shown}” is not a unit of this quantity",
        hint + _accepted(form(unit), currency),
    )


def _reads_as(meant: Reading, unit: str, currency: str) -> bool:
    """Whether what a message would have typed is read, and as just that."""
    found = understood(meant.typed, unit, currency)
    return len(found) == 1 and found[0].sure and float(found[0].value) == float(meant.value)


def _not_one_number(
    text: str, written: _Written, meant: Sequence[Reading], type_this: str
) -> NotAQuantity:
    wrong = f"“{_short(text)}” is not one number"
    if "," in written.digits:
        wrong = f"“{_short(text)}” has a comma, which is a decimal mark to some and not to others"
    if meant:
        return NotAQuantity(wrong, _typed(meant))
    return NotAQuantity(wrong, f"Write digits with _ or nothing between them. {type_this}")


def _typed(meant: Sequence[Reading]) -> str:
    """What to type for each thing that may be meant."""
    if any(one.said for one in meant):
        each = [f"{one.typed} for {one.said}" if one.said else one.typed for one in meant[:3]]
        return f"Type {', or '.join(each)}."
    first, *rest = (one.typed for one in meant[:3])
    return f"Type {first}" + "".join(f", or {one} if that is meant" for one in rest) + "."


def _accepted(found: Form, currency: str) -> str:
    names = [name.replace("CUR", currency) for name in found.words]
    listed = f"It may be followed by: {', '.join(names)}. " if names else "It stands alone. "
    return f"{listed}Type for example: {found.example}"


def _short(text: str, most: int = 40) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= most else clean[:most] + "…"


# ---- showing -------------------------------------------------------------------------------------


def show(value: object, unit: str, largest: float = math.inf) -> str:
    """A value as a table on paper prints it, with the same digits as its cell.

    Where the `largest` number beside it is below one of the unit's thousands, all of them are
    printed in smaller ones: 236.4 M, not 0.2 bn.
    """
    if isinstance(value, Undefined):
        return value.why
    if isinstance(value, str):
        return value
    return show_as(float(value), form(unit), largest)  # type: ignore[arg-type]  # a number by now


def show_as(number: float, shape: Form, largest: float = math.inf) -> str:
    """A number in a form, as a cell of that form shows it; a dash for one that is none."""
    if math.isnan(number):
        return "–"
    divisor, paper, suffix = shape.scaled(largest)
    if shape.bracketed and number < 0:
        return f"({show_number(-number / divisor, paper)}{suffix})"
    if paper.endswith("E+00"):
        return f"{number:.{len(paper.partition('.')[2]) - 4}E}"
    return show_number(number / divisor, paper) + suffix


def money(unit: str, currency: str) -> str:
    """The unit's name in the scenario's currency."""
    return unit.replace("USD", currency) if currency != "USD" else unit

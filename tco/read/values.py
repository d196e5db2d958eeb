"""One value of a file: a quantity, an option, a text or a day; else what to type instead."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from tco.catalogue.medians import without
from tco.catalogue.shipped import Catalogue
from tco.errors import unwritable
from tco.facts import options, plain
from tco.lines import Choice, Given, Line
from tco.lines.limits import limit_words, option_words
from tco.lines.plausible import implausible, is_plausible
from tco.quantities import NotAQuantity, dates_meant, is_date, percent_meant, read
from tco.quantities.forms import form
from tco.read.rates import Rates
from tco.read.schema import spelled
from tco.read.wrong import Wrong

MOST_NAMED = 24  # options in a message
MOST_CHARACTERS = 30_000  # a cell takes 32,767


def read_value(item: Given | Line, text: Any, rates: Rates, catalogue: Catalogue) -> float | str:
    """The value of an input or a line: a number, an option, a row's name, a text; else `Wrong`."""
    if isinstance(item, Choice) and (item.names or item.beside):  # its options are in the file
        remedy = f"Name a row of {item.names}." if item.names else "Type a name."
        return read_words(one_value(item.key, text, remedy)).strip()
    if isinstance(item, Choice):
        return read_option(catalogue, item, text)
    return read_words(text) if item.is_text else read_quantity(item, text, rates)


def read_quantity(given: Given | Line, text: Any, rates: Rates, type_this: str = "") -> float:
    """The number of a quantity in its input's own unit, within its bounds; else `Wrong`.

    `type_this` is the remedy, where the input's own example would mislead.
    """
    remedy = type_this or example(given)
    written = one_value(given.key, text, remedy)
    try:
        number = rates.read(given.key, written, given.unit)
    except NotAQuantity as error:
        before, general, _ = error.remedy.partition("Type for example: ")
        raise Wrong(f"{given.key}: {error.wrong}", before + (remedy if general else "")) from None
    if not is_plausible(number, given.unit):
        raise Wrong(f"{given.key} is {implausible(number, given.unit)}", remedy)
    if isinstance(given, Given) and not given.within(number):
        because = f"{given.why} " if given.why else ""
        percent = percent_meant(written, given.unit) if given.within(number / 100) else ""
        hint = f"Did you mean {percent}? " if percent else ""
        if percent:  # what is typed for example is what was meant
            remedy = f"{remedy.rpartition(': ')[0]}: {percent}"
        raise Wrong(str(limit_words(given, number)), hint + because + remedy)
    return number


def one_value(key: str, text: Any, remedy: str) -> str:
    """The text of a value that is one value."""
    if not isinstance(text, str | None):
        raise Wrong(f"{key} is one value, not a list or a block", remedy)
    if not (text or "").strip():
        raise Wrong(f"{key} has no value", remedy)
    return str(text)


def example(given: Given | Line) -> str:
    """What to type for a quantity, as the end of a remedy."""
    return f"Type for example: {spelled(given.key)}: {typed(given)}"


def typed(given: Given | Line) -> str:
    """What one may type for an input: its own example, its unit's, or the middle of its bounds."""
    found = getattr(given, "example", "") or form(given.unit).example
    if isinstance(given, Given) and not given.within(read(found, given.unit)):
        ends = [one for one in (given.above, given.least, given.most) if one is not None]
        return f"{sum(ends) / len(ends):g}"
    return found


def named(choice: Choice, options: Sequence[str]) -> str:
    """Options by comma: of many the first, and the command that shows them all."""
    if len(options) <= MOST_NAMED:
        return ", ".join(options)
    return f"{', '.join(options[: MOST_NAMED // 2])} and more (tco catalogue {choice.table})"


def read_option(catalogue: Catalogue, choice: Choice, text: Any) -> float | str:
    """The option of a choice that a text names, in any of its spellings; else `Wrong`."""
    known = {str(plain(key)).lower(): key for key, _ in options(catalogue, choice)}
    listed = f"It is one of: {named(choice, [str(plain(key)) for key in known.values()])}."
    typed = one_value(choice.key, text, listed).strip().lower()
    flags = {"true": "1", "yes": "1", "false": "0", "no": "0"} if choice.unit == "flag" else {}
    folded = flags.get(typed, typed)
    bare = typed.removesuffix(choice.unit).removesuffix(choice.unit.removesuffix("s")).strip()
    for tried in (typed, folded, folded.replace(" ", "_").replace("-", "_"), bare):
        if tried in known:
            return known[tried]
    meant = _meant(catalogue, choice, typed)
    if meant and len(known) > MOST_NAMED:
        rows = len(without(catalogue[choice.table].rows))
        listed = f"See all {rows} with: tco catalogue {choice.table}"
    raise Wrong(str(option_words(choice, str(text))), meant + listed)


def _meant(catalogue: Catalogue, choice: Choice, typed: str) -> str:
    """A guess at the option meant: part of its name or words, else the nearest name."""
    part = typed.rpartition(":")[2]
    found = [
        str(plain(key))
        for key, words in options(catalogue, choice)
        if len(part) > 2 and (part in str(key).lower() or part in words.lower())
    ]
    if not found:
        names = {str(plain(key)).lower(): str(plain(key)) for key, _ in options(catalogue, choice)}
        found = [names[one] for one in difflib.get_close_matches(typed, names, 1)]
    return f"Did you mean {' or '.join(found[:3])}? " if found else ""


def read_words(text: Any) -> str:
    """A text that a cell of a workbook can hold, "" for none; else `Wrong`."""
    if not isinstance(text, str | None):
        raise Wrong("a text belongs here, not a list or a block", "Type one line of text.")
    written = text or ""
    if found := unwritable(written):
        raise Wrong(*found)
    if len(written) > MOST_CHARACTERS:
        wrong = f"this text has {len(written):,} characters; a cell takes {MOST_CHARACTERS:,}"
        raise Wrong(wrong, "Shorten it.")
    return written


def read_day(text: Any) -> str:
    """A day as year-month-day, "" for none; else `Wrong`."""
    written = read_words(text)
    if written and not is_date(written):
        meant = dates_meant(written)
        remedy = "Type year-month-day, for example: 2026-11-21"
        if meant:
            remedy = f"Type {', or '.join(meant)}: year, month, day."
        raise Wrong(f"“{written}” is not a date", remedy)
    return written

"""How a file writes its numbers: with decimal points, with decimal commas, or it does not say.

A spreadsheet set to German or French saves 1234.5 as 1.234,50 or 1 234,50, with semicolons between
the cells. A file is read so where its own numbers say so, and never by a guess: 30.000 alone is
thirty to one reader and thirty thousand to another.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from fractions import Fraction

from tco.quantities.digits import by_comma, by_point, plain
from tco.quantities.measures import plain_text

_RUN = r"(?:\d|[.,](?=\d))(?:[\d.,'’ ]*\d)?"
_ONE_RUN = re.compile(rf"\D*?({_RUN})(?:[eE][+-]?\d+)?\D*", re.ASCII)
_DRESSED = re.compile(
    rf"([+-]?) ?(\$|US\$|USD)? ?([+-]?)({_RUN})([eE][+-]?\d+)? ?(\$|US\$|USD|%)?", re.ASCII
)
_SHARES = ("share", "share/week", "share/year", "ratio")
# What spreadsheets of many languages save for a check mark.
TRUE = frozenset(
    re.findall(r"\w+", "true yes y 1 wahr ja vrai oui verdadero verdadeiro si sí sim vero waar "
               "sant sand sann tosi prawda pravda igaz doğru истина")
)  # fmt: skip
FALSE = frozenset(
    re.findall(r"\w+", "false no n 0 falsch nein faux non falso não onwaar falskt falsk usann "
               "epätosi fałsz nepravda hamis yanlış ложь")
)  # fmt: skip


class Dialect(enum.Enum):
    """Which mark a file has before its decimals."""

    POINTS = ""
    COMMAS = "read with decimal commas"
    UNCLEAR = "its decimal mark is unclear"


def dialect_of(delimiter: str, cells: Iterable[str]) -> Dialect:
    """What the cells of a file's number columns say; a file with commas between has points."""
    points, commas, doubt = True, True, False
    for cell in cells if delimiter != "," else ():
        found = None if cell.isdigit() else _ONE_RUN.fullmatch(plain_text(cell))
        if not found:
            continue
        point, comma = by_point(found[1]), by_comma(found[1])
        if point and comma:
            doubt = doubt or Fraction(point) != Fraction(comma)
        elif point or comma:
            points, commas = points and bool(point), commas and bool(comma)
    if points and commas:
        return Dialect.UNCLEAR if doubt else Dialect.POINTS
    return Dialect.POINTS if points else Dialect.COMMAS if commas else Dialect.UNCLEAR


def with_commas(text: str, unit: str) -> str:
    """The plain number of a cell in a file of decimal commas, "" where it is none.

    A spreadsheet's dollar sign may stand beside a price and its % behind a share.
    """
    found = _DRESSED.fullmatch(plain_text(text))
    if not found:
        return ""
    before, first, inner, run, power, last = found.groups(default="")
    number = by_comma(run)
    signs = [one for one in (first, last) if one not in ("", "%")]
    wrong = (before and inner) or len(signs) > 1 or (signs and not unit.startswith("US$"))
    if not number or wrong or (last == "%" and unit not in _SHARES):
        return ""
    number = f"{before}{inner}{number}{power}".lstrip("+")
    return plain(Fraction(number) / 100) if last == "%" and len(number) < 40 else number


def with_points(text: str) -> str:
    """A text of a file of decimal commas with its one number in points, whatever is beside it."""
    found = _ONE_RUN.fullmatch(plain_text(text))
    number = by_comma(found[1]) if found else ""
    return plain_text(text).replace(found[1], number) if found and number else text


def doubtful(text: str) -> tuple[str, ...]:
    """The two plain numbers that a cell of an unclear file can be, none where it is one."""
    found = re.fullmatch(rf"([+-]?)({_RUN})", plain_text(text), re.ASCII)
    if not found:
        return ()
    both = [f"{found[1]}{one}" for one in (by_point(found[2]), by_comma(found[2])) if one]
    return tuple(both) if len({Fraction(one) for one in both}) == 2 else ()


def typed(number: str, dialect: Dialect) -> str:
    """How to type a plain number so that a file of that dialect cannot be misread."""
    if dialect is Dialect.POINTS:
        return number
    whole, _, decimals = number.partition(".")
    if not decimals.strip("0") and decimals.isdigit():
        number = whole
    elif len(decimals) == 3:  # three could be a thousand
        number += "0"
    return number.replace(".", ",") if dialect is Dialect.COMMAS else number

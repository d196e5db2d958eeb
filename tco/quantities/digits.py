"""Numbers as people write them: which mark is for decimals, which for thousands, or either.

"1.234,50" and "1,234.50" are one number each; "1,234" is one thousand two hundred to some and one
and a quarter to others, and is never guessed.
"""

from __future__ import annotations

import re
from fractions import Fraction

MOST_DIGITS = 60  # of a number that is kept exact
# By points: 1,234.5 and 1 234.5 and 12,34,567.8. By commas: 1.234,5 and 1 234,5.
_BY_POINT = re.compile(
    r"(?:\d*|[1-9]\d{0,2}(?:([, '’])\d{3})(?:\1\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.\d+)?"
)
_BY_COMMA = re.compile(r"(?:\d*|[1-9]\d{0,2}(?:([. '’])\d{3})(?:\1\d{3})*)(?:,\d+)?")
_GROUPS = str.maketrans("", "", " '’_")


def by_point(run: str) -> str:
    """The plain number where the point is for decimals, "" where it is none so."""
    return run.translate(_GROUPS).replace(",", "") if _BY_POINT.fullmatch(run) else ""


def by_comma(run: str) -> str:
    """The plain number where the comma is for decimals, "" where it is none so."""
    if not _BY_COMMA.fullmatch(run):
        return ""
    return run.translate(_GROUPS).replace(".", "").replace(",", ".")


def readings(run: str) -> tuple[str, ...]:
    """The plain numbers that digits with marks between them can mean, of unlike value.

    Nothing where they are not one number; `run` is digits, points, commas, apostrophes, spaces.
    """
    found = [one for one in (by_point(run), by_comma(run)) if any(char.isdigit() for char in one)]
    return tuple({Fraction(one): one for one in reversed(found)}.values())[::-1]


def plain(value: Fraction) -> str:
    """A number in digits: exact where its decimals end, else as close as a computer has it."""
    decimals = _decimals(value.denominator)
    whole = str(abs(value.numerator) * 10**decimals // value.denominator) if decimals >= 0 else ""
    if not whole or len(whole) > 20:
        return repr(float(value))
    sign = "-" if value < 0 else ""
    if not decimals:
        return sign + whole
    whole = whole.zfill(decimals + 1)
    return f"{sign}{whole[:-decimals]}.{whole[-decimals:]}"


def _decimals(denominator: int) -> int:
    """How many decimals a fraction needs, -1 where they do not end or are many."""
    for count in range(20):
        if 10**count % denominator == 0:
            return count
    return -1

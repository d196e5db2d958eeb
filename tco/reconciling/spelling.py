"""A number as a file writes it: in the unit that stands there, and read back to the last bit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tco.lines import Given, Line
from tco.quantities import NotAQuantity, read
from tco.quantities.forms import form

_NUMBER = re.compile(r"[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_SHARES = ("share", "share/week", "share/year")
_SHORTEST = 17  # digits that tell every float from its neighbours
_GROUPED = 10_000  # from here on thousands are set apart


def spelled_number(given: Given | Line, value: float, old: str, currency: str) -> str:
    """A number in the words of the file, within bounds or not.

    Args:
        given: what it is of.
        value: in that one's own unit.
        old: what the file has in its place, "" for nothing.
        currency: of the scenario; an old text in another one does not say how to write it.
    """
    unit = given.unit
    if old and _value(old, unit, currency) == value:
        return old
    found = [
        text for tail in _tails(given, old) for text in _with(tail, value, old, unit, currency)
    ]
    if found and (unit in _SHARES or _value(old, unit, currency) is not None):
        return found[0]
    return min(found, key=len) if found else repr(value)


def _tails(given: Given | Line, old: str) -> Iterator[str]:
    """What may stand behind the number: what did, the unit's own, nothing."""
    number = _NUMBER.match(old.strip())
    if number:
        yield old.strip()[number.end() :]
    if given.unit in _SHARES:
        yield " %"
    yield ""
    example = form(given.unit).example
    behind = _NUMBER.match(example)
    yield example[behind.end() :] if behind else f" {given.unit}"
    yield f" {given.unit}"


def _with(tail: str, value: float, old: str, unit: str, currency: str) -> Iterator[str]:
    """The shortest number that with what stands behind it is the value; none where none is."""
    one = _value(f"1{tail}", unit, currency)
    for digits in range(1, _SHORTEST + 1) if one else ():
        text = _plain(f"{value / (one or 1):.{digits}g}", old) + tail
        if _value(text, unit, currency) == value:
            yield text
            return


def _plain(text: str, old: str) -> str:
    """A number without a power where people write none, its thousands as the file has them."""
    mantissa, _, power = text.partition("e")
    if power and -7 < int(power) < 15:
        text = f"{float(text):.{max(0, _decimals(mantissa) - int(power))}f}"
    elif power:
        return f"{mantissa}e{int(power)}"
    whole, point, rest = text.partition(".")
    if abs(int(whole)) >= _GROUPED and ("_" in old or not old):
        whole = f"{int(whole):_}"
    return whole + point + rest


def _decimals(mantissa: str) -> int:
    return len(mantissa.partition(".")[2])


def _value(text: str, unit: str, currency: str) -> float | None:
    try:
        return read(text, unit, currency)
    except NotAQuantity:
        return None

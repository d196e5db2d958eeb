"""What the second and further scenarios cost more than the first, in a sentence each.

Its pieces stand in cells of their own in a workbook, so that a reader sees where each word is from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tco.lines import shown
from tco.page.sides import OTHER, Comparison, Total, number

NOT_COMPARED = "not compared while an error stands"
MILLION = 1e6


@dataclass(frozen=True)
class Said:
    """The sentence of one scenario on one total, and the pieces that it is made of."""

    amount: str  # the difference without its sign
    largest: float  # the largest difference of a part, with its sign
    part: str  # and the part
    part_amount: str
    of_total: str
    of_share: str
    of_parts: str
    sentence: str


def total_of(comparison: Comparison, at: int) -> Total | None:
    """The first total that a scenario shares with the first one; None if they share none."""
    shared = (one for one in comparison.totals if one.row.keys[0] and one.row.keys[at])
    return next(shared, None)


def unshared(comparison: Comparison, at: int) -> str:
    """The sentence of a scenario that shares no total with the first one."""
    first, here = comparison.sides[0], comparison.sides[at]
    return (
        f"{here.letter} has no total in common with {first.letter}: "
        "their kinds answer other questions."
    )


def sentences(comparison: Comparison) -> list[str]:
    """A sentence for each scenario but the first."""
    found = []
    for at in range(1, len(comparison.sides)):
        total = total_of(comparison, at)
        found.append(said(comparison, total, at).sentence if total else unshared(comparison, at))
    return found


def in_millions(comparison: Comparison, total: Total) -> bool:
    """Whether a total is told in millions, as the scenarios stand when the book is built."""
    return any(abs(number(one) or 0) >= MILLION for one in comparison.shown(total.row))


def money_words(comparison: Comparison, total: Total, amount: Any) -> str:
    """An amount without its sign, in words."""
    if number(amount) is None:
        return "–"
    if in_millions(comparison, total):
        return f"{shown(abs(amount) / MILLION, '#,##0.00')} M {comparison.currency}"
    return f"{shown(abs(amount), '#,##0')} {comparison.currency}"


def said(comparison: Comparison, total: Total, at: int) -> Said:
    """What a scenario costs more than the first, by which part, and in words."""
    first, here = comparison.sides[0].letter, comparison.sides[at].letter
    change = comparison.changes(total.row)[at]
    share = comparison.shares(total.row)[at]
    amount = money_words(comparison, total, change)
    largest, part = _largest(comparison, total, at)
    part_amount = f"{money_words(comparison, total, largest)} {_more(largest)}"
    of_share = "" if number(share) is None else shown(abs(share), "0.0%")
    of_share = f" ({of_share or 'of nothing'})"
    of_total, of_parts = NOT_COMPARED, "–"
    if number(change) is not None:
        of_total = f"{amount} {_more(change)} than in {first}" if change else f"as in {first}"
    if not largest:
        of_parts = ", each part too"
    elif number(change) is not None and largest == change:
        of_parts = f", all of it {part}"
    else:
        of_parts = f"; largest difference: {part}, {part_amount}"
    head = f"{here}: {total.row.label} {of_total}"
    sentence = f"{head}{of_share}{of_parts}" if number(change) is not None else head
    return Said(amount, largest, part, part_amount, of_total, of_share, of_parts, sentence)


def _more(amount: Any) -> str:
    found = number(amount)
    return "–" if not found else "less" if found < 0 else "more"


def _largest(comparison: Comparison, total: Total, at: int) -> tuple[float, str]:
    """The difference of the part that differs most, and its name; of equals the first."""
    changes = [(one.label, comparison.part_changes(total, one)[at]) for one in total.parts]
    changes.append((OTHER, comparison.other_changes(total)[at]))
    known = [(label, float(one)) for label, one in changes if number(one) is not None]
    most = max((one for _, one in known), default=0.0)
    least = min((one for _, one in known), default=0.0)
    largest = most if most + least >= 0 else least
    return largest, next((label for label, one in known if one == largest), "–")

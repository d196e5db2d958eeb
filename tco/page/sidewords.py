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
    """The first total that a scenario shares with one before it; None if they share none."""
    shared = (one for one in comparison.totals if one.row.keys[at] and one.row.base < at)
    return next(shared, None)


def told(comparison: Comparison) -> dict[int, Total]:
    """The scenarios that share a total with one before them, each with that total."""
    found = ((at, total_of(comparison, at)) for at in range(1, len(comparison.sides)))
    return {at: total for at, total in found if total is not None}


def untold(comparison: Comparison) -> str:
    """The sentence on those that share no total with any before them; "" if there are none."""
    with_total = told(comparison)
    bases = {total.row.base for total in with_total.values()}
    letters = [side.letter for at, side in enumerate(comparison.sides)
               if at not in with_total and at not in bases and at]  # fmt: skip
    if not letters:
        return ""
    has = "has" if len(letters) == 1 else "have"
    return f"{', '.join(letters)} {has} no total in common with one before; see the results below"


def sentences(comparison: Comparison) -> list[str]:
    """A sentence for each scenario that can be compared, and one for the others."""
    found = [said(comparison, total, at).sentence for at, total in told(comparison).items()]
    return [*found, *([untold(comparison)] if untold(comparison) else [])]


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
    first, here = comparison.sides[total.row.base].letter, comparison.sides[at].letter
    change = comparison.changes(total.row)[at]
    share = comparison.shares(total.row)[at]
    amount = money_words(comparison, total, change)
    largest, part = _largest(comparison, total, at)
    part_amount = f"{money_words(comparison, total, largest)} {_more(largest)}"
    of_share = "" if number(share) is None else shown(abs(share), "#,##0.0%")
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

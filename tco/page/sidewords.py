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
    """The sentence of one scenario on one total: how it begins, and the pieces it is made of.

    `pieces` are the difference without its sign, the largest difference of a part, that part, its
    difference, and the words on the total, the share and the parts.
    """

    head: str
    pieces: tuple[str, float, str, str, str, str, str]
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


def money_words(currency: str, amount: Any) -> str:
    """An amount without its sign, in words."""
    if number(amount) is None:
        return "–"
    if abs(amount) < MILLION:
        return f"{shown(abs(amount), '#,##0')} {currency}"
    return f"{shown(abs(amount) / MILLION, '#,##0.00')} M {currency}"


def said(comparison: Comparison, total: Total, at: int) -> Said:
    """What a scenario costs more than the first that has the total, by which part, in words."""
    first, here = comparison.sides[total.row.base].letter, comparison.sides[at].letter
    change = comparison.changes(total.row)[at]
    compared = number(change) is not None
    largest, part, alone = _largest(comparison, total, at)
    amount = money_words(comparison.currency, change)
    part_amount = f"{money_words(comparison.currency, largest)} {_more(largest)}"
    of_total = NOT_COMPARED
    if compared:
        of_total = f"{amount} {_more(change)} than in {first}" if change else f"as in {first}"
    share = number(comparison.shares(total.row)[at])
    of_share = " (of nothing)" if share is None else f" ({shown(abs(share), '#,##0.0%')})"
    of_parts = f"; largest difference: {part}, {part_amount}"
    if not largest:
        of_parts = ", each part too"
    elif largest == change and alone:
        of_parts = f", all of it {part}"
    head = f"{here}: {total.row.label}"
    rest = f"{of_share}{of_parts}" if compared else ""
    pieces = amount, largest, part, part_amount, of_total, of_share, of_parts
    return Said(head, pieces, f"{head} {of_total}{rest}")


def _more(amount: Any) -> str:
    found = number(amount)
    return "–" if not found else "less" if found < 0 else "more"


def _largest(comparison: Comparison, total: Total, at: int) -> tuple[float, str, bool]:
    """The difference of the part that differs most, of equals the first, and its name; and whether
    no other part goes the other way.
    """
    changes = [(one.label, comparison.part_changes(total, one)[at]) for one in total.parts]
    changes.append((OTHER, comparison.other_changes(total)[at]))
    known = [(label, float(one)) for label, one in changes if number(one) is not None]
    most = max((one for _, one in known), default=0.0)
    least = min((one for _, one in known), default=0.0)
    largest = most if most + least >= 0 else least
    part = next((label for label, one in known if one == largest), "–")
    return largest, part, most * least == 0

"""One scale for the numbers of a chart, chosen by what they come to, and where its axes end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# From the largest down: what a number is divided by, and its sign behind the unit.
_SCALES = ((1e9, "bn", ",,,"), (1e6, "M", ",,"), (1e3, "k", ","), (1.0, "", ""))
_LEAST = 0.05  # of a scale: what prints as 0.1
_MOST = 1e5  # of a scale: longer numbers are no longer read at a glance
_EVEN = (4, 5, 3, 6)  # into how many parts an axis is best divided
NEAR = 0.14  # of the height of a chart: two names nearer to each other would touch


@dataclass(frozen=True)
class Scale:
    """How the numbers of a chart are shown.

    `sign` goes before the unit: M for millions. `form` is the number format beside bars, `axis`
    that of an axis.
    """

    sign: str
    form: str
    axis: str

    def of(self, unit: str) -> str:
        """A unit with the sign of the scale."""
        return f"{self.sign} {unit}".strip()


def scale_of(numbers: Iterable[float | str | None]) -> Scale:
    """The largest scale in which the least number is not 0, unless the greatest grows too long."""
    sizes = [abs(one) for one in numbers if isinstance(one, float) and one]
    least, most = min(sizes, default=0.0), max(sizes, default=0.0)
    fits = [one for one in _SCALES if most >= one[0] or one[0] == 1]
    by, sign, commas = next(
        (one for one in fits if least / one[0] >= _LEAST or most / one[0] * 1e3 > _MOST), fits[-1]
    )
    shown = most / by
    digits = 0 if shown >= 1000 else 2 if by == 1 and shown < 100 else 1
    return Scale(sign, bracketed(commas, digits), bracketed(commas, int(shown < 5)))


def bracketed(commas: str, digits: int) -> str:
    """A number format: what is below 0 stands in brackets."""
    plain = f"#,##0{'.' if digits else ''}{'0' * digits}{commas}"
    return f"{plain};({plain})"


def without_zero(form: str) -> str:
    """The same format, in which 0 is not written."""
    return f"{form};"


def steps_between(least: float, most: float, points: int) -> float:
    """The distance between the numbers of an axis, so that it has one at either end."""
    apart = (most - least) / (points - 1) if points > 1 else 0.0
    even = [one for one in _EVEN if points > 1 and (points - 1) % one == 0]
    whole = [one for one in _EVEN if ((most - least) / one).is_integer()]
    parts = (whole or even or [4])[0]
    return round((most - least) / parts, 9) if apart else 1.0


def places_of_ends(ends: Sequence[float], span: float) -> list[str]:
    """Where the names at the ends of lines stand: beside them, or above and below where near.

    Of two that are near the upper one stands above; of three the lowest one below, too.
    """
    order = sorted(range(len(ends)), key=lambda at: ends[at])
    found = ["beside"] * len(ends)
    for group in _near(order, ends, span):
        if len(group) > 1:
            found[group[-1]] = "above"
        if len(group) > 2:
            found[group[0]] = "below"
    return found


def _near(order: Sequence[int], ends: Sequence[float], span: float) -> list[list[int]]:
    """The ends from the lowest up, those together that are near to one another."""
    groups: list[list[int]] = []
    for at in order:
        if groups and ends[at] - ends[groups[-1][-1]] <= NEAR * span:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups

"""The curve of used prices by itself, apart from the model, and its page of the documentation.

Each observation is left out once, and each generation: what would have been said without it?
Run it with the project installed, review the difference, then commit: python -m tests.residual
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tco.catalogue.shipped import DATA, defaults

PAGE = Path(__file__).parent.parent / "docs" / "residual.md"
NAMES = {"volta": "Volta (V100)", "ampere": "Ampere (A100)", "hopper": "Hopper (H100, H200)"}
YEARS = (1, 2, 3, 4, 5, 6, 7)
RULE = """\
# Residual: what used servers fetch

Where a scenario states no `residual_share`, it is read off used prices: {used} of the {rows}
rows of sheet Used count. A generation of which nobody has seen one sold keeps {kept:.1%} of its
value a year, so {after:.1%} after four years; four in five lie between {low:.1%} and {high:.1%}
a year, which is {after_low:.1%} to {after_high:.1%} after four.

The rule, each step a cell of sheet Used:

1. A row counts if somebody paid or bid it (`sold`, `bid`) for a part of a server, two to seven
   years after the first delivery. Cards sold by themselves, what sellers ask and ranges in
   articles stand beside and do not count.
2. Its share is the used price over that of a new server divided by its GPUs: the host is taken
   to fetch nothing by itself. No share is weighed or left out by hand.
3. A generation keeps a year what makes its rows' losses together, over their years together.
4. It is drawn to the mean of all generations, as if those were five rows more: n/(n+5) its own,
   5/(n+5) the mean. A generation without a row is that mean.
5. The residual is that share to the power of the horizon, and of the years that the generation
   was old when it was bought at its first price (`generation_age_years`).
6. Least and most: four in five, by the typical distance of a row from the mean and Student's t
   of three generations, for the rows of one move together (`used_spread_width`).

The horizon moves it; a share that is stated does not move, and an alert says so.
`successor_year` and `successor_drop_share` take off what the next generation costs beyond what
past ones have, on a stated share too: they are meant for a named case. The table `used_prices`
of a scenario stands in place of the shipped rows, of `tco/data/tables/used_prices.csv`: copy
them and add a broker's bid.
"""
LIMITS = """\
## What it does not say

- What does not count lies higher: {told}. An H100 SXM5 was asked at 22,500 and sold at 11,000
  USD in the same weeks (CCIR). Whoever has a bid writes it in.
- Silicon Data, in a news report quoted at slashdot.org/~PoiBoy, has an H100 system in its third
  year at about 45 % of a new one; the curve has {third:.0%} at two and a half years.
- The rows that count come from one collection of marketplace sales, a few units at a time;
  whole servers sell in lots, to other buyers. `liquidation_factor` is of a hurried sale.
- Age counts from the first delivery, so it holds for who buys early, or at a price that has
  fallen as used ones have. Who pays the first price for a generation of three years types
  `generation_age_years: 3`.
- That the same part is lost each year is a shape that few rows can test: V100 lost less in its
  first six years than later (asking prices of 2020 to 2022 imply some 70 % kept a year).
"""


@dataclass(frozen=True)
class Seen:
    """One used price: its age in years of 365 days and its share of the new price."""

    chip: str
    generation: str
    kind: str
    day: str
    years: float
    share: float

    @property
    def log(self) -> float:
        """The natural logarithm of its share."""
        return math.log(self.share)


@dataclass(frozen=True)
class Fit:
    """What a generation keeps a year, of the generations that were seen, and how far rows lie."""

    general: float
    own: dict[str, float]
    spread: float

    def kept(self, generation: str) -> float:
        """Its own where it was seen sold, else that of all."""
        return self.own.get(generation, self.general)


def observations() -> list[Seen]:
    """Every row of the shipped table."""
    with (DATA / "tables" / "used_prices.csv").open(encoding="utf-8", newline="") as file:
        return [_seen(row) for row in csv.DictReader(file)]


def _seen(row: dict[str, str]) -> Seen:
    days = date.fromisoformat(row["observed"]) - date.fromisoformat(row["released"])
    ends = [float(row[key]) for key in ("low", "high") if row[key]]
    price = float(row["price"]) if row["price"] else math.sqrt(ends[0] * ends[1])
    return Seen(row["chip"], row["generation"], row["kind"], row["observed"],
                days.days / 365, price / float(row["new_price"]))  # fmt: skip


def counting(rows: Sequence[Seen]) -> list[Seen]:
    """What was paid or bid, of an age that is planned for."""
    least, most = (float(defaults()[f"used_{end}_years"].value) for end in ("least", "most"))
    return [one for one in rows if one.kind in ("sold", "bid") and least <= one.years <= most]


def fit(rows: Sequence[Seen]) -> Fit:
    """All that each generation lost over all its years, drawn to the mean of the generations."""
    prior = float(defaults()["general_weight"].value)
    groups = {name: [one for one in rows if one.generation == name] for name in NAMES}
    rates = {name: sum(one.log for one in group) / sum(one.years for one in group)
             for name, group in groups.items() if group}  # fmt: skip
    mean = sum(rates.values()) / len(rates)
    own = {}
    for name, rate in rates.items():
        weight = len(groups[name]) / (len(groups[name]) + prior)
        own[name] = math.exp(weight * rate + (1 - weight) * mean)
    squares = [(one.log / one.years - mean) ** 2 for one in rows]
    return Fit(math.exp(mean), own, math.sqrt(sum(squares) / (len(rows) - 1)))


def ends(found: Fit, generation: str) -> tuple[float, float]:
    """What is kept a year at the least and at the most."""
    wide = math.exp(float(defaults()["used_spread_width"].value) * found.spread)
    return found.kept(generation) / wide, min(found.kept(generation) * wide, 1)


def page() -> str:
    """The page."""
    rows = observations()
    used = counting(rows)
    return (
        "\n".join([*_said(rows, used), *_curves(used), *_left_out(used), *_beside(rows, used)])
        + "\n"
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *rows]
    return [f"| {' | '.join(one)} |" for one in lines] + [""]


def _said(rows: Sequence[Seen], used: Sequence[Seen]) -> list[str]:
    kept = fit(used).general
    low, high = ends(fit(used), "none")
    return RULE.format(
        used=len(used), rows=len(rows), kept=kept, low=low, high=high,
        after=kept**4, after_low=low**4, after_high=high**4,
    ).splitlines()  # fmt: skip


def _curves(used: Sequence[Seen]) -> list[str]:
    found = fit(used)
    named = [*NAMES.items(), ("", "any other")]
    rows = [
        [name, str(sum(one.generation == key for one in used)), f"{found.kept(key):.1%}",
         *(f"{found.kept(key) ** year:.0%}" for year in YEARS)]
        for key, name in named
    ]  # fmt: skip
    heads = ["Generation", "Rows", "Kept a year", *(f"Year {year}" for year in YEARS)]
    return ["", "## The curves", "", *_table(heads, rows)]


def without(used: Sequence[Seen], one: Seen) -> tuple[float, float]:
    """The share of a row as the others have it: without the row, and without its generation."""
    row = fit([other for other in used if other is not one]).kept(one.generation)
    others = fit([other for other in used if other.generation != one.generation])
    return row**one.years, others.general**one.years


def _left_out(used: Sequence[Seen]) -> list[str]:
    found = [(one, *without(used, one)) for one in used]
    rows = [
        [one.chip, one.day[:7], f"{one.years:.1f}", f"{one.share:.1%}",
         f"{row:.1%}", f"{row / one.share:.2f}", f"{others:.1%}", f"{others / one.share:.2f}"]
        for one, row, others in found
    ]  # fmt: skip
    off = sorted(abs(math.log(row / one.share)) for one, row, _ in found)
    far = sorted(abs(math.log(others / one.share)) for one, _, others in found)
    middle, whole = (math.exp((one[5] + one[6]) / 2) if len(one) == 12 else math.exp(
        one[len(one) // 2]) for one in (off, far))  # fmt: skip
    inside = sum(_inside(used, one) for one in used)
    heads = ["Left out", "Seen", "Age", "Fetched", "Without the row", "over it",
             "Without its generation", "over it"]  # fmt: skip
    return [
        "## How far off it is, each left out once",
        "",
        f"In the middle the curve is off by a factor of {middle:.2f} without the row, and of "
        f"{whole:.2f} without its whole generation, which is the case of one that is new; at worst "
        f"by {math.exp(off[-1]):.2f} and {math.exp(far[-1]):.2f}. Of {len(used)} rows {inside} lie "
        "within the range that the other generations give.",
        "",
        *_table(heads, rows),
    ]


def _inside(used: Sequence[Seen], one: Seen) -> bool:
    others = fit([other for other in used if other.generation != one.generation])
    low, high = ends(others, "none")
    return low**one.years <= one.share <= high**one.years


def _beside(rows: Sequence[Seen], used: Sequence[Seen]) -> list[str]:
    found, told = fit(used), []
    for kind, said in (("card", "cards sold by themselves"), ("asked", "what sellers ask"),
                       ("said", "ranges in articles")):  # fmt: skip
        over = sorted(one.share / found.kept(one.generation) ** one.years
                      for one in rows if one.kind == kind)  # fmt: skip
        told.append(f"{said} ({len(over)}), {over[0]:.1f} to {over[-1]:.1f} times the curve")
    return LIMITS.format(told="; ".join(told), third=found.kept("hopper") ** 2.5).splitlines()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)

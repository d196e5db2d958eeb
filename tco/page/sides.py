"""Scenarios side by side: which rows are compared, what each comes to, and what differs.

The first scenario is what the others are compared with; in what it has not, the first that has it
is. What is shown follows from the models: a row is a key that two or more of them have in the same
unit, whatever their kinds.
"""

from __future__ import annotations

import functools
import math
import string
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tco.catalogue.shipped import MISSING
from tco.lines import Given, Line, Undefined, rounded
from tco.model.state import SAID, WITHHELD
from tco.quantities import money
from tco.scenario import Scenario

MOST = 26  # a letter each
# What anybody asks first, in this order; then the tiles of the scenarios' own first pages.
RESULTS = (
    "gpus", "fleet_gpus", "days_needed", "gpu_hours",
    "buy_total", "rent_total", "rent_option", "breakeven_runs",
    "capex", "opex_total", "npv_own", "npv_reserved", "npv_on_demand", "npv_advantage",
    "npv_own_after_tax", "verdict", "own_cost_per_gpu_hour_delivered", "breakeven_utilization",
    "energy_kwh", "annual_kwh", "co2_tonnes",
)  # fmt: skip
NOT_ASSUMED = ("published", "deadlines")  # sections of inputs that assume nothing
OTHER = "Anything else in it"


@dataclass(frozen=True, eq=False)
class Side:
    """One of the scenarios, and the letter of its column."""

    letter: str
    scenario: Scenario

    @functools.cached_property
    def stands(self) -> bool:
        """Whether no error stands; while one does, nothing of it is shown or compared."""
        return not self.scenario.numbers["errors"]

    @functools.cached_property
    def items(self) -> dict[str, Given | Line]:
        """Every input and line by key."""
        return self.scenario.model.items

    def item(self, key: str) -> Given | Line | None:
        """The input or line of a key; None for one that it has not, or that has several values.

        What stands behind an input, its range or its source, is told beside it.
        """
        found = self.items.get(key)
        if found is None or found.along or (isinstance(found, Given) and found.of):
            return None
        return found

    def value(self, key: str) -> Any:
        """What a key comes to: a number, a text, or `Undefined` with its reason."""
        number = self.scenario.numbers[key]
        return number if isinstance(number, str | Undefined) else float(number)


@dataclass(frozen=True)
class Row:
    """What is compared: its name, and its key in each scenario, None where one has no such thing.

    Parts of a total may have other keys and one name: GPUs bought alone, or inside servers.
    """

    label: str
    unit: str
    form: str
    is_text: bool
    keys: tuple[str | None, ...]

    @property
    def key(self) -> str:
        """The key, or the keys where there are several."""
        return ", ".join(dict.fromkeys(key for key in self.keys if key is not None))

    @property
    def count(self) -> int:
        """How many scenarios have it."""
        return sum(key is not None for key in self.keys)

    @property
    def base(self) -> int:
        """The place of the scenario that the others are compared with: the first that has it."""
        return next(at for at, key in enumerate(self.keys) if key is not None)


@dataclass(frozen=True)
class Total:
    """A total of money, and the parts that it comes down to, less those that are nought in all."""

    row: Row
    parts: tuple[Row, ...]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios side by side under a name."""

    name: str
    sides: tuple[Side, ...]

    @classmethod
    def of(cls, name: str, scenarios: Iterable[Scenario]) -> Comparison:
        """The scenarios, each with its letter."""
        return cls(name, tuple(map(Side, string.ascii_uppercase, scenarios)))

    @property
    def currency(self) -> str:
        """The currency of all of them."""
        return self.sides[0].scenario.currency

    @functools.cached_property
    def results(self) -> tuple[Row, ...]:
        """The results that two or more have, as a reader asks for them."""
        return tuple(one for one in self._asked if one.count > 1)

    @functools.cached_property
    def alone(self) -> tuple[Row, ...]:
        """The results of the first page of one of them that no other has."""
        return tuple(one for one in self._asked if one.count == 1)

    @functools.cached_property
    def _asked(self) -> list[Row]:
        tiles = [tile for side in self.sides for tile in _tiles(side)]
        return self.rows(dict.fromkeys((*RESULTS, *tiles)))

    @functools.cached_property
    def totals(self) -> tuple[Total, ...]:
        """The totals among the results, each with its parts."""
        found = (Total(one, self._parts(one)) for one in self.results)
        return tuple(one for one in found if one.parts)

    def _parts(self, total: Row) -> tuple[Row, ...]:
        named: dict[str, dict[str, str]] = {}  # by label, then by letter
        for side, has in zip(self.sides, total.keys, strict=True):
            for item, said in side.scenario.model.members.leaves(total.key) if has else ():
                label = said.label or item.label
                if side.letter in named.get(label, {}):  # two parts of one name in one total
                    label = f"{label} ({item.key})"
                named.setdefault(label, {})[side.letter] = item.key
        found = [
            Row(label, total.unit, total.form, is_text=False,
                keys=tuple(at.get(side.letter) for side in self.sides))
            for label, at in named.items()
        ]  # fmt: skip
        return tuple(one for one in found if any(self._at(one)))

    def _at(self, row: Row) -> Iterable[float]:
        """What each scenario that has a row comes to there, nought for what is no number."""
        return (number(side.value(key)) or 0.0 for side, key in self.having(row))

    @functools.cached_property
    def inputs(self) -> tuple[Row, ...]:
        """Every input, whoever has it."""
        return tuple(self.rows(self._keys(_is_input), _is_input))

    @functools.cached_property
    def lines(self) -> tuple[Row, ...]:
        """Every line that is no check and no sentence."""
        return tuple(self.rows(self._keys(_is_line), _is_line))

    def _keys(self, wanted: Callable[[Given | Line], bool]) -> Iterable[str]:
        return dict.fromkeys(
            key for side in self.sides for key, item in side.scenario.model.items.items()
            if wanted(item)
        )  # fmt: skip

    @functools.cached_property
    def differing(self) -> tuple[Row, ...]:
        """The inputs that are assumptions, and differ among those that have them."""
        return tuple(one for one in self.inputs if self.differs(one) and not self._prints(one))

    def _prints(self, row: Row) -> bool:
        """Whether an input is what a source prints, or a point of a table: it assumes nothing."""
        items = (side.item(key) for side, key in self.having(row))
        return any(isinstance(one, Given) and (one.prints or one.section in NOT_ASSUMED)
                   for one in items)  # fmt: skip

    def differs(self, row: Row) -> bool:
        """Whether not all that have a row have the same there."""
        found = [_comparable(side.value(key)) for side, key in self.having(row)]
        return any(one != found[0] for one in found)

    def having(self, row: Row) -> list[tuple[Side, str]]:
        """The scenarios that have a row, each with its key there."""
        return [(side, key) for side, key in zip(self.sides, row.keys, strict=True) if key]

    def rows(
        self, keys: Iterable[str], wanted: Callable[[Given | Line], bool] = lambda item: True
    ) -> list[Row]:
        """A row a key and unit: what two have in units of their own is not one thing."""
        found = []
        for key in keys:
            items = [one if (one := side.item(key)) is not None and wanted(one) else None
                     for side in self.sides]  # fmt: skip
            for unit in dict.fromkeys(one.unit for one in items if one is not None):
                found.append(self._row(key, [one if one is not None and one.unit == unit else None
                                             for one in items]))  # fmt: skip
        return found

    def _row(self, key: str, items: Sequence[Given | Line | None]) -> Row:
        first = next(one for one in items if one is not None)
        names: dict[str, list[str]] = {}
        for side, one in zip(self.sides, items, strict=True):
            if one is not None:
                names.setdefault(one.label, []).append(side.letter)
        label, *others = names
        said = [label, *(f"in {', '.join(names[other])}: {other}" for other in others)]
        unit = {"text": "", "choice": "", "date": "", "share": "", "ratio": "", "flag": "0 or 1",
                "1": ""}.get(first.unit, money(first.unit, self.currency))  # fmt: skip
        return Row("; ".join(said), unit, first.form, first.is_text,
                   tuple(None if one is None else key for one in items))  # fmt: skip

    # ---- numbers ---------------------------------------------------------------------------------

    def shown(self, row: Row) -> list[Any]:
        """What a row comes to in each scenario; a dash where it has none or an error stands."""
        return [
            side.value(key) if key and side.stands else WITHHELD
            for side, key in zip(self.sides, row.keys, strict=True)
        ]

    def other(self, total: Total) -> list[Any]:
        """What of a total is in none of its parts, in each scenario."""
        parts = [self.shown(one) for one in total.parts]
        return [
            _cents(whole, sum(_numbers(part[at] for part in parts)))
            for at, whole in enumerate(self.shown(total.row))
        ]  # fmt: skip

    def changes(self, row: Row) -> list[Any]:
        """How much each lies above the first, in the unit of the row; a dash where none is."""
        amounts = self.shown(row)
        return [_change(one, amounts[row.base]) for one in amounts]

    def part_changes(self, total: Total, row: Row) -> list[Any]:
        """The same of a part: what one of them has not is nought of a total that both have."""
        whole = self.shown(total.row)
        amounts = [
            0.0 if key is None and number(of) is not None else one
            for one, key, of in zip(self.shown(row), row.keys, whole, strict=True)
        ]
        return [_change(one, amounts[total.row.base]) for one in amounts]

    def other_changes(self, total: Total) -> list[Any]:
        """The same of what is in none of the parts."""
        amounts = self.other(total)
        return [_change(one, amounts[total.row.base]) for one in amounts]

    def shares(self, row: Row) -> list[Any]:
        """The same as a share of the size of the first."""
        first = number(self.shown(row)[row.base])
        return [one / abs(first) if number(one) is not None and first else WITHHELD
                for one in self.changes(row)]  # fmt: skip


def number(value: Any) -> float | None:
    """A number that exists; None for words."""
    return None if isinstance(value, str) or math.isnan(value) else float(value)


def _numbers(values: Iterable[Any]) -> list[float]:
    return [found for one in values if (found := number(one)) is not None]


def _change(now: Any, first: Any) -> Any:
    if number(now) is None or number(first) is None:
        return WITHHELD
    return float(rounded(now - first)) + 0.0  # no -0


def _cents(whole: Any, parts: float) -> Any:
    """What is left of a total, to the cent: what floats leave of billions is no money."""
    if number(whole) is None:
        return WITHHELD
    left = whole - parts
    return math.copysign(math.floor(abs(left) * 100 + 0.5) / 100, left) + 0.0


def _comparable(value: Any) -> Any:
    """What two values are compared by: numbers that do not exist are alike."""
    return MISSING if isinstance(value, Undefined) else value


def _tiles(side: Side) -> list[str]:
    front = side.scenario.model.front
    return [key for key, _ in (*front.tiles, *front.second_tiles)]


def _is_input(item: Given | Line) -> bool:
    return isinstance(item, Given) and not (item.along or item.of or item.counted)


def _is_line(item: Given | Line) -> bool:
    return isinstance(item, Line) and item.along is None and item.section not in SAID

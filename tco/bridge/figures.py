"""The figures that two scenarios are compared by: those that their first pages lead with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tco.bridge.ends import End
from tco.errors import mistake
from tco.lines import Given, Undefined
from tco.model.board import on_board
from tco.quantities import money
from tco.scenario import Scenario

_AMOUNTS = ("USD", "USD exact")
_UNSAID = {"share": "", "ratio": "", "1": "", "count": ""}
_NUMBER = re.compile(r"(?<![\w-])[-–]?\d[\d,.]*(?:\s?%)?(?:\s(?:M|bn)(?=\s))?(?![\w-])")


@dataclass(frozen=True)
class Headline:
    """A figure of the first page that both have."""

    key: str
    label: str
    unit: str
    form: str
    is_amount: bool  # of money, and of nothing beside it


@dataclass(frozen=True)
class Level:
    """What a scenario comes to: its headlines, and the answer of its first page."""

    values: Mapping[str, float]
    answer: str

    @property
    def verdict(self) -> str:
        """The answer without its amounts: what is left changes where the verdict does."""
        return _NUMBER.sub("…", self.answer)


def headlines(first: End, second: End) -> list[Headline]:
    """The numbers that the first pages lead with, of those that both have in one unit.

    What rests on draws or on searches is none of them. Raises `Mistakes` where there is none.
    """
    asked = {**_tiles(first.scenario), **_tiles(second.scenario)}
    found = [
        Headline(key, label, _unit(first.scenario, key), first.scenario.model[key].form,
                 first.scenario.model[key].unit in _AMOUNTS)
        for key, label in asked.items() if _has(first, key) and _has(second, key)
        and first.scenario.model[key].unit == second.scenario.model[key].unit
    ]  # fmt: skip
    if not found:
        kinds = [end.scenario.kind for end in (first, second)]
        raise mistake(
            second.name, f"it is of kind {kinds[1]}, {first.name} of kind {kinds[0]}, and no "
            "figure of the one's first page is among the other's",
            "Compare two scenarios that answer one question; every figure of both stands side by "
            f"side in: tco build {first.name} {second.name} --compare both",
        )  # fmt: skip
    return found


def _tiles(scenario: Scenario) -> dict[str, str]:
    """The figures that stand out, each with its label; those of the board last."""
    front, page = scenario.model.front, on_board(scenario.model.members)
    tiles = [*front.tiles, *front.second_tiles]
    tiles += [(key, label) for key, label, _ in (page.tiles if page else ())]
    found: dict[str, str] = {}
    for key, label in tiles:
        found.setdefault(key, label)
    return found


def alone(first: End, second: End) -> list[tuple[str, str]]:
    """The figures of the second's first page that the first has not, and the other way round."""
    found = []
    for end, other in ((first, second), (second, first)):
        found += [(end.name, label) for key, label in _tiles(end.scenario).items()
                  if _has(end, key) and not _has(other, key)]  # fmt: skip
    return found


def _has(end: End, key: str) -> bool:
    """Whether a scenario has a number of its own under a key, computed without draws."""
    model = end.scenario.model
    if key not in model or key in end.scenario.waiting:
        return False
    item = model[key]
    return not item.is_text and item.along is None and not (isinstance(item, Given) and item.of)


def _unit(scenario: Scenario, key: str) -> str:
    unit = scenario.model[key].unit
    return _UNSAID.get(unit, money(unit, scenario.currency))


def level(scenario: Scenario, found: Sequence[Headline]) -> Level:
    """What a scenario comes to. A figure that it has not is `Undefined`."""
    numbers, page = scenario.standing, on_board(scenario.model.members)
    values: dict[str, float] = {}
    for one in found:
        value = numbers.get(one.key, Undefined("there is no such figure"))
        values[one.key] = value if isinstance(value, Undefined) else float(value)
    answer = page.answer if page else ""
    told = answer in numbers and answer not in scenario.waiting
    return Level(values, str(numbers[answer]) if told else "")


def level_in(end: End, figures: Mapping[str, float | str | None], answer: str) -> Level:
    """What the cells of a book show."""
    missing = Undefined(f"{end.name} shows no number there")
    values = {key: one if isinstance(one, float) else missing for key, one in figures.items()}
    return Level(values, answer)

"""In which order inputs stand: what moves the answer most, then section by section.

In a section stands first what somebody gives or what moves the answer, then the rest, which is as
it came and can be folded away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tco.lines import Undefined
from tco.model.own.driver import Driver
from tco.scenario import Scenario
from tco.workbook.sheets import input_sections

MOST, MOST_WORDS = 10, "What moves the answer most, as it was built: the farthest first"
FOLLOWED = "deadline_days"  # its points follow it, so that one range holds both
POINTS = "deadlines"  # their section
BY_SWING, SWING = "tornado_driver", "tornado_swing"
NEVER_FOLDED = "general"  # the section of the currency, the day and the case


@dataclass(frozen=True)
class InputBlock:
    """What stands below a heading: the keys, and of these the ones that can be folded away."""

    heading: str
    keys: tuple[str, ...]
    folded: frozenset[str] = frozenset()


def input_blocks(scenario: Scenario) -> Iterator[InputBlock]:
    """All inputs that have a row of their own, in their order."""
    model, givens = scenario.model, scenario.model.givens
    shown = [key for key, one in givens.items()
             if not (one.along or one.of or one.counted)]  # fmt: skip
    points = [key for key in shown if givens[key].section == POINTS]
    first = [key for key in _by_swing(scenario) if key in shown and key != FOLLOWED][:MOST]
    if first:
        yield InputBlock(MOST_WORDS, tuple(first))
    moving = {key for one in model.members.all(Driver)
              for key in (one.key, one.behind, one.value, *one.search.moves)}  # fmt: skip
    placed = {*first, *points}
    for section, heading in input_sections(model).items():
        keys = [key for key in shown if givens[key].section == section and key not in placed]
        followed = [key for key in keys if key == FOLLOWED]
        keys = [key for key in keys if key != FOLLOWED]
        seen = [
            key
            for key in keys
            if section == NEVER_FOLDED or key in moving or scenario.plan.is_given(key)
        ]
        rest = [key for key in keys if key not in seen]
        behind = points if followed else []
        if keys or followed:
            found = (*seen, *followed, *behind, *rest)
            yield InputBlock(heading, found, frozenset([*behind, *rest]))


def _by_swing(scenario: Scenario) -> list[str]:
    """The drivers that move the answer, the farthest first."""
    if BY_SWING not in scenario.model:
        return []
    numbers = scenario.plan.numbers
    return [str(key) for key, swing in zip(numbers[BY_SWING], numbers[SWING], strict=True)
            if not isinstance(swing, Undefined) and float(swing) > 0]  # fmt: skip

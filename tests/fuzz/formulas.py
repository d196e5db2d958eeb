"""One formula to try: a rule as a line has it, and the values that its references take."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tco.lines import (
    Cells,
    Expression,
    Line,
    Undefined,
    at_most,
    below,
    beyond,
    both,
    ceil,
    chosen,
    defined,
    difference,
    either,
    excel,
    least_of,
    log,
    maximum,
    minimum,
    missing,
    picked,
    power,
    rounded,
    same,
    short_of,
    shown,
    text,
    undefined,
    unless,
    where,
)
from tco.lines.vocabulary import touches

MISSING = "–"

# Every word that a line without an axis may use, by the name that a rule calls it.
WORDS: dict[str, Any] = {
    "at_most": at_most,
    "below": below,
    "beyond": beyond,
    "both": both,
    "ceil": ceil,
    "chosen": chosen,
    "defined": defined,
    "missing": missing,
    "difference": difference,
    "either": either,
    "least_of": least_of,
    "log": log,
    "maximum": maximum,
    "minimum": minimum,
    "picked": picked,
    "power": power,
    "rounded": rounded,
    "same": same,
    "short_of": short_of,
    "shown": shown,
    "text": text,
    "touches": touches,
    "undefined": undefined,
    "unless": unless,
    "where": where,
}


@dataclass(frozen=True)
class Formula:
    """The source of a rule and a value for each key; None is a number that nobody gave.

    The source is kept as text because a failing formula is then its own bug report.
    """

    source: str
    values: Mapping[str, float | str | None]

    @functools.cached_property
    def rule(self) -> Callable[..., Any]:
        """The rule as an author would write it, made of the real words."""
        return eval(f"lambda {', '.join(self.values)}: {self.source}", dict(WORDS))

    @functools.cached_property
    def tree(self) -> Expression:
        """The formula, written out the way a model writes out its lines."""
        return Line("tried", "Tried", "1", self.rule, "", tuple(self.values)).tree

    def number(self, **other: Any) -> Any:
        """The rule computed: a float, a text, or the reason why there is no number."""
        given = {key: _numpy(value) for key, value in self.values.items()} | other
        with np.errstate(all="ignore"):
            return self.rule(**given)

    @functools.cached_property
    def expected(self) -> float | str:
        """What a cell shall show: booleans as 1 and 0, an undefined number as its reason."""
        return as_cell(self.number())

    def excel(self, at: Callable[[str], str]) -> str:
        """The formula for cells found by `at`, without the equals sign."""
        return excel(self.tree, Cells(at=at, before=at, range=at))


def _numpy(value: float | str | None) -> Any:
    if value is None:
        return Undefined(MISSING)
    return value if isinstance(value, str) else np.float64(value)


def as_cell(value: Any) -> float | str:
    """A computed value the way engines give it back."""
    if isinstance(value, Undefined):
        return value.why
    return str(value) if isinstance(value, str) else float(value)

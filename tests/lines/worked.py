"""Worked examples: what a line must give for numbers of our choosing, summed by hand.

The engines that recalculate a workbook cannot see a wrong rule: number and formula follow from it
both. So each line of the model has examples here that share nothing with its rule:

    case = worked(buy)
    case("gpu_cost", gpus=10_830, gpu_price=10_000, gives=108_300_000)

Choose inputs whose results tell them apart, small odd numbers for instance, so that an input
swapped, dropped or turned round gives something else. None stands for what is undefined, in a list
too; a line that is undefined says why: `undefined="too late"`. A list runs along years or rows.
"""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from tco.lines import Check, Line, Model, Undefined
from tco.lines.expression import Reference, walk
from tco.lines.rows import RowCheck
from tco.model import KINDS, modules_of

CLOSE = 1e-9  # relative; a result of 0 is 0


@dataclass(frozen=True)
class Example:
    """A line, the values of what it reads, and what it must give."""

    line: Line
    inputs: Mapping[str, Any]
    gives: Any = None
    why: str = ""  # the words of a result that is undefined
    place: str = ""

    def found(self, rule: Callable[..., Any] | None = None) -> Any:
        """What the line gives, or what another rule would in its place."""
        compute = rule or self.line.rule
        needs = self.line.needs
        if self.line.key in needs and self.line.key not in self.inputs:
            return self._stepped(compute)
        with np.errstate(all="ignore"):
            return compute(*(self.inputs[need] for need in needs))

    def _stepped(self, rule: Callable[..., Any]) -> Any:
        """A line that reads its own step before, as many passes as there are steps."""
        steps = len(self.gives)
        values: Any = np.zeros(steps)
        for _ in range(steps):
            reads = {**self.inputs, self.line.key: values}
            with np.errstate(all="ignore"):
                found = rule(*(reads[need] for need in self.line.needs))
            values = np.broadcast_to(np.asarray(found, dtype=float), (steps,))
        return values

    def wrong(self, rule: Callable[..., Any] | None = None) -> str:
        """What is wrong with the result, in words; nothing where it is right."""
        found = self.found(rule)
        if self.why:
            said = found.why if isinstance(found, Undefined) else f"the number {found!r}"
            return "" if said == self.why else f"undefined because {self.why!r}, not {said!r}"
        if agrees(found, self.gives):
            return ""
        return f"{self.line.key} is {found!r}, by hand {self.gives!r} ({self.place})"


def agrees(found: Any, wanted: Any) -> bool:
    """Whether numbers are those worked out, each to nine digits; None wants an undefined one."""
    if isinstance(wanted, (list, tuple)):
        if np.ndim(found) == 0:  # the same in every year or row
            found = [found] * len(wanted)
        return len(found) == len(wanted) and all(map(agrees, found, wanted))
    if np.ndim(found) or isinstance(found, str):
        return False
    if wanted is None:
        return math.isnan(found)
    return math.isclose(found, wanted, rel_tol=CLOSE, abs_tol=0 if wanted else 1e-12)


def value_of(given: Any) -> Any:
    """An input as the engine has it: floats, texts, columns of either, reasons for gaps."""
    if given is None:
        return Undefined("not given")
    if isinstance(given, (list, tuple)):
        if any(isinstance(one, str) for one in given):
            return np.array(given, dtype=object)
        return np.array([math.nan if one is None else one for one in given], dtype=float)
    return given if isinstance(given, str) else np.float64(given)


_ASKED = (
    (True, True, False, False, False), (False, False, False, False, False),
    (False, True, False, False, False),
    (True, False, True, False, False), (True, True, False, True, False),
    (True, False, True, False, True), (True, True, True, True, False),
    (True, True, True, True, True),
)  # fmt: skip


@functools.cache
def gathered_lines(module: ModuleType) -> dict[str, Line]:
    """The lines that a module gathers from members, as the first kind with that module has them."""
    modules = next(
        found
        for owned, billed, quoted, listed, awarded in _ASKED
        for kind in KINDS
        if module
        in (
            found := modules_of(
                kind, owned=owned, billed=billed, quoted=quoted, listed=listed, awarded=awarded
            )
        )
    )
    return Model.of(*modules).lines  # type: ignore[return-value]  # a mapping is enough


def _items(bound: Any) -> Iterator[Line | Check]:
    """The lines and checks that a name of a module stands for: one, or several."""
    if isinstance(bound, (Line, Check)):
        yield bound
    elif isinstance(bound, (tuple, RowCheck)):
        for one in bound:
            yield from _items(one)


class Worked:
    """The examples of one module of the model, in the order they are written."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.examples: list[Example] = []

    def line(self, key: str) -> Line:
        """The module's line, the flag of its check, or the line that it gathers from members."""
        for one in vars(self.module).values():
            for item in _items(one):
                made = item.flag if isinstance(item, Check) else item
                if made.key == key:
                    return made
        found = gathered_lines(self.module).get(key)
        if found is None:
            raise LookupError(f"{self.module.__name__} has no line {key}")
        return found

    def __call__(
        self, key: str, /, *, gives: Any = None, undefined: str = "", **inputs: Any
    ) -> None:
        """One example. What a check reads for its sentence alone may be left out."""
        line = self.line(key)
        if (gives is None) == (not undefined):
            raise TypeError(f"{key}: either gives= or undefined=")
        silent = {} if set(inputs) == set(line.needs) else dict.fromkeys(unread(line), 1.0)
        filled = {**silent, **inputs}
        lacking = set(line.needs) - set(filled) - {key}
        if lacking or set(inputs) - set(line.needs):
            raise TypeError(f"{key} reads {', '.join(line.needs)}; the example has {set(inputs)}")
        frame = sys._getframe(1)
        place = f"{self.module.__name__.rpartition('.')[2]}, line {frame.f_lineno}"
        values = {need: value_of(one) for need, one in filled.items()}
        self.examples.append(Example(line, values, gives, undefined, place))


def unread(line: Line) -> set[str]:
    """Needs that a flag's formula does not hold: they are in its check's words."""
    read = {part.key for part in walk(line.tree) if isinstance(part, Reference)}
    return set(line.needs) - read


def worked(module: ModuleType) -> Worked:
    """A place for the examples of a module."""
    return Worked(module)

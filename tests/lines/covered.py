"""Which numeric lines a model has, and the worked examples of each."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tco.lines import Line
from tco.lines.model import EVIDENCE
from tco.model.cases import IN_CASE
from tco.model.own import rent_awards
from tests.lines import limits, ranged
from tests.lines.examples import WORKED
from tests.lines.variants import Variant
from tests.lines.worked import Example, value_of

# Lines that need no example, each with its reason. There are none: a line that is a bare link or
# a column put together from others can be put together wrongly too.
EXEMPT: Mapping[str, str] = {}


def numeric(at: Variant) -> list[Line]:
    """The lines of a model that are numbers; checks' flags are among them."""
    return numbers(at.model.lines)


def numbers(lines: Mapping[str, Line]) -> list[Line]:
    """The lines that are numbers and have a rule.

    That nobody gives a line, and that it has no range, is so whatever else there is: no rule.
    """
    unruled = {f"{key}_{part}" for key in lines for part in EVIDENCE}
    return [one for key, one in lines.items()
            if not one.is_text and (one.needs or key not in unruled)]  # fmt: skip


@functools.cache
def _written() -> dict[int | tuple[str, str], list[Example]]:
    """The examples written for modules of the model, by the rule that they are of.

    A line keeps its rule in every kind and on every sheet, so a rule of several kinds is one. A
    line that is gathered from members has a rule in each kind: they are one if they say the same.
    """
    found: dict[int | tuple[str, str], list[Example]] = {}
    for case in WORKED:
        for one in case.examples:
            for sort in (id(one.line.rule), (one.line.key, repr(one.line.tree))):
                found.setdefault(sort, []).append(one)
    return found


def examples_written_for(line: Line) -> list[Example]:
    """The examples written for a line, also where it reads what rent quotes say instead."""
    if line.needs and line.needs[0].startswith(IN_CASE):
        return _giving_way(line)
    known = _written()
    read = repr(line.tree)
    for given, instead in rent_awards.INSTEAD.items():
        read = read.replace(f"'{instead}'", f"'{given}'")
    return known.get(id(line.rule)) or known.get((line.key, read), [])


def _giving_way(line: Line) -> list[Example]:
    """Those of a line that gives way to what a case puts in its place, and that it does so."""
    other, rule = line.needs[0], line.rule.__wrapped__  # type: ignore[attr-defined]  # set in cases
    found = examples_written_for(replace(line, rule=rule, needs=line.needs[1:]))
    if not found:
        return []
    none = value_of(None)
    kept = [replace(one, line=line, inputs=_as_read(one, line) | {other: none}) for one in found]
    return [*kept, replace(kept[0], inputs=kept[0].inputs | {other: value_of(7)}, gives=7, why="")]


def _as_read(one: Example, line: Line) -> dict[str, Any]:
    """The values of an example by the keys that the line reads."""
    stands = {**rent_awards.INSTEAD, **rent_awards.INSTEAD_IN.get(line.key, {})}
    return {stands.get(key, key) if key not in line.needs else key: value
            for key, value in one.inputs.items()}  # fmt: skip


@functools.cache
def examples(at: Variant) -> dict[str, list[Example]]:
    """The examples of each numeric line of a model, none where there are none."""
    made: dict[str, list[Example]] = {}
    for one in (*limits.examples_of(at.model), *ranged.examples_of(at.model)):
        made.setdefault(one.line.key, []).append(one)
    return {one.key: examples_written_for(one) or made.get(one.key, []) for one in numeric(at)}

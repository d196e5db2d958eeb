"""Which numeric lines a model has, and the worked examples of each."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from tco.lines import Line
from tco.lines.model import EVIDENCE
from tco.model.own import rent_awards
from tests.lines import limits, ranged
from tests.lines.examples import WORKED
from tests.lines.variants import Variant
from tests.lines.worked import Example

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
    known = _written()
    read = repr(line.tree)
    for given, instead in rent_awards.INSTEAD.items():
        read = read.replace(f"'{instead}'", f"'{given}'")
    return known.get(id(line.rule)) or known.get((line.key, read), [])


@functools.cache
def examples(at: Variant) -> dict[str, list[Example]]:
    """The examples of each numeric line of a model, none where there are none."""
    made: dict[str, list[Example]] = {}
    for one in (*limits.examples_of(at.model), *ranged.examples_of(at.model)):
        made.setdefault(one.line.key, []).append(one)
    return {one.key: examples_written_for(one) or made.get(one.key, []) for one in numeric(at)}

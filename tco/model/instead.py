"""Instead: lines that read what is known, by a quote for one, in place of what is given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from tco.lines import Front, Line, Model, ModelError
from tco.lines.guards import with_guards
from tco.model.own.driver import Driver


def reading_instead(
    model: Model,
    everywhere: Mapping[str, str],
    of_lines: Mapping[str, Mapping[str, str]],
    apart: Collection[str],
) -> Model:
    """The model whose lines read other keys, each in the place of one that they were written for.

    A driver that moves such a key moves the other, and begins where that stands.

    Args:
        everywhere: what all lines read instead.
        of_lines: what single lines read instead.
        apart: the sections that both are computed in, whose lines are left as they are.

    Raises:
        ModelError: for a line that is none, or that reads nothing of the kind.
    """
    for key, needs in of_lines.items():
        if key not in model.lines or not set(needs) <= set(model.lines[key].needs):
            raise ModelError(f"{key} reads no {', '.join(needs)} that others could stand for")

    def told(line: Line) -> Line:
        stands = {**everywhere, **of_lines.get(line.key, {})}
        if line.section in apart or stands.keys().isdisjoint(line.needs):
            return line
        return replace(line, needs=tuple(stands.get(need, need) for need in line.needs))

    def moved(item: Any) -> Any:
        if not isinstance(item, Driver) or item.key not in everywhere:
            return item
        return replace(item, base=everywhere[item.key], moves=(everywhere[item.key],))

    checks = tuple(replace(one, flag=told(one.flag), says=told(one.says)) for one in model.checks)
    lines = with_guards(model.givens, {key: told(one) for key, one in model.lines.items()})
    members, front = model.members.changed(moved), _shown(model.front, everywhere)
    return replace(model, lines=lines, checks=checks, members=members, front=front).named()


def _shown(front: Front, everywhere: Mapping[str, str]) -> Front:
    """The first page with what is known where it shows what is given."""

    def known(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(everywhere.get(key, key) for key in keys)

    return replace(
        front,
        resting_on=known(front.resting_on),
        also_resting_on=known(front.also_resting_on),
        assumptions=known(front.assumptions),
    )

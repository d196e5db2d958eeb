"""Lines and inputs that a scenario adds: which totals they can be a part of, where they stand."""

from __future__ import annotations

from collections.abc import Mapping

from tco.lines import YEARS, Given, Line, Model, where
from tco.lines.expression import Binary, Call, Expression, Reference
from tco.model import OWNED, OWNED_SECTIONS
from tco.model.state import SAID

_NO_SECTION = frozenset({"general", "published", "deadlines", *SAID})
_FIRST = ("workload", OWNED)  # of a line that reads nothing of the model


def totals(model: Model) -> list[str]:
    """The lines that are the sum of parts, and of nothing else."""
    named = dict.fromkeys(said.of for one in model.items.values() for said in one.parts)
    return [
        key for key in named
        if key in model.lines
        and {one.key for one in model.members.of(key)} == set(model.lines[key].needs)
        and _is_sum(model.lines[key].tree)
    ]  # fmt: skip


def _is_sum(tree: Expression) -> bool:
    if isinstance(tree, Call) and tree.word is where:
        return _is_sum(tree.parts[1])
    if isinstance(tree, Binary):
        return tree.sign == "+" and _is_sum(tree.left) and _is_sum(tree.right)
    return isinstance(tree, Reference)


def homes_of(model: Model, givens: Mapping[str, Given], made: Mapping[str, Line]) -> dict[str, str]:
    """The section of each own input and line: of its total, else of the last thing it reads.

    Rows of a table are read only on its own sheet.
    """
    sections = {one.section for one in model.lines.values()} - _NO_SECTION
    first = next(iter([*(one for one in _FIRST if one in sections), *sorted(sections)]))
    homes: dict[str, str] = {}

    def home(key: str) -> str:
        if key not in homes:
            one = made[key]
            last = {need: home(need) if need in made else model[need].section
                    for need in one.needs if need in made or need in model}  # fmt: skip
            rows = [here for need, here in last.items() if along(need) not in (None, YEARS)]
            total = [model[said.of].section for said in one.parts]
            found = [*[here for here in last.values() if here in sections], *total, *rows]
            homes[key] = found[-1] if found else first
        return homes[key]

    def along(key: str) -> str | None:
        return made[key].along if key in made else model[key].along

    read_in: dict[str, str] = {}
    for key, one in made.items():
        for need in one.needs:
            read_in.setdefault(need, home(key))
    held = {one.section for one in model.givens.values()} - _NO_SECTION
    for key in givens:
        section = read_in.get(key, first)
        homes[key] = section if section in held else (
            OWNED if section in OWNED_SECTIONS and OWNED in held else first
        )  # fmt: skip
    return homes

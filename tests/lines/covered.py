"""Which numeric lines there are, kind by kind, and the worked examples of each."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from tco.lines import Line, Model
from tco.lines.model import EVIDENCE
from tco.model import KINDS, OWNABLE, OWNED, model_for
from tests.lines.examples import WORKED
from tests.lines.limits import examples_of
from tests.lines.worked import Example

# Lines that need no example, each with its reason. There are none: a line that is a bare link or
# a column put together from others can be put together wrongly too.
EXEMPT: Mapping[str, str] = {}


def models() -> list[tuple[str, bool, str]]:
    """Every kind of scenario, with the years of ownership where a file may ask, and with quotes."""
    plain = [*((kind, False, "") for kind in KINDS), *((kind, True, "") for kind in OWNABLE)]
    return [*plain, (OWNED, False, "single"), (OWNED, False, "split")]


def model_of(kind: str, owned: bool, quoted: str) -> Model:
    """The model of a kind; `quoted` is "" for no quotes, single or split by whom they award."""
    return model_for(kind, owned, quoted=bool(quoted), awarded=quoted == "split")


def numeric(kind: str, owned: bool, quoted: str) -> list[Line]:
    """The lines of a kind that are numbers; checks' flags are among them."""
    return numbers(model_of(kind, owned, quoted).lines)


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
    """The examples written for a line."""
    return _written().get(id(line.rule)) or _written().get((line.key, repr(line.tree)), [])


@functools.cache
def examples(kind: str, owned: bool, quoted: str) -> dict[str, list[Example]]:
    """The examples of each numeric line of a kind, none where there are none."""
    made: dict[str, list[Example]] = {}
    for one in examples_of(model_of(kind, owned, quoted)):
        made.setdefault(one.line.key, []).append(one)
    return {
        one.key: examples_written_for(one) or made.get(one.key, [])
        for one in numeric(kind, owned, quoted)
    }

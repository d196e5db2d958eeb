"""Which figures stand behind the first page: those that a book shows as built and as they are."""

from __future__ import annotations

from collections.abc import Iterator

from tco.lines import Model
from tco.model.board import SECTION, board_lines
from tco.model.state import TOLD, TOLD_WORDS
from tco.page.board import board_page
from tco.page.content import YEARLY, Along, Cell, Chart, Phrase, Ref, Table
from tco.page.years import of_cash
from tco.scenario import Scenario

# What waits for all checks: a check of it would read itself.
_STATE = ("errors", "first_finding", *TOLD, *TOLD_WORDS)
# Sections whose lines are the scale of the page, or what inputs are at both ends of their ranges.
_NONE_OF = (SECTION, "drivers", "ranges")


def figures(scenario: Scenario) -> tuple[str, ...]:
    """The keys of every computed number of the first page, and of those its sentences say.

    None where the kind has no first page. Whatever waits for the checks is left out.
    """
    page, model = board_page(scenario), scenario.model
    if page is None:
        return ()
    waiting = {*_STATE, *model.downstream(_STATE)}
    shown = [*board_lines(model), *board_lines(model, figures=True)]
    for one in page.exhibits:
        shown += _of_block(one.block, model)
        shown += one.bars.of if one.bars else ()
    found: dict[str, None] = {}
    _follow(scenario, shown, found, set())
    return tuple(key for key in found
                 if key not in waiting and model[key].section not in _NONE_OF)  # fmt: skip


def _of_block(block: object, model: Model) -> Iterator[str]:
    """The keys that a table or a chart shows, or would once something is typed in the book."""
    if isinstance(block, Table):
        for row in block.rows:
            yield from _of_cells(row.cells)
    if isinstance(block, Chart) and block.kind == YEARLY:
        yield from of_cash(model)
    elif isinstance(block, Chart):
        for one in block.series:
            if isinstance(one.values, Along):
                yield one.values.key
            else:
                yield from _of_cells(one.values)


def _of_cells(cells: tuple[Cell, ...]) -> Iterator[str]:
    for cell in cells:
        if isinstance(cell, Ref):
            yield cell.key
        elif isinstance(cell, Phrase):
            yield from cell.keys


def _follow(scenario: Scenario, keys: list[str], found: dict[str, None], seen: set[str]) -> None:
    """Add the computed numbers among keys; of a sentence those that it is made of."""
    lines = scenario.model.lines
    for key in keys:
        if key in seen or key not in lines:
            continue
        seen.add(key)
        if lines[key].is_text:
            _follow(scenario, list(lines[key].needs), found, seen)
        else:
            found[key] = None

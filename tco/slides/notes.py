"""What a speaker is asked: in which cell of the workbook each number of a slide stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tco.page.content import Cell, Phrase, Ref
from tco.page.shown import Front, Shown
from tco.page.values import printed
from tco.workbook.grid import Layout
from tco.workbook.linking import linked
from tco.workbook.ownership import grid_places
from tco.workbook.pictures import ranges

HEAD = "Where the numbers of this slide stand in the workbook:"


def of_front(layout: Layout, found: Front) -> str:
    """The sentences and figures of the first slide."""
    page = found.page
    said = [_placed(layout, one) for one in page.sentences]
    said += [f"{one.label}: {_placed(layout, Ref(one.key))}" for one in page.tiles]
    return _whole(said)


def of_exhibits(layout: Layout, *found: Shown) -> str:
    """Exhibits: what their sentences say, and each row of their tables, or where charts read."""
    said: list[str] = []
    for one in found:
        said += (_placed(layout, ref) for ref in one.heading.of)
        said += _rows(layout, one)
        said += _drawn(layout, one)
    return _whole(dict.fromkeys(said))


def _whole(said: Iterable[str]) -> str:
    return "\n".join((HEAD, *said))


def _placed(layout: Layout, ref: Ref) -> str:
    """A value as it is printed, its cell, and the name of that."""
    _, place = linked(layout, ref)
    name = layout.named.get(place, "")
    return f"{printed(layout.scenario, ref)} = {place}{f' ({name})' if name else ''}"


def _rows(layout: Layout, one: Shown) -> Iterator[str]:
    """A line for each row of a table."""
    for row in one.rows:
        cells = [f"{head}: {found}" if head else found
                 for head, cell in zip(one.table.headings, row.cells, strict=False)
                 for found in _of_cell(layout, cell)]  # fmt: skip
        if cells:
            yield "; ".join(cells)


def _of_cell(layout: Layout, cell: Cell) -> Iterator[str]:
    if isinstance(cell, Ref):
        yield _placed(layout, cell)
    elif isinstance(cell, Phrase):
        yield from (_placed(layout, Ref(key)) for key in cell.keys)


def _drawn(layout: Layout, one: Shown) -> Iterator[str]:
    """Where bars, charts and grids read."""
    if one.chart:
        found = ranges(layout, one.chart.of)
        yield f"across: {found.across}"
        pairs = zip(one.chart.of.series, found.series, strict=True)
        yield from (f"{series.name}: {area}" for series, area in pairs)
        yield from (f"{one.chart.of.mark[0]}: {area}" for area in found.mark
                    if one.chart.of.mark)  # fmt: skip
    if one.bars:
        for (name, _), key in zip(one.bars.series, one.bars.keys, strict=False):
            sheet, area = layout.ranges[key]
            yield f"{name}: '{sheet}'!{area}"
    if one.grid:
        yield from _of_grid(layout, one)


def _of_grid(layout: Layout, one: Shown) -> Iterator[str]:
    """A line for each row of the grid, and one for its heads."""
    assert one.grid
    places = grid_places(layout, one.grid.size)
    heads = zip(one.table.headings[1:], places.across, strict=True)
    yield "; ".join(f"{text} = {place}" for text, (_, place) in heads)
    for row, down, cells in zip(one.table.rows, places.down, places.cells, strict=True):
        texts = zip(row.cells, (down, *cells), strict=True)
        yield "; ".join(f"{text} = {place}" for text, (_, place) in texts)

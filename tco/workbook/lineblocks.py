"""The plan of a working sheet: its results, then block by block the links and what they feed.

A block is what stands below one heading of the model. Right above its lines stand the links that
it is the first to use; a later block reads them where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tco.lines import YEARS, Line, Model, is_row_by_row
from tco.scenario import Scenario
from tco.workbook.grid import FIRST_ROW
from tco.workbook.places import axis_of
from tco.workbook.rowtables import RowTable, row_tables
from tco.workbook.sheets import WorkingSheet

RESULTS, UNNAMED = "Results", "Workings"
MANY = 16  # links above one block: where there are more, each stands above the line it feeds


@dataclass(frozen=True)
class LinePlan:
    """The row of everything on a working sheet.

    `results` repeat lines of the sheet, `links` and `year_links` are references to other sheets,
    one value or a row of years, `rows` are the lines that are no columns of tables.
    """

    headings: Mapping[int, str]
    results: Mapping[str, int]
    links: Mapping[str, int]
    year_links: Mapping[str, int]
    rows: Mapping[str, int]
    tables: tuple[RowTable, ...]
    last: int

    @property
    def linked(self) -> set[int]:
        """The rows of all links."""
        return {*self.links.values(), *self.year_links.values()}


@dataclass
class _Block:
    """What stands below a heading: its lines, and then its tables."""

    heading: str
    lines: list[Line] = field(default_factory=list)
    tables: list[RowTable] = field(default_factory=list)


def lines_of(model: Model, plan: WorkingSheet) -> list[Line]:
    """The lines a sheet shows, in the order they are written."""
    return [one for one in model.lines.values() if one.section == plan.section]


def line_plan(scenario: Scenario, plan: WorkingSheet) -> LinePlan:
    """Where everything of a sheet stands."""
    lines = lines_of(scenario.model, plan)
    walk = _Walk(scenario.model, {one.key for one in lines})
    scalars = {one.key for one in lines if one.along is None}
    walk.begin([key for key in plan.page.totals if key in scalars])
    for block in _blocks(scenario.model, lines, row_tables(scenario, plan, lines)):
        walk.add(block)
    return walk.plan()


def _blocks(
    model: Model, lines: Sequence[Line], tables: Iterable[RowTable]
) -> Iterator[_Block]:  # fmt: skip
    """The blocks of a section in the order written; a table stands where its first line does."""
    begins = {next(one.key for one in table.columns if isinstance(one, Line)): table
              for table in tables}  # fmt: skip
    block = _Block("")
    for one in lines:
        if one.key in model.headings:
            if block.lines or block.tables:
                yield block
            block = _Block(model.headings[one.key])
        if one.along in (None, YEARS):
            block.lines.append(one)
        elif one.key in begins:
            block.tables.append(begins[one.key])
    if block.lines or block.tables:
        yield block


class _Walk:
    """Down a sheet, row by row."""

    def __init__(self, model: Model, own: set[str]) -> None:
        self.model, self.own, self.row = model, own, FIRST_ROW
        self.order = {key: place for place, key in enumerate((*model.givens, *model.lines))}
        self.headings: dict[int, str] = {}
        self.results: dict[str, int] = {}
        self.links: dict[str, int] = {}
        self.year_links: dict[str, int] = {}
        self.rows: dict[str, int] = {}
        self.tables: list[RowTable] = []

    def plan(self) -> LinePlan:
        """All that was met."""
        return LinePlan(self.headings, self.results, self.links, self.year_links, self.rows,
                        tuple(self.tables), self.row - 1)  # fmt: skip

    def begin(self, results: Iterable[str]) -> None:
        """With what the sheet is about."""
        self._into(self.results, results, RESULTS)

    def add(self, block: _Block) -> None:
        """A block, with the links that it is the first to use."""
        first, nothing_above = self.row, not (self.rows or self.tables)
        alone = not block.lines and len(block.tables) == 1
        heading = block.heading or (block.tables[0].heading if alone else "")
        if heading or self.results:
            self._head(heading or UNNAMED)
        for lines in self._runs(block.lines):
            self._link(lines)
            for one in lines:
                self._into(self.rows, [one.key])
        for table in block.tables:
            top = self.row
            if table.heading != heading:
                self._head(table.heading)
            elif block.lines:
                top = 0
            else:
                top = first
            self._table(table, 0 if nothing_above and not block.lines else top)
            nothing_above = False

    def _into(self, rows: dict[str, int], keys: Iterable[str], heading: str = "") -> None:
        found = list(keys)
        if found and heading:
            self._head(heading)
        for key in found:
            rows[key] = self.row
            self.row += 1

    def _head(self, heading: str) -> None:
        self.headings[self.row] = heading
        self.row += 1

    def _runs(self, lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
        """The lines of a block together, or one by one where they read much."""
        if sum(map(len, self._new(lines))) <= MANY:
            yield lines
        else:
            yield from ([one] for one in lines)

    def _new(self, lines: Sequence[Line]) -> tuple[list[str], list[str]]:
        """What lines read of other sheets that is not linked to yet: one value, rows of years.

        A table put together links row by row instead.
        """
        read = {need for one in lines for need in one.needs if self._is_new(need)}
        apart = {need for one in lines if not is_row_by_row(one.tree) for need in one.needs}
        ordered = sorted(read, key=self.order.__getitem__)
        along = {key: axis_of(self.model, key) for key in ordered}
        scalars = [key for key in ordered if not along[key] and key in apart]
        years = [key for key in ordered if along[key] == YEARS and key in self.model.lines]
        return scalars, years

    def _is_new(self, key: str) -> bool:
        known = key in self.own or key in self.links or key in self.year_links
        return not known and key in self.order

    def _link(self, lines: Sequence[Line]) -> None:
        scalars, years = self._new(lines)
        self._into(self.links, scalars)
        self._into(self.year_links, years)

    def _table(self, table: RowTable, top: int) -> None:
        """A table, with its links above its heads."""
        self._link([one for one in table.columns if isinstance(one, Line)])
        first = self.row + 1 + table.steps_back
        self.tables.append(replace(table, first=first, top=top))
        self.row = self.tables[-1].last + 1

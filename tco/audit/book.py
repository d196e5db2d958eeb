"""A workbook as rules look at it: cells, shapes of formulas, looks, and what reads what."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tco.audit.elements import NOTHING, Element
from tco.audit.formula import Box, Shape
from tco.audit.styles import PLAIN, Look
from tco.verify.formulas import column as number_of

At = tuple[int, int]  # row, column
Value = float | str | bool | None


@dataclass(slots=True)
class Cell:
    """A cell.

    Attributes:
        value: what it shows: the constant, or what the file stores for the formula.
        is_error: whether that is an error's text.
        shape: of its formula; None for a constant.
        spread: whether the formula is one for many cells, or fills a table of its own.
    """

    value: Value
    is_error: bool = False
    shape: Shape | None = None
    style: int = 0
    spread: bool = False

    @property
    def number(self) -> float | None:
        """Its number; None for texts, blanks, errors and yes or no."""
        return self.value if type(self.value) is float and not self.is_error else None

    @property
    def text(self) -> str:
        """Its text, stripped; "" for all else."""
        return self.value.strip() if isinstance(self.value, str) and not self.is_error else ""

    @property
    def constant(self) -> float | None:
        """Its number, where somebody typed it."""
        return self.number if self.shape is None else None


EMPTY = Cell(None)
_MOST_MEANT = 100  # areas that a name stands for


@dataclass
class Sheet:
    """A sheet with cells.

    Attributes:
        place: among the sheets, from 0.
        state: visible, hidden or veryHidden.
        cells: those that are filled; one that only has a look is not.
        bare: the looks of cells without content.
        root: what stands beside the cells in its part.
    """

    name: str
    place: int
    state: str = "visible"
    cells: dict[At, Cell] = field(default_factory=dict)
    bare: dict[At, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    filtered: bool = False
    root: Element = field(default_factory=lambda: NOTHING)
    charts: list[Element] = field(default_factory=list)

    @cached_property
    def rows(self) -> dict[int, list[int]]:
        """The filled columns of each row, in order."""
        return _lines(self.cells, 0)

    @cached_property
    def columns(self) -> dict[int, list[int]]:
        """The filled rows of each column, in order."""
        return _lines(self.cells, 1)

    @cached_property
    def in_order(self) -> list[int]:
        """The columns in which anything stands."""
        return sorted(self.columns)

    @cached_property
    def formulas(self) -> dict[At, Cell]:
        """The cells with a formula."""
        return {at: one for at, one in self.cells.items() if one.shape is not None}

    @cached_property
    def hidden_columns(self) -> set[int]:
        """The hidden columns, as far as there is something in them."""
        found = set()
        for one in self.root.all("col"):
            if one.is_on("hidden"):
                first, last = one.number("min", 1), one.number("max", 1)
                found |= {at for at in self.columns if first <= at <= last}
        return found

    @cached_property
    def merged(self) -> list[Box]:
        """The cells that are merged."""
        return [box for one in self.root.all("mergeCell") for box in areas_in(one.get("ref"))]

    @cached_property
    def merges(self) -> Covered:
        """The same, to ask of many cells."""
        found = Covered()
        found.add_all(areas_in(" ".join(map(str, self.merged)), self.name))
        return found

    def at(self, row: int, column: int) -> Cell:
        """A cell, an empty one where nothing stands."""
        return self.cells.get((row, column), EMPTY)

    def filled(self, box: Box) -> Iterator[tuple[At, Cell]]:
        """The filled cells of a box, column by column."""
        columns = self.in_order
        for column in columns[bisect_left(columns, box.left) : bisect_right(columns, box.right)]:
            rows = self.columns[column]
            for row in rows[bisect_left(rows, box.top) : bisect_right(rows, box.bottom)]:
                yield (row, column), self.cells[row, column]

    def label(self, row: int, column: int) -> str:
        """The nearest text to the left of a cell in its row."""
        filled = self.rows.get(row, [])
        for left in reversed(filled[: bisect_left(filled, column)]):
            cell = self.cells[row, left]
            if cell.text and (cell.shape is None or not _number_like(cell.text)):
                return cell.text
        return ""

    def heading(self, row: int, column: int) -> str:
        """The nearest text above a cell in its column."""
        filled = self.columns.get(column, [])
        for above in reversed(filled[: bisect_left(filled, row)]):
            if self.cells[above, column].text:
                return self.cells[above, column].text
        return ""


def _number_like(text: str) -> bool:
    return text.replace(".", "").replace(",", "").lstrip("-").isdigit()


def _lines(cells: dict[At, Cell], axis: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for at in cells:
        found[at[axis]].append(at[1 - axis])
    return {line: sorted(filled) for line, filled in found.items()}


_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_MOST_AREAS = 5_000  # of one list


def areas_in(text: str, sheet: str = "") -> list[Box]:
    """The areas of a list such as A1:B2 C3; what is none is left out."""
    found = []
    for area in text.split()[:_MOST_AREAS]:
        if match := _AREA.fullmatch(area):
            left, top, right, bottom = match.groups()
            found.append(Box(sheet, int(top), number_of(left), int(bottom or top),
                             number_of(right or left)))  # fmt: skip
    return found


@dataclass(frozen=True)
class Group:
    """Cells of a sheet with the same formula, copied."""

    sheet: Sheet
    shape: Shape
    cells: tuple[At, ...]

    def text(self) -> str:
        """The formula as the first of them has it, cut where it is long."""
        said = self.shape.text_at(*self.cells[0])
        return said if len(said) <= 80 else f"{said[:79]}…"


@dataclass(frozen=True)
class Name:
    """A defined name: `sheet` is the one it holds for, "" for all."""

    name: str
    meaning: str
    sheet: str
    hidden: bool


@dataclass
class Book:
    """A workbook.

    Attributes:
        parts: the names of all parts of the package.
        main: the part that lists sheets, names and how the book calculates.
        others: properties, links to other books and the like, by the names of their parts.
        tables: the cells of each table below its headings, with its columns, in capitals.
    """

    path: str
    sheets: list[Sheet]
    names: list[Name]
    looks: list[Look]
    parts: list[str]
    main: Element
    others: dict[str, Element]
    links: dict[str, list[tuple[str, str]]]
    tables: dict[str, tuple[Box, list[str]]]
    work: int = 0  # cells that were added up to check sums

    @cached_property
    def by_name(self) -> dict[str, Sheet]:
        """Sheets by their names in capitals."""
        return {one.name.upper(): one for one in self.sheets}

    @cached_property
    def titles(self) -> set[str]:
        """The names of all sheets in capitals, those without cells too."""
        return {one.get("name").upper() for one in self.main.all("sheet")}

    @cached_property
    def meanings(self) -> dict[str, list[Box]]:
        """What each defined name stands for, in capitals: cells, none where it is no cells."""
        from tco.audit.formula import Shapes

        found: dict[str, list[Box]] = {}
        for one in self.names:
            tokens = Shapes().of(one.meaning[:8192], 1, 1).references
            found[one.name.upper()] = [
                token.reference.box(one.sheet, 1, 1) for token in tokens
                if token.reference is not None and not token.reference.outside
                and token.reference.first.row_fixed and token.reference.first.column_fixed
            ][:_MOST_MEANT]  # fmt: skip
        return found

    @cached_property
    def groups(self) -> list[Group]:
        """All formulas, copies together, sheet by sheet."""
        found: dict[tuple[int, int], list[At]] = defaultdict(list)
        for sheet in self.sheets:
            for at, cell in sheet.formulas.items():
                found[sheet.place, id(cell.shape)].append(at)
        places = {one.place: one for one in self.sheets}
        made = []
        for (place, _), cells in found.items():
            shape = places[place].cells[cells[0]].shape
            if shape is not None:
                made.append(Group(places[place], shape, tuple(cells)))
        return made

    def look(self, cell: Cell) -> Look:
        """How a cell looks."""
        return self.looks[cell.style] if cell.style < len(self.looks) else PLAIN

    def sheet(self, name: str) -> Sheet | None:
        """A sheet by its name, in whatever case."""
        return self.by_name.get(name.upper())

    def token_boxes(self, shape: Shape, number: int, sheet: Sheet, at: At) -> list[Box]:
        """The cells that one token of a formula names: a reference, a name or a table's column."""
        token = shape.tokens[number]
        if token.reference is not None:
            if token.reference.outside:
                return []
            return [token.reference.box(sheet.name, *at)]
        if token.kind != "name":
            return []
        plain = token.text.rpartition("!")[2]
        if "[" in plain:
            return self._of_table(plain)
        return self.meanings.get(plain.upper(), [])

    def _of_table(self, text: str) -> list[Box]:
        name, _, rest = text.partition("[")
        if (found := self.tables.get(name.upper())) is None:
            return []
        box, columns = found
        wanted = [one for one in columns if f"[{one}]" in f"[{rest}".upper()]
        if len(wanted) != 1:
            return [box]
        right = box.left + columns.index(wanted[0])
        return [Box(box.sheet, box.top, right, box.bottom, right)]

    def reads(self, sheet: Sheet, at: At) -> Iterator[Box]:
        """All the cells that the formula in a cell reads, box by box."""
        shape = sheet.cells[at].shape
        if shape is None:
            return
        for number, token in enumerate(shape.tokens):
            if token.kind in ("cells", "name"):
                yield from self.token_boxes(shape, number, sheet, at)

    def cell(self, box: Box) -> Cell:
        """The first cell of a box."""
        sheet = self.sheet(box.sheet)
        return EMPTY if sheet is None else sheet.at(box.top, box.left)

    @cached_property
    def read(self) -> Covered:
        """The cells that any formula reads."""
        found = Covered()
        for sheet in self.sheets:
            for at in sheet.formulas:
                for box in self.reads(sheet, at):
                    found.add(box)
        return found

    @cached_property
    def added(self) -> Covered:
        """The cells that formulas compute with as numbers: of sums and of arithmetic."""
        found = Covered()
        for group in self.groups:
            numeric = [
                number for number, token in enumerate(group.shape.tokens)
                if token.kind in ("cells", "name") and computes(group.shape, number)
            ]  # fmt: skip
            for at in group.cells if numeric else ():
                for number in numeric:
                    for box in self.token_boxes(group.shape, number, group.sheet, at):
                        found.add(box)
        return found

    @cached_property
    def matched(self) -> Covered:
        """The cells that formulas compare with words or look words up in."""
        found = Covered()
        for group in self.groups:
            matching = [
                number for number, token in enumerate(group.shape.tokens)
                if token.kind in ("cells", "name") and _matches(group.shape, number)
            ]  # fmt: skip
            for at in group.cells if matching else ():
                for number in matching:
                    for box in self.token_boxes(group.shape, number, group.sheet, at):
                        found.add(box)
        return found


_MATCHING = frozenset(("VLOOKUP", "HLOOKUP", "MATCH", "LOOKUP", "XLOOKUP", "XMATCH", "SUMIF",
                       "SUMIFS", "COUNTIF", "COUNTIFS", "AVERAGEIF", "AVERAGEIFS"))  # fmt: skip


def _matches(shape: Shape, number: int) -> bool:
    token = shape.tokens[number]
    if token.inside >= 0 and shape.calls[token.inside].name in _MATCHING:
        return True
    return "=" in shape.around(number)


SUMMING = frozenset(("SUM", "AVERAGE", "SUMPRODUCT", "MIN", "MAX", "NPV", "IRR", "SUBTOTAL",
                     "MEDIAN", "STDEV", "VAR", "PRODUCT", "XNPV", "XIRR"))  # fmt: skip


def computes(shape: Shape, number: int) -> bool:
    """Whether a formula takes what this token names as a number."""
    token = shape.tokens[number]
    before, after = shape.around(number)
    if any(one in ("+", "-", "*", "/", "^") for one in (before, after)):
        return True
    return token.inside >= 0 and shape.calls[token.inside].name in SUMMING


class Covered:
    """Cells that are covered by boxes: whether one is, without looking at each box."""

    def __init__(self) -> None:
        self.boxes: set[tuple[str, int, int, int, int]] = set()
        self._spans: dict[str, dict[int, list[tuple[int, int]]]] | None = None
        self._wide: dict[str, list[tuple[int, int, int, int]]] = {}

    def add(self, box: Box) -> None:
        """Cover a box."""
        self.boxes.add((box.sheet.upper(), box.top, box.left, box.bottom, box.right))
        self._spans = None

    def add_all(self, boxes: Iterable[Box]) -> None:
        """Cover many."""
        for box in boxes:
            self.add(box)

    def holds(self, sheet: str, row: int, column: int) -> bool:
        """Whether a cell is covered."""
        if self._spans is None:
            self._sort()
        spans = (self._spans or {}).get(sheet.upper(), {}).get(column, [])
        at = bisect_right(spans, (row, 1 << 30)) - 1
        if at >= 0 and spans[at][1] >= row:
            return True
        return any(
            top <= row <= bottom and left <= column <= right
            for top, left, bottom, right in self._wide.get(sheet.upper(), ())
        )

    def _sort(self) -> None:
        """Spans of rows by column, joined where they touch; boxes of many columns stay boxes."""
        found: dict[str, dict[int, list[tuple[int, int]]]] = {}
        wide: dict[str, set[tuple[int, int, int, int]]] = {}
        for sheet, top, left, bottom, right in self.boxes:
            if right - left > 200:
                wide.setdefault(sheet, set()).add((top, left, bottom, right))
                continue
            columns = found.setdefault(sheet, {})
            for column in range(left, right + 1):
                columns.setdefault(column, []).append((top, bottom))
        for columns in found.values():
            for column, spans in columns.items():
                columns[column] = _joined(sorted(spans))
        self._spans = found
        self._wide = {sheet: sorted(boxes)[:500] for sheet, boxes in wide.items()}


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for top, bottom in spans:
        if joined and top <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], bottom)
        else:
            joined.append((top, bottom))
    return joined

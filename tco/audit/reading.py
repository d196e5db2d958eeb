"""From a file to a book: whatever is hostile or no workbook is refused on the way, never read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tco.audit.book import Book, Cell, Name, Sheet, areas_in
from tco.audit.elements import Element, SheetTree, tree_of
from tco.audit.formula import Box, Shape, Shapes
from tco.audit.styles import Look, looks
from tco.errors import Mistakes
from tco.unpacking import Package, UnreadableError
from tco.verify.formulas import BeyondError, Formulas
from tco.verify.parts import Cell as Stored
from tco.verify.parts import OddError, Texts, book_in, found_part, inspect, links_of
from tco.verify.reading import named, number_of_text, unescaped, value_of
from tco.verify.refusing import OWN, opened

MOST_CELLS = 3_000_000  # of a book; the largest bundled one has 60,000
MOST_FORMULAS = 500_000
MOST_TOKENS = 8_000_000  # of all formulas; the largest bundled book has a million
_FEWER = "Split it into smaller workbooks and audit each."
_SAVE = "Open it in a spreadsheet program and save it as .xlsx."
# What is said of files that should be ours, where any workbook will do.
_ANY = "Name an .xlsx or .xlsm workbook."
_REMEDIES = {
    OWN: _ANY, f"{OWN} A scenario becomes one by: tco build": _ANY,
    "Write it first: tco build": "Check the path.", "Write it again: tco build": _ANY,
    "Fetch the file again, or write it again: tco build": "Fetch the file again.",
}  # fmt: skip
_MOST_BRACKETS = 400  # of one formula's names of tables: each is looked for to the end


def read_book(path: Path) -> Book:
    """A workbook. Raises `Mistakes` for what is none, is hostile, or is too large."""
    try:
        with opened(path) as package:
            inspect(package)
            return _Reading(path, package).book()
    except Mistakes as error:
        raise Mistakes(
            replace(one, remedy=_REMEDIES.get(one.remedy, one.remedy)) for one in error.mistakes
        ) from None


@dataclass
class _Reading:
    """Goes through a package once."""

    path: Path
    package: Package
    shapes: Shapes = field(default_factory=Shapes)
    shared: dict[str, tuple[Shape, str]] = field(default_factory=dict)
    texts: list[tuple[Cell, int]] = field(default_factory=list)
    filled: int = 0
    formulas: int = 0
    tokens: int = 0

    def book(self) -> Book:
        package = self.package
        self.limits = Formulas(())
        makeup = book_in(package, calculates=False)
        self.parts = {name.lower(): name for name in package.sizes}
        main = tree_of(package, makeup.main)
        states = {one.get("name"): one.get("state", "visible") for one in main.all("sheet")}
        sheets = [
            self._sheet(Sheet(name, place, states.get(name, "visible")), part)
            for place, (name, part) in enumerate(makeup.sheets.items())
        ]
        self._fill_texts(makeup.texts)
        links = {part: self._links(part) for part in (makeup.main, *makeup.sheets.values())}
        tables: dict[str, tuple[Box, list[str]]] = {}
        for sheet, part in zip(sheets, makeup.sheets.values(), strict=True):
            self._beside(sheet, part, links, tables)
        others = {
            name: tree_of(package, name) for name in package.sizes
            if name.lower().startswith(("docprops/", "xl/externallinks/externallink", "xl/conn"))
            and name.lower().endswith(".xml")
        }  # fmt: skip
        return Book(
            str(self.path), sheets, _names(main, [one.get("name") for one in main.all("sheet")]),
            self._looks(makeup.main), list(package.sizes), main, others, links, tables,
        )  # fmt: skip

    def _looks(self, main: str) -> list[Look]:
        styles = next(iter(self._linked(main, "styles")), "")
        theme = next(iter(self._linked(main, "theme")), "")
        return looks(tree_of(self.package, styles), tree_of(self.package, theme))

    def _links(self, part: str) -> list[tuple[str, str]]:
        return list(links_of(self.package, self.parts, part).values())

    def _linked(self, part: str, kind: str) -> Iterable[str]:
        """The parts of a kind that a part leads to."""
        for found, target in self._links(part):
            if found == kind and (at := found_part(self.parts, part, target)) is not None:
                yield at

    # ---- cells ----------------------------------------------------------------------------------

    def _sheet(self, sheet: Sheet, part: str) -> Sheet:
        self.sheet = sheet
        self.shared.clear()

        def row(number: int, attributes: dict[str, str]) -> None:
            if attributes.get("hidden", "0") in ("1", "true"):
                sheet.hidden_rows.add(number)

        reader = SheetTree(self._visit, row)
        try:
            reader.parse(self.package, part)
        except OddError as error:
            wrong = f"its sheet {sheet.name} has {error.what}"
            raise UnreadableError(wrong, error.remedy) from None
        sheet.root = reader.root
        filter_ = reader.root.first("autoFilter")
        sheet.filtered = filter_ is not None and filter_.first("filterColumn") is not None
        return sheet

    def _visit(self, cell: Stored) -> None:
        at = cell.row, cell.column
        style = int(cell.style) if cell.style.isdigit() and len(cell.style) < 7 else 0
        made = Cell(None, cell.kind == "e", style=style)
        if cell.kind == "s" and cell.text is not None:
            self.texts.append((made, number_of_text(cell)))
        elif cell.kind == "b":
            found = value_of(cell)
            made.value = None if found is None else bool(found)
        else:
            made.value = value_of(cell)
        if cell.formula is not None:
            self._add_formula(cell, made)
        elif made.value in (None, "") and cell.kind != "s":
            self.sheet.bare[at] = style
            return
        self.sheet.cells[at] = made
        self.filled += 1
        if self.filled > MOST_CELLS:
            raise UnreadableError(f"it has more than {MOST_CELLS:,} cells", _FEWER)

    def _add_formula(self, cell: Stored, made: Cell) -> None:
        self.formulas += 1
        if self.formulas > MOST_FORMULAS:
            raise UnreadableError(f"it has more than {MOST_FORMULAS:,} formulas", _FEWER)
        kind, number = cell.about.get("t", ""), cell.about.get("si", "")
        made.spread = kind in ("array", "dataTable")
        if kind == "shared" and not cell.formula:
            if number in self.shared:
                made.shape = self.shared[number][0]
                self._count(made.shape)
            return
        formula = cell.formula or ""
        if kind == "dataTable":
            formula = "TABLE()"
        self._look(cell, formula)
        made.shape = self.shapes.of(formula.strip().removeprefix("="), cell.row, cell.column)
        self._count(made.shape)
        if kind == "shared":
            self.shared[number] = made.shape, formula

    def _count(self, shape: Shape) -> None:
        self.tokens += len(shape.tokens)
        if self.tokens > MOST_TOKENS:
            wrong = f"its formulas have more than {MOST_TOKENS:,} signs, names and numbers"
            raise UnreadableError(wrong, _FEWER)

    def _look(self, cell: Stored, formula: str) -> None:
        place = named((self.sheet.name, cell.row, cell.column))
        try:
            self.limits.look(formula)
        except BeyondError as error:
            raise UnreadableError(f"its cell {place} {error}", _SAVE) from None
        if formula.count("[") > _MOST_BRACKETS:
            wrong = f"its cell {place} has a formula with more than {_MOST_BRACKETS} brackets"
            raise UnreadableError(wrong, _SAVE)

    def _fill_texts(self, part: str) -> None:
        wanted = {number for _, number in self.texts}
        reader = Texts(wanted)
        if part:
            reader.parse(self.package, part)
        if missing := wanted - reader.found.keys():
            raise UnreadableError(f"its text number {min(missing)} is missing", _SAVE)
        for cell, number in self.texts:
            cell.value = unescaped(reader.found[number])
        self.texts.clear()

    # ---- what stands beside ---------------------------------------------------------------------

    def _beside(
        self, sheet: Sheet, part: str, links: dict[str, list[tuple[str, str]]],
        tables: dict[str, tuple[Box, list[str]]],
    ) -> None:  # fmt: skip
        for drawing in self._linked(part, "drawing"):
            for chart in self._linked(drawing, "chart"):
                sheet.charts.append(tree_of(self.package, chart))
        for at in self._linked(part, "table"):
            table = tree_of(self.package, at)
            for box in areas_in(table.get("ref"), sheet.name):
                head, foot = table.number("headerRowCount", 1), table.number("totalsRowCount")
                columns = [one.get("name").upper() for one in table.all("tableColumn")]
                body = Box(box.sheet, box.top + head, box.left, box.bottom - foot, box.right)
                name = table.get("displayName") or table.get("name")
                tables[name.upper()] = body, columns


def _names(main: Element, titles: list[str]) -> list[Name]:
    found = []
    for one in main.all("definedName"):
        scope = one.get("localSheetId")
        number = one.number("localSheetId")
        owner = titles[number] if scope and number < len(titles) else ""
        found.append(Name(one.get("name"), one.words.strip(), owner, one.is_on("hidden")))
    return found

"""A bundled book open in LibreOffice, beside the layout that it was written from.

An edit is made twice: in the file, by filling Override cells, and in the scenario, by laying it
out anew. What the program computes must be what the new layout says, cell by cell.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl.utils import range_boundaries

from tco.lines import GivenRows
from tco.model import KINDS, OWNED, model_for
from tco.scenario import Scenario
from tco.verify import agree
from tco.verify.scale import Scales
from tco.verify.tree import tree
from tco.workbook.cells import Book as Layout
from tco.workbook.cells import Cell
from tco.workbook.layout import lay_out
from tests.few import drawn
from tests.loaded import load
from tests.office.program import Book, Key, Office

LIVE, OVERRIDE = 4, 5  # columns of Inputs
SOURCE_OF = 5  # the column of Sources that names the input
# An edited file counts its overrides, which a file built anew has none of.
COUNTS_OVERRIDES = "Inputs overridden in this file"
# Their columns, tables and charts are those of the day when they are built.
DRAWN = ("Board", "Summary")
MOST_JUDGED = 500  # more cells are no noise
SNAPPED = 8.0  # LibreOffice takes a difference for none that is so many times the rounding
STATE, KIND, FIRES, FINDING = ("Checks", 7, 4), 3, 5, 7  # a cell and columns of Checks


def sets(overrides: Mapping[str, Any]) -> list[str]:
    """The same overrides as settings of the command line."""
    return [f"{key}={value}" for key, value in overrides.items()]


def named(overrides: Mapping[str, Any]) -> str:
    """The name of a test of these overrides."""
    return "-".join(f"{key}={value}" for key, value in overrides.items()).translate(
        str.maketrans(":/ ", "___")
    )


def laid_out(name: str) -> Layout:
    """The layout of a bundled scenario as it stands."""
    return _laid_out(name, drawn())


@functools.cache
def _laid_out(name: str, draws: str) -> Layout:
    assert drawn() == draws
    return lay_out(load(name))


class Edited:
    """What each cell comes to after an edit: as it was, but for those that changed."""

    def __init__(self, book: Book, changed: Mapping[Key, Any]) -> None:
        self.book, self.changed = book, changed

    def __call__(self, key: Key) -> Any:
        return self.changed[key] if key in self.changed else self.book[key]


class Live:
    """One bundled workbook, as LibreOffice has it and as it was laid out."""

    def __init__(self, office: Office, name: str, path: Path) -> None:
        self.book: Book = office.open(path)
        self.name, self.layout = name, laid_out(name)
        self.rows_of_sources = _sources(self.layout)
        self.rows_of_inputs = _inputs(self.layout)

    def after(self, overrides: Mapping[str, Any]) -> Callable[[Key], Any]:
        """What each cell comes to once the Override cells are filled."""
        changed = self.book.edited([(*self.override(key), value)
                                    for key, value in overrides.items()])  # fmt: skip
        return Edited(self.book, changed)

    def broken(self, cell: Key, formula: str) -> Callable[[Key], Any]:
        """What each cell comes to while one has another formula."""
        return Edited(self.book, self.book.broken(cell, formula))

    def override(self, key: str) -> Key:
        """The Override cell of an input, or of TABLE.ROW.COLUMN of the sheet Tables."""
        if key in self.layout.names and "." not in key:
            sheet, row, _ = self.named(key)
            assert sheet == "Inputs", key
            return sheet, row, OVERRIDE
        return self._in_table(key)

    def named(self, key: str) -> Key:
        """The cell that a defined name leads to; of a range its first."""
        return self.range_of(key)[0]

    def range_of(self, key: str) -> list[Key]:
        """The cells that a defined name leads to, row by row."""
        sheet, _, area = self.layout.names[key].partition("!")
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        return [(sheet, row, column) for row in range(top, bottom + 1)
                for column in range(left, right + 1)]  # fmt: skip

    def _in_table(self, key: str) -> Key:
        """The Override cell of a row, by the row's name or number and the column's key."""
        axis, _, rest = key.partition(".")
        row, _, column = rest.rpartition(".")
        names = (f"{_tables()[axis].prefix}{column}", column)  # in the file keys may be shorter
        sheet, first, left = next(self.named(one) for one in names if one in self.layout.names)
        cells = self.layout[sheet].cells
        live = str(cells[first - 1, left].value)
        assert sheet == "Tables" and live.startswith("Live: "), live
        wanted = live.replace("Live: ", "Override: ", 1)
        place = next(at for (down, at), cell in cells.items()
                     if down == first - 1 and cell.value == wanted)  # fmt: skip
        last = next(down for down in range(first, first + 9999) if (down, left) not in cells)
        known = {cells[at, 1].value: at for at in range(first, last)}
        return sheet, known.get(row, first + int(row) - 1 if row.isdigit() else 0), place

    def differences(self, got: Callable[[Key], Any], rebuilt: Scenario) -> list[str]:
        """Formula cells that are not what the scenario laid out anew says."""
        # Draws are figures: the file keeps those that it was built with, and says so.
        layout = lay_out(replace(rebuilt, draws_of=load(self.name)))
        counts, there = _counting(layout), {row: key for key, row in _sources(layout).items()}
        # What neither the program nor the new layout has changed is not compared once more.
        moved = got.changed if isinstance(got, Edited) and not self.book.changed else None
        redrawn = {one for one in DRAWN if _shape(self.layout, one) != _shape(layout, one)}
        inputs = {row: self.rows_of_inputs[key] for key, row in _inputs(layout).items()}

        def at_home(key: Key) -> Key:
            """Where the file has a cell: what moves the answer most comes first, as built.

            Pages are drawn as built: columns as wide as numbers need, tables and charts of what
            there is.
            """
            if key[0] in redrawn:
                return self.drawn(key, layout[key[0]].cells[key[1:]].formula)
            return (key[0], inputs.get(key[1], key[1]), key[2]) if key[0] == "Inputs" else key

        found: list[Key] = []
        for sheet in layout.sheets:
            before = self.layout[sheet.title].cells if moved is not None else {}
            for (row, column), cell in sheet.cells.items():
                if not cell.formula or (sheet.title == "Inputs" and column != LIVE):
                    continue
                here = at_home((sheet.title, row, column))
                if moved is not None and here not in moved:
                    was = before.get(here[1:])
                    if was is not None and was.formula and was.value == cell.value:
                        continue
                if sheet.title == "Sources" and row in there:  # guesses come first, as built
                    if there[row] not in self.rows_of_sources:
                        continue  # nobody gave it before, so it had no row
                    here = ("Sources", self.rows_of_sources[there[row]], column)
                if (sheet.title, row, column) in counts:
                    continue
                if sheet.title in redrawn and not self.has(here, cell.formula):
                    continue
                if not agree(stored(cell.value), got(here)) and not _of_a_chart(cell, got(here)):
                    found.append((sheet.title, row, column))
        left = without_noise(layout, found, lambda key: got(at_home(key)))
        wrong = [(key, layout[key[0]].cells[key[1:]]) for key in left]
        return [
            f"{key[0]} row {key[1]} column {key[2]}: rebuilt {cell.value!r}, edited "
            f"{got(at_home(key))!r}"
            for key, cell in wrong
        ]

    def has(self, key: Key, formula: str) -> bool:
        """Whether a cell has that formula, as built."""
        cell = self.layout[key[0]].cells.get(key[1:])
        known = "Inputs!" not in formula  # their order is that of the day too
        return cell is not None and cell.formula == formula and known

    def drawn(self, key: Key, formula: str) -> Key:
        """Where a page has a formula: where the other book has it, else elsewhere, as built."""
        if self.has(key, formula):
            return key
        cells = self.layout[key[0]].cells
        found = [place for place, cell in cells.items() if cell.formula == formula]
        return (key[0], *min(found, key=lambda one: abs(one[0] - key[1]))) if found else key

    def fired(self, got: Callable[[Key], Any]) -> dict[str, str]:
        """The errors among the checks that fire, by key, each in its words."""
        cells = self.layout["Checks"].cells
        return {
            str(cell.value): str(got(("Checks", row, FINDING)))
            for (row, column), cell in cells.items()
            if column == 1 and (row, KIND) in cells and cells[row, KIND].value == "error"
            if got(("Checks", row, FIRES)) == 1
        }


_BASES = ("bsmall", "noteflow")  # how a chart is drawn, below its heading
SCALE = re.compile(r"\b(?:bn|M|k) (?=[A-Z]{3}\b)")


def _shape(layout: Layout, title: str) -> set[tuple[int, int]]:
    """Where a page has formulas; none where there is no such page."""
    found = (sheet.cells for sheet in layout.sheets if sheet.title == title)
    return {place for place, cell in next(found, {}).items() if cell.formula}


def _of_a_chart(cell: Cell, got: Any) -> bool:
    """Whether they differ by the scale that a chart was drawn in: its axis keeps it in a file."""
    return cell.look in _BASES and SCALE.sub("", str(cell.value)) == SCALE.sub("", str(got))


def without_noise(layout: Layout, wrong: list[Key], got: Callable[[Key], Any]) -> list[Key]:
    """What is left of the differences when the rounding of what their formulas read is forgiven."""
    if not wrong or len(wrong) > MOST_JUDGED:
        return wrong
    sheets = {sheet.title: sheet.cells for sheet in layout.sheets}

    def look(key: Key) -> tuple[Any, Any]:
        cell = sheets[key[0]].get(key[1:])
        if cell is None or cell.value is None:
            return None, None
        return stored(cell.value), got(key) if cell.formula else stored(cell.value)

    trees = {key: tree(sheets[key[0]][key[1:]].formula, key[0]) for key in wrong}
    scales = Scales(trees, look, _alike)
    return [key for key in wrong if not _alike(*look(key), scales.of(key))]


def _alike(one: Any, other: Any, scale: float) -> bool:
    return agree(one, other, SNAPPED * scale)


def stored(value: Any) -> Any:
    """A cell's value as a file stores it."""
    return str(value) if isinstance(value, str) else float(value)


def _counting(layout: Layout) -> set[Key]:
    """The cells that count overrides: right of the words that say so."""
    return {
        (title, row, column + step)
        for title in ("Checks", "Summary", "Proof")
        for (row, column), cell in layout[title].cells.items()
        if cell.value == COUNTS_OVERRIDES
        for step in (1, 2, 3)
    }


def _sources(layout: Layout) -> dict[str, int]:
    """The row of each input on Sources."""
    return {str(cell.value): row for (row, column), cell in layout["Sources"].cells.items()
            if column == SOURCE_OF and row >= 5}  # fmt: skip


def _inputs(layout: Layout) -> dict[str, int]:
    """The row of each input on Inputs."""
    return {str(cell.value): row for (row, column), cell in layout["Inputs"].cells.items()
            if column == 1 and cell.look == "key"}  # fmt: skip


@functools.cache
def _tables() -> dict[str, GivenRows]:
    models = [model_for(OWNED, listed=True)]
    models += [model_for(kind, quoted=True, rent_quoted=True, awarded=True) for kind in KINDS]
    return {key: table for model in models for key, table in model.tables.items()}

"""Books joined into one: the sheets of each go by a letter of its own, and so do its names.

A formula is read no further than for the sheets that it names. Texts in it stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tco.catalogue.shipped import Table
from tco.scenario import Scenario
from tco.workbook.cells import Cell, Sheet
from tco.workbook.chartxml import Area, Chart
from tco.workbook.sheets import CATALOGUE_SHEETS, tab_colour

# A sheet before its exclamation mark: quoted, or a word by itself.
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|(?<![\w.'])([A-Za-z]\w*))!")


def title_in(letter: str, title: str) -> str:
    """What a sheet of a scenario is called in the book of several."""
    return f"{letter} {title}"


def name_in(letter: str, key: str) -> str:
    """What a defined name of a scenario is called there."""
    return f"{letter}_{key}"


@dataclass(frozen=True)
class Moving:
    """How the sheets of one scenario are called in the book of several.

    Attributes:
        titles: the title that each of its sheets has there, also where it stays what it was.
    """

    letter: str
    titles: Mapping[str, str]

    def place(self, title: str) -> str:
        """A sheet as a formula names it."""
        moved = self.titles[title]
        return moved if moved.isidentifier() else f"'{moved}'"

    def formula(self, formula: str) -> str:
        """A formula of the scenario's own book, as it stands in the book of several."""
        if "!" not in formula:
            return formula
        pieces = formula.split('"')  # every other one is a text
        pieces[::2] = [_SHEET.sub(self._moved, piece) for piece in pieces[::2]]
        return '"'.join(pieces)

    def _moved(self, found: re.Match[str]) -> str:
        title = found[2] or found[1].replace("''", "'")
        return f"{self.place(title)}!" if title in self.titles else found[0]

    def sheet(self, sheet: Sheet) -> Sheet:
        """A sheet of the scenario's own book, as it stands in the book of several."""
        title = self.titles[sheet.title]
        moved = replace(
            sheet,
            title=title,
            cells={at: self._cell(cell) if "!" in cell.formula else cell
                   for at, cell in sheet.cells.items()},
            rules=[replace(one, first=self.formula(one.first)) if one.kind == "list" else one
                   for one in sheet.rules],
            flags=[(self.formula(where), self._flag(kind)) for where, kind in sheet.flags],
            jumps={at: self._jump(place) for at, place in sheet.jumps.items()},
            charts=[(self._chart(chart), place) for chart, place in sheet.charts],
            tab=sheet.tab or tab_colour(sheet.title),
        )  # fmt: skip
        head = moved.cells.get((1, 1))
        if head is not None and head.value == sheet.title:
            moved.cells[1, 1] = head._replace(value=title)
        return moved

    def _jump(self, place: str) -> str:
        """Where a click leads: a name of the scenario, or a place on one of its sheets."""
        return self.formula(place) if "!" in place else name_in(self.letter, place)

    def _cell(self, cell: Cell) -> Cell:
        return cell._replace(formula=self.formula(cell.formula))

    def _flag(self, kind: str) -> str:
        """A signal; that of rows which stand back reads a column by its name."""
        name, colon, argument = kind.partition(":")
        return f"back:{name_in(self.letter, argument)}" if name == "back" else (
            f"{name}{colon}{self.formula(argument)}"
        )  # fmt: skip

    def _chart(self, chart: Chart) -> Chart:
        series = (replace(one, values=self._area(one.values), over=self._area(one.over))
                  for one in chart.series)  # fmt: skip
        return replace(chart, series=tuple(series))

    def _area(self, area: Area) -> Area:
        return replace(area, sheet=self.titles[area.sheet])


def shared_tables(scenarios: Collection[Scenario]) -> frozenset[str]:
    """The titles of the catalogue's sheets that are the same in all that have them."""
    return frozenset(
        title for name, title in CATALOGUE_SHEETS.items()
        if _alike(one.catalogue[name] for one in scenarios)
    )  # fmt: skip


def _alike(tables: Iterable[Table]) -> bool:
    """Whether tables hold the same, whoever read them."""
    first, *others = dict.fromkeys(tables)  # told apart by identity: most are one
    return all(one.columns == first.columns and [*one.rows] == [*first.rows] for one in others)


def moving(letter: str, titles: Iterable[str], shared: Collection[str]) -> Moving:
    """How the sheets of a scenario move; those that all share stay."""
    return Moving(letter, {one: one if one in shared else title_in(letter, one) for one in titles})


def names_in(letter: str, names: Mapping[str, str], moved: Moving) -> Iterator[tuple[str, str]]:
    """The defined names of a scenario in the book of several."""
    for key, target in names.items():
        yield name_in(letter, key), moved.formula(target)

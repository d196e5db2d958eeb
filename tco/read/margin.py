"""Tables at the left margin of a file: rows below their key, or a CSV that lies beside the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tco.catalogue.csvfile import Csv, Row, cell_text, content_of, head_of, odd_width, read_csv
from tco.catalogue.hints import near
from tco.catalogue.shipped import CATALOGUE_DATE
from tco.errors import Mistake, Mistakes, Place
from tco.lines import Given, GivenRows, Model
from tco.quantities import dates_meant
from tco.quantities.dialects import Dialect, dialect_of, doubtful, typed, with_commas, with_points
from tco.read.collector import Collector
from tco.read.document import Document, Path_
from tco.read.schema import ASIDE, TOP_TABLES, typed_in

CURRENCIES, QUOTES, ITEMS = "currencies", "quotes", "items"
OWN_CURRENCY = "definition: the currency of this file"  # where nobody gave its rate
HOMES = {"awards": QUOTES}  # tables that stand in the block of another
_NEEDED = {  # why a table may be of no use, and what to do
    QUOTES: ("quotes are compared over years of ownership, and this file has none",
             "Add a block own: and below it for example: horizon_years: 4"),
    "awards": ("awards are of quotes, and this file has none",
               "Add quotes:, or delete this table."),
}  # fmt: skip


def gather_tables(document: Document) -> None:
    """Put each table that stands at the left margin into its block, mostly of its own name.

    Rates stay where they are in a file that has nothing to compare by them: they are of money that
    is typed in another currency, see `tco/read/raterows.py`. The items of a bill go into its block.
    """
    tree = document.tree
    compared = any(key in tree for key in TOP_TABLES if key.endswith(QUOTES))
    for key in TOP_TABLES:
        home = HOMES.get(key, key)
        if key == ITEMS or (key == CURRENCIES and not compared):
            continue
        if not isinstance(tree.get(key), list | str) or (home != key and home not in tree):
            continue
        place = document.place((key,), key=True)
        document.rename((key,), (home, key))
        rows, block = tree.pop(key), tree.get(home)
        if home == key:
            document.keys[key,] = place
        tree[home] = {**(block if isinstance(block, dict) else {}), key: rows}


def refuse_idle(document: Document, model: Model, mistakes: Collector) -> None:
    """Say of each table of the margin that nothing of the scenario reads what it needs."""
    tree = document.tree
    for key, needed in _NEEDED.items():
        home = HOMES.get(key, key)
        block = tree.get(home)
        inside = isinstance(block, dict) and key in block
        if key in model.tables or not (inside or isinstance(tree.get(key), list | str)):
            continue
        mistakes.say((home, key) if inside else (key,), *needed, key=True)
        mistakes.broken.add(key)
        tree.pop(home if inside else key)


def read_tables(document: Document, model: Model, folder: Path, mistakes: Collector) -> None:
    """Read the rows of each table of the margin of which the file names a CSV."""
    for key, table in model.tables.items():
        block = document.tree.get(table.section)
        said = block.get(key) if key in TOP_TABLES and isinstance(block, dict) else None
        if isinstance(said, str):
            block[key] = _rows_of(said.strip(), document, model, table, folder, mistakes)


def add_own_currency(document: Document, model: Model) -> None:
    """Let the table of currencies know the one that all money is in: one of it costs one."""
    tree = document.tree
    if CURRENCIES not in model.tables:
        return
    block = tree.setdefault(CURRENCIES, {})
    rows = block.setdefault(CURRENCIES, []) if isinstance(block, dict) else None
    code = str(tree.get("currency") or "USD").strip()
    if not isinstance(rows, list) or code.casefold() in map(_code, rows):
        return
    day = str(tree.get("as_of") or CATALOGUE_DATE)
    rows.append({"currency": code, "rate": "1", "date": day, "source": OWN_CURRENCY})


def _code(row: Any) -> str:
    said = row.get("currency") if isinstance(row, dict) else row
    return str(said).strip().casefold()


# ---- a CSV beside the file -----------------------------------------------------------------------


def _rows_of(
    said: str, document: Document, model: Model, table: GivenRows, folder: Path, mistakes: Collector
) -> list[dict[str, str]]:
    """The rows of the CSV that a file names for a table, each cell with its place; none of none."""
    path = (table.section, table.key)
    try:
        file = _beside(said, folder, table.key, document.place(path))
        columns = {table.spelled(one.key): one for one in typed_in(model, table.key)}
        content = document.beside[said] = content_of(file)
        sheet = _dialected(read_csv(str(file), content), columns)
        return _Columns(said, sheet, columns, table).rows(document, mistakes)
    except Mistakes as error:
        mistakes.take(error.mistakes)
        mistakes.broken.add(table.key)
        return []


def _beside(said: str, folder: Path, key: str, place: Place) -> Path:
    """The file that is named, in the folder of the scenario or below it; `Mistakes` elsewhere."""
    path = folder / said
    remedy = f"Type the path of a .csv file as seen from the scenario's folder: {key}: {key}.csv"
    if Path(said).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        wrong = f"{said} lies outside the folder of the scenario"
        raise Mistakes([Mistake(place, wrong, f"Put the file there. {remedy}")])
    if not path.exists():
        raise Mistakes([Mistake(place, f"there is no file {said}", remedy)])
    return path


def _dialected(sheet: Csv, columns: dict[str, Given]) -> Csv:
    """The sheet with how its numbers are written, as its own numbers say."""
    numbers = [at for at, one in enumerate(head_of(sheet)) if _is_number(columns.get(one))]
    cells = (row.cells[at].strip() for row in sheet.rows for at in numbers if at < len(row.cells))
    return replace(sheet, dialect=dialect_of(sheet.delimiter, cells))


def _is_number(given: Given | None) -> bool:
    return given is not None and not given.is_text


@dataclass(frozen=True)
class _Columns:
    """A CSV read for a table, under the name that the file gives it: what each column of it is."""

    name: str
    sheet: Csv
    columns: dict[str, Given]
    table: GivenRows

    def rows(self, document: Document, mistakes: Collector) -> list[dict[str, str]]:
        """Every row as a file would have it; the document learns where each cell stands."""
        places = self._head(mistakes)
        found: list[dict[str, str]] = []
        for row in self.sheet.rows:
            if wrong := odd_width(self.sheet, row):
                mistakes.take([wrong])
                mistakes.broken.add(self.table.key)
                continue
            path = (self.table.section, self.table.key, len(found))
            document.values[path] = document.keys[path] = self.sheet.place(row, 0)
            found.append(self._row(row, path, places, document, mistakes))
        return found

    def _row(
        self, row: Row, path: Path_, places: dict[str, int], document: Document, mistakes: Collector
    ) -> dict[str, str]:
        cells = {"source": f"stated: {self.name}, row {row.number}"}
        for column, index in places.items():
            written = cell_text(row.cells[index])
            if not written:
                continue
            place = self.sheet.place(row, index)
            there = (*path, column)
            document.values[there] = document.keys[there] = place
            cells[column] = self._meant(column, written, place, mistakes)
        return cells

    def _meant(self, column: str, written: str, place: Place, mistakes: Collector) -> str:
        """A cell as a scenario file writes it; where that is unclear, a mistake is said of it."""
        given, dialect = self.columns.get(column), self.sheet.dialect
        if dialect is Dialect.COMMAS and given is not None and given.unit == "date":
            days = dates_meant(written, day_first=True)
            return days[0] if len(days) == 1 else written
        if given is None or given.is_text or dialect is Dialect.POINTS:
            return written
        if dialect is Dialect.COMMAS:
            return with_commas(written, given.unit) or with_points(written)
        if both := doubtful(written):
            first, second = (typed(one, dialect) for one in both)
            wrong = f"{column}: “{written}” is {both[0]} to some and {both[1]} to others"
            mistakes.say_at(place, wrong, f"Write {first}, or {second} if that is meant.")
            mistakes.broken.add(self.table.key)
        return written

    def _head(self, mistakes: Collector) -> dict[str, int]:
        """Where each column stands; a mistake is said of each that is none, or stands twice."""
        known, found = [*self.columns, *ASIDE], {}
        for index, column in enumerate(head_of(self.sheet)):
            if column in known and column not in found:
                found[column] = index
                continue
            cells = [row.cells[index].strip() for row in self.sheet.rows if index < len(row.cells)]
            if not column and not any(cells):
                continue
            wrong = f"{column} is not a column of {self.table.key}"
            remedy = f"{near(column, known)}Its columns are: {', '.join(known)}."
            if column in found:
                wrong, remedy = f"the column {column} stands twice", "Keep one of the two."
            elif not column:
                wrong, remedy = "a column with cells has no name", "Type its name, or delete it."
            mistakes.say_at(self.sheet.place(self.sheet.head, index), wrong, remedy)
            mistakes.broken.add(self.table.key)
        return found

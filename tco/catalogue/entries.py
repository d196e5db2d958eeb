"""Entries of own lists: which table a list is for, and the filled cells of each of its rows."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tco.catalogue.cells import as_meant, bad_cell
from tco.catalogue.csvfile import Csv, Row, cell_text, head_of, odd_width, read_csv
from tco.catalogue.hints import MOST_SHOWN, near
from tco.catalogue.shipped import SHIPPED, Table, file_rows, shipped
from tco.errors import Mistake, Mistakes
from tco.quantities.dialects import dialect_of

LISTED = ("chips", "offers", "grids", "classes")
_SIGNS = {  # what an exported catalogue has in its head
    "SkyPilot catalogue": {"InstanceType", "AcceleratorName", "AcceleratorCount", "Price"},
    "gpuhunt catalogue": {"instance_name", "gpu_count", "gpu_name", "price", "spot"},
}
Given = Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One row of an own list: the cells that are filled, by column."""

    sheet: Csv
    row: Row
    places: Mapping[str, int]
    given: Given
    broken: Sequence[str] = ()  # columns whose cell a mistake was said of
    as_typed: Given | None = None  # with the cells that repeat what is shipped

    @property
    def id(self) -> str:
        """The id of the row."""
        return self.given["id"]

    @property
    def typed(self) -> Given:
        """The cells as they stand in the file, among which a value finds its date and range."""
        return self.given if self.as_typed is None else self.as_typed

    def wrong(self, column: str, wrong: str, remedy: str) -> Mistake:
        """A mistake at one of its cells."""
        place = self.sheet.place(self.row, self.places.get(column, self.places["id"]))
        return Mistake(place, f"row {self.row.number}, {column}: {wrong}", remedy)


def file_columns(name: str) -> tuple[str, ...]:
    """The columns of a shipped file, in its order: what an own list may hold."""
    return tuple(file_rows(name)[0])


def export_of(sheet: Csv) -> str:
    """What program wrote the file, "" for none that is known."""
    head = {cell.strip() for cell in sheet.head.cells}
    return next((name for name, signs in _SIGNS.items() if signs <= head), "")


def table_of(sheet: Csv) -> str:
    """The table a list is for: the one whose columns its head has most of, else its file's name.

    Raises `Mistakes` where it fits none.
    """
    head = set(head_of(sheet))
    tables = shipped().tables
    stem = Path(sheet.name).stem.lower()
    scores = {name: (len(head & set(file_columns(name))), name == stem) for name in tables}
    best = max(scores, key=lambda name: scores[name])
    place = sheet.place(sheet.head, 0)
    *first, last = [name for name in LISTED if name in tables]
    takes = f"{', '.join(first)} or {last}"
    if found := export_of(sheet):
        add = f"tco catalogue add {sheet.name} --provider NAME --date YYYY-MM-DD"
        raise Mistakes([Mistake(place, f"this is a {found}, not an own list",
                                f"Turn it into one: {add}")])  # fmt: skip
    if scores[best][0] < 2:
        raise Mistakes([Mistake(
            place, "these columns fit no table of the catalogue",
            f"An own list is for {takes}; see the columns with: tco catalogue offers --csv. "
            f"To build without own lists: catalogue: {SHIPPED}",
        )])  # fmt: skip
    if best not in LISTED:
        raise Mistakes([Mistake(place, f"the table {best} takes no own rows",
                                f"An own list is for {takes}.")])  # fmt: skip
    return best


# Columns of exported catalogues that hold numbers, as a head is compared.
_EXPORTED = frozenset(
    re.findall(r"\w+", "acceleratorcount vcpus memorygib price spotprice cpu memory gpu_count "
               "gpu_memory disk_size")
)  # fmt: skip


def read_list(name: str, content: bytes) -> Csv:
    """A CSV file, with how its number columns are written.

    Raises `Mistakes` where it is no text, no CSV, or empty.
    """
    sheet = read_csv(name, content)
    numbers = [at for at, one in enumerate(head_of(sheet)) if one in _number_columns()]
    cells = (row.cells[at].strip() for row in sheet.rows for at in numbers if at < len(row.cells))
    return replace(sheet, dialect=dialect_of(sheet.delimiter, cells))


@functools.cache
def _number_columns() -> frozenset[str]:
    """The columns that hold numbers in any list that can be read."""
    columns = [one for name in LISTED for one in shipped()[name].columns]
    return _EXPORTED | {one.name for one in columns if one.unit not in ("text", "date")}


def _columns_of(sheet: Csv, name: str) -> tuple[dict[str, int], list[Mistake]]:
    """Where each column stands, and what is wrong with the head."""
    known, table = file_columns(name), shipped()[name]
    places: dict[str, int] = {}
    mistakes = []
    for index, column in enumerate(head_of(sheet)):
        if column in places:
            wrong, remedy = f"the column {column} stands twice", "Keep one of the two."
        elif column in known:
            places[column] = index
            continue
        elif not column:
            if not any(index < len(row.cells) and row.cells[index].strip() for row in sheet.rows):
                continue
            wrong, remedy = "a column with cells has no name", "Type its name, or delete it."
        else:
            wrong, remedy = _unknown(column, table, known)
        mistakes.append(Mistake(sheet.place(sheet.head, index), wrong, remedy))
    if "id" not in places:
        place = sheet.place(sheet.head, 0)
        mistakes.append(Mistake(place, "there is no column id", f"Add one: {_ID}{name}"))
    return places, mistakes


_ID = "a known id changes that row, a new one adds a row. See them with: tco catalogue "


def _unknown(column: str, table: Table, known: Sequence[str]) -> tuple[str, str]:
    if column in {one.name for one in table.columns}:
        return f"{column} is worked out from the other columns", "Delete this column."
    peaks = [one.removesuffix("_tflops") for one in known if one.endswith("_tflops")]
    if column.endswith("_tflops") and peaks and column.removesuffix("_tflops") not in peaks:
        said = column.removesuffix("_tflops")
        return f"{said} is not a precision of the catalogue", f"It is one of: {', '.join(peaks)}."
    see = f"See the columns with: tco catalogue {table.name} --csv"
    return f"{column} is not a column of {table.name}", near(column, known) + see


def entries_of(sheet: Csv, name: str) -> tuple[list[Entry], list[Mistake]]:
    """The rows of a list that have an id, their bad cells left out, and what is wrong with them."""
    places, mistakes = _columns_of(sheet, name)
    if "id" not in places:
        return [], mistakes
    table = shipped()[name]
    units = {one.name: one.unit for one in table.columns}
    found = []
    for row in sheet.rows:
        given: dict[str, str] = {}
        broken: list[str] = []
        one = Entry(sheet, row, places, given, broken)
        if wrong := odd_width(sheet, row):
            mistakes.append(wrong)
            continue
        for column, index in places.items():
            typed_in = cell_text(row.cells[index])
            if not typed_in:
                continue
            unit = units.get(column, "text")
            # Of more mistakes than are shown nobody reads what was meant.
            brief = len(mistakes) >= MOST_SHOWN
            text, bad = as_meant(unit, typed_in, sheet.dialect, brief=brief)
            bad = bad or bad_cell(name, column, unit, text, sheet.dialect, brief=brief)
            if bad:
                broken.append(column)
                mistakes.append(one.wrong(column, *bad))
            else:
                given[column] = text
        if "id" in given:
            found.append(one)
        elif "id" not in broken:
            mistakes.append(one.wrong("id", "there is no id", f"Type one: {_ID}{name}"))
    return found, mistakes

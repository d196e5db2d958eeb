"""Own price lists: a company's CSV files, read with their places, checked, laid over the catalogue.

A known id changes the cells that are filled; a new id is a new row. Whatever a list gives is
marked as its own, with its date, so that no shipped source stands behind somebody else's number.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from tco.catalogue.csvfile import Csv, Row, cell_text, content_of, read_csv
from tco.catalogue.ids import NO_VALUE, bad_id
from tco.catalogue.outliers import of_row
from tco.catalogue.shipped import (
    Catalogue,
    Finding,
    OwnList,
    Table,
    completed,
    file_rows,
    linked,
    range_columns,
    shipped,
    source_columns,
)
from tco.errors import Mistake, Mistakes, Place
from tco.quantities import dates_meant, is_date, understood
from tco.quantities.currencies import other_money
from tco.quantities.dialects import Dialect, dialect_of, doubtful, typed, with_commas
from tco.quantities.digits import plain

FOLDER = "catalogue"  # laid over by itself where it stands in the working directory
SHIPPED = "shipped"  # the word for no own lists
MOST_ROWS = 5_000  # of a table, shipped rows included: a dropdown of more is none
MOST_SHOWN = 20
MOST_CHARACTERS = 30_000  # a cell of a workbook takes 32,767
LISTED = ("chips", "offers", "grids", "classes")
OWN = "own: "
SMALLEST, LARGEST = 1e-12, 1e15  # what a figure of a catalogue can be

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# Counts are whole; what a row emits or shares out may be 0, a price or a peak may not.
_WHOLE = ("GPU", "GPU/server")
_ZERO = ("g/kWh", "kg/server", "t", "MWh")
_WORDS = {("chips", "price_basis"): ("chip", "server_share")}
_SIGNS = {  # what an exported catalogue has in its head
    "SkyPilot catalogue": {"InstanceType", "AcceleratorName", "AcceleratorCount", "Price"},
    "gpuhunt catalogue": {"instance_name", "gpu_count", "gpu_name", "price", "spot"},
}
Given = Mapping[str, str]


# ---- which lists there are -----------------------------------------------------------------------


# A list by the name that a workbook shows, which holds no one's home directory, and its file.
Named = tuple[str, Path]


def lists_in(folder: Path) -> list[Path]:
    """The CSV files of a folder, in the order of their names."""
    return sorted(one for one in folder.iterdir() if one.suffix.lower() == ".csv")


def folder_lists(folder: Path = Path(FOLDER)) -> list[Named]:
    """The lists of the folder that is laid over by itself."""
    return [(one.as_posix(), one) for one in lists_in(folder)] if folder.is_dir() else []


def named_lists(said: str, base: Path, place: Place) -> list[Named]:
    """The lists that a path names: a file, or every CSV of a folder.

    Raises `Mistakes` at the place where it is named when there is none.
    """
    path = base / said
    shown = Path(path.name if Path(said).is_absolute() else said)
    if path.is_dir():
        found = [((shown / one.name).as_posix(), one) for one in lists_in(path)]
        if not found:
            wrong = f"the folder {said} has no .csv file"
            raise Mistakes([Mistake(place, wrong, "Name a file, or another folder.")])
        return found
    if not path.exists():
        seen = "the folder you are in" if place.name == "--set" else "the scenario's folder"
        remedy = f"Type its path as seen from {seen}, or: catalogue: {SHIPPED}"
        raise Mistakes([Mistake(place, f"there is no file or folder {said}", remedy)])
    return [(shown.as_posix(), path)]


def laid_over(lists: Sequence[Named]) -> tuple[Catalogue, tuple[Mistake, ...]]:
    """The shipped catalogue with lists laid over it, and what is wrong with them.

    Where something is wrong the catalogue still holds every id, so that the scenario can be read.
    """
    contents: list[tuple[str, str, bytes]] = []
    mistakes: list[Mistake] = []
    for name, path in lists:
        try:
            contents.append((name, str(path), content_of(path)))
        except Mistakes as error:
            mistakes += error.mistakes
    catalogue, more = _laid_over(tuple(contents)) if contents else (shipped(), ())
    return catalogue, (*mistakes, *more)


@functools.lru_cache(maxsize=4)
def _laid_over(
    contents: tuple[tuple[str, str, bytes], ...],
) -> tuple[Catalogue, tuple[Mistake, ...]]:
    """Kept, because the models of scenario files are made once for each catalogue."""
    laying = Laying()
    for _, path, content in contents:
        try:
            laying.add(read_list(path, content))
        except Mistakes as error:
            laying.mistakes += error.mistakes
    tables = laying.tables()
    own = tuple(
        OwnList(name, laying.counts.get(path, 0), hashlib.sha256(content).hexdigest())
        for name, path, content in contents
    )
    order = [path for _, path, _ in contents]
    told = sorted(laying.mistakes, key=lambda one: (order.index(one.place.name), one.place.line,
                                                    one.place.column))  # fmt: skip
    names = {path: name for name, path, _ in contents}
    found = tuple(replace(one, name=names[one.name]) for one in laying.findings)
    return Catalogue(tables, own, found), first_of(told)


def first_of(mistakes: Sequence[Mistake]) -> tuple[Mistake, ...]:
    """The first mistakes, and how many more there are."""
    rest = len(mistakes) - MOST_SHOWN
    if rest <= 0:
        return tuple(mistakes)
    last = Mistake(Place(mistakes[-1].place.name), f"and {rest:,} more mistakes",
                   "Correct the first ones; the rest is then told.")  # fmt: skip
    return (*mistakes[:MOST_SHOWN], last)


# ---- laying them over ----------------------------------------------------------------------------


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


def folded(key: str) -> str:
    """An id as a spreadsheet compares it: without regard to capitals."""
    return unicodedata.normalize("NFKC", key).casefold()


@dataclass
class Laying:
    """Lists being laid over the shipped catalogue, with every mistake on the way.

    `findings` are figures far from the shipped ones, by the place of their lists.
    """

    findings: list[Finding] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)

    def add(self, sheet: Csv) -> None:
        """Take up a list: which table it is for follows from its head."""
        name = table_of(sheet)
        self.counts[sheet.name] = len(sheet.rows)
        if len(sheet.rows) > MOST_ROWS:
            self.mistakes.append(too_many(sheet.name, name, len(sheet.rows)))
            return
        found, wrong = entries_of(sheet, name)
        self.mistakes += wrong
        known = self.entries.setdefault(name, {})
        for one in found:
            if (first := known.get(folded(one.id))) is not None:
                self.mistakes.append(
                    one.wrong("id", f"{one.id} stands twice, first in {first.sheet.name}, "
                              f"row {first.row.number}", "Keep one of the two rows.")
                )  # fmt: skip
            else:
                known[folded(one.id)] = one

    def tables(self) -> dict[str, Table]:
        """Every table, the lists laid over; offers last, because they name accelerators."""
        base = shipped()
        tables = dict(base.tables)
        for name in sorted(self.entries, key=lambda one: one == "offers"):
            laid = self._laid(base[name], self.entries[name])
            if len(laid) > MOST_ROWS:
                last = next(reversed(self.entries[name].values()))
                self.mistakes.append(too_many(last.sheet.name, name, len(laid)))
            tables[name] = Table(name, base[name].title, base[name].columns, completed(name, laid))
            if name == "offers":
                self._check_chips(tables["chips"])
        return linked(tables)

    def _laid(self, table: Table, entries: Mapping[str, Entry]) -> tuple[Given, ...]:
        rows = file_rows(table.name)
        known = {row["id"]: row for row in rows}
        alike = {folded(key): key for key in known}
        fresh, changed, near = [], {}, Hints()
        for one in entries.values():
            key = one.id
            if key not in known and (shipped_one := alike.get(folded(key))):
                self.mistakes.append(
                    one.wrong("id", f"{key} is {shipped_one} in other letters",
                              f"Type {shipped_one}, or another name.")
                )  # fmt: skip
            made, wrong = merged(table, one, known.get(key), near)
            self.mistakes += wrong
            self._compare(table, one, known.get(key))
            if key in known:
                changed[key] = made
            else:
                fresh.append(made)
        kept = tuple(changed.get(row["id"], row) for row in rows)
        # A company's own offer is the one it would take, so it comes before the shipped ones.
        return (*fresh, *kept) if table.name == "offers" else (*kept, *fresh)

    def _compare(self, table: Table, entry: Entry, before: Given | None) -> None:
        given = _changes(table, entry).given if before else entry.given
        for said in of_row(table, entry.id, given, before):
            self.findings.append(Finding(entry.sheet.name, entry.row.number, said))

    def _check_chips(self, chips: Table) -> None:
        known, near = set(chips.ids), Hints()
        for one in self.entries["offers"].values():
            chip = one.given.get("chip", "")
            if chip and chip not in known:
                remedy = "See them with: tco catalogue chips. Your own go in a list of chips."
                self.mistakes.append(
                    one.wrong("chip", f"there is no accelerator {chip}",
                              near(chip, known) + remedy)
                )  # fmt: skip


def too_many(name: str, table: str, count: int) -> Mistake:
    """The mistake of a list that makes a table longer than a dropdown can be."""
    return Mistake(
        Place(name), f"this makes {count:,} rows; the table {table} takes {MOST_ROWS:,} in all",
        f"Narrow it: tco catalogue add {name} --chip ID --region TEXT",
    )  # fmt: skip


@dataclass
class Hints:
    """Nearest names for as many mistakes of a kind as can be shown: each takes its time."""

    left: int = MOST_SHOWN

    def __call__(self, said: str, known: Iterable[str]) -> str:
        """“Did you mean NAME? ”, or nothing."""
        self.left -= 1
        return _near(said, known) if self.left >= 0 else ""


def _near(said: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(said.lower(), sorted(known), 1)
    return f"Did you mean {found[0]}? " if found else ""


# ---- the head ------------------------------------------------------------------------------------


def file_columns(name: str) -> tuple[str, ...]:
    """The columns of a shipped file, in its order: what an own list may hold."""
    return tuple(file_rows(name)[0])


def _head(sheet: Csv) -> list[str]:
    return [cell_text(cell).lower().replace(" ", "_") for cell in sheet.head.cells]


def export_of(sheet: Csv) -> str:
    """What program wrote the file, "" for none that is known."""
    head = {cell.strip() for cell in sheet.head.cells}
    return next((name for name, signs in _SIGNS.items() if signs <= head), "")


def table_of(sheet: Csv) -> str:
    """The table a list is for: the one whose columns its head has most of, else its file's name.

    Raises `Mistakes` where it fits none.
    """
    head = set(_head(sheet))
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
    numbers = [at for at, one in enumerate(_head(sheet)) if one in _number_columns()]
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
    for index, column in enumerate(_head(sheet)):
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
    return f"{column} is not a column of {table.name}", _near(column, known) + see


# ---- rows and cells ------------------------------------------------------------------------------


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
        if wrong := _width(sheet, row):
            mistakes.append(wrong)
            continue
        for column, index in places.items():
            typed_in = cell_text(row.cells[index])
            if not typed_in:
                continue
            unit = units.get(column, "text")
            # Of more mistakes than are shown nobody reads what was meant.
            brief = len(mistakes) >= MOST_SHOWN
            text, bad = _as_meant(unit, typed_in, sheet.dialect, brief=brief)
            bad = bad or _bad_cell(name, column, unit, text, sheet.dialect, brief=brief)
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


def _width(sheet: Csv, row: Row) -> Mistake | None:
    """A row with more or fewer cells than the head: one of its cells stands in a wrong column."""
    width, count = len(sheet.head.cells), len(row.cells)
    if count == width or (count > width and not any(one.strip() for one in row.cells[width:])):
        return None
    place = sheet.place(row, min(width, count - 1))
    few = "fewer" if count < width else "more"
    remedy = "A text with the separator in it needs quotation marks." if few == "more" else (
        "Fill it up with separators, or delete it.")  # fmt: skip
    wrong = f"row {row.number} has {count} cells, {few} than the head, which has {width}"
    return Mistake(place, wrong, remedy)


def _as_meant(
    unit: str, text: str, dialect: Dialect, *, brief: bool
) -> tuple[str, tuple[str, str] | None]:
    """A cell in the catalogue's own way to write, or what is wrong with how the file writes it."""
    if dialect is Dialect.COMMAS and unit == "date":
        days = dates_meant(text, day_first=True)
        return (days[0] if len(days) == 1 else text), None
    if dialect is Dialect.COMMAS and unit != "text":
        number = with_commas(text, unit)
        return number or text, None if number else _no_number(unit, text, dialect, brief=brief)
    if dialect is Dialect.UNCLEAR and unit not in ("text", "date") and (both := doubtful(text)):
        wrong = f"“{text}” is {both[0]} to some and {both[1]} to others; this file does not say"
        first, second = (typed(one, dialect) for one in both)
        return text, (wrong, f"Write {first}, or {second} if that is meant.")
    return text, None


def _bad_cell(
    table: str, column: str, unit: str, text: str, dialect: Dialect, *, brief: bool
) -> tuple[str, str] | None:
    """What is wrong with a filled cell, and the remedy."""
    if len(text) > MOST_CHARACTERS:
        return f"this text has {len(text):,} characters; a cell takes {MOST_CHARACTERS:,}", (
            "Shorten it.")  # fmt: skip
    if unit == "date":
        return bad_date(text)
    if words := _words(table, column):
        known = f"It is one of: {', '.join(words)}."
        return (
            None
            if text in words
            else (f"“{text}” is none of its words", _near(text, words) + known)
        )
    if unit == "text":
        return bad_id(text, table) if column == "id" else None
    if not NUMBER.fullmatch(text):
        return _no_number(unit, text, dialect, brief=brief)
    return _bad_number(unit, float(text))


def _words(table: str, column: str) -> tuple[str, ...]:
    """The words that a column may hold, none where it is free."""
    if (table, column) == ("chips", "family"):  # each has defaults of its own
        return tuple(dict.fromkeys(row["family"] for row in file_rows("classes")))
    return _WORDS.get((table, column), ())


def bad_date(text: str) -> tuple[str, str] | None:
    """What is wrong with a date, and the remedy."""
    if is_date(text):
        return None
    meant = " or ".join(dates_meant(text))
    remedy = f"Write {meant}." if meant else "Write year-month-day, for example: 2026-11-21"
    return f"“{text}” is not a date", remedy


def _bad_number(unit: str, number: float) -> tuple[str, str] | None:
    if not math.isfinite(number):
        return "this number is larger than any computer's", "Write it in the column's unit."
    if number and not SMALLEST < abs(number) < LARGEST:
        return f"{number:.12g} is of no plausible size", "Write it in the column's unit."
    if number < 0 or (number == 0 and unit not in _ZERO):
        return f"{number:.12g} is not above 0", "Leave the cell empty where there is no value."
    if unit in _WHOLE and (number < 1 or number != int(number)):
        return f"{number:.12g} is not a count", "Write a whole number, 1 or more."
    if unit == "share" and number > 1:
        share = plain(Fraction(repr(number)) / 100)
        remedy = f"Write {share} for {number:.12g} %." if number <= 100 else "Write 1 or less."
        return f"{number:.12g} is more than the whole", remedy
    return None


def _no_number(unit: str, text: str, dialect: Dialect, *, brief: bool) -> tuple[str, str]:
    """What is wrong with a cell that is no plain number, and what to write instead."""
    wrong = f"“{text}” is not a number"
    if text.lower() in NO_VALUE:
        return wrong, "Leave the cell empty where there is no value."
    if other_money(text, "USD"):
        return wrong, "The catalogue is in US dollars: convert it, and write the number alone."
    meant = [] if brief else list(_meant(unit, text, dialect))
    if not meant:
        example = typed("12345.67", dialect)
        mark = "comma" if dialect is Dialect.COMMAS else "point"
        return wrong, f"Write digits, with a {mark} before decimals, for example: {example}"
    if "%" in text:
        return wrong, f"Write {meant[0][0]}: a share, not a percentage."
    if any(said for _, said in meant):
        return wrong, f"Write {', or '.join(f'{one} for {said}' for one, said in meant)}."
    (first, _), *rest = meant
    return wrong, f"Write {first}" + "".join(
        f", or {one} if that is meant" for one, _ in rest
    ) + "."


def _meant(unit: str, text: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    """What to write for each number of the column's unit that a cell can mean, and its name."""
    try:
        found = understood(text, unit, marks="," if dialect is Dialect.COMMAS else "")
    except OverflowError:
        return
    for one in found:
        number = (one.number or plain(one.value)).lstrip("+")
        if NUMBER.fullmatch(number) and not _bad_number(unit, float(number)):
            yield typed(number, dialect), one.said


# ---- from a row to the catalogue's row -----------------------------------------------------------


def merged(
    table: Table, entry: Entry, before: Given | None, near: Hints
) -> tuple[dict[str, str], list[Mistake]]:
    """The catalogue's row with an own one laid over it, and what is wrong with that."""
    mistakes: list[Mistake] = []
    if before:
        entry = _changes(table, entry)
    given = entry.given
    row = dict.fromkeys(file_columns(table.name), "") | dict(before or {})
    evidence = {name for one in table.columns for name in source_columns(table.name, one.name)}
    row |= {column: text for column, text in given.items() if column not in evidence}
    _drop_ranges(table, given, entry.typed, row)
    label = table.columns[1].name
    row[label] = row[label] or entry.id
    groups: dict[tuple[str, str], list[str]] = {} if before else {("source", "date"): []}
    for column in given:
        if _is_value(table, column):
            groups.setdefault(_evidence(table, column), []).append(column)
    for (source, date), columns in groups.items():
        row[source] = _own_source(table, entry, before, source, columns)
        row[date] = entry.typed.get(date) or entry.typed.get("date") or row[date]
        if columns and not {date, "date"} & {*entry.typed, *entry.broken}:
            mistakes.append(_undated(table, entry, columns[0], date))
    if before and groups and row.get("note") and "note" not in given:
        row["note"] = f"Of the shipped row: {row['note']}"
    mistakes += _disordered(table, entry, row)
    if before is None:
        mistakes += _lacking(table, entry, near)
    return row, mistakes


def _changes(table: Table, entry: Entry) -> Entry:
    """A row of a known id without the cells that repeat what is shipped: those are not own."""
    before = shipped()[table.name].row(entry.id)
    units = {one.name: one.unit for one in table.columns}

    def same(column: str, text: str) -> bool:
        old = before.get(column, "")
        if old and units.get(column, "text") not in ("text", "date"):
            return float(old) == float(text)
        return old == text

    kept = {column: text for column, text in entry.given.items() if not same(column, text)}
    return replace(entry, given={"id": entry.id, **kept}, as_typed=entry.given)


def _base(table: Table, column: str) -> str:
    """The column whose low or high a column is, or itself."""
    base = column.removesuffix("_low").removesuffix("_high")
    return base if base != column and range_columns(table, base) else column


def _evidence(table: Table, column: str) -> tuple[str, str]:
    return source_columns(table.name, _base(table, column))


def _is_value(table: Table, column: str) -> bool:
    """Whether a column says something that needs a source: a number, or words about a number."""
    units = {one.name: one.unit for one in table.columns}
    number = units.get(column, "text") not in ("text", "date")
    return number or source_columns(table.name, column) != ("source", "date")


def _drop_ranges(table: Table, changed: Given, typed: Given, row: dict[str, str]) -> None:
    """Take away the shipped range of a value that an own one replaces: it was another's range."""
    for column in changed:
        for bound in range_columns(table, column) or ():
            row[bound] = typed.get(bound, "")


def _own_source(
    table: Table, entry: Entry, before: Given | None, source: str, columns: Sequence[str]
) -> str:
    """Where own values come from; what stays shipped in their group keeps its source behind it."""
    given = entry.given
    file = f"{Path(entry.sheet.name).name}, row {entry.row.number}"
    said = given.get(source) or given.get("source") or file
    said = said if said.startswith(OWN) else OWN + said
    bounds = {bound for one in given for bound in range_columns(table, one) or ()}
    kept = [
        one.name
        for one in table.columns
        if before and before.get(one.name) and one.name not in {*given, *bounds}
        and one.unit not in ("text", "date") and _evidence(table, one.name)[0] == source
    ]  # fmt: skip
    return f"{said} ({', '.join(columns)}); the rest: {before[source]}" if before and kept else said


def _undated(table: Table, entry: Entry, column: str, date: str) -> Mistake:
    unit = {one.name: one.unit for one in table.columns}.get(column, "")
    what = "price" if unit.startswith("US$") else "value"
    fill = "date" if date == "date" else f"{date} or date"
    return entry.wrong(column, f"this {what} has no date",
                       f"Fill {fill} in this row, for example: 2026-11-21")  # fmt: skip


def _disordered(table: Table, entry: Entry, row: Given) -> Iterator[Mistake]:
    """Ranges that do not hold their value."""
    for column in table.columns:
        low, high = range_columns(table, column.name) or ("", "")
        for less, more in ((low, column.name), (column.name, high), (low, high)):
            typed = [one for one in (less, more) if one in entry.given]
            if typed and row.get(less) and row.get(more) and float(row[less]) > float(row[more]):
                wrong = f"{less} {row[less]} is above {more} {row[more]}"
                yield entry.wrong(typed[0], wrong, "Swap them, or correct one.")
                break


_BASIS = "Fill price_basis: chip for the GPU alone, server_share for its share of a whole server."


def _lacking(table: Table, entry: Entry, near: Hints) -> Iterator[Mistake]:
    """What a new row has to fill and does not."""
    columns, known = file_columns(table.name), [row["id"] for row in file_rows(table.name)]
    needs: dict[str, list[list[str]]] = {
        "chips": [[one for one in columns if one.endswith("_tflops")]],
        "offers": [["chip"], [one for one in columns if one.endswith("_price")]],
        "grids": [["power_price", "grid_intensity"]],
    }
    for wanted in needs.get(table.name, []):
        if not {*entry.given, *entry.broken} & set(wanted):
            needed = f"one of {', '.join(wanted)}" if len(wanted) > 1 else wanted[0]
            yield entry.wrong(
                "id", f"{entry.id} is a new row of {table.name}, which needs {needed}",
                f"{near(entry.id, known)}Fill it, or type a known id.",
            )  # fmt: skip
    if "price" in entry.given and "price_basis" not in {*entry.given, *entry.broken}:
        yield entry.wrong("price", "this price does not say what it is for", _BASIS)

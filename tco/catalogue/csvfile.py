"""CSV files as people save them, with the place of every cell."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tco.errors import Mistake, Mistakes, Place, mistake
from tco.quantities.dialects import Dialect

MOST_BYTES = 100_000_000
MOST_LINES = 500_000
MOST_COLUMNS = 500
MOST_IN_A_LINE = 2_000_000
MOST_IN_A_CELL = 1_000_000  # what a table takes is less, and said of its cell
MOST_SHOWN = 200  # of a line that is too long
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
DELIMITERS = ",;\t"  # that are told by how often they stand in the head
LINE = re.compile("\r\n?|\n")
_SAVE = "In Excel, save it as “CSV UTF-8 (Comma delimited)”."
_FEWER = "Keep the rows you need, and name that file."


@dataclass(frozen=True)
class Row:
    """One record of a file: its number as a spreadsheet counts, its first line, its cells.

    `start` is where in the text it begins.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    start: int = 0


@dataclass(frozen=True)
class _Cell:
    """Where a cell begins and ends in the text, and the line it begins in."""

    start: int
    end: int
    line: int
    line_start: int


@dataclass(frozen=True, eq=False)
class Csv:
    """A CSV file: its head, its rows, and its text, from which places are shown."""

    name: str
    text: str
    delimiter: str
    head: Row
    rows: tuple[Row, ...]
    dialect: Dialect = Dialect.POINTS

    def place(self, row: Row, index: int) -> Place:
        """Where a cell begins; a quoted one may begin lines below its row."""
        cells = _cells_of(self.text, self.delimiter, row.start, row.line)
        cell = cells[min(index, len(cells) - 1)]
        excerpt = _line_at(self.text, cell.line_start)
        width = min(cell.end, cell.line_start + len(excerpt)) - cell.start
        column = cell.start - cell.line_start + 1
        return Place(self.name, cell.line, column, excerpt, max(1, width))


@functools.lru_cache(maxsize=8)
def _cells_of(text: str, delimiter: str, start: int, line: int) -> list[_Cell]:
    """The places of a record's cells, found once for all that is said of them."""
    found: list[_Cell] = []
    quoted, line_start, begun = False, start, (start, line, start)
    for sign in re.compile(f'["{re.escape(delimiter)}]|\r\n?|\n').finditer(text, start):
        if sign[0] == '"':
            quoted = not quoted
        elif quoted and sign[0] != delimiter:
            line, line_start = line + 1, sign.end()
        elif not quoted:
            begin, its_line, its_line_start = begun
            found.append(_Cell(begin, sign.start(), its_line, its_line_start))
            begun = (sign.end(), line, line_start)
            if sign[0] != delimiter or len(found) > MOST_COLUMNS:
                return found
    begin, its_line, its_line_start = begun
    return [*found, _Cell(begin, len(text), its_line, its_line_start)]


@functools.lru_cache(maxsize=8)
def _line_at(text: str, start: int) -> str:
    found = LINE.search(text, start)
    return text[start : found.start() if found else len(text)]


def content_of(path: Path) -> bytes:
    """The bytes of a list; `Mistakes` where it cannot be read or is no list's size."""
    name = str(path)
    if any("\ud800" <= char <= "\udfff" for char in name):
        raise mistake(name, "the name of this file is not text in UTF-8", "Rename the file.")
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise mistake(name, "this is not a file", "Name a .csv file.")
        with path.open("rb") as file:  # bounded: a device can be longer than it says
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise mistake(str(path), f"cannot be read: {(error.strerror or str(error)).lower()}",
                      "Check the path and its permissions.") from None  # fmt: skip
    if len(content) > MOST_BYTES:
        raise mistake(str(path), f"the file has more than {MOST_BYTES:,} bytes",
                      _FEWER)  # fmt: skip
    return content


def read_csv(name: str, content: bytes) -> Csv:
    """The head and rows of a CSV file, comma, semicolon or tab between its cells.

    Raises `Mistakes` where it is no text, no CSV, empty, or larger than a list can be.
    """
    _check_size(name, content)
    text = _text(name, content)
    first = next((line for line in LINE.split(text[:MOST_IN_A_LINE], 50) if line.strip()), "")
    told = re.fullmatch("sep=(.)", first.strip(), re.IGNORECASE)  # Excel's own way to tell
    delimiter = told[1] if told else max(DELIMITERS, key=first.count)
    rows = [
        row
        for row in _records(name, text, delimiter)
        if any(cell.strip() for cell in row.cells) and not (told and row.number == 1)
    ]
    if not rows:
        raise mistake(name, "the file is empty",
                      "Start with a head, for example: id,chip,on_demand_price,date")  # fmt: skip
    if len(rows) == 1:
        raise mistake(name, "the file has a head and no rows", "Add a row, or delete the file.")
    return Csv(name, text, delimiter, rows[0], tuple(rows[1:]))


def _check_size(name: str, content: bytes) -> None:
    """Raise `Mistakes` for more or longer lines than any list has, before anything else is read."""
    lines = _line_ends(content)
    if lines > MOST_LINES:
        wrong = f"the file has {lines:,} lines; a list has at most {MOST_LINES:,}"
        raise mistake(name, wrong, _FEWER)
    start = 0
    while len(content) - start > MOST_IN_A_LINE:
        ends = (content.rfind(one, start, start + MOST_IN_A_LINE) for one in (b"\n", b"\r"))
        if (end := max(ends)) < 0:
            excerpt = content[start : start + MOST_SHOWN].decode("utf-8", "replace") + "…"
            place = Place(name, _line_ends(content[:start]) + 1, 1, excerpt)
            wrong = f"this line has more than {MOST_IN_A_LINE:,} bytes"
            raise Mistakes([Mistake(place, wrong, "Close its quotation marks, or shorten it.")])
        start = end + 1


def _line_ends(content: bytes) -> int:
    return content.count(b"\n") + content.count(b"\r") - content.count(b"\r\n")


def _records(name: str, text: str, delimiter: str) -> Iterator[Row]:
    """Every record of a text, with its number and place; at the first that is none it ends.

    Raises `Mistakes` there.
    """
    csv.field_size_limit(MOST_IN_A_CELL)
    lines, number = _Lines(text), 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line, start = lines.read + 1, lines.end
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Mistakes([_no_record(name, text, start, line, str(error))]) from None
        if cells is None:
            return
        number += 1
        row = Row(number, line, tuple(cells), start)
        if len(cells) > MOST_COLUMNS:
            place = Csv(name, text, delimiter, row, ()).place(row, MOST_COLUMNS)
            wrong = f"row {number} has {len(cells):,} cells; a list has at most {MOST_COLUMNS}"
            raise Mistakes([Mistake(place, wrong, "Keep the columns you need.")])
        yield row


class _Lines:
    """The lines of a text one by one, with their ends, as a reader of CSV wants them."""

    def __init__(self, text: str) -> None:
        self.read = self.end = 0
        self._text, self._breaks = text, LINE.finditer(text)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        start = self.end
        found = next(self._breaks, None)
        self.end = found.end() if found else len(self._text)
        if self.end == start:
            raise StopIteration
        self.read += 1
        return self._text[start : self.end]


def _no_record(name: str, text: str, start: int, line: int, error: str) -> Mistake:
    excerpt = _line_at(text, start)
    place = Place(name, line, excerpt.find('"') + 1 or 1, excerpt)
    wrong = "a quotation mark is not closed, or text stands behind it"
    if "limit" in error:
        wrong = f"a text has more than {MOST_IN_A_CELL:,} characters: is a quotation mark open?"
    return Mistake(place, wrong, 'Close it, and write "" for one inside a text.')


def _text(name: str, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise mistake(name, "this text is in UTF-16, not in UTF-8", _SAVE)
    if content.startswith(b"PK\x03\x04"):
        raise mistake(name, "this is a workbook, not a CSV file", _SAVE)
    if b"\0" in content:
        raise mistake(name, "this is not text, so it is no price list", "Name a .csv file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = LINE.split(content[: error.start].decode("utf-8", "replace"))
        excerpt = LINE.split(content.decode("utf-8", "replace"))[len(line) - 1]
        place = Place(name, len(line), len(line[-1]) + 1, excerpt)
        raise Mistakes([Mistake(place, "this character is not in UTF-8", _SAVE)]) from None
    if found := _CONTROL.search(text):
        before = LINE.split(text[: found.start()])
        excerpt = LINE.split(text)[len(before) - 1]
        place = Place(name, len(before), len(before[-1]) + 1, excerpt)
        wrong = f"a control character (code {ord(found[0])}) stands here"
        raise Mistakes([Mistake(place, wrong, "Delete it.")])
    return text


def head_of(sheet: Csv) -> list[str]:
    """The names of a file's columns, in small letters."""
    return [cell_text(cell).lower().replace(" ", "_") for cell in sheet.head.cells]


def odd_width(sheet: Csv, row: Row) -> Mistake | None:
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


def cell_text(cell: str) -> str:
    """A cell without the spaces around it and without the mark that keeps a formula text."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows as a CSV file that `read_csv` reads back; a line break in a cell is one character."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([LINE.sub("\n", harmless(cell)) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell for a CSV file: a spreadsheet would run a text that starts like a formula."""
    return f"'{cell}" if cell[:1] in tuple("=+-@\t\r") else cell

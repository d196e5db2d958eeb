"""CSV files as people save them, with the place of every cell."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tco.dialects import Dialect
from tco.errors import Mistake, Mistakes, Place, mistake

MOST_BYTES = 100_000_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
LINE = re.compile("\r\n|\r|\n")
_SAVE = "In Excel, save it as “CSV UTF-8 (Comma delimited)”."


@dataclass(frozen=True)
class Row:
    """One record of a file: its number as a spreadsheet counts, its first line, its cells."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Csv:
    """A CSV file: its head, its rows, and its text, from which places are shown."""

    name: str
    text: str
    delimiter: str
    head: Row
    rows: tuple[Row, ...]
    dialect: Dialect = Dialect.POINTS

    @functools.cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return LINE.split(self.text)

    def place(self, row: Row, index: int) -> Place:
        """Where a cell begins; a quoted one may begin lines below its row."""
        line, start, seen, quoted = row.line, 0, 0, False
        while True:
            excerpt = self.lines[line - 1]
            for at, char in enumerate(excerpt):
                if char == '"':
                    quoted = not quoted
                elif char == self.delimiter and not quoted:
                    if seen == index:
                        return Place(self.name, line, start + 1, excerpt, max(1, at - start))
                    seen, start = seen + 1, at + 1
            if seen >= index or not quoted or line == len(self.lines):
                return Place(self.name, line, start + 1, excerpt, max(1, len(excerpt) - start))
            line += 1


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
                      "Keep the rows you need, and name that file.")  # fmt: skip
    return content


def read_csv(name: str, content: bytes) -> Csv:
    """The head and rows of a CSV file, comma, semicolon or tab between its cells.

    Raises `Mistakes` where it is no text, no CSV, or empty.
    """
    text = _text(name, content)
    first = next((line for line in LINE.split(text, 50) if line.strip()), "")
    told = re.fullmatch("sep=(.)", first.strip(), re.IGNORECASE)  # Excel's own way to tell
    delimiter = told[1] if told else max(",;\t", key=first.count)
    rows, read, line = [], csv.reader(io.StringIO(text, newline=""), delimiter=delimiter,
                                      strict=True), 1  # fmt: skip
    csv.field_size_limit(MOST_BYTES)  # a cell too long is told as such later
    try:
        for number, cells in enumerate(read, 1):
            if any(cell.strip() for cell in cells) and not (told and number == 1):
                rows.append(Row(number, line, tuple(cells)))
            line = read.line_num + 1
    except csv.Error:
        excerpt = LINE.split(text)[line - 1]
        column = excerpt.find('"') + 1 or 1
        wrong = "a quotation mark is not closed, or text stands behind it"
        remedy = 'Close it, and write "" for one inside a text.'
        raise Mistakes([Mistake(Place(name, line, column, excerpt), wrong, remedy)]) from None
    if not rows:
        raise mistake(name, "the file is empty",
                      "Start with a head, for example: id,chip,on_demand_price,date")  # fmt: skip
    if len(rows) == 1:
        raise mistake(name, "the file has a head and no rows", "Add a row, or delete the file.")
    return Csv(name, text, delimiter, rows[0], tuple(rows[1:]))


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

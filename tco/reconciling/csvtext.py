"""A CSV text in which single cells are exchanged: every other record stays as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from tco.catalogue.csvfile import Csv, Row, harmless, head_of, read_csv
from tco.quantities.dialects import Dialect, dialect_of

_BOM = b"\xef\xbb\xbf"


class CsvText:
    """The file of a table. Raises `Mistakes` where it cannot be read."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self._bom = name, content.startswith(_BOM)
        self.sheet: Csv = read_csv(name, content)
        self.head = head_of(self.sheet)
        self._cells: dict[tuple[int, int], str] = {}
        self._gone: set[int] = set()
        self._new: dict[int, list[dict[int, str]]] = {}  # by the row that they stand behind

    def commas(self, columns: set[str]) -> bool:
        """Whether decimals stand behind a comma, as the numbers of these columns say."""
        numbers = [at for at, one in enumerate(self.head) if one in columns]
        cells = (row.cells[at].strip() for row in self.sheet.rows for at in numbers
                 if at < len(row.cells))  # fmt: skip
        return dialect_of(self.sheet.delimiter, cells) is Dialect.COMMAS

    def has(self, column: str) -> bool:
        """Whether the file has a column."""
        return column in self.head

    def said(self, row: int, column: str) -> str:
        """A cell of a row, counted from 0, as it is written; "" for none."""
        cells = self.sheet.rows[row].cells
        at = self.head.index(column) if column in self.head else len(cells)
        return cells[at].strip() if at < len(cells) else ""

    def exchange(self, row: int, column: str, text: str) -> None:
        """Put another text into a cell; a column that the file lacks becomes its last."""
        self._cells[row, self._place(column)] = harmless(text)

    def _place(self, column: str) -> int:
        if column not in self.head:
            self.head.append(column)
        return self.head.index(column)

    def add(self, after: int, cells: Mapping[str, str]) -> None:
        """Add a row behind another one, counted from 0; behind -1 it is the first."""
        row = {self._place(column): harmless(text) for column, text in cells.items()}
        self._new.setdefault(after, []).append(row)

    def remove(self, row: int) -> None:
        """Take a row out."""
        self._gone.add(row)

    def result(self) -> bytes:
        """The file with everything exchanged."""
        text, wide = self.sheet.text, len(self.sheet.head.cells)
        names = dict(enumerate(self.head[wide:], wide))
        for number, row in reversed([*enumerate([self.sheet.head, *self.sheet.rows], -1)]):
            new = {at: said for (one, at), said in self._cells.items() if one == number}
            new |= names if number < 0 else {at: new.get(at, "") for at in names}
            end = self._end(row)
            written = text[row.start : end]
            ending = written[len(written.rstrip("\r\n")) :]
            if new:
                cells = dict(enumerate(row.cells)) | new
                written = self._record([cells[at] for at in sorted(cells)]) + ending
            if number in self._gone:
                written = ""
            added = [self._record([one.get(at, "") for at in range(len(self.head))])
                     for one in self._new.get(number, ())]  # fmt: skip
            if added and written and not ending:
                written += self._newline
            written += "".join(f"{one}{ending or self._newline}" for one in added)
            text = text[: row.start] + written + text[end:]
        return self._bom * _BOM + text.encode()

    @property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.sheet.text else "\n"

    def _end(self, row: Row) -> int:
        """Where a record ends: behind its line break."""
        text, start = self.sheet.text, row.start
        quoted = False
        for at in range(start, len(text)):
            if text[at] == '"':
                quoted = not quoted
            elif text[at] in "\r\n" and not quoted:
                return at + (2 if text[at : at + 2] == "\r\n" else 1)
        return len(text)

    def _record(self, cells: list[str]) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator="", delimiter=self.sheet.delimiter).writerow(cells)
        return out.getvalue()

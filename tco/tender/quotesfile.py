"""The file of quotes beside a scenario: what is there stays, a later answer is a next round."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tco.catalogue.csvfile import DELIMITERS, LINE, Csv, content_of, harmless, odd_width
from tco.errors import Mistake, Mistakes
from tco.quantities.dialects import Dialect
from tco.tender.columns import Side
from tco.tender.csvanswers import csv_of, rows_of

Row = dict[str, str]
_NUMBERS_TOO = ("note", "round", "document")  # by which two rows may differ and say the same


@dataclass
class QuotesFile:
    """A file of quotes: its columns, its rows, and how its numbers are written."""

    path: Path
    head: list[str]
    rows: list[Row] = field(default_factory=list)
    delimiter: str = ","
    commas: bool = False

    def text(self) -> str:
        """The file as it is written."""
        out = io.StringIO()
        if self.delimiter not in DELIMITERS:  # which nobody would guess
            out.write(f"sep={self.delimiter}\n")
        writer = csv.writer(out, lineterminator="\n", delimiter=self.delimiter)
        rare = dict.fromkeys(key for row in self.rows for key in row if row[key])
        head = [*self.head, *(key for key in rare if key not in self.head)]
        writer.writerow(head)
        for row in self.rows:
            writer.writerow([LINE.sub("\n", harmless(row.get(key, ""))) for key in head])
        return out.getvalue()

    def add(self, side: Side, new: Sequence[Row]) -> tuple[int, int]:
        """Add rows of one answer, each of the next round for its item.

        What the vendor offered before for an item, alternates and breaks, is replaced as a whole.

        Returns how many were added, and how many were there already.
        """
        added = there = 0
        for asked_for in dict.fromkeys(_asked_for(side, row) for row in new):
            rows = [row for row in new if _asked_for(side, row) == asked_for]
            before = [row for row in self.rows if _asked_for(side, row) == asked_for]
            last = max(map(_round, before), default=0)
            latest = [row for row in before if _round(row) == last]
            if latest and _said(rows) == _said(latest):
                there += len(rows)
                continue
            asked = max((int(float(row["round"])) for row in rows if row.get("round")), default=0)
            number = max(last + 1, asked)
            self.rows += [self._written(row) | {"round": str(number)} for row in rows]
            added += len(rows)
        return added, there

    def _written(self, row: Row) -> Row:
        """A row with its numbers as this file writes them."""
        if not self.commas:
            return row
        texts = (
            "vendor",
            "provider",
            "item",
            "alternate",
            "document",
            "note",
            "currency",
            "complies",
            "deviation",
        )
        return {key: value if key in texts else value.replace(".", ",")
                for key, value in row.items()}  # fmt: skip


def _asked_for(side: Side, row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(key, "").casefold() for key in side.series)


def _round(row: Mapping[str, str]) -> int:
    said = row.get("round", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 1


def _said(rows: Iterable[Mapping[str, str]]) -> set[frozenset[tuple[str, str]]]:
    """What rows say, whatever they are numbered by."""
    return {
        frozenset((key, _plain(said)) for key, said in row.items()
                  if said and key not in _NUMBERS_TOO)
        for row in rows
    }  # fmt: skip


def _plain(value: str) -> str:
    try:
        return f"{float(value.replace(',', '.')):.12g}"
    except ValueError:
        return value.casefold()


def quotes_file(path: Path, side: Side) -> QuotesFile:
    """The file as it is, with the columns that it lacks; an empty one where there is none.

    Raises `Mistakes` where it cannot be read.
    """
    if not path.exists():
        return QuotesFile(path, list(side.head))
    content = content_of(path)
    if len([line for line in content.splitlines() if line.strip()]) < 2:
        return QuotesFile(path, list(side.head))
    sheet = csv_of(path, content)
    heads = [cell.strip().casefold().replace(" ", "_") for cell in sheet.head.cells]
    _refuse_what_would_be_lost(sheet, heads)
    rows = [dict(row) for row in rows_of(sheet)]
    head = [*heads, *(key for key in side.head if key not in heads)]
    return QuotesFile(path, head, rows, sheet.delimiter, sheet.dialect is Dialect.COMMAS)


def _refuse_what_would_be_lost(sheet: Csv, heads: Sequence[str]) -> None:
    """Raise `Mistakes` for cells that belong to no column: the file is about to be written anew."""
    mistakes = [wrong for row in sheet.rows if (wrong := odd_width(sheet, row))]
    mistakes += [
        Mistake(sheet.place(sheet.head, at), f"the column {head} stands twice",
                "Keep one of the two.")
        for at, head in enumerate(heads) if head and head in heads[:at]
    ]  # fmt: skip
    mistakes += [
        Mistake(sheet.place(sheet.head, at), "a column with cells has no name",
                "Type its name, or delete it.")
        for at, head in enumerate(heads)
        if not head and any(row.cells[at].strip() for row in sheet.rows if at < len(row.cells))
    ]  # fmt: skip
    if mistakes:
        raise Mistakes(mistakes)

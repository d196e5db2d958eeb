"""Own price lists: a company's CSV files, read with their places, checked, laid over the catalogue.

A known id changes the cells that are filled; a new id is a new row. Whatever a list gives is
marked as its own, with its date, so that no shipped source stands behind somebody else's number.
"""

from __future__ import annotations

import functools
import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tco.catalogue.csvfile import Csv, content_of
from tco.catalogue.entries import Entry, Given, entries_of, read_list, table_of
from tco.catalogue.hints import Hints, first_of
from tco.catalogue.merging import changes, merged
from tco.catalogue.outliers import of_row
from tco.catalogue.shipped import (
    SHIPPED,
    Catalogue,
    Finding,
    OwnList,
    Table,
    completed,
    file_rows,
    linked,
    shipped,
)
from tco.errors import Mistake, Mistakes, Place

FOLDER = "catalogue"  # laid over by itself where it stands in the working directory
MOST_ROWS = 5_000  # of a table, shipped rows included: a dropdown of more is none
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


def laid_over_as_carried(
    prices: Sequence[tuple[str, bytes]],
) -> tuple[Catalogue, tuple[Mistake, ...]]:
    """The same, of lists whose content a workbook carries, by the names they had."""
    return _laid_over(tuple((name, name, content) for name, content in prices))


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
        OwnList(name, laying.counts.get(path, 0), hashlib.sha256(content).hexdigest(), content)
        for name, path, content in contents
    )
    order = [path for _, path, _ in contents]
    told = sorted(laying.mistakes, key=lambda one: (order.index(one.place.name), one.place.line,
                                                    one.place.column))  # fmt: skip
    names = {path: name for name, path, _ in contents}
    found = tuple(replace(one, name=names[one.name]) for one in laying.findings)
    return Catalogue(tables, own, found), first_of(told)


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
        given = changes(table, entry).given if before else entry.given
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


def folded(key: str) -> str:
    """An id as a spreadsheet compares it: without regard to capitals."""
    return unicodedata.normalize("NFKC", key).casefold()


def too_many(name: str, table: str, count: int) -> Mistake:
    """The mistake of a list that makes a table longer than a dropdown can be."""
    return Mistake(
        Place(name), f"this makes {count:,} rows; the table {table} takes {MOST_ROWS:,} in all",
        f"Narrow it: tco catalogue add {name} --chip ID --region TEXT",
    )  # fmt: skip

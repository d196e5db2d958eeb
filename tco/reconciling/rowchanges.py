"""Rows that a workbook has more or fewer than the file of its scenario, into that file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tco.errors import Mistake, Place
from tco.facts import RowFact
from tco.reconciling.returned import Returned
from tco.reconciling.rows import AnyRow, GoneRow, NewRow
from tco.reconciling.scenariofile import ScenarioFile
from tco.reconciling.yamltext import Unwritable
from tco.scenario import Scenario

_NOT_COMPUTED = "the workbook computes nothing with it, the next one does"


@dataclass
class RowChanges:
    """What is to be added and taken out, each with its number in the file as it is now."""

    added: list[tuple[NewRow, int]] = field(default_factory=list)
    gone: list[tuple[GoneRow, int]] = field(default_factory=list)
    already: list[AnyRow] = field(default_factory=list)
    written: list[str] = field(default_factory=list)  # each of the added, as the file has it

    def __len__(self) -> int:
        return len(self.added) + len(self.gone)

    @property
    def places(self) -> list[str]:
        """Where each stands, and of what it is a row."""
        return [f"{one.place}: a row of {one.table}" for one in self._rows]

    @property
    def _rows(self) -> list[AnyRow]:
        return [*(one for one, _ in self.added), *(one for one, _ in self.gone)]

    def moved(self, table: str, row: int) -> int:
        """The number that a row has once these are made."""
        above = sum(one.table == table and at < row for one, at in self.added)
        return row + above - sum(one.table == table and at < row for one, at in self.gone)

    def write(self, back: Returned, file: ScenarioFile) -> Iterator[Mistake]:
        """Make the changes; what cannot be written is said."""
        for one, at in self.gone:
            try:
                file.remove_row(one.table, at)
            except Unwritable as error:
                yield _mistake(back, one, error.wrong, error.remedy)
        self.written = []
        for new, at in self.added:
            try:
                cells = file.add_row(new.table, at, new.values, new.aside)
                self.written.append(", ".join(f"{key} {said}" for key, said in cells.items()))
            except Unwritable as error:
                yield _mistake(back, new, error.wrong, error.remedy)

    def unlike(self, back: Returned, was: Scenario, made: Scenario) -> Iterator[Mistake]:
        """What is said where the file, read again, has not just these rows more and fewer."""
        for new, _ in self.added:
            if _many(new, made.tables[new.table]) == _many(new, was.tables[new.table]):
                wrong = f"a file would not have this row of {new.table} as it was typed"
                yield _mistake(back, new, wrong, "Write the row into the scenario's file.")
        for table in dict.fromkeys(one.table for one in self._rows):
            more = sum(one.table == table for one, _ in self.added)
            fewer = sum(one.table == table for one, _ in self.gone)
            if len(made.tables[table]) != len(was.tables[table]) + more - fewer:
                wrong = f"with its rows added and taken out {table} has another number of rows"
                yield Mistake(Place(str(back.path)), wrong, "Write them into the scenario's file.")

    def said(self) -> Iterator[str]:
        """Each change in words."""
        for one in self.already:
            yield f"{one.table}: the file has this already  ({one.place})"
        for gone, at in self.gone:
            yield f"{gone.table}: row {at + 1} was emptied, and is taken out  ({gone.place})"
        for (new, _), cells in zip(self.added, self.written, strict=True):
            yield f"{new.table}: a row was added: {cells}  ({new.place}); {_NOT_COMPUTED}"


def row_changes(
    back: Returned, before: ScenarioFile, now: ScenarioFile, there: Scenario | None
) -> tuple[RowChanges, list[Mistake]]:
    """What is to be done with the rows of a book, and what cannot be.

    Args:
        back: the book.
        before: the file as the book carries it.
        now: the file as it is.
        there: what the file as it is says; None where there is no file.
    """
    made, wrong = RowChanges(), []
    for new in back.added:
        was = _many(new, back.scenario.tables[new.table])
        if there is not None and _many(new, there.tables[new.table]) > was:
            made.already.append(new)
        else:
            made.added.append((new, _behind(new, before, now)))
    for gone in back.emptied:
        rows, rows_now = before.rows(gone.table), now.rows(gone.table)
        found = _places(rows, rows_now, gone.row)
        come = sum(_plain(one) not in map(_plain, rows) for one in rows_now)
        if len(found) == 1:
            made.gone.append((gone, found[0]))
        elif not found and come == sum(one.table == gone.table for one in made.already
                                       if isinstance(one, NewRow)):  # fmt: skip
            made.already.append(gone)
        else:
            wrong.append(_mistake(back, gone, f"row {gone.row + 1} of {gone.table} was emptied, "
                                  "and it was changed in the file since",
                                  "Take it out of the file, or put its cells back."))  # fmt: skip
    return made, wrong


def _behind(new: NewRow, before: ScenarioFile, now: ScenarioFile) -> int:
    """The number of the row in the file behind which it goes: the last where that one is gone."""
    if new.after < 0:
        return -1
    rows, rows_now = before.rows(new.table), now.rows(new.table)
    found = _places(rows, rows_now, new.after) if new.after < len(rows) else []
    return found[0] if len(found) == 1 and new.after < len(rows) - 1 else len(rows_now) - 1


def _places(rows: Sequence[object], rows_now: Sequence[object], row: int) -> list[int]:
    """Where a row of the file is now: where it was, if all are as they were."""
    was, now = [*map(_plain, rows)], [*map(_plain, rows_now)]
    if was == now:
        return [row]
    return [at for at, one in enumerate(now) if row < len(was) and one == was[row]]


def _plain(row: object) -> object:
    """What a row says, without what it leaves blank, and its source, which may number it."""
    if not isinstance(row, dict):
        return str(row)
    return {str(key): str(said) for key, said in row.items()
            if said not in ("", None) and key != "source"}  # fmt: skip


def _many(new: NewRow, rows: Sequence[RowFact]) -> int:
    """How many rows say what was typed."""
    return sum(
        all(_folded(row.values.get(key)) == _folded(value) for key, value in new.values.items())
        for row in rows
    )


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def _mistake(back: Returned, row: AnyRow, wrong: str, remedy: str) -> Mistake:
    return Mistake(Place(f"{back.path}, {row.place}"), wrong, remedy)

"""Rows of a table that the product knows: a file has all rows of a table, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Cells = dict[str, str]


@dataclass
class KnownRows:
    """The rows of one table that no file gives, and what is to be another in them."""

    rows: list[Cells]
    _gone: set[int] = field(default_factory=set)
    _new: list[tuple[int, Cells]] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, object]]) -> KnownRows:
        """These rows, as a file would write them."""
        return cls([{key: str(said) for key, said in row.items() if said} for row in rows])

    def add(self, after: int, cells: Cells) -> None:
        """A row behind another one, counted from 0; behind -1 it is the first."""
        self._new.append((after, cells))

    def remove(self, row: int) -> None:
        """Take a row out."""
        self._gone.add(row)

    def result(self) -> list[Cells]:
        """All rows as they are to be."""
        found = [cells for after, cells in self._new if after < 0]
        for number, row in enumerate(self.rows):
            found += [row] * (number not in self._gone)
            found += [cells for after, cells in self._new if after == number]
        return found

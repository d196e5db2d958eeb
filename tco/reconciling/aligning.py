"""Where each cell of a book as it was built stands in the book as it came back.

Rows and columns are followed by what stands in them, sheets by their defined names: whoever inserts
a row, a column or another name for a sheet moves cells without changing any.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from tco.verify.contents import Contents
from tco.verify.reading import Key
from tco.workbook.cells import column_number, letters
from tco.workbook.names import sheet_name

_QUOTED = re.compile(r"(\"(?:[^\"]|\"\")*\")")
_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_.]*)!)?"
_CORNER = r"(?P<c{0}>\$?)(?P<column{0}>[A-Z]{{1,3}})(?P<r{0}>\$?)(?P<row{0}>[0-9]+)"
_REFERENCE = re.compile(
    rf"(?<![A-Za-z0-9_.$'!]){_SHEET}{_CORNER.format(1)}(?::{_CORNER.format(2)})?(?![A-Za-z0-9_.(])"
)
_SIMPLE = re.compile("[A-Za-z_][A-Za-z0-9_]*")
Row = tuple[tuple[int, Any], ...]  # the columns that say something, each with what it says


@dataclass(frozen=True)
class Moves:
    """Where the rows and the columns of a sheet went; what has gone is in neither."""

    title: str
    rows: Mapping[int, int] = field(default_factory=dict)
    columns: Mapping[int, int] = field(default_factory=dict)

    def row(self, row: int) -> int:
        """Where a row is; one that says nothing is as far from the one above it as it was."""
        return _near(self.rows, row)

    def column(self, column: int) -> int:
        """The same of a column."""
        return _near(self.columns, column)

    @functools.cached_property
    def moved(self) -> bool:
        """Whether any row or column is not where it was."""
        return any(a != b for places in (self.rows, self.columns) for a, b in places.items())


def _near(places: Mapping[int, int], wanted: int) -> int:
    for step in range(wanted):
        if wanted - step in places:
            return places[wanted - step] + step
    return wanted


@dataclass(frozen=True)
class Alignment:
    """Where each sheet of a built book went, with its rows and columns."""

    sheets: Mapping[str, Moves]

    def at(self, key: Key) -> Key | None:
        """Where a cell is; None where its sheet is gone."""
        found = self.sheets.get(key[0])
        if found is None:
            return None
        return found.title, found.row(key[1]), found.column(key[2])

    @functools.cached_property
    def moved(self) -> bool:
        """Whether anything is not where it was."""
        return any(one.moved or one.title != title for title, one in self.sheets.items())

    def formula(self, text: str, sheet: str) -> str:
        """A formula of a sheet, or what a name leads to, as it reads where all has gone.

        It is plain, as `contents.plain` has it, and stays so.
        """
        parts = _QUOTED.split(text)
        for place in range(0, len(parts), 2):
            parts[place] = _REFERENCE.sub(lambda one: self._reference(one, sheet), parts[place])
        return "".join(parts)

    def _reference(self, one: re.Match[str], sheet: str) -> str:
        named = one["sheet"]
        title = named.strip("'").replace("''", "'") if named else sheet
        moves = self.sheets.get(title)
        if moves is None:
            return one[0]
        corners = [
            f"{one[f'c{at}']}{letters(moves.column(column_number(one[f'column{at}'])))}"
            f"{one[f'r{at}']}{moves.row(int(one[f'row{at}']))}"
            for at in (1, 2) if one[f"row{at}"]
        ]  # fmt: skip
        return (f"{_quoted(moves.title)}!" if named else "") + ":".join(corners)


def _quoted(title: str) -> str:
    return title if _SIMPLE.fullmatch(title) else "'" + title.replace("'", "''") + "'"


def aligned(built: Contents, found: Contents) -> Alignment:
    """Where everything of a built book is in one that came back."""
    rows, there = _rows(built), _rows(found)
    titles = dict(_titles(built, found))
    return Alignment({
        title: _moves(titles[title], rows.get(title, {}), there.get(titles[title], {}))
        for title in built.sheets if title in titles
    })  # fmt: skip


def _titles(built: Contents, found: Contents) -> Iterator[tuple[str, str]]:
    """The title of each sheet as it is now, by the name of its first cell."""
    for title in built.sheets:
        leads = found.names.get(sheet_name(title), "").rpartition("!")[0]
        now = leads.strip("'").replace("''", "'")
        if now in found.sheets:
            yield title, now
        elif title in found.sheets:
            yield title, title


def _rows(contents: Contents) -> dict[str, dict[int, Row]]:
    """What each row of each sheet says: its texts, and its formulas without their places."""
    found: dict[str, dict[int, list[tuple[int, Any]]]] = defaultdict(lambda: defaultdict(list))
    known: dict[str, str] = {}
    for (sheet, row, column), said in contents.cells.items():
        if isinstance(said, str) and said:
            if said not in known:
                known[said] = _REFERENCE.sub("@", said) if said[0] == "=" else said
            found[sheet][row].append((column, known[said]))
    return {sheet: {row: tuple(sorted(cells)) for row, cells in rows.items()}
            for sheet, rows in found.items()}  # fmt: skip


def _moves(title: str, built: Mapping[int, Row], found: Mapping[int, Row]) -> Moves:
    here, there = sorted(built), sorted(found)
    before = [tuple(said for _, said in built[row]) for row in here]
    after = [tuple(said for _, said in found[row]) for row in there]
    rows = dict(_matched(here, before, there, after))
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for row, now in rows.items():
        if len(built[row]) == len(found[now]):
            for (column, said), (at, says) in zip(built[row], found[now], strict=True):
                if said == says:
                    votes[column][at] += 1
    columns = {column: seen.most_common(1)[0][0] for column, seen in votes.items()}
    return Moves(title, rows, columns)


def _matched(
    here: Sequence[int], before: Sequence[tuple[Any, ...]],
    there: Sequence[int], after: Sequence[tuple[Any, ...]],
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Rows that say the same, in order; then those moved; last what is left between the others."""
    if before == after:
        yield from zip(here, there, strict=True)
        return
    segments: list[tuple[list[int], list[int]]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, start, end, first, last in matcher.get_opcodes():
        if what == "equal":
            yield from zip(here[start:end], there[first:last], strict=True)
        else:
            segments.append(([*range(start, end)], [*range(first, last)]))
    for part in (slice(None), slice(1)):  # all that a row says, else its key
        gone = {at: before[at][part] for one, _ in segments for at in one}
        come = {at: after[at][part] for _, one in segments for at in one}
        lost, told = Counter(gone.values()), Counter(come.values())
        found = {said: at for at, said in come.items() if told[said] == 1}
        for at, said in gone.items():
            if lost[said] == 1 and said in found:
                yield here[at], there[found[said]]
                for one, other in segments:
                    one[:] = [each for each in one if each != at]
                    other[:] = [each for each in other if each != found[said]]
    for one, other in segments:
        if len(one) == len(other):
            yield from ((here[a], there[b]) for a, b in zip(one, other, strict=True))

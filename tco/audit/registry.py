"""What a rule is: one function that says what it is about, why it matters and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tco.audit.book import At, Book, Group
from tco.audit.formula import Box
from tco.workbook.cells import letters

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)
PACKAGE, CACHES, STRUCTURE, FORMULAS = "package", "caches", "structure", "formulas"
UNITS, PRESENTATION, CONTROLS = "units", "presentation", "controls"
SUBJECTS = (PACKAGE, CACHES, STRUCTURE, FORMULAS, UNITS, PRESENTATION, CONTROLS)


@dataclass(frozen=True)
class Found:
    """Where a rule fires, and what it is there: of one sheet ("" for the book), in a sentence."""

    sheet: str
    cells: tuple[At, ...]
    what: str


Look = Callable[[Book], Iterable[Found]]


@dataclass(frozen=True)
class Rule:
    """A rule. `title` is the first line of its function's docstring."""

    id: str
    severity: str
    about: str
    title: str
    why: str
    mend: str
    look: Look


@dataclass(frozen=True)
class Finding:
    """What a rule found; `places` are the areas of its cells, such as B2:B9."""

    rule: Rule
    sheet: str
    places: tuple[str, ...]
    count: int
    what: str

    @property
    def where(self) -> str:
        """The sheet and the areas, a few of them."""
        if not self.sheet:
            return "workbook"
        if not self.places:
            return self.sheet
        shown = ", ".join(self.places[:3])
        more = len(self.places) - 3
        return f"{self.sheet}!{shown}" + (f" and {more} more" if more > 0 else "")


RULES: dict[str, Rule] = {}


def rule(id: str, severity: str, about: str, *, why: str, mend: str) -> Callable[[Look], Look]:
    """Register a rule: its id, how grave and about what it is, why it matters, how to mend."""

    def register(look: Look) -> Look:
        title = (look.__doc__ or "").strip().splitlines()[0]
        if id in RULES:
            raise ValueError(f"two rules have the id {id}")
        RULES[id] = Rule(id, severity, about, title, why, mend, look)
        return look

    return register


def found_by(one: Rule, book: Book) -> Iterator[Finding]:
    """What a rule finds in a book."""
    for found in one.look(book):
        yield Finding(one, found.sheet, areas(found.cells), max(1, len(found.cells)), found.what)


def by_sheet(found: Iterable[tuple[Group, str]]) -> Iterator[Found]:
    """One finding a sheet, for what is mended in one go: the first in words, the rest counted."""
    sheets: dict[str, list[tuple[Group, str]]] = {}
    for group, said in found:
        sheets.setdefault(group.sheet.name, []).append((group, said))
    for sheet, groups in sheets.items():
        cells = tuple(at for group, _ in groups for at in group.cells)
        more = f"; so do {len(groups) - 1:,} more formulas" if len(groups) > 1 else ""
        yield Found(sheet, cells, groups[0][1] + more)


def areas(cells: Iterable[At]) -> tuple[str, ...]:
    """Cells as areas: runs down a column first, equal runs side by side then joined."""
    runs: list[tuple[int, int, int]] = []  # top, bottom, column
    for row, column in sorted(set(cells), key=lambda at: (at[1], at[0])):
        if runs and runs[-1][2] == column and runs[-1][1] == row - 1:
            runs[-1] = runs[-1][0], row, column
        else:
            runs.append((row, row, column))
    joined: list[tuple[int, int, int, int]] = []
    for top, bottom, column in sorted(runs):
        if joined and joined[-1][:2] == (top, bottom) and joined[-1][3] == column - 1:
            joined[-1] = top, bottom, joined[-1][2], column
        else:
            joined.append((top, bottom, column, column))
    return tuple(str(Box("", top, left, bottom, right)) for top, bottom, left, right in joined)


def cell_name(at: At) -> str:
    """A cell as a reader names it: B7."""
    return f"{letters(at[1])}{at[0]}"


def short(text: str, most: int = 60) -> str:
    """A text cut where it is long, on one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"

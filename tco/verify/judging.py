"""Which of an engine's differences are float noise, and which are differences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tco.verify.contents import moved
from tco.verify.parts import Cell, OddError
from tco.verify.reading import Key, look_up, number_of_text, value_of
from tco.verify.scale import Scales
from tco.verify.tree import Area, Node, UnknownError, areas, tree, work
from tco.workbook.cells import letters

# A book with more cells that fail the relative test is not noisy but wrong.
MOST_JUDGED = 10_000
MOST_CHARACTERS = 1_000_000  # of their formulas: a few seconds
MOST_WORK = 10_000_000  # values that come up: some ten seconds


@dataclass
class _Formulas:
    """The formulas of some cells, and those that others share."""

    wanted: set[Key]
    texts: dict[Key, str] = field(default_factory=dict)
    sharing: dict[Key, tuple[str, str]] = field(default_factory=dict)
    shared: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def visit(self, sheet: str, cell: Cell) -> None:
        if cell.formula is None:
            return
        number = sheet, cell.about.get("si", "")
        if cell.formula and cell.about.get("t") == "shared":
            self.shared[number] = cell.formula, f"{letters(cell.column)}{cell.row}"
        if (key := (sheet, cell.row, cell.column)) in self.wanted:
            if cell.formula:
                self.texts[key] = cell.formula
            else:
                self.sharing[key] = number

    @property
    def length(self) -> int:
        """Of all the formulas that are wanted, in characters."""
        shared = (len(self.shared.get(number, ("", ""))[0]) for number in self.sharing.values())
        return sum(map(len, self.texts.values())) + sum(shared)

    def trees(self) -> dict[Key, Node | None]:
        for key, number in self.sharing.items():
            text, origin = self.shared.get(number, ("", "A1"))
            place = f"{letters(key[2])}{key[1]}"
            self.texts[key] = moved(text, origin, place)
        return {key: _tree(self.texts.get(key, ""), key[0]) for key in self.wanted}


def _tree(formula: str, sheet: str) -> Node | None:
    try:
        return tree(formula, sheet)
    except UnknownError:
        return None


def scales(
    path: Path,
    differing: Iterable[Key],
    stored: Mapping[Key, Any],
    computed: Mapping[Key, Any],
    agree: Callable[[Any, Any, float], bool],
) -> Mapping[Key, float]:
    """The scale of every cell that differs, where noise may be forgiven; no others.

    Raises `Mistakes` where the workbook is no longer what it was.
    """
    wanted = set(differing)
    if len(wanted) > MOST_JUDGED:
        return {}
    formulas = _Formulas(wanted)
    look_up(path, {key[0] for key in wanted}, formulas.visit)
    if formulas.length > MOST_CHARACTERS:
        return {}
    trees = formulas.trees()
    understood = [node for node in trees.values() if node is not None]
    if sum(map(work, understood)) > MOST_WORK:
        return {}
    read = [area for node in understood for area in areas(node)]
    constants = _constants(path, read, stored)

    def look(key: Key) -> tuple[Any, Any]:
        if key in stored:
            return stored[key], computed[key]
        return constants.get(key), constants.get(key)

    found = Scales(trees, look, agree)
    return {key: found.of(key) for key in wanted}


def _constants(path: Path, read: Iterable[Area], stored: Mapping[Key, Any]) -> dict[Key, Any]:
    """The values of cells without a formula, where they are read."""
    wanted = {key for area in set(read) for key in area.cells() if key not in stored}
    found: dict[Key, Any] = {}
    numbered: dict[Key, int] = {}

    def visit(sheet: str, cell: Cell) -> None:
        key = sheet, cell.row, cell.column
        if key not in wanted:
            return
        try:
            if cell.kind == "s" and cell.text:
                numbered[key] = number_of_text(cell)
            else:
                found[key] = value_of(cell)
        except OddError:
            found[key] = cell.text  # no formula of ours computes with a text

    texts = look_up(path, {key[0] for key in wanted}, visit)
    if numbered:
        by_number = texts(numbered.values())
        found.update((key, by_number[number]) for key, number in numbered.items())
    return found

"""What of a workbook is not as it was built.

Each cell and name is laid beside those of the book that its own scenario makes anew. What is typed
where numbers are to be typed is an override, and listed as one; all else was tampered with.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator

from tco import __version__
from tco.carried import Carried
from tco.catalogue.shipped import data_hash
from tco.errors import mistake, printable
from tco.page.sides import Comparison
from tco.read.loading import load_carried
from tco.verify.comparing import agree
from tco.verify.original import Original, about, originals_in
from tco.verify.parts import Cell, Sheet, Texts, book_in
from tco.verify.reading import Key, named, number_of_text, unescaped, value_of
from tco.verify.refusing import opened
from tco.workbook.cells import Book, address
from tco.workbook.layout import lay_out
from tco.workbook.package import to_bytes
from tco.workbook.sheets import ORIGINAL
from tco.workbook.sidesbook import COMPARED, lay_out_sides

NOTHING = "nothing"


@dataclass(frozen=True)
class Change:
    """A cell, a name or a sheet that is not as it was built."""

    place: str
    was: str
    now: str


@dataclass(frozen=True)
class Rebuilt:
    """A workbook beside the one that its scenario makes anew."""

    path: str
    cells: int
    names: int
    changes: tuple[Change, ...] = ()
    overrides: tuple[Change, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether nothing but overrides is other than it was built."""
        return not self.changes


@dataclass
class _Contents:
    """What stands in a file: a formula or a constant in each cell, and what names lead to."""

    cells: dict[Key, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()


def beside_rebuilt(path: Path) -> Rebuilt:
    """The workbook beside the one that its scenario makes; of no cells where it is not of one.

    One that compares scenarios beside the one that all of them make. Raises `Mistakes` for a
    workbook of another version or of another catalogue: it may be as it was built, but this
    program builds another.
    """
    originals = originals_in(path)
    if not originals:
        return _without_original(path)
    for original in originals:
        _refuse_another(path, original)
    book, said = _anew(path, originals), about(path)
    if (stated := said.get(book.mark, "")) not in ("", book.properties[book.mark]):
        typed_over = Change(f"sheet {ORIGINAL}", f"inputs {stated[:12]}",
                            f"inputs {book.properties[book.mark][:12]}")  # fmt: skip
        return Rebuilt(str(path), 0, 0, (typed_over,))
    typed = {(sheet.title, *at) for sheet in book.sheets
             for at, cell in sheet.cells.items() if cell.look.startswith("input")}  # fmt: skip
    content = to_bytes(book)
    with tempfile.TemporaryDirectory(prefix="tco-") as folder:
        anew = Path(folder, "anew.xlsx")
        anew.write_bytes(content)
        built = _contents(anew)
    if path.stat().st_size == len(content) and path.read_bytes() == content:
        return Rebuilt(str(path), len(built.cells), len(built.names))
    found = _contents(path)
    changes = [*_sheets(built, found), *_cells(built, found), *_names(built, found)]
    at_inputs = [change for key, change in changes if key in typed]
    return Rebuilt(str(path), len(built.cells), len(built.names),
                   tuple(change for key, change in changes if key not in typed),
                   tuple(at_inputs))  # fmt: skip


def _anew(path: Path, originals: Sequence[Original]) -> Book:
    """The book that one scenario makes, or the one that compares them."""
    scenarios = [load_carried(one.carried, str(path)) for one in originals]
    if len(scenarios) == 1:
        return lay_out(scenarios[0])
    return lay_out_sides(Comparison.of(about(path).get(COMPARED, path.stem), scenarios))


def _without_original(path: Path) -> Rebuilt:
    """What is to be said of a workbook that carries no scenario: of ours, that it is gone."""
    said = about(path)
    if not (said.get("scenario") or said.get("scenarios")):
        return Rebuilt(str(path), 0, 0)
    if said.get("tco_version") != __version__:
        _refuse_another(path, Original(said.get("tco_version", ""), "", Carried("", "")))
    return Rebuilt(str(path), 0, 0, (Change(f"sheet {ORIGINAL}", "there", "gone"),))


def _refuse_another(path: Path, original: Original) -> None:
    if original.version != __version__:
        raise mistake(
            str(path), f"it was built by tco {original.version or 'of no version'}; this is "
            f"{__version__}, which builds another",
            f"Compare it with tco {original.version}, or build it anew: tco build {path}",
        )  # fmt: skip
    if original.catalogue != data_hash():
        raise mistake(
            str(path), "it was built from another catalogue than this program has",
            f"Install the same tco {original.version}, or build it anew: tco build {path}",
        )  # fmt: skip


# ---- what a file holds ---------------------------------------------------------------------------


def _contents(path: Path) -> _Contents:
    """Every formula and constant of a file, formulas as every program writes them."""
    found = _Contents()
    numbered: dict[Key, int] = {}
    with opened(path) as package:
        book = book_in(package)
        found.sheets = tuple(book.sheets)
        found.names = {name: _target(target) for name, target in book.names
                       if not name.startswith("_xlnm")}  # fmt: skip
        for sheet, part in book.sheets.items():
            reading = _SheetContents(sheet, found, numbered)
            Sheet(reading.visit, every=True).parse(package, part)
        texts = Texts(set(numbered.values()))
        if book.texts:
            texts.parse(package, book.texts)
    for key, number in numbered.items():
        found.cells[key] = unescaped(texts.found.get(number, ""))
    return found


@dataclass
class _SheetContents:
    sheet: str
    found: _Contents
    numbered: dict[Key, int]
    shared: dict[str, tuple[str, str]] = field(default_factory=dict)

    def visit(self, cell: Cell) -> None:
        key = self.sheet, cell.row, cell.column
        if cell.formula is not None:
            self.found.cells[key] = f"={plain_formula(self._formula(cell))}"
        elif cell.kind == "s" and cell.text is not None:
            self.numbered[key] = number_of_text(cell)
        elif (value := value_of(cell)) is not None:
            self.found.cells[key] = value

    def _formula(self, cell: Cell) -> str:
        """The formula of a cell; of one that shares another's, moved to where it is."""
        here, number = address(cell.row, cell.column), cell.about.get("si", "")
        if cell.about.get("t") != "shared" or cell.formula:
            self.shared[number] = cell.formula or "", here
            return cell.formula or ""
        formula, there = self.shared.get(number, ("", here))
        try:
            return str(Translator(f"={formula}", there).translate_formula(here))[1:]
        except (TokenizerError, ValueError, IndexError):  # of what is no formula
            return formula


_QUOTED = re.compile(r"(\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*')")  # texts, and names of sheets
_SIMPLE = re.compile(r"'([A-Za-z_][A-Za-z0-9_]*)'!")
_LOGICAL = re.compile(r"\b(TRUE|FALSE)\(\)")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.$:!])(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?(?![A-Za-z0-9_.(!:])")


def plain_formula(formula: str) -> str:
    """A formula without what programs write in their own way: spaces, quotes, digits, TRUE()."""
    parts = _QUOTED.split(formula)
    for place in range(0, len(parts), 2):
        part = _LOGICAL.sub(r"\1", re.sub(r"\s", "", parts[place]))
        parts[place] = _NUMBER.sub(lambda found: repr(float(found[0])), part)
    return _target("".join(parts))


def _target(target: str) -> str:
    return _SIMPLE.sub(r"\1!", target)


# ---- what differs --------------------------------------------------------------------------------


def _sheets(built: _Contents, found: _Contents) -> Iterator[tuple[Key | None, Change]]:
    for title in built.sheets:
        if title not in found.sheets:
            yield None, Change(f"sheet {title}", "there", "gone, or of another name")
    for title in found.sheets:
        if title not in built.sheets:
            yield None, Change(f"sheet {title}", NOTHING, "there")


def _cells(built: _Contents, found: _Contents) -> Iterator[tuple[Key | None, Change]]:
    missing = set(built.sheets) - set(found.sheets)
    for key in sorted(built.cells.keys() | found.cells.keys(), key=_in_order(built)):
        if key[0] in missing or key[0] not in built.sheets:
            continue
        was, now = built.cells.get(key), found.cells.get(key)
        if not _same(was, now):
            yield key, Change(named(key), _said(was), _said(now))


def _in_order(built: _Contents) -> Any:
    places = {title: number for number, title in enumerate(built.sheets)}
    return lambda key: (places.get(key[0], len(places)), key)


def _same(was: Any, now: Any) -> bool:
    if isinstance(was, float) and isinstance(now, float):
        return agree(was, now)
    return bool(was == now) or (was in (None, "") and now in (None, ""))


def _names(built: _Contents, found: _Contents) -> Iterator[tuple[Key | None, Change]]:
    for name in sorted(built.names.keys() | found.names.keys()):
        was, now = built.names.get(name, NOTHING), found.names.get(name, NOTHING)
        if was != now:
            yield None, Change(f"name {name}", was, now)


def _said(value: Any) -> str:
    if value in (None, ""):
        return NOTHING
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 100 else f"{text[:99]}…"


def said_of(rebuilt: Rebuilt, most: int = 20) -> str:
    """In words: a line, and under it what was changed, and what is overridden."""
    changes, overrides = rebuilt.changes, rebuilt.overrides
    if not rebuilt.cells:  # nothing could be laid beside it
        return "\n".join(
            printable(f"{rebuilt.path}: {one.place} is not what this workbook was built from: "
                      f"was {one.was}, is {one.now}") for one in changes
        )  # fmt: skip
    summary = f"{len(changes):,} not as built" if changes else "all as built"
    if overrides:
        summary += f", {len(overrides):,} overridden"
    lines = [f"{rebuilt.path}: beside its scenario built anew: {rebuilt.cells:,} cells and "
             f"{rebuilt.names:,} names, {summary}"]  # fmt: skip
    lines += [f"  {one.place}: was {one.was}, is {one.now}" for one in changes[:most]]
    if len(changes) > most:
        lines.append(f"  and {len(changes) - most:,} more")
    lines += [f"  {one.place}: override {one.now}" for one in overrides[:most]]
    if len(overrides) > most:
        lines.append(f"  and {len(overrides) - most:,} more")
    return "\n".join(map(printable, lines))

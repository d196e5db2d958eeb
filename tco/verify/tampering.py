"""What of a workbook is not as it was built.

Each cell and name is laid beside those of the book that its own scenario makes anew. What is typed
where numbers are to be typed is an override, and listed as one; all else was tampered with.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tco import __version__
from tco.carried import Carried
from tco.catalogue.shipped import data_hash
from tco.errors import mistake, printable
from tco.page.sides import Comparison
from tco.read.loading import load_carried
from tco.verify.comparing import agree
from tco.verify.contents import Contents, contents_of
from tco.verify.original import Original, about_of, originals_in
from tco.verify.reading import Key, named
from tco.workbook.cells import Book
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
        refuse_another(path, original)
    book, about = _anew(path, originals), about_of(path)
    if (stated := about.get(book.mark, "")) not in ("", book.properties[book.mark]):
        typed_over = Change(f"sheet {ORIGINAL}", f"inputs {stated[:12]}",
                            f"inputs {book.properties[book.mark][:12]}")  # fmt: skip
        return Rebuilt(str(path), 0, 0, (typed_over,))
    content, built, typed = built_anew(book)
    if path.stat().st_size == len(content) and path.read_bytes() == content:
        return Rebuilt(str(path), len(built.cells), len(built.names))
    found = contents_of(path)
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
    return lay_out_sides(Comparison.of(about_of(path).get(COMPARED, path.stem), scenarios))


def built_anew(book: Book) -> tuple[bytes, Contents, set[Key]]:
    """A book as a file, what stands in that, and the cells in which something may be typed."""
    typed = {(sheet.title, *at) for sheet in book.sheets
             for at, cell in sheet.cells.items() if cell.look.startswith("input")}  # fmt: skip
    content = to_bytes(book)
    with tempfile.TemporaryDirectory(prefix="tco-") as folder:
        anew = Path(folder, "anew.xlsx")
        anew.write_bytes(content)
        return content, contents_of(anew), typed


def _without_original(path: Path) -> Rebuilt:
    """What is to be said of a workbook that carries no scenario: of ours, that it is gone."""
    about = about_of(path)
    if not (about.get("scenario") or about.get("scenarios")):
        return Rebuilt(str(path), 0, 0)
    if about.get("tco_version") != __version__:
        refuse_another(path, Original(about.get("tco_version", ""), "", Carried("", "")))
    return Rebuilt(str(path), 0, 0, (Change(f"sheet {ORIGINAL}", "there", "gone"),))


def refuse_another(path: Path, original: Original) -> None:
    """Raise `Mistakes` for a workbook of another version, or of another catalogue."""
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


# ---- what differs --------------------------------------------------------------------------------


def _sheets(built: Contents, found: Contents) -> Iterator[tuple[Key | None, Change]]:
    for title in built.sheets:
        if title not in found.sheets:
            yield None, Change(f"sheet {title}", "there", "gone, or of another name")
    for title in found.sheets:
        if title not in built.sheets:
            yield None, Change(f"sheet {title}", NOTHING, "there")


def _cells(built: Contents, found: Contents) -> Iterator[tuple[Key | None, Change]]:
    missing = set(built.sheets) - set(found.sheets)
    for key in sorted(built.cells.keys() | found.cells.keys(), key=_in_order(built)):
        if key[0] in missing or key[0] not in built.sheets:
            continue
        was, now = built.cells.get(key), found.cells.get(key)
        if not same(was, now):
            yield key, Change(named(key), said_value(was), said_value(now))


def _in_order(built: Contents) -> Any:
    places = {title: number for number, title in enumerate(built.sheets)}
    return lambda key: (places.get(key[0], len(places)), key)


def same(was: Any, now: Any) -> bool:
    """Whether what stands in a cell is what stood there."""
    if isinstance(was, float) and isinstance(now, float):
        return agree(was, now)
    return bool(was == now) or (was in (None, "") and now in (None, ""))


def _names(built: Contents, found: Contents) -> Iterator[tuple[Key | None, Change]]:
    for name in sorted(built.names.keys() | found.names.keys()):
        was, now = built.names.get(name, NOTHING), found.names.get(name, NOTHING)
        if was != now:
            yield None, Change(f"name {name}", was, now)


def said_value(value: Any) -> str:
    """What stands in a cell, as a message shows it."""
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

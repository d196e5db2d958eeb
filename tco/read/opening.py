"""First stage, opening: from what a command names to the text of a file."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tco.errors import UNWRITABLE, mistake
from tco.files import bundled
from tco.read.textfile import STDIN, STDIN_NAME, SUFFIXES, elsewhere, read_stdin, read_text


@dataclass(frozen=True)
class Opened:
    """A scenario's text, the path it comes from, and the name under which messages show it."""

    path: Path
    shown: str
    text: str


def opened(name: str) -> Opened:
    """The text of a scenario file, of a bundled one, or of standard input.

    Raises `Mistakes` where there is none, or where it is no text.
    """
    if name == STDIN:
        return Opened(Path("stdin"), STDIN_NAME, read_stdin())
    path = locate(name)
    if UNWRITABLE.search(path.name):
        raise mistake(name, "the name of this file is not text in UTF-8", "Rename the file.")
    return Opened(path, str(path), read_text(path))


def locate(name: str) -> Path:
    """The file a command names: a path, or the name of a bundled scenario.

    Raises `Mistakes` with the nearest name where there is neither.
    """
    path = Path(name)
    if path.exists():
        return path
    known = {one.stem: one for one in sorted(bundled("scenarios").glob("*.yaml"))}
    if name in known:
        return known[name]
    listed = f"Type a path, or one of: {', '.join(known)}. Start one of your own with: tco new NAME"
    wrong, remedy = elsewhere(name) or (
        "there is no such file, and no bundled scenario of that name",
        f"{_file_meant(path, known)}{listed}",
    )
    raise mistake(name, wrong, remedy)


def _file_meant(path: Path, bundled_names: Iterable[str]) -> str:
    """A guess at the file that is meant: one beside it, else a bundled scenario."""
    with contextlib.suppress(OSError):
        beside = [one.name for one in path.parent.iterdir() if one.suffix in SUFFIXES]
        names = {name.rpartition(".")[0]: name for name in beside}
        if path.stem in names:
            return f"Did you mean {path.parent / names[path.stem]}? "
        if near := difflib.get_close_matches(path.name, beside, 1):
            return f"Did you mean {path.parent / near[0]}? "
    near = difflib.get_close_matches(path.stem, bundled_names, 1)
    return f"Did you mean {near[0]}? " if near else ""

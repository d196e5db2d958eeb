"""Loading: a scenario file read with positions, in four stages, into a scenario.

Every mistake of a file is found in one run and names its line, its excerpt and what to type.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tco.carried import Carried
from tco.errors import mistake
from tco.read.collector import Collector
from tco.read.document import read_document
from tco.read.gathering import Gathered, gather
from tco.read.keys import is_key
from tco.read.opening import opened
from tco.read.resolving import resolve
from tco.read.shaping import shape
from tco.read.syntax import DEEP_WORDS
from tco.read.textfile import as_text
from tco.scenario import Scenario


def load(name: str, sets: Iterable[str] = ()) -> Scenario:
    """Read a scenario file, a bundled one, or - for standard input; lay `KEY=VALUE` settings over.

    Raises:
        Mistakes: everything that is wrong with the file and the settings, in one go.
    """
    file = opened(name)  # what is named: its text
    try:
        document = read_document(file.shown, file.text, is_key)  # words in blocks, with places
        mistakes = Collector(document)
        gathered = gather(document, file.path, tuple(sets), mistakes)  # each below its own block
        shaped = shape(gathered, mistakes)  # each read in its own unit
        return resolve(shaped, mistakes)  # with the catalogue's and defaults: every input
    except RecursionError:
        raise mistake(file.shown, *DEEP_WORDS) from None


def load_carried(carried: Carried, shown: str, sets: Iterable[str] = ()) -> Scenario:
    """The scenario that a workbook carries, from nothing but what the workbook has.

    `shown` is how messages name it; settings are laid over those that the workbook was built with.

    Raises:
        Mistakes: what is wrong with it, as of a file.
    """
    try:
        gathered, mistakes = gathered_of(carried, shown, (*carried.settings, *sets))
        return resolve(shape(gathered, mistakes), mistakes)
    except RecursionError:
        raise mistake(shown, *DEEP_WORDS) from None


def gathered_of(
    carried: Carried, shown: str, settings: Iterable[str]
) -> tuple[Gathered, Collector]:
    """What a workbook carries, each key below its own block, under settings of the caller's own.

    Raises `Mistakes`.
    """
    as_text(shown, carried.text.encode())  # of a scenario's size
    with beside_files(carried, shown) as folder:
        document = read_document(shown, carried.text, is_key)
        mistakes = Collector(document)
        path = folder / Path(carried.path).name
        return gather(document, path, tuple(settings), mistakes, carried.prices), mistakes


@contextmanager
def beside_files(carried: Carried, shown: str) -> Iterator[Path]:
    """A folder for the while with the tables that lie beside a scenario.

    Raises:
        Mistakes: a table that would lie outside of it.
    """
    with tempfile.TemporaryDirectory(prefix="tco-") as made:
        folder = Path(made).resolve()
        _put(carried.tables, folder, shown)
        yield folder


def _put(tables: Iterable[tuple[str, bytes]], folder: Path, shown: str) -> None:
    """Write what a workbook carries into a folder, and nothing outside it."""
    for name, content in tables:
        path = folder / name
        try:
            if not path.resolve().is_relative_to(folder):
                raise mistake(shown, f"its table {name} lies outside its folder", _BUILD_AGAIN)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except (OSError, ValueError) as error:
            said = (getattr(error, "strerror", None) or str(error)).lower()
            wrong = f"its table {name[:60]} cannot be laid out: {said}"
            raise mistake(shown, wrong, _BUILD_AGAIN) from None


_BUILD_AGAIN = "Build it again from its scenario: tco build SCENARIO"

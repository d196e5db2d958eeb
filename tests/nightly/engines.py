"""Two more engines over whole workbooks: formulon, compared with Excel itself, and gnumeric."""

from __future__ import annotations

import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tco.verify import agree, formula_values
from tco.verify.scale import Scales
from tco.verify.tree import tree
from tests.office.live import MOST_JUDGED

Key = tuple[str, int, int]  # sheet, row, column
ENGLISH, GERMAN = "win-365-en_US", "win-365-de_DE"


def formulon(path: Path, cells: Iterable[Key], *profiles: str) -> list[dict[Key, Any]]:
    """What Excel's stand-in computes for some cells, under each of the profiles of a locale."""
    from formulon import Workbook

    found = []
    with Workbook.load(path.read_bytes()) as book:
        places = {book.sheet_name(index): index for index in range(book.sheet_count())}
        for profile in profiles:
            book.set_excel_profile_id(profile)
            book.recalc()
            found.append({key: _plain(book.get_value(places[key[0]], key[1] - 1, key[2] - 1))
                          for key in cells})  # fmt: skip
    return found


def _plain(value: Any) -> Any:
    said = value.to_python()
    return float(said) if isinstance(said, (bool, int, float)) else said


def gnumeric(path: Path) -> Mapping[Key, Any]:
    """What gnumeric stores for every formula cell after recalculating the book."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "recalculated.xlsx")
        subprocess.run(["ssconvert", "--recalc", str(path), str(made)], check=True,
                       capture_output=True, timeout=600)  # fmt: skip
        return formula_values(_unpacked(made))


def _unpacked(path: Path) -> Path:
    """A copy whose parts are not packed: gnumeric packs styles closer than a reader may believe."""
    out = path.with_name("unpacked.xlsx")
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name in packed.namelist():
            made.writestr(name, packed.read(name))
    return out


def differences(path: Path, stored: Mapping[Key, Any], computed: Mapping[Key, Any]) -> list[str]:
    """The cells on which an engine and the file disagree by more than what they read can round."""
    wrong = [key for key, value in stored.items() if not _alike(value, computed.get(key))]
    return [
        f"{sheet} row {row} column {column}: stored {stored[sheet, row, column]!r}, "
        f"computed {computed.get((sheet, row, column))!r}"
        for sheet, row, column in _beyond_rounding(path, wrong, stored, computed)
    ]


def _beyond_rounding(
    path: Path, wrong: list[Key], stored: Mapping[Key, Any], computed: Mapping[Key, Any]
) -> list[Key]:
    if not wrong or len(wrong) > MOST_JUDGED:
        return wrong
    book = load_workbook(path)

    def look(key: Key) -> tuple[Any, Any]:
        if key in stored:
            return stored[key], computed.get(key)
        value = book[key[0]].cell(*key[1:]).value
        return value, value

    trees = {key: tree(str(book[key[0]].cell(*key[1:]).value)[1:], key[0]) for key in wrong}
    scales = Scales(trees, look, agree)
    return [key for key in wrong if not agree(*look(key), scales.of(key))]


NUMBER = re.compile(r"\d+\.\d+")


def _alike(stored: Any, computed: Any) -> bool:
    """Equal, or texts with equal numbers: gnumeric joins 0.005 to a text as 0.00499... in full."""
    if not (isinstance(stored, str) and isinstance(computed, str)):
        return agree(stored, computed)
    pairs = zip(NUMBER.findall(stored), NUMBER.findall(computed), strict=False)
    same = NUMBER.sub("#", stored) == NUMBER.sub("#", computed)
    return same and all(agree(float(a), float(b)) for a, b in pairs)

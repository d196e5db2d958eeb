"""Verifying: independent engines recalculate a workbook; every formula cell must agree."""

from __future__ import annotations

import datetime
import math
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tco.errors import Mistakes, mistake
from tco.workbook.cells import letters

TOLERANCE = 1e-9
MOST_BYTES = 256 << 20
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Key = tuple[str, int, int]  # sheet, row, column


@dataclass(frozen=True)
class Difference:
    """A formula cell whose stored value an engine does not confirm."""

    cell: str
    stored: Any
    computed: Any


@dataclass(frozen=True)
class Verdict:
    """What one engine says of one workbook."""

    path: str
    engine: str
    formulas: int
    differences: tuple[Difference, ...]


def agree(stored: Any, computed: Any) -> bool:
    """Numbers within 1e-9 of the larger of 1 and the stored one; everything else exactly."""
    if isinstance(stored, float) and isinstance(computed, (int, float)):
        # Relative first: costs per FLOP are far below 1 and must agree too.
        return math.isclose(stored, float(computed), rel_tol=TOLERANCE, abs_tol=1e-30)
    return bool(stored == computed)


def formula_values(path: Path) -> dict[Key, Any]:
    """The stored value of every formula cell: a float, a text, or an error's text.

    Raises `Mistakes` when the file is no workbook.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
                raise mistake(
                    str(path), "the workbook is too large to verify", "Verify one that tco wrote."
                )
            found = dict(_formula_cells(archive))
    except FileNotFoundError:
        raise mistake(str(path), "there is no such file", "Write it first: tco build") from None
    except (
        zipfile.BadZipFile, zlib.error, LookupError, ValueError, EOFError, RuntimeError, OSError,
        ElementTree.ParseError,
    ):  # fmt: skip  # RuntimeError: behind a password, or packed in a way zipfile does not know
        raise mistake(
            str(path), "this is not a readable workbook", "Name an .xlsx that tco wrote."
        ) from None
    if found and all(value is None for value in found.values()):
        raise mistake(
            str(path), "no formula carries a value", "Open it in a spreadsheet program and save it."
        )
    return found


def _formula_cells(archive: zipfile.ZipFile) -> Iterator[tuple[Key, Any]]:
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    strings = _shared_strings(archive)
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_NS}sheet"):
        target = targets[sheet.get(_REL)].lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        for cell in ElementTree.fromstring(archive.read(part)).iter(f"{_NS}c"):
            if cell.find(f"{_NS}f") is not None:
                row, column = _position(str(cell.get("r")))
                yield (str(sheet.get("name")), row, column), _stored(cell, strings)


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in item.iter(f"{_NS}t")) for item in root]


def _position(reference: str) -> tuple[int, int]:
    column = 0
    for index, char in enumerate(reference):
        if char.isdigit():
            return int(reference[index:]), column
        column = column * 26 + ord(char) - 64
    raise ValueError(reference)


def _stored(cell: ElementTree.Element, strings: list[str]) -> Any:
    value = cell.find(f"{_NS}v")
    text = "" if value is None else value.text or ""
    kind = cell.get("t", "n")
    if kind in ("n", "b"):
        return float(text) if text else None
    return unescaped(strings[int(text)] if kind == "s" else text)


def unescaped(text: str) -> str:
    """A text as it is read: in a file _x0041_ stands for A, and engines leave some as they are."""
    while (plain := re.sub("_x([0-9A-Fa-f]{4})_", _character, text)) != text:
        text = plain
    return text


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def verify(path: Path) -> list[Verdict]:
    """Recalculate with formualizer, and with IronCalc where it is installed.

    Raises `Mistakes` when the file cannot be read as a workbook.
    """
    stored = formula_values(path)
    verdicts = [_compare(path, "formualizer", stored, _formualizer(path, stored))]
    try:
        import ironcalc  # noqa: F401  # only whether it is there
    except ImportError:
        return verdicts
    return [*verdicts, _compare(path, "IronCalc", stored, _ironcalc(path, stored))]


def _compare(
    path: Path, engine: str, stored: Mapping[Key, Any], computed: Mapping[Key, Any]
) -> Verdict:
    wrong = tuple(
        Difference(f"{key[0]}!{letters(key[2])}{key[1]}", value, computed[key])
        for key, value in stored.items()
        if not agree(value, computed[key])
    )
    return Verdict(str(path), engine, len(stored), wrong)


def _formualizer(path: Path, cells: Mapping[Key, Any]) -> dict[Key, Any]:
    import formualizer

    try:
        book = formualizer.load_workbook(str(path))
        book.evaluate_all()
        values = book.evaluate_cells(list(cells))
    except Exception as error:  # the engine raises kinds of its own; all mean the same here
        raise _unreadable(path, "formualizer", error) from None
    return {key: _plain(value) for key, value in zip(cells, values, strict=True)}


def _ironcalc(path: Path, cells: Mapping[Key, Any]) -> dict[Key, Any]:
    import ironcalc

    try:
        model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        model.evaluate()
        order = {sheet["name"]: i for i, sheet in enumerate(model.get_worksheets_properties())}
        return {key: _plain(model.get_cell_value(order[key[0]], key[1], key[2])) for key in cells}
    except Exception as error:  # the engine raises kinds of its own; all mean the same here
        raise _unreadable(path, "IronCalc", error) from None


def _unreadable(path: Path, engine: str, error: Exception) -> Mistakes:
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return mistake(str(path), f"{engine} cannot read it: {said}", "Name an .xlsx that tco wrote.")


_ERRORS = {"Na": "#N/A", "Div": "#DIV/0!", "Value": "#VALUE!", "Ref": "#REF!", "Name": "#NAME?",
           "Num": "#NUM!", "Null": "#NULL!"}  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, (bool, int, float)):
        return float(value)
    if isinstance(value, dict) and value.get("type") == "Error":  # formualizer's errors
        return _ERRORS.get(str(value.get("kind")), "#VALUE!")
    if isinstance(value, str):
        return unescaped(value)
    if isinstance(value, datetime.date):  # formualizer's answer to DATE(), which counts days
        return float((value - datetime.date(1899, 12, 30)).days)
    return value

"""Asking spreadsheet engines: two in this process by cell, any of them by whole workbook.

Both ways matter. Cell by cell, hypothesis can shrink what fails; the workbook goes through the
writer that a user's file goes through, with cached values that are wrong on purpose.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import formualizer
import ironcalc

from tco.verify import agree, formula_values, verify
from tco.workbook.cells import Book, Sheet, address
from tco.workbook.package import to_bytes
from tests.conftest import recalculate

from .formulas import MISSING, Formula

SHEET = "Fuzz"
STALE = "a stale value"  # no formula says this: an engine that repeats it has not calculated
_ERRORS = {"Div": "#DIV/0!", "Na": "#N/A", "Name": "#NAME?", "Num": "#NUM!", "Value": "#VALUE!"}


# ---- cell by cell -------------------------------------------------------------------------------


def ask_ironcalc(formula: Formula) -> Any:
    """What IronCalc makes of the formula."""
    model = ironcalc.create("fuzz", "en", "UTC", "en")
    for column, value in enumerate(formula.values.values(), 1):
        if isinstance(value, float):
            model.update_cell_with_number(0, 1, column, value)
        else:
            model.update_cell_with_text(0, 1, column, MISSING if value is None else value)
    model.set_user_input(0, 2, 1, "=" + written(formula))
    model.evaluate()
    return plain(model.get_cell_value(0, 2, 1))


def ask_formualizer(formula: Formula) -> Any:
    """What formualizer makes of the formula."""
    book = formualizer.Workbook()
    book.add_sheet(SHEET)
    for column, value in enumerate(formula.values.values(), 1):
        book.set_value(SHEET, 1, column, MISSING if value is None else value)
    book.set_formula(SHEET, 2, 1, "=" + written(formula))
    return plain(book.evaluate_cell(SHEET, 2, 1))


IN_PROCESS: dict[str, Callable[[Formula], Any]] = {
    "IronCalc": ask_ironcalc,
    "formualizer": ask_formualizer,
}


def written(formula: Formula, row: int = 1) -> str:
    """The formula for values that stand in a row, in order."""
    places = {key: address(row, column) for column, key in enumerate(formula.values, 1)}
    return formula.excel(places.__getitem__)


def plain(value: Any) -> Any:
    """An engine's value: a float, a text, or an error's text."""
    if isinstance(value, (bool, int, float)):
        return float(value)
    if isinstance(value, dict) and value.get("type") == "Error":
        return _ERRORS.get(str(value.get("kind")), "#VALUE!")
    return value


def disagreements(formula: Formula) -> list[str]:
    """What the engines in this process say against the formula's own number."""
    return [
        report(formula, engine, said)
        for engine, ask in IN_PROCESS.items()
        if not agree(formula.expected, said := ask(formula))
    ]


def report(formula: Formula, engine: str, said: Any) -> str:
    """All that is needed to see why an engine and numpy differ."""
    used = {key: value for key, value in formula.values.items() if key in formula.source}
    return (
        f"{engine} says {said!r}, numpy {formula.expected!r}: {formula.source} "
        f"as ={written(formula)} with {used}"
    )


# ---- whole workbooks ----------------------------------------------------------------------------


def workbook(formulas: Sequence[Formula], stored: Sequence[Any] | None = None) -> bytes:
    """A workbook of one formula a row behind its values, by the writer of real workbooks.

    What is stored for the formulas is given or stale.
    """
    sheet = Sheet(SHEET, one_page=True)
    for row, formula in enumerate(formulas, 1):
        for column, value in enumerate(formula.values.values(), 1):
            look = "fact:1" if isinstance(value, float) else "fact:text"
            sheet.put(row, column, MISSING if value is None else value, look)
        cached = stored[row - 1] if stored else STALE
        sheet.put(row, len(formula.values) + 1, cached, "calc:1", written(formula, row))
    return book_of(sheet)


def book_of(sheet: Sheet) -> bytes:
    """The file of one sheet."""
    return to_bytes(Book(sheet.title, "", [sheet], properties={"scenario_sha256": "0" * 64}))


def without_caches(full: Path, target: Path) -> Path:
    """A copy of a stale workbook with nothing stored for its formulas."""
    with zipfile.ZipFile(full) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb' t="str">(<f>[^<]*</f>)<v>[^<]*</v>', rb">\1", content)
                assert STALE.encode() not in content
            new.writestr(name, content)
    return target


def by_engine(path: Path) -> dict[str, dict[int, Any]]:
    """What the engines in this process compute otherwise than a workbook stores, by row."""
    return {
        verdict.engine: {_row(one.cell): one.computed for one in verdict.differences}
        for verdict in verify(path)
    }


def _row(cell: str) -> int:
    return int(re.sub(r".*\D", "", cell))


def stored_in(path: Path) -> list[Any]:
    """The stored values of a workbook's formulas, from the first row to the last."""
    return [value for _, value in sorted(formula_values(path).items(), key=lambda item: item[0])]


def differing(formulas: Sequence[Formula], said: Sequence[Any], engine: str) -> list[str]:
    """A report for each formula on which an engine's values and numpy's differ."""
    return [
        report(formula, engine, value)
        for formula, value in zip(formulas, said, strict=True)
        if not agree(formula.expected, value)
    ]


def recalculated(paths: Sequence[Path], folder: Path) -> Mapping[str, list[Any]]:
    """What LibreOffice makes of the workbooks' formulas, by file name; one start for them all."""
    return {path.name: stored_in(path) for path in recalculate(paths, folder / "out")}

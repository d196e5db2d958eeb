"""What several tests share: an independent spreadsheet program, and edited workbooks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import tco.workbook  # noqa: F401  # chooses openpyxl's plain XML writer first
from tco.files import bundled
from tco.model import KINDS, model_for

SCENARIOS = sorted(path.stem for path in bundled("scenarios").glob("*.yaml"))

# LibreOffice trusts stored values unless it is told to recalculate: 0 means always.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def libreoffice() -> str | None:
    """The program's path, or None where it is not installed."""
    return shutil.which("soffice")


# Where the build is judged (CI is set) a missing LibreOffice is a failure, not a reason to skip.
needs_libreoffice = pytest.mark.skipif(
    libreoffice() is None and not os.environ.get("CI"),
    reason="LibreOffice is not installed (Debian: libreoffice-calc-nogui)",
)


BATCH = 20  # files of one call: the program slows down over many


def recalculate(files: Sequence[Path], out: Path) -> list[Path]:
    """Every file, recalculated from scratch and saved by LibreOffice, on two cores."""
    out.mkdir(parents=True, exist_ok=True)
    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda batch: _convert(batch, out), batches))
    made = [out / one.name for one in files]
    assert all(one.exists() for one in made), "LibreOffice did not convert every file"
    return made


def _convert(files: Sequence[Path], out: Path) -> None:
    """Some files in one call, under a profile of its own, so that two can run side by side."""
    program = libreoffice()
    assert program
    if not files:
        return
    with tempfile.TemporaryDirectory() as profile:
        user = Path(profile) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_PROFILE)
        subprocess.run(
            [program, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore",
             "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out),
             *(str(one) for one in files)],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip


def edit(source: Path, copies: Mapping[Path, Mapping[str, Any]]) -> None:
    """Copies of a workbook, each with Override cells filled, as a user fills them.

    A key is an input's, or TABLE.ROW.COLUMN for a value of the sheet Tables, the row by its name
    or number. openpyxl saves formulas without stored values, so nothing old can be mistaken for
    new.
    """
    from openpyxl import load_workbook

    book = load_workbook(source)
    rows = {row[0].value: row[4] for row in book["Inputs"].iter_rows(min_row=5) if row[0].value}
    for target, overrides in copies.items():
        cells = {key: rows[key] if key in rows else _in_table(book, key) for key in overrides}
        for key, value in overrides.items():
            cells[key].value = value
        book.save(target)
        for cell in cells.values():
            cell.value = None


def _in_table(book: Any, key: str) -> Any:
    """The Override cell of TABLE.ROW.COLUMN: found by the column's name and its heading."""
    from openpyxl.utils import range_boundaries

    axis, _, rest = key.partition(".")
    row, _, column = rest.rpartition(".")
    tables = [model_for(kind).tables for kind in KINDS]
    prefix = next(found[axis].prefix for found in tables if axis in found)
    names = (f"{prefix}{column}", column)  # in the file keys may be shorter
    known = [book.defined_names[one].attr_text for one in names if one in book.defined_names]
    area = next(one for one in known if one.startswith("Tables!"))
    left, first, _, last = range_boundaries(area.partition("!")[2].replace("$", ""))
    sheet = book["Tables"]
    live = sheet.cell(first - 1, left).value
    assert live.startswith("Live: "), live
    heads = {cell.value: cell.column for cell in sheet[first - 1]}
    place = heads[live.replace("Live: ", "Override: ", 1)]
    named = {sheet.cell(at, 1).value: at for at in range(first, last + 1)}
    return sheet.cell(named.get(row, first + int(row) - 1 if row.isdigit() else 0), place)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every bundled scenario's workbook."""
    from tco.loading import load
    from tco.workbook.build import workbook

    folder = tmp_path_factory.mktemp("built")
    paths = {}
    for name in SCENARIOS:
        paths[name] = folder / f"{name}.xlsx"
        paths[name].write_bytes(workbook(load(name)))
    return paths

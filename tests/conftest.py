"""What several tests share: an independent spreadsheet program, and edited workbooks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import tco.workbook  # noqa: F401  # chooses openpyxl's plain XML writer first
from tco.files import bundled

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


def recalculate(files: Sequence[Path], out: Path) -> list[Path]:
    """Every file, recalculated from scratch and saved by LibreOffice, in one call."""
    program = libreoffice()
    assert program
    out.mkdir(parents=True, exist_ok=True)
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
    made = [out / one.name for one in files]
    assert all(one.exists() for one in made), "LibreOffice did not convert every file"
    return made


def edit(source: Path, target: Path, overrides: Mapping[str, Any]) -> Path:
    """A copy of a workbook with Override cells filled, as a user fills them.

    openpyxl saves formulas without stored values, so nothing old can be mistaken for new.
    """
    from openpyxl import load_workbook

    book = load_workbook(source)
    rows = {row[0].value: row[4] for row in book["Inputs"].iter_rows(min_row=5) if row[0].value}
    for key, value in overrides.items():
        rows[key].value = value
    book.save(target)
    return target


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

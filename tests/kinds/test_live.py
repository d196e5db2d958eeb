"""Every kind is live: each edit in the file is the scenario built anew, by LibreOffice.

Each module of this folder names its edits: by input, or by TABLE.ROW.COLUMN of the sheet Tables.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from tco.errors import Mistakes
from tco.loading import load
from tco.workbook.build import workbook
from tests.conftest import edit, needs_libreoffice, recalculate
from tests.test_live import differences, sets

MODULES = sorted(
    path.stem for path in Path(__file__).parent.glob("test_*.py") if path.stem != "test_live"
)
EDITS: dict[str, tuple[dict[str, Any], ...]] = {}
for _module in MODULES:
    _found = importlib.import_module(f"tests.kinds.{_module}")
    EDITS |= getattr(_found, "EDITS", {})
CASES = [(name, number) for name, edits in EDITS.items() for number in range(len(edits))]


def _named(case: tuple[str, int]) -> str:
    name, number = case
    return f"{name}-" + ",".join(f"{key}={value}" for key, value in EDITS[name][number].items())


@pytest.fixture(scope="module")
def edited(
    built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, int], Path]:
    """Every edited copy, recalculated."""
    folder = tmp_path_factory.mktemp("kinds")
    files = {case: folder / f"{case[0]}-{case[1]}.xlsx" for case in CASES}
    for name, edits in EDITS.items():
        edit(built[name], {files[name, number]: one for number, one in enumerate(edits)})
    done = recalculate(list(files.values()), folder / "done")
    return dict(zip(files, done, strict=True))


@needs_libreoffice
@pytest.mark.parametrize("case", CASES, ids=map(_named, CASES))
def test_an_edit_in_the_file_is_the_scenario_built_anew(
    case: tuple[str, int], edited: dict[tuple[str, int], Path], tmp_path: Path
) -> None:
    name, number = case
    try:
        rebuilt = load(name, sets(EDITS[name][number]))
    except Mistakes as refused:
        _assert_refused(edited[case], refused)
        return
    expected = tmp_path / "rebuilt.xlsx"
    expected.write_bytes(workbook(rebuilt))
    wrong = differences(edited[case], expected)
    assert not wrong, "\n".join(wrong[:12])


def _assert_refused(path: Path, refused: Mistakes) -> None:
    """What a rebuild refuses fails a check in the file, in words that name it."""
    from openpyxl import load_workbook

    book = load_workbook(path, data_only=True)
    assert str(book["Checks"]["D7"].value).startswith("FAIL"), refused
    fired = [row[6].value for row in book["Checks"].iter_rows(min_row=5) if row[4].value == 1]
    assert fired and all(fired)

"""Every kind is live: each edit in the file is the scenario built anew, by LibreOffice.

Each module of this folder names its edits: by input, or by TABLE.ROW.COLUMN of the sheet Tables.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from tco.errors import Mistakes
from tests.conftest import Opened
from tests.loaded import load
from tests.office import needs_libreoffice
from tests.office.live import STATE, named, sets
from tests.sampling import sampled

pytestmark = needs_libreoffice
MODULES = sorted(
    path.stem for path in Path(__file__).parent.glob("test_*.py") if path.stem != "test_live"
)
EDITS: dict[str, tuple[dict[str, Any], ...]] = {}
for _module in MODULES:
    _found = importlib.import_module(f"tests.kinds.{_module}")
    EDITS |= getattr(_found, "EDITS", {})


@pytest.mark.parametrize(
    ("name", "overrides"),
    [
        pytest.param(name, one, id=f"{name}-{named(one)}", marks=pytest.mark.xdist_group(name))
        for name, edits in EDITS.items()
        for one in sampled(edits, every=8)
    ],
)
def test_an_edit_in_the_file_is_the_scenario_built_anew(
    name: str, overrides: dict[str, Any], opened: Opened
) -> None:
    live = opened(name)
    got = live.after(overrides)
    try:
        rebuilt = load(name, sets(overrides))
    except Mistakes as refused:  # it fails a check in the file, in words that name it
        fired = live.fired(got)
        assert str(got(STATE)).startswith("FAIL"), refused
        assert fired and all(fired.values())
        return
    wrong = live.differences(got, rebuilt)
    assert not wrong, "\n".join(wrong[:12])

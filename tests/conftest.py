"""What several tests share: the bundled workbooks, and an independent spreadsheet program."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tco.read import loading
from tests.few import draw_few, drawn
from tests.loaded import SCENARIOS, reread
from tests.night import left_for_the_night
from tests.office import Office
from tests.office.live import Live, laid_out
from tests.sampling import BY_NIGHT

loading.read_document = reread


@pytest.fixture(autouse=True, scope="module")
def as_many_draws_as_needed(request: pytest.FixtureRequest) -> None:
    """Few, where a module of tests is not about them."""
    draw_few(request.module.__name__)


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


class Built(Mapping[str, Path]):
    """Every bundled scenario's workbook, written when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, name: str) -> Path:
        from tco.workbook.package import to_bytes

        folder = self.folder / drawn()
        path = folder / f"{name}.xlsx"
        if name in SCENARIOS and not path.exists():
            folder.mkdir(exist_ok=True)
            path.write_bytes(to_bytes(laid_out(name)))
        return path

    def __iter__(self) -> Iterator[str]:
        return iter(SCENARIOS)

    def __len__(self) -> int:
        return len(SCENARIOS)


Opened = Callable[[str], Live]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every bundled scenario's workbook."""
    return Built(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """The one LibreOffice of this process."""
    program = Office()
    yield program
    program.stop()


@pytest.fixture(scope="session")
def opened(office: Office, built: Mapping[str, Path]) -> Opened:
    """A bundled workbook, open in LibreOffice; the one asked for last stays open."""
    return lambda name: Live(office, name, built[name])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What tests share is made once: those of one book, or of one file, stay on one worker.

    What takes long is left for the night.
    """
    if not BY_NIGHT:
        left = left_for_the_night(items)
        items[:] = [item for item in items if item.nodeid not in left]
        config.hook.pytest_deselected(items=[*left.values()])
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(_shared(item)))
    # Those that take long come first, so that no core waits for the other's last file.
    items.sort(key=lambda item: item.path.parent.name != "kinds")


def _shared(item: pytest.Item) -> str:
    """The bundled book that a test lays out, where it is of no folder; else its file.

    To lay a book out takes longer than most tests of it; files of folders share other things.
    """
    asked = getattr(item, "callspec", None)
    found = asked.params.values() if asked else ()
    names = [one for one in found if isinstance(one, str) and one in SCENARIOS]
    return names[0] if len(names) == 1 and item.path.parent.name == "tests" else item.path.stem

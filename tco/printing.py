"""The reader's PDF: the sheets that are read on paper, printed by LibreOffice where it is there."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tco.errors import mistake
from tco.files import write_all
from tco.loading import load
from tco.read.textfile import STDIN
from tco.saying import say
from tco.scenario import Scenario
from tco.workbook.layout import lay_out
from tco.workbook.package import to_bytes
from tco.workbook.paging import pages_of
from tco.workbook.sheets import BOARD

ON_PAPER = (BOARD, "Summary")  # the first sheets, whose pages are the first
MOST_PAGES = 12
PROGRAMS = ("soffice", "libreoffice")
LONGEST = 600  # seconds


def program() -> str:
    """The LibreOffice of this machine. Raises `Mistakes` where there is none."""
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        raise mistake(
            "--pdf", "LibreOffice, which prints the pages, is not found on this machine",
            "Install it, or leave out --pdf and print the sheets Board and Summary yourself.",
        )  # fmt: skip
    return found


def on_paper(scenario: Scenario) -> bytes:
    """The PDF of what is read on paper: the board's page and the tables behind it.

    Raises `Mistakes` where there is no LibreOffice, or it prints nothing.
    """
    office = program()
    with tempfile.TemporaryDirectory(prefix="tco-") as folder:
        place = Path(folder)
        book, laid_out = place / "page.xlsx", lay_out(scenario)
        book.write_bytes(to_bytes(laid_out))
        pages = sum(pages_of(one).count for one in laid_out.sheets if one.title in ON_PAPER)
        first = {"PageRange": {"type": "string", "value": f"1-{min(pages, MOST_PAGES)}"}}
        command = [office, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless",
                   "--convert-to", f"pdf:calc_pdf_Export:{json.dumps(first)}", "--outdir", folder,
                   str(book)]  # fmt: skip
        done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)
        made = book.with_suffix(".pdf")
        if not made.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise mistake(
                "--pdf", f"LibreOffice printed nothing: {said[-1] if said else 'no reason given'}",
                "Open the workbook there, and print the sheets Board and Summary.",
            )  # fmt: skip
        return made.read_bytes()


def refuse_unprintable(names: Sequence[str], *, compared: bool) -> None:
    """Raise `Mistakes` before anything is built where nothing could be printed."""
    program()
    if compared:
        raise mistake("--pdf", "a book of several scenarios is not printed",
                      "Leave out --pdf, or build each scenario by itself.")  # fmt: skip
    if STDIN in names:
        raise mistake("--pdf", "standard input can be read once",
                      "Save the scenario to a file first.")  # fmt: skip


def print_all(names: Sequence[str], sets: tuple[str, ...], out: Path) -> None:
    """Write DIR/NAME.pdf beside the workbook of each scenario."""
    for name in names:
        scenario = load(name, sets)
        path = out / f"{scenario.name}.pdf"
        write_all({path: on_paper(scenario)})
        say(path)

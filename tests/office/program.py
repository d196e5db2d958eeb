"""Starting LibreOffice, opening books in it, and asking it what edits come to."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

SERVER = Path(__file__).with_name("server.py")
Key = tuple[str, int, int]  # sheet, row, column, counted from 1
Edit = tuple[str, int, int, float | str]


@functools.cache
def python_of_libreoffice() -> str | None:
    """A Python that can talk to LibreOffice: this one, the program's own, or the system's."""
    soffice = shutil.which("soffice")
    beside = Path(soffice).resolve().with_name("python") if soffice else None
    for python in (sys.executable, str(beside), "/usr/bin/python3"):
        found = shutil.which(python)
        if (
            found
            and not subprocess.run([found, "-c", "import uno"], capture_output=True).returncode
        ):
            return found
    return None


# Where the build is judged (CI is set) a missing LibreOffice is a failure, not a reason to skip.
needs_libreoffice = pytest.mark.skipif(
    not (shutil.which("soffice") and python_of_libreoffice()) and not os.environ.get("CI"),
    reason="LibreOffice with its uno is not installed (Debian: libreoffice-calc-nogui python3-uno)",
)


class Office:
    """One LibreOffice, started when it is first asked, under a locale of its own."""

    def __init__(self, locale: str = "en-US") -> None:
        self.locale = locale
        self._process: subprocess.Popen[str] | None = None
        self._open: Book | None = None

    def ask(self, do: str, **what: Any) -> Any:
        """Send one request and return its answer; `RuntimeError` where it fails."""
        process = self._started()
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps({"do": do, **what}) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline() or '{"error": "LibreOffice is gone"}')
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["answer"]

    def open(self, path: Path) -> Book:
        """The book of a file, recalculated; the one that was open before is shut."""
        if self._open is None or self._open.path != path or self._open.changed:
            self._open = Book(self, path)
        return self._open

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            python, soffice = python_of_libreoffice(), shutil.which("soffice")
            assert python and soffice, "LibreOffice or its uno is not installed"
            self._process = subprocess.Popen(
                [python, str(SERVER), soffice, self.locale],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        return self._process

    def stop(self) -> None:
        """End the program."""
        if self._process is not None:
            self.ask("stop")
            self._process.wait(60)
            self._process = None


class Book:
    """A workbook that is open: its values, and what edits make of them."""

    def __init__(self, office: Office, path: Path) -> None:
        self.office, self.path, self.changed = office, path, False
        self.values: dict[str, list[list[Any]]] = office.ask("open", path=str(path))

    def __getitem__(self, key: Key) -> Any:
        """What a cell comes to; an empty text beyond the cells in use."""
        sheet, row, column = key
        rows = self.values[sheet]
        line = rows[row - 1] if row <= len(rows) else []
        return line[column - 1] if column <= len(line) else ""

    def edited(self, edits: Sequence[Edit]) -> Mapping[Key, Any]:
        """The cells that edits change; the book is as it was afterwards."""
        found = self.office.ask("edit", cells=list(edits))
        return {(sheet, row, column): value for sheet, row, column, value in found}

    def broken(self, cell: Key, formula: str) -> Mapping[Key, Any]:
        """The cells that change when one formula is another; the book is as it was afterwards."""
        sheet, row, column = cell
        found = self.office.ask("break_cell", sheet=sheet, row=row, column=column, formula=formula)
        return {(sheet, row, column): value for sheet, row, column, value in found}

    def after(self, *steps: tuple[str, Mapping[str, Any]]) -> dict[str, list[list[Any]]]:
        """The values after steps that stay: fill, insert_rows, rename, sort and the like.

        The book goes on from there, and is opened anew for whoever asks for it next.
        """
        self.changed = True
        for do, what in steps:
            self.office.ask(do, **what)
        self.values = self.office.ask("now")
        return self.values

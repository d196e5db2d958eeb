"""The reader's PDF: the board's page and the tables behind it, a dozen pages at most."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tco.printing as printing
from tco.cli import app
from tests.office import needs_libreoffice


@needs_libreoffice
def test_what_is_read_on_paper_is_printed(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["build", "resnet50-tpu-or-gpu", "--out", str(tmp_path), "--pdf"]
    )
    assert done.exit_code == 0, done.output
    made = (tmp_path / "resnet50-tpu-or-gpu.pdf").read_bytes()
    assert made.startswith(b"%PDF") and (tmp_path / "resnet50-tpu-or-gpu.xlsx").is_file()
    pages = len(re.findall(rb"/Type\s*/Page[^s]", made))
    assert 2 <= pages <= printing.MOST_PAGES


def test_without_libreoffice_nothing_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "PROGRAMS", ("no-such-program",))
    done = CliRunner().invoke(app, ["build", "llm-100b-10d", "--out", str(tmp_path), "--pdf"])
    assert done.exit_code == 2 and "LibreOffice" in done.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("asked", (["--compare", "two"], ["-"]))
@needs_libreoffice
def test_what_cannot_be_printed_is_refused_first(tmp_path: Path, asked: list[str]) -> None:
    names = ["-"] if asked == ["-"] else ["llm-100b-10d", "llm-100b-engineered", *asked]
    done = CliRunner().invoke(app, ["build", *names, "--out", str(tmp_path), "--pdf"])
    assert done.exit_code == 2 and "--pdf" in done.output
    assert not list(tmp_path.iterdir())

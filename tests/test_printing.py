"""The reader's PDF: the board's page and the tables behind it, a dozen pages at most."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tco.printing as printing
from tests.errors.conftest import run_in
from tests.office import needs_libreoffice


@needs_libreoffice
def test_what_is_read_on_paper_is_printed(tmp_path: Path) -> None:
    done = run_in(tmp_path, "build", "resnet50-tpu-or-gpu", "--out", "made", "--pdf")
    assert done.code == 0, done.err
    made = (tmp_path / "made/resnet50-tpu-or-gpu.pdf").read_bytes()
    assert made.startswith(b"%PDF") and (tmp_path / "made/resnet50-tpu-or-gpu.xlsx").is_file()
    pages = len(re.findall(rb"/Type\s*/Page[^s]", made))
    assert 2 <= pages <= printing.MOST_PAGES


def test_without_libreoffice_nothing_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "PROGRAMS", ("no-such-program",))
    done = run_in(tmp_path, "build", "llm-100b-10d", "--pdf")
    assert done.code == 2 and "LibreOffice" in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "asked", (["llm-100b-10d", "llm-100b-engineered", "--compare", "two"], ["-"])
)
@needs_libreoffice
def test_what_cannot_be_printed_is_refused_first(tmp_path: Path, asked: list[str]) -> None:
    done = run_in(tmp_path, "build", *asked, "--pdf")
    assert done.code == 2 and "--pdf" in done.err
    assert not list(tmp_path.iterdir())

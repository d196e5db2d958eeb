"""The file itself: the same bytes every time, a valid package, text that stays text."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tco.read.loading import load
from tco.verify import verify
from tco.workbook.build import workbook
from tco.workbook.layout import lay_out
from tco.workbook.package import is_untouched, to_bytes

BUILD = (
    "import sys; from tco.read.loading import load; from tco.workbook.build import workbook;"
    "sys.stdout.buffer.write(workbook(load(sys.argv[1])))"
)


def _built_in_a_process(name: str, **environment: str) -> str:
    env = {**os.environ, **environment}
    done = subprocess.run(
        [sys.executable, "-c", BUILD, name], env=env, capture_output=True, check=True, timeout=120
    )
    return hashlib.sha256(done.stdout).hexdigest()


def test_same_scenario_same_bytes() -> None:
    """Also under another hash seed, time zone and locale; no clock is read, so any day is alike."""
    name = "llm-100b-10d"
    found = {
        _built_in_a_process(name, PYTHONHASHSEED="0", TZ="UTC"),
        _built_in_a_process(name, PYTHONHASHSEED="7", TZ="Asia/Kathmandu", LC_ALL="C"),
        _built_in_a_process(name, PYTHONHASHSEED="123", TZ="America/St_Johns"),
    }
    assert len(found) == 1


def test_no_clock_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another day is another time.time() and another datetime; neither may matter."""
    import time

    first = workbook(load("llm-100b-10d"))
    monkeypatch.setattr(time, "time", lambda: 4e9)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(4e9))
    assert workbook(load("llm-100b-10d")) == first


def test_the_scenario_changes_the_hash() -> None:
    one, other = load("llm-100b-10d"), load("llm-100b-10d", ["mfu=99 %"])
    assert one.sha256 != other.sha256


# A run with an owned fleet, and tables; the build asks Microsoft's own validator about all.
@pytest.mark.parametrize("name", ["buy-or-rent-100b", "published-2019"])
def test_the_package_is_valid_open_xml(name: str, built: dict[str, Path]) -> None:
    audit = Path(sys.executable).with_name("openxml-audit")
    if not audit.exists():
        pytest.skip("openxml-audit is not installed: pip install '.[test]'")
    done = subprocess.run(
        [str(audit), "--output", "json", str(built[name])],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_an_untouched_file_is_known_and_an_edited_one_too(
    built: dict[str, Path], tmp_path: Path
) -> None:
    path = built["llm-100b-10d"]
    assert is_untouched(path)
    edited = tmp_path / "edited.xlsx"
    book = load_workbook(path)
    book["Inputs"]["E6"] = 1
    book.save(edited)
    assert not is_untouched(edited)
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"not a workbook")
    assert not is_untouched(other)


@pytest.mark.parametrize(
    "given",
    ["gpus=1000", "gpus_exact=100.5", "buy_total=1 M", "rent_total=7", "energy_cost=10",
     "days_needed=9", "flop=2e23", "rent_cost=5", "implied_tokens=1e9"],
)  # fmt: skip
def test_a_given_line_becomes_an_input_of_the_book(given: str, tmp_path: Path) -> None:
    """Whatever is given, the rest of the book still stands and recalculates to itself."""
    made = tmp_path / "given.xlsx"
    book = lay_out(load("llm-100b-10d", [given]))
    made.write_bytes(to_bytes(book))
    assert book.names[given.partition("=")[0]].startswith("Inputs!$D$")
    for verdict in verify(made):
        assert verdict.formulas > 900 and not verdict.differences


def test_labels_that_look_like_formulas_stay_text(tmp_path: Path) -> None:
    from tests.test_figures import load_text

    title = "=cmd|'/c calc'!A1 _x0041_ \\x07 <b> & \u202e"
    text = load_text("llm-100b-10d").replace(
        "title: 100-billion-parameter model in 10 days", f"title: {title!r}"
    )
    path = tmp_path / "odd.yaml"
    path.write_text(text, encoding="utf-8")
    made = tmp_path / "odd.xlsx"
    made.write_bytes(workbook(load(str(path))))
    cell = load_workbook(made)["Summary"]["B1"]
    assert cell.data_type == "s" and str(cell.value).startswith("=cmd")
    for verdict in verify(made):
        assert not verdict.differences

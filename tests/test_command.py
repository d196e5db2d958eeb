"""The command: help that imports nothing, and many workbooks by several processes at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tco import building
from tco.__main__ import plain_build
from tco.building import Order, build_all
from tco.errors import Mistakes
from tco.files import bundled
from tco.tables import Answer
from tco.usage import HELP
from tests.errors.conftest import run_in

NAMES = ("llm-100b-10d", "published-2019", "own-1024-h100", "wikitext-103-for-30-dollars")


def _help(columns: str) -> tuple[str, set[str]]:
    """What `tco --help` prints at that width, and what it imports of ours and of others."""
    program = (
        "import sys; sys.argv = ['tco', '--help']\n"
        "from tco.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([one for one in sys.modules if one.startswith(('tco.', 'typer'))], file=sys.stderr)"
    )
    env = {**os.environ, "COLUMNS": columns}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True,
                          check=True, timeout=60)  # fmt: skip
    return done.stdout, set(done.stderr.strip()[1:-1].replace("'", "").split(", "))


def test_the_help_is_what_the_commands_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in ("80", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        assert run_in(tmp_path, "--help").out == HELP, "write it into tco/usage.py"


def test_the_help_imports_nothing() -> None:
    said, imported = _help("200")
    assert said == HELP and imported == {"tco.__main__", "tco.usage"}


def test_on_a_narrow_terminal_the_help_is_laid_out_for_it() -> None:
    said, imported = _help("60")
    assert said != HELP and "tco.cli" in imported
    assert max(map(len, said.splitlines())) <= 60


PLAIN = (
    "build a", "build a b", "build a --force b", "build --out there a", "build a --out x --out y",
    "build a --set mfu=0.4 --set chip=h100 b --force", "build -", "build a.yaml --force --force",
)  # fmt: skip
FULL = (
    "build", "build --help", "build a --out", "build a --set", "build a --out -x", "build --no a",
    "build -- a", "build a --force=1", "build a --set=mfu=1", "show a", "--help", "buil a",
)  # fmt: skip


@pytest.mark.parametrize("words", PLAIN)
def test_a_plain_build_is_read_as_the_command_line_reads_it(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(building, "build", lambda names, sets, out, *, force, protected=False:
                        asked.append((names, sets, str(out), force)))  # fmt: skip
    assert run_in(tmp_path, *words.split()).code == 0
    assert plain_build(words.split()) == asked[0]


@pytest.mark.parametrize("words", FULL)
def test_what_is_not_plain_is_left_to_the_command_line(words: str) -> None:
    assert plain_build(words.split()) is None


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processors, whatever there are."""
    monkeypatch.setattr(building, "_processors", lambda: 2)


def test_processes_build_what_one_builds(two: None, tmp_path: Path) -> None:
    """The same files, and the same words in the order of the arguments, progress included."""
    together = run_in(tmp_path, "build", *NAMES, "--out", "together")
    one_by_one = [run_in(tmp_path, "build", name, "--out", "apart") for name in NAMES]
    assert together.code == 0 and not together.err
    assert together.out == "".join(one.out for one in one_by_one).replace("apart/", "together/")
    for name in NAMES:
        built = [tmp_path / folder / f"{name}.xlsx" for folder in ("together", "apart")]
        assert built[0].read_bytes() == built[1].read_bytes()


def test_other_processes_take_part(two: None, tmp_path: Path,
                                   monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(building, "answer", lambda *_: Answer(str(os.getpid())))
    done, _ = build_all(NAMES, Order((), tmp_path, force=False, shown=True), lambda name: None)
    assert [one.name for one in done] == list(NAMES)
    assert not any(one.content for one in done), "a thousand workbooks would be held in memory"
    assert str(os.getpid()) not in {one.said.plain for one in done}


def test_a_process_that_is_stopped_is_told(two: None, tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(building, "answer", lambda *_: os._exit(9))
    answer = run_in(tmp_path, "build", *NAMES, "--out", "out")
    assert answer.code == 2 and not list(tmp_path.iterdir())
    assert answer.err == (
        "tco build: a process that builds workbooks was stopped, perhaps for want of memory\n"
        "Build fewer scenarios at once.\n"
    )


def test_each_name_is_told_once_it_is_done(two: None, tmp_path: Path) -> None:
    told: list[str] = []
    build_all(NAMES, Order((), tmp_path, force=False, shown=False), told.append)
    assert told == list(NAMES)


@pytest.mark.parametrize("at", [0, 2, 4])
def test_a_mistake_in_one_file_writes_none(at: int, two: None, tmp_path: Path) -> None:
    names = [*NAMES]
    names.insert(at, "nowhere")
    names.append("neither")
    answer = run_in(tmp_path, "build", *names, "--out", "out")
    assert answer.code == 2 and not answer.out and not list(tmp_path.iterdir())
    assert "nowhere: " in answer.err and "neither: " in answer.err
    with pytest.raises(Mistakes):
        build_all(names, Order((), tmp_path, force=False, shown=False), lambda name: None)


def test_two_of_a_name_write_none(two: None, tmp_path: Path) -> None:
    copy = tmp_path / f"{NAMES[0]}.yaml"
    copy.write_text((bundled("scenarios") / copy.name).read_text())
    answer = run_in(tmp_path, "build", *NAMES, copy.name, "--out", "out")
    assert answer.code == 2 and not (tmp_path / "out").exists()
    assert "two scenarios would write this file" in answer.err

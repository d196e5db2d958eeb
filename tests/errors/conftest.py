"""What the tests of mistakes share: the command in this process, and a scenario that works."""

from __future__ import annotations

import contextlib
import io
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tco import cli

GALLERY = Path(__file__).parent / "gallery"
GOOD = """\
workload:
  kind: train
  parameters: 100B
  tokens: 300B
  deadline: 10 days
fleet:
  chip: a100-sxm4-80gb
"""


@dataclass(frozen=True)
class Answer:
    """What a command answered: its exit code and what it printed on both streams."""

    code: int
    out: str
    err: str


def run_in(folder: Path, *arguments: str) -> Answer:
    """Run `tco` in this process as a shell in that folder would.

    In process because a hundred new interpreters would take a minute. Only `SystemExit` is
    caught, so that a traceback a user would see fails the test here.
    """
    out, err = io.StringIO(), io.StringIO()
    before, sys.argv, code = sys.argv, ["tco", *arguments], 0
    try:
        with (
            contextlib.chdir(folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            cli.run()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    finally:
        sys.argv = before
    return Answer(code, out.getvalue(), err.getvalue())


def contents(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file and folder below, with what changes when somebody writes one."""
    found = {}
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        # A folder's own time tells of files that came and went, which is how one is written.
        changed = 0 if stat.S_ISDIR(seen.st_mode) else seen.st_mtime_ns
        found[str(path.relative_to(folder))] = (seen.st_ino, seen.st_size, changed)
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with one scenario that works."""
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


@pytest.fixture
def tco(desk: Path) -> Callable[..., Answer]:
    """The command, run in the folder."""
    return lambda *arguments: run_in(desk, *map(str, arguments))


@pytest.fixture
def refused(desk: Path, tco: Callable[..., Answer]) -> Callable[..., str]:
    """The command, which must exit with 2, print nothing but the mistake, and write nothing."""

    def run(*arguments: object) -> str:
        before = contents(desk)
        answer = tco(*arguments)
        assert (answer.code, answer.out) == (2, ""), answer
        assert "Traceback" not in answer.err
        assert contents(desk) == before, "a mistake left something behind"
        return answer.err.rstrip("\n")

    return run

"""Taking times side by side: A, B, A, B, so that whatever else the machine does hits both."""

from __future__ import annotations

import compileall
import gc
import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path

import tco

Command = Sequence[str | Path]


def interleaved(
    sides: Sequence[Callable[[], object]], runs: int, *, warm: bool = True
) -> list[float]:
    """Each side's median in seconds over that many rounds; a first one, to warm up, is not."""
    if warm:
        for side in sides:
            side()
    taken: list[list[float]] = [[] for _ in sides]
    for _ in range(runs):
        for side, times in zip(sides, taken, strict=True):
            gc.collect()  # one side's litter is not the other side's time
            begun = time.perf_counter()
            side()
            times.append(time.perf_counter() - begun)
    return [statistics.median(times) for times in taken]


def process(command: Command) -> Callable[[], object]:
    """A side that is a whole process; one that fails stops the benchmarks with its words."""
    words = [str(part) for part in command]
    return lambda: subprocess.run(
        words, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=_environment()
    )


def tco_command() -> list[str | Path]:
    """The installed command of this interpreter, else the package run as a module."""
    installed = Path(sys.executable).with_name("tco")
    return [installed] if installed.exists() else [sys.executable, "-m", "tco"]


def compile_first() -> None:
    """Bytecode of the product, so that no side pays for compiling its sources in its own time."""
    with redirect_stdout(io.StringIO()):
        compileall.compile_dir(str(Path(tco.__file__).parent), quiet=2)


def _environment() -> dict[str, str]:
    """This environment, without what would make every process compile its sources again."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

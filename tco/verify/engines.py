"""Independent engines, each in a process of its own that serves book after book."""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tco.errors import Mistake, Mistakes, Place
from tco.verify.reading import Key

# Measured: 45 microseconds a formula cell and 1.2 a cell read; a busy machine is ten times slower.
SECONDS = 60.0
SECONDS_A_FORMULA = 1e-3
SECONDS_A_CELL_READ = 5e-6
MOST_MEMORY = 4 << 30  # a million formula cells take some 2 GB
MOST_ANSWER = 256 << 20  # a million numbers take 20 MB, a million texts of 200 characters the rest
THREADS = 4

_WORKER = Path(__file__).with_name("worker.py")
_OWN = "Name an .xlsx that tco wrote."


@dataclass(frozen=True)
class Engine:
    """A spreadsheet engine: its name, and the module that has to be installed."""

    name: str
    module: str


FORMUALIZER = Engine("formualizer", "formualizer")
IRONCALC = Engine("IronCalc", "ironcalc")


def installed() -> list[Engine]:
    """formualizer, and IronCalc where it is there."""
    found = importlib.util.find_spec(IRONCALC.module) is not None
    return [FORMUALIZER, IRONCALC] if found else [FORMUALIZER]


def recalculate(
    path: Path,
    engines: Iterable[Engine],
    keys: Iterable[Key],
    seconds: float,
    meanwhile: Callable[[], object] = bool,
) -> dict[str, dict[Key, Any]]:
    """What each engine computes for the cells, by its name; the engines run side by side.

    Args:
        path: the workbook.
        engines: whom to ask.
        keys: the cells.
        seconds: how long each may take.
        meanwhile: is called once, while they are at work.

    Raises `Mistakes` that name every engine that could not, and why.
    """
    cells = sorted(keys, key=lambda key: key[0])  # stable: sheet by sheet, as they are asked for
    job = _job(path, cells, seconds)
    values: dict[str, dict[Key, Any]] = {}
    mistakes = []
    with _LOCK:
        asked = [(engine.name, _process(engine)) for engine in engines]
        try:
            for _, process in asked:
                process.ask(job, seconds)
            meanwhile()
            for name, process in asked:
                try:
                    values[name] = dict(zip(cells, process.answer(len(cells)), strict=True))
                except _FailedError as error:
                    mistakes.append(Mistake(Place(str(path)), f"{name} {error}", _OWN))
        except BaseException:  # interrupted: an answer that nobody took must not be the next one's
            stop()
            raise
    if mistakes:
        raise Mistakes(mistakes)
    return values


def _job(path: Path, keys: Iterable[Key], seconds: float) -> bytes:
    places: dict[str, list[tuple[int, int]]] = {}
    for sheet, row, column in keys:
        places.setdefault(sheet, []).append((row, column))
    job = {"path": str(path.absolute()), "places": places, "seconds": seconds}
    return json.dumps(job, separators=(",", ":")).encode() + b"\n"


class _FailedError(Exception):
    """Why an engine gave no values, after its name."""


class _Process:
    """One engine at work on book after book; after it has failed another takes its place."""

    def __init__(self, engine: Engine) -> None:
        environment = {
            **os.environ,
            "RAYON_NUM_THREADS": str(min(THREADS, os.cpu_count() or 1)),
            "MALLOC_ARENA_MAX": "2",  # each thread's own would count as memory in use
        }
        paths = [path for path in sys.path if path]
        self.owner = os.getpid()
        self.running = subprocess.Popen(
            [sys.executable, "-P", str(_WORKER), engine.module, str(MOST_MEMORY), *paths],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
        )  # fmt: skip
        self.answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.printed: deque[bytes] = deque(maxlen=20)
        self.listeners = [
            threading.Thread(target=listen, daemon=True)
            for listen in (self._take_answers, self._take_prints)
        ]
        for listener in self.listeners:
            listener.start()
        self.seconds = self.deadline = 0.0
        self.giver = self.listeners[0]  # until there is a job

    def _take_answers(self) -> None:
        """Take every answer when it comes; an empty one is the end."""
        assert self.running.stdout
        with self.running.stdout as output:
            line = b"\n"
            while line.endswith(b"\n"):
                line = output.readline(MOST_ANSWER)
                self.answers.put(line)

    def _take_prints(self) -> None:
        """Take what the engine prints, or it would wait for a reader; the last of it is kept."""
        assert self.running.stderr
        with self.running.stderr as prints:
            while line := prints.readline(1_000):
                self.printed.append(line)

    def ask(self, job: bytes, seconds: float) -> None:
        """Hand over a job; from now on its time runs."""
        self.seconds, self.deadline = seconds, time.monotonic() + seconds
        self.giver = threading.Thread(target=self._give, args=(job,), daemon=True)
        self.giver.start()

    def _give(self, job: bytes) -> None:
        """Write a job, which may wait for one who reads."""
        assert self.running.stdin
        with _unbroken(), contextlib.suppress(OSError):  # it has ended: so the answer will say
            self.running.stdin.write(job)
            self.running.stdin.flush()

    def answer(self, count: int) -> list[Any]:
        """So many values of the job. Raises `_FailedError`; then the process is at its end too."""
        try:
            line = self.answers.get(timeout=max(0.0, self.deadline - time.monotonic()))
        except queue.Empty:
            self.end()
            raise self._late() from None
        if not line:
            raise self._ended()
        values, failure = _taken_apart(line)
        if not failure and len(values) != count:
            failure = f"gives {len(values):,} values for {count:,} cells"
        if failure:
            self.end()
            raise _FailedError(failure)
        return values

    def _ended(self) -> _FailedError:
        """What became of a process that gave no answer."""
        code = self.running.wait()
        self.end()
        if code == -getattr(signal, "SIGXCPU", 0):
            return self._late()
        if any(b"memory allocation" in line or b"MemoryError" in line for line in self.printed):
            return _FailedError(_out_of_memory())
        how = f"exit {code}"
        with contextlib.suppress(ValueError):
            how = signal.Signals(-code).name
        return _FailedError(f"crashed on this book ({how})")

    def _late(self) -> _FailedError:
        return _FailedError(f"was not done after {self.seconds:,.0f} seconds and was stopped")

    def end(self) -> None:
        """Stop it, whatever it does."""
        self.running.kill()
        self.running.wait()
        for thread in (*self.listeners, self.giver):
            thread.join(1)
        assert self.running.stdin
        with _unbroken(), contextlib.suppress(OSError):  # a job that was not taken
            self.running.stdin.close()


@contextlib.contextmanager
def _unbroken() -> Iterator[None]:
    """A pipe that nobody reads any more is an error here, and not the end of the whole command."""
    if not hasattr(signal, "SIGPIPE"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPIPE})
    try:
        yield
    finally:
        if signal.SIGPIPE in signal.sigpending():
            signal.sigwait({signal.SIGPIPE})  # it is there: this waits for nothing
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _taken_apart(line: bytes) -> tuple[list[Any], str]:
    """The values in an answer, or why there are none."""
    if not line.endswith(b"\n"):
        return [], "returns more text for this book than can be compared"
    try:
        said = json.loads(line)
        if "values" in said:
            return list(said["values"]), ""
        return [], _out_of_memory() if "memory" in said else f"cannot read it: {said['failed']}"
    except (ValueError, LookupError, TypeError):  # whatever wrote this, it was not our worker
        return [], "gives an answer that is none"


def _out_of_memory() -> str:
    return f"needs more than {MOST_MEMORY >> 20:,} MB of memory for this book"


_LOCK = threading.Lock()
_PROCESSES: dict[Engine, _Process] = {}


def _process(engine: Engine) -> _Process:
    """The engine's process: the one there is, or a new one."""
    process = _PROCESSES.get(engine)
    if process is None or process.running.poll() is not None or process.owner != os.getpid():
        process = _PROCESSES[engine] = _Process(engine)
    return process


@atexit.register
def stop() -> None:
    """End all processes of engines; the next book starts new ones."""
    for process in _PROCESSES.values():
        if process.owner == os.getpid():
            process.end()
    _PROCESSES.clear()

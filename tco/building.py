"""Building many workbooks: each is loaded, drawn and packed by whichever processor is free.

All or nothing: a mistake in one file lets no other be built any more, and what is built waits in a
folder of its own until every file has its place.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tco.errors import Mistake, Mistakes, Place, mistake
from tco.files import a_folder, kind_of, write_all
from tco.loading import load
from tco.page.first import page
from tco.page.terminal import answer
from tco.read.textfile import STDIN, SUFFIXES
from tco.saying import progress, say, say_beside
from tco.scenario import Beside, beside
from tco.tables import Answer
from tco.workbook.build import workbook
from tco.workbook.package import is_untouched

MOST_SHOWN = 20  # scenarios whose cost tables are printed
MOST_CELLS = 3  # that are named, of a workbook that somebody edited
LEAST_EACH = 2  # scenarios for which another process is worth its start


@dataclass(frozen=True)
class Order:
    """What is asked for: settings and folder, whether edited books are replaced or protected."""

    sets: tuple[str, ...]
    out: Path
    force: bool
    shown: bool  # whether cost tables are printed
    protected: bool = False


@dataclass(frozen=True)
class Built:
    """One scenario's outcome. `refused` says why its workbook must not be written."""

    name: str
    path: Path
    beside: Beside
    refused: tuple[Mistake, ...]
    content: bytes
    said: Answer


@dataclass(frozen=True)
class Failed:
    """The mistakes of a scenario that could not be loaded, and how many more there are."""

    name: str
    mistakes: tuple[Mistake, ...]
    untold: int


def build(
    names: Sequence[str], sets: tuple[str, ...], out: Path, *, force: bool, protected: bool = False
) -> None:
    """Write the workbook of every scenario, and print their cost tables where they are few.

    Raises `Mistakes`, and then writes none.
    """
    if names.count(STDIN) > 1:
        raise mistake(STDIN, "standard input can be read once", "Name - once, or save it first.")
    order = Order(sets, out, force, shown=len(names) <= MOST_SHOWN, protected=protected)
    with progress(len(names), "built") as step:
        done, refused = build_all(names, order, step)
    say_beside([one.beside for one in done])
    if refused:
        raise Mistakes(refused)
    for one in done:
        if order.shown:
            say(one.said)
        say(f"\n{one.path}\n" if order.shown else one.path)


def build_all(
    names: Sequence[str], order: Order, step: Callable[[str], None]
) -> tuple[list[Built], list[Mistake]]:
    """Build and write every scenario, or none; their outcomes in the order of the names.

    `step` is told each name once it is done. The contents are on the disk, no longer in the
    outcomes. The second result are the mistakes about places of files, where nothing is written.
    Raises `Mistakes` for scenarios that cannot be loaded.
    """
    done: list[Built] = []
    failed: list[Failed] = []
    with tempfile.TemporaryDirectory(prefix="tco-") as folder:
        kept = _Kept(Path(folder))
        for outcome in _outcomes(names, order):
            step(outcome.name)
            if isinstance(outcome, Failed):
                failed.append(outcome)
            elif not failed:
                done.append(kept.taken(outcome))
        if failed:
            mistakes = [one for outcome in failed for one in outcome.mistakes]
            raise Mistakes(dict.fromkeys(mistakes), sum(one.untold for one in failed))
        refused = list(_refused(done))
        if not refused:
            write_all(kept)
    return done, refused


def _refused(done: Sequence[Built]) -> Iterator[Mistake]:
    """Why places cannot be written, and which of them two scenarios want."""
    wanted: set[Path] = set()
    for one in done:
        if one.path in wanted:
            yield Mistake(Place(str(one.path)), "two scenarios would write this file",
                          "Rename one of the scenario files.")  # fmt: skip
        else:
            yield from one.refused
        wanted.add(one.path)


class _Kept(Mapping[Path, bytes]):
    """Workbooks that wait for the last one, on the disk: memory stays as it is for one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[Path, Path] = {}

    def taken(self, outcome: Built) -> Built:
        """Keep a workbook; the outcome without it."""
        file = self.files.setdefault(outcome.path, self.folder / str(len(self.files)))
        file.write_bytes(outcome.content)
        return Built(**{**vars(outcome), "content": b""})

    def __getitem__(self, path: Path) -> bytes:
        return self.files[path].read_bytes()

    def __iter__(self) -> Iterator[Path]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


# ---- one scenario, and where it is built --------------------------------------------------------

_failed: Any = threading.Event()  # whether a mistake was found: what is left is read, not built


def _outcome(name: str, order: Order) -> Built | Failed:
    try:
        scenario = load(name, order.sets)
    except Mistakes as error:
        _failed.set()
        return Failed(name, error.mistakes, error.untold)
    path = order.out / f"{scenario.name}.xlsx"
    refused = tuple(in_the_way(path, force=order.force, source=name))
    wanted = not refused and not _failed.is_set()
    content = workbook(scenario, protected=order.protected) if wanted else b""
    said = answer(scenario, page(scenario)) if wanted and order.shown else Answer("")
    return Built(scenario.name, path, beside(scenario), refused, content, said)


def in_the_way(path: Path, *, force: bool, source: str = "") -> Iterator[Mistake]:
    """What stands where a workbook goes and may not be replaced.

    `source` is the scenario into whose file changes of the workbook could go, "" for none.
    """
    kind = kind_of(path)
    if kind == "folder":
        yield from a_folder(path).mistakes
    elif kind not in ("", "file"):
        yield Mistake(Place(str(path)), f"this is a {kind}, not a file",
                      "Name another folder with --out.")  # fmt: skip
    elif kind and not force and not is_untouched(path):
        yield _edited(path, source) or Mistake(
            Place(str(path)),
            "this workbook was edited since tco wrote it, or is not tco's",
            "Keep it by naming another folder with --out, or replace it with --force.",
        )


def _edited(path: Path, source: str) -> Mistake | None:
    """What was changed in a workbook, and the three ways on; None where that cannot be told."""
    if not source:
        return None
    from tco.reconciling.returned import returned  # nobody else waits for it

    try:
        found = returned(path).cells
    except Mistakes:
        return None
    if not found:
        wrong = "another program saved this workbook since tco wrote it; nothing was changed in it"
        return Mistake(Place(str(path)), wrong, "Keep it by naming another folder with --out, or "
                       "replace it with --force.")  # fmt: skip
    shown = ", ".join(found[:MOST_CELLS])
    more = f", and {len(found) - MOST_CELLS:,} more" if len(found) > MOST_CELLS else ""
    count = f"{len(found):,} cell{'s' * (len(found) > 1)}"
    target = source if Path(source).suffix.lower() in SUFFIXES else f"{path.stem}.yaml"
    return Mistake(
        Place(str(path)),
        f"this workbook was edited since tco wrote it, in {count}: {shown}{more}",
        f"Take the changes into the file with: tco pull {path} {target}. Or keep the workbook by "
        "naming another folder with --out, or replace it with --force.",
    )


def _outcomes(names: Sequence[str], order: Order) -> Iterator[Built | Failed]:
    """The outcome of every name, in order, by as many processes as there are processors."""
    _failed.clear()
    job = partial(_outcome, order=order)
    processes = min(_processors(), len(names) // LEAST_EACH)
    if processes < 2 or STDIN in names:  # only this process can read what is sent in
        yield from map(job, names)
        return
    import multiprocessing
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    # What is forked need not be imported and made again; elsewhere a process starts afresh.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    gc.freeze()
    with ProcessPoolExecutor(processes, context, _begin, (context.Event(),)) as pool:
        try:
            yield from pool.map(job, names, chunksize=min(8, len(names) // processes))
        except BrokenProcessPool:
            wrong = "a process that builds workbooks was stopped, perhaps for want of memory"
            raise mistake("tco build", wrong, "Build fewer scenarios at once.") from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _begin(failed: Any) -> None:
    """What a process needs: the event that all share, and no part in a Ctrl-C."""
    global _failed
    _failed = failed
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

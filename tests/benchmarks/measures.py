"""What is measured: each measure is a row of the table, two times and their ratio."""

from __future__ import annotations

import io
import marshal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tco.read.loading import load
from tco.workbook.build import workbook
from tco.workbook.layout import lay_out
from tco.workbook.package import to_bytes

from . import xlsxwriter_book
from .algebra import CASES, by_hand, by_model, cases
from .dump import Dump, count, dump, formula_count
from .scenarios import EXAMPLE, copies, with_deadlines
from .timing import Command, interleaved, process, tco_command

BARE: Command = (sys.executable, "-c", "pass")
GROWTH = ((1, 7), (10, 7), (100, 3), (1000, 1))  # scenarios at once, and how often


@dataclass(frozen=True)
class Comparison:
    """Two times in seconds, ours first; `aim` is what the ratio should stay within."""

    what: str
    against: str
    ours: float
    theirs: float
    runs: int
    aim: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        return None if self.aim is None else self.ratio <= self.aim


@dataclass(frozen=True)
class Growth:
    """How long one `tco build` of many scenarios takes."""

    scenarios: int
    seconds: float
    runs: int

    @property
    def each(self) -> float:
        return self.seconds / self.scenarios


def comparisons(folder: Path) -> Iterator[Comparison]:
    """Every comparison, one after the other; files go to the folder."""
    yield from starting()
    long = with_deadlines(folder)
    yield building(folder, EXAMPLE, dump(workbook(load(EXAMPLE))), 1.0)
    made = dump(workbook(load(str(long))))
    yield building(folder, str(long), made, 0.6)
    yield writing(long, made)
    yield evaluating()


def starting(runs: int = 21) -> Iterator[Comparison]:
    """`--help` and `--version` against an interpreter that does nothing."""
    words = ("--help", "--version")
    sides = [process(BARE), *(process([*tco_command(), word]) for word in words)]
    bare, *times = interleaved(sides, runs)
    for word, seconds in zip(words, times, strict=True):
        yield Comparison(f"tco {word}", "a bare interpreter", seconds, bare, runs, 4)


def building(
    folder: Path, scenario: str, made: Dump, aim: float | None, runs: int = 9
) -> Comparison:
    """`tco build` against a program that writes the same cells with XlsxWriter."""
    packed, out = folder / "dump.marshal", folder / "out"
    packed.write_bytes(marshal.dumps(made))
    (read,) = interleaved([lambda: marshal.loads(packed.read_bytes())], runs)
    baseline: Command = (sys.executable, xlsxwriter_book.__file__, packed, folder / "theirs.xlsx")
    ours, theirs = interleaved(
        [process([*tco_command(), "build", scenario, "--out", out]), process(baseline)], runs
    )
    return Comparison(
        f"tco build, {count(made):,} cells",
        "XlsxWriter, whole process",
        ours,
        theirs,
        runs,
        aim,
        f"Of the {count(made):,} cells {formula_count(made):,} are formulas; loading them takes "
        f"{read * 1000:.0f} ms of the other program's time",
    )


def writing(scenario: Path, made: Dump, runs: int = 11) -> Comparison:
    """From cells in memory to the bytes of the file, in one process."""
    book = lay_out(load(str(scenario)))
    ours, theirs = interleaved([partial(to_bytes, book), partial(in_memory, made)], runs)
    return Comparison(
        f"writing alone, {count(made):,} cells", "XlsxWriter, in memory", ours, theirs, runs, 0.2
    )


def in_memory(made: Dump) -> bytes:
    """The other side's bytes, without a file: its faster way when the file is not wanted."""
    buffer = io.BytesIO()
    xlsxwriter_book.write(made, buffer, {"in_memory": True})
    return buffer.getvalue()


def evaluating(runs: int = 41) -> Comparison:
    """Six figures of many cases by the model, against the algebra written out by hand."""
    scenario = load(EXAMPLE)
    values = cases(scenario)
    ours, theirs = interleaved(
        [partial(by_model, scenario, values), partial(by_hand, values)], runs
    )
    return Comparison(f"evaluating {CASES:,} cases", "numpy by hand", ours, theirs, runs, 1.2)


def growth(folder: Path) -> Iterator[Growth]:
    """One `tco build` of the example under more and more names."""
    for number, runs in GROWTH:
        names = copies(folder / f"of-{number}", number)
        command = [*tco_command(), "build", *names, "--out", folder / f"out-{number}"]
        (seconds,) = interleaved([process(command)], runs, warm=number == 1)
        yield Growth(number, seconds, runs)

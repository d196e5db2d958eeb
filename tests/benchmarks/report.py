"""The page: what was measured and how, on what, and the table."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version

from .measures import Comparison, Growth

_LIBRARIES = ("numpy", "openpyxl", "pydantic", "typer", "xlsxwriter")

_HEAD = """# Benchmarks

Written by `python -m tests.benchmarks`. Every time is the median of the runs named beside it, and
every comparison is taken side by side: one run of ours, one of the other, and so on, so that
whatever else the machine does hits both. The ratio is ours over the other's: below 1 is faster.
No test fails on a clock; that both sides do the same work is tested in every run of the tests.
"""

_HOW = """## How

- **Starting.** `tco --help` and `tco --version` as whole processes, against `python -c pass`.
- **Building.** `tco build` of the example `llm-100b-10d`, and of the same example with {many}
  deadlines in its table, against a program that writes the same cells with XlsxWriter: the same
  constants, the same formulas with the same cached values, fonts, fills, borders, number formats,
  alignment and column widths, read from the file that tco wrote. Both are whole processes, imports
  included. Ours also reads and checks the scenario, evaluates it, writes out the formulas, and
  writes defined names, validations, conditional formats, charts and print set-up, all of which
  the other side is spared.
  {notes}
- **Writing alone.** From the cells of the larger workbook in memory to the bytes of the file,
  both in one process; ours again with names, validations and charts.
- **Evaluating.** Six figures ({figures})
  of {cases:,} cases that differ in {varied},
  by the model and by the same algebra written out by hand in numpy, where choices are plain `if`s
  and what two lines share is computed once. The results are equal to the last bit.
- **Growing.** One `tco build` of 1 to 1,000 copies of the example under names of their own, by as
  many processes as there are cores; the longest of them runs once.
"""


def table(rows: Sequence[Sequence[str]], left: int) -> str:
    """An aligned Markdown table; the first row is its head, the first `left` columns are words."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    rule = ["-" * w if i < left else "-" * (w - 1) + ":" for i, w in enumerate(widths)]
    return "\n".join(
        "| "
        + " | ".join(
            cell.ljust(w) if i < left else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in (rows[0], rule, *rows[1:])
    )


def comparison_table(found: Sequence[Comparison]) -> str:
    """The table of ratios."""
    head = ("What", "Against", "Ours", "The other's", "Ratio", "Aim", "Met", "Runs")
    rows = [
        (
            one.what,
            one.against,
            seconds(one.ours),
            seconds(one.theirs),
            f"{one.ratio:.2f}",
            "" if one.aim is None else f"{one.aim:g}",
            "" if one.met is None else "yes" if one.met else "no",
            str(one.runs),
        )
        for one in found
    ]
    return table([head, *rows], left=2)


def growth_table(found: Sequence[Growth]) -> str:
    """The table of one command with more and more scenarios."""
    head = ("Scenarios", "Whole command", "Per scenario", "Runs")
    rows = [
        (f"{one.scenarios:,}", seconds(one.seconds), seconds(one.each), str(one.runs))
        for one in found
    ]
    return table([head, *rows], left=0)


def page(found: Sequence[Comparison], grown: Sequence[Growth], how: str) -> str:
    """The whole of docs/benchmarks.md."""
    return "\n".join(
        [
            _HEAD,
            comparison_table(found),
            "",
            _in_a_sentence(found),
            "",
            growth_table(grown),
            "",
            how,
            "## On what",
            "",
            _machine(),
            "",
        ]
    )


def how(found: Sequence[Comparison], **parts: object) -> str:
    """How it was measured, with the remarks of the comparisons in their place."""
    notes = "\n  ".join(f"{one.note}." for one in found if one.note)
    return _HOW.format(notes=notes, **parts)


def seconds(time: float) -> str:
    """A time with three digits."""
    return f"{time * 1000:.3g} ms" if time < 1 else f"{time:.3g} s"


def _in_a_sentence(found: Sequence[Comparison]) -> str:
    """Which aims are met, said outright."""
    missed = [one for one in found if one.met is False]
    aims = sum(one.aim is not None for one in found)
    said = [
        f"- Missed: {one.what}, {one.ratio:.2f} where the aim is {one.aim:g}." for one in missed
    ]
    return "\n".join(
        [f"{aims - len(missed)} of {aims} aims are met.", *(["", *said] if said else [])]
    )


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    cores = os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count()
    day = datetime.date.today().isoformat()
    return (
        f"{cores} cores ({platform.machine()}, {platform.system()}), shared with other work;\n"
        f"Python {platform.python_version()}, {libraries}; {day}."
    )

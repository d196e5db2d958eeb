"""Verifying: independent engines recalculate a workbook; every formula cell must agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from tco.errors import Mistakes, printable
from tco.verify.comparing import TOLERANCE, agree
from tco.verify.engines import (
    SECONDS,
    SECONDS_A_CELL_READ,
    SECONDS_A_FORMULA,
    installed,
    recalculate,
)
from tco.verify.reading import Key, Stored, named, stored_in, unescaped

__all__ = [
    "TOLERANCE", "Difference", "Verdict", "agree", "formula_values", "said", "unescaped", "verify",
    "verify_all",
]  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """A formula cell whose stored value an engine does not confirm; None is no value."""

    cell: str
    stored: Any
    computed: Any


@dataclass(frozen=True)
class Verdict:
    """What one engine says of one workbook.

    Attributes:
        unconfirmed: cells that nothing can confirm, each with the function that gives another value
            each time; they are not compared.
    """

    path: str
    engine: str
    formulas: int
    differences: tuple[Difference, ...]
    unconfirmed: tuple[tuple[str, str], ...] = ()

    @property
    def valueless(self) -> int:
        """How many formula cells have no stored value; each is among the differences."""
        return sum(one.stored is None for one in self.differences)

    @property
    def confirmed(self) -> bool:
        """Whether every formula cell agrees."""
        return not self.differences and not self.unconfirmed


def formula_values(path: Path) -> dict[Key, Any]:
    """The stored value of every formula cell: a float, a text, an error's text, None for nothing.

    Raises `Mistakes` when the file is no workbook, or holds no formula, or no value of one.
    """
    return stored_in(path).values


def verify(path: Path) -> list[Verdict]:
    """Recalculate with formualizer, and with IronCalc where it is installed.

    Raises `Mistakes` when the file cannot be read as a workbook or an engine fails on it.
    """
    return _verdicts(path, stored_in(path), bool)


def verify_all(paths: Sequence[Path]) -> Iterator[tuple[Path, list[Verdict] | Mistakes]]:
    """Verify book after book: the next one is read while the engines are at work on one."""
    books = map(_read, paths)
    following = list(islice(books, 1))
    for path in paths:
        book = following.pop()
        outcome = _tried(path, book, lambda: following.extend(islice(books, 1)))
        if not following:  # the engines were not asked
            following.extend(islice(books, 1))
        yield path, outcome


def _read(path: Path) -> Stored | Mistakes:
    try:
        return stored_in(path)
    except Mistakes as error:
        return error


def _tried(
    path: Path, stored: Stored | Mistakes, meanwhile: Callable[[], object]
) -> list[Verdict] | Mistakes:
    if isinstance(stored, Mistakes):
        return stored
    try:
        return _verdicts(path, stored, meanwhile)
    except Mistakes as error:
        return error


def _verdicts(path: Path, stored: Stored, meanwhile: Callable[[], object]) -> list[Verdict]:
    compared = [key for key in stored.values if key not in stored.clocks]
    seconds = SECONDS + SECONDS_A_FORMULA * len(stored.values) + SECONDS_A_CELL_READ * stored.read
    computed = recalculate(path, installed(), compared, seconds, meanwhile)
    return [_verdict(path, engine, stored, values) for engine, values in computed.items()]


def _verdict(path: Path, engine: str, stored: Stored, computed: Mapping[Key, Any]) -> Verdict:
    values = stored.values
    plain = {
        key: unescaped(value) if isinstance(value := computed[key], str) else value
        for key in values if key not in stored.clocks
    }  # fmt: skip
    wrong = [
        key for key, value in plain.items()
        if values[key] is None or not agree(values[key], value)
    ]  # fmt: skip
    wrong = _without_noise(path, wrong, values, plain)
    return Verdict(
        str(path),
        engine,
        len(values),
        tuple(Difference(named(key), values[key], plain[key]) for key in wrong),
        tuple((named(key), clock) for key, clock in stored.clocks.items()),
    )


def _without_noise(
    path: Path, wrong: Sequence[Key], stored: Mapping[Key, Any], computed: Mapping[Key, Any]
) -> list[Key]:
    if not any(isinstance(stored[key], float) for key in wrong):
        return list(wrong)
    from tco.verify.judging import scales  # openpyxl: only where something differs

    found = scales(path, wrong, stored, computed, agree)
    return [
        key for key in wrong
        if key not in found or not agree(stored[key], computed[key], found[key])
    ]  # fmt: skip


def said(verdict: Verdict, most: int = 20) -> str:
    """A verdict in words: a line, and under it at most so many of the cells not confirmed."""
    wrong, clocks = verdict.differences, verdict.unconfirmed
    counts = [f"{len(wrong)} differ"] if wrong else []
    if verdict.valueless:
        counts[0] += f" ({verdict.valueless} of them without a stored value)"
    if clocks:
        counts.append(f"{len(clocks)} cannot be verified")
    summary = ", ".join(counts) or "all agree"
    lines = [f"{verdict.path}: {verdict.engine}: {verdict.formulas} formula cells, {summary}"]
    lines += [
        f"  {one.cell}: stored {_shown(one.stored)}, recalculated {_shown(one.computed)}"
        for one in wrong[:most]
    ]
    lines += [
        f"  {cell}: {clock}() gives another value each time"
        for cell, clock in clocks[: max(0, most - len(wrong))]
    ]
    if (more := len(wrong) + len(clocks) - most) > 0:
        lines.append(f"  and {more} more")
    return "\n".join(map(printable, lines))


def _shown(value: Any) -> str:
    if value is None:
        return "no value"
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:119]}…"

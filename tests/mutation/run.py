"""Every line of some kinds against its wrong rules: who is seen, and who is not."""

from __future__ import annotations

import csv
import functools
import multiprocessing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tco.lines import Line
from tests.lines.covered import examples, numeric
from tests.lines.variants import Variant
from tests.lines.worked import Example
from tests.mutation import mutants

REASONS = Path(__file__).with_name("survivors.csv")


@dataclass(frozen=True)
class Finding:
    """What became of the wrong rules of one line."""

    key: str  # with the module that it is of: evidence.buy_age_days
    results: tuple[str, ...]  # changes of the result that no example sees
    parts: int  # rules with one part changed that are other rules
    unseen: tuple[str, ...]  # those of them that no example sees
    same: int  # rules with one part changed that give the same

    @property
    def survivors(self) -> tuple[tuple[str, str], ...]:
        """The key and the change of every wrong rule that is not seen."""
        return tuple((self.key, change) for change in (*self.results, *self.unseen))


def identity(line: Line) -> tuple[str, str]:
    """What is the same for one line in several kinds: its key and its formula."""
    return line.key, repr(line.tree)


def keyed(line: Line, worked: list[Example]) -> str:
    """A line's key behind the module that its examples are written for, if they are."""
    module, written, _ = worked[0].place.partition(", ") if worked else ("", "", "")
    return f"{module}.{line.key}" if written else line.key


def judged(line: Line, worked: list[Example]) -> Finding:
    """One line against all of its wrong rules."""
    results = tuple(one.change for one in mutants.results(line) if not mutants.seen(one, worked))
    made = list(mutants.parts(line, worked)) if worked else []
    left = [one for one in made if not mutants.seen(one, worked)]
    other = [one for one in left if mutants.differs(one, line, worked)]
    same = len(left) - len(other)
    return Finding(
        keyed(line, worked), results, len(made) - same, tuple(one.change for one in other), same
    )


def findings(kinds: Iterable[Variant], jobs: int = 1) -> dict[tuple[str, str], Finding]:
    """Every line of the kinds, once each, by what is the same of it in several kinds."""
    lines: dict[tuple[str, str], tuple[Line, list[Example]]] = {}
    for at in kinds:
        for line in numeric(at):
            lines.setdefault(identity(line), (line, examples(at)[line.key]))
    work = list(lines.values())
    if jobs == 1 or "fork" not in multiprocessing.get_all_start_methods():
        found = [judged(*one) for one in work]
    else:  # rules are functions, which no process can send to another: each is born with them
        fork = multiprocessing.get_context("fork")
        with fork.Pool(jobs, _WORK.extend, (work,)) as pool:
            found = pool.map(_judged_at, range(len(work)), chunksize=20)
    return dict(zip(lines, found, strict=True))


_WORK: list[tuple[Line, list[Example]]] = []


def _judged_at(place: int) -> Finding:
    return judged(*_WORK[place])


@functools.cache
def reasons() -> Mapping[tuple[str, str], str]:
    """Why a wrong rule may stay unseen, by key and change."""
    with REASONS.open(encoding="utf-8", newline="") as file:
        return {(row["key"], row["change"]): row["reason"] for row in csv.DictReader(file)}


# ---- the table ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Count:
    """A kind's row of the table."""

    kind: str
    lines: int
    seen: int  # lines of which both wrong results are seen
    parts: int
    parts_seen: int

    @property
    def share(self) -> float:
        """The part of the lines whose wrong results are seen."""
        return self.seen / self.lines


def counts(kinds: Iterable[Variant], found: Mapping[tuple[str, str], Finding]) -> list[Count]:
    """A row for each kind."""
    rows = []
    for at in kinds:
        of = [found[identity(line)] for line in numeric(at)]
        rows.append(Count(
            at.title, len(of), sum(not one.results for one in of), sum(one.parts for one in of),
            sum(one.parts - len(one.unseen) for one in of),
        ))  # fmt: skip
    return rows


HEAD = ("kind", "numeric lines", "wrong results seen", "share", "parts changed", "not seen")


def table(rows: Iterable[Count]) -> str:
    """The rows as Markdown."""
    cells = [
        (one.kind, f"{one.lines:,}", f"{one.seen:,}", f"{one.share:.1%}", f"{one.parts:,}",
         f"{one.parts - one.parts_seen:,}")
        for one in rows
    ]  # fmt: skip
    rule = ("---", *("---:",) * (len(HEAD) - 1))
    return "\n".join("| " + " | ".join(row) + " |" for row in (HEAD, rule, *cells))

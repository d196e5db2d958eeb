"""The bridge from one scenario to another: its steps, and how they add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tco.bridge.books import OURS, figures_in
from tco.bridge.causes import Cause, causes
from tco.bridge.changes import changes
from tco.bridge.ends import End, ends
from tco.bridge.figures import Headline, Level, alone, headlines, level, level_in
from tco.bridge.mixing import Mixer
from tco.model.board import on_board
from tco.saying import progress

TOGETHER = "Together (interaction)"
_NOISE = 1e-9  # of the larger end: a move below it is the rounding of floats


@dataclass(frozen=True)
class Move:
    """A step of the bridge: what it is called, and the two levels between which it leads.

    `is_version` where it is no change of a scenario but of the program that built a book.
    """

    label: str
    before: Level
    after: Level
    cause: Cause | None = None

    @property
    def is_version(self) -> bool:
        """Whether it is the program that changed, and no input."""
        return self.cause is None

    def of(self, key: str) -> float:
        """By how much it moves a figure; not-a-number where one of both is undefined."""
        return self.after.values[key] - self.before.values[key]


@dataclass(frozen=True)
class Bridge:
    """Everything that lies between two scenarios.

    `was` and `now` are what they come to, as their books show it where they are books; `first` and
    `second` what this program makes of both.
    """

    ends: tuple[End, End]
    headlines: tuple[Headline, ...]
    was: Level
    first: Level
    second: Level
    now: Level
    moves: tuple[Move, ...]  # of causes, between the first and the second
    versions: tuple[Move, ...]  # of the programs, before and behind
    elsewhere: tuple[tuple[str, str], ...]  # figures that only one has: whose, and which

    @property
    def name(self) -> str:
        """What files about it are called."""
        return f"{self.ends[0].stem}-to-{self.ends[1].stem}"

    @property
    def currency(self) -> str:
        """The currency of both."""
        return self.ends[0].scenario.currency

    @property
    def steps(self) -> tuple[Move, ...]:
        """Every step, the programs' last."""
        return (*self.moves, *self.versions)

    def change(self, key: str) -> float:
        """By how much a figure changed in all."""
        return self.now.values[key] - self.was.values[key]

    def together(self, key: str) -> float:
        """What the causes move together and none moves alone: the rest of the change."""
        moved = self.second.values[key] - self.first.values[key]
        alone_moved = [found for one in self.moves if not math.isnan(found := one.of(key))]
        return math.fsum((moved, *(-one for one in alone_moved)))

    def is_noise(self, key: str, amount: float) -> bool:
        """Whether a move of a figure is what floats leave of it."""
        ends_of = (abs(one.values[key]) for one in (self.was, self.now, self.first, self.second)
                   if not math.isnan(one.values[key]))  # fmt: skip
        return math.isnan(amount) or abs(amount) <= _NOISE * max(ends_of, default=0.0)

    @property
    def moved(self) -> tuple[Headline, ...]:
        """The figures that anything moves, or that came or went."""
        return tuple(one for one in self.headlines if self._is_moved(one.key))

    def _is_moved(self, key: str) -> bool:
        ends_of = [math.isnan(one.values[key]) for one in (self.was, self.now)]
        steps = (*(one.of(key) for one in self.steps), self.together(key), self.change(key))
        return any(not self.is_noise(key, one) for one in steps) or ends_of[0] != ends_of[1]

    def moves_any(self, move: Move) -> bool:
        """Whether a step moves any figure, or lets one come or go."""
        return any(
            not self.is_noise(one.key, move.of(one.key))
            or math.isnan(move.after.values[one.key]) != math.isnan(move.before.values[one.key])
            for one in self.headlines
        )

    @property
    def moving(self) -> tuple[Move, ...]:
        """The steps that move a figure, the one first that moves the first of them most."""
        found = [one for one in self.steps if self.moves_any(one)]
        return tuple(sorted(found, key=self._size, reverse=True))

    def _size(self, move: Move) -> tuple[float, ...]:
        sizes = (abs(move.of(one.key)) for one in self.moved)
        return tuple(0.0 if math.isnan(one) else one for one in sizes)

    @property
    def idle(self) -> tuple[Move, ...]:
        """The changes that move no figure."""
        return tuple(one for one in self.steps if not self.moves_any(one))

    @property
    def turned(self) -> bool:
        """Whether the verdict of the first page is another, its amounts aside."""
        return self.was.verdict != self.now.verdict

    @property
    def turning(self) -> tuple[Move, ...]:
        """The steps each of which alone would have turned it into what it is now."""
        if not self.turned:
            return ()
        return tuple(one for one in self.steps
                     if one.after.verdict == self.now.verdict != one.before.verdict)  # fmt: skip


def bridge(names: Sequence[str], sets: Sequence[str]) -> Bridge:
    """What lies between two scenarios.

    Raises:
        Mistakes: all that is wrong with either, or why they cannot be compared.
    """
    first, second = ends(names, sets)
    found = tuple(headlines(first, second))
    changed = changes(first, second)
    mixer = Mixer(first, second, changed, found)
    with progress(len(changed), "tried") as step:
        tried = causes(mixer, step)
    begin, end = (level(one.scenario, found) for one in (first, second))
    moves = tuple(Move(one.change.label, begin, one.level, one) for one in tried)
    was, now = _shown(first, found, begin), _shown(second, found, end)
    return Bridge((first, second), found, was, begin, end, now, moves,
                  tuple(_versions(first, second, (was, begin, end, now))),
                  tuple(alone(first, second)))  # fmt: skip


def _shown(end: End, found: Sequence[Headline], computed: Level) -> Level:
    """What the cells of a book show that another version built; else what is computed."""
    if end.stamp is None or end.stamp.is_ours:
        return computed
    page = on_board(end.scenario.model.members)
    answer = page.answer if page else ""
    figures = figures_in(Path(end.name), [one.key for one in found] + [answer] * bool(answer))
    said = figures.pop(answer, None)
    return level_in(end, figures, said if isinstance(said, str) else computed.answer)


def _versions(first: End, second: End, at: tuple[Level, Level, Level, Level]) -> list[Move]:
    """The steps of programs: from what a book shows to what is computed of it today."""
    was, begin, end, now = at
    found = []
    if first.stamp and not first.stamp.is_ours:
        label = first.stamp.said(OURS)
        found.append(Move(label, was, begin))
    if second.stamp and not second.stamp.is_ours:
        found.append(Move(OURS.said(second.stamp), end, now))
    if len(found) == 2 and first.stamp == second.stamp:  # both ways: one row, named by both
        there, back = found
        return [Move(f"{there.label}, of {first.stem}", there.before, there.after),
                Move(f"{back.label}, of {second.stem}", back.before, back.after)]  # fmt: skip
    return found

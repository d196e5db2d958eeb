"""Refusals: what a scenario cannot be, said in the words of its checks, with what would pass."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from tco.catalogue.shipped import Catalogue
from tco.draws.spreads import LOGNORMAL
from tco.facts import (
    Fact,
    Tables,
    catalogue_columns,
    columns,
    option_lists,
    options,
    plain,
    supplied,
)
from tco.lines import YEAR_COUNT, Check, Choice, Given, Model, Undefined, log
from tco.lines.items import ERROR
from tco.model import OWNED
from tco.model.bands import AXIS
from tco.model.own.drawn import impossible, spread_keys
from tco.quantities import read
from tco.read.document import Document
from tco.read.schema import shared_with_owned, spelled
from tco.read.values import MOST_NAMED, example, named, typed
from tco.scenario import Scenario

COMPLETE = "Complete or correct that row."


class Say(Protocol):
    """Note a mistake at a place of the file: (section, key), or the block, or the file."""

    def __call__(
        self, path: tuple[Any, ...], wrong: str, remedy: str, *, key: bool = False
    ) -> None:
        """`key` points at the key itself instead of its value."""


@dataclass
class Refusals:
    """The choices and numbers of one file that cannot be.

    `broken` holds the keys that a mistake was already said of: nothing follows from them.
    `blockless` is a file whose workload has no block of its own.
    """

    document: Document
    say: Say
    catalogue: Catalogue
    broken: set[str]
    blockless: bool = False
    columns: Mapping[str, Any] = field(default_factory=dict)
    tables: Tables = field(default_factory=dict)

    def refuse(self, model: Model, facts: dict[str, Fact], tables: Tables) -> None:
        """Stop at a choice that cannot be, in the words of its check, or at a missing number."""
        years = {"year": np.arange(float(YEAR_COUNT))}  # a quote counts by what it costs over them
        known = catalogue_columns(self.catalogue, model)
        self.columns, self.tables = {**known, **columns(model, tables), **years}, tables
        blocked = self._blocked(model, facts)
        explained: set[str] = set()
        gaps: set[str] = set()
        causes_first = sorted(model.checks, key=lambda one: (
            not one.of_options, not one.supplies
        ))  # fmt: skip
        guarding = [
            one for one in causes_first
            if one.guards is not None and one.guards in (*facts, *model.tables)
            and not blocked & model.upstream([one.flag.key])
        ]  # fmt: skip
        values: dict[str, Any] = {key: fact.value for key, fact in facts.items()}
        values |= self._columns(model)
        wanted = [part.key for one in guarding for part in (one.flag, one.says)]
        values = model.evaluate(values, only=wanted) if wanted else values
        for one in guarding:
            assert one.guards is not None
            if blocked & model.upstream([one.flag.key]):
                continue
            if values[one.flag.key]:
                explained |= set(model.upstream([one.flag.key]))
                if one.of_options:
                    gaps.add(one.guards)
                    blocked = self._blocked(model, facts, gaps)
                if one.supplies:  # nothing can be said of what follows from it
                    gaps.add(one.supplies)
                    blocked = self._blocked(model, facts, gaps)
                if one.guards in model.tables:
                    path = self._row_path(model, one.guards, one.flag.key, values)
                    self.say(path, str(values[one.says.key]), COMPLETE, key=True)
                    continue
                self.say(
                    self._nearest(model, one.guards, one.flag.needs),
                    str(values[one.says.key]),
                    self._remedy(model, facts, one),
                    key=not self.document.has((model[one.guards].section, one.guards)),
                )
        self._missing(model, facts, explained, blocked)

    def _columns(self, model: Model) -> dict[str, Any]:
        """What is no single value: years, rows of tables and the options of choices."""
        years = {"year": np.arange(float(YEAR_COUNT))}
        return {**self.columns, **years, **option_lists(self.catalogue, model, self.tables)}

    def missing(self, model: Model, facts: Mapping[str, Fact]) -> None:
        """Say which numbers nobody gave, where nothing else can be said."""
        self._missing(model, facts, set(), self._blocked(model, facts))

    def _missing(
        self, model: Model, facts: Mapping[str, Fact], explained: set[str], blocked: set[str]
    ) -> None:
        for key, item in model.givens.items():
            fact = facts.get(key)
            missing = fact is not None and isinstance(fact.value, Undefined) and _asked_for(item)
            if missing and key not in explained | self.broken and not blocked & set(_above(item)):
                self._say_missing(item, self._home(model, item))

    def _row_path(
        self, model: Model, axis: str, flag: str, values: Mapping[str, Any]
    ) -> tuple[Any, ...]:
        """The first row that a check of a table flags, or the setting that changed that row."""
        path: tuple[Any, ...] = (model.tables[axis].section, axis)
        flagged = [
            int(np.argmax(values[key]))
            for key in model.upstream([flag]) & model.lines.keys()
            if model.lines[key].along == axis and model.lines[key].unit == "flag"
            if np.any(values[key])
        ]
        if not flagged:
            return path
        row = (*path, min(flagged))
        cells = [(*row, model.tables[axis].spelled(one.key)) for one in model.along(axis)]
        changed = [cell for cell in cells if self.document.place(cell).name == "--set"]
        return changed[0] if changed else row

    def _blocked(
        self, model: Model, facts: Mapping[str, Fact], gaps: Iterable[str] = ()
    ) -> set[str]:
        """Inputs that nothing can be said about: mistaken, missing, or following such a choice."""
        blocked = set(self.broken) | set(gaps)
        for key, item in model.givens.items():
            fact = facts.get(key)
            given = fact is not None and fact.origin in ("scenario", "set")
            missing = fact is not None and _asked_for(item) and isinstance(fact.value, Undefined)
            root = not _above(item)  # else its check says more
            if (missing and root) or (not given and blocked & set(_above(item))):
                blocked.add(key)
        return blocked

    def _home(self, model: Model, item: Given) -> str:
        """The block to type an input in: its own, or block own where that is what is there."""
        owned = not self.document.has((item.section,)) and self.document.has((OWNED,))
        return OWNED if owned and item.key in shared_with_owned(model) else item.section

    def _say_missing(self, item: Given, section: str) -> None:
        written = spelled(item.key)
        value = typed(item)
        if isinstance(item, Choice):
            names = [str(plain(one)) for one, _ in options(self.catalogue, item, self.tables)]
            value = f"NAME, which is one of {named(item, names)}"
        leaf, path = f"{written}: {value}", (section, item.key)
        if self.document.has(path):
            self.say(path, f"{written} has no value", f"Type for example: {leaf}", key=True)
            return
        there = self.document.has((section,))
        label = "" if item.label.lower() == written else f" ({item.label})"
        looked = " and not in the catalogue" if item.catalogue else ""
        add = f"Add below {section}: " if there else f"Add a block {section}: and below it "
        if self.blockless and section == "workload":
            add = "Add a line: "
        wrong = f"{written}{label} is not given{looked}"
        self.say((section,) if there else (), wrong, add + leaf, key=True)

    def _nearest(self, model: Model, guard: str, needs: Iterable[str]) -> tuple[Any, ...]:
        """Where a check's words belong: its choice, else one of its inputs, else the block."""
        for key in (guard, *needs):
            if key in model and self.document.has((model[key].section, key)):
                return (model[key].section, key)
        section = model[guard].section
        return (section,) if self.document.has((section,)) else ()

    def finite(self, made: Scenario) -> None:
        """Refuse numbers so large or small that a result overflows; name the likely one."""
        waiting = made.waiting  # nothing is tried for it yet
        for key, item in made.model.lines.items():
            if key in waiting:
                continue
            value = made.standing[key]
            if isinstance(value, np.ndarray) and item.along and not item.is_text:
                value = np.inf if np.isinf(value.astype(float)).any() else 0.0
            if item.is_text or not isinstance(value, float) or isinstance(value, Undefined):
                continue
            if math.isfinite(value):
                continue
            if self._say_what_fires(made):
                return
            sizes = {
                name: abs(float(log(abs(fact.value)))) if fact.value else math.inf
                for name, fact in made.facts.items()
                if isinstance(fact.value, float) and fact.origin in ("scenario", "set")
                if not math.isnan(fact.value) and name in made.model.upstream([key])
            }
            much = "larger than any number" if math.isinf(value) else "no number"
            wrong = f"with this value {key} ({item.label}) is {much}"
            worst = max(
                sizes, default=None,
                key=lambda name: (made.facts[name].origin == "set", sizes[name]),
            )  # fmt: skip
            if worst is None:
                self.say((), wrong, "Type values of a plausible size.")
            else:
                self.say((made.model[worst].section, worst), wrong, example(made.model[worst]))
            return

    def _say_what_fires(self, made: Scenario) -> bool:
        """Say an error check behind which there is no number, with an input that would mend it."""
        for one in made.model.checks:
            if one.kind != ERROR or made.standing[one.flag.key] != 1:
                continue
            words = str(made.standing[one.says.key])
            if added := self._addition(made.model, made.facts, one, made.computable, words):
                path = self._nearest(made.model, one.flag.needs[0], one.flag.needs)
                self.say(path, words, f"Add {added}", key=True)
                return True
        return False

    def drawable(self, made: Scenario) -> None:
        """Refuse what cannot be drawn: a spread of what nobody draws, or of what it cannot be.

        And rank correlations that no draws can have together.
        """
        drivers = {key: driver for driver, key in spread_keys(made.model).items()}
        for key, fact in made.facts.items():
            path = (made.model[key].section, key, "spread")
            if fact.spread and key not in drivers:
                wrong = f"{key} is not drawn, so it says nothing how it is spread"
                self.say(path, wrong, "Delete spread: drawn are the drivers on sheet Risk.")
            elif fact.spread == LOGNORMAL and not made.standing[f"low_{drivers[key]}"] > 0:
                wrong = f"{key} is spread as lognormal, and its low is not above 0"
                self.say(path, wrong, "Type a low above 0, or another spread, such as pert.")
        given = [key for key in impossible(made.model, made.standing) if key not in self.broken]
        if not given:
            return
        said = ", ".join(f"{key} {made.facts[key].value:g}" for key in given)
        wrong = f"these rank correlations cannot hold together: {said}"
        typed_ = [key for key in given if made.facts[key].is_given] or given
        self.say(("own", typed_[0]), wrong, "Bring one or all of them nearer to 0.")

    def thinkable(self, model: Model, facts: Mapping[str, Fact]) -> None:
        """Refuse given numbers that are far beyond what any such figure can be."""
        if AXIS not in model.axes:
            return
        ids = model.axes[AXIS].ids
        values: dict[str, Any] = {key: fact.value for key, fact in facts.items()}
        found = model.evaluate({**values, AXIS: np.array(ids, dtype=object)},
                               only=["band_unthinkable", "band_words"])  # fmt: skip
        for number in np.flatnonzero(found["band_unthinkable"]):
            item = model[ids[number]]
            if facts[item.key].origin in ("scenario", "set") and item.key not in self.broken:
                said = str(found["band_words"][number])
                self.say((item.section, item.key), said, example(item))

    def _remedy(self, model: Model, facts: dict[str, Fact], broken: Check) -> str:
        """The options with which the check would pass."""
        guard, flag = str(broken.guards), broken.flag.key
        choice = model.givens[guard]
        assert isinstance(choice, Choice)
        passing = []
        for option, _ in options(self.catalogue, choice, self.tables):
            tried = dict(facts)
            tried[guard] = replace(facts[guard], value=option)
            for key, item in model.givens.items():
                if guard in _above(item) and facts[key].origin in ("catalogue", "none"):
                    tried[key] = supplied(self.catalogue, item, tried)
            values: dict[str, Any] = {key: fact.value for key, fact in tried.items()}
            values |= self._columns(model)
            if not model.evaluate(values, only=[flag])[flag]:
                passing.append(str(plain(option)))
            if len(passing) > MOST_NAMED:  # no more are named, and each takes an evaluation
                break
        as_is = {key: fact.value for key, fact in facts.items()}
        missing = self._addition(model, facts, broken, {**as_is, **self._columns(model)})
        if passing:
            return f"With the rest of this scenario {guard} can be: {named(choice, passing)}." + (
                f" Or add {missing}" if missing else ""
            )
        if missing:
            return f"Add {missing}"
        return f"No {guard} passes with the rest of this scenario: change the rest."

    def _addition(
        self, model: Model, facts: Mapping[str, Fact], broken: Check, values: Mapping[str, Any],
        words: str = "",
    ) -> str:  # fmt: skip
        """An input nobody gave with which the check would pass, one that its words name first."""
        flag, key = broken.flag.key, broken.supplies
        if key and isinstance(gap := model[key], Choice) and gap.table:
            return "one in a list of your own: tco catalogue add FILE"
        above = model.upstream([flag])
        for key in sorted(model.givens, key=lambda one: one not in words):
            item = model.givens[key]
            absent = key in facts and isinstance(facts[key].value, Undefined)
            if absent and key in above and not item.is_text:
                said = typed(item)
                if not model.evaluate({**values, key: read(said, item.unit)}, only=[flag])[flag]:
                    bare = self.blockless and item.section == "workload"
                    where = "a line" if bare else f"below {item.section}"
                    return f"{where}: {spelled(key)}: {said}"
        return ""


def _above(item: Given) -> tuple[str, ...]:
    """The choices, and the size, that an input's value comes from."""
    if not isinstance(item, Choice):
        return item.follows
    of = (item.default_class[0], item.default_class[3]) if item.default_class else ()
    return (*item.follows, *of)


def _asked_for(item: Given) -> bool:
    """Whether somebody must give an input, as no line of the model supplies it."""
    return item.required and not item.as_line

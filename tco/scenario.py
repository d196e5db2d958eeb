"""A scenario that holds together: its model, every input with its source, and its numbers."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tco.carried import Carried
from tco.catalogue.shipped import MISSING, Catalogue, Finding, OwnList
from tco.errors import Mistake
from tco.facts import (
    NO_RANGE,
    NO_SOURCE,
    Fact,
    Tables,
    catalogue_columns,
    columns,
    looked_up,
    option_lists,
)
from tco.lines import YEAR_COUNT, Choice, Model, Undefined
from tco.lines.evaluation import as_cases
from tco.lines.later import Later
from tco.lines.model import GIVEN
from tco.lines.roots import Found
from tco.lines.secants import Steps
from tco.lines.word import in_case, side_by_side
from tco.model import model_for, trades_time
from tco.model.cases import AROUND, BASE, favoured, favours, planned, unmoved
from tco.model.own.corners import answered, answered_by_case, unanswered
from tco.model.own.drawn import (
    OUTDATED,
    Drawn,
    draw,
    drawn_keys,
    has_draws,
    outdated,
    spread_keys,
    undrawn,
)
from tco.model.own.drivers import UNSOLVED, results_of, searched, solved, stepped
from tco.model.own.pairs import outcomes_in_pairs, pair_keys, paired_by, untried
from tco.model.own.ranges import outcome_at_ends
from tco.model.state import UNCHECKED, findings
from tco.model.state import found as state


@dataclass(frozen=True)
class Scenario:
    """A scenario that holds together: its model, every input with its source, and the hash."""

    name: str
    title: str
    path: str
    kind: str
    currency: str
    as_of: str
    catalogue: Catalogue
    model: Model
    facts: Mapping[str, Fact]
    tables: Tables
    deadlines: tuple[float, ...]
    sha256: str
    owned: bool = False  # whether the run's fleet is owned over years too
    warnings: tuple[Mistake, ...] = ()  # what YAML reads otherwise than it was probably meant
    draws_of: Scenario | None = None  # whose draws it shows, as an edited workbook does
    carried: Carried | None = None  # what went into it, as it was written
    own_cases: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # its own, by name

    @property
    def values(self) -> dict[str, Any]:
        """Inputs by key as the model takes them: numbers, texts, and arrays along tables."""
        values: dict[str, Any] = {key: fact.value for key, fact in self.facts.items()}
        values |= columns(self.model, self.tables)
        values |= catalogue_columns(self.catalogue, self.model)
        for key, given in self.model.givens.items():
            if given.along and given.along in self.tables and given.catalogue:
                values[key] = looked_up(self.catalogue, given, values)
            if given.of is not None:
                values[key] = (
                    self._behind_rows(*given.of) if given.along else self.behind(*given.of)
                )
        values["year"] = np.arange(float(YEAR_COUNT))
        unsolved = {key: Undefined(UNSOLVED) for key in results_of(self.model)} | unanswered(
            self.model
        )
        unsolved |= undrawn(self.model)
        unsolved |= unmoved(self.model) | untried(self.model)
        return values | UNCHECKED | unsolved | option_lists(self.catalogue, self.model, self.tables)

    def evidence_of(self, key: str, part: str) -> str:
        """The source or the date behind an input, as Inputs shows it."""
        fact = self.facts[key]
        return (fact.source or NO_SOURCE) if part == "source" else (fact.date or MISSING)

    def is_given(self, key: str) -> bool:
        """Whether somebody gives an input, or chose by name the row that it stands in."""
        fact, follows = self.facts[key], self.model.givens[key].follows
        choice = self.model.givens[follows[0]] if follows else None
        if fact.origin == "catalogue" and isinstance(choice, Choice) and choice.vouches:
            return fact.is_given or self.facts[choice.key].is_given
        return fact.is_given

    def behind(self, key: str, part: str) -> float | str:
        """What stands behind an input: see `EVIDENCE` of the lines."""
        fact = self.facts[key]
        if part == GIVEN:
            return float(self.is_given(key))
        if part in ("low", "high"):
            bound = fact.low if part == "low" else fact.high
            return bound if isinstance(bound, float) else Undefined(NO_RANGE)
        return self.evidence_of(key, part)

    def _behind_rows(self, table: str, part: str) -> Any:
        """The source or the date of each row of a table, as Tables shows it."""
        found = [row.source if part == "source" else row.date or MISSING
                 for row in self.tables[table]]  # fmt: skip
        return np.array(found, dtype=object)

    @functools.cached_property
    def numbers(self) -> Mapping[str, Any]:
        """Every input and line, evaluated; what rests on drivers or draws, once it is asked for."""
        if not results_of(self.model) or self.plan is not self:
            return self.standing
        return Later(
            self.standing,
            (self.model.downstream(results_of(self.model)), self._of_drivers),
            (self.model.downstream(drawn_keys(self.model)), self._of_draws),
            (self.model.downstream(pair_keys(self.model)), self._of_pairs),
        )

    @property
    def waiting(self) -> frozenset[str]:
        """What rests on drivers or draws."""
        tried = [*results_of(self.model), *pair_keys(self.model)]
        return self.model.downstream([*tried, *drawn_keys(self.model)])

    @functools.cached_property
    def standing(self) -> dict[str, Any]:
        """Every input and line; nothing was tried or drawn for what rests on drivers or draws."""
        values = self.computable
        values = values | answered(self.model, values)
        found = self.model.evaluate(values)
        if self.draws_of is not None and self.plan is self and has_draws(self.model):
            differing = outdated(self.model, self.draws_of.drawn, found)
            values = values | {OUTDATED: float(differing)}
            found = self.model.evaluate(values)
        standing = state(self.model, found)
        if standing["errors"]:
            found = self.model.evaluate(values | standing)
        return found | standing

    def _of_drivers(self) -> dict[str, Any]:
        """What the drivers come to, and the lines that read it."""
        results = dict(self.at_ends)
        if self.searched:
            results |= solved(self.model, self.searched, self.stepped)
        waiting = self.model.downstream(results_of(self.model))
        still = {key: one for key, one in self.standing.items() if key not in waiting}
        return self.model.evaluate(still | results, waiting)

    def _of_pairs(self) -> dict[str, Any]:
        """What pairs of drivers come to, and the lines that read it."""
        waiting = self.model.downstream(pair_keys(self.model))
        apart = waiting | self.model.downstream(drawn_keys(self.model))
        still = {key: self.numbers[key] for key in self.standing if key not in apart}
        return self.model.evaluate(still | outcomes_in_pairs(self.model, still), waiting)

    def _of_draws(self) -> dict[str, Any]:
        """What the draws come to, and the lines that read it."""
        waiting = self.model.downstream(drawn_keys(self.model))
        still = {key: one for key, one in self.standing.items() if key not in waiting}
        return self.model.evaluate(still | dict(self.drawn.results), waiting)

    @functools.cached_property
    def drawn(self) -> Drawn:
        """The draws of a model that has drivers: its own, or those that it shows."""
        if self.draws_of is not None:
            return self.draws_of.drawn
        return draw(self.model, self.standing, self.spreads)

    @property
    def spreads(self) -> dict[str, str]:
        """How drivers are spread over their ranges, by key, where somebody says so."""
        said = {key: fact.spread for key, fact in self.facts.items() if fact.spread}
        return {driver: said[key] for driver, key in spread_keys(self.model).items() if key in said}

    @functools.cached_property
    def searched(self) -> Found | None:
        """Where each driver of the verdict ties; None for a model without drivers."""
        return searched(self.model, self.computable)

    @functools.cached_property
    def stepped(self) -> Steps | None:
        """The same for the drivers that are looked for by steps."""
        return stepped(self.model, self.computable | self.at_ends)

    @functools.cached_property
    def at_ends(self) -> dict[str, Any]:
        """The outcome at both ends of each driver's range; nothing for a model without drivers."""
        return outcome_at_ends(self.model, self.computable)

    # ---- cases ------------------------------------------------------------------------------

    @property
    def case(self) -> str:
        """The case that all is computed with."""
        return str(self.facts["case"].value)

    @property
    def case_words(self) -> str:
        """The case, as every page has it in its head."""
        return f"Case: {self.case}{AROUND if self.plan is not self else ''}"

    @functools.cached_property
    def plan(self) -> Scenario:
        """What ranges lie around: this scenario, unless its case lies at the ends of them."""
        if self.case not in favours(self.model):
            return self
        return replace(self, facts={**self.facts, "case": replace(self.facts["case"], value=BASE)})

    @functools.cached_property
    def computable(self) -> dict[str, Any]:
        """The values, numbers as they are computed with, where the case puts them."""
        plain = {k: np_float(v) if isinstance(v, float) else v for k, v in self.values.items()}
        if self.plan is self:
            return plain
        around = self.plan.numbers
        put = {k: np_float(v) for k, v in favoured(self.model, around, self.case).items()}
        plain |= put | {key: around[key] for key in planned(self.model)}
        plain |= self._alike(plain, put)
        return plain | self.of_lines(plain, put)

    def row_ids(self, axis: str | None) -> tuple[str, ...]:
        """The ids of an axis of table rows; none for years and scalars."""
        table = self.catalogue.axis(axis)
        return table.ids if table else tuple(row[0] for row in self.rows_of(axis))

    def rows_of(self, axis: str | None) -> tuple[tuple[str, str, str], ...]:
        """The rows of an axis that the model names or the scenario gives: (id, label, note)."""
        if axis and axis in self.tables:
            return tuple((one.name, "", one.note or MISSING) for one in self.tables[axis])
        found = self.model.axes.get(axis or "")
        return found.rows if found else ()

    @property
    def trades_time(self) -> bool:
        """Whether the kind has a table of deadlines, whatever lines are given."""
        return trades_time(model_for(self.kind))

    @functools.cached_property
    def deadline_targets(self) -> tuple[str, ...]:
        """The lines of the deadline table: those that lead to counts and totals."""
        wanted = ("gpus", "days_needed", "buy_total", "rent_on_demand_cost", "rent_total",
                  "rent_option")  # fmt: skip
        if "deadline_days" not in self.model.givens:
            return ()
        below = self.model.downstream(["deadline_days"])
        return tuple(key for key in wanted if key in below)

    def at_deadlines(self, days: Sequence[float], keys: Collection[str]) -> dict[str, Any]:
        """Some inputs and lines at other deadlines, as `cases` gives them."""
        return self.cases({"deadline_days": days}, keys)

    def cases(
        self,
        varied: Mapping[str, Sequence[float]],
        keys: Collection[str],
    ) -> dict[str, Any]:
        """Some inputs and lines over many cases, as evaluating each case alone gives them.

        Args:
            varied: numbers by the key of an input, or of a line without rows; one a case, side by
                side. Choices stay as they are, those too that follow a number, such as the class
                of a model's size. An input that is as another until it is given varies with it.
            keys: what is wanted. Only what it needs is computed.

        Returns:
            For each key an array whose last axis is the cases; where no case changes it, a scalar
            or a column of one case. NaN is undefined: `Case` says why.

        Raises:
            CaseError: for what is no number of its own, and for different counts of cases.
        """
        values = dict(self.computable)
        values |= as_cases(self.model, varied)
        values |= self._alike(values, varied)
        values |= self.of_lines(values, varied)
        wanted, count = self.model.upstream(keys), len(values[next(iter(varied))])
        paired = not wanted.isdisjoint(pair_keys(self.model))
        if paired or not wanted.isdisjoint(results_of(self.model)):
            values |= self._results(values, count, paired=paired)
        if not wanted.isdisjoint(unanswered(self.model)):
            values |= answered_by_case(self.model, values, count)
        if self.model.upstream(keys).isdisjoint(UNCHECKED):
            return self.model.cases(values, keys)
        checks = [part.key for one in findings(self.model) for part in (one.flag, one.says)]
        found = self.model.cases(values, [*keys, *checks])
        standing = state(self.model, found)
        if np.any(standing["errors"]):
            found = self.model.cases(values | standing, keys)
        return {key: (found | standing)[key] for key in keys}

    def _alike(self, values: Mapping[str, Any], varied: Collection[str]) -> dict[str, Any]:
        """The inputs that are as another until they are given, where that varies."""
        return {
            key: values[given.as_other] for key, given in self.model.givens.items()
            if given.as_other in varied and key not in varied
            and self.facts[key].origin == "catalogue"
        }  # fmt: skip

    def of_lines(self, values: Mapping[str, Any], varied: Collection[str]) -> dict[str, Any]:
        """The inputs that a line supplies, where what it is made of varies and they do not."""
        return {
            key: self.model.cases(values, [given.as_line])[given.as_line]
            for key, given in self.model.givens.items()
            if given.as_line and key not in varied and self.facts[key].origin == "catalogue"
            and not self.model.upstream([given.as_line]).isdisjoint(varied)
        }  # fmt: skip

    def _results(self, values: Mapping[str, Any], count: int, *, paired: bool) -> dict[str, Any]:
        """What drivers come to in each case, and pairs of them, one case after the other."""
        found = []
        for number in range(count):
            alone = {key: in_case(one, number) if self._is_scalar(key) else one
                     for key, one in values.items()}  # fmt: skip
            of_case = outcome_at_ends(self.model, alone)
            if search := searched(self.model, alone):
                of_case |= solved(self.model, search, stepped(self.model, alone | of_case))
            if paired:
                numbers = self.model.evaluate(alone | of_case, paired_by(self.model))
                of_case |= outcomes_in_pairs(self.model, numbers)
            found.append(of_case)
        return {key: side_by_side([one[key] for one in found]) for key in found[0]}

    def _is_scalar(self, key: str) -> bool:
        return key in self.model and self.model[key].along is None


@dataclass(frozen=True)
class Beside:
    """What is told beside a scenario's results."""

    own_lists: Sequence[OwnList]
    findings: Sequence[Finding]
    warnings: Sequence[Mistake]


def beside(scenario: Scenario) -> Beside:
    """Whose prices a scenario uses, what is remarkable about them, and what was read in doubt."""
    catalogue = scenario.catalogue
    return Beside(catalogue.own_lists, catalogue.findings, scenario.warnings)


def np_float(value: float) -> Any:
    """A float that divides by zero into infinity instead of raising; `Undefined` stays itself."""
    return value if isinstance(value, Undefined) else np.float64(value)

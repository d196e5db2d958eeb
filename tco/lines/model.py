"""Lines, inputs, choices and checks; and the model they make together.

A line is one pure function. Its name is the key, its parameters are the keys it needs, its
docstring is the note. `Model` finds each line by name, puts them in order and evaluates them:
scalars, years or rows (first axis) times cases (last axis), so that scalars broadcast.
"""

from __future__ import annotations

import difflib
import functools
import graphlib
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tco.lines.expression import Binary, Call, Expression, Reference, lift, walk
from tco.lines.pages import Front, Page
from tco.lines.vocabulary import previous, verdict, where, writing

YEARS = "years"
YEAR_COUNT = 8  # always columns 0..7, with flags up to the horizon

Value = Any  # a float, a text, or an array along the line's axis and the cases


class ModelError(ValueError):
    """The lines do not fit together; a programming mistake, not a user's."""


@dataclass(frozen=True)
class Line:
    """One computed quantity. Call it with numbers to compute it, with expressions to write it."""

    key: str
    label: str
    unit: str
    rule: Callable[..., Any]
    note: str
    needs: tuple[str, ...]
    along: str | None = None
    section: str = ""
    exact: bool = False
    stock: bool = False  # a state, whose years add up to nothing

    def __call__(self, *args: Any, **named: Any) -> Any:
        """The line's rule, called as it was written."""
        return self.rule(*args, **named)

    @functools.cached_property
    def tree(self) -> Expression:
        """The line's formula, written out."""
        with writing():
            return lift(self.rule(*(Reference(key) for key in self.needs)))

    def on(self, section: str) -> Line:
        """The same line, shown with the lines of another section."""
        return replace(self, section=section)

    @property
    def is_text(self) -> bool:
        """Whether the line is words or a day, not a number."""
        return self.unit in ("text", "date")

    @property
    def form(self) -> str:
        """The name of the number's form: its unit, or the unit's exact form for part counts."""
        return f"{self.unit} exact" if self.exact else self.unit


@dataclass(frozen=True)
class Given:
    """An input. Bounds are inclusive unless `above`; `why` is the sentence behind the bounds.

    `follows` names the choices whose catalogue row supplies it, as (table, column); the first is
    the row's choice, a second one chooses the column. `required` inputs stop the build when
    nobody gives them; others are undefined until given.
    """

    label: str
    unit: str
    note: str = ""
    above: float | None = None
    least: float | None = None
    most: float | None = None
    why: str = ""
    required: bool = True
    catalogue: tuple[str, str] | None = None
    follows: tuple[str, ...] = ()
    along: str | None = None
    key: str = ""
    section: str = ""
    money: bool = False
    of: tuple[str, str] | None = None  # (input, "source" or "date"): what stands behind it
    names: str = ""  # the given rows that a text names one of
    as_other: str = ""  # another input, written before it, whose value it has until it is given
    counted: bool = False  # nobody gives it: it is what the checks come to
    exact: bool = False  # show part counts, or cents, with decimals
    example: str = ""  # what to type, where its unit's own example would mislead

    @property
    def is_text(self) -> bool:
        """Whether the input is a choice or a text, not a number."""
        return self.unit in ("text", "choice", "date")

    @property
    def form(self) -> str:
        """The name of the number's form."""
        return f"{self.unit} exact" if self.exact else self.unit

    @property
    def bounded(self) -> bool:
        """Whether any bound is set."""
        return (self.above, self.least, self.most) != (None, None, None)

    def within(self, value: float) -> bool:
        """Whether a number respects the bounds."""
        return not (
            (self.above is not None and not value > self.above)
            or (self.least is not None and value < self.least)
            or (self.most is not None and value > self.most)
        )

    @property
    def bounds(self) -> str:
        """The bounds in words: "above 0 and at most 1"."""
        if self.least is not None and self.least == self.most:
            return f"exactly {self.least:g}"
        parts = []
        if self.above is not None:
            parts.append(f"above {self.above:g}")
        if self.least is not None:
            parts.append(f"at least {self.least:g}")
        if self.most is not None:
            parts.append(f"at most {self.most:g}")
        return " and ".join(parts)


@dataclass(frozen=True)
class Choice(Given):
    """A dropdown. `options` are (id, words) pairs, or come from the id column of `table`."""

    options: tuple[tuple[str | int, str], ...] = ()
    table: str = ""
    # (choice, its table, column, input): the row "column/band", by the option and the input's size
    default_class: tuple[str, str, str, str] | None = None
    bands: tuple[tuple[float, str], ...] = ()  # (from this size up, its name), smallest first


ERROR, ALERT, SENSITIVITY = "error", "alert", "sensitivity"


@dataclass(frozen=True)
class Check:
    """A test that fires (1) or passes (0), and the words it fires with.

    A refusal guards a choice: a scenario that fires it is not built, and in the workbook the
    choice shows #N/A. Its rule reads the choice as made, before it is refused. A refusal may guard
    a table that the scenario gives too: what its rows lack cannot be built either.
    """

    flag: Line
    says: Line
    kind: str
    guards: str | None = None
    limit: bool = False  # an input within its bounds, one of many alike
    of_inputs: bool = False  # what is wrong with an input itself comes before what follows from it


@dataclass(frozen=True)
class Rows:
    """An axis whose rows the model itself names: (id, label, note) each, in order.

    Lines read it by its name as the column of ids.
    """

    rows: tuple[tuple[str, str, str], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rows."""
        return tuple(row[0] for row in self.rows)


@dataclass(frozen=True)
class GivenRows:
    """An axis whose rows the scenario gives, as a list below its section.

    The first input along it names each row, unless the rows are numbered. In the file the keys of
    its inputs stand without the prefix. Lines read it by its name as the column of names.
    """

    title: str
    note: str
    prefix: str = ""
    numbered: bool = False
    key: str = ""
    section: str = ""

    def spelled(self, key: str) -> str:
        """An input's key as the file has it."""
        return key.removeprefix(self.prefix)


@dataclass(frozen=True)
class Heading:
    """A heading on the sheet, above the lines written after it in the module."""

    title: str


def line(
    label: str,
    unit: str,
    *,
    along: str | None = None,
    exact: bool = False,
    section: str = "",
    stock: bool = False,
) -> Callable[[Callable[..., Any]], Line]:
    """Make a function a line of the model.

    Args:
        label: what the line is called in tables, unique in the model.
        unit: its unit, proved by the formula's own units in the tests.
        along: None for a scalar, YEARS, or the name of a table for one value a row.
        exact: show part counts with decimals.
        section: where it stands, if not with the rest of its module.
        stock: a state at a time, such as a running sum: along the years it has no total.
    """

    def wrap(rule: Callable[..., Any]) -> Line:
        return Line(
            key=rule.__name__,
            label=label,
            unit=unit,
            rule=rule,
            note=inspect.getdoc(rule) or "",
            needs=tuple(inspect.signature(rule).parameters),
            along=along,
            exact=exact,
            section=section,
            stock=stock,
        )

    return wrap


def check(
    label: str, *, kind: str = ERROR, guards: str | None = None, of_inputs: bool = False
) -> Callable[[Callable[..., Any]], Check]:
    """Make a function that returns (fires, sentence) a check."""

    def wrap(rule: Callable[..., Any]) -> Check:
        needs = tuple(inspect.signature(rule).parameters)
        key, note = rule.__name__, inspect.getdoc(rule) or ""

        def fires(*args: Any) -> Any:
            return where(rule(*args)[0], 1, 0)

        def says(flag: Any, *args: Any) -> Any:
            return verdict(flag, rule(*args)[1])

        return Check(
            Line(key, label, "flag", fires, note, needs),
            Line(f"{key}_note", f"{label}: finding", "text", says, note, (key, *needs)),
            kind,
            guards,
            of_inputs=of_inputs,
        )

    return wrap


@dataclass(frozen=True, eq=False)
class Model:
    """Inputs and lines that fit together. Make one with `Model.of`."""

    givens: Mapping[str, Given]
    lines: Mapping[str, Line]
    checks: tuple[Check, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)  # list of options -> its choice
    headings: Mapping[str, str] = field(default_factory=dict)  # first key below -> heading
    axes: Mapping[str, Rows] = field(default_factory=dict)  # axes that the model names itself
    tables: Mapping[str, GivenRows] = field(default_factory=dict)  # axes that the scenario gives
    pages: Mapping[str, Page] = field(default_factory=dict)  # by section
    front: Front = field(default_factory=Front)

    @classmethod
    def of(cls, *modules: Any, columns: Mapping[str, str] | None = None) -> Model:
        """Collect the lines, inputs and checks of modules, in the order they are written.

        Raises `ModelError` for a key used twice or an unknown one, with the nearest known key.
        """
        givens: dict[str, Given] = {}
        lines: dict[str, Line] = {}
        checks: list[Check] = []
        headings: dict[str, str] = {}
        axes: dict[str, Rows] = {}
        tables: dict[str, GivenRows] = {}
        pages: dict[str, Page] = {}
        front = Front()
        for module in modules:
            heading = ""
            section = getattr(module, "SECTION", "")
            for name, item in vars(module).items():
                if isinstance(item, Heading):
                    heading = item.title
                elif isinstance(item, Given):
                    _once(name, givens, lines)
                    givens[name] = replace(item, key=name, section=section)
                elif isinstance(item, Line):
                    _once(item.key, givens, lines)
                    lines[item.key] = replace(item, section=item.section or section)
                    if heading:
                        headings[item.key], heading = heading, ""
                elif isinstance(item, Check):
                    checks.append(item)
                elif isinstance(item, Rows):
                    axes[name] = item
                elif isinstance(item, GivenRows):
                    tables[name] = replace(item, key=name, section=section)
                elif isinstance(item, Page):
                    pages[section] = item
                elif isinstance(item, Front):
                    front = front.and_then(item)
        for one in checks:
            for part in (one.flag, one.says):
                _once(part.key, givens, lines)
                lines[part.key] = replace(part, section="checks")
        givens |= _evidence_asked_for(givens, lines)
        return cls(
            givens, lines, tuple(checks), dict(columns or {}), headings, axes, tables, pages, front
        ).sound()

    def sound(self) -> Model:
        """This model, after making sure that every name is known and no loop is left open."""
        for one in self.lines.values():
            for need in one.needs:
                known = (self.lines, self.givens, self.columns, self.axes, self.tables)
                if not any(need in names for names in known):
                    raise ModelError(f"{one.key} asks for {self.unknown(need)}")
        _ = self.groups
        return self

    def unknown(self, key: str) -> str:
        """The words for a key that is none: it, and the nearest one that is."""
        near = difflib.get_close_matches(key, [*self.lines, *self.givens], 1)
        return f"'{key}', which is neither an input nor a line" + (
            f". Did you mean '{near[0]}'?" if near else ""
        )

    @property
    def items(self) -> dict[str, Given | Line]:
        """Every input and line by key, inputs first."""
        return {**self.givens, **self.lines}

    def __contains__(self, key: str) -> bool:
        return key in self.lines or key in self.givens

    def __getitem__(self, key: str) -> Line | Given:
        if key in self.lines:
            return self.lines[key]
        if key in self.givens:
            return self.givens[key]
        raise KeyError(self.unknown(key))

    def along(self, table: str) -> list[Given]:
        """The inputs along an axis that the scenario gives, in the order of its columns."""
        return [one for one in self.givens.values() if one.along == table]

    def with_lines(self, *extra: Line | Check | Given | Heading) -> Model:
        """This model and more inputs, lines or checks; a heading is of the line after it."""
        if not extra:
            return self
        givens, lines, checks = dict(self.givens), dict(self.lines), list(self.checks)
        headings, heading = dict(self.headings), ""
        for item in extra:
            if isinstance(item, Heading):
                heading = item.title
            elif isinstance(item, Given):
                _once(item.key, givens, lines)
                givens[item.key] = item
            elif isinstance(item, Line):
                _once(item.key, givens, lines)
                lines[item.key] = item
                if heading:
                    headings[item.key], heading = heading, ""
            else:
                checks.append(item)
                for part in (item.flag, item.says):
                    _once(part.key, givens, lines)
                    lines[part.key] = replace(part, section="checks")
        return replace(
            self, givens=givens, lines=lines, checks=tuple(checks), headings=headings
        ).sound()

    def given(self, keys: Iterable[str]) -> Model:
        """This model with computed lines taken as given: each becomes an input of its own."""
        givens, lines = dict(self.givens), dict(self.lines)
        for key in [key for key in keys if key in lines]:
            old = lines.pop(key)
            givens[key] = Given(
                old.label, old.unit, old.note, along=old.along, key=key, section=old.section
            )
        if len(lines) == len(self.lines):
            return self
        return replace(self, givens=givens, lines=lines).sound()

    # ---- order ---------------------------------------------------------------------------------

    @functools.cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Keys in the order they can be computed; a group of several closes over previous()."""
        return _in_order({key: one.needs for key, one in self.lines.items()}, self._backward)

    def _backward(self, key: str) -> frozenset[str]:
        """The needs of a line that it reads only one step back."""
        one = self.lines[key]
        if one.along is None:
            return frozenset()
        behind = {
            part.parts[0].key
            for part in walk(one.tree)
            if isinstance(part, Call) and part.word is previous
            if isinstance(part.parts[0], Reference)
        }
        return frozenset(behind - _read_now(one.tree))

    def upstream(self, keys: Iterable[str]) -> frozenset[str]:
        """Everything these keys are computed from, themselves included."""
        return _reach(keys, lambda key: self.lines[key].needs if key in self.lines else ())

    def downstream(self, keys: Iterable[str]) -> frozenset[str]:
        """Everything computed from these keys, themselves included."""
        return _reach(keys, lambda key: self._users.get(key, ()))

    @functools.cached_property
    def _users(self) -> dict[str, list[str]]:
        """Which lines read each key."""
        users: dict[str, list[str]] = {}
        for one in self.lines.values():
            for need in one.needs:
                users.setdefault(need, []).append(one.key)
        return users

    # ---- numbers -------------------------------------------------------------------------------

    def evaluate(self, values: Mapping[str, Value], only: Iterable[str] = ()) -> dict[str, Value]:
        """Every line's value, or those needed for `only`.

        Args:
            values: inputs by key: floats, texts, arrays (years or rows first, cases last).
                A line that is given here counts as given.
            only: keys wanted; all when empty.

        Returns:
            Inputs and lines by key. Undefined values are NaN; scalars carry why.
        """
        varying = self._varying(values)
        moving = self.downstream(varying)
        still, got = dict(values), self._columns_beside_cases(values)
        wanted = self.upstream(only) if only else None
        with np.errstate(all="ignore"):
            for group in self.groups:
                if wanted is None or not wanted.isdisjoint(group):
                    if not varying:
                        self._evaluate_group(group, got, values)
                    elif moving.isdisjoint(group):
                        self._evaluate_group(group, still, values)
                        got |= self._beside_cases(group, still, varying)
                    else:
                        self._evaluate_group(group, got, values)
        return got

    def _beside_cases(
        self, group: Iterable[str], still: Mapping[str, Value], varying: Sequence[str]
    ) -> dict[str, Value]:
        """The lines of a group that no case changes, as columns where others have cases."""
        return {
            key: still[key][:, None]
            if varying and self.lines[key].along and np.ndim(still[key]) == 1
            else still[key]
            for key in group
        }

    def _columns_beside_cases(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """The inputs, those along an axis as columns where scalars vary, so that both broadcast."""
        got = dict(values)
        if not self._varying(values):
            return got
        for key, given in self.givens.items():
            if given.along and np.ndim(got.get(key, 0.0)) == 1:
                got[key] = got[key][:, None]
        return got

    def _varying(self, values: Mapping[str, Value]) -> list[str]:
        """Scalar inputs and lines that are given one number a case."""
        scalar = (key for key in values if key in self and self[key].along is None)
        return [key for key in scalar if np.ndim(values[key])]

    def cases(
        self, values: Mapping[str, Value], keys: Sequence[str], *, at_once: int = 8192
    ) -> dict[str, Value]:
        """Some lines over many cases of scalar inputs.

        Args:
            values: inputs by key; an array holds one number a case, all of the same length.
            keys: lines wanted. Only what they need is computed.
            at_once: cases computed together: few enough that their arrays stay in the
                processor's cache, which is several times faster than all at once.

        Returns:
            An array over the cases for each key, or a scalar where nothing varies.
        """
        varying, plan, wanted = self._varying(values), self._plan(frozenset(keys)), set(keys)
        count = len(values[varying[0]]) if varying else 1
        moving = self.downstream(varying)
        still, beside = dict(values), self._columns_beside_cases(values)
        parts: list[dict[str, Value]] = []
        with np.errstate(all="ignore"):
            for group, _ in plan:
                if moving.isdisjoint(group):
                    self._evaluate_group(group, still, values)
                    beside |= self._beside_cases(group, still, varying)
            for start in range(0, count, at_once):
                got = dict(beside)
                got |= {key: values[key][start : start + at_once] for key in varying}
                for group, spent in plan:
                    if not moving.isdisjoint(group):
                        self._evaluate_group(group, got, values)
                    for key in spent - wanted:  # arrays let go after their last use
                        got.pop(key, None)
                parts.append({key: got[key] for key in keys})
        first = parts[0]
        return {
            key: np.concatenate([part[key] for part in parts])
            if np.ndim(first[key])
            else first[key]
            for key in keys
        }

    def _plan(self, keys: frozenset[str]) -> list[tuple[tuple[str, ...], frozenset[str]]]:
        """The groups needed for some keys, each with the lines that nothing later reads."""
        needed = self.upstream(keys)
        groups = [group for group in self.groups if not needed.isdisjoint(group)]
        plan = []
        later: set[str] = set()
        for group in reversed(groups):
            reads = {need for key in group for need in self.lines[key].needs} | set(group)
            plan.append((group, frozenset(reads & self.lines.keys()) - later))
            later |= reads
        return plan[::-1]

    def _evaluate_group(
        self, group: tuple[str, ...], got: dict[str, Value], values: Mapping[str, Value]
    ) -> None:
        members = [self.lines[key] for key in group if key not in values]
        if not members:
            return
        if len(group) == 1 and group[0] not in self.lines[group[0]].needs:
            for one in members:
                value = one.rule(*(got[need] for need in one.needs))
                if one.along == YEARS and not np.ndim(value):  # the same in every year
                    value = np.full(YEAR_COUNT, value)
                got[one.key] = value
            return
        # A loop that closes only over previous() is triangular: each pass settles one more step,
        # so as many passes as there are steps settle them all, exactly.
        steps = YEAR_COUNT if members[0].along == YEARS else self._rows(members[0].along, got)
        shape = (steps, *self._cases_of(members, got))
        for one in members:
            got[one.key] = np.zeros(shape)
        for _ in range(steps):
            for one in members:
                value = one.rule(*(got[need] for need in one.needs))
                got[one.key] = np.broadcast_to(value, shape)

    def _cases_of(self, members: Iterable[Line], got: Mapping[str, Value]) -> tuple[int, ...]:
        """The shape of the case axis as the needs of a loop have it: () or (cases,)."""
        for need in {need for one in members for need in one.needs if need in got}:
            along = self[need].along if need in self else YEARS
            shape = np.shape(got[need])
            if len(shape) > (1 if along else 0):
                return (shape[-1],)
        return ()

    def _rows(self, table: str | None, got: Mapping[str, Value]) -> int:
        if table in self.axes or table in self.tables:
            return len(got[str(table)])
        inputs = [key for key, one in self.givens.items() if one.along == table]
        return len(got[inputs[0]])


def _evidence_asked_for(givens: Mapping[str, Given], lines: Mapping[str, Line]) -> dict[str, Given]:
    """The sources and dates of inputs that lines read, as inputs of their own."""
    found = {}
    for need in {need for one in lines.values() for need in one.needs}:
        stem, _, part = need.rpartition("_")
        if need not in lines and part in ("source", "date") and stem in givens:
            given = givens[stem]
            unit = "date" if part == "date" else "text"
            found[need] = Given(f"{given.label}: {part}", unit, of=(stem, part), key=need,
                                section=given.section)  # fmt: skip
    return dict(sorted(found.items()))


def _once(key: str, givens: Mapping[str, Given], lines: Mapping[str, Line]) -> None:
    if key in givens or key in lines:
        raise ModelError(f"'{key}' is defined twice")


def _reach(start: Iterable[str], after: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    ahead = list(start)
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            ahead.extend(after(key))
    return frozenset(found)


def _read_now(tree: Expression) -> set[str]:
    """Keys an expression reads at its own step, not under previous()."""
    if isinstance(tree, Reference):
        return {tree.key}
    if isinstance(tree, Binary):
        return _read_now(tree.left) | _read_now(tree.right)
    if isinstance(tree, Call) and tree.word is not previous:
        return set().union(*(_read_now(part) for part in tree.parts))
    return set()


def _in_order(
    needs: Mapping[str, tuple[str, ...]], backward: Callable[[str], frozenset[str]]
) -> tuple[tuple[str, ...], ...]:
    graph = {key: [n for n in wanted if n in needs] for key, wanted in needs.items()}
    # Most loops are a line that reads its own step before: alone it is in no other's way.
    alone = {
        key: [n for n in now if n != key or key not in backward(key)] if key in now else now
        for key, now in graph.items()
    }
    try:
        return tuple((key,) for key in graphlib.TopologicalSorter(alone).static_order())
    except graphlib.CycleError:
        pass
    # Loops: sort without the edges that read one step back, then find who is in which loop.
    forward = {key: [n for n in now if n not in backward(key)] for key, now in graph.items()}
    try:
        order = list(graphlib.TopologicalSorter(forward).static_order())
    except graphlib.CycleError as error:
        loop = " -> ".join(reversed(error.args[1]))
        raise ModelError(f"these lines wait for each other: {loop}; use previous()") from None
    ahead = {key: _reach(graph[key], lambda k: graph[k]) for key in graph}
    loops: dict[str, list[str]] = {}
    for key in order:
        first = next((other for other in loops if key in ahead[other] and other in ahead[key]), key)
        loops.setdefault(first, []).append(key)
    by_group = {first: tuple(members) for first, members in loops.items()}
    home = {key: first for first, members in by_group.items() for key in members}
    between = {
        first: {home[n] for key in members for n in graph[key] if home[n] != first}
        for first, members in by_group.items()
    }
    return tuple(by_group[first] for first in graphlib.TopologicalSorter(between).static_order())


def called(rule: Callable[..., Any], key: str, note: str, *needs: str) -> Callable[..., Any]:
    """A function made for one key: under its name, with its note and the keys it needs."""
    rule.__name__, rule.__doc__ = key, note
    rule.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # read by inspect
        [inspect.Parameter(need, inspect.Parameter.POSITIONAL_OR_KEYWORD) for need in needs]
    )
    return rule

"""The model that inputs, lines and checks make together. Make one with `Model.of`."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import FunctionType, ModuleType
from typing import Any

import tco.lines.evaluation as evaluation
from tco.lines.guards import with_guards
from tco.lines.items import (
    Check,
    Choice,
    Given,
    GivenRows,
    Heading,
    Line,
    ModelError,
    Rows,
    Value,
)
from tco.lines.order import in_order, reach
from tco.lines.pages import Front, Page
from tco.lines.parts import Gathered, Members
from tco.lines.rows import RowCheck
from tco.lines.vocabulary import undefined
from tco.lines.word import Word


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
    members: Members = field(default_factory=lambda: Members(()))

    @classmethod
    def of(cls, *modules: Any, extra: Iterable[Any] = ()) -> Model:
        """Collect the lines, inputs and checks of modules, in the order they are written.

        Args:
            modules: what lines are written in; the section of each is its SECTION, that of its
                inputs its INPUTS where they stand elsewhere.
            extra: items beside them, each with its section.

        Raises `ModelError` for a key used twice or an unknown one, with the nearest known key, and
        for lines that wait for each other.
        """
        return cls.draft(*modules, extra=extra).sound()

    @classmethod
    def draft(cls, *modules: Any, extra: Iterable[Any] = ()) -> Model:
        """The model as `of` has it, while lines are still to come: no order is looked for yet."""
        givens: dict[str, Given] = {}
        lines: dict[str, Line] = {}
        checks: list[Check] = []
        headings: dict[str, str] = {}
        axes: dict[str, Rows] = {}
        tables: dict[str, GivenRows] = {}
        pages: dict[str, Page] = {}
        front = Front()
        written = [*_written(modules), *((item.section, item.key, item) for item in extra)]
        expanded, members = _expanded(written)
        heading = ""
        for section, name, item in expanded:
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
            elif isinstance(item, Check):
                checks.append(item)
            elif isinstance(item, Rows):
                axes[item.key or name] = item
            elif isinstance(item, GivenRows):
                tables[name] = item
            elif isinstance(item, Page):
                pages[section] = item
            elif isinstance(item, Front):
                front = front.and_then(item)
        for one in checks:
            for part in (one.flag, one.says):
                _once(part.key, givens, lines)
                lines[part.key] = replace(part, section="checks")
        lines = _none_given(givens, lines)
        givens |= _evidence_asked_for(givens, lines)
        lines = with_guards(givens, lines)
        columns = {options_key(key): key for key, one in givens.items() if isinstance(one, Choice)}
        return cls(
            givens, lines, tuple(checks), columns, headings, axes, tables, pages, front, members
        ).named()

    def named(self) -> Model:
        """This model, after making sure that every name is known."""
        known = {*self.lines, *self.givens, *self.columns, *self.axes, *self.tables}
        for one in self.lines.values():
            for need in one.needs:
                if need not in known:
                    raise ModelError(f"{one.key} asks for {self.unknown(need)}")
        return self

    def sound(self) -> Model:
        """This model, after making sure that every name is known and no loop is left open."""
        _ = self.named().groups
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

    def as_written(self, keys: Collection[str]) -> list[str]:
        """Keys in the order that they are written in: rows of tables, inputs, lines."""
        whole = (*self.axes, *self.tables, *self.givens, *self.lines)
        return [key for key in whole if key in keys]

    def __contains__(self, key: str) -> bool:
        return key in self.lines or key in self.givens

    def __getitem__(self, key: str) -> Line | Given:
        if key in self.lines:
            return self.lines[key]
        if key in self.givens:
            return self.givens[key]
        raise KeyError(self.unknown(key))

    def along(self, table: str) -> list[Given]:
        """The inputs along an axis that the scenario gives, in the order of its columns.

        What stands behind its rows, their sources and dates, is none of them.
        """
        return [one for one in self.givens.values() if one.along == table and not one.of]

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
        lines = with_guards(givens, lines)
        return replace(
            self, givens=givens, lines=lines, checks=tuple(checks), headings=headings
        ).named()

    def given(self, keys: Iterable[str]) -> Model:
        """This model with computed lines taken as given: each becomes an input of its own."""
        givens, lines = dict(self.givens), dict(self.lines)
        for key in [key for key in keys if key in lines]:
            old = lines.pop(key)
            givens[key] = given_instead(old)
            for part in EVIDENCE:
                made = lines.get(f"{key}_{part}")
                if made is not None and not made.needs:
                    del lines[made.key]
                    givens[made.key] = _behind(givens[key], part)
        if len(lines) == len(self.lines):
            return self
        return replace(self, givens=givens, lines=lines).named()

    # ---- order ---------------------------------------------------------------------------------

    @functools.cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Keys in the order they can be computed; a group of several closes over previous()."""
        needs = {key: one.needs for key, one in self.lines.items()}
        return in_order(needs, {key: one.behind for key, one in self.lines.items()})

    def group_of(self, key: str) -> int:
        """The place of a line's group in the order that lines are computed in."""
        return self._places[key]

    @functools.cached_property
    def _places(self) -> dict[str, int]:
        return {key: place for place, group in enumerate(self.groups) for key in group}

    def upstream(self, keys: Iterable[str]) -> frozenset[str]:
        """Everything these keys are computed from, themselves included."""
        return reach(keys, lambda key: self.lines[key].needs if key in self.lines else ())

    def downstream(self, keys: Iterable[str]) -> frozenset[str]:
        """Everything computed from these keys, themselves included."""
        start = frozenset(keys)
        if start not in self._reached:
            self._reached[start] = reach(start, lambda key: self._users.get(key, ()))
        return self._reached[start]

    @functools.cached_property
    def _reached(self) -> dict[frozenset[str], frozenset[str]]:
        """What was found downstream of keys: the same are asked for many times."""
        return {}

    @functools.cached_property
    def _users(self) -> dict[str, list[str]]:
        """Which lines read each key."""
        users: dict[str, list[str]] = {}
        for one in self.lines.values():
            for need in one.needs:
                users.setdefault(need, []).append(one.key)
        return users

    # ---- numbers ---------------------------------------------------------------------------------

    def evaluate(self, values: Mapping[str, Value], only: Iterable[str] = ()) -> dict[str, Value]:
        """Every line's value, or those needed for `only`: see `evaluation.evaluate`."""
        return evaluation.evaluate(self, values, only)

    def cases(self, values: Mapping[str, Value], keys: Collection[str]) -> dict[str, Value]:
        """Some lines over many cases of scalar inputs: see `evaluation.cases`."""
        return evaluation.cases(self, values, keys)


def given_instead(one: Line) -> Given:
    """The input that a line is where somebody gives it."""
    said = one.taken or Given(one.label, one.unit, one.note, along=one.along)
    return replace(said, key=one.key, section=one.section)


def options_key(choice: str) -> str:
    """The key of the list of a choice's options."""
    return f"{choice}_options"


_KEYED = (Given, Line, GivenRows)
Written = tuple[str, str, Any]  # the section, the name and the item


def _written(modules: Iterable[Any]) -> Iterator[Written]:
    """The items of modules as they are written, each with its key and its section."""
    for module in modules:
        section = getattr(module, "SECTION", "")
        inputs = getattr(module, "INPUTS", section)
        yield section, "", Heading("")  # a heading ends with its module
        for name, item in _named(module):
            yield section, name, _placed(item, inputs if isinstance(item, Given) else section, name)


def _placed(item: Any, section: str, name: str = "") -> Any:
    """An item with its key, and with the section that it stands in."""
    if not isinstance(item, _KEYED):
        return item
    return replace(item, key=item.key or name, section=item.section or section)


def _expanded(written: Sequence[Written]) -> tuple[list[Written], Members]:
    """The items, with what is gathered from members in its place, and the members.

    What is gathered can be a member too, a total of totals: so until no more are found.
    """
    found = list(written)
    count, members = -1, Members(())
    while count != len(members):
        count, members = len(members), Members(item for _, _, item in found)
        found = []
        for one in written:
            found += _made(one, members) if isinstance(one[2], Gathered) else [one]
    return found, members


def _made(one: Written, members: Members) -> Iterator[Written]:
    """What an item gathers."""
    section, _, item = one
    for made in item.make(members):
        placed = _placed(made, section)
        yield section, getattr(placed, "key", ""), placed


_TOOLS = (Word, FunctionType, ModuleType, type)  # what lines are written with, no items


def _named(module: Any) -> Iterator[tuple[str, Any]]:
    """What a module is written of, in order; what is told of all rows of a table comes last."""
    told: list[Line] = []
    for name, bound in vars(module).items():
        if isinstance(bound, _TOOLS):
            continue
        for item in bound if isinstance(bound, tuple) else (bound,):
            if isinstance(item, RowCheck):
                yield from ((name, item.flag), (name, item.check))
                told += [item.count, item.first]
            else:
                yield name, item
    yield "", Heading("What the checks read" if told else "")
    yield from (("", item) for item in told)


# What stands behind an input, by the end of its key, and the unit of that; "" is the input's own.
EVIDENCE = {"source": "text", "date": "date", "given": "flag", "low": "", "high": ""}
GIVEN = "given"
# The same of a line, which follows from other figures.
_DERIVED: dict[str, Callable[[], Any]] = {
    "source": lambda: "derived: from other figures", "date": lambda: "–", GIVEN: lambda: 0,
    "low": lambda: undefined("no range"), "high": lambda: undefined("no range"),
}  # fmt: skip


def _evidence_asked_for(givens: Mapping[str, Given], lines: Mapping[str, Line]) -> dict[str, Given]:
    """What lines read of that which stands behind inputs, as inputs of their own."""
    needs = {need for one in lines.values() for need in one.needs} - lines.keys() - givens.keys()
    asked = [(given, part) for given in givens.values() for part in EVIDENCE]
    made = {f"{given.key}_{part}": _behind(given, part) for given, part in asked
            if f"{given.key}_{part}" in needs}  # fmt: skip
    return dict(sorted(made.items()))


def _behind(given: Given, part: str) -> Given:
    """What stands behind an input: of which day it is, or whether somebody gives it."""
    return Given(f"{given.label}: {part}", EVIDENCE[part] or given.unit, of=(given.key, part),
                 key=f"{given.key}_{part}", section=given.section)  # fmt: skip


def _none_given(givens: Mapping[str, Given], lines: Mapping[str, Line]) -> dict[str, Line]:
    """The lines, and behind each what others ask of it that only an input has: that is derived.

    Where somebody gives it, it is an input: see `Model.given`.
    """
    needs = {need for one in lines.values() for need in one.needs} - lines.keys() - givens.keys()
    found: dict[str, Line] = {}
    for key, one in lines.items():
        found[key] = one
        for part, unit in EVIDENCE.items():
            asked = f"{key}_{part}"
            if asked in needs:
                label, note = f"{one.label}: {part}", "It follows from other figures."
                found[asked] = Line(asked, label, unit or one.unit, _DERIVED[part], note, (),
                                    section=one.section)  # fmt: skip
    return found


def _once(key: str, givens: Mapping[str, Given], lines: Mapping[str, Line]) -> None:
    if key in givens or key in lines:
        raise ModelError(f"'{key}' is defined twice")

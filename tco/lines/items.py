"""Lines, inputs, choices, checks and tables: what modules of the model are written of.

A line is one pure function. Its name is the key, its parameters are the keys it needs, its
docstring is the note. `Model` finds each line by name, puts them in order and evaluates them:
scalars, years or rows (first axis) times cases (last axis), so that scalars broadcast.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tco.lines.expression import Expression, Reference, lift
from tco.lines.steps import read_before
from tco.lines.vocabulary import passing_on, passing_on_any, verdict, where, writing

YEARS = "years"
YEAR_COUNT = 8  # always columns 0..7, with flags up to the horizon

Value = Any  # a float, a text, or an array along the line's axis and the cases


class ModelError(ValueError):
    """The lines do not fit together; a programming mistake, not a user's."""


@dataclass(frozen=True)
class Part:
    """A place in a total, and what the amount there rests on: see `parts.part`."""

    of: str
    rests_on: str = ""
    share: str = ""
    row: str = ""
    label: str = ""
    note: str = ""
    place: int = 0


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
    inside: bool = False  # a part of another line, which counts there
    parts: tuple[Part, ...] = ()  # the totals that it is a part of
    guarded: bool = False  # undefined where what it reads is
    guards: tuple[str, ...] = ()  # what of that may be: known once it is in a model
    taken: Given | None = None  # the input that it is where somebody gives it
    unlike: bool = False  # a table put together, each row shown in the form of its own line

    def __call__(self, *args: Any, **named: Any) -> Any:
        """The line's rule, called as it was written."""
        return self.rule(*args, **named)

    @functools.cached_property
    def tree(self) -> Expression:
        """The line's formula, written out."""
        with writing():
            written = lift(self.rule(*(Reference(key) for key in self.needs)))
        guards = [Reference(key) for key in self.guards]
        return lift(passing_on(written, *guards)) if guards else written

    @functools.cached_property
    def behind(self) -> frozenset[str]:
        """What it reads of the year before alone."""
        return frozenset() if self.along is None else read_before(self.tree)

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
    of: tuple[str, str] | None = None  # (input or table, part): what is behind it, see EVIDENCE
    names: str = ""  # the given rows that a text names one of
    as_other: str = ""  # another input, written before it, whose value it has until it is given
    as_line: str = ""  # the line whose value it has until it is given, with _low and _high of it
    counted: bool = False  # nobody gives it: it is what the checks come to
    exact: bool = False  # show part counts, or cents, with decimals
    example: str = ""  # what to type, where its unit's own example would mislead
    parts: tuple[Part, ...] = ()  # the totals that it is a part of
    prints: str = ""  # the line that it is a published figure of
    because: tuple[tuple[str, str], ...] = ()  # what explains the difference: (line, in words)
    # How far off it may be where nobody says: by a "share" of it, by "points", or by "nothing", as
    # what is demanded or decided, what is so by definition, and what is a setting of the model.
    off_by: str = "share"

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
    beside: str = ""  # an input along given rows, whose values are options beside the others
    # (choice, its table, column, input): the row "column/band", by the option and the input's size
    default_class: tuple[str, str, str, str] | None = None
    bands: tuple[tuple[float, str], ...] = ()  # (from this size up, its name), smallest first
    where_given: tuple[str, str] | None = None  # the option it has where that input is given
    by_kind: bool = False  # each kind of scenario has other options
    vouches: bool = False  # whoever chooses an option by name gives what stands in its row


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
    of_options: bool = False  # that the choice is one of its options
    supplies: str = ""  # that the row chosen has this input, or it is given


@dataclass(frozen=True)
class Rows:
    """An axis whose rows the model itself names: (id, label, note) each, in order.

    Lines read it by its name as the column of ids.
    """

    rows: tuple[tuple[str, str, str], ...]
    key: str = ""  # the axis, where it is not the name in the module
    prefix: str = ""  # of its lines' keys, left off in the table that other programs read
    kept_by: str = ""  # a line along it: a row where that is undefined is no row of that table

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
    inside: bool = False,
    guarded: bool = False,
    taken: Given | None = None,
) -> Callable[[Callable[..., Any]], Line]:
    """Make a function a line of the model.

    Args:
        label: what the line is called in tables, unique in the model.
        unit: its unit, proved by the formula's own units in the tests.
        along: None for a scalar, YEARS, or the name of a table for one value a row.
        exact: show part counts with decimals.
        section: where it stands, if not with the rest of its module.
        stock: a state at a time, such as a running sum: along the years it has no total.
        inside: a part of another line, an "of which", that is not added to anything.
        guarded: undefined where a line or input it reads is, with the first one's reason: the
            rule says only what it is where all are known.
        taken: the input that it is where somebody gives it; a plain one of its label and unit if
            there is none.
    """

    def wrap(rule: Callable[..., Any]) -> Line:
        return Line(
            key=rule.__name__,
            label=label,
            unit=unit,
            rule=passing_on_any(rule) if guarded else rule,
            note=inspect.getdoc(rule) or "",
            needs=tuple(inspect.signature(rule).parameters),
            along=along,
            exact=exact,
            section=section,
            stock=stock,
            inside=inside,
            guarded=guarded,
            taken=taken,
        )

    return wrap


def check(
    label: str, *, kind: str = ERROR, guards: str | None = None, of_inputs: bool = False
) -> Callable[[Callable[..., Any]], Check]:
    """Make a function that returns (fires, sentence) a check."""

    def wrap(rule: Callable[..., Any]) -> Check:
        needs = tuple(inspect.signature(rule).parameters)
        note = inspect.getdoc(rule) or ""
        made = check_of(rule.__name__, label, rule, needs, note, kind=kind)
        return replace(made, guards=guards, of_inputs=of_inputs)

    return wrap


def check_of(
    key: str,
    label: str,
    rule: Callable[..., Any],
    needs: tuple[str, ...],
    note: str,
    *,
    kind: str = ERROR,
) -> Check:
    """A check made for one key: its rule takes the values of `needs` in their order."""

    def fires(*args: Any) -> Any:
        return where(rule(*args)[0], 1, 0)

    def says(flag: Any, *args: Any) -> Any:
        return verdict(flag, rule(*args)[1])

    return Check(
        Line(key, label, "flag", fires, note, needs),
        Line(f"{key}_note", f"{label}: finding", "text", says, note, (key, *needs)),
        kind,
    )


def called(rule: Callable[..., Any], key: str, note: str, *needs: str) -> Callable[..., Any]:
    """A function made for one key: under its name, with its note and the keys it needs."""
    rule.__name__, rule.__doc__ = key, note
    rule.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # read by inspect
        [inspect.Parameter(need, inspect.Parameter.POSITIONAL_OR_KEYWORD) for need in needs]
    )
    return rule

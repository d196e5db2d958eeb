"""The words a line may use beside + - * / **, each defined once for all its readings.

A word dispatches on what it is given: numbers and arrays are computed, expressions are written
out. Comparisons and counts round to 6 digits first, in both readings, because float noise must
never buy a server or flip a verdict and because spreadsheet engines differ there.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from string import Formatter
from typing import Any

import numpy as np

import tco.lines.elementary as elementary
from tco.lines.expression import (
    RANK,
    Binary,
    Call,
    Cells,
    Expression,
    Literal,
    Reference,
    excel,
    excel_text,
    lift,
    ranked_excel,
    ranked_words,
    words,
)

DIGITS = 6
_A_HAIR_MORE = 1 + 4 * np.finfo(float).eps
_HAIR_COUNTS = 1e14  # beyond it the hair itself would be a digit


class Undefined(float):
    """A number that does not exist, and why: NaN in sums, null in JSON, the reason in a cell."""

    why: str

    def __new__(cls, why: str) -> Undefined:
        """NaN that carries its reason."""
        number = super().__new__(cls, "nan")
        number.why = why
        return number

    def __reduce__(self) -> tuple[Any, ...]:
        return Undefined, (self.why,)

    def __truediv__(self, other: Any) -> Any:
        """Divide as numpy does: over 0 a plain float would raise."""
        return np.float64(self) / other


class Word:
    """A function of the vocabulary, with its Excel, words and unit readings.

    `excel` and `says` are templates over the written-out parts ({0}, {1}, ... or {all} for the
    parts joined by commas). `unit` names the rule in `units.py` that gives the result's unit.
    `takes` is what stands in its brackets in a formula that a scenario writes, see `written.py`;
    a word without it cannot be written there.
    """

    def __init__(
        self, compute: Callable[..., Any], *, template: str, says: str, unit: str, takes: str = ""
    ) -> None:
        functools.update_wrapper(self, compute)
        self.compute = compute
        self.template = template
        self.says = says
        self.unit = unit
        self.takes = takes
        self.name = compute.__name__
        self.closed = says.endswith(")")  # its words need no brackets inside a sum

    def __call__(self, *parts: Any, **options: Any) -> Any:
        """Compute on numbers; write out as soon as one part is an expression."""
        for part in parts:
            if isinstance(part, Expression):
                return Call(self, tuple(lift(p) for p in parts))
        return self.compute(*parts)

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        """The formula, and how tightly its outermost sign binds."""
        written = [ranked_excel(part, cells) for part in parts]
        if self.template == "{0}":
            return written[0]
        return fill(self.template, written), 9 if self.template.endswith(")") else 1

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        """The formula in words."""
        return fill(self.says, [ranked_words(part, label) for part in parts])


def fill(template: str, parts: list[tuple[str, int]]) -> str:
    """The template with its parts; a sum behind a minus sign keeps its brackets."""
    written = [
        f"({text})" if rank <= RANK["+"] and index in _behind_minus(template) else text
        for index, (text, rank) in enumerate(parts)
    ]
    return template.format(*written, all=("," if "{all})" in template else "; ").join(written))


@functools.cache
def _behind_minus(template: str) -> frozenset[int]:
    """The parts of a template that a minus sign stands before."""
    return frozenset(map(int, re.findall(r"[-−] ?\{(\d)\}", template)))


def word(
    *, excel: str, says: str, unit: str, takes: str = ""
) -> Callable[[Callable[..., Any]], Word]:
    """Make a numeric function a word of the vocabulary."""

    def wrap(compute: Callable[..., Any]) -> Word:
        return Word(compute, template=excel, says=says, unit=unit, takes=takes)

    return wrap


def _many(*values: Any) -> bool:
    return any(isinstance(value, np.ndarray) and value.ndim for value in values)


def half_away(x: Any, digits: int = DIGITS) -> Any:
    """Round half away from zero, as a spreadsheet's ROUND does."""
    # The product may fall a hair short of the half that the digits show: 0.2574255 x 1e6.
    scale = float(10**digits)
    size = np.abs(x) * (scale * _A_HAIR_MORE)
    if not np.max(size) < _HAIR_COUNTS:
        size = np.where(size < _HAIR_COUNTS, size, np.abs(x) * scale)
    return np.copysign(np.floor(size + 0.5), x) / scale


@word(excel="ROUND({0},6)", says="{0}, rounded to 6 digits", unit="first", takes="a")
def rounded(x: Any) -> Any:
    """A residual that stands in a cell of its own, free of float noise."""
    return half_away(x)


@word(excel="ROUND({0}-{1},6)", says="{0} − {1}", unit="same")
def difference(a: Any, b: Any) -> Any:
    """a - b, rounded to 6 digits."""
    return half_away(a - b)


@word(excel="ROUNDUP(ROUND({0},6),0)", says="{0}, rounded up", unit="first", takes="a")
def ceil(x: Any) -> Any:
    """The next whole number, for counts >= 0; noise below 1e-6 buys nothing."""
    return np.ceil(half_away(x))


@word(excel="INT(ROUND({0},6))", says="{0}, rounded down", unit="first", takes="a")
def floor(x: Any) -> Any:
    """The whole number at or below; noise below 1e-6 loses nothing."""
    return np.floor(half_away(x))


@word(excel="ROUND({0}-{1},6)<=0", says="{0} is at most {1}", unit="test", takes="a, b")
def at_most(a: Any, b: Any) -> Any:
    """a <= b, after rounding the difference to 6 digits."""
    return half_away(a - b) <= 0


@word(excel="ROUND({0}-{1},6)<0", says="{0} is below {1}", unit="test", takes="a, b")
def below(a: Any, b: Any) -> Any:
    """a < b, after rounding the difference to 6 digits."""
    return half_away(a - b) < 0


@word(excel="ROUND({0}-{1},6)=0", says="{0} equals {1}", unit="test", takes="a, b")
def same(a: Any, b: Any) -> Any:
    """a == b, after rounding the difference to 6 digits."""
    return half_away(a - b) == 0


@word(excel="AND({all})", says="all of: {all}", unit="both", takes="test, test, ...")
def both(*tests: Any) -> Any:
    """True where every test is."""
    return functools.reduce(np.logical_and, tests)


@word(excel="OR({all})", says="any of: {all}", unit="both", takes="test, test, ...")
def either(*tests: Any) -> Any:
    """True where any test is."""
    return functools.reduce(np.logical_or, tests)


@word(excel="NOT({0})", says="not ({0})", unit="both", takes="test")
def unless(test: Any) -> Any:
    """True where the test is false."""
    return np.logical_not(test)


@word(excel="IF({0},{1},{2})", says="{1} if {0}, else {2}", unit="branch", takes="test, a, b")
def where(test: Any, a: Any, b: Any) -> Any:
    """a where the test holds, b elsewhere."""
    if _many(test):
        return np.where(test, a, b)
    chosen_arm = a if test else b
    # A plain number would raise where it divides by zero; ours becomes infinite, as in a cell.
    return np.float64(chosen_arm) if type(chosen_arm) in (int, float) else chosen_arm


def _is_number(x: Any) -> Any:
    if isinstance(x, str):
        return False
    return np.isfinite(x) if _many(x) else bool(np.isfinite(x))


class _Defined(Word):
    """defined(x): x is not one of the texts that stand for an undefined number.

    An error is not undefined: it passes on to the branch that reads x, so that a refused input
    shows as #N/A all the way, never as a sentence about something else.
    """

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        if not isinstance(parts[0], Reference):
            raise TypeError("defined() takes a line: give the calculation a line of its own")
        return super().excel(parts, cells)


defined = _Defined(_is_number, template="NOT(ISTEXT({0}))", says="{0} is known", unit="test_any",
                   takes="key")  # fmt: skip


@word(excel="NOT(ISNUMBER({0}))", says="{0} is missing", unit="test_any")
def missing(x: Any) -> Any:
    """True where there is no number at all: for checks, which must fire on an error too."""
    return np.logical_not(_is_number(x))


@word(excel='CHOOSE(1+ISERROR({0}),{0}="–",TRUE)', says="{0} is lacking", unit="test_any")
def lacking(x: Any) -> Any:
    """True where a choice has no option at all: for checks, where the catalogue has none."""
    return isinstance(x, Undefined)


@word(excel='CHOOSE(1+ISERROR({0}),{0},"not in the catalogue")', says="{0}", unit="text")
def named(x: Any) -> Any:
    """An option as a sentence names it, where there may be none."""
    return "not in the catalogue" if isinstance(x, Undefined) else show_plain(x)


@word(excel="MIN({all})", says="the smaller of {all}", unit="same", takes="a, b, ...")
def minimum(*xs: Any) -> Any:
    """The smallest of the arguments."""
    return functools.reduce(np.minimum, xs)


@word(excel="MAX({all})", says="the larger of {all}", unit="same", takes="a, b, ...")
def maximum(*xs: Any) -> Any:
    """The largest of the arguments."""
    return functools.reduce(np.maximum, xs)


@word(excel="MIN({all})", says="the smallest known of {all}", unit="same")
def least_of(*xs: Any) -> Any:
    """The smallest of lines that may be undefined; test with defined() that one is not."""
    return functools.reduce(np.fmin, xs)


@word(excel="LN({0})", says="natural logarithm of {0}", unit="pure", takes="a")
def log(x: Any) -> Any:
    """The natural logarithm of a pure number > 0."""
    return elementary.log(x)


@word(excel="EXP({0})", says="e to the power ({0})", unit="pure", takes="a")
def exp(x: Any) -> Any:
    """e to the power of a pure number."""
    return elementary.exp(x)


class _Power(Word):
    """power(x, y): x to the power of y, which ** would leave to the processor's own digits."""

    def __call__(self, *parts: Any, **options: Any) -> Any:
        written = super().__call__(*parts, **options)
        return Binary("^", *written.parts) if isinstance(written, Call) else written


power = _Power(elementary.power, template="", says="", unit="", takes="a, b")


@word(excel="SQRT({0})", says="square root of {0}", unit="root", takes="a")
def root(x: Any) -> Any:
    """The square root of a quantity >= 0 whose unit is a square."""
    return np.sqrt(x)


# Bounds of inputs: a number as it was typed against a fixed bound, so nothing is rounded.


@word(excel="{0}<={1}", says="{0} is {1} or less", unit="test_any")
def touches(x: Any, bound: Any) -> Any:
    """x <= bound."""
    return x <= bound


@word(excel="{0}<{1}", says="{0} is less than {1}", unit="test_any")
def short_of(x: Any, bound: Any) -> Any:
    """x < bound."""
    return x < bound


@word(excel="{0}>{1}", says="{0} is more than {1}", unit="test_any")
def beyond(x: Any, bound: Any) -> Any:
    """x > bound."""
    return x > bound


# A scenario's numbers are numbers: only in a cell can somebody type a text where one belongs.


@word(excel='AND(ISTEXT({0}),{0}<>"–")', says="{0} is text", unit="test_any")
def worded(x: Any) -> Any:
    """True where a text stands in place of a number; the dash is nobody's."""
    return np.zeros(np.shape(x), dtype=bool) if _many(x) else False


@word(
    excel='CHOOSE(1+ISTEXT({0}),{1},{0}&" is text; type a number")',
    says="{1}, or that {0} is text", unit="text",
)  # fmt: skip
def unworded(x: Any, sentence: Any) -> Any:
    """A sentence about a number; about a text that stands in its place, that it is one."""
    return sentence


@word(
    excel='CHOOSE(1+ISTEXT({0}),{1},{0}&" is text; type "&'
    'IFERROR(VALUE(SUBSTITUTE({0}," "&{2},"")),"a number"))',
    says="{1}, or that {0} is text", unit="text",
)  # fmt: skip
def unpriced(x: Any, sentence: Any, currency: Any) -> Any:
    """The same of money, which people type with the currency behind it: type it without."""
    return sentence


# ---- choices ------------------------------------------------------------------------------------


class _Chosen(Word):
    """chosen(choice, first=a, second=b): the value that goes with the option picked."""

    def __init__(self) -> None:
        super().__init__(self._pick, template="", says="({0})", unit="chosen")
        self.name = "chosen"

    @staticmethod
    def _pick(choice: Any, *pairs: Any) -> Any:
        options = dict(zip(pairs[::2], pairs[1::2], strict=True))
        if not _many(choice):
            return options.get(choice, np.nan)
        words = any(isinstance(one, str) for one in options.values())
        found = np.full(choice.shape, "#N/A" if words else np.nan, dtype=object if words else float)
        for option, value in options.items():
            found = np.where(choice == option, value, found)
        return found

    def __call__(self, *parts: Any, **options: Any) -> Any:
        """chosen(choice, first=a, ...), or chosen(choice, 0, a, 1, b) for numbered options."""
        return super().__call__(*parts, *(part for pair in options.items() for part in pair))

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        choice, *pairs = [excel(part, cells) for part in parts]
        names = ",".join(pairs[::2])
        return f"CHOOSE(MATCH({choice},{{{names}}},0),{','.join(pairs[1::2])})", 9

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        choice, *pairs = [words(part, label) for part in parts]
        listed = "; ".join(f"{a}: {b}" for a, b in zip(pairs[::2], pairs[1::2], strict=True))
        return f"by {choice} ({listed})"


chosen = _Chosen()


class _Numbered(Word):
    """numbered(n, a, b, ...): a for 0, b for 1, and so on."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        number, *values = [excel(part, cells) for part in parts]
        return f"CHOOSE({number}+1,{','.join(values)})", 9

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        number, *values = [words(part, label) for part in parts]
        listed = "; ".join(f"{place}: {value}" for place, value in enumerate(values))
        return f"by {number} ({listed})"


def _nth(number: Any, *values: Any) -> Any:
    if _many(number):
        return np.select([number == place for place in range(len(values))], values, np.nan)
    return values[int(number)] if number in range(len(values)) else np.nan


numbered = _Numbered(_nth, template="", says="({0})", unit="numbered")


@word(excel="{0}={1}", says="{0} is {1}", unit="test_any", takes="choice, option")
def picked(choice: Any, option: Any) -> Any:
    """True where the choice is that option."""
    return choice == option


# ---- along an axis ------------------------------------------------------------------------------


class _Whole(Word):
    """A word that reads whole ranges: SUM, SUMPRODUCT, MATCH against a list.

    Its last parts may be single numbers: as many as `scalars` says.
    """

    scalars = 0

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        ranges = len(parts) - self.scalars
        written = [
            cells.range(part.key)
            if isinstance(part, Reference) and place < ranges
            else excel(part, cells)
            for place, part in enumerate(parts)
        ]
        return self.template.format(*written), 9


def _whole(
    *, excel: str, says: str, unit: str, scalars: int = 0, takes: str = ""
) -> Callable[[Callable[..., Any]], Word]:
    def wrap(compute: Callable[..., Any]) -> Word:
        made = _Whole(compute, template=excel, says=says, unit=unit, takes=takes)
        made.scalars = scalars
        return made

    return wrap


@_whole(excel="SUM({0})", says="total of {0}", unit="first", takes="line")
def total(xs: Any) -> Any:
    """The sum of a line over its years or rows."""
    return np.sum(xs, axis=0)


@_whole(excel="SUMPRODUCT({0},{1})", says="sum of {0} × {1}", unit="product", takes="line, line")
def dot(xs: Any, ys: Any) -> Any:
    """The sum of products of two lines along the same axis; a present value, for one."""
    return np.sum(xs * ys, axis=0)


@_whole(
    excel="SUMPRODUCT({0},(1+{2})^(0-{1}))", says="{0} of years {1}, discounted at {2}",
    unit="first", scalars=1,
)  # fmt: skip
def worth_at(xs: Any, years: Any, rate: Any) -> Any:
    """The present value of a yearly line at a rate that is none of the model's factors."""
    return np.sum(xs * elementary.power(1 + rate, 0 - years), axis=0)


IRR_STEPS = 200


@_whole(
    excel="IRR({0},{1})", says="rate at which {0} is worth nothing, sought from {1}", unit="rate",
    scalars=1,
)  # fmt: skip
def irr(xs: Any, guess: Any) -> Any:
    """The internal rate of return of a yearly line that changes sign once, the first flow < 0.

    Such a line has one rate. Gains over losses, as a power of 1 + rate, fall all the way, so
    Newton's method on their logarithm finds it; NaN where gains or losses are lacking.
    """
    years = np.arange(len(xs), dtype=float)
    gains, losses = np.maximum(xs, 0.0), np.maximum(-xs, 0.0)
    if not gains.any() or not losses.any() or not np.isfinite(guess):
        return np.float64("nan")
    rate = float(guess)
    for _ in range(IRR_STEPS):
        weights = elementary.power(1 + rate, -years)
        gained, lost = np.sum(gains * weights), np.sum(losses * weights)
        apart = np.sum(gains * weights * years) / gained - np.sum(losses * weights * years) / lost
        found = (1 + rate) * elementary.power(gained / lost, 1 / apart) - 1
        if abs(found - rate) <= 1e-15 * (1 + abs(found)):
            return np.float64(found)
        rate = found
    return np.float64(rate)


def _known(xs: Any) -> Any:
    """The numbers among the values of an axis; a spreadsheet's statistics skip texts too."""
    return xs[np.isfinite(xs)]


@_whole(excel="COUNT({0})", says="how many of {0} are known", unit="number_of")
def counted(xs: Any) -> Any:
    """How many values of a line along an axis are numbers."""
    return np.float64(len(_known(xs)))


@_whole(excel="MEDIAN({0})", says="median of {0}", unit="first", takes="line")
def median(xs: Any) -> Any:
    """The middle value of a line over its rows, undefined ones left out."""
    known = _known(xs)
    return np.median(known) if len(known) else np.float64("nan")


@_whole(excel="QUARTILE({0},{1})", says="quartile {1} of {0}", unit="first")
def quartile(xs: Any, which: Any) -> Any:
    """The lower (1) or upper (3) quartile of a line over its rows, linear between rows."""
    known = _known(xs)
    return np.percentile(known, 25.0 * which) if len(known) else np.float64("nan")


@_whole(excel="MIN({0})", says="lowest of {0}", unit="first", takes="line")
def lowest(xs: Any) -> Any:
    """The smallest value of a line over its rows; 0 where none is known, as in a spreadsheet."""
    known = _known(xs)
    return np.min(known) if len(known) else np.float64(0)


@_whole(excel="MAX({0})", says="highest of {0}", unit="first", takes="line")
def highest(xs: Any) -> Any:
    """The largest value of a line over its rows; 0 where none is known, as in a spreadsheet."""
    known = _known(xs)
    return np.max(known) if len(known) else np.float64(0)


class _TotalWhere(Word):
    """total_where(xs, names, name): the sum of the rows whose name is this one."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        xs, names, name = parts
        assert isinstance(xs, Reference) and isinstance(names, Reference)
        # Not SUMIF: engines differ in whether it passes on an error among the rows.
        wanted = excel(name, cells)
        return f"SUMPRODUCT(({cells.range(names.key)}={wanted})*{cells.range(xs.key)})", 9


def _flat(column: Any) -> Any:
    """A column that stands beside cases, as the plain column it is."""
    return column[:, 0] if np.ndim(column) == 2 and np.shape(column)[1] == 1 else column


def _sum_rows(xs: Any, picked_rows: Any) -> Any:
    """The sum of some rows, in each case."""
    kept = picked_rows if np.ndim(xs) < 2 or np.ndim(picked_rows) == 2 else picked_rows[:, None]
    return np.sum(np.where(kept, xs, 0.0), axis=0)


def _sum_where(xs: Any, names: Any, name: Any) -> Any:
    wanted = np.atleast_1d(np.asarray(_flat(name), dtype=object))
    sums = np.array([_sum_rows(xs, _flat(names) == one) for one in wanted])
    return sums if _many(name) else sums[0]


total_where = _TotalWhere(_sum_where, template="", says="total of {0} where {1} is {2}",
                          unit="first")  # fmt: skip


class _TotalThrough(Word):
    """total_through(xs, ranks, rank): the sum of the rows that rank no later than this one."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        xs, ranks, rank = parts
        assert isinstance(xs, Reference) and isinstance(ranks, Reference)
        upto = f"({cells.range(ranks.key)}<={excel(rank, cells)})"
        return f"SUMPRODUCT({upto}*{cells.range(xs.key)})", 9


def _sum_through(xs: Any, ranks: Any, rank: Any) -> Any:
    ranks, rank = _flat(ranks), _flat(rank)
    upto = np.array([_sum_rows(xs, ranks <= one) for one in np.atleast_1d(rank)])
    return upto if _many(rank) else upto[0]


total_through = _TotalThrough(_sum_through, template="", unit="first",
                              says="total of {0} where {1} is at most {2}")  # fmt: skip


class _Each(Word):
    """each(a, b, ...): one value a row, every row another line; a table put together."""

    def __call__(self, *parts: Any, **options: Any) -> Any:
        if _writing.depth:  # texts alone are a column too
            return Call(self, tuple(lift(part) for part in parts))
        return super().__call__(*parts, **options)

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        return "; ".join(excel(part, cells) for part in parts), 0


def _column(*values: Any) -> Any:
    if all(isinstance(one, str) for one in values):
        return np.array(values, dtype=object)
    return np.stack(np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in values)))


each = _Each(_column, template="", says="row by row: {all}", unit="same")
# The same of unlike quantities: a table whose rows have a unit each.
beside = _Each(_column, template="", says="row by row: {all}", unit="unlike")


def is_row_by_row(tree: object) -> bool:
    """Whether a line is a table put together, a row each of other lines."""
    return isinstance(tree, Call) and isinstance(tree.word, _Each)


class _Listed(Word):
    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        option, options = parts
        assert isinstance(options, Reference)
        return f"ISNUMBER(MATCH({excel(option, cells)},{cells.range(options.key)},0))", 9


def _is_listed(option: Any, options: Any) -> Any:
    if _many(option):
        return np.isin(option.astype(str), np.asarray(options, dtype=str))
    return option in options


listed = _Listed(_is_listed, template="", says="{0} is one of {1}", unit="test_any")


class _TimesListed(Word):
    """times_listed(option, options): how often an option stands in a column."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        option, options = parts
        assert isinstance(options, Reference)
        # Not COUNTIF: it would read wildcards.
        return f"SUMPRODUCT(({cells.range(options.key)}={excel(option, cells)})*1)", 9


def _times(option: Any, options: Any) -> Any:
    if _many(option):
        return np.array([_times(one, options) for one in option])
    return float(np.sum(options == option))


times_listed = _TimesListed(_times, template="", says="how often {0} is among {1}",
                            unit="number_of")  # fmt: skip


class _Lookup(Word):
    """lookup(option, options, values): the value in the row where the option stands."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        option, options, values = parts
        assert isinstance(options, Reference) and isinstance(values, Reference)
        found = f"MATCH({excel(option, cells)},{cells.range(options.key)},0)"
        area = cells.range(values.key)
        # Across a row too some engines count rows first.
        return f"INDEX({area},{'1,' if _is_row(area) else ''}{found})", 9


def _is_row(area: str) -> bool:
    """Whether a range lies in one row: I5:P5, with or without a sheet and dollar signs."""
    first, _, last = area.rpartition("!")[2].replace("$", "").partition(":")
    return bool(last) and re.sub("[A-Z]", "", first) == re.sub("[A-Z]", "", last)


def _find(option: Any, options: Any, values: Any) -> Any:
    option, options = _flat(option), _flat(options)
    if _many(option):
        return np.array([_find(one, options, values) for one in option], dtype=values.dtype)
    found = list(options)
    # Seen by nobody where a test guards it: both arms of where() are computed.
    missing = np.nan if np.asarray(values).dtype.kind == "f" else "#N/A"
    if option not in found:
        return missing
    value = values[found.index(option)]
    return Undefined("–") if isinstance(value, float) and np.isnan(value) else value  # as its cell


lookup = _Lookup(_find, template="", says="{2} where {1} is {0}", unit="last")


class _Previous(Word):
    """previous(x): the step before along the axis; nothing (0) before the first."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        (part,) = parts
        if not isinstance(part, Reference):
            raise TypeError("previous() takes a line, not a calculation: give it a line of its own")
        return cells.before(part.key), 9


def _step_back(x: Any) -> Any:
    earlier = np.zeros_like(x)
    earlier[1:] = x[:-1]
    return earlier


previous = _Previous(_step_back, template="", says="{0} one step before", unit="first")


# ---- text ---------------------------------------------------------------------------------------


class _Undefined(Word):
    """undefined("why"): there is no such number; the cell says why."""

    def __call__(self, *parts: Any, **options: Any) -> Any:
        if any(isinstance(part, Expression) for part in parts) or _writing.depth:
            return Call(self, tuple(lift(part) for part in parts))
        return self.compute(*parts)

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        return excel(parts[0], cells), 9

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        (why,) = parts
        said = why.value if isinstance(why, Literal) else words(why, label)
        return f"undefined ({said})"


class _Writing:
    """Set while a rule is called to be written out: undefined("...") has no reference to go by."""

    depth = 0

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *error: object) -> None:
        self.depth -= 1


_writing = _Writing()


def writing() -> _Writing:
    """The context in which a rule is written out instead of computed."""
    return _writing


def _undefined(why: str) -> Undefined:
    return Undefined(str(why))


undefined = _Undefined(_undefined, template="{0}", says="({0})", unit="nothing", takes='"why"')


def show_number(x: float, form: str) -> str:
    """A number as a spreadsheet's FIXED shows it in English, for the forms a sentence needs.

    Forms: 0, 0.0, #,##0, #,##0.00, 0%, 0.0% and the like; rounding is half away from zero.
    """
    if isinstance(x, str):
        return x
    if not np.isfinite(x):
        return "#NUM!"  # seen by nobody: the branch that is not taken
    return _written(float(x), form)


@functools.lru_cache(maxsize=1 << 16)
def _written(x: float, form: str) -> str:
    percent = form.endswith("%")
    body = form.rstrip("%")
    digits = len(body.partition(".")[2])
    with localcontext(prec=400):
        exact = Decimal(repr(float(f"{x * (100 if percent else 1):.15g}")))
        number = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    number = number if number else number.copy_abs()  # -0 is shown as 0
    return f"{number:{',' if ',' in body else ''}.{digits}f}" + ("%" if percent else "")


def _shown(x: Any, form: str) -> Any:
    if _many(x):
        return np.array([show_number(one, form) for one in x])
    return str(x.why) if isinstance(x, Undefined) else show_number(x, form)


class _Shown(Word):
    """shown(x, form): a number in a sentence, with the marks of the reader's own locale.

    Not TEXT: its form is read in the reader's locale, where 0.000 may mean thousands. FIXED takes
    a count of decimals. What it shows is rounded before, for engines differ at halves, and + 0
    takes the sign from a rounded -0.
    """

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        number, form = parts
        assert isinstance(form, Literal) and isinstance(form.value, str)
        percent, body = form.value.endswith("%"), form.value.rstrip("%")
        digits, plain = len(body.partition(".")[2]), "" if "," in body else ",TRUE"
        rounded = f"ROUND({excel(number, cells)},{digits + 2 * percent})"
        size = f"100*{rounded}" if percent else rounded
        written = self.template.format(size, digits=digits, plain=plain)
        return (f'{written}&"%"', RANK["&"]) if percent else (written, 9)


shown = _Shown(_shown, template="FIXED({0}+0,{digits}{plain})", says="{0}", unit="text")


class _Text(Word):
    """text("{} GPUs at {}", a, b): a sentence with live parts."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        pattern, *rest = parts
        assert isinstance(pattern, Literal)
        live = iter(rest)
        pieces: list[str] = []
        for fixed, field, _, _ in Formatter().parse(str(pattern.value)):
            if fixed:
                pieces.append(excel_text(fixed))
            if field is not None:
                pieces.append(excel(next(live), cells))
        if len(pieces) == 1:
            pieces.insert(0, '""')  # a number alone becomes text, as it is in Python
        return "&".join(pieces), 2

    def words(self, parts: tuple[Expression, ...], label: Callable[[str], str]) -> str:
        pattern, *rest = parts
        assert isinstance(pattern, Literal)
        return (
            "the sentence “"
            + str(pattern.value).format(*(f"[{words(part, label)}]" for part in rest))
            + "”"
        )


def _fill(pattern: str, *parts: Any) -> Any:
    rows = next((len(part) for part in parts if _many(part)), 0)
    if rows:
        columns = [part if _many(part) else [part] * rows for part in parts]
        return np.array([_fill(pattern, *one) for one in zip(*columns, strict=True)], dtype=object)
    return pattern.format(*(show_plain(part) for part in parts))


def show_plain(part: Any) -> str:
    """A number inside a sentence as `&` shows it in a spreadsheet: 8, 0.25, no thousands mark."""
    if isinstance(part, Undefined):
        return part.why
    if isinstance(part, str):
        return part
    return str(int(part)) if float(part).is_integer() else repr(float(part))


text = _Text(_fill, template="", says="", unit="text")


def _each_text(compute: Callable[[str], Any], dtype: Any) -> Callable[[Any], Any]:
    """A function of one text, for a column of texts too."""

    @functools.wraps(compute)
    def either_way(x: Any) -> Any:
        return np.array([compute(one) for one in x], dtype=dtype) if _many(x) else compute(x)

    return either_way


def _before_colon(x: str) -> str:
    """The first words of a source: what kind of evidence it is."""
    return x.partition(":")[0]


first_words = Word(
    _each_text(_before_colon, object),
    template='LEFT({0},FIND(":",{0}&":")-1)',
    says="the words of {0} before its colon",
    unit="text",
)


# A day is a text in Python, 2026-11-21, and a number in a cell, which shows it as that.


def day_of(x: str) -> float:
    """The day's serial number, as a spreadsheet counts days; NaN for what is no day."""
    try:
        return float((datetime.date.fromisoformat(x) - datetime.date(1899, 12, 30)).days)
    except ValueError:
        return float("nan")


def _is_dated(x: str) -> bool:
    """Whether a text is a date: year-month-day."""
    return bool(np.isfinite(day_of(x)))


dated = Word(
    _each_text(_is_dated, bool), template="ISNUMBER({0})", says="{0} is a date", unit="test_any"
)
day_number = Word(_each_text(day_of, float), template="{0}", says="the day of {0}", unit="day")


WAITING = "waits for an input"


@word(
    excel=f'IF(ISNUMBER({{0}}),CHOOSE({{0}}+1,"OK",{{1}}),"{WAITING}")',
    says="OK while {0} is 0, else {1}",
    unit="text",
)
def verdict(flag: Any, sentence: Any) -> Any:
    """What a check says: OK, or its sentence once it fires."""
    return sentence if flag else "OK"

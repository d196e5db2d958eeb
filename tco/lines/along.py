"""Words along an axis: totals, statistics and lookups of years or rows, and the step before."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np

import tco.lines.elementary as elementary
from tco.lines.expression import RANK, Call, Cells, Expression, Reference, excel, lift
from tco.lines.word import Undefined, Word, is_worded, many, writing


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
    *,
    excel: str,
    says: str,
    unit: str,
    scalars: int = 0,
    by_case: bool = False,
    takes: str = "",
) -> Callable[[Callable[..., Any]], Word]:
    def wrap(compute: Callable[..., Any]) -> Word:
        made = _Whole(compute, template=excel, says=says, unit=unit, takes=takes)
        made.scalars, made.by_case = scalars, by_case
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


# How many steps lie behind a year, of the years 0 to 7: not every engine reads INT() of a range.
_MOST_STEPS = 6
_STEPS = "+".join(f"({{1}}>{number}*{{3}})" for number in range(1, _MOST_STEPS + 1))


@_whole(
    excel=f"SUMPRODUCT({{0}},(1+{{2}})^({{3}}*({_STEPS})))", unit="first", scalars=2,
    says="{0} of years {1}, rising by {2} a year, in steps of {3}",
)  # fmt: skip
def rising(xs: Any, years: Any, growth: Any, step: Any) -> Any:
    """The sum of a yearly line whose price rises by a growth, every so many years.

    Growth and step may be columns: a result for each of their rows.
    """
    if np.ndim(xs) in (np.ndim(growth), np.ndim(step)):  # beside the years, the rows
        xs, years = xs[:, None], years[:, None]
    behind = sum(years > number * step for number in range(1, _MOST_STEPS + 1))
    return np.sum(xs * elementary.power(1 + growth, step * behind), axis=0)


IRR_STEPS = 200


@_whole(
    excel="IRR({0},{1})", says="rate at which {0} is worth nothing, sought from {1}", unit="rate",
    scalars=1, by_case=True,
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


@_whole(excel="COUNT({0})", says="how many of {0} are known", unit="number_of", by_case=True)
def counted(xs: Any) -> Any:
    """How many values of a line along an axis are numbers."""
    return np.float64(len(_known(xs)))


@_whole(excel="MEDIAN({0})", says="median of {0}", unit="first", by_case=True, takes="line")
def median(xs: Any) -> Any:
    """The middle value of a line over its rows, undefined ones left out."""
    known = _known(xs)
    return np.median(known) if len(known) else np.float64("nan")


@_whole(excel="AVERAGE({0})", says="mean of {0}", unit="first", by_case=True, takes="line")
def mean(xs: Any) -> Any:
    """The mean of a line over its rows, undefined ones left out."""
    known = _known(xs)
    return np.sum(known) / len(known) if len(known) else np.float64("nan")


@_whole(excel="QUARTILE({0},{1})", says="quartile {1} of {0}", unit="first", by_case=True)
def quartile(xs: Any, which: Any) -> Any:
    """The lower (1) or upper (3) quartile of a line over its rows, linear between rows."""
    known = _known(xs)
    return np.percentile(known, 25.0 * which) if len(known) else np.float64("nan")


@_whole(excel="MIN({0})", says="lowest of {0}", unit="first", by_case=True, takes="line")
def lowest(xs: Any) -> Any:
    """The smallest value of a line over its rows; 0 where none is known, as in a spreadsheet."""
    known = _known(xs)
    return np.min(known) if len(known) else np.float64(0)


@_whole(excel="MAX({0})", says="highest of {0}", unit="first", by_case=True, takes="line")
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


def _row_by_row(compute: Callable[..., Any]) -> Callable[..., Any]:
    """A function of columns and one name or rank, for a column of them too: a result for each."""

    @functools.wraps(compute)
    def either_way(xs: Any, names: Any, name: Any) -> Any:
        if np.ndim(name) == np.ndim(names):
            return np.array([compute(xs, names, one) for one in name])
        return compute(xs, names, name)

    return either_way


@_row_by_row
def _sum_where(xs: Any, names: Any, name: Any) -> Any:
    return np.sum(np.where(names == name, xs, 0.0), axis=0)


total_where = _TotalWhere(_sum_where, template="", says="total of {0} where {1} is {2}",
                          unit="first")  # fmt: skip


class _HighestWhere(Word):
    """highest_where(xs, names, name): the largest of the rows of this name, 0 at least."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        xs, names, name = parts
        assert isinstance(xs, Reference) and isinstance(names, Reference)
        wanted = excel(name, cells)
        return f"SUMPRODUCT(LARGE(({cells.range(names.key)}={wanted})*{cells.range(xs.key)},1))", 9


@_row_by_row
def _highest_where(xs: Any, names: Any, name: Any) -> Any:
    return np.max(np.where(names == name, xs, 0.0), axis=0, initial=0.0)


highest_where = _HighestWhere(_highest_where, template="", unit="first",
                              says="highest of {0} where {1} is {2}")  # fmt: skip


class _LowestWhere(Word):
    """lowest_where(xs, names, name): the smallest of the rows of this name, all rows numbers."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        xs, names, name = parts
        assert isinstance(xs, Reference) and isinstance(names, Reference)
        area = cells.range(xs.key)
        named = f"({cells.range(names.key)}={excel(name, cells)})"
        return f"MAX({area})-SUMPRODUCT(LARGE({named}*(MAX({area})-{area}),1))", RANK["-"]


@_row_by_row
def _lowest_where(xs: Any, names: Any, name: Any) -> Any:
    return np.min(np.where(names == name, xs, np.max(xs, axis=0)), axis=0)


lowest_where = _LowestWhere(_lowest_where, template="", unit="first",
                            says="lowest of {0} where {1} is {2}")  # fmt: skip


class _TotalThrough(Word):
    """total_through(xs, ranks, rank): the sum of the rows that rank no later than this one."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        xs, ranks, rank = parts
        assert isinstance(xs, Reference) and isinstance(ranks, Reference)
        upto = f"({cells.range(ranks.key)}<={excel(rank, cells)})"
        return f"SUMPRODUCT({upto}*{cells.range(xs.key)})", 9


@_row_by_row
def _sum_through(xs: Any, ranks: Any, rank: Any) -> Any:
    return np.sum(np.where(ranks <= rank, xs, 0.0), axis=0)


total_through = _TotalThrough(_sum_through, template="", unit="first",
                              says="total of {0} where {1} is at most {2}")  # fmt: skip


class _Each(Word):
    """each(a, b, ...): one value a row, every row another line; a table put together."""

    def __call__(self, *parts: Any, **options: Any) -> Any:
        if writing().depth:  # texts alone are a column too
            return Call(self, tuple(lift(part) for part in parts))
        return super().__call__(*parts, **options)

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        return "; ".join(excel(part, cells) for part in parts), 0


def _column(*values: Any) -> Any:
    kind = object if all(map(is_worded, values)) else float
    return np.stack(np.broadcast_arrays(*(np.asarray(one, dtype=kind) for one in values)))


each = _Each(_column, template="", says="row by row: {all}", unit="same")


# The same of unlike quantities: a table whose rows have a unit each.
beside = _Each(_column, template="", says="row by row: {all}", unit="unlike")


def is_row_by_row(tree: object) -> bool:
    """Whether a line is a table put together, a row each of other lines."""
    return isinstance(tree, Call) and isinstance(tree.word, _Each)


# Over cases a column has two axes, and the options of its rows or cases are sought among it.


def _is_in(option: Any, options: Any) -> Any:
    """For each row of a column whether it is the option: (rows, ...), as the option is shaped."""
    if np.ndim(option) == np.ndim(options):
        options = options[:, None]
    return options == option


class _Listed(Word):
    """listed(option, options): whether an option stands in a column."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        option, options = parts
        assert isinstance(options, Reference)
        return f"ISNUMBER(MATCH({excel(option, cells)},{cells.range(options.key)},0))", 9


def _is_listed(option: Any, options: Any) -> Any:
    if not many(option) and np.ndim(options) == 1:
        return option in options
    return np.any(_is_in(option, np.asarray(options, dtype=object)), axis=0)


listed = _Listed(_is_listed, template="", says="{0} is one of {1}", unit="test_any")


class _TimesListed(Word):
    """times_listed(option, options): how often an option stands in a column."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        option, options = parts
        assert isinstance(options, Reference)
        # Not COUNTIF: it would read wildcards.
        return f"SUMPRODUCT(({cells.range(options.key)}={excel(option, cells)})*1)", 9


def _times(option: Any, options: Any) -> Any:
    return np.sum(_is_in(option, np.asarray(options, dtype=object)), axis=0).astype(float)


times_listed = _TimesListed(_times, template="", says="how often {0} is among {1}",
                            unit="number_of")  # fmt: skip


class _TimesBefore(Word):
    """times_before(name, names): how many names of a column come before this one by letters."""

    by_case = True

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        name, names = parts
        assert isinstance(names, Reference)
        return f"SUMPRODUCT(({cells.range(names.key)}<{excel(name, cells)})*1)", 9


def _before(name: Any, names: Any) -> Any:
    if many(name):
        return np.array([_before(one, names) for one in name])
    return float(sum(_by_name(one) < _by_name(name) for one in names))


def _by_name(name: str) -> str:
    """A name as spreadsheets put it in order: without capitals and accents; a dash comes first."""
    letters = unicodedata.normalize("NFKD", name.strip("–")).casefold()
    return "".join(one for one in letters if not unicodedata.combining(one))


times_before = _TimesBefore(_before, template="", says="how many of {1} come before {0} by name",
                            unit="number_of")  # fmt: skip


class _PlaceAmong(Word):
    """place_among(x, place, xs, places): how many of xs come before x, the largest first.

    Of equals the one whose place is less comes first.
    """

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        x, place, xs, places = parts
        assert isinstance(xs, Reference) and isinstance(places, Reference)
        area, mine = cells.range(xs.key), excel(x, cells)
        equal = f"({area}={mine})*({cells.range(places.key)}<{excel(place, cells)})"
        return f"SUMPRODUCT(({area}>{mine})+{equal})", 9


def _place(x: Any, place: Any, xs: Any, places: Any) -> Any:
    larger = xs[None] > x[:, None]
    equal = (xs[None] == x[:, None]) & (places[None] < place[:, None])
    return np.sum(larger | equal, axis=1).astype(float)


place_among = _PlaceAmong(
    _place, template="", unit="number_of",
    says="how many of {2} are larger than {0}, or as large with {3} below {1}",
)  # fmt: skip


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
    options = np.asarray(options, dtype=object)
    values = np.asarray(values, dtype=object if is_worded(values) else float)
    there = _is_in(option, options)
    if np.ndim(option) == np.ndim(options):
        values = values[:, None]
    values = np.broadcast_to(values, np.broadcast_shapes(there.shape, values.shape))
    there = np.broadcast_to(there, values.shape)
    found = np.take_along_axis(values, np.argmax(there, axis=0)[None], axis=0)[0]
    # Seen by nobody where a test guards it: both arms of where() are computed.
    found = np.where(np.any(there, axis=0), found, "#N/A" if is_worded(values) else np.nan)
    if found.ndim:
        return found
    value = found.item()
    if isinstance(value, str):
        return value
    return Undefined("–") if np.isnan(value) and np.any(there) else np.float64(value)  # as its cell


lookup = _Lookup(_find, template="", says="{2} where {1} is {0}", unit="last")


class _Previous(Word):
    """previous(x): the step before along the axis; nothing (0) before the first."""

    def excel(self, parts: tuple[Expression, ...], cells: Cells) -> tuple[str, int]:
        (part,) = parts
        if not isinstance(part, Reference):
            raise TypeError("previous() takes a line, not a calculation: give it a line of its own")
        return cells.before(part.key), 9


def _step_back(x: Any) -> Any:
    earlier = np.full_like(x, "") if x.dtype == object else np.zeros_like(x)
    earlier[1:] = x[:-1]
    return earlier


previous = _Previous(_step_back, template="", says="{0} one step before", unit="first")

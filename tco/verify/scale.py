"""How far float noise may carry a formula: two engines round alike, but not in the same order.

Where numbers nearly cancel, what is left is the rounding of the numbers that met: a sum of millions
that should be 0 is 1e-9 in one engine and 0 in another. Such a cell fails every relative test.
So its formula is computed here once more, twice over: with the values that are stored, and with
those of the engine. Beside each number goes its *scale*: the sizes of all numbers that met on the
way, times the slope at which each reaches the result. `NOISE` times the scale is what rounding
can do. Nothing is forgiven where the formula is not understood, where either value is not what
the formula makes of its own inputs, or where an input differs and is not forgiven itself.

Long, because every operator and function that a formula may have is weighed here, one by one.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

from tco.verify.comparing import NOISE
from tco.verify.reading import Key
from tco.verify.tree import Area, Call, Node, UnknownError, areas

Plain: TypeAlias = float | str | None


@dataclass(frozen=True, slots=True)
class Value:
    """A number or text under way.

    Attributes:
        stored: what it is with the values that the workbook stores.
        computed: what it is with the values of an engine.
        scale: the sizes of all numbers that met in it.
    """

    stored: Plain
    computed: Plain
    scale: float = 0.0

    @property
    def numbers(self) -> tuple[float, float]:
        """Both as numbers, an empty cell as 0. Raises `UnknownError` for a text."""
        if isinstance(self.stored, str) or isinstance(self.computed, str):
            raise UnknownError
        return self.stored or 0.0, self.computed or 0.0

    @property
    def size(self) -> float:
        """The larger of both, without its sign."""
        one, other = self.numbers
        return max(abs(one), abs(other))


Grid: TypeAlias = list[list[Value]]
Result: TypeAlias = Value | Grid
Look: TypeAlias = Callable[[Key], Value]


def given(stored: Plain, computed: Plain) -> Value:
    """A value as it enters a formula: a number counts with its size, and with what it differs."""
    if not isinstance(stored, float) or not isinstance(computed, float):
        return Value(stored, computed)
    return Value(stored, computed, abs(stored) + abs(stored - computed) / NOISE)


def constant(one: Plain) -> Value:
    """A value that is the same for all."""
    return given(one, one)


_ZERO = constant(0.0)


# ---- from a tree to a value ---------------------------------------------------------------------


def evaluate(node: Node, look: Look) -> Value:
    """The one value of a formula, with its scale. Raises `UnknownError`.

    Args:
        node: the formula, taken apart.
        look: gives the value of a cell.
    """
    try:
        found = _result(node, look)
    except (ArithmeticError, LookupError, ValueError, TypeError, RecursionError):
        raise UnknownError from None
    return _one(found)


def _result(node: Node, look: Look) -> Result:
    if isinstance(node, Area):
        grid = [[look(key) for key in row] for row in node.rows()]
        return grid[0][0] if node.single else grid
    if not isinstance(node, Call):
        return constant(node)
    if node.name in _BRANCHES:
        return _BRANCHES[node.name](node.arguments, look)
    arguments = [_result(one, look) for one in node.arguments]
    if node.name in _EACH:
        return _each(_EACH[node.name], arguments)
    if node.name in _WHOLE:
        return _WHOLE[node.name](arguments)
    raise UnknownError


def _one(result: Result) -> Value:
    if isinstance(result, Value):
        return result
    if len(result) == len(result[0]) == 1:
        return result[0][0]
    raise UnknownError


def _each(rule: Callable[..., Value], arguments: Sequence[Result]) -> Result:
    """A rule for single values, over ranges cell by cell."""
    grids = [one for one in arguments if not isinstance(one, Value)]
    if not grids:
        return rule(*arguments)
    rows, columns = max(len(one) for one in grids), max(len(one[0]) for one in grids)
    return [
        [rule(*(_at(one, row, column) for one in arguments)) for column in range(columns)]
        for row in range(rows)
    ]


def _at(result: Result, row: int, column: int) -> Value:
    if isinstance(result, Value):
        return result
    return result[row if len(result) > 1 else 0][column if len(result[0]) > 1 else 0]


def _flat(results: Sequence[Result]) -> list[Value]:
    """The numbers of arguments: what is no number in a range does not count."""
    found: list[Value] = []
    for one in results:
        if isinstance(one, Value):
            found.append(Value(*one.numbers, one.scale))
        else:
            for cell in (cell for row in one for cell in row):
                if isinstance(cell.stored, float) and isinstance(cell.computed, float):
                    found.append(cell)
                elif isinstance(cell.stored, float) or isinstance(cell.computed, float):
                    raise UnknownError
    return found


def _of(rule: Callable[..., float], *given: Value) -> tuple[float, float]:
    """A rule on both: with what is stored, and with what an engine computed."""
    stored, computed = zip(*(one.numbers for one in given), strict=True)
    return float(rule(*stored)), float(rule(*computed))


def _sized(both: tuple[float, float], scale: float) -> Value:
    """A result, itself rounded once more."""
    size = max(abs(both[0]), abs(both[1]))
    if not math.isfinite(size) or not math.isfinite(scale):
        raise UnknownError
    return Value(*both, scale + size)


def _add(one: Value, other: Value) -> Value:
    return _sized(_of(operator.add, one, other), one.scale + other.scale)


def _subtract(one: Value, other: Value) -> Value:
    return _sized(_of(operator.sub, one, other), one.scale + other.scale)


def _negative(one: Value) -> Value:
    return Value(*_of(operator.neg, one), one.scale)


def _multiply(one: Value, other: Value) -> Value:
    scale = one.scale * other.size + other.scale * one.size + NOISE * one.scale * other.scale
    return _sized(_of(operator.mul, one, other), scale)


def _divide(one: Value, other: Value) -> Value:
    """The slope grows towards a divisor of 0; where noise may reach it, nothing is known."""
    both = _of(operator.truediv, one, other)
    quotient = max(abs(both[0]), abs(both[1]))
    return _sized(both, (one.scale + quotient * other.scale) / _clear_of_zero(other))


def _clear_of_zero(one: Value) -> float:
    """The size of a value at its least, all noise taken off."""
    stored, computed = one.numbers
    least = min(abs(stored), abs(computed)) - NOISE * one.scale
    if stored * computed <= 0 or least <= abs(stored) / 2:
        raise UnknownError
    return least


def _power(one: Value, other: Value) -> Value:
    if other.stored == other.computed == 2.0:
        return _multiply(one, one)
    slope = other.size * one.scale / _clear_of_zero(one)
    if min(one.numbers) < 0 or NOISE * slope > 0.1:
        raise UnknownError
    both = _of(operator.pow, one, other)
    size = max(abs(both[0]), abs(both[1]))
    # e**0.1 < 1.2: how much steeper it is at the far end of the noise
    return _sized(both, 1.2 * size * (slope + abs(math.log(one.size)) * other.scale))


def _root(one: Value) -> Value:
    both = _of(math.sqrt, one)
    if both == (0.0, 0.0) and not one.scale:
        return Value(0.0, 0.0)
    return _sized(both, one.scale / (2 * math.sqrt(_clear_of_zero(one))))


def _logarithm(one: Value) -> Value:
    return _sized(_of(math.log, one), one.scale / _clear_of_zero(one))


def _logarithm_10(one: Value) -> Value:
    return _sized(_of(math.log10, one), one.scale / _clear_of_zero(one))


def _exponential(one: Value) -> Value:
    both = _of(math.exp, one)
    if NOISE * one.scale > 0.1:
        raise UnknownError
    return _sized(both, 1.2 * max(both) * one.scale)


def _absolute(one: Value) -> Value:
    return Value(*_of(abs, one), one.scale)


def _sign(one: Value) -> Value:
    return Value(*_of(lambda number: float((number > 0) - (number < 0)), one))


def _stepped(step: Callable[[float], float]) -> Callable[..., Value]:
    """Rounding to digits: what was below a digit is either gone or a whole step."""

    def rule(one: Value, digits: Value = _ZERO) -> Value:
        def rounded(number: float, places: float) -> float:
            tens = 10.0 ** abs(int(places))
            moved = number * tens if places >= 0 else number / tens
            size = step(float(f"{abs(moved):.15g}"))  # as a spreadsheet: 15 digits count
            size = size / tens if places >= 0 else size * tens
            return math.copysign(size, number)

        return _sized(_of(rounded, one, digits), one.scale)

    return rule


def _whole(one: Value) -> Value:
    return _sized(_of(lambda number: math.floor(float(f"{number:.15g}")), one), one.scale)


def _remainder(one: Value, other: Value) -> Value:
    return _subtract(one, _multiply(other, _whole(_divide(one, other))))


def _comparison(holds: Callable[[Any, Any], bool]) -> Callable[[Value, Value], Value]:
    def rule(one: Value, other: Value) -> Value:
        return Value(
            float(holds(*_alike(one.stored, other.stored))),
            float(holds(*_alike(one.computed, other.computed))),
        )

    return rule


def _alike(one: Plain, other: Plain) -> tuple[float, float] | tuple[str, str]:
    """Two values that can be compared; an empty cell is 0 or no text."""
    if isinstance(one, str) or isinstance(other, str):
        one, other = "" if one is None else one, "" if other is None else other
        if isinstance(one, float) or isinstance(other, float):
            raise UnknownError
        return one.casefold(), other.casefold()
    return one or 0.0, other or 0.0


def _kind(holds: Callable[[Plain], bool]) -> Callable[[Value], Value]:
    return lambda one: Value(float(holds(one.stored)), float(holds(one.computed)))


def _is_error(one: Plain) -> bool:
    return isinstance(one, str) and one.startswith("#")


# Rules for single values; over ranges they hold cell by cell.
_EACH: dict[str, Callable[..., Value]] = {
    "+": _add, "-": _subtract, "*": _multiply, "/": _divide, "^": _power, "POWER": _power,
    "negative": _negative, "ABS": _absolute, "SQRT": _root, "LN": _logarithm, "EXP": _exponential,
    "LOG10": _logarithm_10, "SIGN": _sign, "INT": _whole, "MOD": _remainder,
    "ROUND": _stepped(lambda size: math.floor(size + 0.5)), "ROUNDUP": _stepped(math.ceil),
    "ROUNDDOWN": _stepped(math.floor), "TRUNC": _stepped(math.floor),
    "=": _comparison(operator.eq), "<>": _comparison(operator.ne), "<": _comparison(operator.lt),
    ">": _comparison(operator.gt), "<=": _comparison(operator.le), ">=": _comparison(operator.ge),
    "NOT": lambda one: Value(*_of(lambda number: not number, one)),
    "ISNUMBER": _kind(lambda one: isinstance(one, float)), "ISERROR": _kind(_is_error),
    "ISTEXT": _kind(lambda one: isinstance(one, str) and not _is_error(one)),
    "ISBLANK": _kind(lambda one: one is None),
}  # fmt: skip


def _sum(results: Sequence[Result]) -> Value:
    """In whatever order: each of n numbers may be rounded n times, by half a unit each."""
    found = _flat(results)
    both = sum(one.numbers[0] for one in found), sum(one.numbers[1] for one in found)
    return _sized(both, sum(one.scale for one in found) * max(1.0, len(found) / 8))


def _count(results: Sequence[Result]) -> Value:
    return constant(float(len(_flat(results))))


def _average(results: Sequence[Result]) -> Value:
    return _divide(_sum(results), _count(results))


def _sum_of_products(results: Sequence[Result]) -> Value:
    shapes = {(1, 1) if isinstance(one, Value) else (len(one), len(one[0])) for one in results}
    if len(shapes) > 1:
        raise UnknownError
    products = reduce(lambda one, other: _each(_product, (one, other)), results)
    return _sum([products])


def _product(one: Value, other: Value) -> Value:
    return _multiply(*(Value(0.0, 0.0) if _textual(each) else each for each in (one, other)))


def _textual(one: Value) -> bool:
    return isinstance(one.stored, str) and isinstance(one.computed, str)


def _extreme(choose: Callable[[Sequence[float]], float]) -> Callable[[Sequence[Result]], Value]:
    """The largest or smallest: noise may let any come out that is as near as its own noise."""

    def rule(results: Sequence[Result]) -> Value:
        found = _flat(results) or [_ZERO]
        both = choose([one.numbers[0] for one in found]), choose([one.numbers[1] for one in found])
        return Value(*both, max(one.scale for one in found if _reaches(one, both)))

    return rule


def _reaches(one: Value, both: tuple[float, float]) -> bool:
    sides = zip(one.numbers, both, strict=True)
    return any(abs(number - end) <= NOISE * one.scale for number, end in sides)


def _all(results: Sequence[Result]) -> Value:
    found = _flat(results)
    return Value(*(float(all(one.numbers[side] for one in found)) for side in (0, 1)))


def _any(results: Sequence[Result]) -> Value:
    found = _flat(results)
    return Value(*(float(any(one.numbers[side] for one in found)) for side in (0, 1)))


def _match(results: Sequence[Result]) -> Value:
    """The place of an exact match, which is the only kind understood here."""
    wanted, among, kind = results
    if _one(kind).stored != 0.0 or isinstance(among, Value):
        raise UnknownError
    cells = [cell for row in among for cell in row]
    key = _one(wanted)
    return Value(
        _first(key.stored, [cell.stored for cell in cells]),
        _first(key.computed, [cell.computed for cell in cells]),
    )


def _first(wanted: Plain, among: Sequence[Plain]) -> float:
    for place, one in enumerate(among, 1):
        if type(one) is type(wanted) and one is not None:
            left, right = _alike(one, wanted)
            if left == right:
                return float(place)
    raise UnknownError


def _index(results: Sequence[Result]) -> Value:
    among, *places = results
    if isinstance(among, Value):
        among = [[among]]
    row, column = (_one(places[0]), _one(places[1])) if len(places) > 1 else _line(among, places)
    sides = [
        among[int(down) - 1][int(right) - 1]
        for down, right in zip(row.numbers, column.numbers, strict=True)
        if 1 <= down <= len(among) and 1 <= right <= len(among[0])
    ]
    if len(sides) != 2:
        raise UnknownError
    return _of_two(*sides)


def _line(among: Grid, places: Sequence[Result]) -> tuple[Value, Value]:
    """In a range of one row the only number says the column."""
    (place,) = (_one(one) for one in places)
    return (constant(1.0), place) if len(among) == 1 else (place, constant(1.0))


def _of_two(one: Value, other: Value) -> Value:
    """The first for what is stored, the second for what is computed; often they are the same."""
    return Value(one.stored, other.computed, max(one.scale, other.scale))


_WHOLE: dict[str, Callable[[Sequence[Result]], Value]] = {
    "SUM": _sum, "SUMPRODUCT": _sum_of_products, "AVERAGE": _average, "COUNT": _count,
    "MIN": _extreme(min), "MAX": _extreme(max), "AND": _all, "OR": _any, "MATCH": _match,
    "INDEX": _index,
}  # fmt: skip


def _if(arguments: Sequence[Node], look: Look) -> Result:
    held, *branches = arguments
    truth = _one(_result(held, look)).numbers
    chosen = [branches[0] if one else branches[1] if len(branches) > 1 else 0.0 for one in truth]
    return _chosen(chosen, look)


def _choose(arguments: Sequence[Node], look: Look) -> Result:
    number, *choices = arguments
    places = [int(one) for one in _one(_result(number, look)).numbers]
    if not all(1 <= one <= len(choices) for one in places):
        raise UnknownError
    return _chosen([choices[one - 1] for one in places], look)


def _chosen(nodes: Sequence[Node], look: Look) -> Result:
    one, other = nodes
    found = _result(one, look)
    return found if one is other else _of_two(_one(found), _one(_result(other, look)))


def _if_error(arguments: Sequence[Node], look: Look) -> Result:
    found = _one(_result(arguments[0], look))
    if _is_error(found.stored) != _is_error(found.computed):
        raise UnknownError
    return _result(arguments[1], look) if _is_error(found.stored) else found


_BRANCHES: dict[str, Callable[[Sequence[Node], Look], Result]] = {
    "IF": _if, "CHOOSE": _choose, "IFERROR": _if_error,
}  # fmt: skip


# ---- over a workbook ----------------------------------------------------------------------------


class Scales:
    """The scales of the cells on which one engine differs, each with those of the cells it reads.

    Args:
        trees: the formula of each of these cells, None where it is not understood.
        look: gives what is stored and what the engine computes, for every cell they read.
        agree: whether two values agree at a scale.
    """

    def __init__(
        self,
        trees: Mapping[Key, Node | None],
        look: Callable[[Key], tuple[Plain, Plain]],
        agree: Callable[[Plain, Plain, float], bool],
    ) -> None:
        self.trees, self.look, self.agree = trees, look, agree
        self.known: dict[Key, float] = {}

    def of(self, key: Key) -> float:
        """The scale of a cell; 0 where nothing is forgiven."""
        waiting, begun = [key], set[Key]()
        while waiting:
            top = waiting[-1]
            if top in self.known:
                waiting.pop()
            elif top in begun:  # what it reads is known, or reads it: then nothing is forgiven
                self.known[top] = self._scale(top)
            else:
                begun.add(top)
                waiting += [one for one in self._reads(top) if one not in begun]
        return self.known[key]

    def _reads(self, key: Key) -> list[Key]:
        """The cells that differ among those that a cell reads."""
        tree = self.trees[key]
        if tree is None:
            return []
        return [one for area in areas(tree) for one in area.cells() if one in self.trees]

    def _scale(self, key: Key) -> float:
        tree = self.trees[key]
        if tree is None:
            return 0.0
        try:
            found = evaluate(tree, self._given)
            sides = zip(found.numbers, self.look(key), strict=True)
            # Neither side may be anything but what the formula makes of the side's own inputs.
            true = all(self.agree(own, said, found.scale) for own, said in sides)
        except UnknownError:
            return 0.0
        return found.scale if true else 0.0

    def _given(self, key: Key) -> Value:
        stored, computed = self.look(key)
        if key in self.trees and not self.agree(stored, computed, self.known.get(key, 0.0)):
            raise UnknownError  # an error upstream excuses nothing
        return given(stored, computed)

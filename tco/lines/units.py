"""Units that multiply and cancel: the proof that a line's formula gives the unit it declares.

A unit is a scale and powers of base names: TFLOP/s/GPU is 10^12 FLOP / (s GPU). Powers of ten
from 1,000 up convert scale, 24 is hours per day, 12 months per year; every other number in a
formula is a pure number. So a forgotten conversion is an error here, not a factor in a workbook.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tco.lines.expression import Binary, Call, Expression, Literal, Reference

Powers = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Unit:
    """A scale times powers of base units; `text` and `test` are kinds that do not multiply."""

    scale: float = 1.0
    powers: Powers = ()
    kind: str = "number"

    def times(self, other: Unit, sign: int = 1) -> Unit:
        """The product with another unit, or the quotient with sign -1."""
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0) + sign * power
        kept = tuple(sorted((name, power) for name, power in powers.items() if power))
        return Unit(self.scale * other.scale**sign, kept)

    def same_as(self, other: Unit) -> bool:
        """Whether both are the same kind, powers and scale."""
        return (
            self.kind == other.kind
            and self.powers == other.powers
            and abs(self.scale / other.scale - 1) < 1e-9
        )

    def __str__(self) -> str:
        if self.kind != "number":
            return self.kind
        over = "*".join(n if p == 1 else f"{n}^{p}" for n, p in self.powers if p > 0) or "1"
        under = "".join(f"/{n}" if p == -1 else f"/{n}^{-p}" for n, p in self.powers if p < 0)
        return (f"{self.scale:g} " if abs(self.scale - 1) > 1e-9 else "") + over + under


PURE, TEXT, TEST = Unit(), Unit(kind="text"), Unit(kind="test")

# Names that stand for others. Everything else is a base unit of its own.
_KNOWN: dict[str, Unit] = {
    "1": PURE,
    "share": PURE,
    "ratio": PURE,
    "flag": PURE,
    "count": PURE,
    "years": PURE,  # a number of columns; "year" is the length of time
    "exponent": PURE,
    "GPU-h": Unit(1, (("GPU", 1), ("h", 1))),
    "W": Unit(1e-3, (("kW", 1),)),
    "kWh": Unit(1, (("h", 1), ("kW", 1))),
    "MWh": Unit(1e3, (("h", 1), ("kW", 1))),
    "TFLOP": Unit(1e12, (("FLOP", 1),)),
    "PFLOP": Unit(1e15, (("FLOP", 1),)),
    "GB": Unit(1e9, (("byte", 1),)),
    "kg": Unit(1e3, (("g", 1),)),
    "t": Unit(1e6, (("g", 1),)),
    "weight": Unit(1, (("parameter", 1),)),  # parameters that are few
    "ktoken": Unit(1e3, (("token", 1),)),
    "Ttoken": Unit(1e12, (("token", 1),)),
}


def parse(unit: str) -> Unit:
    """Read "USD/GPU-h", "TFLOP/s/GPU"; unknown names are base units."""
    if unit in ("text", "choice", "date"):
        return TEXT
    result = PURE
    sign = 1
    for token in re.findall(r"[^\s/*]+|/", unit):
        if token == "/":
            sign = -1
            continue
        result = result.times(_KNOWN.get(token, Unit(1, ((token, 1),))), sign)
        sign = 1
    return result


class UnitError(ValueError):
    """The formula's unit is not the declared one, or two parts do not go together."""


def unit_of(tree: Expression, units: Mapping[str, Unit]) -> Unit | None:
    """The unit of an expression; None for what has no unit yet (undefined).

    Raises `UnitError` where unlike units are added or compared.
    """
    if isinstance(tree, Reference):
        return units[tree.key]
    if isinstance(tree, Literal):
        return TEXT if isinstance(tree.value, str) else _literal(tree.value)
    if isinstance(tree, Binary):
        left, right = unit_of(tree.left, units), unit_of(tree.right, units)
        if left is None or right is None:
            return None
        for part in (left, right):
            if part.kind != "number":
                raise UnitError(f"{part} cannot be used in arithmetic")
        if tree.sign in "+-":
            return _alike("+ and −", _not_zero((tree.left, tree.right), (left, right)))
        if tree.sign == "^":
            return _power(left, right, tree.right)
        return left.times(right, 1 if tree.sign == "*" else -1)
    assert isinstance(tree, Call)
    return _RULES[tree.word.unit](tree, [unit_of(part, units) for part in tree.parts])


def _literal(value: float) -> Unit:
    if value == 24:
        return Unit(1, (("day", -1), ("h", 1)))
    if value == 12:
        return Unit(1, (("month", 1), ("year", -1)))
    if value >= 1000 and f"{value:e}".startswith("1.000000e"):
        return Unit(1 / value)
    return PURE


def _power(base: Unit, exponent: Unit, tree: Expression) -> Unit:
    if not (exponent.same_as(PURE) or (base.same_as(PURE) and exponent.same_as(parse("year")))):
        raise UnitError(f"an exponent is a pure number, or years of a rate, not {exponent}")
    if base.same_as(PURE):
        return PURE
    if isinstance(tree, Literal) and isinstance(tree.value, float) and tree.value.is_integer():
        result = PURE
        for _ in range(abs(int(tree.value))):
            result = result.times(base, 1 if tree.value > 0 else -1)
        return result
    raise UnitError(f"{base} needs a whole, fixed exponent")


def _alike(what: str, units: list[Unit | None]) -> Unit | None:
    known = [unit for unit in units if unit is not None]
    for unit in known[1:]:
        if not unit.same_as(known[0]):
            raise UnitError(f"{what}: {known[0]} does not go with {unit}")
    return known[0] if known else None


def _numbers_alike(call: Call, units: list[Unit | None]) -> Unit | None:
    # 0 is 0 in every unit: at_most(x, 0) needs none. Other numbers must match.
    return _alike(call.word.name, _not_zero(call.parts, units))


def _not_zero(parts: Sequence[Expression], units: Sequence[Unit | None]) -> list[Unit | None]:
    """The units of parts that are not a plain 0, which is 0 in every unit."""
    zeroes = [isinstance(part, Literal) and part.value == 0 for part in parts]
    return [unit for unit, zero in zip(units, zeroes, strict=True) if not zero]


def _test(call: Call, units: list[Unit | None]) -> Unit:
    _numbers_alike(call, units)
    return TEST


def _branch(call: Call, units: list[Unit | None]) -> Unit | None:
    if units[0] is not None and units[0].kind != "test":
        raise UnitError(f"where() asks for a test first, not {units[0]}")
    arms = _not_zero(call.parts[1:], units[1:])
    return _alike("where()", arms) if arms else PURE


def _product(call: Call, units: list[Unit | None]) -> Unit | None:
    first, second = units
    return None if first is None or second is None else first.times(second)


def _pure(call: Call, units: list[Unit | None]) -> Unit:
    if units[0] is not None and not units[0].same_as(PURE):
        raise UnitError(f"{call.word.name}() takes a pure number, not {units[0]}")
    return PURE


def _root(call: Call, units: list[Unit | None]) -> Unit | None:
    whole = units[0]
    if whole is None:
        return None
    if whole.kind != "number" or any(power % 2 for _, power in whole.powers):
        raise UnitError(f"root() takes a square, not {whole}")
    return Unit(math.sqrt(whole.scale), tuple((name, power // 2) for name, power in whole.powers))


_RULES: dict[str, Callable[[Call, list[Unit | None]], Unit | None]] = {
    "first": lambda call, units: units[0],
    "number_of": lambda call, units: PURE,
    "day": lambda call, units: Unit(1, (("day", 1),)),
    "last": lambda call, units: units[-1],
    "same": _numbers_alike,
    "test": _test,
    "test_any": lambda call, units: TEST,
    "both": lambda call, units: TEST,
    "branch": _branch,
    "pure": _pure,
    "rate": lambda call, units: PURE,
    "root": _root,
    "product": _product,
    "chosen": lambda call, units: _alike("chosen()", _not_zero(call.parts[2::2], units[2::2])),
    "numbered": lambda call, units: _alike("numbered()", _not_zero(call.parts[1:], units[1:])),
    "text": lambda call, units: TEXT,
    "nothing": lambda call, units: None,
    "unlike": lambda call, units: TEXT if TEXT in units else PURE,
}

"""A line that a scenario writes itself: its formula proved as the tests prove those of the model.

Its keys exist, every word gets what it takes, one axis runs through it, its units come to the one
that is declared, and a spreadsheet's cell has room for it. What is wrong is a `Fault` each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from tco.lines.expression import (
    Binary,
    Call,
    Cells,
    Expression,
    Literal,
    Reference,
    excel,
    walk,
)
from tco.lines.formula import WORDS, Fault, Formula, nearest_key, usage
from tco.lines.guards import undefinable
from tco.lines.items import Choice, Given, Line, called, line
from tco.lines.units import PURE, TEXT, Unit, UnitError, parse, unit_of
from tco.lines.vocabulary import (
    defined,
    dot,
    picked,
    power,
    total,
    undefined,
    where,
    where_known,
)

MOST_WRITTEN = 250  # characters of a formula in a cell
MOST_NAMED = 24  # options in a message
_SPREADSHEET = Cells(lambda key: "$D$1000", lambda key: "C$1000", lambda key: "$D$1000:$D$1999")
_NAMES = {id(word): name for name, word in WORDS.items()}
Items = Mapping[str, Given | Line]


@dataclass(frozen=True)
class Readable:
    """What a formula may read.

    `items` are inputs and lines by key; `closed` are sections whose lines wait for all others.
    """

    items: Items
    closed: Collection[str] = ()

    def name_of(self, unit: Unit) -> str:
        """A unit as the model calls it, else its parts."""
        if not unit.powers:
            return "a pure number"
        names = dict.fromkeys(one.unit for one in self.items.values() if not one.is_text)
        alike = {name: parse(name) for name in names if parse(name).powers == unit.powers}
        if exact := [name for name, one in alike.items() if one.same_as(unit)]:
            return exact[0]
        return next(
            (f"{unit.scale / one.scale:g} {name}" for name, one in alike.items()), str(unit)
        )


def references(tree: Expression) -> tuple[str, ...]:
    """The keys that a formula reads, each once, in the order of the text."""
    return tuple(dict.fromkeys(part.key for part in walk(tree) if isinstance(part, Reference)))


def unreadable(formula: Formula, readable: Readable) -> Iterator[Fault]:
    """A fault for each key that is none, or that no formula can read."""
    told = set()
    for part in walk(formula.tree):
        if not isinstance(part, Reference) or part.key in told:
            continue
        told.add(part.key)
        item = readable.items.get(part.key)
        if item is None:
            near = nearest_key(part.key, readable.items)
            remedy = f"Did you mean {near}?" if near else "See every key with: tco show SCENARIO"
            wrong = f"{part.key} is neither an input nor a line"
            yield Fault(formula.span(part), wrong, remedy)
        elif item.section in readable.closed:
            wrong = f"{part.key} ({item.label}) waits for all lines, so none can read it"
            yield Fault(formula.span(part), wrong, "Read what it is made of.")


def unknown_options(
    formula: Formula, items: Items, options: Callable[[Choice], Collection[str | float]]
) -> Iterator[Fault]:
    """A fault for each option that a formula looks for and its choice does not have."""
    for call in walk(formula.tree):
        if not (isinstance(call, Call) and call.word is picked):
            continue
        choice, option = call.parts
        item = items.get(choice.key) if isinstance(choice, Reference) else None
        if not isinstance(item, Choice) or not isinstance(option, Literal):
            continue  # told as what it is
        known = list(options(item))
        if option.value not in known:
            names = [one if isinstance(one, str) else f"{one:g}" for one in known]
            near = nearest_key(str(option.value), names)
            hint = f"Did you mean {near}? " if near else ""
            more = ", ..." if len(names) > MOST_NAMED else "."
            remedy = f"{hint}It is one of: {', '.join(names[:MOST_NAMED])}{more}"
            wrong = f"{formula.said(option)} is not an option of {item.key}"
            yield Fault(formula.span(option), wrong, remedy)


def written_line(
    key: str, label: str, unit: str, note: str, formula: Formula, readable: Readable
) -> Line:
    """The line of a formula whose keys can all be read; its section is not set.

    Raises:
        Fault: the first thing that is wrong with the formula.
    """
    proof = _Proof(formula, readable)
    axis = proof.whole()
    proof.unit(unit, key)
    needs = references(formula.tree)
    tree = _guarded(formula, readable.items)
    written = excel(tree, _SPREADSHEET)
    if len(written) > MOST_WRITTEN:
        raise Fault(
            (0, len(formula.text)),
            f"in a cell this formula has some {len(written)} characters, and {MOST_WRITTEN} fit",
            "Give a part of it a line of its own, and read that line here.",
        )
    rule = called(_rule(tree, needs), key, note, *needs)
    return line(label, unit, along=axis)(rule)


def _guarded(formula: Formula, items: Items) -> Expression:
    """The formula, undefined where what it reads is, but for what it tests itself.

    The cell of an input that is not given holds a dash, so there the reason is written out.
    """
    tested = {part.parts[0].key for part in walk(formula.tree)
              if isinstance(part, Call) and part.word is defined
              if isinstance(part.parts[0], Reference)}  # fmt: skip
    guards: list[Expression] = []
    for key in _gone(formula, items):
        if key not in tested:
            given = isinstance(items[key], Given) and not items[key].along
            why = Literal(f"{key} is not given") if given else Reference(key)
            guards += [Reference(key), why]
    return Call(where_known, (formula.tree, *guards)) if guards else formula.tree


def _gone(formula: Formula, items: Items) -> list[str]:
    """The keys that a formula reads one by one, not as a whole line, and that may be undefined."""
    calls = [part for part in walk(formula.tree) if isinstance(part, Call)]
    whole = {id(part) for call in calls for part, kind in zip(call.parts, _kinds(call), strict=True)
             if kind == "line"}  # fmt: skip
    read = dict.fromkeys(part.key for part in walk(formula.tree)
                         if isinstance(part, Reference) and id(part) not in whole)  # fmt: skip
    gone = undefinable(items, read)
    return [key for key in read if key in gone]


def _rule(tree: Expression, needs: tuple[str, ...]) -> Callable[..., Any]:
    def rule(*values: Any) -> Any:
        return _computed(tree, dict(zip(needs, values, strict=True)))

    return rule


def _computed(tree: Expression, values: Mapping[str, Any]) -> Any:
    """The tree with its keys replaced: by numbers, which are computed, or by references."""
    if isinstance(tree, Reference):
        return values[tree.key]
    if isinstance(tree, Literal):
        if any(isinstance(one, Expression) for one in values.values()):
            return tree
        return tree.value if isinstance(tree.value, str) else np.float64(tree.value)
    if isinstance(tree, Binary):
        left, right = _computed(tree.left, values), _computed(tree.right, values)
        match tree.sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                return left / right
            case _:
                return power(left, right)
    assert isinstance(tree, Call)
    return tree.word(*(_computed(part, values) for part in tree.parts))


# ---- what stands where, and along what -----------------------------------------------------------

Axis = str | None


def _kind(part: Expression) -> str:
    if isinstance(part, Literal) and isinstance(part.value, str):
        return "text"
    if isinstance(part, Call) and part.word.unit in ("test", "test_any", "both"):
        return "test"
    return "number"


def _is_call(part: Expression, word: object) -> bool:
    return isinstance(part, Call) and part.word is word


def _kinds(call: Call) -> list[str]:
    """What a word takes in each of its places."""
    if not call.word.takes:
        return [""] * len(call.parts)
    takes = call.word.takes.split(", ")
    takes += [takes[-2]] * len(call.parts) if takes[-1] == "..." else []
    return [one for one in takes if one != "..."][: len(call.parts)]


class _Proof:
    """One formula against what it may read."""

    def __init__(self, formula: Formula, readable: Readable) -> None:
        self.formula = formula
        self.readable = readable

    def _refuse(self, part: Expression, wrong: str, remedy: str) -> NoReturn:
        raise Fault(self.formula.span(part), wrong, remedy)

    def _item(self, part: Reference) -> Given | Line:
        return self.readable.items[part.key]

    def whole(self) -> Axis:
        """The axis along which the formula runs, None for a scalar."""
        tree = self.formula.tree
        if not references(tree):
            self._refuse(tree, "this formula reads no input and no line", _INPUT)
        if _is_call(tree, undefined):
            self._refuse(tree, "this line would never be a number", "Delete the line.")
        for part in walk(tree):
            if _is_call(part, where):
                self._no_where_inside(part)
        return self._arm(tree)

    def _no_where_inside(self, outer: Expression) -> None:
        for part in walk(outer):
            if part is not outer and _is_call(part, where):
                wrong = "where() stands in where(), which nobody can follow in a cell"
                self._refuse(part, wrong, "Give the inner where() a line of its own.")

    def _arm(self, part: Expression) -> Axis:
        """A number, or where() with arms that may be undefined."""
        if _is_call(part, undefined):
            self._why(part)
            return None
        if _is_call(part, where):
            assert isinstance(part, Call)
            test, there, elsewhere = part.parts
            if _is_call(there, undefined) and _is_call(elsewhere, undefined):
                self._refuse(part, "this line would never be a number", "Give one of the two.")
            return self._along(part, [self._test(test), self._arm(there), self._arm(elsewhere)])
        return self._number(part)

    def _along(self, whole: Expression, axes: list[Axis]) -> Axis:
        """The one axis of the parts of a whole."""
        found = list(dict.fromkeys(axis for axis in axes if axis is not None))
        if len(found) > 1:
            one, other = (axis.replace("_", " ") for axis in found[:2])
            self._refuse(
                whole, f"one part of this runs along {one}, another along {other}",
                f"Bring one of them down to a single number first: {usage('total')}",
            )  # fmt: skip
        return found[0] if found else None

    def _why(self, part: Expression) -> None:
        assert isinstance(part, Call)
        (why,) = part.parts
        if _kind(why) != "text":
            remedy = f'Write it in quotation marks: "{self.formula.said(why)}"'
            self._refuse(why, "the reason why there is no number is a text", remedy)

    def _number(self, part: Expression) -> Axis:
        if isinstance(part, Literal):
            if isinstance(part.value, str):
                wrong = f"a text stands where a number belongs: {self.formula.said(part)}"
                options = f"Texts stand only in {usage('picked')} and {usage('undefined')}."
                self._refuse(part, wrong, options)
            return None
        if isinstance(part, Reference):
            item = self._item(part)
            if item.is_text:
                chosen = isinstance(item, Choice)
                wrong = (
                    f"{part.key} ({item.label}) is {'a choice' if chosen else 'words'}, no number"
                )
                remedy = f"Test it: picked({part.key}, option)" if chosen else "Read a number."
                self._refuse(part, wrong, remedy)
            return item.along
        if isinstance(part, Binary):
            return self._along(part, [self._number(part.left), self._number(part.right)])
        assert isinstance(part, Call)
        if _kind(part) == "test":
            wrong = f"{self.formula.said(part)} is a test, which is true or not, and no number"
            self._refuse(part, wrong, f"Write: where({self.formula.said(part)}, 1, 0)")
        if part.word is undefined:
            wrong = "undefined() stands only in a where() that is the whole formula"
            self._refuse(part, wrong, 'Write for example: where(test, a, undefined("why"))')
        return self._parts(part)

    def _test(self, part: Expression) -> Axis:
        if _kind(part) != "test":
            wrong = f"{self.formula.said(part)} is a number, and a test belongs here"
            tests = ", ".join(map(usage, ("below", "at_most", "same")))
            self._refuse(part, wrong, f"Write one of: {tests}")
        assert isinstance(part, Call)
        return self._parts(part)

    def _parts(self, call: Call) -> Axis:
        """The parts of a word, each of the kind that it takes."""
        kinds = _kinds(call)
        asked: dict[str, Callable[[Expression], Axis]] = {
            "test": self._test,
            "line": lambda part: self._whole_line(call, part),
            "key": self._key,
            "choice": self._choice,
            "option": self._option,
        }
        axes = [
            asked.get(kind, self._number)(part)
            for kind, part in zip(kinds, call.parts, strict=True)
        ]
        axis = self._along(call, axes)
        return None if "line" in kinds else axis

    def _whole_line(self, call: Call, part: Expression) -> Axis:
        if not isinstance(part, Reference):
            wrong = "a calculation stands where the key of a line belongs"
            self._refuse(part, wrong, "Give the calculation a line of its own.")
        axis = self._number(part)
        if axis is None:
            item = self._item(part)
            wrong = f"{part.key} ({item.label}) is one number, with no years or rows to go through"
            self._refuse(part, wrong, f"Write {part.key} alone.")
        if call.word in (total, dot) and part.key in undefinable(self.readable.items, [part.key]):
            wrong = f"{part.key} may be no number in one of its places, which a total would skip"
            remedy = f"Write a line of formula: where(defined({part.key}), {part.key}, 0)"
            self._refuse(part, wrong, remedy)
        return axis

    def _key(self, part: Expression) -> Axis:
        if not isinstance(part, Reference):
            wrong = "a calculation stands where a key belongs"
            self._refuse(part, wrong, "Give the calculation a line of its own.")
        return self._number(part)

    def _choice(self, part: Expression) -> Axis:
        item = self._item(part) if isinstance(part, Reference) else None
        if not isinstance(item, Choice):
            self._refuse(part, f"{self.formula.said(part)} is no choice",
                         "Write the key of an input with options, such as: precision")  # fmt: skip
        return item.along

    def _option(self, part: Expression) -> Axis:
        if not isinstance(part, Literal):
            remedy = f'Write it in quotation marks: "{self.formula.said(part)}"'
            self._refuse(part, "an option is a text or a number", remedy)
        return None

    # ---- units ----

    def unit(self, declared: str, key: str) -> None:
        """Refuse a formula whose units do not go together, or do not come to the declared one."""
        units = {
            name: TEXT
            if self.readable.items[name].is_text
            else parse(self.readable.items[name].unit)
            for name in references(self.formula.tree)
        }
        found = self._unit(self.formula.tree, units)
        wanted = parse(declared)
        if found is not None and not found.same_as(wanted):
            gives = self.readable.name_of(found)
            self._refuse(
                self.formula.tree, f"the formula gives {gives}, and {key} is in {declared}",
                self._remedy(found, wanted, declared),
            )  # fmt: skip

    def _unit(self, part: Expression, units: Mapping[str, Unit]) -> Unit | None:
        """The unit of a part, looked for in its own parts first, so that the innermost is told."""
        inner = [part.left, part.right] if isinstance(part, Binary) else getattr(part, "parts", ())
        below = [self._unit(one, units) for one in inner]
        try:
            return unit_of(part, units)
        except UnitError as error:
            wrong, remedy = str(error), "Only like units can be compared or chosen between."
            if isinstance(part, Binary) and part.sign in "+-":
                left, right = (self.readable.name_of(one) for one in below if one is not None)
                wrong = f"{left} and {right} cannot be {_DONE[part.sign]}"
                remedy = "Multiply or divide one of them first, so that both are in one unit."
                if "a pure number" in (left, right):
                    remedy = _INPUT
            elif isinstance(part, Call):
                name = _NAMES[id(part.word)]
                said = [self.readable.name_of(one) for one in below if one and one.kind == "number"]
                wrong = f"{name}() of {' and '.join(said)}: these do not go together"
                if "a pure number" in said:
                    remedy = _INPUT
                if part.word.unit in ("pure", "root"):
                    wrong = f"{name}() takes {_TAKEN[part.word.unit]}, and this is in {said[0]}"
                    remedy = "Divide by something in the same unit first."
            elif isinstance(part, Binary):
                remedy = "Write a whole number as the exponent, or make the base a pure number."
            self._refuse(part, wrong, remedy)

    def _remedy(self, found: Unit, wanted: Unit, declared: str) -> str:
        """What to multiply or divide by, so that a formula comes to its declared unit."""
        factor = wanted.times(found, -1)
        by = next((number for unit, number in _CONVERTING if unit.same_as(factor)), "")
        over = next(
            (number for unit, number in _CONVERTING if PURE.times(unit, -1).same_as(factor)), ""
        )
        scaled = [one for one in walk(self.formula.tree) if _converts(one)]
        if not factor.powers and scaled:
            return (
                f"Here {self.formula.said(scaled[0])} turns one unit into another, as 12 and 24 do:"
                " a plain number of that size is one of your inputs, in unit: count."
            )
        if not factor.powers:
            size = 1 / factor.scale  # of the number that brings one to the other
            how = f"Multiply by {size:g}" if size > 1 else f"Divide by {1 / size:g}"
            return f"{how}, or declare the unit that the formula gives."
        if by or over:
            return f"Multiply by {by}." if by else f"Divide by {over}."
        only_under = all(exponent < 0 for _, exponent in factor.powers)
        named = self.readable.name_of(PURE.times(factor, -1) if only_under else factor)
        how = "Divide" if only_under else "Multiply"
        return f"{how} by something in {named}, or declare the unit that the formula gives."


_INPUT = "Make the number one of your inputs, with its unit and its source."
_DONE = {"+": "added", "-": "subtracted from each other"}
_TAKEN = {"pure": "a pure number", "root": "a square"}
# What 24 and 12 turn into what, and what they are called in a remedy.
_CONVERTING = (
    (parse("h/day"), "24, the hours of a day"),
    (parse("month/year"), "12, the months of a year"),
)


def _converts(part: Expression) -> bool:
    """Whether a number stands for a conversion: a power of ten from 1,000 on."""
    if not isinstance(part, Literal) or isinstance(part.value, str) or part.value < 1000:
        return False
    return f"{part.value:e}".startswith("1.000000e")

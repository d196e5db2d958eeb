"""Wrong rules made from a right one: another result, or one part of its formula changed."""

from __future__ import annotations

import functools
import itertools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tco.lines import Line, Undefined, elementary, vocabulary
from tco.lines.expression import Binary, Call, Expression, Literal, Reference, walk
from tests.lines.worked import Example, agrees

Rule = Callable[..., Any]
RESULTS = ("x 1.01", "sign turned")
_OTHER_SIGN = {"+": "-", "-": "+", "*": "/", "/": "*", "^": "*"}
_OTHER_WORD = {
    one: other
    for pair in (
        ("at_most", "below"), ("touches", "short_of"), ("both", "either"),
        ("minimum", "maximum"), ("lowest", "highest"), ("ceil", "floor"),
    )
    for one, other in (pair, pair[::-1])
} | {"least_of": "maximum", "mean": "median", "median": "lowest", "total": "highest",
     "counted": "total", "picked": "is not", "same": "is not", "beyond": "from"}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A wrong rule, and what is wrong with it."""

    change: str
    rule: Rule


# ---- another result -----------------------------------------------------------------------------


def results(line: Line) -> list[Mutant]:
    """The line's rule with a hundredth on its result, and with the sign of it turned."""
    return [
        Mutant(change, functools.partial(_times, line.rule, factor))
        for change, factor in zip(RESULTS, (1.01, -1.0), strict=True)
    ]


def _times(rule: Rule, factor: float, *needs: Any) -> Any:
    found = rule(*needs)
    return found if isinstance(found, Undefined) else found * factor


# ---- one part of the formula --------------------------------------------------------------------


def computed(tree: Expression, values: Mapping[str, Any]) -> Any:
    """A formula's number, part by part, as its rule would compute it."""
    if isinstance(tree, Reference):
        return values[tree.key]
    if isinstance(tree, Literal):
        return tree.value if isinstance(tree.value, str) else np.float64(tree.value)
    if isinstance(tree, Binary):
        left, right = computed(tree.left, values), computed(tree.right, values)
        return _SIGNS[tree.sign](left, right)
    assert isinstance(tree, Call)
    return tree.word.compute(*(computed(part, values) for part in tree.parts))


_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": elementary.power,
}


def by_formula(line: Line, tree: Expression) -> Rule:
    """The rule that computes a formula from the line's needs."""

    def rule(*needs: Any) -> Any:
        return computed(tree, dict(zip(line.needs, needs, strict=True)))

    return rule


def parts(line: Line, examples: Sequence[Example]) -> Iterator[Mutant]:
    """Rules with one part changed: a sign, a word, a number, a branch, an input held or swapped."""
    for change, tree in _changed(line.tree):
        yield Mutant(change, by_formula(line, tree))
    read = list(dict.fromkeys(one.key for one in walk(line.tree) if isinstance(one, Reference)))
    for key in read:
        for change, value in _held(key, examples):
            yield Mutant(change, _with(line, key, value))
    for one, other in itertools.combinations(read, 2):
        if all(_alike(example.inputs.get(one), example.inputs.get(other)) for example in examples):
            yield Mutant(f"{one} and {other} swapped", _swapped(line, one, other))


def _changed(tree: Expression) -> Iterator[tuple[str, Expression]]:
    """Every formula that differs from this one in one place."""
    if isinstance(tree, Binary):
        other = _OTHER_SIGN[tree.sign]
        yield f"{other} for {tree.sign}", replace(tree, sign=other)
        for change, left in _changed(tree.left):
            yield change, replace(tree, left=left)
        for change, right in _changed(tree.right):
            yield change, replace(tree, right=right)
    elif isinstance(tree, Literal) and not isinstance(tree.value, str):
        other = 2 * tree.value or 1.0
        yield f"{other:g} for {tree.value:g}", Literal(other)
    elif isinstance(tree, Call):
        yield from _other_words(tree)
        for place, part in enumerate(tree.parts):
            if isinstance(part, Literal) and isinstance(part.value, str):
                continue
            if tree.word.name == "chosen" and place % 2:  # an option's number is its name
                continue
            for change, made in _changed(part):
                yield change, replace(tree, parts=(*tree.parts[:place], made,
                                                   *tree.parts[place + 1 :]))  # fmt: skip


def _other_words(tree: Call) -> Iterator[tuple[str, Expression]]:
    name = tree.word.name
    if name == "where":
        test, one, other = tree.parts
        yield "branches swapped", replace(tree, parts=(test, other, one))
    other_name = _OTHER_WORD.get(name)
    if other_name == "is not":
        yield f"not {name}", Call(vocabulary.unless, (tree,))
    elif other_name == "from":  # x > b becomes x >= b
        yield "at its bound too", Call(vocabulary.unless, (Call(vocabulary.short_of, tree.parts),))
    elif other_name:
        word = getattr(vocabulary, other_name)
        yield f"{other_name} for {name}", replace(tree, word=word)


def _held(key: str, examples: Sequence[Example]) -> Iterator[tuple[str, Any]]:
    """An input that is read as the same whatever it is."""
    given = [one.inputs[key] for one in examples if key in one.inputs]
    first: Any = given[0] if given else 0.0
    texts = isinstance(first, str) or (np.ndim(first) and first.dtype == object)
    if texts:
        value = first if isinstance(first, str) else first[0]
        yield f"{key} always {value}", value
    else:
        for number in (0.0, 1.0):
            yield f"{key} always {number:g}", number


def _with(line: Line, key: str, value: Any) -> Rule:
    place = line.needs.index(key)

    def rule(*needs: Any) -> Any:
        old = needs[place]
        held = np.full(old.shape, value, dtype=old.dtype) if np.ndim(old) else value
        held = np.float64(held) if isinstance(held, float) else held
        return line.rule(*needs[:place], held, *needs[place + 1 :])

    return rule


def _alike(one: Any, other: Any) -> bool:
    """Whether two inputs could be mistaken for each other: both numbers, or columns of them."""
    texts = isinstance(one, str) or isinstance(other, str)
    return not texts and np.shape(one) == np.shape(other) and _kind(one) == _kind(other)


def _kind(value: Any) -> str:
    return str(value.dtype.kind) if np.ndim(value) else "number"


def _swapped(line: Line, one: str, other: str) -> Rule:
    a, b = line.needs.index(one), line.needs.index(other)

    def rule(*needs: Any) -> Any:
        mixed = list(needs)
        mixed[a], mixed[b] = mixed[b], mixed[a]
        return line.rule(*mixed)

    return rule


# ---- who sees it --------------------------------------------------------------------------------


def seen(mutant: Mutant, examples: Sequence[Example]) -> bool:
    """Whether an example gives something else under the wrong rule, or stops."""
    for example in examples:
        try:
            if example.wrong(mutant.rule):
                return True
        except (ValueError, TypeError, IndexError, KeyError, ZeroDivisionError, AttributeError):
            return True
    return False


TRIES = 60


def differs(mutant: Mutant, line: Line, examples: Sequence[Example]) -> bool:
    """Whether any of many random inputs tells the wrong rule from the right one.

    Where none does, the two are one rule written twice: nothing that a test could see.
    """
    random_ = random.Random(line.key)
    for _ in range(TRIES):
        example = random_.choice(examples)
        inputs = {
            key: _varied(value, key, examples, random_) for key, value in example.inputs.items()
        }
        moved = replace(example, inputs=inputs)
        try:
            right = moved.found()
        except (ValueError, TypeError, IndexError):
            continue
        try:
            wrong = moved.found(mutant.rule)
        except (ValueError, TypeError, IndexError, KeyError, ZeroDivisionError, AttributeError):
            return True
        if isinstance(right, Undefined) and not isinstance(wrong, Undefined):
            return True
        if not agrees(wrong, _plain(right)):
            return True
    return False


def _plain(found: Any) -> Any:
    """A result as an example would want it."""
    if np.ndim(found):
        return [_plain(one) for one in found]
    return None if np.isnan(found) else float(found)


def _varied(value: Any, key: str, examples: Sequence[Example], random_: random.Random) -> Any:
    """Another value in the place of an input: near it, at 0 or 1, or undefined as in an example."""
    if isinstance(value, str):
        return random_.choice([one.inputs[key] for one in examples if key in one.inputs])
    if np.ndim(value):
        if value.dtype == object:
            return np.array([random_.choice(list(value)) for _ in value], dtype=object)
        return np.array([_number(one, random_) for one in value])
    gaps = [one.inputs[key] for one in examples
            if isinstance(one.inputs.get(key), Undefined)]  # fmt: skip
    if gaps and random_.random() < 0.2:
        return gaps[0]
    return np.float64(_number(value, random_))


def _number(value: float, random_: random.Random) -> float:
    if np.isnan(value):
        return random_.choice([value, 3.0])
    move = random_.random()
    if move < 0.4:
        return float(value)
    if move < 0.6:
        return random_.choice([0.0, 1.0, 2.0, 3.0, -float(value)])
    return float(value) * random_.uniform(0.5, 1.6)

"""The text of a formula, as a person writes one in a scenario file, turned into an expression.

Arithmetic and the words of the vocabulary that say how they are written: nothing else can be said.
No text is ever run as a program. A formula that cannot be read raises `Fault`, with the place.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

import tco.lines.vocabulary as vocabulary
from tco.lines.expression import RANK, Binary, Call, Expression, Literal, Reference
from tco.lines.plausible import LEAST, MOST
from tco.lines.vocabulary import Word

MOST_CHARACTERS = 500
MOST_PARTS = 100  # numbers, keys, signs and words of one formula
MOST_BRACKETS = 12  # open at one place
MOST_EXPONENT = 10
MOST_TEXT = 100  # characters of a text in a formula

WORDS: Mapping[str, Word] = {
    name: one
    for name, one in sorted(vars(vocabulary).items())
    if isinstance(one, Word) and one.takes
}

ALL_OF_IT = f"Write numbers, keys, + - * / and the words: {', '.join(WORDS)}."

Span = tuple[int, int]  # from the first character to behind the last one, from 0


class Fault(ValueError):
    """What is wrong at some characters of a formula, and what to write instead."""

    def __init__(self, span: Span, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.span, self.wrong, self.remedy = span, wrong, remedy


@dataclass(frozen=True)
class Formula:
    """A formula that was read: what it says, and which characters say each part of it."""

    text: str
    tree: Expression
    spans: Mapping[int, Span] = field(repr=False)  # by the identity of the part

    def span(self, part: Expression) -> Span:
        """Where a part of the tree stands in the text."""
        return self.spans[id(part)]

    def said(self, part: Expression) -> str:
        """A part as it was written."""
        start, end = self.span(part)
        return self.text[start:end]


def read_formula(text: str, keys: Collection[str] = ()) -> Formula:
    """Read a formula; whether its keys exist and its units agree is not looked at.

    Args:
        keys: what may be read, to tell a key from a unit or a word where one is out of place.

    Raises:
        Fault: at the first thing that cannot be read.
    """
    if len(text) > MOST_CHARACTERS:
        raise Fault(
            (MOST_CHARACTERS, len(text)),
            f"this formula has {len(text):,} characters; the most is {MOST_CHARACTERS}",
            "Give a part of it a line of its own, and read that line here.",
        )
    return _Reading(text, keys).formula()


def usage(name: str) -> str:
    """How a word is written: "where(test, a, b)"."""
    return f"{name}({WORDS[name].takes})"


# ---- from characters to tokens -------------------------------------------------------------------


@dataclass(frozen=True)
class _Token:
    kind: str  # number, name, text, sign or end
    text: str
    span: Span


_TOKENS = re.compile(
    r"(?P<number>(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[^\W\d²³][^\W²³]*)"
    r"""|(?P<text>"[^"\n]*"|'[^'\n]*')"""
    r"|(?P<sign>\*\*|<=|>=|<>|==|!=|//|&&|\|\||[-+*/^(),<>=%&!\[\]{}.:;|~@#$?\\`§±×·÷−–—²³√“”„‟«»’])"
)
_BLANK = re.compile(r"\s*")
# What people type for a sign, and the sign.
_TYPED = {"×": "*", "·": "*", "÷": "/", ":": "/", "−": "-", "–": "-", "—": "-", "²": "^ 2",
          "³": "^ 3"}  # fmt: skip
_COMPARED = {
    "<": "below(a, b)", "<=": "at_most(a, b)", ">": "below(b, a)", ">=": "at_most(b, a)",
    "=": "same(a, b)", "==": "same(a, b)", "<>": "unless(same(a, b))", "!=": "unless(same(a, b))",
    "!": "unless(test)", "&&": "both(test, test)", "&": "both(test, test)",
    "||": "either(test, test)", "|": "either(test, test)", "//": "floor(a / b)",
    "√": "root(a)",
}  # fmt: skip
_KEYWORDS = {
    "if": "where(test, a, b)", "else": "where(test, a, b)", "then": "where(test, a, b)",
    "and": "both(test, test)", "or": "either(test, test)", "not": "unless(test)",
    "lambda": "", "for": "", "in": "", "is": "same(a, b)",
}  # fmt: skip
# What a spreadsheet or a program calls a word.
_ELSEWHERE = {
    "if": "where", "ifs": "where", "sum": "total", "min": "minimum", "max": "maximum",
    "and": "both", "or": "either", "not": "unless", "roundup": "ceil", "ceiling": "ceil",
    "rounddown": "floor", "int": "floor", "trunc": "floor", "round": "rounded", "sqrt": "root",
    "ln": "log", "pow": "power", "sumproduct": "dot", "na": "undefined", "isnumber": "defined",
    "iferror": "defined", "ifna": "defined",
}  # fmt: skip


def _tokens(text: str) -> Iterator[_Token]:
    at = _BLANK.match(text).end()  # type: ignore[union-attr]  # it matches nothing too
    while at < len(text):
        found = _TOKENS.match(text, at)
        if found is None:
            if text[at] in "\"'":
                wrong = "this quotation mark closes nothing"
                raise Fault((at, at + 1), wrong, "Write one at either end of a text.")
            raise Fault((at, at + 1), f"“{text[at]}” means nothing in a formula", ALL_OF_IT)
        assert found.lastgroup
        yield _Token(found.lastgroup, found[0], found.span())
        at = _BLANK.match(text, found.end()).end()  # type: ignore[union-attr]  # as above
    yield _Token("end", "", (len(text), len(text) + 1))


# ---- from tokens to a tree -----------------------------------------------------------------------

_SIGNS = {"+": "+", "-": "-", "*": "*", "/": "/", "^": "^", "**": "^"}


class _Reading:
    """One pass over the tokens of a formula, by how tightly signs bind."""

    def __init__(self, text: str, keys: Collection[str]) -> None:
        self.text, self.keys = text, keys
        self.tokens = list(_tokens(text))
        self.at = 0
        self.open = 0
        self.spans: dict[int, Span] = {}

    def formula(self) -> Formula:
        if self.now.text in ("=", "+"):
            wrong = f"a formula here has no {self.now.text} in front"
            raise Fault(self.now.span, wrong, "Delete it.")
        if self.now.kind == "end":
            raise Fault((0, 1), "the formula is empty", "Write for example: tokens * licence_price")
        tree = self._sum(0)
        if self.now.kind != "end":
            self._refuse_rest()
        if len(self.spans) > MOST_PARTS:
            wrong = f"this formula has {len(self.spans)} parts; the most is {MOST_PARTS}"
            remedy = "Give a part of it a line of its own, and read that line here."
            raise Fault((0, len(self.text)), wrong, remedy)
        return Formula(self.text, tree, self.spans)

    @property
    def now(self) -> _Token:
        return self.tokens[self.at]

    def _next(self) -> _Token:
        token = self.now
        self.at += 1
        return token

    def _made(self, part: Expression, start: int) -> Expression:
        """A part and where it stands: from `start` to the last token that was read."""
        self.spans[id(part)] = (start, self.tokens[self.at - 1].span[1])
        return part

    def _sum(self, least: int) -> Expression:
        """What stands from here on as far as signs bind more tightly than `least`."""
        start = self.now.span[0]
        left = self._operand()
        while (sign := _SIGNS.get(self.now.text, "")) and RANK[sign] > least:
            token = self._next()
            if sign == "^":
                left = self._made(Binary("^", left, self._exponent(token)), start)
                if self.now.text in ("^", "**"):
                    wrong = "one power behind another can be read in two ways"
                    raise Fault(
                        self.now.span, wrong, "Write power(power(a, b), c), or a line each."
                    )
                continue
            if self.now.text in ("+", "-") and sign in "+-":
                instead = "+" if token.text == self.now.text else "-"
                both_signs = (token.span[0], self.now.span[1])
                raise Fault(both_signs, "two signs stand in a row", f"Write {instead} alone.")
            right = self._sum(RANK[sign])
            if sign == "/" and isinstance(right, Literal) and right.value == 0:
                raise Fault(self.spans[id(right)], "this divides by 0", "Divide by something else.")
            left = self._made(Binary(sign, left, right), start)
        return left

    def _exponent(self, sign: _Token) -> Expression:
        """The fixed number behind a sign of power."""
        start = self.now.span[0]
        minus = self.now.text == "-"
        if minus:
            self._next()
        if self.now.kind != "number":
            wrong = f"behind {sign.text} a number stands, such as 2"
            raise Fault(self.now.span, wrong, "For any other exponent write: power(a, b)")
        value = self._number(self._next())
        return self._made(bounded_exponent(-value if minus else value, (start, self._end())), start)

    def _end(self) -> int:
        return self.tokens[self.at - 1].span[1]

    def _operand(self) -> Expression:
        token = self._next()
        if token.kind == "number":
            return self._made(Literal(self._number(token)), token.span[0])
        if token.kind == "name":
            return self._named(token)
        if token.text == "(":
            return self._bracket(token)
        if token.text == "-":
            return self._minus(token)
        if token.kind == "text":
            wrong = f"a text stands where a number belongs: {token.text}"
            options = usage("picked"), usage("undefined")
            raise Fault(token.span, wrong, f"Texts stand only in {' and '.join(options)}.")
        self.at -= 1
        self._refuse_sign(token, before=True)

    def _minus(self, sign: _Token) -> Expression:
        if self.now.text in ("-", "+"):
            span = (sign.span[0], self.now.span[1])
            raise Fault(span, "two signs stand in a row", "Write one, or none.")
        part = self._sum(RANK["*"])
        if isinstance(part, Binary) and part.sign == "^":
            wrong = "a minus sign before a power is read in two ways"
            remedy = f"Write 0 - {self.text[slice(*self.spans[id(part)])]}, or use brackets."
            raise Fault((sign.span[0], self._end()), wrong, remedy)
        if isinstance(part, Literal) and not isinstance(part.value, str):
            return self._made(Literal(-part.value), sign.span[0])
        minus_one = self._made(Literal(-1.0), sign.span[0])
        return self._made(Binary("*", minus_one, part), sign.span[0])

    def _number(self, token: _Token) -> float:
        behind = self.now
        value = float(token.text.replace("_", ""))
        if behind.kind == "name" and behind.text.lower() in {*_KEYWORDS, *self.keys}:
            return value  # what is wrong with it is said where it is met
        if behind.kind in ("name", "number") or behind.text == "%":
            said = self.text[token.span[0] : behind.span[1]]
            instead = f"{value / 100:.15g}" if behind.text == "%" else token.text
            raise Fault(
                (token.span[0], behind.span[1]),
                f"“{said}” is a quantity, and a number in a formula has no unit",
                f"Make it one of your inputs, with its unit: {{unit: ..., value: {said}}}"
                f" and read its key here; a number alone is written {instead}.",
            )
        if value and not LEAST <= value <= MOST:
            wrong = f"{token.text} is no number of a plausible size"
            raise Fault(token.span, wrong, f"It is 0, or from {LEAST:g} to {MOST:g}.")
        return value

    def _bracket(self, opening: _Token) -> Expression:
        self._enter(opening)
        if self.now.text == ")":
            wrong = "nothing stands in these brackets"
            raise Fault((opening.span[0], self.now.span[1]), wrong, "Delete them, or fill them.")
        part = self._sum(0)
        self._leave(opening)
        return part

    def _enter(self, opening: _Token) -> None:
        self.open += 1
        if self.open > MOST_BRACKETS:
            wrong = f"more than {MOST_BRACKETS} brackets stand in each other"
            raise Fault(opening.span, wrong, "Give the inner part a line of its own.")

    def _leave(self, opening: _Token) -> None:
        if self.now.text == "," and self.tokens[self.at + 1].kind == "number":
            self._refuse_sign(self.now)
        if self.now.text != ")":
            if self.now.kind == "end":
                raise Fault(opening.span, "this bracket is not closed", "Write ) where it ends.")
            self._refuse_rest()
        self._next()
        self.open -= 1

    # ---- names and words ----

    def _named(self, token: _Token) -> Expression:
        name = token.text
        if self.now.text == "(" and name not in _KEYWORDS.keys() - {"if", "and", "or", "not"}:
            return self._called(token)
        if name.lower() in _KEYWORDS:
            self._refuse_keyword(token)
        if name in WORDS:
            wrong = f"{name} is a word, and nothing stands behind it in brackets"
            raise Fault(token.span, wrong, f"Write: {usage(name)}")
        if self.now.text == ".":
            said = (token.span[0], self.now.span[1])
            raise Fault(said, "a key has no points", f"Write the key alone, for example: {name}")
        if self.now.text == "[":
            wrong = "a formula reads a whole line, no single year or row of it"
            raise Fault(self.now.span, wrong, f"Write {name} alone, or total({name}).")
        return self._made(Reference(name), token.span[0])

    def _called(self, token: _Token) -> Expression:
        name = token.text
        word = WORDS.get(name)
        if name in self.keys:
            wrong = f"{name} is a key and no word, and no sign stands behind it"
            raise Fault(token.span, wrong, f"To multiply write: {name} * (")
        if word is None:
            raise Fault(token.span, f"{name} is not a word of formulas", _word_meant(name))
        opening = self._next()
        self._enter(opening)
        parts: list[Expression] = []
        while self.now.text != ")" or parts:
            if self.now.kind == "text":
                said = self._next()
                parts.append(self._made(Literal(self._text(said)), said.span[0]))
            else:
                parts.append(self._sum(0))
            if self.now.text != ",":
                break
            self._next()
        self._leave_call(opening)
        _count(name, parts, (token.span[0], self._end()))
        if name == "power":
            return self._power(parts, token.span[0])
        return self._made(Call(word, tuple(parts)), token.span[0])

    def _leave_call(self, opening: _Token) -> None:
        if self.now.kind == "name" and self.tokens[self.at - 1].kind == "text":
            self._refuse_rest()
        self._leave(opening)

    def _text(self, token: _Token) -> str:
        said = token.text[1:-1]
        if not said.strip() or len(said) > MOST_TEXT or not said.isprintable():
            wrong = "this text is empty" if not said.strip() else (
                f"a text in a formula has at most {MOST_TEXT} characters, all of which can be seen"
            )  # fmt: skip
            raise Fault(token.span, wrong, "Write some words.")
        return said

    def _power(self, parts: list[Expression], start: int) -> Expression:
        base, exponent = parts
        if isinstance(exponent, Literal) and not isinstance(exponent.value, str):
            bounded_exponent(exponent.value, self.spans[id(exponent)])
        return self._made(Binary("^", base, exponent), start)

    # ---- what cannot be read ----

    def _refuse_keyword(self, token: _Token) -> NoReturn:
        instead = _KEYWORDS[token.text.lower()]
        wrong = f"“{token.text}” is not how a formula says it"
        remedy = f"Write: {instead}" if instead else f"The words are: {', '.join(WORDS)}."
        raise Fault(token.span, wrong, remedy)

    def _refuse_rest(self) -> NoReturn:
        """Say what is wrong with a token that cannot stand behind what was read."""
        token, before = self.now, self.tokens[self.at - 1]
        if token.kind == "name" and token.text.lower() in _KEYWORDS:
            self._refuse_keyword(token)
        if token.text == ")":
            raise Fault(token.span, "this bracket closes nothing", "Delete it, or open it before.")
        if token.kind in ("name", "number", "text") or token.text == "(":
            said = self.text[before.span[0] : token.span[1]]
            wrong = f"no sign stands between the two parts of “{said}”"
            remedy = "Write + - * or / between them."
            if before.kind == "name" and token.text == "(":
                remedy = f"{before.text} is no word; to multiply write {before.text} * ("
            raise Fault((before.span[0], token.span[1]), wrong, remedy)
        self._refuse_sign(token)

    def _refuse_sign(self, token: _Token, *, before: bool = False) -> NoReturn:
        said = token.text
        if said in _COMPARED:
            raise Fault(
                token.span, f"“{said}” is not a sign of formulas", f"Write: {_COMPARED[said]}"
            )
        if said in _TYPED:
            raise Fault(token.span, f"“{said}” is not the plain sign", f"Write: {_TYPED[said]}")
        if said == ",":
            raise Fault(
                token.span, "a comma stands only between the parts of a word",
                "Write decimals with a point, 0.5, and thousands without a mark, 1000.",
            )  # fmt: skip
        if said in ("[", "]", "{", "}"):
            raise Fault(token.span, f"“{said}” is not a bracket of formulas", "Write ( and ).")
        if said == "+" and before:
            raise Fault(token.span, "a plus sign stands before nothing to add to", "Delete it.")
        if token.kind == "end":
            wrong = "the formula ends where a number or a key belongs"
            raise Fault(token.span, wrong, "Write it, or delete the last sign.")
        if said in _SIGNS or said == ")":
            wrong = f"a number or a key belongs before this {said}"
            raise Fault(token.span, wrong, "Write it, or delete the sign.")
        raise Fault(token.span, f"“{said}” means nothing in a formula", ALL_OF_IT)


def bounded_exponent(value: float, span: Span) -> Literal:
    """The exponent as a part of the tree; a `Fault` where it is beyond what a formula may have."""
    if abs(value) > MOST_EXPONENT:
        raise Fault(
            span, f"the exponent {value:g} is beyond {MOST_EXPONENT}",
            f"An exponent is from -{MOST_EXPONENT} to {MOST_EXPONENT}.",
        )  # fmt: skip
    return Literal(value)


def _count(name: str, parts: list[Expression], span: Span) -> None:
    """Refuse a word with too few or too many parts."""
    wanted = WORDS[name].takes.split(", ")
    more = wanted[-1] == "..."
    least = len(wanted) - more
    if len(parts) < least or (len(parts) > least and not more):
        number = f"at least {least}" if more else str(least)
        found = f"{len(parts) or 'none'} stand{'s' * (len(parts) < 2)} here"
        wrong = f"{name}() takes {number} part{'s' * (least != 1)}, and {found}"
        raise Fault(span, wrong, f"Write: {usage(name)}")


def _word_meant(name: str) -> str:
    lower = name.lower()
    if lower in _ELSEWHERE:
        return f"Write: {usage(_ELSEWHERE[lower])}"
    if near := difflib.get_close_matches(lower, WORDS, 1):
        return f"Did you mean {usage(near[0])}?"
    return f"The words are: {', '.join(WORDS)}."


def nearest_key(name: str, keys: Iterable[str]) -> str:
    """The key that a name nearly is; "" where there is none."""
    near = difflib.get_close_matches(name.lower(), list(keys), 1)
    return near[0] if near else ""

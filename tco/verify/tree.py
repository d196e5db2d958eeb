"""A formula taken apart: what it calls, on what, and which cells it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from tco.verify.formulas import MOST_CHARACTERS, column
from tco.verify.reading import Key

MOST_CELLS = 100_000  # of one range


class UnknownError(Exception):
    """A formula that is not understood here."""


@dataclass(frozen=True, slots=True)
class Area:
    """A range of cells; one cell is a range of one."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    single: bool

    @property
    def size(self) -> int:
        """How many cells it holds."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def rows(self) -> list[list[Key]]:
        """Its cells, row by row."""
        return [
            [(self.sheet, row, column) for column in range(self.left, self.right + 1)]
            for row in range(self.top, self.bottom + 1)
        ]

    def cells(self) -> list[Key]:
        """Its cells."""
        return [key for row in self.rows() for key in row]


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator, and what it is applied to."""

    name: str
    arguments: tuple[Node, ...]


Node: TypeAlias = Area | Call | float | str

_STRENGTHS = {
    "=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4,
    "^": 5,
}  # fmt: skip


def tree(formula: str, sheet: str) -> Node:
    """A formula of a sheet, taken apart. Raises `UnknownError`."""
    if len(formula) > MOST_CHARACTERS:
        raise UnknownError
    try:
        tokens = [one for one in Tokenizer("=" + formula).items if one.type != Token.WSPACE]
        return _Parser(tokens, sheet).whole()
    except (TokenizerError, IndexError, ValueError, RecursionError):
        raise UnknownError from None


class _Parser:
    def __init__(self, tokens: Sequence[Token], sheet: str) -> None:
        self.tokens, self.sheet, self.at = tokens, sheet, 0

    def whole(self) -> Node:
        node = self.expression()
        if self.at != len(self.tokens):
            raise UnknownError
        return node

    def next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def expression(self, least: int = 1) -> Node:
        """Everything that binds as strongly as asked, or stronger."""
        left = self.signed()
        while (token := self.next()) and token.type == Token.OP_IN:
            strength = _STRENGTHS.get(token.value)
            if strength is None:
                raise UnknownError  # a union or an intersection
            if strength < least:
                break
            self.take()
            left = Call(token.value, (left, self.expression(strength + 1)))
        return left

    def signed(self) -> Node:
        token = self.take()
        if token.type == Token.OP_PRE:  # it binds stronger than ^: -2^2 is 4
            inner = self.signed()
            return inner if token.value == "+" else Call("negative", (inner,))
        node = self.operand(token)
        while (after := self.next()) and after.type == Token.OP_POST:
            self.take()
            node = Call("/", (node, 100.0))
        return node

    def operand(self, token: Token) -> Node:
        if token.type == Token.PAREN and token.subtype == Token.OPEN:
            node = self.expression()
            self.take()
            return node
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            return Call(token.value[:-1].upper().removeprefix("_XLFN."), self.arguments())
        if token.type != Token.OPERAND:
            raise UnknownError
        if token.subtype == Token.NUMBER:
            return float(token.value)
        if token.subtype == Token.TEXT:
            return str(token.value[1:-1].replace('""', '"'))
        if token.subtype == Token.LOGICAL:
            return float(token.value.upper() == "TRUE")
        if token.subtype == Token.RANGE:
            return self.area(token.value)
        return str(token.value)  # an error

    def arguments(self) -> tuple[Node, ...]:
        found: list[Node] = []
        while (token := self.next()) is not None:
            if token.type == Token.FUNC and token.subtype == Token.CLOSE:
                self.take()
                return tuple(found)
            if token.type == Token.SEP:
                raise UnknownError  # an argument left out
            found.append(self.expression())
            if (token := self.next()) and token.type == Token.SEP:
                self.take()
                if (after := self.next()) and after.subtype == Token.CLOSE:
                    raise UnknownError
        raise UnknownError

    def area(self, text: str) -> Area:
        sheet, mark, places = text.rpartition("!")
        if mark:
            sheet = sheet[1:-1].replace("''", "'") if sheet[:1] == "'" else sheet
        first, colon, last = places.replace("$", "").upper().partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        found = Area(sheet if mark else self.sheet, min(top, bottom), min(left, right),
                     max(top, bottom), max(left, right), not colon)  # fmt: skip
        if found.size > MOST_CELLS:
            raise UnknownError
        return found


def _place(text: str) -> tuple[int, int]:
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not digits or not (letters.isascii() and letters.isalpha()) or len(letters) > 3:
        raise UnknownError  # a name, a whole column or row
    return int(digits), column(letters)


def areas(node: Node) -> list[Area]:
    """Every range that a formula reads."""
    return [one for one in _nodes(node) if isinstance(one, Area)]


def work(node: Node) -> int:
    """At most how many values come up when a formula is computed: each step over each range."""
    nodes = _nodes(node)
    return len(nodes) * max((one.size for one in nodes if isinstance(one, Area)), default=1)


def _nodes(node: Node) -> list[Node]:
    found: list[Node] = [node]
    for one in found:  # it grows under way
        if isinstance(one, Call):
            found += one.arguments
    return found

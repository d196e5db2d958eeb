"""Formulas taken apart: what they read and call, and what stays the same when they are copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tco.verify.formulas import COLUMNS, ROWS, column
from tco.workbook.cells import letters

_SHEET = r"(?:'(?:[^']|'')+'|(?:\[[^\]]*\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?|\[[^\]]*\])!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_TOKEN = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |(?P<dde>[^\W\d]\w*\|'?[^!'"()]*'?![^\s,)]*)
    |(?P<sheet>{_SHEET})?(?:
        (?P<cells>{_CELL}(?::{_CELL})?
          |\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}
          |\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}})(?![\w(.!\[])
        |(?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|[A-Z_]+!?))
        |(?P<call>[^\W\d][\w.]*)\(
        |(?P<name>[^\W\d\\]?[\w.\\?]*(?:(?<=\w)\[(?:[^\[\]]|\[[^\]]*\])*\])|(?:[^\W\d]|\\)[\w.\\?]*)
    )
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<sign><=|>=|<>|[-+*/^&=<>%@\#:,;(){{}}!|])
    |(?P<other>\S)""",
    re.VERBOSE,
)
_ENDS = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]{0,7})")
_PREFIXES = ("_XLFN._XLWS.", "_XLFN.", "_XLWS.", "_XLUDF.")
OPEN = ("(", "{", "call")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of cells on a sheet; rows and columns count from 1, ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return self.top == self.bottom and self.left == self.right

    @property
    def whole(self) -> bool:
        """Whether it runs over all rows or all columns of the sheet."""
        return (self.bottom - self.top) >= ROWS - 1 or (self.right - self.left) >= COLUMNS - 1

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell of its sheet is in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def __str__(self) -> str:
        """Without its sheet: A1 or A1:B2."""
        first = f"{letters(self.left)}{self.top}"
        return first if self.single else f"{first}:{letters(self.right)}{self.bottom}"


@dataclass(frozen=True, slots=True)
class End:
    """A corner of a reference: a place, or how far it is from the formula's own cell."""

    row: int
    row_fixed: bool
    column: int
    column_fixed: bool

    def at(self, row: int, column: int) -> tuple[int, int]:
        """The row and column it means, seen from a cell; it goes round the edge of the sheet."""
        down = self.row if self.row_fixed else (row + self.row - 1) % ROWS + 1
        right = self.column if self.column_fixed else (column + self.column - 1) % COLUMNS + 1
        return down, right

    def __str__(self) -> str:
        row = f"R{self.row}" if self.row_fixed else f"R[{self.row}]"
        right = f"C{self.column}" if self.column_fixed else f"C[{self.column}]"
        return row + right


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells that a formula names; `sheet` is None for its own, `outside` what is in brackets."""

    sheet: str | None
    outside: str
    first: End
    last: End
    single: bool

    def box(self, sheet: str, row: int, column: int) -> Box:
        """The cells meant, seen from a cell."""
        top, left = self.first.at(row, column)
        bottom, right = (top, left) if self.single else self.last.at(row, column)
        return Box(
            sheet if self.sheet is None else self.sheet,
            min(top, bottom), min(left, right), max(top, bottom), max(left, right),
        )  # fmt: skip


@dataclass(slots=True)
class Token:
    """A piece of a formula.

    Attributes:
        kind: text, cells, error, call, name, number, sign, dde or other.
        inside: the number of the call or bracket it stands in, -1 for none.
        argument: which of that call's arguments it belongs to, from 0.
    """

    kind: str
    text: str
    inside: int
    argument: int
    reference: Reference | None = None
    number: float = 0.0


@dataclass(slots=True)
class Called:
    """A function's call, or a bracket (its name is then "(" or "{")."""

    name: str
    written: str
    inside: int
    argument: int
    token: int
    end: int = -1  # the number of the token that closes it
    arguments: list[list[int]] = field(default_factory=lambda: [[]])


@dataclass(slots=True)
class Shape:
    """A formula as it stays when it is copied: references as distances from its own cell."""

    key: str
    tokens: list[Token]
    calls: list[Called]
    length: int
    depth: int

    @property
    def functions(self) -> set[str]:
        """The functions it calls, in capitals, without the prefixes of newer ones."""
        return {one.name for one in self.calls if one.name not in "({"}

    def called(self, *names: str) -> Iterator[Called]:
        """The calls of some functions."""
        return (one for one in self.calls if one.name in names)

    @property
    def references(self) -> Iterator[Token]:
        """The tokens that name cells."""
        return (one for one in self.tokens if one.reference is not None)

    def alone(self, call: Called, argument: int) -> Token | None:
        """The one token of an argument; None where there are more or none."""
        if argument >= len(call.arguments) or len(call.arguments[argument]) != 1:
            return None
        return self.tokens[call.arguments[argument][0]]

    def around(self, at: int) -> tuple[str, str]:
        """The signs or texts before and after a token, "" at the ends."""
        before = self.tokens[at - 1].text if at else ""
        after = self.tokens[at + 1].text if at + 1 < len(self.tokens) else ""
        return before, after

    @property
    def skeleton(self) -> str:
        """What is left when it is not said which cells are read and which numbers stand in it."""
        return " ".join(
            "#" if one.kind in ("cells", "number") else one.text.upper() for one in self.tokens
        )

    def text_at(self, row: int, column: int) -> str:
        """The formula as it is written in a cell."""
        return "=" + "".join(_written(one, row, column) for one in self.tokens)


def _written(token: Token, row: int, column: int) -> str:
    found = token.reference
    if found is None:
        return f"{token.text}(" if token.kind == "call" else token.text
    prefix = token.text.rpartition("!")[0] + "!" if "!" in token.text else ""
    ends = [_corner(one, row, column) for one in (found.first, found.last)]
    if found.box("", row, column).whole:  # A:A, not A1:A1048576
        kept = 0 if found.last.row == ROWS else 1
        return prefix + ":".join(end[kept] for end in ends)
    return prefix + ":".join("".join(end) for end in ends[: 1 if found.single else 2])


def _corner(end: End, row: int, column: int) -> tuple[str, str]:
    """The column and the row of a corner, as they are written."""
    down, right = end.at(row, column)
    return f"{'$' * end.column_fixed}{letters(right)}", f"{'$' * end.row_fixed}{down}"


class Shapes:
    """Reads formulas and keeps one shape for all copies of a formula."""

    def __init__(self) -> None:
        self._kept: dict[str, Shape] = {}

    def of(self, formula: str, row: int, column: int) -> Shape:
        """The shape of a formula (without =) that stands in a cell."""
        key = _PLACES.sub(lambda found: _distance(found, row, column), formula).upper()
        if (kept := self._kept.get(key)) is None:
            tokens, calls, depth = _taken_apart(formula, row, column)
            kept = self._kept[key] = Shape(key, tokens, calls, len(formula), depth)
        return kept


def _distance(found: re.Match[str], row: int, column_: int) -> str:
    """A place as it stays when the formula is copied; texts and names of sheets as they are."""
    fixed_column, name, fixed_row, number = found.group(1, 2, 3, 4)
    if number:
        down = f"R{number}" if fixed_row else f"R[{int(number) - row}]"
        right = f"C{name}" if fixed_column else f"C[{column(name.upper()) - column_}]"
        return down + right
    if found[5]:
        return ":".join(
            one if one.startswith("$")
            else f"C[{column(one.upper()) - column_}]" if one.isalpha()
            else f"R[{int(one) - row}]"
            for one in found[5].split(":")
        )  # fmt: skip
    return found[0]


_PLACES = re.compile(
    r"""(?<![\w.$\]])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w(.!\[])
    |(?<![\w.$\]])(\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})(?![\w(.!\[])
    |"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\]""",
    re.VERBOSE,
)


def _taken_apart(formula: str, row: int, column: int) -> tuple[list[Token], list[Called], int]:
    tokens: list[Token] = []
    calls: list[Called] = []
    open_ones: list[int] = []
    deepest = 0
    for found in _TOKEN.finditer(formula):
        kind = found.lastgroup or "other"
        text = found[0]
        if kind == "sheet":  # a sheet with nothing after it
            kind = "other"
        inside = open_ones[-1] if open_ones else -1
        argument = len(calls[inside].arguments) - 1 if open_ones else 0
        token = Token(kind, text, inside, argument)
        if kind == "cells":
            token.reference = _reference(found["sheet"], found["cells"], row, column)
            if token.reference is None:
                token.kind = "name"
        elif kind == "number":
            token.number = float(text)
        elif kind == "call":
            token.text = text[:-1]
        at = len(tokens)
        tokens.append(token)
        if kind == "sign" and text in ")}":
            if open_ones:
                calls[open_ones.pop()].end = at
            continue
        if kind == "sign" and text in ",;" and open_ones:
            calls[inside].arguments.append([])
            continue
        for outer in open_ones:
            calls[outer].arguments[-1].append(at)
        if kind == "call" or (kind == "sign" and text in "({"):
            name = _plain_name(token.text) if kind == "call" else text
            calls.append(Called(name, token.text, inside, argument, at))
            open_ones.append(len(calls) - 1)
            deepest = max(deepest, sum(calls[one].name not in "({" for one in open_ones))
    return tokens, calls, deepest


def _plain_name(written: str) -> str:
    name = written.upper()
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name


def _reference(sheet: str | None, cells: str, row: int, column_: int) -> Reference | None:
    first, _, last = cells.partition(":")
    start, end = _end(first, row, column_, 1), _end(last or first, row, column_, 0)
    if start is None or end is None:
        return None
    name, outside = _sheet_name(sheet)
    return Reference(name, outside, start, end, not last)


def _sheet_name(written: str | None) -> tuple[str | None, str]:
    """The sheet that is named, and the other workbook in brackets before it."""
    if written is None:
        return None, ""
    name = written[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    if "[" in name:
        outside, _, name = name.rpartition("]")
        return name, f"{outside}]"
    return name, ""


def _end(text: str, row: int, column_: int, whole: int) -> End | None:
    """A corner; of a whole column or row the first corner (`whole` 1) or the last one."""
    found = _ENDS.fullmatch(text)
    if found is None:
        return None
    fixed_column, name, fixed_row, number = found.groups()
    if not name:  # a whole row: $1, where the sign was read as a column's
        fixed_row, fixed_column = fixed_row or fixed_column, "$"
    right = column(name.upper()) if name else (1 if whole else COLUMNS)
    down = int(number) if number else (1 if whole else ROWS)
    if not (0 < right <= COLUMNS and 0 < down <= ROWS):
        return None
    is_row_fixed, is_column_fixed = bool(fixed_row) or not number, bool(fixed_column) or not name
    return End(
        down if is_row_fixed else down - row, is_row_fixed,
        right if is_column_fixed else right - column_, is_column_fixed,
    )  # fmt: skip

"""YAML as people write it: tabs where YAML allows them, and the comments with their places."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import Node
from ruamel.yaml.scanner import Scanner, ScannerError

MOST_LEVELS = 20
MOST_VALUES = 20_000  # and as many keys
TOO_DEEP = "this is nested too deep"
TOO_MANY = "there are too many texts"
TAB_INDENTS = "a tab indents"
NO_CHARACTER = "no character has this code"
_BREAKS = "\r\n\x85\u2028\u2029"
_END = f"\0{_BREAKS}"


@dataclass(frozen=True)
class Span:
    """Where a text of the file begins and ends; from 0; `at` and `end` are indices."""

    at: int
    line: int
    column: int
    last_line: int
    end: int


@dataclass
class Seen:
    """What the scanner noted on its way, for what is said of a file that is not YAML."""

    comments: dict[int, int] = field(default_factory=dict)  # the column of that of each line
    plain: list[Span] = field(default_factory=list)  # the last texts where a key may stand
    quoted: list[Span] = field(default_factory=list)  # the last texts in quotation marks
    texts: int = 0


class TabScanner(Scanner):
    """The scanner of ruamel.yaml, which takes every tab that YAML 1.2 takes.

    A tab may separate: behind a colon, a dash or a value, before a comment, on an empty line. It
    may not indent: not stand before a key or a dash, nor in place of the spaces of a block.
    """

    def __init__(self, seen: Seen, loader: Any) -> None:
        self.seen = seen
        super().__init__(loader)

    # ---- white space ----

    def scan_to_next_token(self) -> None:
        """Skip white space, comments and line breaks."""
        while True:
            self._skip_white()
            if self.reader.peek() == "#":
                self._skip_comment()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def _skip_white(self) -> None:
        """Skip spaces and tabs; behind a tab no block begins, and none may indent."""
        reader = self.reader
        starts = reader.column == 0
        while (char := reader.peek()) in " \t":
            if char == "\t" and not self.flow_level:
                if starts and reader.column <= self.indent and not self._blank():
                    raise ScannerError(None, None, TAB_INDENTS, reader.get_mark())
                self.allow_simple_key = False
            reader.forward()

    def _blank(self) -> bool:
        """Whether the rest of the line is white space or a comment."""
        ahead = 0
        while (char := self.reader.peek(ahead)) in " \t":
            ahead += 1
        return char == "#" or char in _END

    def _skip_comment(self) -> None:
        reader = self.reader
        self.seen.comments[reader.line] = reader.column
        while reader.peek() not in _END:
            reader.forward()

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str] | None:
        """The white space behind a word of a plain text, folded where the line ends."""
        reader = self.reader
        length = 0
        while reader.peek(length) in " \t":
            length += 1
        white = reader.prefix(length)
        reader.forward(length)
        if reader.peek() not in _BREAKS:
            return [white] if white else []
        line_break = self.scan_line_break()
        breaks: list[str] = []
        while True:
            self.allow_simple_key = True
            if self.check_document_start() or self.check_document_end():
                return None
            self._skip_white()
            if reader.peek() not in _BREAKS:
                break
            breaks.append(self.scan_line_break())
        if line_break != "\n":
            return [line_break, *breaks]
        return breaks or [" "]

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """What stands behind | or >: how the end is kept, and how far the text is indented."""
        reader, chomping, increment = self.reader, None, None
        for _ in range(2):
            char = reader.peek()
            if chomping is None and char in "+-":
                chomping = char == "+"
            elif increment is None and char in "123456789":
                increment = int(char)
            else:
                break
            reader.forward()
        return chomping, increment

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        """The rest of the line of | or >."""
        while self.reader.peek() in " \t":
            self.reader.forward()
        if self.reader.peek() == "#":
            self._skip_comment()
        if self.reader.peek() not in _END:
            raise ScannerError("while scanning a block scalar", start_mark, "text behind it",
                               self.reader.get_mark())  # fmt: skip
        self.scan_line_break()

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Any]:
        """Empty lines of a text below | or >; one that holds a tab looks like any other."""
        reader, end = self.reader, self.reader.get_mark()
        breaks: list[str] = []
        while True:
            while reader.column < indent and reader.peek() == " ":
                reader.forward()
            ahead = 0
            while reader.column < indent and reader.peek(ahead) in " \t":
                ahead += 1
            if reader.peek(ahead) not in _BREAKS:
                return breaks, end
            reader.forward(ahead)
            breaks.append(self.scan_line_break())
            end = reader.get_mark()

    # ---- what mistakes are explained with ----

    def scan_plain(self) -> Any:
        """A text without quotation marks."""
        may_be_key = not self.flow_level and self.flow_level in self.possible_simple_keys
        self._count()
        token = super().scan_plain()
        if may_be_key:
            self.seen.plain = [*self.seen.plain[-2:], _span(token)]
        return token

    def scan_flow_scalar(self, style: Any) -> Any:
        """A text in quotation marks."""
        self._count()
        start = self.reader.get_mark()
        try:
            token = super().scan_flow_scalar(style)
        except (ValueError, OverflowError):  # of chr()
            raise ScannerError("while scanning a double-quoted scalar", start, NO_CHARACTER,
                               self.reader.get_mark()) from None  # fmt: skip
        self.seen.quoted = [*self.seen.quoted[-1:], _span(token)]
        return token

    # ---- bounds: what no scenario has takes minutes, and then the stack ----

    def _count(self) -> None:
        self.seen.texts += 1
        if self.seen.texts > 2 * MOST_VALUES:
            raise ScannerError(None, None, TOO_MANY, self.reader.get_mark())

    def fetch_flow_collection_start(self, TokenClass: Any, to_push: str) -> None:
        """An opening bracket."""
        self._bound(self.flow_level)
        super().fetch_flow_collection_start(TokenClass, to_push)

    def add_indent(self, column: int) -> bool:
        """A block that begins at a column."""
        self._bound(len(self.indents))
        return bool(super().add_indent(column))

    def _bound(self, levels: int) -> None:
        if levels > MOST_LEVELS:
            raise ScannerError(None, None, TOO_DEEP, self.reader.get_mark())


def _span(token: Any) -> Span:
    start, end = token.start_mark, token.end_mark
    return Span(start.index, start.line, start.column, end.line, end.index)


def compose(text: str) -> tuple[Node | None, Seen, Exception | None]:
    """The nodes of a YAML text, or why there are none; and what the scanner noted."""
    seen = Seen()
    reader = YAML(typ="safe", pure=True)
    reader.Scanner = functools.partial(TabScanner, seen)
    try:
        return reader.compose(text), seen, None
    except Exception as error:  # a parser meets anything, and fails on some of it in its own way
        return None, seen, error

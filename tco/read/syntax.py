"""A YAML text on its way to nodes: what is wrong with it, and how to read on behind a slip."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any, TypeGuard

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from tco.errors import MOST_TOLD, Mistake, Mistakes, Place, mistake, sorted_by_place
from tco.read.scanning import (
    MOST_VALUES,
    NO_CHARACTER,
    TAB_INDENTS,
    TOO_DEEP,
    TOO_MANY,
    Seen,
    compose,
)
from tco.read.textfile import BREAKS

MOST_REREAD = 2_000_000  # characters, until no more slips of a file are put right
_SPECIAL = "\xa0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_LINE_STARTS = re.compile(f"(?:{BREAKS.pattern})[ \t]*")
_TAB = re.compile(r"(?:[ ]|[-?:](?=[ \t]))*\t")  # before a key or a dash
DEEP_WORDS = (
    "this is nested deeper than any scenario",
    "A scenario has blocks, their keys, and a block of value and source.",
)
MANY_WORDS = (
    f"this file has more than {MOST_VALUES:,} values; a scenario has a few hundred",
    "Name the scenario file; data does not belong in it.",
)
COMMA_WORDS = (
    "a comma stands behind the value",
    "Delete it, or put a text that ends with a comma in quotation marks.",
)
_TAB_WORDS = ("a tab is used for indentation", "Use spaces: two for each level.")
_BRACKET = re.compile(r"[\]}]")
_TYPOGRAPHIC = re.compile("[“”„‟«»‘’]")
# A key, what stands in place of a colon and a plain space, and the value.
_KEY = r"(?P<key>[^\W\d][\w-]*(?: [\w-]+){0,3}?)"
_SLIP = re.compile(
    rf"{_KEY}(?P<sign>[ {_SPECIAL}]*(?:(?P<plain>:)(?![ \t]|//)|(?P<wide>[：﹕︓])|(?P<equals>=)))"
    rf"(?P<white>[ \t{_SPECIAL}]*)(?=\S)"
)
_NO_COLON = re.compile(rf"{_KEY}(?P<white>[ \t]+)(?=\S)")
_HINTS = {
    "plain": ("there is no space after the colon", "Write a space after the colon: "),
    "special": ("a special space stands after the colon", "Type a plain space after it: "),
    "wide": ("this is not the plain colon", "Type a plain colon and a space: "),
    "equals": ("an equals sign stands where the colon belongs", "Write a colon and a space: "),
    "none": ("a key without its colon", "Write a colon and a space: "),
}
_NEW = "Start with a working file: tco new NAME"

# What the parser says, what that means, what to type; True: where the parser began, not where it
# gave up, which may be many lines below.
_SYNTAX = (
    (TAB_INDENTS, *_TAB_WORDS, False),
    ("\\t", "a tab stands here", "Type a space.", False),
    (TOO_DEEP, *DEEP_WORDS, False),
    (TOO_MANY, *MANY_WORDS, False),
    ("mapping values are not allowed", "a second colon, or an indentation that does not fit",
     "Put each key on a line of its own, and a text with a colon in quotation marks.", False),
    ("could not find expected ':'", "a key without its colon",
     "Write key: value, with a space after the colon.", True),
    ("undefined alias", "a * refers to an anchor that does not exist", "Write the value itself.",
     False),
    (NO_CHARACTER, "there is no character of this code",
     "Type the character itself, or a code up to 0010FFFF.", False),
    ("unknown escape character", "a backslash in double quotation marks begins a code",
     "Use single quotation marks instead, or type \\\\ for one backslash.", False),
    ("expected escape sequence", "a backslash in double quotation marks begins a code",
     "Use single quotation marks instead, or type \\\\ for one backslash.", False),
    ("while scanning a quoted scalar", "a quotation mark is not closed", "Close it on its line.",
     True),
    ("got ':'", "a colon inside a text", "Put a text with a colon in quotation marks.", False),
    ("while parsing a flow", "a bracket that is not closed, or a comma that is missing",
     "Close every { with } and every [ with ], and put commas between the items.", True),
    ("that cannot start any token", "a value cannot start with this character",
     "Put a text in quotation marks; a % goes behind its number: 40 %.", False),
    ("expected a single document", "a second document starts here; one file is one scenario",
     "Delete this line and what follows, or save it as a file of its own.", False),
    ("found ','", *COMMA_WORDS, False),
    ("found ']'", "a bracket closes here that was not opened", "Delete it, or open it.", False),
    ("found '}'", "a bracket closes here that was not opened", "Delete it, or open it.", False),
    ("sequence entries are not allowed", "a dash cannot stand here",
     "Begin each item of a list on a line of its own.", False),
    ("expected <block end>", "this does not fit to the lines above it",
     "Indent the keys of one block alike, and put a text in quotation marks as a whole.", False),
    ("expected the node content", "a value is missing here, or begins with a special character",
     "Write the value; put a text in quotation marks.", False),
    ("expected '<document start>'", "this does not fit to the lines above it",
     "Indent the keys of one block alike, and put a text in quotation marks as a whole.", False),
    ("anchor", "a name stands behind & or * in a text", "Put the text in quotation marks.", False),
    ("alias", "a name stands behind & or * in a text", "Put the text in quotation marks.", False),
    ("tag", "an exclamation mark begins a tag", "Put the text in quotation marks.", False),
    ("directive", "a % at the start of a line begins a directive", "Delete this line.", False),
    ("mapping keys are not allowed", "a ? with a space behind it begins a key",
     "Put a text that begins with ? in quotation marks.", False),
    ("document end marker", "text stands behind the three dots that end a file",
     "Delete the dots.", False),
    ("block scalar", "text stands on the line of a | or >",
     "Begin the text on the next line, indented.", False),
)  # fmt: skip


class Source:
    """A YAML text with its lines; a slip that is put right to read on is a mistake all the same.

    `is_key(word, near)` tells whether a word is one of the product's keys, or `near` to one.
    """

    def __init__(self, name: str, text: str, is_key: Callable[[str, bool], bool]) -> None:
        self.name = name
        self.lines = BREAKS.split(text)
        self.mistakes: list[Mistake] = []
        self._text = text
        self._is_key = is_key
        # By line: from which column on characters were put in, and how many.
        self._shifts: dict[int, list[tuple[int, int]]] = {}

    def nodes(self) -> tuple[Node, Seen]:
        """The nodes of the text, and what the scanner noted.

        Raises `Mistakes` where it is no YAML.
        """
        reread = 0
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # an anchor may be used again: the later one counts
                node, seen, error = compose(self._text)
            slips = self._at_error(seen, error) if error else self._in_texts(node)
            reread += len(self._text)
            if reread < MOST_REREAD and self._put_comma_right(error):
                continue
            for slip in reversed(slips[:MOST_TOLD]):
                self._put_right(slip)
            if not slips or len(self.mistakes) >= MOST_TOLD or reread > MOST_REREAD:
                break
        if slips:
            raise Mistakes(sorted_by_place(self.mistakes))
        if error is not None:
            raise Mistakes([*sorted_by_place(self.mistakes), self._said(error, seen)])
        if node is None:
            raise mistake(self.name, "the file is empty", "Start with a working one: tco new NAME")
        return node, seen

    # ---- places ----

    def place(self, start: Any, end: Any = None) -> Place:
        """Where something stands, as the user wrote it; marks count from 0."""
        excerpt = self.line(start.line)
        column = self._column(start.line, start.column)
        if end is None:
            return Place(self.name, start.line + 1, column + 1, excerpt)
        last = self._column(end.line, end.column) if end.line == start.line else len(excerpt)
        return Place(self.name, start.line + 1, column + 1, excerpt, max(1, last - column))

    def line(self, number: int) -> str:
        """A line as the user wrote it, counted from 0."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def _column(self, line: int, column: int) -> int:
        """A column as the user wrote it, from one of the text with what was put in."""
        return column - sum(by for start, by in self._shifts.get(line, ()) if column >= start)

    def _char(self, mark: Any) -> str:
        return self._text[mark.index : mark.index + 1]

    # ---- slips that can be put right ----

    def _at_error(self, seen: Seen, error: Exception) -> list[re.Match[str]]:
        """The key without a colon and a space that the parser failed at."""
        if not isinstance(error, MarkedYAMLError):
            return []
        ended, began = error.problem_mark, error.context_mark
        for span in seen.plain:
            needed = began is not None and began.index == span.at and "':'" in str(error.problem)
            slip = _SLIP.match(self._text, span.at)
            if slip and (needed or self._is_key(slip["key"], True)):
                return [slip]
            swallowed = ended is not None and span.line < ended.line <= span.last_line
            slip = _NO_COLON.match(self._text, span.at)
            if slip and (needed or swallowed) and self._is_key(slip["key"], False):
                return [slip]
        return []

    def _in_texts(self, root: Node | None) -> list[re.Match[str]]:
        """Keys without a space after the colon in what YAML therefore takes for texts."""
        slips = []
        for node, alone in _texts(root):
            start, end = node.start_mark.index, node.end_mark.index
            starts = [start, *(one.end() for one in _LINE_STARTS.finditer(self._text, start, end))]
            for at in starts:
                slip = _SLIP.match(self._text, at, end)
                if slip and (alone or self._is_key(slip["key"], False)):
                    slips.append(slip)
                elif at == start:  # an ordinary text
                    break
        return sorted(slips, key=re.Match.start)

    def _put_right(self, slip: re.Match[str]) -> None:
        """Say what is wrong with a key's colon, and go on as if it were right."""
        start, end = slip.end("key"), slip.end()
        before = BREAKS.split(self._text[:start])
        line, column = len(before) - 1, len(before[-1])
        signs = slip.groupdict()
        kind = next((one for one in ("wide", "equals", "plain") if signs.get(one)), "none")
        sign = slip.start(kind) - start if kind != "none" else 0
        wrong, remedy = _HINTS["special" if kind == "plain" and slip["white"] else kind]
        place = Place(self.name, line + 1, self._column(line, column) + sign + 1, self.line(line))
        value = BREAKS.split(self._text[end : end + 1000])[0]
        if "{" in before[-1]:  # the value ends where the next key begins, or the brackets end
            value = re.split("[,}]", value)[0]
        right = f"{slip['key']}: {value}".rstrip()
        remedy += right if len(right) <= 80 else f"{right[:80]}…"
        self.mistakes.append(Mistake(place, wrong, remedy))
        by = 2 - (end - start)
        self._text = f"{self._text[:start]}: {self._text[end:]}"
        earlier = self._shifts.get(line, ())
        moved = [(one + by if one > column else one, count) for one, count in earlier]
        self._shifts[line] = [*moved, (column + 2, by)]

    def _put_comma_right(self, error: Exception | None) -> bool:
        """Say that a comma stands behind a value, as in JSON, and go on as if it did not."""
        if not isinstance(error, MarkedYAMLError) or len(self.mistakes) >= MOST_TOLD:
            return False
        mark = error.problem_mark
        if mark is None or "block mapping" not in str(error.context) or self._char(mark) != ",":
            return False
        self.mistakes.append(Mistake(self.place(mark), *COMMA_WORDS))
        self._text = f"{self._text[: mark.index]} {self._text[mark.index + 1 :]}"
        return True

    # ---- what is said of a text that is no YAML ----

    def _said(self, error: Exception, seen: Seen) -> Mistake:
        if isinstance(error, ReaderError):
            return self._control(error)
        if not isinstance(error, MarkedYAMLError):
            said = str(error).splitlines()[0] if str(error) else type(error).__name__
            return Mistake(Place(self.name), f"this is not YAML: {said}", _NEW)
        ended, began = (error.problem_mark or error.context_mark), error.context_mark
        if ended is None:
            return Mistake(Place(self.name), f"this is not YAML: {error.problem}", _NEW)
        said = f"{error.context or ''} {error.problem or ''}".strip()
        return (
            self._tab(ended)
            or self._quotation(ended, seen, said)
            or self._comment(began, ended, seen, said)
            or self._by_words(began, ended, said)
        )

    def _by_words(self, began: Any, ended: Any, said: str) -> Mistake:
        """What the parser's own words mean."""
        if began and began.line != ended.line:
            said = said.replace("got ':'", "")  # a bracket left open swallows the keys below it
        for sign, wrong, remedy, at_start in _SYNTAX:
            if sign in said:
                return Mistake(self.place((began if at_start else None) or ended), wrong, remedy)
        return Mistake(self.place(ended), f"this is not YAML: {said}",
                       "Compare with a working file: tco new NAME")  # fmt: skip

    def _tab(self, ended: Any) -> Mistake | None:
        """A tab before a key or a dash, where the parser failed at what follows."""
        found = _TAB.match(self.line(ended.line)[: self._column(ended.line, ended.column) + 1])
        if not found:
            return None
        place = Place(self.name, ended.line + 1, found.end(), self.line(ended.line))
        return Mistake(place, *_TAB_WORDS)

    def _quotation(self, ended: Any, seen: Seen, said: str) -> Mistake | None:
        """A quotation mark that swallowed lines, text behind one, or one of a word processor."""
        line = self.line(ended.line)
        span = next((one for one in reversed(seen.quoted) if one.end <= ended.index), None)
        if "expected ','" in said and "got '<scalar>'" in said and self._char(ended) in "'\"":
            return Mistake(self.place(ended), "a comma is missing before this",
                           "Put a comma behind what stands before it.")  # fmt: skip
        if span and span.last_line == ended.line and not said.startswith("while scanning"):
            if span.line < span.last_line:
                place = Place(self.name, span.line + 1, self._column(span.line, span.column) + 1,
                              self.line(span.line))  # fmt: skip
                return Mistake(place, "a quotation mark is not closed", "Close it on its line.")
            if "found '<scalar>'" in said or "got '<scalar>'" in said:
                return Mistake(
                    self.place(ended), "text stands behind a closed quotation mark",
                    "Put the whole value in one pair; inside, type \\\" for a \" and '' for a '.",
                )  # fmt: skip
        found = _TYPOGRAPHIC.search(line)
        if found and "mapping values" in said:
            place = Place(self.name, ended.line + 1, found.start() + 1, line)
            return Mistake(place, "this is not a plain quotation mark, so it quotes nothing",
                           'Type " before and behind the text.')  # fmt: skip
        return None

    def _comment(self, began: Any, ended: Any, seen: Seen, said: str) -> Mistake | None:
        """A # within brackets, whose comment holds the bracket that would close them."""
        if not began or "while parsing a flow" not in said:
            return None
        for number in range(began.line, ended.line + 1):
            column = self._column(number, seen.comments.get(number, -1))
            line = self.line(number)
            if column >= 0 and _BRACKET.search(line, column):
                return Mistake(
                    Place(self.name, number + 1, column + 1, line, len(line) - column),
                    "# begins a comment, and the closing bracket is in it",
                    "Put a text with a # in quotation marks.",
                )  # fmt: skip
        return None

    def _control(self, error: Any) -> Mistake:
        """A character that YAML does not allow, where it stands."""
        before = BREAKS.split(self._text[: error.position])
        line, column = len(before) - 1, len(before[-1])
        place = Place(self.name, line + 1, self._column(line, column) + 1, self.line(line))
        wrong = f"a control character (code {ord(self._text[error.position])}) stands here"
        return Mistake(place, wrong, "Delete it.")


def _texts(root: Node | None) -> Iterator[tuple[ScalarNode, bool]]:
    """Texts without quotation marks that stand where keys or rows may stand.

    True with those that can be nothing but a key: in brackets, and without a value.
    """
    if _is_plain(root):
        yield root, False
    met: set[int] = set()
    ahead = [root]
    while ahead:
        node = ahead.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        if isinstance(node, SequenceNode):
            yield from ((one, False) for one in node.value if _is_plain(one))
            ahead += node.value
        elif isinstance(node, MappingNode):
            for key, value in node.value:
                if _is_plain(key) and node.flow_style and _is_plain(value) and not value.value:
                    yield key, True
                elif _is_plain(value) and value.start_mark.line > key.end_mark.line:
                    yield value, False
                ahead.append(value)


def _is_plain(node: Node | None) -> TypeGuard[ScalarNode]:
    return isinstance(node, ScalarNode) and node.style is None

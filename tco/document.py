"""A YAML file as plain text values, with the place of each: no numbers are guessed from YAML."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from tco.errors import Mistake, Mistakes, Place

MOST_BYTES = 1_000_000
MOST_NODES = 50_000
MOST_LEVELS = 20
_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where YAML ends a line
Path_ = tuple[Any, ...]


@dataclass
class Document:
    """What a file says: `tree` of blocks, lists and texts, the places, and the mistakes."""

    name: str
    tree: Any = None
    mistakes: list[Mistake] = field(default_factory=list)
    values: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)

    def has(self, path: Path_) -> bool:
        """Whether the file has something at that path."""
        return path in self.values

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """Where a path stands, or the nearest block above it."""
        while path:
            for places in (self.keys, self.values) if key else (self.values, self.keys):
                if path in places:
                    return places[path]
            path = path[:-1]
        return replace(self.values.get((), Place(self.name)), width=1)

    def remember(self, path: Path_, place: Place) -> None:
        """Say where a value that is not from the file comes from."""
        for places in (self.values, self.keys):
            for old in [one for one in places if one[: len(path)] == path]:
                del places[old]
            places[path] = place

    def rename(self, old: Path_, new: Path_) -> None:
        """A key under another spelling keeps its places."""
        for places in (self.values, self.keys):
            for path in [one for one in places if one[: len(old)] == old]:
                places[(*new, *path[len(old) :])] = places.pop(path)


def read_document(path: Path) -> Document:
    """Read a scenario file.

    Raises `Mistakes` when it cannot be read or is no YAML; a duplicate key is collected instead.
    """
    text = read_text(path)
    document = Document(str(path))
    lines = _BREAKS.split(text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an anchor may be used again: the later one counts
            node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise Mistakes([_syntax(document.name, lines, error)]) from None
    except ReaderError as error:
        raise Mistakes([_control(document.name, text, error.position)]) from None
    except RecursionError:
        raise _whole(path, "this is nested deeper than any scenario",
                     "Start with a working file: tco new NAME") from None  # fmt: skip
    except (YAMLError, ValueError) as error:
        raise _whole(path, f"this is not YAML: {str(error).splitlines()[0]}",
                     "Start with a working file: tco new NAME") from None  # fmt: skip
    if node is None:
        raise _whole(path, "the file is empty", "Start with a working one: tco new NAME")
    _Walk(document, lines).read(node)
    return document


def _whole(path: Path, wrong: str, remedy: str) -> Mistakes:
    return Mistakes([Mistake(Place(str(path)), wrong, remedy)])


def read_text(path: Path) -> str:
    """The text of a file that is one: in UTF-8 and of a scenario's size, else `Mistakes`."""
    if path.is_dir():
        raise _whole(path, "this is a folder, not a scenario file", "Name a .yaml file in it.")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _large(path, f"{size:,}")
        with path.open("rb") as file:  # bounded: a device can be longer than it says
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _whole(
            path, f"cannot be read: {(error.strerror or str(error)).lower()}",
            "Check the path and its permissions.",
        ) from None  # fmt: skip
    if len(content) > MOST_BYTES:
        raise _large(path, f"more than {MOST_BYTES:,}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise _whole(path, "this is not text in UTF-8, so it is no scenario file",
                     "Name a .yaml file, or save this one as UTF-8 text.")  # fmt: skip
    return text


def _large(path: Path, size: str) -> Mistakes:
    return _whole(path, f"the file has {size} bytes; a scenario has a few thousand",
                  "Name the scenario file; data does not belong in it.")  # fmt: skip


def _control(name: str, text: str, position: int) -> Mistake:
    """A character that YAML does not allow, where it stands."""
    before = _BREAKS.split(text[:position])
    line, column = len(before), len(before[-1]) + 1
    return Mistake(
        Place(name, line, column, _excerpt(_BREAKS.split(text), line)),
        f"a control character (code {ord(text[position])}) stands here", "Delete it.",
    )  # fmt: skip


def _excerpt(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


# What the parser says, what that means, what to type; True: where the parser began, not where it
# gave up, which may be many lines below.
_SYNTAX = (
    ("\\t", "a tab is used for indentation", "Use spaces: two for each level.", False),
    ("mapping values are not allowed", "a second colon, or an indentation that does not fit",
     "Put each key on a line of its own, and a text with a colon in quotation marks.", False),
    ("could not find expected ':'", "a key without its colon",
     "Write key: value, with a space after the colon.", True),
    ("undefined alias", "a * refers to an anchor that does not exist", "Write the value itself.",
     False),
    ("while scanning a quoted scalar", "a quotation mark is not closed", "Close it on its line.",
     True),
    ("got ':'", "a colon inside a text", "Put a text with a colon in quotation marks.", False),
    ("while parsing a flow", "a bracket that is not closed, or a comma that is missing",
     "Close every { with } and every [ with ], and put commas between the items.", True),
    ("that cannot start any token", "a value cannot start with this character",
     "Put a text in quotation marks; a % goes behind its number: 40 %.", False),
    ("expected a single document", "a second document starts here; one file is one scenario",
     "Delete this line and what follows, or save it as a file of its own.", False),
)  # fmt: skip


def _syntax(name: str, lines: list[str], error: MarkedYAMLError) -> Mistake:
    ended, began = (error.problem_mark or error.context_mark), error.context_mark
    said = f"{error.context or ''} {error.problem or ''}".strip()
    excerpt = _excerpt(lines, ended.line + 1) if ended else ""
    if "\t" in excerpt[: len(excerpt) - len(excerpt.lstrip())] or "'\\t'" in said:
        said = "\\t"
    elif began and ended and began.line != ended.line:
        said = said.replace("got ':'", "")  # a bracket left open swallows the keys below it
    for sign, wrong, remedy, at_start in _SYNTAX:
        if sign in said:
            return Mistake(_at(name, lines, (began if at_start else None) or ended), wrong, remedy)
    return Mistake(
        _at(name, lines, ended), f"this is not YAML: {said}",
        "Compare with a working file: tco new NAME",
    )  # fmt: skip


def _at(name: str, lines: list[str], mark: Any) -> Place:
    if not mark:
        return Place(name)
    return Place(name, mark.line + 1, mark.column + 1, _excerpt(lines, mark.line + 1))


_NO_ANCHORS = "Write the values themselves instead of & and *."


class _Walk:
    """From YAML nodes to plain values, noting places; bounded, so that no file can explode."""

    def __init__(self, document: Document, lines: list[str]) -> None:
        self.document = document
        self.lines = lines
        self.count = 0
        self.open: set[int] = set()

    def read(self, node: Node) -> None:
        self.document.tree = self._value(node, ())

    def _value(self, node: Node, path: Path_) -> Any:
        self.count += 1
        if id(node) in self.open:
            self._refuse(node, "this anchor contains itself")
        if self.count > MOST_NODES:
            self._refuse(node, "anchors and aliases make this file larger than any scenario")
        if len(path) > MOST_LEVELS:
            self._refuse(
                node, "this is nested deeper than any scenario",
                "A scenario has blocks, their keys, and a block of value and source.",
            )  # fmt: skip
        self.document.values[path] = self._place(node)
        if isinstance(node, ScalarNode):
            if node.style is None and node.value in ("", "~", "null"):
                return None
            return node.value
        self.open.add(id(node))
        try:
            if isinstance(node, SequenceNode):
                return [self._value(one, (*path, i)) for i, one in enumerate(node.value)]
            assert isinstance(node, MappingNode)
            return dict(self._pairs(node, path))
        finally:
            self.open.discard(id(node))

    def _refuse(self, node: Node, wrong: str, remedy: str = _NO_ANCHORS) -> NoReturn:
        raise Mistakes([Mistake(self._place(node), wrong, remedy)])

    def _pairs(self, node: MappingNode, path: Path_) -> Iterator[tuple[str, Any]]:
        seen: dict[str, Place] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if not isinstance(key_node, ScalarNode):
                self.document.mistakes.append(
                    Mistake(place, "a key is one word", "Write key: value.")
                )
                continue
            key = str(key_node.value)
            if key in seen:
                self.document.mistakes.append(
                    Mistake(
                        place,
                        f"{key} stands twice, first on line {seen[key].line}",
                        "Keep one of the two."
                        if isinstance(value_node, ScalarNode)
                        else "Put all its keys below the first.",
                    )
                )
                continue
            seen[key] = place
            self.document.keys[(*path, key)] = place
            yield key, self._value(value_node, (*path, key))

    def _place(self, node: Node) -> Place:
        start, end = node.start_mark, node.end_mark
        excerpt = _excerpt(self.lines, start.line + 1)
        width = end.column - start.column if end.line == start.line else len(excerpt) - start.column
        return Place(self.document.name, start.line + 1, start.column + 1, excerpt, max(1, width))

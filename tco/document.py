"""A YAML file as plain text values, with the place of each: no numbers are guessed from YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tco.errors import Mistake, Mistakes, Place

MOST_BYTES = 1_000_000
MOST_NODES = 50_000
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
        return Place(self.name)

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
    text = _text(path)
    document = Document(str(path))
    lines = text.splitlines()
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise Mistakes([_syntax(document.name, lines, error)]) from None
    except (YAMLError, RecursionError, ValueError) as error:
        raise _whole(path, f"this is not YAML: {str(error).splitlines()[0]}",
                     "Start with a working file: tco new NAME") from None  # fmt: skip
    if node is None:
        raise _whole(path, "the file is empty", "Start with a working one: tco new NAME")
    _Walk(document, lines).read(node)
    return document


def _whole(path: Path, wrong: str, remedy: str) -> Mistakes:
    return Mistakes([Mistake(Place(str(path)), wrong, remedy)])


def _text(path: Path) -> str:
    if path.is_dir():
        raise _whole(path, "this is a folder, not a scenario file", "Name a .yaml file in it.")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _whole(
                path, f"the file has {size:,} bytes; a scenario has a few thousand",
                "Name the scenario file; data does not belong in it.",
            )  # fmt: skip
        content = path.read_bytes()
    except OSError as error:
        raise _whole(
            path, f"cannot be read: {(error.strerror or str(error)).lower()}",
            "Check the path and its permissions.",
        ) from None  # fmt: skip
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise _whole(path, "this is not text in UTF-8, so it is no scenario file",
                     "Name a .yaml file, or save this one as UTF-8 text.")  # fmt: skip
    return text


def _excerpt(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


_SYNTAX = (
    ("\\t", "a tab is used for indentation", "Use spaces: two for each level."),
    ("mapping values are not allowed", "a second colon, or an indentation that does not fit",
     "Put each key on a line of its own, and a text with a colon in quotation marks."),
    ("could not find expected ':'", "a key without its colon", "Write key: value on each line."),
    ("undefined alias", "a * refers to an anchor that does not exist", "Write the value itself."),
    ("while scanning a quoted scalar", "a quotation mark is not closed", "Close it on its line."),
)  # fmt: skip


def _syntax(name: str, lines: list[str], error: MarkedYAMLError) -> Mistake:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    said = f"{error.context or ''} {error.problem or ''}".strip()
    excerpt = _excerpt(lines, line)
    if "\t" in excerpt[: len(excerpt) - len(excerpt.lstrip())] or "'\\t'" in said:
        said = "\\t"
    for sign, wrong, remedy in _SYNTAX:
        if sign in said:
            return Mistake(Place(name, line, column, excerpt), wrong, remedy)
    return Mistake(
        Place(name, line, column, excerpt),
        f"this is not YAML: {said}",
        "Compare with a working file: tco new NAME",
    )


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
        if self.count > MOST_NODES or id(node) in self.open or len(path) > 20:
            place = self._place(node)
            raise Mistakes(
                [
                    Mistake(
                        place,
                        "anchors and aliases make this file larger than any scenario",
                        "Write the values themselves instead of & and *.",
                    )
                ]
            )
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
                        "Keep one of the two.",
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

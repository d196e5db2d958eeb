"""A YAML file as plain text values, with the place of each: no numbers are guessed from YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tco.errors import UNWRITABLE, Mistake, Mistakes, Place, unwritable
from tco.read.scanning import MOST_LEVELS, MOST_VALUES, Seen
from tco.read.syntax import COMMA_WORDS, DEEP_WORDS, MANY_WORDS, Source

EVIDENCE_TEXTS = ("source", "note", "title")
Path_ = tuple[Any, ...]


@dataclass
class Document:
    """What a file says: `tree` of blocks, lists and texts, the places, and the mistakes.

    `warnings` are of what YAML reads otherwise than it was probably meant.
    """

    name: str
    tree: Any = None
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    values: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)
    lines: tuple[str, ...] = ()  # of the file, as the user wrote them
    text: str = ""  # all of it
    beside: dict[str, bytes] = field(default_factory=dict)  # the files that it names, as read

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

    def block(self, path: Path_) -> dict[str, Any] | None:
        """The block at a path, made where nothing is; None where a value or a list stands there."""
        block = self.tree
        for step in path:
            if block.get(step) is None:
                block[step] = {}
            block = block[step]
            if not isinstance(block, dict):
                return None
        found: dict[str, Any] = block
        return found

    def move(self, old: Path_, new: Path_) -> None:
        """Put a key below another block, or under another spelling; it keeps its places.

        `old` is a path of the tree, `new` one below blocks.
        """
        here, there = self.block(old[:-1]), self.block(new[:-1])
        assert here is not None and there is not None
        there[new[-1]] = here.pop(old[-1])
        self.rename(old, new)


def read_document(name: str, text: str, is_key: Callable[[str, bool], bool]) -> Document:
    """Read the text of a scenario file; `is_key(word, near)` knows the product's keys.

    Raises `Mistakes` when it is no YAML; a duplicate key, for one, is collected instead.
    """
    source = Source(name, text, is_key)
    node, seen = source.nodes()
    document = Document(name, mistakes=source.mistakes, lines=tuple(source.lines), text=text)
    _Walk(document, source, seen).read(node)
    return document


_NO_ANCHORS = "Write the values themselves instead of & and *."
_SURROGATE = re.compile("[\ud800-\udfff]")
_ATTACHED = re.compile(r"#(\w)")


class _Walk:
    """From YAML nodes to plain values, noting places; bounded, so that no file can explode."""

    def __init__(self, document: Document, source: Source, seen: Seen) -> None:
        self.document = document
        self.source = source
        self.comments = seen.comments
        self.count = 0
        self.met: set[int] = set()
        self.open: set[int] = set()

    def read(self, node: Node) -> None:
        self.document.tree = self._value(node, ())

    def _value(self, node: Node, path: Path_) -> Any:
        self._count(node)
        if id(node) in self.open:
            self._refuse(node, "this anchor contains itself", _NO_ANCHORS)
        if len(path) > MOST_LEVELS:
            self._refuse(node, *DEEP_WORDS)
        self.document.values[path] = self._place(node)
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        self.open.add(id(node))
        try:
            if isinstance(node, SequenceNode):
                return [self._value(one, (*path, i)) for i, one in enumerate(node.value)]
            assert isinstance(node, MappingNode)
            return dict(self._pairs(node, path))
        finally:
            self.open.discard(id(node))

    def _count(self, node: Node) -> None:
        self.count += 1
        self.met.add(id(node))
        if self.count <= MOST_VALUES:
            return
        if len(self.met) < self.count:
            wrong = "anchors and aliases make this file larger than any scenario"
            self._refuse(node, wrong, _NO_ANCHORS)
        self._refuse(node, *MANY_WORDS)

    def _scalar(self, node: ScalarNode, path: Path_) -> str | None:
        """A text as it is meant; what was probably meant otherwise is said."""
        text = str(node.value)
        if node.style is None and not text:
            return None
        self._warn_of_comment(node, node.end_mark, path)
        if node.style is None and text in ("~", "null"):
            return None
        if node.style is None:
            self._warn_of_quotation(node, path)
            if len(text) > 1 and text.endswith(","):
                text = self._without_comma(node, path)
        if _SURROGATE.search(text):  # JSON writes a character beyond 16 bits as a pair of them
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return self._writable(node, text)

    def _writable(self, node: ScalarNode, text: str) -> str:
        """A text without what no cell can hold, which is said, as nothing else is wrong with it."""
        if found := unwritable(text):
            self.document.mistakes.append(Mistake(self._place(node), *found))
            return UNWRITABLE.sub("", text)
        return text

    def _without_comma(self, node: ScalarNode, path: Path_) -> str:
        end = self.source.place(node.end_mark)
        place = replace(end, column=end.column - 1)
        self.document.mistakes.append(Mistake(place, *COMMA_WORDS))
        return str(node.value).rstrip(", ")

    def _warn_of_comment(self, node: ScalarNode, end: Any, path: Path_) -> None:
        """Warn where a text goes on behind a # that makes a comment of the rest.

        A # with a space behind it, and any behind a number, is meant as a comment.
        """
        column = self.comments.get(end.line, -1)
        if column < end.column or node.style not in (None, "'", '"'):
            return
        place = self.source.place(end)
        line, start = place.excerpt, place.column - 1
        at = start + column - end.column
        attached = _ATTACHED.match(line, at)
        if line[start:at].strip(" \t:") or not attached:
            return
        text = str(node.value)
        if node.style is not None:
            goes_on = at == start
        elif path and path[-1] in EVIDENCE_TEXTS:
            goes_on = True
        else:
            goes_on = text[:1].isalpha() and (attached[1].isdigit() or " " in text)
        if goes_on:
            rest = line[at:].rstrip()
            meant = text + line[start:at].strip(":") + rest if text else rest
            meant = meant if len(meant) <= 80 else f"{meant[:80]}…"
            self._warn(
                replace(place, column=at + 1, width=len(rest)),
                f"what stands behind # is a comment, so it is not part of {_named(path)}",
                f"Put the text in quotation marks: {_leaf(path, _quoted(meant))}; "
                "or, for a comment, type a space behind the #.",
            )

    def _warn_of_quotation(self, node: ScalarNode, path: Path_) -> None:
        text = str(node.value)
        if text.endswith('"') and text.count('"') % 2:
            end = self.source.place(node.end_mark)
            self._warn(
                replace(end, column=end.column - 1),
                "this quotation mark closes nothing, so it is part of the text",
                f"Delete it, or quote the whole text: {_leaf(path, _quoted(text))}",
            )

    def _warn(self, place: Place, wrong: str, remedy: str) -> None:
        self.document.warnings.append(Mistake(place, wrong, remedy, warning=True))

    def _refuse(self, node: Node, wrong: str, remedy: str) -> NoReturn:
        raise Mistakes([Mistake(self._place(node), wrong, remedy)])

    def _pairs(self, node: MappingNode, path: Path_) -> Iterator[tuple[str, Any]]:
        seen: dict[str, Place] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if not isinstance(key_node, ScalarNode):
                self._count(key_node)
                self.document.mistakes.append(
                    Mistake(place, "a key is one word", "Write key: value.")
                )
                continue
            key = self._writable(key_node, str(key_node.value))
            if key in seen:
                self._count(key_node)
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
            if key in EVIDENCE_TEXTS and _is_empty(value_node):
                self._warn_of_comment(value_node, key_node.end_mark, (*path, key))
            yield key, self._value(value_node, (*path, key))

    def _place(self, node: Node) -> Place:
        return self.source.place(node.start_mark, node.end_mark)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style is None and not node.value


def _named(path: Path_) -> str:
    return str(path[-1]) if path and isinstance(path[-1], str) else "the text"


def _leaf(path: Path_, value: str) -> str:
    return f"{path[-1]}: {value}" if path and isinstance(path[-1], str) else value


def _quoted(text: str) -> str:
    """A text in the quotation marks in which nothing of it is read otherwise."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'

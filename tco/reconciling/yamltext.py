"""A YAML text in which single values are exchanged: all else stays as it is, letter by letter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tco.errors import Place
from tco.read.scanning import compose

_ALIAS = re.compile(r"\s*:\s*(\*[^\s,\]}]+)")
_ITEM_ALIAS = re.compile(r"[\s\-,\[]*(\*[^\s,\]}]+)")
_COLON = re.compile(r"\s*:")
_PLAIN = re.compile(r"[A-Za-z0-9_+.-](?:[A-Za-z0-9_ /%.()+-]|:(?=[^\s,\]}]))*(?<=\S)")
_MARKED = re.compile(r"- |-$|-\s|---|\.\.\.")
_DASH = re.compile(r"[ \t]*- +(?=\S)")
_REST = re.compile(r"[^\r\n]*(\r\n|\n|\r|$)")
_SHARED = ("an anchor and its aliases share it, so that one change would be several",
           "Write the values themselves in the file, without & and *.")  # fmt: skip


class Unwritable(Exception):
    """What cannot be written into a file; `wrong` and `remedy` say why and what to do instead."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong, self.remedy = wrong, remedy


@dataclass(frozen=True)
class Pair:
    """A key with its value in a block; `at` and `end` are where the value stands in the text."""

    key: ScalarNode
    value: Node
    within: MappingNode
    at: int
    end: int
    alias: bool = False


@dataclass(frozen=True)
class Item:
    """A value in a list, and where it stands in the text."""

    value: Node
    within: SequenceNode
    at: int
    end: int
    alias: bool = False


class YamlText:
    """The text of a file, and what of it is to be exchanged.

    Raises `ValueError` for a text that is no YAML: it has been read before it comes here.
    """

    def __init__(self, text: str) -> None:
        root, _, error = compose(text)
        if root is None:
            raise ValueError(f"no YAML: {error}")
        self.text, self.root = text, root
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.pairs: dict[tuple[int, int], Pair] = {}
        self.items: dict[tuple[int, int], Item] = {}
        self.aliases: dict[str, list[int]] = {}  # where each anchor is meant by its name
        self.shared: set[int] = set()
        self._met: set[int] = set()
        self._edits: list[tuple[int, int, str]] = []
        self._gone: dict[int, list[Pair]] = {}  # by their block
        self._gone_items: dict[int, list[Item]] = {}  # by their list
        self._new_items: list[tuple[Item, bool, Sequence[str]]] = []
        self._new: list[tuple[MappingNode, dict[str, str], Pair | None]] = []
        self._anchors: list[tuple[str, str]] = []  # whose text was exchanged, with the text
        self._blocks: dict[str, list[tuple[str, str]]] = {}
        self._walk(root)

    # ---- finding ----

    def _walk(self, node: Node) -> None:
        if id(node) in self._met:
            self.shared.add(id(node))
            return
        self._met.add(id(node))
        if isinstance(node, MappingNode):
            for key, value in node.value:
                pair = self._pair(node, key, value)
                self.pairs[_place(key)] = pair
                self._walk(value)
        elif isinstance(node, SequenceNode):
            last = node.start_mark.index
            for value in node.value:
                item = self._item(node, value, last)
                last = item.end
                if not item.alias:
                    self.items[_place(value)] = item
                self._walk(value)

    def _pair(self, within: MappingNode, key: ScalarNode, value: Node) -> Pair:
        end = key.end_mark.index
        if value.start_mark.index < end:
            found = _ALIAS.match(self.text, end)
            if found:
                self.aliases.setdefault(found[1][1:], []).append(found.start(1))
                return Pair(key, value, within, found.start(1), found.end(1), alias=True)
        colon = _COLON.match(self.text, end)
        if _is_nothing(value) and colon:
            return Pair(key, value, within, colon.end(), colon.end())
        return Pair(key, value, within, value.start_mark.index, self._end(value))

    def _item(self, within: SequenceNode, value: Node, last: int) -> Item:
        if value.start_mark.index < last:
            found = _ITEM_ALIAS.match(self.text, last)
            if found:
                self.aliases.setdefault(found[1][1:], []).append(found.start(1))
                return Item(value, within, found.start(1), found.end(1), alias=True)
        return Item(value, within, value.start_mark.index, self._end(value))

    def _end(self, node: Node) -> int:
        """Where a value ends: behind it, not where the next one begins."""
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if isinstance(node, ScalarNode):
            return start + len(self.text[start:end].rstrip()) if node.style in ("|", ">") else end
        if _is_flow(node) or not node.value:
            return end
        if isinstance(node, MappingNode):
            return self._pair(node, *node.value[-1]).end
        last = node.value[-1]
        if last.start_mark.index < start:
            return start + len(self.text[start:end].rstrip())
        return self._end(last)

    def pair(self, place: Place) -> Pair:
        """The key at a place of the text."""
        return self.pairs[place.line, place.column]

    def item(self, place: Place) -> Item | None:
        """The value of a list at a place of the text; None where an alias stands for it."""
        return self.items.get((place.line, place.column))

    def inner(self, node: Node) -> dict[str, Pair]:
        """The keys of a block."""
        assert isinstance(node, MappingNode)
        return {str(key.value): self.pairs[_place(key)] for key, _ in node.value}

    def said(self, one: Pair | Item) -> str:
        """A value as it is written, with its quotation marks."""
        return self.text[one.at : one.end]

    # ---- exchanging ----

    def result(self) -> str:
        """The text with everything exchanged."""
        if _is_flow(self.root):
            for name, keys in self._blocks.items():
                inside = ", ".join(f"{self.key(key)}: {value}" for key, value in keys)
                self.add(_block(self.root), {name: f"{{{inside}}}"})
            self._blocks = {}
        for pairs in self._gone.values():
            self._take_out(pairs[0].within, pairs)
        for block, added, after in self._new:
            self._put_in(block, added, after)
        for items in self._gone_items.values():
            self._take_items_out(items)
        for beside, before, lines in self._new_items:
            self._put_item_in(beside, lines, before=before)
        self._gone, self._new, self._gone_items, self._new_items = {}, [], {}, []
        parts: list[str] = []
        last = 0
        edits = [*self._edits, *self._kept_anchors()]
        for start, end, new in sorted(edits, key=lambda one: one[:2]):
            assert start >= last, "two changes of one place"
            parts += [self.text[last:start], new]
            last = end
        text = "".join([*parts, self.text[last:]])
        for name, keys in self._blocks.items():
            if text and not text.endswith(("\n", "\r")):
                text += self.newline
            lines = ["", f"{name}:", *(f"  {_beside(key, value)}" for key, value in keys)]
            text += self.newline.join(lines) + self.newline
        return text

    def _kept_anchors(self) -> Iterator[tuple[int, int, str]]:
        """Texts that others refer to, in the first of those places that stays as it is."""
        for anchor, said in self._anchors:
            for at in sorted(self.aliases[anchor]):
                end = at + len(anchor) + 1
                if not any(start < end and at < stop for start, stop, _ in self._edits):
                    yield at, end, f"&{anchor} {self.scalar(said, flow=True)}"
                    break

    def exchange(self, one: Pair | Item, new: str) -> None:
        """Put another text in the place of a value; a text that others refer to goes to these."""
        if isinstance(one, Pair):
            self._refuse_shared(one.within)
        anchor = None if one.alias else getattr(one.value, "anchor", None)
        if anchor in self.aliases:
            if not isinstance(one.value, ScalarNode):
                raise Unwritable(*_SHARED)
            self._anchors.append((anchor, str(one.value.value)))
        gap = " " if isinstance(one, Pair) and one.at == one.end else ""
        self._edits.append((one.at, one.end, gap + new))

    def remove(self, pair: Pair) -> None:
        """Take a key out, with its line."""
        self._refuse_shared(pair.within)
        if getattr(pair.value, "anchor", None) in self.aliases and not pair.alias:
            raise Unwritable(*_SHARED)
        self._gone.setdefault(id(pair.within), []).append(pair)

    def add(self, block: MappingNode, new: Mapping[str, str], after: Pair | None = None) -> None:
        """Add keys to a block, behind one of its own or as its last ones."""
        self._refuse_shared(block)
        for one, keys, behind in self._new:
            if one is block and behind is after:
                keys.update(new)
                return
        self._new.append((block, dict(new), after))

    def remove_item(self, item: Item) -> None:
        """Take a value out of its list, with its line; a list keeps one at least."""
        self._refuse_aliases(item)
        gone = self._gone_items.setdefault(id(item.within), [])
        gone.append(item)
        if len(gone) == len(item.within.value):
            raise Unwritable("it is the last row of its table", "Take the table out of the file.")
        self._move_anchors(item.value)

    def _refuse_aliases(self, item: Item) -> None:
        if any(_place(one) not in self.items for one in item.within.value):
            raise Unwritable("an alias stands for a row of its table", "Write that row itself.")

    def _move_anchors(self, node: Node) -> None:
        """Texts in what is taken out that others refer to go to these."""
        anchor = getattr(node, "anchor", None)
        if anchor in self.aliases:
            if not isinstance(node, ScalarNode):
                raise Unwritable(*_SHARED)
            self._anchors.append((anchor, str(node.value)))
        if isinstance(node, MappingNode):
            for key, value in node.value:
                if not self.pairs[_place(key)].alias:
                    self._move_anchors(value)

    def add_item(self, beside: Item, cells: Mapping[str, str], *, before: bool = False) -> None:
        """Add a row behind or before another one, written as that one is."""
        self._refuse_aliases(beside)
        neighbour, lines = beside.value, [self.row(cells)]
        if isinstance(neighbour, ScalarNode) and len(cells) == 1:
            lines = [self.scalar(*cells.values(), flow=_is_flow(beside.within))]
        elif isinstance(neighbour, MappingNode) and not _is_flow(neighbour):
            lines = [f"{key}: {self.scalar(value)}" for key, value in cells.items()]
        self._new_items.append((beside, before, lines))

    def _take_items_out(self, gone: Sequence[Item]) -> None:
        """Each row with its line, or with the comma that parts it from its neighbour."""
        here = [self.items[_place(one)] for one in gone[0].within.value]
        ahead = next(at for at, one in enumerate(here) if one not in gone)
        flow = _is_flow(gone[0].within)
        if flow and ahead:
            self._edits.append((here[0].at, here[ahead].at, ""))
        for place, one in enumerate(here):
            if one not in gone or (flow and place < ahead):
                continue
            start = here[place - 1].end if flow else self._line(one.at)
            self._edits.append((start, one.end if flow else self._next_line(one.end), ""))

    def _put_item_in(self, beside: Item, lines: Sequence[str], *, before: bool) -> None:
        if _is_flow(beside.within):
            here = [self.items[_place(one)] for one in beside.within.value]
            left = [one for one in here if one not in self._gone_items.get(id(beside.within), ())]
            ahead = [one for one in left if one.at < beside.at or (one is beside and not before)]
            at, said = (ahead[-1].end, f", {lines[0]}") if ahead else (left[0].at, f"{lines[0]}, ")
            self._edits.append((at, at, said))
            return
        start = self._line(beside.at)
        dash = _DASH.match(self.text, start)
        if dash is None:
            raise Unwritable("its table begins in the line of its key",
                             "Write each row in a line of its own.")  # fmt: skip
        at = start if before else self._next_line(beside.end)
        said = dash[0] + f"{self.newline}{' ' * len(dash[0])}".join(lines) + self.newline
        if self.text[:at] and not self.text[:at].endswith(("\n", "\r")):
            said = self.newline + said
        self._edits.append((at, at, said))

    def _siblings(self, block: MappingNode) -> list[Pair]:
        return [self.pairs[_place(key)] for key, _ in block.value]

    def _left(self, block: MappingNode) -> list[Pair]:
        gone = self._gone.get(id(block), ())
        return [one for one in self._siblings(block) if one not in gone]

    def _take_out(self, block: MappingNode, gone: Sequence[Pair]) -> None:
        """Each key with what parts it from its neighbour: a comma, or the end of its line."""
        siblings, left = self._siblings(block), self._left(block)
        first = siblings[0].key.start_mark.index
        inline = _is_flow(block) or bool(self.text[self._line(first) : first].strip())
        if inline and not left:
            self._edits.append((first, siblings[-1].end, "" if _is_flow(block) else "{}"))
            return
        ahead = siblings.index(left[0]) if inline else 0  # of those that go
        if ahead:
            self._edits.append((first, left[0].key.start_mark.index, ""))
        for place, one in enumerate(siblings):
            if one not in gone or place < ahead:
                continue
            if _is_flow(block):
                self._edits.append((siblings[place - 1].end, one.end, ""))
            else:
                start = self._line(one.key.start_mark.index)
                self._edits.append((start, self._next_line(one.end), ""))

    def _put_in(self, block: MappingNode, new: Mapping[str, str], after: Pair | None) -> None:
        pairs = self._siblings(block)
        behind = after or (pairs[-1] if pairs else None)
        if _is_flow(block):
            said = ", ".join(f"{self.key(key)}: {value}" for key, value in new.items())
            at = behind.end if behind else block.start_mark.index + 1
            self._edits.append((at, at, f", {said}" if self._left(block) else said))
            return
        assert behind is not None
        indent = " " * behind.key.start_mark.column
        at = self._next_line(behind.end)
        lines = "".join(f"{indent}{_beside(*one)}{self.newline}" for one in new.items())
        if self.text[:at] and not self.text[:at].endswith(("\n", "\r")):
            lines = self.newline + lines
        self._edits.append((at, at, lines))

    def _line(self, at: int) -> int:
        """Where the line of a place begins."""
        return self.text.rfind("\n", 0, at) + 1

    def add_below(self, name: str, key: str, value: str) -> None:
        """Add a key to a block that the file does not have yet."""
        there = self.inner(_block(self.root)).get(name)
        if there is None:
            self._blocks.setdefault(name, []).append((key, value))
        elif isinstance(there.value, MappingNode):
            self.add(there.value, {key: value})
        elif _is_nothing(there.value):
            indent = " " * (there.key.start_mark.column + 2)
            self._edits.append((there.at, there.at, f"{self.newline}{indent}{_beside(key, value)}"))
        else:
            raise Unwritable(f"{name} is no block of keys", "Write its keys below it.")

    def _next_line(self, at: int) -> int:
        found = _REST.match(self.text, at)
        return found.end() if found else len(self.text)

    def _refuse_shared(self, block: Node) -> None:
        if id(block) in self.shared:
            raise Unwritable(*_SHARED)

    # ---- writing ----

    @property
    def is_json(self) -> bool:
        """Whether the file is written as JSON, whose keys and texts are in quotation marks."""
        keys = self.root.value if isinstance(self.root, MappingNode) else ()
        return _is_flow(self.root) and all(key.style == '"' for key, _ in keys)

    def key(self, key: str) -> str:
        """A key as the file writes keys."""
        return json.dumps(key) if self.is_json else key

    def scalar(self, text: str, *, flow: bool = False) -> str:
        """A text or a number as a value; in quotation marks where it needs them."""
        if self.is_json:
            return text if _is_json_number(text) else json.dumps(text, ensure_ascii=False)
        fits = _PLAIN.fullmatch(text) and not _MARKED.match(text)
        return text if fits and not (flow and ":" in text) else json.dumps(text, ensure_ascii=False)

    def row(self, cells: Mapping[str, str]) -> str:
        """A block on one line."""
        said = (f"{self.key(key)}: {self.scalar(value, flow=True)}" for key, value in cells.items())
        return "{" + ", ".join(said) + "}"


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _block(node: Node) -> MappingNode:
    if not isinstance(node, MappingNode):
        raise Unwritable("no block of keys stands there", "Write it as key: value.")
    return node


def _is_flow(node: Node) -> bool:
    return bool(getattr(node, "flow_style", False))


def _is_nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style is None and not node.value


def _beside(key: str, value: str) -> str:
    """A key and its value, which stands beside it or begins a line of its own."""
    return f"{key}:{value}" if value[:1] in ("\r", "\n") else f"{key}: {value}"


def _is_json_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", text))


def lines_of(rows: Sequence[str], indent: int, newline: str) -> Iterator[str]:
    """Rows of a list below their key, a line each."""
    for row in rows:
        yield f"{newline}{' ' * indent}- {row}"

"""The parts of a workbook as trees of elements, all but the cells, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tco.unpacking import Package, UnreadableError
from tco.verify.parts import (
    MOST_ATTRIBUTES,
    MOST_DEPTH,
    MOST_TEXT,
    Cell,
    Part,
    Sheet,
    local,
)

MOST_ELEMENTS = 600_000  # of a part, beside the cells; the richest bundled sheet has some 3,000
_LARGE = "Split it into smaller workbooks and audit each."


@dataclass(slots=True)
class Element:
    """An element: its name and attributes without prefixes, its text, what is in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    def number(self, name: str, default: int = 0) -> int:
        """An attribute that is a whole number; the default where it is none."""
        said = self.attributes.get(name, "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else default

    def real(self, name: str, default: float = 0.0) -> float:
        """An attribute that is a number; the default where it is none."""
        try:
            return float(self.attributes.get(name, ""))
        except ValueError:
            return default

    def is_on(self, name: str, default: bool = False) -> bool:
        """An attribute that is yes or no."""
        said = self.attributes.get(name)
        return default if said is None else said.lower() in ("1", "true", "on")

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements of these names in it, however deep, in order."""
        ahead = [self]
        while ahead:
            one = ahead.pop()
            if one.tag in tags:
                yield one
            ahead += reversed(one.children)

    def first(self, *tags: str) -> Element | None:
        """The first of them, None for none."""
        return next(self.all(*tags), None)

    @property
    def words(self) -> str:
        """All text in it."""
        return self.text + "".join(child.words for child in self.children)


NOTHING = Element("", {})


class Tree(Part):
    """A part as a tree. Raises `UnreadableError` beyond `MOST_ELEMENTS`."""

    def __init__(self) -> None:
        super().__init__()
        self.root = NOTHING
        self.open: list[Element] = []
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(name, attributes)
        self.open_one(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        self.open.pop()

    def open_one(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise UnreadableError(f"it has a part of more than {MOST_ELEMENTS:,} elements", _LARGE)
        one = Element(local(name), {local(key): value for key, value in attributes.items()})
        if self.open:
            self.open[-1].children.append(one)
        else:
            self.root = one
        self.open.append(one)

    def collect(self, data: str) -> None:
        """Add text to the element that is open."""
        if self.open and not data.isspace():
            self.length += len(data)
            if self.length > MOST_TEXT * 64:
                raise UnreadableError(f"it has a part of {self.length:,} characters", _LARGE)
            self.open[-1].text += data

    def _collect(self, data: str) -> None:
        self.collect(data)


def tree_of(package: Package, part: str) -> Element:
    """A part as a tree; nothing in it where the workbook has no such part."""
    if part not in package:
        return NOTHING
    reader = Tree()
    reader.parse(package, part)
    return reader.root


class SheetTree(Sheet):
    """A sheet: its cells one by one, all else as a tree.

    Args:
        visit: is given each cell.
        row: is given the number and the attributes of each row that says more than its number.
    """

    def __init__(
        self, visit: Callable[[Cell], None], row: Callable[[int, dict[str, str]], None]
    ) -> None:
        super().__init__(visit, every=True)
        self.give_row = row
        self.beyond = Tree()
        self.in_cells = False

    @property
    def root(self) -> Element:
        """What stands beside the cells."""
        return self.beyond.root

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self.in_cells:
            super().start(name, attributes)
            if len(attributes) > 1 and self.tags[name] == "row":
                self.give_row(self.row, attributes)
            return
        self.depth += 1
        if len(attributes) > MOST_ATTRIBUTES or self.depth > MOST_DEPTH:
            self._refuse(len(attributes))
        self.in_cells = local(name) == "sheetData"
        self.beyond.open_one(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if self.in_cells and local(name) != "sheetData":
            super().end(name)
            return
        self.in_cells = False
        self.depth -= 1
        self.beyond.open.pop()

    def _collect(self, data: str) -> None:
        if self.in_cells:
            super()._collect(data)
        else:
            self.beyond.collect(data)

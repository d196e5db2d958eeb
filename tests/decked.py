"""Reading decks: what stands in the cells of the workbook, and whether a text is such a value."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser

from tco.page.deck import render
from tco.workbook.cells import Book, Cell, position
from tests.golden.said import laid_out
from tests.loaded import load
from tests.test_board import printed_cells, shown_in

SCALES = {"": (1.0, 1e3, 1e6, 1e9), "k": (1e3,), "M": (1e6,), "bn": (1e9,), "T": (1e12,),
          "TB": (1e12,), "%": (0.01,)}  # fmt: skip
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What all of a text is: brackets or a sign, digits, decimals, a power or a unit of size.
NUMBER = re.compile(r"(\(?-?)([\d,]+(?:\.(\d+))?)(E[+-]\d\d)? ?(k|M|bn|TB|T|%)?\)?")


def reads(text: str, value: object) -> bool:
    """Whether a text is a value as some cell shows it: the text itself, or its digits."""
    if isinstance(value, str) or value is None:
        return text == str(value)
    found = NUMBER.fullmatch(text)
    if not found:
        return False
    before, digits, decimals, power, unit = found.groups()
    number = float(digits.replace(",", "") + (power or "")) * (-1 if before else 1)
    half = 0.5 * 10 ** -len(decimals or "") * float(f"1{power}" if power else 1)
    wanted = float(value)  # type: ignore[arg-type]  # a number by now
    return any(abs(wanted / scale - number) <= half * (1 + 1e-9) + abs(number) * 1e-12
               for scale in SCALES[unit or ""])  # fmt: skip


@functools.cache
def on_board(name: str) -> frozenset[str]:
    """Every text of the first sheet, numbers as they are displayed."""
    cells = printed_cells(laid_out(name)["Board"])
    return frozenset(shown_in(cell) for _, _, cell in cells if cell.value is not None)


def rows_on_board(name: str) -> list[list[str]]:
    """The texts of each row of the first sheet, from the left."""
    found: dict[int, list[tuple[int, str]]] = {}
    for row, column, cell in printed_cells(laid_out(name)["Board"]):
        if cell.value is not None:
            found.setdefault(row, []).append((column, shown_in(cell)))
    return [[text for _, text in sorted(found[row])] for row in sorted(found)]


def in_order(parts: Iterable[str], whole: Iterable[str]) -> bool:
    """Whether texts stand among others in their order; a day stands for any."""
    left = iter(whole)
    return all(any(one == other or (DAY.fullmatch(one) and DAY.fullmatch(other))
                   for other in left) for one in parts)  # fmt: skip


def cells_of(book: Book, area: str) -> list[Cell]:
    """The cells of a reference such as 'Own'!$A$1:$B$2."""
    title, _, place = area.rpartition("!")
    first, _, last = place.replace("$", "").partition(":")
    (top, left), (low, right) = position(first), position(last or first)
    sheet = book[title.strip("'").replace("''", "'")]
    return [sheet.cells[row, column] for row in range(top, low + 1)
            for column in range(left, right + 1)]  # fmt: skip


class Page(HTMLParser):
    """A deck of HTML as it is read: texts by tag, attributes, and the rows of each table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.tables: list[list[list[str]]] = []
        self.in_full = 0  # tables before the full ones
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag not in ("meta", "rect", "line", "circle", "polyline", "br"):
            self.open.append(tag)
        if tag == "details" and found.get("class") == "full":
            self.in_full = len(self.tables)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.texts.append((self.open[-1], data.strip()))
            if self.open[-1] in ("td", "th"):
                self.tables[-1][-1][-1] += data

    def said(self, tag: str) -> list[str]:
        """Every text in a tag."""
        return [text for at, text in self.texts if at == tag]

    @property
    def counts(self) -> Counter[str]:
        """How often each tag stands."""
        return Counter(tag for tag, _ in self.tags)


@functools.cache
def html(name: str) -> str:
    """The deck of a scenario."""
    return render(load(name), ["html"])["html"]

"""The parts of a workbook as streams of elements: none is ever in memory whole."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from tco.unpacking import MOST_UNPACKED, Package, UnreadableError, count_tags
from tco.verify.formulas import COLUMNS, ROWS, column

# The largest bundled workbook has 103,000 elements; a million formula cells with as many values
# have eight million, two tags each.
MOST_TAGS = 20_000_000
MOST_ATTRIBUTES = 256  # of one element; the richest of a workbook has some thirty
MOST_TAG = 4 << 20  # bytes of one tag: a rule for thousands of places is one long attribute
MOST_KINDS = 10_000  # of elements and attributes in a part: a parser remembers each
MOST_DEPTH = 256  # elements in elements; a chart has some twenty
MOST_TEXT = 7 * 32_767  # the longest text of a cell, each character written as _x0041_
MOST_SHEETS = 5_000
MOST_NAMES = 200_000
MOST_MEANING = 32 << 20  # characters of all that names stand for; a bundled workbook has 60,000

_OWN = "Name an .xlsx that tco wrote."
_SAVE = "Open it in a spreadsheet program and save it as .xlsx."
_STRICT = "http://purl.oclc.org/ooxml/"
# Formulas beside those of cells: an engine may read them all.
_FORMULAS = frozenset(
    ("definedName", "formula", "formula1", "formula2", "calculatedColumnFormula",
     "totalsRowFormula")
)  # fmt: skip


def inspect(package: Package, only: str = "", most: int = MOST_UNPACKED) -> None:
    """Unpack everything once and keep nothing: true sizes, checksums, and how many tags.

    `only` is a part to look at alone, `most` how many bytes a part may have.

    Raises `UnreadableError`.
    """
    names = (only,) if only else tuple(package.sizes)
    for name in names:
        if package.sizes[name] > most:
            wrong = f"its part {name[:60]} unpacks to {package.sizes[name] >> 20:,} MB"
            raise UnreadableError(f"{wrong}; the most is {most >> 20:,} MB", _OWN)
    count_tags(package, names, MOST_TAGS)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


class OddError(UnreadableError):
    """What a sheet has that programs read in different ways."""

    def __init__(self, what: str) -> None:
        super().__init__(f"it has {what}", _SAVE)
        self.what = what


class Part:
    """One XML part, read element by element; every kind of part takes what it needs."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self._collect
        self.depth = 0
        self.text: list[str] | None = None
        self.length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if len(attributes) > MOST_ATTRIBUTES or self.depth > MOST_DEPTH:
            self._refuse(len(attributes))

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1

    def _refuse(self, attributes: int) -> None:
        if self.depth > MOST_DEPTH:
            raise UnreadableError(f"it has elements more than {MOST_DEPTH} deep", _OWN)
        wrong = f"it has an element with {attributes:,} attributes; the most is {MOST_ATTRIBUTES}"
        raise UnreadableError(wrong, _OWN)

    def parse(self, package: Package, name: str) -> None:
        """Read the part. Raises `UnreadableError`."""
        came = 0
        try:
            for piece in package.pieces(name):
                self.parser.Parse(piece, False)
                came += len(piece)
                if came - self.parser.CurrentByteIndex > MOST_TAG:
                    raise UnreadableError(f"its part {name[:60]} has a tag without end", _OWN)
                if len(self.parser.intern) > MOST_KINDS:
                    raise UnreadableError(
                        f"it has more than {MOST_KINDS:,} kinds of elements and attributes", _OWN
                    )
            self.parser.Parse(b"", True)
        except (expat.ExpatError, LookupError) as error:  # LookupError: an unknown encoding
            raise UnreadableError(f"its part {name[:60]} is damaged: {error}", _SAVE) from None

    def _collect(self, data: str) -> None:
        if self.text is not None:
            self.length += len(data)
            if self.length > MOST_TEXT:
                raise UnreadableError(f"it has a text of more than {MOST_TEXT:,} characters", _OWN)
            self.text.append(data)

    def _begin(self) -> None:
        self.text, self.length = [], 0

    def _taken(self) -> str:
        text, self.text = "".join(self.text or ()), None
        return text


def _refuse_doctype(*_: Any) -> None:
    raise UnreadableError("it declares a document type or entities, as no workbook does", _OWN)


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


# ---- the workbook's own part --------------------------------------------------------------------


class _Links(Part):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}  # by id: the kind and the target

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(name, attributes)
        if local(name) == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = kind, attributes.get("Target", "")


class _Main(Part):
    """The part that lists sheets and names."""

    def __init__(self, *, calculates: bool = True) -> None:
        super().__init__()
        self.calculates = calculates
        self.sheets: list[tuple[str, str]] = []  # names, and the ids of their links
        self.names: list[tuple[str, str]] = []
        self.name, self.meaning = "", 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(name, attributes)
        tag = local(name)
        if tag == "workbook" and any(_STRICT in one for one in attributes.values()):
            raise UnreadableError(
                "this is a Strict Open XML workbook, which the engines do not read",
                'Save it as "Excel Workbook (.xlsx)", not "Strict Open XML".',
            )
        is_late = tag == "workbookPr" and attributes.get("date1904", "0") in ("1", "true", "on")
        if is_late and self.calculates:
            raise UnreadableError(
                "it counts days from 1904, which the engines do not",
                "Switch off the 1904 date system in the program's options and save it.",
            )
        if tag == "sheet":
            link = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), link))
            if len(self.sheets) > MOST_SHEETS:
                raise UnreadableError(f"it has more than {MOST_SHEETS:,} sheets", _OWN)
        elif tag == "definedName":
            self.name = attributes.get("name", "")
            self._begin()

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        if local(name) == "definedName":
            text = self._taken()
            self.names.append((self.name, text))
            self.meaning += len(text)
            if len(self.names) > MOST_NAMES or self.meaning > MOST_MEANING:
                raise UnreadableError(f"it has more than {len(self.names) - 1:,} names", _OWN)


@dataclass(frozen=True)
class Book:
    """What a workbook consists of.

    Attributes:
        sheets: the part of each sheet with cells, by the sheet's name.
        names: defined names and what each stands for; one may stand on several sheets.
        texts: the part of the texts that cells share, "" for none.
        others: the XML parts that hold no cells.
        main: the part that lists the sheets.
    """

    sheets: dict[str, str]
    names: list[tuple[str, str]]
    texts: str
    others: list[str]
    main: str = ""


def book_in(package: Package, *, calculates: bool = True) -> Book:
    """The make-up of a workbook, as engines take it or, if nothing calculates, as it stands.

    Raises `UnreadableError`.
    """
    parts = {name.lower(): name for name in package.sizes}
    start = links_of(package, parts, "")
    main = next((at for kind, at in start.values() if kind == "officeDocument"), "xl/workbook.xml")
    if (part := found_part(parts, "", main)) is None:
        raise UnreadableError("this is a package that holds no workbook", _OWN)
    links, reader = links_of(package, parts, part), _Main(calculates=calculates)
    count_tags(package, (part,), MOST_TAGS)
    reader.parse(package, part)
    if not reader.sheets:
        raise UnreadableError("the workbook has no sheet", _SAVE)
    sheets: dict[str, str] = {}
    for name, link in reader.sheets:
        kind, target = links.get(link, ("", ""))
        if kind in ("chartsheet", "dialogsheet"):
            continue  # no cells
        at = found_part(parts, part, target)
        if at is None or kind != "worksheet":
            raise UnreadableError(f"its sheet {name[:31]!r} holds no cells that can be read", _SAVE)
        if name in sheets or at in sheets.values():
            raise UnreadableError(f"its sheet {name[:31]!r} stands twice", _SAVE)
        sheets[name] = at
    shared = next((at for kind, at in links.values() if kind == "sharedStrings"), "")
    texts = found_part(parts, part, shared) or ""
    used = {part, texts, *sheets.values()}
    others = [name for name in package.sizes if _is_xml(name) and name not in used]
    return Book(sheets, reader.names, texts, others, part)


def links_of(package: Package, parts: dict[str, str], part: str) -> dict[str, tuple[str, str]]:
    """The kind and the target of each link that a part has, by its id."""
    folder, name = posixpath.split(part)
    reader = _Links()
    if (at := found_part(parts, "", posixpath.join(folder, "_rels", f"{name}.rels"))) is not None:
        count_tags(package, (at,), MOST_TAGS)
        reader.parse(package, at)
    return reader.found


def found_part(parts: dict[str, str], beside: str, target: str) -> str | None:
    """The part that a link means, whatever its case, as the format has it."""
    path = posixpath.join("/", posixpath.dirname(beside), target)
    return parts.get(posixpath.normpath(path).lstrip("/").lower()) if target else None


# ---- a sheet ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Cell:
    """A cell as it stands in the file.

    Attributes:
        kind: how its text is meant: n, b, s, str, e, d or inlineStr.
        formula: "" for one that shares another cell's, None for none.
        about: the attributes of the formula.
        text: of the stored value; None where none is stored.
        style: the number of its look, "" for none.
    """

    row: int
    column: int
    kind: str
    formula: str | None
    about: dict[str, str]
    text: str | None
    style: str = ""


class Sheet(Part):
    """The cells of a sheet, in order.

    Args:
        visit: is given each cell.
        every: also those without a formula.
        formula: is given each formula that stands beside the cells.
    """

    def __init__(
        self,
        visit: Callable[[Cell], None],
        *,
        every: bool = False,
        formula: Callable[[str], object] = str,
    ) -> None:
        super().__init__()
        self.visit, self.every, self.beside = visit, every, formula
        self.tags: dict[str, str] = {}
        self.row, self.said, self.column = 0, "0", 0
        self.cell: dict[str, str] | None = None
        self.phonetic = self.filled = False
        self.formula: str | None = None
        self.value: str | None = None
        self.inline: list[str] = []
        self.about: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins. This and the end are called a hundred thousand times a book."""
        self.depth += 1
        if len(attributes) > MOST_ATTRIBUTES or self.depth > MOST_DEPTH:
            self._refuse(len(attributes))
        tag = self.tags.get(name)
        if tag is None:
            tag = self._learn(name)
        if not tag:
            return
        if tag == "c":
            if self.cell is not None:
                raise OddError("a cell inside a cell")
            self.cell, self.formula, self.value, self.filled = attributes, None, None, False
        elif tag == "v" or tag == "t":
            self.filled = True
            if self.every or self.formula is not None:
                self.text, self.length = [], 0
        elif tag == "f":
            if self.cell is not None:
                if self.filled:  # which of two formulas or values counts, programs disagree on
                    raise OddError("a cell with its value before its formula")
                self.filled = True
                self.about, self.text, self.length = attributes, [], 0
        elif tag == "row":
            self._start_row(attributes.get("r"))
        elif tag == "rPh":
            self.phonetic = True
        else:
            self._begin()

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1
        tag = self.tags[name]
        if not tag:
            return
        if tag == "c":
            self._end_cell()
        elif self.text is not None:
            text, self.text = "".join(self.text), None
            if tag == "v":
                if self.value is not None:
                    raise OddError("a cell with two values")
                self.value = text
            elif tag == "f":
                self.formula = text
            elif tag != "t":
                self.beside(text)
            elif not self.phonetic:
                self.inline.append(text)
        elif tag == "rPh":
            self.phonetic = False

    def _learn(self, name: str) -> str:
        tag = local(name)
        kept = tag in ("c", "v", "f", "t", "row", "rPh") or tag in _FORMULAS
        self.tags[name] = tag if kept else ""
        return self.tags[name]

    def _start_row(self, said: str | None) -> None:
        row = self.row + 1 if said is None else _row(said)
        if row <= self.row:
            raise OddError(f"row {row} twice or out of order")
        self.row, self.said, self.column = row, said or "", 0

    def _end_cell(self) -> None:
        cell = self.cell
        if cell is None:
            return
        self.cell = None
        place = cell.get("r")
        if place is None:
            column = self.column + 1
        else:
            letters = place.rstrip("0123456789")
            column = _COLUMNS.get(letters) or _column(letters)
            if place[len(letters) :] != self.said:
                self._move(place, place[len(letters) :])
        if column <= self.column or column > COLUMNS:
            raise OddError(f"cell {place or ''} twice or out of order in row {self.row}")
        self.column = column
        if self.formula is not None or self.every:
            kind = cell.get("t", "n")
            text = "".join(self.inline) if kind == "inlineStr" else self.value
            about = self.about if self.formula is not None else {}
            look = cell.get("s", "")
            self.visit(Cell(self.row, column, kind, self.formula, about, text, look))
            self.inline = []

    def _move(self, place: str, said: str) -> None:
        """A cell names another row than its row does: only a row without a number may be so."""
        row = _row(said)
        if row < self.row or (self.said and row != self.row):
            raise OddError(f"cell {place[:20]} in row {self.row}")
        self.row, self.said = row, said


_COLUMNS: dict[str, int] = {}


def _column(letters: str) -> int:
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise OddError(f"a cell with the place {letters[:20]!r}")
    _COLUMNS[letters] = column(letters)
    return _COLUMNS[letters]


def _row(text: str) -> int:
    if len(text) > 7 or not (text.isascii() and text.isdigit()) or not 0 < int(text) <= ROWS:
        raise OddError(f"a row with the number {text[:20]!r}")
    return int(text)


# ---- texts that cells share ---------------------------------------------------------------------


class Texts(Part):
    """Some of the texts that cells share, by number."""

    def __init__(self, wanted: Set[int]) -> None:
        super().__init__()
        self.wanted, self.number, self.phonetic = wanted, -1, False
        self.found: dict[int, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(name, attributes)
        tag = local(name)
        if tag == "si":
            self.number += 1
            if self.number in self.wanted:
                self.found[self.number] = ""
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "t" and self.number in self.wanted and not self.phonetic:
            self._begin()

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        tag = local(name)
        if tag == "rPh":
            self.phonetic = False
        elif tag == "t" and self.text is not None:
            self.found[self.number] += self._taken()

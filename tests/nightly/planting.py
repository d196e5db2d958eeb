"""Faults planted into workbooks that others made, one at a time, with the cell written down.

A workbook is edited as text within its package, so that all else stays as its author's program
wrote it; then an engine recalculates it, and what follows from the fault is stored too, as after
an edit in a spreadsheet program.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from tco.audit.book import At, Book, Cell, Sheet
from tco.audit.formula import Box
from tco.audit.reading import read_book
from tco.audit.registry import cell_name
from tco.errors import Mistakes
from tco.unpacking import Package
from tco.verify.engines import FORMUALIZER, recalculate
from tco.verify.formulas import column
from tco.verify.parts import book_in


@dataclass(frozen=True)
class Plant:
    """A fault: its kind, whose rules it is taken from, and where it is; "" is the whole book."""

    kind: str
    of: str
    sheet: str
    cell: str
    said: str


class NoPlaceError(Exception):
    """A workbook has no place for a fault."""


class Edited:
    """A workbook that is edited as text."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.parts = {one.filename: archive.read(one) for one in archive.infolist()}
        with path.open("rb") as file, Package(file) as package:
            made = book_in(package, calculates=False)
        self.sheets, self.main = made.sheets, made.main

    def _swap(self, part: str, old: str, new: str) -> None:
        text = self.parts[part].decode()
        if text.count(old) < 1:
            raise NoPlaceError
        self.parts[part] = text.replace(old, new, 1).encode()

    def in_main(self, pattern: str, new: str) -> None:
        """Replace what a pattern finds in the part that lists the sheets."""
        text, count = re.subn(pattern, new, self.parts[self.main].decode(), count=1)
        if not count:
            raise NoPlaceError
        self.parts[self.main] = text.encode()

    def in_sheet(self, sheet: str, pattern: str, new: str) -> None:
        """Replace what a pattern finds in a sheet's part."""
        part = self.sheets[sheet]
        text, count = re.subn(pattern, new, self.parts[part].decode(), count=1)
        if not count:
            raise NoPlaceError
        self.parts[part] = text.encode()

    def _cell(self, sheet: str, place: str) -> tuple[str, str, str]:
        text = self.parts[self.sheets[sheet]].decode()
        found = re.search(rf'<c r="{place}"([^>]*?)(?:/>|>(.*?)</c>)', text, re.DOTALL)
        if found is None:
            raise NoPlaceError
        return found[0], found[1], found[2] or ""

    def put(self, sheet: str, at: At, inside: str, kind: str = "", style: str = "") -> None:
        """What stands in a cell that is there; one whose formula others share is none to edit."""
        whole, attributes, content = self._cell(sheet, cell_name(at))
        if re.search(r'<f[^>]* ref="', content):
            raise NoPlaceError
        attributes = re.sub(r' t="[^"]*"', "", attributes)
        if style:
            attributes = re.sub(r' s="[^"]*"', "", attributes) + f' s="{style}"'
        typed = f' t="{kind}"' if kind else ""
        new = f'<c r="{cell_name(at)}"{attributes}{typed}>{inside}</c>'
        self._swap(self.sheets[sheet], whole, new)

    def store(self, sheet: str, at: At, value: object) -> None:
        """Another stored value of a formula, which stays."""
        whole, attributes, content = self._cell(sheet, cell_name(at))
        formula = re.search(r"<f[^>]*?(?:/>|>.*?</f>)", content, re.DOTALL)
        if formula is None:
            return
        kind, text = _stored(value)
        attributes = re.sub(r' t="[^"]*"', "", attributes)
        typed = f' t="{kind}"' if kind else ""
        new = f'<c r="{cell_name(at)}"{attributes}{typed}>{formula[0]}{text}</c>'
        self._swap(self.sheets[sheet], whole, new)

    def add(self, sheet: str, at: At, inside: str, kind: str = "") -> None:
        """A cell where none is: in its row, or in a row of its own."""
        part = self.sheets[sheet]
        text = self.parts[part].decode()
        typed = f' t="{kind}"' if kind else ""
        new = f'<c r="{cell_name(at)}"{typed}>{inside}</c>'
        rows = list(re.finditer(r'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', text, re.DOTALL))
        here = next((one for one in rows if int(one[1]) == at[0]), None)
        if here is None:
            later = next((one.start() for one in rows if int(one[1]) > at[0]), None)
            place = text.index("</sheetData>") if later is None else later
            made = f'<row r="{at[0]}">{new}</row>'
            self.parts[part] = (text[:place] + made + text[place:]).encode()
            return
        row = re.sub(r"/>$", "></row>", here[0]) if here[0].endswith("/>") else here[0]
        row = re.sub(r' spans="[^"]*"', "", row, count=1)
        if re.search(rf'<c r="{cell_name(at)}"', row):
            row = re.sub(rf'<c r="{cell_name(at)}"[^>]*?/>', new, row)
        else:
            cells = re.finditer(r'<c r="([A-Z]+)\d+"', row)
            after = next((one.start() for one in cells if column(one[1]) > at[1]), None)
            place = row.rindex("</row>") if after is None else after
            row = row[:place] + new + row[place:]
        self.parts[part] = (text[: here.start()] + row + text[here.end() :]).encode()

    def save(self, path: Path) -> None:
        """Write it."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)


def _stored(value: object) -> tuple[str, str]:
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return "b", f"<v>{int(value)}</v>"
    if isinstance(value, float):
        return "", f"<v>{value!r}</v>"
    text = str(value)
    return ("e" if text.startswith("#") else "str"), f"<v>{escape(text)}</v>"


Make = Callable[[Book, Edited, random.Random], Plant]
KINDS: dict[str, tuple[str, Make]] = {}
OTHER, OWN = "spreadsheet-auditor", "tco"


def kind(name: str, of: str) -> Callable[[Make], Make]:
    """Register a kind of fault, and whose rules it is taken from."""

    def register(make: Make) -> Make:
        KINDS[name] = of, make
        return make

    return register


def planted(path: Path, name: str, seed: str, out: Path) -> Plant | None:
    """Write a copy of a workbook with one fault; None where it has no place for it."""
    draw = random.Random(f"{seed} {name} {path.name}")
    book = read_book(path)
    for _ in range(6):  # a place may turn out to be none
        try:
            edited = Edited(path)
            plant = KINDS[name][1](book, edited, draw)
            edited.save(out)
            if plant.cell and name not in _AS_STORED:
                _recalculated(book, path, edited, out)
            read_book(out)
            return plant
        except (NoPlaceError, UnicodeDecodeError, IndexError):
            continue
        except Mistakes:
            break
    out.unlink(missing_ok=True)
    return None


# What leaves every other value as it is, or what the engine does not read.
_AS_STORED = {"stale total", "stale value", "no value", "white on white", "hidden row",
              "other workbook"}  # fmt: skip


def _recalculated(book: Book, path: Path, edited: Edited, out: Path) -> None:
    """Store what an engine computes otherwise than before the fault."""
    keys = [(sheet.name, *at) for sheet in book.sheets for at in sheet.formulas]
    after_keys = [(one.name, *at) for one in read_book(out).sheets for at in one.formulas]
    try:
        before = recalculate(path, [FORMUALIZER], keys, 60)[FORMUALIZER.name]
        after = recalculate(out, [FORMUALIZER], after_keys, 60)[FORMUALIZER.name]
    except Mistakes:
        raise NoPlaceError from None
    for key in after_keys:
        if key not in before or before[key] != after[key]:
            value = after[key]
            edited.store(key[0], (key[1], key[2]),
                         float(value) if isinstance(value, int) else value)  # fmt: skip
    edited.save(out)


def furnished(path: Path, out: Path, most: int = 2) -> None:
    """Write a copy with totals, which are right, below some columns of typed numbers.

    Few workbooks that are passed on have a SUM below its numbers: these get a label and a total,
    one more number, and a grand total of both.
    """
    edited = Edited(path)
    left = most
    for sheet in read_book(path).sheets:
        for right, rows in sheet.columns.items() if sheet.state == "visible" else ():
            block = _block(sheet, right, rows)
            if left and right > 1 and block:
                last, numbers = block[-1], [sheet.at(row, right).constant or 0.0 for row in block]
                name = cell_name((1, right))[:-1]
                total, more = sum(numbers), numbers[-1]
                for row, label, inside in (
                    (1, "Total", f"<f>SUM({name}{block[0]}:{name}{last})</f><v>{total!r}</v>"),
                    (2, "Other", f"<v>{more!r}</v>"),
                    (3, "Grand total",
                     f"<f>{name}{last + 1}+{name}{last + 2}</f><v>{total + more!r}</v>"),
                ):  # fmt: skip
                    edited.add(sheet.name, (last + row, right), inside)
                    edited.add(sheet.name, (last + row, right - 1),
                               f"<is><t>{label}</t></is>", "inlineStr")  # fmt: skip
                left -= 1
    edited.save(out)


def _block(sheet: Sheet, right: int, rows: list[int]) -> list[int]:
    """The typed numbers that end a column of a sheet, four to sixty, with room below them."""
    block: list[int] = []
    for row in reversed(rows):
        number = sheet.at(row, right).constant
        if number is None or 1900 <= number <= 2100 or (block and block[-1] != row + 1):
            break
        block.append(row)
    if not 4 <= len(block) <= 60 or any(box.holds(rows[-1], right) for box in sheet.merged):
        return []
    below = [(rows[-1] + down, right - aside) for down in (1, 2, 3, 4) for aside in (0, 1)]
    return block[::-1] if not any(at in sheet.cells for at in below) else []


# ---- places --------------------------------------------------------------------------------------


def _formulas(book: Book) -> Iterator[tuple[Sheet, At, Cell]]:
    for sheet in book.sheets:
        if sheet.state == "visible":
            for at, cell in sheet.formulas.items():
                if not cell.spread and not cell.is_error and cell.number is not None:
                    yield sheet, at, cell


def _in_run(book: Book) -> list[tuple[Sheet, At, Cell]]:
    """Formulas with two copies of themselves on either side, in a row or a column."""
    found = []
    for sheet, at, cell in _formulas(book):
        for down, right in ((1, 0), (0, 1)):
            beside = [
                sheet.at(max(1, at[0] + step * down), max(1, at[1] + step * right)).shape
                for step in (-2, -1, 1, 2)
            ]
            if all(one is cell.shape for one in beside):
                found.append((sheet, at, cell))
                break
    return found


def _text(sheet: Sheet, at: At) -> str:
    shape = sheet.cells[at].shape
    assert shape is not None
    return shape.text_at(*at)[1:]


def _formula(edited: Edited, sheet: Sheet, at: At, formula: str) -> None:
    edited.put(sheet.name, at, f"<f>{escape(formula)}</f><v>0</v>")


def _sums(book: Book) -> list[tuple[Sheet, At, Box]]:
    """Cells that are one SUM of the numbers right above or left of them, of three or more."""
    found = []
    for sheet, at, cell in _formulas(book):
        shape = cell.shape
        if shape is None or [one.kind for one in shape.tokens] != ["call", "cells", "sign"]:
            continue
        boxes = list(book.reads(sheet, at))
        if shape.tokens[0].text.upper() != "SUM" or len(boxes) != 1 or boxes[0].size < 3:
            continue
        box = boxes[0]
        ends = (box.bottom, box.right)
        is_below = box.left == box.right == at[1] and box.bottom == at[0] - 1
        is_beside = box.top == box.bottom == at[0] and box.right == at[1] - 1
        is_own = box.sheet == sheet.name
        if is_own and (is_below or is_beside) and sheet.at(*ends).number is not None:
            found.append((sheet, at, box))
    return found


def _summed(box: Box, more: int) -> str:
    """SUM over so many cells more, or fewer, at the end of a range."""
    down = more if box.left == box.right else 0
    right = 0 if box.left == box.right else more
    return f"SUM({Box('', box.top, box.left, box.bottom + down, box.right + right)})"


def _numbers(book: Book, wanted: Callable[[Sheet, At, Cell], bool]) -> list[tuple[Sheet, At, Cell]]:
    """Typed numbers, no years or flags, that formulas compute with."""
    return [
        (sheet, at, cell) for sheet in book.sheets if sheet.state == "visible"
        for at, cell in sheet.cells.items()
        if cell.constant is not None and cell.constant not in (0, 1)
        and not 1900 <= cell.constant <= 2100 and book.added.holds(sheet.name, *at)
        and not book.look(cell).is_date and wanted(sheet, at, cell)
    ]  # fmt: skip


# ---- of the other auditor's rules ----------------------------------------------------------------


@kind("typed over", OTHER)
def typed_over(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A copy of a formula replaced by a round number near its value."""
    sheet, at, cell = draw.choice(_in_run(book))
    value = float(f"{(cell.number or 0.0) * 1.1 + 1:.4g}")
    edited.put(sheet.name, at, f"<v>{value!r}</v>")
    return Plant("typed over", OTHER, sheet.name, cell_name(at), f"{value:g}")


@kind("drift", OTHER)
def drift(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """One reference of a copied formula moved by a row or column."""
    sheet, at, _ = draw.choice(_in_run(book))
    text = _text(sheet, at)
    places = list(re.finditer(r"(?<![\w$!:'])([A-Z]{1,2})(\d+)(?![\w(:!])", text))
    found = draw.choice(places)
    moved = f"{found[1]}{int(found[2]) + 1}"
    _formula(edited, sheet, at, text[: found.start()] + moved + text[found.end() :])
    return Plant("drift", OTHER, sheet.name, cell_name(at), f"{found[0]} to {moved}")


@kind("total misses", OTHER)
def total_misses(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A total without the last number before it."""
    sheet, at, box = draw.choice(_sums(book))
    _formula(edited, sheet, at, _summed(box, -1))
    return Plant("total misses", OTHER, sheet.name, cell_name(at), _summed(box, -1))


@kind("double count", OTHER)
def double_count(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A total further on that adds a subtotal and its parts."""
    pairs = []
    for sheet, at, box in _sums(book):
        step = (1, 0) if box.left == box.right else (0, 1)
        for far in range(2, 30):
            low = at[0] + far * step[0], at[1] + far * step[1]
            cell = sheet.formulas.get(low)
            if cell is None or cell.number is None or cell.spread:
                continue
            if "SUM(" in _text(sheet, low) or "total" in sheet.label(*low).lower():
                pairs.append((sheet, at, box, low, far))
    sheet, at, box, low, far = draw.choice(pairs)
    _formula(edited, sheet, low, _summed(box, far))
    return Plant("double count", OTHER, sheet.name, cell_name(low), f"over {cell_name(at)}")


@kind("number as text", OTHER)
def number_as_text(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A typed number that formulas add up, stored as text."""
    sheet, at, cell = draw.choice(_numbers(book, lambda *_: True))
    edited.put(sheet.name, at, f"<is><t>{cell.constant:g}</t></is>", "inlineStr")
    return Plant("number as text", OTHER, sheet.name, cell_name(at), f"{cell.constant:g}")


@kind("lost reference", OTHER)
def lost_reference(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A reference lost to a deleted row."""
    sheet, at, _ = draw.choice(list(_formulas(book)))
    text = _text(sheet, at)
    found = draw.choice(list(re.finditer(r"(?<![\w$!:'])\$?[A-Z]{1,2}\$?\d+(?![\w(:!])", text)))
    edited.put(
        sheet.name, at,
        f"<f>{escape(text[: found.start()] + '#REF!' + text[found.end() :])}</f><v>#REF!</v>", "e",
    )  # fmt: skip
    return Plant("lost reference", OTHER, sheet.name, cell_name(at), f"{found[0]} to #REF!")


@kind("circle", OTHER)
def circle(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A total that reaches into its own row."""
    sheet, at, box = draw.choice(_sums(book))
    _formula(edited, sheet, at, _summed(box, 1))
    return Plant("circle", OTHER, sheet.name, cell_name(at), "itself")


@kind("volatile", OTHER)
def volatile(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A reference written as OFFSET."""
    sheet, at, _ = draw.choice(list(_formulas(book)))
    text = _text(sheet, at)
    found = draw.choice(list(re.finditer(r"(?<![\w$!:'])\$?[A-Z]{1,2}\$?\d+(?![\w(:!])", text)))
    new = f"OFFSET({found[0]},0,0)"
    _formula(edited, sheet, at, text[: found.start()] + new + text[found.end() :])
    return Plant("volatile", OTHER, sheet.name, cell_name(at), new)


@kind("literal", OTHER)
def literal(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A rate typed into a formula."""
    sheet, at, _ = draw.choice([one for one in _formulas(book) if len(_text(*one[:2])) < 60])
    _formula(edited, sheet, at, f"({_text(sheet, at)})*1.075")
    return Plant("literal", OTHER, sheet.name, cell_name(at), "*1.075")


@kind("error hidden", OTHER)
def error_hidden(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A division wrapped in IFERROR."""
    sheet, at, _ = draw.choice([one for one in _formulas(book) if "/" in _text(*one[:2])])
    _formula(edited, sheet, at, f"IFERROR({_text(sheet, at)},0)")
    return Plant("error hidden", OTHER, sheet.name, cell_name(at), "IFERROR(, 0)")


@kind("hidden row", OTHER)
def hidden_row(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A row of inputs that is hidden."""
    sheet, at, _ = draw.choice(_numbers(book, lambda sheet, at, _: at[0] not in sheet.hidden_rows))
    edited.in_sheet(sheet.name, rf'<row r="{at[0]}"', f'<row r="{at[0]}" hidden="1"')
    return Plant("hidden row", OTHER, sheet.name, cell_name(at), f"row {at[0]}")


@kind("division by zero", OTHER)
def division_by_zero(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A formula that has become #DIV/0!."""
    sheet, at, _ = draw.choice(list(_formulas(book)))
    edited.put(sheet.name, at, f"<f>{escape(_text(sheet, at))}/0</f><v>#DIV/0!</v>", "e")
    return Plant("division by zero", OTHER, sheet.name, cell_name(at), "/0")


@kind("stale total", OTHER)
def stale_total(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A total whose stored value is that of before an edit."""
    sheet, at, _ = draw.choice(_sums(book))
    edited.store(sheet.name, at, (sheet.cells[at].number or 0.0) * 1.05 + 3)
    return Plant("stale total", OTHER, sheet.name, cell_name(at), "5 % and 3 more")


# ---- of our own rules ----------------------------------------------------------------------------


@kind("stale value", OWN)
def stale_value(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A product or quotient whose stored value is that of before an edit."""
    simple = [
        one for one in _formulas(book)
        if re.fullmatch(r"\$?[A-Z]{1,2}\$?\d+[*/+-]\$?[A-Z]{1,2}\$?\d+", _text(*one[:2]))
    ]  # fmt: skip
    sheet, at, cell = draw.choice(simple)
    edited.store(sheet.name, at, (cell.number or 0.0) * 0.97 - 1)
    return Plant("stale value", OWN, sheet.name, cell_name(at), "3 % and 1 less")


@kind("no value", OWN)
def no_value(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A formula without a stored value."""
    sheet, at, _ = draw.choice(list(_formulas(book)))
    edited.store(sheet.name, at, None)
    return Plant("no value", OWN, sheet.name, cell_name(at), "no value")


@kind("plug", OWN)
def plug(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A correction typed at the end of a sum."""
    sheet, at, _ = draw.choice([one for one in _formulas(book) if "(" in _text(*one[:2])])
    _formula(edited, sheet, at, f"{_text(sheet, at)}+250")
    return Plant("plug", OWN, sheet.name, cell_name(at), "+250")


@kind("other workbook", OWN)
def other_workbook(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A reference to another workbook."""
    sheet, at, cell = draw.choice(list(_formulas(book)))
    edited.put(sheet.name, at, f"<f>[9]Budget!$B$4</f><v>{cell.number!r}</v>")
    return Plant("other workbook", OWN, sheet.name, cell_name(at), "[9]Budget!$B$4")


@kind("white on white", OWN)
def white_on_white(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A number that formulas read, in white."""
    part = next(name for name in edited.parts if name.lower().endswith("xl/styles.xml"))
    text = edited.parts[part].decode()
    if "</fonts>" not in text or "</cellXfs>" not in text:
        raise NoPlaceError
    fonts = len(re.findall(r"<font[ />]", text.split("</fonts>")[0]))
    head, _, rest = text.partition("</cellXfs>")
    styles = len(re.findall(r"<xf[ />]", head.rpartition("<cellXfs")[2]))
    text = f'{head}<xf numFmtId="0" fontId="{fonts}" fillId="0" borderId="0"/></cellXfs>{rest}'
    font = '<font><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts>'
    edited.parts[part] = text.replace("</fonts>", font, 1).encode()
    sheet, at, cell = draw.choice(_numbers(book, lambda *_: True))
    edited.put(sheet.name, at, f"<v>{cell.constant!r}</v>", style=str(styles))
    return Plant("white on white", OWN, sheet.name, cell_name(at), "white")


@kind("very hidden sheet", OWN)
def very_hidden_sheet(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A sheet that the menu does not show."""
    shown = [one for one in book.sheets if one.state == "visible"]
    sheet = draw.choice(shown[1:])
    named = escape(sheet.name, {'"': "&quot;"})
    edited.in_main(rf'(<sheet [^>]*name="{re.escape(named)}")', r'\1 state="veryHidden"')
    return Plant("very hidden sheet", OWN, sheet.name, "", "veryHidden")


@kind("manual calculation", OWN)
def manual_calculation(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A workbook that calculates only when told to."""
    edited.in_main(r"<calcPr", '<calcPr calcMode="manual"')
    return Plant("manual calculation", OWN, "", "", "manual")


@kind("broken name", OWN)
def broken_name(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A defined name that leads nowhere."""
    name = '<definedName name="planted_rate">#REF!</definedName>'
    if "<definedNames>" in edited.parts[edited.main].decode():
        edited.in_main("<definedNames>", f"<definedNames>{name}")
    else:
        edited.in_main("</sheets>", f"</sheets><definedNames>{name}</definedNames>")
    return Plant("broken name", OWN, "", "", "planted_rate")


@kind("percent slip", OWN)
def percent_slip(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A rate in a row or column of rates typed a hundred times too high."""
    rates = _numbers(
        book,
        lambda sheet, at, cell: book.look(cell).is_percent and 0.005 < abs(cell.constant or 0) < 0.5
        and any(sum(one.constant is not None and book.look(one).is_percent for one in beside) >= 4
                for beside in _beside(sheet, at)),
    )  # fmt: skip
    sheet, at, cell = draw.choice(rates)
    edited.put(sheet.name, at, f"<v>{100 * (cell.constant or 0.0)!r}</v>")
    return Plant("percent slip", OWN, sheet.name, cell_name(at), f"{cell.constant:g} times 100")


def _beside(sheet: Sheet, at: At) -> Iterator[list[Cell]]:
    for down, right in ((1, 0), (0, 1)):
        yield [sheet.at(max(1, at[0] + step * down), max(1, at[1] + step * right))
               for step in (-4, -3, -2, -1, 1, 2, 3, 4)]  # fmt: skip


@kind("no prefix", OWN)
def no_prefix(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A function newer than the file format, as a careless program writes it."""
    sheet, at, _ = draw.choice([one for one in _formulas(book) if len(_text(*one[:2])) < 60])
    text = _text(sheet, at)
    edited.put(sheet.name, at, f"<f>IFS(TRUE,{escape(text)})</f><v>#NAME?</v>", "e")
    return Plant("no prefix", OWN, sheet.name, cell_name(at), "IFS")


@kind("same branches", OWN)
def same_branches(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """An IF whose branches are the same."""
    sheet, at, _ = draw.choice([one for one in _formulas(book) if len(_text(*one[:2])) < 60])
    text = _text(sheet, at)
    _formula(edited, sheet, at, f"IF({cell_name((1, 1))}>0,{text},{text})")
    return Plant("same branches", OWN, sheet.name, cell_name(at), "IF(x, a, a)")


@kind("refused value", OWN)
def refused_value(book: Book, edited: Edited, draw: random.Random) -> Plant:
    """A number that its validation refuses."""
    sheet, at, cell = draw.choice(_numbers(book, lambda sheet, *_: sheet.root.first(
        "dataValidations", "conditionalFormatting", "mergeCells", "phoneticPr", "extLst",
        "autoFilter", "sheetProtection") is None))  # fmt: skip
    most = f"{(cell.constant or 0.0) - abs(cell.constant or 0.0) / 2!r}"
    rule = (
        '</sheetData><dataValidations count="1"><dataValidation type="decimal" '
        f'operator="lessThanOrEqual" sqref="{cell_name(at)}"><formula1>{most}</formula1>'
        "</dataValidation></dataValidations>"
    )
    edited.in_sheet(sheet.name, "</sheetData>", rule)
    return Plant("refused value", OWN, sheet.name, cell_name(at), f"at most {most}")

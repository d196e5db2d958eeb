"""From a book to the bytes of an .xlsx: formulas with cached values, the same bytes every time.

Two subclasses of openpyxl's own writers take cells from `Book` and leave styles, charts, names
and print set-up to openpyxl. The parts are hashed; the hash travels in a custom property, so that
a file that somebody edited is known and never overwritten unasked.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import tco.workbook  # noqa: F401  # chooses openpyxl's plain XML writer before it is imported

# isort: split
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.writer.excel import ExcelWriter
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.functions import Element

from tco import __version__
from tco.files import open_file
from tco.unpacking import SMALL, Package, UnreadableError
from tco.workbook.cells import Book, Cell, Rule, Sheet, address, letters, page_breaks
from tco.workbook.charts import PALETTE, with_caches
from tco.workbook.sheets import tab_colour
from tco.workbook.style import Looks

EPOCH = datetime.datetime(1980, 1, 1)  # the smallest time a zip can carry; no clock is read
_HASH_AT = "0" * 64
_CUSTOM = "docProps/custom.xml"
_WORKBOOK = "xl/workbook.xml"
# The child order that the Open XML schema asks of fonts and that openpyxl does not keep.
Font.__elements__ = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz",
    "color", "name", "family", "charset", "scheme",
)  # fmt: skip

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x0041_ as A
_ERRORS = ("#N/A", "#NUM!", "#VALUE!", "#DIV/0!", "#REF!", "#NAME?", "#NULL!")


def _text(value: str) -> str:
    """Text as XML takes it: no control characters, no accidental escapes."""
    clean = _ILLEGAL.sub("�", value).replace("\r\n", "\n").replace("\r", "\n")
    if len(clean) > 32_767:
        raise ValueError(f"a text of {len(clean)} characters; a cell takes 32,767")
    return escape(_ESCAPED.sub("_x005F_", clean))


def _number(value: float) -> str:
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def cell_xml(place: str, cell: Cell, style: str) -> str:
    """One cell. Text stays text whatever it starts with; a formula carries its value."""
    value, _, formula = cell
    if formula:
        if "<" in formula or "&" in formula or ">" in formula:
            formula = escape(formula)
        if isinstance(value, str):
            kind = "e" if value in _ERRORS else "str"
            return f'<c r="{place}"{style} t="{kind}"><f>{formula}</f><v>{_text(value)}</v></c>'
        if isinstance(value, float) and not math.isfinite(value):
            return f'<c r="{place}"{style} t="e"><f>{formula}</f><v>#NUM!</v></c>'
        return f'<c r="{place}"{style}><f>{formula}</f><v>{_number(value)}</v></c>'
    if value is None:
        return f'<c r="{place}"{style}/>'
    if isinstance(value, str):
        keep = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        text = f"<is><t{keep}>{_text(value)}</t></is>"
        return f'<c r="{place}"{style} t="inlineStr">{text}</c>'
    return f'<c r="{place}"{style}><v>{_number(value)}</v></c>'


class _SheetWriter(WorksheetWriter):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's sheet writer with rows from our cells."""

    def __init__(self, worksheet: Any, sheet: Sheet, looks: Looks) -> None:
        super().__init__(worksheet, out=io.BytesIO())
        self.sheet, self.looks = sheet, looks

    def write_dimensions(self) -> None:
        self.xf.send(SheetDimension(f"A1:{address(*self.sheet.extent)}").to_tree())

    def write_rows(self) -> None:
        for (row, column), target in self.sheet.links.items():
            self.ws._hyperlinks.append(
                Hyperlink(ref=address(row, column), location=f"'{target}'!A1", display=target)
            )
        self.xf.send(Element("sheetData"))

    def body(self) -> bytes:
        styles = self.looks.attributes
        out: list[str] = []
        for row, cells in self.sheet.rows():
            tall = self.sheet.heights.get(row)
            size = f' ht="{tall:g}" customHeight="1"' if tall else ""
            out.append(f'<row r="{row}"{size}>')
            for column, cell in cells:
                out.append(cell_xml(f"{letters(column)}{row}", cell, styles[cell.look]))
            out.append("</row>")
        return "".join(out).encode()

    def read(self) -> bytes:
        head, tail = re.split(rb"<sheetData ?/>", super().read(), maxsplit=1)
        return bytes(head + b"<sheetData>" + self.body() + b"</sheetData>" + tail)


class _Parts(dict[str, bytes]):
    """The package as openpyxl writes it: part names and bytes, in order."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book

    def writestr(self, name: str, data: str | bytes) -> None:
        content = data if isinstance(data, bytes) else data.encode()
        if name.startswith("xl/charts/"):
            # openpyxl cannot say that labels keep their own format, nor what the cells hold
            chart = re.sub(
                r'(<(?:c:)?numFmt formatCode="[^"]*")\s*/>',
                r'\1 sourceLinked="0"/>',
                content.decode(),
            )
            content = with_caches(chart, self.book).encode()
        if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
            content = _with_prefix(content.decode()).encode()
        self[name] = content

    def namelist(self) -> list[str]:
        return list(self)


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def _with_prefix(part: str) -> str:
    """A drawing whose elements carry the usual xdr: prefix, which some readers look for by name."""
    named = part.replace(f'xmlns="{_DRAWING}"', f'xmlns:xdr="{_DRAWING}"')
    return re.sub(r"<(/?)(?=\w+[ />])", r"<\1xdr:", named)


class _BookWriter(ExcelWriter):  # type: ignore[misc]  # openpyxl has no types
    def __init__(self, workbook: Any, parts: _Parts, book: Book, looks: Looks) -> None:
        super().__init__(workbook, parts)
        self.book, self.looks = book, looks

    def write_worksheet(self, ws: Any) -> None:
        from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer = _SheetWriter(ws, self.book[ws.title], self.looks)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


def to_bytes(book: Book) -> bytes:
    """The .xlsx of a book."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    looks: Looks | None = None
    for sheet in book.sheets:
        worksheet = workbook.create_sheet(sheet.title)
        looks = looks or Looks(worksheet)
        _set_up(worksheet, sheet, book)
    assert looks is not None
    _describe(workbook, book)
    parts = _Parts(book)
    _BookWriter(workbook, parts, book, looks).write_data()
    parts[_WORKBOOK] = _with_names(parts[_WORKBOOK], book.names)
    digest = contents_hash(parts)
    parts[_CUSTOM] = parts[_CUSTOM].replace(_HASH_AT.encode(), digest.encode())
    return _zip(parts)


def _with_names(part: bytes, names: Mapping[str, str]) -> bytes:
    """Our names beside the print areas; written here, for there may be thousands."""
    ours = "".join(
        f'<definedName name="{name}">{escape(target)}</definedName>'
        for name, target in names.items()
    )
    return part.replace(b"</definedNames>", f"{ours}</definedNames>".encode())


def _zip(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, date_time=EPOCH.timetuple()[:6])
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            info.external_attr = 0o600 << 16
            archive.writestr(info, content, compresslevel=5)
    return buffer.getvalue()


def contents_hash(parts: Mapping[str, bytes]) -> str:
    """The hash of everything in the package but the part that carries the hash."""
    return _hashed((name, len(parts[name]), [parts[name]]) for name in parts)


def _hashed(parts: Iterable[tuple[str, int, Iterable[bytes]]]) -> str:
    """The hash of parts, each with its name, its size and its contents in pieces."""
    digest = hashlib.sha256()
    for name, size, pieces in sorted(parts, key=lambda part: part[0]):
        if name != _CUSTOM:
            digest.update(f"{name}\0{size}\0".encode())
            for piece in pieces:
                digest.update(piece)
    return digest.hexdigest()


def is_untouched(path: Path) -> bool:
    """Whether a file is a workbook of ours whose contents still match the hash it carries."""
    try:
        with open_file(path) as file, Package(file) as package:
            if package.sizes.get(_CUSTOM, SMALL) >= SMALL:
                return False
            about = b"".join(package.pieces(_CUSTOM))
            carried = re.search(rb'name="contents_sha256".*?>([0-9a-f]{64})<', about)
            return carried is not None and carried[1].decode() == _hashed(
                (name, size, package.pieces(name)) for name, size in package.sizes.items()
            )
    except (UnreadableError, OSError):
        return False


# ---- openpyxl's part ----------------------------------------------------------------------------


def _describe(workbook: Any, book: Book) -> None:
    about = workbook.properties
    about.title, about.subject, about.creator = book.title, book.subject, f"tco {__version__}"
    about.description = "Formula-live cost model; every number traces to a sourced input."
    about.created = about.modified = EPOCH
    workbook.calculation.fullCalcOnLoad = True
    for name, value in {**book.properties, "contents_sha256": _HASH_AT}.items():
        workbook.custom_doc_props.append(StringProperty(name=name, value=value))
    theme = theme_xml
    for number, colour in enumerate(PALETTE, 1):
        theme = re.sub(rf'(<a:accent{number}><a:srgbClr val=")[0-9A-F]+', rf"\g<1>{colour}", theme)
    workbook.loaded_theme = theme.replace('typeface="Cambria"', 'typeface="Calibri"')


def _set_up(worksheet: Any, sheet: Sheet, book: Book) -> None:
    for column, width in sheet.widths.items():
        worksheet.column_dimensions[letters(column)].width = width
    worksheet.freeze_panes = sheet.freeze
    worksheet.sheet_view.showGridLines = sheet.gridlines
    worksheet.sheet_view.zoomScale = 90
    worksheet.sheet_properties.tabColor = tab_colour(sheet.title)
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    page = worksheet.page_setup
    page.orientation = "landscape" if sheet.landscape else "portrait"
    page.paperSize, page.fitToWidth, page.fitToHeight = (
        9, sheet.pages_wide, 1 if sheet.one_page else 0,
    )  # fmt: skip
    worksheet.print_area = f"A1:{address(*_printed(sheet))}"
    if not sheet.one_page:
        worksheet.print_title_rows = sheet.title_rows
    if sheet.pages_wide > 1:
        worksheet.print_title_cols = "A:A"  # each page across names its rows
    margins = worksheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    worksheet.print_options.horizontalCentered = True
    worksheet.oddFooter.left.text = f"{book.title}"[:80].replace("&", "&&")
    worksheet.oddFooter.center.text = "&A, page &P of &N"
    worksheet.oddFooter.right.text = f"{book.properties['scenario_sha256'][:12]}"
    for part in (worksheet.oddFooter.left, worksheet.oddFooter.center, worksheet.oddFooter.right):
        part.size = 8
    for row in [] if sheet.one_page else page_breaks(sheet):
        worksheet.row_breaks.append(Break(id=row))
    for rule, places in _grouped(sheet.rules).items():
        worksheet.add_data_validation(_validation(rule, places))
    for where, kind in sheet.flags:
        for signal in _signals(kind, where):
            worksheet.conditional_formatting.add(where, signal)
    for chart, anchor in sheet.charts:
        worksheet.add_chart(chart, anchor)


def _printed(sheet: Sheet) -> tuple[int, int]:
    row, column = sheet.extent
    for chart, anchor in sheet.charts:
        found = re.fullmatch(r"([A-Z]+)(\d+)", anchor)
        assert found
        row = max(row, int(found[2]) + math.ceil(chart.height / 0.53))
    return row, column


def _grouped(rules: Iterable[Rule]) -> dict[Rule, list[str]]:
    """Rules that differ only in where they hold, as one rule and its cells."""
    found: dict[Rule, list[str]] = {}
    for rule in rules:
        found.setdefault(replace(rule, where=""), []).extend(rule.where.split())
    return found


def _validation(rule: Rule, places: Iterable[str]) -> DataValidation:
    made = DataValidation(
        type=rule.kind,
        operator=None if rule.kind == "list" else rule.operator,
        formula1=rule.first,
        formula2=rule.second or None,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=bool(rule.prompt),
        sqref=" ".join(places),
    )
    made.errorTitle, made.error = rule.title[:32], rule.error[:225]
    made.promptTitle, made.prompt = rule.title[:32], rule.prompt[:255]
    return made


def _signals(kind: str, where: str) -> list[Any]:
    first = where.split(":")[0].replace("$", "")
    column, row = re.sub(r"\d", "", first), re.sub(r"\D", "", first)
    red = {"font": Font(color="9C1C1C", b=True), "fill": PatternFill(bgColor="F8D7D7")}
    amber = {"font": Font(color="7A4A00", b=True), "fill": PatternFill(bgColor="FCE8C8")}
    if kind == "state":
        return [
            FormulaRule(formula=[f'LEFT({column}{row},4)="FAIL"'], **red),
            FormulaRule(formula=[f'LEFT({column}{row},5)="ALERT"'], **amber),
        ]
    if kind == "fires":
        return [FormulaRule(formula=[f"ISERROR({column}{row})"], **red),
                FormulaRule(formula=[f"{column}{row}=1"], **red)]  # fmt: skip
    if kind == "error":
        return [FormulaRule(formula=[f"ISERROR({column}{row})"], **red)]
    if kind == "found":
        return [FormulaRule(formula=[f'${column}{row}<>"OK"'], **amber)]
    if kind.startswith("broken:"):
        return [FormulaRule(formula=[f"{kind.removeprefix('broken:')}>0"], **red)]
    if kind.startswith("back:"):
        grey = {"font": Font(color="A0A7B0", i=True)}
        flags = kind.removeprefix("back:")  # the name of a column of flags, one for each row
        return [FormulaRule(formula=[f"INDEX({flags},ROW()-{int(row) - 1})=0"], **grey)]
    if kind == "grid":
        return [
            FormulaRule(formula=[f"{column}{row}>0"], fill=PatternFill(bgColor="DDEBDF")),
            FormulaRule(formula=[f"{column}{row}<0"], fill=PatternFill(bgColor="FBE3D1")),
        ]
    if kind == "override":
        return [FormulaRule(formula=[f"NOT(ISBLANK({column}{row}))"], **amber)]
    raise ValueError(kind)

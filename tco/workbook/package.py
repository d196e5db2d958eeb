"""From a book to the bytes of an .xlsx: formulas with cached values, the same bytes every time.

The parts are hashed; the hash travels in a custom property, so that a file that somebody edited is
known and never overwritten unasked.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tco import __version__
from tco.catalogue.shipped import DATA
from tco.files import open_file
from tco.unpacking import Package, UnreadableError
from tco.workbook.cells import Book, Sheet, address, position
from tco.workbook.chartxml import Chart, chart_xml
from tco.workbook.markup import element, text
from tco.workbook.paging import printed_area, title_columns
from tco.workbook.sheetxml import MAIN, RELATIONS, sheet_xml
from tco.workbook.style import Looks

EPOCH = (1980, 1, 1, 0, 0, 0)  # the smallest time a zip can carry; no clock is read
MOST_ABOUT = 1 << 16  # bytes of what a workbook says of itself; ours has 2,000
_HASH_AT = "0" * 64
_CUSTOM = "docProps/custom.xml"
_WORKBOOK = "xl/workbook.xml"
_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def to_bytes(book: Book) -> bytes:
    """The .xlsx of a book."""
    parts = _parts(book)
    digest = contents_hash(parts)
    parts[_CUSTOM] = parts[_CUSTOM].replace(_HASH_AT.encode(), digest.encode())
    return _zip(parts)


def _parts(book: Book) -> dict[str, bytes]:
    """The parts of the package by name, in the order in which they are stored."""
    looks = Looks()
    parts: dict[str, str | bytes] = {
        "docProps/app.xml": _APP,
        "docProps/core.xml": _core(book),
        "xl/theme/theme1.xml": (DATA / "theme.xml").read_bytes(),
        _CUSTOM: _custom({**book.properties, "contents_sha256": _HASH_AT}),
    }
    listed: list[str] = []
    charts: list[Chart] = []
    for number, sheet in enumerate(book.sheets, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = sheet_xml(sheet, book, looks)
        listed.append(name)
        if sheet.charts:
            drawing = sum(name.startswith("xl/drawings/drawing") for name in parts) + 1
            target = f"xl/drawings/drawing{drawing}.xml"
            parts[target] = _drawing(sheet)
            here = [f"/xl/charts/chart{len(charts) + index}.xml"
                    for index in range(1, len(sheet.charts) + 1)]  # fmt: skip
            parts[f"xl/drawings/_rels/drawing{drawing}.xml.rels"] = _related("chart", here)
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _related(
                "drawing", [f"/{target}"]
            )
            charts += [chart for chart, _ in sheet.charts]
            listed.append(target)
    for number, chart in enumerate(charts, 1):
        name = f"xl/charts/chart{number}.xml"
        parts[name] = chart_xml(chart, book)
        listed.append(name)
    parts["xl/styles.xml"] = looks.stylesheet()
    parts["_rels/.rels"] = _ROOT
    parts[_WORKBOOK] = _workbook(book)
    parts["xl/_rels/workbook.xml.rels"] = _workbook_relations(len(book.sheets))
    parts["[Content_Types].xml"] = _content_types(listed)
    return {name: part if isinstance(part, bytes) else part.encode()
            for name, part in parts.items()}  # fmt: skip


def _zip(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, date_time=EPOCH)
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
            if package.sizes.get(_CUSTOM, MOST_ABOUT) >= MOST_ABOUT:
                return False
            about = b"".join(package.pieces(_CUSTOM))
            carried = re.search(rb'name="contents_sha256".*?>([0-9a-f]{64})<', about)
            return carried is not None and carried[1].decode() == _hashed(
                (name, size, package.pieces(name)) for name, size in package.sizes.items()
            )
    except (UnreadableError, OSError):
        return False


# ---- what the package says of itself -------------------------------------------------------------


_APP = element(
    "Properties",
    element("Application", "tco") + element("AppVersion", __version__.rpartition(".")[0]),
    xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
)


def _core(book: Book) -> str:
    """Title, subject and maker; the times are those of no clock."""
    said = {"dc:creator": f"tco {__version__}", "dc:title": book.title,
            "dc:description": book.description,
            "dc:subject": book.subject}  # fmt: skip
    inside = "".join(element(name, text(words)) for name, words in said.items())
    for time in ("created", "modified"):
        inside += element(f"dcterms:{time}", "1980-01-01T00:00:00Z",
                          **{"xsi:type": "dcterms:W3CDTF"})  # fmt: skip
    spaces = {
        "xmlns:cp": f"{_PACKAGES}/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:dcterms": "http://purl.org/dc/terms/",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    return element("cp:coreProperties", inside, **spaces)


def _custom(properties: Mapping[str, str]) -> str:
    inside = "".join(
        element("property", element("vt:lpwstr", text(value)), name=name,
                fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", pid=number)
        for number, (name, value) in enumerate(properties.items(), 2)
    )  # fmt: skip
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    return element("Properties", inside, **{"xmlns:vt": f"{office}/docPropsVTypes",
                                            "xmlns": f"{office}/custom-properties"})  # fmt: skip


def _relationship(kind: str, target: str, number: int) -> str:
    return element("Relationship", Type=kind, Target=target, Id=f"rId{number}")


def _relationships(found: Iterable[tuple[str, str]]) -> str:
    """Relations to other parts: (kind, target) each."""
    inside = "".join(_relationship(kind, target, number)
                     for number, (kind, target) in enumerate(found, 1))  # fmt: skip
    return element("Relationships", inside, xmlns=f"{_PACKAGES}/relationships")


def _related(kind: str, targets: Sequence[str]) -> str:
    return _relationships((f"{RELATIONS}/{kind}", target) for target in targets)


_ROOT = _relationships((
    (f"{RELATIONS}/officeDocument", _WORKBOOK),
    (f"{_PACKAGES}/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{RELATIONS}/extended-properties", "docProps/app.xml"),
    (f"{RELATIONS}/custom-properties", _CUSTOM),
))  # fmt: skip


def _workbook_relations(sheets: int) -> str:
    return _relationships((
        *((f"{RELATIONS}/worksheet", f"/xl/worksheets/sheet{number}.xml")
          for number in range(1, sheets + 1)),
        (f"{RELATIONS}/styles", "styles.xml"),
        (f"{RELATIONS}/theme", "theme/theme1.xml"),
    ))  # fmt: skip


_KINDS = {
    "xl/worksheets": "spreadsheetml.worksheet",
    "xl/drawings": "drawing",
    "xl/charts": "drawingml.chart",
}


def _content_types(listed: Iterable[str]) -> str:
    """What each part is."""
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    kinds = {
        "xl/styles.xml": f"{_OFFICE}spreadsheetml.styles+xml",
        "xl/theme/theme1.xml": f"{_OFFICE}theme+xml",
        "docProps/core.xml": core,
        "docProps/app.xml": f"{_OFFICE}extended-properties+xml",
        _CUSTOM: f"{_OFFICE}custom-properties+xml",
        **{name: f"{_OFFICE}{_KINDS[name.rpartition('/')[0]]}+xml" for name in listed},
        _WORKBOOK: f"{_OFFICE}spreadsheetml.sheet.main+xml",
    }
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    inside = element("Default", Extension="rels", ContentType=relations)
    inside += element("Default", Extension="xml", ContentType="application/xml")
    inside += "".join(element("Override", PartName=f"/{name}", ContentType=kind)
                      for name, kind in kinds.items())  # fmt: skip
    return element("Types", inside, xmlns=f"{_PACKAGES}/content-types")


def _workbook(book: Book) -> str:
    """The sheets, what is printed of each, the names, and that all is computed on opening."""
    view = element(
        "workbookView", visibility="visible", minimized=0, showHorizontalScroll=1,
        showVerticalScroll=1, showSheetTabs=1, tabRatio=600, firstSheet=0, activeTab=0,
        autoFilterDateGrouping=1,
    )  # fmt: skip
    sheets = "".join(
        element("sheet", name=sheet.title, sheetId=number, state="visible",
                **{"r:id": f"rId{number}"})
        for number, sheet in enumerate(book.sheets, 1)
    )  # fmt: skip
    names = "".join(_printing(sheet, number) for number, sheet in enumerate(book.sheets))
    names += "".join(f'<definedName name="{name}">{text(target)}</definedName>'
                     for name, target in book.names.items())  # fmt: skip
    inside = (
        element("workbookPr") + element("workbookProtection") + element("bookViews", view)
        + element("sheets", sheets) + element("definedNames", names)
        + element("calcPr", calcId=124519, fullCalcOnLoad=1)
    )  # fmt: skip
    return element("workbook", inside, **{"xmlns:r": RELATIONS, "xmlns": MAIN})


def _printing(sheet: Sheet, number: int) -> str:
    """The rows and columns that every page repeats, and the area that is printed."""
    quoted = f"""'{sheet.title.replace("'", "''")}'"""
    last = address(*printed_area(sheet), fixed="rc")
    found = {"Print_Area": f"{quoted}!$A${sheet.printed_from}:{last}"}
    if not sheet.one_page:
        first, _, end = sheet.title_rows.partition(":")
        repeated = [f"{quoted}!${first}:${end}"]
        if across := title_columns(sheet):
            repeated.insert(0, f"{quoted}!{across}")
        found = {"Print_Titles": ",".join(repeated), **found}
    names = "".join(element("definedName", text(area), name=f"_xlnm.{name}", localSheetId=number)
                    for name, area in found.items())  # fmt: skip
    return _filter(sheet, quoted, number) + names


def _filter(sheet: Sheet, quoted: str, number: int) -> str:
    """The area that filters itself, by the name under which programs look for it."""
    if not sheet.filtered:
        return ""
    area = ":".join(address(*position(cell), fixed="rc") for cell in sheet.filtered.split(":"))
    return element("definedName", text(f"{quoted}!{area}"), name="_xlnm._FilterDatabase",
                   localSheetId=number, hidden=1)  # fmt: skip


# ---- where charts stand --------------------------------------------------------------------------

_EMU = 360_000  # of the format's units in a centimetre


def _drawing(sheet: Sheet) -> str:
    spaces = {
        "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "xmlns:c": _CHARTS,
        "xmlns:r": RELATIONS,
        "xmlns:xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    }
    inside = "".join(_placed(chart, place, number)
                     for number, (chart, place) in enumerate(sheet.charts, 1))  # fmt: skip
    return element("xdr:wsDr", inside, **spaces)


def _placed(chart: Chart, place: str, number: int) -> str:
    first, _, last = place.partition(":")
    name = element("xdr:cNvPr", id=number, name=f"Chart {number}",
                   descr=chart.described)  # fmt: skip
    link = element("a:graphicData", element("c:chart", **{"r:id": f"rId{number}"}), uri=_CHARTS)
    frame = (
        element("xdr:nvGraphicFramePr", name + element("xdr:cNvGraphicFramePr"))
        + element("xdr:xfrm") + element("a:graphic", link)
    )  # fmt: skip
    drawn = element("xdr:graphicFrame", frame) + element("xdr:clientData")
    if last:
        return element("xdr:twoCellAnchor", _corner("from", first) + _corner("to", last) + drawn)
    size = element("xdr:ext", cx=int(chart.width * _EMU), cy=int(chart.height * _EMU))
    return element("xdr:oneCellAnchor", _corner("from", first) + size + drawn)


def _corner(name: str, place: str) -> str:
    """A corner of a drawing: that of a cell."""
    row, column = position(place)
    at = {"col": column - 1, "colOff": 0, "row": row - 1, "rowOff": 0}
    return element(f"xdr:{name}", "".join(element(f"xdr:{key}", str(n)) for key, n in at.items()))

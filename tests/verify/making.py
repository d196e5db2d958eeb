"""Workbooks of a few cells, as small as the format allows, and what can be wrong with them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from tco.workbook.cells import letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XF = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font>'
    '</fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1">{_XF}</cellStyleXfs><cellXfs count="1">{_XF}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)

Parts = dict[str, str]


class F(NamedTuple):
    """A formula cell; without a value nothing is stored."""

    formula: str
    value: Any = None


def parts(
    sheets: Mapping[str, Sequence[Sequence[Any]] | str],
    *,
    names: Mapping[str, str] | None = None,
    texts: Sequence[str] = (),
) -> Parts:
    """The parts of a workbook; a sheet is rows of values, or its XML."""
    count = range(1, len(sheets) + 1)
    defined = "".join(
        f"<definedName name={quoteattr(name)}>{escape(text)}</definedName>"
        for name, text in (names or {}).items()
    )
    found = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{TYPE}.worksheet+xml"/>'
            for i in count
        )
        + f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>',
        "_rels/.rels": _links(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        + "".join(
            f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="r{i}"/>'
            for i, name in enumerate(sheets, 1)
        )
        + f"</sheets>{f'<definedNames>{defined}</definedNames>' if defined else ''}</workbook>",
        "xl/_rels/workbook.xml.rels": _links(
            *((f"r{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in count),
            ("s", "styles", "styles.xml"),
            *([("t", "sharedStrings", "sharedStrings.xml")] if texts else []),
        ),
        "xl/styles.xml": STYLES,
    }
    for i, rows in enumerate(sheets.values(), 1):
        found[f"xl/worksheets/sheet{i}.xml"] = rows if isinstance(rows, str) else sheet(rows)
    if texts:
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'
    return found


def _links(*links: tuple[str, str, str]) -> str:
    made = "".join(
        f'<Relationship Id="{name}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for name, kind, target in links
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>'


def sheet(rows: Sequence[Sequence[Any]], after: str = "") -> str:
    """The XML of a sheet; what comes after the cells is given."""
    return worksheet(
        "".join(
            f'<row r="{row}">{"".join(cell(row, at, one) for at, one in enumerate(cells, 1))}</row>'
            for row, cells in enumerate(rows, 1)
        ),
        after,
    )


def worksheet(rows: str, after: str = "") -> str:
    """The XML of a sheet from that of its rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(row: int, column: int, one: Any) -> str:
    """The XML of a cell."""
    place = f"{letters(column)}{row}"
    if one is None:
        return ""
    formula = f"<f>{escape(one.formula)}</f>" if isinstance(one, F) else ""
    stored = one.value if isinstance(one, F) else one
    if stored is None:
        return f'<c r="{place}">{formula}</c>'
    if isinstance(stored, bool):
        return f'<c r="{place}" t="b">{formula}<v>{int(stored)}</v></c>'
    if isinstance(stored, str) and not formula:
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(stored)}</t></is></c>'
    if isinstance(stored, str):
        kind = "e" if stored.startswith("#") else "str"
        return f'<c r="{place}" t="{kind}">{formula}<v>{escape(stored)}</v></c>'
    return f'<c r="{place}">{formula}<v>{stored!r}</v></c>'


def save(path: Path, content: Mapping[str, str | bytes], *, packed: bool = True) -> Path:
    """Write the parts as a workbook."""
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return path


def one_sheet(path: Path, rows: Sequence[Sequence[Any]] | str, **more: Any) -> Path:
    """A workbook of one sheet named S."""
    return save(path, parts({"S": rows}, **more))


def edited(path: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of a workbook with every part changed as told."""
    with zipfile.ZipFile(path) as archive:
        return save(target, {name: change(name, archive.read(name)) for name in archive.namelist()})

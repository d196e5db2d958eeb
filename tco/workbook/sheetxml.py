"""A sheet's part of the package: its head, its rows with cached values, and what follows them."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from tco.model.cases import BASE
from tco.model.state import WITHHELD
from tco.workbook.cells import (
    Book,
    Cell,
    Rule,
    SharedRows,
    Sheet,
    address,
    in_rows,
    letters,
    position,
)
from tco.workbook.markup import element, escape, legal, text
from tco.workbook.paging import pages_of
from tco.workbook.sheets import tab_colour
from tco.workbook.style import Looks, signal

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x0041_ as A
_SIGNS = frozenset("=+-@\t\r")  # at the start of what a spreadsheet takes for a formula
_ERRORS = ("#N/A", "#NUM!", "#VALUE!", "#DIV/0!", "#REF!", "#NAME?", "#NULL!")


def sheet_xml(sheet: Sheet, book: Book, looks: Looks) -> bytes:
    """The part of a sheet. Looks are numbered as they are met: sheets are written in order."""
    parts = (*_head(sheet), "<sheetData>", _rows(sheet, looks), "</sheetData>",
             *_tail(sheet, book, looks))  # fmt: skip
    return f'<worksheet xmlns="{MAIN}">{"".join(parts)}</worksheet>'.encode()


# ---- cells --------------------------------------------------------------------------------------


def _cell_text(value: str) -> str:
    """Text as a cell takes it: no control characters, no accidental escapes."""
    clean = legal(value).replace("\r\n", "\n").replace("\r", "\n")
    if len(clean) > 32_767:
        raise ValueError(f"a text of {len(clean)} characters; a cell takes 32,767")
    return escape(_ESCAPED.sub("_x005F_", clean))


@functools.lru_cache(maxsize=1 << 14)
def _constant(value: str) -> str:
    """What stands in the cell of a text, after its style."""
    keep = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
    return f' t="inlineStr"><is><t{keep}>{_cell_text(value)}</t></is></c>'


@functools.lru_cache(maxsize=1 << 12)
def _result(value: str) -> tuple[str, str]:
    """The kind of a formula that comes to a text, and the text."""
    return "e" if value in _ERRORS else "str", _cell_text(value)


@functools.lru_cache(maxsize=1 << 12)
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
            kind, said = _result(value)
            return f'<c r="{place}"{style} t="{kind}"><f>{formula}</f><v>{said}</v></c>'
        if isinstance(value, float) and not math.isfinite(value):
            return f'<c r="{place}"{style} t="e"><f>{formula}</f><v>#NUM!</v></c>'
        return f'<c r="{place}"{style}><f>{formula}</f><v>{_number(value)}</v></c>'
    if value is None:
        return f'<c r="{place}"{style}/>'
    if isinstance(value, str):
        return f'<c r="{place}"{style}{_constant(value)}'
    return f'<c r="{place}"{style}><v>{_number(value)}</v></c>'


def _rows(sheet: Sheet, looks: Looks) -> str:
    shared = sheet.shared
    if shared is None:
        return _written(sheet.cells, sheet.heights, looks, sheet.outline)
    own = {place: cell for place, cell in sheet.cells.items() if place[0] < shared.first}
    above = _written(own, sheet.heights, looks, sheet.outline)
    return above + _shared(shared, tuple((name, looks[name]) for name in _looks_of(shared)))


def _written(
    cells: Mapping[tuple[int, int], Cell], heights: Mapping[int, float], looks: Mapping[str, str],
    outline: Mapping[int, int] = MappingProxyType({}),
) -> str:  # fmt: skip
    out: list[str] = []
    for row, found in in_rows(cells):
        tall = heights.get(row)
        size = f' ht="{tall:g}" customHeight="1"' if tall else ""
        level = f' outlineLevel="{outline[row]}"' if row in outline else ""
        out.append(f'<row r="{row}"{size}{level}>')
        out += [cell_xml(f"{letters(column)}{row}", cell, looks[_look(cell)])
                for column, cell in found]  # fmt: skip
        out.append("</row>")
    return "".join(out)


@functools.lru_cache(maxsize=32)
def _shared(shared: SharedRows, looks: tuple[tuple[str, str], ...]) -> str:
    """Rows that stand in many books, written once for all whose looks have these numbers."""
    return _written(shared.cells, shared.heights, dict(looks))


@functools.lru_cache(maxsize=32)
def _look(cell: Cell) -> str:
    """The look of a cell: of a text that starts like a formula one that keeps it a text.

    Without it a text that somebody opens for editing, and leaves as it is, becomes a formula.
    """
    value, look, formula = cell
    return f"'{look}" if not formula and isinstance(value, str) and value[:1] in _SIGNS else look


def _looks_of(shared: SharedRows) -> tuple[str, ...]:
    """The looks in the order in which they are met."""
    return tuple(dict.fromkeys(_look(cell) for _, cells in in_rows(shared.cells)
                               for _, cell in cells))  # fmt: skip


# ---- before the rows ----------------------------------------------------------------------------


def _head(sheet: Sheet) -> Iterator[str]:
    colour = element("tabColor", rgb=f"00{sheet.tab or tab_colour(sheet.title)}")
    outline = element("outlinePr", summaryBelow=0 if sheet.outline else 1, summaryRight=1)
    fitted = element("pageSetUpPr", fitToPage=int(sheet.one_page))
    yield element("sheetPr", colour + outline + fitted)
    yield element("dimension", ref=f"A1:{address(*sheet.extent)}")
    view = element("sheetView", _frozen(sheet.freeze), showGridLines=int(sheet.gridlines),
                   zoomScale=90, workbookViewId=0)  # fmt: skip
    yield element("sheetViews", view)
    yield element("sheetFormatPr", baseColWidth=8, defaultRowHeight=15,
                  outlineLevelRow=max(sheet.outline.values(), default=None))  # fmt: skip
    if sheet.widths:
        yield element("cols", "".join(_columns(sheet)))


def _columns(sheet: Sheet) -> Iterator[str]:
    for column, width in sorted(sheet.widths.items()):
        yield element("col", width=width, customWidth=1, min=column, max=column,
                      hidden=1 if column in sheet.hidden else None)  # fmt: skip


def _frozen(corner: str) -> str:
    """What stays in sight above and left of a cell."""
    row, column = (before - 1 for before in position(corner))
    active = "activeCell", "sqref"
    if not column and not row:
        return element("selection", **dict.fromkeys(active, "A1"))
    pane = "bottomRight" if column and row else "bottomLeft" if row else "topRight"
    others = ("topRight", "bottomLeft") if column and row else ()
    return (
        element("pane", xSplit=column or None, ySplit=row or None, topLeftCell=corner,
                activePane=pane, state="frozen")
        + "".join(element("selection", pane=one) for one in others)
        + element("selection", pane=pane, **dict.fromkeys(active, "A1"))
    )  # fmt: skip


# ---- after the rows -----------------------------------------------------------------------------


# What a protected sheet lets its reader do all the same: 0 is allowed. There is no password.
_ALLOWED = dict.fromkeys(("formatColumns", "formatRows", "sort", "autoFilter"), 0)


def _tail(sheet: Sheet, book: Book, looks: Looks) -> Iterator[str]:
    if book.protected:
        yield element("sheetProtection", sheet=1, objects=1, scenarios=1, **_ALLOWED)
    if sheet.filtered:
        yield element("autoFilter", ref=sheet.filtered)
    yield from _conditions(sheet, looks)
    yield _validations(sheet)
    yield _jumps(sheet)
    yield element("printOptions", horizontalCentered=1)
    yield element("pageMargins", left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    pages = pages_of(sheet)
    yield element(
        "pageSetup", orientation="landscape" if sheet.landscape else "portrait",
        paperSize=_PAPERS[pages.paper], scale=None if sheet.one_page else pages.percent,
        fitToHeight=1 if sheet.one_page else None, fitToWidth=1 if sheet.one_page else None,
    )  # fmt: skip
    title = book.title[:80].replace("&", "&&")
    short = book.properties[book.mark][:12]
    footer = f"&L&9 {title}&C&9 &A, page &P of &N&R&9 {short}"
    ends = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
    yield element("headerFooter", "".join(
        element(end, text(footer) if end == "oddFooter" else "") for end in ends))  # fmt: skip
    yield from _breaks("rowBreaks", pages.rows, 16_383)
    yield from _breaks("colBreaks", pages.columns, 1_048_575)
    if sheet.charts:
        yield f'<drawing xmlns:r="{RELATIONS}" r:id="rId1" />'


def _breaks(name: str, after: Sequence[int], last: int) -> Iterator[str]:
    """Where pages end: after these rows, or columns, whose other side ends at `last`."""
    if after:
        inside = "".join(element("brk", id=one, min=0, max=last, man=1) for one in after)
        yield element(name, inside, count=len(after), manualBreakCount=len(after))


_PAPERS = {"A4": 9, "A3": 8}  # the numbers of their sizes


def _jumps(sheet: Sheet) -> str:
    """Cells that lead to a place in the book when they are clicked."""
    inside = "".join(element("hyperlink", ref=cell, location=place, display=place)
                     for cell, place in sheet.jumps.items())  # fmt: skip
    return element("hyperlinks", inside) if inside else ""


_RED = signal("9C1C1C", "F8D7D7", b=True)
_AMBER = signal("7A4A00", "FCE8C8", b=True)
_GREY = signal("69727C", i=True)
_RED_INK, _AMBER_INK = signal("9C1C1C", b=True), signal("7A4A00", b=True)
_BLUE, _ORANGE = signal(back="DDE4EE"), signal(back="F7E1D3")
_GREENISH, _REDDISH = signal(back="DDEBDF"), signal(back="FBE3D1")


def _conditions(sheet: Sheet, looks: Looks) -> Iterator[str]:
    """What changes its look by what it holds; rules of one area stand together."""
    priority = 0
    areas: dict[str, list[tuple[str, str]]] = {}
    for where, kind in sheet.flags:
        areas.setdefault(where, []).extend(_signals(kind, where))
    for where, signals in areas.items():
        inside = ""
        for formula, look in signals:
            priority += 1
            inside += element("cfRule", element("formula", text(formula)), type="expression",
                              priority=priority, dxfId=looks.signal(look))  # fmt: skip
        yield element("conditionalFormatting", inside, sqref=_area(where))


def _area(where: str) -> str:
    """An area as it is named: one cell by itself."""
    first, _, last = where.partition(":")
    return first if first == last else where


def _signals(kind: str, where: str) -> list[tuple[str, str]]:
    """The formulas that signal something in an area, each with the look it brings about."""
    here = where.split(":")[0].replace("$", "")
    row, _ = position(here)
    name, _, argument = kind.partition(":")
    return {
        "state": [(f'LEFT({here},4)="FAIL"', _RED), (f'LEFT({here},5)="ALERT"', _AMBER)],
        "incase": [(f'{here}<>"Case: {BASE}"', _AMBER)],
        "fires": [(f"ISERROR({here})", _RED), (f"{here}=1", _RED)],
        "error": [(f"ISERROR({here})", _RED)],
        "differs": [(f"ISERROR({here})", _RED), (f"{here}>0", _AMBER)],
        "told": [(f'${here}<>"{WITHHELD}"', _AMBER)],
        "found": [(f'${here}<>"OK"', _AMBER)],
        "broken": [(f"{argument}>0", _RED)],
        # its argument is the name of a column of flags, one for each row
        "back": [(f"INDEX({argument},ROW()-{row - 1})=0", _GREY)],
        "boardstate": [
            (f'LEFT({here},4)="FAIL"', _RED_INK),
            (f'LEFT({here},5)="ALERT"', _AMBER_INK),
        ],
        "boardgrid": [(f"{here}>0", _BLUE), (f"{here}<0", _ORANGE)],
        "grid": [(f"{here}>0", _GREENISH), (f"{here}<0", _REDDISH)],
        "override": [(f"NOT(ISBLANK({here}))", _AMBER)],
    }[name]


def _validations(sheet: Sheet) -> str:
    rules = _grouped(sheet.rules)
    if not rules:
        return ""
    inside = "".join(_validation(rule, places) for rule, places in rules.items())
    return element("dataValidations", inside, count=len(rules))


def _grouped(rules: Iterable[Rule]) -> dict[Rule, list[str]]:
    """Rules that differ only in where they hold, as one rule and its cells."""
    found: dict[Rule, list[str]] = {}
    for rule in rules:
        found.setdefault(replace(rule, where=""), []).extend(rule.where.split())
    return found


def _validation(rule: Rule, places: Iterable[str]) -> str:
    bounds = element("formula1", text(rule.first))
    bounds += element("formula2", text(rule.second)) if rule.second else ""
    areas = sorted(places, key=lambda area: position(area.partition(":")[0])[::-1])
    return element(
        "dataValidation", bounds, sqref=" ".join(map(_area, areas)), showDropDown=0,
        showInputMessage=int(bool(rule.prompt)), showErrorMessage=1, allowBlank=1,
        errorTitle=rule.title[:32], error=rule.error[:225], promptTitle=rule.title[:32],
        prompt=rule.prompt[:255], type=rule.kind,
        operator=None if rule.kind == "list" else rule.operator,
    )  # fmt: skip

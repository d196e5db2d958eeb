"""Looks: fonts, fills, borders and number formats, each made once and found by name.

A look is "kind" or "kind:unit". The four kinds of cell a reader must tell apart are input, link,
calc and check; the key printed in every sheet's head names them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tco.quantities.forms import form
from tco.workbook.markup import element

NAVY, INK, MUTED, RULE, PALE = "1F3A5F", "333F48", "5F6B76", "D5DAE1", "F3F5F8"
INPUT_INK, INPUT_FILL, LINK_INK, ACCENT = "0000FF", "FFF8E1", "007A33", "C05A00"
FONT = "Calibri"


def _colour(name: str, rgb: str) -> str:
    return element(name, rgb=f"00{rgb}")


def _font(sz: float = 10, color: str = INK, *, b: bool = False, i: bool = False) -> str:
    face = element("b", val=1) * b + element("i", val=1) * i + element("sz", val=sz)
    return element("font", face + _colour("color", color) + element("name", val=FONT))


def _fill(colour: str) -> str:
    inside = element("patternFill", _colour("fgColor", colour), patternType="solid")
    return element("fill", inside)


def _align(horizontal: str | None = None, *, wrap: bool = False, indent: int = 0) -> str:
    return element("alignment", horizontal=horizontal, vertical="center",
                   wrapText=wrap or None, indent=indent or None)  # fmt: skip


def _border(**sides: tuple[str, str]) -> str:
    """The lines around a cell: (style, colour) by side, in the order left, right, top, bottom."""
    return element("border", "".join(element(side, _colour("color", colour), style=style)
                                     for side, (style, colour) in sides.items()))  # fmt: skip


_THIN, _DARK = ("thin", RULE), ("thin", INK)
_BOX = _border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_UNDER = _border(bottom=("hair", "C5CCD6"))
_ABOVE_AND_BELOW = _border(top=_DARK, bottom=("double", INK))


@dataclass(frozen=True)
class Look:
    """How a cell looks: each part as the stylesheet has it, "" where there is nothing special."""

    font: str = ""
    fill: str = ""
    border: str = ""
    alignment: str = ""
    unlocked: bool = False
    number_format: str = "General"


_BLACK, _GREY, _TILE = "1F2833", "5F6B76", "ECEFF3"
_HAIR = _border(bottom=("hair", "A9B3BD"))
_RULE = _border(bottom=("medium", _BLACK))
_APART = _border(left=("thick", "FFFFFF"))
_FRAME = _border(**dict.fromkeys(("left", "right", "top", "bottom"), ("medium", _BLACK)))


def _board(
    sz: float = 9, colour: str = _BLACK, side: str = "left", *, b: bool = False,
    border: str = "", fill: str = "", indent: int = 0,
) -> Look:  # fmt: skip
    """A look of the board's page: black and grey, 9 points at least."""
    return Look(font=_font(sz, colour, b=b), border=border, fill=_fill(fill) if fill else "",
                alignment=_align(side, indent=indent))  # fmt: skip


# Board is for show: what is an input, a link or a calculation is coloured from Inputs on.
_BOARD = {
    "bsmall": _board(colour=_GREY),
    "bstate": _board(colour=_GREY, side="right"),
    "banswer": _board(14, b=True),
    "blead": _board(9.5),
    "btile": _board(fill=_TILE),
    "btilelabel": _board(colour=_GREY, fill=_TILE, border=_APART),
    "btilefigure": _board(14, b=True, fill=_TILE, border=_APART),
    "bheading": _board(10, b=True, border=_RULE),
    "bhead": _board(colour=_GREY, side="right", border=_HAIR),
    "bheadnum": _board(colour=_GREY, side="right", border=_HAIR),
    "bdate": _board(border=_HAIR),
    "bheadtext": _board(colour=_GREY, border=_HAIR),
    "btext": _board(border=_HAIR),
    "bwords": _board(border=_HAIR, indent=1),
    "bheadwords": _board(colour=_GREY, border=_HAIR, indent=1),
    "btextright": _board(side="right", border=_HAIR),
    "bof": _board(colour=_GREY, border=_HAIR),
    "bofright": _board(colour=_GREY, side="right", border=_HAIR),
    "btotal": _board(b=True, border=_HAIR),
    "btotalright": _board(side="right", b=True, border=_HAIR),
    "btotalnum": _board(side="right", b=True, border=_HAIR),
    "bnum": _board(side="right", border=_HAIR),
    "bgrid": _board(side="right", border=_HAIR),
    "bplan": _board(side="right", b=True, border=_FRAME),
    "bfoot": _board(colour=_GREY, border=_border(top=("thin", _GREY))),
}


_LOOKS: dict[str, Look] = {
    "title": Look(font=_font(sz=14, b=True, color=NAVY)),
    "subtitle": Look(font=_font(color=MUTED)),
    "incase": Look(font=_font(sz=9, color=MUTED), alignment=_align("left")),
    "state": Look(font=_font(b=True, color=NAVY), alignment=_align("left")),
    "head": Look(
        font=_font(b=True, color="FFFFFF"),
        fill=_fill(NAVY),
        alignment=_align(wrap=True),
    ),
    "headtext": Look(
        font=_font(b=True, color="FFFFFF"),
        fill=_fill(NAVY),
        alignment=_align("left", wrap=True, indent=1),
    ),
    "headnum": Look(
        font=_font(b=True, color="FFFFFF"),
        fill=_fill(NAVY),
        alignment=_align("right", wrap=True),
    ),
    "charthead": Look(font=_font(sz=11, b=True, color="1F2833"), border=_border(bottom=_DARK)),
    "section": Look(
        font=_font(b=True, color=NAVY),
        fill=_fill(PALE),
        border=_border(bottom=_DARK),
    ),
    "key": Look(font=_font(sz=9, color=MUTED), border=_UNDER, alignment=_align()),
    "label": Look(font=_font(), border=_UNDER, alignment=_align()),
    "labelwrap": Look(font=_font(), border=_UNDER, alignment=_align(wrap=True)),
    "of": Look(
        font=_font(i=True, color=MUTED),
        border=_UNDER,
        alignment=_align("left", indent=1),
    ),
    "contents": Look(font=_font(b=True, color=NAVY), border=_UNDER, alignment=_align()),
    "unit": Look(font=_font(color=MUTED), border=_UNDER, alignment=_align()),
    "case": Look(font=_font(sz=9, color=MUTED), alignment=_align("right")),
    "some": Look(font=_font(sz=9, color=MUTED), alignment=_align("right")),
    "unitright": Look(font=_font(color=MUTED), border=_UNDER, alignment=_align("right")),
    "factnum": Look(font=_font(color=INPUT_INK), border=_UNDER, alignment=_align("right")),
    "unitafter": Look(
        font=_font(color=MUTED),
        border=_UNDER,
        alignment=_align("left", indent=1),
    ),
    "note": Look(
        font=_font(sz=9, color=MUTED),
        border=_UNDER,
        alignment=_align("left", wrap=True, indent=1),
    ),
    "body": Look(font=_font(), alignment=_align(wrap=True)),
    "plain": Look(font=_font(), border=_UNDER, alignment=_align(wrap=True)),
    "blank": Look(font=_font(), border=_UNDER),
    "input": Look(
        font=_font(color=INPUT_INK),
        fill=_fill(INPUT_FILL),
        border=_BOX,
        unlocked=True,
        alignment=_align("right"),
    ),
    "written": Look(
        font=_font(color=INPUT_INK),
        border=_UNDER,
        alignment=_align("left", indent=1),
        number_format="@",
    ),
    "factnote": Look(
        font=_font(sz=9, color=INPUT_INK),
        border=_UNDER,
        alignment=_align("left", wrap=True, indent=1),
    ),
    "fact": Look(font=_font(color=INPUT_INK), border=_UNDER, alignment=_align()),
    "link": Look(
        font=_font(color=LINK_INK),
        border=_UNDER,
        alignment=_align("right", wrap=True),
    ),
    "linktext": Look(
        font=_font(sz=9, color=LINK_INK),
        border=_UNDER,
        alignment=_align("left", wrap=True, indent=1),
    ),
    "noteright": Look(
        font=_font(sz=9, color=MUTED), border=_UNDER, alignment=_align("right", wrap=True)
    ),
    "noteflow": Look(font=_font(sz=9, color=MUTED), alignment=_align("left")),
    "notecalc": Look(
        font=_font(sz=9),
        border=_UNDER,
        alignment=_align("left", wrap=True, indent=1),
    ),
    "linkkey": Look(
        font=_font(sz=9, color=LINK_INK),
        border=_UNDER,
        alignment=_align(),
    ),
    "linklabel": Look(font=_font(color=LINK_INK), border=_UNDER, alignment=_align()),
    "linkright": Look(
        font=_font(color=LINK_INK),
        border=_UNDER,
        alignment=_align("right", wrap=True),
    ),
    "finding": Look(
        font=_font(sz=9, color=LINK_INK),
        border=_UNDER,
        alignment=_align("left"),
    ),
    "calc": Look(font=_font(), border=_UNDER, alignment=_align("right", wrap=True)),
    "sentence": Look(font=_font(), border=_UNDER, alignment=_align(wrap=True)),
    "total": Look(
        font=_font(b=True),
        border=_ABOVE_AND_BELOW,
        alignment=_align("right", wrap=True),
    ),
    "totallabel": Look(
        font=_font(b=True),
        border=_ABOVE_AND_BELOW,
        alignment=_align(wrap=True),
    ),
    "totallink": Look(
        font=_font(b=True, color=LINK_INK),
        border=_ABOVE_AND_BELOW,
        alignment=_align("right", wrap=True),
    ),
    "check": Look(
        font=_font(b=True),
        border=_UNDER,
        fill=_fill("E9F3EC"),
        alignment=_align("center"),
    ),
    "unseen": Look(  # until a condition shows it
        font=_font(sz=14, b=True, color="FFFFFF"),
        alignment=_align(wrap=False),
    ),
    "headline": Look(
        font=_font(b=True, color=NAVY),
        alignment=_align(wrap=False),
    ),
    "tile": Look(
        font=_font(sz=15, b=True, color=NAVY),
        fill=_fill(PALE),
        alignment=_align("center"),
    ),
    "tilelink": Look(
        font=_font(sz=15, b=True, color=LINK_INK),
        fill=_fill(PALE),
        alignment=_align("center"),
    ),
    "tilelabel": Look(
        font=_font(sz=9, color=MUTED),
        fill=_fill(PALE),
        alignment=_align("center", wrap=True),
    ),
    **_BOARD,
    "keyinput": Look(
        font=_font(sz=9, color=INPUT_INK),
        fill=_fill(INPUT_FILL),
        border=_BOX,
        alignment=_align("center"),
    ),
    "keylink": Look(
        font=_font(sz=9, color=LINK_INK),
        border=_BOX,
        alignment=_align("center"),
    ),
    "keycalc": Look(
        font=_font(sz=9),
        border=_BOX,
        alignment=_align("center"),
    ),
    "keycheck": Look(
        font=_font(sz=9, b=True),
        fill=_fill("E9F3EC"),
        border=_BOX,
        alignment=_align("center"),
    ),
}

DATE_FORM = "yyyy\\-mm\\-dd"
_TEXT_LOOKS = {"text", "choice", "date"}
_MILLIONS = '[>=1000000]#,##0.00,,"  M";[<=-1000000]-#,##0.00,,"  M";#,##0.00'
_GRID = '"+ "#,##0.00,,"  M";"- "#,##0.00,,"  M";0'  # which side is ahead, without colour too
_TILES = {
    "USD": _MILLIONS,
    "USD exact": _MILLIONS,
    "GPU": "#,##0",
    "ratio": "#,##0.0",
    "share": "0.0%",
}


def number_format(unit: str, kind: str = "") -> str:
    """The number format of a unit; texts have none."""
    if unit == "date":
        return DATE_FORM
    if unit in _TEXT_LOOKS:
        # As General a spreadsheet would make a number or a day of what is typed: 1E5, 2024, TRUE.
        return "@" if kind in ("input", "fact") else "General"
    if unit == "grid":
        return _GRID
    if unit == "yearhead":  # a number, for formulas, that says what it counts
        return '"Year "0'
    if kind == "some":  # how many there are, where there are any
        return "0;-0;"
    if kind.startswith("tile") and unit in _TILES:
        return _TILES[unit]
    return form(unit).cell


# Number formats that every reader knows by number, of those that are used here.
_KNOWN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10,
          "0.00E+00": 11, "@": 49}  # fmt: skip
_FIRST_OWN = 164
_USUAL_POINTS = 11.0  # of a look without a font of its own


def look_of(name: str) -> Look:
    """The look of a name: "kind" or "kind:unit"."""
    kind, colon, unit = name.partition(":")
    look = _LOOKS[kind]
    if not colon:
        return look
    look = replace(look, number_format=number_format(unit, kind))
    if unit in _TEXT_LOOKS and kind in ("input", "link", "calc", "fact"):
        # beside numbers, and below an indented head
        indent = int(kind in ("fact", "calc"))
        look = replace(look, alignment=_align("left", wrap=kind != "input", indent=indent))
    return look


@functools.lru_cache(maxsize=1 << 10)
def points_of(name: str) -> float:
    """The size of a look's letters, in points."""
    return float(look_of(name).font.partition('sz val="')[2].partition('"')[0] or _USUAL_POINTS)


class Looks(dict[str, str]):
    """The style attribute of each look of one workbook, numbered when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        grey = element("fill", element("patternFill", patternType="gray125"))
        self._fonts = {"": 0}
        self._fills = {"": 0, grey: 1}
        self._borders = {"": 0}
        self._formats: dict[str, int] = {}
        self._styles = {_PLAIN: 0}
        self._signals: dict[str, int] = {}

    def __missing__(self, name: str) -> str:
        style = self._style(look_of(name.removeprefix("'")), quoted=name.startswith("'"))
        self[name] = f' s="{_number(self._styles, style)}"'
        return self[name]

    def signal(self, look: str) -> int:
        """The number of a look that a condition brings about."""
        return _number(self._signals, look)

    def _style(self, look: Look, *, quoted: bool) -> str:
        number = _KNOWN.get(look.number_format)
        if number is None:
            number = _FIRST_OWN + _number(self._formats, look.number_format)
        lock = element("protection", locked=0, hidden=0) if look.unlocked else ""
        return element(
            "xf", look.alignment + lock,
            numFmtId=number, fontId=_number(self._fonts, look.font),
            fillId=_number(self._fills, look.fill), borderId=_number(self._borders, look.border),
            applyAlignment=1 if look.alignment else None,
            applyProtection=1 if look.unlocked else None, pivotButton=0,
            quotePrefix=int(quoted), xfId=0,
        )  # fmt: skip

    def stylesheet(self) -> bytes:
        """The part of all looks asked for."""
        formats = [element("numFmt", numFmtId=_FIRST_OWN + number, formatCode=code)
                   for code, number in self._formats.items()]  # fmt: skip
        parts = [
            _list("numFmts", formats),
            _list("fonts", [_FIRST_FONT, *[one for one in self._fonts if one]]),
            _list("fills", [_NO_FILL, *[one for one in self._fills if one]]),
            _list("borders", [_NO_BORDER, *[one for one in self._borders if one]]),
            _list("cellStyleXfs", [element("xf", numFmtId=0, fontId=0, fillId=0, borderId=0)]),
            _list("cellXfs", self._styles),
            _list("cellStyles", [
                element("cellStyle", name="Normal", xfId=0, builtinId=0, hidden=0)
            ]),
            _list("dxfs", self._signals),
            element("tableStyles", count=0, defaultTableStyle="TableStyleMedium9",
                    defaultPivotStyle="PivotStyleLight16"),
            _COLOURS,
        ]  # fmt: skip
        return element("styleSheet", "".join(parts), xmlns=_MAIN).encode()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PLAIN = element("xf", numFmtId=0, fontId=0, fillId=0, borderId=0, pivotButton=0, quotePrefix=0,
                 xfId=0)  # fmt: skip
_FIRST_FONT = element("font", element("sz", val=11) + element("color", theme=1)
                      + element("name", val=FONT) + element("family", val=2)
                      + element("scheme", val="minor"))  # fmt: skip
_NO_FILL = element("fill", element("patternFill"))
_NO_BORDER = element("border", "".join(
    element(side) for side in ("left", "right", "top", "bottom", "diagonal")))  # fmt: skip
_INDEXED = """
    000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
    000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
    800000 008000 000080 808000 800080 008080 C0C0C0 808080
    9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
    000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF
    00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
    3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696
    003366 339966 003300 333300 993300 993366 333399 333333
"""  # what colours mean that are told by number
_COLOURS = element("colors", element("indexedColors", "".join(
    _colour("rgbColor", rgb) for rgb in _INDEXED.split())))  # fmt: skip


def _list(name: str, items: Iterable[str]) -> str:
    found = list(items)
    return element(name, "".join(found), count=len(found)) if found else element(name)


def _number(known: dict[str, int], what: str) -> int:
    """The number of something, the next one where it is new."""
    return known.setdefault(what, len(known))


def signal(colour: str = "", back: str = "", *, b: bool = False, i: bool = False) -> str:
    """A look that a condition brings about: letters and ground, each where it is given."""
    face = element("b", val=1) * b + element("i", val=1) * i
    font = element("font", face + _colour("color", colour)) if colour else ""
    ground = element("patternFill", _colour("bgColor", back))
    return element("dxf", font + (element("fill", ground) if back else ""))

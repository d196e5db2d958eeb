"""Looks: fonts, fills, borders and number formats, each made once and found by name.

A look is "kind" or "kind:unit". The four kinds of cell a reader must tell apart are input, link,
calc and check; the key printed in every sheet's head names them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openpyxl.cell.cell import Cell as OpenpyxlCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from tco.quantities import form

NAVY, INK, MUTED, RULE, PALE = "1F3A5F", "333F48", "6B7785", "D5DAE1", "F3F5F8"
INPUT_INK, INPUT_FILL, LINK_INK, ACCENT = "0000FF", "FFF8E1", "007A33", "C05A00"
FONT = "Calibri"

_HAIR = Side(style="hair", color="C5CCD6")
_THIN = Side(style="thin", color=RULE)
_DARK = Side(style="thin", color=INK)
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_UNDER = Border(bottom=_HAIR)


def _font(**named: Any) -> Font:
    return Font(name=FONT, **{"sz": 10, "color": INK, **named})


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def _align(horizontal: str | None = None, *, wrap: bool = False, indent: int = 0) -> Alignment:
    return Alignment(horizontal=horizontal, vertical="center", wrap_text=wrap, indent=indent)


_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font": _font(sz=16, b=True, color=NAVY)},
    "subtitle": {"font": _font(color=MUTED)},
    "state": {"font": _font(b=True, color=NAVY), "alignment": _align("left")},
    "head": {
        "font": _font(b=True, color="FFFFFF"),
        "fill": _fill(NAVY),
        "alignment": Alignment(vertical="center", wrap_text=True),
    },
    "headtext": {
        "font": _font(b=True, color="FFFFFF"),
        "fill": _fill(NAVY),
        "alignment": Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1),
    },
    "headnum": {
        "font": _font(b=True, color="FFFFFF"),
        "fill": _fill(NAVY),
        "alignment": Alignment(horizontal="right", vertical="center", wrap_text=True),
    },
    "section": {
        "font": _font(b=True, color=NAVY),
        "fill": _fill(PALE),
        "border": Border(bottom=_DARK),
    },
    "key": {"font": _font(sz=8, color=MUTED), "border": _UNDER, "alignment": _align()},
    "label": {"font": _font(), "border": _UNDER, "alignment": _align()},
    "labelwrap": {"font": _font(), "border": _UNDER, "alignment": _align(wrap=True)},
    "of": {
        "font": _font(i=True, color=MUTED),
        "border": _UNDER,
        "alignment": _align("left", indent=1),
    },
    "unit": {"font": _font(color=MUTED), "border": _UNDER, "alignment": _align()},
    "case": {"font": _font(sz=8, color=MUTED), "alignment": _align("right")},
    "some": {"font": _font(sz=8, color=MUTED), "alignment": _align("right")},
    "unitright": {"font": _font(color=MUTED), "border": _UNDER, "alignment": _align("right")},
    "factnum": {"font": _font(color=INPUT_INK), "border": _UNDER, "alignment": _align("right")},
    "unitafter": {
        "font": _font(color=MUTED),
        "border": _UNDER,
        "alignment": _align("left", indent=1),
    },
    "note": {
        "font": _font(sz=9, color=MUTED),
        "border": _UNDER,
        "alignment": _align("left", wrap=True, indent=1),
    },
    "body": {"font": _font(), "alignment": _align(wrap=True)},
    "plain": {"font": _font(), "border": _UNDER, "alignment": _align(wrap=True)},
    "blank": {"font": _font(), "border": _UNDER},
    "input": {
        "font": _font(color=INPUT_INK),
        "fill": _fill(INPUT_FILL),
        "border": _BOX,
        "protection": Protection(locked=False),
        "alignment": _align("right"),
    },
    "factnote": {
        "font": _font(sz=8, color=INPUT_INK),
        "border": _UNDER,
        "alignment": _align("left", wrap=True, indent=1),
    },
    "fact": {"font": _font(color=INPUT_INK), "border": _UNDER, "alignment": _align()},
    "link": {
        "font": _font(color=LINK_INK),
        "border": _UNDER,
        "alignment": _align("right", wrap=True),
    },
    "linktext": {
        "font": _font(sz=9, color=LINK_INK),
        "border": _UNDER,
        "alignment": _align("left", wrap=True, indent=1),
    },
    "noteflow": {"font": _font(sz=9, color=MUTED), "alignment": _align("left")},
    "notecalc": {
        "font": _font(sz=9),
        "border": _UNDER,
        "alignment": _align("left", wrap=True, indent=1),
    },
    "linkkey": {
        "font": _font(sz=8, color=LINK_INK),
        "border": _UNDER,
        "alignment": _align(),
    },
    "linklabel": {"font": _font(color=LINK_INK), "border": _UNDER, "alignment": _align()},
    "linkright": {
        "font": _font(color=LINK_INK),
        "border": _UNDER,
        "alignment": _align("right"),
    },
    "finding": {
        "font": _font(sz=9, color=LINK_INK),
        "border": _UNDER,
        "alignment": _align("left"),
    },
    "calc": {"font": _font(), "border": _UNDER, "alignment": _align("right", wrap=True)},
    "sentence": {"font": _font(), "border": _UNDER, "alignment": _align(wrap=True)},
    "total": {
        "font": _font(b=True),
        "border": Border(top=_DARK, bottom=Side(style="double", color=INK)),
        "alignment": _align("right"),
    },
    "totallabel": {
        "font": _font(b=True),
        "border": Border(top=_DARK, bottom=Side(style="double", color=INK)),
        "alignment": _align(),
    },
    "totallink": {
        "font": _font(b=True, color=LINK_INK),
        "border": Border(top=_DARK, bottom=Side(style="double", color=INK)),
        "alignment": _align("right"),
    },
    "check": {
        "font": _font(b=True),
        "border": _UNDER,
        "fill": _fill("E9F3EC"),
        "alignment": _align("center"),
    },
    "unseen": {  # until a condition shows it
        "font": _font(sz=14, b=True, color="FFFFFF"),
        "alignment": _align(wrap=False),
    },
    "headline": {
        "font": _font(sz=12, b=True, color=NAVY),
        "alignment": _align(wrap=False),
    },
    "tile": {
        "font": _font(sz=16, b=True, color=NAVY),
        "fill": _fill(PALE),
        "alignment": Alignment(horizontal="center", vertical="center"),
    },
    "tilelink": {
        "font": _font(sz=16, b=True, color=LINK_INK),
        "fill": _fill(PALE),
        "alignment": Alignment(horizontal="center", vertical="center"),
    },
    "tilelabel": {
        "font": _font(sz=9, color=MUTED),
        "fill": _fill(PALE),
        "alignment": Alignment(horizontal="center", vertical="center", wrap_text=True),
    },
    "keyinput": {
        "font": _font(sz=9, color=INPUT_INK),
        "fill": _fill(INPUT_FILL),
        "border": _BOX,
        "alignment": Alignment(horizontal="center", vertical="center"),
    },
    "keylink": {
        "font": _font(sz=9, color=LINK_INK),
        "border": _BOX,
        "alignment": Alignment(horizontal="center", vertical="center"),
    },
    "keycalc": {
        "font": _font(sz=9),
        "border": _BOX,
        "alignment": Alignment(horizontal="center", vertical="center"),
    },
    "keycheck": {
        "font": _font(sz=9, b=True),
        "fill": _fill("E9F3EC"),
        "border": _BOX,
        "alignment": Alignment(horizontal="center", vertical="center"),
    },
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
    if kind == "some":  # how many there are, where there are any
        return "0;-0;"
    if kind.startswith("tile") and unit in _TILES:
        return _TILES[unit]
    return form(unit).cell


class _Attributes(dict[str, str]):
    """The style attribute of each look, made when it is first asked for."""

    def __init__(self, make: Callable[[str], int]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, look: str) -> str:
        self[look] = f' s="{self._make(look)}"'
        return self[look]


class Looks:
    """Styles of one openpyxl workbook, by the name of the look."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self.attributes = _Attributes(self._make)

    def _make(self, look: str) -> int:
        kind, _, unit = look.partition(":")
        cell = OpenpyxlCell(self._sheet, row=1, column=1)
        for part, style in _LOOKS[kind].items():
            setattr(cell, part, style)
        if ":" in look:
            cell.number_format = number_format(unit, kind)
            if unit in _TEXT_LOOKS and kind in ("input", "link", "calc", "fact"):
                cell.alignment = Alignment(
                    horizontal="left",
                    vertical="center",
                    wrap_text=kind != "input",
                    indent=int(
                        kind in ("fact", "calc")
                    ),  # beside numbers, and below an indented head
                )
        return int(cell.style_id)

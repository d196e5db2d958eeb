"""How cells look, as far as a reader can be misled by it: number formats, fonts, fills, locks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tco.audit.elements import NOTHING, Element

WHITE, BLACK = "FFFFFF", "000000"
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "m/d/yyyy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_INDEXED = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 12: "0000FF", 39: "0000FF", 4: "0000FF",
            64: BLACK, 65: WHITE}  # fmt: skip
_WORDS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True)
class Look:
    """How a cell looks.

    Attributes:
        format: of its number, as the format writes it.
        ink: of its letters, six hexadecimal digits, "" where it is not known.
        paper: behind them; white where nothing is filled, "" where it is not known.
    """

    format: str = "General"
    ink: str = BLACK
    paper: str = WHITE
    font: str = ""
    bold: bool = False
    locked: bool = True
    apostrophe: bool = False

    @property
    def bare(self) -> str:
        """The format of positive numbers without its texts, colours and spaces."""
        return _WORDS.sub("", self.format.split(";")[0])

    @property
    def is_percent(self) -> bool:
        """Whether it shows a percentage."""
        return "%" in self.bare

    @property
    def is_date(self) -> bool:
        """Whether it shows a date or a time."""
        return self.format != "General" and bool(re.search("[dyhms]", self.bare.lower()))

    @property
    def kind(self) -> str:
        """What sort of number it shows: date, percent, text, general or number."""
        if self.is_date:
            return "date"
        if self.is_percent:
            return "percent"
        return {"@": "text", "General": "general"}.get(self.format, "number")

    @property
    def hides(self) -> bool:
        """Whether it shows nothing at all: ;;;"""
        sections = [_WORDS.sub("", one).strip() for one in self.format.split(";")]
        has_words = '"' in self.format or "\\" in self.format
        return len(sections) >= 3 and not any(sections) and not has_words


PLAIN = Look()


def looks(styles: Element, theme: Element) -> list[Look]:
    """The look of each style number."""
    colours = _Colours(theme)
    formats = _BUILT_IN | {
        one.number("numFmtId"): one.get("formatCode") for one in styles.all("numFmt")
    }
    fonts = list((styles.first("fonts") or NOTHING).children)
    fills = list((styles.first("fills") or NOTHING).children)
    return [
        _look(one, formats, fonts, fills, colours)
        for one in (styles.first("cellXfs") or NOTHING).children
    ]


def _look(
    one: Element, formats: dict[int, str], fonts: list[Element], fills: list[Element],
    colours: _Colours,
) -> Look:  # fmt: skip
    font = _at(fonts, one.number("fontId"))
    pattern = _at(fills, one.number("fillId")).first("patternFill") or NOTHING
    ink = font.first("color")
    paper = WHITE
    if pattern.get("patternType", "none") == "solid":
        paper = colours.of(pattern.first("fgColor") or NOTHING, "")
    elif pattern.get("patternType", "none") != "none":
        paper = ""
    protection = one.first("protection") or NOTHING
    return Look(
        formats.get(one.number("numFmtId"), "General") or "General",
        BLACK if ink is None else colours.of(ink, BLACK),
        paper,
        (font.first("name") or NOTHING).get("val"),
        (font.first("b") or Element("", {"val": "0"})).is_on("val", True),
        protection.is_on("locked", True),
        one.is_on("quotePrefix"),
    )


def _at(many: list[Element], number: int) -> Element:
    return many[number] if number < len(many) else NOTHING


class _Colours:
    """What a colour's number means, by the book's theme."""

    def __init__(self, theme: Element) -> None:
        scheme = (theme.first("clrScheme") or NOTHING).children
        found = [_theme_colour(one) for one in scheme]
        # The first two pairs are stored dark, light and counted light, dark.
        self.theme = [found[at] for at in (1, 0, 3, 2)] + found[4:] if len(found) > 3 else []
        if not self.theme:
            self.theme = [WHITE, BLACK]

    def of(self, colour: Element, automatic: str) -> str:
        """The colour of an element; "" where it is tinted or not known."""
        if colour.real("tint"):
            return ""
        if said := colour.get("rgb"):
            return said[-6:].upper()
        if colour.get("theme"):
            number = colour.number("theme")
            return self.theme[number] if number < len(self.theme) else ""
        if colour.get("indexed"):
            return _INDEXED.get(colour.number("indexed"), "")
        return automatic


def _theme_colour(one: Element) -> str:
    child = one.children[0] if one.children else NOTHING
    return (child.get("lastClr") or child.get("val"))[-6:].upper()

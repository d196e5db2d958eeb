"""Texts and tables of a slide: what is drawn has been measured first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from tco.slides.canvas import MM, Rect
from tco.slides.fitting import LEAST, cut, height, lines, width
from tco.tables import PrintedRow, PrintedTable

TABLE_SIZES = (20, 18, 16, 14, LEAST)
PAD = 1.6  # mm at either side of a cell's text
AIR = 1.0  # mm above and below it
MOST_AIR = 12.0  # mm that a column is wider than its text
LEAST_WORDS = 24.0  # mm to which a column of words may shrink
DARK = RGBColor(0x1F, 0x28, 0x33)
TINTS = {1: RGBColor(0xDB, 0xE3, 0xEC), -1: RGBColor(0xF9, 0xE2, 0xD3)}
QUIET = "A9B3BD"  # lines between rows: seen on white and on dark
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_LINES = ("lnL", "lnR", "lnT", "lnB")
INK, MUTED, ACCENT = (
    MSO_THEME_COLOR.TEXT_1, MSO_THEME_COLOR.ACCENT_2, MSO_THEME_COLOR.ACCENT_1
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of text, and how it looks."""

    text: str
    points: int
    bold: bool = False
    after: float = 0.0  # points below it
    bullet: bool = False


def write(slide: Any, at: Rect, said: Sequence[Line], name: str, *, number: bool = False) -> Any:
    """A text box; `number` puts the number of the slide behind its last line."""
    box = slide.shapes.add_textbox(*at.emu())
    box.name = name
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, one in enumerate(said):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        paragraph.space_after = Pt(one.after)
        _run(paragraph, one.text, one.points, bold=one.bold)
    if number:
        _slide_number(frame.paragraphs[-1], said[-1].points)
    return box


def _run(paragraph: Any, text: str, points: float, *, bold: bool, italic: bool = False,
         colour: RGBColor | None = None) -> None:  # fmt: skip
    run = paragraph.add_run()
    run.text = text
    font = run.font
    font.size, font.bold = Pt(points), bold
    if italic:
        font.italic = True
    if colour is None:
        font.color.theme_color = INK
    else:
        font.color.rgb = colour


def _slide_number(paragraph: Any, points: float) -> None:
    """The number of the slide, which follows when slides are moved."""
    _run(paragraph, "; slide ", points, bold=False)
    field = paragraph._p.makeelement(
        qn("a:fld"), {"id": "{6B1F3C2A-0000-4000-8000-000000000001}", "type": "slidenum"}
    )
    look = field.makeelement(qn("a:rPr"), {"lang": "en-US", "sz": str(int(points * 100))})
    text = field.makeelement(qn("a:t"), {})
    text.text = "‹#›"
    field.extend([look, text])
    paragraph._p.append(field)


# ---- tables -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fitted:
    """A table as it has room: the size of its letters, its columns and rows in mm, its texts."""

    table: PrintedTable
    points: int
    columns: tuple[float, ...]
    head: float
    rows: tuple[float, ...]

    @property
    def wide(self) -> float:
        """The width of all columns."""
        return sum(self.columns)

    @property
    def high(self) -> float:
        """The height of all rows and the head."""
        return self.head + sum(self.rows)

    def first(self, count: int) -> Fitted:
        """No more than its first rows."""
        table = replace(self.table, rows=self.table.rows[:count])
        return replace(self, table=table, rows=self.rows[:count])


def fitted(
    table: PrintedTable, room: Rect, factor: float, sizes: Sequence[int] = TABLE_SIZES
) -> Fitted:
    """A table in the largest letters in which it fits; in the smallest it may be too high."""
    for points in sizes:
        columns = _natural(table, points, factor)
        found = _of(table, points, columns, factor)
        if found.wide <= room.wide and found.high <= room.high:
            air = min(MOST_AIR, (room.wide - found.wide) / len(columns))
            return replace(found, columns=tuple(one + air for one in columns))
    columns = _shrunk(table, _natural(table, LEAST, factor), room.wide)
    return _of(_cut(table, columns, factor), LEAST, columns, factor)


def _texts(table: PrintedTable, place: int) -> list[str]:
    return [table.headings[place], *(row.cells[place] for row in table.rows)]


def _natural(table: PrintedTable, points: int, factor: float) -> tuple[float, ...]:
    """The width of each column in which no text breaks."""
    return tuple(
        max(width(one, points, factor, bold=True) for one in _texts(table, place)) + 2 * PAD + 0.2
        for place in range(len(table.headings))
    )


def _shrunk(table: PrintedTable, columns: Sequence[float], room: float) -> tuple[float, ...]:
    """Columns that fit into a width: those of words give way, the widest first."""
    found = list(columns)
    while sum(found) > room + 0.01:
        words = [place for place, number in enumerate(table.numeric)
                 if not number and found[place] > LEAST_WORDS]  # fmt: skip
        if not words:
            return tuple(one * room / sum(found) for one in found)
        widest = max(words, key=lambda place: found[place])
        found[widest] -= min(found[widest] - LEAST_WORDS, max(1.0, (sum(found) - room) / 2))
    return tuple(found)


def _cut(table: PrintedTable, columns: Sequence[float], factor: float) -> PrintedTable:
    """A table whose words are no longer than their columns."""

    def fits(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(
            " ".join(cut(word, LEAST, room - 2 * PAD, factor, bold=True) for word in one.split())
            for one, room in zip(texts, columns, strict=True)
        )

    rows = tuple(replace(row, cells=fits(row.cells)) for row in table.rows)
    return replace(table, headings=fits(table.headings), rows=rows)


def _of(table: PrintedTable, points: int, columns: Sequence[float], factor: float) -> Fitted:
    def high(texts: Sequence[str], *, bold: bool) -> float:
        most = max(len(lines(one, points, room - 2 * PAD, factor, bold=bold))
                   for one, room in zip(texts, columns, strict=True))  # fmt: skip
        return height(most, points) + 2 * AIR

    rows = tuple(high(row.cells, bold=row.strong) for row in table.rows)
    return Fitted(table, points, tuple(columns), high(table.headings, bold=False), rows)


def draw_table(
    slide: Any, x: float, y: float, found: Fitted, name: str, *, back: Sequence[bool] = (),
    signs: Sequence[Sequence[int]] = (),
) -> Rect:  # fmt: skip
    """A native table; where it stands."""
    table = found.table
    at = Rect(x, y, found.wide, found.high)
    count = len(table.rows) + 1
    frame = slide.shapes.add_table(count, len(table.headings), *at.emu())
    frame.name = name
    _described(frame, table.title)
    grid = frame.table
    look = grid._tbl.tblPr
    look.set("bandRow", "0")
    look.find(qn("a:tableStyleId")).text = _NO_STYLE
    for place, wide in enumerate(found.columns):
        grid.columns[place].width = Emu(round(wide * MM))
    for place, high in enumerate((found.head, *found.rows)):
        grid.rows[place].height = Emu(round(high * MM))
    for place, text in enumerate(table.headings):
        cell = grid.cell(0, place)
        _fill(cell, text, found.points, right=table.numeric[place])
        _line(cell, "lnB", 1.0)
    for at_row, row in enumerate(table.rows):
        stands_back = bool(back) and back[at_row]
        for place, text in enumerate(row.cells):
            cell = grid.cell(at_row + 1, place)
            sign = signs[at_row][place - 1] if signs and place else None
            _fill(cell, text, found.points, right=table.numeric[place], bold=row.strong,
                  italic=stands_back, sign=sign)  # fmt: skip
            _line(cell, "lnB", 1.0 if row.strong else 0.5, grey=not row.strong)
    if signs:
        _frame(grid.cell(1 + len(signs) // 2, 1 + len(signs[0]) // 2))
    return at


def _described(frame: Any, said: str) -> None:
    """What a shape shows, for those who do not see it."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", said)


def _fill(cell: Any, text: str, points: int, *, right: bool, bold: bool = False,
          italic: bool = False, sign: int | None = None) -> None:  # fmt: skip
    cell.margin_left = cell.margin_right = Emu(round(PAD * MM))
    cell.margin_top = cell.margin_bottom = Emu(round(AIR * MM))
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    if sign in TINTS:
        cell.fill.solid()
        cell.fill.fore_color.rgb = TINTS[sign]
    else:
        cell.fill.background()
    _run(paragraph, text, points, bold=bold, italic=italic, colour=DARK if sign in TINTS else None)


def _line(cell: Any, side: str, points: float, *, grey: bool = False) -> None:
    """A line at one side of a cell."""
    look = cell._tc.get_or_add_tcPr()
    line = look.makeelement(qn(f"a:{side}"), {"w": str(int(points * 12_700))})
    fill = line.makeelement(qn("a:solidFill"), {})
    kind, value = ("a:srgbClr", QUIET) if grey else ("a:schemeClr", "tx1")
    colour = fill.makeelement(qn(kind), {"val": value})
    fill.append(colour)
    line.append(fill)
    for old in look.findall(qn(f"a:{side}")):
        look.remove(old)
    before = [one for one in look if one.tag in {qn(f"a:{name}") for name in _LINES}
              and _LINES.index(one.tag.rpartition("}")[2]) < _LINES.index(side)]  # fmt: skip
    look.insert(len(before), line)


def _frame(cell: Any) -> None:
    """A frame around the plan."""
    for side in _LINES:
        _line(cell, side, 2.25)
    cell.text_frame.paragraphs[0].runs[0].font.bold = True


def plain_table(title: str, rows: Sequence[Sequence[str]], *, numbers: bool) -> PrintedTable:
    """A table whose first row heads it."""
    first, *others = rows
    return PrintedTable(title, tuple(first), (numbers,) * len(first),
                        tuple(PrintedRow(tuple(one)) for one in others))  # fmt: skip

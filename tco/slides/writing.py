"""A deck of slides: the answer, an exhibit a slide, and what it stands on with who approves."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pptx.util import Pt

from tco import __version__
from tco.page.first import page
from tco.page.printed import Board, board
from tco.page.shown import Front, Shown, ShownBars, front
from tco.scenario import Scenario
from tco.slides import notes
from tco.slides.canvas import GAP, MM, Canvas, Rect, canvas
from tco.slides.charts import draw_bars, draw_chart
from tco.slides.drawing import AIR, PAD, Fitted, Line, draw_table, fitted, plain_table, write
from tco.slides.fitting import LEAST, LEAST_FOOT, cut, height, largest, lines, width
from tco.slides.packing import midnight, packed
from tco.tables import PrintedRow, PrintedTable
from tco.workbook.layout import places

TITLE_SIZES = (28, 26, 24, 22, 20, 18, 16, 14, LEAST)
WORD_SIZES = (20, 18, 16, 14, LEAST)
FIGURE_SIZES = (24, 22, 20, 18, 16, 14, LEAST)
INSET = 1.27  # mm above and below a title
SMALL_SIZES = (16, 14, LEAST)  # of the last slide
LEFT_SHARE = 0.66  # of the width: its assumptions
BARS_SHARE = 0.64  # of the width: what a table with bars beside it may take
MOST_BARS = 130.0  # mm
MOST_PARTS = 4  # slides of one table
STRETCH = 1.45  # how much higher than need be rows are where there is room


def slides(scenario: Scenario, template: Path | None = None) -> bytes:
    """The deck of a scenario. Raises `Mistakes` where the template does not work."""
    found = front(scenario)
    shown = board(scenario, page(scenario))
    if found is None:
        foot = f"{scenario.name}; tco {__version__}; inputs {scenario.sha256[:12]}; " \
               f"as of {scenario.as_of}; case {scenario.case}"  # fmt: skip
        return of_board(replace(shown, footnote=foot), scenario.as_of, "Checks", template)
    layout = places(scenario)
    deck = _Deck(canvas(template), found.foot)
    deck.answer(found, shown.title, notes.of_front(layout, found))
    for one in (*found.exhibits, *found.behind):
        deck.exhibit(one, notes.of_exhibits(layout, one))
    deck.last(found, notes.of_exhibits(layout, *found.last))
    return deck.saved(shown.title, scenario.as_of)


def of_board(shown: Board, day: str, sheet: str, template: Path | None = None) -> bytes:
    """The deck of a page that is tables and sentences alone: a table a slide."""
    deck = _Deck(canvas(template), shown.footnote)
    said = f"Where the numbers of this slide stand in the workbook: sheet {sheet}"
    first, *others = shown.sentences or (shown.title,)
    slide = deck.slide(first, said)
    deck.words(slide, deck.canvas.body, [shown.title, *others])
    for table in shown.tables:
        deck.table(table.title, table, said, sheet=sheet)
    return deck.saved(shown.title, day)


_Placed = tuple[Rect, Shown, Fitted]


@dataclass
class _Deck:
    """The deck while it is made."""

    canvas: Canvas
    foot: str
    made: list[Any] = field(default_factory=list)

    @property
    def factor(self) -> float:
        """How much wider than Calibri its letters run."""
        return self.canvas.factor

    def slide(self, title: str, said: str) -> Any:
        """A new slide with its title, footnote and notes, and nothing else."""
        slide = self.canvas.presentation.slides.add_slide(self.canvas.layout)
        kept = slide.shapes.title if self.canvas.title else None
        for one in list(slide.placeholders):
            if kept is None or one.shape_id != kept.shape_id:
                one._element.getparent().remove(one._element)
        self._title(slide, kept, title)
        foot = self.canvas.foot
        room = foot.wide - width("; slide 99", LEAST_FOOT, self.factor)
        _, text = largest(self.foot, (LEAST_FOOT,), room, foot.high, self.factor)
        write(slide, foot, [Line(text, LEAST_FOOT)], "Footnote", number=True)
        self._notes(slide, said)
        self.made.append(slide)
        return slide

    def _title(self, slide: Any, kept: Any, title: str) -> None:
        at = self.canvas.heading
        room, high = at.wide, at.high - 2 * INSET
        points, text = largest(title, TITLE_SIZES, room, high, self.factor, bold=True)
        if kept is None:
            write(slide, at, [Line(text, points, bold=True)], "Title")
            return
        frame = kept.text_frame
        frame.text = text
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        frame.margin_top = frame.margin_bottom = round(INSET * MM)
        for run in frame.paragraphs[0].runs:
            run.font.size = Pt(points)

    @staticmethod
    def _notes(slide: Any, said: str) -> None:
        found = slide.notes_slide
        frame = found.notes_text_frame
        if frame is None:  # of a template whose notes have no room for any
            frame = found.shapes.add_textbox(0, 0, round(150 * MM), round(80 * MM)).text_frame
        frame.text = said

    # ---- the first slide ------------------------------------------------------------------------

    def answer(self, found: Front, title: str, said: str) -> None:
        """What is asked, the answer as the title, what it hangs on, and figures."""
        slide = self.slide(found.answer, said)
        body = self.canvas.body
        high = self.tiles(slide, body, found.tiles)
        room = Rect(body.x, body.y, body.wide, body.high - high - GAP)
        self.words(slide, room, [title, found.decision, *found.leads])

    def words(self, slide: Any, at: Rect, said: Sequence[str]) -> None:
        """Paragraphs in the largest letters that fit; of too many the last are left out."""
        said = [one for one in said if one]
        for points in WORD_SIZES:
            if self._high(said, points, at.wide) <= at.high:
                break
        while len(said) > 1 and self._high(said, points, at.wide) > at.high:
            said = said[:-1]
        written = [Line(one, points, bold=not place, after=points * 0.5)
                   for place, one in enumerate(said)]  # fmt: skip
        if written:
            write(slide, at, written, "Words")

    def _high(self, said: Sequence[str], points: int, room: float) -> float:
        count = sum(len(lines(one, points, room, self.factor, bold=not place))
                    for place, one in enumerate(said))  # fmt: skip
        return height(count, points) + len(said) * height(1, points) * 0.5

    def tiles(self, slide: Any, body: Rect, found: Sequence[tuple[str, str]]) -> float:
        """Figures side by side at the foot of a slide, as a table; its height."""
        if not found:
            return 0.0
        for per in dict.fromkeys((len(found), 3, 2, 1)):
            wide = body.wide / per
            room = wide - 2 * PAD
            points = next(
                (
                    one
                    for one in FIGURE_SIZES
                    if all(
                        width(figure, one, self.factor, bold=True) <= room for _, figure in found
                    )
                ),
                0,
            )
            if points and all(width(word, LEAST, self.factor, bold=True) <= room
                              for label, _ in found for word in label.split()):  # fmt: skip
                break
        points = points or LEAST
        table, sizes = self._tiled(found, per, room, points)
        made = Fitted(table, points, (wide,) * per, sizes[0], tuple(sizes[1:]))
        at = Rect(body.x, body.low - made.high, body.wide, made.high)
        frame = draw_table(slide, at.x, at.y, made, "Figures")
        shape = next(one for one in slide.shapes if one.name == "Figures")
        for number in range(len(table.rows) + 1):
            for cell in shape.table.rows[number].cells:
                for run in cell.text_frame.paragraphs[0].runs:
                    run.font.size, run.font.bold = Pt(points if number % 2 else LEAST), number % 2
        return frame.high

    def _tiled(self, found: Sequence[tuple[str, str]], per: int, room: float, points: int
               ) -> tuple[PrintedTable, list[float]]:  # fmt: skip
        """Rows of labels and of figures in turn, and their heights."""
        rows: list[list[str]] = []
        sizes: list[float] = []
        for first in range(0, len(found), per):
            part = [*found[first : first + per]]
            part += [("", "")] * (per - len(part))
            labels = max(len(lines(one, LEAST, room, self.factor)) for one, _ in part)
            figures = [cut(one, points, room, self.factor, bold=True) for _, one in part]
            rows += [[one for one, _ in part], figures]
            sizes += [height(labels, LEAST) + 2 * AIR, height(1, points) + 2 * AIR]
        return plain_table("Figures", rows, numbers=False), sizes

    # ---- exhibits -------------------------------------------------------------------------------

    def exhibit(self, one: Shown, said: str) -> None:
        """One exhibit, on a slide or several."""
        if one.chart:
            slide = self.slide(one.title, said)
            at = self.note(slide, self.canvas.body, one.note)
            draw_chart(slide, at, one.chart, "Chart", f"{one.title}. {one.note}", self.factor)
            return
        note = f"{one.note}. {one.bars.basis}" if one.bars and one.bars.basis else one.note
        self.table(one.title, one.table, said, note=note, shown=one)

    def note(self, slide: Any, body: Rect, text: str) -> Rect:
        """A line below the title; what is left of the slide."""
        if not text:
            return body
        points, fits = largest(text, (14, LEAST), body.wide, height(2, 14), self.factor)
        count = len(lines(fits, points, body.wide, self.factor))
        high = height(count, points)
        write(slide, Rect(body.x, body.y, body.wide, high), [Line(fits, points)], "Note")
        return Rect(body.x, body.y + high + GAP / 2, body.wide, body.high - high - GAP / 2)

    def table(self, title: str, table: PrintedTable, said: str, *, note: str = "",
              shown: Shown | None = None, sheet: str = "Board") -> None:  # fmt: skip
        """A table on as many slides as it takes, with bars beside it."""
        bars = shown.bars if shown else None
        body = self.canvas.body
        room = Rect(body.x, body.y, body.wide * (BARS_SHARE if bars else 1.0),
                    body.high - height(2, 14) - GAP)  # fmt: skip
        whole = fitted(table, room, self.factor)
        parts = list(_parts(whole, room.high))
        for number, (first, part) in enumerate(parts[:MOST_PARTS], 1):
            left = sum(len(one.table.rows) for _, one in parts[MOST_PARTS:])
            more = f"and {left} more rows: sheet {sheet}" if number == MOST_PARTS and left else ""
            of = f" ({number} of {len(parts[:MOST_PARTS])})" if len(parts) > 1 else ""
            slide = self.slide(title + of, said)
            at = self.note(slide, body, "; ".join(one for one in (note, more) if one))
            part = _stretched(part, at.high)
            end = first + len(part.table.rows)
            place = draw_table(
                slide, at.x, at.y, part, "Table", back=shown.back[first:end] if shown else (),
                signs=shown.signs if shown else (),
            )  # fmt: skip
            if bars:
                self.bars(slide, place, part, _of_rows(bars, first, end))

    def bars(self, slide: Any, at: Rect, part: Fitted, bars: ShownBars) -> None:
        """Bars to the right of a table, each as high as its row."""
        count = len(bars.series[0][1])
        if not count or not any(one for _, values in bars.series for one in values):
            return
        body = self.canvas.body
        wide = min(MOST_BARS, body.right - at.right - GAP)
        place = Rect(at.right + GAP, at.y + part.head, wide, sum(part.rows[:count]))
        names = [row.cells[0] for row in part.table.rows[:count]]
        says = f"Bars beside the table: {bars.basis or part.table.headings[1]}"
        draw_bars(slide, place, bars, names, "Bars", says)

    # ---- the last slide -------------------------------------------------------------------------

    def last(self, found: Front, said: str) -> None:
        """Assumptions, evidence and findings side by side, or a slide each; and approvals."""
        body = self.canvas.body
        signed = height(1, LEAST) * 2 + 4 * AIR
        high = body.high - signed - GAP
        columns = _columns(found.last, Rect(body.x, body.y, body.wide, high), self.factor)
        if not columns:
            for one in found.last[:-1]:
                self.exhibit(one, said)
            slide = self.slide(found.last[-1].title, said)
            small = fitted(found.last[-1].table, Rect(body.x, body.y, body.wide, high), self.factor)
            draw_table(slide, body.x, body.y, _shortened(small, high), "Table")
        else:
            slide = self.slide(found.last[0].title, said)
            for number, (at, one, part) in enumerate(columns, 1):
                top = Rect(at.x, at.y, at.wide, height(1, LEAST))
                text = cut(one.note, LEAST, at.wide, self.factor, bold=True)
                write(slide, top, [Line(text, LEAST, bold=True)], f"Heading {number}")
                place = draw_table(slide, at.x, top.low + 1, part, f"Table {number}")
                if one.bars and at.right - place.right > 4 * GAP:
                    self.bars_small(slide, at, place, part, one.bars)
        self.approvals(slide, Rect(body.x, body.low - signed, body.wide, signed), found.approvals)

    def bars_small(self, slide: Any, at: Rect, place: Rect, part: Fitted, bars: ShownBars) -> None:
        """Bars in what is left beside a small table."""
        wide = min(at.right - place.right - GAP, 60.0)
        rows = Rect(place.right + GAP, place.y + part.head, wide, sum(part.rows))
        names = [row.cells[0] for row in part.table.rows]
        draw_bars(slide, rows, bars, names, "Bars", f"Bars: {part.table.headings[1]}")

    def approvals(self, slide: Any, at: Rect, who: Sequence[str]) -> None:
        """Where those sign who approve."""
        wide = at.wide / len(who)
        asked = [cut("Name, date, signature:", LEAST, wide - 2 * PAD, self.factor)] * len(who)
        names = [cut(one, LEAST, wide - 2 * PAD, self.factor, bold=True) for one in who]
        table = plain_table("Who approves", [names, asked], numbers=False)
        row = at.high / 2
        draw_table(slide, at.x, at.y, Fitted(table, LEAST, (wide,) * len(who), row, (row,)),
                   "Approvals")  # fmt: skip

    def saved(self, title: str, day: str) -> bytes:
        """The file: its properties say what made it, of which day."""
        said = self.canvas.presentation.core_properties
        said.title, said.author, said.last_modified_by = title, "tco", "tco"
        said.subject, said.comments = "Training cost: buy or rent", self.foot
        said.keywords, said.category, said.revision = "", "", 1
        said.created = said.modified = midnight(day)
        out = io.BytesIO()
        self.canvas.presentation.save(out)
        return packed(out.getvalue(), day)


def _parts(whole: Fitted, high: float) -> Iterator[tuple[int, Fitted]]:
    """A table in parts that are no higher than there is room, each with its first row."""
    first = 0
    while first < len(whole.rows) or not whole.rows:
        count, used = 0, whole.head
        for one in whole.rows[first:]:
            if used + one > high + 0.01 and count:
                break
            used, count = used + one, count + 1
        rows: tuple[PrintedRow, ...] = whole.table.rows[first : first + count]
        yield first, replace(whole, table=replace(whole.table, rows=rows),
                             rows=whole.rows[first : first + count])  # fmt: skip
        first += count
        if not whole.rows:
            return


def _stretched(part: Fitted, high: float) -> Fitted:
    """A table with higher rows, where a slide would be half empty."""
    by = min(STRETCH, high / part.high)
    if by <= 1:
        return part
    return replace(part, head=part.head * by, rows=tuple(one * by for one in part.rows))


def _shortened(part: Fitted, high: float) -> Fitted:
    """As many rows as there is room for."""
    count = len(part.rows)
    while count > 1 and part.first(count).high > high:
        count -= 1
    return part.first(count)


def _of_rows(bars: ShownBars, first: int, end: int) -> ShownBars:
    series = tuple((name, values[first:end]) for name, values in bars.series)
    return replace(bars, series=series)


def _columns(found: Sequence[Shown], room: Rect, factor: float) -> list[_Placed]:
    """Where each of the last exhibits stands: the first at the left, below it the third.

    Nothing where they have no room side by side.
    """
    split = room.wide * (LEFT_SHARE if len(found) > 1 else 1.0)
    left = Rect(room.x, room.y, split, room.high)
    right = Rect(room.x + split + 2 * GAP, room.y, room.wide - split - 2 * GAP, room.high)
    for points in SMALL_SIZES:
        if placed := _placed(found, (left, right), points, factor):
            return placed
    return []


def _placed(
    found: Sequence[Shown], sides: Sequence[Rect], points: int, factor: float
) -> list[_Placed]:
    """All of them in letters of a size; nothing where one has no room."""
    placed: list[_Placed] = []
    free = [one.y for one in sides]
    head = height(1, LEAST) + 1
    for number, one in enumerate(found):
        side = int(number == 1)
        at = Rect(sides[side].x, free[side], sides[side].wide, sides[side].low - free[side])
        room = Rect(at.x, at.y, at.wide, at.high - head)
        small = fitted(one.table, room, factor, (points,))
        if small.points != points or small.high > room.high or small.wide > room.wide + 0.01:
            return []
        if _is_cut(one.table, small.table):
            return []
        high = small.high + head
        placed.append((Rect(at.x, at.y, at.wide, high), one, small))
        free[side] = at.y + high + GAP
    return placed


def _is_cut(given: PrintedTable, found: PrintedTable) -> bool:
    """Whether words of a table were cut."""
    return any(
        [" ".join(one.split()) for one in before.cells] != [" ".join(one.split()) for one in cells]
        for before, cells in zip(given.rows, (row.cells for row in found.rows), strict=True)
    )

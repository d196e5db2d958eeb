"""The book of a bridge: one sheet, on which every row is a difference of figures that stand on it.

What each scenario comes to is written down, computed by loading it anew; all else is live.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tco import __version__
from tco.bridge.answer import NOTHING, changed, leading
from tco.bridge.bridge import TOGETHER, Bridge, Move
from tco.bridge.charting import CHARTS, Charts, Places
from tco.bridge.figures import Headline, Level
from tco.widths import cut
from tco.workbook.cells import Book, Sheet, address, height
from tco.workbook.fitting import fitted
from tco.workbook.package import to_bytes

TITLE = "Bridge"
LABEL, FIRST = 1, 2
HEAD_ROW, UNIT_ROW, FIRST_ROW = 4, 5, 6
_WIDE, _EACH, _LEAST = 46.0, 17.0, 11  # widths; columns that charts need at least
_IN_ALL = 175.0  # widths of all figures, where there are many
_LONGEST = 190  # characters of a line that nothing stands beside
_MOST_ON_A4 = 6
_TITLE = 60  # characters of a scenario's title
_NOISE = "0.000000001"
_KEYS = (("computed by tco", "keyinput"), ("calculation", "keycalc"),
         ("check: 0 passes", "keycheck"))  # fmt: skip


def bridge_workbook(bridge: Bridge) -> bytes:
    """The .xlsx of a bridge; the same scenarios and version give the same bytes."""
    return to_bytes(bridge_book(bridge))


def bridge_book(bridge: Bridge) -> Book:
    """The book of a bridge."""
    marks = "\n".join(end.scenario.sha256 for end in bridge.ends)
    return Book(
        title=f"{bridge.ends[0].stem} to {bridge.ends[1].stem}",
        subject="What moved what between two scenarios",
        description="Each row is the first scenario with one change, less the first scenario.",
        sheets=[fitted(_Drawing(bridge).drawn())],
        properties={
            "tco_version": __version__,
            "bridge_from": bridge.ends[0].scenario.path,
            "bridge_to": bridge.ends[1].scenario.path,
            "scenario_sha256": hashlib.sha256(marks.encode()).hexdigest(),
        },
    )


@dataclass
class _Drawing:
    """The sheet while it is drawn, block after block; rows are known before they are written."""

    bridge: Bridge
    sheet: Sheet = field(default_factory=lambda: Sheet(TITLE, freeze=f"B{FIRST_ROW}"))

    def __post_init__(self) -> None:
        self.figures: Sequence[Headline] = self.bridge.moved or self.bridge.headlines
        moving = [one for one in self.bridge.moving if not one.is_version]
        self.moves: list[Move] = [*moving, *(one for one in self.bridge.idle if one.cause)]
        self.versions = list(self.bridge.versions)
        self.row = FIRST_ROW
        self.levels: dict[str, int] = {}  # what a level is called -> its row

    @property
    def columns(self) -> range:
        return range(FIRST, FIRST + len(self.figures))

    @property
    def last(self) -> int:
        """The last column in use: of figures, or of what the charts draw."""
        return max(FIRST + len(self.figures) - 1, _LEAST)

    def drawn(self) -> Sheet:
        self.place()
        self.head()
        self.answers()
        self.words()
        charts = Charts(self.bridge, self.sheet, leading(self.bridge))
        if charts.count:
            self.section(self.row + 1, CHARTS)
            self.row = charts.room(self.row + 2)
        self.place_levels(self.row + 2)
        self.steps()
        self.computed()
        if charts.count:
            self.section(self.row + 1, "What the charts draw")
            charts.drawn(self.row + 2, self.places())
        return self.sheet

    def head(self) -> None:
        """Title, what is said here, the key, and a column a figure."""
        sheet, bridge = self.sheet, self.bridge
        sheet.paper = "A4" if len(self.figures) <= _MOST_ON_A4 else "A3"
        each = min(_EACH, _IN_ALL / (self.last - LABEL))
        sheet.widths = {LABEL: _WIDE, **dict.fromkeys(range(FIRST, self.last + 1), each)}
        sheet.title_rows, sheet.tab = f"1:{UNIT_ROW}", "1F3A5F"
        names = " to ".join(end.stem for end in bridge.ends)
        sheet.put(1, LABEL, f"{names}: what moved what", "title")
        titles = (cut(end.scenario.title, _TITLE) for end in bridge.ends)
        said = "; ".join(f"{letter}: {title}" for letter, title in zip("AB", titles, strict=True))
        sheet.put(2, LABEL, f"{said}; each row is A with that change alone, less A; tco "
                  f"{__version__}", "subtitle")  # fmt: skip
        for column, (words, look) in enumerate(_KEYS, LABEL):
            sheet.put(3, column, words, look)
        for column in (LABEL, *self.columns):
            sheet.put(HEAD_ROW, column, None, "head")
            sheet.put(UNIT_ROW, column, None, "head")
        for column, one in zip(self.columns, self.figures, strict=True):
            sheet.put(HEAD_ROW, column, one.label, "headnum")
            sheet.put(UNIT_ROW, column, one.unit or None, "headnum")
        sheet.heights[HEAD_ROW] = height(*((one.label, each * 0.8) for one in self.figures))

    def section(self, row: int, heading: str) -> None:
        """A heading across the columns; a page may end before it."""
        self.sheet.sections.append(row)
        for column in range(LABEL, self.last + 1):
            self.sheet.put(row, column, heading if column == LABEL else None, "section")

    # ---- the bridge ----------------------------------------------------------------------------

    def place(self) -> None:
        """Say in which rows the bridge stands."""
        count = len(self.moves) + len(self.versions)
        self.row_a = FIRST_ROW
        self.rows = list(range(FIRST_ROW + 1, FIRST_ROW + 1 + len(self.moves)))
        self.row_together = FIRST_ROW + 1 + len(self.moves)
        self.rows_version = list(range(self.row_together + 1,
                                       self.row_together + 1 + len(self.versions)))  # fmt: skip
        self.row_b = FIRST_ROW + 2 + count
        self.row = self.row_check = self.row_b + 1

    def place_levels(self, top: int) -> None:
        """Say in which rows stands what is computed."""
        self.top, first = top, top + 1
        self.levels = {"was": first, "first": first + bool(self.versions)}
        start = self.levels["first"] + 1
        self.level_rows = list(range(start, start + len(self.moves)))
        self.levels["second"] = start + len(self.moves)
        self.levels["now"] = self.levels["second"] + bool(self.versions)
        self.row = self.levels["now"]

    def steps(self) -> None:
        """A, what each change moves, what they move together, B, and whether it adds up."""
        self.label(self.row_a, "A")
        for row, move in zip(self.rows, self.moves, strict=True):
            self.label(row, move.label)
        self.label(self.row_together, TOGETHER)
        for row, move in zip(self.rows_version, self.versions, strict=True):
            self.label(row, move.label)
        self.label(self.row_b, "B: A and all rows above", look="totallabel")
        self.label(self.row_check, "It adds up to what B comes to")
        states = []
        for column, one in zip(self.columns, self.figures, strict=True):
            states.append(self.column(column, one))
        failed = sum(1 for one in states if one)
        area = ":".join(address(self.row_check, column) for column in
                        (self.columns[0], self.columns[-1]))  # fmt: skip
        said = f"FAIL: {failed} column(s) do not add up" if failed else "OK: every column adds up"
        self.sheet.put(1, self.last - 1, said, "state",
                       f'IF(SUM({area})=0,"OK: every column adds up","FAIL: "&SUM({area})&'
                       '" column(s) do not add up")')  # fmt: skip
        self.sheet.flags.append((address(1, self.last - 1), "state"))

    def label(self, row: int, words: str, look: str = "labelwrap") -> None:
        self.sheet.put(row, LABEL, words, look)
        self.sheet.heights[row] = height((words, _WIDE * 0.9))

    def column(self, column: int, one: Headline) -> float:
        """The steps of one figure; what its check comes to."""

        def at(name: str) -> str:
            return address(self.levels[name], column)

        key, bridge = one.key, self.bridge
        levels = (bridge.was, bridge.first, bridge.second, bridge.now)
        was, first, second, now = (level.values[key] for level in levels)
        form = one.form
        self.put(self.row_a, column, was, f"calc:{form}", at("was"))
        alone: list[float] = []
        for row, level_row, move in zip(self.rows, self.level_rows, self.moves, strict=True):
            value = move.after.values[key] - first
            alone.append(value)
            self.put(row, column, value, f"calc:{form}",
                     _or_nothing(f"{address(level_row, column)}-{at('first')}"))  # fmt: skip
        rest, written = self.rest(column, first, second, alone)
        self.put(self.row_together, column, rest, f"calc:{form}", written)
        for row, move in zip(self.rows_version, self.versions, strict=True):
            before, after = ("was", "first") if move.after is bridge.first else ("second", "now")
            value = move.of(key)
            alone.append(value)
            self.put(row, column, value, f"calc:{form}", _or_nothing(f"{at(after)}-{at(before)}"))
        total = was + _sum((*alone[: len(self.moves)], rest, *alone[len(self.moves) :])) + 0 * rest
        area = f"{address(self.row_a + 1, column)}:{address(self.row_b - 1, column)}"
        first_cell, left = (address(row, column) for row in (self.row_a, self.row_together))
        self.put(self.row_b, column, total, f"total:{form}",
                 _or_nothing(f"{first_cell}+SUM({area})+0*{left}"))  # fmt: skip
        return self.check(column, total, was, now)

    def rest(
        self, column: int, first: float, second: float, alone: Sequence[float]
    ) -> tuple[float, str]:
        """What the changes move together: what is left, unless it is what floats leave."""
        begin, end = (address(self.levels[name], column) for name in ("first", "second"))
        left = f"{end}-{begin}"
        if self.rows:
            first_row, last_row = (address(row, column) for row in (self.rows[0], self.rows[-1]))
            left += f"-SUM({first_row}:{last_row})"
        noise = f"{_NOISE}*MAX(ABS({begin}),ABS({end}))"
        value = second - first - _sum(alone)
        if abs(value) <= float(_NOISE) * max(abs(first), abs(second)):
            value = 0.0
        return value, _or_nothing(f"IF(ABS({left})<={noise},0,{left})")

    def check(self, column: int, total: float, was: float, now: float) -> float:
        """0 where A and all rows come to B, or where there is no figure to add up."""
        cells = (address(self.row_b, column), address(self.levels["now"], column),
                 address(self.levels["was"], column))  # fmt: skip
        summed, end, begin = cells
        fits = f"ABS({summed}-{end})<={_NOISE}*MAX(ABS({begin}),ABS({end}))"
        formula = f"IFERROR(IF({fits},0,1),0)"
        off = abs(total - now) > float(_NOISE) * max(abs(was), abs(now))
        value = float(off) if not math.isnan(total - now) else 0.0
        self.sheet.put(self.row_check, column, value, "check", formula)
        return value

    def put(self, row: int, column: int, value: float, look: str, formula: str) -> None:
        shown: Any = NOTHING if math.isnan(value) else value
        self.sheet.put(row, column, shown, look, formula)

    def places(self) -> Places:
        """Where the steps stand that the charts draw."""
        rows = {one.label: row for one, row in zip(self.moves, self.rows, strict=True)}
        rows |= {one.label: row for one, row in zip(self.versions, self.rows_version, strict=True)}
        columns = {one.key: column for column, one in zip(self.columns, self.figures, strict=True)}
        return Places(rows, columns, self.row_a, self.row_together, self.row_b)

    # ---- what is computed, and what was changed ------------------------------------------------

    def computed(self) -> None:
        """What each scenario comes to: A, A with each change alone, B."""
        bridge = self.bridge
        self.section(self.top, "What is computed: A, A with one change alone, and B")
        if self.versions:
            self.level(self.levels["was"], f"A{_in_book(bridge, 0)}", bridge.was)
            self.level(self.levels["now"], f"B{_in_book(bridge, 1)}", bridge.now)
        today = ", computed today" if self.versions else ""
        self.level(self.levels["first"], f"A{today}", bridge.first)
        for row, move in zip(self.level_rows, self.moves, strict=True):
            self.level(row, f"A with: {move.label}", move.after)
        self.level(self.levels["second"], f"B{today}", bridge.second)

    def level(self, row: int, words: str, level: Level) -> None:
        self.label(row, words)
        for column, one in zip(self.columns, self.figures, strict=True):
            value = level.values[one.key]
            gone = math.isnan(value)
            self.sheet.put(row, column, NOTHING if gone else value,
                           "unitright" if gone else f"fact:{one.form}")  # fmt: skip

    def answers(self) -> None:
        """What the first page of each answers."""
        was, now = self.bridge.was.answer, self.bridge.now.answer
        if not (was and now):
            return
        self.row += 2
        self.section(self.row, "What the first page answers, when this was written")
        for letter, said in (("A", was), ("B", now)):
            self.row += 1
            self.sheet.put(self.row, LABEL, cut(f"{letter}: {said}", _LONGEST), "noteflow")
        if self.bridge.turned and (turning := self.bridge.turning):
            self.row += 1
            names = "; ".join(one.label for one in turning)
            turned = cut(f"Turned alone by: {names}", _LONGEST)
            self.sheet.put(self.row, LABEL, turned, "noteflow")

    def words(self) -> None:
        """What was there and what is, a line each."""
        self.row += 2
        self.section(self.row, "What was changed")
        for label, was, now, source in changed(self.bridge):
            self.row += 1
            said = f"{label}: {was or '–'} to {now or '–'}" if was or now else label
            behind = f" ({source})" if source else ""
            self.sheet.put(self.row, LABEL, cut(said + behind, _LONGEST), "noteflow")


def _in_book(bridge: Bridge, at: int) -> str:
    """How the figures of an end are known: a book of another version shows its own."""
    stamp = bridge.ends[at].stamp
    return ", as its book shows it" if stamp and not stamp.is_ours else ""


def _or_nothing(formula: str) -> str:
    return f'IFERROR({formula},"{NOTHING}")'


def _sum(values: Sequence[float]) -> float:
    """As a spreadsheet adds: one after the other, texts passed over."""
    found = 0.0
    for one in values:
        found += 0.0 if math.isnan(one) else one
    return found

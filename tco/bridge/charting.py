"""The charts of a bridge: bars that begin where the last one ended, from nothing to the change."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tco.bridge.bridge import TOGETHER, Bridge, Move
from tco.bridge.figures import Headline
from tco.lines.sentences import show_number
from tco.page.charts import MILLIONS
from tco.workbook.cells import Sheet, address, span
from tco.workbook.charts import BRIDGED, bridged

MOST = 6  # charts
_BARS = 8  # steps of a chart; the others are one bar
_NAME = 40  # characters of a bar's name
_MILLION = 1_000_000
_TALL, _BAR = 2.2, 0.62  # cm: what surrounds the bars, and a bar
_ROW, _UNIT = 0.53, 0.185  # cm of a row, and of a column's width unit
_ABREAST, _APART = 2, 0.4  # charts side by side, and cm between them
_LABEL, _MOVE, _BEGIN, _END, _SERIES = range(1, 6)
_HEADS = ("Bar", "Move", "From", "To", *BRIDGED)
_STEPS, _TOGETHER, _WHOLE = "steps", "together", "whole"
CHARTS = "The change of each amount, step by step: nought is A, the last bar is B less A"


@dataclass(frozen=True)
class Places:
    """Where the bridge stands: the row of each step, the column of each figure, both ends."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]
    first: int
    together: int
    second: int


class Charts:
    """The charts of some figures: first the room for them, then their data, which they draw."""

    def __init__(self, bridge: Bridge, sheet: Sheet, figures: Sequence[Headline]) -> None:
        self.bridge, self.sheet = bridge, sheet
        there = [one for one in figures if not math.isnan(bridge.change(one.key))]
        alike = {_moves_of(bridge, one): one for one in reversed(there)}  # one chart of each
        kept = [one for one in there if one in alike.values()]
        self.figures = kept[:MOST] if bridge.steps else []
        self.bars = [_bars(bridge, one) for one in self.figures]
        self.tops: list[int] = []

    @property
    def count(self) -> int:
        """How many charts there are."""
        return len(self.figures)

    def room(self, row: int) -> int:
        """Say where they stand, two side by side from a row on; returns their last row."""
        for start in range(0, len(self.bars), _ABREAST):
            band = self.bars[start : start + _ABREAST]
            self.tops += [row] * len(band)
            row += math.ceil(_height(max(map(len, band))) / _ROW) + 1
        return row - 1

    @property
    def wide(self) -> float:
        """The width of a chart in cm: half of the sheet, from the column where it begins."""
        return sum(self.sheet.widths.values()) * _UNIT - self.left(1)[1] - _APART

    def left(self, place: int) -> tuple[int, float]:
        """The column where a chart of a band begins, and how many cm are before it."""
        half = sum(self.sheet.widths.values()) / _ABREAST * place
        before, column = 0.0, _LABEL
        while before < half:
            before, column = before + self.sheet.widths[column], column + 1
        return column, before * _UNIT

    def drawn(self, row: int, places: Places) -> None:
        """What they draw, from a row on, and the charts over it."""
        for column, words in enumerate(_HEADS, _LABEL):
            self.sheet.put(row, column, words, "labelwrap" if column == _LABEL else "noteright")
        pairs = zip(self.figures, self.bars, self.tops, strict=True)
        for number, (one, found, top) in enumerate(pairs):
            first = row + 1
            row = _data(self.bridge, self.sheet, places, one, found, first)
            column, _ = self.left(number % _ABREAST)
            _put(self.sheet, one, (top, column, self.wide), (first, row))


def _height(count: int) -> float:
    return _TALL + _BAR * count


def _moves_of(bridge: Bridge, one: Headline) -> tuple[str, ...]:
    """What a chart of a figure would draw, to nine digits."""
    moves = (*(step.of(one.key) for step in bridge.steps), bridge.change(one.key))
    return tuple(f"{move:.9g}" for move in moves)


@dataclass(frozen=True)
class Bar:
    """One bar: a step, several small ones, what is moved together, or the change in all."""

    kind: str
    moves: tuple[Move, ...] = ()


def _bars(bridge: Bridge, one: Headline) -> list[Bar]:
    """The bars of a figure, the largest first; steps beyond are one bar together."""
    moves = [move for move in bridge.steps if not bridge.is_noise(one.key, move.of(one.key))]
    moves.sort(key=lambda move: -abs(move.of(one.key)))
    found = [Bar(_STEPS, (move,)) for move in moves[:_BARS]]
    if others := moves[_BARS:]:
        found.append(Bar(_STEPS, tuple(others)))
    if not bridge.is_noise(one.key, bridge.together(one.key)):
        found.append(Bar(_TOGETHER))
    return [*found, Bar(_WHOLE)]


def _data(
    bridge: Bridge, sheet: Sheet, places: Places, one: Headline, bars: Sequence[Bar], row: int
) -> int:
    """The rows of a chart; returns the last."""
    begin = 0.0
    for at, bar in enumerate(bars):
        name, move = _read(bridge, places, one, bar)
        _row(sheet, row + at, one, name, move, (begin, at), whole=bar.kind == _WHOLE)
        begin += move[0]
    return row + len(bars) - 1


def _read(
    bridge: Bridge, places: Places, one: Headline, bar: Bar
) -> tuple[tuple[str, str], tuple[float, str]]:
    """A bar's name and its move, each with the formula that reads it off the bridge."""
    column = places.columns[one.key]
    if bar.kind == _WHOLE:
        cells = (address(places.second, column), address(places.first, column))
        return ("B less A", '"B less A"'), (bridge.change(one.key), "-".join(cells))
    if bar.kind == _TOGETHER:
        named = address(places.together, _LABEL)
        return (TOGETHER, named), (bridge.together(one.key), address(places.together, column))
    rows = [places.rows[step.label] for step in bar.moves]
    moved = sum(step.of(one.key) for step in bar.moves)
    formula = "+".join(address(row, column) for row in rows)
    if len(rows) > 1:
        return (f"{len(rows)} others", f'"{len(rows)} others"'), (moved, formula)
    return (bar.moves[0].label, address(rows[0], _LABEL)), (moved, formula)


def _row(
    sheet: Sheet, row: int, one: Headline, name: tuple[str, str], move: tuple[float, str],
    begin: tuple[float, int], *, whole: bool,
) -> None:  # fmt: skip
    """One bar: its name with its number, where it begins and ends, and its pieces."""
    form = f"calc:{one.form}"
    moved, start = address(row, _MOVE), address(row, _BEGIN)
    said, formula = _named(one, name, move[0], moved)
    sheet.put(row, _LABEL, said, "notecalc", formula)
    sheet.put(row, _MOVE, move[0], form, move[1])
    first = begin[1] == 0 or whole
    value = 0.0 if first else begin[0]
    sheet.put(row, _BEGIN, value, form, "0*" + moved if first else address(row - 1, _END))
    end = value + move[0]
    sheet.put(row, _END, end, form, f"{start}+{moved}")
    for at, (piece, written) in enumerate(_pieces(value, end, row, whole=whole)):
        sheet.put(row, _SERIES + at, piece, form, written)


def _named(one: Headline, name: tuple[str, str], move: float, cell: str) -> tuple[str, str]:
    """A bar's name and its number, in words and as a formula."""
    large = one.is_amount
    divisor = f"/{_MILLION}" if large else ""
    number = show_number(abs(move) / (_MILLION if large else 1), "#,##0.00")
    short = name[0] if len(name[0]) <= _NAME else f"{name[0][: _NAME - 1]}…"
    named = name[1] if len(name[0]) <= _NAME else f'LEFT({name[1]},{_NAME - 1})&"…"'
    sign = "-" if move < 0 else "+"
    unit = " M" if large else ""
    return (
        f"{short}  {sign}{number}{unit}",
        f'{named}&"  "&IF({cell}<0,"-","+")&FIXED(ABS({cell}){divisor},2)&"{unit}"',
    )


def _pieces(begin: float, end: float, row: int, *, whole: bool) -> list[tuple[float, str]]:
    """The pieces of a bar above nought and below, each with its formula: see `BRIDGED`."""
    b, e = address(row, _BEGIN), address(row, _END)
    if whole:
        return [*((0.0, f"0*{e}") for _ in BRIDGED[:-1]), (end, e)]
    rises, rise = end >= begin, f"{e}>={b}"
    up, low = max(0.0, end) - max(0.0, begin), min(0.0, begin) - min(0.0, end)
    pieces = [
        (max(0.0, min(begin, end)), f"MAX(0,MIN({b},{e}))"),
        (min(0.0, max(begin, end)), f"MIN(0,MAX({b},{e}))"),
        (up if rises else 0.0, f"IF({rise},MAX(0,{e})-MAX(0,{b}),0)"),
        (low if rises else 0.0, f"IF({rise},MIN(0,{b})-MIN(0,{e}),0)"),
        (0.0 if rises else -up, f"IF({rise},0,MAX(0,{b})-MAX(0,{e}))"),
        (0.0 if rises else -low, f"IF({rise},0,MIN(0,{e})-MIN(0,{b}))"),
        (0.0, f"0*{e}"),
    ]
    return [(value + 0.0, written) for value, written in pieces]


def _put(
    sheet: Sheet, one: Headline, at: tuple[int, int, float], rows: tuple[int, int]
) -> None:  # fmt: skip
    """A chart at a row and a column, so many cm wide, over rows of its data."""

    def down(column: int) -> str:
        return f"'{sheet.title}'!{span(column, *rows)}"

    values = [down(_SERIES + place) for place in range(len(BRIDGED))]
    large = one.is_amount
    size = (at[2], _height(rows[1] - rows[0] + 1))
    unit = f", {one.unit}" if one.unit else ""
    chart = bridged(f"{one.label}{unit}: what moved it from A to B", down(_LABEL), values,
                    MILLIONS if large else "#,##0.00", size,
                    f"Bars from the change of one cause to the next: {one.label}")  # fmt: skip
    sheet.charts.append((chart, address(*at[:2])))

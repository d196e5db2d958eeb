"""The charts of a bridge: bars that begin where the last one ended, from nothing to the change."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

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
_TALL, _BAR, _WIDE = 2.2, 0.62, 25.0  # cm: what surrounds the bars, a bar, the chart
_ROW = 0.53  # cm of a row
_LABEL, _MOVE, _BEGIN, _END, _SERIES = range(1, 6)
_HEADS = ("What the charts draw", "Move", "From", "To", *BRIDGED)
Rows = Mapping[str, Mapping[str, int]]


def charted(
    bridge: Bridge, sheet: Sheet, rows: Rows, figures: Sequence[Headline], row: int, last: int,
    section: Callable[[int, str], None],
) -> int:  # fmt: skip
    """Put a chart for each figure from a row on, and below them what they draw.

    Returns the last row in use.
    """
    drawn = [one for one in figures if not math.isnan(bridge.change(one.key))][:MOST]
    if not drawn or not bridge.steps:
        return row - 1
    section(row, "The change of each amount, step by step: nought is A, the last bar is B less A")
    bars = [_bars(bridge, one) for one in drawn]
    tops, at = [], row + 1
    for found in bars:
        tops.append(at)
        at += math.ceil(_height(len(found)) / _ROW) + 1
    section(at, _HEADS[0])
    for column, words in enumerate(_HEADS[1:], _MOVE):
        sheet.put(at, column, words, "section")
    for one, found, top in zip(drawn, bars, tops, strict=True):
        first = at + 1
        at = _data(bridge, sheet, rows, one, found, first)
        _put(sheet, one, top, first, at)
    return at


def _height(count: int) -> float:
    return _TALL + _BAR * count


def _bars(bridge: Bridge, one: Headline) -> list[list[Move]]:
    """The steps that are bars, the largest first; those beyond are one bar together."""
    moves = [move for move in bridge.steps if not bridge.is_noise(one.key, move.of(one.key))]
    moves.sort(key=lambda move: -abs(move.of(one.key)))
    found = [[move] for move in moves[:_BARS]]
    others = moves[_BARS:]
    return [*found, *([others] if others else []), [], []]  # together, and the change in all


def _data(
    bridge: Bridge, sheet: Sheet, rows: Rows, one: Headline, bars: Sequence[Sequence[Move]],
    row: int,
) -> int:  # fmt: skip
    """The rows of a chart; returns the last."""
    column, ends = rows["columns"][one.key], rows["ends"]
    begin = 0.0
    for at, moves in enumerate(bars):
        whole, together = at == len(bars) - 1, at == len(bars) - 2
        if whole:
            source = f"{address(ends['b'], column)}-{address(ends['a'], column)}"
            move, name, named = bridge.change(one.key), "B less A", '"B less A"'
        elif together:
            source = address(ends[TOGETHER], column)
            move, name = bridge.together(one.key), TOGETHER
            move = 0.0 if bridge.is_noise(one.key, move) else move
            named = address(ends[TOGETHER], _LABEL)
        else:
            cells = [address(rows["rows"][step.label], column) for step in moves]
            source, move = "+".join(cells), sum(step.of(one.key) for step in moves)
            name, named = moves[0].label, address(rows["rows"][moves[0].label], _LABEL)
            if len(moves) > 1:
                name = f"{len(moves)} others"
                named = f'"{name}"'
        _row(sheet, row + at, one, (name, named), (move, source), (begin, at), whole=whole)
        begin += move
    return row + len(bars) - 1


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
    large = one.unit != "" and one.is_money and "/" not in one.unit
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


def _put(sheet: Sheet, one: Headline, top: int, first: int, last: int) -> None:
    def down(column: int) -> str:
        return f"'{sheet.title}'!{span(column, first, last)}"

    values = [down(_SERIES + at) for at in range(len(BRIDGED))]
    large = one.is_money and "/" not in one.unit
    size = (_WIDE, _height(last - first + 1))
    unit = f", {one.unit}" if one.unit else ""
    title = f"{one.label}{unit}: what moved it from A to B"
    chart = bridged(title, down(_LABEL), values, MILLIONS if large else "#,##0.00", size,
                    f"Bars from the change of one cause to the next: {one.label}")  # fmt: skip
    sheet.charts.append((chart, f"A{top}"))

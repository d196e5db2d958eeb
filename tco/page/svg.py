"""Charts as pictures within a page of HTML: text is text, and they read in grey."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

from tco.lettering import millimetres
from tco.page.content import BARS, LINES, STACKS, STEPS, TORNADO, YEARLY, Series
from tco.page.shown import ShownBars, ShownChart, across_text
from tco.quantities import show_as
from tco.quantities.forms import Form

INK, ACCENT, GREY, RULE, MUTED = "#1f2833", "#b3541e", "#6b7785", "#dde2e8", "#4b5763"
PALETTE = (INK, ACCENT, GREY, INK)
DASHES = ("", "", "6 3", "2 3")
STACKED = (INK, "#a9b3bd", ACCENT, "#dfe3e8", GREY, "#e3c3b0", "#465260", "#cdd4db")
WIDE, HIGH = 400.0, 210.0  # of a chart, in its own units
LEFT, TOP, LOW = 46.0, 16.0, 36.0
LETTER = 13.0  # px of letters
PX_PER_MM = 96 / 25.4
ROW, BAR = 18.0, 120.0  # height and width of the bars of a row of a table


def picture(found: ShownChart, says: str) -> str:
    """A chart as an SVG element, which says what it shows to those who do not see it."""
    draw = {LINES: _lines, YEARLY: _lines, STEPS: _steps, STACKS: _stacks}.get(found.of.kind)
    if found.of.kind in (BARS, TORNADO) or draw is None:
        return ""
    return _framed(draw(found), WIDE, HIGH, says)


def bars_of_row(bars: ShownBars, row: int) -> str:
    """The bars beside one row of a table: to both sides of a line where there are two series."""
    every = [one for _, values in bars.series for one in values]
    if row >= len(bars.series[0][1]) or not any(every):
        return ""
    least, most = min(0.0, *every), max(0.0, *every)
    scale = BAR / (most - least)
    colours = (ACCENT, INK) if len(bars.series) > 1 else (INK,)
    drawn = "".join(
        _box(min(value, 0.0) * scale - least * scale, 3, abs(value) * scale, ROW - 6, colour)
        for (_, values), colour in zip(bars.series, colours, strict=True)
        if (value := values[row])
    )
    line = _stroke(-least * scale, 0, -least * scale, ROW, INK) if len(colours) > 1 else ""
    return (
        f'<svg class="bar" width="{BAR:.0f}" height="{ROW:.0f}" viewBox="0 0 {BAR:.0f} {ROW:.0f}" '
        f'aria-hidden="true" focusable="false">{drawn}{line}</svg>'
    )


def _framed(inside: str, wide: float, high: float, says: str) -> str:
    said = html.escape(says)
    return (
        f'<svg class="chart" viewBox="0 0 {wide:.0f} {high:.0f}" role="img" aria-label="{said}" '
        f'font-size="{LETTER:.0f}">{inside}</svg>'
    )


# ---- what charts are made of --------------------------------------------------------------------


def _box(x: float, y: float, wide: float, high: float, colour: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0.5):.1f}" height="{max(high, 0):.1f}" '
        f'fill="{colour}"/>'
    )


def _stroke(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}"/>'


def _words(x: float, y: float, said: str, side: str = "start", colour: str = MUTED,
           *, bold: bool = False) -> str:  # fmt: skip
    strong = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{side}" fill="{colour}"{strong}>'
        f"{html.escape(said)}</text>"
    )


def width_of(said: str, *, bold: bool = False) -> float:
    """The width of a text in a picture."""
    return millimetres(said, LETTER * 0.75, bold=bold) * PX_PER_MM


@dataclass(frozen=True)
class _Scale:
    """From a number to a place on one side of a picture."""

    least: float
    most: float
    start: float
    end: float

    def at(self, value: float) -> float:
        span = (self.most - self.least) or 1.0
        return self.start + (value - self.least) / span * (self.end - self.start)


def _rise(values: Sequence[float], *, signed: bool) -> tuple[_Scale, list[float]]:
    """The scale upwards, with round numbers at its ends, and the numbers along it."""
    least, most = min([0.0, *values]), max([0.0, *values])
    step = round_step((most - least) or 1.0)
    low = math.floor(least / step) if signed else 0
    high = max(math.ceil(most / step), low + 1)
    marks = [step * one for one in range(low, high + 1)]
    return _Scale(marks[0], marks[-1], HIGH - LOW, TOP), marks


def round_step(span: float) -> float:
    """A round distance that divides a span into four to eight parts."""
    rough = span / 5
    power = float(f"1e{f'{rough:e}'.partition('e')[2]}")  # of ten, whatever the processor
    return next(power * one for one in (1, 2, 5, 10) if power * one >= rough * 0.8)


def _rules(scale: _Scale, marks: Sequence[float], form: str, right: float) -> str:
    """Lines across, each with its number."""
    shape = Form("", _fitting(form, marks))
    return "".join(
        _stroke(LEFT, scale.at(one), right, scale.at(one), MUTED if not one else RULE)
        + _words(LEFT - 6, scale.at(one) + 4, show_as(one, shape), "end")
        for one in marks
    )


def _fitting(form: str, marks: Sequence[float]) -> str:
    """A form in which no two numbers beside an axis read alike."""
    texts = [show_as(one, Form("", form)) for one in marks]
    if len({*texts}) == len(texts):
        return form
    return ";".join(one.replace("#,##0", "#,##0.0", 1) if "." not in one else
                    one.replace(".0", ".00", 1) for one in form.split(";"))  # fmt: skip


def _known(found: ShownChart) -> list[float]:
    return [one for line in found.series for one in line if one is not None]


# ---- lines --------------------------------------------------------------------------------------


def _lines(found: ShownChart) -> str:
    """Lines with their names at their ends."""
    chart = found.of
    ends = max(width_of(one.name, bold=True) for one in chart.series) + 10
    right = WIDE - ends
    scale, marks = _rise(_known(found), signed=chart.signed)
    places = [float(one) for one in found.across if isinstance(one, float)]
    across = _Scale(min(places), max(places), LEFT, right)
    drawn = _rules(scale, marks, chart.form, right)
    drawn += _under(found, across, places)
    names = []
    for number, (one, values) in enumerate(zip(chart.series, found.series, strict=True)):
        pairs = zip(places, values, strict=True)
        known = [(across.at(at), scale.at(value)) for at, value in pairs if value is not None]
        drawn += _path(known, number)
        names.append((known[-1], one, PALETTE[number % 4]))
    return drawn + _ends(names) + _marked(found, across, scale)


def _path(known: Sequence[tuple[float, float]], number: int) -> str:
    at = " ".join(f"{x:.1f},{y:.1f}" for x, y in known)
    dash = f' stroke-dasharray="{DASHES[number % 4]}"' if DASHES[number % 4] else ""
    colour = PALETTE[number % 4]
    line = f'<polyline points="{at}" fill="none" stroke="{colour}" stroke-width="2.5"{dash}/>'
    if number % 4 != 1:
        return line
    return line + "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
                          for x, y in known)  # fmt: skip


def _ends(names: Sequence[tuple[tuple[float, float], Series, str]]) -> str:
    """The name of each line beside its end, none over another."""
    drawn, above = "", -math.inf
    for (x, y), one, colour in sorted(names, key=lambda name: name[0][1]):
        at = max(y + 4, above + LETTER + 2)
        drawn += _words(x + 7, at, one.name, colour=INK if colour == INK else "#8a3d12"
                        if colour == ACCENT else MUTED, bold=True)  # fmt: skip
        above = at
    return drawn


def _under(found: ShownChart, across: _Scale, places: Sequence[float]) -> str:
    """What stands below the points, as many as there is room for, and what they are."""
    drawn, free = "", -math.inf
    for at, value in zip(places, found.across, strict=True):
        said = across_text(found.of, value)
        wide = width_of(said)
        x = across.at(at)
        if x - wide / 2 > free:
            drawn += _words(x, HIGH - LOW + 16, said, "middle")
            free = x + wide / 2 + 6
    middle = (across.start + across.end) / 2
    return drawn + _words(middle, HIGH - 3, found.of.across_unit, "middle")


def _marked(found: ShownChart, across: _Scale, scale: _Scale) -> str:
    if not found.mark:
        return ""
    name, at, up = found.mark
    x, y = across.at(at), scale.at(up)
    cross = "".join(
        f'<line x1="{x - 5:.1f}" y1="{y - way:.1f}" x2="{x + 5:.1f}" y2="{y + way:.1f}" '
        f'stroke="{INK}" stroke-width="2"/>' for way in (5, -5)
    )  # fmt: skip
    return cross + _words(x, y - 9, name, "middle", INK, bold=True)


# ---- columns ------------------------------------------------------------------------------------


def _slots(count: int, right: float) -> tuple[list[float], float]:
    """The left edge of each column, and its width."""
    apart = (right - LEFT) / count
    return [LEFT + apart * (at + 0.15) for at in range(count)], apart * 0.7


def _steps(found: ShownChart) -> str:
    """A build-up: each column begins where the one before it ends; the last is the total."""
    foot, large, small, off, whole, *_ = ([one or 0.0 for one in line] for line in found.series)
    parts = [sum(one) for one in zip(large, small, off, whole, strict=True)]
    tops = [low + part for low, part in zip(foot, parts, strict=True)]
    scale, marks = _rise(tops, signed=found.of.signed)
    drawn = _rules(scale, marks, found.of.form, WIDE)
    shape = Form("", found.of.label_form.rstrip(";") or found.of.form)
    edges, wide = _slots(len(parts), WIDE)
    names = [str(one or "") for one in found.across]
    longest = max(width_of(word) for name in names for word in name.split() or [""])
    lower = LETTER + 1 if longest > wide / 0.7 else 0.0  # then every other name stands lower
    for at, x in enumerate(edges):
        colour = ACCENT if off[at] else GREY if whole[at] else INK
        high = scale.at(foot[at]) - scale.at(tops[at])
        drawn += _box(x, scale.at(tops[at]), wide, high, colour)
        number = -off[at] if off[at] else parts[at]
        drawn += _words(x + wide / 2, scale.at(tops[at]) - 4, show_as(number, shape), "middle", INK)
        y = HIGH - LOW + 14 + lower * (at % 2)
        drawn += _wrapped(x + wide / 2, y, names[at], wide * (2.8 if lower else 1.4))
    return drawn


def _wrapped(x: float, y: float, said: str, room: float) -> str:
    """A name below a column, on two lines where one is too short."""
    lines = [""]
    for word in said.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "".join(_words(x, y + (LETTER + 1) * at, one, "middle")
                   for at, one in enumerate(lines[:2]))  # fmt: skip


def _stacks(found: ShownChart) -> str:
    """Columns of parts on one another, each named beside the last."""
    columns = list(zip(*([one or 0.0 for one in line] for line in found.series), strict=True))
    names = [one.name for one in found.of.series]
    right = WIDE - max(map(width_of, names)) - 26
    scale, marks = _rise([sum(one) for one in columns], signed=False)
    drawn = _rules(scale, marks, found.of.form, right)
    edges, wide = _slots(len(columns), right)
    for x, parts, across in zip(edges, columns, found.across, strict=True):
        low = 0.0
        for number, part in enumerate(parts):
            top = scale.at(low + part)
            drawn += _box(x, top, wide, scale.at(low) - top, STACKED[number % len(STACKED)])
            low += part
        drawn += _words(x + wide / 2, HIGH - LOW + 16, across_text(found.of, across), "middle")
    for number, name in enumerate(reversed(names)):
        y = TOP + 16 * number
        colour = STACKED[(len(names) - 1 - number) % len(STACKED)]
        drawn += _box(right + 10, y, 10, 10, colour) + _words(right + 24, y + 9, name)
    return drawn

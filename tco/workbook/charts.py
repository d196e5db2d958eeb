"""Charts that read in grey too: few series, one palette from dark to light, labels at the ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tco.page import content
from tco.workbook.chartxml import (
    BARS,
    COLUMNS,
    LINES,
    Axis,
    Chart,
    Labels,
    Marker,
    Series,
    area,
    outline,
    shape,
)

# Dark to light, so that the order survives a black-and-white printer.
PALETTE = (
    "1F3A5F", "C05A00", "5B8DB8", "E3A857", "A9B8C9", "6B7785",
    "2F6B4F", "8E4A7B", "9CC5A1", "D9A6B8", "3D3D3D", "C9C2A5",
)  # fmt: skip


@dataclass(frozen=True)
class Ranges:
    """Where the numbers of a chart stand: what they are over, each series, and a single point."""

    across: str
    series: tuple[str, ...]
    mark: tuple[str, ...] = ()


def drawn(chart: content.Chart, ranges: Ranges, width: float, height: float) -> Chart:
    """A chart of the page over the cells of its numbers; width and height in cm."""
    if chart.kind == content.LINES:
        return _lines(chart, ranges, width, height)
    bars = chart.kind == content.BARS
    make = {content.BARS: _bar, content.STEPS: _step, content.STACKS: _stack}[chart.kind]
    series = tuple(make(chart, ranges, index) for index in range(len(ranges.series)))
    across = Axis(chart.across_unit, chart.across_form, downwards=bars)
    up = Axis(chart.unit, chart.form, least=0, at_end=bars)
    gap = 35 if chart.kind == content.STEPS else 45
    return Chart(BARS if bars else COLUMNS, chart.title, series, across, up, width, height, gap,
                 legend=chart.kind == content.STACKS)  # fmt: skip


# Of the board's page: what speaks for it, and what speaks against.
FOR, AGAINST = "1F2833", "B4531A"


def bars_alone(names: str, values: Sequence[str]) -> Chart:
    """Bars beside the rows of a table, whose cells name them and have their numbers.

    Of two columns the first is what speaks against, the second what speaks for it.
    """
    colours = (AGAINST, FOR) if len(values) > 1 else (FOR,)
    series = tuple(
        Series("", area(one), area(names), _filled(colour))
        for one, colour in zip(values, colours, strict=True)
    )
    across, up = Axis("", "General", downwards=True, unseen=True), Axis("", "General", unseen=True)
    return Chart(BARS, "", series, across, up, 1, 1, 60, bare=True)


def _filled(colour: str) -> str:
    return shape(colour, outline(colour))


def _over(chart: content.Chart, ranges: Ranges, index: int, look: str,
          labels: Labels | None = None, points: tuple[str, ...] = ()) -> Series:  # fmt: skip
    return Series(chart.series[index].name, area(ranges.series[index]), area(ranges.across), look,
                  points=points, labels=labels)  # fmt: skip


def _bar(chart: content.Chart, ranges: Ranges, index: int) -> Series:
    """Horizontal bars, the first row on top, each with its value at the end."""
    count = len(chart.across) if chart.apart and isinstance(chart.across, tuple) else 0
    points = tuple(_filled(PALETTE[min(number, 1)]) for number in range(count))
    return _over(chart, ranges, index, _filled(PALETTE[0]), Labels(chart.form, "outEnd"), points)


def _step(chart: content.Chart, ranges: Ranges, index: int) -> Series:
    """A build-up: each column stands on the ones before it, which are not seen."""
    if not index:
        return _over(chart, ranges, index, shape("", outline("")))
    labels = Labels(chart.label_form, "inEnd", 8, "FFFFFF")
    return _over(chart, ranges, index, _filled(PALETTE[0]), labels)


def _stack(chart: content.Chart, ranges: Ranges, index: int) -> Series:
    """Columns on top of each other."""
    return _over(chart, ranges, index, shape(PALETTE[index % len(PALETTE)], outline("FFFFFF", 0.5)))


def _lines(chart: content.Chart, ranges: Ranges, width: float, height: float) -> Chart:
    """Straight lines with a marker at each point, and one point alone where one is marked."""
    pairs = zip(ranges.series, chart.series, strict=True)
    series = [_line(one.name, values, ranges.across, index)
              for index, (values, one) in enumerate(pairs)]  # fmt: skip
    if chart.mark:
        at, up = map(area, ranges.mark)
        cross = Marker("x", 11, shape(None, outline("9C1C1C", 2)))
        series.append(Series(chart.mark[0], up, at, shape(None, outline("")), cross))
    across = Axis(chart.across_unit, chart.across_form, least=0, most=chart.across_most,
                  step=chart.across_step, labels_low=chart.signed)  # fmt: skip
    rise = Axis(chart.unit, chart.form, least=None if chart.signed else 0)
    return Chart(LINES, chart.title, tuple(series), across, rise, width, height, legend=True)


def _line(name: str, values: str, across: str, index: int) -> Series:
    """A curve in the look of its place."""
    colour = PALETTE[index % len(PALETTE)]
    marker = Marker(("circle", "square", "diamond")[index % 3], 6, _filled(colour))
    return Series(name, area(values), area(across), shape(None, outline(colour, 2.25)), marker)

"""Charts that read in grey too: ink, greys and one accent, and names at the ends of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tco.page import content
from tco.widths import units_of
from tco.workbook.chartxml import (
    ABOVE,
    BARS,
    BELOW,
    COLUMNS,
    INK,
    LINES,
    PACED,
    RIGHT,
    SPANS,
    Axis,
    Chart,
    Labels,
    Marker,
    Series,
    area,
    outline,
    shape,
)

ACCENT, GREY = "B3541E", "6B7785"
# Of lines and single bars: each is read against white.
PALETTE = (INK, ACCENT, GREY, "465260", "8A3D12", "56626E")
# Of parts on one another: neighbours differ in lightness, so that the order survives grey paper.
STACKED = (
    INK, "A9B3BD", ACCENT, "DFE3E8", GREY, "E3C3B0",
    "465260", "CDD4DB", "8A3D12", "D98E62", "2F3B49", "8C97A3",
)  # fmt: skip
DASHES = ("solid", "solid", "sysDash", "sysDot")
LETTER = 0.175  # cm of a letter of a name at the end of a line
_ENDS = {"beside": RIGHT, "above": ABOVE, "below": BELOW}
_KINDS = {
    content.BARS: "Bars", content.TORNADO: "Bars to both sides of the plan",
    content.STEPS: "Columns that build up to a total", content.STACKS: "Columns of parts",
    content.LINES: "Lines", content.YEARLY: "Lines over years",
}  # fmt: skip


@dataclass(frozen=True)
class Ranges:
    """Where the numbers of a chart stand: what they are over, each series, and a single point."""

    across: str
    series: tuple[str, ...]
    mark: tuple[str, ...] = ()


def drawn(chart: content.Chart, ranges: Ranges, width: float, height: float) -> Chart:
    """A chart of the page over the cells of its numbers; width and height in cm.

    It has a title of its own only where that is words and it says no basis: any other stands in
    a cell above it, see `tco.workbook.pictures`.
    """
    if chart.kind in (content.LINES, content.YEARLY):
        return _lines(chart, ranges, width, height)
    make = {content.BARS: _bar, content.STEPS: _step, content.STACKS: _stack,
            content.TORNADO: _side}[chart.kind]  # fmt: skip
    series = tuple(make(chart, ranges, index) for index in range(len(ranges.series)))
    bars = chart.kind in (content.BARS, content.TORNADO)
    stacks = chart.kind == content.STACKS
    across = Axis(chart.across_unit, chart.across_form, downwards=bars, labels_low=chart.signed)
    up = Axis("", chart.form, least=None if chart.signed else 0, at_end=bars, hidden=not stacks)
    return Chart(BARS if bars else COLUMNS, _title(chart), series, across, up, width, height,
                 gap=45, legend=stacks, says=described(chart))  # fmt: skip


def _title(chart: content.Chart) -> str:
    """The title within a chart: none where a heading stands above it."""
    return chart.title if isinstance(chart.title, str) and not chart.basis else ""


def described(chart: content.Chart) -> str:
    """What a chart shows, for those who do not see it; its numbers are in the cells."""
    names = [one.name for one in chart.series]
    named = chart.kind not in (content.STEPS, content.TORNADO)
    of = f", of {', '.join(names)}" if len(names) > 1 and named else ""
    fixed = chart.title if isinstance(chart.title, str) else ""
    basis = chart.basis
    if isinstance(basis, content.Phrase):  # the cell above the chart has what may change
        basis = basis.words.replace("{}, ", "")
    said = ", ".join(one for one in (fixed, basis) if one)
    return f"{_KINDS[chart.kind]}: {said}{of}"


# Of the board's page: what speaks for it, and what speaks against.
FOR, AGAINST = "1F2833", "B4531A"


def bars_alone(names: str, values: Sequence[str], says: str) -> Chart:
    """Bars beside the rows of a table, whose cells name them and have their numbers.

    Of two columns the first is what speaks against, the second what speaks for it.
    """
    colours = (AGAINST, FOR) if len(values) > 1 else (FOR,)
    series = tuple(
        Series("", area(one), area(names), _filled(colour))
        for one, colour in zip(values, colours, strict=True)
    )
    across, up = Axis("", "General", downwards=True, hidden=True), Axis("", "General", hidden=True)
    return Chart(
        BARS, "", series, across, up, 1, 1, 60, bare=True, says=f"Bars beside the table: {says}"
    )


def _filled(colour: str) -> str:
    return shape(colour, outline(colour))


UNSEEN = shape("", outline(""))
# Of a bridge: what carries a bar above and below nought, more of it, less of it, all of it.
BRIDGED = ("carries", "carries, below", "more", "more, below", "less", "less, below", "in all")


def bridged(title: str, names: str, values: Sequence[str], form: str, size: tuple[float, float],
            says: str) -> Chart:  # fmt: skip
    """Bars that begin where the last one ended, the change in all at their end.

    Args:
        names: the cells that name the bars, with their numbers.
        values: the cells of each series of `BRIDGED`.
        size: width and height in cm.
    """
    looks = (UNSEEN, UNSEEN, *(_filled(one) for one in (INK, INK, ACCENT, ACCENT, GREY)))
    series = tuple(Series(name, area(one), area(names), look)
                   for name, one, look in zip(BRIDGED, values, looks, strict=True))  # fmt: skip
    across = Axis("", "General", downwards=True, labels_low=True)
    return Chart(SPANS, title, series, across, Axis("", form, at_end=True), *size, gap=35,
                 says=says)  # fmt: skip


def _over(chart: content.Chart, ranges: Ranges, index: int, look: str,
          labels: Labels | None = None, points: tuple[str, ...] = ()) -> Series:  # fmt: skip
    return Series(chart.series[index].name, area(ranges.series[index]), area(ranges.across), look,
                  points=points, labels=labels)  # fmt: skip


def _bar(chart: content.Chart, ranges: Ranges, index: int) -> Series:
    """Horizontal bars, the first row on top, each with its value at the end."""
    count = len(chart.across) if chart.apart and isinstance(chart.across, tuple) else 0
    points = tuple(_filled((INK, GREY)[min(number, 1)]) for number in range(count))
    return _over(chart, ranges, index, _filled(INK), Labels(chart.form, "outEnd"), points)


def _side(chart: content.Chart, ranges: Ranges, index: int) -> Series:
    """Bars to both sides of the plan, the farthest on top; the last is room beside them, unseen."""
    if index == len(ranges.series) - 1:
        return _over(chart, ranges, index, UNSEEN)
    labels = Labels(chart.label_form, "outEnd")
    return _over(chart, ranges, index, _filled((ACCENT, INK)[index]), labels)


def _step(chart: content.Chart, ranges: Ranges, index: int) -> Series:
    """A build-up: each column stands on the ones before it, which are not seen.

    A number stands in its column where there is room; above it an unseen column of the same height
    carries it.
    """
    inside = Labels(chart.label_form, "inEnd", colour="FFFFFF")
    above = Labels(chart.label_form, "inBase")
    off = Labels(_taken(chart.label_form), "inBase")
    look, labels = (
        (UNSEEN, None), (_filled(INK), inside), (_filled(INK), None), (_filled(ACCENT), None),
        (_filled(GREY), inside), (UNSEEN, above), (UNSEEN, off),
    )[index]  # fmt: skip
    return _over(chart, ranges, index, look, labels)


def _taken(form: str) -> str:
    """A number format for what is taken off: in brackets whatever its sign."""
    plain, below, *rest = form.split(";")
    return ";".join((below, plain, *rest))


def _stack(chart: content.Chart, ranges: Ranges, index: int) -> Series:
    """Columns on top of each other."""
    return _over(chart, ranges, index, shape(STACKED[index % len(STACKED)], outline("FFFFFF", 0.5)))


def _lines(chart: content.Chart, ranges: Ranges, width: float, height: float) -> Chart:
    """Straight lines with their names at their ends, and one point alone where one is marked."""
    pairs = zip(ranges.series, chart.series, strict=True)
    series = [_line(one, values, ranges.across, index)
              for index, (values, one) in enumerate(pairs)]  # fmt: skip
    if chart.mark:
        at, up = map(area, ranges.mark)
        cross = Marker("x", 11, shape(None, outline(INK, 2)))
        series.append(Series(chart.mark[0], up, at, shape(None, outline("")), cross, end=ABOVE))
    across = Axis(chart.across_unit, chart.across_form, least=chart.across_least,
                  most=chart.across_most, step=chart.across_step, labels_low=True)  # fmt: skip
    rise = Axis("", chart.form, least=None if chart.signed else 0)
    kind = PACED if chart.kind == content.YEARLY else LINES
    longest = max(units_of(one.name) * (1 if one.end == "beside" else 0.5) for one in chart.series)
    room = round((longest * LETTER + 0.4) / width, 3)
    return Chart(kind, _title(chart), tuple(series), across, rise, width, height,
                 says=described(chart), room=room)  # fmt: skip


def _line(one: content.Series, values: str, across: str, index: int) -> Series:
    """A curve in the look of its place: a colour, and dashes or markers."""
    colour = (INK, ACCENT, GREY, INK)[index % 4]
    marker = Marker("circle", 5, _filled(colour)) if index % 4 == 1 else None
    look = shape(None, outline(colour, 2.25, DASHES[index % 4]))
    return Series(one.name, area(values), area(across), look, marker,
                  end=_ENDS[one.end], colour=colour)  # fmt: skip

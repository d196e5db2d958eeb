"""Charts that read in grey too: few series, one palette from dark to light, labels at the ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, unescape

import tco.workbook  # noqa: F401  # chooses openpyxl's plain XML writer before it is imported

# isort: split
from openpyxl.chart import BarChart, ScatterChart, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.reference import Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.drawing.text import Font as DrawingFont
from openpyxl.utils.cell import range_boundaries

from tco.page import content
from tco.workbook.cells import Book, Cell

# Dark to light, so that the order survives a black-and-white printer.
PALETTE = ("1F3A5F", "C05A00", "5B8DB8", "E3A857", "A9B8C9", "6B7785")
_INK, _GRID, _MUTED = "333F48", "E1E5EA", "6B7785"


def _letters(size: float, *, bold: bool = False, colour: str = _INK) -> CharacterProperties:
    return CharacterProperties(
        sz=int(size * 100), b=bold, solidFill=colour, latin=DrawingFont(typeface="Calibri")
    )


def _rich(size: float, colour: str = _INK) -> RichText:
    look = _letters(size, colour=colour)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])


def _title(text: str, size: float, *, bold: bool = True, colour: str = _INK) -> Title:
    look = _letters(size, bold=bold, colour=colour)
    run = RegularTextRun(rPr=look, t=text)
    rich = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])])
    made = Title(tx=Text(rich=rich))
    made.overlay = False
    return made


def _line(colour: str, points: float = 0.75) -> LineProperties:
    return LineProperties(solidFill=colour, w=int(points * 12_700))


def _axis(axis: Any, name: str, form: str, *, grid: bool) -> None:
    axis.delete = False
    axis.txPr = _rich(9, _MUTED)
    axis.majorTickMark = axis.minorTickMark = "none"
    axis.graphicalProperties = GraphicalProperties(ln=_line("A9B3BD"))
    axis.number_format = form
    if axis.numFmt is not None:
        axis.numFmt.sourceLinked = False
    axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=_line(_GRID))) if grid else None
    if name:
        axis.title = _title(name, 9, bold=False, colour=_MUTED)


def _frame(chart: Any, title: str, width: float, height: float, *, legend: bool) -> None:
    chart.title = _title(title, 11)
    chart.width, chart.height = width, height
    chart.style, chart.roundedCorners = None, False
    chart.graphical_properties = GraphicalProperties(solidFill="FFFFFF", ln=_line("D5DAE1"))
    if legend:
        chart.legend.position, chart.legend.overlay = "b", False
        chart.legend.txPr = _rich(9, _MUTED)
    else:
        chart.legend = None


@dataclass(frozen=True)
class Ranges:
    """Where the numbers of a chart stand: what they are over, each series, and a single point."""

    across: str
    series: tuple[str, ...]
    mark: tuple[str, ...] = ()


def _cells_of(area: str) -> Reference:
    return Reference(range_string=area)


def _labels(form: str, position: str) -> DataLabelList:
    made = DataLabelList(numFmt=form, dLblPos=position, txPr=_rich(9))
    made.showVal = True
    made.showSerName = made.showCatName = made.showLegendKey = made.showPercent = False
    return made


def drawn(chart: content.Chart, ranges: Ranges, width: float, height: float) -> Any:
    """A chart of the page over the cells of its numbers; width and height in cm."""
    make = {
        content.BARS: _bars,
        content.LINES: _lines,
        content.STEPS: _steps,
        content.STACKS: _stacks,
    }[chart.kind]
    made = make(chart, ranges)
    _frame(made, chart.title, width, height, legend=chart.kind in (content.LINES, content.STACKS))
    return made


def _bars(chart: content.Chart, ranges: Ranges) -> BarChart:
    """Horizontal bars of one series, the first row on top, each with its value at the end."""
    made = BarChart()
    made.type, made.gapWidth = "bar", 45
    series = _series(ranges.series[0], chart.series[0].name, PALETTE[0], _line(PALETTE[0]))
    for index in range(len(chart.across) if chart.apart and isinstance(chart.across, tuple) else 0):
        point = DataPoint(idx=index)
        colour = PALETTE[min(index, 1)]
        point.graphicalProperties = GraphicalProperties(solidFill=colour, ln=_line(colour))
        series.dPt.append(point)
    series.dLbls = _labels(chart.form, "outEnd")
    made.series.append(series)
    _over(made, chart, ranges)
    made.x_axis.scaling.orientation = "maxMin"
    made.y_axis.crosses = "max"
    return made


def _steps(chart: content.Chart, ranges: Ranges) -> BarChart:
    """A build-up: each column stands on the ones before it."""
    made = BarChart()
    made.type, made.grouping, made.overlap, made.gapWidth = "col", "stacked", 100, 35
    under = _series(ranges.series[0], chart.series[0].name, None, LineProperties(noFill=True))
    part = _series(ranges.series[1], chart.series[1].name, PALETTE[0], _line(PALETTE[0]))
    part.dLbls = _labels(chart.label_form, "inEnd")
    part.dLbls.txPr = _rich(8, "FFFFFF")
    made.series += [under, part]
    _over(made, chart, ranges)
    return made


def _stacks(chart: content.Chart, ranges: Ranges) -> BarChart:
    """Columns of several series on top of each other."""
    made = BarChart()
    made.type, made.grouping, made.overlap, made.gapWidth = "col", "stacked", 100, 45
    for area, one, colour in zip(ranges.series, chart.series, PALETTE, strict=False):
        made.series.append(_series(area, one.name, colour, _line("FFFFFF", 0.5)))
    _over(made, chart, ranges)
    return made


def _series(area: str, name: str, colour: str | None, line: LineProperties) -> Any:
    """A series of bars or columns; without a colour nothing of it is seen."""
    made = Series(_cells_of(area), title=name)
    look = {"solidFill": colour} if colour else {"noFill": True}
    made.graphicalProperties = GraphicalProperties(**look, ln=line)
    return made


def _over(made: BarChart, chart: content.Chart, ranges: Ranges) -> None:
    """What bars stand over, and their axis from zero up."""
    made.set_categories(_cells_of(ranges.across))
    _axis(made.x_axis, chart.across_unit, chart.across_form, grid=False)
    _axis(made.y_axis, chart.unit, chart.form, grid=True)
    made.y_axis.scaling.min = 0


def _lines(chart: content.Chart, ranges: Ranges) -> ScatterChart:
    """Straight lines with a marker at each point, and one point alone where one is marked."""
    made = ScatterChart()
    made.scatterStyle = "lineMarker"
    for index, (area, one) in enumerate(zip(ranges.series, chart.series, strict=True)):
        _curve(made, _cells_of(area), _cells_of(ranges.across), one.name, index)
    if chart.mark:
        at, up = map(_cells_of, ranges.mark)
        point = _curve(made, up, at, chart.mark[0], len(chart.series))
        point.marker = Marker("x", size=11)
        point.marker.graphicalProperties = GraphicalProperties(ln=_line("9C1C1C", 2))
        point.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    _axis(made.x_axis, chart.across_unit, chart.across_form, grid=False)
    _axis(made.y_axis, chart.unit, chart.form, grid=True)
    made.x_axis.scaling.min, made.x_axis.scaling.max = 0, chart.across_most
    made.x_axis.majorUnit = chart.across_step
    if chart.signed:
        made.x_axis.tickLblPos = "low"  # below the values, not at zero
    else:
        made.y_axis.scaling.min = 0
    _inside(made)
    return made


def _curve(chart: Any, ys: Reference, xs: Reference, name: str, index: int) -> Any:
    """A series of a scatter chart, in the look of its place."""
    series = Series(ys, xs, title=name)
    colour = PALETTE[index]
    series.smooth = False
    series.marker = Marker(("circle", "square", "diamond")[index % 3], size=6)
    series.marker.graphicalProperties = GraphicalProperties(solidFill=colour, ln=_line(colour))
    series.graphicalProperties = GraphicalProperties(ln=_line(colour, 2.25))
    chart.series.append(series)
    return series


def _inside(chart: Any) -> None:
    chart.layout = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.08, y=0.14,
                                                    w=0.88, h=0.62))  # fmt: skip


# ---- caches: what previews and phones draw ------------------------------------------------------

_NAMES = re.compile(r"<cat><numRef><f>(.*?)</f></numRef></cat>")
_NUMBERS = re.compile(r"<numRef><f>(.*?)</f></numRef>")
_RANGE = re.compile(r"^'?((?:[^']|'')+?)'?!(.+)$")


def with_caches(chart: str, book: Book) -> str:
    """A chart's XML with the values of the cells it points to, which openpyxl leaves out.

    Categories, which openpyxl calls numbers, become the names they are.
    """
    chart = _NAMES.sub(lambda found: _names(found[1], book), chart)
    return _NUMBERS.sub(lambda found: _numbers(found[1], book), chart)


def _names(reference: str, book: Book) -> str:
    cells = _cells(book, unescape(reference))
    points = "".join(
        f'<pt idx="{index}"><v>{escape(str(cell.value))}</v></pt>'
        for index, cell in enumerate(cells)
        if cell
    )
    cache = f'<strCache><ptCount val="{len(cells)}"/>{points}</strCache>'
    return f"<cat><strRef><f>{reference}</f>{cache}</strRef></cat>"


def _numbers(reference: str, book: Book) -> str:
    cells = _cells(book, unescape(reference))
    points = "".join(
        f'<pt idx="{index}"><v>{float(cell.value)!r}</v></pt>'
        for index, cell in enumerate(cells)
        if cell and cell.value is not None and not isinstance(cell.value, str)
    )
    cache = f'<formatCode>General</formatCode><ptCount val="{len(cells)}"/>{points}'
    return f"<numRef><f>{reference}</f><numCache>{cache}</numCache></numRef>"


def _cells(book: Book, reference: str) -> list[Cell | None]:
    found = _RANGE.match(reference)
    assert found
    sheet = book[found[1].replace("''", "'")]
    left, top, right, bottom = range_boundaries(found[2].replace("$", ""))
    return [
        sheet.cells.get((row, column))
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]

"""Charts that read in grey too: few series, one palette from dark to light, labels at the ends."""

from __future__ import annotations

import re
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

from tco.workbook.cells import Book, Cell, letters

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


def _reference(sheet: str, column: int, first: int, last: int) -> Reference:
    return Reference(range_string=f"'{sheet}'!${letters(column)}${first}:${letters(column)}${last}")


def _labels(form: str, position: str) -> DataLabelList:
    made = DataLabelList(numFmt=form, dLblPos=position, txPr=_rich(9))
    made.showVal = True
    made.showSerName = made.showCatName = made.showLegendKey = made.showPercent = False
    return made


def bars(
    title: str, sheet: str, *, names: int, values: int, first: int, last: int, axis: str,
    form: str, width: float, height: float, colours: tuple[int, ...] = (),
) -> BarChart:  # fmt: skip
    """Horizontal bars of one series, the first row on top, each with its value at the end.

    `names` and `values` are columns, `first` and `last` rows of the sheet.
    """
    chart = BarChart()
    chart.type, chart.gapWidth = "bar", 45
    _frame(chart, title, width, height, legend=False)
    series = Series(_reference(sheet, values, first, last), title=axis)
    series.graphicalProperties = GraphicalProperties(solidFill=PALETTE[0], ln=_line(PALETTE[0]))
    for index, colour in enumerate(colours):
        point = DataPoint(idx=index)
        point.graphicalProperties = GraphicalProperties(
            solidFill=PALETTE[colour], ln=_line(PALETTE[colour])
        )
        series.dPt.append(point)
    series.dLbls = _labels(form, "outEnd")
    chart.series.append(series)
    chart.set_categories(_reference(sheet, names, first, last))
    _axis(chart.x_axis, "", "General", grid=False)
    _axis(chart.y_axis, axis, form, grid=True)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.scaling.min = 0
    chart.y_axis.crosses = "max"
    return chart


def curves(
    title: str,
    sheet: str,
    *,
    across: tuple[int, int],
    x_row: int,
    rows: tuple[tuple[int, str], ...],
    x_axis: str,
    y_axis: str,
    x_form: str,
    y_form: str,
    width: float,
    height: float,
    log_y: bool = False,
) -> ScatterChart:
    """Curves of several rows over one row of x, straight lines with a marker at each point."""
    chart = ScatterChart()
    chart.scatterStyle = "lineMarker"
    _frame(chart, title, width, height, legend=True)
    first, last = (letters(column) for column in across)
    xs = Reference(range_string=f"'{sheet}'!${first}${x_row}:${last}${x_row}")
    for index, (row, name) in enumerate(rows):
        ys = Reference(range_string=f"'{sheet}'!${first}${row}:${last}${row}")
        _drawn(chart, ys, xs, name, index)
    _axis(chart.x_axis, x_axis, x_form, grid=False)
    _axis(chart.y_axis, y_axis, y_form, grid=True)
    chart.x_axis.scaling.min = 0
    if log_y:
        chart.y_axis.scaling.logBase = 10
    else:
        chart.y_axis.scaling.min = 0
    _inside(chart)
    return chart


def over_years(
    title: str, sheets: tuple[tuple[str, int, str], ...], *, head: tuple[str, int],
    across: tuple[int, int], axis: str, form: str, width: float, height: float,
) -> ScatterChart:  # fmt: skip
    """Curves of yearly rows, which may stand on several sheets; below and above a zero line.

    `sheets` are (sheet, row, name), `head` is where the years stand.
    """
    chart = ScatterChart()
    chart.scatterStyle = "lineMarker"
    _frame(chart, title, width, height, legend=True)
    first, last = (letters(column) for column in across)
    xs = Reference(range_string=f"'{head[0]}'!${first}${head[1]}:${last}${head[1]}")
    for index, (sheet, row, name) in enumerate(sheets):
        ys = Reference(range_string=f"'{sheet}'!${first}${row}:${last}${row}")
        _drawn(chart, ys, xs, name, index)
    _axis(chart.x_axis, "year; level beyond the horizon", "0", grid=False)
    _axis(chart.y_axis, axis, form, grid=True)
    chart.x_axis.scaling.min, chart.x_axis.majorUnit = 0, 1
    chart.x_axis.scaling.max = across[1] - across[0]
    chart.x_axis.tickLblPos = "low"
    _inside(chart)
    return chart


def over_rows(
    title: str, sheet: str, *, xs: int, columns: tuple[tuple[int, str], ...], first: int,
    last: int, mark: tuple[str, str, str], axes: tuple[str, str], width: float, height: float,
) -> ScatterChart:  # fmt: skip
    """Curves of columns over a column of shares, and one point marked.

    `mark` is (cell of x, cell of y, name) on the same sheet.
    """
    chart = ScatterChart()
    chart.scatterStyle = "lineMarker"
    _frame(chart, title, width, height, legend=True)
    for index, (column, name) in enumerate(columns):
        _drawn(chart, _reference(sheet, column, first, last), _reference(sheet, xs, first, last),
               name, index)  # fmt: skip
    at_x, at_y, name = mark
    point = _drawn(chart, Reference(range_string=f"'{sheet}'!{at_y}:{at_y}"),
                   Reference(range_string=f"'{sheet}'!{at_x}:{at_x}"), name,
                   len(columns))  # fmt: skip
    point.marker = Marker("x", size=11)
    point.marker.graphicalProperties = GraphicalProperties(ln=_line("9C1C1C", 2))
    point.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    _axis(chart.x_axis, axes[0], "0%", grid=False)
    _axis(chart.y_axis, axes[1], "0.00", grid=True)
    chart.x_axis.scaling.max = 1
    chart.y_axis.scaling.min = 0
    _inside(chart)
    return chart


def steps(
    title: str, sheet: str, *, names: int, base: int, values: int, first: int, last: int,
    axis: str, form: str, labels: str, width: float, height: float,
) -> BarChart:  # fmt: skip
    """A build-up: each column stands on the ones before it."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 35
    _frame(chart, title, width, height, legend=False)
    under = Series(_reference(sheet, base, first, last), title="before")
    under.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    part = Series(_reference(sheet, values, first, last), title=axis)
    part.graphicalProperties = GraphicalProperties(solidFill=PALETTE[0], ln=_line(PALETTE[0]))
    part.dLbls = _labels(labels, "inEnd")
    part.dLbls.txPr = _rich(8, "FFFFFF")
    for one in (under, part):
        chart.series.append(one)
    chart.set_categories(_reference(sheet, names, first, last))
    _axis(chart.x_axis, "", "General", grid=False)
    _axis(chart.y_axis, axis, form, grid=True)
    chart.y_axis.scaling.min = 0
    return chart


def stacks(
    title: str, sheet: str, *, across: tuple[int, int], head: int,
    rows: tuple[tuple[int, str], ...], axis: str, form: str, width: float, height: float,
) -> BarChart:  # fmt: skip
    """Columns of several yearly rows on top of each other."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 45
    _frame(chart, title, width, height, legend=True)
    first, last = (letters(column) for column in across)
    for index, (row, name) in enumerate(rows):
        one = Series(Reference(range_string=f"'{sheet}'!${first}${row}:${last}${row}"), title=name)
        one.graphicalProperties = GraphicalProperties(
            solidFill=PALETTE[index], ln=_line("FFFFFF", 0.5)
        )
        chart.series.append(one)
    chart.set_categories(Reference(range_string=f"'{sheet}'!${first}${head}:${last}${head}"))
    _axis(chart.x_axis, "year", "0", grid=False)
    _axis(chart.y_axis, axis, form, grid=True)
    chart.y_axis.scaling.min = 0
    return chart


def _drawn(chart: Any, ys: Reference, xs: Reference, name: str, index: int) -> Any:
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

"""A chart as plain data, and the part of the package that it becomes.

Every reference carries the values of its cells, which previews and phones draw.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tco.workbook.cells import Book, Cell, column_number, letters
from tco.workbook.markup import element, text

INK, RULES, MUTED = "1F2833", "E1E5EA", "6B7785"
# Bars beside or on one another, columns on one another, lines over numbers, lines over years;
# bars behind one another, each from where the last one ended.
BARS, COLUMNS, LINES, PACED = "bars", "columns", "lines", "paced"
SPANS = "spans"
RIGHT, ABOVE, BELOW = "r", "t", "b"  # of the last point of a line: where its name stands
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


@dataclass(frozen=True)
class Area:
    """Cells of a sheet: columns and rows, both ends included."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        first, last = (f"${letters(column)}${row}" for column, row in
                       ((self.left, self.top), (self.right, self.bottom)))  # fmt: skip
        quoted = self.sheet.replace("'", "''")
        return f"'{quoted}'!{first if first == last else f'{first}:{last}'}"

    def cells(self, book: Book) -> list[Cell | None]:
        """The cells, row by row; None where nothing stands."""
        cells = book[self.sheet].cells
        return [
            cells.get((row, column))
            for row in range(self.top, self.bottom + 1)
            for column in range(self.left, self.right + 1)
        ]


@dataclass(frozen=True)
class Marker:
    """The sign at each point of a line: its form, size, and colours of fill and outline."""

    symbol: str
    size: int
    look: str


@dataclass(frozen=True)
class Labels:
    """Values written at bars: their number format, place, letter size and colour."""

    form: str
    position: str
    size: float = 9
    colour: str = INK


@dataclass(frozen=True)
class Series:
    """Values over cells. `look` is made by `shape`, `points` are looks of single bars.

    `end` is where its name stands at its last point, in its `colour`; "" for nowhere.
    """

    name: str
    values: Area
    over: Area
    look: str
    marker: Marker | None = None
    points: tuple[str, ...] = ()
    labels: Labels | None = None
    end: str = ""
    colour: str = INK


@dataclass(frozen=True)
class Axis:
    """An axis: its name, number format and bounds; None leaves a bound to the program."""

    name: str
    form: str
    least: float | None = None
    most: float | None = None
    step: float | None = None
    downwards: bool = False
    labels_low: bool = False
    at_end: bool = False  # of the other axis, which then runs downwards
    hidden: bool = False  # where every bar has its number


@dataclass(frozen=True)
class Chart:
    """A chart. Width and height are in cm, `gap` between bars in per cent of their width.

    Its title is "" where a heading stands in a cell above it. `says` is what it shows, for those
    who do not see it: no number, for numbers move. `room` is the share of its width that names
    at the ends of lines take.
    """

    kind: str
    title: str
    series: tuple[Series, ...]
    across: Axis
    up: Axis
    width: float
    height: float
    gap: int = 0
    legend: bool = False
    says: str = ""
    room: float = 0.0
    bare: bool = False  # bars and nothing else, which stand beside the rows of a table

    @property
    def described(self) -> str:
        """What stands in the place of the picture where it cannot be seen."""
        return self.says or f"{self.title}: {', '.join(one.name for one in self.series)}"


def shape(fill: str | None, line: str) -> str:
    """How something is drawn: the colour of its area ("" for none), and its outline."""
    inside = "" if fill is None else _solid(fill) if fill else element("a:noFill")
    return element("spPr", inside + line)


def outline(colour: str, points: float = 0.75, dash: str = "solid") -> str:
    """A line of a colour ("" for none), a width in points, and dashes."""
    inside = _solid(colour) if colour else element("a:noFill")
    width = int(points * 12_700) if colour else None
    return element("a:ln", inside + element("a:prstDash", val=dash), w=width)


def chart_xml(chart: Chart, book: Book) -> bytes:
    """The part of a chart, with the values of the cells it points to."""
    scattered = chart.kind == LINES
    series = "".join(_series(one, index, book, chart.kind)
                     for index, one in enumerate(chart.series))  # fmt: skip
    first, second = "10", "20" if scattered else "100"
    places = "lb" if chart.kind in (BARS, SPANS) else "bl"
    name = {LINES: "valAx", PACED: "dateAx"}.get(chart.kind, "catAx")
    axes = _axis(name, chart.across, first, second, places[0])
    axes += _axis("valAx", chart.up, second, first, places[1], rules=not chart.up.hidden,
                  between="midCat" if chart.kind in (LINES, PACED) else "between")  # fmt: skip
    plot = _plot(chart, series, _value("axId", first) + _value("axId", second))
    legend = element(
        "legend", _value("legendPos", "b") + _value("overlay", 0) + _letters(9, MUTED)
    ) if chart.legend else ""  # fmt: skip
    title = _title(chart.title, 11, bold=True, colour=INK) if chart.title else ""
    inside = element(
        "chart",
        title + _value("autoTitleDeleted", int(not title)) + element("plotArea", plot + axes)
        + legend + _value("plotVisOnly", 1) + _value("dispBlanksAs", "gap"),
    )  # fmt: skip
    frame = (
        shape("", outline(""))
        if chart.bare
        else shape("FFFFFF", outline("D5DAE1" if title else ""))
    )
    whole = f"<chartSpace {_SPACES}>{_value('roundedCorners', 0)}{inside}{frame}</chartSpace>"
    return whole.encode()


def _value(name: str, value: object) -> str:
    return element(name, val=value)


_WHOLE = element("layout", element("manualLayout", "".join(
    _value(name, value) for name, value in (
        ("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge"), ("x", 0), ("y", 0),
        ("w", 1), ("h", 1))
)))  # fmt: skip


def _plot(chart: Chart, series: str, ids: str) -> str:
    """What is drawn between the axes."""
    if chart.kind == LINES:
        head = _value("scatterStyle", "lineMarker") + _value("varyColors", 0)
        return _inside(chart) + element("scatterChart", head + series + ids)
    if chart.kind == PACED:
        head = _value("grouping", "standard") + _value("varyColors", 0)
        return _inside(chart) + element("lineChart", head + series + _value("marker", 1) + ids)
    return (_WHOLE if chart.bare else "") + element("barChart", _bars(chart, series) + ids)


def _inside(chart: Chart) -> str:
    """Where lines are drawn within a chart: beside the names at their ends."""
    top = 0.14 if chart.title else 0.05
    low = 0.24 if chart.legend or chart.across.name else 0.12
    sizes = {"x": 0.1, "y": top, "w": 0.86 - chart.room, "h": 1 - top - low}
    modes = "".join(_value(f"{one}Mode", "edge" if one in "xy" else "factor") for one in sizes)
    inside = _value("layoutTarget", "inner") + modes
    inside += "".join(_value(name, round(size, 3)) for name, size in sizes.items())
    return element("layout", element("manualLayout", inside))


def _bars(chart: Chart, series: str) -> str:
    stacked = chart.kind in (COLUMNS, SPANS)
    over = stacked or len(chart.series) > 1
    return (
        _value("barDir", "col" if chart.kind == COLUMNS else "bar")
        + _value("grouping", "stacked" if stacked else "clustered")
        + _value("varyColors", 0)
        + series
        + _value("gapWidth", chart.gap)
        + (_value("overlap", 100) if over or chart.bare else "")
    )


def _series(one: Series, index: int, book: Book, kind: str) -> str:
    head = _value("idx", index) + _value("order", index)
    head += element("tx", element("v", text(one.name))) + one.look
    barred = kind in (BARS, COLUMNS, SPANS)
    upright = _value("invertIfNegative", 0) if barred else ""
    head += upright
    if one.marker:
        mark = _value("symbol", one.marker.symbol) + _value("size", one.marker.size)
        head += element("marker", mark + one.marker.look)
    elif not barred:
        head += element("marker", _value("symbol", "none"))
    head += "".join(element("dPt", _value("idx", at) + upright + look)
                    for at, look in enumerate(one.points))  # fmt: skip
    values = _numbers(one.values, book)
    if one.labels:
        head += _labels(one.labels)
    elif one.end:
        head += _named(one, len(one.values.cells(book)) - 1)
    if kind == LINES:
        over = element("xVal", _numbers(one.over, book))
        return element("ser", head + over + element("yVal", values) + _value("smooth", 0))
    names = _numbers(one.over, book) if kind == PACED else _names(one.over, book)
    smooth = "" if barred else _value("smooth", 0)
    return element("ser", head + element("cat", names) + element("val", values) + smooth)


def _labels(one: Labels) -> str:
    form = element("numFmt", formatCode=one.form, sourceLinked=0).replace(" />", "/>")
    return element(
        "dLbls",
        form + _letters(one.size, one.colour) + _value("dLblPos", one.position) + _shown("Val"),
    )


def _named(one: Series, last: int) -> str:
    """The name of a line at its last point."""
    letters = _letters(9, one.colour, bold=True)
    label = _value("idx", last) + letters + _value("dLblPos", one.end) + _shown("SerName")
    return element("dLbls", element("dLbl", label) + _shown(""))


def _shown(what: str) -> str:
    """What a label says, and what it does not."""
    known = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    return "".join(_value(f"show{name}", int(name == what)) for name in known)


def _names(area: Area, book: Book) -> str:
    points = [str(cell.value) if cell else None for cell in area.cells(book)]
    return element("strRef", element("f", text(str(area))) + _cache("strCache", "", points))


def _numbers(area: Area, book: Book) -> str:
    points = [
        repr(float(cell.value))
        if cell and cell.value is not None and not isinstance(cell.value, str) else None
        for cell in area.cells(book)
    ]  # fmt: skip
    form = element("formatCode", "General")
    return element("numRef", element("f", text(str(area))) + _cache("numCache", form, points))


def _cache(name: str, head: str, points: list[str | None]) -> str:
    found = "".join(f'<pt idx="{index}"><v>{text(one)}</v></pt>'
                    for index, one in enumerate(points) if one is not None)  # fmt: skip
    return f'<{name}>{head}<ptCount val="{len(points)}"/>{found}</{name}>'


def _axis(
    name: str, axis: Axis, own: str, other: str, place: str, *, rules: bool = False,
    between: str = "",
) -> str:  # fmt: skip
    bounds = _value("orientation", "maxMin" if axis.downwards else "minMax")
    bounds += "".join(_value(end, value) for end, value in
                      (("max", axis.most), ("min", axis.least)) if value is not None)  # fmt: skip
    dated = name == "dateAx"
    parts = [
        _value("axId", own),
        element("scaling", bounds),
        _value("delete", int(axis.hidden)),
        _value("axPos", place),
        element("majorGridlines", shape(None, outline(RULES))) if rules else "",
        _title(axis.name, 9, bold=False, colour=MUTED) if axis.name else "",
        element("numFmt", formatCode=axis.form, sourceLinked=0),
        _value("majorTickMark", "none"),
        _value("minorTickMark", "none"),
        _value("tickLblPos", "low" if axis.labels_low else "nextTo"),
        shape(None, outline("A9B3BD")),
        _letters(9, MUTED),
        _value("crossAx", other),
        _value("crosses", "max" if axis.at_end else "autoZero"),
        _value("auto", 0) if dated else "",
        _value("lblOffset", 100) if name != "valAx" else "",
        _value("baseTimeUnit", "days") if dated else "",
        _value("crossBetween", between) if between else "",
        _value("majorUnit", axis.step) if axis.step is not None else "",
        _value("majorTimeUnit", "days") if dated else "",
    ]
    return element(name, "".join(parts))


def _solid(colour: str) -> str:
    return element("a:solidFill", _value("a:srgbClr", colour))


def _font(name: str, size: float, colour: str, *, bold: bool = False) -> str:
    face = element("a:latin", typeface="Calibri")
    return element(name, _solid(colour) + face, sz=int(size * 100), b=bold)


def _letters(size: float, colour: str, *, bold: bool = False) -> str:
    look = element("a:pPr", _font("a:defRPr", size, colour, bold=bold))
    empty = element("a:r", element("a:t"))
    end = _font("a:endParaRPr", size, colour)
    return element("txPr", element("a:bodyPr") + element("a:p", look + empty + end))


def _title(words: str, size: float, *, bold: bool, colour: str) -> str:
    look = element("a:pPr", _font("a:defRPr", size, colour, bold=bold))
    run = element("a:r", _font("a:rPr", size, colour, bold=bold) + element("a:t", text(words)))
    rich = element("rich", element("a:bodyPr") + element("a:p", look + run))
    return element("title", element("tx", rich) + _value("overlay", 0))


_RANGE = re.compile(r"'?((?:[^']|'')+?)'?!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


def area(reference: str) -> Area:
    """The area that a formula writes as 'Sheet'!$A$1:$B$2."""
    found = _RANGE.fullmatch(reference)
    assert found, reference
    sheet, left, top, right, bottom = found.groups()
    return Area(sheet.replace("''", "'"), column_number(left), int(top),
                column_number(right or left), int(bottom or top))  # fmt: skip

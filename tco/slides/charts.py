"""Native charts: their numbers stand in a book of their own and can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from tco.page.content import BARS, LINES, STACKS, STEPS, TORNADO, YEARLY
from tco.page.shown import ShownBars, ShownChart, across_text
from tco.page.svg import round_step
from tco.slides.canvas import Rect
from tco.slides.drawing import ACCENT, INK, MUTED
from tco.slides.fitting import LEAST, width

_ENDS = {"beside": XL_LABEL_POSITION.RIGHT, "above": XL_LABEL_POSITION.ABOVE,
         "below": XL_LABEL_POSITION.BELOW}  # fmt: skip
_COLOURS = (INK, ACCENT, MUTED, INK)
_DASHES = (MSO_LINE.SOLID, MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT)
_STACKED = ("1F2833", "A9B3BD", "B3541E", "DFE3E8", "6B7785", "E3C3B0", "465260", "CDD4DB")
UNSEEN = None
ROOM = 0.3  # of the length of bars: beside them, for their numbers


def draw_chart(slide: Any, at: Rect, found: ShownChart, name: str, says: str,
               factor: float) -> None:  # fmt: skip
    """A chart of the page."""
    draw = {LINES: _lines, YEARLY: _yearly, STEPS: _steps, STACKS: _stacks,
            BARS: _named_bars, TORNADO: _named_bars}[found.of.kind]  # fmt: skip
    draw(slide, at, found, name, factor)
    _described(slide, name, says)


def _added(slide: Any, kind: Any, at: Rect, data: Any, name: str) -> Any:
    frame = slide.shapes.add_chart(kind, *at.emu(), data)
    frame.name = name
    chart = frame.chart
    for one in chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        one.set("val", one.get("val").lstrip("-"))  # numbers of axes are without a sign
    chart.has_legend = False
    chart.has_title = False
    chart.font.size = Pt(LEAST)
    chart.font.color.theme_color = INK
    return chart


def _described(slide: Any, name: str, says: str) -> None:
    frame = next(one for one in slide.shapes if one.name == name)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", says)


def _names(found: ShownChart) -> list[str]:
    return [across_text(found.of, one) for one in found.across]


def _data(found: ShownChart, form: str) -> CategoryChartData:
    data = CategoryChartData(number_format=form)
    data.categories = _names(found)
    for one, values in zip(found.of.series, found.series, strict=True):
        data.add_series(one.name, values)
    return data


# ---- lines --------------------------------------------------------------------------------------


def _yearly(slide: Any, at: Rect, found: ShownChart, name: str, factor: float) -> None:
    """Lines over years, with their names at their ends."""
    chart = _added(slide, XL_CHART_TYPE.LINE_MARKERS, at, _data(found, found.of.form), name)
    _axes(chart, found)
    _drawn(chart, found, at, factor)


def _lines(slide: Any, at: Rect, found: ShownChart, name: str, factor: float) -> None:
    """Lines over numbers; a single point is a cross with its name."""
    data = XyChartData(number_format=found.of.form)
    for one, values in zip(found.of.series, found.series, strict=True):
        series = data.add_series(one.name)
        for x, y in zip(found.across, values, strict=True):
            if isinstance(x, float) and y is not None:
                series.add_data_point(x, y)
    if found.mark:
        said, x, y = found.mark
        data.add_series(said).add_data_point(x, y)
    chart = _added(slide, XL_CHART_TYPE.XY_SCATTER_LINES, at, data, name)
    _axes(chart, found)
    across = chart.category_axis
    if found.of.across_least is not None and found.of.across_most is not None:
        across.minimum_scale, across.maximum_scale = found.of.across_least, found.of.across_most
    if found.of.across_step:
        across.major_unit = found.of.across_step
    across.tick_labels.number_format = found.of.across_form
    across.tick_labels.number_format_is_linked = False
    if found.of.across_unit:
        across.has_title = True
        across.axis_title.text_frame.text = found.of.across_unit
        across.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(LEAST)
        across.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    _drawn(chart, found, at, factor)


def _axes(chart: Any, found: ShownChart) -> None:
    """Quiet axes; numbers up in the form of the page, what is across below all of it."""
    up, across = chart.value_axis, chart.category_axis
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = found.of.form, False
    up.major_gridlines.format.line.color.theme_color = MUTED
    up.major_gridlines.format.line.color.brightness = 0.6
    up.major_gridlines.format.line.width = Pt(0.5)
    up.format.line.fill.background()
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.format.line.color.theme_color = INK
    across.has_major_gridlines = False
    for axis in (up, across):
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    if not found.of.signed:
        up.minimum_scale = 0


def _drawn(chart: Any, found: ShownChart, at: Rect, factor: float) -> None:
    """Each line in a look of its own, so that they are told apart in grey too."""
    names = [one.name for one in found.of.series]
    for number, series in enumerate(chart.plots[0].series):
        if number == len(names):
            _cross(series)
            continue
        line = series.format.line
        line.color.theme_color = _COLOURS[number % 4]
        line.width, line.dash_style = Pt(2.25), _DASHES[number % 4]
        series.smooth = False
        _marked(series, number)
        values = [one for one in found.series[number] if one is not None]
        _named(series, len(values) - 1, _COLOURS[number % 4], _ENDS[found.of.series[number].end])
    ends = max(width(one, LEAST, factor, bold=True) for one in names) + 6
    low = 18.0 if found.of.across_unit else 10.0
    _inside(chart, Rect(20 / at.wide, 4 / at.high, 1 - (20 + ends) / at.wide,
                        1 - (4 + low) / at.high))  # fmt: skip


def _marked(series: Any, number: int) -> None:
    marker = series.marker
    if number % 4 != 1:
        marker.style = XL_MARKER_STYLE.NONE
        return
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 7
    marker.format.fill.solid()
    marker.format.fill.fore_color.theme_color = _COLOURS[number]
    marker.format.line.color.theme_color = _COLOURS[number]


def _cross(series: Any) -> None:
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.X, 11
    series.marker.format.line.color.theme_color = INK
    series.marker.format.line.width = Pt(2)
    _named(series, 0, INK, XL_LABEL_POSITION.ABOVE)


def _named(series: Any, last: int, colour: Any, place: Any) -> None:
    """The name of a line at its last point, which follows when the line is renamed."""
    label = series.points[last].data_label
    label.position = place
    label.font.size, label.font.bold = Pt(LEAST), True
    label.font.color.theme_color = colour
    element = label._dLbl
    for tag, on in (("showVal", "0"), ("showSerName", "1"), ("showCatName", "0"),
                    ("showLegendKey", "0"), ("showPercent", "0")):  # fmt: skip
        found = element.find(qn(f"c:{tag}"))
        if found is not None:
            found.set("val", on)


def _inside(chart: Any, share: Rect) -> None:
    """Where a chart is drawn within its shape, as shares of it."""
    plot = chart._chartSpace.chart.plotArea
    for old in plot.findall(qn("c:layout")):
        plot.remove(old)
    sizes = (("x", share.x), ("y", share.y), ("w", share.wide), ("h", share.high))
    inside = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in sizes)
    plot.insert(0, parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
        f'<c:xMode val="edge"/><c:yMode val="edge"/>{inside}</c:manualLayout></c:layout>'
    ))  # fmt: skip


# ---- columns and bars ---------------------------------------------------------------------------


def _filled(series: Any, colour: Any) -> None:
    """A colour of the theme, one of its own, or none at all."""
    fill = series.format.fill
    if colour is UNSEEN:
        fill.background()
        series.format.line.fill.background()
        return
    fill.solid()
    if isinstance(colour, str):
        fill.fore_color.rgb = RGBColor.from_string(colour)
    else:
        fill.fore_color.theme_color = colour
    series.invert_if_negative = False


def _steps(slide: Any, at: Rect, found: ShownChart, name: str, factor: float) -> None:
    """A build-up of stacked columns: what a part stands on is not seen."""
    chart = _added(slide, XL_CHART_TYPE.COLUMN_STACKED, at, _data(found, found.of.form), name)
    _axes(chart, found)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    looks = (UNSEEN, INK, INK, ACCENT, MUTED, UNSEEN, UNSEEN)
    labels = {1: XL_LABEL_POSITION.INSIDE_END, 4: XL_LABEL_POSITION.INSIDE_END,
              5: XL_LABEL_POSITION.INSIDE_BASE, 6: XL_LABEL_POSITION.INSIDE_BASE}  # fmt: skip
    for number, series in enumerate(plot.series):
        _filled(series, looks[number])
        if number in labels:
            white = number in (1, 4)
            _numbered(series, found.of.label_form or found.of.form, labels[number], white=white)


def _numbered(series: Any, form: str, place: Any, *, white: bool = False) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = form, False
    labels.position = place
    labels.font.size = Pt(LEAST)
    if white:
        labels.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    else:
        labels.font.color.theme_color = INK


def _stacks(slide: Any, at: Rect, found: ShownChart, name: str, factor: float) -> None:
    chart = _added(slide, XL_CHART_TYPE.COLUMN_STACKED, at, _data(found, found.of.form), name)
    _axes(chart, found)
    chart.plots[0].gap_width, chart.plots[0].overlap = 45, 100
    for number, series in enumerate(chart.plots[0].series):
        _filled(series, _STACKED[number % len(_STACKED)])
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.RIGHT, False
    chart.legend.font.size = Pt(LEAST)


def _named_bars(slide: Any, at: Rect, found: ShownChart, name: str, factor: float) -> None:
    """Bars with their names beside them: of one series, or to both sides of the plan."""
    chart = _added(slide, XL_CHART_TYPE.BAR_CLUSTERED, at, _data(found, found.of.form), name)
    _axes(chart, found)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.category_axis.reverse_order = True
    chart.plots[0].gap_width, chart.plots[0].overlap = 45, 100
    looks = (ACCENT, INK, UNSEEN) if found.of.kind == TORNADO else (INK,)
    for series, look in zip(chart.plots[0].series, looks, strict=True):
        _filled(series, look)
        if look is not UNSEEN:
            _numbered(series, found.of.label_form or found.of.form, XL_LABEL_POSITION.OUTSIDE_END)


def draw_bars(slide: Any, at: Rect, bars: ShownBars, names: Sequence[str], name: str,
              says: str) -> None:  # fmt: skip
    """Bars beside the rows of a table, a row each; to both sides where there are two series."""
    data = CategoryChartData(number_format=bars.form or "General")
    data.categories = list(names)
    for number, (said, values) in enumerate(bars.series, 1):
        data.add_series(said or f"bar {number}", values)
    chart = _added(slide, XL_CHART_TYPE.BAR_CLUSTERED, at, data, name)
    _described(slide, name, says)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    for axis in (chart.category_axis, chart.value_axis):
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        axis.has_major_gridlines = False
    chart.category_axis.format.line.color.theme_color = INK
    chart.value_axis.visible = False
    every = [0.0, *(one for _, values in bars.series for one in values)]
    least, most = min(every), max(every)
    room = (most - least) * ROOM if bars.form else (most - least) * 0.02
    step = round_step((most - least) or 1.0)
    chart.value_axis.minimum_scale = least - room if least < 0 else 0
    chart.value_axis.maximum_scale = (most + room if most > 0 else room) or step
    chart.plots[0].gap_width, chart.plots[0].overlap = 60, 100
    looks = (ACCENT, INK) if len(bars.series) > 1 else (INK,)
    for series, look in zip(chart.plots[0].series, looks, strict=True):
        _filled(series, look)
        if bars.form:
            _numbered(series, f"{bars.form.rpartition(';')[0] or bars.form};",
                      XL_LABEL_POSITION.OUTSIDE_END)  # fmt: skip
    _inside(chart, Rect(0, 0, 1, 1))

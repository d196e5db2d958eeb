"""The chart of the sheet Used: what is left by age, and what was seen sold."""

from __future__ import annotations

from tco.lines import YEAR_COUNT
from tco.workbook.cells import Sheet, letters
from tco.workbook.charts import PALETTE
from tco.workbook.chartxml import LINES, Axis, Chart, Marker, Series, area, outline, shape
from tco.workbook.grid import LABEL, Layout
from tco.workbook.sheets import WorkingSheet
from tco.workbook.working import draw_working

TITLE = "Used"
HEADING = "What a used accelerator fetches, of its price when new"
WIDE, TALL = 17.5, 9.5  # cm
_CURVES = (
    ("curve_share", "value left", 2.25),
    ("curve_low_share", "at the least", 1),
    ("curve_high_share", "at the most", 1),
)
_SEEN = (
    ("used_own_years", "used_own_share", "sold, of this generation", "diamond"),
    ("used_other_years", "used_other_share", "sold, of others", "circle"),
)


def draw_used(layout: Layout, plan: WorkingSheet) -> Sheet:
    """The sheet Used, with its chart below its tables."""
    sheet = draw_working(layout, plan)
    series = [*(_curve(layout, *one) for one in _CURVES), *(_seen(layout, *one) for one in _SEEN)]
    row = sheet.last_row + 2
    layout.section(sheet, row, HEADING, max(sheet.widths))
    made = Chart(
        LINES, HEADING, tuple(series),
        Axis("years", "0", least=0, most=YEAR_COUNT - 1, step=1),
        Axis("share", "0%", least=0, most=1), WIDE, TALL, legend=True,
    )  # fmt: skip
    sheet.charts.append((made, f"{letters(LABEL)}{row + 1}"))
    return sheet


def _curve(layout: Layout, key: str, name: str, width: float) -> Series:
    """A line over the years owned."""
    up, across = (area(f"'{TITLE}'!{layout.ranges[one][1]}") for one in (key, "age_years"))
    colour = PALETTE[0] if width > 1 else PALETTE[2]
    return Series(name, up, across, shape(None, outline(colour, width)))


def _seen(layout: Layout, years: str, share: str, name: str, symbol: str) -> Series:
    """A sign at each observation; what does not count lies where everything begins."""
    across, up = (area(f"'{TITLE}'!{layout.ranges[key][1]}") for key in (years, share))
    colour = PALETTE[1] if symbol == "diamond" else PALETTE[5]
    sign = Marker(symbol, 7, shape(colour, outline(colour)))
    return Series(name, up, across, shape(None, outline("")), sign)

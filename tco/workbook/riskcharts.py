"""Charts of the draws: how many have which advantage, and how many lie below each."""

from __future__ import annotations

from tco.draws.statistics import Histogram
from tco.workbook.cells import span
from tco.workbook.charts import PALETTE
from tco.workbook.chartxml import (
    COLUMNS,
    LINES,
    Axis,
    Chart,
    Marker,
    Series,
    area,
    outline,
    shape,
)

BARS_FROM = 1  # the column with what a bar begins at, in words
FROM, TO, SHARE, BELOW = 4, 5, 6, 7
WIDTH, HEIGHT = 15.0, 8.2  # cm
RENT, OWN = PALETTE[1], PALETTE[0]


def _cells(title: str, column: int, first: int, last: int) -> str:
    return f"'{title}'!{span(column, first, last)}"


def histogram_bars(title: str, first: int, last: int, bars: Histogram, currency: str) -> Chart:
    """A column a bar, those in which renting is better of another colour."""
    looks = tuple(shape(OWN if low >= 0 else RENT, outline("FFFFFF", 0.25))
                  for low in bars.edges[:-1])  # fmt: skip
    series = Series(
        "Of the draws",
        area(_cells(title, SHARE, first, last)),
        area(_cells(title, BARS_FROM, first, last)),
        looks[-1],
        points=looks,
    )
    across = Axis(f"advantage of owning from, M {currency}; orange: renting is better", "General",
                  labels_low=True)  # fmt: skip
    return Chart(COLUMNS, "Draws by their advantage", (series,), across, Axis("", "0%", least=0),
                 WIDTH, HEIGHT, gap=6)  # fmt: skip


def cumulative(title: str, first: int, last: int, currency: str) -> Chart:
    """The share of draws up to each advantage."""
    series = Series(
        "Of the draws up to there",
        area(_cells(title, BELOW, first, last)),
        area(_cells(title, TO, first, last)),
        shape(None, outline(OWN, 2.25)),
        Marker("circle", 4, shape(OWN, outline(OWN))),
    )
    across = Axis(f"advantage of owning up to, M {currency}", "#,##0,,", labels_low=True)
    up = Axis("", "0%", least=0, most=1, labels_low=True)
    return Chart(LINES, "Draws up to an advantage", (series,), across, up, WIDTH, HEIGHT)

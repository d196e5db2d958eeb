"""Charts that read in grey too: few series, one palette from dark to light, labels at the ends."""

from __future__ import annotations

from tco.workbook.chartxml import (
    BARS,
    COLUMNS,
    LINES,
    Area,
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
PALETTE = ("1F3A5F", "C05A00", "5B8DB8", "E3A857", "A9B8C9", "6B7785")


def _down(sheet: str, column: int, first: int, last: int) -> Area:
    return Area(sheet, column, first, column, last)


def _along(sheet: str, row: int, across: tuple[int, int]) -> Area:
    return Area(sheet, across[0], row, across[1], row)


def _filled(colour: str) -> str:
    return shape(colour, outline(colour))


def bars(
    title: str, sheet: str, *, names: int, values: int, first: int, last: int, axis: str,
    form: str, width: float, height: float, colours: tuple[int, ...] = (),
) -> Chart:  # fmt: skip
    """Horizontal bars of one series, the first row on top, each with its value at the end.

    `names` and `values` are columns, `first` and `last` rows of the sheet.
    """
    series = Series(
        axis, _down(sheet, values, first, last), _down(sheet, names, first, last),
        _filled(PALETTE[0]), points=tuple(_filled(PALETTE[one]) for one in colours),
        labels=Labels(form, "outEnd"),
    )  # fmt: skip
    return Chart(BARS, title, (series,), Axis("", "General", downwards=True),
                 Axis(axis, form, least=0, at_end=True), width, height, gap=45)  # fmt: skip


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
) -> Chart:
    """Curves of several rows over one row of x, straight lines with a marker at each point."""
    xs = _along(sheet, x_row, across)
    series = tuple(_line(_along(sheet, row, across), xs, name, index)
                   for index, (row, name) in enumerate(rows))  # fmt: skip
    return Chart(LINES, title, series, Axis(x_axis, x_form, least=0),
                 Axis(y_axis, y_form, least=0), width, height, legend=True)  # fmt: skip


def over_years(
    title: str, sheets: tuple[tuple[str, int, str], ...], *, head: tuple[str, int],
    across: tuple[int, int], axis: str, form: str, width: float, height: float,
) -> Chart:  # fmt: skip
    """Curves of yearly rows, which may stand on several sheets; below and above a zero line.

    `sheets` are (sheet, row, name), `head` is where the years stand.
    """
    xs = _along(*head, across)
    series = tuple(_line(_along(sheet, row, across), xs, name, index)
                   for index, (sheet, row, name) in enumerate(sheets))  # fmt: skip
    years = Axis("year; level beyond the horizon", "0", least=0, most=across[1] - across[0],
                 step=1, labels_low=True)  # fmt: skip
    return Chart(LINES, title, series, years, Axis(axis, form), width, height, legend=True)


def over_rows(
    title: str, sheet: str, *, xs: int, columns: tuple[tuple[int, str], ...], first: int,
    last: int, mark: tuple[str, str, str], axes: tuple[str, str], width: float, height: float,
) -> Chart:  # fmt: skip
    """Curves of columns over a column of shares, and one point marked.

    `mark` is (cell of x, cell of y, name) on the same sheet.
    """
    over = _down(sheet, xs, first, last)
    series = [_line(_down(sheet, column, first, last), over, name, index)
              for index, (column, name) in enumerate(columns)]  # fmt: skip
    at_x, at_y = (area(f"'{sheet}'!{cell}") for cell in mark[:2])
    cross = Marker("x", 11, shape(None, outline("9C1C1C", 2)))
    series.append(Series(mark[2], at_y, at_x, shape(None, outline("")), cross))
    return Chart(LINES, title, tuple(series), Axis(axes[0], "0%", most=1),
                 Axis(axes[1], "0.00", least=0), width, height, legend=True)  # fmt: skip


def steps(
    title: str, sheet: str, *, names: int, base: int, values: int, first: int, last: int,
    axis: str, form: str, labels: str, width: float, height: float,
) -> Chart:  # fmt: skip
    """A build-up: each column stands on the ones before it."""
    over = _down(sheet, names, first, last)
    under = Series("before", _down(sheet, base, first, last), over, shape("", outline("")))
    part = Series(axis, _down(sheet, values, first, last), over, _filled(PALETTE[0]),
                  labels=Labels(labels, "inEnd", 8, "FFFFFF"))  # fmt: skip
    return Chart(COLUMNS, title, (under, part), Axis("", "General"), Axis(axis, form, least=0),
                 width, height, gap=35)  # fmt: skip


def stacks(
    title: str, sheet: str, *, across: tuple[int, int], head: int,
    rows: tuple[tuple[int, str], ...], axis: str, form: str, width: float, height: float,
) -> Chart:  # fmt: skip
    """Columns of several yearly rows on top of each other."""
    over = _along(sheet, head, across)
    series = tuple(
        Series(name, _along(sheet, row, across), over, shape(colour, outline("FFFFFF", 0.5)))
        for (row, name), colour in zip(rows, PALETTE, strict=False)
    )
    return Chart(COLUMNS, title, series, Axis("year", "0"), Axis(axis, form, least=0),
                 width, height, gap=45, legend=True)  # fmt: skip


def _line(ys: Area, xs: Area, name: str, index: int) -> Series:
    """A curve in the look of its place."""
    colour = PALETTE[index]
    marker = Marker(("circle", "square", "diamond")[index % 3], 6, _filled(colour))
    return Series(name, ys, xs, shape(None, outline(colour, 2.25)), marker)

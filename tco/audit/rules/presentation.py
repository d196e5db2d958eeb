"""How a book reads: formats, fonts, pages, charts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from tco.audit.book import At, Book, Sheet
from tco.audit.elements import Element
from tco.audit.formula import Box, Shapes
from tco.audit.registry import ERROR, NOTE, PRESENTATION, WARNING, Found, cell_name, rule, short

_MOST_FONTS = 3


@rule(
    "general-format", NOTE, PRESENTATION,
    why="0.123456789 in a narrow column is noise: the reader cannot see how exact it is.",
    mend="Give it a number format with as many digits as are known.",
)  # fmt: skip
def general_format(book: Book) -> Iterator[Found]:
    """A formula's number with many decimals has no format."""
    for sheet in book.sheets:
        wrong = [
            at for at, cell in sheet.formulas.items()
            if cell.number is not None and book.look(cell).format == "General"
            and abs(cell.number - round(cell.number, 6)) > 1e-12 * abs(cell.number)
        ]  # fmt: skip
        if len(wrong) >= 3:
            said = f"{len(wrong):,} such numbers, as {sheet.cells[wrong[0]].number!r:.20}"
            yield Found(sheet.name, tuple(wrong), said)


@rule(
    "format-differs", NOTE, PRESENTATION,
    why="One of a row of copies that shows a percentage, or a plain number, is read as another "
    "kind of thing.",
    mend="Copy the neighbours' format.",
)  # fmt: skip
def format_differs(book: Book) -> Iterator[Found]:
    """One of a run of copied formulas shows another kind of number."""
    for group in book.groups:
        if len(group.cells) < 5:
            continue
        kinds = {at: book.look(group.sheet.cells[at]).kind for at in group.cells
                 if group.sheet.cells[at].number is not None}  # fmt: skip
        counts = Counter(kinds.values())
        if len(counts) != 2 or min(counts.values()) > 2 or "general" in counts:
            continue
        usual = counts.most_common(1)[0][0]
        wrong = tuple(at for at, kind in kinds.items() if kind != usual)
        if not all(_between(kinds, at) for at in wrong):
            continue
        said = f"{cell_name(wrong[0])} shows a {kinds[wrong[0]]}, its neighbours a {usual}"
        yield Found(group.sheet.name, wrong, said)


def _between(kinds: dict[At, str], at: At) -> bool:
    row, column = at
    return ((row, column - 1) in kinds and (row, column + 1) in kinds) or (
        (row - 1, column) in kinds and (row + 1, column) in kinds
    )


@rule(
    "too-narrow", WARNING, PRESENTATION,
    why="The column shows #### instead of the number, on paper too.",
    mend="Widen the column, or show fewer digits.",
)  # fmt: skip
def too_narrow(book: Book) -> Iterator[Found]:
    """A number is wider than its column."""
    for sheet in book.sheets:
        widths = _widths(sheet)
        merged = {(one.top, one.left) for one in sheet.merged}
        wrong = []
        for at, cell in sheet.cells.items():
            if cell.number is None or at in merged:
                continue
            width = widths.get(at[1])
            shown = _shown(cell.number, book.look(cell).bare)
            if width is not None and 0 < width < 0.8 * len(shown) - 0.8:
                wrong.append(at)
        if wrong:
            said = f"{cell_name(wrong[0])} does not fit its column, which shows ####"
            yield Found(sheet.name, tuple(wrong), said)


def _widths(sheet: Sheet) -> dict[int, float]:
    found = {}
    for one in sheet.root.all("col"):
        if one.is_on("hidden"):
            continue
        for column in range(one.number("min", 1), min(one.number("max", 1), 400) + 1):
            found[column] = one.real("width", 9.0)
    return found


def _shown(number: float, bare: str) -> str:
    """The shortest a number can be shown under simple formats; "" for others."""
    bare = bare.strip().replace(" ", "")
    if abs(number) >= 1e15 or not (found := re.fullmatch(r"(#,##)?0(\.0+)?(%?)", bare)):
        return ""
    digits = len(found[2]) - 1 if found[2] else 0
    amount = number * 100 if found[3] else number
    text = f"{abs(amount):,.{digits}f}" if found[1] else f"{abs(amount):.{digits}f}"
    return text + found[3]


@rule(
    "no-page-setup", NOTE, PRESENTATION,
    why="It prints over as many pages as it likes, without a heading.",
    mend="Page Layout: area, orientation, fit to one page wide, rows to repeat.",
)  # fmt: skip
def no_page_setup(book: Book) -> Iterator[Found]:
    """Large sheets have no page set up."""
    areas = {one.sheet for one in book.names if one.name == "_xlnm.Print_Area"}
    bare = [
        sheet.name for sheet in book.sheets
        if len(sheet.cells) > 200 and sheet.state == "visible" and sheet.name not in areas
        and sheet.root.first("pageSetup") is None
    ]  # fmt: skip
    if bare:
        yield Found("", (), f"{len(bare)} sheets: {short(', '.join(bare), 80)}")


@rule(
    "beyond-print-area", NOTE, PRESENTATION,
    why="Who reads the print does not see it.",
    mend="Extend the print area, or say that it is for working only.",
)  # fmt: skip
def beyond_print_area(book: Book) -> Iterator[Found]:
    """Cells beside the print area feed cells in it."""
    for one in book.names:
        if one.name != "_xlnm.Print_Area" or (sheet := book.sheet(one.sheet)) is None:
            continue
        printed = [
            token.reference.box(sheet.name, 1, 1)
            for token in Shapes().of(one.meaning[:8192], 1, 1).references
            if token.reference is not None
        ]  # fmt: skip
        outside = [
            at for at, cell in sheet.cells.items()
            if cell.number is not None and not any(box.holds(*at) for box in printed)
            and book.read.holds(sheet.name, *at)
        ]  # fmt: skip
        if outside and printed:
            said = f"{cell_name(outside[0])} is read by formulas and not printed"
            yield Found(sheet.name, tuple(outside), said)


@rule(
    "many-fonts", NOTE, PRESENTATION,
    why="More than three fonts is a book pasted together.",
    mend="One font for all cells, one for headings.",
)  # fmt: skip
def many_fonts(book: Book) -> Iterator[Found]:
    """More than three fonts are in use."""
    used = {book.look(cell).font for sheet in book.sheets for cell in sheet.cells.values()}
    used.discard("")
    if len(used) > _MOST_FONTS:
        yield Found("", (), f"{len(used)} fonts: {short(', '.join(sorted(used)), 80)}")


def _series(chart: Element) -> Iterator[tuple[str, Element]]:
    """What each series of a chart points at, with the values the chart keeps of it."""
    for one in chart.all("numRef", "strRef"):
        formula = next((child.words for child in one.children if child.tag == "f"), "")
        kept = next((child for child in one.children if child.tag.endswith("Cache")), None)
        if formula:
            yield formula, kept if kept is not None else Element("", {})


def _box(book: Book, formula: str) -> Box | None:
    tokens = list(Shapes().of(formula[:8192], 1, 1).tokens)
    if len(tokens) != 1 or tokens[0].reference is None or tokens[0].reference.outside:
        return None
    box = tokens[0].reference.box("", 1, 1)
    return box if book.sheet(box.sheet) is not None else None


@rule(
    "broken-chart", ERROR, PRESENTATION,
    why="The chart shows what was there before, or nothing.",
    mend="Select Data: point the series to its cells again.",
)  # fmt: skip
def broken_chart(book: Book) -> Iterator[Found]:
    """A chart points at cells that are gone."""
    for sheet in book.sheets:
        for chart in sheet.charts:
            for formula, _ in _series(chart):
                if "#REF!" in formula.upper():
                    yield Found(sheet.name, (), f"a chart points at {short(formula)}")
                    break


@rule(
    "blank-chart", WARNING, PRESENTATION,
    why="A series of blank cells is a gap or a line at 0 that means nothing.",
    mend="Point the series to the cells that hold numbers.",
)  # fmt: skip
def blank_chart(book: Book) -> Iterator[Found]:
    """A chart's series points at blank cells."""
    for sheet in book.sheets:
        for chart in sheet.charts:
            for values in chart.all("val", "yVal"):
                for formula, _ in _series(values):
                    box = _box(book, formula)
                    owner = book.sheet(box.sheet) if box is not None else None
                    if box is None or owner is None or box.size > 100_000:
                        continue
                    if not any(True for _ in owner.filled(box)):
                        said = f"a chart's series points at {short(formula)}, all blank"
                        yield Found(sheet.name, (), said)


@rule(
    "stale-chart", WARNING, PRESENTATION,
    why="A viewer draws what the file keeps for the chart, not what the cells hold.",
    mend="Open it in a spreadsheet program, recalculate, and save it.",
)  # fmt: skip
def stale_chart(book: Book) -> Iterator[Found]:
    """A chart keeps other numbers than its cells hold."""
    for sheet in book.sheets:
        for chart in sheet.charts:
            wrong = next(filter(None, (_stale(book, *one) for one in _series(chart))), None)
            if wrong is not None:
                yield Found(sheet.name, (), wrong)


def _stale(book: Book, formula: str, kept: Element) -> str | None:
    box = _box(book, formula)
    if (
        box is None
        or kept.tag != "numCache"
        or not (box.top == box.bottom or box.left == box.right)
    ):
        return None
    owner = book.sheet(box.sheet)
    for point in kept.all("pt"):
        number = point.number("idx")
        if owner is None or number >= box.size:
            continue
        down, right = (number, 0) if box.left == box.right else (0, number)
        at = box.top + down, box.left + right
        value = owner.at(*at).number
        try:
            drawn = float(point.words)
        except ValueError:
            continue
        if at[0] in owner.hidden_rows or at[1] in owner.hidden_columns:
            return None  # a chart leaves hidden cells out and counts on
        if value is not None and abs(value - drawn) > 1e-6 * max(abs(value), abs(drawn)):
            return f"a chart keeps {drawn:g} for {owner.name}!{cell_name(at)}, which is {value:g}"
    return None


@rule(
    "formula-as-input", NOTE, PRESENTATION,
    why="Where blue means typed, a blue formula will be typed over.",
    mend="Give it the colour of formulas.",
)  # fmt: skip
def formula_as_input(book: Book) -> Iterator[Found]:
    """A formula has the colour that typed numbers have here."""
    for sheet in book.sheets:
        typed: dict[bool, int] = defaultdict(int)
        computed: dict[bool, list[At]] = defaultdict(list)
        for at, cell in sheet.cells.items():
            if cell.number is None:
                continue
            is_blue = book.look(cell).ink in ("0000FF", "0000CC", "0070C0", "1F4FD8")
            if cell.shape is None:
                typed[is_blue] += 1
            else:
                computed[is_blue].append(at)
        blue = computed[True]
        means_typed = typed[True] >= 5 and typed[True] >= 2 * typed[False]
        if means_typed and 0 < len(blue) <= len(computed[False]) / 5:
            said = f"{cell_name(blue[0])} is a formula in the blue of typed numbers"
            yield Found(sheet.name, tuple(blue), said)

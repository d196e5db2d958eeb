"""What the file stores as values, and how it says they are to be computed."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from tco.audit.book import At, Book, Group, Sheet
from tco.audit.registry import CACHES, ERROR, WARNING, Found, cell_name, rule
from tco.audit.sums import computed

_SAVE = "Open it in a spreadsheet program, recalculate, and save it."


@rule(
    "no-value", ERROR, CACHES,
    why="Viewers, mail previews and programs that read the file show nothing or 0 there.",
    mend=_SAVE,
)  # fmt: skip
def no_value(book: Book) -> Iterator[Found]:
    """A formula has no stored value."""
    for sheet in book.sheets:
        cells = tuple(at for at, one in sheet.formulas.items() if one.value is None)
        if cells:
            said = f"{len(cells):,} of {len(sheet.formulas):,} formulas store no value"
            yield Found(sheet.name, cells, said)


@rule(
    "all-zero", WARNING, CACHES,
    why="Some programs store 0 for every formula: whoever does not recalculate reads zeros.",
    mend=_SAVE,
)  # fmt: skip
def all_zero(book: Book) -> Iterator[Found]:
    """Every formula of a sheet stores 0."""
    for sheet in book.sheets:
        values = [one.value for one in sheet.formulas.values()]
        if len(values) >= 5 and all(one in (0.0, "") for one in values):
            yield Found(sheet.name, tuple(sheet.formulas), f"all {len(values):,} formulas store 0")


@rule(
    "error-value", ERROR, CACHES,
    why="An error spreads to everything that reads it, and a total with one in it is no total.",
    mend="Mend the cell named here; what only reads it follows.",
)  # fmt: skip
def error_value(book: Book) -> Iterator[Found]:
    """A cell shows an error where it begins."""
    wrong = {
        (sheet.name.upper(), *at) for sheet in book.sheets
        for at, one in sheet.cells.items() if one.is_error
    }  # fmt: skip
    if not wrong:
        return
    columns: dict[tuple[str, int], list[int]] = defaultdict(list)
    for name, row, column in sorted(wrong):
        columns[name, column].append(row)
    reading = 0
    roots: dict[tuple[int, str, str], list[At]] = defaultdict(list)
    for sheet in book.sheets:
        for at, one in sheet.cells.items():
            if not one.is_error:
                continue
            if one.shape is not None and _reads_wrong(book, sheet, at, columns):
                reading += 1
                continue
            said = group_text(sheet, at) if one.shape is not None else "a typed value"
            key = one.shape.skeleton if one.shape is not None else ""
            roots[sheet.place, f"{key} {one.value}", f"{said} shows {one.value}"].append(at)
    yield from _by_shape(book, roots, reading)


def _by_shape(
    book: Book, roots: dict[tuple[int, str, str], list[At]], reading: int
) -> Iterator[Found]:
    merged: dict[tuple[int, str], tuple[str, list[At]]] = {}
    for (place, key, said), cells in roots.items():
        merged.setdefault((place, key), (said, []))[1].extend(cells)
    places = {one.place: one for one in book.sheets}
    more = f"; {reading:,} cells read such errors" if reading else ""
    for (place, _), (said, cells) in merged.items():
        yield Found(places[place].name, tuple(cells), said + more)


def _reads_wrong(
    book: Book, sheet: Sheet, at: At, columns: dict[tuple[str, int], list[int]]
) -> bool:
    for box in book.reads(sheet, at):
        name = box.sheet.upper()
        if box.right - box.left > 200:
            continue
        for column in range(box.left, box.right + 1):
            rows = columns.get((name, column), [])
            first = bisect_left(rows, box.top)
            is_here = name == sheet.name.upper() and column == at[1]
            if any(
                row <= box.bottom and not (is_here and row == at[0])
                for row in rows[first : first + 2]
            ):
                return True
    return False


def group_text(sheet: Sheet, at: At) -> str:
    """The formula of a cell, cut where it is long."""
    shape = sheet.cells[at].shape
    return Group(sheet, shape, (at,)).text() if shape is not None else ""


@rule(
    "broken-reference", ERROR, CACHES,
    why="What the formula read was deleted; its value is old or an error.",
    mend="Point it to the right cell again, or delete it.",
)  # fmt: skip
def broken_reference(book: Book) -> Iterator[Found]:
    """A formula holds #REF!, or names a sheet that is not there."""
    for group in book.groups:
        tokens = group.shape.tokens
        if any(one.kind == "error" and one.text.upper().endswith("#REF!") for one in tokens):
            yield Found(group.sheet.name, group.cells, f"{group.text()} has lost what it read")
            continue
        lost = {
            one.reference.sheet for one in tokens
            if one.reference is not None and not one.reference.outside
            and one.reference.sheet is not None and ":" not in one.reference.sheet
            and one.reference.sheet.upper() not in book.titles
        }  # fmt: skip
        if lost:
            said = f"{group.text()} names the sheet {sorted(lost)[0]}, which is not there"
            yield Found(group.sheet.name, group.cells, said)


@rule(
    "stale-value", ERROR, CACHES,
    why="What is shown is not what the formula comes to: it was changed and not recalculated.",
    mend=_SAVE + " Then compare with what was reported.",
)  # fmt: skip
def stale_value(book: Book) -> Iterator[Found]:
    """A stored value is not what its formula comes to from the stored values it reads."""
    for group in book.groups:
        stale = []
        for at in group.cells:
            cell = group.sheet.cells[at]
            if cell.number is None or cell.spread:
                continue
            value = computed(book, group.sheet, at)
            if value is None:
                continue
            result, size = value
            if abs(result - cell.number) > 1e-9 * max(size, abs(cell.number)) + 1e-12:
                stale.append((at, result))
        if stale:
            at, result = stale[0]
            number = group.sheet.cells[at].number
            said = (
                f"{cell_name(at)} stores {number:.10g}; {group_text(group.sheet, at)} "
                f"comes to {result:.10g}"
            )
            yield Found(group.sheet.name, tuple(at for at, _ in stale), said)


@rule(
    "manual-calculation", ERROR, CACHES,
    why="Who changes an input sees the old answer until F9 is pressed; the file may hold one now.",
    mend="Formulas > Calculation Options > Automatic, recalculate, and save.",
)  # fmt: skip
def manual_calculation(book: Book) -> Iterator[Found]:
    """The workbook calculates only when told to."""
    for one in book.main.all("calcPr"):
        if one.get("calcMode") == "manual":
            yield Found("", (), "calculation is set to manual")


@rule(
    "rounds-as-shown", ERROR, CACHES,
    why="Every number is cut to what its format shows, for good; sums change with formats.",
    mend="File > Options > Advanced: switch 'Set precision as displayed' off; restore the inputs.",
)  # fmt: skip
def rounds_as_shown(book: Book) -> Iterator[Found]:
    """The workbook computes with numbers as displayed."""
    for one in book.main.all("calcPr"):
        if not one.is_on("fullPrecision", True):
            yield Found("", (), "precision is set as displayed")


@rule(
    "iteration", WARNING, CACHES,
    why="Circles no longer give an error: results depend on how often, and from where, it counts.",
    mend="Solve the circle (in closed form, or from last period's balance); switch iteration off.",
)  # fmt: skip
def iteration(book: Book) -> Iterator[Found]:
    """Iterative calculation is on."""
    for one in book.main.all("calcPr"):
        if one.is_on("iterate"):
            yield Found("", (), f"it iterates up to {one.number('iterateCount', 100)} times")

"""Totals: what they leave out, what they count twice, and what was typed instead."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from tco.audit.book import At, Book, Cell, Group, Sheet
from tco.audit.formula import Box, Called, Shape
from tco.audit.registry import ERROR, FORMULAS, NOTE, WARNING, Found, cell_name, rule

_ADDING = ("SUM", "SUBTOTAL")
_TOTAL = re.compile(r"(?i)\b(sub-?total|grand total|total|sum|gesamt|summe)\b")


def _ranges(book: Book, group: Group, at: At, *names: str) -> Iterator[tuple[Called, Box]]:
    """The ranges that some functions of a formula are given as they are."""
    for call in group.shape.called(*names):
        for argument in call.arguments:
            if len(argument) == 1:
                for box in book.token_boxes(group.shape, argument[0], group.sheet, at):
                    if not box.single and not box.whole:
                        yield call, box


@rule(
    "total-misses", WARNING, FORMULAS,
    why="A row that was inserted at the edge of a total is not in it, and the total looks right.",
    mend="Extend the range to the whole block.",
)  # fmt: skip
def total_misses(book: Book) -> Iterator[Found]:
    """A total leaves out a number next to its range."""
    for group in book.groups:
        if not group.shape.functions & {*_ADDING}:
            continue
        missed: list[tuple[At, At]] = []
        for at in group.cells:
            for _, box in _ranges(book, group, at, *_ADDING):
                left = _left_out(book, group.sheet, at, box)
                if left is not None and not _elsewhere(book, group, at, left):
                    missed.append((at, left))
                    break
        if missed and len(missed) <= max(3, len(group.cells) // 2 + 1):
            at, left = missed[0]
            said = f"{group.shape.text_at(*at)[:80]} leaves out {cell_name(left)} next to it"
            yield Found(group.sheet.name, tuple(one for one, _ in missed), said)


def _left_out(book: Book, sheet: Sheet, at: At, box: Box) -> At | None:
    """A number of the same kind just outside the range, towards the total or at the far end."""
    if box.sheet.upper() != sheet.name.upper():
        return None
    row, column = at
    if box.left == box.right == column and box.bottom > box.top:
        ends, step, far = ((box.bottom, column), (box.top, column)), (1, 0), row < box.top
    elif box.top == box.bottom == row and box.right > box.left:
        ends, step, far = ((row, box.right), (row, box.left)), (0, 1), column < box.left
    else:
        return None
    near, other = ends if not far else ends[::-1]
    sign = -1 if far else 1
    towards = near[0] + sign * step[0], near[1] + sign * step[1]
    away = other[0] - sign * step[0], other[1] - sign * step[1]
    if towards != at and _is_alike(book, sheet, near, towards):
        return towards
    if _is_alike(book, sheet, other, away, strict=True):
        return away
    return None


def _is_alike(book: Book, sheet: Sheet, inside: At, outside: At, strict: bool = False) -> bool:
    """Whether a number outside a range belongs to those inside."""
    if min(outside) < 1:
        return False
    one, other = sheet.at(*inside), sheet.at(*outside)
    if one.number is None or other.number is None or _names_total(sheet, outside):
        return False
    if (one.shape is None) != (other.shape is None):
        return False
    if one.shape is not None and one.shape is not other.shape:
        return False
    if book.look(one).kind != book.look(other).kind or _is_year(one) != _is_year(other):
        return False
    if not strict:
        return True
    beyond = 2 * outside[0] - inside[0], 2 * outside[1] - inside[1]
    if min(beyond) >= 1 and sheet.at(*beyond).number is not None:
        return False  # the block goes on: the range is a part of it on purpose
    if one.style != other.style or book.look(other).is_date:
        return False
    return bool(sheet.label(*outside)) == bool(sheet.label(*inside))


def _names_total(sheet: Sheet, at: At) -> bool:
    return bool(_TOTAL.search(f"{sheet.label(*at)}"))


def _is_year(cell: Cell) -> bool:
    number = cell.number
    return number is not None and number == int(number) and 1950 <= number <= 2150


def _elsewhere(book: Book, group: Group, at: At, left: At) -> bool:
    """Whether the formula reads the number in another way."""
    sheet = group.sheet.name.upper()
    return any(
        box.sheet.upper() == sheet and box.holds(*left) for box in book.reads(group.sheet, at)
    )


@rule(
    "double-count", ERROR, FORMULAS,
    why="The parts of the subtotal are counted twice.",
    mend="Add the subtotals only, or the parts only; SUBTOTAL leaves other SUBTOTALs out.",
)  # fmt: skip
def double_count(book: Book) -> Iterator[Found]:
    """A total adds a subtotal and what the subtotal adds."""
    sums = _sums(book)
    for group in book.groups if sums else ():
        if not group.shape.functions & {"SUM"} or len(group.shape.tokens) > 60:
            continue
        twice: list[tuple[At, At]] = []
        for at in group.cells:
            added = [box for _, box in _ranges(book, group, at, "SUM")]
            inner = next(filter(None, (_inner(book, box, added, sums) for box in added)), None)
            if inner is not None and not _halved(group.shape):
                twice.append((at, inner))
        if twice:
            at, inner = twice[0]
            said = f"{group.shape.text_at(*at)[:80]} adds {cell_name(inner)}, a sum of cells in it"
            yield Found(group.sheet.name, tuple(one for one, _ in twice), said)


def _inner(book: Book, box: Box, added: list[Box], sums: _Sums) -> At | None:
    """A sum within a range whose own range lies within the same range."""
    columns = sums.get(box.sheet.upper(), {})
    span = range(box.left, box.right + 1)
    for column in span if len(span) < len(columns) else columns:
        rows, parts = columns.get(column, ([], []))
        if not box.left <= column <= box.right:
            continue
        for place in range(bisect_left(rows, box.top), bisect_right(rows, box.bottom)):
            if all(any(_within(one, outer) for outer in added) for one in parts[place]):
                return rows[place], column
    return None


def _within(one: Box, outer: Box) -> bool:
    return (
        outer.sheet.upper() == one.sheet.upper()
        and outer.top <= one.top and one.bottom <= outer.bottom
        and outer.left <= one.left and one.right <= outer.right
    )  # fmt: skip


_Sums = dict[str, dict[int, tuple[list[int], list[list[Box]]]]]


def _sums(book: Book) -> _Sums:
    """The cells that are one SUM of ranges: by sheet and column their rows, and the ranges."""
    found: _Sums = {}
    for group in book.groups:
        calls = group.shape.calls
        if len(calls) != 1 or calls[0].name != "SUM" or calls[0].token != 0:
            continue
        if calls[0].end != len(group.shape.tokens) - 1:
            continue
        for at in group.cells:
            parts = list(book.reads(group.sheet, at))
            if parts and not any(one.single for one in parts):
                columns = found.setdefault(group.sheet.name.upper(), {})
                rows, ranges = columns.setdefault(at[1], ([], []))
                place = bisect_left(rows, at[0])
                rows.insert(place, at[0])
                ranges.insert(place, parts)
    return found


def _halved(shape: Shape) -> bool:
    """SUM(A1:A9)/2: the old way to total a column with its subtotals."""
    texts = [one.text for one in shape.tokens]
    return texts[-2:] == ["/", "2"]


@rule(
    "adds-a-heading", WARNING, FORMULAS,
    why="A year or a number in the heading is added as if it were an amount.",
    mend="Start the range below the heading.",
)  # fmt: skip
def adds_a_heading(book: Book) -> Iterator[Found]:
    """A total adds the year that heads its column."""
    for group in book.groups:
        if not group.shape.functions & {"SUM", "AVERAGE"}:
            continue
        wrong = []
        for at in group.cells:
            for _, box in _ranges(book, group, at, "SUM", "AVERAGE"):
                sheet = book.sheet(box.sheet)
                if sheet is None or box.bottom - box.top < 2 or box.left != box.right:
                    continue
                first = sheet.at(box.top, box.left)
                if not _is_year(first) or book.look(first).is_date:
                    continue
                rest = [one for _, one in sheet.filled(box)][1:]
                if rest and not any(map(_is_year, rest)):
                    beside = [sheet.at(box.top, box.left + step) for step in (-1, 1)]
                    if any(map(_is_year, beside)):
                        wrong.append(at)
        if wrong:
            said = f"{group.shape.text_at(*wrong[0])[:80]} adds the year in its first cell"
            yield Found(group.sheet.name, tuple(wrong), said)


@rule(
    "plug", WARNING, FORMULAS,
    why="A number added at the end of a formula is a correction that nobody can see or trace.",
    mend="Give it a row of its own, with a label and its reason.",
)  # fmt: skip
def plug(book: Book) -> Iterator[Found]:
    """A formula adds a typed number to what it computes."""
    for group in book.groups:
        tokens = group.shape.tokens
        if not any(one.kind in ("cells", "name", "call") for one in tokens):
            continue
        for number, token in enumerate(tokens):
            if token.kind != "number" or token.inside >= 0 or abs(token.number) <= 1:
                continue
            before, after = group.shape.around(number)
            if before in ("+", "-") and after in ("", "+", "-") and number > 1:
                if token.number in (2, 7, 12, 30, 31, 60, 365) or _shows_date(book, group):
                    continue
                yield Found(group.sheet.name, group.cells, f"{group.text()} adds {token.text}")
                break


def _shows_date(book: Book, group: Group) -> bool:
    cell = group.sheet.cells[group.cells[0]]
    return book.look(cell).is_date or _is_year(cell)


@rule(
    "typed-total", NOTE, FORMULAS,
    why="A total that was typed does not follow when a part changes.",
    mend="Write it as SUM of the rows above.",
)  # fmt: skip
def typed_total(book: Book) -> Iterator[Found]:
    """A row called a total holds a typed number below the numbers it should add up."""
    for sheet in book.sheets:
        if not sheet.formulas:
            continue
        wrong = []
        for (row, column), cell in sheet.cells.items():
            if cell.constant is None or not re.match(
                r"(?i)\s*(sub-?total|grand total|total)\b(?!.*(%|share|rate))",
                sheet.label(row, column),
            ):
                continue
            above, at = [], row - 1
            while at and (one := sheet.at(at, column)).number is not None:
                above.append(one.number)
                at -= 1
            total = sum(one for one in above if one is not None)
            if (
                len(above) >= 2
                and abs(total) > 0
                and abs(total - cell.constant) <= 0.01 * abs(total)
            ):
                wrong.append((row, column))
        if wrong:
            said = f"{cell_name(wrong[0])} is typed, and is the sum of the numbers above it"
            yield Found(sheet.name, tuple(wrong), said)


@rule(
    "sizes-differ", ERROR, FORMULAS,
    why="SUMIF then adds other rows than it looks at; SUMIFS and SUMPRODUCT fail.",
    mend="Give all ranges of the call the same rows and columns.",
)  # fmt: skip
def sizes_differ(book: Book) -> Iterator[Found]:
    """The ranges of one SUMIF, SUMIFS or SUMPRODUCT differ in size."""
    for group in book.groups:
        for call in group.shape.called(*_PAIRED):
            wanted = _PAIRED[call.name]
            sizes = set()
            for number, argument in enumerate(call.arguments):
                if (wanted is not None and number not in wanted(len(call.arguments))) or len(
                    argument
                ) != 1:
                    continue
                for box in book.token_boxes(group.shape, argument[0], group.sheet, group.cells[0]):
                    sizes.add((box.bottom - box.top, box.right - box.left))
            if len(sizes) > 1 and not (call.name == "SUMIF" and (0, 0) in sizes):
                if call.name == "SUMPRODUCT" and (0, 0) in sizes:
                    continue
                said = f"{group.text()}: the ranges of {call.name} differ in size"
                yield Found(group.sheet.name, group.cells, said)
                break


_PAIRED = {
    "SUMIF": lambda count: {0, 2},
    "AVERAGEIF": lambda count: {0, 2},
    "SUMIFS": lambda count: {0, *range(1, count, 2)},
    "AVERAGEIFS": lambda count: {0, *range(1, count, 2)},
    "COUNTIFS": lambda count: {*range(0, count, 2)},
    "MAXIFS": lambda count: {0, *range(1, count, 2)},
    "MINIFS": lambda count: {0, *range(1, count, 2)},
    "SUMPRODUCT": None,
}


@rule(
    "sum-of-one", NOTE, FORMULAS,
    why="SUM around an expression adds nothing: often a range was meant.",
    mend="Take SUM away, or give it the range.",
)  # fmt: skip
def sum_of_one(book: Book) -> Iterator[Found]:
    """SUM is given a single cell or an expression."""
    for group in book.groups:
        for call in group.shape.called("SUM"):
            if len(call.arguments) != 1 or len(call.arguments[0]) == 0:
                continue
            tokens = [group.shape.tokens[one] for one in call.arguments[0]]
            is_array = any(
                one.kind in ("call", "name", "other") or one.text in ("(", "{", ":")
                or (one.reference is not None and not one.reference.single)
                for one in tokens
            )  # fmt: skip
            if not is_array and not group.sheet.cells[group.cells[0]].spread:
                yield Found(group.sheet.name, group.cells, f"{group.text()} adds one value")
                break

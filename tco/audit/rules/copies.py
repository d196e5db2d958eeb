"""Formulas that are copied along a row or down a column, and the cell that is not a copy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from tco.audit.book import At, Book, Sheet
from tco.audit.formula import Shape
from tco.audit.lines import Run, chains, own_line, runs
from tco.audit.registry import FORMULAS, WARNING, Found, cell_name, rule
from tco.audit.rules.caches import group_text

_MOST_TYPED = 3  # constants side by side that may have replaced formulas
_NAMED = {
    "AVERAGE": ("average", "avg", "mean"), "MAX": ("max", "peak", "high"),
    "MIN": ("min", "low"), "COUNT": ("count", "number", "#"), "MEDIAN": ("median",),
    "COUNTA": ("count", "number", "#"), "SUM": ("sum", "total"), "STDEV": ("dev", "sd", "vol"),
}  # fmt: skip


@rule(
    "odd-formula", WARNING, FORMULAS,
    why="A row or column of copies with one that differs is the commonest slip there is.",
    mend="Copy the neighbour's formula over it, or say beside it why it differs.",
)  # fmt: skip
def odd_formula(book: Book) -> Iterator[Found]:
    """One formula differs from its neighbours, which are copies of each other."""
    for sheet in book.sheets:
        seen: set[At] = set()
        found: dict[str, tuple[str, list[At]]] = {}
        for run in runs(sheet, 3):
            counts = Counter(id(one.shape) for one in run.cells if one.shape is not None)
            if len(counts) < 2 or max(counts.values()) < 3:
                continue
            for place in range(run.first, run.last + 1):
                usual = _usual(run, place, counts)
                at = run.at(place)
                if usual is None or at in seen or _is_meant(book, run, place, usual):
                    continue
                seen.add(at)
                beside = run.at(place - 1 if run.shape(place - 1) is usual else place + 1)
                said = (
                    f"{group_text(sheet, at)}, where {cell_name(beside)} beside it has "
                    f"{group_text(sheet, beside)}"
                )
                own = sheet.cells[at].shape
                found.setdefault(own.key if own else "", (said, []))[1].append(at)
        for said, cells in found.values():
            yield Found(sheet.name, tuple(cells), said)


def _usual(run: Run, place: int, counts: Counter[int]) -> Shape | None:
    """The shape that a formula's neighbours share and it does not; None where that is not so."""
    own = run.shape(place)
    if own is None or counts[id(own)] != 1:
        return None
    before, after = run.shape(place - 1), run.shape(place + 1)
    if before is not None and before is after:
        return before if counts[id(before)] >= 3 else None
    for step, beside in ((-1, before), (1, after)):
        beyond = run.shape(place - step)
        if beside is None or beyond is not None:
            continue
        if any(run.shape(place + step * far) is not beside for far in (2, 3)):
            continue
        if not _moves(beside):
            continue
        if own.skeleton == beside.skeleton and not chains(beside, run.axis, step * -1):
            # At an end only the same formula that reads other cells is odd; a seed never is.
            return beside if not chains(beside, run.axis, step) else None
    return None


def _moves(shape: Shape) -> bool:
    """Whether a formula reads other cells when it is copied."""
    return any(
        not (end.row_fixed and end.column_fixed)
        for token in shape.references if token.reference is not None
        for end in (token.reference.first, token.reference.last)
    )  # fmt: skip


def _is_meant(book: Book, run: Run, place: int, usual: Shape) -> bool:
    """Whether something tells that the formula differs by design."""
    own = run.shape(place)
    if own is None or run.sheet.cells[run.at(place)].spread:
        return True
    if any(one.kind == "error" for one in usual.tokens):
        return True
    at = run.at(place)
    if own.text_at(*at).replace("$", "") == usual.text_at(*at).replace("$", ""):
        return True  # it reads the same cells, fixed in another way
    for step in (-1, 1):
        other = run.sheet.cells.get(run.beside(place, step))
        if other is None or other.shape is None:
            continue
        if other.shape is own:
            return True  # a row or column of its own kind crosses here
        if own.skeleton != usual.skeleton and other.shape.skeleton == own.skeleton:
            return True
    if own_line(book, run, place) >= 2 and own.skeleton != usual.skeleton:
        return True  # a total among what it adds up
    if own_line(book, run, place) >= 2 and not _reads_line(book, run, usual):
        return True
    row, column = run.at(place)
    words = f"{run.sheet.label(row, column)} {run.sheet.heading(row, column)}".lower()
    differing = own.functions - usual.functions
    return any(word in words for one in differing for word in _NAMED.get(one, ()))


def _reads_line(book: Book, run: Run, usual: Shape) -> bool:
    place = next(one for one in range(run.first, run.last + 1) if run.shape(one) is usual)
    return own_line(book, run, place) >= 2


@rule(
    "typed-over", WARNING, FORMULAS,
    why="The number stays as it is when the inputs change, and nobody sees that from outside.",
    mend="Copy the neighbour's formula over it, or make the number an input with its reason.",
)  # fmt: skip
def typed_over(book: Book) -> Iterator[Found]:
    """A number stands where its neighbours have copies of one formula."""
    for sheet in book.sheets:
        found: dict[At, str] = {}
        for axis in (0, 1):
            candidates = dict(_typed(book, sheet, axis))
            for at, said in candidates.items():
                across = [(at[0] + step, at[1]) if axis == 0 else (at[0], at[1] + step)
                          for step in (-1, 1)]  # fmt: skip
                if not any(one in candidates for one in across):  # else a line of inputs
                    found.setdefault(at, said)
        merged: dict[str, list[At]] = defaultdict(list)
        for at, said in found.items():
            merged[said].append(at)
        for said, cells in merged.items():
            yield Found(sheet.name, tuple(cells), said)


def _typed(book: Book, sheet: Sheet, axis: int) -> Iterator[tuple[At, str]]:
    for run in runs(sheet, 4):
        if run.axis != axis:
            continue
        counts = Counter(id(one.shape) for one in run.cells if one.shape is not None)
        if not counts or max(counts.values()) < 3:
            continue
        place = run.first
        while place <= run.last:
            if run.cells[place - run.first].constant is None:
                place += 1
                continue
            end = place
            while (beyond := run.cell(end + 1)) is not None and beyond.constant is not None:
                end += 1
            before, after = run.shape(place - 1), run.shape(end + 1)
            if before is not None and counts[id(before)] >= 3:
                is_inside = before is after and end - place < _MOST_TYPED
                is_last = end == place == run.last and _goes_on(run, place, before)
                if (is_inside or is_last) and not _sums_it(book, run, place, end):
                    said = f"a number, where {cell_name(run.at(place - 1))} beside it has "
                    said += group_text(sheet, run.at(place - 1))
                    for one in range(place, end + 1):
                        yield run.at(one), said
            place = end + 1


def _goes_on(run: Run, place: int, before: Shape) -> bool:
    """Whether the lines on both sides go on with their formula up to this end of the run."""
    if any(run.shape(place - far) is not before for far in (2, 3, 4)):
        return False
    going = 0
    for step in (-1, 1):
        last = run.sheet.cells.get(run.beside(place, step))
        ahead = run.sheet.cells.get(run.beside(place - 1, step))
        if last is not None and last.constant is not None:
            return False
        if last is not None and ahead is not None and last.shape is not None:
            going += last.shape is ahead.shape
    return going > 0


def _sums_it(book: Book, run: Run, first: int, last: int) -> bool:
    """Whether a neighbouring formula adds up the numbers: then they are what it is about."""
    for place in (first - 1, last + 1):
        if run.shape(place) is None:
            continue
        for box in book.reads(run.sheet, run.at(place)):
            is_own = box.sheet.upper() == run.sheet.name.upper()
            if is_own and not box.single and box.holds(*run.at(first)):
                return True
    return False

"""How a book is built: what is hidden, merged, named, and in which order it is read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tco.audit.book import At, Book, Covered, Sheet, areas_in
from tco.audit.registry import ERROR, NOTE, STRUCTURE, WARNING, Found, cell_name, rule, short
from tco.audit.styles import WHITE
from tco.verify.formulas import COLUMNS, ROWS, column
from tco.workbook.cells import letters

_LIKE_CELL = re.compile(r"(?i)([a-z]{1,3})([0-9]{1,7})")
_DEPTH = 3  # links upon links
_MOST_MERGED = 100_000  # merged cells that are looked at, of a sheet


@rule(
    "hidden-sheet", WARNING, STRUCTURE,
    why="What is not seen is not checked; a very hidden sheet cannot even be shown from the menu.",
    mend="Show it, or say on the cover that it is there and what for.",
)  # fmt: skip
def hidden_sheet(book: Book) -> Iterator[Found]:
    """A sheet is hidden."""
    states = {one.get("name"): one.get("state", "visible") for one in book.main.all("sheet")}
    read = {box[0] for box in book.read.boxes}
    for name, state in states.items():
        if state != "visible":
            kind = "very hidden" if state == "veryHidden" else "hidden"
            more = ", and formulas read it" if name.upper() in read else ""
            yield Found(name, (), f"the sheet is {kind}{more}")


@rule(
    "hidden-cells", WARNING, STRUCTURE,
    why="Numbers that nobody sees are in the answer.",
    mend="Show them, or group them (Data > Group), which says that something is folded.",
)  # fmt: skip
def hidden_cells(book: Book) -> Iterator[Found]:
    """Hidden rows or columns hold numbers that formulas read."""
    for sheet in book.sheets:
        if sheet.state != "visible":
            continue
        for axis, hidden in ((0, sheet.hidden_rows), (1, sheet.hidden_columns)):
            lines = sheet.rows if axis == 0 else sheet.columns
            cells: list[At] = []
            for line in sorted(hidden & lines.keys()):
                for place in lines[line]:
                    at = (line, place) if axis == 0 else (place, line)
                    one = sheet.cells[at]
                    if one.number is not None and book.read.holds(sheet.name, *at):
                        cells.append(at)
            if cells:
                what = "rows" if axis == 0 else "columns"
                shown = ", ".join(
                    str(one[0]) if axis == 0 else letters(one[1])
                    for one in {at[axis]: at for at in cells}.values()
                )
                said = f"hidden {what} {short(shown, 40)} hold numbers that formulas read"
                yield Found(sheet.name, tuple(cells), said)


@rule(
    "filtered-total", NOTE, STRUCTURE,
    why="A filter hides rows, and SUM adds them all the same.",
    mend="Clear the filter, or use SUBTOTAL and say so.",
)  # fmt: skip
def filtered_total(book: Book) -> Iterator[Found]:
    """A filter is on."""
    for sheet in book.sheets:
        if sheet.filtered and sheet.hidden_rows:
            yield Found(sheet.name, (), f"a filter hides {len(sheet.hidden_rows):,} rows")


@rule(
    "unseen-content", WARNING, STRUCTURE,
    why="It is computed with, and a reader sees an empty cell.",
    mend="Give it a colour and a format that show it, or delete it.",
)  # fmt: skip
def unseen_content(book: Book) -> Iterator[Found]:
    """A cell's content is not seen: white on white, or a format that shows nothing."""
    for sheet in book.sheets:
        coloured = Covered()
        for one in sheet.root.all("conditionalFormatting"):
            coloured.add_all(areas_in(one.get("sqref"), sheet.name))
        white, shown_not = [], []
        for at, cell in sheet.cells.items():
            look = book.look(cell)
            if cell.value in (None, "") or coloured.holds(sheet.name, *at):
                continue
            if look.hides and cell.number is not None:
                shown_not.append(at)
            elif look.ink and look.ink == look.paper and look.ink == WHITE:
                white.append(at)
        if white:
            yield Found(sheet.name, tuple(white), f"{cell_name(white[0])} is white on white")
        if shown_not:
            said = f"{cell_name(shown_not[0])} has a format that shows nothing"
            yield Found(sheet.name, tuple(shown_not), said)


@rule(
    "merged-cells", WARNING, STRUCTURE,
    why="Only the first of merged cells holds the number: sums and lookups see blanks in the rest.",
    mend="Unmerge, and centre across the selection instead.",
)  # fmt: skip
def merged_cells(book: Book) -> Iterator[Found]:
    """Merged cells stand among numbers that formulas read."""
    for sheet in book.sheets:
        looked = 0
        for box in sheet.merged:
            first = sheet.at(box.top, box.left)
            looked += box.size
            if first.number is None or box.single or looked > _MOST_MERGED:
                continue
            rest = [(row, right) for row in range(box.top, box.bottom + 1)
                    for right in range(box.left, box.right + 1)][1:]  # fmt: skip
            if any(book.read.holds(sheet.name, *at) for at in rest):
                cells = ((box.top, box.left), *rest)
                yield Found(sheet.name, cells, f"{box} is merged, and formulas read all of it")


@rule(
    "broken-name", ERROR, STRUCTURE,
    why="Formulas with the name fail, and new ones will.",
    mend="Formulas > Name Manager: point it to its cells again, or delete it.",
)  # fmt: skip
def broken_name(book: Book) -> Iterator[Found]:
    """A defined name leads nowhere."""
    lost = [one for one in book.names if "#REF!" in one.meaning.upper()]
    shown = [one for one in lost if not one.name.startswith("_xlnm.")]
    if shown:
        used = [one for one in shown if _is_used(book, one.name)]
        more = f"; formulas use {used[0].name}" if used else "; no formula uses them"
        names = short(", ".join(one.name for one in shown), 80)
        yield Found("", (), f"{len(shown)} names lead to #REF!: {names}{more}")


def _is_used(book: Book, name: str) -> bool:
    return any(
        token.kind == "name" and token.text.upper() == name.upper()
        for group in book.groups for token in group.shape.tokens
    )  # fmt: skip


@rule(
    "name-twice", WARNING, STRUCTURE,
    why="Which one a formula means depends on the sheet it stands on; a copied formula changes.",
    mend="Give the names of sheets names of their own.",
)  # fmt: skip
def name_twice(book: Book) -> Iterator[Found]:
    """A name is defined for the whole book and again for a sheet."""
    scopes: dict[str, set[str]] = defaultdict(set)
    for one in book.names:
        if not one.name.startswith("_xl"):
            scopes[one.name.upper()].add(one.sheet)
    for name, owners in scopes.items():
        if "" in owners and len(owners) > 1:
            sheet = sorted(owners - {""})[0]
            yield Found(sheet, (), f"the name {name} means another thing here than elsewhere")


@rule(
    "name-like-cell", WARNING, STRUCTURE,
    why="Excel reads it as a cell, or repairs the file on opening.",
    mend="Write an underscore into it: TAX_2024.",
)  # fmt: skip
def name_like_cell(book: Book) -> Iterator[Found]:
    """A name is a cell's address too."""
    like = []
    for one in book.names:
        found = _LIKE_CELL.fullmatch(one.name)
        if (found and column(found[1].upper()) <= COLUMNS and 0 < int(found[2]) <= ROWS) or (
            one.name.upper() in ("R", "C")
        ):
            like.append(one.name)
    if like:
        yield Found("", (), f"names that are cells too: {short(', '.join(like))}")


@rule(
    "hidden-name", NOTE, STRUCTURE,
    why="A hidden name is not in the Name Manager, and can hold anything.",
    mend="Delete it, or make it visible.",
)  # fmt: skip
def hidden_name(book: Book) -> Iterator[Found]:
    """A name is hidden."""
    hidden = [one.name for one in book.names if one.hidden and not one.name.startswith("_xl")]
    if hidden:
        yield Found("", (), f"{len(hidden)} hidden names: {short(', '.join(hidden))}")


@rule(
    "link-on-link", NOTE, STRUCTURE,
    why="Each link is one more place to break, and tracing takes a step for each.",
    mend="Link every cell to where the number stands first.",
)  # fmt: skip
def link_on_link(book: Book) -> Iterator[Found]:
    """A cell links to a cell that only links on, three times or more."""
    for sheet in book.sheets:
        far = [
            at for at, one in sheet.formulas.items()
            if one.shape is not None and len(one.shape.tokens) == 1
            and _links(book, sheet, at) >= _DEPTH
        ]  # fmt: skip
        if far:
            said = f"{cell_name(far[0])} is {_links(book, sheet, far[0])} links from its number"
            yield Found(sheet.name, tuple(far), said)


def _links(book: Book, sheet: Sheet, at: At) -> int:
    count = 0
    while count < 20:
        shape = sheet.at(*at).shape
        if shape is None or len(shape.tokens) != 1 or shape.tokens[0].reference is None:
            return count
        found = book.token_boxes(shape, 0, sheet, at)
        if len(found) != 1 or not found[0].single:
            return count
        following = book.sheet(found[0].sheet)
        if following is None:
            return count
        sheet, at, count = following, (found[0].top, found[0].left), count + 1
    return count


@rule(
    "reads-backwards", NOTE, STRUCTURE,
    why="A book is read from left to right, as a page: inputs, workings, results.",
    mend="Move the sheet to the left of those that read it.",
)  # fmt: skip
def reads_backwards(book: Book) -> Iterator[Found]:
    """A sheet's formulas read sheets on both sides of it."""
    backwards = []
    for sheet in book.sheets:
        read: set[str] = set()
        for group in book.groups if sheet.formulas else ():
            if group.sheet is sheet:
                read |= {
                    one.reference.sheet for one in group.shape.references
                    if one.reference is not None and one.reference.sheet is not None
                    and not one.reference.outside
                }  # fmt: skip
        places = [one.place - sheet.place for one in map(book.sheet, read) if one is not None]
        if places and min(places) < 0 < max(places):
            backwards.append(sheet.name)
    if backwards:
        said = f"{len(backwards)} sheets read sheets before and after them: "
        yield Found("", (), said + short(", ".join(backwards), 80))


@rule(
    "default-sheet-name", NOTE, STRUCTURE,
    why="A reader of Sheet1!B7 in a formula learns nothing.",
    mend="Name the sheet by what it holds.",
)  # fmt: skip
def default_sheet_name(book: Book) -> Iterator[Found]:
    """A sheet has the name that the program gave it."""
    if len(book.sheets) < 2:
        return
    for sheet in book.sheets:
        if re.fullmatch(r"(?i)(sheet|tabelle|feuil|hoja|blatt)\s?\d+( \(\d+\))?", sheet.name):
            what = "it is empty" if not sheet.cells else "it says nothing of what is on it"
            yield Found(sheet.name, (), what)


@rule(
    "unused-input", NOTE, STRUCTURE,
    why="Whoever changes it expects the answer to move.",
    mend="Use it, or delete it.",
)  # fmt: skip
def unused_input(book: Book) -> Iterator[Found]:
    """A number on a sheet of inputs is read by no formula."""
    for sheet in book.sheets:
        is_of_inputs = re.search(r"(?i)input|assumption|annahme|driver", sheet.name)
        if not is_of_inputs or re.search(r"(?i)output|result", sheet.name):
            continue
        numbers = [at for at, one in sheet.cells.items() if one.constant is not None]
        idle = [
            at for at in numbers
            if not book.read.holds(sheet.name, *at)
            and re.search(r"[^\W\d]", sheet.label(*at))
            and not book.look(sheet.cells[at]).is_date
        ]  # fmt: skip
        if idle and len(idle) <= len(numbers) / 3:
            said = f"no formula reads {cell_name(idle[0])} ({short(sheet.label(*idle[0]), 40)})"
            yield Found(sheet.name, tuple(idle), said)

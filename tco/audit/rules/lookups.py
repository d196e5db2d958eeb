"""Lookups: what they find when it is not there, twice there, or not in order."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator

from tco.audit.book import At, Book, Cell, Group
from tco.audit.formula import Box, Called, Token
from tco.audit.registry import ERROR, FORMULAS, NOTE, WARNING, Found, cell_name, rule, short

_MOST = 20_000  # cells of a list that is looked at
# How many arguments say which match is wanted, and where the list stands among them.
_MODES = {"VLOOKUP": 3, "HLOOKUP": 3, "MATCH": 2}
_LISTS = {"VLOOKUP": 1, "HLOOKUP": 1, "MATCH": 1, "LOOKUP": 1, "XLOOKUP": 1, "XMATCH": 1}


def _is_exact(group: Group, call: Called) -> bool:
    """Whether a call takes only what is equal."""
    if call.name == "LOOKUP":
        return False
    place = _MODES[call.name]
    if len(call.arguments) <= place:
        return False
    tokens = [group.shape.tokens[one] for one in call.arguments[place]]
    return not tokens or tokens[0].text.upper() in ("0", "FALSE", "FALSE(")


def _is_known(group: Group, call: Called) -> bool:
    """Whether the kind of match is written down, and not computed."""
    place = _MODES.get(call.name, 99)
    tokens = call.arguments[place] if place < len(call.arguments) else []
    return len(tokens) <= 2 and all(
        group.shape.tokens[one].kind in ("number", "name", "sign", "call") for one in tokens
    )


def _list(book: Book, group: Group, call: Called, at: At) -> tuple[Box, list[tuple[At, Cell]]]:
    """The cells that a lookup searches; none where they are computed."""
    token = group.shape.alone(call, _LISTS[call.name])
    nothing = Box(group.sheet.name, 1, 1, 1, 1), list[tuple[At, Cell]]()
    if token is None:
        return nothing
    found = book.token_boxes(group.shape, call.arguments[_LISTS[call.name]][0], group.sheet, at)
    if len(found) != 1 or (sheet := book.sheet(found[0].sheet)) is None:
        return nothing
    box = found[0]
    if call.name == "HLOOKUP":
        box = Box(box.sheet, box.top, box.left, box.top, box.right)
    elif call.name in ("VLOOKUP", "LOOKUP") and box.right > box.left:
        if call.name == "LOOKUP" and box.right - box.left > box.bottom - box.top:
            box = Box(box.sheet, box.top, box.left, box.top, box.right)
        else:
            box = Box(box.sheet, box.top, box.left, box.bottom, box.left)
    cells = []
    for one in sheet.filled(box):
        cells.append(one)
        if len(cells) > _MOST:
            return nothing
    return box, cells


@rule(
    "unsorted-lookup", ERROR, FORMULAS,
    why="A lookup that takes the nearest match searches by halves: in a list out of order it "
    "finds whatever it comes upon.",
    mend="Ask for an exact match: 0 or FALSE as the last argument.",
)  # fmt: skip
def unsorted_lookup(book: Book) -> Iterator[Found]:
    """A lookup of the nearest match searches a list that is not sorted."""
    for group, call, sorted_ in _nearest(book):
        if sorted_ is False:
            said = f"{group.text()}: the list that {call.name} searches is not sorted"
            yield Found(group.sheet.name, group.cells, said)


@rule(
    "nearest-match", NOTE, FORMULAS,
    why="What is not in the list is answered with its neighbour, without a word.",
    mend="Ask for an exact match, unless bands (tax, volume) are meant.",
)  # fmt: skip
def nearest_match(book: Book) -> Iterator[Found]:
    """A lookup says nothing of which match it wants, and so takes the nearest."""
    for group, call, sorted_ in _nearest(book):
        says = call.name == "LOOKUP" or len(call.arguments) > _MODES[call.name]
        if sorted_ is not False and not says:
            said = f"{group.text()}: {call.name} does not say which match it wants"
            yield Found(group.sheet.name, group.cells, said)


def _nearest(book: Book) -> Iterator[tuple[Group, Called, bool | None]]:
    """Lookups of the nearest match; and whether their list is sorted, where that is seen."""
    for group in book.groups:
        for call in group.shape.called("VLOOKUP", "HLOOKUP", "MATCH", "LOOKUP"):
            if call.name == "LOOKUP" and len(call.arguments) < 2:
                continue
            if _is_exact(group, call) or not _is_known(group, call):
                continue
            _, cells = _list(book, group, call, group.cells[0])
            tokens = call.arguments[2] if len(call.arguments) > 2 else []
            is_falling = call.name == "MATCH" and "-" in [
                group.shape.tokens[one].text for one in tokens
            ]
            yield group, call, _is_sorted([cell for _, cell in cells], is_falling)
            break


def _is_sorted(cells: list[Cell], is_falling: bool) -> bool | None:
    numbers = [one.number for one in cells if one.number is not None]
    texts = [one.text.lower() for one in cells if one.text]
    if len(numbers) < 2 and len(texts) < 3:
        return None
    if is_falling:
        numbers, texts = numbers[::-1], texts[::-1]
    if len(numbers) >= len(texts):
        return all(a <= b for a, b in itertools.pairwise(numbers))
    return texts[1:] == sorted(texts[1:])  # the first may be the heading


@rule(
    "column-beyond", ERROR, FORMULAS,
    why="The lookup asks for a column that its table does not have, which is #REF!.",
    mend="Extend the table, or mend the number of the column.",
)  # fmt: skip
def column_beyond(book: Book) -> Iterator[Found]:
    """A lookup asks for a column outside its table."""
    for group in book.groups:
        for call in group.shape.called("VLOOKUP", "HLOOKUP", "INDEX"):
            place = 1 if call.name == "INDEX" else 2
            table = 0 if call.name == "INDEX" else 1
            token, of = group.shape.alone(call, place), group.shape.alone(call, table)
            if token is None or token.kind != "number" or of is None:
                continue
            for box in book.token_boxes(
                group.shape, call.arguments[table][0], group.sheet, group.cells[0]
            ):
                wide, high = box.right - box.left + 1, box.bottom - box.top + 1
                most = wide if call.name == "VLOOKUP" else high
                if call.name == "INDEX" and len(call.arguments) == 2:
                    most = max(wide, high)
                if token.number > most:
                    said = f"{group.text()} asks for number {token.text} of {most}"
                    yield Found(group.sheet.name, group.cells, said)


@rule(
    "sliding-table", WARNING, FORMULAS,
    why="The table moves down with each copy, so that lower rows search less of it.",
    mend="Fix it with $: $A$2:$B$20.",
)  # fmt: skip
def sliding_table(book: Book) -> Iterator[Found]:
    """A lookup's table moves as the formula is copied."""
    for group in book.groups:
        if len(group.cells) < 2:
            continue
        rows = {row for row, _ in group.cells}
        columns = {column for _, column in group.cells}
        for call in group.shape.called(*_LISTS):
            token = group.shape.alone(call, _LISTS[call.name])
            if token is not None and _slides(token, len(rows) > 1, len(columns) > 1, call.name):
                said = f"{group.text()}: its table slides along, as the reference is not fixed"
                yield Found(group.sheet.name, group.cells, said)
                break


def _slides(token: Token, down: bool, right: bool, name: str) -> bool:
    found = token.reference
    if found is None or found.single:
        return False
    is_high = found.first.row != found.last.row
    is_wide = found.first.column != found.last.column
    free_rows = not found.first.row_fixed and not found.last.row_fixed
    free_columns = not found.first.column_fixed and not found.last.column_fixed
    if name in ("VLOOKUP", "LOOKUP") or (name != "HLOOKUP" and is_high and not is_wide):
        return down and free_rows and is_high
    if name == "HLOOKUP" or (is_wide and not is_high):
        return right and free_columns and is_wide
    return False


def _searched(book: Book) -> dict[tuple[str, int, int, int, int], list[tuple[At, Cell]]]:
    """The lists that exact lookups search, each once."""
    found: dict[tuple[str, int, int, int, int], list[tuple[At, Cell]]] = {}
    for group in book.groups:
        for call in group.shape.called(*_LISTS):
            if call.name in (*_MODES, "LOOKUP") and not _is_exact(group, call):
                continue
            box, cells = _list(book, group, call, group.cells[0])
            if cells:
                key = box.sheet, box.top, box.left, box.bottom, box.right
                found.setdefault(key, cells)
    return found


@rule(
    "key-twice", WARNING, FORMULAS,
    why="Only the first row with that key is ever found.",
    mend="Make keys unique, or add the rows up with SUMIFS.",
)  # fmt: skip
def key_twice(book: Book) -> Iterator[Found]:
    """A list that is looked up holds a key twice."""
    told: set[tuple[str, int, int]] = set()
    for (sheet, *_), cells in _searched(book).items():
        counts = Counter(one.text.lower() for _, one in cells if one.text)
        twice = {key for key, count in counts.items() if count > 1}
        places = [at for at, one in cells if one.text.lower() in twice and one.text]
        if places and len(twice) <= len(counts) / 2 and (sheet, *places[0]) not in told:
            told.add((sheet, *places[0]))
            said = f"{short(sorted(twice)[0], 40)!r} stands more than once in a list of keys"
            yield Found(sheet, tuple(places), said)


@rule(
    "padded-key", WARNING, FORMULAS,
    why="A blank before or after a word makes it another word: lookups do not find it.",
    mend="Take the blank away (TRIM).",
)  # fmt: skip
def padded_key(book: Book) -> Iterator[Found]:
    """A key or label has a blank before or after it."""
    for sheet in book.sheets:
        padded: dict[int, list[At]] = defaultdict(list)
        for at, cell in sheet.cells.items():
            value = cell.value
            if cell.shape is not None or not isinstance(value, str) or not value.strip():
                continue
            is_padded = value != value.rstrip() or (value != value.lstrip() and value[1:2] != " ")
            if is_padded and "\n" not in value and book.matched.holds(sheet.name, *at):
                padded[at[1]].append(at)
        for column, cells in padded.items():
            texts = [at for at in sheet.columns[column] if sheet.at(at, column).text]
            if len(cells) <= max(2, len(texts) // 3):
                said = f"{cell_name(cells[0])} has a blank at an end, and formulas read it"
                yield Found(sheet.name, tuple(cells), said)

"""What keeps a book right once it is used: checks, validations, protection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tco.audit.book import At, Book, Cell, Covered, Sheet, areas_in
from tco.audit.elements import Element
from tco.audit.formula import Box
from tco.audit.registry import CONTROLS, NOTE, WARNING, Found, cell_name, rule, short

_CHECK = re.compile(
    r"(?i)\b(check(s|sum)?|control (total|check)|balance[sd]? check|should be (0|zero|nil)|"
    r"out of balance|pr[uü]fung|kontrolle)\b"
)
_FAILS = re.compile(
    r"(?i)(error|fail(ed|s)?|false|no|not ok|wrong|does not balance|check!?|fehler)"
)
_MOST = 20_000  # cells whose validation is looked at


@rule(
    "check-fires", WARNING, CONTROLS,
    why="The book itself says that something is wrong.",
    mend="Follow the check to its cause; if it may stand, write beside it why.",
)  # fmt: skip
def check_fires(book: Book) -> Iterator[Found]:
    """A check of the book's own fires."""
    for sheet in book.sheets:
        wrong = [
            at for at, cell in sheet.formulas.items()
            if _fires(book, sheet, cell) and _CHECK.search(sheet.label(*at))
            and len(sheet.label(*at)) < 60
        ]  # fmt: skip
        if wrong:
            cell = sheet.cells[wrong[0]]
            said = (
                f"{short(sheet.label(*wrong[0]), 40)}: {cell_name(wrong[0])} is {cell.value!s:.20}"
            )
            yield Found(sheet.name, tuple(wrong), said)


def _fires(book: Book, sheet: Sheet, cell: Cell) -> bool:
    shape = cell.shape
    if shape is None or cell.is_error:
        return False
    if isinstance(cell.value, bool):
        return not cell.value
    if cell.number is not None:
        is_difference = any(one.text == "-" for one in shape.tokens) or "ABS" in shape.functions
        return is_difference and abs(cell.number) > 1e-3
    return bool(_FAILS.fullmatch(cell.text))


def _validations(sheet: Sheet) -> Iterator[tuple[Element, list[Box]]]:
    for one in sheet.root.all("dataValidation"):
        where = one.get("sqref") or next((c.words for c in one.children if c.tag == "sqref"), "")
        yield one, areas_in(where)


@rule(
    "invalid-value", WARNING, CONTROLS,
    why="The book's own rule for the cell refuses what stands in it: it was pasted, or the rule "
    "came later.",
    mend="Correct the value, or the rule.",
)  # fmt: skip
def invalid_value(book: Book) -> Iterator[Found]:
    """A cell holds what its validation refuses."""
    for sheet in book.sheets:
        wrong: list[At] = []
        for rule_, areas in _validations(sheet):
            looked = 0
            for box in areas:
                for at, cell in sheet.filled(box):
                    looked += 1
                    if looked < _MOST and cell.shape is None and _refuses(book, sheet, rule_, cell):
                        wrong.append(at)
        if wrong:
            value = short(str(sheet.cells[wrong[0]].value), 30)
            said = f"{cell_name(wrong[0])} holds {value}, which its validation refuses"
            yield Found(sheet.name, tuple(dict.fromkeys(wrong)), said)


def _refuses(book: Book, sheet: Sheet, rule_: Element, cell: Cell) -> bool:
    kind = rule_.get("type", "none")
    first, second = (
        next((one.words.strip() for one in rule_.all(tag)), "") for tag in ("formula1", "formula2")
    )
    if kind == "list":
        allowed = _allowed(book, sheet, first)
        shown = cell.text if cell.text else f"{cell.value:g}" if cell.number is not None else ""
        return bool(allowed) and shown.lower() not in (allowed or set()) and shown != ""
    if kind not in ("decimal", "whole"):
        return False
    if cell.number is None:
        return bool(cell.text)
    low, high = _limit(book, sheet, first), _limit(book, sheet, second)
    return _outside(rule_.get("operator", "between"), cell.number, low, high) or (
        kind == "whole" and cell.number != int(cell.number)
    )


def _outside(operator: str, number: float, low: float | None, high: float | None) -> bool:
    if low is None:
        return False
    tests = {
        "greaterThan": number <= low, "greaterThanOrEqual": number < low,
        "lessThan": number >= low, "lessThanOrEqual": number > low,
        "equal": number != low, "notEqual": number == low,
    }  # fmt: skip
    if operator in tests:
        return tests[operator]
    if high is None:
        return False
    is_between = low <= number <= high
    return is_between if operator == "notBetween" else not is_between


def _limit(book: Book, sheet: Sheet, text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        found = areas_in(text.rpartition("!")[2].upper())
        if len(found) != 1 or not found[0].single or "!" in text or "$" not in text:
            return None
        return sheet.at(found[0].top, found[0].left).number


def _allowed(book: Book, sheet: Sheet, text: str) -> set[str] | None:
    """What a list allows; None where it is computed."""
    if text.startswith('"'):
        return {one.strip().lower() for one in text.strip('"').replace('""', '"').split(",")}
    owner, _, place = text.rpartition("!")
    found = areas_in(place.upper()) if "$" in place else book.meanings.get(text.upper(), [])
    if len(found) != 1 or "(" in text or "#" in text:
        return None
    target = book.sheet(owner.strip("'") or found[0].sheet or sheet.name)
    if target is None or found[0].size > _MOST:
        return None
    return {
        (one.text or (f"{one.value:g}" if one.number is not None else str(one.value))).lower()
        for _, one in target.filled(found[0])
    }


@rule(
    "lost-rule", WARNING, CONTROLS,
    why="What a validation or a conditional format read is gone: it refuses and colours nothing.",
    mend="Point it to its cells again, or delete it.",
)  # fmt: skip
def lost_rule(book: Book) -> Iterator[Found]:
    """A validation or a conditional format points at #REF!."""
    for sheet in book.sheets:
        wrong: list[At] = []
        for one in sheet.root.all("dataValidation", "conditionalFormatting"):
            texts = [child.words for child in one.all("formula", "formula1", "formula2")]
            if any("#REF!" in text.upper() for text in texts):
                wrong += [(box.top, box.left) for box in areas_in(one.get("sqref"))[:1]]
        if wrong:
            yield Found(sheet.name, tuple(wrong), f"the rule at {cell_name(wrong[0])} reads #REF!")


@rule(
    "input-unchecked", NOTE, CONTROLS,
    why="Where the other inputs refuse what cannot be, this one takes anything.",
    mend="Data > Data Validation: kind, least, most.",
)  # fmt: skip
def input_unchecked(book: Book) -> Iterator[Found]:
    """An input has no validation where most inputs beside it have one."""
    for sheet in book.sheets:
        checked = Covered()
        for _, boxes in _validations(sheet):
            checked.add_all(replace(box, sheet=sheet.name) for box in boxes)
        if not checked.boxes:
            continue
        for column, rows in sheet.columns.items():
            inputs = [(row, column) for row in rows
                      if sheet.cells[row, column].constant is not None
                      and book.read.holds(sheet.name, row, column)]  # fmt: skip
            without = [at for at in inputs if not checked.holds(sheet.name, *at)]
            if without and len(inputs) >= 5 and len(without) <= len(inputs) / 4:
                said = f"{cell_name(without[0])} takes anything; the inputs beside it do not"
                yield Found(sheet.name, tuple(without), said)


@rule(
    "password", NOTE, CONTROLS,
    why="Who has to check the sheet cannot, and such a password keeps nobody else out.",
    mend="Protect without a password.",
)  # fmt: skip
def password(book: Book) -> Iterator[Found]:
    """A sheet or the workbook is protected with a password."""
    closed = [
        sheet.name for sheet in book.sheets for one in sheet.root.all("sheetProtection")
        if one.get("password") or one.get("hashValue")
    ]  # fmt: skip
    closed += [
        "the workbook" for one in book.main.all("workbookProtection")
        if one.get("workbookPassword") or one.get("workbookHashValue")
    ]  # fmt: skip
    if closed:
        yield Found("", (), f"a password on {short(', '.join(closed), 80)}")


@rule(
    "formula-unlocked", NOTE, CONTROLS,
    why="The sheet is protected, but not this formula: it can be typed over.",
    mend="Format Cells > Protection > Locked.",
)  # fmt: skip
def formula_unlocked(book: Book) -> Iterator[Found]:
    """A formula can be typed over though its sheet is protected."""
    for sheet in book.sheets:
        if not any(one.is_on("sheet") for one in sheet.root.all("sheetProtection")):
            continue
        free = [at for at, cell in sheet.formulas.items() if not book.look(cell).locked]
        if free and len(free) <= len(sheet.formulas) / 2:
            yield Found(sheet.name, tuple(free), f"{cell_name(free[0])} is not locked")


@rule(
    "inputs-locked", NOTE, CONTROLS,
    why="A protected sheet whose inputs are locked is changed by taking the protection off.",
    mend="Unlock the inputs, and leave the rest locked.",
)  # fmt: skip
def inputs_locked(book: Book) -> Iterator[Found]:
    """A sheet of inputs is protected with every input locked."""
    for sheet in book.sheets:
        if not any(one.is_on("sheet") for one in sheet.root.all("sheetProtection")):
            continue
        inputs = [one for at, one in sheet.cells.items() if one.constant is not None]
        named = re.search(r"(?i)input|assumption", sheet.name)
        if named and inputs and all(book.look(one).locked for one in inputs):
            yield Found(sheet.name, (), f"all {len(inputs)} numbers are locked")

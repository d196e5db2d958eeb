"""Single formulas: what they hold, call and read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log10

from openpyxl.utils import FORMULAE

from tco.audit.book import At, Book, Group
from tco.audit.circles import circles
from tco.audit.formula import Box, Called, Shape
from tco.audit.registry import ERROR, FORMULAS, NOTE, WARNING, Found, cell_name, rule, short

_LONGEST, _DEEPEST, _MOST_IFS = 255, 7, 4
# Numbers that are no assumption: of the calendar, of scale, of arithmetic.
_FREE = {0, 1, 2, 3, 4, 7, 10, 12, 24, 30, 31, 52, 60, 100, 360, 365, 365.25, 366, 1024, 3600,
         1e3, 1e4, 1e5, 1e6, 1e9, 1e12, 0.5, 0.01, 0.001, 1440, 86400}  # fmt: skip
# Calls whose plain numbers say which column, how many digits, which day: form, not assumption.
_FORM = frozenset(
    ("ROUND", "ROUNDUP", "ROUNDDOWN", "MROUND", "VLOOKUP", "HLOOKUP", "INDEX", "MATCH", "OFFSET",
     "CHOOSE", "LEFT", "RIGHT", "MID", "DATE", "TIME", "EDATE", "EOMONTH", "YEARFRAC", "SUBTOTAL",
     "AGGREGATE", "LARGE", "SMALL", "TEXT", "FIND", "SEARCH", "SUBSTITUTE", "REPT", "MOD", "LOG",
     "RANDBETWEEN", "QUARTILE", "PERCENTILE", "ADDRESS", "CHAR", "WEEKDAY", "DATEDIF", "TRUNC",
     "ISNUMBER", "COUNTIF", "XLOOKUP", "XMATCH", "SEQUENCE", "CEILING", "FLOOR", "INDIRECT",
     "WORKDAY", "NETWORKDAYS", "QUARTILE.INC", "PERCENTILE.INC", "NORM.INV", "NORM.DIST",
     "NORMINV", "FIXED", "{", "DB", "DDB", "VDB", "IRR", "XIRR", "RATE", "PPMT", "IPMT", "PMT")
)  # fmt: skip
_VOLATILE = frozenset(("OFFSET", "INDIRECT", "NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY"))
_NEWER = frozenset(
    ("IFS", "SWITCH", "TEXTJOIN", "CONCAT", "MAXIFS", "MINIFS", "XLOOKUP", "XMATCH", "FILTER",
     "SORT", "SORTBY", "UNIQUE", "SEQUENCE", "RANDARRAY", "LET", "LAMBDA", "IFNA", "XOR", "DAYS",
     "NUMBERVALUE", "FORMULATEXT", "ISFORMULA", "SHEET", "SHEETS", "UNICODE", "UNICHAR",
     "FORECAST.LINEAR", "NORM.DIST", "NORM.INV", "NORM.S.DIST", "NORM.S.INV", "STDEV.S", "STDEV.P",
     "VAR.S", "VAR.P", "PERCENTILE.INC", "PERCENTILE.EXC", "QUARTILE.INC", "RANK.EQ", "RANK.AVG",
     "MODE.SNGL", "T.DIST", "T.INV", "CEILING.MATH", "FLOOR.MATH", "PDURATION", "RRI", "VSTACK",
     "HSTACK", "TAKE", "DROP", "TOCOL", "TOROW", "TEXTSPLIT", "TEXTBEFORE", "TEXTAFTER", "BYROW",
     "BYCOL", "MAP", "REDUCE", "SCAN", "MAKEARRAY", "EXPAND", "CHOOSECOLS", "CHOOSEROWS",
     "WRAPROWS", "WRAPCOLS")
)  # fmt: skip
_UNPREFIXED = frozenset(  # newer than the format, and written in it as they are
    ("AGGREGATE", "NETWORKDAYS.INTL", "WORKDAY.INTL", "TABLE", "ERROR.TYPE", "GETPIVOTDATA",
     "CUBEVALUE", "CUBEMEMBER", "ISO.CEILING", "SUMIFS", "COUNTIFS", "AVERAGEIF", "AVERAGEIFS",
     "IFERROR", "DATEDIF", "FIELDVALUE", "SINGLE", "ANCHORARRAY")
)  # fmt: skip


@rule(
    "number-in-formula", WARNING, FORMULAS,
    why="An assumption inside a formula is not seen, has no unit or source, and is changed in "
    "some copies only.",
    mend="Put it into an input cell with label, unit and source, and refer to that.",
)  # fmt: skip
def number_in_formula(book: Book) -> Iterator[Found]:
    """A formula holds a typed assumption."""
    for group in book.groups:
        typed = [
            token.text for number, token in enumerate(group.shape.tokens)
            if token.kind == "number" and _is_assumption(group.shape, number)
        ]  # fmt: skip
        if typed and not _is_constant(group.shape):
            said = f"{group.text()} holds {', '.join(dict.fromkeys(typed[:5]))}"
            yield Found(group.sheet.name, group.cells, said)


def _is_assumption(shape: Shape, number: int) -> bool:
    token = shape.tokens[number]
    before, after = shape.around(number)
    if token.number in _FREE or before == "^" or _is_power_of_ten(token.number):
        return False
    if after == "%" and token.number in (0, 1, 100):
        return False
    is_whole = token.number == int(token.number) if abs(token.number) < 1e15 else False
    if before in ("=", "<", ">", "<=", ">=", "<>") and is_whole and token.number < 100:
        return False  # a choice or a case
    inside = token.inside
    while inside >= 0:
        call = shape.calls[inside]
        if call.name in _FORM and (is_whole or call.name == "{"):
            return False
        inside = call.inside
    return not (is_whole and 1900 <= token.number <= 2100 and before in ("=", "<", ">", "<=", ">="))


def _is_power_of_ten(number: float) -> bool:
    return number > 0 and abs(log10(number) - round(log10(number))) < 1e-12


def _is_constant(shape: Shape) -> bool:
    """A formula of numbers only, as =1200/12: an input with its working."""
    return not any(one.kind in ("cells", "name", "call", "error") for one in shape.tokens)


@rule(
    "volatile", WARNING, FORMULAS,
    why="It gives another answer each day or each time, or hides from the tracing arrows what it "
    "reads.",
    mend="INDEX for OFFSET and INDIRECT; a dated input for TODAY and NOW; fixed draws for RAND.",
)  # fmt: skip
def volatile(book: Book) -> Iterator[Found]:
    """A formula calls a volatile function."""
    for group in book.groups:
        if used := group.shape.functions & _VOLATILE:
            said = f"{group.text()} calls {', '.join(sorted(used))}"
            yield Found(group.sheet.name, group.cells, said)


@rule(
    "nested-if", NOTE, FORMULAS,
    why="Nobody can say which branch of so many IFs holds in which case.",
    mend="A table and a lookup, or a row for each condition.",
)  # fmt: skip
def nested_if(book: Book) -> Iterator[Found]:
    """IFs stand in each other four deep or more."""
    for group in book.groups:
        deepest = max((_ifs(group.shape, one) for one in group.shape.called("IF")), default=0)
        if deepest >= _MOST_IFS:
            yield Found(group.sheet.name, group.cells, f"{group.text()}: {deepest} IFs deep")


def _ifs(shape: Shape, call: Called) -> int:
    count, inside = 1, call.inside
    while inside >= 0:
        count += shape.calls[inside].name == "IF"
        inside = shape.calls[inside].inside
    return count


@rule(
    "long-formula", NOTE, FORMULAS,
    why="What is longer than a line is not read, only believed.",
    mend="Split it over rows, each with a label.",
)  # fmt: skip
def long_formula(book: Book) -> Iterator[Found]:
    """A formula is longer than 255 characters or deeper than seven calls."""
    for group in book.groups:
        shape = group.shape
        if shape.length > _LONGEST or shape.depth > _DEEPEST:
            said = f"{group.text()}: {shape.length} characters, {shape.depth} calls deep"
            yield Found(group.sheet.name, group.cells, said)


@rule(
    "whole-column", NOTE, FORMULAS,
    why="Whatever is ever typed below, in a note or a total, is computed with.",
    mend="Name the cells in use, or a table's column.",
)  # fmt: skip
def whole_column(book: Book) -> Iterator[Found]:
    """A formula reads whole columns or rows."""
    for group in book.groups:
        boxes = [one.reference.box("", *group.cells[0]) for one in group.shape.references
                 if one.reference is not None]  # fmt: skip
        if any(one.whole for one in boxes):
            yield Found(
                group.sheet.name, group.cells, f"{group.text()} reads a whole column or row"
            )


@rule(
    "error-hidden", WARNING, FORMULAS,
    why="Every error, of a typing slip too, then looks like a number or like nothing.",
    mend="Test for the case that is meant (a blank, a zero), and let other errors show.",
)  # fmt: skip
def error_hidden(book: Book) -> Iterator[Found]:
    """IFERROR turns every error into a number or a blank."""
    for group in book.groups:
        for call in group.shape.called("IFERROR", "IFNA"):
            last = group.shape.alone(call, 1)
            is_empty = len(call.arguments) > 1 and not call.arguments[1]
            if call.name == "IFERROR" and (
                is_empty or (last is not None and last.kind in ("number", "text"))
            ):
                said = f"{group.text()} shows {last.text if last else 'nothing'} for any error"
                yield Found(group.sheet.name, group.cells, said)
                break
        else:
            if any(_shows_tested(group.shape, one) for one in group.shape.called("IF")):
                yield Found(group.sheet.name, group.cells, f"{group.text()} hides any error")


def _shows_tested(shape: Shape, call: Called) -> bool:
    """IF(ISERROR(x), 0, x): a test alone hides nothing."""
    if len(call.arguments) < 3 or not call.arguments[0]:
        return False
    first = shape.tokens[call.arguments[0][0]]
    if first.kind != "call" or first.text.upper() not in ("ISERROR", "ISERR"):
        return False
    tested = [shape.tokens[one].text for one in call.arguments[0][1:]]
    return tested == [shape.tokens[one].text for one in call.arguments[2]]


@rule(
    "reads-blank", WARNING, FORMULAS,
    why="A blank counts as 0: the formula is right only as long as nobody asks.",
    mend="Fill the cell (a 0 too is an answer), or point the formula to the right one.",
)  # fmt: skip
def reads_blank(book: Book) -> Iterator[Found]:
    """A formula computes with a cell in which nothing stands."""
    for group in book.groups:
        wrong: list[tuple[At, str]] = []
        guarded = group.shape.functions & {"ISBLANK", "IFERROR", "COUNTA", "COUNT", "ISNUMBER", "N"}
        for number, token in enumerate(group.shape.tokens):
            if token.reference is None or not token.reference.single or guarded:
                continue
            before, after = group.shape.around(number)
            is_used = any(one in ("*", "/", "^", "-", "+") for one in (before, after))
            if not is_used and len(group.shape.tokens) > 1:
                continue
            for at in group.cells:
                for box in book.token_boxes(group.shape, number, group.sheet, at):
                    if _is_blank(book, box) and not _starts(group, number, at):
                        wrong.append((at, f"{box.sheet}!{box}"))
        if wrong and len({at for at, _ in wrong}) <= max(2, len(group.cells) // 3):
            at, blank = wrong[0]
            said = f"{group.shape.text_at(*at)[:80]} reads {blank}, which is blank"
            yield Found(group.sheet.name, tuple(dict.fromkeys(at for at, _ in wrong)), said)


def _is_blank(book: Book, box: Box) -> bool:
    cell = book.cell(box)
    if cell.value is not None or cell.shape is not None:
        return False
    return not _merged_away(book, box.sheet, box.top, box.left)


def _starts(group: Group, number: int, at: At) -> bool:
    """Whether a chain of copies begins here, each reading the one before: =A1+1, =A2+1."""
    found = group.shape.tokens[number].reference
    if found is None or found.sheet is not None:
        return False
    down, right = found.first.at(*at)
    step = at[0] - down, at[1] - right
    if abs(step[0]) + abs(step[1]) != 1:
        return False
    return (at[0] + step[0], at[1] + step[1]) in group.cells or len(group.cells) == 1


def _merged_away(book: Book, name: str, row: int, column: int) -> bool:
    sheet = book.sheet(name)
    return sheet is None or sheet.merges.holds(name, row, column)


@rule(
    "reads-text", WARNING, FORMULAS,
    why="Arithmetic with a word is #VALUE!, and SUM leaves it out without a word.",
    mend="Point the formula to the number that was meant.",
)  # fmt: skip
def reads_text(book: Book) -> Iterator[Found]:
    """A formula computes with a cell that holds a word."""
    for group in book.groups:
        if group.shape.functions & {"IFERROR", "ISNUMBER", "N", "ISERROR", "ISTEXT"}:
            continue
        wrong: list[tuple[At, str]] = []
        for number, token in enumerate(group.shape.tokens):
            if token.reference is None or not token.reference.single:
                continue
            before, after = group.shape.around(number)
            if not any(one in ("*", "/", "^", "-", "+") for one in (before, after)):
                continue
            if "&" in (before, after):
                continue
            for at in group.cells:
                for box in book.token_boxes(group.shape, number, group.sheet, at):
                    cell = book.cell(box)
                    if cell.text and cell.shape is None and not _NUMBER.fullmatch(cell.text):
                        wrong.append((at, f"{box.sheet}!{box} ({short(cell.text, 30)!r})"))
        if wrong:
            at, text = wrong[0]
            said = f"{group.shape.text_at(*at)[:80]} computes with {text}"
            yield Found(group.sheet.name, tuple(dict.fromkeys(at for at, _ in wrong)), said)


_NUMBER = re.compile(r"[-+]?[$€£]?\s*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*%?|\.\d+")


@rule(
    "zero-divisor", WARNING, FORMULAS,
    why="It is #DIV/0! as soon as the cell is really read, or it hides behind an IFERROR.",
    mend="Test the divisor, and say what holds where it is 0.",
)  # fmt: skip
def zero_divisor(book: Book) -> Iterator[Found]:
    """A formula divides by a cell that is blank or 0."""
    for group in book.groups:
        if "IF" in group.shape.functions:
            continue
        wrong: list[tuple[At, str]] = []
        for number, token in enumerate(group.shape.tokens):
            if token.reference is None or not token.reference.single:
                continue
            if group.shape.around(number)[0] != "/" or group.shape.around(number)[1] in ("^", ":"):
                continue
            for at in group.cells:
                for box in book.token_boxes(group.shape, number, group.sheet, at):
                    cell = book.cell(box)
                    if cell.value in (None, 0.0) and not (cell.shape and cell.value is None):
                        wrong.append((at, f"{box.sheet}!{box}"))
        if wrong:
            said = f"{group.shape.text_at(*wrong[0][0])[:80]} divides by {wrong[0][1]}, which is 0"
            yield Found(group.sheet.name, tuple(dict.fromkeys(at for at, _ in wrong)), said)


@rule(
    "npv-first-flow", WARNING, FORMULAS,
    why="NPV() takes its first flow as one period away: today's outlay is discounted by a year.",
    mend="Leave the first flow out of NPV() and add it: =B5+NPV(rate, C5:H5).",
)  # fmt: skip
def npv_first_flow(book: Book) -> Iterator[Found]:
    """NPV() discounts the flow of today."""
    for group in book.groups:
        for call in group.shape.called("NPV"):
            if len(call.arguments) < 2 or len(call.arguments[1]) != 1:
                continue
            wrong = []
            for at in group.cells:
                for box in book.token_boxes(group.shape, call.arguments[1][0], group.sheet, at):
                    sheet = book.sheet(box.sheet)
                    if sheet is None or box.single:
                        continue
                    numbers = [one.number for _, one in sheet.filled(box) if one.number is not None]
                    is_outlay = len(numbers) > 2 and numbers[0] < 0 < min(numbers[1:])
                    first = sheet.at(box.top - 1, box.left) if box.top > 1 else sheet.at(1, 1)
                    left = sheet.at(box.top, box.left - 1) if box.left > 1 else sheet.at(1, 1)
                    heads = first if box.top == box.bottom else left
                    if is_outlay or (heads.number == 0 and numbers):
                        wrong.append(at)
            if wrong:
                said = f"{group.text()} discounts its first flow, which is of period 0"
                yield Found(group.sheet.name, tuple(wrong), said)


@rule(
    "no-prefix", ERROR, FORMULAS,
    why="Excel shows #NAME? until somebody types the formula again.",
    mend="Write it with the prefix _xlfn., as the file format asks for newer functions.",
)  # fmt: skip
def no_prefix(book: Book) -> Iterator[Found]:
    """A function newer than the file format stands without its prefix."""
    for group in book.groups:
        bare = {one.name for one in group.shape.calls
                if one.name in _NEWER and one.written.upper() == one.name}  # fmt: skip
        if bare:
            said = f"{group.text()} calls {', '.join(sorted(bare))} without _xlfn."
            yield Found(group.sheet.name, group.cells, said)


@rule(
    "unknown-function", WARNING, FORMULAS,
    why="No spreadsheet program knows it: it needs an add-in or macros that are not in the file.",
    mend="Put the value in as an input, or write the formula with functions of Excel.",
)  # fmt: skip
def unknown_function(book: Book) -> Iterator[Found]:
    """A formula calls a function that Excel does not have."""
    has_code = any(re.search("(?i)vbaproject", one) for one in book.parts)
    named = {one.name.upper() for one in book.names}
    for group in book.groups:
        unknown = sorted(
            one.written for one in group.shape.calls
            if one.name not in "({" and one.name not in FORMULAE
            and one.name not in _NEWER | _UNPREFIXED | named
            and not one.written.upper().startswith("_XL") and "." not in one.name
        )  # fmt: skip
        if unknown and not has_code:
            yield Found(group.sheet.name, group.cells, f"{group.text()} calls {unknown[0]}()")


@rule(
    "same-branches", WARNING, FORMULAS,
    why="The IF decides nothing: one of its branches was never written.",
    mend="Write the other branch, or take the IF away.",
)  # fmt: skip
def same_branches(book: Book) -> Iterator[Found]:
    """Both branches of an IF are the same."""
    for group in book.groups:
        for call in group.shape.called("IF"):
            if len(call.arguments) != 3 or not call.arguments[1]:
                continue
            one, other = (
                [group.shape.tokens[at] for at in call.arguments[place]] for place in (1, 2)
            )
            if [(a.text, a.reference) for a in one] == [(b.text, b.reference) for b in other]:
                yield Found(group.sheet.name, group.cells, f"{group.text()}: IF decides nothing")
                break


@rule(
    "number-in-quotes", WARNING, FORMULAS,
    why="A number in quotes is a text: sums leave it out, comparisons with numbers fail.",
    mend='Take the quotes away: 0, not "0".',
)  # fmt: skip
def number_in_quotes(book: Book) -> Iterator[Found]:
    """An IF gives a number in quotes."""
    for group in book.groups:
        for call in group.shape.called("IF", "IFERROR", "IFS"):
            for place in range(1, len(call.arguments)):
                token = group.shape.alone(call, place)
                if token is not None and re.fullmatch(r'"-?\d+(\.\d+)?"', token.text):
                    said = f"{group.text()} gives {token.text} as a text"
                    yield Found(group.sheet.name, group.cells, said)
                    break
            else:
                continue
            break


@rule(
    "circular", ERROR, FORMULAS,
    why="No order of calculation gives an answer: what is shown depends on where it began.",
    mend="Solve it in closed form, or take last period's balance.",
)  # fmt: skip
def circular(book: Book) -> Iterator[Found]:
    """Formulas read each other in a circle."""
    for circle in circles(book):
        places = {one.place: one for one in book.sheets}
        by_sheet: dict[int, list[At]] = {}
        for place, at in circle:
            by_sheet.setdefault(place, []).append(at)
        first = circle[0]
        named = f"{places[first[0]].name}!{cell_name(first[1])}"
        for place, cells in by_sheet.items():
            said = f"{len(circle):,} cells read each other in a circle, {named} among them"
            if len(circle) == 1:
                said = (
                    f"{Group(places[place], _shape(book, first), (first[1],)).text()} reads itself"
                )
            yield Found(places[place].name, tuple(cells), said)


def _shape(book: Book, at: tuple[int, At]) -> Shape:
    sheet = next(one for one in book.sheets if one.place == at[0])
    shape = sheet.cells[at[1]].shape
    assert shape is not None
    return shape

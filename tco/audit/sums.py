"""What simple formulas come to: sums, links and one operation between two cells."""

from __future__ import annotations

import math
from functools import lru_cache

from tco.audit.book import At, Book, Cell, Sheet
from tco.audit.formula import Box, Shape

_MOST = 20_000  # cells of a range that is added up
_MOST_IN_ALL = 5_000_000  # a second or two


def computed(book: Book, sheet: Sheet, at: At) -> tuple[float, float] | None:
    """What a simple formula comes to, and how large its largest term is; None if it is not simple.

    Simple are terms joined by + and -, each a cell, a number, SUM of ranges, or two factors of
    such joined by * or /.
    """
    shape = sheet.cells[at].shape
    if shape is None or not _is_simple(shape):
        return None
    total, size, sign = 0.0, 0.0, 1.0
    factor: float | None = None
    operator = ""
    number = 0
    while number < len(shape.tokens):
        token = shape.tokens[number]
        if token.kind == "sign":
            if token.text in "+-":
                if factor is not None:
                    total += sign * factor
                    sign, factor, operator = 1.0, None, ""
                sign = -sign if token.text == "-" else sign
            else:
                operator = token.text
            number += 1
            continue
        value = _value(book, shape, number, sheet, at)
        if value is None:
            return None
        amount, largest = value
        if operator == "/" and not amount:
            return None
        if factor is None:
            factor = amount
        else:
            factor = factor * amount if operator == "*" else factor / amount
        size = max(size, largest, abs(factor))
        number = (
            shape.calls[_call_at(shape, number)].end + 1 if token.kind == "call" else number + 1
        )
    if factor is None:
        return None
    total += sign * factor
    return (total, max(size, abs(total))) if math.isfinite(total) else None


@lru_cache(maxsize=4096)
def _simple(kinds: tuple[tuple[str, str], ...]) -> bool:
    """Whether a formula is of terms and factors only, in that order."""
    expects = True  # a value comes next
    for kind, text in kinds:
        if kind == "value":
            if not expects:
                return False
            expects = False
        elif text in ("+", "-"):
            expects = True
        elif text in ("*", "/"):
            if expects:
                return False
            expects = True
        else:
            return False
    return not expects and bool(kinds)


def _is_simple(shape: Shape) -> bool:
    kinds: list[tuple[str, str]] = []
    number = 0
    while number < len(shape.tokens):
        token = shape.tokens[number]
        if token.kind == "call":
            call = shape.calls[_call_at(shape, number)]
            if call.name != "SUM" or call.end < 0:
                return False
            for argument in call.arguments:
                one = shape.tokens[argument[0]] if len(argument) == 1 else None
                if one is None or one.reference is None or one.reference.outside:
                    return False
            kinds.append(("value", ""))
            number = call.end + 1
            continue
        if token.kind == "cells":
            found = token.reference
            if found is None or not found.single or found.outside:
                return False
            kinds.append(("value", ""))
        elif token.kind == "number":
            kinds.append(("value", ""))
        elif token.kind == "sign" and token.text in "+-*/":
            # a sign after * or / binds closer than terms do
            if token.text in "+-" and kinds and kinds[-1][1] in ("*", "/"):
                return False
            kinds.append(("sign", token.text))
        else:
            return False
        number += 1
    return len(kinds) < 200 and _simple(tuple(kinds))


def _call_at(shape: Shape, number: int) -> int:
    return next(at for at, one in enumerate(shape.calls) if one.token == number)


def _value(
    book: Book, shape: Shape, number: int, sheet: Sheet, at: At
) -> tuple[float, float] | None:
    token = shape.tokens[number]
    if token.kind == "number":
        return token.number, abs(token.number)
    if token.kind == "call":
        call = shape.calls[_call_at(shape, number)]
        total, size = 0.0, 0.0
        for argument in call.arguments:
            for box in book.token_boxes(shape, argument[0], sheet, at):
                added = _added(book, box)
                if added is None:
                    return None
                total, size = total + added[0], max(size, added[1])
        return total, size
    box = book.token_boxes(shape, number, sheet, at)[0]
    if book.sheet(box.sheet) is None:
        return None
    cell = book.cell(box)
    if cell.value is None and cell.shape is None:
        return 0.0, 0.0
    amount = _amount(cell)
    return None if amount is None else (amount, abs(amount))


def _amount(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell.value, bool) else cell.number


def _added(book: Book, box: Box) -> tuple[float, float] | None:
    """The sum of a box's numbers; None where one shows an error or has no value."""
    sheet = book.sheet(box.sheet)
    if sheet is None or box.size > _MOST or book.work > _MOST_IN_ALL:
        return None
    book.work += box.size
    total, size = 0.0, 0.0
    for _, cell in sheet.filled(box):
        if cell.is_error or (cell.shape is not None and cell.value is None):
            return None
        if cell.number is not None:
            total, size = total + cell.number, max(size, abs(cell.number))
    return total, size

"""A request as a workbook for vendors: conditions, items with cells to fill, how it is compared.

Nothing in it comes from prices, rates or assumptions: it is drawn from a `Request` alone. Cells
that an answer is read by have defined names, and lines carry their names in hidden columns, so
that rows may be moved, columns put between and sheets renamed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from tco import __version__
from tco.tender.asked import Condition, Item, Request
from tco.tender.columns import BUY, CURRENCIES, Column
from tco.tender.words import COMPARED, HOW_TO_FILL
from tco.workbook.cells import Book, Rule, Sheet, address, height
from tco.workbook.names import legal
from tco.workbook.package import to_bytes

CONDITIONS, ITEMS, COMPARISON = "Conditions", "Items", "Comparison"
HEAD_ROW, FIRST_ROW = 4, 5
NAME = "rfq_"  # before every defined name
OFFER, BREAK, ALTERNATE = "offer", "break", "alternate"
BREAKS, ALTERNATES, RENT_LINES = 3, 2, 6
# Columns of the conditions; what an answer is held to stands hidden behind them.
LABEL, WISHED, ANSWER, REMARK, KEY, HELD_TO, SAID = range(1, 8)
WHO, CONTACT = "who", "contact"
# Before the key of a condition: where its wish stands, what it is held to, and its words as sent.
WISH_OF, HELD_OF, SAID_OF, REMARK_OF, ALL_OF = "wish_", "held_", "said_", "remark_", "all_"
_YELLOW = "input:text"


@dataclass(frozen=True)
class Line:
    """One line of the items: its hidden name, its number, what it is for, and its item."""

    key: str
    number: str
    what: str
    item: Item


def lines_of(request: Request) -> Iterator[Line]:
    """The lines that a vendor fills, in order."""
    for at, item in enumerate(request.items, 1):
        if request.side.name != BUY:
            for number in range(1, RENT_LINES + 1):
                yield Line(f"{item.key}/{OFFER}{number}", f"{at}.{number}", "Offer", item)
            continue
        yield Line(f"{item.key}/{OFFER}", str(at), "Offer", item)
        for number in range(1, BREAKS + 1):
            yield Line(f"{item.key}/{BREAK}{number}", f"{at}.{number}", "Price break", item)
        for number in range(1, ALTERNATES + 1):
            letter = "AB"[number - 1]
            yield Line(f"{item.key}/{ALTERNATE}{letter}", f"{at}.{letter}", "Alternate", item)


def request_bytes(request: Request) -> bytes:
    """The .xlsx of a request; the same request and version give the same bytes."""
    return to_bytes(request_book(request))


def request_mark(request: Request) -> str:
    """What one request is told from another by: a hash of what it says to everybody."""
    said = "\n".join(map(repr, (request.side.name, request.items, request.conditions)))
    return hashlib.sha256(said.encode()).hexdigest()


def request_book(request: Request) -> Book:
    """The book of a request."""
    names: dict[str, str] = {}
    mark = request_mark(request)
    sheets = [_conditions(request, names), _items(request, names), _comparison(request)]
    return Book(
        title=f"Request for quotation: {request.title}",
        subject="Request for quotation",
        description="Fill the yellow cells and send it back.",
        sheets=sheets,
        names=legal(dict(sorted(names.items()))),
        properties={"tco_version": __version__, "request": mark},
        mark="request",
    )


# ---- conditions ----------------------------------------------------------------------------------


def _conditions(request: Request, names: dict[str, str]) -> Sheet:
    sheet = Sheet(CONDITIONS, one_page=True, hidden=frozenset((KEY, HELD_TO, SAID)))
    sheet.widths = {LABEL: 30, WISHED: 62, ANSWER: 24, REMARK: 42, KEY: 12, HELD_TO: 12, SAID: 12}
    _head(sheet, request, "what is wished, and what your offer says for all of its lines",
          ("Condition", "What is wished", "Your offer", "Your remarks"))  # fmt: skip
    row = _about_vendor(sheet, request, names)
    sheet.sections.append(row)
    _band(sheet, row, "Conditions", REMARK)
    for one in request.conditions:
        row += 1
        _condition(sheet, row, request, one, names)
    row += 2
    _band(sheet, row, "How to fill it", REMARK)
    for said in HOW_TO_FILL[request.side.name]:
        row += 1
        _sentence(sheet, row, said, (LABEL, REMARK))
    return sheet


def _about_vendor(sheet: Sheet, request: Request, names: dict[str, str]) -> int:
    """Who answers, which each answer has to say; returns the next free row."""
    _band(sheet, FIRST_ROW, "Your company", REMARK)
    asked = (
        (request.side.who, "Company", "The name under which you offer"),
        (CONTACT, "Contact", "Who answers questions, and how"),
    )
    for row, (key, label, said) in enumerate(asked, FIRST_ROW + 1):
        _row(sheet, row, label, said)
        sheet.put(row, ANSWER, None, _YELLOW)
        sheet.put(row, KEY, key, "key")
        name = WHO if key == request.side.who else key
        names[f"{NAME}{name}"] = f"{CONDITIONS}!{address(row, ANSWER, fixed='rc')}"
    return FIRST_ROW + len(asked) + 2


def _condition(
    sheet: Sheet, row: int, request: Request, one: Condition, names: dict[str, str]
) -> None:
    _row(sheet, row, one.label, one.words)
    sheet.put(row, KEY, one.key, "key")
    sheet.put(row, HELD_TO, one.wished, "key")
    sheet.put(row, SAID, one.words, "key")
    sheet.put(row, REMARK, None, _YELLOW)
    places = {WISH_OF: WISHED, HELD_OF: HELD_TO, SAID_OF: SAID, REMARK_OF: REMARK}
    for before, column_number in places.items():
        place = address(row, column_number, fixed="rc")
        names[f"{NAME}{before}{one.key}"] = f"{CONDITIONS}!{place}"
    if one.column:
        column = request.side.column(one.column)
        sheet.put(row, ANSWER, None, column.look)
        _validate(sheet, address(row, ANSWER), column)
        names[f"{NAME}{ALL_OF}{one.column}"] = f"{CONDITIONS}!{address(row, ANSWER, fixed='rc')}"


def _row(sheet: Sheet, row: int, label: str, said: str) -> None:
    sheet.put(row, LABEL, label, "labelwrap")
    sheet.put(row, WISHED, said, "plain")
    sheet.put(row, ANSWER, None, "blank")
    sheet.put(row, REMARK, None, "blank")
    sheet.heights[row] = max(20.0, height((said, sheet.widths[WISHED])))


# ---- items ---------------------------------------------------------------------------------------

_NUMBER, _WHAT, _SPECIFICATION, _QUANTITY, _UNIT, _FIRST = range(1, 7)
_ASKED = ("Line", "For", "Specification", "Quantity", "Unit")
_WIDTHS = (6, 12, 40, 9, 9)
NAMED = {"line": _NUMBER, "specification": _SPECIFICATION, "quantity": _QUANTITY}


def _items(request: Request, names: dict[str, str]) -> Sheet:
    columns = request.side.columns
    hidden = _FIRST + len(columns)
    sheet = Sheet(ITEMS, hidden=frozenset(range(hidden, hidden + 3)))
    sheet.widths = dict(enumerate((*_WIDTHS, *(one.width for one in columns), 18, 10, 30), 1))
    heads = (*_ASKED, *(one.heading for one in columns), "", "", "")
    _head(sheet, request, "fill the yellow cells; an empty one is as on Conditions", heads)
    sheet.heights[HEAD_ROW] = 54
    sheet.freeze = f"D{FIRST_ROW}"
    row, last = FIRST_ROW, None
    for line in lines_of(request):
        if line.item is not last:
            sheet.sections.append(row)
            number = line.number.partition(".")[0]
            _band(sheet, row, f"{number}  {line.item.label}", hidden - 1)
            row, last, first = row + 1, line.item, True
        _line(sheet, row, line, columns, first=first)
        row, first = row + 1, False
    keys = {**NAMED, **{one.key: _FIRST + at for at, one in enumerate(columns)},
            "name": hidden, "asked_quantity": hidden + 1,
            "asked_specification": hidden + 2}  # fmt: skip
    for key, column in keys.items():
        names[f"{NAME}{key}"] = f"{ITEMS}!{address(HEAD_ROW, column, fixed='rc')}"
    return sheet


def _line(sheet: Sheet, row: int, line: Line, columns: tuple[Column, ...], *, first: bool) -> None:
    hidden = _FIRST + len(columns)
    sheet.put(row, _NUMBER, line.number, "unit")
    sheet.put(row, _WHAT, line.what, "labelwrap")
    asked = (line.item.specification, line.item.quantity, line.item.unit) if first else (None,) * 3
    sheet.put(row, _SPECIFICATION, asked[0], "plain")
    sheet.put(row, _QUANTITY, asked[1], "calc:count" if first else "blank")
    sheet.put(row, _UNIT, asked[2], "unitafter")
    for at, column in enumerate(columns, _FIRST):
        if column.key == "alternate" and line.what != "Alternate":
            sheet.put(row, at, None, "blank")
            continue
        # A price is of the quantity asked for, until its vendor says from which one it holds.
        quantity = line.item.quantity if first and column.key == "min_quantity" else None
        sheet.put(row, at, quantity, column.look)
        _validate(sheet, address(row, at), column)
    sheet.put(row, hidden, line.key, "key")
    if first:
        sheet.put(row, hidden + 1, line.item.quantity, "key")
        sheet.put(row, hidden + 2, line.item.specification, "key")
    sheet.heights[row] = max(20.0, height((asked[0], sheet.widths[_SPECIFICATION])))


def _validate(sheet: Sheet, where: str, column: Column) -> None:
    """A list to choose from; a currency that is not in it may be written beside the price."""
    if not column.options:
        return
    listed = ",".join(column.options)
    error = f"Choose one of the list: {', '.join(column.options)}."
    if column.options == CURRENCIES:
        error = "Choose a currency; write another one beside the price, as in 400 000 RON."
    sheet.rules.append(Rule(where, "list", f'"{listed}"', title=column.heading[:32], error=error))


# ---- how it is compared, and what all sheets share -----------------------------------------------


def _comparison(request: Request) -> Sheet:
    sheet = Sheet(COMPARISON, one_page=True)
    sheet.widths = {1: 30, 2: 118}
    _head(sheet, request, "how answers are laid side by side", ("What", "How"))
    for row, (label, said) in enumerate(COMPARED[request.side.name], FIRST_ROW):
        sheet.put(row, 1, label, "labelwrap")
        sheet.put(row, 2, said, "plain")
        sheet.heights[row] = max(20.0, height((said, sheet.widths[2])))
    return sheet


def _head(sheet: Sheet, request: Request, purpose: str, headings: tuple[str, ...]) -> None:
    sheet.put(1, 1, f"Request for quotation: {sheet.title.lower()}", "title")
    if sheet.title == COMPARISON:  # not a figure on it, and nothing to fill
        sheet.put(2, 1, f"{purpose[:1].upper()}{purpose[1:]}, in words", "subtitle")
    else:
        sheet.put(2, 1, f"{request.title}: {purpose}", "subtitle")
        sheet.put(3, 1, "to fill", "keyinput")
    for column, heading in enumerate(headings, 1):
        if heading:
            sheet.put(HEAD_ROW, column, heading, "head")
    sheet.heights[HEAD_ROW] = 26
    sheet.freeze = f"A{FIRST_ROW}"


def _band(sheet: Sheet, row: int, said: str, last: int) -> None:
    for column in range(1, last + 1):
        sheet.put(row, column, said if column == 1 else None, "section")
    sheet.heights[row] = 20


def _sentence(sheet: Sheet, row: int, said: str, columns: tuple[int, int]) -> None:
    sheet.put(row, columns[0], said, "noteflow")

"""Reading a filled request: rows moved or put between, sheets renamed, names lost on the way.

Cells are found by defined names, lines by their hidden names; where a program dropped those, by
the headings. What is filled and nobody asked for is told, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tco.errors import mistake
from tco.quantities import is_date
from tco.tender.answers import Answer, Offer, Typed, name_whoever_offers, read_offer
from tco.tender.asked import Item, Request
from tco.tender.columns import BUY, INCOTERMS, RENT
from tco.tender.filled import Filled, Spot
from tco.tender.meaning import in_digits
from tco.tender.requestbook import (
    ALL_OF,
    ALTERNATE,
    BREAK,
    CONTACT,
    HELD_OF,
    NAME,
    NAMED,
    OFFER,
    REMARK_OF,
    SAID_OF,
    WHO,
    WISH_OF,
    lines_of,
    request_book,
)

_LEAST_HEADINGS = 4  # by which a row is taken for the head of the items
_ASKED = ("name", "asked_quantity", "asked_specification")
_OF_ITSELF = ("price", "min_quantity", "alternate", "meets", "note")  # of a line, for it alone


def side_of(filled: Filled) -> str:
    """Which request a workbook answers: to buy or to rent; "" where it is none of ours."""
    names = {name.removeprefix(NAME) for name in filled.names if name.startswith(NAME)}
    if "commitment" in names:
        return RENT
    if "incoterm" in names:
        return BUY
    heads = {str(value).strip().casefold() for value in filled.cells.values()}
    if "price of a gpu-hour, before tax" in heads:
        return RENT
    return BUY if "price of one, before tax" in heads else ""


def workbook_answer(path: Path, filled: Filled, request: Request, vendor: str) -> Answer:
    """What a filled request answers.

    Raises `Mistakes` where nobody says who offers, or nothing is offered.
    """
    reader = _Reader(Answer(path.name, request), filled, request)
    return reader.read(path, vendor)


@dataclass
class _Reader:
    """Reads one workbook; `taken` are the cells that were read or are ours."""

    answer: Answer
    filled: Filled
    request: Request
    taken: set[Spot] = field(default_factory=set)

    def read(self, path: Path, vendor: str) -> Answer:
        """Everything that the workbook says."""
        self.answer.wished = self._wished()
        heads = self._heads()
        if "price" not in heads:
            raise mistake(
                str(path), "no heading of a price is found in this workbook, so no offer is",
                "Ask for the request as it was sent, filled.",
            )  # fmt: skip
        general = self._general()
        lines = list(_lines(self, heads))
        self._compare_conditions()
        self._read_lines(lines, general)
        who = self._who(path, vendor)
        notes = self._notes()
        for offer in self.answer.offers:
            name_whoever_offers(self.answer, offer, who)
            offer.notes += notes
        self._tell_what_is_left()
        if not self.answer.offers:
            raise mistake(str(path), "nothing is offered in this workbook: no line is filled",
                          "Ask for the request as it was sent, filled.")  # fmt: skip
        return self.answer

    # ---- what holds for all lines ----------------------------------------------------------------

    def at(self, name: str) -> tuple[Spot | None, float | str | None]:
        """The cell that a name leads to, and what it says."""
        spot = self.filled.names.get(f"{NAME}{name}".casefold())
        if spot is not None:
            self.taken.add(spot)
        return spot, self.filled.get(spot)

    def _who(self, path: Path, vendor: str) -> Typed:
        spot, said = self.at(WHO)
        if said is None:
            spot, said = self._right_of("Company")
        if said is not None and not vendor:
            return Typed(said, str(spot))
        if vendor:
            return Typed(vendor, "--vendor")
        raise mistake(str(path), "nobody says who offers: the cell beside Company is empty",
                      "Add for example: --vendor \"Vendor A\"")  # fmt: skip

    def _right_of(self, label: str, *, past: int = 2) -> tuple[Spot | None, float | str | None]:
        """What stands beside a label, where its name is lost: in the column of the offer."""
        rows = {(spot.sheet, spot.row): spot for spot in reversed(self.filled.cells)}
        for spot in reversed(rows.values()):  # the first cell of each row
            if self.filled.cells[spot] == label:
                beside = Spot(spot.sheet, spot.row, spot.column + past)
                if (said := self.filled.get(beside)) is not None:
                    self.taken.add(beside)
                    return beside, said
        return None, None

    def _general(self) -> dict[str, Typed]:
        found = {}
        for one in self.request.conditions:
            if not one.column:
                continue
            spot, said = self.at(f"{ALL_OF}{one.column}")
            if spot is None:
                spot, said = self._right_of(one.label)
            if said is not None:
                found[one.column] = Typed(said, str(spot), own=False)
        return found

    def _wished(self) -> dict[str, float | str | None]:
        """What an answer is held to: as the request was sent, else as it would be now."""
        found: dict[str, float | str | None] = {}
        for one in self.request.conditions:
            if one.column:
                _, held = self.at(f"{HELD_OF}{one.key}")
                found[one.column] = held if _is_wish(one.column, held) else one.wished
        return found

    def _compare_conditions(self) -> None:
        for one in self.request.conditions:
            spot, wish = self.at(f"{WISH_OF}{one.key}")
            _, said = self.at(f"{SAID_OF}{one.key}")
            if spot is not None and said is not None and wish != said:
                changed = f"changed from “{said}” to “{wish or ''}”"
                self.answer.tell(str(spot), f"condition {one.label}: {changed}")

    def _notes(self) -> list[str]:
        found = []
        if (said := self.at(CONTACT)[1]) is not None:
            found.append(f"contact: {_plain(said)}")
        for one in self.request.conditions:
            spot, said = self.at(f"{REMARK_OF}{one.key}")
            if said is not None:
                found.append(f"{one.label}: {_plain(said)}")
                self.answer.tell(str(spot), f"remark on {one.label}: {_plain(said)}")
        return found

    # ---- lines -----------------------------------------------------------------------------------

    def _heads(self) -> dict[str, Spot]:
        """Where each column of the items is headed."""
        keys = (*NAMED, *_ASKED, *(one.key for one in self.request.side.columns))
        found = {key: spot for key in keys if (spot := self.at(key)[0]) is not None}
        sheets = [spot.sheet for spot in found.values()]
        if sheets:
            sheet = max(sheets, key=sheets.count)
            rows = [spot.row for spot in found.values() if spot.sheet == sheet]
            row = max(rows, key=rows.count)
            found = {key: spot for key, spot in found.items()
                     if (spot.sheet, spot.row) == (sheet, row)}  # fmt: skip
        return {**self._by_headings(), **found}

    def _by_headings(self) -> dict[str, Spot]:
        known = {one.heading.casefold(): one.key for one in self.request.side.columns}
        known |= {"line": "line", "specification": "specification", "quantity": "quantity"}
        for sheet in self.filled.sheets:
            for row, cells in self.filled.rows(sheet):
                found = {known[text]: Spot(sheet, row, column) for column, value in cells.items()
                         if (text := str(value).casefold()) in known}  # fmt: skip
                if len(found) >= _LEAST_HEADINGS and "price" in found:
                    self.taken.update(found.values())
                    return found
        return {}

    def _read_lines(self, lines: list[_Line], general: dict[str, Typed]) -> None:
        """Every line that is filled is an offer; a price break is as its offer but for itself."""
        first: dict[str, dict[str, Typed]] = {}
        for line in lines:
            self._compare_asked(line)
            if not line.filled:
                continue
            if set(line.typed) == {"note"}:
                said = _plain(line.typed["note"].value)
                self.answer.tell(line.place, f"a remark and no offer: {said}")
                continue
            typed = {**general, **line.typed}
            if line.kind == BREAK and self.request.side.name == BUY:
                shared = {key: one for key, one in first.get(line.item.key, {}).items()
                          if key not in _OF_ITSELF}  # fmt: skip
                typed = {**general, **shared, **line.typed}
            elif line.kind == OFFER:
                first.setdefault(line.item.key, line.typed)
            if line.kind == ALTERNATE and "alternate" not in typed:
                typed["alternate"] = Typed("alternate", line.place)
                self.answer.tell(line.place, "an alternate without a word what it is")
            self._offer(line, typed)
        self._tell_unoffered(lines)
        self._tell_unused(lines, general)

    def _offer(self, line: _Line, typed: dict[str, Typed]) -> None:
        if line.added:
            what = f"alternate “{typed['alternate'].value}”" if "alternate" in typed else "line"
            self.answer.tell(line.place, f"an added {what}, taken for one of {line.item.label}")
        item = line.item.key if self.request.side.name == BUY else ""
        offer = read_offer(self.answer, line.place, typed, item)
        offer.notes += line.notes
        if line.respecified and "alternate" not in offer.values:
            offer.fails(line.respecified)
        if "note" in offer.values:
            offer.notes.insert(0, offer.values.pop("note"))
        least = float(offer.values.get("min_quantity", offer.values.get("min_gpus", "0")))
        if least > line.item.quantity and line.kind != BREAK:
            self.answer.tell(line.place, f"only from {least:,.6g}; {line.item.quantity:,} were "
                             "asked for")  # fmt: skip
        self._refuse_twins(offer)
        self.answer.offers.append(offer)

    def _refuse_twins(self, offer: Offer) -> None:
        """Two offers of one quantity: which one holds, nobody can say."""
        keys = (*self.request.side.series, "alternate", "min_quantity", "term_months", "min_gpus")

        def named(one: Offer) -> tuple[str, ...]:
            return tuple(one.values.get(key, "") for key in keys)

        for other in self.answer.offers:
            if named(other) == named(offer):
                said = f"a second offer of the same as {other.place}: say from which quantity"
                offer.lacks.append(said)
                self.answer.tell(offer.place, said)
                return

    def _compare_asked(self, line: _Line) -> None:
        """What a vendor changed in what was asked."""
        for key, told in (("quantity", "quantity"), ("specification", "specification")):
            said, asked = line.asked.get(key), line.asked.get(f"asked_{key}")
            today = _plain(getattr(line.item, key))
            was = _plain(asked.value) if asked else today if line.is_first else ""
            if not was:
                if said is not None:
                    self._take_what_was_not_asked(line, key, said)
                continue
            if was != today:
                since = f"the {told} asked for was “{was}”; it is “{today}” in the scenario now"
                self.answer.tell(line.place, since)
            if said is None or _plain(said.value) != was:
                now = "nothing" if said is None else f"“{_plain(said.value)}”"
                place = line.place if said is None else said.place
                self.answer.tell(place, f"changed {told}: {now}, “{was}” was asked for")
                line.notes.append(f"changed {told}: {now}")
                if key == "specification" and self.request.side.name == BUY:
                    line.respecified = f"changed specification: {now}"
                if key == "quantity" and said is not None:
                    self._follow_quantity(line, said, was)

    def _follow_quantity(self, line: _Line, said: Typed, was: str) -> None:
        """A price of the quantity asked for is of the one that a vendor puts in its place."""
        least = line.typed.get("min_quantity")
        if least is not None and _plain(least.value) == was:
            line.typed["min_quantity"] = said

    def _take_what_was_not_asked(self, line: _Line, key: str, said: Typed) -> None:
        bought = line.filled and self.request.side.name == BUY
        if key == "quantity" and bought and "min_quantity" not in line.typed:
            line.typed["min_quantity"] = said
            told = f"quantity {_plain(said.value)}: read as from this quantity"
            self.answer.tell(said.place, told)
        elif line.filled:
            line.notes.append(f"{key}: {_plain(said.value)}")
            self.answer.tell(said.place, f"{key} “{_plain(said.value)}”: kept in the note")

    def _tell_unoffered(self, lines: list[_Line]) -> None:
        offered = {line.item.key for line in lines if line.filled}
        named = {line.item.key for line in lines if line.known}
        for item in self.request.items:
            if item.key not in named:
                self.answer.tell(self.answer.name, f"the line of {item.label} is gone, or it was "
                                 "not asked for when the request was sent")  # fmt: skip
            elif item.key not in offered:
                self.answer.tell(self.answer.name, f"no offer for {item.label}")

    def _tell_unused(self, lines: list[_Line], general: dict[str, Typed]) -> None:
        """What is said for all lines where each of them says otherwise."""
        offers = [line for line in lines if line.filled]
        for key, typed in general.items():
            if offers and all(key in line.typed for line in offers):
                said = f"“{_plain(typed.value)}” is said for all lines, and each says its own"
                self.answer.tell(typed.place, said)

    # ---- what is left ----------------------------------------------------------------------------

    def _tell_what_is_left(self) -> None:
        """What is filled where nothing was asked: told with its cell, as it is kept nowhere."""
        ours = {_plain(cell.value) for sheet in request_book(self.request).sheets
                for cell in sheet.cells.values() if cell.value is not None}  # fmt: skip
        for spot, value in sorted(self.filled.cells.items()):
            if spot in self.taken or _plain(value) in ours:
                continue
            said, line = f"“{_plain(value)}” stands where nothing was asked", _row_of(spot)
            for offer in self.answer.offers:
                if offer.place == line:
                    offer.notes.append(f"{spot}: {_plain(value)}")
                    said += ", and is kept in the note"
            self.answer.tell(str(spot), said)
        for spot, error in sorted(self.filled.errors.items()):
            self.answer.tell(str(spot), f"this cell shows {error}: taken as empty")


@dataclass
class _Line:
    """One row below the headings: what it is for, what is typed, what was asked in it."""

    place: str
    item: Item
    kind: str
    known: bool
    added: bool
    typed: dict[str, Typed]
    asked: dict[str, Typed]
    notes: list[str] = field(default_factory=list)
    respecified: str = ""  # how its specification is another than what was asked for

    @property
    def filled(self) -> bool:
        """Whether anything is offered in it."""
        return bool(self.typed.keys() - ({"min_quantity"} if self.is_first else set()))

    @property
    def is_first(self) -> bool:
        """Whether the item's quantity and specification stand in it."""
        return self.kind == OFFER and self.known


def _lines(reader: _Reader, heads: dict[str, Spot]) -> Iterator[_Line]:
    """The rows below the headings; one that is not ours belongs to the item above it."""
    request, filled = reader.request, reader.filled
    known = {line.key: line for line in lines_of(request)}
    numbered = {} if "name" in heads else {line.number: line for line in known.values()}
    firsts = {line.item.key: line.key for line in reversed(known.values())}
    sheet, top = heads["price"].sheet, heads["price"].row
    item, seen = request.items[0], set[str]()
    for row, _ in filled.rows(sheet):
        if row <= top:
            continue

        def typed(key: str, row: int = row) -> Typed | None:
            if key not in heads:
                return None
            spot = Spot(sheet, row, heads[key].column)
            reader.taken.add(spot)
            said = filled.get(spot)
            return None if said is None else Typed(said, str(spot))

        name = typed("name") or typed("line")
        line = known.get(str(name.value)) or numbered.get(_plain(name.value)) if name else None
        ours = line is not None and line.key not in seen
        if line is not None:
            item = line.item
            seen.add(line.key)
        found = {column.key: one for column in request.side.columns
                 if (one := typed(column.key)) is not None}  # fmt: skip
        if not found and not ours:
            continue  # a heading of an item, or a row put between and left empty
        asked = {key: one for key in ("quantity", "specification", "asked_quantity",
                                      "asked_specification")
                 if (one := typed(key)) is not None}  # fmt: skip
        if ours and line is not None and line.key != firsts[item.key]:
            asked.pop("asked_quantity", None)
        first = ours and line is not None and line.key == firsts[item.key]
        kind = _kind(line.key if ours and line else "", found)
        place = _row_of(Spot(sheet, row, 1))
        yield _Line(place, item, kind, first, not ours, found, asked)


def _is_wish(column: str, held: float | str | None) -> bool:
    """Whether an answer can be held to it: a vendor may have typed over the hidden cell."""
    if column == "incoterm":
        return held in INCOTERMS
    if column == "valid_until":
        return isinstance(held, str) and is_date(held)
    return isinstance(held, float)


def _row_of(spot: Spot) -> str:
    """How the row of a cell is called."""
    return f"{spot.sheet} row {spot.row}"


def _kind(key: str, typed: dict[str, Typed]) -> str:
    """What a line is for: as we named it, else as it is filled."""
    for kind in (OFFER, BREAK, ALTERNATE):
        if key.rpartition("/")[2].startswith(kind):
            return kind
    return ALTERNATE if "alternate" in typed else BREAK


def _plain(value: object) -> str:
    """A value as text; a number as it is typed."""
    if isinstance(value, bool | int | float):
        return in_digits(float(value))
    return " ".join(str(value).split())

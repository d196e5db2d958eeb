"""Reading quotes from a CSV: a row each, by the columns of the file of quotes or their headings."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tco.catalogue.cells import NUMBER
from tco.catalogue.csvfile import Csv, Row, cell_text, read_csv
from tco.catalogue.hints import near
from tco.errors import Mistake, Mistakes, Place, mistake
from tco.quantities import dates_meant
from tco.quantities.dialects import Dialect, dialect_of, with_commas
from tco.tender.answers import Answer, Offer, Typed, name_whoever_offers, read_offer, take
from tco.tender.asked import Request
from tco.tender.columns import BUY, NO, RENT, SIDES, YES, Column, Side

WAITS = re.compile(r"\[waits: [^\]]*\] ?")  # what stands before the note of a row that waits
# What only a file of quotes has, not a request.
EXTRA = (
    Column("duty_rate", "Duty rate", "number", "share", most=2),
    Column("round", "Round", "number", "count", least=1, most=9_999),
    Column("complies", "Complies", "option", options=(YES, NO)),
    Column("deviation", "Deviation", "text"),
    Column("useful_share", "Useful FLOP/s", "number", "share", above=0, most=100),
)


def side_of_csv(sheet: Csv) -> str:
    """What the rows of a CSV offer: to buy or to rent; "" where its head says neither."""
    heads = set(_heads(sheet))
    if heads & {"provider", "commitment"}:
        return RENT
    return BUY if heads & {"vendor", "item", "incoterm", "price"} else ""


def csv_of(path: Path, content: bytes) -> Csv:
    """A CSV with how its numbers are written. Raises `Mistakes` for what is none."""
    sheet = read_csv(str(path), content)
    texts = {"vendor", "provider", "item", "alternate", "document", "note", "valid_until",
             "currency", "incoterm", "commitment", "complies", "deviation"}  # fmt: skip
    numbers = [at for at, one in enumerate(_heads(sheet)) if one not in texts]
    cells = [row.cells[at].strip() for row in sheet.rows for at in numbers if at < len(row.cells)]
    return Csv(sheet.name, sheet.text, sheet.delimiter, sheet.head, sheet.rows,
               dialect_of(sheet.delimiter, cells))  # fmt: skip


def csv_answer(path: Path, sheet: Csv, request: Request, vendor: str) -> Answer:
    """What the rows of a CSV offer.

    Raises `Mistakes` where a column stands twice, or a row says not who offers or what.
    """
    answer = Answer(path.name, request)
    answer.wished = {one.column: one.wished for one in request.conditions if one.column}
    keys = _keys(sheet, request.side)
    mistakes: list[Mistake] = []
    for row in sheet.rows:
        place = sheet.place(row, 0)
        typed, others = _typed(sheet, row, keys)
        said = typed.pop(request.side.who, None)
        who = Typed(vendor, "--vendor") if vendor else said
        if who is None:
            wrong = f"row {row.number} says not who offers"
            mistakes.append(Mistake(place, wrong, 'Fill the column, or add --vendor "Vendor A".'))
            continue
        offer = _offer(answer, request, place, typed)
        name_whoever_offers(answer, offer, who)
        offer.notes += [f"{head}: {value}" for head, value, _ in others]
        for head, value, where in others:
            answer.tell(where, f"“{value}” in column {head}, which quotes do not have: kept in the "
                        "note")  # fmt: skip
        answer.offers.append(offer)
    if mistakes:
        raise Mistakes(mistakes)
    return answer


def _offer(answer: Answer, request: Request, place: Place, typed: dict[str, Typed]) -> Offer:
    where = f"{Path(place.name).name}:{place.line}"
    item = _item(answer, request, where, typed.pop("item", None))
    extra = {column.key: typed.pop(column.key) for column in EXTRA if column.key in typed}
    offer = read_offer(answer, where, typed, item)
    note = WAITS.sub("", offer.values.pop("note", ""))
    offer.notes[:0] = [note] if note else []
    for column in EXTRA:
        if column.key in extra:
            take(answer, offer, column, extra[column.key])
    if request.side.name == BUY and not item:
        offer.lacks.append("no item")
    return offer


def _item(answer: Answer, request: Request, where: str, said: Typed | None) -> str:
    """The item that a row is of, as the request calls it."""
    if request.side.name != BUY:
        return ""
    if said is None:
        if len(request.items) > 1:
            answer.tell(where, "no item")
            return ""
        answer.tell(where, f"no item: taken for {request.items[0].label}, all that was asked for")
        return request.items[0].key
    name = str(said.value)
    for item in request.items:
        if name.casefold() in (item.key.casefold(), item.label.casefold()):
            return item.key
    return name


# ---- cells ---------------------------------------------------------------------------------------


def _heads(sheet: Csv) -> list[str]:
    return [cell_text(cell).casefold().replace(" ", "_") for cell in sheet.head.cells]


def _keys(sheet: Csv, side: Side) -> list[str]:
    """The column that each cell of a row is of, "" for one that quotes do not have."""
    spelled = {one.heading.casefold().replace(" ", "_"): one.key for one in side.columns}
    known = {*side.head, "meets"}
    keys = [spelled.get(one, one) if spelled.get(one, one) in known else ""
            for one in _heads(sheet)]  # fmt: skip
    for index, key in enumerate(keys):
        if key and key in keys[:index]:
            place = sheet.place(sheet.head, index)
            raise Mistakes([Mistake(place, f"the column {key} stands twice", "Keep one of the "
                                    "two.")])  # fmt: skip
    if "price" not in keys:
        place = sheet.place(sheet.head, 0)
        heads = _heads(sheet)
        hint = near("price", heads) if heads else ""
        raise Mistakes([Mistake(place, "no column is the price", f"{hint}Its columns are: "
                                f"{', '.join(side.head)}.")])  # fmt: skip
    return keys


def _typed(
    sheet: Csv, row: Row, keys: list[str]
) -> tuple[dict[str, Typed], list[tuple[str, str, str]]]:
    """The cells of a row by column, and those that quotes have no column for."""
    found: dict[str, Typed] = {}
    others: list[tuple[str, str, str]] = []
    for index, cell in enumerate(row.cells):
        text = cell_text(cell)
        if not text:
            continue
        where = f"{Path(sheet.name).name}:{row.line}"
        key = keys[index] if index < len(keys) else ""
        if not key:
            head = sheet.head.cells[index] if index < len(keys) else f"{index + 1}"
            others.append((head.strip(), text, where))
        else:
            found[key] = Typed(_as_meant(sheet, key, text), where)
    return found, others


def _as_meant(sheet: Csv, key: str, text: str) -> float | str:
    """A cell as the file's own way to write numbers has it, where it is a plain number."""
    column = next((one for side in SIDES.values() for one in (*side.columns, *EXTRA)
                   if one.key == key), None)  # fmt: skip
    if column is None or column.kind not in ("number", "price", "date"):
        return text
    if column.kind == "date":
        days = dates_meant(text, day_first=True) if sheet.dialect is Dialect.COMMAS else ()
        return days[0] if len(days) == 1 else text
    plain = text if sheet.dialect is Dialect.POINTS and NUMBER.fullmatch(text) else ""
    if sheet.dialect is Dialect.COMMAS:
        plain = with_commas(text, column.unit)
    number = float(plain or "inf")
    return number if math.isfinite(number) else text


def rows_of(sheet: Csv) -> Iterator[Mapping[str, str]]:
    """The rows of a file of quotes as they stand, by the names of its columns."""
    heads = _heads(sheet)
    for row in sheet.rows:
        cells = [cell_text(cell) for cell in row.cells]
        yield dict(zip(heads, [*cells, *[""] * (len(heads) - len(cells))], strict=False))


def not_quotes(path: Path) -> Mistakes:
    """The mistake of a CSV whose head says neither who offers nor what."""
    return mistake(str(path), "this CSV has no column of quotes",
                   f"Its columns are: {', '.join(SIDES[BUY].head)}.")  # fmt: skip

"""Answers: what a filled request says, offer by offer, and everything that is remarkable of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tco.errors import mistake
from tco.tender.asked import Request
from tco.tender.columns import Column
from tco.tender.meaning import Meant, in_digits, meaning, name_of

NOT_AS_SPECIFIED = "not as specified"


@dataclass(frozen=True, order=True)
class Finding:
    """Something to be told of an answer: where it stands, and what it is."""

    place: str
    said: str

    def __str__(self) -> str:
        return f"{self.place}: {self.said}"


@dataclass(frozen=True)
class Typed:
    """What somebody typed into a cell, and where; not `own` is what holds for all lines."""

    value: float | str
    place: str
    own: bool = True


@dataclass
class Offer:
    """One line of an answer.

    Attributes:
        place: where its line stands.
        values: by the columns of the file of quotes.
        lacks: why it cannot be compared yet; nothing where it can.
        notes: what is kept in words.
        unread: the columns that say what cannot be read.
    """

    place: str
    values: dict[str, str] = field(default_factory=dict)
    lacks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def fails(self, why: str) -> None:
        """Put down that it does not meet what is mandatory: it is shown and does not count."""
        said = self.values.get("deviation")
        self.values |= {"complies": "no", "deviation": f"{said}; {why}" if said else why}


@dataclass
class Answer:
    """What one file answers: who offers, the offers, and what is to be told."""

    name: str
    request: Request
    offers: list[Offer] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    wished: Mapping[str, float | str | None] = field(default_factory=dict)

    def tell(self, place: str, said: str) -> None:
        """Remember a finding, once."""
        if (one := Finding(place, said)) not in self.findings:
            self.findings.append(one)

    @property
    def who(self) -> str:
        """Whoever offers, by comma where one file holds answers of several."""
        key = self.request.side.who
        return ", ".join(dict.fromkeys(one.values[key] for one in self.offers))


def read_offer(answer: Answer, place: str, typed: Mapping[str, Typed], item: str = "") -> Offer:
    """The offer of one line, from what is typed in its cells or holds for it; findings are told."""
    side = answer.request.side
    offer = Offer(place)
    if item:
        offer.values["item"] = item
    for column in side.columns:
        if column.key in typed:
            take(answer, offer, column, typed[column.key])
    _settle_currency(answer, offer, typed)
    _settle_specification(answer, offer)
    _find_gaps(answer, offer)
    _compare_with_wishes(answer, offer, typed)
    return offer


def name_whoever_offers(answer: Answer, offer: Offer, typed: Typed) -> None:
    """Put down who makes an offer, as a name that can be looked up.

    Raises `Mistakes` where no name is left of it.
    """
    said = in_digits(typed.value) if isinstance(typed.value, float) else typed.value
    short, whole = name_of(said)
    if not short.strip("–- ."):
        wrong = f"“{said}” is not the name of whoever offers"
        remedy = 'Write it into the file, or add for example: --vendor "Vendor A"'
        raise mistake(answer.name, wrong, remedy)
    offer.values[answer.request.side.who] = short
    if whole:
        answer.tell(typed.place, f"“{whole}” is kept as “{short}”")


def take(answer: Answer, offer: Offer, column: Column, typed: Typed) -> None:
    """Put one cell into an offer: its value, and what is kept and told of it."""
    meant = meaning(column, typed.value)
    if meant.value:
        offer.values[column.key] = meant.value
    label = _label(column)
    if meant.currency:
        offer.values.setdefault(f"currency of {column.key}", meant.currency)
    if meant.beside:
        offer.notes.append(f"{label}: {meant.beside}")
    if meant.why:
        offer.lacks.append(f"{label}: {meant.why}")
        offer.unread.add(column.key)
    parts = [one for one in (meant.why, meant.said, _kept(meant)) if one]
    if meant.why:
        answer.tell(typed.place, f"{label}: {'; '.join(parts)}")
    elif parts:
        answer.tell(typed.place, f"{label} “{typed.value}”: {'; '.join(parts)}")


def _kept(meant: Meant) -> str:
    """What of a cell that is read is kept in words; all of one that is not."""
    return f"“{meant.beside}” is kept in the note" if meant.value and meant.beside else ""


def _label(column: Column) -> str:
    return column.told or column.heading.partition(",")[0].partition(":")[0].lower()


def _settle_currency(answer: Answer, offer: Offer, typed: Mapping[str, Typed]) -> None:
    """What a price says itself leads; where its line says another, nobody decides."""
    named = [offer.values.pop(key) for key in list(offer.values) if key.startswith("currency of ")]
    if len(set(named)) > 1:
        offer.lacks.append(f"prices in {' and '.join(sorted(set(named)))}: write them in one")
        answer.tell(offer.place, offer.lacks[-1])
    elif named and (said := offer.values.get("currency")) not in (None, named[0]):
        wrong = f"the price is in {named[0]}, the currency is {said}"
        if typed["currency"].own:
            answer.tell(typed["currency"].place, wrong)
            offer.lacks.append(wrong)
    if len(set(named)) == 1:
        offer.values["currency"] = named[0]


def _settle_specification(answer: Answer, offer: Offer) -> None:
    """An offer that is not as specified does not count, unless it is named as an alternate."""
    if offer.values.pop("meets", "") != "no":
        return
    if "alternate" in offer.values:
        answer.tell(offer.place, "not as specified, as an alternate")
        offer.notes.append(NOT_AS_SPECIFIED)
    else:
        answer.tell(offer.place, "not as specified, so it does not count")
        offer.fails(NOT_AS_SPECIFIED)


def _find_gaps(answer: Answer, offer: Offer) -> None:
    values = offer.values
    gaps = [_label(one) for one in answer.request.side.columns
            if one.required and one.key not in values and one.key not in offer.unread]  # fmt: skip
    if values.get("commitment") in ("reserved", "block") and "term_months" not in values:
        gaps.append("term")
    for gap in gaps:
        offer.lacks.append(f"no {gap}")
        answer.tell(offer.place, f"no {gap}")
    paid = sum(float(values.get(key, "0")) for key in ("deposit_share", "delivery_share"))
    if paid > 1 + 1e-9:
        offer.lacks.append(f"{paid:.6g} of the price is due before acceptance")
        answer.tell(offer.place, offer.lacks[-1])


# ---- against what was asked ----------------------------------------------------------------------


def _compare_with_wishes(answer: Answer, offer: Offer, typed: Mapping[str, Typed]) -> None:
    """What is offered otherwise than was wished, column by column."""
    wished, values = answer.wished, offer.values

    def place(key: str) -> str:
        return typed[key].place if key in typed else offer.place

    incoterm, asked = values.get("incoterm"), wished.get("incoterm")
    if incoterm and asked and incoterm != asked:
        answer.tell(place("incoterm"), f"Incoterm {incoterm}, {asked} was wished")
    day, last = values.get("valid_until"), wished.get("valid_until")
    if day and day < answer.request.as_of:
        answer.tell(place("valid_until"), f"expired: valid until {day}, the scenario is of "
                    f"{answer.request.as_of}")  # fmt: skip
    elif day and last and day < str(last):
        answer.tell(place("valid_until"), f"shorter validity: until {day}, {last} was wished")
    _beyond(answer, values, wished, "lead_weeks", place("lead_weeks"))
    years, required = values.get("warranty_years"), wished.get("warranty_years")
    if years and required and float(years) < float(required):
        said = f"shorter warranty: {_years(years)}, {_years(required)} are required"
        answer.tell(place("warranty_years"), said)


def _beyond(
    answer: Answer, values: Mapping[str, str], wished: Mapping[str, float | str | None],
    key: str, place: str,
) -> None:  # fmt: skip
    weeks, most = values.get(key), wished.get(key)
    if weeks and most and float(weeks) > float(most) + 1e-9:
        said = f"later delivery: {float(weeks):.6g} weeks, {float(most):.6g} were wished"
        answer.tell(place, said)


def _years(value: float | str) -> str:
    return f"{float(value):.6g} year{'s' * (float(value) != 1)}"

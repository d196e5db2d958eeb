"""Evidence: what each part of the cost rests on, a quote or a guess, and how old it is."""

from dataclasses import dataclass, field
from typing import Any

from tco.lines import *
from tco.model.cost.way import Way
from tco.model.published.law import NONE

SECTION = "evidence"
PAGE = Page("What each part of the cost rests on, and how old it is", tabular=True, place=180)

price_age_limit_days = Given(
    "A price is old after", "day", above=0, note="Older prices raise an alert; counted from As of."
)

evidence_kinds = Rows(
    (
        ("quote", "Quote", "A supplier's offer to you: its source begins with quote:"),
        ("own", "Own price list", "Your own list, laid over the catalogue."),
        ("list price", "List price", "A vendor's or provider's public price, without discount."),
        ("catalogue", "Catalogue", "Seen by a third party: a reseller, a broker, a survey."),
        ("cited", "Cited", "A paper, a report or an article that the source names."),
        ("stated", "Stated", "Given by the scenario or typed over, without a source."),
        ("derived", "Derived", "Worked out from other figures of the scenario."),
        ("definition", "Definition", "True by convention."),
        ("guess", "Guess", "Nobody's figure but ours or yours; settle these first."),
    )
)

# When a price carries a cost.
_CHEAPEST = "Where these are the cheapest terms in time."


@dataclass(frozen=True)
class _Price:
    """A price, or a part that no price carries: what rests on it when buying and when renting."""

    key: str
    label: str
    note: str
    is_given: bool
    amounts: dict[str, list[str]] = field(default_factory=lambda: {"buying": [], "renting": []})

    def evidence(self, what: str, none: str) -> Entry:
        """Its source or its date, as Inputs has it."""
        return f"{self.key}_{what}" if self.is_given else Fixed(none)


def _behind(members: Members) -> list[_Price]:
    """What the two totals come to rest on, once each, in the order of their parts."""
    found: dict[str, _Price] = {}
    for side in ("buying", "renting"):
        for item, said in members.leaves("buy_total" if side == "buying" else "rent_total"):
            key = said.rests_on or item.key
            new = _Price(key, said.label or item.label, said.note, bool(said.rests_on))
            found.setdefault(key, new).amounts[side].append(item.key)
    return list(found.values())


@gathered
def price_rows(members):
    """The rows of the table of prices."""
    yield Rows(tuple((one.key, one.label, one.note) for one in _behind(members)), "prices")


def age_of(date: Any, as_of_day: Any) -> Any:
    """Days from a price's date to the day that ages are counted from; a dash without a date."""
    return where(dated(date), as_of_day - day_number(date), undefined(NONE))


def kind_of(source: Any, kinds: Any) -> Any:
    """The kind of evidence that a source's first words name; a citation if they name none."""
    return where(listed(first_words(source), kinds), first_words(source), "cited")


def evidence_kind(source: str) -> str:
    """The id of the kind of evidence that a source is."""
    return str(kind_of(source, evidence_kinds.ids))


_parts = Heading("What each price is worth")


@line("Rented GPU-hours, without add-ons", "USD")
def rent_hours_part(rent_cost, rent_addon_share):
    """The cheapest rent in time, less its add-ons."""
    return where(defined(rent_cost), rent_cost / (1 + rent_addon_share), 0)


@of_each(Way)
def rented_parts(way):
    """The rented hours where this way is the cheapest in time, else nothing."""

    def rule(option: Any, hours: Any) -> Any:
        return where(picked(option, way.words), hours, 0)

    made = Line(
        f"{way.key}_part", f"{way.evidence}, if cheapest", "USD", rule,
        f"The rented hours where {way.words} is the cheapest in time, else nothing.",
        ("rent_option", "rent_hours_part"),
    )  # fmt: skip
    yield part(of="rent_cost", rests_on=way.price, label=way.evidence, note=_CHEAPEST)(made)


@part(
    of="rent_cost",
    rests_on="rent_addon_share",
    label="Rental add-ons",
    note="Storage, data transfer and support.",
)
@line("Rental add-ons of that", "USD")
def rent_addon_part(rent_cost, rent_hours_part):
    """What the add-ons put on the rented GPU-hours."""
    return where(defined(rent_cost), rent_cost - rent_hours_part, 0)


_ages = Heading("How old")


@line("As of, day number", "day")
def as_of_day(as_of):
    """The day that ages are counted from."""
    return day_number(as_of)


@line("Oldest price, days", "day")
def oldest_price_days(price_cost_age):
    """The age of the oldest price that carries a cost."""
    return where(
        beyond(counted(price_cost_age), 0), highest(price_cost_age), undefined("none is dated")
    )


@line("Oldest price", "text")
def oldest_price(oldest_price_days, price_cost_age, prices):
    """Which price that is."""
    return where(
        defined(oldest_price_days),
        lookup(oldest_price_days, price_cost_age, prices),
        "none is dated",
    )


@line("Old prices", "count")
def old_prices(price_old):
    """How many prices that carry a cost are older than the limit."""
    return total(price_old)


@line("Age of the prices behind buying", "day")
def buy_age_days(price_buy_days, price_buy_dated):
    """Mean age of the dated prices, each by the cost it carries."""
    return where(below(0, total(price_buy_dated)), total(price_buy_days) / total(price_buy_dated),
                 undefined("no date"))  # fmt: skip


@line("Age of the prices behind renting", "day")
def rent_age_days(price_rent_days, price_rent_dated):
    """Mean age of the dated prices, each by the cost it carries."""
    return where(below(0, total(price_rent_dated)),
                 total(price_rent_days) / total(price_rent_dated),
                 undefined("no date"))  # fmt: skip


_prices = Heading("Price by price")


@gathered
def price_costs(members):
    """What rests on each price: when buying, and when renting on the cheapest terms in time."""
    found = _behind(members)
    yield column_of("prices", "price_buy", "Buying", "USD", "What rests on each price when buying.",
                    (tuple(one.amounts["buying"]) for one in found))  # fmt: skip
    yield column_of("prices", "price_rent", "Renting", "USD",
                    "What rests on each price when renting on the cheapest terms in time.",
                    (tuple(one.amounts["renting"]) for one in found))  # fmt: skip


@line("Kind", "text", along="prices")
def price_kind(price_source, evidence_kinds):
    """The kind of evidence that the source names, else it is a citation."""
    return kind_of(price_source, evidence_kinds)


@line("Age", "day", along="prices")
def price_age(price_date, as_of_day):
    """Days from the price's date to the day that ages are counted from."""
    return age_of(price_date, as_of_day)


@gathered
def price_evidence(members):
    """What stands behind each price; a part that no price carries is derived."""
    found = _behind(members)
    yield column_of("prices", "price_source", "Source", "text",
                    "What each price comes from, as Inputs has it.",
                    (one.evidence("source", f"derived: {one.key}") for one in found))  # fmt: skip
    yield column_of("prices", "price_date", "Date", "date",
                    "Of which day each price is, as Inputs has it.",
                    (one.evidence("date", NONE) for one in found))  # fmt: skip


@line("Age, if it carries a cost", "day", along="prices")
def price_cost_age(price_buy, price_rent, price_age):
    """The age of a price on which some of the cost rests."""
    carries = either(beyond(price_buy, 0), beyond(price_rent, 0))
    return where(both(carries, defined(price_age)), price_age, undefined(NONE))


@line("Old", "flag", along="prices")
def price_old(price_cost_age, price_age_limit_days):
    """1 where the price is older than the limit."""
    return where(both(defined(price_cost_age), beyond(price_cost_age, price_age_limit_days)), 1, 0)


_dated = Heading("Price by price: the parts that are dated, for the mean ages")


@line("Buying, dated", "USD", along="prices")
def price_buy_dated(price_buy, price_age):
    """The part of buying whose price has a date."""
    return where(defined(price_age), price_buy, 0)


@line("Buying x age", "USD*day", along="prices")
def price_buy_days(price_buy, price_age):
    """That part times its age."""
    return where(defined(price_age), price_buy * price_age, 0)


@line("Renting, dated", "USD", along="prices")
def price_rent_dated(price_rent, price_age):
    """The part of renting whose price has a date."""
    return where(defined(price_age), price_rent, 0)


@line("Renting x age", "USD*day", along="prices")
def price_rent_days(price_rent, price_age):
    """That part times its age."""
    return where(defined(price_age), price_rent * price_age, 0)


_kinds = Heading("What the totals rest on, kind by kind")


@line("Of buying", "USD", along="evidence_kinds")
def kind_buy(price_buy, price_kind, evidence_kinds):
    """The part of buying that rests on this kind of evidence."""
    return total_where(price_buy, price_kind, evidence_kinds)


@line("Share of buying", "share", along="evidence_kinds")
def kind_buy_share(kind_buy, buy_total):
    """That part over the total to buy."""
    return kind_buy / buy_total


@line("Dated, of buying", "USD", along="evidence_kinds")
def kind_buy_dated(price_buy_dated, price_kind, evidence_kinds):
    """Of that, what has a date."""
    return total_where(price_buy_dated, price_kind, evidence_kinds)


@line("Buying x age, by kind", "USD*day", along="evidence_kinds")
def kind_buy_days(price_buy_days, price_kind, evidence_kinds):
    """Of that, cost times age."""
    return total_where(price_buy_days, price_kind, evidence_kinds)


@line("Age, buying", "day", along="evidence_kinds")
def kind_buy_age(kind_buy_days, kind_buy_dated):
    """Mean age of the dated prices of this kind, each by the cost it carries."""
    return where(below(0, kind_buy_dated), kind_buy_days / kind_buy_dated, undefined(NONE))


@line("Of renting", "USD", along="evidence_kinds")
def kind_rent(price_rent, price_kind, evidence_kinds):
    """The part of renting that rests on this kind of evidence."""
    return total_where(price_rent, price_kind, evidence_kinds)


@line("Share of renting", "share", along="evidence_kinds")
def kind_rent_share(kind_rent, rent_total):
    """That part over the total to rent."""
    return where(
        both(defined(rent_total), beyond(rent_total, 0)), kind_rent / rent_total, undefined(NONE)
    )


@line("Dated, of renting", "USD", along="evidence_kinds")
def kind_rent_dated(price_rent_dated, price_kind, evidence_kinds):
    """Of that, what has a date."""
    return total_where(price_rent_dated, price_kind, evidence_kinds)


@line("Renting x age, by kind", "USD*day", along="evidence_kinds")
def kind_rent_days(price_rent_days, price_kind, evidence_kinds):
    """Of that, cost times age."""
    return total_where(price_rent_days, price_kind, evidence_kinds)


@line("Age, renting", "day", along="evidence_kinds")
def kind_rent_age(kind_rent_days, kind_rent_dated):
    """Mean age of the dated prices of this kind, each by the cost it carries."""
    return where(below(0, kind_rent_dated), kind_rent_days / kind_rent_dated, undefined(NONE))


_whole = Heading("The whole of it")


@line("Cost with evidence named", "USD")
def evidence_total(kind_buy):
    """The cost of buying over all kinds: the total to buy, once."""
    return total(kind_buy)


@check("The evidence covers the total")
def evidence_adds_up(evidence_total, buy_total, buy_total_given):
    """Each part of the total to buy rests on one kind of evidence; one that is given has none."""
    covered = same(evidence_total / buy_total, 1)
    return both(picked(buy_total_given, 0), unless(covered)), text(
        "{} of the total rests on no kind of evidence",
        shown(buy_total - evidence_total, "#,##0"),
    )


@check("Prices are recent", kind="alert")
def prices_recent(old_prices, oldest_price, oldest_price_days, price_age_limit_days):
    """No price that carries a cost is older than the limit."""
    return beyond(old_prices, 0), text(
        "{} prices are older than {} days; the oldest, {}, is {} days old",
        shown(old_prices, "0"),
        shown(price_age_limit_days, "#,##0"),
        oldest_price,
        shown(oldest_price_days, "#,##0"),
    )

"""Rent awards: the best quote of each commitment, and what of it each way to rent goes by.

Where there are rent quotes, lines read what is known in place of what is given: see `INSTEAD`.
"""

from typing import Any

from tco.lines import *

SECTION = "rent_terms"
PAGE = Page(
    "The terms that each way to rent goes by: those of the best quote, else those given",
    title="Terms",
    place=39,
)
NONE_COUNTS, NOT_OFFERED = "no rent quote counts", "nobody offers it"
NO_RANGE = "no range"
QUOTED = {"on_demand": "on demand", "reserved": "reserved", "block": "block"}


_chosen = Heading("What each way to rent goes by")


def _quoted(way: str, what: str, label: str, unit: str, note: str, column: str) -> Line:
    """A column's value in the best quote of a commitment."""

    def rule(best_of: Any, values: Any) -> Any:
        found = lookup(way, best_of, values)
        return where(listed(way, best_of), found, undefined(NONE_COUNTS))

    needs = ("rent_quote_best_of", column)
    said = f"Best quote, {QUOTED[way]}: {label}"
    return Line(f"quoted_{way}_{what}", said, unit, rule, note, needs)


def _provider(way: str) -> Line:
    def rule(best_of: Any, names: Any) -> Any:
        return where(listed(way, best_of), lookup(way, best_of, names), "none")

    return Line(
        f"quoted_{way}_provider", f"Best quote, {QUOTED[way]}: provider", "text", rule,
        "The lowest cost for the same useful work; none where no quote of the kind counts.",
        ("rent_quote_best_of", "rental_provider"),
    )  # fmt: skip


def _known(way: str, what: str, label: str, unit: str, note: str, given: str) -> Line:
    """What the best quote says, else what is given."""

    def rule(quoted: Any, given: Any) -> Any:
        return where(defined(quoted), quoted, where_known(given, given, NOT_OFFERED))

    said = f"{QUOTED[way].capitalize()}: {label}"
    key = f"known_{way}_{what}"
    return Line(key, said, unit, rule, note, (f"quoted_{way}_{what}", given))


# What of a quote flows: its name, label, unit, what it is, its column, and what else it would be.
TERMS = (
    ("price", "price", "USD/GPU-h", "Of an hour in year 1.", "rent_quote_price", "{}_price"),
    ("growth", "growth of the price", "share", "Yearly; none where the offer says none.",
     "rental_price_growth", "rent_growth"),
    ("addon", "add-ons", "share", "Support, and hours that do no useful work.",
     "rent_quote_addon", "rent_addon_applied"),
    ("setup", "setting up", "USD", "Once, in year 0.", "rent_quote_setup_cost", "rent_setup_cost"),
)  # fmt: skip
_LEADS = "The best quote leads, else what is given."

quoted = tuple(
    made
    for way in QUOTED
    for made in (
        _provider(way),
        *(_quoted(way, what, label, unit, note, column)
          for what, label, unit, note, column, _ in TERMS),
        _quoted(way, "items", "storage and egress", "USD/year", "Where they are itemised.",
                "rent_quote_items_yearly"),
    )
)  # fmt: skip
quoted_term = _quoted(
    "reserved", "term_months", "term", "month", "None where the offer says none.",
    "rental_term_months",
)  # fmt: skip
_known_terms = Heading("As it is known: quoted, else given")
known = tuple(
    _known(way, what, f"{label}, as known", unit, _LEADS, given.format(way))
    for way in QUOTED
    for what, label, unit, _, _, given in TERMS
)


def _evidence(way: str) -> tuple[Line, ...]:
    """What stands behind the price that is known."""
    name, price = QUOTED[way].capitalize(), f"quoted_{way}_price"

    def source(quoted: Any, provider: Any, given: Any) -> Any:
        return where(defined(quoted), text("quote: {}", provider), given)

    def day(quoted: Any, given: Any) -> Any:
        return where(defined(quoted), "–", given)

    def by_somebody(quoted: Any, given: Any) -> Any:
        return where(defined(quoted), 1, given)

    def end(quoted: Any, given: Any) -> Any:
        return where(defined(quoted), undefined(NO_RANGE), where_known(given, given, NO_RANGE))

    return (
        *(Line(f"known_{way}_price_{what}", f"{name}: {said} of the price, as known", "USD/GPU-h",
               end, "A quote has no range but what its kind of evidence has.",
               (price, f"{way}_price_{what}"))
          for what, said in (("low", "least"), ("high", "most"))),
        Line(f"known_{way}_price_source", f"{name}: source of the price, as known", "text", source,
             "The best quote, else where the price given comes from.",
             (price, f"quoted_{way}_provider", f"{way}_price_source")),
        Line(f"known_{way}_price_date", f"{name}: date of the price, as known", "date", day,
             "None of a quote, which is in force.", (price, f"{way}_price_date")),
        Line(f"known_{way}_price_given", f"{name}: price given, as known", "flag", by_somebody,
             "1 for a quote, or a price that somebody gave.", (price, f"{way}_price_given")),
    )  # fmt: skip


behind = tuple(made for way in QUOTED for made in _evidence(way))


@line("Reserved: term, as known", "h")
def known_reserved_term_hours(quoted_reserved_term_months, hours_per_year, reserved_term_hours):
    """The best quote leads, else what is given."""
    return where(
        defined(quoted_reserved_term_months),
        quoted_reserved_term_months / 12 * hours_per_year,
        reserved_term_hours,
    )


_over_the_years = Heading("Over the years")


def _yearly(way: str) -> tuple[Line, ...]:
    """Staff, storage and egress of one way to rent, and its setting up."""

    def fixed(quoted: Any, staff: Any, contract_years: Any, common: Any) -> Any:
        return where(defined(quoted), staff + quoted * contract_years, common)

    def setup(known: Any, at_start: Any) -> Any:
        return known * at_start

    name, known_setup = QUOTED[way].capitalize(), f"known_{way}_setup"
    spend = f"{way}_fixed_spend"
    return (
        Line(spend, f"{name}: staff and items", "USD", fixed, "Items as quoted, else as given.",
             (f"quoted_{way}_items", "rented_staff_spend", "contract_years", "rent_fixed_spend"),
             YEARS),
        Line(f"{way}_setup_spend", f"{name}: set up", "USD", setup, "Once, in year 0.",
             (known_setup, "at_start"), YEARS),
    )  # fmt: skip


def _fixed_present(way: str) -> Line:
    def rule(fixed: Any, factor: Any, setup: Any) -> Any:
        return dot(fixed, factor) + setup

    return Line(
        f"{way}_fixed_present", f"{QUOTED[way].capitalize()}: staff, items, set up, worth today",
        "USD", rule, "What it costs beside its hours.",
        (f"{way}_fixed_spend", "discount_factor", f"known_{way}_setup"),
    )  # fmt: skip


yearly = tuple(made for way in QUOTED for made in _yearly(way))
fixed_present = (_fixed_present("on_demand"), _fixed_present("reserved"))


@line("Hours on the market's path", "GPU-h", along=YEARS)
def market_hours(capacity_hours, rent_growth, year):
    """Of the whole fleet, for what nobody quotes: spot."""
    return capacity_hours * power(1 + rent_growth, year - 1)


# ---- what lines read instead ---------------------------------------------------------------------

INSTEAD = {
    **{
        f"{way}_price{part}": f"known_{way}_price{part}"
        for way in QUOTED
        for part in ("", "_source", "_date", "_given", "_low", "_high")
    },
    "reserved_term_hours": "known_reserved_term_hours",
}


def _of(way: str, *needs: str) -> dict[str, str]:
    """What of one way to rent stands for what all have in common."""
    stands = {
        "rent_growth": f"known_{way}_growth", "rent_addon_applied": f"known_{way}_addon",
        "rent_setup_cost": f"known_{way}_setup", "rent_setup_spend": f"{way}_setup_spend",
        "rent_fixed_spend": f"{way}_fixed_spend", "rent_fixed_present": f"{way}_fixed_present",
    }  # fmt: skip
    return {need: stands[need] for need in needs}


# Of lines that read what all ways to rent have in common, for one of them.
INSTEAD_IN = {
    "rent_index": _of("on_demand", "rent_growth"),
    "on_demand_rate": _of("on_demand", "rent_addon_applied"),
    "on_demand_due": _of("on_demand", "rent_fixed_spend"),
    "on_demand_ahead": _of("on_demand", "rent_setup_spend"),
    "breakeven_utilization": _of("on_demand", "rent_fixed_present"),
    "utilization_ties_gap": _of("on_demand", "rent_fixed_present"),
    "point_on_demand": _of("on_demand", "rent_fixed_present"),
    "grid_hours": _of("on_demand", "rent_addon_applied"),
    "grid_fixed": _of("on_demand", "rent_fixed_spend", "rent_setup_cost"),
    "reserved_index": _of("reserved", "rent_growth"),
    "reserved_rate": _of("reserved", "rent_addon_applied"),
    "reserved_due": _of("reserved", "rent_fixed_spend"),
    "reserved_ahead": _of("reserved", "rent_setup_spend"),
    "hybrid_due": _of("reserved", "rent_fixed_spend"),
    "hybrid_ahead": _of("reserved", "rent_setup_spend"),
    "reserved_spare": _of("reserved", "rent_fixed_present"),
    "breakeven_reserved_share": _of("reserved", "rent_fixed_present"),
    "point_reserved": _of("reserved", "rent_fixed_present"),
    "breakeven_reserved_price": _of("reserved", "rent_addon_applied"),
    "breakeven_reserved_price_flat": _of("reserved", "rent_addon_applied"),
    "reserved_price_ties_gap": _of("reserved", "rent_addon_applied"),
    "block_rate": _of("block", "rent_addon_applied"),
    "block_due": _of("block", "rent_fixed_spend"),
    "block_ahead": _of("block", "rent_growth", "rent_setup_spend"),
    "spot_due": {"drifting_hours": "market_hours"},
}

"""Award: which quote is chosen, and what of it stands for what is given else."""

from typing import Any

from tco.lines import *

SECTION = "quotes"
NO_DATE = "–"
NONE_COUNTS = "no quote counts"
OFFERS = Front(
    excerpts=(
        Excerpt(
            "quotes",
            "Servers: what vendors ask for one",
            (
                ("offered_min_quantity", "From"),
                ("quote_compared_price", "Compared price"),
                ("quote_price", "As quoted"),
                ("quote_lead_days", "Days to delivery"),
                ("quote_standing", "Stands as"),
            ),
            names="quote_series",
            counts="quote_stands",
        ),
    ),
    also_resting_on=("chosen_vendor", "award_approver", "award_date"),
)


_chosen = Heading("How the quote is chosen")


@line("May be chosen", "flag", along="quotes")
def quote_choosable(quote_counts, offered_vendor, server_vendor):
    """1 for what counts, of the vendor that is named or of any."""
    wanted = either(picked(server_vendor, "lowest"), picked(offered_vendor, server_vendor))
    return where(both(picked(quote_counts, 1), wanted), 1, 0)


@line("Compared price of what may be chosen", "USD", along="quotes")
def quote_choice_price(quote_choosable, quote_compared_price):
    """A dash for the others."""
    return where(picked(quote_choosable, 1), quote_compared_price, undefined("–"))


@line("Has the lowest", "flag", along="quotes")
def quote_level(quote_choosable, quote_compared_price, quote_choice_price):
    """1 for the lowest compared price, more than once where several are level."""
    level = same(quote_compared_price, lowest(quote_choice_price))
    return where(both(picked(quote_choosable, 1), level), 1, 0)


@line("Price of those level", "USD", along="quotes")
def quote_level_price(quote_level, quote_price):
    """A dash for the others."""
    return where(picked(quote_level, 1), quote_price, undefined("–"))


@line("Cheapest of those level", "flag", along="quotes")
def quote_cheapest(quote_level, quote_price, quote_level_price):
    """1 for the lower price before freight, duty, warranty, terms, power and space."""
    cheapest = same(quote_price, lowest(quote_level_price))
    return where(both(picked(quote_level, 1), cheapest), 1, 0)


@line("Alternate by name", "text", along="quotes")
def quote_alternate_name(offered_alternate):
    """0 for what is offered as asked for, which comes before every name."""
    return where(picked(offered_alternate, "–"), "0", offered_alternate)


@line("Place by name", "count", along="quotes")
def quote_place(quote_cheapest, offered_price, offered_vendor, quote_alternate_name):
    """By vendor, then by alternate, where several are level on both prices; else 0."""
    vendors = times_before(offered_vendor, offered_vendor) * counted(offered_price)
    place = vendors + times_before(quote_alternate_name, quote_alternate_name)
    return where(beyond(total(quote_cheapest), 1), place, 0)


@line("Place of those level on both", "count", along="quotes")
def quote_level_place(quote_cheapest, quote_place):
    """A dash for the others."""
    return where(picked(quote_cheapest, 1), quote_place, undefined("–"))


@line("Is chosen", "flag", along="quotes")
def quote_chosen(quote_cheapest, quote_place, quote_level_place):
    """1 for the lowest compared price; where several are level the lower price, then the name."""
    first = same(quote_place, lowest(quote_level_place))
    return where(both(picked(quote_cheapest, 1), first), 1, 0)


@line("Lowest compared price", "USD")
def best_compared_price(quote_choice_price):
    """Of what may be chosen."""
    return where(
        beyond(counted(quote_choice_price), 0),
        lowest(quote_choice_price),
        undefined(NONE_COUNTS),
    )


@line("Quotes chosen", "count")
def quotes_chosen(quote_chosen):
    """1, or 0 where none counts."""
    return highest(quote_chosen)


@line("Quote chosen: its row", "text")
def chosen_quote(quotes_chosen, quote_chosen, quotes):
    """The lowest compared price, or the vendor's that is named."""
    return where(beyond(quotes_chosen, 0), lookup(1, quote_chosen, quotes), "none")


@line("Is awarded", "flag", along="quotes")
def quote_awarded(quote_weight):
    """1 for what gets the order, or a share of it."""
    return where(beyond(quote_weight, 0), 1, 0)


@line("Deposit of one", "USD", along="quotes")
def quote_deposit(quote_price, offered_deposit_share):
    """Due with the order."""
    return quote_price * offered_deposit_share


@line("Due on delivery of one", "USD", along="quotes")
def quote_delivery(quote_price, offered_delivery_share):
    """Or after the net days."""
    return quote_price * offered_delivery_share


@line("Days to delivery of what is awarded", "day", along="quotes")
def quote_awarded_days(quote_awarded, quote_lead_days):
    """0 for the others."""
    return quote_awarded * quote_lead_days


@line("The award stands", "flag")
def award_stands(quote_weight):
    """1 where all of the order is awarded to quotes that count."""
    return where(same(total(quote_weight), 1), 1, 0)


def _of_award(key: str, label: str, column: str, note: str, unit: str = "USD/server") -> Line:
    """A column's value in the row that is chosen, or the mean of several by their shares."""

    def rule(stands: Any, weights: Any, values: Any) -> Any:
        return where(beyond(stands, 0), dot(weights, values), undefined(NONE_COUNTS))

    needs = ("award_stands", "quote_weight", column)
    return Line(key, f"Quote chosen: {label}", unit, rule, note, needs)


quoted_server_price = _of_award(
    "quoted_server_price", "price", "quote_price", "Without freight, duty and warranty."
)
quoted_freight = _of_award(
    "quoted_freight", "freight", "quote_freight", "And insurance, as far as they are ours."
)
quoted_duty = _of_award("quoted_duty", "duty", "quote_duty", "As far as it is ours.")
quoted_warranty = _of_award(
    "quoted_warranty", "warranty", "quote_warranty", "For the years that it lacks."
)


quoted_deposit = _of_award("quoted_deposit", "deposit", "quote_deposit", "Due with the order.")
quoted_delivery = _of_award(
    "quoted_delivery", "on delivery", "quote_delivery", "The rest on acceptance."
)


def _longest(stands: Any, days: Any) -> Any:
    return where(beyond(stands, 0), highest(days), undefined(NONE_COUNTS))


quoted_lead_days = Line(
    "quoted_lead_days", "Quote chosen: lead time", "day", _longest,
    "From order to delivery; of several the longest.", ("award_stands", "quote_awarded_days"),
)  # fmt: skip
chosen_warranty_years = _of_award(
    "chosen_warranty_years", "years of warranty", "offered_warranty_years", "In the price.", "year"
)

chosen_useful_price = _of_award(
    "chosen_useful_price", "for the useful work", "quote_useful_price",
    "Compared price of as many as do the work of one that is asked for.", "USD",
)  # fmt: skip


@line("What the choice costs more than the lowest", "USD")
def choice_premium(quote_more):
    """A server, compared; 0 for the lowest itself."""
    return 0 - minimum(lowest(quote_more), 0)


@line("Award", "text")
def award(chosen_vendor, award_reason, award_approver):
    """What was decided, why and by whom."""
    why = where(lacking(award_reason), "no reason given", award_reason)
    who = where(lacking(award_approver), "nobody yet", award_approver)
    return text("{}: {}; approved by {}", chosen_vendor, why, who)


_bill = Heading("What follows from it")


@line("Price of a server, quoted or given", "USD/server")
def known_server_price(quoted_server_price, server_price):
    """The quote that is chosen leads."""
    return known_or(quoted_server_price, server_price)


@part(of="capex", row="freight", label="Freight", note="With its insurance.")
@line("Freight", "USD")
def freight_cost(
    hardware_cost, server_cost, freight_share, servers, quoted_server_price, quoted_freight
):
    """Of servers as quoted, of the rest as a share; as a share of all where no quote counts."""
    quoted = (hardware_cost - server_cost) * freight_share + servers * quoted_freight
    return where(defined(quoted_server_price), quoted, hardware_cost * freight_share)


@part(of="capex", row="duty", label="Duty", note="On hardware.")
@line("Duty, paid", "USD")
def duty_cost(hardware_cost, server_cost, duty_rate, servers, quoted_server_price, quoted_duty):
    """Of servers as quoted, of the rest by the rate; by the rate on all where no quote counts."""
    quoted = (hardware_cost - server_cost) * duty_rate + servers * quoted_duty
    return where(defined(quoted_server_price), quoted, hardware_cost * duty_rate)


@part(of="capex", row="warranty", label="Warranty", note="Made up to what is required.")
@line("Warranty, paid", "USD")
def warranty_cost(servers, quoted_server_price, quoted_warranty):
    """Of the servers quoted; 0 where no quote counts."""
    return where(defined(quoted_server_price), servers * quoted_warranty, 0)


@line("Lead time, quoted or given", "day")
def known_lead_days(quoted_lead_days, own_lead_days):
    """From order until what is bought works; of a quote until it is delivered."""
    return known_or(quoted_lead_days, own_lead_days)


@line("Deposit, quoted or given", "share")
def known_deposit_share(
    quoted_server_price, server_cost, servers, quoted_deposit, capex, deposit_share
):
    """Of capex: on servers as the quote has it, on the rest as given."""
    rest = (capex - server_cost) * deposit_share
    quoted = (servers * quoted_deposit + rest) / capex
    return where(defined(quoted_server_price), quoted, deposit_share)


@line("Due on delivery, quoted or given", "share")
def known_delivery_share(
    quoted_server_price, server_cost, servers, quoted_delivery, capex, delivery_share
):
    """Of capex: on servers as the quote has it, on the rest as given."""
    rest = (capex - server_cost) * delivery_share
    quoted = (servers * quoted_delivery + rest) / capex
    return where(defined(quoted_server_price), quoted, delivery_share)


@line("Price of a server, quoted or given: source", "text", section="bill")
def known_server_source(quoted_server_price, chosen_vendor, server_price_source):
    """The quote that is chosen leads."""
    quoted = text("quote: {}", chosen_vendor)
    return where(defined(quoted_server_price), quoted, server_price_source)


@line("Price of a server, quoted or given: date", "date", section="bill")
def known_server_date(quoted_server_price, server_price_date):
    """A quote has the day until which it holds, on sheet Quotes."""
    return where(defined(quoted_server_price), NO_DATE, server_price_date)


@line("Price of a server, quoted or given: least", "USD/server", section="bill")
def known_server_low(quoted_server_price, server_price_low):
    """A quote has no range of its own."""
    given = both(lacking(quoted_server_price), defined(server_price_low))
    return where(given, server_price_low, undefined("no range"))


@line("Price of a server, quoted or given: most", "USD/server", section="bill")
def known_server_high(quoted_server_price, server_price_high):
    """A quote has no range of its own."""
    given = both(lacking(quoted_server_price), defined(server_price_high))
    return where(given, server_price_high, undefined("no range"))


@check("The choice is a quote that counts", kind=ALERT)
def choice_counts(award_stands, server_vendor):
    """Else the price given stands, and freight and duty are shares."""
    return picked(award_stands, 0), text(
        "no quote counts (server_vendor: {}): see sheet Quotes for why", server_vendor
    )


@check("A dearer choice has its reason", kind=ALERT)
def choice_explained(choice_premium, award_reason, chosen_vendor):
    """Where the vendor named is not the lowest, it is said why."""
    return both(beyond(choice_premium, 0), lacking(award_reason)), text(
        "a server of {} costs {} more than the lowest compared price; award_reason is not given",
        chosen_vendor,
        shown(choice_premium, "#,##0"),
    )


@line("For the useful work, dearer than the lowest by", "USD")
def useful_premium(chosen_useful_price, best_useful_price):
    """The quote chosen; 0 where none counts."""
    more = difference(chosen_useful_price, best_useful_price)
    return where(defined(chosen_useful_price), more, 0)


@check("The choice is the lowest for the useful work", kind=ALERT)
def useful_beside_unit(useful_premium, best_useful_price, best_useful_offer):
    """A dearer server that does more may be the cheaper one."""
    return beyond(useful_premium, 0), text(
        "{} costs {} for the useful work of one server, less than the quote chosen",
        best_useful_offer,
        shown(best_useful_price, "#,##0"),
    )


@line("Years that the warranty covers", "year")
def covered_years(chosen_warranty_years, warranty_required_years):
    """As quoted, or made up to what is required; 0 where no quote counts."""
    longer = maximum(chosen_warranty_years, warranty_required_years)
    return where(defined(chosen_warranty_years), longer, 0)


@check("Support begins where the warranty ends", kind=ALERT)
def support_beside_warranty(support_share, covered_years):
    """Years that the warranty covers are not charged again."""
    return both(beyond(support_share, 0), beyond(covered_years, 0)), text(
        "support is charged from the first year on, and {} years of it the warranty covers",
        shown(covered_years, "0.#"),
    )

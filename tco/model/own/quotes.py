"""Quotes: what vendors offer, each brought to the same terms, and which of them count."""

from tco.lines import *

SECTION = "quotes"
PAGE = Page(
    "What vendors offer, side by side: landed, with the same warranty, terms, power and space",
    tabular=True,
    place=36,
    counts={"quotes": "quote_stands"},
)
# What the buyer pays by the rules of 2020, where it is 1: freight, its insurance, duty.
INCOTERMS = {
    "EXW": (1, 1, 1), "FCA": (1, 1, 1), "FAS": (1, 1, 1), "FOB": (1, 1, 1), "CFR": (0, 1, 1),
    "CPT": (0, 1, 1), "CIF": (0, 0, 1), "CIP": (0, 0, 1), "DAP": (0, 0, 1), "DPU": (0, 0, 1),
    "DDP": (0, 0, 0),
}  # fmt: skip

quotes = GivenRows(
    "Quotes", "What a vendor offers one of an item for, a row for each break of quantity.",
    prefix="offered_", numbered=True,
)  # fmt: skip
offered_vendor = Given("Vendor", "text", "Who offers it.", along="quotes")
offered_item = Choice(
    "Item",
    "choice",
    "What is offered.",
    options=(("server", "a server with its GPUs"),),
    along="quotes",
)
offered_alternate = Given(
    "Alternate", "text", "What is offered instead.", required=False, along="quotes"
)
offered_price = Given(
    "Price", "ratio", "In the currency of the offer.", above=0, along="quotes", example="412_000"
)
offered_currency = Given(
    "Currency of the price", "text", "Of the scenario, or a row of the table of currencies.",
    along="quotes", names="currencies", example="EUR",
)  # fmt: skip
offered_min_quantity = Given("From", "server", "Least that is bought.", least=1, along="quotes")
offered_round = Given(
    "Round", "count", "A later one supersedes what the vendor asked before.", least=1,
    along="quotes", example="1",
)  # fmt: skip
offered_incoterm = Choice(
    "Incoterm",
    "choice",
    "Of the eleven of 2020.",
    options=tuple((term, term) for term in INCOTERMS),
    along="quotes",
)
offered_valid_until = Given("Valid until", "date", "The last day.", along="quotes")
offered_lead_weeks = Given("Lead time", "week", "From order to delivery.", least=0, along="quotes")
offered_warranty_years = Given(
    "Warranty", "year", "In the price.", least=0, most=24, along="quotes"
)
offered_deposit_share = Given(
    "Deposit", "share", "Due with the order.", least=0, most=1, along="quotes"
)
offered_delivery_share = Given(
    "On delivery", "share", "The rest is due on acceptance.", least=0, most=1, along="quotes"
)
offered_net_days = Given("Net days", "day", "After delivery.", least=0, along="quotes")
offered_duty_rate = Given(
    "Duty rate", "share", "If not the scenario's.", least=0, most=2, required=False, along="quotes"
)
offered_power_kw = Given("Power", "kW", "Nameplate.", above=0, along="quotes")
offered_useful_share = Given(
    "Useful FLOP/s", "share", "Of one, against what is asked for.", above=0, along="quotes"
)
offered_complies = Choice(
    "Complies",
    "choice",
    "With every specification that is mandatory.",
    options=(("yes", "meets all that is mandatory"), ("no", "does not, and so does not count")),
    along="quotes",
)
offered_deviation = Given(
    "Deviation", "text", "What it does not meet.", required=False, along="quotes"
)
offered_damages_share = Given(
    "Damages", "share/week", "Of the price, for a week of delay.", least=0, most=1, along="quotes"
)
offered_damages_cap = Given(
    "Damages at most", "share", "Of the price.", least=0, most=1, along="quotes"
)
offered_guaranteed_share = Given(
    "Guaranteed", "share", "Of the deposit, by a bank.", least=0, most=1, along="quotes"
)
offered_document = Given("Document", "text", "Its number.", required=False, along="quotes")


_side_by_side = Heading("Side by side")


@line("Rate of its currency", "USD", along="quotes", exact=True)
def quote_rate(offered_currency, currencies, exchange_rate):
    """Of its day."""
    return lookup(offered_currency, currencies, exchange_rate)


@line("Price in our currency", "USD", along="quotes")
def quote_price(offered_price, quote_rate):
    """Of one."""
    return offered_price * quote_rate


@line("Freight and insurance", "USD", along="quotes")
def quote_freight(
    quote_price, quote_bears_freight, freight_share, quote_bears_insurance, transit_insurance_share
):
    """As far as they are ours."""
    shares = quote_bears_freight * freight_share + quote_bears_insurance * transit_insurance_share
    return quote_price * shares


@line("Duty of one", "USD", along="quotes")
def quote_duty(quote_customs_value, quote_duty_rate, quote_bears_duty):
    """As far as it is ours."""
    return quote_customs_value * quote_duty_rate * quote_bears_duty


@line("Warranty made up", "USD", along="quotes")
def quote_warranty(quote_price, warranty_price_share, quote_lacking_years):
    """For the years that are required and not in the price."""
    return quote_price * warranty_price_share * quote_lacking_years


@line("Landed price", "USD", along="quotes")
def quote_landed_price(quote_price, quote_freight, quote_duty, quote_warranty):
    """Of one, delivered, with the warranty required."""
    return quote_price + quote_freight + quote_duty + quote_warranty


@line("Cost of the terms of payment", "USD", along="quotes")
def quote_terms_cost(quote_price, quote_terms_share):
    """What is paid early or late, at the discount rate, against all on delivery."""
    return quote_price * quote_terms_share


@line("Electricity", "USD", along="quotes")
def quote_energy_cost(offered_power_kw, kw_energy_cost):
    """Over the years, worth today."""
    return offered_power_kw * kw_energy_cost


@line("Space", "USD", along="quotes")
def quote_space_cost(offered_power_kw, kw_space_cost):
    """Over the years, worth today."""
    return offered_power_kw * kw_space_cost


@line("Compared price", "USD", along="quotes")
def quote_compared_price(quote_landed_price, quote_terms_cost, quote_energy_cost, quote_space_cost):
    """What one costs on the same terms, power and space included."""
    return quote_landed_price + quote_terms_cost + quote_energy_cost + quote_space_cost


@line("More than the chosen", "USD", along="quotes")
def quote_more(quote_counts, quotes_chosen, quote_compared_price, quote_choice_price):
    """Compared price against that of the quote chosen; a dash where one of them does not count."""
    more = quote_compared_price - lowest(quote_choice_price)
    return where(both(picked(quote_counts, 1), beyond(quotes_chosen, 0)), more, undefined("–"))


@line("Counts", "flag", along="quotes")
def quote_counts(quote_reached, quote_break):
    """1 for what can be ordered: in force, in time, at the break that the quantity reaches."""
    return where(both(beyond(quote_reached, 0), same(quote_reached, quote_break)), 1, 0)


@line("Stands as", "text", along="quotes")
def quote_standing(
    quote_state, quote_few_words, quote_late_words, quote_expired_words, offered_deviation,
    quote_superseded_words,
):  # fmt: skip
    """Chosen, counting, or why it does not count."""
    return numbered(
        quote_state, "chosen", "counts", "another break counts", quote_few_words,
        quote_late_words, quote_expired_words, text("does not comply: {}", offered_deviation),
        quote_superseded_words,
    )  # fmt: skip


@line("If it is for more than is bought", "text", along="quotes")
def quote_few_words(offered_min_quantity):
    """What it asks for."""
    return text("only from {} on", shown(offered_min_quantity, "#,##0"))


@line("If it is late", "text", along="quotes")
def quote_late_words(quote_days_late):
    """By how much."""
    said = text("{} days too late", shown(quote_days_late, "#,##0"))
    return where(beyond(quote_days_late, 0), said, "–")


@line("If it has expired", "text", along="quotes")
def quote_expired_words(quote_days_left):
    """How long ago."""
    said = text("expired {} days ago", shown(0 - quote_days_left, "#,##0"))
    return where(below(quote_days_left, 0), said, "–")


@line("If it is superseded", "text", along="quotes")
def quote_superseded_words(quote_superseded, quote_latest_round):
    """By what."""
    said = text("superseded by round {}", shown(quote_latest_round, "0"))
    return where(picked(quote_superseded, 1), said, "–")


@line("Series", "text", along="quotes")
def quote_series(offered_vendor, offered_item, offered_alternate):
    """Vendor, item and alternate: rows of one series are breaks of quantity, and rounds."""
    offer = text("{}: {}", offered_vendor, offered_item)
    instead = text("{}: {}, {}", offered_vendor, offered_item, offered_alternate)
    return where(picked(offered_alternate, "–"), offer, instead)


_conditions = Heading("Delivery, warranty and payment")


def _borne(place: int) -> dict[str, int]:
    return {term: borne[place] for term, borne in INCOTERMS.items()}


@line("Freight is ours", "flag", along="quotes")
def quote_bears_freight(offered_incoterm):
    """1 where the seller does not pay it."""
    return chosen(offered_incoterm, **_borne(0))


@line("Insurance is ours", "flag", along="quotes")
def quote_bears_insurance(offered_incoterm):
    """1 where the seller does not insure the way."""
    return chosen(offered_incoterm, **_borne(1))


@line("Duty is ours", "flag", along="quotes")
def quote_bears_duty(offered_incoterm):
    """1 but where it is delivered duty paid."""
    return chosen(offered_incoterm, **_borne(2))


@line("Customs value", "USD", along="quotes")
def quote_customs_value(customs_basis, quote_price, quote_freight):
    """What duty is charged on."""
    return chosen(customs_basis, cif=quote_price + quote_freight, fob=quote_price)


@line("Rate of duty", "share", along="quotes")
def quote_duty_rate(offered_duty_rate, duty_rate):
    """The offer's own, else the scenario's."""
    return known_or(offered_duty_rate, duty_rate)


@line("Years of warranty that lack", "year", along="quotes")
def quote_lacking_years(warranty_required_years, offered_warranty_years):
    """Required, and not in the price."""
    return maximum(warranty_required_years - offered_warranty_years, 0)


@line("Days to delivery", "day", along="quotes")
def quote_lead_days(offered_lead_weeks, days_per_week):
    """From order."""
    return offered_lead_weeks * days_per_week


@line("Due on acceptance", "share", along="quotes")
def quote_rest_share(offered_deposit_share, offered_delivery_share):
    """What deposit and delivery leave."""
    return 1 - offered_deposit_share - offered_delivery_share


@line("Years that the deposit is early", "year", along="quotes")
def quote_deposit_years(quote_lead_days, days_per_year):
    """From order to delivery."""
    return quote_lead_days / days_per_year


@line("Years that delivery is paid late", "year", along="quotes")
def quote_net_years(offered_net_days, days_per_year):
    """The net days."""
    return offered_net_days / days_per_year


@line("Terms over the price", "share", along="quotes")
def quote_terms_share(
    discount_rate, offered_deposit_share, quote_deposit_years, offered_delivery_share,
    quote_net_years, quote_rest_share, acceptance_years,
):  # fmt: skip
    """What is paid early or late, at the discount rate, against all on delivery."""
    grown = 1 + discount_rate
    early = offered_deposit_share * power(grown, quote_deposit_years)
    late = offered_delivery_share * power(grown, 0 - quote_net_years)
    return early + late + quote_rest_share * power(grown, 0 - acceptance_years) - 1

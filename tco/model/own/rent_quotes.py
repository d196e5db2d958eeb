"""Rent quotes: what providers offer, each brought to what a useful GPU-hour costs."""

from tco.lines import *

SECTION = "rent_quotes"
PAGE = Page(
    "What providers offer, side by side: over the years, for each hour that does useful work",
    tabular=True,
    counts={"rent_quotes": "rent_quote_counts"},
    title="Rentals",
    inputs="Rent quotes",
    place=38,
)
FRONT = Front(
    excerpts=(
        Excerpt(
            "rent_quotes",
            "Rent quotes side by side",
            (
                ("rent_quote_useful_price", "Per useful GPU-hour"),
                ("rent_quote_obligation", "Signed at the start"),
                ("rent_quote_exit_cost", "Leaving after a year"),
                ("rent_quote_standing", "It counts, or why not"),
                ("rent_quote_best_of", "Best of"),
            ),
            names="rent_quote_offer",
            counts="rent_quote_counts",
        ),
    ),
)
COMMITMENTS = {
    "on_demand": "on demand: the hours used",
    "reserved": "reserved: all hours of a term",
    "block": "capacity blocks: paid ahead",
}

rent_quotes = GivenRows(
    "Rent quotes", "What a provider asks for a GPU-hour, and on which terms.", prefix="rental_",
    numbered=True,
)  # fmt: skip
rental_provider = Given("Provider", "text", "Who offers it.", along="rent_quotes")
rental_commitment = Choice(
    "Commitment",
    "choice",
    "Which hours are paid.",
    options=tuple(COMMITMENTS.items()),
    along="rent_quotes",
)
rental_price = Given(
    "Price of an hour", "1/GPU-h", "In the currency of the offer.", least=0, along="rent_quotes"
)
rental_currency = Given(
    "Currency asked", "text", "A row of the table of currencies.", along="rent_quotes",
    names="currencies",
)  # fmt: skip
rental_term_months = Given(
    "Term", "month", "If not the scenario's.", above=0, required=False, along="rent_quotes"
)
rental_min_gpus = Given("Least GPUs", "GPU", "That are rented.", least=1, along="rent_quotes")
rental_ramp_months = Given(
    "Ramp", "month", "Of a reservation, from nothing to all of it, evenly; within year 1.",
    least=0, most=12, along="rent_quotes",
)  # fmt: skip
rental_price_growth = Given(
    "Growth of the price", "share", "Of a year, if not the scenario's.", above=-1, most=1,
    required=False, along="rent_quotes",
)  # fmt: skip
rental_goodput = Given(
    "Goodput", "share", "Hours that do useful work; not the uptime of a service level.",
    above=0, most=1, required=False, along="rent_quotes",
)  # fmt: skip
rental_support_share = Given(
    "Support asked",
    "share",
    "Over the hours.",
    least=0,
    most=10,
    required=False,
    along="rent_quotes",
)
rental_storage_price = Given(
    "Storage, a GB", "1/GB/month", "In the currency of the offer.", least=0, required=False,
    along="rent_quotes",
)  # fmt: skip
rental_egress_price = Given(
    "Egress, a GB", "1/GB", "In the currency of the offer.", least=0, required=False,
    along="rent_quotes",
)  # fmt: skip
rental_setup_cost = Given(
    "Set up asked", "ratio", "Once, in the currency of the offer.", least=0, required=False,
    along="rent_quotes",
)  # fmt: skip
rental_exit_fee_share = Given(
    "Exit fee", "share", "Of what is still owed, on leaving early.", least=0, most=1,
    along="rent_quotes",
)  # fmt: skip
rental_valid_until = Given("In force until", "date", "The last day.", along="rent_quotes")
rental_round = Given(
    "Round of answers", "count", "A later one supersedes what the provider asked before.", least=1,
    along="rent_quotes", example="1",
)  # fmt: skip


_path = Heading("What an hour costs today of each year")


@line("Price factor at the year's begin", "ratio", along=YEARS, exact=True, section="contracts")
def factor_at_begin(factor_at_end):
    """What is paid when a year begins."""
    return previous(factor_at_end)


@line("Hours of the fleet, worth today", "GPU-h", along=YEARS, section="contracts")
def hours_worth(capacity_hours, discount_factor):
    """Paid during the year."""
    return capacity_hours * discount_factor


@line("Hours of the fleet paid ahead, worth today", "GPU-h", along=YEARS, section="contracts")
def hours_worth_ahead(capacity_hours, factor_at_begin):
    """Paid when the year begins."""
    return capacity_hours * factor_at_begin


@line("Years under contract, worth today", "year", section="contracts")
def contract_years_present(contract_years, discount_factor):
    """What storage and egress are paid for."""
    return dot(contract_years, discount_factor)


@line("Factor of year 1", "ratio", exact=True, section="contracts")
def first_year_factor(first_year, discount_factor):
    """While a reservation ramps up."""
    return dot(first_year, discount_factor)


_side_by_side = Heading("Side by side")


@line("Offer", "text", along="rent_quotes")
def rent_quote_offer(rental_provider, rental_commitment):
    """Whose it is, and of which kind."""
    return text("{}, {}", rental_provider, rental_commitment)


@line("Price in our money", "USD/GPU-h", along="rent_quotes")
def rent_quote_price(rental_price, rent_quote_rate):
    """Of an hour in year 1."""
    return rental_price * rent_quote_rate


@line("Per useful GPU-hour", "USD/GPU-h", along="rent_quotes")
def rent_quote_useful_price(rent_quote_cost, rent_quote_useful_hours):
    """A dash where no hour is used."""
    return where(
        beyond(rent_quote_useful_hours, 0),
        rent_quote_cost / rent_quote_useful_hours,
        undefined("–"),
    )


@line("Signed at the start", "USD", along="rent_quotes")
def rent_quote_obligation(
    rent_quote_yearly, rent_quote_term_years, rent_quote_ramp_years, rent_quote_setup_cost
):
    """The committed hours of the first term, and setting up."""
    years = maximum(rent_quote_term_years - rent_quote_ramp_years, 0)
    return rent_quote_yearly * years + rent_quote_setup_cost


@line("Leaving after a year", "USD", along="rent_quotes")
def rent_quote_exit_cost(
    rent_quote_yearly, rent_quote_term_years, period_years, rental_exit_fee_share
):
    """The fee on what the first term then still asks for."""
    left = maximum(rent_quote_term_years - period_years, 0)
    return rent_quote_yearly * left * rental_exit_fee_share


@line("Reason", "text", along="rent_quotes")
def rent_quote_standing(rent_quote_failing):
    """Counts, or why not."""
    return numbered(
        rent_quote_failing,
        "counts",
        "asks for more GPUs than the fleet has",
        "expired",
        "superseded by a later round",
    )


@line("Goes for", "text", along="rent_quotes")
def rent_quote_best_of(rent_quote_best, rental_commitment):
    """The way to rent that goes by it; a dash for all others."""
    return where(picked(rent_quote_best, 1), rental_commitment, "–")


_price = Heading("Terms in our currency")


@line("Rate of exchange", "USD", along="rent_quotes", exact=True)
def rent_quote_rate(rental_currency, currencies, exchange_rate):
    """Of its day."""
    return lookup(rental_currency, currencies, exchange_rate)


@line("Price grows by", "share", along="rent_quotes")
def rent_quote_growth(rental_price_growth, rent_growth):
    """A year; the scenario's where the offer has none."""
    return known_or(rental_price_growth, rent_growth)


@line("Term in the offer", "year", along="rent_quotes")
def rent_quote_said_years(rental_term_months, reserved_term_hours, hours_per_year):
    """The scenario's where the offer has none."""
    return where(
        defined(rental_term_months), rental_term_months / 12, reserved_term_hours / hours_per_year
    )


@line("Bound for", "year", along="rent_quotes")
def rent_quote_term_years(rental_commitment, rent_quote_said_years):
    """On demand binds to nothing."""
    bound = rent_quote_said_years
    return chosen(rental_commitment, on_demand=0, reserved=bound, block=bound)


@line("Price stands still for", "years", along="rent_quotes")
def rent_quote_step_years(rental_commitment, rent_quote_term_years, period_years):
    """A reservation's for its term, in whole years."""
    term = maximum(ceil(rent_quote_term_years / period_years), 1)
    return chosen(rental_commitment, on_demand=1, reserved=term, block=1)


@line("Useful", "share", along="rent_quotes")
def rent_quote_useful_share(rental_goodput, availability):
    """Of what is used: goodput over that of the plan, at most all."""
    return where(defined(rental_goodput), minimum(rental_goodput / availability, 1), 1)


_hours = Heading("Hours that are billed")


@line("Fleet's hours, paid in the year", "GPU-h", along="rent_quotes")
def rent_quote_due_hours(hours_worth, year, rent_quote_growth, rent_quote_step_years):
    """All of them on the price path, worth today at the price of year 1."""
    return rising(hours_worth, year, rent_quote_growth, rent_quote_step_years)


@line("Fleet's hours, paid ahead", "GPU-h", along="rent_quotes")
def rent_quote_ahead_hours(hours_worth_ahead, year, rent_quote_growth, rent_quote_step_years):
    """The same when each year begins."""
    return rising(hours_worth_ahead, year, rent_quote_growth, rent_quote_step_years)


@line("Fleet's hours, as they are paid", "GPU-h", along="rent_quotes")
def rent_quote_path_hours(rental_commitment, rent_quote_ahead_hours, rent_quote_due_hours):
    """Blocks ahead, all else in the year."""
    return where(picked(rental_commitment, "block"), rent_quote_ahead_hours, rent_quote_due_hours)


@line("Not yet reserved", "year", along="rent_quotes")
def rent_quote_ramp_years(rental_commitment, rental_ramp_months, go_live_fraction, period_years):
    """Of the whole fleet, while the reservation ramps up: half of that time."""
    ramp = minimum(rental_ramp_months / 12, go_live_fraction * period_years) / 2
    return where(picked(rental_commitment, "reserved"), ramp, 0)


@line("Billed hours", "GPU-h", along="rent_quotes")
def rent_quote_hours(
    rental_commitment, utilization, rent_quote_path_hours, fleet_gpus, hours_per_year,
    rent_quote_ramp_years, first_year_factor,
):  # fmt: skip
    """The hours used; of a reservation all, once it is ramped up."""
    used = utilization * rent_quote_path_hours
    saved = fleet_gpus * hours_per_year * rent_quote_ramp_years * first_year_factor
    return chosen(
        rental_commitment, on_demand=used, reserved=rent_quote_path_hours - saved, block=used
    )


_costs = Heading("Over the horizon, worth today")


@line("GPU-hours, paid", "USD", along="rent_quotes")
def rent_quote_hours_cost(rent_quote_price, rent_quote_hours):
    """At the price path."""
    return rent_quote_price * rent_quote_hours


@line("Add-ons by items", "flag", along="rent_quotes")
def rent_quote_itemised(
    rent_addon_basis, rental_support_share, rental_storage_price, rental_egress_price
):
    """1 where support, storage or egress are itemised; the others bear the flat add-ons."""
    said = either(
        picked(rent_addon_basis, "items"), defined(rental_support_share),
        defined(rental_storage_price), defined(rental_egress_price),
    )  # fmt: skip
    return where(said, 1, 0)


@line("Add-on for support", "share", along="rent_quotes")
def rent_quote_support_share(rental_support_share, rent_quote_itemised, rent_support_share,
                             rent_addon_share):  # fmt: skip
    """The offer's, else the scenario's; where nothing is itemised the flat add-ons."""
    common = chosen(rent_quote_itemised, 0, rent_addon_share, 1, rent_support_share)
    return where(defined(rental_support_share), rental_support_share, common)


@line("Support, paid", "USD", along="rent_quotes")
def rent_quote_support_cost(rent_quote_hours_cost, rent_quote_support_share):
    """Over the hours."""
    return rent_quote_hours_cost * rent_quote_support_share


@line("Price of storage", "USD/GB/month", along="rent_quotes")
def rent_quote_storage_price(rental_storage_price, rent_quote_rate, rent_storage_price):
    """The scenario's where the offer has none."""
    return where(
        defined(rental_storage_price), rental_storage_price * rent_quote_rate, rent_storage_price
    )


@line("Price of moving out", "USD/GB", along="rent_quotes")
def rent_quote_egress_price(rental_egress_price, rent_quote_rate, rent_egress_price):
    """The scenario's where the offer has none."""
    return where(
        defined(rental_egress_price), rental_egress_price * rent_quote_rate, rent_egress_price
    )


@line("Storage and egress, a year", "USD/year", along="rent_quotes")
def rent_quote_items_yearly(
    rent_quote_itemised, rent_quote_storage_price, rent_storage_gb, rent_quote_egress_price,
    rent_egress_gb,
):  # fmt: skip
    """Where they are itemised; else they are in the add-ons."""
    stored = rent_quote_storage_price * rent_storage_gb * 12
    return rent_quote_itemised * (stored + rent_quote_egress_price * rent_egress_gb)


@line("Storage and egress, paid", "USD", along="rent_quotes")
def rent_quote_items_cost(rent_quote_items_yearly, contract_years_present):
    """In all years."""
    return rent_quote_items_yearly * contract_years_present


@line("Set up, paid", "USD", along="rent_quotes")
def rent_quote_setup_cost(rental_setup_cost, rent_quote_rate, rent_setup_cost):
    """Once; the scenario's where the offer has none."""
    return where(defined(rental_setup_cost), rental_setup_cost * rent_quote_rate, rent_setup_cost)


@line("All costs", "USD", along="rent_quotes")
def rent_quote_cost(
    rent_quote_hours_cost, rent_quote_support_cost, rent_quote_items_cost, rent_quote_setup_cost
):
    """Staff not included, who are in every option alike."""
    items = rent_quote_items_cost + rent_quote_setup_cost
    return rent_quote_hours_cost + rent_quote_support_cost + items


@line("Useful hours", "GPU-h", along="rent_quotes")
def rent_quote_useful_hours(capacity_hours_present, utilization, rent_quote_useful_share):
    """Discounted as their costs are."""
    return capacity_hours_present * utilization * rent_quote_useful_share


_bound = Heading("What it binds to")


@line("Committed, a year", "USD/year", along="rent_quotes")
def rent_quote_yearly(
    rental_commitment, utilization, rent_quote_price, rent_quote_support_share, fleet_gpus,
    hours_per_year,
):  # fmt: skip
    """Of a reservation all hours, of blocks those used, at the price of year 1 with support."""
    share = chosen(rental_commitment, on_demand=0, reserved=1, block=utilization)
    rate = rent_quote_price * (1 + rent_quote_support_share)
    return share * rate * fleet_gpus * hours_per_year


_counting = Heading("Which count")


@line("Days in force", "day", along="rent_quotes")
def rent_quote_days_left(rental_valid_until, as_of_day):
    """From the day that ages are counted from; below 0 it has expired."""
    return day_number(rental_valid_until) - as_of_day


@line("GPUs too many", "GPU", along="rent_quotes")
def rent_quote_excess_gpus(rental_min_gpus, fleet_gpus):
    """That the offer asks for beyond the fleet."""
    return maximum(rental_min_gpus - fleet_gpus, 0)


@line("Asked by, and as", "text", along="rent_quotes")
def rent_quote_series(rental_provider, rental_commitment):
    """Provider and commitment: rows of one series are its terms, and its rounds."""
    return text("{}: {}", rental_provider, rental_commitment)


@line("Latest round of answers", "count", along="rent_quotes")
def rent_quote_latest_round(rental_round, rent_quote_series):
    """Of its series: what the provider asked last."""
    return highest_where(rental_round, rent_quote_series, rent_quote_series)


@line("A later round replaces it", "flag", along="rent_quotes")
def rent_quote_superseded(rental_round, rent_quote_latest_round):
    """1 for what stays as history."""
    return where(below(rental_round, rent_quote_latest_round), 1, 0)


@line("It counts", "flag", along="rent_quotes")
def rent_quote_counts(rent_quote_days_left, rent_quote_excess_gpus, rent_quote_superseded):
    """1 for what can be signed: the latest, in force, and for as few GPUs as the fleet has."""
    fits = both(at_most(rent_quote_excess_gpus, 0), picked(rent_quote_superseded, 0))
    return where(both(at_most(0, rent_quote_days_left), fits), 1, 0)


@line("Failing", "count", along="rent_quotes")
def rent_quote_failing(rent_quote_days_left, rent_quote_excess_gpus, rent_quote_superseded):
    """3: superseded; 2: expired; 1: it asks for more GPUs; the gravest stands."""
    expired = where(below(rent_quote_days_left, 0), 2, 0)
    few = where(beyond(rent_quote_excess_gpus, 0), 1, 0)
    return maximum(expired, few, rent_quote_superseded * 3)

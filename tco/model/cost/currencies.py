"""Currencies: what one of each costs in the currency of the scenario, and of which day that is."""

from tco.lines import *
from tco.model import evidence

SECTION = "currencies"
PAGE = Page(
    "What one of each currency costs in the currency of the workbook, and how old that is",
    tabular=True,
    place=37,
)

currencies = GivenRows(
    "Currencies", "What one of each costs in the currency of the scenario.", prefix="exchange_"
)
exchange_currency = Given(
    "Currency of offers", "text", "Its three letters.", along="currencies", example="EUR"
)
exchange_rate = Given(
    "Rate", "USD", "What one of it costs.", above=0, along="currencies", money=False, example="1.08"
)
exchange_date = Given("Day of the rate", "date", "When it was read.", along="currencies")


@line("Age of the rate", "day", along="currencies")
def exchange_age(exchange_date, as_of_day):
    """To the day that ages are counted from."""
    return evidence.age_of(exchange_date, as_of_day)


@row_check(
    "Old rate",
    along="currencies",
    count=("old_rates", "Old rates"),
    first=("first_old_rate", "First old rate"),
    check=("rates_recent", "Rates of exchange are recent"),
    note="What a currency costs is asked for anew, as prices are.",
    says="{count} of the rates of exchange are older than prices may be; the first is of {first}",
    kind="alert",
)
def exchange_old(exchange_age, price_age_limit_days):
    """1 where the rate is older than prices may be."""
    return both(defined(exchange_age), beyond(exchange_age, price_age_limit_days))


@row_check(
    "Own, but not 1",
    along="currencies",
    count=("odd_own_rates", "Own rates that are not 1"),
    first=("first_odd_own_rate", "First own rate that is not 1"),
    check=("own_rate_is_one", "The own currency costs 1"),
    note="One of the currency that all money is in costs one of it.",
    says="{first} is the currency of the workbook, so that its rate is 1",
)
def exchange_odd(exchange_currency, currency, exchange_rate):
    """1 where the currency of the workbook has another rate than 1."""
    return both(picked(exchange_currency, currency), unless(same(exchange_rate, 1)))

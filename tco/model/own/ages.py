"""Ages: how old the prices behind a fleet without a run are; a run's own sheet has the rest."""

import tco.model.evidence as evidence  # the module: its lines would be of this one too
from tco.lines import *

SECTION = "proofs"

as_of_day = evidence.as_of_day.on(SECTION)

own_prices = Rows(
    (
        ("server_price", "Servers", "Owned."),
        ("colo_price", "Colocation", "Owned."),
        ("power_price", "Electricity", "Owned."),
        ("reserved_price", "Reserved rent", "Rented."),
        ("on_demand_price", "On-demand rent", "Rented."),
    )
)

_ages = Heading("How old the prices are")


@line("Price is of", "date", along="own_prices")
def own_price_date(
    server_price_date, colo_price_date, power_price_date, reserved_price_date,
    on_demand_price_date,
):  # fmt: skip
    """The day of each price, as Inputs has it."""
    return each(server_price_date, colo_price_date, power_price_date, reserved_price_date,
                on_demand_price_date)  # fmt: skip


@line("Price is old", "day", along="own_prices")
def own_price_age(own_price_date, as_of_day):
    """Days to the day that ages are counted from."""
    return evidence.age_of(own_price_date, as_of_day)


@line("Oldest of these prices, days", "day")
def own_oldest_days(own_price_age):
    """The age of the oldest that is dated."""
    return where(
        beyond(counted(own_price_age), 0), highest(own_price_age), undefined("none is dated")
    )


@line("Oldest of these prices", "text")
def own_oldest_price(own_oldest_days, own_price_age, own_prices):
    """Which one that is."""
    return where(
        defined(own_oldest_days), lookup(own_oldest_days, own_price_age, own_prices), "none"
    )


@check("The prices are recent", kind=ALERT)
def own_prices_recent(own_oldest_days, price_age_limit_days, own_oldest_price):
    """No price behind owning or renting is older than the limit."""
    return both(defined(own_oldest_days), beyond(own_oldest_days, price_age_limit_days)), text(
        "{} is {} days old, the limit is {}",
        own_oldest_price,
        shown(own_oldest_days, "#,##0"),
        shown(price_age_limit_days, "#,##0"),
    )

"""Ages: how old the prices behind a fleet without a run are; a run's own sheet has the rest."""

import tco.model.evidence as evidence  # the module: its lines would be of this one too
from tco.lines import *
from tco.model.own.rival import Rival

SECTION = "proofs"

as_of_day = evidence.as_of_day.on(SECTION)


def _prices(members: Members) -> dict[str, tuple[str, str]]:
    """The prices behind owning, and behind each way to rent: what each is of, and of whom."""
    owned = (*members.leaves("capex"), *members.leaves("opex"))
    found = {said.rests_on: (said.label or one.label, "Owned.") for one, said in owned}
    found.pop("", None)  # what no price carries
    for one in members.all(Rival):
        found.setdefault(one.price, (f"{one.label} rent", "Rented."))
    return found


@gathered
def own_prices(members):
    """A row for each price."""
    yield Rows(tuple((key, *said) for key, said in _prices(members).items()), "own_prices")


_ages = Heading("How old the prices are")


@gathered
def own_price_dates(members):
    """The day of each price."""
    dates = (f"{key}_date" for key in _prices(members))
    yield column_of("own_prices", "own_price_date", "Price is of", "date",
                    "The day of each price, as Inputs has it.", dates)  # fmt: skip


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

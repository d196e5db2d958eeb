"""Risk: what a late delivery and a lost deposit would cost, beside the price of a quote."""

from tco.lines import *

SECTION, INPUTS = "quotes", "buy"

delay_weeks = Given(
    "Delay that is reckoned with", "week", least=0,
    note="By which late delivery is priced; it is no part of the compared price.",
)  # fmt: skip


@line("Rent that bridges a delay", "USD/server")
def bridge_cost(delay_weeks, days_per_week, gpus_per_server, utilization, on_demand_rate):
    """GPUs hired on demand for the weeks that a server is late, as far as they are used."""
    hours = delay_weeks * days_per_week * 24 * utilization
    priced = gpus_per_server * hours * on_demand_rate
    return where(defined(on_demand_rate), priced, undefined("no price on demand"))


_risk = Heading("Beside the price: useful work, and risk in money")


@line("Compared price for the useful work", "USD", along="quotes")
def quote_useful_price(quote_compared_price, offered_useful_share):
    """Of as many as do the work of one that is asked for."""
    return quote_compared_price / offered_useful_share


@line("For the useful work, of what counts", "USD", along="quotes")
def quote_useful_counting(quote_counts, quote_useful_price):
    """A dash for the others."""
    return where(picked(quote_counts, 1), quote_useful_price, undefined("–"))


@line("Lowest for the useful work", "USD")
def best_useful_price(quote_useful_counting):
    """Of all that count, whoever is chosen; 0 where none does."""
    return lowest(quote_useful_counting)


@line("Lowest for the useful work: offer", "text")
def best_useful_offer(best_useful_price, quote_useful_counting, quote_series):
    """Vendor, item and alternate."""
    offer = lookup(best_useful_price, quote_useful_counting, quote_series)
    return where(beyond(best_useful_price, 0), offer, "none")


@line("Damages for the delay", "USD", along="quotes")
def quote_damages(quote_price, offered_damages_share, delay_weeks, offered_damages_cap):
    """What the vendor owes for the delay that is reckoned with."""
    return quote_price * minimum(offered_damages_share * delay_weeks, offered_damages_cap)


@line("Delay, beyond damages", "USD", along="quotes")
def quote_delay_cost(bridge_cost, quote_damages):
    """Rent that bridges the delay less what the vendor owes for it; a dash without such a rent."""
    beyond_damages = maximum(bridge_cost - quote_damages, 0)
    return where(defined(bridge_cost), beyond_damages, undefined("–"))


@line("Deposit at risk", "USD", along="quotes")
def quote_deposit_at_risk(quote_price, offered_deposit_share, offered_guaranteed_share):
    """Paid with the order, and guaranteed by nobody."""
    return quote_price * offered_deposit_share * (1 - offered_guaranteed_share)

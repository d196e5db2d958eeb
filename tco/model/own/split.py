"""Split: the fleet is awarded to several quotes, each at the break that its own share reaches."""

from tco.lines import *

SECTION, INPUTS = "quotes", "buy"

award_basis = Choice(
    "Order goes to",
    "choice",
    options=(
        ("split", "as the table of awards has it"),
        ("single", "all to the quote that is chosen"),
    ),
    note="Who gets the order.",
)
awards = GivenRows(
    "Awards", "Who gets which share of the order; shares add to 1.", prefix="awarded_",
    numbered=True,
)  # fmt: skip
awarded_vendor = Given("Vendor awarded", "text", "Who gets it.", along="awards", names="quotes")
awarded_item = Choice(
    "Item awarded",
    "choice",
    "What is awarded.",
    options=(("server", "a server with its GPUs"),),
    along="awards",
)
awarded_alternate = Given(
    "Alternate awarded", "text", "What is bought instead.", required=False, along="awards"
)
awarded_share = Given("Share awarded", "share", "Of the servers.", above=0, most=1, along="awards")


_shares = Heading("Who gets how much")


@line("Series awarded", "text", along="awards")
def awarded_series(awarded_vendor, awarded_item, awarded_alternate):
    """As quotes are called: vendor, item and alternate."""
    offer = text("{}: {}", awarded_vendor, awarded_item)
    instead = text("{}: {}, {}", awarded_vendor, awarded_item, awarded_alternate)
    return where(picked(awarded_alternate, "–"), offer, instead)


@line("Servers awarded", "server", along="awards")
def awarded_servers(awarded_share, servers):
    """By which each vendor's break of quantity counts."""
    return awarded_share * servers


@row_check(
    "Is unmet",
    along="awards",
    count=("awards_unmet", "Awards unmet"),
    first=("first_award_unmet", "First award unmet"),
    check=("awards_met", "Every award has a quote that counts"),
    note="What is awarded is offered at its quantity, in force and in time.",
    says="{count} awards have no quote that counts at their quantity; the first is {first}",
)
def awarded_unmet(awarded_series, quote_split_counts, quote_series):
    """1 where no quote of the vendor counts at the quantity awarded."""
    return below(total_where(quote_split_counts, quote_series, awarded_series), 1), awarded_series


@check("Shares of the awards add to 1")
def awards_add_up(awards_total_share):
    """All of the order is awarded, and once."""
    return unless(same(awards_total_share, 1)), text(
        "the shares of the awards add to {}, not to 1", shown(awards_total_share, "0.00%")
    )


@line("Shares awarded", "share")
def awards_total_share(awarded_share):
    """1 where all of the order is awarded."""
    return total(awarded_share)


_whole = Heading("Awards as a whole")


@line("All to the quote chosen", "USD", guarded=True)
def single_award_cost(best_compared_price, servers):
    """Servers at its compared price."""
    return best_compared_price * servers


@line("Split as awarded", "USD")
def split_award_cost(quote_split_weight, quote_compared_price, servers):
    """Each share at the compared price of its break."""
    return dot(quote_split_weight, quote_compared_price) * servers


@line("Splitting costs more", "USD", guarded=True)
def split_premium(split_award_cost, single_award_cost):
    """Against all to the quote chosen; below 0 it is cheaper."""
    return split_award_cost - single_award_cost


@line("Quote chosen: vendor", "text")
def chosen_vendor(award_basis, quotes_chosen, quote_chosen, offered_vendor, awards_total_share):
    """Who offers it, or that several do."""
    alone = where(beyond(quotes_chosen, 0), lookup(1, quote_chosen, offered_vendor), "none")
    several = text("several vendors, {} of the order", shown(awards_total_share, "0%"))
    return chosen(award_basis, split=several, single=alone)


_split = Heading("What each quote is awarded")


@line("Share of its series", "share", along="quotes")
def quote_split_share(awarded_share, awarded_series, quote_series):
    """Of the servers, by the table of awards."""
    return total_where(awarded_share, awarded_series, quote_series)


@line("Break reached by its share", "server", along="quotes")
def quote_split_reached(quote_open, offered_min_quantity, quote_split_share, servers):
    """0 where it is not open, or beyond what its vendor is awarded."""
    reached = both(
        picked(quote_open, 1), at_most(offered_min_quantity, quote_split_share * servers)
    )
    return where(reached, offered_min_quantity, 0)


@line("Counts for its share", "flag", along="quotes")
def quote_split_counts(quote_split_reached, quote_series):
    """1 at the highest break of its series that its share reaches."""
    top = highest_where(quote_split_reached, quote_series, quote_series)
    return where(both(beyond(quote_split_reached, 0), same(quote_split_reached, top)), 1, 0)


@line("Awarded by the table", "share", along="quotes")
def quote_split_weight(quote_split_counts, quote_split_share, quote_series):
    """Its share of the order; evenly where one stands twice."""
    alike = maximum(total_where(quote_split_counts, quote_series, quote_series), 1)
    return quote_split_counts * quote_split_share / alike


@line("Share of the award", "share", along="quotes")
def quote_weight(award_basis, quote_split_weight, quote_chosen):
    """By the table, or all of it to the quote chosen."""
    alone = quote_chosen / maximum(total(quote_chosen), 1)
    return chosen(award_basis, split=quote_split_weight, single=alone)

"""Standing: which quotes count, and why the others do not."""

from tco.lines import *

SECTION = "quotes"
SEA_TERMS = ("FAS", "FOB", "CFR", "CIF")

_counting = Heading("Which count")


@line("Vendor and item", "text", along="quotes")
def quote_vendor_item(offered_vendor, offered_item):
    """Rows of one are its alternates, breaks and rounds."""
    return text("{}: {}, any", offered_vendor, offered_item)


@line("Latest round", "count", along="quotes")
def quote_latest_round(offered_round, quote_vendor_item):
    """What the vendor answered last for the item: an alternate that it left out is withdrawn."""
    return highest_where(offered_round, quote_vendor_item, quote_vendor_item)


@line("Is superseded", "flag", along="quotes")
def quote_superseded(offered_round, quote_latest_round):
    """1 for what a later round of the vendor replaces."""
    return where(below(offered_round, quote_latest_round), 1, 0)


@line("Days of validity left", "day", along="quotes")
def quote_days_left(offered_valid_until, as_of_day):
    """From the day that ages are counted from; below 0 it has expired."""
    return day_number(offered_valid_until) - as_of_day


@line("Days beyond the longest lead time", "day", along="quotes")
def quote_days_late(lead_limit_days, quote_lead_days):
    """0 where there is none."""
    return where(defined(lead_limit_days), quote_lead_days - lead_limit_days, 0)


@line("Is open", "flag", along="quotes")
def quote_open(quote_superseded, offered_complies, quote_days_left, quote_days_late):
    """1 for the latest round, if it complies, is in force and in time."""
    in_time = both(at_most(0, quote_days_left), at_most(quote_days_late, 0))
    fit = both(picked(quote_superseded, 0), picked(offered_complies, "yes"))
    return where(both(fit, in_time), 1, 0)


@line("Break of quantity that is reached", "server", along="quotes")
def quote_reached(quote_open, offered_min_quantity, servers):
    """0 where it is not open, or beyond what is bought."""
    reached = both(picked(quote_open, 1), at_most(offered_min_quantity, servers))
    return where(reached, offered_min_quantity, 0)


@line("Highest break of its series", "server", along="quotes")
def quote_break(quote_reached, quote_series):
    """Among the rows of that vendor, item and alternate."""
    return highest_where(quote_reached, quote_series, quote_series)


@line("State", "count", along="quotes")
def quote_state(
    quote_superseded, offered_complies, quote_days_left, quote_days_late, offered_min_quantity,
    servers, quote_counts, quote_awarded,
):  # fmt: skip
    """0 chosen, 1 counts, 2 another break, 3 few, 4 late, 5 expired, 6 unfit, 7 superseded."""
    open_ = 2 - quote_counts
    unfit = where(picked(offered_complies, "no"), 6, open_)
    expired = where(below(quote_days_left, 0), 5, open_)
    late = where(beyond(quote_days_late, 0), 4, open_)
    few = where(beyond(offered_min_quantity, servers), 3, open_)
    superseded = quote_superseded * 7
    return (1 - quote_awarded) * maximum(superseded, unfit, expired, late, few)


@line("Stands in black", "flag", along="quotes")
def quote_stands(quote_counts, quote_awarded):
    """1 for what counts or is awarded; the others are grey."""
    return maximum(quote_counts, quote_awarded)


@line("Offer in full", "text", along="quotes")
def quote_offer(quote_series, offered_min_quantity, offered_round):
    """What a vendor can ask one price for."""
    least = shown(offered_min_quantity, "0")
    return text("{}, from {}, round {}", quote_series, least, shown(offered_round, "0"))


@row_check(
    "Stands twice",
    along="quotes",
    count=("quotes_twice", "Quotes that stand twice"),
    first=("first_quote_twice", "First quote that stands twice"),
    check=("quotes_once", "Each offer stands once"),
    note="Two prices of one vendor for the same: a later answer is a later round.",
    says="{count} quotes stand twice, the first {first}: give the later answer round 2",
    kind="alert",
)
def quote_twice(quote_offer):
    """1 where vendor, item, alternate, quantity and round are those of another row."""
    return beyond(times_listed(quote_offer, quote_offer), 1), quote_offer


@row_check(
    "Asks for more than its price",
    along="quotes",
    count=("quotes_overdue", "Quotes whose instalments are more than the price"),
    first=("first_quote_overdue", "First quote whose instalments are more than the price"),
    check=("instalments_fit", "Instalments of a quote are no more than its price"),
    note="Deposit and what is due on delivery are parts of one price.",
    says="deposit_share and delivery_share add to more than 100 % in {count} quotes, the first "
    "{first}",
    guards="quotes",
)
def quote_overdue(offered_deposit_share, offered_delivery_share, quote_series):
    """1 where both instalments are more than the price."""
    return beyond(rounded(offered_deposit_share + offered_delivery_share), 1), quote_series


@line("A server by its GPUs, if listed", "USD")
def listed_server_price(server_price_by_gpu):
    """Of one; 0 where the catalogue has no price of them."""
    return known_or(server_price_by_gpu, 0)


@line("Its GPUs are listed at", "USD", along="quotes")
def quote_listed_price(offered_item, listed_server_price):
    """With their host; 0 for what is no server."""
    return where(picked(offered_item, "server"), listed_server_price, 0)


@row_check(
    "Far from the catalogue",
    along="quotes",
    count=("quotes_far_off", "Quotes of servers far from the catalogue"),
    first=("first_quote_far_off", "First quote of a server far from the catalogue"),
    check=("quotes_near_catalogue", "A server is quoted at what its GPUs are listed for"),
    note="Else a digit, a currency or the item may be another than was meant.",
    says="{count} quotes of servers are off the catalogue's price of their GPUs by more than "
    "quote_mismatch_factor, the first {first}: price, currency and item?",
    kind="alert",
)
def quote_far_off(quote_price, quote_listed_price, quote_mismatch_factor, quote_series):
    """1 where its price is off that of its GPUs, with their host, by more than the factor."""
    low = below(quote_price * quote_mismatch_factor, quote_listed_price)
    high = beyond(quote_price, quote_listed_price * quote_mismatch_factor)
    return both(beyond(quote_listed_price, 0), either(low, high)), quote_series


@row_check(
    "For ships alone",
    along="quotes",
    count=("sea_terms", "Quotes on terms for ships"),
    first=("first_sea_term", "First quote on terms for ships"),
    check=("terms_fit_the_way", "Incoterms fit the way of transport"),
    note="FAS, FOB, CFR and CIF are for bulk aboard a ship; servers go by air or in containers.",
    says="{count} quotes are FAS, FOB, CFR or CIF, the first {first}: ask for FCA, CPT or CIP",
    kind="alert",
)
def quote_by_sea(offered_incoterm, quote_series):
    """1 where the Incoterm is for goods laid aboard a ship."""
    return either(*(picked(offered_incoterm, term) for term in SEA_TERMS)), quote_series

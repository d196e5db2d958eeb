"""Rent ranking: which rent quote is the best of its kind, whatever row it stands in."""

from tco.lines import *

SECTION = "rent_quotes"


_lowest = Heading("How the best of each kind is found")


@line("Compared cost", "USD", along="rent_quotes")
def rent_quote_compared_cost(rent_quote_cost, rent_quote_useful_share):
    """For as much useful work as the plan's hours do."""
    return rounded(rent_quote_cost / rent_quote_useful_share)


@line("Kind, if it counts", "text", along="rent_quotes")
def rent_quote_kind(rent_quote_counts, rental_commitment):
    """A dash for what does not."""
    return where(picked(rent_quote_counts, 1), rental_commitment, "–")


@line("Lowest cost", "USD", along="rent_quotes")
def rent_quote_lowest_cost(rent_quote_compared_cost, rent_quote_kind):
    """Of those of its kind that count."""
    return lowest_where(rent_quote_compared_cost, rent_quote_kind, rent_quote_kind)


@line("Of lowest cost", "text", along="rent_quotes")
def rent_quote_cheapest(rent_quote_compared_cost, rent_quote_lowest_cost, rent_quote_kind):
    """Its kind."""
    return where(same(rent_quote_compared_cost, rent_quote_lowest_cost), rent_quote_kind, "–")


@line("Lowest price", "USD/GPU-h", along="rent_quotes")
def rent_quote_lowest_price(rent_quote_price, rent_quote_cheapest):
    """Of those that tie."""
    return lowest_where(rent_quote_price, rent_quote_cheapest, rent_quote_cheapest)


@line("Of lowest price too", "text", along="rent_quotes")
def rent_quote_lower(rent_quote_price, rent_quote_lowest_price, rent_quote_cheapest):
    """Its kind."""
    return where(same(rent_quote_price, rent_quote_lowest_price), rent_quote_cheapest, "–")


@line("Provider's place by name", "count", along="rent_quotes")
def rent_quote_name_place(rental_provider):
    """0 for the first of all."""
    return times_before(rental_provider, rental_provider)


@line("First place", "count", along="rent_quotes")
def rent_quote_first_place(rent_quote_name_place, rent_quote_lower):
    """Of those that still tie."""
    return lowest_where(rent_quote_name_place, rent_quote_lower, rent_quote_lower)


@line("First by name too", "text", along="rent_quotes")
def rent_quote_first(rent_quote_name_place, rent_quote_first_place, rent_quote_lower):
    """Its kind."""
    return where(same(rent_quote_name_place, rent_quote_first_place), rent_quote_lower, "–")


@line("Least signed", "USD", along="rent_quotes")
def rent_quote_least_signed(rent_quote_obligation, rent_quote_first):
    """Where one provider's offers tie."""
    return lowest_where(rent_quote_obligation, rent_quote_first, rent_quote_first)


@line("Best of its kind", "flag", along="rent_quotes")
def rent_quote_best(rent_quote_obligation, rent_quote_least_signed, rent_quote_first):
    """1 by cost, then price, then name, then what is signed, whatever its row."""
    least = same(rent_quote_obligation, rent_quote_least_signed)
    return where(both(unless(picked(rent_quote_first, "–")), least), 1, 0)


@line("Add-ons on an hour", "share", along="rent_quotes")
def rent_quote_addon(rent_quote_support_share, rent_quote_useful_share):
    """Support, and the hours more that the same useful work takes."""
    return (1 + rent_quote_support_share) / rent_quote_useful_share - 1


_alerts = Heading("Whether quotes count")


@line("Any of its kind counts", "flag", along="rent_quotes")
def rent_quote_kind_counts(rent_quote_counts, rental_commitment):
    """1 where a way to rent goes by a quote."""
    return highest_where(rent_quote_counts, rental_commitment, rental_commitment)


@row_check(
    "None of its kind",
    along="rent_quotes",
    count=("rent_quotes_idle", "Rent quotes of kinds of which none counts"),
    first=("first_idle_kind", "First kind of which no rent quote counts"),
    check=("rent_quotes_lead", "Of each kind a rent quote counts"),
    note="Where none does, that rent goes by what is given, or by the catalogue.",
    says="no rent quote counts of the kind {first}: it goes by what is given; see sheet Rentals",
    kind="alert",
)
def rent_quote_idle(rent_quote_kind_counts, rental_commitment):
    """1 where no offer of its kind counts."""
    return unless(picked(rent_quote_kind_counts, 1)), rental_commitment


@row_check(
    "Nothing stored",
    along="rent_quotes",
    count=("rent_quotes_unstored", "Rent quotes that price storage of nothing"),
    first=("first_unstored_rent_quote", "First rent quote that prices storage of nothing"),
    check=("rent_storage_known", "Storage that is priced has a size"),
    note="A price of storage says nothing until rent_storage_gb says of how much.",
    says="{count} of the rent quotes price storage, of which rent_storage_gb is 0: give it",
    kind="alert",
)
def rent_quote_unstored(rental_storage_price, rent_storage_gb):
    """1 where storage has a price and no size."""
    return both(defined(rental_storage_price), unless(beyond(rent_storage_gb, 0)))


@row_check(
    "Nothing moved out",
    along="rent_quotes",
    count=("rent_quotes_unmoved", "Rent quotes that price egress of nothing"),
    first=("first_unmoved_rent_quote", "First rent quote that prices egress of nothing"),
    check=("rent_egress_known", "Egress that is priced has a size"),
    note="A price of egress says nothing until rent_egress_gb says of how much.",
    says="{count} of the rent quotes price egress, of which rent_egress_gb is 0: give it",
    kind="alert",
)
def rent_quote_unmoved(rental_egress_price, rent_egress_gb):
    """1 where egress has a price and no size."""
    return both(defined(rental_egress_price), unless(beyond(rent_egress_gb, 0)))

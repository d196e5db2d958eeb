"""Bundles: all that a vendor offers awarded to it, beside the award as it stands."""

from tco.lines import *

SECTION = "quotes"


_bundles = Heading("A vendor's bundle beside the award, whole")


@line("Compared price, if it counts", "USD", along="quotes")
def quote_counting_price(quote_counts, quote_compared_price):
    """Else the highest of all: no lowest is below that of another."""
    return where(picked(quote_counts, 1), quote_compared_price, highest(quote_compared_price))


@line("Lowest of its item that counts", "USD", along="quotes")
def quote_item_lowest(quote_counting_price, offered_item):
    """Whoever is chosen."""
    return lowest_where(quote_counting_price, offered_item, offered_item)


@line("Lowest of its vendor for the item", "USD", along="quotes")
def quote_vendor_lowest(quote_counting_price, quote_vendor_item):
    """Of what counts."""
    return lowest_where(quote_counting_price, quote_vendor_item, quote_vendor_item)


@line("Its part of all to the lowest", "USD", along="quotes")
def quote_lowest_cost(quote_counts, quote_quantity, quote_item_lowest, offered_item):
    """What the item costs at its lowest, spread over its quotes that count."""
    alike = maximum(total_where(quote_counts, offered_item, offered_item), 1)
    return quote_counts * quote_quantity * quote_item_lowest / alike


@line("Its part of what the vendor costs more", "USD", along="quotes")
def quote_bundle_more(
    quote_counts, quote_quantity, quote_vendor_lowest, quote_item_lowest, quote_vendor_item
):
    """Of the item, against its lowest, spread over the vendor's quotes of it that count."""
    alike = maximum(total_where(quote_counts, quote_vendor_item, quote_vendor_item), 1)
    more = difference(quote_vendor_lowest, quote_item_lowest)
    return quote_counts * quote_quantity * more / alike


@line("Ordered", "count", along="quotes")
def quote_ordered(quote_weight, quote_quantity):
    """As many of the item as it is awarded."""
    return quote_weight * quote_quantity


@line("All to the lowest", "USD")
def lowest_award_cost(quote_lowest_cost):
    """Every item that is quoted, compared, whoever offers it."""
    return total(quote_lowest_cost)


@line("As awarded", "USD")
def award_cost(quote_ordered, quote_compared_price):
    """Every item that is quoted, compared, at the quote that is chosen."""
    return dot(quote_ordered, quote_compared_price)


@line("Vendor's bundle", "USD", along="quotes")
def quote_bundle_cost(quote_counts, offered_vendor, lowest_award_cost, quote_bundle_more):
    """All that its vendor offers to it, the rest to the lowest; a dash where none counts."""
    offers = total_where(quote_counts, offered_vendor, offered_vendor)
    more = total_where(quote_bundle_more, offered_vendor, offered_vendor)
    return where(beyond(offers, 0), lowest_award_cost + more, undefined("–"))


@line("Bundle costs more than the award", "USD", along="quotes")
def quote_bundle_premium(quote_bundle_cost, award_cost):
    """Below 0 it is cheaper; a dash where none counts."""
    more = difference(quote_bundle_cost, award_cost)
    return where(defined(quote_bundle_cost), more, undefined("–"))


@line("Cheapest bundle", "USD")
def best_bundle_cost(quote_bundle_cost):
    """Of any one vendor; 0 where nobody's quotes count."""
    return lowest(quote_bundle_cost)


@line("Cheapest bundle: vendor", "text")
def best_bundle_vendor(best_bundle_cost, quote_bundle_cost, offered_vendor):
    """Who offers it."""
    found = lookup(best_bundle_cost, quote_bundle_cost, offered_vendor)
    return where(beyond(best_bundle_cost, 0), found, "none")


@line("Cheapest bundle costs more than the award", "USD")
def best_bundle_premium(best_bundle_vendor, best_bundle_cost, award_cost):
    """Below 0 it is cheaper; nothing where nobody's quotes count."""
    more = difference(best_bundle_cost, award_cost)
    return where(picked(best_bundle_vendor, "none"), undefined("no quote counts"), more)


@line("What the choice costs more than the lowest", "USD")
def choice_premium(award_cost, lowest_award_cost):
    """Of all that is quoted, compared."""
    return maximum(difference(award_cost, lowest_award_cost), 0)


@check("A dearer choice has its reason", kind=ALERT)
def choice_explained(choice_premium, award_reason):
    """Where what is awarded is not the lowest, it is said why."""
    return both(beyond(choice_premium, 0), lacking(award_reason)), text(
        "what is awarded costs {} more than the lowest compared prices; award_reason is not given",
        shown(choice_premium, "#,##0"),
    )

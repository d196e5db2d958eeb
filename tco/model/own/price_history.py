"""Price history: what listed rents have done, year by year, behind the drift that is assumed."""

from tco.lines import *

SECTION = "history"
PAGE = Page(
    "What listed rents have done, index by index: the range of rent growth is made of it",
    tabular=True,
    title="Indices",
    place=85,
)

price_history = GivenRows(
    "Price history",
    "What an index of listed rents stood at, and when; the range of rent growth is made of it.",
    prefix="history_",
    numbered=True,
)
history_index = Given("Index", "text", "Of whose lists.", along="price_history")
history_observed = Given("Observed", "date", "The day, or its month.", along="price_history")
history_price = Given("Listed rent", "USD/GPU-h", "The index.", above=0, along="price_history")
history_providers = Given(
    "Providers", "count", "How many it is of.", least=1, required=False, along="price_history"
)


_spells = Heading("What listed rents did in a year")


@line("Observed, day number", "day", along="price_history")
def history_day(history_observed):
    """For the differences below."""
    return day_number(history_observed)


@line("Last of its index, day number", "day", along="price_history")
def history_last_day(history_day, history_index):
    """When it was observed last."""
    return highest_where(history_day, history_index, history_index)


@line("Years to the last", "years", along="price_history", exact=True)
def history_years_left(history_last_day, history_day, hours_per_year, period_years):
    """From this day to the last of its index."""
    return (history_last_day - history_day) * 24 / (hours_per_year * period_years)


@line("Years since the first, to the last", "years", along="price_history", exact=True)
def history_years(history_years_left, history_index):
    """How long the index has been observed."""
    return highest_where(history_years_left, history_index, history_index)


@line("Years since the first", "years", along="price_history", exact=True)
def history_years_since(history_years, history_years_left):
    """From the first of its index to this day."""
    return difference(history_years, history_years_left)


@line("If it is the first", "USD/GPU-h", along="price_history")
def history_opening(history_price, history_years_since):
    """0 on any other day."""
    return where(picked(history_years_since, 0), history_price, 0)


@line("If it is the last", "USD/GPU-h", along="price_history")
def history_closing(history_price, history_years_left):
    """0 on any other day."""
    return where(picked(history_years_left, 0), history_price, 0)


@line("First listed rent of its index", "USD/GPU-h", along="price_history")
def history_first_price(history_opening, history_index):
    """On the first day."""
    return highest_where(history_opening, history_index, history_index)


@line("Last listed rent of its index", "USD/GPU-h", along="price_history")
def history_last_price(history_closing, history_index):
    """On the last day."""
    return highest_where(history_closing, history_index, history_index)


def _yearly(before, after, years):
    """Growth a year between two prices; a dash within the first half year."""
    lasting = beyond(years * 2, 1)
    return where(lasting, power(after / before, 1 / years) - 1, undefined("–"))


@line("Growth a year, since the first", "share", along="price_history")
def history_growth_since(history_first_price, history_price, history_years_since):
    """From the first rent of its index to this one; of half a year at least."""
    return _yearly(history_first_price, history_price, history_years_since)


@line("Growth a year, to the last", "share", along="price_history")
def history_growth_left(history_price, history_last_price, history_years_left):
    """From this rent to the last one of its index; of half a year at least."""
    return _yearly(history_price, history_last_price, history_years_left)


@line("Least growth of listed rents in a year", "share")
def listed_growth_least(history_growth_since, history_growth_left):
    """Of any spell of half a year at least that begins or ends an index."""
    return minimum(lowest(history_growth_since), lowest(history_growth_left))


@line("Largest growth of listed rents in a year", "share")
def listed_growth_most(history_growth_since, history_growth_left):
    """Of any spell of half a year at least that begins or ends an index."""
    return maximum(highest(history_growth_since), highest(history_growth_left))


@check("Rent drifts as lists have", kind=ALERT)
def rent_growth_seen(rent_growth, listed_growth_least, listed_growth_most):
    """The drift of rent is within what an index of lists has done."""
    outside = either(
        short_of(rent_growth, listed_growth_least), beyond(rent_growth, listed_growth_most)
    )
    return outside, text(
        "rent_growth is {} a year; listed rents moved between {} and {}",
        shown(rent_growth, "0%"),
        shown(listed_growth_least, "0%"),
        shown(listed_growth_most, "0%"),
    )

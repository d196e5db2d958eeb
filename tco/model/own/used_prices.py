"""Used prices: what accelerators fetched by age, and the curve of the residual that they make."""

from tco.lines import *

SECTION, INPUTS = "used", "own"
PAGE = Page(
    "What used accelerators fetched by age: the residual that no file states is read off here",
    totals=("curve_residual",),
    tabular=True,
    title="Used",
    place=86,
)

# The families of the table of chips: a row each, also where nothing of one was seen sold.
FAMILIES = (
    ("volta", "Volta", "V100, from 2017."),
    ("ampere", "Ampere", "A100, from 2020."),
    ("hopper", "Hopper", "H100 and H200, from 2022."),
    ("blackwell", "Blackwell", "B200 and later."),
    ("amd", "AMD Instinct", "MI250X to MI355X."),
    ("tpu", "TPU", "Not sold."),
    ("pcie", "Cards of inference", "T4, A10G, L4, L40S."),
    ("other", "Others", "Trainium, Gaudi, Ascend."),
)

used_prices = GivenRows(
    "Used prices",
    "What a used accelerator fetched, and when; the curve of the residual is made of it.",
    prefix="used_",
    numbered=True,
)
used_chip = Given("Accelerator sold", "text", "What it was.", along="used_prices")
used_generation = Choice(
    "Generation",
    "choice",
    "The family that it is of, as on sheet Chips.",
    options=tuple((key, label) for key, label, _ in FAMILIES),
    along="used_prices",
)
used_released = Given("First delivered", "date", "Age is counted from here.", along="used_prices")
used_observed = Given("Seen on", "date", "The day, or its last month.", along="used_prices")
used_kind = Choice(
    "Kind of price",
    "choice",
    "What was paid or bid counts; what was asked or said stands beside.",
    options=(
        ("sold", "paid for a part of a server"),
        ("bid", "what a buyer offers for one"),
        ("card", "paid for a card sold by itself"),
        ("asked", "what sellers ask"),
        ("said", "a range that an article names"),
    ),
    along="used_prices",
)
used_price = Given(
    "Used price", "US$", "Or its range.", above=0, required=False, along="used_prices",
    example="11_000",
)  # fmt: skip
used_low = Given(
    "Used price, from", "US$", "Of a range.", above=0, required=False, along="used_prices"
)
used_high = Given(
    "Used price, to", "US$", "Of a range.", above=0, required=False, along="used_prices"
)
used_new_price = Given(
    "Price when new", "US$", "A server's, over its GPUs.", above=0, along="used_prices"
)
used_sales = Given(
    "Sales", "count", "How many it is the middle of.", least=1, required=False, along="used_prices"
)

generation = Given(
    "Generation of the accelerator",
    "text",
    "Whose used prices the residual is read off.",
    catalogue=("chips", "family"),
    follows=("chip",),
)
used_least_years = Given(
    "Used prices count from an age of", "years", "Younger ones are nearly new.", least=0, exact=True
)
used_most_years = Given(
    "Used prices count up to an age of", "years", "Older than any horizon.", above=0, exact=True
)
general_weight = Given(
    "Weight of all generations", "count", least=0,
    note="As that many observations, against a generation's own; 0: its own alone.",
)  # fmt: skip
trend_kept_share = Given(
    "Kept a year without any used price", "share", above=0, most=1,
    note="Only where no row of the used prices counts.",
)  # fmt: skip
generation_age_years = Given(
    "Age of the generation when bought", "years", least=0, exact=True,
    note="Where it is bought later at the price of its first day: used ones are cheaper already.",
)  # fmt: skip
used_spread_width = Given(
    "Width of the residual's range", "ratio", least=0,
    note="In typical distances of an observation from the mean, either side.",
)  # fmt: skip


_rows = Heading("What was observed")


@line("Price taken", "US$", along="used_prices")
def used_taken(used_price, used_low, used_high):
    """The price, or the middle of its range by ratio: as far from one end as from the other."""
    return known_or(used_price, root(used_low * used_high))


@line("Age when seen", "years", along="used_prices", exact=True)
def used_years(used_observed, used_released, hours_per_year, period_years):
    """Since the first delivery of its kind, when the price that it is compared with was asked."""
    days = day_number(used_observed) - day_number(used_released)
    return days * 24 / (hours_per_year * period_years)


@line("Share of the new price", "share", along="used_prices")
def used_share(used_taken, used_new_price):
    """What it fetched over what it cost new; a host is taken to fetch nothing by itself."""
    return used_taken / used_new_price


@line("Kept a year, by it", "share", along="used_prices")
def used_kept(used_share, used_years):
    """The same part lost each year; a dash at no age."""
    return where(beyond(used_years, 0), power(used_share, 1 / used_years), undefined("–"))


@line("Counts for the curve", "flag", along="used_prices")
def used_counts(used_kind, used_years, used_least_years, used_most_years, used_share):
    """1 where somebody paid or bid it for a part of a server, of an age that is planned for."""
    paid = either(picked(used_kind, "sold"), picked(used_kind, "bid"))
    young, old = at_most(used_least_years, used_years), at_most(used_years, used_most_years)
    return where(both(paid, young, old, defined(used_share)), 1, 0)


_generations = Heading("By generation")

generations = Rows(FAMILIES)


@line("Observations", "count", along="generations")
def generation_observations(used_counts, used_generation, generations):
    """How many count."""
    return total_where(used_counts, used_generation, generations)


@line("Years observed", "years", along="generations", exact=True)
def generation_years(used_counted_years, used_generation, generations):
    """Over its observations."""
    return total_where(used_counted_years, used_generation, generations)


@line("Logarithms together", "ratio", along="generations")
def generation_logs(used_log, used_generation, generations):
    """Over its observations."""
    return total_where(used_log, used_generation, generations)


@line("Logarithm a year", "ratio", along="generations")
def generation_log(generation_observations, generation_logs, generation_years):
    """All that its observations lost over all their years; 0 where there is none."""
    return where(beyond(generation_observations, 0), generation_logs / generation_years, 0)


@line("Kept a year, by its own", "share", along="generations")
def generation_own(generation_observations, generation_log):
    """By its own observations alone, older ones weighing more."""
    return where(beyond(generation_observations, 0), exp(generation_log), undefined("–"))


@line("Weight of its own", "share", along="generations")
def generation_weight(generation_observations, general_weight):
    """Its observations over those and the weight of all generations."""
    either_way = generation_observations + general_weight
    return where(beyond(either_way, 0), generation_observations / either_way, 0)


@line("Kept a year, as taken", "share", along="generations")
def generation_kept(generation_weight, generation_log, general_log):
    """Its own, drawn to the mean of all generations where few were seen."""
    return exp(generation_weight * generation_log + (1 - generation_weight) * general_log)


_general = Heading("All generations")


@line("Used prices that count", "count")
def used_observations(used_counts):
    """Over all generations."""
    return total(used_counts)


@line("Generations that were seen sold", "count")
def generations_seen(generation_seen):
    """With an observation that counts."""
    return total(generation_seen)


@line("Seen sold", "flag", along="generations")
def generation_seen(generation_observations):
    """1 with an observation that counts."""
    return where(beyond(generation_observations, 0), 1, 0)


@line("Mean logarithm a year", "ratio")
def general_log(generations_seen, generation_log, trend_kept_share):
    """Each generation counts once, however many were seen; a trend where none was."""
    return where(
        beyond(generations_seen, 0),
        total(generation_log) / maximum(generations_seen, 1),
        log(trend_kept_share),
    )


@line("Kept a year, all generations", "share")
def general_kept(general_log):
    """What a generation keeps of which nothing was seen sold."""
    return exp(general_log)


@line("Typical distance, as a logarithm a year", "ratio")
def used_spread(used_off, used_observations):
    """Root of the mean square, over the observations that count but one; none says nothing."""
    return where(
        beyond(used_observations, 1),
        root(total(used_off) / maximum(used_observations - 1, 1)),
        undefined("no range"),
    )


_means = Heading("For the means and the chart: what counts; on the chart, others at 100 % of age 0")


@line("Years that count", "years", along="used_prices", exact=True)
def used_counted_years(used_counts, used_years):
    """0 where it does not count."""
    return where(picked(used_counts, 1), used_years, 0)


@line("Logarithm of its share", "ratio", along="used_prices")
def used_log(used_counts, used_share):
    """Natural; 0 where it does not count. Logarithms of a loss by the same part add up."""
    return where(picked(used_counts, 1), log(used_share), 0)


@line("Off the mean, squared", "ratio", along="used_prices")
def used_off(used_counts, used_log, used_counted_years, general_log):
    """How far its logarithm a year lies from that of all generations; 0 where it does not count."""
    off = used_log / (used_counted_years + 1 - used_counts) - general_log
    return where(picked(used_counts, 1), off * off, 0)


@line("Age, of this generation", "years", along="used_prices", exact=True)
def used_own_years(used_counts, used_generation, generation, used_years):
    """0 where it does not count, or is of another generation."""
    return where(both(picked(used_counts, 1), picked(used_generation, generation)), used_years, 0)


@line("Share, of this generation", "share", along="used_prices")
def used_own_share(used_counts, used_generation, generation, used_share):
    """1 where it does not count, or is of another generation."""
    return where(both(picked(used_counts, 1), picked(used_generation, generation)), used_share, 1)


@line("Age, of others", "years", along="used_prices", exact=True)
def used_other_years(used_counted_years, used_own_years):
    """0 where it does not count, or is of this generation."""
    return used_counted_years - used_own_years


@line("Share, of others", "share", along="used_prices")
def used_other_share(used_other_years, used_share):
    """1 where it does not count, or is of this generation."""
    return where(beyond(used_other_years, 0), used_share, 1)


_curve = Heading("The curve of the accelerator chosen")


@line("Kept a year", "share")
def value_kept_share(generation, generations, generation_kept, general_kept):
    """Of its generation; of all where the table has none of that name."""
    return where(
        listed(generation, generations),
        lookup(generation, generations, generation_kept),
        general_kept,
    )


@line("Kept a year, at the least", "share", guarded=True)
def value_kept_low_share(value_kept_share, used_spread_width, used_spread):
    """Four in five lie between this and the most, by how far what was seen lies apart."""
    return value_kept_share * exp(0 - used_spread_width * used_spread)


@line("Kept a year, at the most", "share", guarded=True)
def value_kept_high_share(value_kept_share, used_spread_width, used_spread):
    """Four in five lie between the least and this; no more than all of it."""
    return minimum(value_kept_share * exp(used_spread_width * used_spread), 1)


@line("Years of loss to the horizon", "years", exact=True)
def loss_years(horizon_years, generation_age_years):
    """The years owned, and those that the generation was old when it was bought."""
    return horizon_years + generation_age_years


@line("Residual by used prices", "share")
def curve_residual(value_kept_share, loss_years):
    """What is kept a year, for as many years as the horizon has."""
    return power(value_kept_share, loss_years)


@line("Residual by used prices, at the least", "share", guarded=True)
def curve_residual_low(value_kept_low_share, loss_years):
    """The lower end of its range."""
    return power(value_kept_low_share, loss_years)


@line("Residual by used prices, at the most", "share", guarded=True)
def curve_residual_high(value_kept_high_share, loss_years):
    """The upper end of its range."""
    return power(value_kept_high_share, loss_years)


ages = Rows(tuple((f"year {year}", "", "–") for year in range(8)))

_ages = Heading("What is left by the years owned, of the price paid")


@line("Place in the table", "count", along="ages")
def age_place(age_place):
    """1 for the day of the purchase."""
    return previous(age_place) + 1


@line("Years owned", "years", along="ages")
def age_years(age_place):
    """0 on the day of the purchase."""
    return age_place - 1


@line("Value left", "share", along="ages")
def curve_share(value_kept_share, age_years, generation_age_years):
    """By the rate of the generation."""
    return power(value_kept_share, age_years + generation_age_years)


@line("Value left, at the least", "share", along="ages")
def curve_low_share(value_kept_low_share, age_years, generation_age_years):
    """The lower end of the range."""
    return where(
        defined(value_kept_low_share),
        power(value_kept_low_share, age_years + generation_age_years),
        undefined("–"),
    )


@line("Value left, at the most", "share", along="ages")
def curve_high_share(value_kept_high_share, age_years, generation_age_years):
    """The upper end of the range."""
    return where(
        defined(value_kept_high_share),
        power(value_kept_high_share, age_years + generation_age_years),
        undefined("–"),
    )

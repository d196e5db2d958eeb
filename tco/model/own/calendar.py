"""Time: the years that operate, how prices move over them, and what a flow is worth today."""

from tco.lines import *

SECTION, INPUTS = "time", "own"
PAGE = Page(
    "Years, price paths and discount factors: the same column is the same year everywhere", place=60
)

GROWTH = "Yearly, between losing all and doubling: 3 is 300 %, 3 % is 3 %."

horizon_years = Choice(
    "Horizon",
    "years",
    options=tuple(
        (number, f"{word} operating {'year' if number == 1 else 'years'}")
        for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven"), 1)
    ),
    note="Operating years that are compared; year 0 is the purchase.",
)

period_years = Given(
    "Length of a column",
    "year",
    least=1,
    most=1,
    why="Every column of the workbook is one year: leave it out.",
    example="1 year",
    note="Every column is one year.",
    off_by="nothing",
)

go_live_fraction = Given(
    "Part of year 1 in operation",
    "share",
    above=0,
    most=1,
    why="Year 1 operates for some of it: give a share above 0 and at most 1.",
    note="Scales hours, rent and power of year 1; colocation is paid from its contract date.",
)

discount_timing = Choice(
    "Cash flows are discounted",
    "choice",
    options=(("end", "at the end of each year"), ("mid", "in the middle of each year")),
    note="Mid moves running costs, rent, tax and hours half a year forward; not the purchase.",
)

discount_rate = Given(
    "Discount rate (nominal WACC)",
    "share",
    least=0,
    most=1,
    why="What capital costs in a year is between nothing and all of it: 9 is 900 %, 9 % is 9 %.",
    note="Nominal, for nominal flows before tax.",
    example="9 %",
    off_by="points",
)

discount_rate_after_tax = Given(
    "Discount rate after tax",
    "share",
    least=0,
    most=1,
    why="What capital costs in a year is between nothing and all of it: 7 is 700 %, 7 % is 7 %.",
    as_other="discount_rate",
    note="For flows after tax; the rate before tax until another is given.",
    example="7 %",
    off_by="points",
)

_terms = Heading("Terms")


@line("Reservation term, in columns", "years")
def reserved_term_years(reserved_term_hours, hours_per_year, period_years):
    """Whole years, at least one: the price of a reservation stands still for so long."""
    return maximum(ceil(reserved_term_hours / (hours_per_year * period_years)), 1)


@line("Discounted ahead by", "years", exact=True)
def timing_shift_years(discount_timing):
    """Half a year where flows are taken to fall in the middle of each year."""
    return chosen(discount_timing, end=0, mid=1) / 2


_flags = Heading("Flags")


@line("Purchase", "flag", along=YEARS)
def at_start(year):
    """1 in year 0."""
    return where(picked(year, 0), 1, 0)


@line("Year in charts", "years", along=YEARS)
def charted_year(year, horizon_years):
    """The last year again beyond the horizon, so that what is drawn ends there."""
    return minimum(year, horizon_years)


@line("Operating", "flag", along=YEARS)
def operating(year, horizon_years):
    """1 in the years 1 to the horizon."""
    return where(both(at_most(1, year), at_most(year, horizon_years)), 1, 0)


@line("Exit", "flag", along=YEARS)
def at_end(year, horizon_years):
    """1 in the last operating year."""
    return where(picked(year, horizon_years), 1, 0)


@line("First operating year", "flag", along=YEARS)
def first_year(year):
    """1 in year 1."""
    return where(picked(year, 1), 1, 0)


@line("Year ahead operates", "flag", along=YEARS)
def year_ahead(year, horizon_years):
    """1 where the year after this column's end operates: what is paid ahead falls here."""
    return where(at_most(year + 1, horizon_years), 1, 0)


@line("Contract length", "year", along=YEARS)
def contract_years(operating, period_years):
    """How much of the year is under contract: all of it, from year 1 on."""
    return operating * period_years


@line("In operation", "year", along=YEARS)
def operating_years(contract_years, first_year, go_live_fraction):
    """How much of the year works: in year 1 the part after going live."""
    return contract_years * (1 - first_year * (1 - go_live_fraction))


@line("Reservation: which term", "years", along=YEARS)
def reserved_term(year, reserved_term_years):
    """The number of the term that the year belongs to, the first being 1."""
    return floor((year - 1) / reserved_term_years) + 1


@line("Reservation: a term begins at the year's end", "flag", along=YEARS)
def reserved_term_begins(year, reserved_term_years, year_ahead):
    """1 where the next year is the first of a term."""
    return where(
        picked(floor(year / reserved_term_years) * reserved_term_years, year), year_ahead, 0
    )


_paths = Heading("Price paths, year 1 = 1")


@line("Rent on demand: price path", "ratio", along=YEARS, exact=True)
def rent_index(rent_growth, year):
    """On-demand rent drifts every year."""
    return power(1 + rent_growth, year - 1)


@line("Rent reserved: price path", "ratio", along=YEARS, exact=True)
def reserved_index(rent_growth, reserved_term_years, reserved_term):
    """A reservation takes the new price when its term ends, and holds it for the term."""
    return power(1 + rent_growth, reserved_term_years * (reserved_term - 1))


@line("Wages: path", "ratio", along=YEARS, exact=True)
def wage_index(wage_growth, year):
    """Yearly wage growth."""
    return power(1 + wage_growth, year - 1)


@line("Colocation: price path", "ratio", along=YEARS, exact=True)
def colo_index(colo_growth, year):
    """The yearly escalator of the contract."""
    return power(1 + colo_growth, year - 1)


@line("Electricity: price path", "ratio", along=YEARS, exact=True)
def power_index(power_growth, year):
    """The yearly rise of the tariff."""
    return power(1 + power_growth, year - 1)


_factors = Heading("Discount factors")


@line("Factor, end of year", "ratio", along=YEARS, exact=True)
def factor_at_end(discount_rate, year):
    """What a unit of money at the year's end is worth at the purchase; 1 in year 0."""
    return 1 / power(1 + discount_rate, year)


@line("Factor of running flows", "ratio", along=YEARS, exact=True)
def discount_factor(operating, discount_rate, year, timing_shift_years):
    """The same at the moment chosen for running costs, rent and hours; 0 beyond the horizon."""
    return operating / power(1 + discount_rate, year - timing_shift_years)


@line("Factor after tax, end of year", "ratio", along=YEARS, exact=True)
def factor_at_end_after_tax(discount_rate_after_tax, year):
    """At the rate after tax."""
    return 1 / power(1 + discount_rate_after_tax, year)


@line("Factor after tax, of running flows", "ratio", along=YEARS, exact=True)
def discount_factor_after_tax(operating, discount_rate_after_tax, year, timing_shift_years):
    """At the rate after tax, at the moment chosen; 0 beyond the horizon."""
    return operating / power(1 + discount_rate_after_tax, year - timing_shift_years)


@line("Annuity factor", "ratio", exact=True)
def annuity(discount_factor):
    """The sum of the factors: what one unit a year is worth today."""
    return total(discount_factor)


_tax = Heading("Deducted from taxable profit")


@line("MACRS share", "share", along=YEARS)
def macrs_share(year, macrs_1, macrs_2, macrs_3, macrs_4, macrs_5, macrs_6):
    """The table's rate of each year; none after the sixth."""
    return numbered(year, 0, macrs_1, macrs_2, macrs_3, macrs_4, macrs_5, macrs_6, 0)


@line("Even share, to the year's end", "share", along=YEARS)
def straight_through(year, tax_life_years):
    """The part of the tax life that is over at the year's end."""
    return where(at_most(year, tax_life_years), year / tax_life_years, 1)


@line("Even share, to the year's begin", "share", along=YEARS)
def straight_before(straight_through):
    """The same a year before."""
    return previous(straight_through)


@line("Even share", "share", along=YEARS)
def straight_share(straight_through, straight_before):
    """The part of the tax life that falls into the year."""
    return straight_through - straight_before


@line("Deducted share of capex", "share", along=YEARS)
def depreciation_share(operating, tax_depreciation, macrs_share, straight_share, first_year):
    """By the method chosen, while the fleet operates; the full rate in the exit year."""
    return operating * chosen(
        tax_depreciation, macrs=macrs_share, straight=straight_share, bonus=first_year
    )


@line("The other way of deducting capex", "text")
def other_depreciation(tax_depreciation):
    """All in year 1, or MACRS where that is what is chosen."""
    return chosen(tax_depreciation, macrs="bonus", straight="bonus", bonus="macrs")


@line("Deducted share of capex, the other way", "share", along=YEARS)
def other_depreciation_share(operating, other_depreciation, macrs_share, first_year):
    """While the fleet operates; the full rate in the exit year."""
    return operating * chosen(other_depreciation, macrs=macrs_share, bonus=first_year)


@line("Facility: even share, to the year's end", "share", along=YEARS)
def facility_deducted(year, dc_tax_life_years):
    """The part of the facility's tax life that is over at the year's end."""
    return where(at_most(year, dc_tax_life_years), year / dc_tax_life_years, 1)


@line("Facility: even share, to the year's begin", "share", along=YEARS)
def facility_deducted_before(facility_deducted):
    """The same a year before."""
    return previous(facility_deducted)


@line("Deducted share of the facility", "share", along=YEARS)
def facility_depreciation_share(operating, facility_deducted, facility_deducted_before):
    """A building is deducted evenly, however the servers are."""
    return operating * (facility_deducted - facility_deducted_before)


@line("Left to deduct at the exit", "share")
def remaining_share(depreciation_share):
    """The tax basis that no year has deducted, over capex."""
    return where(same(total(depreciation_share), 1), 0, 1 - total(depreciation_share))


@line("Left to deduct at the exit, the other way", "share")
def other_remaining_share(other_depreciation_share):
    """What no year has deducted, over capex."""
    deducted = total(other_depreciation_share)
    return where(same(deducted, 1), 0, 1 - deducted)


@line("Left to deduct at the exit, facility", "share")
def facility_remaining_share(facility_depreciation_share):
    """The facility's basis that no year has deducted, over its cost."""
    deducted = total(facility_depreciation_share)
    return where(same(deducted, 1), 0, 1 - deducted)

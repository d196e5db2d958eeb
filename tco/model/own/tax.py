"""Tax: what deducting the purchase saves, the cash flow after tax, and the books."""

from tco.lines import *
from tco.lines.roots import RATES
from tco.model.own.driver import Driver

SECTION = "own"


tax_rate = Given(
    "Tax rate",
    "share",
    least=0,
    most=1,
    note="On profit, federal and state; 0: none.",
    example="25 %",
)


tax_depreciation = Choice(
    "Tax depreciation",
    "choice",
    options=(
        ("macrs", "MACRS, 5 years, half-year convention"),
        ("straight", "evenly over the tax life"),
        ("bonus", "all in year 1"),
    ),
    catalogue=("grids", "tax_depreciation"),
    follows=("region",),
    note="All in year 1 where the region is in the US, else evenly, until chosen; MACRS year 1 is "
    "operating year 1; what is left is deducted at the exit.",
)


region_depreciation = Given(
    "Tax depreciation of the region",
    "text",
    required=False,
    catalogue=("grids", "tax_depreciation"),
    follows=("region",),
    note="What counts there until another is chosen.",
)


tax_life_years = Given("Tax life", "years", above=0, exact=True, note="For the even deduction.")


dc_tax_life_years = Given(
    "Tax life of the facility",
    "years",
    above=0,
    exact=True,
    note="Deducted evenly over these years.",
)


macrs_1 = Given(
    "MACRS, year 1",
    "share",
    least=0,
    most=1,
    note="Half a year's worth.",
    off_by="nothing",
)


macrs_2 = Given(
    "MACRS, year 2",
    "share",
    least=0,
    most=1,
    note="Of the basis.",
    off_by="nothing",
)


macrs_3 = Given(
    "MACRS, year 3",
    "share",
    least=0,
    most=1,
    note="Of the basis.",
    off_by="nothing",
)


macrs_4 = Given(
    "MACRS, year 4",
    "share",
    least=0,
    most=1,
    note="Of the basis.",
    off_by="nothing",
)


macrs_5 = Given(
    "MACRS, year 5",
    "share",
    least=0,
    most=1,
    note="Of the basis.",
    off_by="nothing",
)


macrs_6 = Given(
    "MACRS, year 6",
    "share",
    least=0,
    most=1,
    note="The other half year's worth.",
    off_by="nothing",
)


book_life_years = Given(
    "Book life", "years", above=0, exact=True, note="For the accounts alone; never in a cash flow."
)


RATE_DRIVER = Driver(
    "discount_rate", "Discount rate", 13, "share", "0.0%", "The one that decides.", places=RATES,
    most=1, base="deciding_rate", moves=("discount_rate", "discount_rate_after_tax"), rate=True,
)  # fmt: skip


_after_tax_losses_are_use = Heading("After tax; losses are used at once")


@line("Tax saved by deducting the purchase", "USD", along=YEARS)
def tax_shield(capex, depreciation_share, facility_cost, facility_depreciation_share, tax_rate):
    """Tax depreciation of servers and facility, times the tax rate."""
    deducted = capex * depreciation_share + facility_cost * facility_depreciation_share
    return deducted * tax_rate


@line("Tax basis left at the exit", "USD")
def remaining_basis(capex, remaining_share, facility_cost, facility_remaining_share):
    """What no year has deducted, deducted when the fleet is sold."""
    return capex * remaining_share + facility_cost * facility_remaining_share


@line("Exit proceeds after tax", "USD")
def exit_after_tax(exit_proceeds, remaining_basis, tax_rate):
    """The proceeds less tax on the gain; a loss saves tax."""
    return exit_proceeds - (exit_proceeds - remaining_basis) * tax_rate


@line("Own: running flow after tax", "USD", along=YEARS)
def own_running_after_tax(opex, tax_rate, tax_shield):
    """Running costs less the tax they save, and the purchase's tax shield."""
    return tax_shield - opex * (1 - tax_rate)


@line("Own: cash flow after tax", "USD", along=YEARS)
def own_flow_after_tax(own_running_after_tax, upfront_cost, at_start, exit_after_tax, at_end):
    """The purchase, the running flow and the exit, all after tax."""
    return exit_after_tax * at_end - upfront_cost * at_start + own_running_after_tax


@line("NPV of owning, after tax", "USD")
def npv_own_after_tax(
    upfront_cost, own_running_after_tax, discount_factor_after_tax, exit_after_tax, at_end,
    factor_at_end_after_tax,
):  # fmt: skip
    """At the rate after tax."""
    sold = exit_after_tax * dot(at_end, factor_at_end_after_tax)
    return sold - upfront_cost + dot(own_running_after_tax, discount_factor_after_tax)


@line("NPV of owning, after tax, all capex deducted in year 1", "USD")
def npv_own_after_tax_bonus(
    npv_own_after_tax, capex, tax_rate, first_year, discount_factor_after_tax, depreciation_share,
    remaining_share, at_end, factor_at_end_after_tax,
):  # fmt: skip
    """The same with the purchase deducted at once: what the timing of the deduction is worth."""
    as_chosen = dot(depreciation_share, discount_factor_after_tax)
    at_exit = remaining_share * dot(at_end, factor_at_end_after_tax)
    at_once = dot(first_year, discount_factor_after_tax)
    return npv_own_after_tax + capex * tax_rate * (at_once - as_chosen - at_exit)


@line("What deducting saves, over tax on capex", "share")
def deduction_worth(depreciation_share, discount_factor_after_tax, remaining_share, exit_factor):
    """Worth today, of each unit deducted in all."""
    return dot(depreciation_share, discount_factor_after_tax) + remaining_share * exit_factor


@line("What deducting saves, the other way", "share")
def other_deduction_worth(
    other_depreciation_share, discount_factor_after_tax, other_remaining_share, exit_factor
):
    """Worth today, of each unit deducted in all."""
    years = dot(other_depreciation_share, discount_factor_after_tax)
    return years + other_remaining_share * exit_factor


@line("Factor at the exit, after tax", "ratio", exact=True)
def exit_factor(at_end, factor_at_end_after_tax):
    """What a unit is worth today that is received when the fleet is sold."""
    return dot(at_end, factor_at_end_after_tax)


@line("NPV of owning, after tax, capex deducted the other way", "USD")
def npv_own_after_tax_other(
    npv_own_after_tax, capex, tax_rate, deduction_worth, other_deduction_worth
):
    """What the law allows beside what is chosen: the timing of the deduction alone differs."""
    return npv_own_after_tax + capex * tax_rate * (other_deduction_worth - deduction_worth)


_basis = Heading("The basis that decides: after tax where there is one")


@line("Decided after tax", "flag")
def decided_after_tax(tax_rate):
    """1 where there is a tax."""
    return where(beyond(tax_rate, 0), 1, 0)


@line("The basis that decides, in words", "text")
def deciding_basis(decided_after_tax):
    """After tax or before it."""
    return where(picked(decided_after_tax, 1), "after tax", "before tax")


@line("Kept after tax", "share")
def kept_share(tax_rate):
    """Of a cost or an income, what is left once it is taxed."""
    return 1 - tax_rate


@line("Deciding discount rate", "share")
def deciding_rate(decided_after_tax, discount_rate_after_tax, discount_rate):
    """After tax where there is a tax."""
    return where(picked(decided_after_tax, 1), discount_rate_after_tax, discount_rate)


@line("Deciding factor of running flows", "ratio", along=YEARS, exact=True)
def deciding_factor(decided_after_tax, discount_factor_after_tax, discount_factor):
    """After tax where there is a tax."""
    return where(picked(decided_after_tax, 1), discount_factor_after_tax, discount_factor)


@line("Deciding factor at the year's end", "ratio", along=YEARS, exact=True)
def deciding_factor_at_end(decided_after_tax, factor_at_end_after_tax, factor_at_end):
    """After tax where there is a tax."""
    return where(picked(decided_after_tax, 1), factor_at_end_after_tax, factor_at_end)


@line("Own: come to so far", "USD", along=YEARS, stock=True)
def own_so_far(
    own_so_far, own_running_after_tax, deciding_factor, exit_after_tax, at_end, upfront_cost,
    at_start, deciding_factor_at_end,
):  # fmt: skip
    """Worth today, on the basis that decides; it ends at the NPV that decides."""
    held = (exit_after_tax * at_end - upfront_cost * at_start) * deciding_factor_at_end
    return previous(own_so_far) + own_running_after_tax * deciding_factor + held


_for_the_accounts_not_cas = Heading("For the accounts: not cash, in no NPV")


@line("Book value at the year's end", "USD", along=YEARS, stock=True)
def book_value(capex, salvage, year, book_life_years, horizon_years):
    """Capex written down evenly to salvage over the book life; nothing after the sale."""
    left = capex - (capex - salvage) * minimum(year / book_life_years, 1)
    return where(at_most(year, horizon_years), left, 0)


@line("Salvage over book value at the exit", "USD")
def book_gain(salvage, book_value, at_end):
    """A gain, or where negative a loss, in the year of the sale."""
    return difference(salvage, dot(book_value, at_end))

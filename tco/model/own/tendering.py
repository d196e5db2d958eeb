"""Tendering: what quotes are laid side by side by, whoever makes them."""

from tco.lines import *

SECTION, INPUTS = "quotes", "buy"

transit_insurance_share = Given(
    "Transit insurance", "share", least=0, most=1,
    note="Over the price, where the seller does not insure the way.",
)  # fmt: skip
customs_basis = Choice(
    "Customs value is",
    "choice",
    options=(("cif", "the price with freight and insurance"), ("fob", "the price alone")),
    note="What duty is charged on.",
)
warranty_required_years = Given(
    "Warranty required", "year", least=0, note="A shorter one is made up to it."
)
warranty_price_share = Given(
    "Price of a year of warranty", "share/year", least=0, most=1, note="Over the price of the item."
)
acceptance_days = Given(
    "Acceptance after delivery", "day", least=0, note="When the last instalment is due."
)
quote_mismatch_factor = Given(
    "Quote finding beyond", "ratio", least=1,
    note="A quote of a server off the catalogue's price of its GPUs by more is a finding.",
)  # fmt: skip
lead_limit_days = Given(
    "Longest lead time", "day", above=0, required=False,
    note="From order to delivery; not given: no quote is too late.",
)  # fmt: skip
server_vendor = Choice(
    "Vendor of servers",
    "choice",
    options=(("lowest", "the lowest compared price of all that counts"),),
    beside="offered_vendor",
    note="Whose quote is chosen.",
)
award_reason = Given(
    "Award: reason", "text", required=False, note="Why this quote, where it is not the lowest."
)
award_approver = Given("Award: approved by", "text", required=False, note="Name or office.")
award_date = Given("Award: on", "date", required=False, note="Day of the decision.")
days_per_week = Given("Days of a week", "day/week", above=0, note="By which lead times are read.")
days_per_year = Given("Days of a year", "day/year", above=0, note="By which terms are discounted.")


@line("Years to acceptance", "year")
def acceptance_years(acceptance_days, days_per_year):
    """From delivery."""
    return acceptance_days / days_per_year

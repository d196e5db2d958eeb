"""Powered: what a kW of servers costs over the years, by which quotes are compared."""

from tco.lines import *

SECTION = "time"


_worth = Heading("What a kW costs over the years, worth today")


@line("Electricity: path in operation", "year", along=YEARS)
def power_years(power_index, operating_years):
    """Each year in operation at what the tariff has risen to."""
    return power_index * operating_years


@line("Colocation: path under contract", "year", along=YEARS)
def colo_years(colo_index, contract_years):
    """Each year of contract at what the rent has risen to."""
    return colo_index * contract_years


@line("Electricity of a kW", "USD/kW")
def kw_energy_cost(
    ancillary_power_share, load_factor, pue, hours_per_year, power_price, power_years,
    discount_factor,
):  # fmt: skip
    """Of servers' nameplate power, with what runs beside them, at the load, over the years."""
    drawn = (1 + ancillary_power_share) * load_factor * pue * hours_per_year
    return drawn * power_price * dot(power_years, discount_factor)


@line("Space of a kW", "USD/kW")
def kw_space_cost(facility_basis, ancillary_power_share, colo_price, colo_years, discount_factor):
    """Colocation by the kW over the years; nothing where the facility is one's own."""
    rent = (1 + ancillary_power_share) * colo_price * 12 * dot(colo_years, discount_factor)
    return chosen(facility_basis, colo=rent, own_dc=0, share=0)

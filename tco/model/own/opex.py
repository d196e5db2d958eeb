"""Running costs: what the fleet costs to house, to power and to run, year by year."""

from tco.lines import *
from tco.lines.roots import SHARES
from tco.model.own.calendar import GROWTH
from tco.model.own.driver import Driver

SECTION = "own"


facility_basis = Choice(
    "The facility is",
    "choice",
    options=(
        ("colo", "colocation, rented by the kW"),
        ("own_dc", "a data centre of one's own, built"),
        ("share", "the data-centre share of one run's purchase; power beside it"),
    ),
    note="Exactly one of the three is charged.",
)


colo_term_years = Given(
    "Colocation term",
    "years",
    above=0,
    exact=True,
    as_other="horizon_years",
    note="What the contract binds; as long as the horizon until another is given.",
)


colo_growth = Given(
    "Colocation escalator",
    "share",
    above=-1,
    most=1,
    why=GROWTH,
    note="Yearly rise of the colocation price.",
    off_by="points",
)


dc_price_per_kw = Given(
    "Building a data centre", "USD/kW", least=0, money=True, note="Per kW of IT load, without land."
)


dc_premium_share = Given(
    "Premium for dense racks", "share", least=0, most=10, note="Over the price of building per kW."
)


dc_upkeep_share = Given(
    "Upkeep of the building",
    "share/year",
    least=0,
    most=1,
    note="Yearly, over what it cost to build.",
)


dc_life_years = Given(
    "Economic life of the building",
    "years",
    above=0,
    exact=True,
    note="Its value falls evenly to nothing.",
)


power_growth = Given(
    "Electricity escalator",
    "share",
    above=-1,
    most=1,
    why=GROWTH,
    note="Yearly rise of the tariff.",
    off_by="points",
)


owned_fte = Given("Staff if owned", "FTE", least=0, note="All people who run the owned cluster.")


servers_per_fte_most = Given(
    "Servers for each of the staff, at most",
    "server/FTE",
    above=0,
    note="More servers a head than this is a finding.",
)


salary = Given("Salary", "USD/FTE/year", least=0, money=True, note="Base pay of one of them.")


salary_loading = Given(
    "Loading on salary", "ratio", least=1, note="Employer's cost over base pay.",
    why="Loading is the employer's cost over base pay, so it is at least 1.",
)  # fmt: skip


wage_growth = Given(
    "Wage growth",
    "share",
    above=-1,
    most=1,
    why=GROWTH,
    note="Yearly.",
    off_by="points",
)


support_share = Given(
    "Support",
    "share/year",
    least=0,
    most=1,
    note="Yearly, over server and network cost; flat.",
    example="3 %",
)


software_price = Given(
    "Software", "USD/GPU/year", least=0, money=True, note="Licences per GPU and year, if any."
)


insurance_share = Given(
    "Insurance", "share/year", least=0, most=1, note="Yearly, on original capex; flat."
)


property_tax_share = Given(
    "Property tax", "share/year", least=0, most=1, note="Yearly, on original capex; often abated."
)


DRIVERS = (
    Driver("colo_price", "Colocation price", 6, "USD/kW/month", "#,##0.00", tried=1e2),
    Driver("power_price", "Electricity price", 7, "USD/kWh", "0.000"),
    Driver("owned_fte", "Staff if owned", 8, "FTE", "#,##0.0", tried=1e1),
    Driver("support_share", "Support of hardware", 9, "share/year", "0.0%", places=SHARES, most=1),
)


_power_and_facility = Heading("Power and facility")


@line("IT power of the fleet", "kW")
def it_power_kw(servers, server_power_kw, ancillary_power_share):
    """Nameplate power of all servers, with network and storage."""
    return servers * server_power_kw * (1 + ancillary_power_share)


@line("Energy in a full year", "kWh/year")
def annual_kwh(it_power_kw, load_factor, hours_per_year, pue):
    """At the meter, idle hours included by the load factor; not multiplied by utilisation."""
    return it_power_kw * load_factor * hours_per_year * pue


@line("Data centre, if built", "USD")
def dc_cost(it_power_kw, dc_price_per_kw, dc_premium_share):
    """For the IT load, with the premium for dense racks."""
    return it_power_kw * dc_price_per_kw * (1 + dc_premium_share)


@line("Facility, paid in year 0", "USD")
def facility_cost(facility_basis, dc_cost, facility_share_cost):
    """Nothing for colocation, which is rented."""
    return chosen(facility_basis, colo=0, own_dc=dc_cost, share=facility_share_cost)


@line("Day-1 cash", "USD")
def upfront_cost(capex, facility_cost):
    """Capex and facility: everything that year 0 pays."""
    return capex + facility_cost


_running_costs = Heading("Running costs")


@line("Hours in a contracted year", "h", along=YEARS)
def operating_hours(operating_years, hours_per_year):
    """The hours of the year that the fleet is in operation."""
    return operating_years * hours_per_year


@part(of="opex", rests_on="colo_price")
@line("Colocation", "USD", along=YEARS)
def colo_spend(facility_basis, it_power_kw, colo_price, colo_index, contract_years):
    """By the kW and month from the contract's date; nothing where the facility is one's own."""
    rent = it_power_kw * colo_price * 12 * contract_years * colo_index
    return chosen(facility_basis, colo=rent, own_dc=0, share=0)


@part(of="opex", label="Upkeep")
@line("Upkeep, paid", "USD", along=YEARS)
def dc_spend(facility_basis, dc_cost, dc_upkeep_share, contract_years):
    """Of a data centre of one's own."""
    return chosen(
        facility_basis, colo=0, own_dc=dc_cost * dc_upkeep_share * contract_years, share=0
    )


@line("Electricity, at the tariff of year 1", "kWh", along=YEARS)
def power_weighted(annual_kwh, power_index, operating_years):
    """For the hours in operation, each kWh weighted by what the tariff has risen to."""
    return annual_kwh * power_index * operating_years


@part(of="opex", rests_on="power_price", label="Electricity")
@line("Electricity over the years", "USD", along=YEARS)
def power_spend(power_weighted, power_price):
    """Beside the facility, whichever it is."""
    return power_weighted * power_price


@part(of="opex", label="Staff")
@line("Staff, owned", "USD", along=YEARS)
def owned_staff_spend(owned_fte, salary, salary_loading, wage_index, contract_years):
    """Everybody who runs the owned cluster."""
    return owned_fte * salary * salary_loading * wage_index * contract_years


@part(of="opex", label="Support")
@line("Support of hardware", "USD", along=YEARS)
def support_spend(server_cost, network_cost, support_share, contract_years):
    """Over servers and network; flat."""
    return (server_cost + network_cost) * support_share * contract_years


@part(of="opex", label="Software")
@line("Software licences", "USD", along=YEARS)
def software_spend(fleet_gpus, software_price, contract_years):
    """Per GPU and year."""
    return fleet_gpus * software_price * contract_years


@part(of="opex", label="Insurance")
@line("Insurance premiums", "USD", along=YEARS)
def insurance_spend(capex, insurance_share, contract_years):
    """On original capex; flat."""
    return capex * insurance_share * contract_years


@part(of="opex", label="Property tax")
@line("Property tax, paid", "USD", along=YEARS)
def property_tax_spend(capex, property_tax_share, contract_years):
    """On original capex; flat."""
    return capex * property_tax_share * contract_years


opex = total_of_parts(
    "opex", "Running costs, owned", "USD",
    "Facility, electricity, staff, support, software, insurance and property tax.", along=YEARS,
)  # fmt: skip


@line("Running costs over the horizon", "USD")
def opex_total(opex):
    """The sum over the years, undiscounted."""
    return total(opex)


@line("Running costs of a year, owned", "USD")
def first_year_opex(opex, first_year):
    """Of year 1."""
    return dot(opex, first_year)

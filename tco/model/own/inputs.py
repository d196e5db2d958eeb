"""What ownership asks for beyond one run: life, money, people, contracts, and the plan of use."""

from tco.lines import *

SECTION = "own"
GROWTH = "Yearly, between losing all and doubling: 3 is 300 %, 3 % is 3 %."

# ---- time and money -----------------------------------------------------------------------------

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
)
tax_rate = Given(
    "Tax rate",
    "share",
    least=0,
    most=1,
    note="On profit, federal and state; 0: none.",
    example="25 %",
)
verdict_band_share = Given(
    "Too close to call within",
    "share",
    least=0,
    most=1,
    note="Advantages below this share of the smaller NPV decide nothing.",
)

# ---- the bill of materials ----------------------------------------------------------------------

network_basis = Choice(
    "Network is taken from",
    "choice",
    options=(("share", "a share of server cost"), ("counts", "switches and links, counted")),
    note="Both stand beside each other; this one is bought.",
)
switch_gpus = Given(
    "Ports of a switch", "GPU/switch", above=0, note="Ports of one switch, a GPU or a link each."
)
two_tier_gpus = Given(
    "GPUs that two tiers of switches serve",
    "GPU",
    above=0,
    note="Ports squared over 2; a larger fleet takes a third tier.",
)
links_per_gpu = Given("Links per GPU and tier", "link/GPU", above=0, note="Network ports per GPU.")
switch_price = Given("Price of a switch", "USD/switch", least=0, money=True, note="As delivered.")
link_price = Given(
    "Price of a link", "USD/link", least=0, money=True, note="Two optics and their fibre."
)
network_tolerance_share = Given(
    "Network finding beyond",
    "share",
    least=0,
    note="Counted and share may differ by this share of the counted cost.",
)
rack_share = Given(
    "Racks share",
    "share",
    least=0,
    most=1,
    note="Racks, power distribution and management, over servers.",
)
integration_share = Given(
    "Integration share",
    "share",
    least=0,
    most=1,
    note="Cabling, integration, burn-in, over hardware.",
)
spares_cost_share = Given(
    "Spares kit share",
    "share",
    least=0,
    most=1,
    note="Parts kept on site, over servers; they bear no duty.",
)
freight_share = Given(
    "Freight share", "share", least=0, most=1, note="Transport and its insurance."
)
duty_rate = Given("Duty", "share", least=0, most=2, note="Customs duty on hardware; not on spares.")
contingency_share = Given(
    "Contingency share", "share", least=0, most=1, note="Counts as spent, insured and depreciated."
)
deposit_share = Given(
    "Deposit with the order", "share", least=0, most=1, note="Of capex; paid at signing."
)
delivery_share = Given(
    "Due on delivery",
    "share",
    least=0,
    most=1,
    note="Of capex; what is left is due on acceptance. All fall into year 0.",
)

# ---- where it stands ----------------------------------------------------------------------------

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
dc_tax_life_years = Given(
    "Tax life of the facility",
    "years",
    above=0,
    exact=True,
    note="Deducted evenly over these years.",
)

# ---- running costs ------------------------------------------------------------------------------

power_growth = Given(
    "Electricity escalator",
    "share",
    above=-1,
    most=1,
    why=GROWTH,
    note="Yearly rise of the tariff.",
)
owned_fte = Given("Staff if owned", "FTE", least=0, note="All people who run the owned cluster.")
rented_fte = Given("Staff if rented", "FTE", least=0, note="All people who run the rented one.")
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
wage_growth = Given("Wage growth", "share", above=-1, most=1, why=GROWTH, note="Yearly.")
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

# ---- use ----------------------------------------------------------------------------------------

utilization = Given(
    "Utilisation",
    "share",
    least=0,
    most=1,
    why="Utilisation is the share of capacity hours that do paid work, availability included.",
    note="Share of capacity hours that do paid work; availability is in it. Not MFU.",
    example="75 %",
)
demand_shape = Choice(
    "Demand comes as",
    "choice",
    options=(
        ("whole_fleet", "the whole fleet, that share of the time"),
        ("level", "that share of the fleet, all the time"),
    ),
    note="Decides what a reservation smaller than the fleet leaves to on-demand rent.",
)

# ---- life and resale ----------------------------------------------------------------------------

residual_share = Given(
    "Residual value",
    "share",
    least=0,
    most=1,
    note="Of server cost, at the end of the horizon.",
    example="27.5 %",
)
residual_years = Given(
    "Horizon that the residual is of",
    "years",
    above=0,
    exact=True,
    note="A residual belongs to an age.",
)
disposal_share = Given(
    "Disposal cost", "share", least=0, most=1, note="Of the residual value: wiping, removal, fees."
)
decommissioning_cost = Given(
    "Decommissioning", "USD", least=0, money=True, note="Paid at the end, beside disposal."
)
liquidation_factor = Given(
    "Liquidation factor", "ratio", least=0, most=1, note="Price of a hurried sale over an orderly."
)
book_life_years = Given(
    "Book life", "years", above=0, exact=True, note="For the accounts alone; never in a cash flow."
)
economic_life_years = Given(
    "Economic life",
    "years",
    above=0,
    exact=True,
    note="Until the servers earn nothing; tests the residual.",
)
residual_mismatch_factor = Given(
    "Residual finding beyond",
    "ratio",
    least=1,
    note="A residual off what the rent path implies by more than this factor is a finding.",
)
tax_depreciation = Choice(
    "Tax depreciation",
    "choice",
    options=(
        ("macrs", "MACRS, 5 years, half-year convention"),
        ("straight", "evenly over the tax life"),
        ("bonus", "all in year 1"),
    ),
    note="MACRS year 1 is operating year 1; what is left is deducted at the exit.",
)
tax_life_years = Given("Tax life", "years", above=0, exact=True, note="For the even deduction.")
macrs_1 = Given("MACRS, year 1", "share", least=0, most=1, note="Half a year's worth.")
macrs_2 = Given("MACRS, year 2", "share", least=0, most=1, note="Of the basis.")
macrs_3 = Given("MACRS, year 3", "share", least=0, most=1, note="Of the basis.")
macrs_4 = Given("MACRS, year 4", "share", least=0, most=1, note="Of the basis.")
macrs_5 = Given("MACRS, year 5", "share", least=0, most=1, note="Of the basis.")
macrs_6 = Given("MACRS, year 6", "share", least=0, most=1, note="The other half year's worth.")

# ---- contracts ----------------------------------------------------------------------------------

reserved_share = Given(
    "Reserved share",
    "share",
    least=0,
    most=1,
    note="Part of the fleet that is reserved.",
    example="75 %",
)
prepay_share = Given(
    "Prepaid share", "share", least=0, most=1, note="Of each term, paid when the term begins."
)
spot_assured = Choice(
    "Spot can be had for years",
    "flag",
    options=((0, "no: shown, not ranked"), (1, "yes: ranked like the others")),
    note="Spot capacity is promised by nobody; a fleet of spot is no rival unless you say so.",
)
rent_growth = Given(
    "Rent growth",
    "share",
    above=-1,
    most=1,
    why=GROWTH,
    note="Yearly drift of rent; a reservation takes the new price when its term ends.",
    example="-5 %",
)
block_price = Given(
    "Capacity block price", "USD/GPU-h", least=0, money=True, required=False,
    note="For blocks of days that are paid ahead and cannot be cancelled.",
)  # fmt: skip
hybrid_base_share = Given(
    "Hybrid: base reserved", "share", least=0, most=1, required=False,
    note="Part of the fleet reserved as a base, bursts on demand: a rival of its own.",
)  # fmt: skip
rent_addon_basis = Choice(
    "Rental add-ons are",
    "choice",
    options=(("share", "a share of the bill"), ("items", "itemised: storage, egress, support")),
    note="Items replace the share over the years; the run keeps the share.",
)
rent_storage_gb = Given("Rented storage", "GB", least=0, note="Held all year.")
rent_storage_price = Given(
    "Price of rented storage", "USD/GB/month", least=0, money=True, note="Object storage."
)
rent_egress_gb = Given("Egress", "GB/year", least=0, note="Moved out of the cloud in a year.")
rent_egress_price = Given("Price of egress", "USD/GB", least=0, money=True, note="Per GB.")
rent_support_share = Given("Rental support", "share", least=0, most=1, note="Over the GPU bill.")
rent_setup_cost = Given(
    "Setting up at the provider", "USD", least=0, money=True, note="Once, in year 0."
)

# ---- when it can work ---------------------------------------------------------------------------

result_needed_days = Given(
    "Result needed within",
    "day",
    above=0,
    required=False,
    note="Days from the decision; not given: lead times are shown and rule nothing out.",
)
own_lead_days = Given("Lead time if bought", "day", least=0, note="From order to working.")
reserved_lead_days = Given("Lead time if reserved", "day", least=0, note="To working.")
on_demand_lead_days = Given("Lead time on demand", "day", least=0, note="To working.")
spot_lead_days = Given("Lead time on spot", "day", least=0, note="To working.")
block_lead_days = Given("Lead time of a block", "day", least=0, note="To working.")

# ---- the pictures -------------------------------------------------------------------------------

curve_first_share = Given(
    "Utilisation curve begins after", "share", least=0, most=1, note="Costs rise without end at 0."
)
curve_step_share = Given(
    "Step of the utilisation curve", "share", above=0, most=1, note="Of the cost curves; ten steps."
)
grid_first_share = Given(
    "Least utilisation of the grid", "share", above=0, most=1, note="Its first column."
)
grid_step_share = Given(
    "Step of the grid", "share", above=0, most=1, note="Of utilisation and price around the plan."
)

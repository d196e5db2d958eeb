"""Energy and carbon of one run."""

from tco.lines import Choice, Given, Heading, Page, line

SECTION = "energy"
PAGE = Page("Energy, its cost and carbon", totals=("energy_kwh", "co2_tonnes"))

server_power_kw = Given(
    "Power of one server",
    "kW/server",
    above=0,
    catalogue=("chips", "server_power_kw"),
    follows=("chip",),
    note="Nameplate power of a full server.",
)
ancillary_power_share = Given(
    "Network and storage power", "share", least=0, note="Power beside the servers, over theirs."
)
load_factor = Given(
    "Load factor",
    "share",
    above=0,
    most=1,
    catalogue=("classes", "load_factor"),
    follows=("performance_class",),
    note="Average draw over nameplate, over all hours, idle ones included.",
)
pue = Given(
    "Power usage effectiveness (PUE)",
    "ratio",
    least=1,
    why="PUE is facility energy divided by IT energy, so it is at least 1.",
    note="Facility energy over IT energy.",
)
region = Choice("Grid region", "choice", table="grids", note="A row of the Grids sheet.")
power_price = Given(
    "Electricity price",
    "USD/kWh",
    least=0,
    money=True,
    catalogue=("grids", "power_price"),
    follows=("region",),
    note="Price per kWh at the meter.",
)
grid_intensity = Given(
    "Grid carbon intensity",
    "g/kWh",
    least=0,
    catalogue=("grids", "grid_intensity"),
    follows=("region",),
    note="g CO2e per kWh, location-based.",
)
embodied_kg_per_server = Given(
    "Embodied carbon of a server",
    "kg/server",
    least=0,
    catalogue=("chips", "embodied_kg_per_server"),
    follows=("chip",),
    note="kg CO2e from cradle to gate.",
)
server_life_years = Given("Server life", "year", above=0, note="Years a server is used.")

hours_per_year = Given("Hours per year", "h/year", above=0, note="365 days of 24 hours.")


_energy = Heading("Energy")


@line("Power of the working fleet", "kW")
def power_kw(servers_working, server_power_kw, ancillary_power_share):
    """Nameplate power of the servers at work, with network and storage."""
    return servers_working * server_power_kw * (1 + ancillary_power_share)


@line("Energy", "kWh")
def energy_kwh(
    gpu_hours, gpus_per_server, server_power_kw, ancillary_power_share, load_factor, pue
):
    """Energy at the meter for the hours that servers are at work, network and storage included."""
    server_hours = gpu_hours / gpus_per_server
    return server_hours * server_power_kw * (1 + ancillary_power_share) * load_factor * pue


@line("Energy cost", "USD")
def energy_cost(energy_kwh, power_price):
    """Energy at the electricity price; part of the data-centre cost, never added to it."""
    return energy_kwh * power_price


_carbon = Heading("Carbon")


@line("CO2e, operational", "t")
def co2_tonnes(energy_kwh, grid_intensity):
    """Energy at the grid's intensity: location-based, without embodied carbon."""
    return energy_kwh * grid_intensity / 1e6


@line("CO2e, embodied", "t")
def embodied_tonnes(
    gpu_hours, gpus_per_server, embodied_kg_per_server, server_life_years, hours_per_year
):
    """The servers' making, for the part of their life that the run takes."""
    server_hours = gpu_hours / gpus_per_server
    return server_hours * embodied_kg_per_server / 1000 / (server_life_years * hours_per_year)


@line("CO2e, both", "t")
def co2_total_tonnes(co2_tonnes, embodied_tonnes):
    """Operational and embodied together."""
    return co2_tonnes + embodied_tonnes

"""Power: what servers draw, what a site adds, what electricity costs and emits."""

from tco.lines import *

SECTION = "energy"
FRONT = Front(assumptions=("load_factor", "pue", "region", "power_price", "grid_intensity"))

server_power_kw = Given(
    "Power of one server",
    "kW/server",
    above=0,
    catalogue=("chips", "server_power_kw"),
    follows=("chip",),
    note="Nameplate power of a full server.",
)
ancillary_power_share = Given(
    "Network and storage power",
    "share",
    least=0,
    most=1,
    note="Power beside the servers, over theirs.",
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
    most=10,
    why="PUE is facility energy divided by IT energy, so it is at least 1; no hall takes 10.",
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
hours_per_year = Given(
    "Hours per year",
    "h/year",
    above=0,
    most=10_000,
    why="A leap year has 8,784 hours.",
    note="365 days of 24 hours.",
)

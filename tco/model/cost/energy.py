"""Energy and carbon of one run."""

from tco.lines import *

SECTION = "energy"
PAGE = Page("Energy, its cost and carbon", totals=("energy_kwh", "co2_tonnes"), place=50)


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

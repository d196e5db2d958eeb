"""Exit: what the servers and the building fetch when the horizon is reached."""

from tco.lines import *
from tco.lines.roots import SHARES
from tco.model.own.driver import Driver

SECTION = "own"


residual_share = Given(
    "Residual value",
    "share",
    least=0,
    most=1,
    note="Of server cost, at the end of the horizon; by used prices until it is given.",
    example="27.5 %",
    as_line="curve_residual",
)


residual_years = Given(
    "Horizon that the residual is of",
    "years",
    above=0,
    exact=True,
    note="A residual belongs to an age.",
)


successor_year = Given(
    "Next generation arrives in year",
    "years",
    least=0,
    exact=True,
    note="Years after the purchase, where it costs more than the curve has it; 0: never.",
)


successor_drop_share = Given(
    "Value lost to the next generation",
    "share",
    least=0,
    most=1,
    note="Of what servers fetch, once it is there; for a named case.",
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


RESIDUAL_DRIVER = Driver(
    "residual_share", "Residual value", 10, "share", "0.0%", places=SHARES, most=1
)


_exit = Heading("Exit")


def lost_by(year, successor_year, successor_drop_share):
    """What of the value is lost to the next generation by a year: nothing until it is there."""
    there = both(beyond(successor_year, 0), at_most(successor_year, year))
    return where(there, successor_drop_share, 0)


@line("Lost to the next generation", "share")
def successor_loss_share(horizon_years, successor_year, successor_drop_share):
    """Beyond what the residual has of it, where it arrives within the horizon."""
    return lost_by(horizon_years, successor_year, successor_drop_share)


@line("Salvage", "USD")
def salvage(server_cost, residual_share, successor_loss_share, disposal_share):
    """What the servers fetch at the horizon, less the cost of disposing of them."""
    return server_cost * residual_share * (1 - successor_loss_share) * (1 - disposal_share)


@line("Building, value left", "USD")
def facility_salvage(facility_basis, dc_cost, horizon_years, dc_life_years):
    """A data centre of one's own loses its value evenly; the other two leave none."""
    left = maximum(1 - horizon_years / dc_life_years, 0)
    return chosen(facility_basis, colo=0, own_dc=dc_cost * left, share=0)


@line("Exit proceeds", "USD")
def exit_proceeds(salvage, facility_salvage, decommissioning_cost):
    """Salvage and building, less decommissioning."""
    return salvage + facility_salvage - decommissioning_cost

"""A fleet without a demand: how long one run on it would take, if the five lenses are wanted."""

import tco.model.cost.rent as rent  # the module: its line would be one of this module too
from tco.lines import *

SECTION = "workload"
FRONT = Front(
    tiles=(
        ("fleet_gpus", "GPUs of the fleet"),
        ("capex", "Capex"),
        ("opex_total", "Running costs, all years"),
        ("npv_own", "NPV of owning, before tax"),
        ("best_rent_npv", "NPV of the best rent, before tax"),
        ("irr_vs_best", "IRR over it, before tax"),
    ),
    left_out={
        "Fleet": "The fleet is given: no demand sizes it.",
        "Buy": "Sheet Bill has what the fleet costs to buy.",
        "Rent": "Sheet Contracts has what it costs to rent.",
        "Energy": "Sheet Own has the electricity, sheet Compare the carbon.",
    },
)

days_needed = Given(
    "Days of one run",
    "day",
    above=0,
    required=False,
    note="How long a run takes the whole fleet; not given: there are no lenses.",
    off_by="nothing",
)
deadline_days = Given(
    "Deadline of the run",
    "day",
    above=0,
    required=False,
    note="Days from the first training step to the finished model.",
    off_by="nothing",
)


@line("GPU-hours of the run", "GPU-h", section="lenses")
def gpu_hours(fleet_gpus, days_needed):
    """The whole fleet for as long as the run lasts."""
    return where(defined(days_needed), fleet_gpus * days_needed * 24, undefined("no run is given"))


# The rule of the run's own sheet, on the sheet of contracts: a fleet without a run has no other.
spot_lost_share = rent.spot_lost_share.on("contracts")

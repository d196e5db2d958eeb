"""The fleet of a bill where nothing is owned beyond the run: the GPUs that the run takes."""

from tco.lines import *

SECTION = "bill"
FRONT = Front(also_resting_on=("server_unit_price",))


@line("GPUs of the fleet", "GPU")
def fleet_gpus(gpus):
    """Those bought for the run."""
    return gpus


@line("Space of the run", "USD", section="buy")
def run_space_cost(colocation_cost):
    """Colocation."""
    return colocation_cost

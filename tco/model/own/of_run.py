"""The fleet of a run, owned beyond it."""

from tco.lines import *

SECTION = "own"


owned_gpus = Given(
    "GPUs owned, if not those of the run",
    "GPU",
    above=0,
    required=False,
    note="A fleet larger than the run needs; not given: the fleet is the run's.",
)


@line("GPUs of the fleet", "GPU")
def fleet_gpus(owned_gpus, gpus):
    """Those bought for the run, until another count is given."""
    return where(defined(owned_gpus), owned_gpus, gpus)


@line("Facility by the share of a run", "USD")
def facility_share_cost(fleet_gpus, gpu_price, datacenter_share):
    """Building, cooling and one run's electricity, over GPU cost, once."""
    return fleet_gpus * gpu_price * datacenter_share

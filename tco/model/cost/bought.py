"""Bought: the servers that a run's GPUs come in, where nothing is owned beyond the run."""

from tco.lines import *

SECTION = "fleet"


@line("Servers bought", "server")
def servers(gpus, gpus_per_server):
    """The chassis that hold them."""
    return ceil(gpus / gpus_per_server)

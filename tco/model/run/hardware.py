"""Hardware: which accelerator, and how many stand in a server."""

from tco.catalogue.shipped import SIZES
from tco.lines import *

SECTION = "fleet"
FRONT = Front(also_resting_on=("chip",), assumptions=("chip",))

chip = Choice("Accelerator", "choice", table="chips", note="A row of the Chips sheet.")
performance_class = Choice(
    "Defaults of the class",
    "choice",
    table="classes",
    default_class=("chip", "chips", "family", "parameters"),
    bands=SIZES,
    note="A row of the Classes sheet: the accelerator's family and the model's size.",
)
gpus_per_server = Given(
    "GPUs per server",
    "GPU/server",
    least=1,
    catalogue=("chips", "gpus_per_server"),
    follows=("chip",),
    note="GPUs in one chassis.",
)

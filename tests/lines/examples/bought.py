"""Servers that hold the GPUs of a run."""

from tco.model.cost import bought
from tests.lines.worked import worked

case = worked(bought)

case("servers", gpus=17, gpus_per_server=8, gives=3)
case("servers", gpus=16, gpus_per_server=8, gives=2)

"""The fleet of a run, owned beyond it."""

from tco.model.own import of_run
from tests.lines.worked import worked

case = worked(of_run)

case("fleet_gpus", owned_gpus=7, gpus=3, gives=7)
case("fleet_gpus", owned_gpus=None, gpus=3, gives=3)
case("facility_share_cost", fleet_gpus=7, gpu_price=3, datacenter_share=0.1, gives=2.1)

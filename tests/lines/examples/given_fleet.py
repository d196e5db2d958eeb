"""A fleet without a demand."""

from tco.model.demand import given_fleet
from tests.lines.worked import worked

case = worked(given_fleet)

case("gpu_hours", fleet_gpus=7, days_needed=5, gives=840)
case("gpu_hours", fleet_gpus=7, days_needed=None, undefined="no run is given")
case("spot_lost_share", interruptions_per_day=2, checkpoint_hours=5, restart_hours=0.5, gives=0.25)

"""A bill for nothing but a run."""

from tco.model.cost import bill_alone
from tests.lines.worked import worked

case = worked(bill_alone)

case("fleet_gpus", gpus=7, gives=7)
case("run_space_cost", colocation_cost=7, gives=7)

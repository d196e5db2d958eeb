"""What the drivers' columns read beside the model."""

from tco.model.own import drivers
from tests.lines.worked import worked

case = worked(drivers)

for which, flag in ((0, 0), (1, 0), (2, 0), (3, 1)):
    case("ties_sought", verdict_case=which, gives=flag)
for npv, size in ((-7, 7), (7, 7)):
    case("tie_scale", own_deciding_npv=npv, gives=size)

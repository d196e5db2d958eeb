"""Hours that advance training, and the deadline."""

from tco.model.run import hours
from tests.lines.worked import worked

case = worked(hours)

case("gpu_hours_useful", gpu_hours=700, availability=0.9, gives=630)
case("deadline_met", days_needed=11, deadline_days=10, gives=1)
case("deadline_met", days_needed=10, deadline_days=10, gives=0)

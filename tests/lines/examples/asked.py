"""What a run asks for."""

from tco.model.cost import asked
from tests.lines.worked import worked

case = worked(asked)

case("run_alternative", rent_total=3, buy_total=7, gives=3)
case("run_alternative", rent_total=None, buy_total=7, gives=7)
case("run_rentable", rent_total=3, gives=1)
case("run_rentable", rent_total=None, gives=0)
case("run_choice", run_rentable=1, buy_total=7, run_alternative=3, gives=1)
case("run_choice", run_rentable=1, buy_total=2, run_alternative=3, gives=2)
case("run_choice", run_rentable=0, buy_total=7, run_alternative=7, gives=0)

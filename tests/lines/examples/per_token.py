"""What buying comes to for a trillion tokens."""

from tco.model.cost import per_token
from tests.lines.worked import worked

case = worked(per_token)

case("buy_cost_per_trillion_tokens", buy_total=21, implied_tokens=3e12, gives=7)

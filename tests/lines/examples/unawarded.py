"""No award: what is given stands."""

from tco.model.own import unawarded
from tests.lines.worked import worked

case = worked(unawarded)

case("known_lead_days", own_lead_days=7, gives=7)
case("known_deposit_share", deposit_share=0.3, gives=0.3)
case("known_delivery_share", delivery_share=0.6, gives=0.6)
for end in ("low", "high"):
    case(f"known_server_{end}", **{f"server_price_{end}": 7}, gives=7)
    case(f"known_server_{end}", **{f"server_price_{end}": None}, undefined="no range")

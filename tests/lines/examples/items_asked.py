"""What a verdict waits for where the bill is a table of items."""

from tco.model.own import items_asked
from tests.lines.worked import worked

case = worked(items_asked)

case("servers_missing", server_unit_price=7, gives=0)
case("servers_missing", server_unit_price=None, gives=1)
for end in ("low", "high"):
    key, own = f"server_evidence_{end}", f"known_server_{end}"
    case(key, server_items=0, **{own: 7}, gives=7)
    case(key, server_items=2, **{own: 7}, undefined="no range")
    case(key, server_items=0, **{own: None}, undefined="no range")

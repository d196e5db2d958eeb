"""What a verdict waits for where the bill is a table of items."""

from tco.model.own import items_asked
from tests.lines.worked import worked

case = worked(items_asked)

case("servers_missing", server_unit_price=7, gives=0)
case("servers_missing", server_unit_price=None, gives=1)

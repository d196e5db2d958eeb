"""Which offers fit, and whether another is cheaper."""

from tco.model.cost import offers
from tests.lines.worked import worked

case = worked(offers)

case("offer_fits", offer="acme", offer_chip="h100", chip="a100", gives=1)
case("offer_fits", offer="acme", offer_chip="h100", chip="h100", gives=0)
case("offer_fits", offer="acme", offer_chip="a100", chip="a100", gives=0)
case("offer_fits", offer=None, offer_chip=None, chip="h100", gives=0)
case("offer_is_cheapest", on_demand_price=3, cheapest_offer="acme", cheapest_price=2.9, gives=1)
case("offer_is_cheapest", on_demand_price=2.9, cheapest_offer="acme", cheapest_price=2.9, gives=0)
case("offer_is_cheapest", on_demand_price=3, cheapest_offer=None, cheapest_price=None, gives=0)
case("offer_is_cheapest", on_demand_price=None, cheapest_offer="acme", cheapest_price=2, gives=0)

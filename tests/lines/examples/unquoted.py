"""A bill without quotes."""

from tco.model.cost import unquoted
from tests.lines.worked import worked

case = worked(unquoted)

case("known_server_price", server_price=7, gives=7)
case("known_server_price", server_price=None, undefined="no price of a server")
case("freight_cost", hardware_cost=700, freight_share=0.01, gives=7)
case("duty_cost", hardware_cost=700, duty_rate=0.25, gives=175)

"""A bill without quotes: prices are those given, freight and duty are shares of all hardware."""

from tco.lines import *

SECTION, INPUTS = "bill", "buy"

warranty_cost = Given(
    "Warranty, paid",
    "USD",
    least=0,
    money=True,
    note="Beyond what the price of a server holds, paid with the fleet.",
    parts=(Part("capex", row="warranty", label="Warranty", note="Beyond what prices hold."),),
)


@line("Price of a server, given", "USD/server")
def known_server_price(server_price):
    """What a server is known to cost."""
    return where(defined(server_price), server_price, undefined("no price of a server"))


@part(of="capex", row="freight", label="Freight", note="With its insurance.")
@line("Freight", "USD")
def freight_cost(hardware_cost, freight_share):
    """Transport and its insurance, over hardware."""
    return hardware_cost * freight_share


@part(of="capex", row="duty", label="Duty", note="On hardware.")
@line("Duty, paid", "USD")
def duty_cost(hardware_cost, duty_rate):
    """On hardware, not on spares."""
    return hardware_cost * duty_rate

"""A fleet without a demand: its size and the price of a server are given."""

from tco.lines import *
from tco.model.cost.buy import colo_price, network_share, storage_cost
from tco.model.evidence import price_age_limit_days

__all__ = ["colo_price", "network_share", "price_age_limit_days", "storage_cost"]
SECTION = "own"
REQUIRED = ("server_price",)  # no price of a GPU makes one
FRONT = Front(also_resting_on=("currency",), assumptions=("network_share", "colo_price"))

bom_basis = Choice(
    "Bill of materials is",
    "choice",
    options=(
        ("by_price", "by what is given"),
        ("server", "a price for each server, and shares over it"),
        ("items", "a table of items"),
    ),
    note="What is priced: servers, with shares over them, or item by item.",
    section="buy",
)
fleet_gpus = Given("GPUs of the fleet", "GPU", above=0, note="All of them, owned or hired.")


@line("Bill of materials, as it counts", "text", section="bill")
def bom_applied(bom_basis):
    """By servers, where no table of items is the bill."""
    return chosen(bom_basis, by_price="server", server="server")


@check("A bill by items has them", guards="bom_basis")
def items_count(bom_basis):
    """Items are billed only where there is a table of them."""
    return picked(bom_basis, "items"), text(
        "bom_basis is {}, and there is no table items at the left margin", bom_basis
    )


@line("Price of a server, as it counts", "USD/server", section="bill")
def server_unit_price(known_server_price):
    """As it is known."""
    return known_server_price


@line("Network, by share", "USD", section="bill")
def network_by_share(server_cost, network_share):
    """Network between servers, as a share of server cost."""
    return server_cost * network_share


@part(of="hardware_cost", row="storage", label="Storage", note="Shared.", place=1)
@line("Storage of the fleet", "USD", section="bill")
def fleet_storage_cost(storage_cost):
    """Shared storage for data and checkpoints."""
    return storage_cost


@part(of="hardware_cost", row="racks", label="Racks", note="With power distribution.", place=1)
@line("Racks", "USD", section="bill")
def rack_cost(server_cost, rack_share):
    """Racks, power distribution and management."""
    return server_cost * rack_share


@line("Facility by the share of a run", "USD")
def facility_share_cost():
    """A fleet without a run has no data-centre share."""
    return undefined("no run has a share")

"""A fleet without a demand: its size and the price of a server are given."""

from tco.lines import *
from tco.model.cost.buy import colo_price, network_share, storage_cost
from tco.model.evidence import price_age_limit_days
from tco.model.own.question import USE, Question
from tco.model.own.use import use_line

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

unplanned_use = Given(
    "Use where nobody says one", "share", least=0, most=1,
    note="Stands in where neither a use nor a run is given; then no verdict rests on it.",
)  # fmt: skip

utilization = use_line(
    lambda use_by_runs, unplanned_use: known_or(use_by_runs, unplanned_use),
    "Share of capacity hours that do paid work: those of the scenario's runs, else a guess.",
    "use_by_runs", "unplanned_use",
)  # fmt: skip

QUESTION = Question("utilization", "Utilisation", "share", USE, range_of="unplanned_use")


@line("Servers: source", "text", section="bill")
def server_evidence_source(known_server_source):
    """Of the price that counts."""
    return known_server_source


@line("A server at the least", "USD/server", section="bill")
def server_evidence_low(known_server_low):
    """Of the price that counts."""
    return where(defined(known_server_low), known_server_low, undefined("no range"))


@line("A server at the most", "USD/server", section="bill")
def server_evidence_high(known_server_high):
    """Of the price that counts."""
    return where(defined(known_server_high), known_server_high, undefined("no range"))


@line("Price of servers: not given", "flag", section="corners")
def servers_missing(known_server_price):
    """1 where nothing can be said of it: no price of a GPU stands in for it."""
    return where(defined(known_server_price), 0, 1)


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

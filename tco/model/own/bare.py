"""A fleet without a demand: its size is given, and what a server costs, or its GPUs make it."""

from dataclasses import replace
from typing import Any

from tco.lines import *
from tco.model.cost import buy
from tco.model.cost.buy import colo_price, host_share, network_share, storage_cost
from tco.model.evidence import price_age_limit_days
from tco.model.own.question import SERVERS, USE, Question
from tco.model.own.use import use_line

__all__ = ["colo_price", "host_share", "network_share", "price_age_limit_days", "storage_cost"]
SECTION = "own"
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
    off_by="nothing",
)  # fmt: skip

utilization = use_line(
    lambda use_by_runs, unplanned_use: known_or(use_by_runs, unplanned_use),
    "Share of capacity hours that do paid work: those of the scenario's runs, else a guess.",
    "use_by_runs", "unplanned_use",
)  # fmt: skip

gpu_price = replace(
    buy.gpu_price, section="buy", required=False, note="Makes a server's price where none is given."
)
price_basis = replace(buy.price_basis, section="buy", required=False)

GPUS = Question("gpu_price", "Price of a GPU", "USD/GPU", SERVERS)
QUESTION = Question("utilization", "Utilisation", "share", USE, range_of="unplanned_use")


@line("Servers: source", "text", section="bill")
def server_evidence_source(known_server_price, known_server_source, gpu_price_source):
    """Of the price of a server, or of that of a GPU."""
    return where(defined(known_server_price), known_server_source, gpu_price_source)


@line("Servers: date", "date", section="bill")
def server_evidence_date(known_server_price, known_server_date, gpu_price_date):
    """Of the price of a server, or of that of a GPU."""
    return where(defined(known_server_price), known_server_date, gpu_price_date)


def _end_of_servers(key: str, label: str, end: str) -> Line:
    """A server is as far off as its GPUs, where they make its price."""

    def rule(known: Any, known_end: Any, gpu_end: Any, gpu: Any, server: Any) -> Any:
        by_gpu = where_known(server * gpu_end / gpu, gpu_end, "no range")
        return chosen(where(defined(known), 1, 0), 1, known_end, 0, by_gpu)

    needs = ("known_server_price", f"known_server_{end}", f"gpu_price_{end}", "gpu_price",
             "server_unit_price")  # fmt: skip
    note = "Of the price that counts."
    return Line(key, label, "USD/server", rule, note, needs, section="bill")


server_evidence_low = _end_of_servers("server_evidence_low", "A server at the least", "low")
server_evidence_high = _end_of_servers("server_evidence_high", "A server at the most", "high")


@line("Price of servers: not given", "flag", section="corners")
def servers_missing(
    known_server_price, gpu_price_given, capex_given, hardware_cost_given, server_cost_given,
    server_unit_price_given,
):  # fmt: skip
    """1 where it rests on the price of a GPU that is the catalogue's."""
    priced = where(defined(known_server_price), 1, gpu_price_given)
    totals = capex_given + hardware_cost_given + server_cost_given + server_unit_price_given
    return 1 - minimum(priced + totals, 1)


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
def server_unit_price(known_server_price, server_price_by_gpu):
    """The price known for one, or what the price of a GPU makes of it."""
    return known_or(known_server_price, server_price_by_gpu)


@line("Price of a server, by its GPUs", "USD/server", section="bill")
def server_price_by_gpu(gpus_per_server, gpu_price, price_basis, host_share):
    """Its GPUs and their host, which the price of a share of a server holds already."""
    host = where(picked(price_basis, "server_share"), 1, 1 + host_share)
    return where_known(gpus_per_server * gpu_price * host, gpu_price, "no price of a GPU")


@check("A server has a price")
def server_is_priced(server_unit_price, chip):
    """Given, quoted, or by the price of its GPUs."""
    return missing(server_unit_price), text(
        "server_price is not given, and the catalogue has no price of {}", chip
    )


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

"""The fleet of a run, owned beyond it."""

from typing import Any

from tco.lines import *
from tco.model.own.question import SERVERS, Question
from tco.model.own.use import use_line

SECTION = "own"


owned_gpus = Given(
    "GPUs owned, if not those of the run",
    "GPU",
    above=0,
    required=False,
    note="A fleet larger than the run needs; not given: the fleet is the run's.",
)


@line("GPUs of the fleet", "GPU")
def fleet_gpus(owned_gpus, gpus):
    """Those bought for the run, until another count is given."""
    return where(defined(owned_gpus), owned_gpus, gpus)


@line("Upkeep of the building, for the run", "USD", section="buy")
def run_upkeep_cost(dc_cost, dc_upkeep_share, run_fleet_share, days_needed, hours_per_year):
    """Its part of the fleet's, for as long as it lasts."""
    return dc_cost * dc_upkeep_share * run_fleet_share * (days_needed * 24 / hours_per_year)


@line("Space of the run", "USD", section="buy")
def run_space_cost(facility_basis, colocation_cost, run_upkeep_cost):
    """Colocation, or the upkeep of a building of one's own."""
    return chosen(
        facility_basis, colo=colocation_cost, own_dc=run_upkeep_cost, share=colocation_cost
    )


@line("Facility by the share of a run", "USD")
def facility_share_cost(fleet_gpus, gpu_price, datacenter_share):
    """Building, cooling and one run's electricity, over GPU cost, once."""
    return fleet_gpus * gpu_price * datacenter_share


utilization = use_line(
    lambda use_by_runs: use_by_runs,
    "Share of capacity hours that do paid work: those of the scenario's runs, and no others.",
    "use_by_runs",
)

QUESTION = Question("gpu_price", "Price of a GPU", "USD/GPU", SERVERS)


@line("Servers: source", "text", section="bill")
def server_evidence_source(bom_applied, gpu_price_source, known_server_source):
    """Of the price of a server, or of that of a GPU."""
    return where(picked(bom_applied, "shares"), gpu_price_source, known_server_source)


@line("Servers: date", "date", section="bill")
def server_evidence_date(bom_applied, gpu_price_date, known_server_date):
    """Of the price of a server, or of that of a GPU."""
    return where(picked(bom_applied, "shares"), gpu_price_date, known_server_date)


def _end_of_servers(key: str, label: str, end: str) -> Line:
    """A server is as far off as its GPUs, where they are what is priced."""

    def rule(bom: Any, gpu_end: Any, gpu: Any, server: Any, own: Any) -> Any:
        by_gpu = where_known(server * gpu_end / gpu, gpu_end, "no range")
        return chosen(bom, shares=by_gpu, server=own)

    needs = ("bom_applied", f"gpu_price_{end}", "gpu_price", "server_unit_price",
             f"known_server_{end}")  # fmt: skip
    note = "Of the price that counts."
    return Line(key, label, "USD/server", rule, note, needs, section="bill")


server_evidence_low = _end_of_servers("server_evidence_low", "A server at the least", "low")
server_evidence_high = _end_of_servers("server_evidence_high", "A server at the most", "high")


@line("Price of servers: not given", "flag", section="corners")
def servers_missing(
    bom_applied, gpu_price_given, capex_given, hardware_cost_given, server_cost_given,
    server_unit_price_given,
):  # fmt: skip
    """1 where it rests on the price of a GPU that is the catalogue's."""
    priced = chosen(bom_applied, shares=gpu_price_given, server=1)
    totals = capex_given + hardware_cost_given + server_cost_given + server_unit_price_given
    return 1 - minimum(priced + totals, 1)

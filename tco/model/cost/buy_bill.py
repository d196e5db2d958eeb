"""Buying by a bill of materials: the same lines for the run as for the fleet that is owned."""

from tco.lines import *
from tco.model.cost.buy_shares import colocation_cost, host_cost, interconnect_cost

__all__ = ["colocation_cost", "host_cost", "interconnect_cost"]
SECTION = "buy"

_hardware = Heading("Hardware")


@line("GPU cost", "USD")
def gpu_cost(gpus, gpu_price):
    """Every GPU bought, spares included, at the price of one; counts where the bill is by GPUs."""
    return gpus * gpu_price


@line("The run's part of the fleet", "share")
def run_fleet_share(gpus, fleet_gpus):
    """The GPUs that it takes over all that are bought."""
    return gpus / fleet_gpus


@line("Servers of the run", "USD")
def run_server_cost(server_cost, run_fleet_share):
    """Its part of the servers on the bill."""
    return server_cost * run_fleet_share


@line("Beyond the servers, for the run", "USD")
def run_beyond_servers_cost(capex, server_cost, run_fleet_share):
    """Its part of all else in capex, from the network to the contingency."""
    return (capex - server_cost) * run_fleet_share


_total = Heading("Cost to buy")


@part(of="buy_total", share="gpu_cost_of_total", label="GPUs or servers",
      note="As the bill has them: GPUs at the price of one, or servers with them.")  # fmt: skip
@line("GPUs, or servers with them", "USD")
def accelerators_cost(bom_applied, gpu_cost, run_server_cost):
    """Every GPU at its price, or every server at its own."""
    return where(picked(bom_applied, "shares"), gpu_cost, run_server_cost)


@line("Other hardware, over GPUs", "USD")
def other_hardware_by_gpu(
    overhead_basis, gpu_cost, other_hardware_share, host_cost, interconnect_cost, storage_cost
):
    """CPU, memory, storage and network: a share of GPU cost, or the sum of the items."""
    return chosen(
        overhead_basis,
        shares=gpu_cost * other_hardware_share,
        items=host_cost + interconnect_cost + storage_cost,
    )


@part(of="buy_total", share="other_hardware_of_total")
@line("Other hardware", "USD")
def other_hardware_cost(bom_applied, other_hardware_by_gpu, run_beyond_servers_cost):
    """What is bought beside the GPUs, or beside the servers: on the bill, all of capex but them."""
    return where(picked(bom_applied, "shares"), other_hardware_by_gpu, run_beyond_servers_cost)


@part(of="buy_total", share="datacenter_of_total")
@line("Data centre", "USD")
def datacenter_cost(overheads_applied, gpu_cost, datacenter_share, run_space_cost, energy_cost):
    """Building, cooling, maintenance and electricity of one run: a share, or the items."""
    return chosen(
        overheads_applied,
        shares=gpu_cost * datacenter_share,
        items=run_space_cost + energy_cost,
    )


@check("The host is counted once")
def host_counted_once(bom_applied, price_basis, overhead_basis, other_hardware_share, host_share):
    """A GPU price that is a share of a server already holds the host; a server's price does."""
    again = either(
        both(picked(overhead_basis, "shares"), below(0, other_hardware_share)),
        both(picked(overhead_basis, "items"), below(0, host_share)),
    )
    return both(picked(bom_applied, "shares"), picked(price_basis, "server_share"), again), text(
        "the GPU price is a share of a server, and other hardware counts the host again: say "
        "price_basis: chip, or set the share that holds the host to 0"
    )

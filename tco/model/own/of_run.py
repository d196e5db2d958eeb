"""The fleet of a run, owned beyond it: its size and prices follow from what the run buys."""

from tco.lines import *

SECTION = "own"


owned_gpus = Given(
    "GPUs owned, if not those of the run",
    "GPU",
    above=0,
    required=False,
    note="A fleet larger than the run needs; not given: the fleet is the run's.",
)
owned_server_price = Given(
    "Price of a server, if quoted",
    "USD/server",
    above=0,
    money=True,
    required=False,
    note="With its GPUs, as delivered; not given: it follows from the price of a GPU.",
)


@line("GPUs of the fleet", "GPU")
def fleet_gpus(owned_gpus, gpus):
    """Those bought for the run, until another count is given."""
    return where(defined(owned_gpus), owned_gpus, gpus)


@line("Price of a server", "USD/server")
def server_price(owned_server_price, server_price_by_gpu):
    """As quoted, else as the price of a GPU has it."""
    return where(defined(owned_server_price), owned_server_price, server_price_by_gpu)


@line("Price of a server, by its GPUs", "USD/server")
def server_price_by_gpu(
    overhead_basis, gpus_per_server, gpu_price, other_hardware_share, host_share
):
    """Its GPUs with the flat share of other hardware, or with their host where itemised."""
    gpus = gpus_per_server * gpu_price
    return chosen(
        overhead_basis, shares=gpus * (1 + other_hardware_share), items=gpus * (1 + host_share)
    )


@line("Network, by share", "USD")
def network_by_share(overhead_basis, server_cost, network_share):
    """Network between servers; where overheads are flat shares it is in the price of a server."""
    return chosen(overhead_basis, shares=0, items=server_cost * network_share)


@part(of="hardware_cost", row="storage", label="Storage", note="Shared.", place=1)
@line("Storage of the fleet", "USD")
def fleet_storage_cost(overhead_basis, storage_cost):
    """Shared storage; where overheads are flat shares it is in the price of a server."""
    return chosen(overhead_basis, shares=0, items=storage_cost)


@part(of="hardware_cost", row="racks", label="Racks", note="With power distribution.", place=1)
@line("Racks", "USD")
def rack_cost(overhead_basis, server_cost, rack_share):
    """Racks; where overheads are flat shares they are in the price of a server."""
    return chosen(overhead_basis, shares=0, items=server_cost * rack_share)


@line("Facility by the share of a run", "USD")
def facility_share_cost(fleet_gpus, gpu_price, datacenter_share):
    """Building, cooling and one run's electricity, over GPU cost, once."""
    return fleet_gpus * gpu_price * datacenter_share


@check("Spares are bought once")
def spares_once(spares_share, spares_cost_share):
    """Spare GPUs beside a kit of spare parts count the same need twice."""
    return both(beyond(spares_share, 0), beyond(spares_cost_share, 0)), text(
        "spares_share is {} and spares_cost_share {}: set one of them to 0",
        shown(spares_share, "0.0%"),
        shown(spares_cost_share, "0.0%"),
    )

"""The bill of a run's fleet: by two shares of its GPUs, or by a price for each server."""

from tco.lines import *

SECTION, INPUTS = "bill", "buy"
FRONT = Front(
    assumptions=("server_price",),
    only_where={
        "server_price": ("bom_applied", "server"),
        "gpu_price": ("bom_applied", "shares"),
        "other_hardware_share": ("overheads_by_gpu", "shares"),
        "host_share": ("overheads_by_gpu", "items"),
        "network_share": ("overheads_applied", "items"),
        "datacenter_share": ("overheads_applied", "shares"),
        "colo_price": ("overheads_applied", "items"),
    },
)

bom_basis = Choice(
    "Bill of materials is",
    "choice",
    options=(
        ("by_price", "by servers where one has a price, else by GPUs"),
        ("shares", "the price of a GPU, and shares over it"),
        ("server", "a price for each server, and shares over it"),
        ("items", "a table of items"),
    ),
    note="What is priced: GPUs or servers, with shares over them, or item by item.",
)


@line("Bill by what is priced", "text")
def bom_by_price(known_server_price):
    """By servers where one has a price, else by GPUs."""
    return where(defined(known_server_price), "server", "shares")


@line("Bill of materials, as it counts", "text")
def bom_applied(bom_basis, bom_by_price):
    """The basis that is chosen, else the one that the prices given have."""
    return chosen(bom_basis, by_price=bom_by_price, shares="shares", server="server", items="items")


@line("Overheads of the bill", "text")
def overheads_applied(bom_applied, overhead_basis):
    """Beside servers network, storage and racks are itemised; beside GPUs as chosen."""
    return where(picked(bom_applied, "shares"), overhead_basis, "items")


@line("Price of a server, by its GPUs", "USD/server")
def server_price_by_gpu(
    overhead_basis, gpus_per_server, gpu_price, other_hardware_share, host_share
):
    """Its GPUs with the flat share of other hardware, or with their host where itemised."""
    gpus = gpus_per_server * gpu_price
    return chosen(
        overhead_basis, shares=gpus * (1 + other_hardware_share), items=gpus * (1 + host_share)
    )


@line("Price of a server, as it counts", "USD/server")
def server_unit_price(bom_applied, server_price_by_gpu, known_server_price):
    """The price known for one, or what the price of a GPU makes of it."""
    return where(picked(bom_applied, "shares"), server_price_by_gpu, known_server_price)


@line("Network, by share", "USD")
def network_by_share(overheads_applied, server_cost, network_share):
    """Network between servers; where overheads are flat shares it is in the price of a server."""
    return chosen(overheads_applied, shares=0, items=server_cost * network_share)


@part(of="hardware_cost", row="storage", label="Storage", note="Shared.", place=1)
@line("Storage of the fleet", "USD")
def fleet_storage_cost(overheads_applied, storage_cost):
    """Shared storage; where overheads are flat shares it is in the price of a server."""
    return chosen(overheads_applied, shares=0, items=storage_cost)


@part(of="hardware_cost", row="racks", label="Racks", note="With power distribution.", place=1)
@line("Racks", "USD")
def rack_cost(overheads_applied, server_cost, rack_share):
    """Racks; where overheads are flat shares they are in the price of a server."""
    return chosen(overheads_applied, shares=0, items=server_cost * rack_share)


@check("A bill by servers has their price", guards="bom_basis")
def servers_priced(bom_basis, known_server_price):
    """Servers are billed only where one has a price."""
    return both(picked(bom_basis, "server"), missing(known_server_price)), text(
        "bom_basis is {}, and server_price is not given", bom_basis
    )


@check("The price of a server counts", guards="bom_basis")
def server_price_counts(bom_basis, known_server_price):
    """A price of a server is in the total: a bill by GPUs would not read it."""
    return both(picked(bom_basis, "shares"), defined(known_server_price)), text(
        "bom_basis is {}, which leaves the server_price of {} out of every total",
        bom_basis,
        shown(known_server_price, "#,##0"),
    )


@check("A bill by items has them", guards="bom_basis")
def items_count(bom_basis):
    """Items are billed only where there is a table of them."""
    return picked(bom_basis, "items"), text(
        "bom_basis is {}, and there is no table items at the left margin", bom_basis
    )


@check("Spares are bought once")
def spares_once(spares_share, spares_cost_share):
    """Spare GPUs beside a kit of spare parts count the same need twice."""
    return both(beyond(spares_share, 0), beyond(spares_cost_share, 0)), text(
        "spares_share is {} and spares_cost_share {}: set one of them to 0",
        shown(spares_share, "0.0%"),
        shown(spares_cost_share, "0.0%"),
    )

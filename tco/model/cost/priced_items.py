"""What each price is worth in buying by items, in the place of the parts of a bill by servers."""

from tco.lines import *

SECTION = "evidence"
_PRICED = "Where no item is one."


@part(of="accelerators_cost", rests_on="server_price", label="Servers", note=_PRICED)
@line("Servers, where no item is one", "USD")
def servers_part(server_items, run_server_cost):
    """At the price known for one."""
    return where(beyond(server_items, 0), 0, run_server_cost)


@part(
    of="accelerators_cost",
    rests_on="listed_servers",
    label="Servers, by items",
    note="As good as the price of the dearest of them.",
)
@line("Servers, by items", "USD")
def listed_servers_part(servers_part, run_server_cost):
    """The rest of them."""
    return difference(run_server_cost, servers_part)


@part(of="other_hardware_cost", rests_on="storage_estimate", label="Storage")
@line("Storage, if itemised over GPUs", "USD")
def storage_part(overheads_by_gpu, storage_estimate):
    """Nothing: on a bill by items it is among what is bought beyond the servers."""
    return where(picked(overheads_by_gpu, "items"), storage_estimate, 0)

"""What each price is worth in buying by a bill: GPUs or servers, and what stands beside them."""

from tco.lines import *

SECTION = "evidence"
# When a price carries a cost.
_BY_GPU = "Where the bill is by GPUs."
_BY_SERVER = "Where the bill is by servers."
_BY_SHARE = "Where overheads are shares."
_ITEMISED = "Where overheads are itemised."

_parts = Heading("What each price is worth")


@part(of="accelerators_cost", rests_on="gpu_price", label="GPUs", note=_BY_GPU)
@line("GPUs, if the bill is by GPUs", "USD")
def gpus_part(bom_applied, gpu_cost):
    """The GPUs where they are what is priced, else nothing."""
    return where(picked(bom_applied, "shares"), gpu_cost, 0)


@part(of="accelerators_cost", rests_on="server_price", label="Servers", note=_BY_SERVER)
@line("Servers, if the bill is by servers", "USD")
def servers_part(bom_applied, run_server_cost):
    """The servers where they are what is priced, else nothing."""
    return where(picked(bom_applied, "shares"), 0, run_server_cost)


@part(of="other_hardware_cost", label="Beyond the servers", note=_BY_SERVER)
@line("Beyond the servers, if the bill is by servers", "USD")
def beyond_servers_part(bom_applied, run_beyond_servers_cost):
    """Network, racks, delivery and the rest of the bill, else nothing."""
    return where(picked(bom_applied, "shares"), 0, run_beyond_servers_cost)


@line("Overheads over GPUs", "text")
def overheads_by_gpu(bom_applied, overhead_basis):
    """How they are counted where the bill is by GPUs."""
    return where(picked(bom_applied, "shares"), overhead_basis, "none")


@part(
    of="other_hardware_cost",
    rests_on="other_hardware_share",
    label="Other hardware, by share",
    note=_BY_SHARE,
)
@line("Other hardware, if a share", "USD")
def other_hardware_part(
    other_hardware_cost, host_part, network_part, storage_part, beyond_servers_part
):
    """What no item explains: all of it where overheads are shares."""
    explained = host_part + network_part + storage_part + beyond_servers_part
    return difference(other_hardware_cost, explained)


@part(of="other_hardware_cost", rests_on="host_share", label="Hosts", note=_ITEMISED)
@line("Hosts, if itemised", "USD")
def host_part(overheads_by_gpu, host_cost):
    """The host cost where overheads are itemised, else nothing."""
    return where(picked(overheads_by_gpu, "items"), host_cost, 0)


@part(of="other_hardware_cost", rests_on="network_share", label="Network", note=_ITEMISED)
@line("Network, if itemised", "USD")
def network_part(overheads_by_gpu, interconnect_cost):
    """The network cost where overheads are itemised, else nothing."""
    return where(picked(overheads_by_gpu, "items"), interconnect_cost, 0)


@part(of="other_hardware_cost", rests_on="storage_cost", label="Storage", note=_ITEMISED)
@line("Storage, if itemised", "USD")
def storage_part(overheads_by_gpu, storage_cost):
    """The storage cost where overheads are itemised, else nothing."""
    return where(picked(overheads_by_gpu, "items"), storage_cost, 0)


@part(
    of="datacenter_cost",
    rests_on="datacenter_share",
    label="Data centre, by share",
    note=_BY_SHARE,
)
@line("Data centre, if a share", "USD")
def datacenter_part(datacenter_cost, colocation_part, electricity_part):
    """What no item explains: all of it where overheads are shares."""
    return difference(datacenter_cost, colocation_part + electricity_part)


@part(of="datacenter_cost", rests_on="colo_price", label="Colocation", note=_ITEMISED)
@line("Colocation, if itemised", "USD")
def colocation_part(overheads_applied, run_space_cost):
    """Colocation, or upkeep, where overheads are itemised, else nothing."""
    return where(picked(overheads_applied, "items"), run_space_cost, 0)


@part(of="datacenter_cost", rests_on="power_price", label="Electricity", note=_ITEMISED)
@line("Electricity, if itemised", "USD")
def electricity_part(overheads_applied, energy_cost):
    """The electricity where overheads are itemised, else nothing."""
    return where(picked(overheads_applied, "items"), energy_cost, 0)

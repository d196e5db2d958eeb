"""What each price is worth in buying by GPUs: the parts of other hardware and data centre."""

from tco.lines import *

SECTION = "evidence"
# When a price carries a cost.
_BY_SHARE = "Where overheads are shares."
_ITEMISED = "Where overheads are itemised."

_parts = Heading("What each price is worth")


@part(
    of="other_hardware_cost",
    rests_on="other_hardware_share",
    label="Other hardware, by share",
    note=_BY_SHARE,
)
@line("Other hardware, if a share", "USD")
def other_hardware_part(other_hardware_cost, host_part, network_part, storage_part):
    """What no item explains: all of it where overheads are shares."""
    return difference(other_hardware_cost, host_part + network_part + storage_part)


@part(of="other_hardware_cost", rests_on="host_share", label="Hosts", note=_ITEMISED)
@line("Hosts, if itemised", "USD")
def host_part(overhead_basis, host_cost):
    """The host cost where overheads are itemised, else nothing."""
    return where(picked(overhead_basis, "items"), host_cost, 0)


@part(of="other_hardware_cost", rests_on="network_share", label="Network", note=_ITEMISED)
@line("Network, if itemised", "USD")
def network_part(overhead_basis, interconnect_cost):
    """The network cost where overheads are itemised, else nothing."""
    return where(picked(overhead_basis, "items"), interconnect_cost, 0)


@part(of="other_hardware_cost", rests_on="storage_cost", label="Storage", note=_ITEMISED)
@line("Storage, if itemised", "USD")
def storage_part(overhead_basis, storage_cost):
    """The storage cost where overheads are itemised, else nothing."""
    return where(picked(overhead_basis, "items"), storage_cost, 0)


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
def colocation_part(overhead_basis, colocation_cost):
    """The colocation cost where overheads are itemised, else nothing."""
    return where(picked(overhead_basis, "items"), colocation_cost, 0)


@part(of="datacenter_cost", rests_on="power_price", label="Electricity", note=_ITEMISED)
@line("Electricity, if itemised", "USD")
def electricity_part(overhead_basis, energy_cost):
    """The electricity where overheads are itemised, else nothing."""
    return where(picked(overhead_basis, "items"), energy_cost, 0)

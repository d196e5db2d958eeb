"""Buying by GPUs: the price of one, and over that two shares, or items."""

from tco.lines import *

SECTION = "buy"

_hardware = Heading("Hardware")


@part(of="buy_total", rests_on="gpu_price", share="gpu_cost_of_total", label="GPUs",
      note="GPUs bought, at the price of one.")  # fmt: skip
@line("GPU cost", "USD")
def gpu_cost(gpus, gpu_price):
    """Every GPU bought, spares included, at the price paid per GPU."""
    return gpus * gpu_price


_items = Heading("Overheads, itemised")


@line("Host cost, itemised", "USD")
def host_cost(gpu_cost, host_share):
    """Chassis, CPU, memory and disks around the GPUs."""
    return gpu_cost * host_share


@line("Network cost, itemised", "USD")
def interconnect_cost(gpu_cost, host_cost, network_share):
    """The network between servers, as a share of GPUs and hosts."""
    return (gpu_cost + host_cost) * network_share


@line("Colocation cost, itemised", "USD")
def colocation_cost(power_kw, colo_price, days_needed, hours_per_year):
    """Space and cooling for the kW at work, for as long as the run lasts."""
    return power_kw * colo_price * (days_needed * 24 / hours_per_year) * 12


_total = Heading("Cost to buy")


@part(of="buy_total", share="other_hardware_of_total")
@line("Other hardware", "USD")
def other_hardware_cost(
    overhead_basis, gpu_cost, other_hardware_share, host_cost, interconnect_cost, storage_cost
):
    """CPU, memory, storage and network: a share of GPU cost, or the sum of the items."""
    return chosen(
        overhead_basis,
        shares=gpu_cost * other_hardware_share,
        items=host_cost + interconnect_cost + storage_cost,
    )


@part(of="buy_total", share="datacenter_of_total")
@line("Data centre", "USD")
def datacenter_cost(overhead_basis, gpu_cost, datacenter_share, colocation_cost, energy_cost):
    """Building, cooling, maintenance and electricity of one run: a share, or the items."""
    return chosen(
        overhead_basis,
        shares=gpu_cost * datacenter_share,
        items=colocation_cost + energy_cost,
    )


@check("The host is counted once", kind="alert")
def host_counted_once(price_basis, overhead_basis, other_hardware_share, host_share):
    """A GPU price that is a share of a server already holds the host."""
    return both(
        picked(price_basis, "server_share"),
        either(
            both(picked(overhead_basis, "shares"), below(0, other_hardware_share)),
            both(picked(overhead_basis, "items"), below(0, host_share)),
        ),
    ), text("the GPU price is a share of a server, and other hardware counts the host again")

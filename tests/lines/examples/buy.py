"""What it costs to own the fleet for one run."""

from tco.model.cost import buy
from tests.lines.worked import worked

case = worked(buy)

case("gpu_cost", gpus=10_830, gpu_price=10_000, gives=108_300_000)  # as published
case("gpu_cost", gpus=7, gpu_price=11, gives=77)

# Items: hosts at 30 % of 700, network at 7 % of both, 73 of 365 days of colocation.
case("host_cost", gpu_cost=700, host_share=0.3, gives=210)
case("interconnect_cost", gpu_cost=700, host_cost=300, network_share=0.07, gives=70)
case("colocation_cost", power_kw=5, colo_price=7, days_needed=73, hours_per_year=8_760,
     gives=84)  # fmt: skip

items = {"host_cost": 3, "interconnect_cost": 5, "storage_cost": 7}
flat = {"gpu_cost": 108_300_000, "other_hardware_share": 0.2}
case("other_hardware_cost", overhead_basis="shares", **flat, **items, gives=21_660_000)
case("other_hardware_cost", overhead_basis="items", **flat, **items, gives=15)
items = {"colocation_cost": 11, "energy_cost": 13}
flat = {"gpu_cost": 108_300_000, "datacenter_share": 0.1}
case("datacenter_cost", overhead_basis="shares", **flat, **items, gives=10_830_000)
case("datacenter_cost", overhead_basis="items", **flat, **items, gives=24)

parts = {
    "gpu_cost": 108_300_000, "other_hardware_cost": 21_660_000, "datacenter_cost": 10_830_000,
    "staff_cost": 2_000_000,
}  # fmt: skip
case("buy_total", **parts, gives=142_790_000)  # as published

case("datacenter_energy_cost", datacenter_includes_energy=1, energy_cost=13, gives=13)
case("datacenter_energy_cost", datacenter_includes_energy=0, energy_cost=13, gives=0)
case("datacenter_other_cost", datacenter_cost=24, datacenter_energy_cost=13, gives=11)

case("buy_cost_per_gpu", buy_total=91, gpus=7, gives=13)
case("buy_cost_per_flop", buy_total=91, flop=7e9, gives=13e-9)
case("gpu_cost_of_total", gpu_cost=3, buy_total=12, gives=0.25)
case("other_hardware_of_total", other_hardware_cost=9, buy_total=12, gives=0.75)
case("datacenter_of_total", datacenter_cost=3, buy_total=60, gives=0.05)
case("staff_of_total", staff_cost=7, buy_total=70, gives=0.1)

case("published_buy_total_gap", buy_total=103, published_buy_total=100, gives=0.03)
case("published_buy_total_gap", buy_total=103, published_buy_total=None,
     undefined="no published total")  # fmt: skip

within = {"datacenter_includes_energy": 1, "datacenter_cost": 10}
case("energy_within_datacenter", **within, energy_cost=11, gives=1)
case("energy_within_datacenter", **within, energy_cost=10, gives=0)
case("energy_within_datacenter", datacenter_includes_energy=0, datacenter_cost=10, energy_cost=11,
     gives=0)  # fmt: skip

case("total_adds_up", buy_total=142_790_000, **parts, gives=0)
case("total_adds_up", buy_total=142_790_001, **parts, gives=1)

shares = {"other_hardware_share": 0.2, "host_share": 0}
hosts = {"other_hardware_share": 0, "host_share": 0.3}
case("host_counted_once", price_basis="server_share", overhead_basis="shares", **shares, gives=1)
case("host_counted_once", price_basis="server_share", overhead_basis="shares", **hosts, gives=0)
case("host_counted_once", price_basis="server_share", overhead_basis="items", **hosts, gives=1)
case("host_counted_once", price_basis="server_share", overhead_basis="items", **shares, gives=0)
case("host_counted_once", price_basis="chip", overhead_basis="shares", **shares, gives=0)
case("host_counted_once", price_basis="chip", overhead_basis="items", **hosts, gives=0)

case("price_as_catalogued", gpu_price=6, catalogue_gpu_price=13, price_mismatch_factor=2, gives=1)
case("price_as_catalogued", gpu_price=6, catalogue_gpu_price=12, price_mismatch_factor=2, gives=0)
case("price_as_catalogued", gpu_price=13, catalogue_gpu_price=6, price_mismatch_factor=2, gives=1)
case("price_as_catalogued", gpu_price=12, catalogue_gpu_price=6, price_mismatch_factor=2, gives=0)
case("price_as_catalogued", gpu_price=13, catalogue_gpu_price=None, price_mismatch_factor=2,
     gives=0)  # fmt: skip

case("electricity_included", datacenter_includes_energy=0, gives=1)
case("electricity_included", datacenter_includes_energy=1, gives=0)

case("total_as_published", published_buy_total=142_790_000, buy_total=142_790_001, gives=1)
case("total_as_published", published_buy_total=142_790_000, buy_total=142_790_000.0000003, gives=0)
case("total_as_published", published_buy_total=None, buy_total=142_790_000, gives=0)

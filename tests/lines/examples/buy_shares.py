"""Buying by GPUs: the price of one, and what stands over it."""

from tco.model.cost import buy_shares
from tests.lines.worked import worked

case = worked(buy_shares)

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

case("gpu_cost_of_total", gpu_cost=3, buy_total=12, gives=0.25)
case("other_hardware_of_total", other_hardware_cost=9, buy_total=12, gives=0.75)
case("datacenter_of_total", datacenter_cost=3, buy_total=60, gives=0.05)
case("staff_of_total", staff_cost=7, buy_total=70, gives=0.1)
case("total_adds_up", buy_total=142_790_000, buy_total_given=0, **parts, gives=0)
case("total_adds_up", buy_total=142_790_001, buy_total_given=0, **parts, gives=1)
case("total_adds_up", buy_total=142_790_001, buy_total_given=1, **parts, gives=0)

shares = {"other_hardware_share": 0.2, "host_share": 0}
hosts = {"other_hardware_share": 0, "host_share": 0.3}
case("host_counted_once", price_basis="server_share", overhead_basis="shares", **shares, gives=1)
case("host_counted_once", price_basis="server_share", overhead_basis="shares", **hosts, gives=0)
case("host_counted_once", price_basis="server_share", overhead_basis="items", **hosts, gives=1)
case("host_counted_once", price_basis="server_share", overhead_basis="items", **shares, gives=0)
case("host_counted_once", price_basis="chip", overhead_basis="shares", **shares, gives=0)
case("host_counted_once", price_basis="chip", overhead_basis="items", **hosts, gives=0)

"""Buying by a bill of materials."""

from tco.model.cost import buy_bill
from tests.lines.worked import worked

case = worked(buy_bill)

case("gpu_cost", gpus=7, gpu_price=11, gives=77)
case("run_fleet_share", gpus=7, fleet_gpus=28, gives=0.25)
case("run_server_cost", server_cost=28, run_fleet_share=0.25, gives=7)
case("run_beyond_servers_cost", capex=40, server_cost=28, run_fleet_share=0.25, gives=3)
for basis, cost in (("shares", 7), ("server", 11)):
    case("accelerators_cost", bom_applied=basis, gpu_cost=7, run_server_cost=11, gives=cost)
    case("other_hardware_cost", bom_applied=basis, other_hardware_by_gpu=7,
         run_beyond_servers_cost=11, gives=cost)  # fmt: skip

items = {"host_cost": 3, "interconnect_cost": 5, "storage_cost": 7}
flat = {"gpu_cost": 108_300_000, "other_hardware_share": 0.2}
case("other_hardware_by_gpu", overhead_basis="shares", **flat, **items, gives=21_660_000)
case("other_hardware_by_gpu", overhead_basis="items", **flat, **items, gives=15)
items = {"run_space_cost": 11, "energy_cost": 13}
flat = {"gpu_cost": 108_300_000, "datacenter_share": 0.1}
case("datacenter_cost", overheads_applied="shares", **flat, **items, gives=10_830_000)
case("datacenter_cost", overheads_applied="items", **flat, **items, gives=24)

parts = {
    "accelerators_cost": 108_300_000, "other_hardware_cost": 21_660_000,
    "datacenter_cost": 10_830_000, "staff_cost": 2_000_000,
}  # fmt: skip
case("buy_total", **parts, gives=142_790_000)  # as published
case("gpu_cost_of_total", accelerators_cost=3, buy_total=12, gives=0.25)
case("total_adds_up", buy_total=142_790_000, buy_total_given=0, **parts, gives=0)
case("total_adds_up", buy_total=142_790_001, buy_total_given=0, **parts, gives=1)
case("total_adds_up", buy_total=142_790_001, buy_total_given=1, **parts, gives=0)

shares = {"overhead_basis": "shares", "other_hardware_share": 0.2, "host_share": 0}
hosts = {"overhead_basis": "items", "other_hardware_share": 0, "host_share": 0.3}
for basis, price, over, flag in (
    ("shares", "server_share", shares, 1), ("shares", "server_share", hosts, 1),
    ("shares", "server_share", {**shares, "other_hardware_share": 0}, 0),
    ("shares", "server_share", {**hosts, "host_share": 0}, 0),
    ("shares", "server_share", {**shares, "other_hardware_share": 0, "host_share": 0.3}, 0),
    ("shares", "server_share", {**hosts, "host_share": 0, "other_hardware_share": 0.2}, 0),
    ("shares", "chip", shares, 0), ("server", "server_share", shares, 0),
):  # fmt: skip
    case("host_counted_once", bom_applied=basis, price_basis=price, **over, gives=flag)

"""What it costs to own the fleet for one run."""

from tco.model.cost import buy
from tests.lines.worked import worked

case = worked(buy)

case("datacenter_energy_cost", datacenter_includes_energy=1, energy_cost=13, gives=13)
case("datacenter_energy_cost", datacenter_includes_energy=0, energy_cost=13, gives=0)
case("datacenter_other_cost", datacenter_cost=24, datacenter_energy_cost=13, gives=11)

case("buy_cost_per_gpu", buy_total=91, gpus=7, gives=13)
case("buy_cost_per_flop", buy_total=91, flop=7e9, gives=13e-9)

case("published_buy_total_gap", buy_total=103, published_buy_total=100, gives=0.03)
case("published_buy_total_gap", buy_total=103, published_buy_total=None,
     undefined="no published total")  # fmt: skip

within = {"datacenter_includes_energy": 1, "datacenter_cost": 10}
case("energy_within_datacenter", **within, energy_cost=11, gives=1)
case("energy_within_datacenter", **within, energy_cost=10, gives=0)
case("energy_within_datacenter", datacenter_includes_energy=0, datacenter_cost=10, energy_cost=11,
     gives=0)  # fmt: skip


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

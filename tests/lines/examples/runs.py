"""Measured runs: devices x price x hours. Three runs, counted in pods, pods and cards."""

from tco.model.demand import runs
from tests.lines.worked import worked

case = worked(runs)

case("runs_total", run_cost=[3, 7, 11], gives=21)
case("runs_cheapest_total", run_cheapest_cost=[2, 5, 11], run_preemptible_cost=[2, None, None],
     gives=18)  # fmt: skip
case("runs_cheapest_total", run_cheapest_cost=[2, 5], run_preemptible_cost=[None, None],
     undefined="none offered")  # fmt: skip
case("runs_count", run_cost=[3, 7, 11], gives=3)
case("runs_device_hours", run_device_hours=[3, 7, 11], gives=21)
case("cheapest_run_cost", run_cost=[7, 3, 11], gives=3)
case("dearest_run_cost", run_cost=[7, 11, 3], gives=11)

table = {"counted_in": ["pod", "card", "pod"], "units": ["card", "pod"]}
case("run_devices", devices=[3, 5, 7], **table, devices_per_unit=[1, 64], gives=[192, 5, 448])
case("run_unit_chips", **table, chips_per_unit=[2, 256], gives=[256, 2, 256])
case("run_unit_cores", **table, cores_per_unit=[None, 512], gives=[512, None, 512])
case("run_unit_pod", **table, devices_per_pod=[None, 64], gives=[64, None, 64])
case("run_chips", devices=[3, 5], run_unit_chips=[256, None], gives=[768, None])
case("run_cores", devices=[3, 5], run_unit_cores=[512, None], gives=[1_536, None])
case("run_pods", run_devices=[32, 5], run_unit_pod=[64, None], gives=[0.5, None])

case("run_device_hours", run_devices=[16, 3], hours=[96, 5], gives=[1_536, 15])
case("run_cost", run_device_hours=[1_536, 15], price=[8, 3], gives=[12_288, 45])  # as published
case("run_preemptible_cost", run_device_hours=[1_536, 15], preemptible_price=[2.4, None],
     gives=[3_686.4, None])  # fmt: skip
case("run_cheapest_cost", run_cost=[7, 7, 7], run_preemptible_cost=[3, None, 11], gives=[3, 7, 7])
case("run_days", hours=[168, 36], gives=[7, 1.5])

# The third is compared with the second: 21 dearer and 2 hours sooner, so 10.50 an hour.
pair = {"against": ["–", "–", "second"], "runs": ["first", "second", "third"]}
case("run_cost_above", run_cost=[7, 24, 45], **pair, gives=[None, None, 21])
case("run_hours_saved", hours=[11, 5, 3], **pair, gives=[None, None, 2])
case("run_trade", run_cost_above=[None, 21], run_hours_saved=[None, 2], gives=[None, 42])
case("run_price_of_an_hour", run_trade=[None, 42, -6, 0.5, 0], run_cost_above=[None, 21, 2, -2, 0],
     run_hours_saved=[None, 2, -3, -0.25, 3], gives=[None, 10.5, None, 8, None])  # fmt: skip

case("run_cost_gap", run_cost=[103, 12_288, 7], published_cost=[100, 12_288, None],
     gives=[0.03, 0, None])  # fmt: skip
case("run_cost_off", run_cost_gap=[0.03, 0, None], gives=[1, 0, 0])
case("run_cost_rows_off", run_cost_off=[1, 0, 1], gives=2)
case("run_cost_as_published", run_cost_rows_off=1, gives=1)
case("run_cost_as_published", run_cost_rows_off=0, gives=0)

"""Stages one after the other. Where three are listed, they are by FLOP, by tokens, by GPU-days."""

from tco.model.demand import pipeline
from tests.lines.worked import worked

case = worked(pipeline)

# ---- all stages ----------------------------------------------------------------------------------

for whole, rows in (
    ("pipeline_cost", "stage_cost"), ("stages_compute_cost", "stage_compute_cost"),
    ("labelling_cost", "stage_labelling_cost"), ("flop", "stage_compute"),
    ("gpu_hours", "stage_gpu_hours"), ("work_days", "stage_duration"),
    ("wait_days", "stage_wait_days"), ("stages_incomplete", "stage_incomplete"),
    ("stages_days_unused", "stage_days_unused"), ("stages_memory_short", "stage_memory_short"),
):  # fmt: skip
    case(whole, **{rows: [3, 7, 11]}, gives=21)
for most, rows in (("largest_gpu_hours", "stage_gpu_hours"), ("largest_fleet", "stage_fleet"),
                   ("days_needed", "stage_end_day")):  # fmt: skip
    case(most, **{rows: [3, 11, 7]}, gives=11)
case("labelling_of_cost", labelling_cost=0.3, pipeline_cost=0.5, gives=0.6)
case("labelling_of_cost", labelling_cost=0, pipeline_cost=0, undefined="no cost")
case("largest_stage_days", largest_gpu_hours=11, stage_gpu_hours=[3, 11, 7],
     stage_duration=[2, 5, 13], gives=5)  # fmt: skip
case("largest_of_hours", largest_gpu_hours=11, gpu_hours=20, gives=0.55)
case("largest_of_cost", largest_of_hours=0.55, stages_compute_cost=0.2, pipeline_cost=0.44,
     gives=0.25)  # fmt: skip
case("largest_of_cost", largest_of_hours=0.55, stages_compute_cost=0, pipeline_cost=0,
     undefined="no cost")  # fmt: skip
case("stages_count", stage_gpu_hours=[3, 11, 7], gives=3)
case("working_parameters", active_parameters=3, parameters=7, gives=3)
case("working_parameters", active_parameters=None, parameters=7, gives=7)
# (3 h x 7 + 5 h x 11) TFLOP/s, half the time, 3 s an hour: 114 TFLOP.
case("gpu_hours_by_compute", stage_gpu_hours_by_compute=[3, 11, 7], gives=21)
# Of 100 hours 60 are calibrated: 40 of them at a range of 1.5, or 90.
spread = {"gpu_hours": 100, "gpu_hours_by_compute": 60, "calibration_range_factor": 1.5}
case("gpu_hours_low", hours_calibrated=1, **spread, gives=80)
case("gpu_hours_low", hours_calibrated=0, **spread, undefined="not calibrated")
case("gpu_hours_high", hours_calibrated=1, **spread, gives=130)
case("gpu_hours_high", hours_calibrated=0, **spread, undefined="not calibrated")
case("stage_gpu_hours_by_compute", stage_basis=["gpu_days", "tokens", "flop", "gpu_days"],
     stage_mfu=[None, 0.3, None, 0.3], stage_gpu_hours=[3, 5, 7, 11],
     gives=[0, 0, 7, 0])  # fmt: skip
case("stages_work", stage_gpu_hours=[3, 5], stage_tflops=[7, 11], availability=0.5,
     seconds_per_day=72, gives=114e12)  # fmt: skip

# ---- or rent a model by the token ----------------------------------------------------------------

case("api_tokens", api_tokens_per_year=7, api_years=3, gives=21)
case("api_cost_low", api_tokens=21_000, api_price_low=0.5, gives=10.5)
case("api_cost_high", api_tokens=21_000, api_price_high=3, gives=63)
case("breakeven_tokens_low", pipeline_cost=21, api_price_low=0.5, gives=42_000)
case("breakeven_tokens_high", pipeline_cost=21, api_price_high=3, gives=7_000)
case("breakeven_years_low", breakeven_tokens_low=42_000, api_tokens_per_year=6_000, gives=7)
case("breakeven_years_high", breakeven_tokens_high=7_000, api_tokens_per_year=2_000, gives=3.5)
case("breakeven_api_price", pipeline_cost=21, api_tokens=7_000, gives=3)

# ---- stage by stage ------------------------------------------------------------------------------

case("stage_working_parameters", stage_parameters=[3, None], working_parameters=7, gives=[3, 7])
case("stage_held_parameters", stage_parameters=[3, None], parameters=11, gives=[3, 11])
case("stage_law", stage_flop_per_parameter_token=[8, None], flop_per_parameter_token=6,
     gives=[8, 6])  # fmt: skip
case("stage_tflops", stage_mfu=[0.3, None], peak_tflops=100, achieved_tflops=40, gives=[30, 40])
case("stage_flop_from_tokens", stage_tokens=[11, None], stage_law=[6, 8],
     stage_working_parameters=[7, 3], gives=[462, None])  # fmt: skip
# 3 GPUs, 5 days of 11 s, half the time, at 14 TFLOP/s: 1,155 TFLOP.
case("stage_flop_from_days", stage_gpus=[3, None, 3], stage_days=[5, 5, None], seconds_per_day=11,
     stage_tflops=[14, 14, 14], availability=0.5, gives=[1_155e12, None, None])  # fmt: skip
case("stage_compute", stage_basis=["flop", "tokens", "gpu_days"], stage_flop=[2, 3, 5],
     stage_flop_from_tokens=[7, 11, 13], stage_flop_from_days=[17, 19, 23],
     gives=[2, 11, 23])  # fmt: skip
# By GPU-days 3 x 5 x 24; else the compute over 3 s an hour of 14 TFLOP/s, half the time.
case("stage_gpu_hours", stage_basis=["gpu_days", "tokens"], stage_gpus=[3, 2], stage_days=[5, 7],
     stage_compute=[21e12, 231e12], stage_tflops=[14, 14], availability=0.5, seconds_per_day=72,
     gives=[360, 11])  # fmt: skip

case("stage_resident_gb", stage_held_parameters=[21e9, 6e9], resident_bytes=5,
     model_parallel_gpus=3, gives=[35, 10])  # fmt: skip
# 7 bytes x 7 bn over 7 GB free are 7; x 8 bn 8; a replica takes 3; on full GPUs nothing fits.
case("stage_gpus_for_memory", stage_resident_gb=[13, 13, 13, 20], memory_gb=20,
     stage_held_parameters=[7e9, 7.1e9, 1e9, 9e9], sharded_bytes=7, model_parallel_gpus=3,
     gives=[7, 8, 3, 3])  # fmt: skip
# Given; 840 h in 5 days are 7; 841 h are 8; or as many as hold the model.
case("stage_fleet", stage_gpus=[2, None, None, None], stage_gpu_hours=[840, 840, 841, 840],
     stage_days=[5, 5, 5, 5], stage_gpus_for_memory=[3, 3, 3, 11], gives=[2, 7, 8, 11])  # fmt: skip
case("stage_duration", stage_gpu_hours=[840, 72], stage_fleet=[7, 2], gives=[5, 1.5])
case("stage_start_day", stage_end_day=[5, 12, 20], stage_wait_days=[2, 3, 7], gives=[2, 8, 19])
case("stage_end_day", stage_start_day=[2, 8, 19], stage_duration=[3, 4, 1.5], gives=[5, 12, 20.5])

case("stage_compute_cost", stage_gpu_hours=[50, 70], on_demand_price=3, rent_addon_share=0.1,
     gives=[165, 231])  # fmt: skip
case("stage_labelling_cost", stage_items=[7, None, 7, None], stage_item_price=[3, None, None, 3],
     gives=[21, 0, None, None])  # fmt: skip  # half given is no number
case("stage_cost", stage_compute_cost=[165, 231], stage_labelling_cost=[21, 0], gives=[186, 231])
case("stage_cost_share", stage_cost=[0.3, 0.2], pipeline_cost=0.5, gives=[0.6, 0.4])
case("stage_cost_share", stage_cost=[1, -1], pipeline_cost=0, gives=[None, None])

# ---- what is lacking -----------------------------------------------------------------------------

case("stage_without_compute", stage_basis=["flop", "flop", "tokens", "tokens", "gpu_days"],
     stage_flop=[None, 3, None, 3, None], stage_tokens=[5, None, 5, None, None],
     gives=[1, 0, 0, 1, 0])  # fmt: skip
fleets = {"stage_gpus": [None, 3, None, 3] * 2, "stage_days": [None, None, 5, 5] * 2}
case("stage_without_fleet", stage_basis=["flop"] * 4 + ["gpu_days"] * 4, **fleets,
     gives=[1, 0, 0, 0, 1, 1, 1, 0])  # fmt: skip
case("stage_days_unused", stage_basis=["flop"] * 4 + ["gpu_days"] * 4, **fleets,
     gives=[0, 0, 0, 1, 0, 0, 0, 0])  # fmt: skip
case("stage_half_labelled", stage_items=[7, None, 7, None], stage_item_price=[3, None, None, 3],
     gives=[0, 0, 1, 1])  # fmt: skip
case("stage_incomplete", stage_without_compute=[1, 0, 0, 0, 1], stage_without_fleet=[0, 1, 0, 0, 1],
     stage_half_labelled=[0, 0, 1, 0, 1], gives=[1, 1, 1, 0, 1])  # fmt: skip
case("stage_memory_short", stage_resident_gb=[20, 13, 13], memory_gb=20, stage_fleet=[9, 6, 7],
     stage_gpus_for_memory=[3, 7, 7], gives=[1, 1, 0])  # fmt: skip

# ---- the fleet that would have to be bought ------------------------------------------------------

case("gpus_needed", largest_fleet=7, gives=7)
# 7 GPUs work 15 days; of 13 days 3 are waiting, so 10.5 would do it.
case("gpus_exact", wait_days=3, deadline_days=13, largest_fleet=7, work_days=15, gives=10.5)
case("gpus_exact", wait_days=13, deadline_days=13, largest_fleet=7, work_days=15,
     undefined="none: waiting takes longer")  # fmt: skip
case("fleet_busy_share", gpu_hours=210, gpus_working=7, days_needed=5, gives=0.25)

# ---- checks --------------------------------------------------------------------------------------

for check, count in (("stages_complete", "stages_incomplete"),
                     ("stage_days_used", "stages_days_unused"),
                     ("stages_hold", "stages_memory_short")):  # fmt: skip
    case(check, **{count: 1}, gives=1)
    case(check, **{count: 0}, gives=0)
case("work_adds_up", stages_work=1.001, flop=1, gives=1)
case("work_adds_up", stages_work=7, flop=7, gives=0)
shared = {"rent_on_demand_cost": 90, "labelling_cost": 7}
case("stages_rent_adds_up", pipeline_cost=97, **shared, gives=0)
case("stages_rent_adds_up", pipeline_cost=97.001, **shared, gives=1)
case("stages_rent_adds_up", pipeline_cost=96.999, **shared, gives=1)
case("stages_rent_adds_up", pipeline_cost=97.00001, **shared, gives=0)  # of noise a ten millionth
case("fleet_busy", fleet_busy_share=0.29, busy_share_least=0.3, gives=1)
case("fleet_busy", fleet_busy_share=0.3, busy_share_least=0.3, gives=0)
case("api_prices_ordered", api_price_low=3, api_price_high=2, gives=1)
case("api_prices_ordered", api_price_low=2, api_price_high=2, gives=0)

"""How much of the fleet's hours its runs take."""

from tco.model.own import use
from tests.lines.worked import worked

case = worked(use)

# 3 runs of 70 GPU-hours, of 5 GPUs x 100 hours x 2 years of a year each.
hours = {"fleet_gpus": 5, "hours_per_year": 100, "horizon_years": 2, "period_years": 1}
case("use_by_runs", runs_over_horizon=3, gpu_hours=70, **hours, gives=0.21)
case("use_by_runs", runs_over_horizon=3, gpu_hours=700, **hours, gives=1)
case("use_by_runs", runs_over_horizon=3, gpu_hours=70, **{**hours, "period_years": 3}, gives=0.07)
case("planned_use", use_by_runs=0.3, gives=0.3)
case("planned_use", use_by_runs=None, gives=0)
# 3 runs of 5 days, 360 hours of 3,600.
days = {"job_days": 5, "hours_per_year": 900, "horizon_years": 2, "period_years": 2}
case("planned_days_share", runs_over_horizon=3, **days, gives=0.1)
case("planned_days_share", runs_over_horizon=70, **days, gives=1)
for used, planned, share in ((0.3, 0.3, 0.2), (0.7, 0.3, 1), (0, 0, 1), (0.1, 0.3, 1)):
    case("rented_staff_share", utilization=used, planned_use=planned, planned_days_share=0.2,
         gives=share)  # fmt: skip
for used, planned, flag in ((0.7, 0.3, 1), (0.3, 0.3, 0), (0.1, 0.3, 0), (0.7, 0, 0)):
    case("use_has_work", utilization=used, planned_use=planned, gives=flag)

"""How long the fleet takes."""

from tco.model.run import duration
from tests.lines.worked import worked

case = worked(duration)

# 11 GPUs do 7 TFLOP in each of 13 seconds, half of the time: 500.5 TFLOP a day.
case("days_needed", flop=3_003e12, achieved_tflops=7, availability=0.5, gpus_working=11,
     seconds_per_day=13, gives=6)  # fmt: skip
case("gpu_hours", gpus_working=7, days_needed=5, gives=840)

spread = {"gpu_hours": 84, "calibration_range_factor": 1.5}
case("gpu_hours_low", hours_calibrated=1, **spread, gives=56)
case("gpu_hours_low", hours_calibrated=0, **spread, undefined="not calibrated")
case("gpu_hours_high", hours_calibrated=1, **spread, gives=126)
case("gpu_hours_high", hours_calibrated=0, **spread, undefined="not calibrated")

# 5 hours of 3 seconds at 7 TFLOP/s: 105 TFLOP.
done = {"gpu_hours_useful": 5, "seconds_per_day": 72, "achieved_tflops": 7}
case("work_adds_up", **done, flop=105e12, gives=0)
case("work_adds_up", **done, flop=106e12, gives=1)

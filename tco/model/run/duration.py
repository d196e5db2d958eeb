"""Duration: how long the fleet takes for the compute, and the hours billed."""

from tco.lines import *
from tco.model.findings import not_one
from tco.model.run.rate import UNCALIBRATED, flop_per_day, flop_per_hour

SECTION = "fleet"

_time = Heading("What it takes")


@line("Days needed", "day")
def days_needed(flop, achieved_tflops, availability, gpus_working, seconds_per_day):
    """How long the whole, rounded fleet takes."""
    return flop / (flop_per_day(seconds_per_day, achieved_tflops, availability) * gpus_working)


@line("GPU-hours billed", "GPU-h")
def gpu_hours(gpus_working, days_needed):
    """Working GPUs times the hours they are held."""
    return gpus_working * days_needed * 24


@line("GPU-hours, low end of the range", "GPU-h")
def gpu_hours_low(hours_calibrated, gpu_hours, calibration_range_factor):
    """Below it, or above the high end, ended one in five of the published runs tried.

    Comparable runs, each left out of its own calibration: see Backtest.
    """
    low = gpu_hours / calibration_range_factor
    return where(picked(hours_calibrated, 1), low, undefined(UNCALIBRATED))


@line("GPU-hours, high end of the range", "GPU-h")
def gpu_hours_high(hours_calibrated, gpu_hours, calibration_range_factor):
    """As many times the hours as the hours are times the low end."""
    high = gpu_hours * calibration_range_factor
    return where(picked(hours_calibrated, 1), high, undefined(UNCALIBRATED))


@check("Hours times rate give the compute")
def work_adds_up(gpu_hours_useful, seconds_per_day, achieved_tflops, flop):
    """Useful GPU-hours at the achieved rate come to the compute asked for."""
    done = gpu_hours_useful * flop_per_hour(seconds_per_day, achieved_tflops)
    return not_one(done / flop, "useful hours times the achieved rate are {} times the compute")

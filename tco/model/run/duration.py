"""Duration: how long the fleet takes for the compute, and the hours billed."""

from tco.lines import *
from tco.model.findings import not_one
from tco.model.run.rate import flop_per_day, flop_per_hour

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


@check("Hours times rate give the compute")
def work_adds_up(gpu_hours_useful, seconds_per_day, achieved_tflops, flop):
    """Useful GPU-hours at the achieved rate come to the compute asked for."""
    done = gpu_hours_useful * flop_per_hour(seconds_per_day, achieved_tflops)
    return not_one(done / flop, "useful hours times the achieved rate are {} times the compute")

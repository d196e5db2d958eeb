"""The rate that training gets: the FLOP that advance it on one GPU, lost time included."""

import functools
import operator
from typing import Any

UNCALIBRATED = "not calibrated"  # why hours have no range that published runs were tried on


def flop_per_day(seconds_per_day: Any, tflops: Any, *shares: Any) -> Any:
    """FLOP of one GPU in a day that it is held.

    Args:
        seconds_per_day: seconds in a day.
        tflops: TFLOP/s of one GPU: achieved, or its peak where the MFU is among the shares.
        shares: what each leaves of it: MFU, availability.
    """
    return functools.reduce(operator.mul, shares, tflops * 1e12) * seconds_per_day


def flop_per_hour(seconds_per_day: Any, tflops: Any, *shares: Any) -> Any:
    """FLOP of one GPU in an hour that it is held: see `flop_per_day`."""
    return flop_per_day(seconds_per_day / 24, tflops, *shares)

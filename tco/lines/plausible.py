"""The largest and the smallest number of each unit that a scenario can mean.

Far beyond what anybody runs or pays, yet within what every engine computes with: a number outside
is a unit forgotten, one typed twice, or a key held down.
"""

from __future__ import annotations

LEAST = 1e-30  # other than 0, of a unit that is not named below
MOST = 1e30  # of a unit that is not named below
_MOST = {
    "parameter": 1e16,
    "token": 1e19,
    "token/year": 1e19,
    "byte": 1e27,
    "FLOP": 1e35,
    "FLOP/s": 1e27,
    "TFLOP/s": 1e15,
    "TFLOP/s/GPU": 1e15,
    "day": 1e6,
    "h": 1e8,
    "month": 1e5,
    "year": 1e4,
    "years": 1e4,
    "h/year": 1e6,
    "1/day": 1e9,
    "GPU": 1e12,
    "device": 1e12,
    "server": 1e12,
    "GPU-h": 1e18,
    "share": 1e6,
    "share/week": 1e6,
    "share/year": 1e6,
    "count": 1e15,
    "kW": 1e15,
    "MWh": 1e18,
    "kWh": 1e18,
    "USD": 1e21,
    "US$": 1e21,
}
_LEAST = {
    "parameter": 1e-3,
    "token": 1e-3,
    "byte": 1e-3,
    "FLOP": 1e-3,
    "day": 1e-9,
    "h": 1e-9,
    "year": 1e-6,
    "years": 1e-6,
    "GPU": 1e-3,
    "device": 1e-3,
    "server": 1e-3,
    "share": 1e-9,
    "share/week": 1e-9,
    "share/year": 1e-9,
    "count": 1e-6,
    "USD": 1e-12,
    "US$": 1e-12,
}


def most(unit: str) -> float:
    """The largest number of a unit that a scenario can mean."""
    money = unit.startswith(("USD/", "US$/"))
    return _MOST.get(unit, 1e15 if money else MOST)


def least(unit: str) -> float:
    """The smallest number of a unit that a scenario can mean, apart from 0."""
    return _LEAST.get(unit, LEAST)


def is_plausible(number: float, unit: str) -> bool:
    """Whether a scenario can mean a number of that unit."""
    return number == 0 or least(unit) <= abs(number) <= most(unit)


def implausible(number: float, unit: str) -> str:
    """What is said of a number that no scenario can mean."""
    large = abs(number) > most(unit)
    bound = f"the most is {short(most(unit))}" if large else f"the least is {least(unit):g}"
    return f"{short(number)}, which no scenario can mean: {bound}"


def short(number: float) -> str:
    """A number of any size in a few characters."""
    if 1 <= abs(number) < 1e10:
        return f"{number:,.0f}"
    return f"{number:g}".replace("e+", "e")

"""The largest and the smallest number of each unit that a scenario can mean.

Far beyond what anybody runs or pays, yet within what every engine computes with: a number outside
is a unit forgotten, one typed twice, or a key held down.
"""

from __future__ import annotations

LEAST = 1e-30  # other than 0
MOST = 1e30  # of a unit that is not named below
_MOST = {
    "parameter": 1e18,
    "token": 1e21,
    "token/year": 1e21,
    "byte": 1e27,
    "FLOP": 1e40,
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
    "share/year": 1e6,
    "count": 1e15,
    "kW": 1e15,
    "MWh": 1e18,
    "kWh": 1e18,
    "USD": 1e21,
    "US$": 1e21,
}


def most(unit: str) -> float:
    """The largest number of a unit that a scenario can mean."""
    money = unit.startswith(("USD/", "US$/"))
    return _MOST.get(unit, 1e15 if money else MOST)


def is_plausible(number: float, unit: str) -> bool:
    """Whether a scenario can mean a number of that unit."""
    return number == 0 or LEAST <= abs(number) <= most(unit)


def implausible(number: float, unit: str) -> str:
    """What is said of a number that no scenario can mean."""
    bound = f"the most is {_short(most(unit))}" if abs(number) > 1 else f"the least is {LEAST:g}"
    return f"{_short(number)}, which no scenario can mean: {bound}"


def _short(number: float) -> str:
    if 1 <= abs(number) < 1e10:
        return f"{number:,.0f}"
    return f"{number:g}".replace("e+", "e")

"""Use: how much of the fleet's hours its runs take, and what is used where nobody says more."""

from collections.abc import Callable
from typing import Any

from tco.lines import *

SECTION = "own"

runs_over_horizon = Given(
    "Runs over the horizon",
    "count",
    least=0,
    note="How often the run of the scenario is carried out; its hours are the fleet's use.",
)


_use = Heading("How much it is used")


@line("Use by the runs", "share", guarded=True)
def use_by_runs(
    runs_over_horizon, gpu_hours, fleet_gpus, hours_per_year, horizon_years, period_years
):
    """GPU-hours of the runs over all hours of the horizon, at most all of them."""
    hours = fleet_gpus * hours_per_year * horizon_years * period_years
    return minimum(runs_over_horizon * gpu_hours / hours, 1)


@line("Use by the runs, 0 where there is none", "share")
def planned_use(use_by_runs):
    """What is known of the use without asking."""
    return known_or(use_by_runs, 0)


@line("Years with a run", "share")
def planned_days_share(runs_over_horizon, job_days, hours_per_year, horizon_years, period_years):
    """Days of the runs over those of the horizon, at most all of them."""
    hours = hours_per_year * horizon_years * period_years
    return minimum(runs_over_horizon * job_days * 24 / hours, 1)


@line("Rented staff is there for", "share")
def rented_staff_share(utilization, planned_use, planned_days_share):
    """The days of the runs where nothing else is computed; else all year."""
    runs_alone = both(beyond(planned_use, 0), same(utilization, planned_use))
    return where(runs_alone, planned_days_share, 1)


@check("The use has work behind it", kind=ALERT)
def use_has_work(utilization, planned_use):
    """A use that is given is no more than the runs of the scenario need."""
    idle = both(beyond(planned_use, 0), short_of(planned_use, utilization))
    return idle, text(
        "a use of {}; the runs of the scenario take {}: what is the rest, or how many runs?",
        shown(utilization, "0.0%"),
        shown(planned_use, "0.0%"),
    )


def use_line(rule: Callable[..., Any], note: str, *needs: str) -> Line:
    """The line of the use, which is an input where somebody gives it."""
    taken = Given(
        "Utilisation",
        "share",
        least=0,
        most=1,
        why="Utilisation is the share of capacity hours that do paid work, availability included.",
        note="Share of capacity hours that do paid work; availability is in it. Not MFU.",
        example="75 %",
        key="utilization",
    )
    return Line(taken.key, taken.label, taken.unit, rule, note, needs, taken=taken)

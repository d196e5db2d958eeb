"""Hours: what of those billed advances training, and whether they end in time."""

from tco.lines import *

SECTION = "fleet"


@line("GPU-hours that advance training", "GPU-h")
def gpu_hours_useful(gpu_hours, availability):
    """Billed hours less time lost to failures and restarts."""
    return gpu_hours * availability


@check("The fleet meets the deadline")
def deadline_met(days_needed, deadline_days):
    """The rounded fleet finishes by the deadline."""
    return below(deadline_days, days_needed), text(
        "the fleet needs {} days, the deadline is {}",
        shown(days_needed, "#,##0.00"),
        shown(deadline_days, "#,##0.00"),
    )

"""A scenario's workbook as bytes."""

from __future__ import annotations

from tco.scenario import Scenario
from tco.workbook.layout import lay_out
from tco.workbook.package import to_bytes


def workbook(scenario: Scenario) -> bytes:
    """The .xlsx of a scenario; the same scenario and version give the same bytes."""
    return to_bytes(lay_out(scenario))

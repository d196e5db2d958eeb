"""A scenario's workbook as bytes."""

from __future__ import annotations

from dataclasses import replace

from tco.scenario import Scenario
from tco.workbook.layout import lay_out
from tco.workbook.package import to_bytes


def workbook(scenario: Scenario, *, protected: bool = False) -> bytes:
    """The .xlsx of a scenario; the same scenario and version give the same bytes.

    Args:
        protected: whether its sheets are, all but the cells that are typed in; without a password.
    """
    return to_bytes(replace(lay_out(scenario), protected=protected))

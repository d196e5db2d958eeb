"""Tendering: what quotes are laid side by side by."""

from tco.model.own import tendering
from tests.lines.worked import worked

case = worked(tendering)

case("acceptance_years", acceptance_days=73, days_per_year=365, gives=0.2)

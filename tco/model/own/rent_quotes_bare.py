"""Rent quotes for a fleet without a run: the goodput that they are compared with is an input."""

from tco.model.run.accelerator import availability

__all__ = ["availability"]
SECTION = "fleet"

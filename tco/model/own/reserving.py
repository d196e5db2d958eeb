"""Reserving: what a reservation of a part of the fleet leaves to be rented on demand."""

from typing import Any

from tco.lines import *


def left_over(shape: Any, use: Any, reserved: Any) -> Any:
    """Capacity hours that a reservation of part of the fleet does not serve, as a share."""
    return chosen(shape, whole_fleet=(1 - reserved) * use, level=maximum(use - reserved, 0))

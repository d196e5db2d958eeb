"""When a stored and a recalculated value are the same."""

from __future__ import annotations

from typing import Any

TOLERANCE = 1e-9
# Eight roundings of half a unit in the last place for each number that met: two engines each read
# it and round a step, a library's LN or EXP may be two units off, a sum may take another order.
NOISE = 1 / 2**50


def agree(stored: Any, computed: Any, scale: float = 0.0) -> bool:
    """Numbers within 1e-9 of the stored one, or within float noise at a scale; else exactly.

    Args:
        stored: a float, a text, an error's text or None.
        computed: the same, by an engine.
        scale: the sizes of the numbers that met in the formula; a difference of `NOISE` times this
            is rounding. Without it the test is relative alone: costs per FLOP are far below 1.
    """
    if not (isinstance(stored, (int, float)) and isinstance(computed, (int, float))):
        return bool(stored == computed)
    if stored == computed:
        return True
    return abs(stored - computed) <= max(TOLERANCE * abs(stored), NOISE * scale)

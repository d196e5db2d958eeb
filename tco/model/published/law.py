"""Published figures row by row: what a source prints beside what its own inputs give."""

from __future__ import annotations

from typing import Any

from tco.lines import *
from tco.lines.items import called
from tco.lines.rows import RowCheck

NONE = "–"


def flop_by_law(flop_per_parameter_token: Any, parameters: Any, tokens: Any) -> Any:
    """FLOP of a training run by 6 P D: parameters times tokens times 6."""
    return flop_per_parameter_token * parameters * tokens


Beside = tuple[Heading, Line, RowCheck]


def printed_beside(axis: str, ours: str, printed: str, what: str) -> Beside:
    """A column of printed figures over ours, and an alert where one is not what we compute.

    Args:
        axis: the given rows.
        ours: the line along them that the source prints too.
        printed: the input along them that holds what it prints; a dash where it prints nothing.
        what: what is printed, in a word or two.
    """
    said = what[0].upper() + what[1:]

    def gap(computed: Any, source: Any) -> Any:
        return rounded(computed / source - 1)

    def differs(gap: Any) -> Any:
        """1 where the published figure is not what its inputs give."""
        return both(defined(gap), unless(picked(gap, 0)))

    note = "How far the computed figure lies from the published one."
    over = line(f"{said}: computed over published", "share", along=axis, guarded=True)
    check = row_check(
        f"{said}: does not follow",
        along=axis,
        count=(f"{ours}_rows_off", f"Published {what}s that do not follow"),
        first=(f"{ours}_first_off", f"First {what} that does not follow"),
        check=(f"{ours}_as_published", f"Published {what}s follow"),
        note=f"Every {what} that the source prints follows from its own inputs.",
        says=f"{{count}} of the published {what}s do not follow from their inputs, first {{first}}",
        kind="alert",
    )
    return (
        Heading(f"{said}, published against computed"),
        over(called(gap, f"{ours}_gap", note, ours, printed)),
        check(called(differs, f"{ours}_off", str(differs.__doc__), f"{ours}_gap")),
    )

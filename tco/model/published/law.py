"""Published figures row by row: what a source prints beside what its own inputs give."""

from __future__ import annotations

from typing import Any

from tco.lines import *
from tco.lines.items import called

NONE = "–"


def law_flop(flop_per_parameter_token: Any, parameters: Any, tokens: Any) -> Any:
    """FLOP of a published run by 6 P D; a dash where its size or tokens are not known."""
    return where(
        both(defined(parameters), defined(tokens)),
        flop_per_parameter_token * parameters * tokens,
        undefined(NONE),
    )


def printed_beside(
    axis: str, ours: str, printed: str, what: str
) -> dict[str, Heading | Line | Check]:
    """Lines and an alert for a column of printed figures.

    Args:
        axis: the given rows.
        ours: the line along them that the source prints too.
        printed: the input along them that holds what it prints; a dash where it prints nothing.
        what: what is printed, in a word or two.

    Returns:
        Items by name, for a module's `globals().update`.
    """
    off, count, first = f"{ours}_off", f"{ours}_rows_off", f"{ours}_first_off"

    def gap(computed: Any, source: Any) -> Any:
        return where(defined(source), rounded(computed / source - 1), undefined(NONE))

    def differs(gap: Any) -> Any:
        return where(both(defined(gap), unless(picked(gap, 0))), 1, 0)

    def first_row(flags: Any, names: Any, found: Any) -> Any:
        return where(below(0, found), lookup(1, flags, names), "none")

    def as_published(found: Any, row: Any) -> Any:
        return below(0, found), text(
            f"{{}} of the published {what}s do not follow from their inputs, first {{}}", found, row
        )

    said = what[0].upper() + what[1:]
    note = f"Every {what} that the source prints follows from its own inputs."
    return {
        f"_{ours}_published": Heading(f"{said}, published against computed"),
        f"{ours}_gap": line(f"{said}: computed over published", "share", along=axis)(
            called(gap, f"{ours}_gap", "How far the computed figure lies from the published one.",
                   ours, printed)),
        off: line(f"{said}: does not follow", "flag", along=axis)(
            called(differs, off, "1 where the published figure is not what its inputs give.",
                   f"{ours}_gap")),
        count: line(f"Published {what}s that do not follow", "count")(
            called(lambda flags: total(flags), count, "How many rows differ.", off)),
        first: line(f"First {what} that does not follow", "text")(
            called(first_row, first, "The first row that differs.", off, axis, count)),
        f"{ours}_as_published": check(f"Published {what}s follow", kind="alert")(
            called(as_published, f"{ours}_as_published", note, count, first)),
    }  # fmt: skip

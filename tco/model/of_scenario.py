"""The model of one scenario: some lines are given, some stand beside a published figure."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from tco.lines import *
from tco.lines.items import called
from tco.lines.limits import limits
from tco.model.cases import named_cases, of_lines_alone
from tco.model.own_figures import own_figures
from tco.model.rates import rate_given

PUBLISHED = "published_"  # begins the keys of what stands beside a line that a source prints


@functools.lru_cache(maxsize=64)
def of_scenario(
    base: Model, given: tuple[str, ...], published: tuple[tuple[str, str], ...], deadlines: int,
    far: str, rates: tuple[str, ...] = (), cases: tuple[str, ...] = (),
) -> Model:  # fmt: skip
    """The lines and inputs of one scenario.

    Args:
        base: those of its kind.
        given: the lines that are inputs here.
        published: the lines that a source prints and the kind has no input for, each with why
            the two differ, "" where nobody said.
        deadlines: how many points the deadline table has.
        far: what is said of the first own figure that is far off, "" where there is none.
        rates: the keys of the rates by which money of other currencies was converted.
        cases: the names of its own cases.
    """
    extra = [one for key, reason in published for one in published_lines(base, key, reason)]
    own = own_figures(far) if far else ()
    bounded = [limits(one.taken) for key in given if (one := base.lines[key]).taken]
    cased = of_lines_alone(named_cases(base, cases).given(given))
    return cased.with_lines(
        *map(rate_given, rates), *bounded, *extra, *deadline_points(deadlines), *own
    )


def published_keys(model: Model) -> dict[str, str]:
    """The key of the input that holds what a source prints, by each line's own key."""
    declared = {one.prints: key for key, one in model.givens.items() if one.prints}
    return {key: f"{PUBLISHED}{key}" for key in model.lines} | declared


def published_lines(model: Model, key: str, reason: str) -> tuple[Given, Line]:
    """A published figure of a line as an input, and how far ours lies from it."""
    ours, name = model[key], f"{PUBLISHED}{key}"

    def gap(computed: Any, published: Any) -> Any:
        known = both(defined(computed), defined(published))
        return where(known, rounded(computed / published - 1), undefined("not comparable"))

    said = f"{reason[0].upper()}{reason[1:].rstrip('.')}. " if reason else ""
    note = f"{said}How far the computed figure lies from the published one."
    made = line(f"{ours.label}: computed over published", "share", section="published")
    return (
        Given(f"Published: {ours.label}", ours.unit, "As the source prints it.", required=False,
              key=name, section="published", prints=key),
        made(called(gap, f"{name}_gap", note, key, name)),
    )  # fmt: skip


def deadline_points(count: int) -> Iterator[Given]:
    """The points of the deadline table, each an input."""
    width = max(2, len(str(count)))
    for point in range(1, count + 1):
        yield Given(
            f"Deadline, point {point}", "day", "A point of the deadline table and chart.",
            above=0, key=f"deadline_point_{point:0{width}d}", section="deadlines",
        )  # fmt: skip

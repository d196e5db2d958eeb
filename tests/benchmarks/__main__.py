"""Run every benchmark, print the tables and write docs/benchmarks.md; about three minutes."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from . import report
from .algebra import CASES, FIGURES, VARIED
from .measures import comparisons, growth
from .scenarios import MANY_DEADLINES
from .timing import compile_first

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def main() -> None:
    """Measure, say what is under way, print and write."""
    begun = time.monotonic()
    compile_first()
    found, grown = [], []
    with tempfile.TemporaryDirectory() as name:
        for one in comparisons(Path(name)):
            found.append(one)
            _say(f"{one.what}: {one.ratio:.2f}")
        for step in growth(Path(name)):
            grown.append(step)
            _say(f"{step.scenarios} scenarios: {report.seconds(step.seconds)}")
    how = report.how(
        found, many=MANY_DEADLINES, cases=CASES,
        figures=", ".join(FIGURES), varied=", ".join(VARIED),
    )  # fmt: skip
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(report.page(found, grown, how))
    print(f"{report.comparison_table(found)}\n\n{report.growth_table(grown)}")
    _say(f"{time.monotonic() - begun:.0f} s in all; {PAGE.name} is written")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

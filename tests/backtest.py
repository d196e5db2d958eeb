"""Write the back-test's page of the documentation. Review the difference, then commit.

Run it with the project installed: python -m tests.backtest
"""

from __future__ import annotations

import math
import statistics
from pathlib import Path

from tco.page.backtest import backtest
from tco.page.deck import render
from tests.calibrated import HELD_BACK, errors, factor, held_back, rows_of
from tests.loaded import load

PAGE = Path(__file__).parent.parent / "docs" / "backtest.md"


def page() -> str:
    """The page, computed from the catalogue's runs as the workbook's sheet is."""
    shown = render(load("published-runs"), ["md"], shown=backtest)["md"]
    body, _, foot = shown.rpartition("\n---\n")
    return f"{body}\n{_worse()}\n{_held_back()}\n---\n{foot}"


def _worse() -> str:
    """The classes in which left-out runs are farther off when calibrated, and why."""
    tried, said = errors(), []
    for kind in dict.fromkeys(run.kind for run, _, _ in tried):
        own = [one for one in tried if one[0].kind == kind]
        before, after = (statistics.median(one[at] for one in own) for at in (1, 2))
        if after > before:
            said.append(f"{kind} ({len(own)} runs, {before:.3f} to {after:.3f})")
    return (
        "## Where calibration does not help\n\n"
        f"In the middle of {' and '.join(said)} left-out runs are farther off than by default: "
        "these classes hold runs on both sides of it, and the mean of all classes draws them "
        "towards more hours. That is why so little is gained in the middle of all runs, and "
        "nearly a fifth on average: it is gained where defaults were far off. No class was "
        "taken out for it.\n"
    )


def _held_back() -> str:
    """Runs that no calibration has seen, each with its source, and how far off they are."""
    found = held_back()
    reach = float(load("published-runs").numbers["calibration_range_log"])
    before, after = (statistics.median(one[at] for one in found) for at in (1, 2))
    inside = sum(one <= reach for _, _, one in found)
    lines = [
        "## Runs that are not in the catalogue", "",
        f"{len(found)} dense runs whose makers publish tokens and hours, or accelerators and days, "
        "but that are not calibrated by. They are here for what is published of them; none was "
        f"left out for its ratio. In the middle |ln| is {before:.2f} by default and {after:.2f} "
        f"calibrated; {inside} of {len(found)} lie in the range.", "",
        "| Run | Class | Published over default hours | calibrated | in the range | Hours "
        "| Source |",
        "|---|---|---:|---:|---|---|---|",
    ]  # fmt: skip
    for row, (run, _, off) in zip(rows_of(HELD_BACK), found, strict=True):
        calibrated = math.exp(run.log) / factor(run.kind)
        lines.append(
            f"| {row['model']} | {run.kind} | {math.exp(run.log):.2f} | {calibrated:.2f} | "
            f"{'yes' if off <= reach else 'no'} | {row['basis']} | {row['source']} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)

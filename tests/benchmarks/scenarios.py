"""The scenarios that are timed: the example, and the example over many deadlines."""

from __future__ import annotations

from pathlib import Path

from tco.read.opening import locate

EXAMPLE = "llm-100b-10d"
# With this many deadlines the example's workbook has about 25,000 cells.
MANY_DEADLINES = 436


def with_deadlines(folder: Path, count: int = MANY_DEADLINES) -> Path:
    """A file of the example with that many deadlines in its table, a quarter of a day apart."""
    points = ", ".join(f"{5 + step / 4:g} days" for step in range(count))
    path = folder / f"{EXAMPLE}-over-{count}-deadlines.yaml"
    path.write_text(f"{locate(EXAMPLE).read_text()}\ndeadlines: [{points}]\n")
    return path


def copies(folder: Path, count: int) -> list[Path]:
    """The example under that many names."""
    folder.mkdir(parents=True, exist_ok=True)
    text = locate(EXAMPLE).read_text()
    paths = [folder / f"copy-{number:04d}.yaml" for number in range(1, count + 1)]
    for path in paths:
        path.write_text(text)
    return paths

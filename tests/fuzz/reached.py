"""`python -m tests.fuzz.reached [TARGET...]`: how much of the readers the kept inputs reach.

Of every function of a reader that any of them enters, how many lines are run.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

READERS = ("tco.read", "tco.catalogue", "tco.quantities", "tco.verify", "tco.tender", "tco.carried",
           "tco.unpacking", "tco.lines.written", "tco.lines.formula")  # fmt: skip
Line = tuple[str, int]


@dataclass
class Reached:
    """The lines of the readers that inputs reach, and those of every function that they enter."""

    lines: set[Line] = field(default_factory=set)
    entered: set[CodeType] = field(default_factory=set)

    @property
    def there(self) -> set[Line]:
        """Every line of the functions that are entered."""
        return {
            (code.co_filename, line)
            for code in self.entered
            for _, _, line in code.co_lines()
            if line is not None and line > code.co_firstlineno
        }


def reached(target: Callable[[bytes], object], inputs: Iterable[bytes], seconds: float) -> Reached:
    """What these inputs reach of the readers, as far as there is time."""
    found, ends = Reached(), time.monotonic() + seconds

    def of_call(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_globals.get("__name__", "").startswith(READERS):
            return None
        found.entered.add(frame.f_code)
        return of_line

    def of_line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            found.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return of_line

    sys.settrace(of_call)
    try:
        for one in inputs:
            if time.monotonic() > ends:
                break
            target(one)
    finally:
        sys.settrace(None)
    return found


def main(words: Sequence[str]) -> None:
    """Print a line a target."""
    from tests.fuzz.targets import TARGETS, outcome, warmed

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.reached")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--state", type=Path, nargs="+",
                        default=[Path.home() / ".cache" / "tco-fuzz"])  # fmt: skip
    parser.add_argument("--seconds", type=float, default=60, help="of each target")
    asked = parser.parse_args(words)
    for name in asked.targets or TARGETS:
        kept = {hashlib.sha1(content).digest(): content
                for state in asked.state for path in sorted((state / "corpus" / name).glob("*"))
                for content in [path.read_bytes()]}  # fmt: skip
        inputs = list(kept.values())
        random.Random(0).shuffle(inputs)
        target = warmed(name)
        found = reached(lambda data, target=target: outcome(target, data), inputs, asked.seconds)
        lines, there = len(found.lines & found.there), len(found.there)
        print(f"{name}: {len(inputs):,} inputs, {len(found.entered):,} functions, "
              f"{lines:,} of {there:,} lines, {lines / max(1, there):.0%}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])

"""The tests that compute figures and are no worked examples, asked about one wrong rule.

    python -m tests.mutation.wider KIND KEY [CHANGE]       exit code 1: a test fails, so it is seen

The rule is wrong from the start of the process that runs them. Books, engines, edits in a file,
mistakes in a file and golden texts are left out: a workbook's numbers and its formulas follow from
one rule, so nothing that compares them can see it wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tco.lines import Check, Line
from tco.model import KINDS, model_for, modules_of
from tests.lines.covered import numeric
from tests.lines.variants import VARIANTS
from tests.mutation.mutants import RESULTS, Mutant, results

ROOT = Path(__file__).parents[2]
FILES = {
    "train": ("tests/test_figures.py", "tests/test_comparators.py", "tests/test_backtest.py",
              "tests/test_checks.py"),
    **{kind: (f"tests/kinds/test_{kind}.py",) for kind in KINDS if kind != "train"},
}  # fmt: skip
NO_FIGURES = ("libreoffice", "engine", "workbook", "edit", "mistake", "verify", "file", "csv",
              "golden", "build", "hundred")  # fmt: skip


def lines_of(rule: object) -> list[Line]:
    """Every line of the model's modules that has this rule; a check's flag too."""
    modules = {
        module for at in VARIANTS for module in modules_of(at.kind, **dict.fromkeys(at.has, True))
    }
    items = [item for module in modules for item in vars(module).values()]
    flags = [item.flag for item in items if isinstance(item, Check)]
    return [one for one in (*items, *flags) if isinstance(one, Line) and one.rule is rule]


def sees(kind: str, key: str, change: str) -> bool:
    """Whether any test of the kind's figures fails while the line's rule is wrong."""
    asked = [sys.executable, "-m", "tests.mutation.wider", kind, key, change]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, check=False).returncode != 0


def _wrong(kind: str, key: str, change: str) -> tuple[list[Line], Mutant]:
    """The lines to be made wrong, and their wrong rule."""
    line = next(one for at in VARIANTS if at.kind == kind for one in numeric(at) if one.key == key)
    found = lines_of(line.rule)
    if not found:
        raise SystemExit(f"{key} is made for an input: only its examples can be asked")
    return found, results(line)[RESULTS.index(change)]


def main(kind: str, key: str, change: str = RESULTS[0]) -> int:
    """Run the tests of a kind's figures with one rule wrong; 0 where none of them fails."""
    found, mutant = _wrong(kind, key, change)
    for one in found:
        object.__setattr__(one, "rule", mutant.rule)
    model_for.cache_clear()
    os.chdir(ROOT)
    but = f"not ({' or '.join(NO_FIGURES)})"
    return int(pytest.main(["-n0", "-x", "-q", "-p", "no:cacheprovider", "-k", but, *FILES[kind]]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

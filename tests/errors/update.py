"""Write the expected text beside every scenario of the gallery. Review the difference, then commit.

Run it with the project installed: python -m tests.errors.update
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.errors.conftest import GALLERY, run_in


def update() -> None:
    """Run every scenario in a copy of the gallery and keep what it answers."""
    with tempfile.TemporaryDirectory() as copy:
        for source in sorted(GALLERY.glob("*.yaml")):
            shutil.copy(source, copy)
            answer = run_in(Path(copy), "build", source.name, "--out", "out")
            if answer.code != 2:
                print(f"{source.name}: exit code {answer.code}, so it is no mistake")
                continue
            expected = source.with_suffix(".txt")
            said = answer.err.encode()
            if not expected.exists() or expected.read_bytes() != said:
                expected.write_bytes(said)
                print(f"{expected.name}: written")


if __name__ == "__main__":
    update()

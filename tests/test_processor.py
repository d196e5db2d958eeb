"""The same scenario gives the same file on any processor.

A process that may not use vector instructions stands in for an older processor: numpy's, the C
library's and OpenBLAS's own are switched off. ARM processors are not run: there too each of
+ - * / rounds once, Python and numpy fuse none of them, and nothing else is used.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import SCENARIOS

PLAIN = """
import hashlib, math
import numpy as np
x = np.linspace(0.1, 9.9, 9973)
parts = [np.exp(x), np.log(x), np.power(x, 1.7),
         np.array([math.exp(one) + math.log(one) + one ** 1.7 for one in x.tolist()])]
print(hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest(), flush=True)
"""
BUILD = """
import sys
from pathlib import Path
from tco.read.loading import load
from tco.workbook.build import workbook
for name in sys.argv[2:]:
    Path(sys.argv[1], f"{name}.xlsx").write_bytes(workbook(load(name)))
"""


def _without_vectors() -> dict[str, str]:
    """An environment in which numpy, the C library and OpenBLAS use no vector instructions."""
    from numpy._core._multiarray_umath import __cpu_dispatch__ as switchable

    off = "AVX2,-FMA,-AVX2_Usable,-FMA_Usable,-AVX512F,-AVX512VL,-AVX512DQ"
    return {
        **os.environ,
        "NPY_DISABLE_CPU_FEATURES": " ".join(switchable),
        "GLIBC_TUNABLES": f"glibc.cpu.hwcaps=-{off}",
        "OPENBLAS_CORETYPE": "Prescott",
        "PYTHONWARNINGS": "ignore",  # numpy warns of features that this processor has not
    }


def _said(code: str, environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment,
                          capture_output=True, text=True, check=True, timeout=300)  # fmt: skip
    return done.stdout.strip()


def _parts(content: bytes) -> dict[str, str]:
    """The hash of every part, uncompressed: how bytes are packed is the zip library's business."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}


def test_the_files_are_the_same_without_vector_instructions(
    built: dict[str, Path], tmp_path: Path
) -> None:
    other = _without_vectors()
    if _said(PLAIN, dict(os.environ)) == _said(PLAIN, other):
        pytest.skip("proves nothing on this machine: plain exp and log do not differ either")
    _said(BUILD, other, str(tmp_path), *SCENARIOS)
    for name, path in built.items():
        there = _parts((tmp_path / path.name).read_bytes())
        here = _parts(path.read_bytes())
        assert [part for part in here if here[part] != there.get(part)] == [], name

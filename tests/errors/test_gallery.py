"""Every mistake of the gallery gets exactly the text beside it, and nothing is written.

A new case is a .yaml in `gallery`; `update.py` writes its .txt, which is then read and reviewed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tco.errors import MOST_TOLD
from tco.model import model_for
from tests.errors.conftest import GALLERY, contents, run_in

CASES = sorted(path.stem for path in GALLERY.glob("*.yaml"))
# Mistakes of the file as a whole: no line of it can be shown.
WHOLE = {"empty", "only-comment"}
ENCODINGS = {
    "latin-1": "latin-1", "latin-1-below": "latin-1", "windows-1252": "cp1252", "utf-16": "utf-16",
    "utf-16-big-endian": "utf-16-be", "utf-16-without-mark": "utf-16-le",
}  # fmt: skip
PLACE = re.compile(r"(?P<name>[\w-]+\.yaml):(?P<line>\d+):(?P<column>\d+): (?P<wrong>\S.*)")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery's scenarios in a folder of their own, so that their paths are their names."""
    folder = tmp_path_factory.mktemp("gallery")
    for case in CASES:
        shutil.copy(GALLERY / f"{case}.yaml", folder)
    return folder


def expected(case: str) -> str:
    return (GALLERY / f"{case}.txt").read_bytes().decode()


@pytest.mark.parametrize("case", CASES)
def test_the_mistake_is_told_in_these_words(case: str, copy: Path) -> None:
    before = contents(copy)
    answer = run_in(copy, "build", f"{case}.yaml", "--out", "out")
    assert answer.err == expected(case)
    assert (answer.code, answer.out) == (2, "")
    assert contents(copy) == before, "a scenario with a mistake left something behind"


@pytest.mark.parametrize("case", [case for case in CASES if case not in WHOLE])
def test_each_text_has_place_excerpt_caret_and_remedy(case: str) -> None:
    """The texts themselves keep the promise: a reviewer cannot accept one that does not."""
    content = (GALLERY / f"{case}.yaml").read_bytes()
    source = content.decode(ENCODINGS.get(case, "utf-8-sig"), "replace").splitlines()
    *texts, last = expected(case).rstrip("\n").split("\n\n")
    if re.fullmatch(r"and [\d,]+ more mistakes?", last):
        assert len(texts) == MOST_TOLD
    else:
        texts.append(last)
    for text in texts:
        place, excerpt, caret, *remedy = text.split("\n")
        found = PLACE.fullmatch(place)
        assert found, place
        line, column = int(found["line"]), int(found["column"])
        assert found["name"] == f"{case}.yaml"
        assert 1 <= line <= len(source) and 1 <= column <= len(source[line - 1]) + 1
        assert re.match(rf"  {line} \| ", excerpt), excerpt
        assert re.fullmatch(r" +\| +\^+", caret) or re.fullmatch(r" +\| \^+", caret), caret
        assert remedy[0].strip(), "one line says what to type"
        for listed in remedy[1:]:  # lists that help beyond it
            assert listed.startswith("  ") and len(listed) <= 80, listed
        assert "Traceback" not in text and "None" not in text and "[0m" not in text


@pytest.mark.parametrize("case", CASES)
def test_mistakes_come_in_the_order_of_the_lines(case: str) -> None:
    lines = [int(found["line"]) for found in PLACE.finditer(expected(case))]
    assert lines == sorted(lines)


@pytest.mark.parametrize(("case", "count"), [("several", 9), ("several-stages", 8)])
def test_all_mistakes_are_found_in_one_run(case: str, count: int) -> None:
    """Also those of different kinds: unknown keys, bounds, ranges, a chip and an offer at odds."""
    assert len(PLACE.findall(expected(case))) == count


def test_every_scenario_has_its_text_and_every_text_its_scenario() -> None:
    assert sorted(path.stem for path in GALLERY.glob("*.txt")) == CASES
    assert len(CASES) > 100


def test_the_same_words_reach_a_terminal(copy: Path) -> None:
    """Once through the installed command: the rest of these tests stay in one process."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "tco", "build", "several.yaml", "--out", "out"],
        cwd=copy, env=environment, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().replace("\r\n", "\n") == expected("several")
    assert not (copy / "out").exists()


def test_an_unknown_key_names_every_key_of_its_block(copy: Path) -> None:
    """All of them, wrapped, even where they are many; once a block, however many are unknown."""
    model = model_for("own")
    (copy / "unknown-own.yaml").write_text(
        "workload:\n  kind: own\nown:\n  fleet_gpus: 512\n  wage_grwth: 3 %\n  zebra: 3\n"
        "buy:\n  server_prise: 240_000\n"
    )
    answer = run_in(copy, "build", "unknown-own.yaml")
    assert answer.code == 2 and len(PLACE.findall(answer.err)) == 3
    assert "Did you mean wage_growth?\n  Keys below own: " in answer.err
    assert "zebra is not a key below own" in answer.err
    assert "Did you mean server_price?\n  Keys below buy: " in answer.err
    words = set(re.split(r"[\s,.:]+", answer.err))
    for block in ("own", "buy"):
        keys = {key for key, one in model.givens.items() if one.section == block
                and not (one.along or one.of or one.counted or one.prints)}  # fmt: skip
        assert len(keys) > 30 and keys <= words
    assert answer.err.count("Keys below own: ") == 1
    assert answer.err.count("tco inputs own") == 2

"""Starters: a few lines for each kind that load and build as they are, each line explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tco.files import bundled, starters
from tco.model import KINDS
from tco.read.kinds import CALLED
from tco.read.loading import load
from tests.errors.conftest import run_in

MOST_LINES = 17
# What whoever decides has to say or to check first, by kind.
NAMED = {
    "own": {"chip", "fleet_gpus", "server_price", "utilization", "horizon_years", "discount_rate",
            "tax_rate", "colo_price", "power_price", "on_demand_price", "reserved_price"},
    "train": {"chip", "parameters", "tokens", "deadline", "gpu_price", "on_demand_price",
              "power_price", "staff_cost", "mfu"},
    "budget": {"budget_basis", "budget_cost", "deadline", "chip", "on_demand_price"},
    "programme": {"experiments", "terms", "widths", "layers", "learning_rates", "chip"},
    "pipeline": {"stages", "parameters", "deadline", "chip", "on_demand_price"},
    "projection": {"from_parameters", "from_flop", "from_cost", "to_parameters", "to_flop",
                   "deadline", "chip"},
    "runs": {"run", "devices", "hours", "price"},
}  # fmt: skip
KIND = pytest.mark.parametrize("kind", KINDS)


def _lines(kind: str) -> list[str]:
    text = starters()[kind].read_text(encoding="utf-8")
    return [one for one in text.splitlines() if not one.startswith("#")]


def test_every_kind_has_a_starter() -> None:
    assert set(starters()) == set(KINDS) == set(NAMED)


@KIND
def test_it_is_short_and_every_line_says_what_it_is_and_who_knows_it(kind: str) -> None:
    lines = _lines(kind)
    assert 10 <= len(lines) <= MOST_LINES
    fill_in = [one for one in lines if "# FILL IN " in one]
    assert len(fill_in) >= 4
    for one in lines:
        typed, _, comment = one.partition(" # ")
        assert comment.strip(), one
        value = typed.partition(":")[2].strip()
        if value and not typed.startswith("title") and "kind:" not in typed:
            assert "; " in comment, f"who knows it? {one}"


@KIND
def test_every_key_that_a_first_user_needs_is_named(kind: str) -> None:
    keys = set(re.findall(r"([a-z_]+):", " ".join(one.partition(" # ")[0] for one in _lines(kind))))
    assert NAMED[kind] <= keys


@KIND
def test_it_loads_and_builds_as_it_is(kind: str, tmp_path: Path) -> None:
    made = run_in(tmp_path, "new", "my-first_try", "--from", kind)
    assert (made.code, made.out.splitlines()[0]) == (0, "my-first_try.yaml")
    scenario = load(str(tmp_path / "my-first_try.yaml"))
    assert (scenario.kind, scenario.title) == (kind, "my first try")
    assert not scenario.numbers["errors"]
    built = run_in(tmp_path, "build", "my-first_try.yaml")
    assert (built.code, built.err) == (0, "")
    assert (tmp_path / "output" / "my-first_try.xlsx").is_file()


@KIND
def test_what_it_says_is_what_the_file_has(kind: str) -> None:
    """The comments stay beside their keys: title and units are read, nothing is swallowed."""
    text = starters()[kind].read_text(encoding="utf-8")
    tree = YAML(typ="safe").load(text)
    assert tree["title"] == "NAME" and tree["workload"]["kind"] == kind
    assert f"tco inputs {kind}" in text


@pytest.mark.parametrize("word", CALLED)
def test_what_people_call_a_kind_starts_it(word: str, tmp_path: Path) -> None:
    assert run_in(tmp_path, "new", "mine", "--from", word).code == 0
    assert f"kind: {CALLED[word]} " in (tmp_path / "mine.yaml").read_text(encoding="utf-8")


def test_the_kinds_are_named_by_help_and_by_a_mistake(tmp_path: Path) -> None:
    said = " ".join(run_in(tmp_path, "new", "--help").out.split())
    assert ", ".join(starters()) in said
    answer = run_in(tmp_path, "new", "mine", "--from", "progrme")
    assert answer.code == 2 and not list(tmp_path.iterdir())
    assert "Did you mean programme?" in answer.err
    assert all(kind in answer.err.partition("Or start from a kind:")[2] for kind in KINDS)


def test_a_scenario_is_copied_as_before(tmp_path: Path) -> None:
    assert run_in(tmp_path, "new", "mine", "--from", "own-1024-h100").code == 0
    copy = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    source = (bundled("scenarios") / "own-1024-h100.yaml").read_text(encoding="utf-8")
    assert "title: mine\n" in copy
    assert copy.splitlines()[-1] == source.splitlines()[-1]
    assert run_in(tmp_path, "new", "mine", "--from", "own").code == 2, "a file is never replaced"

"""Calibration of hours: what follows from it, where it is none, and whether it helps."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tco.catalogue.shipped import shipped
from tests.calibrated import comparable, errors, factor, held_back, log_factor
from tests.conftest import Opened
from tests.loaded import load
from tests.office import needs_libreoffice

NAME = "published-runs"
FEW = 5  # runs from which on a family is judged


def test_each_class_is_calibrated_by_its_runs_and_all() -> None:
    numbers = load(NAME).numbers
    found = dict(zip(numbers["calibrated_id"], numbers["calibrated_factor"], strict=True))
    assert list(found) == list(shipped()["classes"].ids)
    assert found == pytest.approx({kind: factor(kind) for kind in found}, rel=1e-12)
    assert numbers["hours_calibration"] == pytest.approx(factor("hopper/large"), rel=1e-12)


def test_a_run_left_out_is_in_neither_mean() -> None:
    numbers, tried = load(NAME).numbers, errors()
    got = numbers["run_left_out_error"][np.isfinite(numbers["run_left_out_error"])]
    assert got == pytest.approx([after for _, _, after in tried], rel=1e-9)
    factors = numbers["run_left_out_factor"][np.isfinite(numbers["run_left_out_factor"])]
    others = [one for one in comparable() if one.name != tried[0][0].name]
    assert factors[0] == pytest.approx(math.exp(log_factor(others, tried[0][0].kind)))


def test_left_out_runs_are_nearer_in_all_and_in_each_family() -> None:
    """The aim of calibration; a family of fewer runs proves nothing."""
    numbers, tried = load(NAME).numbers, errors()
    groups = {"comparable": tried} | {
        family: [one for one in tried if one[0].family == family]
        for family in {run.family for run, _, _ in tried}
    }
    for group, found in groups.items():
        medians = [statistics.median(one[at] for one in found) for at in (1, 2)]
        means = [statistics.fmean(one[at] for one in found) for at in (1, 2)]
        for over, (before, after) in (("", medians), ("_mean", means)):
            assert numbers[f"calibration_{group}{over}_before"] == pytest.approx(before)
            assert numbers[f"calibration_{group}{over}_after"] == pytest.approx(after)
            assert after < before or len(found) < FEW, group


def test_the_range_holds_four_of_five_left_out_runs_and_no_narrower_one_does() -> None:
    numbers, after = load(NAME).numbers, sorted(one for _, _, one in errors())
    reach = numbers["calibration_range_log"]
    inside = sum(one <= reach + 1e-12 for one in after)
    assert numbers["calibration_runs_inside"] == inside >= 0.8 * len(after)
    assert inside - 1 < 0.8 * len(after)
    assert numbers["gpu_hours_high"] == pytest.approx(numbers["gpu_hours"] * math.exp(reach))
    assert numbers["gpu_hours_low"] == pytest.approx(numbers["gpu_hours"] / math.exp(reach))


def test_runs_that_are_not_in_the_catalogue_are_nearer_too() -> None:
    """Aims: in the middle |ln| is at most 0.20; of ten runs 7 to 9 lie in the range."""
    known = {run.name for run in comparable()}
    found = held_back()
    assert len(found) >= 16 and known.isdisjoint(run.name for run, _, _ in found)
    before, after = (statistics.median(one[at] for one in found) for at in (1, 2))
    assert after <= 0.20 < before
    reach = load(NAME).numbers["calibration_range_log"]
    assert 0.7 <= sum(one <= reach for _, _, one in found) / len(found) <= 0.9


# ---- where it is none ---------------------------------------------------------------------------

JOB = "workload: {parameters: 70B, tokens: 15T, deadline: 90 days}\n"


def _calibration(text: str, at: Path, sets: Sequence[str] = ()) -> float:
    (at / "job.yaml").write_text(text, encoding="utf-8")
    return float(load(str(at / "job.yaml"), sets).numbers["hours_calibration"])


def test_it_is_1_where_the_scenario_gives_mfu(tmp_path: Path) -> None:
    default = factor("hopper/medium")
    assert _calibration(JOB, tmp_path) == pytest.approx(default)
    assert _calibration(f"{JOB}fleet: {{availability: 80 %}}\n", tmp_path) == pytest.approx(default)
    assert _calibration(f"{JOB}fleet: {{mfu: 35 %}}\n", tmp_path) == 1
    assert _calibration(JOB, tmp_path, ["mfu=37 %"]) == 1  # given, though it is the default's
    listed = "id,mfu,date\nhopper/medium,0.36,2026-11-01\n"
    (tmp_path / "own.classes.csv").write_text(listed, encoding="utf-8")
    assert _calibration(f"catalogue: own.classes.csv\n{JOB}", tmp_path) == 1


def test_it_is_switched_off_and_typed_over(tmp_path: Path) -> None:
    assert _calibration(f"{JOB}fleet: {{calibrate: none}}\n", tmp_path) == 1
    assert _calibration(f"{JOB}fleet: {{hours_calibration: 1.4}}\n", tmp_path) == 1.4
    assert math.isnan(load(str(tmp_path / "job.yaml")).numbers["gpu_hours_low"])
    asked = _calibration(f"{JOB}fleet: {{mfu: 35 %, calibrate: published}}\n", tmp_path)
    assert asked == pytest.approx(factor("hopper/medium"))


def test_cases_do_not_switch_it() -> None:
    found = load(NAME).cases({"mfu": [0.2, 0.4]}, ["hours_calibration", "gpu_hours"])
    assert np.ravel(found["hours_calibration"]) == pytest.approx(factor("hopper/large"))
    assert found["gpu_hours"][0] == pytest.approx(2 * found["gpu_hours"][1], rel=1e-3)


@needs_libreoffice
@pytest.mark.xdist_group(NAME)
def test_an_override_of_mfu_does_not_switch_it_and_is_told(opened: Opened) -> None:
    live = opened(NAME)
    typed = live.after({"mfu": 0.3})
    kept = load(NAME, ["mfu=0.3", "calibrate=published"])
    for key in ("hours_calibration", "gpus_exact", "days_needed", "gpu_hours", "gpu_hours_low"):
        assert typed(live.named(key)) == pytest.approx(kept.numbers[key], rel=1e-9), key
    assert typed(live.named("calibrated_by_default")) == 1
    assert live.after({})(live.named("calibrated_by_default")) == 0


# ---- what follows -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "twice", "half"),
    [
        ("llm-100b-10d", ("gpus_exact", "gpus_working"), ()),
        ("icml-2024-programme", ("programme_gpu_hours", "gpus_exact"), ()),
        ("gpt4-as-seen-in-2020", ("gpus_exact", "gpu_hours"), ()),
        ("largest-model-for-1m", (), ("flop",)),
    ],
)
def test_gpus_days_and_hours_follow_in_every_kind(
    name: str, twice: tuple[str, ...], half: tuple[str, ...]
) -> None:
    plain, doubled = (load(name, [f"hours_calibration={one}"]).numbers for one in (1, 2))
    for key in twice:
        assert doubled[key] == pytest.approx(2 * plain[key], rel=1e-3), key
    for key in half:
        assert doubled[key] == pytest.approx(plain[key] / 2), key
    assert doubled["errors"] == 0


def test_stages_follow_but_for_those_with_hours_or_an_mfu_of_their_own() -> None:
    name = "llm-four-stages"
    plain, doubled = (load(name, [f"hours_calibration={one}"]).numbers for one in (1, 2))
    own = np.isfinite(plain["stage_mfu"]) | (plain["stage_basis"] == "gpu_days")
    assert own.any() and not own.all()
    times = doubled["stage_gpu_hours"] / plain["stage_gpu_hours"]
    assert times[own] == pytest.approx(1) and times[~own] == pytest.approx(2)
    found = load(name, ["calibrate=published"]).numbers
    moved = found["stage_gpu_hours"][~own].sum()
    reach = found["calibration_range_factor"]
    assert found["gpu_hours_high"] == pytest.approx(found["gpu_hours"] + moved * (reach - 1))


def test_a_given_fleet_misses_the_deadline_by_calibrated_days() -> None:
    """The deadline test follows: a fleet that just meets it uncalibrated is too late."""
    sets = ["gpus_for_compute=10830", "whole_servers=0"]
    found = [load("llm-100b-10d", [*sets, f"hours_calibration={one}"]).numbers for one in (1, 1.2)]
    assert [one["deadline_met"] for one in found] == [0, 1]
    assert found[1]["days_needed"] == pytest.approx(1.2 * found[0]["days_needed"])

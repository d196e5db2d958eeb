"""What the speed of evaluating is measured against computes the same numbers, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from tco.read.loading import load

from .algebra import FIGURES, by_hand, by_model, cases

SETTINGS = {
    "as it is": (),
    "whole servers and spares": ("whole_servers=yes", "spares_share=3 %"),
    "itemised overheads": ("overhead_basis=items", "datacenter_includes_energy=no"),
    "compute from tokens": ("compute_basis=tokens",),
    "compute from data": ("compute_basis=data",),
    "compute scaled": ("compute_basis=scaled",),
    "another ZeRO stage": ("zero_stage=2", "model_parallel_gpus=8"),
    "slow spot": ("interruptions_per_day=20",),
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_the_hand_written_algebra_is_the_models(settings: tuple[str, ...]) -> None:
    scenario = load("llm-100b-10d", settings)
    values = cases(scenario, 2_000)
    ours, theirs = by_model(scenario, values), by_hand(values)
    for key in FIGURES:
        np.testing.assert_array_equal(ours[key], theirs[key], err_msg=key, strict=True)


def test_the_cases_exercise_both_sides_of_the_break_even() -> None:
    scenario = load("llm-100b-10d")
    known = np.isfinite(by_hand(cases(scenario, 2_000))["breakeven_runs"])
    assert 0.1 < known.mean() < 0.9

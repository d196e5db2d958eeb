"""Measured runs: the published costs to the cent, edits, mistakes, and checks that fire."""

from __future__ import annotations

from typing import Any

import pytest

from tco.errors import Mistakes
from tests.kinds.common import flag
from tests.loaded import load

# devices x USD an hour x hours, by hand; what is printed; whether it follows
PUBLISHED = {
    "published-2019": {
        "BERT-large": (16 * 8.00 * 24 * 4, 12_288.00, True),
        "BERT-large, preemptible": (16 * 2.40 * 24 * 4, 3_686.40, True),
        "GPT-2, on 32 devices": (32 * 8.00 * 24 * 7, 43_008.00, True),
        "GPT-2, on 64 devices": (64 * 8.00 * 24 * 7, 43_008.00, False),
        "XLNet-large": (128 * 8.00 * 60, 61_440.00, True),
        "BigGAN 512x512": (64 * 8.00 * 48, 24_576.00, True),
        "StyleGAN": (8 * 2.48 * 168, 3_333.12, True),
    },
    "resnet50-tpu-or-gpu": {
        "One Cloud TPU v3": (8.00 * 183 / 60, 24.40, True),
        "Eight V100s": (8 * 2.48 * 137 / 60, 45.57, False),
    },
}

EDITS: dict[str, tuple[dict[str, Any], ...]] = {
    "published-2019": (
        {"runs.BERT-large.devices": 64},
        {"runs.BERT-large.devices": 0.5},
        {"runs.XLNet-large.counted_in": "Cloud TPU v3"},
        {"runs.XLNet-large.counted_in": "TPU v2 core"},
        {"runs.StyleGAN.counted_in": "device"},
        {"runs.StyleGAN.counted_in": "TPU v3 pod"},
        {"runs.GPT-2, on 64 devices.price": 4},
        {"runs.StyleGAN.price": 0},
        {"runs.StyleGAN.price": 123456.789},
        {"runs.BigGAN 512x512.hours": 24},
        {"runs.1.hours": 0.01},
        {"runs.StyleGAN.preemptible_price": 0.74},
        {"runs.StyleGAN.preemptible_price": 99},
        {"runs.1.preemptible_price": 0},
        {"runs.StyleGAN.against": "BigGAN 512x512"},
        {"runs.2.against": "GPT-2, on 64 devices"},
        {"runs.XLNet-large.published_cost": 61_441},
        {"runs.4.published_cost": 86_016},
        {"units.Cloud TPU v3.devices_per_unit": 2},
        {"units.TPU v3 chip.devices_per_unit": 1, "runs.5.hours": 30},
        {"units.Cloud TPU v3.chips_per_unit": 0.5},
        {"units.GPU.cores_per_unit": 5120},
        {"units.TPU v3 core.devices_per_pod": 1},
        {"runs.1.run": "BERT, large", "runs.2.against": "BERT, large"},
        {"runs.1.run": "XLNet-large", "runs.2.against": "GPT-2, on 64 devices"},
        {"runs.3.devices": -32},
        {"runs.3.devices": 0},
        {"runs.3.price": -1},
        {"runs.3.hours": "long"},
        {"runs.3.counted_in": "Zune"},
        {"runs.3.against": "nobody"},
        {"units.1.unit": "GPU"},
        {"runs.1.run": "BERT, large", "runs.2.against": "BERT, large", "as_of": "2020-01-01"},
    ),
    "resnet50-tpu-or-gpu": (
        {"runs.2.devices": 4},
        {"runs.2.hours": 3.05},
        {"runs.2.hours": 10},
        {"runs.One Cloud TPU v3.price": 19.84},
        {"runs.1.against": "Eight V100s"},
    ),
}

ROWS = """\
workload:
  kind: runs
  runs:
"""
BAD = {
    "no-rows": ("workload: {kind: runs}\n", "runs (Runs) is not given"),
    "empty": (ROWS + "    []\n", "runs has no rows"),
    "not-a-list": (ROWS + "    run: a\n", "runs is a list"),
    "missing": (ROWS + "    - {run: a, devices: 8}\n", "price, hours are not given in this row"),
    "negative": (
        ROWS + "    - {run: a, devices: -8, price: 1, hours: 2}\n",
        "devices is -8: it must be above 0",
    ),
    "no-number": (
        ROWS + "    - {run: a, devices: many, price: 1, hours: 2}\n", "“many” is not a number",
    ),
    "unit": (
        ROWS + "    - {run: a, devices: 8, price: 1, hours: 2, counted_in: cloud tpu v4}\n",
        "Did you mean Cloud TPU v3?",
    ),
    "twice": (
        ROWS + "    - {run: a, devices: 8, price: 1, hours: 2}\n"
        "    - {run: A, devices: 8, price: 1, hours: 2}\n",
        "A is the name of row 1 too",
    ),
    "wildcard": (
        ROWS + "    - {run: a*, devices: 8, price: 1, hours: 2}\n", "run has a wildcard",
    ),
    "key": (
        ROWS + "    - {run: a, devices: 8, price: 1, hour: 2}\n", "Did you mean hours?",
    ),
    "block": (
        ROWS + "    - {run: a, devices: {value: 8, source: b}, price: 1, hours: 2}\n",
        "devices is one value; source, date and note are keys of the row",
    ),
    "date": (
        ROWS + "    - {run: a, devices: 8, price: 1, hours: 2, date: soon}\n",
        "“soon” is not a date",
    ),
    "against": (
        ROWS + "    - {run: a, devices: 8, price: 1, hours: 2, against: b}\n",
        "b is no row of runs",
    ),
    "deadlines": (
        "deadlines: [3 days]\n" + ROWS + "    - {run: a, devices: 8, price: 1, hours: 2}\n",
        "deadlines is not a key of a scenario",
    ),
}  # fmt: skip

BROKEN: dict[str, tuple[str, list[str], str]] = {
    "run_cost_as_published": (
        "published-2019", ["runs.1.published_cost=12_289"],
        "2 of the published costs do not follow from their inputs, first BERT-large",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PUBLISHED)
def test_each_cost_is_the_hand_sum_and_says_whether_it_is_the_printed_one(name: str) -> None:
    numbers = load(name).numbers
    rows = dict(zip(numbers["runs"], range(99), strict=False))
    assert set(rows) == set(PUBLISHED[name])
    for run, (computed, printed, follows) in PUBLISHED[name].items():
        row = rows[run]
        assert numbers["run_cost"][row] == pytest.approx(computed, rel=1e-12)
        assert numbers["published_cost"][row] == printed
        assert numbers["run_cost_off"][row] == (not follows)
        assert round(float(numbers["run_cost"][row]), 2) == (
            printed if follows else pytest.approx(computed, abs=0.005)
        )
    assert numbers["runs_total"] == pytest.approx(
        sum(one for one, _, _ in PUBLISHED[name].values())
    )


def test_units_convert_along_the_ladder() -> None:
    """512 chips are 128 Cloud TPUs, half a pod; 512 cores are 64 Cloud TPUs, a quarter."""
    numbers = load("published-2019").numbers
    rows = {name: row for row, name in enumerate(numbers["runs"])}
    xlnet, biggan = rows["XLNet-large"], rows["BigGAN 512x512"]
    assert [numbers[key][xlnet] for key in ("run_devices", "run_chips", "run_cores", "run_pods")] \
        == [128, 512, 1024, 0.5]  # fmt: skip
    assert [numbers[key][biggan] for key in ("run_devices", "run_chips", "run_cores", "run_pods")] \
        == [64, 256, 512, 0.25]  # fmt: skip


def test_time_is_a_cost_too() -> None:
    """45.30 against 24.40 USD for 46 minutes: 27.26 USD for each hour gained."""
    numbers = load("resnet50-tpu-or-gpu").numbers
    assert numbers["run_cost_above"][1] == pytest.approx(45.301333 - 24.40, abs=1e-5)
    assert numbers["run_hours_saved"][1] * 60 == pytest.approx(46, abs=1e-4)
    assert numbers["run_price_of_an_hour"][1] == pytest.approx(20.901333 / (46 / 60), rel=1e-5)


def test_summary_says_why_shared_sheets_are_left_out() -> None:
    from tco.workbook.sheets import left_out

    found = dict(left_out(load("published-2019").model))
    assert set(found) == {"Fleet", "Buy", "Rent", "Energy"} and all(found.values())


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_said_in_words(case: str, tmp_path) -> None:
    text, words = BAD[case]
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(Mistakes) as refused:
        load(str(path))
    assert words in str(refused.value), str(refused.value)


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_invariant_fires_its_check(key: str) -> None:
    name, sets, words = BROKEN[key]
    assert words in flag(load(name, sets), key)

"""Pairs: the outcome with two drivers moved at once, found by loading the scenario anew."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from tco.facts import plain
from tco.model.own.pairs import STEPS, result
from tco.model.ranged import outcome_of
from tco.workbook.build import workbook
from tests.loaded import load
from tests.office import Office, needs_libreoffice
from tests.office.live import Live
from tests.sampling import sampled

# Of each kind a pair that bends, one of lines, and one of which a part is not a driver alone.
PAIRS = [
    ("own-1024-h100", "server_price", "utilization"),
    ("own-1024-h100", "discount_rate", "rent_growth"),
    ("rfq-512-b200", "on_demand_price", "server_price"),
    ("rfq-512-b200", "rent_addon_share", "discount_rate"),
    ("buy-or-rent-100b", "mfu", "server_price"),
    ("llm-100b-10d", "mfu", "gpu_price"),
    ("llm-four-stages", "on_demand_price", "rent_addon_share"),
    ("largest-model-for-1m", "mfu", "on_demand_price"),
]
ANEW = {"discount_rate": ("discount_rate", "discount_rate_after_tax")}
# Where a price is a line, what is quoted or follows from others: it is given in its place.
LINES = {
    "rfq-512-b200": {"server_price": "server_unit_price",
                     "on_demand_price": "known_on_demand_price"},
    "buy-or-rent-100b": {"server_price": "server_unit_price"},
}  # fmt: skip


def anew(name: str, values: dict[str, float]) -> float:
    """The outcome of the scenario loaded with other values."""
    base = load(name)
    outcome = outcome_of(base.model)
    assert outcome is not None
    sets, lines = [], {}
    for key, value in values.items():
        if line := LINES.get(name, {}).get(key):
            lines[line] = np.float64(value)
        else:
            sets += [f"{one}={value!r}" for one in ANEW.get(key, (key,))]
    if "calibrate" in base.facts:  # an MFU that is given would switch it
        sets.append(f"calibrate={plain(base.facts['calibrate'].value)}")
    made = load(name, sets)
    found = made.model.evaluate(made.computable | lines, [outcome.key])
    return float(found[outcome.key])


@pytest.mark.parametrize(("name", "down", "across"), sampled(PAIRS, every=1))
def test_a_pair_of_values_is_the_scenario_with_both(name: str, down: str, across: str) -> None:
    got = load(name, [f"pair_down={down}", f"pair_across={across}"]).numbers
    for (row, (one, _)), (place, (other, _)) in product(enumerate(STEPS), enumerate(STEPS)):
        values = {down: float(got["pair_down_value"][row]),
                  across: float(got["pair_across_value"][place])}  # fmt: skip
        wanted = anew(name, values)
        assert got[result(one, other)] == pytest.approx(wanted, rel=1e-9), (one, other)


@pytest.mark.parametrize("name", ["own-1024-h100", "llm-100b-10d"])
def test_until_two_are_chosen_they_are_those_of_the_largest_swing(name: str) -> None:
    got = load(name).numbers
    drivers = list(got["drivers"])
    for side, place in (("down", 1), ("across", 2)):
        (largest,) = (number for number, one in enumerate(got["driver_place"]) if one == place)
        assert got[f"pair_{side}_name"] == got["driver_name"][largest]
        ends = [got[f"at_{end}_{drivers[largest]}"] for end in ("low", "high")]
        middle = [got[result(*(("plan", one) if side == "across" else (one, "plan")))]
                  for one in ("least", "most")]  # fmt: skip
        assert middle == pytest.approx(ends, rel=1e-12)


def test_the_same_input_twice_is_told() -> None:
    got = load("llm-100b-10d", ["pair_down=mfu", "pair_across=mfu"]).numbers
    assert got["pair_of_two"] == 1 and "moves Model FLOP utilisation (MFU) twice" in str(
        got["pair_of_two_note"]
    )


@needs_libreoffice
@pytest.mark.xdist_group("cases")
@pytest.mark.parametrize(("name", "down", "across"), sampled(PAIRS, every=2))
def test_a_pair_chosen_in_the_file_is_a_rebuild(
    name: str, down: str, across: str, office: Office, tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(workbook(load(name)))
    live = Live(office, name, path)
    edit = {"pair_down": down, "pair_across": across}
    rebuilt = load(name, [f"{key}={value}" for key, value in edit.items()])
    assert not live.differences(live.after(edit), rebuilt)[:3]

"""The workbook is live: LibreOffice agrees with Python from scratch and after edits.

Each edit is made twice: in the file, by filling an Override, and in the scenario, by building
anew. Every formula cell of every sheet but Inputs must then be the same, and on Inputs every
Live cell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tco.catalogue.shipped import shipped
from tco.errors import Mistakes
from tco.lines import Choice
from tco.verify import agree
from tests.conftest import SCENARIOS, Opened
from tests.kinds.test_live import EDITS as OF_KINDS
from tests.loaded import load
from tests.office import needs_libreoffice
from tests.office.live import STATE, named, sets, stored, without_noise
from tests.office.program import Key
from tests.sampling import sampled

pytestmark = needs_libreoffice
EDITED = ("llm-100b-10d", "llm-100b-engineered")
# The scenario that leaves all it can to the catalogue and the defaults is switched through it.
DEFAULTED = "published-runs"
SUMMARY_STATE, SUMMARY_FINDING = ("Summary", 1, 7), ("Summary", 3, 7)

# One list for every scenario: numbers, zeros, and each kind of dropdown.
EDITS: tuple[dict[str, Any], ...] = (
    {"chip": "v100-sxm2-16gb", "precision": "fp16"},
    {"chip": "a100-sxm4-40gb"},
    {"chip": "h100-sxm5-80gb"},
    {"chip": "h200-sxm-141gb"},
    {"chip": "b200-sxm-180gb"},
    {"precision": "fp64"},
    {"precision": "tf32"},
    {"precision": "fp16"},
    {"chip": "h100-sxm5-80gb", "precision": "fp8"},
    {"region": "country:FRA"},
    {"region": "gcp:europe-north1"},
    {"offer": "crusoe-a100-80"},
    {"offer": "oracle-bm-gpu-a100-v2"},
    {"chip": "h100-sxm5-80gb", "offer": "nebius-h100-sxm"},
    {"compute_basis": "tokens"},
    {"compute_basis": "scaled"},
    {"compute_basis": "data"},
    {"whole_servers": 1},
    {"whole_servers": 0, "spares_share": 0.07},
    {"overhead_basis": "shares"},
    {"overhead_basis": "items"},
    {"price_basis": "server_share"},
    {"zero_stage": 3, "model_parallel_gpus": 8},
    {"zero_stage": 1, "model_parallel_gpus": 8},
    {"mfu": 0.31},
    {"availability": 0.5},
    {"deadline_days": 0.5},
    {"deadline_days": 180},
    {"parameters": 7e9, "tokens": 2e12, "compute_basis": "tokens"},
    {"parameters": 1e12, "active_parameters": 5e10, "compute_basis": "tokens"},
    {"gpu_price": 50},
    {"staff_cost": 0},
    {"other_hardware_share": 0, "datacenter_share": 0, "overhead_basis": "shares"},
    {"datacenter_includes_energy": 0},
    {"pue": 1, "load_factor": 1, "power_price": 0},
    {"power_price": 9},
    {"on_demand_price": 0},
    {"reserved_price": 0.05, "spot_price": 0},
    {"reserved_term_hours": 0},
    {"interruptions_per_day": 60},
    {"interruptions_per_day": 0},
    {"rent_addon_share": 0},
    {"server_life_years": 0.1},
    {"deadline_point_01": 3, "deadline_point_12": 400},
    {"published_gpus": 10_684, "published_buy_total": 1},
    {"peak_tflops": 1000, "precision": "fp4"},
    # With an offer: the medians are of the day that a file is built for.
    {"as_of": "2023-09-01", "offer": "crusoe-a100-80"},
    {"as_of": "2030-01-01", "price_age_limit_days": 2500, "offer": "crusoe-a100-80"},
    {"staff_cost": 5_000_000, "on_demand_price": 2, "host_share": 0.5},
    {"precision": "fp8", "chip": "h100-sxm5-80gb", "mfu": 0.3},
)  # fmt: skip

REFUSED: tuple[dict[str, Any], ...] = (
    {"precision": "fp8"},
    {"zero_stage": 0},
    {"zero_stage": 1},
    {"offer": "nebius-h100-sxm"},
    {"chip": "v100-sxm2-16gb", "precision": "bf16"},
    {"chip": "unobtainium"},
    {"region": "country:ATL"},
    {"compute_basis": "horoscope"},
    {"performance_class": "hopper/huge"},
    {"region": "country:MEX"},
)

# Numbers that a rebuild refuses: typed in the file they compute, and a check stops the decision.
BEYOND: tuple[dict[str, Any], ...] = (
    {"pue": 0.9},
    {"mfu": 1.4},
    {"deadline_days": 0},
    {"availability": -0.5},
)
UNTHINKABLE: tuple[dict[str, Any], ...] = (
    {"gpu_price": 0.01},
    {"power_price": 90},
    {"reserved_price": 0.001, "spot_price": 0},
    {"server_life_years": 0.01},
)
TOO_LARGE: tuple[dict[str, Any], ...] = (
    {"parameters": 1e18},
    {"gpu_price": 1e16},
    {"staff_cost": 1e22},
)


# Every accelerator of the catalogue; one without bf16 is asked for fp16.
CHIPS: tuple[dict[str, Any], ...] = tuple(
    {"chip": row["id"]} | ({} if row["bf16_tflops"] else {"precision": "fp16"})
    for row in shipped()["chips"].rows
)

# What else the defaults follow: the size of the model, the class, the region, the offer.
DEFAULTS: tuple[dict[str, Any], ...] = (
    {"parameters": 9.99e9},
    {"parameters": 1e10},
    {"parameters": 99e9, "tokens": 2e12},
    {"performance_class": "volta/large"},
    {"chip": "tpu-v5p", "performance_class": "tpu/medium"},
    {"load_factor": 0.5, "availability": 0.7},
    {"region": "country:FRA", "offer": "nebius-h100-sxm"},
    {"price_basis": "server_share"},
)


def _cases(edits: tuple[dict[str, Any], ...], *names: str) -> list[Any]:
    """Each edit in each book, those of one book together."""
    return [
        pytest.param(name, one, id=f"{name}-{named(one)}", marks=pytest.mark.xdist_group(name))
        for name in names
        for one in edits
    ]


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=pytest.mark.xdist_group(one)) for one in SCENARIOS]
)
def test_libreoffice_agrees_from_scratch(name: str, opened: Opened) -> None:
    """Loaded and recalculated, whatever values the file carries."""
    live = opened(name)
    cells = {
        (sheet.title, *place): cell
        for sheet in live.layout.sheets
        for place, cell in sheet.cells.items()
        if cell.formula
    }
    assert len(cells) > 400
    wrong = [key for key, cell in cells.items() if not agree(stored(cell.value), live.book[key])]
    assert not without_noise(live.layout, wrong, live.book.__getitem__)


@pytest.mark.parametrize(
    ("name", "overrides"),
    sampled([*_cases(EDITS, *EDITED), *_cases((*CHIPS, *DEFAULTS), DEFAULTED)], every=6),
)
def test_an_edit_in_the_file_is_the_scenario_built_anew(
    name: str, overrides: dict[str, Any], opened: Opened
) -> None:
    """Or it is #N/A and what is missing, where no scenario can be built from it."""
    live = opened(name)
    got = live.after(overrides)
    try:
        rebuilt = load(name, sets(overrides))
    except Mistakes as refused:
        _assert_refused(opened, name, overrides, got, refused)
        return
    wrong = live.differences(got, rebuilt)
    assert not wrong, "\n".join(wrong[:12])


def _assert_refused(
    opened: Opened, name: str, overrides: dict[str, Any], got: Callable[[Key], Any],
    refused: Mistakes,
) -> None:  # fmt: skip
    """A choice that a rebuild refuses is #N/A, and a check says what the rebuild says."""
    live = opened(name)
    fired = set(live.fired(got).values())
    words = {one.wrong for one in refused.mistakes}
    # Behind a gap of the catalogue the choice is #N/A, and what reads it waits.
    gaps = {one for one in words if "in the catalogue: give it" in one}
    assert (gaps or words) <= fired, f"{words} not among {fired}"
    lives = {key: got(live.named(key)) for key in overrides}
    assert "#N/A" in lives.values(), lives
    assert str(got(STATE)).startswith("FAIL")
    assert str(got(SUMMARY_STATE)).startswith("FAIL")
    assert got(SUMMARY_FINDING) in words, "the first page says what is wrong"


@pytest.mark.parametrize(("name", "overrides"), _cases(REFUSED, *EDITED))
def test_a_choice_that_a_rebuild_refuses_is_not_available(
    name: str, overrides: dict[str, Any], opened: Opened
) -> None:
    with pytest.raises(Mistakes) as refused:
        load(name, sets(overrides))
    _assert_refused(opened, name, overrides, opened(name).after(overrides), refused.value)


@pytest.mark.parametrize(("name", "overrides"), _cases(BEYOND, *EDITED))
def test_a_number_beyond_its_limits_fails_a_check(
    name: str, overrides: dict[str, Any], opened: Opened
) -> None:
    with pytest.raises(Mistakes) as refused:
        load(name, sets(overrides))
    live = opened(name)
    got = live.after(overrides)
    # The cell says both ends, which the file says one at a time.
    assert live.fired(got)["inputs_within_limits"].startswith(refused.value.mistakes[0].wrong)
    assert str(got(SUMMARY_STATE)).startswith("FAIL")


@pytest.mark.parametrize(("name", "overrides"), _cases(UNTHINKABLE, *EDITED))
def test_a_number_far_beyond_its_band_fails_a_check(
    name: str, overrides: dict[str, Any], opened: Opened
) -> None:
    with pytest.raises(Mistakes) as refused:
        load(name, sets(overrides))
    live = opened(name)
    got = live.after(overrides)
    assert live.fired(got)["inputs_thinkable"] == refused.value.mistakes[0].wrong
    assert str(got(SUMMARY_STATE)).startswith("FAIL")


@pytest.mark.parametrize(("name", "overrides"), _cases(TOO_LARGE, *EDITED))
def test_a_number_no_scenario_can_mean_fails_a_check(
    name: str, overrides: dict[str, Any], opened: Opened
) -> None:
    with pytest.raises(Mistakes, match="no scenario can mean"):
        load(name, sets(overrides))
    live = opened(name)
    got = live.after(overrides)
    assert live.fired(got)["inputs_within_limits"].startswith(f"{next(iter(overrides))} is ")
    assert str(got(SUMMARY_STATE)).startswith("FAIL")


def _every_edit() -> list[tuple[str, dict[str, Any]]]:
    """The book and the cells of each edit that is compared with a rebuild or with its refusal."""
    here = (*EDITS, *REFUSED, *BEYOND, *UNTHINKABLE, *TOO_LARGE)
    return [
        *((name, one) for name in EDITED for one in here),
        *((DEFAULTED, one) for one in (*CHIPS, *DEFAULTS)),
        *((name, one) for name, edits in OF_KINDS.items() for one in edits),
    ]


def test_every_choice_and_every_column_is_edited_somewhere() -> None:
    edits = _every_edit()
    assert len(edits) >= 480
    keys = {key for _, one in edits for key in one}
    columns = {(key.partition(".")[0], key.rpartition(".")[2]) for key in keys if "." in key}
    for name in SCENARIOS:
        model = load(name).model
        choices = {key for key, one in model.givens.items()
                   if isinstance(one, Choice) and one.along is None}  # fmt: skip
        assert not choices - keys, name
        for axis, table in model.tables.items():
            for one in model.along(axis):
                short = one.key.removeprefix(table.prefix)
                assert {(axis, one.key), (axis, short)} & columns, (name, axis, one.key)


def test_a_wrong_value_is_found(opened: Opened) -> None:
    """The comparison itself can fail: one changed value must show, in whatever cell."""
    live = opened("llm-100b-10d")
    total = live.named("buy_total")
    assert live.book[total] == 142_790_000
    wrong = live.differences(
        lambda key: 142_790_001.0 if key == total else live.book[key], load("llm-100b-10d")
    )
    assert wrong == [f"{total[0]} row {total[1]} column {total[2]}: "
                     "rebuilt 142790000.0, edited 142790001.0"]  # fmt: skip
    assert live.differences(live.after({"mfu": 0.5}), load("llm-100b-10d"))

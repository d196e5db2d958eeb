"""The workbook is live: LibreOffice agrees with Python from blank caches and after edits.

Each edit is made twice: in the file, by filling an Override, and in the scenario, by building
anew. Every formula cell of every sheet but Inputs must then be the same, and on Inputs every
Live cell.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tco.catalogue import shipped
from tco.errors import Mistakes
from tco.loading import load
from tco.verify import agree, formula_values
from tco.workbook.build import workbook
from tests.conftest import SCENARIOS, edit, needs_libreoffice, recalculate

LIVE = 4
# An edited file counts its overrides, which a file built anew has none of.
COUNTS_OVERRIDES = "Inputs overridden in this file"
EDITED = ("llm-100b-10d", "llm-100b-engineered")
# The scenario that leaves all it can to the catalogue and the defaults is switched through it.
DEFAULTED = "published-runs"

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
    {"gpu_price": 0.01},
    {"staff_cost": 0},
    {"other_hardware_share": 0, "datacenter_share": 0, "overhead_basis": "shares"},
    {"datacenter_includes_energy": 0},
    {"pue": 1, "load_factor": 1, "power_price": 0},
    {"power_price": 90},
    {"on_demand_price": 0},
    {"reserved_price": 0.001, "spot_price": 0},
    {"reserved_term_hours": 0},
    {"interruptions_per_day": 60},
    {"interruptions_per_day": 0},
    {"rent_addon_share": 0},
    {"server_life_years": 0.01},
    {"deadline_point_01": 3, "deadline_point_12": 400},
    {"published_gpus": 10_684, "published_buy_total": 1},
    {"peak_tflops": 1000, "precision": "fp4"},
    {"as_of": "2023-09-01"},
    {"as_of": "2030-01-01", "price_age_limit_days": 2500},
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


def _edits(name: str) -> tuple[dict[str, Any], ...]:
    if name in EDITED:
        return ({}, *EDITS, *REFUSED, *BEYOND)
    return ({}, *CHIPS, *DEFAULTS) if name == DEFAULTED else ({},)


def sets(overrides: dict[str, Any]) -> list[str]:
    return [f"{key}={value}" for key, value in overrides.items()]


def _named(overrides: dict[str, Any]) -> str:
    return "-".join(
        f"{key}={value}".replace(":", "_").replace("/", "_") for key, value in overrides.items()
    )


@pytest.fixture(scope="module")
def recalculated(
    built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, int], Path]:
    """Every edited copy of every workbook, recalculated in one call of LibreOffice."""
    folder = tmp_path_factory.mktemp("edited")
    files: dict[tuple[str, int], Path] = {}
    for name, source in built.items():
        edits = _edits(name)
        files |= {(name, number): folder / f"{name}-{number}.xlsx" for number in range(len(edits))}
        edit(source, {files[name, number]: one for number, one in enumerate(edits)})
    done = recalculate(list(files.values()), folder / "done")
    return dict(zip(files, done, strict=True))


def _overrides(path: Path) -> set[tuple[str, int, int]]:
    """The cells that count overrides: right of the words that say so."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    found = {
        (title, cell.row, cell.column + step)
        for title in ("Checks", "Summary")
        for row in book[title].iter_rows()
        for cell in row
        if cell.value == COUNTS_OVERRIDES
        for step in (1, 2)
    }
    book.close()
    return found


def _by_input(path: Path, values: dict[tuple[str, int, int], Any]) -> dict[Any, Any]:
    """The same cells, those of Sources by their input: guesses come first there, as built."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    inputs = {
        number: row[4].value
        for number, row in enumerate(book["Sources"].iter_rows(min_row=5), 5)
        if len(row) > 4
    }
    book.close()
    return {
        (sheet, inputs[row] if sheet == "Sources" and row >= 5 else row, column): value
        for (sheet, row, column), value in values.items()
    }


def differences(path: Path, expected: Path) -> list[str]:
    """Formula cells that are not what the book built anew stores."""
    got = _by_input(path, formula_values(path))
    want = _by_input(expected, formula_values(expected))
    counts = _overrides(expected)
    # An input that nobody gave has no row on Sources until a scenario gives it.
    absent = {place for place in want if place not in got}
    assert all(sheet == "Sources" for sheet, _, _ in absent), absent
    return [
        f"{sheet} row {row} column {column}: rebuilt {value!r}, edited {got[sheet, row, column]!r}"
        for (sheet, row, column), value in want.items()
        if (sheet != "Inputs" or column == LIVE) and (sheet, row, column) not in counts
        and (sheet, row, column) not in absent
        and not agree(value, got[sheet, row, column])
    ]  # fmt: skip


@needs_libreoffice
@pytest.mark.parametrize("name", SCENARIOS)
def test_libreoffice_agrees_from_blank_caches(
    name: str, built: dict[str, Path], recalculated: dict[tuple[str, int], Path]
) -> None:
    got, want = formula_values(recalculated[name, 0]), formula_values(built[name])
    assert len(want) > 400
    wrong = [key for key, value in want.items() if not agree(value, got.get(key))]
    assert not wrong


@needs_libreoffice
@pytest.mark.parametrize("number", range(1, len(EDITS) + 1), ids=[_named(one) for one in EDITS])
@pytest.mark.parametrize("name", EDITED)
def test_an_edit_in_the_file_is_the_scenario_built_anew(
    name: str, number: int, recalculated: dict[tuple[str, int], Path], tmp_path: Path
) -> None:
    overrides = EDITS[number - 1]
    try:
        rebuilt = load(name, sets(overrides))
    except Mistakes as refused:
        _assert_refused(name, number, overrides, refused, recalculated)
        return
    expected = tmp_path / "rebuilt.xlsx"
    expected.write_bytes(workbook(rebuilt))
    wrong = differences(recalculated[name, number], expected)
    assert not wrong, "\n".join(wrong[:12])


@needs_libreoffice
@pytest.mark.parametrize(
    "number",
    range(1, len(CHIPS) + len(DEFAULTS) + 1),
    ids=[_named(one) for one in (*CHIPS, *DEFAULTS)],
)
def test_every_accelerator_can_be_chosen_in_the_file(
    number: int, recalculated: dict[tuple[str, int], Path], tmp_path: Path
) -> None:
    """Chosen in the file it is the scenario built anew, or #N/A and what is missing."""
    overrides = _edits(DEFAULTED)[number]
    try:
        rebuilt = load(DEFAULTED, sets(overrides))
    except Mistakes as refused:
        _assert_refused(DEFAULTED, number, overrides, refused, recalculated)
        return
    expected = tmp_path / "rebuilt.xlsx"
    expected.write_bytes(workbook(rebuilt))
    wrong = differences(recalculated[DEFAULTED, number], expected)
    assert not wrong, "\n".join(wrong[:12])


def _assert_refused(
    name: str, number: int, overrides: dict[str, Any], refused: Mistakes,
    recalculated: dict[tuple[str, int], Path],
) -> None:  # fmt: skip
    """A choice that a rebuild refuses is #N/A, and a check says what the rebuild says."""
    from openpyxl import load_workbook

    book = load_workbook(recalculated[name, number], data_only=True)
    live = {row[0].value: row[3].value for row in book["Inputs"].iter_rows(min_row=5)}
    checks = [
        [cell.value for cell in row] for row in book["Checks"].iter_rows(min_row=5) if row[0].value
    ]
    fired = {row[6] for row in checks if row[2] == "error" and row[4] == 1}
    words = {one.wrong for one in refused.mistakes}
    # Behind a gap of the catalogue the choice is #N/A, and what reads it waits.
    gaps = {one for one in words if "in the catalogue: give it" in one}
    assert (gaps or words) <= fired, f"{words} not among {fired}"
    assert any(live[key] == "#N/A" for key in overrides), {key: live[key] for key in overrides}
    assert str(book["Checks"]["D7"].value).startswith("FAIL")
    assert str(book["Summary"]["G1"].value).startswith("FAIL")
    assert book["Summary"]["G3"].value in words, "the first page says what is wrong"


@needs_libreoffice
@pytest.mark.parametrize("number", range(len(REFUSED)), ids=[_named(one) for one in REFUSED])
@pytest.mark.parametrize("name", EDITED)
def test_a_choice_that_a_rebuild_refuses_is_not_available(
    name: str, number: int, recalculated: dict[tuple[str, int], Path]
) -> None:
    overrides = REFUSED[number]
    with pytest.raises(Mistakes) as refused:
        load(name, sets(overrides))
    _assert_refused(name, 1 + len(EDITS) + number, overrides, refused.value, recalculated)


@needs_libreoffice
@pytest.mark.parametrize("number", range(len(BEYOND)), ids=[_named(one) for one in BEYOND])
@pytest.mark.parametrize("name", EDITED)
def test_a_number_beyond_its_limits_fails_a_check(
    name: str, number: int, recalculated: dict[tuple[str, int], Path]
) -> None:
    from openpyxl import load_workbook

    with pytest.raises(Mistakes) as refused:
        load(name, sets(BEYOND[number]))
    words = refused.value.mistakes[0].wrong
    file = recalculated[name, 1 + len(EDITS) + len(REFUSED) + number]
    book = load_workbook(file, data_only=True)
    rows = {row[0].value: row for row in book["Checks"].iter_rows(min_row=5) if row[0].value}
    assert rows["inputs_within_limits"][4].value == 1
    assert rows["inputs_within_limits"][6].value == words
    assert str(book["Summary"]["G1"].value).startswith("FAIL")


@needs_libreoffice
def test_a_wrong_formula_is_found(built: dict[str, Path], tmp_path: Path) -> None:
    """The comparison itself can fail: one changed formula must show."""
    from openpyxl import load_workbook

    name = SCENARIOS[0]
    book = load_workbook(built[name])
    cell = next(c for row in book["Buy"].iter_rows() for c in row if str(c.value) == "gpu_cost")
    target = book["Buy"].cell(cell.row, 4)
    target.value = f"{target.value}+1"
    planted = tmp_path / "planted.xlsx"
    book.save(planted)
    (done,) = recalculate([planted], tmp_path / "done")
    assert differences(done, built[name])

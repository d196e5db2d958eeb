"""A budget turned round: the figures as published, and a search that has no loose end."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tco.catalogue.shipped import DATA, shipped
from tco.errors import Mistakes
from tco.facts import option_lists
from tco.lines import UnitError, parse, root, unit_of
from tco.lines.expression import Reference
from tco.lines.vocabulary import Undefined
from tco.model import model_for
from tco.read.opening import locate
from tests.calibrated import factor
from tests.conftest import Opened
from tests.loaded import load
from tests.office import needs_libreoffice
from tests.sampling import sampled

THIRTY, MILLION = "wikitext-103-for-30-dollars", "largest-model-for-1m"
V100 = "V100 (tensor cores)"
SECONDS = 3600.0

# The calculator's speeds, typed again by hand: k, a, b, c, O1, O2, price, kW, batch.
GPUS: dict[str, tuple[float, ...]] = {
    V100: (2.21527743e7, 1.66015, 5.91504, 1.32808, 1.18539, 1.43150, 2.005, 0.11935, 64),
    "V100 (no tensor cores)":
        (1.82997989e7, 1.67071, 5.55824, 1.44611, 1.05350, 1.25312, 2.005, 0.11935, 64),
    "P100": (6.01863899e7, 1.46734, 5.38022, 1.03031, 0.92366, 1.03231, 1.416, 0.13965, 64),
    "P4": (4.84472202e7, 1.38494, 10.35728, 1.04631, 0.98682, 1.23475, 0.689, 0.05527, 16),
    "K80": (2.58592374e7, 1.44361, 6.25951, 0.75070, 0.64205, 0.70612, 0.584, 0.14242, 16),
}  # fmt: skip
MODES = {"O0": 0, "O1": 4, "O2": 5}
GRID = 534.0


# ---- an independent computation, in plain Python -------------------------------------------------


def size(width: float) -> float:
    return 7 / 128 * width**3 + 8 / 128 * width**2 + 3 * width + 3


def compute_for(parameters: float) -> float:
    return 86400 * ((parameters + 45_459.848) / 0.0404827974) ** (1 / 0.721157332)


def speed(gpu: str, mode: str, width: float, depth: float, batch: float | None = None) -> float:
    k, a, b, c, *rest = GPUS[gpu]
    factor = 1.0 if mode == "O0" else GPUS[gpu][MODES[mode]]
    batch = rest[-1] if batch is None else batch
    return k * factor * width**a * depth / (depth + b) * math.log(batch + 1) ** c


def hours_for(gpu: str, mode: str, width: float) -> float:
    return compute_for(size(width)) / speed(gpu, mode, width, width / 128) / SECONDS


def least(gpu: str, mode: str) -> tuple[float, float]:
    """The width and the hours of the minimum, by bisection on the derivative."""
    _, a, b, *_ = GPUS[gpu]
    low, high = 1e-3, 1e7
    for _ in range(200):
        width = math.sqrt(low * high)
        grown = 21 / 128 * width**3 + 16 / 128 * width**2 + 3 * width
        slope = grown / (size(width) + 45_459.848) / 0.721157332 - a - b / (width / 128 + b)
        low, high = (width, high) if slope < 0 else (low, width)
    return low, hours_for(gpu, mode, low)


def width_for(gpu: str, mode: str, hours: float) -> float:
    """The root above the minimum, by bisection."""
    low, high = least(gpu, mode)[0], 1e9
    for _ in range(200):
        width = math.sqrt(low * high)
        low, high = (width, high) if hours_for(gpu, mode, width) < hours else (low, width)
    return low


def loss_for(compute: float) -> float:
    return 28.67877659 * (compute / 86400) ** -0.10858627 + 1.94724085


def values(name: str, **overrides: Any) -> dict[str, Any]:
    scenario = load(name)
    lists = option_lists(scenario.catalogue, scenario.model, scenario.tables)
    return {**scenario.values, **lists, **overrides}


def solved(given: dict[str, Any], *keys: str) -> dict[str, Any]:
    return model_for("budget").evaluate(given, only=keys)


# ---- published figures --------------------------------------------------------------------------


def test_the_articles_example_as_published() -> None:
    """The fixed point: 14 layers, 768 wide, batch 64, on a V100 at O1 for 30 dollars."""
    numbers = load(THIRTY).numbers
    assert numbers["example_parameters"] == 63_399_683
    layer = 5 * 768**2 + 2 * 768 * 1024 + 7 * 768 + 1024
    assert numbers["example_parameters"] == 14 * layer + 3 * 769
    assert numbers["example_speed"] == pytest.approx(speed(V100, "O1", 768, 14, 64), rel=1e-12)
    assert f"{numbers['example_speed']:.3e}" == "7.596e+12"
    assert f"{numbers['example_hours']:.3f}" == "14.963"
    assert f"{numbers['example_flop']:.4e}" == "4.0914e+17"
    assert f"{numbers['example_loss']:.4f}" == "3.1528"
    assert f"{numbers['example_best_parameters']:.2e}" == "5.60e+07"


def test_the_largest_model_for_thirty_dollars() -> None:
    numbers = load(THIRTY).numbers
    assert f"{numbers['model_width']:.1f}" == "1131.6"
    assert f"{numbers['model_parameters']:.2e}" == "7.93e+07"
    assert f"{numbers['loss']:.4f}" == "3.0911"
    assert numbers["model_depth"] == pytest.approx(numbers["model_width"] / 128)
    plain = load(THIRTY, ["amp_mode=O0"]).numbers
    assert f"{plain['model_width']:.1f}" == "1042.9"
    assert f"{plain['loss']:.4f}" == "3.1340"
    assert f"{numbers['least_hours']:.2f}" == "0.41"
    assert f"{load(THIRTY, ['gpu=K80']).numbers['least_hours']:.1f}" == "5.7"
    assert f"{numbers['kwh']:.4f}" == f"{30 / 2.005 * 0.11935:.4f}"
    assert f"{numbers['co2_kg']:.4f}" == f"{30 / 2.005 * 0.11935 * 0.534:.4f}"


def test_both_laws_stand_side_by_side() -> None:
    numbers = load(THIRTY).numbers
    assert f"{numbers['article_size_per_tenfold']:.2f}" == "7.41"
    assert f"{numbers['article_steps_per_tenfold']:.2f}" == "1.35"
    assert f"{numbers['article_size_exponent']:.4f}" == "0.8698"
    assert f"{numbers['article_steps_exponent']:.4f}" == "0.1303"
    assert f"{numbers['frontier_size_per_tenfold']:.2f}" == "5.26"
    assert numbers["frontier_size_per_tenfold"] * numbers[
        "frontier_steps_per_tenfold"
    ] == pytest.approx(10)
    ratio = numbers["model_flop"] / numbers["example_flop"]
    assert numbers["article_parameters"] == pytest.approx(
        63_399_683 * 7.41 ** math.log10(ratio), rel=1e-12
    )
    printed = load(THIRTY).facts
    assert printed["published_example_loss"].value == 3.15
    assert numbers["published_example_loss_gap"] == pytest.approx(3.1528 / 3.15 - 1, abs=1e-5)


def test_the_table_of_speeds_is_the_calculators() -> None:
    with (DATA / "tables" / "speeds.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["gpu"]: row for row in csv.DictReader(file)}
    keys = ("k", "a", "b", "c", "o1", "o2", "price", "kw", "batch")
    assert {name: tuple(float(row[key]) for key in keys) for name, row in rows.items()} == GPUS


# ---- the search ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gpu", "mode"), sampled(((gpu, mode) for gpu in GPUS for mode in MODES), every=3)
)
def test_the_search_finds_what_bisection_finds(gpu: str, mode: str) -> None:
    """Four orders of magnitude of budget, in all four currencies, from a millionth up."""
    price, kilowatts = GPUS[gpu][6], GPUS[gpu][7]
    worth = {"hours": 1.0, "cost": price, "kwh": kilowatts, "co2_kg": kilowatts * GRID / 1000}
    given = values(THIRTY, gpu=gpu, amp_mode=mode)
    _, fewest = least(gpu, mode)
    for times in (1 + 1e-6, 1.001, 2, 37, 1e3, 1e4):
        hours = fewest * times
        width = width_for(gpu, mode, hours)
        compute = hours * SECONDS * speed(gpu, mode, width, width / 128)
        for basis, one in worth.items():
            budget = {"budget_basis": basis, f"budget_{basis}": np.float64(hours * one)}
            got = solved({**given, **budget}, "model_width", "model_parameters", "loss",
                         "least_hours", "width_found", *worth)  # fmt: skip
            assert got["least_hours"] == pytest.approx(fewest, rel=1e-12)
            assert got["model_width"] == pytest.approx(width, rel=1e-9), (times, basis)
            assert got["model_parameters"] == pytest.approx(size(width), rel=1e-8)
            assert got["loss"] == pytest.approx(loss_for(compute), rel=1e-9)
            assert got["width_found"] == 0
            for key, each in worth.items():
                assert got[key] == pytest.approx(hours * each, rel=1e-12), (basis, key)


@pytest.mark.parametrize("gpu", GPUS)
@pytest.mark.parametrize("basis", ["hours", "cost", "kwh", "co2_kg"])
def test_the_least_that_is_named_is_enough_and_a_hair_below_is_not(gpu: str, basis: str) -> None:
    budget = {"budget_basis": basis, f"budget_{basis}": np.float64(1e-6)}
    given = values(THIRTY, gpu=gpu, **budget)
    little = solved(given, "model_width", "loss", "budget_enough_note", "width_found")
    said = str(little["budget_enough_note"])
    assert isinstance(little["model_width"], Undefined) and isinstance(little["loss"], Undefined)
    assert "too small: the least is" in little["model_width"].why
    assert little["width_found"] == 0  # the search still ends: no cell shows an error
    amount, unit = said.rpartition("the least is ")[2].split(" ", 1)
    assert unit == {"hours": "h", "cost": "USD", "kwh": "kWh", "co2_kg": "kg CO2e"}[basis]
    enough = solved({**given, f"budget_{basis}": np.float64(amount.replace(",", ""))},
                    "model_width", "budget_enough")  # fmt: skip
    assert enough["budget_enough"] == 0 and enough["model_width"] > 0
    below = solved({**given, f"budget_{basis}": np.float64(float(amount.replace(",", "")) - 1e-3)},
                   "budget_enough")  # fmt: skip
    assert below["budget_enough"] == 1


@pytest.mark.parametrize(
    "sets",
    [
        ["speeds.1.b=0"], ["speeds.1.b=10000"], ["speeds.1.a=0.01", "speeds.1.b=0"],
        ["speeds.1.a=2", "frontier_size_exponent=1"], ["frontier_size_exponent=0.3"],
        ["frontier_size_offset=0"], ["width_per_layer=1"], ["width_per_layer=100000"],
        ["head_vectors=0", "width_vectors=0", "inner_vectors=0"], ["budget_cost=1e12"],
    ],
)  # fmt: skip
def test_other_speeds_and_fits_do_not_break_the_search(sets: list[str]) -> None:
    numbers = load(THIRTY, sets).numbers
    assert numbers["width_found"] == 0
    assert numbers["least_hours"] > 0


def test_the_model_to_build_is_whole_and_near() -> None:
    numbers = load(THIRTY).numbers
    assert (numbers["build_width"], numbers["build_depth"]) == (1152, 9)
    assert numbers["build_parameters"] == pytest.approx(size(1152))
    assert numbers["build_hours"] == pytest.approx(hours_for(V100, "O1", 1152))
    assert numbers["build_cost"] == pytest.approx(2.005 * hours_for(V100, "O1", 1152))


# ---- today --------------------------------------------------------------------------------------


def test_the_same_money_today() -> None:
    """4.20 dollars an hour and 5 % on it, 989.5 TFLOP/s at 37 % MFU, up 90 %, calibrated."""
    numbers = load(MILLION).numbers
    hours = 1e6 / (4.2 * 1.05)
    compute = hours * SECONDS * 989.5e12 * 0.37 * 0.90 / factor("hopper/medium")
    assert numbers["rented_hours"] == pytest.approx(hours)
    assert numbers["flop"] == pytest.approx(compute)
    assert numbers["parameters"] == pytest.approx(math.sqrt(compute / 120))
    assert numbers["tokens"] == pytest.approx(20 * math.sqrt(compute / 120))
    assert numbers["implied_tokens"] == pytest.approx(numbers["tokens"])
    assert numbers["gpu_hours"] == pytest.approx(hours)
    assert numbers["rent_on_demand_cost"] == pytest.approx(1e6)
    ratio = compute / numbers["example_flop"]
    assert numbers["article_parameters_today"] == pytest.approx(
        63_399_683 * 7.41 ** math.log10(ratio)
    )
    assert numbers["article_steps_today"] == pytest.approx(1.35 ** math.log10(ratio))


def test_every_accelerator_on_offer_has_its_row() -> None:
    """The median offer of each accelerator, by the ids of the catalogue's own rows."""
    scenario = load(MILLION)
    offers, chips, classes = (shipped()[name] for name in ("offers", "chips", "classes"))
    first = {row["chip"]: row for row in offers.rows if row["id"] == f"median-{row['chip']}"}
    assert list(scenario.numbers["deal_chip"]) == list(first)
    assert len(first) > 30
    found = {}
    for place, (chip, row) in enumerate(first.items()):
        peak = chips.row(chip)["bf16_tflops"]
        got = scenario.numbers["deal_parameters"][place]
        if not peak:
            assert math.isnan(got), chip
            continue
        one = classes.row(f"{chips.row(chip)['family']}/medium")
        rate = float(peak) * 1e12 * float(one["mfu"]) * float(one["availability"])
        rate /= factor(one["id"])
        compute = 1e6 / (float(row["on_demand_price"]) * 1.05) * SECONDS * rate
        assert got == pytest.approx(math.sqrt(compute / 120)), chip
        found[chip] = got
    ranked = sorted(found, key=lambda chip: -found[chip])
    assert scenario.numbers["best_chip"] == ranked[0]
    assert list(scenario.numbers["place_chip"]) == ranked[:10]
    assert list(scenario.numbers["place_parameters"]) == pytest.approx(
        [found[chip] for chip in ranked[:10]]
    )


def test_the_size_picks_the_classes_of_the_table() -> None:
    for given, size_of in (("1e9", "small"), ("1e10", "medium"), ("1e11", "large")):
        numbers = load(MILLION, [f"class_parameters={given}"]).numbers
        assert numbers["class_size"] == size_of
        assert set(numbers["deal_class"]) >= {f"hopper/{size_of}", f"tpu/{size_of}"}


# ---- the table of speeds, the choice of a row, the currency -------------------------------------

ROW = "{gpu: T4, k: 3e7, a: 1.5, b: 6, c: 1.2, o1: 1.2, o2: 1.4, price: 0.35, kw: 0.07, batch: 32}"


def _written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def _own(tmp_path: Path, *extra: str, rows: str = ROW, head: str = "") -> str:
    lines = (head, "workload:", "  kind: budget", "  budget_cost: 30", "  deadline: 1 day",
             "  speeds:", f"    - {rows}", *extra)  # fmt: skip
    return _written(tmp_path, "\n".join(lines))


def test_a_row_added_to_the_table_can_be_chosen(tmp_path: Path) -> None:
    scenario = load(_own(tmp_path, "  gpu: t4"))
    assert scenario.numbers["gpu"] == "T4"  # spelled as the row is
    assert scenario.numbers["hours"] == pytest.approx(30 / 0.35)
    assert scenario.numbers["gpu_batch"] == 32
    assert scenario.numbers["example_flop"].why == "its GPU is not among the speeds"
    assert scenario.numbers["model_width"] > 0


def test_a_gpu_that_is_no_row_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        load(_own(tmp_path, "  gpu: T44"))
    (one,) = caught.value.mistakes
    assert one.wrong == "T44 is not an option of gpu"
    assert one.remedy == "Did you mean T4? It is one of: T4."
    with pytest.raises(Mistakes) as caught:  # the default is no row of a table of one's own
        load(_own(tmp_path))
    (one,) = caught.value.mistakes
    assert one.wrong == f"{V100} is not an option of gpu"
    assert "gpu can be: T4" in one.remedy


def test_the_workbook_offers_the_rows_and_refuses_others(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from tco.workbook.build import workbook

    path = tmp_path / "own.xlsx"
    path.write_bytes(workbook(load(THIRTY)))
    book = load_workbook(path)
    rows = {row[0].value: row for row in book["Inputs"].iter_rows(min_row=5)}
    cell = rows["gpu"][4].coordinate
    (rule,) = [one for one in book["Inputs"].data_validations.dataValidation if cell in one.sqref]
    sheet, _, area = rule.formula1.partition("!")
    column = book.defined_names["speed_gpu"].attr_text
    assert rule.type == "list" and f"{sheet}!{area}" == column
    assert "Checks!" in rows["gpu"][3].value and "NA()" in rows["gpu"][3].value


def test_prices_in_dollars_are_converted(tmp_path: Path) -> None:
    euro = ["currency: EUR", "usd_rate: {value: 0.5, date: 2026-11-20, source: treasury}"]
    text = locate(THIRTY).read_text(encoding="utf-8").replace("currency: USD", "\n".join(euro))
    numbers, dollars = load(_written(tmp_path, text)).numbers, load(THIRTY).numbers
    assert numbers["gpu_hour_price"] == pytest.approx(2.005 / 2)
    assert numbers["hours"] == pytest.approx(2 * dollars["hours"])  # 30 EUR are 60 US dollars
    assert numbers["cost"] == pytest.approx(30)
    assert numbers["deal_price"][0] == pytest.approx(dollars["deal_price"][0] / 2)
    assert numbers["flop"] == pytest.approx(2 * dollars["flop"])
    assert numbers["example_flop"] == pytest.approx(dollars["example_flop"])  # 30 US dollars


def test_a_price_in_dollars_is_not_read_in_another_currency(tmp_path: Path) -> None:
    head = "currency: EUR\nusd_rate: {value: 0.9, date: 2026-11-20}"
    for said, right in (("0.35 USD/h", True), ("0.35 EUR/h", False)):
        rows = ROW.replace("price: 0.35", f"price: {said}")
        if right:
            load(_own(tmp_path, "  gpu: T4", rows=rows, head=head))
        else:
            with pytest.raises(Mistakes):
                load(_own(tmp_path, "  gpu: T4", rows=rows, head=head))


def test_a_square_root_halves_the_unit() -> None:
    units = {"area": parse("parameter/token*parameter*token"), "tokens": parse("token")}
    assert unit_of(root(Reference("area")), units).same_as(parse("parameter"))
    with pytest.raises(UnitError):
        unit_of(root(Reference("tokens")), units)


# ---- the same in the workbook -------------------------------------------------------------------


@needs_libreoffice
@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=pytest.mark.xdist_group(one)) for one in (THIRTY, MILLION)]
)
def test_libreoffice_computes_the_published_figures(name: str, opened: Opened) -> None:
    live = opened(name)
    width = live.book[live.named("model_width")]
    assert width == pytest.approx(float(load(name).numbers["model_width"]), rel=1e-9)


# ---- edits, mistakes, checks --------------------------------------------------------------------

EDITS: dict[str, tuple[dict[str, object], ...]] = {
    THIRTY: (
        {"amp_mode": "O0"},
        {"amp_mode": "O2"},
        {"gpu": "V100 (no tensor cores)"},
        {"gpu": "P100"},
        {"gpu": "P4", "amp_mode": "O2"},
        {"gpu": "K80", "amp_mode": "O0"},
        {"budget_basis": "hours", "budget_hours": 15},
        {"budget_basis": "kwh", "budget_kwh": 2},
        {"budget_basis": "co2_kg", "budget_co2_kg": 1.5},
        {"budget_cost": 0.5},
        {"budget_cost": 0.827},
        {"budget_cost": 1e7},
        {"budget_basis": "hours", "budget_hours": 1e-6},
        {"grid_intensity": 0},
        {"speeds.V100 (tensor cores).price": 3.06},
        {"speeds.V100 (tensor cores).k": 1e7},
        {"speeds.V100 (tensor cores).a": 1.2},
        {"speeds.V100 (tensor cores).b": 0},
        {"speeds.V100 (tensor cores).c": 0},
        {"speeds.V100 (tensor cores).o1": 2},
        {"speeds.V100 (tensor cores).o2": 3, "amp_mode": "O2"},
        {"speeds.V100 (tensor cores).kw": 0.3},
        {"speeds.V100 (tensor cores).batch": 1},
        {"speeds.V100 (tensor cores).peak": 10},
        {"speeds.P4.gpu": "T4", "gpu": "T4"},
        {"example_gpu": "K80"},
        {"example_gpu": "unknown"},
        {"example_width": 410, "example_depth": 16, "example_inner": 2100},
        {"frontier_size_exponent": 0.87, "frontier_size_scale": 0.001},
        {"frontier_size_offset": 0},
        {"frontier_loss_exponent": 0.05, "frontier_loss_floor": 0},
        {"width_per_layer": 64},
        {"attention_matrices": 4, "feedforward_matrices": 8},
        {"width_vectors": 0, "inner_vectors": 0, "head_vectors": 0},
        {"tokens_per_parameter": 200},
        {"class_parameters": 2e11},
        {"deadline_days": 0.01},
        {"chip": "tpu-v6e"},
        {"chip": "v100-sxm2-16gb", "precision": "fp16"},
        {"mfu": 0.2, "availability": 0.5, "calibrate": "published"},
        {"calibrate": "none"},
        {"rent_addon_share": 0},
        {"on_demand_price": 2},
        {"whole_servers": 1},
    ),
    MILLION: (
        {"budget_cost": 100},
        {"budget_cost": 1e9, "class_parameters": 1e12},
        {"class_parameters": 1e9},
        {"class_parameters": 2e11},
        {"gpu": "K80"},
        {"amp_mode": "O0"},
        {"budget_basis": "hours", "budget_hours": 8760},
        {"chip": "gh200-96gb"},
        {"chip": "mi300x"},
        {"offer": "nebius-h100-sxm"},
        {"tokens_per_parameter": 5},
        {"flop_per_parameter_token": 8},
        {"deadline_days": 1},
        {"region": "country:FRA"},
        {"staff_cost": 2_000_000},
        {"frontier_most_parameters": 1e15},
    ),
}  # fmt: skip
# Refused in the words of their checks, in the file and in the workbook alike.
REFUSED: dict[str, tuple[dict[str, object], ...]] = {
    THIRTY: (
        {"gpu": "TPU"},
        {"budget_basis": "kwh"},
        {"budget_basis": "horoscope"},
        {"amp_mode": "O3"},
        {"on_demand_price": 0},
        {"speeds.V100 (tensor cores).price": 0},
    ),
}


def _sets(edit: dict[str, object]) -> list[str]:
    return [f"{key}={value}" for key, value in edit.items()]


@pytest.mark.parametrize(
    ("name", "edit"), [(name, one) for name, edits in EDITS.items() for one in edits]
)
def test_every_edit_loads_and_changes_a_result(name: str, edit: dict[str, object]) -> None:
    before, after = load(name).numbers, load(name, _sets(edit)).numbers
    lines = model_for("budget").lines
    changed = [
        key
        for key in lines
        if np.any([str(a) != str(b) for a, b in zip(np.atleast_1d(before[key]),
                                                    np.atleast_1d(after[key]), strict=True)])
    ]  # fmt: skip
    assert changed, edit


@pytest.mark.parametrize(
    ("name", "edit"), [(name, one) for name, edits in REFUSED.items() for one in edits]
)
def test_what_cannot_be_is_refused(name: str, edit: dict[str, object]) -> None:
    with pytest.raises(Mistakes):
        load(name, _sets(edit))


# Lines of a workload, and the words of the mistake.
BAD: tuple[tuple[str, str], ...] = (
    ("budget_cost: 30", "deadline is not given"),
    ("budget_cost: 0\n  deadline: 1 day", "budget_cost is 0: it must be above 0"),
    ("budget_cost: 30 EUR\n  deadline: 1 day", "and what one EUR costs in USD is not given"),
    ("budget_basis: energy\n  deadline: 1 day", "energy is not an option of budget_basis"),
    ("deadline: 1 day", "budget_basis is cost, but budget_cost is not given"),
    ("budget_cost: 30\n  deadline: 1 day\n  gpu: V10", "V10 is not an option of gpu"),
    ("budget_cost: 30\n  deadline: 1 day\n  amp_mode: O4", "O4 is not an option of amp_mode"),
    ("budget_cost: 30\n  deadline: 1 day\n  speeds:\n    - {gpu: T4, k: 1e7}",
     "a, b, c, o1, o2, price, kw, batch are not given in this row"),
    ("budget_cost: 30\n  deadline: 1 day\n  gpu: T4\n  speeds:\n    - " +
     ROW.replace("a: 1.5", "a: 2.5"), "a is 2.5: it must be above 0 and at most 2"),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "words"), BAD)
def test_a_mistake_is_said_in_words(lines: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        load(_written(tmp_path, f"workload:\n  kind: budget\n  {lines}\n"))
    assert any(words in one.wrong for one in caught.value.mistakes), caught.value.mistakes


# Each check of this kind: what to set, inputs or computed lines, so that it fires; and its words.
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "budget_basis_given": (
        {"budget_basis": "kwh"},
        "budget_basis is kwh, but budget_kwh is not given, or an hour takes none of it",
    ),
    "offer_priced": ({"on_demand_price": 0.0}, "offer median-h100-sxm5-80gb costs nothing an hour"),
    "budget_enough": (
        {"budget_cost": np.float64(0.5)},
        "the budget is too small for any model of 2020: the least is 0.827 USD",
    ),
    "rent_is_budget": ({"rent_on_demand_cost": 33.0}, "renting costs 1.100 times the budget"),
    "class_fits": (
        {"parameters": np.float64(2e10)},
        "the model has 20,000 M parameters: set class_parameters to that",
    ),
    "frontier_covers": (
        {"model_parameters": np.float64(2e8)},
        "the law of 2020 was fitted on models up to 100 M parameters, not on 200 M",
    ),
    "speed_possible": (
        {"model_peak_share": np.float64(3.0)},
        "the fitted speed is 3 times the peak of the V100 (tensor cores)",
    ),
    "one_gpu_in_a_year": (
        {"hours": np.float64(17_520.0)},
        "one V100 (tensor cores) would be busy for 2.0 years",
    ),
    "mixed_precision_pays": (
        {"gpu_mode_factor": np.float64(0.64)},
        "mode O1 runs the V100 (tensor cores) at 64% of its speed without: choose O0",
    ),
    "width_found": (
        {"solved_hours": np.float64(20.0)},
        "the search ended at 20.000 h, not at 14.963 h",
    ),
    "gpu_known": ({"gpu": "TPU"}, "TPU is not an option of gpu"),
    "speeds_limits": (
        {"speed_a": np.array([3.0, 1.0, 1.0, 1.0, 1.0])},
        "speeds: beyond limits in row V100 (tensor cores) – a",
    ),
}


def test_every_check_of_the_kind_has_a_way_to_break_it() -> None:
    shared = {one.flag.key for one in model_for("train").checks}
    ours = {one.flag.key for one in model_for("budget").checks if not one.limit} - shared
    named = {key for key in ours if not key.endswith(("_known", "_supplied"))}
    assert named == set(BROKEN) - {"gpu_known"}


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_invariant_fires_its_check(key: str) -> None:
    overrides, words = BROKEN[key]
    got = solved(values(THIRTY, **overrides), key, f"{key}_note")
    assert got[key] == 1
    assert words in str(got[f"{key}_note"])


@pytest.mark.parametrize("name", [THIRTY, MILLION])
def test_no_error_fires_as_bundled(name: str) -> None:
    scenario = load(name)
    fired = [one.flag.key for one in scenario.model.checks
             if one.kind == "error" and scenario.numbers[one.flag.key]]  # fmt: skip
    assert not fired


def test_the_first_page_says_the_answer() -> None:
    numbers = load(THIRTY).numbers
    assert numbers["budget_sentence"] == (
        "30.00 USD buy 15.0 h of one V100 (tensor cores): 1.79 kWh, 0.95 kg CO2e."
    )
    assert numbers["model_sentence"] == (
        "They train 79 M parameters, 1,132 wide, to loss 3.09 by the law of 2020."
    )
    assert "far outside the law of 2020" in str(load(MILLION).numbers["model_sentence"])
    assert numbers["best_chip"] in str(numbers["best_chip_sentence"])

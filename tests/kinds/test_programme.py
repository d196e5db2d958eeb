"""A research programme: nine published costs to twelve digits, edits, checks, 500 rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tco.errors import Mistakes
from tco.page.report import as_json
from tco.read.opening import locate
from tco.verify import verify
from tco.workbook.build import workbook
from tests.kinds.common import changed, flag
from tests.loaded import load

NAME = "icml-2024-programme"
D = [128 * h for h in (1, 2, 4, 6, 8, 12, 16, 20, 24, 32, 48, 64, 96, 128)]
TPE = 50_000 * 256 * 512


def m(d: int) -> int:
    """FLOP per token, in whole numbers."""
    return 6 * d * (8 * (12 * d + 512) + 32_101)


def p(d: int) -> int:
    """Parameters, in whole numbers."""
    return 2 * d * (6 * 8 * d + 32_101)


def flops(sweep: int = 15) -> dict[str, int]:
    """Each experiment's FLOP in whole numbers, straight from the article's formulas."""
    every, last_six, eleven, twelve = (sum(map(m, part)) for part in (D, D[-6:], D[:11], D[:12]))
    proportional = sum(p(d) * m(d) for d in D[:11])
    return {
        "alignment": 4 * TPE * (m(1024) + m(2048) + m(4096)),
        "table_e1": 4 * (5 + 7 + 7) * TPE * last_six,
        "eps_variants": 4 * 6 * sweep * TPE * every,
        "eps_heatmaps": 2 * 6 * 4 * 13 * TPE * last_six,
        "beta_only": 3 * 4 * 2 * sweep * TPE * every,
        "gamma": 36 * TPE * (800 * m(1024) + sweep * every),
        "weight_decay": 4 * sweep * TPE * every,
        "adafactor": 2 * 2 * 4 * sweep * TPE * eleven,
        "compute_optimal": 4 * sweep * (TPE * (2 * every + twelve) + 3 * 20 * proportional),
    }


# As the article prints them: USD, hours of a node of eight H100.
PRINTED = {
    "alignment": (888.81395400704, 37.033914750293334),
    "table_e1": (388955.9991064986, 16206.499962770775),
    "eps_variants": (1902022.3291813303, 79250.93038255542),
    "eps_heatmaps": (3193533.466348094, 133063.89443117057),
    "beta_only": (1902022.3291813303, 79250.93038255542),
    "gamma": (3224397.534237257, 134349.8972598857),
    "weight_decay": (317003.7215302217, 13208.488397092571),
    "adafactor": (188532.80765144504, 7855.533652143543),
    "compute_optimal": (1790104.1799513847, 74587.67416464102),
}

EDITS: dict[str, tuple[dict[str, Any], ...]] = {
    NAME: (
        {"learning_rates": 10},
        {"learning_rates": 1},
        {"experiments.gamma.experiment": "γ, again", "terms.8.experiment": "γ, again",
         "terms.9.experiment": "γ, again", "terms.9.multiplicity": 30},
        {"layers": 96, "vocabulary": 50_257},
        {"sequence_length": 2048},
        {"weights_per_position": 0},
        {"embedding_tables": 0},
        {"training_steps": 5000},
        {"tokens_per_parameter": 200},
        {"available_gpus": 100_000},
        {"programme_budget": 0},
        {"programme_budget": 12_907_461.19},
        {"programme_budget": 1e9, "deadline_days": 1},
        {"deadline_days": 100, "available_gpus": 10},
        {"comparison_flop": 3.14e23},
        {"on_demand_price": 0},
        {"on_demand_price": 6.88, "rent_addon_share": 0.05},
        {"mfu": 0.2, "availability": 0.9},
        {"chip": "a100-sxm4-80gb", "peak_tflops": 312},
        {"days_per_month": 31},
        {"widths.14.width": 32_768, "terms.4.last_width": 32_768, "terms.6.last_width": 32_768,
         "terms.5.last_width": 32_768, "terms.7.last_width": 32_768, "terms.9.last_width": 32_768,
         "terms.10.last_width": 32_768, "terms.12.last_width": 32_768},
        {"terms.1.multiplicity": 400},
        {"terms.5.multiplicity": 0.5},
        {"terms.8.per_learning_rate": 1},
        {"terms.9.per_learning_rate": 0},
        {"terms.4.first_width": 128},
        {"terms.11.last_width": 128},
        {"terms.14.law": "M"},
        {"terms.5.law": "PM"},
        {"terms.4.experiment": "gamma", "terms.1.experiment": "table_e1"},
        {"experiments.gamma.priority": 1, "experiments.alignment.priority": 9},
        {"experiments.gamma.priority": 8},
        {"experiments.gamma.priority": 1, "experiments.eps_heatmaps.priority": 1},
        {"experiments.alignment.priority": 20, "programme_budget": 12_907_000},
        {"experiments.gamma.published_node_hours": 134_349.8972598857 / 2},
        {"terms.1.multiplicity": 0, "terms.2.multiplicity": 0, "terms.3.multiplicity": 0},
        {"terms.5.first_width": 256, "terms.5.last_width": 8192},
        {"terms.2.first_width": 1024, "terms.2.last_width": 1024},
        {"widths.1.width": 64, "widths.13.width": 12_289.5},
        {"available_gpus": 1, "deadline_days": 36_500},
        {"experiments.gamma.published_cost": 1},
        # what a rebuild refuses
        {"terms.4.last_width": 4000},
        {"terms.4.first_width": 16_384, "terms.4.last_width": 3072},
        {"terms.11.experiment": "gamma"},
        {"widths.3.width": 100},
        {"widths.14.width": 12_288},
        {f"terms.{number}.multiplicity": 0 for number in range(1, 15)},
        {"terms.11.experiment": "nobody's"},
        {"terms.11.law": "MP"},
        {"terms.11.multiplicity": -1},
    ),
}  # fmt: skip

TABLES = """\
workload:
  kind: programme
  layers: 8
  sequence_length: 512
  vocabulary: 32101
  training_steps: 50000
  batch_sequences: 256
  deadline: 100 days
  widths: [128, 256]
"""
BAD = {
    "no term": (
        TABLES + "  experiments: [{experiment: a, priority: 1}, {experiment: b, priority: 2}]\n"
        "  terms: [{experiment: a, multiplicity: 1, first_width: 128, last_width: 256}]\n",
        "experiment b has no term: it would cost nothing",
    ),
    "no width": (
        TABLES + "  experiments: [{experiment: a, priority: 1}]\n"
        "  terms: [{experiment: a, multiplicity: 1, first_width: 128, last_width: 512}]\n",
        "term 1 (a, widths 128 to 512) names a width that is no row of widths, or ends before",
    ),
    "backwards": (
        TABLES + "  experiments: [{experiment: a, priority: 1}]\n"
        "  terms: [{experiment: a, multiplicity: 1, first_width: 256, last_width: 128}]\n",
        "or ends before it begins",
    ),
    "no experiment": (
        TABLES + "  experiments: [{experiment: alpha, priority: 1}]\n"
        "  terms: [{experiment: alhpa, multiplicity: 1, first_width: 128, last_width: 256}]\n",
        "alhpa is no row of experiments",
    ),
    "no law": (
        TABLES + "  experiments: [{experiment: a, priority: 1}]\n  terms: "
        "[{experiment: a, multiplicity: 1, first_width: 128, last_width: 256, law: N}]\n",
        "N is not an option of law",
    ),
    "no number": (
        TABLES.replace("[128, 256]", "[128, wide]")
        + "  experiments: [{experiment: a, priority: 1}]\n"
        "  terms: [{experiment: a, multiplicity: 1, first_width: 128, last_width: 128}]\n",
        "“wide” is not a number",
    ),
}

BROKEN: dict[str, tuple[list[str], str]] = {
    "fleet_does_programme": (
        ["gpu_hours=1000"], "the experiments take 4302.487 times the hours of the fleet",
    ),
    "experiment_cost_as_published": (
        ["experiments.gamma.published_cost=1"],
        "1 of the published costs do not follow from their inputs, first gamma",
    ),
    "experiment_node_hours_as_published": (
        ["experiments.gamma.published_node_hours=1"],
        "1 of the published node-hour counts do not follow from their inputs, first gamma",
    ),
    "gpus_hold_largest": (
        ["available_gpus=1"], "1 GPUs do not hold the largest model; 6 would",
    ),
    "programme_fits": (
        ["deadline=1 day"], "1 of 9 experiments fit; the first left out is table_e1: "
        "within budget, too late",
    ),
    "terms_listed_once": (
        ["terms.2.first_width=1024", "terms.2.last_width=1024"],
        "terms 1 and 2 are the same and both count",
    ),
    # a scenario that fires these is refused
    "widths_rise": (["widths.3.width=100"], "width 100 is not larger than the one before it"),
    "terms_are_slices": (
        ["terms.4.last_width=99"], "term 4 (table_e1, widths 3072 to 99) names a width that is no",
    ),
    "experiments_have_terms": (
        ["terms.11.experiment=gamma"], "experiment adafactor has no term: it would cost nothing",
    ),
    "something_trained": (
        [f"terms.{number}.multiplicity=0" for number in range(1, 15)],
        "every multiplicity is 0: nothing is trained",
    ),
}  # fmt: skip
REFUSED = ("widths_rise", "terms_are_slices", "experiments_have_terms", "something_trained")


@pytest.fixture(scope="module")
def numbers() -> dict[str, Any]:
    return load(NAME).numbers


def test_each_experiment_is_the_articles_to_twelve_digits(numbers: dict[str, Any]) -> None:
    rows = {name: row for row, name in enumerate(numbers["experiments"])}
    assert set(rows) == set(PRINTED)
    exact = flops()
    for name, (usd, hours) in PRINTED.items():
        row = rows[name]
        assert numbers["experiment_flop"][row] == pytest.approx(exact[name], rel=1e-12)
        assert numbers["experiment_cost"][row] == pytest.approx(usd, rel=1e-12)
        assert numbers["experiment_node_hours"][row] == pytest.approx(hours, rel=1e-12)
        assert not numbers["experiment_cost_off"][row]


def test_the_programme_as_printed(numbers: dict[str, Any]) -> None:
    assert f"{numbers['programme_flop']:.3e}" == "5.421e+24"
    assert numbers["programme_cost"] == pytest.approx(12_907_461.18, abs=0.005)
    assert numbers["programme_node_months"] == pytest.approx(746.9595590938408, rel=1e-12)
    assert round(float(numbers["days_on_comparison"]), 2) == 1.79  # the article says 2 days
    assert round(100 * float(numbers["flop_of_comparison"]), 1) == 14.3  # the article says 15 %
    assert numbers["gpu_hours"] == pytest.approx(float(numbers["programme_gpu_hours"]), rel=1e-12)


def test_the_sanity_table(numbers: dict[str, Any]) -> None:
    """Sizes and M/6P of the 14 widths, as the article prints them."""
    sizes = ["0.00979", "0.0227", "0.058", "0.106", "0.166", "0.325", "0.534", "0.794", "1.1",
             "1.87", "4.02", "6.97", "15.3", "26.8"]  # fmt: skip
    shares = [63.4, 68.5, 75.3, 79.7, 82.8, 86.8, 89.3, 91.0, 92.2, 93.9, 95.7, 96.7, 97.7, 98.3]
    assert [f"{one / 1e9:.3g}" for one in numbers["width_parameters"]] == sizes
    assert [round(100 * float(one), 1) for one in numbers["flop_over_law"]] == shares
    assert list(numbers["width_parameters"]) == [p(d) for d in D]
    assert list(numbers["flop_per_token"]) == [m(d) for d in D]


def test_ten_learning_rates_a_line_instead_of_fifteen() -> None:
    found = load(NAME, ["learning_rates=10"]).numbers
    assert found["programme_flop"] == pytest.approx(sum(flops(10).values()), rel=1e-12)
    assert found["programme_cost"] == pytest.approx(
        sum(flops(10).values()) / 3.5e14 / 3600 * 3, rel=1e-12
    )


def test_what_fits_is_decided_in_order_of_priority(numbers: dict[str, Any]) -> None:
    order = np.argsort(numbers["priority"])
    cost = np.cumsum(numbers["experiment_cost"][order])
    assert numbers["experiment_cumulative_cost"][order] == pytest.approx(cost, rel=1e-12)
    assert list(numbers["experiment_fits"][order]) == [*[1.0] * 8, 0.0]  # 10 M leave gamma out
    assert list(numbers["experiment_place"][order]) == list(range(1, 10))
    assert numbers["fitting_days"] == pytest.approx(cost[7] / 3 / 512 / 24, rel=1e-12)
    assert numbers["budget_left"] == pytest.approx(10e6 - cost[7], rel=1e-9)
    assert (numbers["first_unfit"], numbers["first_unfit_why"]) == ("gamma", "over budget, in time")
    days = cost / 3 / 512 / 24
    assert numbers["experiment_cumulative_days"][order] == pytest.approx(days, rel=1e-12)
    late = load(NAME, ["deadline=100 days"]).numbers
    assert late["fitting_experiments"] == sum(days <= 100)
    exactly = load(NAME, [f"programme_budget={float(cost[-1])!r}"]).numbers
    assert exactly["fitting_experiments"] == 9, "a budget that is the cost is enough"


def test_equal_priorities_go_by_the_order_of_the_list() -> None:
    names = [f"experiments.{name}.priority=1" for name in PRINTED]
    found = load(NAME, [*names, "programme_budget=2_000_000"]).numbers
    assert list(found["experiment_place"]) == list(range(1, 10))
    cost = np.cumsum([usd for usd, _ in PRINTED.values()])
    assert found["experiment_cumulative_cost"] == pytest.approx(cost, rel=1e-12)
    assert (found["fitting_experiments"], found["first_unfit"]) == (2, "eps_variants")
    # what is left, 2,000,000 - 389,844.81, would pay for two of those left out, each alone
    alone = [name for name, one in zip(PRINTED, found["experiment_fits_alone"], strict=True) if one]
    assert alone == ["weight_decay", "adafactor"] and found["unfit_affordable"] == 2


def test_the_first_left_out_is_the_most_urgent_not_the_first_listed() -> None:
    found = load(NAME, ["experiments.alignment.priority=20", "programme_budget=12_907_000"]).numbers
    assert found["experiment_fits"][0] == 0 and found["first_unfit"] == "alignment"
    sets = ["experiments.alignment.priority=20", "programme_budget=9_000_000"]
    assert load(NAME, sets).numbers["first_unfit"] == "compute_optimal"


def test_runs_are_counted(numbers: dict[str, Any]) -> None:
    """Models trained, by hand: settings x learning rates x widths."""
    expected = [
        4 * 3, 76 * 6, 24 * 15 * 14, 624 * 6, 24 * 15 * 14, 36 * (800 + 15 * 14), 4 * 15 * 14,
        16 * 15 * 11, 60 * (2 * 14 + 12 + 3 * 11),
    ]  # fmt: skip
    assert list(numbers["experiment_trainings"]) == expected
    assert numbers["programme_trainings"] == sum(expected) == 58_512


def test_a_term_without_widths_takes_them_all(tmp_path: Path) -> None:
    """A fifteenth width joins every term that names none."""
    text = locate(NAME).read_text(encoding="utf-8")
    path = tmp_path / "wider.yaml"
    path.write_text(text.replace("12288, 16384]", "12288, 16384, 32768]"))
    rows = dict(zip(PRINTED, load(str(path)).numbers["experiment_flop"], strict=True))
    wider = sum(map(m, [*D, 32_768]))
    assert rows["weight_decay"] == pytest.approx(4 * 15 * TPE * wider, rel=1e-12)
    assert rows["adafactor"] == pytest.approx(flops()["adafactor"], rel=1e-12)


def test_widths_out_of_order_are_refused_at_their_place(tmp_path: Path) -> None:
    """Slices are differences of running totals: unordered widths would give negative costs."""
    text = locate(NAME).read_text(encoding="utf-8")
    path = tmp_path / "falling.yaml"
    path.write_text(text.replace("[128, 256, 512,", "[512, 256, 128,"))
    with pytest.raises(Mistakes) as refused:
        load(str(path))
    (one,) = refused.value.mistakes
    assert one.wrong.startswith("width 256 is not larger than the one before it")
    assert one.place.excerpt[one.place.column - 1 :].startswith("256")


def test_a_mistaken_row_is_pointed_at(tmp_path: Path) -> None:
    text = locate(NAME).read_text(encoding="utf-8")
    path = tmp_path / "wrong.yaml"
    path.write_text(
        text.replace("multiplicity: 76, first_width: 3072", "multiplicity: 76, first_width: 3000")
    )
    with pytest.raises(Mistakes) as refused:
        load(str(path))
    (one,) = refused.value.mistakes
    assert "experiment: table_e1, multiplicity: 76" in one.place.excerpt


def test_the_size_that_picks_the_defaults_has_a_default(tmp_path: Path) -> None:
    text = locate(NAME).read_text(encoding="utf-8")
    path = tmp_path / "plain.yaml"
    lines = [one for one in text.splitlines(True) if not one.startswith("  class_parameters")]
    path.write_text("".join(lines))
    assert load(str(path)).numbers["performance_class"] == "hopper/medium"


def test_many_cases_at_once_are_the_cases_one_by_one() -> None:
    """Sums over terms and experiments keep the case axis apart from their rows."""
    scenario = load(NAME)
    values = {
        key: np.float64(value) if isinstance(value, float) else value
        for key, value in scenario.values.items()
    }
    wanted = ["programme_cost", "gpus", "fitting_cost", "programme_node_months"]
    values["learning_rates"] = np.array([15.0, 10.0, 5.0])
    found = scenario.model.cases(values, wanted)
    for index, rates in enumerate((15, 10, 5)):
        alone = load(NAME, [f"learning_rates={rates}"]).numbers
        for key in wanted:
            assert found[key][index] == pytest.approx(float(alone[key]), rel=1e-12), key


def test_without_a_budget_money_is_no_limit(tmp_path: Path) -> None:
    text = locate(NAME).read_text(encoding="utf-8")
    start = text.index("  programme_budget:")
    path = tmp_path / "rich.yaml"
    path.write_text(text[:start] + text[text.index("  comparison_flop:") :])
    assert load(str(path)).numbers["fitting_experiments"] == 9


def test_json_names(numbers: dict[str, Any]) -> None:
    found = as_json(load(NAME))
    row = found["tables"]["experiments"][0]
    assert {"experiment_flop", "experiment_cost", "experiment_node_hours"} <= set(row)
    assert len(found["tables"]["terms"]) == 14 and len(found["tables"]["widths"]) == 14
    for key in ("programme_flop", "programme_cost", "programme_node_months", "flop", "gpus"):
        assert found["lines"][key]["value"] > 0


@pytest.mark.parametrize("edit", EDITS[NAME][:40], ids=str)
def test_an_edit_changes_something_downstream(edit: dict[str, Any]) -> None:
    assert changed(load(NAME), load(NAME, [f"{key}={value}" for key, value in edit.items()]))


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_said_in_words(case: str, tmp_path: Path) -> None:
    text, words = BAD[case]
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(Mistakes) as refused:
        load(str(path))
    assert words in str(refused.value), str(refused.value)


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_invariant_fires_its_check(key: str) -> None:
    sets, words = BROKEN[key]
    if key in REFUSED:
        with pytest.raises(Mistakes) as refused:
            load(NAME, sets)
        assert words in str(refused.value)
        return
    assert words in flag(load(NAME, sets), key)


def test_five_hundred_experiments_build_and_verify(tmp_path: Path) -> None:
    experiments = "".join(
        f"    - {{experiment: sweep {n}, priority: {n}}}\n" for n in range(1, 501)
    )
    terms = "".join(
        f"    - {{experiment: sweep {n}, multiplicity: {1 + n % 7}, per_learning_rate: yes, "
        f"first_width: {D[n % 5]}, last_width: {D[5 + n % 9]}}}\n"
        for n in range(1, 501)
    )
    text = locate(NAME).read_text(encoding="utf-8")
    head, tail = text.index("  experiments:\n"), text.index("\nfleet:\n")
    path = tmp_path / "many.yaml"
    path.write_text(f"{text[:head]}  experiments:\n{experiments}  terms:\n{terms}{text[tail:]}")
    scenario = load(str(path))
    expected = [(1 + n % 7) * 15 * TPE * sum(map(m, D[n % 5 : 6 + n % 9])) for n in range(1, 501)]
    assert scenario.numbers["experiment_flop"] == pytest.approx(expected, rel=1e-12)
    book = tmp_path / "many.xlsx"
    book.write_bytes(workbook(scenario))
    for verdict in verify(book):
        assert verdict.formulas > 30_000 and not verdict.differences

"""The next model, projected: every published figure, by sums that use none of our lines."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tco.catalogue.shipped import file_rows
from tco.cli import app
from tco.errors import Mistakes
from tco.facts import option_lists
from tco.lines import Undefined
from tco.model import model_for
from tco.page.report import as_json
from tco.workbook.build import workbook
from tests.calibrated import factor
from tests.conftest import Opened
from tests.loaded import load
from tests.office import needs_libreoffice

NAME = "gpt4-as-seen-in-2020"
PFLOPS_DAY = 1e15 * 86_400

# Edits in the file: an Override of Inputs by its key, one of Tables by table, row and column.
EDITS: dict[str, tuple[dict[str, Any], ...]] = {
    NAME: (
        {"projection_basis": "tokens"},
        {"projection_basis": "law"},
        {"parameters_basis": "scale"},
        {"parameters_basis": "scale", "projection_basis": "law"},
        {"parameters_basis": "scale", "projection_basis": "tokens"},
        {"from_flop": 3640 * PFLOPS_DAY},
        {"paper_flop": 1e24, "compute_mismatch_factor": 1},
        {"to_flop": 2.0e27, "to_parameters": 5e12},
        {"to_parameters": 1e9},
        {"from_parameters": 1.5e9, "earlier_parameters": 1.1e8},
        {"from_tokens": 4e11},
        {"from_cost": 12_000_000},
        {"stated_tokens": 1e12},
        {"data_bytes": 1e12},
        {"flop_per_parameter_token": 8},
        {"class_parameters": 7e9},
        {"comparator_mfu": 0.3},
        {"deadline_days": 90},
        {"deadline_days": 1095, "deadline_point_01": 30, "deadline_point_08": 4000},
        {"source_chip_speedup": 2},
        {"next_chip_speedup": 3},
        {"next_chip_speedup": 2.5, "next_chip_speedup_low": 2, "next_chip_speedup_high": 2.5},
        {"supplier_quarter_revenue": 30e9},
        {"sample_bytes": 1e12, "sample_tokens": 2e11},
        {"data_parallel_gpus": 64},
        {"data_parallel_gpus": 1, "zero_stage": 3},
        {"zero_stage": 2, "model_parallel_gpus": 4096},
        {"zero_stage": 1, "model_parallel_gpus": 8192},
        {"zero_stage": 0, "model_parallel_gpus": 16384},
        {"gradient_bytes": 0, "optimizer_bytes": 0},
        {"weight_bytes": 4, "gradient_bytes": 4, "optimizer_bytes": 8},
        {"zero_example_parameters": 1e12, "zero_example_replicas": 1},
        {"zero_paper_0_gb": 100, "zero_paper_1_gb": 31.5, "zero_print_step_gb": 0.2},
        {"zero_paper_2_gb": 16.7, "zero_paper_3_gb": 2},
        {"zero_device_gb": 80, "zero_replicas": 1},
        {"chip": "v100-sxm2-32gb", "precision": "fp16"},
        {"chip": "h100-sxm5-80gb", "availability": 1, "mfu": 0.5, "calibrate": "published"},
        {"calibrate": "none"},
        {"published_projected_cost": 1, "published_projected_quarters": 2},
        {"corpora.English Wikipedia.tokens": 0},
        {"corpora.English Wikipedia.books": 1e6},
        {"corpora.All printed books.books": 0},
        {"corpora.All printed books.pages": 1000, "corpora.All printed books.tokens_per_page": 500},
        {"corpora.All printed books.tokens": 2e13},
        {"corpora.Web crawl, filtered.tokens": 15e12},
        {"corpora.English Wikipedia.corpus": "All of Wikipedia"},
    )
}

GIVEN = """\
title: x
workload:
  kind: projection
  from_parameters: 175B
  from_flop: 3640 PFLOP/s-days
  from_cost: 4.6 M USD
  to_parameters: 20T
  to_flop: 3.43e7 PFLOP/s-days
  deadline: 365 days
"""
# A file that is mistaken, and words of what is said of it.
BAD: tuple[tuple[str, str], ...] = (
    (GIVEN + "  projection_basis: tokens\n", "projection_basis is tokens, but stated_tokens is"),
    (GIVEN.replace("20T", "100B") + "  projection_basis: law\n", "law, but the two points do not"),
    (GIVEN + "  projection_basis: horoscope\n", "horoscope is not an option of projection_basis"),
    (GIVEN + "  parameters_basis: 3\n", "3 is not an option of parameters_basis"),
    (GIVEN.replace("  to_flop: 3.43e7 PFLOP/s-days\n", ""), "to_flop (Next model: compute, as"),
    (GIVEN.replace("  to_parameters: 20T\n", ""), "to_parameters (Next model: parameters, as"),
    (GIVEN.replace("3640 PFLOP/s-days", "3640 PFLOPS"), "is not a unit of this quantity"),
    (GIVEN.replace("4.6 M USD", "-1"), "from_cost is -1: it must be above 0"),
    (GIVEN + "  to_paramters: 1T\n", "Did you mean to_parameters"),
    (GIVEN + "  next_chip_speedup: 0\n", "next_chip_speedup is 0: it must be above 0"),
    (GIVEN + "  corpora: []\n", "corpora has no rows"),
    (GIVEN + "  corpora:\n    - {tokens: 3B}\n", "corpus is not given in this row"),
    (GIVEN + "  corpora:\n    - {corpus: a, tokens: -1}\n", "tokens is -1: it must be at least 0"),
    (GIVEN + "  corpora:\n    - a\n    - A\n", "A is the name of row 1 too"),
    (GIVEN + "  corpora:\n    - {corpus: a, page: 2}\n", "page is not a key"),
    (GIVEN + "fleet: {zero_stage: 2}\n", "no fleet holds the model"),
)

# Each check of this kind: what to set so that it must fire, and its words.
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "projection_basis_given": (
        {"projection_basis": "tokens", "projected_law_flop": Undefined("–")},
        "projection_basis is tokens, but stated_tokens is not given",
    ),
    "from_flop_as_in_paper": (
        {},
        "5.0 times the paper's PFLOP/s-days: 18,300 in the source, 3,640 in the paper, "
        "3,646 by 6 P D",
    ),
    "projection_agrees": (
        {},
        "its compute is 1.54 times what its stated parameters and tokens take by 6 P D",
    ),
    "class_of_its_size": (
        {"class_parameters": 7e9},
        "defaults are those of 7.0 bn parameters, the model has 20,000.0 bn: give",
    ),
    "corpora_suffice": ({}, "16,000 bn tokens are needed, the corpora listed hold 9,403 bn, 58.8%"),
    "corpora_sized": ({"corpora_unsized": 2.0}, "2 of the corpora have neither tokens nor books"),
    "speedup_as_stated": ({}, "6.14 times, while 3.00 to 6.00 times is stated"),
    "zero_as_published": (
        {"gradient_bytes": 4.0},
        "4 of the four figures differ, first: nothing spread",
    ),
    "zero_stages_agree": ({"zero_gb_per_gpu": 1.0}, "1.0 GB a GPU at the stage chosen, 0.3 in"),
    "corpora_limits": (
        {"corpora_beyond": 1.0, "corpora_first_beyond": "row Books – pages"},
        "corpora: beyond limits in row Books – pages",
    ),
}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return load(NAME).numbers


@pytest.fixture(scope="module")
def tables() -> dict[str, list[dict[str, Any]]]:
    return as_json(load(NAME))["tables"]


def test_the_step_from_the_last_model(found: dict[str, float]) -> None:
    assert round(found["last_step"], 1) == 116.7  # 175 / 1.5
    assert round(found["stated_step"], 1) == 114.3  # 20,000 / 175
    assert found["projected_parameters"] == found["parameters"] == 20e12
    assert round(found["law_exponent"], 4) == 0.6288
    assert found["law_exponent"] == pytest.approx(
        math.log(20e12 / 175e9) / math.log(3.43e7 / 18_300)
    )


def test_the_compute_in_the_thread_and_by_the_law(found: dict[str, float]) -> None:
    assert found["projected_flop"] / PFLOPS_DAY == pytest.approx(3.43e7)
    assert found["flop"] == found["projected_flop"]
    assert found["projected_law_flop"] / PFLOPS_DAY == pytest.approx(2.22e7, rel=2e-3)
    assert found["projected_law_flop"] == pytest.approx(6 * 20e12 * 16e12)
    assert found["from_law_flop"] == pytest.approx(6 * 175e9 * 300e9)
    assert round(found["from_flop_over_paper"], 2) == 5.03  # 18,300 / 3,640
    assert found["law_flop"] == pytest.approx(found["projected_flop"]), "drawn through that point"
    assert found["implied_tokens"] == pytest.approx(3.43e7 * PFLOPS_DAY / (6 * 20e12))


def test_the_last_models_compute_three_ways(tables: dict[str, Any]) -> None:
    counts = {row["id"]: row for row in tables["compute_counts"]}
    days = [round(row["count_pflops_days"]) for row in counts.values()]
    assert days == [18_300, 3_640, 3_646, 34_300_000, 22_222_222, 34_300_000]
    assert counts["last model: source"]["count_over_law"] == pytest.approx(18_300 / 3645.8333)
    assert counts["next model: source"]["count_over_law"] == pytest.approx(3.43 / 2.2222, rel=1e-4)


def test_the_tokens_and_their_bytes(found: dict[str, float]) -> None:
    assert found["projected_tokens"] == 16e12
    assert found["stated_bytes_per_token"] == pytest.approx(1.4375)  # 23e12 / 16e12
    assert found["sample_bytes_per_token"] == pytest.approx(1.425)  # 570e9 / 400e9
    assert found["projected_bytes"] == pytest.approx(22.8e12)


def test_the_text_there_is(tables: dict[str, Any], found: dict[str, float]) -> None:
    sizes = [row["corpus_size"] for row in tables["corpora"]]
    assert sizes == [3e9, 400e9, 1.5e8 * 200 * 300] and sizes[2] == 9e12
    assert [row["corpus_share"] for row in tables["corpora"]] == pytest.approx(
        [one / 16e12 for one in sizes]
    )
    assert found["corpora_tokens"] == 9.403e12
    assert found["corpora_share"] == pytest.approx(9.403 / 16)


def test_the_cost_on_two_generations_of_chips(found: dict[str, float], tables: Any) -> None:
    assert round(found["projected_cost"] / 1e9, 2) == 8.62
    assert found["projected_cost"] == pytest.approx(4.6e6 * 3.43e7 / 18_300)
    assert round(found["projected_cost_next_chip"] / 1e9, 1) == 1.4
    assert round(found["projected_quarters"], 2) == 1.22
    assert round(8.6 / 1.4, 2) == found["next_chip_speedup"] == 6.14
    costs = [row["case_cost"] for row in tables["chip_cases"]]
    assert costs == pytest.approx([8.62186e9, 8.62186e9 / 6.14, 2.87395e9, 1.43698e9], rel=1e-5)
    quarters = [row["case_quarters"] for row in tables["chip_cases"]]
    assert quarters == pytest.approx([one / 1.15e9 for one in costs])


def test_both_models_counted_alike_cost_three_times_as_much(found: dict[str, float]) -> None:
    assert found["projected_cost_by_law"] == pytest.approx(
        4.6e6 * (20e12 * 16e12) / (175e9 * 300e9)
    )
    by_tokens = load(NAME, ["projection_basis=tokens"]).numbers
    assert by_tokens["projected_cost"] == pytest.approx(found["projected_cost_by_law"])
    assert by_tokens["flop"] == pytest.approx(6 * 20e12 * 16e12)
    assert by_tokens["implied_tokens"] == pytest.approx(16e12)


def test_the_last_step_taken_once_more() -> None:
    numbers = load(NAME, ["parameters_basis=scale", "projection_basis=law"]).numbers
    size = 175e9 * 175 / 1.5
    exponent = math.log(20e12 / 175e9) / math.log(3.43e7 / 18_300)
    assert numbers["projected_parameters"] == pytest.approx(size)
    assert numbers["projected_flop"] / PFLOPS_DAY == pytest.approx(
        18_300 * (size / 175e9) ** (1 / exponent)
    )


def test_zero_memory_as_published(tables: dict[str, Any], found: dict[str, float]) -> None:
    """Rajbhandari et al. 2020, Figure 1: 7.5e9 parameters on 64 devices, K = 12."""
    size, devices = 7.5, 64
    expected = [16 * size, 4 * size + 12 * size / devices, 2 * size + 14 * size / devices,
                16 * size / devices]  # fmt: skip
    rows = tables["zero_stages"]
    assert [row["zero_example_gb"] for row in rows] == pytest.approx(expected)
    assert [round(one + 1e-9, 1) for one in expected] == [120, 31.4, 16.6, 1.9]
    assert [row["zero_paper_gb"] for row in rows] == [120, 31.4, 16.6, 1.9]
    assert found["zero_examples_off"] == 0


@pytest.mark.parametrize("devices", [64, 8_000, 929_616])
def test_zero_memory_of_the_next_model(devices: int) -> None:
    scenario = load(NAME, [f"data_parallel_gpus={devices}"])
    size = 20e12 / 1e9
    expected = [16 * size, 4 * size + 12 * size / devices, 2 * size + 14 * size / devices,
                16 * size / devices]  # fmt: skip
    rows = as_json(scenario)["tables"]["zero_stages"]
    assert [row["zero_projected_gb"] for row in rows] == pytest.approx(expected)
    assert scenario.numbers["zero_gb_per_gpu"] == pytest.approx(expected[3])
    assert [row["zero_projected_fits"] for row in rows] == [0, 0, 0, int(expected[3] <= 40)]


def test_zero_memory_is_on_the_working_fleet_if_nothing_else_is_given(
    found: dict[str, float],
) -> None:
    assert found["zero_gpus"] == found["gpus_working"]
    assert found["zero_gb_per_gpu"] == pytest.approx(320_000 / found["gpus_working"])


def test_the_largest_models_of_the_zero_paper(found: dict[str, float]) -> None:
    assert found["largest_alone"] == pytest.approx(32e9 / 16)  # the paper runs 1.4e9
    assert found["largest_spread"] == pytest.approx(32e9 / (2 + 14 / 128))  # the paper runs 13e9
    assert found["published_largest_alone"] == 1.4e9 < found["largest_alone"]
    assert found["published_largest_spread"] == 13e9 < found["largest_spread"]


def test_the_fleet_is_sized_for_it(found: dict[str, float]) -> None:
    rate = 312e12 * 0.36 * 0.9 / factor("ampere/large")
    exact = 3.43e7 * PFLOPS_DAY / (rate * 365 * 86_400)
    assert found["gpus_exact"] == pytest.approx(exact)
    assert found["gpus_working"] == math.ceil(math.ceil(exact) / 8) * 8
    assert found["gpus_for_memory"] == 320_000 / 40
    assert found["performance_class"] == "ampere/large"
    assert load(NAME, ["class_parameters=7B"]).numbers["performance_class"] == "ampere/small"


def test_what_the_thread_prints_stands_beside_ours_with_the_reason() -> None:
    scenario = load(NAME)
    printed = {
        key.removeprefix("published_"): fact
        for key, fact in scenario.facts.items()
        if key.startswith("published_") and not isinstance(fact.value, Undefined)
    }
    values = {key: fact.value for key, fact in printed.items()}
    assert values["projected_cost"] == 8.6e9 and values["projected_cost_next_chip"] == 1.4e9
    assert values["projected_quarters"] == 1 and values["projected_bytes"] == 23e12
    for key, fact in printed.items():
        assert fact.source and fact.note, key
    for key in ("projected_cost", "projected_cost_next_chip"):  # they agree to the digit printed
        assert round(scenario.numbers[key] / 1e8) == round(values[key] / 1e8)
    gap = scenario.numbers["published_projected_quarters_gap"]
    assert gap == pytest.approx(scenario.numbers["projected_quarters"] - 1, abs=1e-6)


def test_the_first_page_says_it(found: dict[str, Any]) -> None:
    assert found["projection_sentence"] == (
        "The next model costs 8.6 bn USD on the last one's chips, 1.4 bn on newer ones: "
        "1.2 quarters of the supplier's sales."
    )
    assert found["contradiction_sentence"] == (
        "The source has 5.0 times the compute of the last model's own paper; both by "
        "6 P D, the next one costs 28.0 bn USD."
    )
    assert found["corpora_sentence"] == (
        "It needs 16.0 trillion tokens; the corpora listed hold 9.4 trillion, 59% of that."
    )


def test_the_terminal_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    app(["show", NAME, "--json"], standalone_mode=False)
    said = json.loads(capsys.readouterr().out)
    assert round(said["lines"]["projected_cost"]["value"]) == 8_621_857_923
    assert said["tables"]["zero_stages"][2]["id"] == "gradients too"


def test_five_keys_and_a_deadline_are_a_projection(tmp_path: Path) -> None:
    path = tmp_path / "least.yaml"
    path.write_text(GIVEN)
    numbers = load(str(path)).numbers
    assert numbers["projected_cost"] == pytest.approx(4.6e6 * 3.43e7 / 3_640)
    assert numbers["projected_tokens"] == pytest.approx(3.43e7 * PFLOPS_DAY / (6 * 20e12))
    assert numbers["from_flop_as_in_paper"] == 0, "the paper's own compute is no finding"
    assert str(numbers["contradiction_sentence"]).endswith("last model's own paper.")
    assert len(numbers["corpora"]) == 3, "the corpora of the product"


def test_a_corpus_without_a_size_counts_nothing_and_is_said(tmp_path: Path) -> None:
    path = tmp_path / "gap.yaml"
    path.write_text(
        GIVEN + "  corpora:\n    - {corpus: a, tokens: 1B}\n    - {corpus: b, books: 3}\n"
    )
    scenario = load(str(path))
    rows = as_json(scenario)["tables"]["corpora"]
    assert [row["corpus_size"] for row in rows] == [1e9, None]
    assert [row["corpus_share"] is None for row in rows] == [False, True]
    assert scenario.numbers["corpora_tokens"] == 1e9
    assert scenario.numbers["corpora_sized"] == 1
    assert "1 of the corpora have neither" in scenario.numbers["corpora_sized_note"]


def test_another_currency_converts_defaults_only(tmp_path: Path) -> None:
    path = tmp_path / "euro.yaml"
    rate = "currency: EUR\nusd_rate: {value: 0.9, date: 2026-11-20, source: treasury}\n"
    path.write_text(rate + GIVEN.replace("  from_cost: 4.6 M USD\n", ""))
    numbers = load(str(path)).numbers
    assert numbers["from_cost"] == pytest.approx(0.9 * 4.6e6)
    assert numbers["supplier_quarter_revenue"] == pytest.approx(0.9 * 1.15e9)


def test_what_is_a_dash_in_a_sum_is_one_in_every_engine(tmp_path: Path) -> None:
    """Without stated tokens half of the comparisons are dashes: the workbook shows them so."""
    from tco.verify import verify

    path = tmp_path / "gaps.yaml"
    path.write_text(
        GIVEN + "  corpora:\n    - {corpus: a, tokens: 1B}\n    - {corpus: b, books: 3}\n"
    )
    scenario = load(str(path))
    assert isinstance(scenario.numbers["projected_law_flop"], Undefined)
    assert isinstance(scenario.numbers["projected_over_law"], Undefined)
    made = tmp_path / "gaps.xlsx"
    made.write_bytes(workbook(scenario))
    assert all(not one.differences for one in verify(made))


# ---- edits, mistakes, checks --------------------------------------------------------------------


def _sets(overrides: dict[str, Any]) -> list[str]:
    return [f"{key}={value}" for key, value in overrides.items()]


@pytest.mark.parametrize("overrides", EDITS[NAME], ids=lambda one: "-".join(map(str, one)))
def test_every_edit_loads_and_changes_something(overrides: dict[str, Any]) -> None:
    base, edited = as_json(load(NAME)), as_json(load(NAME, _sets(overrides)))
    inputs = {key.rpartition(".")[2] for key in overrides} | set(overrides)
    lines = [key for key in base["lines"] if key not in inputs]
    changed = [key for key in lines if base["lines"][key] != edited["lines"][key]]
    assert changed or base["tables"] != edited["tables"]
    assert all(edited["lines"][key]["value"] == edited["lines"][key]["value"] for key in lines)


def test_the_edits_touch_every_input_of_this_kind() -> None:
    model = model_for("projection")
    ours = {key for key, one in model.givens.items() if one.section == "workload" and not one.of}
    table = model.tables["corpora"]
    columns = {f"corpora.{table.spelled(one.key)}" for one in model.along("corpora")}
    scalars = {key for key in ours if model.givens[key].along is None}
    touched = {key for one in EDITS[NAME] for key in one}
    cells = {f"corpora.{key.rpartition('.')[2]}" for key in touched if "." in key}
    assert scalars <= touched and columns <= cells


@pytest.mark.parametrize(("text", "words"), BAD, ids=[words for _, words in BAD])
def test_a_mistaken_file_is_refused_in_words(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    with pytest.raises(Mistakes) as refused:
        load(str(path))
    said = [f"{one.wrong} {one.remedy}" for one in refused.value.mistakes]
    assert any(words in one for one in said), said


def _flag(key: str, overrides: dict[str, Any]) -> tuple[float, str]:
    scenario, model = load(NAME), model_for("projection")
    values = {**scenario.values, **option_lists(scenario.catalogue, model), **overrides}
    got = model.evaluate(values, only=[key, f"{key}_note"])
    return float(got[key]), str(got[f"{key}_note"])


def test_every_check_of_this_kind_has_a_way_to_break_it() -> None:
    shared = {one.flag.key for one in model_for("train").checks}
    ours = {
        one.flag.key
        for one in model_for("projection").checks
        if not one.limit and not one.flag.key.endswith(("_known", "_supplied"))
    }
    assert ours - shared == set(BROKEN)


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_invariant_fires_its_check(key: str) -> None:
    overrides, words = BROKEN[key]
    fired, said = _flag(key, overrides)
    assert fired == 1
    assert words in said


def test_no_error_fires_and_the_findings_are_the_known_ones(found: dict[str, Any]) -> None:
    fired = {one.flag.key for one in load(NAME).model.checks if found[one.flag.key]}
    assert not fired & {one.flag.key for one in load(NAME).model.checks if one.kind == "error"}
    assert fired == {
        "from_flop_as_in_paper",
        "projection_agrees",
        "corpora_suffice",
        "speedup_as_stated",
        "offer_is_cheapest",
        "prices_recent",
    }


def test_the_papers_own_compute_is_no_finding() -> None:
    numbers = load(NAME, ["from_flop=3640 PFLOP/s-days", "next_chip_speedup=6"]).numbers
    assert numbers["from_flop_as_in_paper"] == numbers["speedup_as_stated"] == 0
    assert load(NAME, ["projection_basis=tokens"]).numbers["projection_agrees"] == 0
    assert load(NAME, ["stated_tokens=9e12"]).numbers["corpora_suffice"] == 0


def test_the_chips_of_the_note_are_that_far_apart() -> None:
    """The note on the speed-up names the dense peaks of both generations."""
    peaks = {row["id"]: float(row["fp16_tflops"] or 0) for row in file_rows("chips")}
    assert peaks["a100-sxm4-40gb"] / peaks["v100-sxm2-32gb"] == pytest.approx(2.5, abs=0.01)
    assert "2.5 apart" in load(NAME).facts["next_chip_speedup"].note


@needs_libreoffice
@pytest.mark.xdist_group(NAME)
def test_libreoffice_recomputes_the_published_figures(opened: Opened) -> None:
    live = opened(NAME)

    def value(key: str) -> Any:
        found = [live.book[place] for place in live.range_of(key)]
        return found if len(found) > 1 else found[0]

    assert round(value("projected_cost") / 1e9, 2) == 8.62
    assert round(value("projected_quarters"), 2) == 1.22
    assert round(value("law_exponent"), 4) == 0.6288
    assert [round(one + 1e-9, 1) for one in value("zero_example_gb")] == [120, 31.4, 16.6, 1.9]
    assert np.allclose(value("corpus_size"), [3e9, 4e11, 9e12])
    assert [round(one) for one in value("count_pflops_days")][:3] == [18_300, 3_640, 3_646]

"""Tables that a scenario gives: a row more is a row everywhere, and each is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from tco.errors import Mistakes
from tco.page.report import as_json, as_list, explain
from tco.read.opening import locate
from tco.verify import verify
from tco.workbook.build import workbook
from tco.workbook.layout import lay_out
from tests.loaded import load

MORE = """
    - run: One more
      devices: 2
      price: 5
      hours: 10
"""


@pytest.fixture
def longer(tmp_path: Path) -> Path:
    """A bundled scenario with one row more."""
    path = tmp_path / "longer.yaml"
    path.write_text(locate("published-2019").read_text(encoding="utf-8") + MORE, encoding="utf-8")
    return path


def test_a_row_more_is_a_row_everywhere(longer: Path, tmp_path: Path) -> None:
    before, after = load("published-2019"), load(str(longer))
    assert after.numbers["runs_total"] == before.numbers["runs_total"] + 2 * 5 * 10
    rows = as_json(after)["tables"]["runs"]
    assert rows[-1]["id"] == "One more" and rows[-1]["run_cost"] == 100
    assert "One more" in as_list(after)
    book = lay_out(after)
    for title in ("Summary", "Tables", "Demand", "Sources"):
        shown = [str(cell.value) for cell in book[title].cells.values()]
        assert any("One more" in one or "runs, row 8" in one for one in shown), title
    path = tmp_path / "longer.xlsx"
    path.write_bytes(workbook(after))
    assert all(not one.differences for one in verify(path))


def test_a_value_of_a_row_is_set_by_name_or_number() -> None:
    by_name = load("published-2019", ["runs.BERT-large.hours=4 h"]).numbers["run_cost"][0]
    by_number = load("published-2019", ["runs.1.hours=4"]).numbers["run_cost"][0]
    assert by_name == by_number == 16 * 8 * 4
    with pytest.raises(Mistakes, match=r"runs\.9\.hours is no value of runs"):
        load("published-2019", ["runs.9.hours=4"])
    with pytest.raises(Mistakes, match="their keys are: run, devices"):
        load("published-2019", ["runs.1.our=4"])


def test_a_row_that_is_set_has_no_longer_its_source() -> None:
    rows = load("published-2019", ["runs.1.hours=4"]).tables["runs"]
    assert rows[0].source.startswith("stated: typed over") and "article" in rows[1].source


def test_a_given_table_takes_the_place_of_the_default_one(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "workload:\n  kind: runs\n"
        "  units: [{unit: device, devices_per_unit: 1}, {unit: rack, devices_per_unit: 72}]\n"
        "  runs: [{run: a, devices: 2, counted_in: RACK, price: 3, hours: 10}]\n"
    )
    found = load(str(path))
    assert found.numbers["runs_total"] == 2 * 72 * 3 * 10
    assert found.tables["runs"][0].values["counted_in"] == "rack"  # spelled as its row is


def test_a_line_along_a_table_is_explained_row_by_row() -> None:
    said = explain(load("published-2019"), "run_cost")
    assert "BERT-large                   12,288.00" in said
    assert "Of the table runs: devices, counted_in, price, hours" in said
    assert "7 row(s): article on what published models cost" in said
    assert "Formula:   =run_device_hours*price" in said


def test_the_hash_holds_the_rows() -> None:
    changed = load("published-2019", ["runs.1.hours=95"])
    assert changed.sha256 != load("published-2019").sha256


# A row more for a table: its name, or the values that make it one of its own.
ROWS_MORE = {
    ("published-2019", "units"): {"unit": "TPU v4 pod", "devices_per_unit": 1024},
    ("published-2019", "runs"): {"run": "One more", "devices": 2, "price": 5, "hours": 10},
    ("icml-2024-programme", "widths"): 32_768,
    ("icml-2024-programme", "terms"): {"experiment": "gamma", "multiplicity": 7},
    ("icml-2024-programme", "experiments"): {"experiment": "One more"},
    ("wikitext-103-for-30-dollars", "speeds"): {"gpu": "One more"},
    ("gpt4-as-seen-in-2020", "corpora"): {"corpus": "One more", "tokens": 5e11},
    ("llm-four-stages", "stages"): {"stage": "One more", "basis": "gpu_days", "gpus": 8, "days": 1},
}


@pytest.mark.parametrize(("name", "axis"), ROWS_MORE)
def test_a_row_more_of_any_table_is_a_row_everywhere(name: str, axis: str, tmp_path: Path) -> None:
    from ruamel.yaml import YAML

    from tco.catalogue.shipped import default_rows

    yaml = YAML(typ="safe", pure=True)
    tree = yaml.load(locate(name).read_text(encoding="utf-8"))
    before = load(name)
    row = ROWS_MORE[name, axis]
    rows = tree["workload"].setdefault(axis, [dict(one) for one in default_rows(axis)])
    rows.append({**rows[-1], **row} if axis == "speeds" else row)
    if axis == "experiments":  # one without a term is refused
        tree["workload"]["terms"].append({"experiment": "One more", "multiplicity": 1})
    path = tmp_path / f"{name}-more.yaml"
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(tree, file)
    after = load(str(path))
    assert len(after.numbers[axis]) == len(before.numbers[axis]) + 1
    assert len(as_json(after)["tables"][axis]) == len(after.numbers[axis])
    title = str(after.numbers[axis][-1])
    book = lay_out(after)
    for sheet in ("Tables", "Demand", "Sources"):
        told = [str(cell.value) for cell in book[sheet].cells.values()]
        place = f"{axis}, row {len(after.numbers[axis])}"
        assert place in told if sheet == "Sources" else title in told, sheet
    made = tmp_path / "more.xlsx"
    made.write_bytes(workbook(after))
    assert all(not one.differences for one in verify(made))

"""`tco inputs` lists what may be typed: all of it, as it is typed, with defaults that load."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tco.lines import Choice, Given, Model
from tco.model import KINDS, OWNABLE, OWNED, model_for
from tco.read.inputs import GIVE, NONE, Typed, as_csv, as_json, asked, every_input
from tco.read.schema import TOP_TABLES, blocks, typed_in
from tests.errors.conftest import run_in


def _by_place(inputs: list[Typed]) -> dict[tuple[str, str, str], Typed]:
    return {one.place: one for one in inputs}


@pytest.mark.parametrize("kind", KINDS)
def test_every_input_of_a_kind_is_listed(kind: str) -> None:
    """As the models that read files have them, which are slower to make."""
    found = _by_place(every_input([kind]))
    seen = set()
    for owned in {False, kind in OWNABLE}:
        tendered = owned or kind == OWNED
        tables = dict.fromkeys(("quoted", "rent_quoted", "awarded"), tendered)
        full = ({}, tables, {**tables, "listed": tendered})
        for given in full if kind in ("train", OWNED) else full[:1]:  # a model takes a second
            seen |= _places(model_for(kind, owned, **given))
    assert seen <= set(found)
    if kind in ("train", OWNED):
        assert {place for place in found if place[0]} <= seen
    assert all(one.kinds == (kind,) for one in found.values())


def _places(model: Model) -> set[tuple[str, str, str]]:
    scalars = {(block, "", key) for block, items in blocks(model).items()
               for key, one in items.items() if isinstance(one, Given)}  # fmt: skip
    rows = {
        ("" if table in TOP_TABLES else axis.section, table, axis.spelled(one.key))
        for table, axis in model.tables.items() for one in typed_in(model, table)
    }  # fmt: skip
    return scalars | rows


def test_nothing_else_is_listed(tmp_path: Path) -> None:
    """Every default, typed in full, is read without a mistake."""
    for kind, head in {"own": "", "train": "  parameters: 70B\n  tokens: 2T\n"}.items():
        said: dict[str, list[str]] = {"workload": [f"  kind: {kind}\n{head}  deadline: 30 days"]}
        asked_for = every_input([kind])
        if kind == "own":
            said["own"] = ["  fleet_gpus: 512", "  utilization: 70 %"]
            said["buy"] = ["  server_price: 240_000"]
        typed = 0
        for one in asked_for:
            plain = one.where in ("", "without quotes", "without block own", "without items")
            if one.block and not one.table and plain and _is_typed(one.default):
                said.setdefault(one.block, []).append(f"  {one.key}: {one.default}")
                typed += 1
        assert typed > 40
        text = "".join(f"{block}:\n" + "\n".join(lines) + "\n" for block, lines in said.items())
        (tmp_path / f"{kind}.yaml").write_text(text, encoding="utf-8")
        answer = run_in(tmp_path, "show", f"{kind}.yaml")
        assert answer.code == 0, answer.err


def _is_typed(default: str) -> bool:
    return default not in (GIVE, NONE, "looked up", "computed") and not default.startswith("as ")


def test_a_default_says_where_it_comes_from() -> None:
    for one in every_input([*KINDS]):
        if one.default not in (GIVE, NONE):
            assert one.source, one.key
        assert one.label and one.allowed is not None
    prices = _by_place(asked("own"))
    assert prices["energy", "", "power_price"].source == "catalogue: grids, by region"
    assert prices["own", "", "discount_rate"].source.startswith("guess: ")
    assert prices["own", "", "fleet_gpus"].default == GIVE
    assert prices["own", "", "utilization"].allowed == "at least 0 % and at most 100 %"
    assert prices["own", "", "period_years"].allowed == "exactly 1"
    assert prices["own", "", "facility_basis"].allowed == "colo, own_dc, share"
    assert prices["own", "", "colo_term_years"].default == "as horizon_years"


def test_a_bound_is_the_one_that_is_held_to() -> None:
    model = model_for("own")
    for (block, table, key), one in _by_place(asked("own")).items():
        item = model.givens.get(key)
        if block and not table and item and item.bounded and not isinstance(item, Choice):
            assert one.allowed, key
            ends = (item.above, item.least, item.most)
            for word, end in zip(("above", "at least", "at most"), ends, strict=True):
                exact = one.allowed.startswith("exactly")
                assert (word in one.allowed) == (end is not None and not exact), key


def test_without_a_kind_each_says_in_which_it_is(tmp_path: Path) -> None:
    said = run_in(tmp_path, "inputs").out
    line = next(one for one in said.splitlines() if one.strip().startswith("experiment "))
    assert line.endswith("Kinds: programme.")
    rate = next(one for one in said.splitlines() if one.strip().startswith("usd_rate "))
    assert rate.endswith("Kinds: all.")
    assert len(asked("")) > len(asked("own")) > 200


def test_it_is_grouped_by_block_and_a_line_each(tmp_path: Path) -> None:
    said = run_in(tmp_path, "inputs", "own").out
    heads = [one for one in said.splitlines() if one.endswith(":") and not one.startswith(" ")]
    assert heads[:3] == ["workload:", "fleet:", "rent:"] and len(heads) == len(set(heads))
    for key in ("fleet_gpus", "server_price", "deadline_days or deadline"):
        assert sum(one.startswith(f"  {key} ") for one in said.splitlines()) == 1


@pytest.mark.parametrize(("word", "kind"), [("stages", "pipeline"), ("run", "train")])
def test_what_people_call_a_kind_names_it(word: str, kind: str, tmp_path: Path) -> None:
    named, called = run_in(tmp_path, "inputs", kind), run_in(tmp_path, "inputs", word)
    assert named.code == 0 and named.out == called.out


def test_a_kind_that_is_none(tmp_path: Path) -> None:
    answer = run_in(tmp_path, "inputs", "progamme")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "tco inputs: “progamme” is not a kind of scenario\n"
        "Did you mean programme? It is one of: train (run), runs, programme, pipeline (stages), "
        "projection, budget, own. All of them: tco inputs\n"
    )


def test_for_programs(tmp_path: Path) -> None:
    listed = asked("budget")
    read = json.loads(run_in(tmp_path, "inputs", "budget", "--json").out)
    assert len(read) == len(listed) and read == json.loads(as_json(listed))
    rows = list(csv.DictReader(io.StringIO(run_in(tmp_path, "inputs", "budget", "--csv").out)))
    assert [one["key"] for one in rows] == [one.key for one in listed]
    assert rows == list(csv.DictReader(io.StringIO(as_csv(listed))))
    assert {"block", "key", "unit", "default", "allowed", "source", "date"} <= {*rows[0]}

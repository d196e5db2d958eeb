"""The JSON Schema of scenario files: small, shared, true to what is read, and it marks mistakes."""

from __future__ import annotations

import copy
import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from tco.files import bundled
from tco.model import KINDS, OWNABLE, OWNED, model_for
from tco.read.editor import as_text, schema
from tco.read.schema import FORMER, TOP_TABLES, shape_of, shared_with_owned
from tests.conftest import SCENARIOS
from tests.errors.conftest import GALLERY

THREE_LINES = {"parameters": "70B", "tokens": "2T", "deadline": "60 days"}
GOOD: dict[str, Any] = {
    "title": "mine",
    "workload": {"kind": "train", **THREE_LINES},
    "fleet": {"chip": "a100-sxm4-80gb", "mfu": {"value": 0.4, "source": 2026}, "zero_stage": 3},
    "buy": {"gpu_price": "10_000", "overhead_basis": "shares"},
    "published": {"gpus": 100, "buy_total": {"value": "1 M", "source": "us"}},
    "deadlines": [5, "10 days"],
}
STAGES: dict[str, Any] = {
    "workload": {
        "kind": "pipeline",
        "parameters": "70B",
        "deadline": "60 days",
        "stages": [{"stage": "Pre-training", "basis": "flop", "flop": 1e23, "gpus": 1000}],
    }
}
BILLED: dict[str, Any] = {
    "workload": {**THREE_LINES},
    "items": [{"item": "Server", "category": "server", "per": "server", "count_per": 1,
               "unit_price": "420_000", "source": "quote: Vendor A"}],
    "buy": {"servers_per_rack": 4},
}  # fmt: skip


BY_ITEMS = {"servers_per_rack", "storage_estimate"}  # inputs of a bill by items alone


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return schema()


@pytest.fixture(scope="module")
def validator(made: dict[str, Any]) -> Draft202012Validator:
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def from_yaml(text: str, version: tuple[int, int]) -> Any:
    """A file as a library of that version of YAML reads it; a date is a text in JSON."""
    reader = YAML(typ="safe", pure=True)
    reader.version = version  # type: ignore[assignment]
    return _plain(reader.load(text))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value)[:10] if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("version", [(1, 1), (1, 2)])
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_passes(
    name: str, version: tuple[int, int], validator: Draft202012Validator
) -> None:
    text = (bundled("scenarios") / f"{name}.yaml").read_text(encoding="utf-8")
    errors = [f"{one.json_path}: {one.message}" for one in
              validator.iter_errors(from_yaml(text, version))]  # fmt: skip
    assert errors == []


def test_the_two_versions_of_yaml_differ() -> None:
    """Else passing both would say nothing."""
    assert from_yaml("a: yes", (1, 1)) == {"a": True}
    assert from_yaml("a: yes", (1, 2)) == {"a": "yes"}


@pytest.mark.parametrize(
    "good",
    [
        GOOD,
        STAGES,
        THREE_LINES,
        {**THREE_LINES, "kind": "train", "title": "mine", "fleet": {"whole_servers": True}},
        {"workload": {**THREE_LINES}, "fleet": None},
        {"workload": {**THREE_LINES}, "fleet": {"whole_servers": "yes", "mfu": None}},
        {"workload": {**THREE_LINES}, "catalogue": ["a.csv", "b.csv"], "as_of": "2026-11-21"},
        {"workload": {**THREE_LINES}, "own": {"horizon_years": "5 years", "pue": 1.2}},
        {"workload": {**THREE_LINES}, "fleet": {"gpus": "1_000", "precision": "bf16"}},
        {"workload": {**STAGES["workload"], "stages": ["Pre-training"]}},
        {
            "workload": {**THREE_LINES},
            "currency": "EUR",
            "usd_rate": {"value": 0.92, "date": "2026-11-20"},
            "currencies": [{"currency": "GBP", "rate": 1.17, "date": "2026-11-19"}],
            "buy": {"gpu_price": {"value": "EUR 10_000", "low": "£8_000", "high": "US$ 12_000"}},
            "rent": {"reserved_price": "2.35 USD/h"},
        },
        BILLED,
        {"workload": {**THREE_LINES}, "buy": {"items": BILLED["items"], "bom_basis": "items"}},
        {"workload": {"kind": "own"}, "own": {"items": BILLED["items"]}},
        {
            "workload": {"kind": "own"},
            "items": [{"item": "Switch", "vendor": "A"}],
            "quotes": [{"vendor": "A", "item": "Switch", "price": 5, "power_kw": 0}],
        },
    ],
)
def test_good_files_pass(good: Any, validator: Draft202012Validator) -> None:
    assert [one.message for one in validator.iter_errors(good)] == []


def changed(base: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A file with another value somewhere; `...` takes the key away."""
    found = copy.deepcopy(base)
    *above, key = path.split(".")
    spot: Any = found
    for step in above:
        spot = spot[int(step)] if isinstance(spot, list) else spot.setdefault(step, {})
    if value is ...:
        del spot[key]
    else:
        spot[int(key) if isinstance(spot, list) else key] = value
    return found


BAD = (
    # keys that are none
    (GOOD, "fleett", {}), (GOOD, "fleet.chipp", "a100-sxm4-80gb"), (GOOD, "tokens", "2T"),
    (GOOD, "workload.Parameters", "70B"), (GOOD, "fleet.mfu.sauce", "us"), (GOOD, "buy.mfu", 0.4),
    (GOOD, "published.zebra", 1), (GOOD, "published.chip", 1), (THREE_LINES, "mfu", 0.4),
    (STAGES, "workload.stages.0.gpuss", 8), (STAGES, "deadlines", [5]),
    (STAGES, "workload.tokens_per_parameter", 20),
    # values of another type
    (GOOD, "workload.parameters", "many"), (GOOD, "workload.parameters", True),
    (GOOD, "workload.parameters", [70]), (GOOD, "workload.parameters", {"low": 1}),
    (GOOD, "workload.parameters", {"value": None}), (GOOD, "fleet.mfu.value", {"value": 0.4}),
    (GOOD, "fleet.mfu.source", ["us"]), (GOOD, "fleet.mfu.date", "yesterday"),
    (GOOD, "fleet.mfu.high", "high"), (GOOD, "published.gpus", "most"), (GOOD, "title", ["mine"]),
    (GOOD, "as_of", "21.11.2026"), (GOOD, "currency", "dollars"), (GOOD, "catalogue", 5),
    (GOOD, "currencies", {"GBP": 1.17}), (GOOD, "currencies", [{"currency": "GBP"}]),
    (GOOD, "buy.gpu_price", "dear"), (GOOD, "usd_rate", "cheap"),
    (GOOD, "deadlines", "5 days"), (GOOD, "deadlines", ["soon"]),
    (STAGES, "workload.stages.0.flop", "much"), (STAGES, "workload.stages.0.flop", {"value": 1}),
    # options that are none
    (GOOD, "workload.kind", "trian"), (GOOD, "fleet.precision", "fp12"), (GOOD, "fleet.chip", 5),
    (GOOD, "fleet.zero_stage", 7), (GOOD, "fleet.zero_stage", "33"),
    (GOOD, "fleet.whole_servers", "perhaps"), (GOOD, "buy.overhead_basis", "both"),
    (STAGES, "workload.stages.0.basis", "guess"), (BILLED, "items.0.category", "host"),
    (BILLED, "items.0.per", "port"), (BILLED, "items.0.price", 5), (BILLED, "items", 5),
    # blocks and values that change places
    (GOOD, "fleet", "a100-sxm4-80gb"), (GOOD, "fleet", ["chip"]), (GOOD, "workload", "train"),
    (GOOD, "buy", 10_000), (GOOD, "published", [1]), (STAGES, "workload.stages", "Pre-training"),
    (STAGES, "workload.stages", {"stage": "Pre-training"}),
)  # fmt: skip


@pytest.mark.parametrize(("base", "path", "value"), BAD)
def test_bad_files_fail(
    base: dict[str, Any], path: str, value: Any, validator: Draft202012Validator
) -> None:
    assert not validator.is_valid(changed(base, path, value))


SHAPE = re.compile(
    "is not a key|is not a kind|is one value, not|is a block of keys|is a list$|is not a number|"
    "is not an option of (?!chip|offer|region|item|vendor)", re.MULTILINE,
)  # fmt: skip
MISTAKEN = [
    case for case in sorted(path.stem for path in GALLERY.glob("*.txt"))
    if SHAPE.search((GALLERY / f"{case}.txt").read_text(encoding="utf-8"))
    and case != "merge-key"  # a library merges before anything is checked
    and case != "rent-quotes-without-years"  # a file asks for years by another key
]  # fmt: skip


@pytest.mark.parametrize("case", MISTAKEN)
def test_what_is_refused_for_its_shape_fails(case: str, validator: Draft202012Validator) -> None:
    """The gallery's files with keys, kinds, options and types that are none."""
    text = (GALLERY / f"{case}.yaml").read_text(encoding="utf-8-sig")
    try:
        found = from_yaml(text, (1, 2))
    except Exception:  # an editor says so itself
        return
    assert not validator.is_valid(found)


def test_the_gallery_has_such_files() -> None:
    assert len(MISTAKEN) > 30


# ---- what it is made of --------------------------------------------------------------------------


def test_it_is_small_and_has_no_loose_ends(made: dict[str, Any]) -> None:
    text = as_text(made)
    assert json.loads(text) == made
    assert len(text.encode()) < 450_000
    pointed = set(re.findall(r'"#/\$defs/([^"]+)"', text))
    assert pointed == set(made["$defs"])
    assert all(re.fullmatch(r"[\w.]+", name) for name in pointed)  # else no part of an address


def test_each_key_is_described_once(made: dict[str, Any]) -> None:
    """An editor shows the description; kinds that mean the same share it."""
    described = re.findall(r'"(\w+?)(?:\.\d+)?": \{"description": "([^"]*)"', as_text(made))
    rows = {key for part in made["$defs"] if part.startswith("row_of_")
            for key in made["$defs"][part]["then"]["properties"]}  # fmt: skip
    tables = {part.removeprefix("row_of_") for part in made["$defs"] if "row_of_" in part}
    keys = [one for one in described if one[0] not in rows | tables]
    assert len(keys) == len(set(keys)) > 800
    model = model_for("train", True)
    assert ("pue", f"{model['pue'].label}. {model['pue'].note}") in keys


@pytest.mark.parametrize("kind", KINDS)
def test_it_knows_the_keys_that_are_read(kind: str, made: dict[str, Any]) -> None:
    model = model_for(kind, kind in OWNABLE, quoted=True, rent_quoted=True, awarded=True)
    shape = shape_of(model)

    def properties(part: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in part:
            part = made["$defs"][part["$ref"].removeprefix("#/$defs/")]
        found: dict[str, Any] = part.get("properties", {})
        return found

    file = made["$defs"][f"{kind}_file"]["properties"]
    listed = {"items"} if kind in (*OWNABLE, OWNED) else set()
    assert set(file) == {*shape.top, *listed}
    for block in file:
        if block in ("published", "usd_rate", *TOP_TABLES):
            continue
        shared = {*shared_with_owned(model), *FORMER} if block == "own" else set()
        shared |= listed if block in ("own", "buy") else set()
        shared |= BY_ITEMS if listed and block == "buy" else set()
        assert set(properties(file[block])) == set(shape.keys(block)) | shared, block
    names = {name for part in file["published"]["propertyNames"]["anyOf"]
             for name in made["$defs"][part["$ref"].removeprefix("#/$defs/")]["enum"]}  # fmt: skip
    assert names == set(shape.keys("published"))
    for key, table in model.tables.items():
        if key in TOP_TABLES:
            rows = made["$defs"][file[key]["$ref"].removeprefix("#/$defs/")]["items"]
        else:
            rows = properties(file[table.section])[key]["items"]
        if key == "currencies":  # rates of money that is typed in them, in every kind
            row = rows["properties"]
        else:
            row = made["$defs"][rows["$ref"].removeprefix("#/$defs/")]["then"]["properties"]
        assert set(row) == set(shape.keys(table.section, key, 0))


def test_the_command_prints_it(made: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    from tco import cli

    cli.schema()
    assert json.loads(capsys.readouterr().out) == made


def test_ci_has_a_script_for_another_validator() -> None:
    """It is run with ajv, which no Python package brings."""
    script = Path(__file__).parents[1] / ".ci/schema.mjs"
    assert "ajv/dist/2020" in script.read_text(encoding="utf-8")

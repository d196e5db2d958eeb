"""The house is in order: units, imports, formulas, sheets, facts; and adding is one change."""

from __future__ import annotations

import ast
import csv
import datetime
import functools
import graphlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import tco
from tco.catalogue import shipped as catalogue
from tco.catalogue.shipped import MISSING, defaults, shipped, source_columns
from tco.lines import (
    YEARS,
    Cells,
    Choice,
    Line,
    Model,
    ModelError,
    Reference,
    UnitError,
    excel,
    is_row_by_row,
    line,
    parse,
    unit_of,
    words,
)
from tco.lines.expression import Call, Expression, walk
from tco.lines.units import Unit
from tco.lines.vocabulary import (
    counted,
    defined,
    highest,
    least_of,
    lookup,
    lowest,
    mean,
    median,
    passing_on,
    quartile,
    times_listed,
    total_where,
    undefined,
    where,
    where_known,
)
from tco.model import KINDS, model_for
from tco.model.own.draws import CORRELATIONS
from tco.quantities.forms import form, known_units
from tco.read import loading
from tco.verify import formula_values
from tco.workbook.casetable import has_cases
from tco.workbook.layout import lay_out
from tco.workbook.sheets import (
    INPUT_HEADINGS,
    order,
    working,
)
from tests.conftest import SCENARIOS
from tests.lines.variants import EVERY_MODEL, Variant
from tests.loaded import load
from tests.sampling import books

PACKAGE = Path(tco.__file__).parent
FLAT = Cells(at=lambda key: "$D$100", before=lambda key: "C100", range=lambda key: "$A$1:$A$9")
_CODED = {"quote_state"}  # its numbers count the words of quote_standing
_NO_UNIT = {"exchange_odd"}  # one of the own currency costs one of it: a price beside a number
LITERALS = {0, 1, 2, 3, 12, 24, 6} | {10.0**power for power in range(1, 36)}


def units_of(model: Model) -> dict[str, object]:
    units = {key: parse(one.unit) for key, one in {**model.givens, **model.lines}.items()}
    texts = (*model.columns, *model.axes, *model.tables)
    if "quotes" in model.tables:  # what is quoted is counted in pieces, and a server is one
        units = {key: _by_piece(one) for key, one in units.items()}
    return {**units, **{key: parse("text") for key in texts}}


def _by_piece(unit: Unit) -> Unit:
    return replace(unit, powers=tuple(one for one in unit.powers if one[0] != "server"))


# ---- lines --------------------------------------------------------------------------------------


@EVERY_MODEL
def test_every_formula_yields_its_declared_unit(at: Variant) -> None:
    units = units_of(at.model)
    for one in at.model.lines.values():
        if one.key in _NO_UNIT:
            continue
        found = unit_of(one.tree, units)
        assert found is None or found.same_as(units[one.key]), f"{one.key}: {found}"


def test_the_unit_test_can_fail() -> None:
    @line("Wrong", "USD")
    def wrong(gpus, deadline_days):
        """A count plus a time."""
        return gpus + deadline_days

    @line("Unconverted", "kWh")
    def unconverted(power_kw, days_needed):
        """Kilowatts times days, the 24 forgotten."""
        return power_kw * days_needed

    units = units_of(model_for("train"))
    with pytest.raises(UnitError):
        unit_of(wrong.tree, units)
    assert not unit_of(unconverted.tree, units).same_as(parse("kWh"))


@EVERY_MODEL
def test_every_unit_has_a_form_of_its_own(at: Variant) -> None:
    for key, one in {**at.model.givens, **at.model.lines}.items():
        if not one.is_text:
            assert one.form in known_units(), f"{key} is in {one.form}"
            assert form(one.form).cell != "General"


@EVERY_MODEL
def test_labels_are_unique_and_notes_are_sentences(at: Variant) -> None:
    labels = [one.label for one in (*at.model.givens.values(), *at.model.lines.values())
              if not one.label.startswith("of which")]  # fmt: skip
    assert len(labels) == len(set(labels)), sorted({x for x in labels if labels.count(x) > 1})
    for one in at.model.lines.values():
        assert one.note.rstrip().endswith("."), f"{one.key}: {one.note!r}"


def _undefinable(model: Model, key: str) -> bool:
    if key in model.givens:
        return not model.givens[key].required
    if key not in model.lines:
        return False
    tree = model.lines[key].tree
    if model.lines[key].guards:
        return True
    if isinstance(tree, Call) and tree.word is lookup:  # what is looked up may be a dash
        return isinstance(tree.parts[2], Reference) and _undefinable(model, tree.parts[2].key)
    return any(isinstance(part, Call) and part.word is undefined for part in walk(tree))


def _bare(tree: Expression, sheltered: bool = False) -> Iterator[str]:
    """References read outside any where() that could have tested them, and outside least_of."""
    if isinstance(tree, Reference):
        if not sheltered:
            yield tree.key
    elif isinstance(tree, Call) and tree.word is passing_on:
        written, *guards = tree.parts
        yield from set(_bare(written, sheltered)) - {one.key for one in guards}
    elif isinstance(tree, Call):
        inside = (  # AND and OR are not lazy in every engine, so they are no shelter
            sheltered
            or is_row_by_row(tree)
            or tree.word
            in (where, where_known, defined, least_of, total_where, lookup, times_listed)
            or tree.word in (counted, mean, median, quartile, lowest, highest)  # they skip texts
            or tree.word.unit in ("chosen", "test_any")
        )
        for place, part in enumerate(tree.parts):
            # The test of where() is computed whatever it says: only its branches are sheltered.
            yield from _bare(part, sheltered if tree.word is where and not place else inside)
    else:
        for part in (getattr(tree, "left", None), getattr(tree, "right", None)):
            if part is not None:
                yield from _bare(part, sheltered)


# What may be undefined and is read all the same, each with its reason.
_EXCUSED = {
    "gpus_needed": {"gpus_for_memory"},  # a scenario that undefines it is refused
    "gpus_bound": {"gpus_for_memory"},
    "quote_standing": {"offered_deviation"},  # words, and a dash is one
    "server_unit_price": {"known_server_price"},  # the same: a price is asked for, or an error says
}


@EVERY_MODEL
def test_whoever_reads_what_may_be_undefined_tests_it(at: Variant) -> None:
    model = at.model
    for one in model.lines.values():
        if one.section == "checks":
            continue
        bare = {key for key in _bare(one.tree) if _undefinable(model, key)}
        bare -= {one.key} if one.guarded else set()  # the year before, known where this one is
        assert bare <= _EXCUSED.get(one.key, set()), f"{one.key} reads {bare} untested"


@EVERY_MODEL
def test_formulas_are_short_unnested_and_use_allowed_numbers(at: Variant) -> None:
    for one in at.model.lines.values():
        if is_row_by_row(one.tree):
            continue  # each row is a cell of its own: a link, or a fixed value and no formula
        written = excel(one.tree, FLAT)
        assert len(written) < 250, f"{one.key}: {len(written)} characters"
        assert _nested_ifs(written) <= 1, f"{one.key}: {written}"
        for number in () if one.key in _CODED else _numbers(one.tree):
            assert abs(number) in LITERALS, f"{one.key}: {number}"


def _numbers(tree: Expression) -> Iterator[float]:
    from tco.lines.expression import Literal

    for part in walk(tree):
        if isinstance(part, Literal) and not isinstance(part.value, str):
            yield part.value


def _nested_ifs(written: str) -> int:
    """How deep IF stands in IF."""
    depth = deepest = 0
    stack: list[bool] = []
    for match in re.finditer(r'"(?:[^"]|"")*"|([A-Z]+)\(|[()]', written):
        text = match[0]
        if text.startswith('"'):
            continue
        if text.endswith("("):
            stack.append(match[1] == "IF")
            depth += stack[-1]
            deepest = max(deepest, depth)
        elif text == ")":
            depth -= stack.pop()
    return deepest


@EVERY_MODEL
def test_words_name_every_need(at: Variant) -> None:
    for one in at.model.lines.values():
        if one.section == "checks":  # a check reads some needs in its flag, some in its words
            continue
        said = words(one.tree, lambda key: f"<{key}>")
        for need in one.needs:
            assert f"<{need}>" in said, f"{one.key} does not say {need}: {said}"


# ---- imports ------------------------------------------------------------------------------------

# Each room may import those before it, and inside a room no modules import one another in a
# circle; the model knows no YAML, no Excel, no template.
ROOMS = (
    "usage",
    "widths",
    "lettering",
    "errors",
    "carried",
    "tables",
    "console",
    "locks",
    "beside",
    "files",
    "unpacking",
    "lines",
    "draws",
    "quantities",
    "catalogue",
    "facts",
    "model",
    "scenario",
    "read",
    "page",
    "workbook",
    "slides",
    "verify",
    "audit",
    "loading",
    "reconciling",
    "tender",
    "saying",
    "printing",
    "building",
    "comparing",
    "bridge",
    "cli",
    "__main__",
)
FORBIDDEN = {
    "lines": {"openpyxl", "jinja2", "ruamel", "pydantic", "typer", "pandas"},
    "model": {"openpyxl", "jinja2", "ruamel", "pydantic", "typer", "pandas", "numpy"},
    "scenario": {"openpyxl", "jinja2", "typer"},
    "page": {"pptx", "openpyxl", "ruamel", "typer"},
    "workbook": {"openpyxl", "ruamel", "jinja2", "typer", "pydantic", "pptx"},
}


def _imports(path: Path) -> Iterator[str]:
    """Every module a file imports, inside functions too; names behind TYPE_CHECKING do not run."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = {id(n) for block in ast.walk(tree)
              if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
              for n in ast.walk(block)}  # fmt: skip
    for node in ast.walk(tree):
        if id(node) in typing:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from dict.fromkeys(_read(node.module, alias.name) for alias in node.names)


def _read(module: str, name: str) -> str:
    """The module that `from module import name` reads: name itself where it is one of ours."""
    whole = f"{module}.{name}"
    return whole if whole in _modules() else module


@functools.cache
def _modules() -> dict[str, Path]:
    """Every module of the package, and its file."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = list(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _room(module: str) -> str:
    return module.split(".")[1]


def wrong_imports(module: str, imported: str) -> bool:
    """Whether a module of ours may not import another."""
    if imported.split(".")[0] in FORBIDDEN.get(_room(module), set()):
        return True
    if not imported.startswith("tco."):
        return False
    return ROOMS.index(_room(imported)) > ROOMS.index(_room(module))


def test_imports_point_one_way() -> None:
    graph = {}
    for module, path in _modules().items():
        if module == "tco":
            continue
        assert _room(module) in ROOMS, f"{module} is in no room: give it one, or a place in ROOMS"
        found = [*_imports(path)]
        graph[module] = {one for one in found if one.startswith("tco.")} - {module}
        for imported in found:
            assert not wrong_imports(module, imported), f"{module} imports {imported}"
    graphlib.TopologicalSorter(graph).prepare()  # refuses a circle and names it


def test_a_wrong_import_would_be_seen() -> None:
    assert wrong_imports("tco.model.run.fleet", "tco.workbook.cells")
    assert wrong_imports("tco.model.cost.buy", "openpyxl")
    assert wrong_imports("tco.lines.model", "tco.scenario")
    assert not wrong_imports("tco.scenario", "tco.model")
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()


# ---- facts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped().tables)
def test_every_row_of_the_catalogue_has_id_source_and_date(name: str) -> None:
    table = shipped()[name]
    assert len(set(table.ids)) == len(table.ids) > 0
    for row in table.rows:
        assert row["source"], row["id"]
        datetime.date.fromisoformat(row["date"])
        for column in table.columns:
            assert column.name in row
            cell = table.cell(row, column.name)
            if column.unit not in ("text", "date"):
                assert cell == MISSING or float(cell) >= 0


def number(row: Mapping[str, str], key: str) -> float | None:
    """A figure of the catalogue, None where it is blank."""
    return float(row[key]) if row[key] else None


def test_the_catalogue_is_as_large_as_promised() -> None:
    found = {name: len(table.rows) for name, table in shipped().tables.items()}
    assert found["chips"] >= 40 and found["offers"] >= 100
    assert found["grids"] >= 60 and found["runs"] >= 60


def test_the_documentation_counts_what_is_shipped() -> None:
    said = " ".join((PACKAGE.parent / "docs" / "prices.md").read_text(encoding="utf-8").split())
    rows = {name: len(catalogue.file_rows(name)) for name in shipped().tables}
    assert (
        f"{rows['chips']} accelerators, {rows['offers']} rental offers, {rows['grids']} grids and "
        f"{rows['runs']} published runs"
    ) in said


def test_every_id_resolves() -> None:
    chips, classes = shipped()["chips"].ids, shipped()["classes"].ids
    for row in shipped()["offers"].rows:
        assert row["chip"] in chips, row["id"]
    for row in shipped()["runs"].rows:
        assert row["chip"] in ("", *chips), row["id"]
        assert row["article_chip"] in ("", *chips), row["id"]
        assert row["performance_class"] in ("", *classes), row["id"]
    for row in shipped()["chips"].rows:
        for size in ("small", "medium", "large"):
            assert f"{row['family']}/{size}" in classes, row["id"]
    for model in map(model_for, KINDS):
        for given in model.givens.values():
            if given.catalogue and "{}" not in given.catalogue[1]:
                for name in (given.catalogue[1], *source_columns(*given.catalogue)):
                    shipped()[given.catalogue[0]].column(name)


def test_ranges_are_sane_and_every_figure_is_positive() -> None:
    for table in shipped().tables.values():
        names = {column.name for column in table.columns}
        for row in table.rows:
            for name in names:
                low, high = f"{name}_low", f"{name}_high"
                if low in names and high in names and row[name]:
                    base = float(row[name])
                    assert (number(row, low) or base) <= base <= (number(row, high) or base), row
    for row in shipped()["chips"].rows:
        price = number(row, "price")
        assert price is None or 500 <= price <= 100_000, row["id"]
        assert row["price_basis"] in (("chip", "server_share") if price else ("",)), row["id"]
        assert 0.5 <= (number(row, "server_power_kw") or 1) <= 150, row["id"]
    for row in shipped()["offers"].rows:
        prices = [number(row, name) for name in PRICES]
        assert any(prices) and all(0.05 <= one <= 50 for one in prices if one is not None)
    for row in shipped()["grids"].rows:
        assert 0 <= float(row["grid_intensity"]) <= 1500, row["id"]
        assert 0.01 <= (number(row, "power_price") or 0.1) <= 0.6, row["id"]


PRICES = ("on_demand_price", "spot_price", "reserved_1y_price", "reserved_3y_price")
# What a vendor prints in large letters is often the peak with structured sparsity: twice the dense.
DENSE = {
    "a100-sxm4-80gb": ("bf16_tflops", 312), "h100-sxm5-80gb": ("bf16_tflops", 989.5),
    "h200-sxm-141gb": ("bf16_tflops", 989.5), "l40s": ("bf16_tflops", 362),
    "b200-sxm-180gb": ("bf16_tflops", 2250), "mi300x": ("bf16_tflops", 1307.4),
    "h100-pcie-80gb": ("bf16_tflops", 756), "l4": ("bf16_tflops", 121),
}  # fmt: skip


def test_no_sparse_peak_is_sold_as_dense() -> None:
    for chip, (column, peak) in DENSE.items():
        assert float(shipped()["chips"].row(chip)[column]) == peak, chip
    for row in shipped()["chips"].rows:
        sixteen = number(row, "bf16_tflops") or number(row, "fp16_tflops")
        eight, four = number(row, "fp8_tflops"), number(row, "fp4_tflops")
        if eight and sixteen:  # each halving doubles the rate, no more; Rubin's page has 4.4
            assert eight <= sixteen * (4.4 if row["id"] == "rubin-vr200" else 2.1), row["id"]
        if four and eight:
            assert four <= eight * 3.1, row["id"]  # B300 and GB300 triple it, by their datasheets


def test_no_price_leaves_its_host_out() -> None:
    """Google sells the accelerator and the machine around it as two prices."""
    for row in shipped()["offers"].rows:
        assert "billed on top" not in row["note"] and "accelerator-only" not in row["note"].lower()
        if row["provider"] == "Google Cloud" and not row["chip"].startswith("tpu"):
            assert row["instance"], row["id"]  # a machine type, so the host is in the price


def test_spot_and_reserved_cost_less_than_on_demand() -> None:
    for row in catalogue.file_rows("offers"):  # medians are not of the same providers
        base = number(row, "on_demand_price")
        for name in PRICES[1:]:
            price = number(row, name)
            assert base is None or price is None or price < base, (row["id"], name)


PRICED = {"chips": ("price",), "grids": ("power_price",), "offers": PRICES}


def test_every_price_of_the_catalogue_is_known_as_one() -> None:
    for name, table in shipped().tables.items():
        found = {one.name for one in table.columns if one.unit.startswith("US$")}
        ends = {one for one in found if one.endswith(("_low", "_high"))} | {"cheapest_price"}
        assert found - ends <= set(PRICED.get(name, ())) | {"cost", "price_per_gpu_hour",
                                                            "article_cost"}, name  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(a, one) for a, of in PRICED.items() for one in of])
def test_a_price_source_names_its_kind(name: str, value: str) -> None:
    """The first words of a price's source say what kind of evidence it is."""
    source, date = source_columns(name, value)
    priced = [row for row in shipped()[name].rows if row[value]]
    assert len(priced) > 10
    for row in priced:
        kind = row[source].partition(":")[0]
        assert kind in ("list price", "catalogue", "guess"), (row["id"], row[source])
        datetime.date.fromisoformat(row[date])


def test_kinds_that_other_modules_name_are_kinds() -> None:
    from tco.catalogue.merging import OWN
    from tco.catalogue.shipped import _LISTED
    from tco.model.evidence import evidence_kinds

    for prefix in (*_LISTED, OWN.strip()):
        assert prefix.removesuffix(":") in evidence_kinds.ids


def test_a_server_without_a_nameplate_is_a_guess_by_its_tdp() -> None:
    row = shipped()["chips"].row("a100-pcie-80gb")
    assert float(row["server_power_kw"]) == pytest.approx(300 * 8 * 1.8 / 1000)
    assert row["server_power_source"].startswith("guess: TDP")
    factor = next(one for one in infrastructure() if one["id"] == "server_power-09")
    assert float(factor["base"]) == 1.8


def infrastructure() -> list[dict[str, str]]:
    """The evidence behind defaults."""
    with (catalogue.DATA / "infrastructure.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_defaults_are_the_facts_they_cite() -> None:
    facts = {one["id"]: one for one in infrastructure()}

    def base(key: str) -> float:
        return float(facts[key]["base"])

    known = {key: float(one.value) for key, one in defaults().items() if one.value[:1].isdigit()}
    cluster = base("capex-01")  # the network's share of the cluster, so s / (1 - s) of the servers
    assert known["network_share"] == pytest.approx(cluster / (1 - cluster))
    assert known["host_share"] == pytest.approx(base("capex-02") - 1)
    assert known["pue"] == float(facts["pue-08"]["high"])  # outside hyperscalers
    draws = facts["server_power-10"]
    for row in shipped()["classes"].rows:
        tpu = row["family"] == "tpu"
        assert row["load_factor"] == (draws["low"] if tpu else draws["base"]), row["id"]


def test_the_range_of_rent_growth_is_what_lists_did() -> None:
    """Yearly, from the first H100 index to its lowest month, and from there to the last."""
    rows = [row for row in catalogue.default_rows("price_history") if "H100" in row["index"]]
    seen = sorted((row["observed"][:7], float(row["price"])) for row in rows)
    lowest = min(seen, key=lambda one: one[1])

    def yearly(before: tuple[str, float], after: tuple[str, float]) -> float:
        (year, month), (later, then) = ([int(one) for one in at.split("-")]
                                        for at, _ in (before, after))  # fmt: skip
        return (after[1] / before[1]) ** (12 / ((later - year) * 12 + then - month)) - 1

    known = defaults()["rent_growth"]
    assert float(known.low) == round(yearly(seen[0], lowest), 2)
    assert float(known.high) == round(yearly(lowest, seen[-1]), 2)
    live = load("own-1024-h100").numbers  # by days, over every index
    assert float(known.low) == pytest.approx(live["listed_growth_least"], abs=0.01)
    assert float(known.high) == pytest.approx(live["listed_growth_most"], abs=0.01)


def test_infrastructure_facts_have_unit_year_source_and_sane_ranges() -> None:
    rows = infrastructure()
    assert len({row["id"] for row in rows}) == len(rows) > 100
    for row in rows:
        assert row["unit"] and row["year"] and row["source"], row["id"]
        assert row["evidence"] in ("measured", "published", "estimate", "guess"), row["id"]
        known = [float(row[key]) for key in ("low", "base", "high") if row[key]]
        assert known and known == sorted(known), row["id"]


def test_every_default_has_a_source_and_a_sane_range() -> None:
    every: tuple[dict[str, bool], ...] = (
        {"quoted": True, "rent_quoted": True}, {"quoted": True, "awarded": True}, {"listed": True},
        {"quoted": True, "listed": True},
    )  # fmt: skip
    givens = {
        key: one
        for kind in KINDS
        for asked in every
        for key, one in model_for(kind, True, **asked).givens.items()
    }
    for key, known in defaults().items():
        if key in {one.key for one in CORRELATIONS} - givens.keys():
            continue  # of inputs of which no kind draws both
        assert key in givens, f"{key} is the default of nothing"
        given = givens[key]
        assert known.source, key
        if isinstance(given, Choice) or given.is_text:
            continue
        value = float(known.value)
        assert given.within(value), key
        assert float(known.low or value) <= value <= float(known.high or value), key


# ---- the workbook -------------------------------------------------------------------------------

FORBIDDEN_PARTS = ("vbaProject", "externalLinks", "connections", "queryTables", "customXml")
FUNCTIONS = {
    "AND", "AVERAGE", "CHOOSE", "COUNT", "COUNTA", "EXP", "FIND", "FIXED", "IF", "IFERROR",
    "INDEX", "INT", "IRR", "ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT", "LARGE", "LEFT", "LN",
    "MATCH", "MAX", "MEDIAN", "MIN", "NA", "NOT", "OR", "QUARTILE", "ROUND", "ROUNDUP", "SQRT",
    "SUBSTITUTE", "SUM", "SUMIF", "SUMPRODUCT", "VALUE",
}  # fmt: skip
LINK = re.compile(r"^='?[A-Za-z]+'?!\$?[A-Z]+\$?\d+$")
_AREA = r"\$[A-Z]+\$\d+:\$[A-Z]+\$\d+"
# What finds a row in the columns of a table on another sheet, and does nothing else with them.
_FINDING = {"IF", "ISNUMBER", "INDEX", "MATCH", "SUMPRODUCT", "ROUND", "LEFT", "FIND"}


def finds(formula: str) -> bool:
    """Whether a formula leaves its sheet to find a row of a table alone."""
    here = re.sub(rf"[A-Za-z]+!{_AREA}", "", formula)
    return "!" not in here and set(re.findall(r"([A-Z]+)\(", formula)) <= _FINDING


# The end of a range, where there is one: a link to a blank cell would be a 0.
RANGE_END = re.compile(
    r"^=IF\(ISBLANK\(Inputs!\$E\$(\d+)\)\*\(1-ISBLANK\((Inputs!\$[A-Z]+\$\1)\)\),\2,\"–\"\)$"
)
# A row of a table looks up the row of a catalogue that its own cells name.
LOOKUP = re.compile(
    rf"^=INDEX\(([A-Za-z]+)!{_AREA},MATCH\(\$[A-Z]+\d+,\1!{_AREA},0\)"
    rf"(,MATCH\(\$[A-Z]+\d+,\1!{_AREA},0\))?\)$"
)


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.xdist_group(f"house {name}"))
            for name in books(SCENARIOS)],
)  # fmt: skip
def name(request):
    return request.param


@pytest.fixture(scope="module")
def scenario(name):
    return load(name)


@pytest.fixture(scope="module")
def book(name, built):
    return load_workbook(built[name])


def _formulas(book) -> Iterator[tuple[str, object]]:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "f":
                    yield sheet.title, cell


def test_sheets_stand_in_order_and_nothing_is_hidden(book, scenario) -> None:
    assert book.sheetnames == list(
        order(scenario.model, deadline=scenario.trades_time, cases=has_cases(scenario))
    )
    for sheet in book:
        assert sheet.sheet_state == "visible" and not sheet.merged_cells.ranges
        assert not any(one.hidden for one in sheet.column_dimensions.values())
        assert not any(one.hidden for one in sheet.row_dimensions.values())
        assert sheet.freeze_panes and sheet.print_area
        fitted = sheet.sheet_properties.pageSetUpPr.fitToPage
        assert fitted == (sheet.title == "Board")
        assert fitted or 80 <= sheet.page_setup.scale <= 100, sheet.title
    assert book["Board"].page_setup.fitToHeight == 1


def test_the_package_has_no_macros_links_or_connections(built) -> None:
    import zipfile

    for path in built.values():
        names = zipfile.ZipFile(path).namelist()
        assert not [name for name in names for bad in FORBIDDEN_PARTS if bad in name]


def test_formulas_use_few_functions_and_stay_short(book) -> None:
    for title, cell in _formulas(book):
        text = re.sub(r'"(?:[^"]|"")*"', '""', cell.value)
        assert set(re.findall(r"([A-Z][A-Z.]+)\(", text)) <= FUNCTIONS, f"{title}: {cell.value}"
        assert len(cell.value) <= 251, f"{title}!{cell.coordinate}: {len(cell.value)}"
        assert "[" not in text and "_xlfn" not in text


def test_a_calculation_stays_on_its_sheet(book, scenario) -> None:
    """On working sheets a formula that leaves its sheet is a link and nothing else."""
    leaving, calculating = 0, {sheet.title for sheet in working(scenario.model)} | {"Deadline"}
    for title, cell in _formulas(book):
        if title in calculating and "!" in cell.value:
            leaving += 1
            single = (
                LINK.match(cell.value)
                or LOOKUP.match(cell.value)
                or finds(cell.value)
                or RANGE_END.match(cell.value)
                or re.fullmatch(r"=INDEX\(Inputs!\$D\$\d+:\$D\$\d+,[A-Z]+\$\d+\)", cell.value)
            )
            assert single, f"{title}!{cell.coordinate}: {cell.value}"
            assert cell.font.color.rgb.endswith("007A33") or cell.row <= 4, cell.coordinate
    assert leaving > 10


def test_no_link_points_at_a_link(book) -> None:
    links = [(title, cell) for title, cell in _formulas(book)
             if title not in ("Board", "Summary") and LINK.match(cell.value)
             and cell.row > 3]  # fmt: skip
    assert len(links) > 10
    for title, cell in links:
        owner, _, place = cell.value[1:].replace("$", "").partition("!")
        behind = book[owner][place].value
        assert not (isinstance(behind, str) and LINK.match(behind)), f"{title}!{cell.coordinate}"


def test_one_formula_across_each_row_of_the_deadline_table(book, scenario) -> None:
    if not scenario.trades_time:
        assert "Deadline" not in book.sheetnames
        return
    sheet = book["Deadline"]
    rows = 0
    for row in sheet.iter_rows(min_row=5, min_col=9):
        written = [cell for cell in row if cell.value is not None and cell.data_type == "f"]
        forms = {
            re.sub(rf"(?<![A-Z$]){cell.column_letter}(?=\$\d)", "@", cell.value) for cell in written
        }
        assert len(forms) <= 1, f"row {row[0].row}: {forms}"
        rows += len(written) > 1
    assert rows >= 6  # GPUs, days and the totals at least


def _moved(cell) -> str:
    """A formula with the letters of its own column, and of the one before, taken out."""
    from openpyxl.utils import get_column_letter

    before = get_column_letter(cell.column - 1)
    text = re.sub(rf"(?<![A-Z$]){cell.column_letter}(?=\$\d)", "@", str(cell.value))
    return re.sub(rf"(?<![A-Z$]){before}(?=\$\d)", "<", text)


def test_one_formula_across_each_row_of_years(book, scenario) -> None:
    """Year 0 is no special formula, and the years head the same columns on every sheet."""
    rows = 0
    for key, name in book.defined_names.items():
        if key not in scenario.model.lines or scenario.model.lines[key].along != YEARS:
            continue
        owner, _, area = name.attr_text.replace("$", "").partition("!")
        (cells,) = book[owner][area]
        assert (cells[0].column_letter, cells[-1].column_letter) == ("I", "P"), key
        assert len({_moved(cell) for cell in cells}) == 1, f"{key}: {[c.value for c in cells]}"
        heads = [book[owner].cell(4, cell.column).value for cell in cells]
        if owner != "Time":
            assert heads == [f"=Time!{cell.column_letter}$4" for cell in cells]
        else:
            assert heads == list(range(8))
        rows += 1
    assert rows > 90 if "npv_own" in scenario.model else rows == 0


def test_present_values_are_sums_of_products_with_factor_rows(book, scenario) -> None:
    if "npv_own" not in scenario.model:
        assert "Time" not in book.sheetnames  # nothing is worth less later
        return
    names = {key: one.attr_text for key, one in book.defined_names.items()}
    assert names["discount_factor"].startswith("Time!")
    for key in ("npv_own", "npv_reserved", "npv_on_demand", "npv_own_after_tax"):
        owner, _, place = names[key].replace("$", "").partition("!")
        assert "SUMPRODUCT(" in book[owner][place].value, key
    written = " ".join(str(cell.value) for _, cell in _formulas(book))
    assert not re.search(r"(?<![A-Z])X?NPV\(", written)


def test_the_master_check_stands_in_every_frozen_head(book) -> None:
    for sheet in book:
        head = [cell for row in sheet.iter_rows(max_row=3) for cell in row]
        master = "=$D$7" if sheet.title == "Checks" else "=Checks!$D$7"
        assert any(cell.value == master for cell in head), sheet.title
        assert int(re.sub(r"\D", "", sheet.freeze_panes)) >= 4


def test_inputs_are_headed_and_validated(book) -> None:
    sheet = book["Inputs"]
    assert tuple(cell.value for cell in sheet[4]) == INPUT_HEADINGS
    guarded = {str(part) for rule in sheet.data_validations.dataValidation
               for part in str(rule.sqref).split()}  # fmt: skip
    names = set(book.defined_names)
    listed = 0
    for row in sheet.iter_rows(min_row=5):
        key, unit, source = row[0].value, row[2].value, row[9].value
        if key and unit:
            listed += 1
            assert f"E{row[0].row}" in guarded, key
            assert key in names and unit and source
            assert not row[4].protection.locked and row[3].protection.locked
            assert book.defined_names[key].attr_text == f"Inputs!$D${row[0].row}"
    assert listed >= 3  # currency, its rate, and the day


def test_every_scalar_line_is_a_name_that_leads_to_it(book, scenario) -> None:
    model = scenario.model
    for key, one in model.items.items():
        if one.along != YEARS or isinstance(one, Line):  # years head the columns of yearly lines
            assert key in book.defined_names, key


def test_every_number_has_a_format_and_every_formula_its_value(name, built, book) -> None:
    values = formula_values(built[name])
    for title, cell in _formulas(book):
        value = values[title, cell.row, cell.column]
        empty = cell.value.endswith(',"")')  # words that say nothing where they do not apply
        assert value is not None and (value != "" or empty), f"{title}!{cell.coordinate}: nothing"
        assert not str(value).startswith("#"), f"{title}!{cell.coordinate} stores {value}"
        if isinstance(value, float):
            assert cell.number_format != "General", f"{title}!{cell.coordinate}"


def test_columns_are_wide_enough(built) -> None:
    from tco.quantities import show

    for name in SCENARIOS:
        book = lay_out(load(name))
        measured = 0
        for sheet in book.sheets:
            if sheet.title == "Board":  # measured letter by letter, see test_board.py
                continue
            for (row, column), cell in sheet.cells.items():
                unit = cell.look.partition(":")[2]
                if isinstance(cell.value, float) and unit and not cell.look.startswith("tile"):
                    shown = show(cell.value, unit)
                    room = sheet.widths.get(column, 9)
                    assert len(shown) + 1 <= room, (
                        f"{sheet.title} {row},{column}: {shown} in {room}"
                    )
                    measured += 1
        assert measured > 100, name


def test_charts_carry_the_values_of_their_cells(built) -> None:
    import zipfile

    for path in built.values():
        archive = zipfile.ZipFile(path)
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        assert charts
        for name in charts:
            xml = archive.read(name).decode()
            references = len(re.findall(r"<(?:c:)?numRef>|<numRef>", xml))
            assert references and references == len(re.findall("numCache>", xml)) / 2
            assert len(re.findall(r"<(?:c:)?v>", xml)) >= 4  # two bars at least, named


# ---- adding is one change -----------------------------------------------------------------------


def test_a_new_line_is_one_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function in a module of the model: row, words, name, JSON and explanation follow."""
    from tco.model.cost import buy
    from tco.page.report import as_json, explain

    @line("Price of the GPUs in millions of people's lunches", "USD/GPU")
    def lunch_money(gpu_price, other_hardware_share):
        """What one GPU costs with its share of other hardware."""
        return gpu_price * (1 + other_hardware_share)

    monkeypatch.setattr(buy, "lunch_money", lunch_money, raising=False)
    model_for.cache_clear()
    try:
        scenario = loading.load("llm-100b-10d")
        assert scenario.numbers["lunch_money"] == 12_000  # 10,000 x 1.2
        book = lay_out(scenario)
        owner, _, place = book.names["lunch_money"].partition("!")
        assert owner == "Buy"
        row = int(place.replace("$D$", ""))
        assert book["Buy"].cells[row, 2].value == lunch_money.label
        assert book["Buy"].cells[row, 4].value == 12_000
        assert "Price of one GPU × (1 + Other hardware share)" in book["Buy"].cells[row, 7].value
        assert as_json(scenario)["lines"]["lunch_money"]["value"] == 12_000
        assert "Price of one GPU" in explain(scenario, "lunch_money")
    finally:
        monkeypatch.undo()
        model_for.cache_clear()


def test_unknown_names_get_the_nearest_one() -> None:
    @line("Lost", "USD")
    def lost(gpu_prise):
        """Asks for a name that is none."""
        return gpu_prise

    with pytest.raises(ModelError, match="Did you mean 'gpu_price'"):
        model_for("train").with_lines(lost)


MOST_LINES, MOST_OF_A_FUNCTION = 460, 60


def unexplained(source: str) -> list[str]:
    """What is longer than one holds in the head and does not say why: "Long, because ..."."""
    tree = ast.parse(source)
    long: list[tuple[str, Any]] = []
    if source.count("\n") > MOST_LINES:
        long.append(("the module", tree))
    long += [
        (one.name, one) for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef) and one.end_lineno
        and one.end_lineno - one.lineno >= MOST_OF_A_FUNCTION
    ]  # fmt: skip
    return [name for name, one in long if "Long, because" not in (ast.get_docstring(one) or "")]


def test_what_is_long_says_why() -> None:
    found = {
        name: unexplained(path.read_text(encoding="utf-8")) for name, path in _modules().items()
    }
    assert {name: one for name, one in found.items() if one} == {}
    assert unexplained('"""Short."""\n' + "x = 1\n" * 500) == ["the module"]
    assert unexplained("def f():\n" + "    x = 1\n" * 61) == ["f"]


def undocumented(source: str) -> list[str]:
    """Public functions, classes and methods without a docstring, and the module if it has none."""
    module = ast.parse(source)
    ahead: list[ast.Module | ast.ClassDef | ast.FunctionDef] = [module]
    found = []
    while ahead:
        node = ahead.pop()
        if not (ast.get_docstring(node) or "").strip():
            found.append(getattr(node, "name", "the module"))
        if not isinstance(node, ast.FunctionDef):
            ahead += [
                one
                for one in node.body
                if isinstance(one, (ast.ClassDef, ast.FunctionDef)) and not one.name.startswith("_")
            ]
    return found


def test_public_functions_have_docstrings() -> None:
    paths = list(PACKAGE.rglob("*.py"))
    assert len(paths) > 80
    lacking = {path.name: undocumented(path.read_text(encoding="utf-8")) for path in paths}
    assert not {name: found for name, found in lacking.items() if found}


def test_a_function_without_a_docstring_would_be_seen() -> None:
    start = '"""A module."""\n'
    assert undocumented("x = 1") == ["the module"]
    assert undocumented(start + "def price(x):\n    return x\n") == ["price"]
    assert undocumented(start + 'def price(x):\n    """ """\n') == ["price"]
    assert undocumented(start + "class Quote:\n    pass\n") == ["Quote"]
    said = start + 'class Quote:\n    """Of a vendor."""\n\n    def total(self):\n        pass\n'
    assert undocumented(said) == ["total"]
    assert undocumented(start + "@line('Cost', 'USD')\ndef cost(x):\n    return x\n") == ["cost"]
    assert not undocumented(start + "def _own(x):\n    return x\n")
    assert not undocumented(start + 'def price(x):\n    """Of one."""\n    def inner(): ...\n')


def test_a_list_of_cases_that_is_empty_is_an_error(pytestconfig: pytest.Config) -> None:
    """Many lists are computed: were one empty by mistake, its test would pass without a look."""
    assert pytestconfig.getini("empty_parameter_set_mark") == "fail_at_collect"


# ---- the year axis ------------------------------------------------------------------------------


def test_yearly_lines_stand_in_one_formula_a_row(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Yearly lines of a kind to come: growing cost, a loan, totals and present values."""
    import numpy as np

    from tco.lines import dot, previous, total
    from tco.model.cost import energy
    from tco.page.report import as_json, as_list
    from tco.verify import verify
    from tco.workbook.build import workbook

    @line("Power cost in the year", "USD", along=YEARS)
    def yearly_power(energy_cost, year, server_life_years):
        """The run's energy, growing with the years."""
        return energy_cost * (1 + year / server_life_years)

    @line("Loan at the year's end", "USD", along=YEARS)
    def loan_balance(loan_balance, yearly_power, staff_cost):
        """Last year's balance less a half, plus what power costs."""
        return previous(loan_balance) / 2 + yearly_power + staff_cost * 0

    @line("Power over all years", "USD")
    def power_of_years(yearly_power):
        """The sum over the years."""
        return total(yearly_power)

    @line("Loan times power", "USD*USD")
    def loan_times_power(loan_balance, yearly_power):
        """A sum of products along the years."""
        return dot(loan_balance, yearly_power)

    for one in (yearly_power, loan_balance, power_of_years, loan_times_power):
        monkeypatch.setattr(energy, one.key, one, raising=False)
    model_for.cache_clear()
    try:
        scenario = loading.load("llm-100b-10d")
        power = scenario.numbers["energy_cost"] * (1 + np.arange(8) / 4)
        balance, loans = 0.0, []
        for cost in power:
            balance = balance / 2 + cost
            loans.append(balance)
        assert scenario.numbers["loan_balance"] == pytest.approx(np.array(loans))
        assert scenario.numbers["power_of_years"] == pytest.approx(power.sum())
        assert len(as_json(scenario)["lines"]["loan_balance"]["value"]) == 8
        assert "loan_balance" in as_list(scenario)
        made = tmp_path / "yearly.xlsx"
        made.write_bytes(workbook(scenario))
        assert all(not one.differences for one in verify(made))
        book = load_workbook(made)
        place = book.defined_names["loan_balance"].attr_text
        assert re.fullmatch(r"Energy!\$I\$\d+:\$P\$\d+", place)
        row = book["Energy"][int(place.rsplit("$", 1)[1])]
        forms = {re.sub(r"(?<![$A-Z])[A-Z](?=\$)", "@", str(cell.value)) for cell in row[8:16]}
        assert len(forms) == 1, forms
        cases = scenario.model.cases(
            {
                **scenario.values,
                "staff_cost": np.zeros(3),
                "power_price": np.array([0.1, 0.2, 0.3]),
            },
            ["power_of_years"],
        )["power_of_years"]
        assert cases[2] == pytest.approx(3 * cases[0])
    finally:
        monkeypatch.undo()
        model_for.cache_clear()

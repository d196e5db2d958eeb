"""The board's tables: cost, buy against rent, assumptions, findings; for terminal and deck."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tco.lines import Excerpt, Given, Undefined
from tco.model.published.backtest import GROUPS
from tco.model.state import WITHHELD, headlines, ranked
from tco.quantities import money, show
from tco.scenario import Scenario
from tco.widths import columns_of, padded

COST = ("gpu_cost", "other_hardware_cost", "datacenter_cost", "staff_cost")
WAYS = (
    ("Rent on demand", "on_demand_total", "rent_on_demand_cost", "on_demand_timing"),
    ("Rent reserved, take-or-pay", "reserved_total", "rent_reserved_cost", "reserved_timing"),
    ("Rent on spot", "spot_total", "rent_spot_cost", "spot_timing"),
)
ASSUMPTIONS = (
    "parameters", "flop", "deadline_days", "chip", "precision", "peak_tflops", "mfu",
    "availability", "gpu_price", "other_hardware_share", "datacenter_share", "host_share",
    "network_share", "colo_price", "offer", "on_demand_price", "reserved_price", "spot_price",
    "rent_addon_share", "load_factor", "pue", "region", "power_price", "grid_intensity",
)  # fmt: skip
PLAIN = ("flag", "ratio", "share", "1", "count")  # units that need no saying
FLAT = {"other_hardware_share", "datacenter_share"}
ITEMS = {"host_share", "network_share", "colo_price"}


@dataclass(frozen=True)
class Row:
    """One row of a table: cells as printed; a strong one is a total."""

    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a deck: its title, headings, which columns are numbers, and its rows."""

    title: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Board:
    """Everything a board deck shows of one scenario."""

    title: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    footnote: str


def board(scenario: Scenario) -> Board:
    """The board's tables of a scenario, rounded as the workbook rounds."""
    if scenario.numbers["errors"]:
        tables = [findings_table(scenario)]
        return Board(scenario.title, sentences(scenario), tuple(tables), _footnote(scenario))
    tables = answer_tables(scenario)
    published = published_table(scenario)
    if published.rows:
        tables.append(published)
    if "evidence_kinds" in scenario.model.axes:
        tables.append(evidence_table(scenario))
    assumptions = assumptions_table(scenario)
    tables += [*([assumptions] if assumptions.rows else []), findings_table(scenario)]
    if "backtest_all_median" in scenario.model:
        tables.append(accuracy_table(scenario))
    return Board(
        scenario.title,
        sentences(scenario),
        tuple(tables),
        _footnote(scenario),
    )


def _footnote(scenario: Scenario) -> str:
    """What made the page, of when, and on what its figures stand."""
    from tco import __version__

    return (
        f"Scenario {scenario.path}, as of {scenario.as_of}; tco {__version__}; "
        f"inputs {scenario.sha256[:12]}. {_basis(scenario)}"
    )


def _basis(scenario: Scenario) -> str:
    """On what the figures of the tables stand."""
    if "npv_own" not in scenario.model:
        return "Costs of one run: undiscounted, before tax, no resale."
    years = "Over the years: nominal cash flows, discounted; the lenses as their captions say."
    run = "What it costs to buy or rent this run: undiscounted, before tax, no resale."
    return f"{years} {run}" if "buy_total" in scenario.model else years


def sentences(scenario: Scenario) -> tuple[str, ...]:
    """The answer in words, as the first page has it."""
    keys = ("error_sentence", *headlines(scenario.model))
    said = (str(scenario.numbers[key]) for key in keys)
    return tuple(one for one in said if one != WITHHELD)


def backtest(scenario: Scenario) -> Board:
    """The back-test as a page: the errors by group, then run by run."""
    said = {
        group: [printed(scenario, f"backtest_{group}_{name}")
                for name in ("runs", "median", "lower", "upper")]
        for group in ("comparable", "all")
    }  # fmt: skip
    return Board(
        "Back-test: the defaults beside published training runs",
        (
            "On {} comparable runs the GPU-hours by default are {} times the published ones in the "
            "middle, {} to {} in the middle half.".format(*said["comparable"]),
            "On all {} rows with hours, projections, misprints and models the law does not fit "
            "included: {}, {} to {}.".format(*said["all"]),
            "Below 1 the engine is too hopeful: divide its hours by the median to be as often "
            "under as over. No default was fitted to a run: each belongs to a family of "
            "accelerators and a size of model and names its evidence, see the Classes sheet. "
            "Some of that evidence comes from runs in this table.",
            "Comparable runs are trained whole, on one kind of accelerator, as decoders; the "
            "others are here with the reason. Whether a run is comparable does not look at its "
            "ratio.",
            "On the {} runs that publish it, energy comes out {} times as much in the middle: most "
            "papers count the chip alone, the engine its server, network and PUE.".format(
                *(printed(scenario, f"backtest_energy_{name}") for name in ("runs", "median"))
            ),
        ),
        (accuracy_table(scenario), _hours_table(scenario), _power_table(scenario)),
        "Days differ as the hours do: both rest on the published count of GPUs. Costs are the "
        "engine's hours at the published price of one, so they repeat that error. Published watts "
        "are mostly of the bare chip; the engine counts its server and network too. Where no PUE "
        "or carbon intensity is published, the scenario's own is taken; several published "
        "tonnes are net of purchased clean energy.",
    )


def answer_tables(scenario: Scenario) -> list[Table]:
    """What was asked: the tables of the kind, what buying costs, and buying against renting.

    None while an error stands: no figure stands beside it.
    """
    if scenario.numbers["errors"]:
        return []
    tables = [excerpt_table(scenario, one) for one in scenario.model.front.excerpts]
    if "buy_total" in scenario.model:
        tables.append(cost_table(scenario))
    if "rent_cost" in scenario.model:
        tables.append(rent_table(scenario))
    return tables


def excerpt_table(scenario: Scenario, excerpt: Excerpt) -> Table:
    """Columns of a table as printed, a row each, and the total of the first column."""
    model = scenario.model
    ids = scenario.row_ids(excerpt.axis)
    names = [str(one) for one in scenario.numbers[excerpt.names]] if excerpt.names else ids
    keys = [key for key, _ in excerpt.columns]
    rows = [
        Row((name, *cells))
        for name, cells in zip(names, _columns(scenario, keys), strict=True)
    ]  # fmt: skip
    if excerpt.total:
        label, value = model[excerpt.total].label, printed(scenario, excerpt.total)
        rows.append(Row((label, value, *("",) * (len(keys) - 1)), True))
    heads = [
        f"{heading}, {money(model[key].unit, scenario.currency)}"
        if not model[key].is_text and model[key].unit not in PLAIN
        else heading
        for key, heading in excerpt.columns
    ]
    numeric = (not model[key].is_text for key in keys)
    return Table(excerpt.title, ("", *heads), (False, *numeric), tuple(rows))


def accuracy_table(scenario: Scenario) -> Table:
    """How far the defaults' GPU-hours lie from the published ones, by group."""
    names = ("runs", "lowest", "lower", "median", "upper", "highest")
    rows = tuple(
        Row((words, *(printed(scenario, f"backtest_{group}_{name}") for name in names)),
            group == "comparable")
        for group, words, _ in GROUPS
    )  # fmt: skip
    return Table(
        "Back-test: GPU-hours by default over those published",
        ("Group", "Runs", "Lowest", "Lower quartile", "Median", "Upper quartile", "Highest"),
        (False, *(True,) * 6),
        rows,
    )


def _columns(scenario: Scenario, keys: Iterable[str]) -> list[tuple[str, ...]]:
    """Lines along the tested runs as printed, a row each; what is unknown shows a dash."""
    columns = []
    for key in keys:
        form = scenario.model[key].form
        columns.append([
            str(one) if isinstance(one, str) else show(float(one), form) if one == one else "–"
            for one in scenario.numbers[key]
        ])  # fmt: skip
    return list(zip(*columns, strict=True))


def _hours_table(scenario: Scenario) -> Table:
    keys = ("run_model", "run_chip", "run_gpu_hours", "run_engine_gpu_hours", "run_hours_ratio",
            "run_effective_mfu", "run_days", "run_engine_days", "run_difference")  # fmt: skip
    return Table(
        "GPU-hours and days, run by run",
        ("Run", "Accelerator", "GPU-hours published", "by default", "ratio",
         "MFU x availability implied", "Days published", "by default", "class of the difference"),
        (False, False, *(True,) * 6, False),
        tuple(Row(cells) for cells in _columns(scenario, keys)),
    )  # fmt: skip


def _power_table(scenario: Scenario) -> Table:
    keys = ("run_model", "run_watts_per_gpu", "run_engine_watts", "run_energy_mwh",
            "run_engine_energy_mwh", "run_energy_ratio", "run_co2_tonnes", "run_engine_co2_tonnes",
            "run_co2_ratio", "run_cost", "run_engine_cost", "run_cost_ratio")  # fmt: skip
    rows = [
        Row(cells) for cells in _columns(scenario, keys)
        if any(cells[place] != "–" for place in (1, 3, 6, 9))
    ]  # fmt: skip
    return Table(
        "Power, energy, carbon and cost, where something is published",
        ("Run", "W per GPU published", "engine", "MWh published", "engine", "ratio",
         "t CO2e published", "engine", "ratio", "US$ published", "engine", "ratio"),
        (False, *(True,) * 11),
        tuple(rows),
    )  # fmt: skip


def evidence_table(scenario: Scenario) -> Table:
    """What the totals rest on, kind by kind."""
    keys = ("kind_buy_share", "kind_buy_age", "kind_rent_share", "kind_rent_age")
    rows = []
    for number, (_, label, note) in enumerate(scenario.rows_of("evidence_kinds")):
        values = [float(scenario.numbers[key][number]) for key in keys]
        forms = ("share", "count", "share", "count")
        cells = (show(v, f) if v == v else "–" for v, f in zip(values, forms, strict=True))
        rows.append(Row((label, *cells, note)))
    return Table(
        "Evidence for the prices behind the totals",
        ("Evidence", "of buying", "age, days", "of renting", "age, days", "meaning"),
        (False, True, True, True, True, False),
        tuple(rows),
    )


def printed(scenario: Scenario, key: str) -> str:
    """A value as tables print it."""
    item = scenario.model[key]
    value: Any = scenario.numbers[key]
    return show(value if isinstance(value, (str, Undefined)) else float(value), item.form)


def cost_table(scenario: Scenario) -> Table:
    """What buying costs, line by line."""
    model, total = scenario.model, float(scenario.numbers["buy_total"])
    rows = [
        Row((
            model[key].label, printed(scenario, key),
            show(float(scenario.numbers[key]) / total, "share"),
        ))
        for key in COST
    ]  # fmt: skip
    rows.append(Row((model["buy_total"].label, printed(scenario, "buy_total"), "100.00%"), True))
    rows.append(Row((model["datacenter_energy_cost"].label + ", inside data centre",
                     printed(scenario, "datacenter_energy_cost"), "")))  # fmt: skip
    rows.append(Row((f"for {printed(scenario, 'gpus')} GPUs, each",
                     printed(scenario, "buy_cost_per_gpu"), "")))  # fmt: skip
    return Table(
        "What it costs to buy",
        ("Item", scenario.currency, "of total"),
        (False, True, True),
        tuple(rows),
    )


def rent_table(scenario: Scenario) -> Table:
    """Buying against three ways of renting, the same staff in each."""
    rows = [Row(("Buy", printed(scenario, "buy_total"), "–", "in time once delivered"))]
    for name, total, rent, timing in WAYS:
        rows.append(Row((name, *(printed(scenario, key) for key in (total, rent, timing)))))
    best = f"Cheapest rent in time: {scenario.numbers['rent_option']}"
    rows.append(
        Row((best, printed(scenario, "rent_total"), printed(scenario, "rent_cost"), ""), True)
    )
    rows.append(Row(("Runs at which buying breaks even (undiscounted, no resale)",
                     printed(scenario, "breakeven_runs"), "", "against on demand")))  # fmt: skip
    return Table(
        "Buy or rent this run",
        ("Option", f"{scenario.currency}, staff in", "of which rent", "Timing"),
        (False, True, True, False),
        tuple(rows),
    )


def published_table(scenario: Scenario) -> Table:
    """Published figures beside the computed ones."""
    rows = []
    for key, fact in scenario.facts.items():
        ours = scenario.model.givens[key].prints
        if ours and not isinstance(fact.value, Undefined):
            ratio = float(fact.value) / float(scenario.numbers[ours]) - 1
            rows.append(
                Row((scenario.model[ours].label, printed(scenario, key), printed(scenario, ours),
                     show(ratio, "share"), fact.note))
            )  # fmt: skip
            if ours == "gpus" and "gpus_ideal" in scenario.model:
                ideal = float(scenario.numbers["gpus_ideal"])
                rows.append(
                    Row(
                        (
                            "GPUs at availability 1",
                            printed(scenario, key),
                            printed(scenario, "gpus_ideal"),
                            show(float(fact.value) / ideal - 1, "share"),
                            f"the published count implies an availability of "
                            f"{printed(scenario, 'implied_availability')}",
                        )
                    )
                )
    return Table(
        "Published against computed",
        ("Figure", "published", "computed", "published over computed", "remark"),
        (False, True, True, True, False),
        tuple(rows),
    )


def assumptions_table(scenario: Scenario) -> Table:
    """What the numbers rest on, each with its source."""
    flat = scenario.numbers.get("overhead_basis") == "shares"
    rows = []
    for key in dict.fromkeys((*scenario.model.front.resting_on, *ASSUMPTIONS)):
        if key in (ITEMS if flat else FLAT) or key not in scenario.model:
            continue
        item = scenario.model[key]
        source = ""
        if isinstance(item, Given):
            fact = scenario.facts[key]
            source = ", ".join(part for part in (fact.source, fact.date) if part) or "not given"
        else:
            source = "computed"
        unit = "" if item.is_text else money(item.unit, scenario.currency)
        unit = {"share": "", "ratio": ""}.get(unit, unit)
        rows.append(Row((item.label, printed(scenario, key), unit, source)))
    return Table(
        "What this rests on",
        ("Assumption", "Value", "Unit", "Source"),
        (False, True, False, False),
        tuple(rows),
    )


def findings_table(scenario: Scenario) -> Table:
    """The checks that fire, in words: errors first."""
    fired: Iterable[Row] = (
        Row((one.flag.label, one.kind, str(scenario.numbers[one.says.key])))
        for one in ranked(scenario.model)
        if float(scenario.numbers[one.flag.key])
    )
    rows = tuple(fired) or (Row(("No check fires", "", "")),)
    return Table("Findings", ("Check", "Kind", "Finding"), (False, False, False), rows)


def as_text(table: Table) -> str:
    """A table for the terminal, columns aligned."""
    lines = [table.headings, *(row.cells for row in table.rows)]
    widths = [max(columns_of(cells[i]) for cells in lines) for i in range(len(table.headings))]

    def aligned(cells: tuple[str, ...]) -> str:
        return "  ".join(
            padded(cell, width, right=right)
            for cell, width, right in zip(cells, widths, table.numeric, strict=True)
        ).rstrip()

    ruler = "-" * min(100, sum(widths) + 2 * (len(widths) - 1))
    body = []
    for row in table.rows:
        body += [ruler, aligned(row.cells)] if row.strong else [aligned(row.cells)]
    return "\n".join([aligned(table.headings), ruler, *body])

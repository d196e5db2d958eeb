"""The board's tables: cost, buy against rent, assumptions, findings; for terminal and deck."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tco.lines import Given, Undefined
from tco.quantities import money, show
from tco.scenario import Scenario

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
    from tco import __version__

    numbers = scenario.numbers
    sentences = [
        str(numbers[key]) for key, one in scenario.model.lines.items() if one.section == "summary"
    ]
    tables = [cost_table(scenario), rent_table(scenario)]
    published = published_table(scenario)
    if published.rows:
        tables.append(published)
    tables += [assumptions_table(scenario), findings_table(scenario)]
    return Board(
        scenario.title,
        tuple(sentences),
        tuple(tables),
        f"Scenario {scenario.path}, as of {scenario.as_of}; tco {__version__}; "
        f"inputs {scenario.sha256[:12]}. Costs of one run: undiscounted, before tax, no resale.",
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
        ours = key.removeprefix("published_")
        if ours != key and not isinstance(fact.value, Undefined):
            ratio = float(fact.value) / float(scenario.numbers[ours]) - 1
            rows.append(
                Row((scenario.model[ours].label, printed(scenario, key), printed(scenario, ours),
                     show(ratio, "share"), fact.note))
            )  # fmt: skip
            if ours == "gpus":
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
    flat = scenario.numbers["overhead_basis"] == "shares"
    rows = []
    for key in ASSUMPTIONS:
        if key in (ITEMS if flat else FLAT):
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
    """The checks that fire, in words."""
    fired: Iterable[Row] = (
        Row((one.flag.label, one.kind, str(scenario.numbers[one.says.key])))
        for one in scenario.model.checks
        if float(scenario.numbers[one.flag.key])
    )
    rows = tuple(fired) or (Row(("No check fires", "", "")),)
    return Table("Findings", ("Check", "Kind", "Finding"), (False, False, False), rows)


def as_text(table: Table) -> str:
    """A table for the terminal, columns aligned."""
    lines = [table.headings, *(row.cells for row in table.rows)]
    widths = [max(len(cells[i]) for cells in lines) for i in range(len(table.headings))]

    def aligned(cells: tuple[str, ...]) -> str:
        return "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(cells, widths, table.numeric, strict=True)
        ).rstrip()

    ruler = "-" * min(100, sum(widths) + 2 * (len(widths) - 1))
    body = []
    for row in table.rows:
        body += [ruler, aligned(row.cells)] if row.strong else [aligned(row.cells)]
    return "\n".join([aligned(table.headings), ruler, *body])

"""Which lines stand on which sheet: by the section they are written in, in the order written.

A new line appears on its section's sheet by itself; a new sheet is one row of `WORKING`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkingSheet:
    """One sheet of workings: its title, the sections of lines it shows, and what it answers."""

    title: str
    sections: tuple[str, ...]
    purpose: str
    emphasised: tuple[str, ...] = ()
    tabular: bool = False  # its tables begin where units stand, and are as wide as a page


WORKING = (
    WorkingSheet(
        "Demand", ("workload",), "How much compute the model takes, four ways side by side",
        ("flop",),
    ),
    WorkingSheet(
        "Fleet", ("fleet",), "How many GPUs meet the deadline and hold the model",
        ("gpus_working", "gpus"),
    ),
    WorkingSheet(
        "Buy", ("buy", "published"), "What it costs to own the fleet for this run", ("buy_total",)
    ),
    WorkingSheet(
        "Rent", ("rent",), "What the same run costs on hired GPUs", ("rent_cost", "rent_total")
    ),
    WorkingSheet(
        "Energy", ("energy",), "Energy, its cost and carbon, beside published runs",
        ("energy_kwh", "co2_tonnes"),
    ),
    WorkingSheet(
        "Evidence", ("evidence",), "What each part of the cost rests on, and how old it is",
        tabular=True,
    ),
    WorkingSheet(
        "Backtest", ("backtest",), "The engine's defaults beside published runs",
        ("backtest_all_median", "backtest_comparable_median"), tabular=True,
    ),
)  # fmt: skip

INPUT_SECTIONS = (
    ("general", "General"),
    ("workload", "Workload"),
    ("fleet", "Fleet"),
    ("buy", "Buy"),
    ("rent", "Rent"),
    ("energy", "Energy"),
    ("evidence", "Evidence"),
    ("backtest", "Back-test"),
    ("published", "Published figures"),
    ("checks", "Given instead of computed"),
    ("summary", "Given instead of computed, summary"),
)

INPUT_HEADINGS = (
    "Key", "Label", "Unit", "Live", "Override", "Catalogue", "Low", "Base", "High", "Source",
    "Date", "Note",
)  # fmt: skip

CATALOGUE_SHEETS = {
    "chips": "Chips",
    "classes": "Classes",
    "offers": "Offers",
    "grids": "Grids",
    "runs": "Runs",
}

ORDER = (
    "Summary", "Inputs", *(sheet.title for sheet in WORKING), "Deadline", "Checks", "Limits",
    "Sources", *CATALOGUE_SHEETS.values(), "Choices", "Log",
)  # fmt: skip

"""Which lines stand on which sheet: by the section they are written in, in the order written.

A new line appears on its section's sheet by itself; a new sheet is one row of `WORKING`. A kind of
scenario has the sheets whose sections its model has lines in.
"""

from __future__ import annotations

from dataclasses import dataclass

from tco.catalogue.shipped import AXES
from tco.lines import Choice, Model, Page


@dataclass(frozen=True)
class WorkingSheet:
    """One sheet of workings: its title and the sections of lines it shows."""

    title: str
    sections: tuple[str, ...]


WORKING = (
    WorkingSheet("Demand", ("workload",)),
    WorkingSheet("Fleet", ("fleet",)),
    WorkingSheet("Buy", ("buy",)),
    WorkingSheet("Rent", ("rent",)),
    WorkingSheet("Energy", ("energy",)),
    WorkingSheet("Time", ("time",)),
    WorkingSheet("Own", ("own",)),
    WorkingSheet("Contracts", ("contracts",)),
    WorkingSheet("Cash", ("cash",)),
    WorkingSheet("Compare", ("compare",)),
    WorkingSheet("Returns", ("returns",)),
    WorkingSheet("Lenses", ("lenses",)),
    WorkingSheet("Drivers", ("drivers",)),
    WorkingSheet("Flip", ("flip",)),
    WorkingSheet("Proofs", ("proofs",)),
    WorkingSheet("Published", ("published",)),
    WorkingSheet("Comparators", ("comparators",)),
    WorkingSheet("Evidence", ("evidence",)),
    WorkingSheet("Backtest", ("backtest",)),
    WorkingSheet("Bands", ("bands",)),
)
# What a kind of scenario may do without; its first page says which and why.
SHARED = ("Fleet", "Buy", "Rent", "Energy")
PUBLISHED = Page("What the source prints beside what its own inputs give, each with the reason")

INPUT_SECTIONS = (
    ("general", "General"),
    ("workload", "Workload"),
    ("fleet", "Fleet"),
    ("buy", "Buy"),
    ("rent", "Rent"),
    ("energy", "Energy"),
    ("own", "Ownership over years"),
    ("comparators", "Comparators"),
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
TABLES = "Tables"
DEADLINE = "Deadline"
DEADLINE_TIES = "deadline_ties"  # the area where its rows say whether they repeat the model


_TABS = {
    "Summary": "1F3A5F",
    **dict.fromkeys(("Inputs", TABLES), "E3A857"),
    **dict.fromkeys(("Checks", "Limits", "Sources", "Log"), "6B7785"),
    **dict.fromkeys((*CATALOGUE_SHEETS.values(), "Choices"), "A9B8C9"),
}


def tab_colour(title: str) -> str:
    """The colour of a sheet's tab: each group of sheets has its own."""
    return _TABS.get(title, "5B8DB8")


def working(model: Model) -> list[WorkingSheet]:
    """The sheets of workings that a model has lines for."""
    sections = {one.section for one in model.lines.values()}
    return [sheet for sheet in WORKING if sections & set(sheet.sections)]


def page(model: Model, sheet: WorkingSheet) -> Page:
    """What a sheet of workings says of itself."""
    return next((model.pages[one] for one in sheet.sections if one in model.pages), PUBLISHED)


def catalogue_titles(model: Model) -> dict[str, str]:
    """The catalogue's tables that a model reads, each with the title of its sheet."""
    read = set()
    for given in model.givens.values():
        if given.catalogue:
            read.add(given.catalogue[0])
        if given.along and given.along in AXES:
            read.add(AXES[given.along][0])
        if isinstance(given, Choice):
            read |= {given.table, given.default_class[1] if given.default_class else ""}
    return {name: title for name, title in CATALOGUE_SHEETS.items() if name in read}


def order(model: Model, *, deadline: bool) -> tuple[str, ...]:
    """The titles of a workbook's sheets, as a reader needs them."""
    return (
        "Summary",
        "Inputs",
        *((TABLES,) if model.tables else ()),
        *(sheet.title for sheet in working(model)),
        *((DEADLINE,) if deadline else ()),
        "Checks",
        "Limits",
        "Sources",
        *catalogue_titles(model).values(),
        *(("Choices",) if any(isinstance(one, Choice) for one in model.givens.values()) else ()),
        "Log",
    )


def left_out(model: Model) -> list[tuple[str, str]]:
    """The shared sheets that a kind of scenario does without, each with the reason."""
    there = {sheet.title for sheet in working(model)}
    return [(title, model.front.left_out[title]) for title in SHARED if title not in there]

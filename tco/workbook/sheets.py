"""Which lines stand on which sheet: by the section they are written in, in the order written.

A new line appears on its section's sheet by itself; a section with a `PAGE` has a sheet. A kind of
scenario has the sheets whose sections its model has lines in.
"""

from __future__ import annotations

from dataclasses import dataclass

from tco.catalogue.columns import SHAPES
from tco.catalogue.shipped import AXES
from tco.lines import Choice, Model, Page
from tco.model.board import on_board


@dataclass(frozen=True)
class WorkingSheet:
    """One sheet of workings: its title, the section of lines that it shows, what it says."""

    title: str
    section: str
    page: Page


# What a kind of scenario may do without; its first page says which and why.
SHARED = ("Fleet", "Buy", "Rent", "Energy")
NOT_NEEDED = "Nothing of this kind is computed there."
PUBLISHED = Page(
    "What the source prints beside what its own inputs give, each with the reason",
    inputs="Published figures", place=160,
)  # fmt: skip
# Inputs that no sheet of workings shows; the last ones only where a computed line is given instead.
FIRST_PLACE, OTHER = 0, Page("")
GIVEN_INSTEAD = {
    "checks": Page("", inputs="Given instead of computed", place=1000),
    "summary": Page("", inputs="Given instead of computed, summary", place=1000),
}

INPUT_HEADINGS = (
    "Key", "Label", "Unit", "Live", "Override", "Catalogue", "Low", "Base", "High", "Source",
    "Date", "Note", "Given",
)  # fmt: skip

CATALOGUE_SHEETS = {
    "chips": "Chips",
    "classes": "Classes",
    "offers": "Offers",
    "grids": "Grids",
    "runs": "Runs",
}
TABLES = "Tables"
CASES = "Cases"
ORIGINAL = "Scenario"
DEADLINE = "Deadline"
DEADLINE_TIES = "deadline_ties"  # the area where its rows say whether they repeat the model


PROOF = "Proof"
BOARD, CONTENTS = "Board", "Contents"
_TABS = {
    BOARD: "1F2833",
    "Summary": "1F3A5F",
    CONTENTS: "1F3A5F",
    **dict.fromkeys(("Inputs", TABLES, CASES), "E3A857"),
    **dict.fromkeys(("Checks", "Limits", "Sources", PROOF, "Log", ORIGINAL), "6B7785"),
    **dict.fromkeys((*CATALOGUE_SHEETS.values(), "Choices"), "A9B8C9"),
}


def tab_colour(title: str) -> str:
    """The colour of a sheet's tab: each group of sheets has its own."""
    return _TABS.get(title, "5B8DB8")


# What heads each group of sheets among the contents, by the colour of its tabs.
_GROUPS = {
    "1F2833": "To read", "1F3A5F": "To read", "E3A857": "To change", "6B7785": "To check",
    "A9B8C9": "What the product knows",
}  # fmt: skip
# What the sheets answer that no section of lines stands on.
_PURPOSES = {
    BOARD: "what is to be approved, the answer, and what it hangs on, on one page",
    "Summary": "the full tables and findings behind the first page",
    CONTENTS: "every sheet in a line; a click on its name leads there",
    "Inputs": "every assumption once; an Override wins over everything, 0 too",
    TABLES: "inputs that come as rows; an Override wins; a row typed below counts after tco pull",
    CASES: "what each case puts in the place of what is given",
    DEADLINE: "what another deadline costs",
    "Checks": "0 passes, 1 fires; errors stop a decision, alerts and what-ifs qualify it",
    "Limits": "every bounded input within its limits",
    "Sources": "where every input comes from, guesses first; the source in use is live",
    "Choices": "What the dropdowns without a catalogue of their own offer",
    PROOF: "what this file can show of itself, and what was shown of its release",
    "Log": "what made this file, and what was changed from the defaults",
    ORIGINAL: "the scenario as written and all that went in; tco build makes this file of it",
    **{title: f"{SHAPES[name][0]}, each row with its source; adding a row is adding a choice"
       for name, title in CATALOGUE_SHEETS.items()},
}  # fmt: skip


def group(title: str) -> str:
    """The heading that a sheet stands below among the contents."""
    return _GROUPS.get(tab_colour(title), "To trace")


def purpose(title: str, model: Model) -> str:
    """What a sheet answers, in a sentence."""
    found = {sheet.title: sheet.page.purpose for sheet in working(model)}
    return found.get(title) or _PURPOSES[title]


def _pages(model: Model) -> dict[str, Page]:
    return {**model.pages, "published": PUBLISHED}


def working(model: Model) -> list[WorkingSheet]:
    """The sheets of workings that a model has lines for, as a reader needs them."""
    pages = _pages(model)
    found = dict.fromkeys(one.section for one in model.lines.values() if one.section in pages)
    return [
        WorkingSheet(pages[one].title or one.capitalize(), one, pages[one])
        for one in sorted(found, key=lambda one: pages[one].place)
    ]


def input_sections(model: Model) -> dict[str, str]:
    """The sections of inputs in their order, and what heads each on Inputs."""
    pages = {**_pages(model), **GIVEN_INSTEAD}
    found = dict.fromkeys(one.section for one in model.givens.values())

    def place(section: str) -> int:
        return FIRST_PLACE if section == "general" else pages.get(section, OTHER).place

    def heading(section: str) -> str:
        page = pages.get(section, OTHER)
        return page.inputs or page.title or section.capitalize()

    return {one: heading(one) for one in sorted(found, key=place)}


def catalogue_titles(model: Model) -> dict[str, str]:
    """The catalogue's tables that a model reads, each with the title of its sheet."""
    read = set()
    for given in model.givens.values():
        if given.catalogue:
            read.add(given.catalogue[0])
        if given.along and given.along in AXES:
            read.add(AXES[given.along].table)
        if isinstance(given, Choice):
            read |= {given.table, given.default_class[1] if given.default_class else ""}
    return {name: title for name, title in CATALOGUE_SHEETS.items() if name in read}


def order(model: Model, *, deadline: bool, cases: bool = False) -> tuple[str, ...]:
    """The titles of a workbook's sheets, as a reader needs them."""
    return (
        *((BOARD,) if on_board(model.members) else ()),
        "Summary",
        CONTENTS,
        "Inputs",
        *((TABLES,) if model.tables else ()),
        *((CASES,) if cases else ()),
        *(sheet.title for sheet in working(model)),
        *((DEADLINE,) if deadline else ()),
        "Checks",
        "Limits",
        "Sources",
        *catalogue_titles(model).values(),
        *(("Choices",) if any(isinstance(one, Choice) for one in model.givens.values()) else ()),
        PROOF,
        "Log",
        ORIGINAL,
    )


def left_out(model: Model) -> list[tuple[str, str]]:
    """The shared sheets that a kind of scenario does without, each with the reason."""
    there = {sheet.title for sheet in working(model)}
    said = model.front.left_out
    return [(one, said.get(one, NOT_NEEDED)) for one in SHARED if one not in there]

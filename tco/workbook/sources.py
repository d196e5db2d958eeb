"""Sources: where every input comes from, guesses first; Inputs reads them from here."""

from __future__ import annotations

from tco.catalogue import MISSING
from tco.facts import Fact, evidence_kind
from tco.workbook.cells import address, height
from tco.workbook.grid import FIRST_ROW, Layout

NUMBER, SOURCE, KIND, DATE, KEYS = range(1, 6)


def place_sources(layout: Layout) -> None:
    """Rows of what is looked up, one an input; then one a source and date of all that is stated."""
    layout.looked_up = [
        key for key, one in layout.model.givens.items() if one.catalogue and one.along is None
    ]
    stated: dict[tuple[str, str], list[str]] = {}
    for key, fact in layout.scenario.facts.items():
        if fact.source and fact.origin != "none" and not _follows(layout, key, fact):
            stated.setdefault((fact.source, fact.date), []).append(key)
    ranked = sorted(stated, key=lambda one: (evidence_kind(one[0]) != "guess", one[0].lower(), one))
    layout.stated = [(*one, stated[one]) for one in ranked]
    first = FIRST_ROW + len(layout.looked_up) + 2  # below the two headings
    for row, one in enumerate(ranked, first):
        layout.source_rows |= dict.fromkeys(stated[one], row)


def fill_sources(layout: Layout) -> None:
    """What the catalogue gives follows its choice on Inputs; what is stated stands here."""
    sheet = layout.sheets["Sources"]
    layout.head(sheet, "where every input comes from",
                ("No.", "Source", "Kind", "Date", "Inputs that rest on it"), wide=KEYS)  # fmt: skip
    sheet.widths = {NUMBER: 12, SOURCE: 92, KIND: 14, DATE: 14, KEYS: 80}
    row = FIRST_ROW
    layout.section(sheet, row, "Looked up in the catalogue, as chosen on Inputs", KEYS)
    for number, key in enumerate(layout.looked_up, 1):
        row += 1
        _live_row(layout, row, number, key)
    row += 1
    layout.section(sheet, row, "Stated by the scenario, or a default; guesses first", KEYS)
    for number, (source, date, keys) in enumerate(layout.stated, len(layout.looked_up) + 1):
        row += 1
        named = [key for key in keys if not key.startswith("deadline_point")]
        points = ["the points of the deadline table"] if len(named) < len(keys) else []
        listed = ", ".join([*named, *points])
        sheet.put(row, NUMBER, number, "fact:1")
        sheet.put(row, SOURCE, source, "plain")
        sheet.put(row, KIND, evidence_kind(source), "unit")
        sheet.put(row, DATE, date or MISSING, "unit")
        sheet.put(row, KEYS, listed, "note")
        sheet.heights[row] = height((source, sheet.widths[SOURCE]), (listed, sheet.widths[KEYS]))


def _live_row(layout: Layout, row: int, number: int, key: str) -> None:
    sheet = layout.sheets["Sources"]
    sheet.put(row, NUMBER, number, "fact:1")
    sheet.put(row, KIND, "looked up", "unit")
    sheet.put(row, KEYS, key, "note")
    for column, part in ((SOURCE, "source"), (DATE, "date")):
        owner, home_row, home_column = layout.home[f"{key}_{part}"]
        said = layout.scenario.evidence_of(key, part)
        sheet.put(row, column, said, "linktext",
                  f"{owner}!{address(home_row, home_column, fixed='rc')}")  # fmt: skip
    source = layout.scenario.evidence_of(key, "source")
    sheet.heights[row] = height((source, sheet.widths[SOURCE]))


def _follows(layout: Layout, key: str, fact: Fact) -> bool:
    """Whether Inputs looks an input's source up, so that it follows the choice."""
    return key in layout.looked_up and fact.origin == "catalogue"
